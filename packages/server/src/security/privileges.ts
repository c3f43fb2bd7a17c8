/** Security privileges and their depths. Names and masks as Dataverse has them (reference: security model). */
import { stableGuid } from '../model/stable-guid.ts';
import type { Table } from '../model/table-model.ts';

export const privilegeKinds = ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'] as const;
export type PrivilegeKind = (typeof privilegeKinds)[number];

/** Bits of an access mask, as shares store them. */
export const accessRights: Readonly<Record<PrivilegeKind, number>> = {
  Read: 1,
  Write: 2,
  Append: 4,
  AppendTo: 16,
  Create: 32,
  Delete: 65_536,
  Share: 262_144,
  Assign: 524_288,
};

export type Depth = 'Basic' | 'Local' | 'Deep' | 'Global';

/** `roleprivileges.privilegedepthmask` of each depth. */
export const depthMasks: Readonly<Record<Depth, number>> = { Basic: 1, Local: 2, Deep: 4, Global: 8 };

/** Privileges that belong to no table. */
export const systemPrivileges: readonly string[] = [
  'prvActOnBehalfOfAnotherUser',
  'prvBypassCustomPlugins',
  'prvBypassCustomBusinessLogic',
];

/** `prvReadmsdyn_liveconversation`. All activities share one set of privileges. */
export function privilegeName(table: Table, kind: PrivilegeKind): string {
  return `prv${kind}${table.privilegeName}`;
}

/** The id of a privilege row: the same on every machine. */
export function privilegeId(name: string): string {
  return stableGuid(`privilege:${name}`);
}

/** Kinds of privilege that exist for a table, by its ownership. */
export function privilegeKindsOf(table: Table): readonly PrivilegeKind[] {
  if (table.ownership === 'UserOwned' || table.logicalName === 'team') return privilegeKinds;
  return privilegeKinds.filter((kind) => kind !== 'Assign' && kind !== 'Share');
}
