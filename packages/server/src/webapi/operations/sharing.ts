/** Sharing of single rows: GrantAccess, ModifyAccess, RevokeAccess and the two functions that tell who may do what. */
import { WebApiError } from '@parley/protocol';
import { createCaller, findAccess, requireAccess } from '../../security/caller.ts';
import { loadTeamPrincipal } from '../../security/load-principal.ts';
import { privilegeKinds } from '../../security/privileges.ts';
import { rowFilterSql, scopeOf } from '../../security/row-filter.ts';
import { constantParameter } from '../plan/plan.ts';
import type { RequestContext } from '../read/read-context.ts';
import { createSqlWriter, identifier } from '../sql/sql-writer.ts';
import { requireRow } from '../write/links.ts';
import { resolveReference } from '../write/resolve-reference.ts';
import { writeContextOf } from '../write/write-rows.ts';
import { maskOf, parseAccessMask, printAccessMask } from './access-mask.ts';
import type { Arguments, Operation } from './operation.ts';
import { type ArgumentRow, rowArgument } from './row-argument.ts';

const sharees: readonly string[] = ['systemuser', 'team'];

/** The row to share, with the caller's right to share it checked. */
async function requireShareable(context: RequestContext, values: Arguments): Promise<ArgumentRow> {
  const write = writeContextOf(context);
  const target = await rowArgument(write, values.get('Target'), 'Target');
  if (scopeOf(target.table)?.isShareable !== true || target.table.isView)
    throw new WebApiError('notSupported', { detail: `Rows of '${target.table.logicalName}' cannot be shared.` });
  await requireRow(write, target.table, target.id, requireAccess(context.request.caller, target.table, 'Share'));
  return target;
}

async function requirePrincipal(context: RequestContext, principal: ArgumentRow): Promise<void> {
  const { logicalName, primaryId } = principal.table;
  const [row] = await context.executor.query(
    `SELECT 1 FROM data.${identifier(logicalName)} WHERE ${identifier(primaryId.logicalName)} = $1::uuid`,
    [principal.id],
  );
  if (row === undefined) throw new WebApiError('rowNotFound', { table: logicalName, id: principal.id });
}

async function share(context: RequestContext, values: Arguments, mode: 'add' | 'replace'): Promise<undefined> {
  const write = writeContextOf(context);
  const target = await requireShareable(context, values);
  const given = values.get('PrincipalAccess');
  if (
    given === undefined ||
    given === null ||
    typeof given !== 'object' ||
    !('kind' in given) ||
    given.kind !== 'object'
  ) {
    throw new WebApiError('requestFault', { detail: "The parameter 'PrincipalAccess' is missing or not an object." });
  }
  const principal = await rowArgument(write, given.members.get('Principal'), 'PrincipalAccess.Principal', sharees);
  const kinds = parseAccessMask(given.members.get('AccessMask'));
  await requirePrincipal(context, principal);
  // Nobody can give away a right that they do not have themselves.
  for (const kind of kinds)
    if (kind !== 'Create')
      await requireRow(write, target.table, target.id, requireAccess(context.request.caller, target.table, kind));
  const merged = mode === 'add' ? 'p.accessrightsmask | excluded.accessrightsmask' : 'excluded.accessrightsmask';
  await context.executor.query(
    `INSERT INTO data.principalobjectaccess AS p (objectid, objecttypecode, principalid, principaltypecode, accessrightsmask, inheritedaccessrightsmask, changedon)
     VALUES ($1::uuid, $2, $3::uuid, $4, $5::integer, 0, $6::timestamptz)
     ON CONFLICT (objectid, principalid, objecttypecode) DO UPDATE SET accessrightsmask = ${merged}, changedon = excluded.changedon`,
    [
      target.id,
      target.table.logicalName,
      principal.id,
      principal.table.logicalName,
      maskOf(kinds),
      new Date(context.now).toISOString(),
    ],
  );
  return undefined;
}

export const grantAccess: Operation = {
  name: 'GrantAccess',
  kind: 'action',
  boundTo: undefined,
  run: (context, values) => share(context, values, 'add'),
};

export const modifyAccess: Operation = {
  name: 'ModifyAccess',
  kind: 'action',
  boundTo: undefined,
  run: (context, values) => share(context, values, 'replace'),
};

export const revokeAccess: Operation = {
  name: 'RevokeAccess',
  kind: 'action',
  boundTo: undefined,
  run: async (context, values) => {
    const target = await requireShareable(context, values);
    const revokee = await rowArgument(writeContextOf(context), values.get('Revokee'), 'Revokee', sharees);
    await context.executor.query(
      'WITH gone AS (DELETE FROM data.principalobjectaccess WHERE objectid = $1::uuid AND objecttypecode = $2 AND principalid = $3::uuid AND coalesce(inheritedaccessrightsmask, 0) = 0) UPDATE data.principalobjectaccess SET accessrightsmask = 0, changedon = $4::timestamptz WHERE objectid = $1::uuid AND objecttypecode = $2 AND principalid = $3::uuid AND coalesce(inheritedaccessrightsmask, 0) <> 0',
      [target.id, target.table.logicalName, revokee.id, new Date(context.now).toISOString()],
    );
    return undefined;
  },
};

export const retrieveSharedPrincipalsAndAccess: Operation = {
  name: 'RetrieveSharedPrincipalsAndAccess',
  kind: 'function',
  boundTo: undefined,
  run: async (context, values) => {
    const write = writeContextOf(context);
    const target = await rowArgument(write, values.get('Target'), 'Target');
    await requireRow(write, target.table, target.id, requireAccess(context.request.caller, target.table, 'Read'));
    const rows = await context.executor.query(
      'SELECT principalid, principaltypecode, coalesce(accessrightsmask, 0) | coalesce(inheritedaccessrightsmask, 0) FROM data.principalobjectaccess WHERE objectid = $1::uuid AND objecttypecode = $2 AND coalesce(accessrightsmask, 0) | coalesce(inheritedaccessrightsmask, 0) <> 0 ORDER BY principalobjectaccessid',
      [target.id, target.table.logicalName],
    );
    return {
      PrincipalAccesses: rows.map(([id, type, mask]) => ({
        AccessMask: printAccessMask(Number(mask)),
        Principal: { '@odata.type': `#Microsoft.Dynamics.CRM.${type}`, ownerid: id },
      })),
    };
  },
};

/** The rights that a user or team really has on a row: roles, ownership, teams and shares together. */
export const retrievePrincipalAccess: Operation = {
  name: 'RetrievePrincipalAccess',
  kind: 'function',
  boundTo: sharees,
  run: async (context, values, row) => {
    const write = writeContextOf(context);
    if (row === undefined)
      throw new WebApiError('requestFault', { detail: 'RetrievePrincipalAccess is bound to a user or team.' });
    const target = await rowArgument(write, values.get('Target'), 'Target');
    await requireRow(write, target.table, target.id, requireAccess(context.request.caller, target.table, 'Read'));
    const id = await resolveReference(write, row);
    const principal =
      row.table.logicalName === 'team'
        ? await loadTeamPrincipal(context.executor, id)
        : await context.findPrincipal(id);
    if (principal === undefined) throw new WebApiError('rowNotFound', { table: row.table.logicalName, id });
    const { organizationId, tenantId } = context.request.caller;
    const caller = createCaller(principal, undefined, { organizationId, tenantId });
    const writer = createSqlWriter();
    const source = { alias: 't', table: target.table };
    const kinds = privilegeKinds.filter((kind) => findAccess(caller, target.table, kind) !== undefined);
    const columns = kinds.map(
      (kind) => rowFilterSql(writer, requireAccess(caller, target.table, kind), source) ?? 'true',
    );
    const key = writer.parameter(constantParameter('uuid', target.id));
    const statement = writer.finish(
      `SELECT ${['true', ...columns].join(', ')} FROM data.${identifier(target.table.logicalName)} t WHERE t.${identifier(target.table.primaryId.logicalName)} = ${key}`,
    );
    const [flags] = principal.isDisabled
      ? []
      : await context.executor.run(statement, { caller, keys: [], now: context.now });
    const held = kinds.filter((_, index) => flags?.[index + 1] === 't');
    return { AccessRights: printAccessMask(maskOf(held)) };
  },
};
