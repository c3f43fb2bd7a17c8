/** Links between rows through a collection-valued navigation property (`$ref`). */
import { WebApiError } from '@parley/protocol';
import type { ManyToMany, ManyToOne, OneToMany, Table } from '../../model/table-model.ts';
import { requireAccess } from '../../security/caller.ts';
import type { LinkChange } from '../plan/bind-payload.ts';
import { identifier } from '../sql/sql-writer.ts';
import { requireRow } from './links.ts';
import { updateRow } from './update-row.ts';
import type { WriteContext } from './write-context.ts';

/**
 * Links a row into a collection of another.
 * @throws WebApiError rowNotFound, accessDenied, privilegeDenied; duplicateRow when a many-to-many link is there already
 */
export async function associate(
  context: WriteContext,
  table: Table,
  id: string,
  navigation: OneToMany | ManyToMany,
  otherTable: Table,
  otherId: string,
): Promise<void> {
  if (navigation.kind === 'oneToMany')
    return setLookup(context, otherTable, otherId, navigation.relationship, { table, id });
  await requireBothSides(context, table, id, otherTable, otherId);
  if (navigation.intersectTable === 'teamroles')
    await refuseAccessTeam(context, table.logicalName === 'team' ? id : otherId);
  const columns = `${identifier(navigation.nearColumn)}, ${identifier(navigation.farColumn)}`;
  const rows = await context.executor.query(
    `INSERT INTO data.${identifier(navigation.intersectTable)} (${columns}) VALUES ($1::uuid, $2::uuid) ON CONFLICT DO NOTHING RETURNING 1`,
    [id, otherId],
  );
  if (rows.length === 0) throw new WebApiError('duplicateRow');
}

/** Removes a link. Of a 1:N collection the other row's lookup is emptied, if it does point here. */
export async function disassociate(
  context: WriteContext,
  table: Table,
  id: string,
  navigation: OneToMany | ManyToMany,
  otherTable: Table,
  otherId: string,
): Promise<void> {
  if (navigation.kind === 'oneToMany') {
    const { column } = navigation.relationship;
    const [row] = await context.executor.query(
      `SELECT ${identifier(column.logicalName)} FROM data.${identifier(otherTable.logicalName)} WHERE ${identifier(otherTable.primaryId.logicalName)} = $1::uuid`,
      [otherId],
    );
    if (row === undefined) throw new WebApiError('rowNotFound', { table: otherTable.logicalName, id: otherId });
    if (row[0] !== id)
      throw new WebApiError('rowNotFound', {
        table: `${table.logicalName}/${navigation.navigationProperty}`,
        id: otherId,
      });
    return setLookup(context, otherTable, otherId, navigation.relationship, null);
  }
  await requireBothSides(context, table, id, otherTable, otherId);
  const rows = await context.executor.query(
    `DELETE FROM data.${identifier(navigation.intersectTable)} WHERE ${identifier(navigation.nearColumn)} = $1::uuid AND ${identifier(navigation.farColumn)} = $2::uuid RETURNING 1`,
    [id, otherId],
  );
  if (rows.length === 0) throw new WebApiError('rowNotFound', { table: navigation.intersectTable, id: otherId });
}

/** Points a lookup of a row at another row, or empties it. */
export async function setLookup(
  context: WriteContext,
  table: Table,
  id: string,
  relationship: ManyToOne,
  target: { readonly table: Table; readonly id: string } | null,
): Promise<void> {
  const link: LinkChange = {
    navigation: relationship,
    target: target === null ? null : { table: target.table, kind: 'primary', id: target.id },
  };
  const payload = {
    table,
    values: new Map(),
    links: [link],
    parents: [],
    children: [],
    collectionLinks: [],
    primaryId: undefined,
    isMirrored: false,
  };
  const outcome = await updateRow(context, payload, id, undefined);
  if (outcome === 'missing') throw new WebApiError('rowNotFound', { table: table.logicalName, id });
}

async function requireBothSides(
  context: WriteContext,
  table: Table,
  id: string,
  otherTable: Table,
  otherId: string,
): Promise<void> {
  for (const [side, sideId] of [
    [table, id],
    [otherTable, otherId],
  ] as const) {
    await requireRow(context, side, sideId, requireAccess(context.caller, side, 'Append'));
    await requireRow(context, side, sideId, requireAccess(context.caller, side, 'AppendTo'));
  }
}

async function refuseAccessTeam(context: WriteContext, teamId: string): Promise<void> {
  const [row] = await context.executor.query('SELECT teamtype FROM data.team WHERE teamid = $1::uuid', [teamId]);
  if (row?.[0] === '1') throw new WebApiError('accessTeamCannotHoldRoles', { team: teamId });
}
