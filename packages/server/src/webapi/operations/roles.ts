/** Privileges of users and roles, and members of teams. */
import type { JsonValue } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { requireAccess } from '../../security/caller.ts';
import { type Depth, depthMasks } from '../../security/privileges.ts';
import type { RequestContext } from '../read/read-context.ts';
import { requireReadableRow } from '../read/retrieve-row.ts';
import type { RowAddress } from '../request/resolve-resource.ts';
import { associate, disassociate } from '../write/associate.ts';
import { requireRow } from '../write/links.ts';
import { resolveReference } from '../write/resolve-reference.ts';
import { writeContextOf } from '../write/write-rows.ts';
import { type Arguments, type Operation, requireList, requireText } from './operation.ts';
import { rowArgument } from './row-argument.ts';

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function depthName(mask: string | null | undefined): Depth {
  const bits = Number(mask ?? 0);
  if ((bits & depthMasks.Global) !== 0) return 'Global';
  if ((bits & depthMasks.Deep) !== 0) return 'Deep';
  return (bits & depthMasks.Local) !== 0 ? 'Local' : 'Basic';
}

function printPrivileges(rows: readonly (readonly (string | null)[])[]): Readonly<Record<string, unknown>>[] {
  return rows.map(([id, name, mask, unit]) => ({
    Depth: depthName(mask),
    PrivilegeId: id,
    BusinessUnitId: unit,
    PrivilegeName: name,
  }));
}

function boundRow(row: RowAddress | undefined): RowAddress {
  if (row === undefined) throw new WebApiError('requestFault', { detail: 'The operation is bound to a row.' });
  return row;
}

/** Privileges from the user's own roles and from their teams' roles, the deepest of each. */
export const retrieveUserPrivileges: Operation = {
  name: 'RetrieveUserPrivileges',
  kind: 'function',
  boundTo: ['systemuser'],
  run: async (context, _, row) => {
    const id = await requireReadableRow(context, boundRow(row));
    const rows = await context.executor.query(
      `SELECT p.privilegeid, p.name, bit_or(rp.privilegedepthmask), u.businessunitid
       FROM data.systemuser u
       JOIN (SELECT systemuserid, roleid FROM data.systemuserroles
             UNION SELECT m.systemuserid, r.roleid FROM data.teammembership m JOIN data.team t USING (teamid) JOIN data.teamroles r USING (teamid) WHERE coalesce(t.teamtype, 0) <> 1) held USING (systemuserid)
       JOIN data.roleprivileges rp USING (roleid) JOIN data.privilege p USING (privilegeid)
       WHERE u.systemuserid = $1::uuid GROUP BY p.privilegeid, p.name, u.businessunitid ORDER BY p.name`,
      [id],
    );
    return { RolePrivileges: printPrivileges(rows) };
  },
};

export const retrieveRolePrivilegesRole: Operation = {
  name: 'RetrieveRolePrivilegesRole',
  kind: 'function',
  boundTo: undefined,
  run: async (context, values) => {
    const id = requireText(values, 'RoleId').toLowerCase();
    const table = context.model.tables.get('role');
    if (table === undefined || !guidPattern.test(id))
      throw new WebApiError('requestFault', { detail: "The parameter 'RoleId' must be a GUID." });
    await requireRow(writeContextOf(context), table, id, requireAccess(context.request.caller, table, 'Read'));
    const rows = await context.executor.query(
      'SELECT p.privilegeid, p.name, rp.privilegedepthmask, r.businessunitid FROM data.role r JOIN data.roleprivileges rp USING (roleid) JOIN data.privilege p USING (privilegeid) WHERE r.roleid = $1::uuid ORDER BY p.name',
      [id],
    );
    return { RolePrivileges: printPrivileges(rows) };
  },
};

type GivenPrivilege = { readonly id: string; readonly mask: number };

async function givenPrivilege(context: RequestContext, value: JsonValue): Promise<GivenPrivilege> {
  const members =
    value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'object'
      ? value.members
      : new Map<string, JsonValue>();
  const [id, name, depth] = [members.get('PrivilegeId'), members.get('PrivilegeName'), members.get('Depth')];
  const mask = typeof depth === 'string' && Object.hasOwn(depthMasks, depth) ? depthMasks[depth as Depth] : undefined;
  if (mask === undefined)
    throw new WebApiError('requestFault', { detail: 'Each privilege needs a Depth of Basic, Local, Deep or Global.' });
  const isId = typeof id === 'string' && guidPattern.test(id);
  if (!isId && typeof name !== 'string')
    throw new WebApiError('requestFault', { detail: 'Each privilege needs PrivilegeId or PrivilegeName.' });
  const [row] = await context.executor.query(
    `SELECT privilegeid FROM data.privilege WHERE ${isId ? 'privilegeid = $1::uuid' : 'name = $1'}`,
    [isId ? id : String(name)],
  );
  const found = row?.[0];
  if (typeof found !== 'string')
    throw new WebApiError('rowNotFound', { table: 'privilege', id: String(isId ? id : name).slice(0, 100) });
  return { id: found, mask };
}

/** The template that the System Administrator role is made from, the same everywhere. */
const administratorTemplate = '627090ff-40a3-4053-8790-584edc5be201';

/** The role, with the caller's right to change it checked. The administrator's own role always keeps every privilege. */
async function requireWritableRole(context: RequestContext, row: RowAddress | undefined): Promise<string> {
  const write = writeContextOf(context);
  const role = boundRow(row);
  const id = await resolveReference(write, role);
  await requireRow(write, role.table, id, requireAccess(context.request.caller, role.table, 'Write'));
  const [found] = await context.executor.query('SELECT roletemplateid FROM data.role WHERE roleid = $1::uuid', [id]);
  if (found?.[0] === administratorTemplate) {
    throw new WebApiError('notSupported', {
      detail: 'The privileges of the role System Administrator cannot be changed.',
    });
  }
  return id;
}

export const addPrivilegesRole: Operation = {
  name: 'AddPrivilegesRole',
  kind: 'action',
  boundTo: ['role'],
  run: async (context, values, row) => {
    const role = await requireWritableRole(context, row);
    const privileges: GivenPrivilege[] = [];
    for (const value of requireList(values, 'Privileges')) privileges.push(await givenPrivilege(context, value));
    await context.executor.query(
      `INSERT INTO data.roleprivileges (roleid, privilegeid, privilegedepthmask) SELECT $1::uuid, p, d FROM unnest($2::uuid[], $3::integer[]) x(p, d)
       ON CONFLICT (roleid, privilegeid) DO UPDATE SET privilegedepthmask = excluded.privilegedepthmask`,
      [role, privileges.map(({ id }) => id), privileges.map(({ mask }) => mask)],
    );
    return undefined;
  },
};

export const removePrivilegeRole: Operation = {
  name: 'RemovePrivilegeRole',
  kind: 'action',
  boundTo: ['role'],
  run: async (context, values, row) => {
    const role = await requireWritableRole(context, row);
    const privilege = await rowArgument(writeContextOf(context), values.get('Privilege'), 'Privilege', ['privilege']);
    await context.executor.query('DELETE FROM data.roleprivileges WHERE roleid = $1::uuid AND privilegeid = $2::uuid', [
      role,
      privilege.id,
    ]);
    return undefined;
  },
};

async function changeMembers(
  context: RequestContext,
  values: Arguments,
  row: RowAddress | undefined,
  change: typeof associate,
): Promise<undefined> {
  const team = boundRow(row);
  const navigation = team.table.navigation.get('teammembership_association');
  if (navigation?.kind !== 'manyToMany') throw new WebApiError('unexpected');
  await context.executor.transaction(async (executor) => {
    const write = { ...writeContextOf(context), executor };
    const id = await resolveReference(write, team);
    for (const member of requireList(values, 'Members')) {
      const user = await rowArgument(write, member, 'Members', ['systemuser']);
      await change(write, team.table, id, navigation, user.table, user.id);
    }
  });
  return undefined;
}

export const addMembersTeam: Operation = {
  name: 'AddMembersTeam',
  kind: 'action',
  boundTo: ['team'],
  run: (context, values, row) => changeMembers(context, values, row, associate),
};

export const removeMembersTeam: Operation = {
  name: 'RemoveMembersTeam',
  kind: 'action',
  boundTo: ['team'],
  run: (context, values, row) => changeMembers(context, values, row, disassociate),
};
