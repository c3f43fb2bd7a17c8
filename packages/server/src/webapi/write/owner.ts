/** Who owns a row: the owner named in a payload, checked, with the business unit that follows from it. */
import { WebApiError } from '@parley/protocol';
import type { Table } from '../../model/table-model.ts';
import type { Access, Caller } from '../../security/caller.ts';
import { privilegeName } from '../../security/privileges.ts';
import type { RowReference } from '../plan/entity-reference.ts';
import { resolveReference } from './resolve-reference.ts';
import type { WriteContext } from './write-context.ts';

export type Owner = { readonly id: string; readonly table: 'systemuser' | 'team'; readonly businessUnitId: string };

export function callerAsOwner(caller: Caller): Owner {
  return { id: caller.principal.userId, table: 'systemuser', businessUnitId: caller.principal.businessUnitId };
}

/**
 * The user or team as an owner of rows of the table.
 * @throws WebApiError rowNotFound, accessTeamCannotOwn, ownerPrivilegeDenied (an owner must be able to read)
 */
export async function resolveOwner(context: WriteContext, table: Table, reference: RowReference): Promise<Owner> {
  const id = await resolveReference(context, reference);
  if (reference.table.logicalName === 'team') {
    const [row] = await context.executor.query('SELECT businessunitid, teamtype FROM data.team WHERE teamid = $1', [
      id,
    ]);
    if (row === undefined) throw new WebApiError('rowNotFound', { table: 'team', id });
    if (row[1] === '1') throw new WebApiError('accessTeamCannotOwn', { team: id });
    return { id, table: 'team', businessUnitId: row[0] ?? '' };
  }
  const principal = await context.findPrincipal(id);
  if (principal === undefined) throw new WebApiError('rowNotFound', { table: 'systemuser', id });
  const privilege = privilegeName(table, 'Read');
  if (!principal.reaches.has(privilege))
    throw new WebApiError('ownerPrivilegeDenied', { principal: id, privilege, table: table.logicalName });
  return { id, table: 'systemuser', businessUnitId: principal.businessUnitId };
}

/** Whether an access reaches rows of this owner, shares aside. */
export function covers(access: Access, owner: Owner): boolean {
  return access.reaches.every(
    (reach) =>
      reach.kind === 'global' ||
      reach.principals.includes(owner.id) ||
      reach.businessUnits.includes(owner.businessUnitId),
  );
}
