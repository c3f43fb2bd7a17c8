/** The rows of `privilege`, `role` and `roleprivileges`, derived from the table model and the role definitions. Pure. */
import { stableGuid } from '../model/stable-guid.ts';
import { type Table, type TableModel, tableNamed } from '../model/table-model.ts';
import {
  accessRights,
  type Depth,
  depthMasks,
  type PrivilegeKind,
  privilegeId,
  privilegeKindsOf,
  privilegeName,
  systemPrivileges,
} from '../security/privileges.ts';
import type { Row } from './insert-rows.ts';
import { rootBusinessUnitId } from './organization-ids.ts';
import { type Grant, type RoleDefinition, roleDefinitions } from './role-definitions.ts';

/** Narrowest first: a later one wins over an earlier one on the same privilege. */
const depths = ['Basic', 'Local', 'Deep', 'Global'] as const satisfies readonly Depth[];

/** Depths that mean something on the table: rows without an owner or unit can only be reached all at once. */
function depthsOf(table: Table): readonly Depth[] {
  return table.ownership === 'UserOwned' || table.ownership === 'BusinessOwned' ? depths : ['Global'];
}

/** One row per privilege that exists; the activities' shared ones once. */
export function privilegeRows(model: TableModel): Row[] {
  const rows = new Map<string, Row>();
  for (const table of model.tables.values()) {
    for (const kind of privilegeKindsOf(table)) {
      const name = privilegeName(table, kind);
      rows.set(name, privilegeRow(name, accessRights[kind], depthsOf(table)));
    }
  }
  for (const name of systemPrivileges) rows.set(name, privilegeRow(name, 0, ['Global']));
  return [...rows.values()];
}

function privilegeRow(name: string, accessRight: number, possible: readonly Depth[]): Row {
  return {
    privilegeid: privilegeId(name),
    privilegerowid: privilegeId(name),
    name,
    accessright: accessRight,
    canbebasic: possible.includes('Basic'),
    canbelocal: possible.includes('Local'),
    canbedeep: possible.includes('Deep'),
    canbeglobal: true,
  };
}

export function roleRows(): Row[] {
  return roleDefinitions.map((role) => ({
    roleid: role.id,
    roleidunique: role.id,
    name: role.name,
    businessunitid: rootBusinessUnitId,
    parentrootroleid: role.id,
    roletemplateid: role.templateId,
    isinherited: 1,
    canbedeleted: false,
  }));
}

export function rolePrivilegeRows(model: TableModel): Row[] {
  return roleDefinitions.flatMap((role) =>
    [...rolePrivileges(role, model)].map(([name, depth]) => ({
      roleprivilegeid: stableGuid(`roleprivilege:${role.id}:${name}`),
      roleprivilegeidunique: stableGuid(`roleprivilege:${role.id}:${name}`),
      roleid: role.id,
      privilegeid: privilegeId(name),
      privilegedepthmask: depthMasks[depth],
      canbedeleted: true,
    })),
  );
}

/**
 * Names and depths of all privileges of a role.
 * @throws Error when the definition names a table that the model lacks, or a depth that the table cannot have
 */
export function rolePrivileges(role: RoleDefinition, model: TableModel): Map<string, Depth> {
  const privileges = new Map<string, Depth>();
  const give = (table: Table, kind: PrivilegeKind, depth: Depth) => {
    const name = privilegeName(table, kind);
    if (!depthsOf(table).includes(depth)) throw new Error(`Role ${role.name}: ${name} cannot be ${depth}`);
    const given = privileges.get(name);
    if (given === undefined || depthMasks[given] < depthMasks[depth]) privileges.set(name, depth);
  };
  if (role.grants === 'everything') {
    for (const table of model.tables.values()) for (const kind of privilegeKindsOf(table)) give(table, kind, 'Global');
  } else {
    for (const grant of role.grants) for (const name of grant.on) giveAll(tableNamed(model, name), grant, give);
  }
  for (const name of role.systemPrivileges) privileges.set(name, 'Global');
  return privileges;
}

function giveAll(table: Table, grant: Grant, give: (table: Table, kind: PrivilegeKind, depth: Depth) => void): void {
  const existing = privilegeKindsOf(table);
  for (const depth of depths) {
    for (const kind of grant[depth] ?? []) if (existing.includes(kind)) give(table, kind, depth);
  }
}
