/** Deletes a row; what hangs on it follows the cascade rules that the database keeps. */
import { WebApiError } from '@parley/protocol';
import type { Table, TableModel } from '../../model/table-model.ts';
import { requireAccess } from '../../security/caller.ts';
import { rowFilterSql } from '../../security/row-filter.ts';
import { constantParameter } from '../plan/plan.ts';
import { createSqlWriter, identifier } from '../sql/sql-writer.ts';
import { requireRow } from './links.ts';
import { requireMessage } from './require-message.ts';
import { runContextOf, type TableOwner, type WriteContext } from './write-context.ts';

/** @throws WebApiError rowNotFound, accessDenied, versionMismatch, deleteRestricted; nothing is deleted then */
export async function deleteRow(
  context: WriteContext,
  table: Table,
  id: string,
  version: string | undefined,
): Promise<void> {
  const keeper = context.rules.owners.get(table.logicalName);
  if (keeper !== undefined) return deleteKept(context, keeper, table, id, version);
  if (table.logicalName !== 'businessunit') return deleteOne(context, table, id, version);
  return context.executor.transaction(async (executor) => {
    const inner = { ...context, executor };
    await requireRow(inner, table, id, requireAccess(context.caller, table, 'Delete'));
    await deleteDefaultTeam(inner, id);
    await deleteOne(inner, table, id, version);
  });
}

/** The owner of the table gets its say once it is sure that the caller may delete the row. */
async function deleteKept(
  context: WriteContext,
  keeper: TableOwner,
  table: Table,
  id: string,
  version: string | undefined,
): Promise<void> {
  requireMessage(table, 'Delete');
  const access = requireAccess(context.caller, table, 'Delete');
  return context.executor.transaction(async (executor) => {
    const inner = { ...context, executor };
    const row = await keeper.open(inner, id);
    await requireRow(inner, table, id, access);
    await requireVersion(inner, table, id, version);
    await row.delete();
    await deleteOne(inner, table, id, undefined);
  });
}

async function deleteOne(context: WriteContext, table: Table, id: string, version: string | undefined): Promise<void> {
  requireMessage(table, 'Delete');
  const access = requireAccess(context.caller, table, 'Delete');
  const writer = createSqlWriter();
  const conditions = [
    `t.${identifier(table.primaryId.logicalName)} = ${writer.parameter(constantParameter('uuid', id))}`,
  ];
  if (version !== undefined)
    conditions.push(`t.versionnumber = ${writer.parameter(constantParameter('bigint', version))}`);
  const filter = rowFilterSql(writer, access, { alias: 't', table });
  if (filter !== undefined) conditions.push(filter);
  const restriction = restrictionSql(context.model, table);
  if (restriction !== undefined) conditions.push(restriction);
  const rows = await context.executor.run(
    writer.finish(`DELETE FROM data.${identifier(table.logicalName)} t WHERE ${conditions.join(' AND ')} RETURNING 1`),
    runContextOf(context),
  );
  if (rows.length > 0) return;
  await requireRow(context, table, id, access);
  await requireVersion(context, table, id, version);
  throw new WebApiError('deleteRestricted');
}

async function requireVersion(
  context: WriteContext,
  table: Table,
  id: string,
  version: string | undefined,
): Promise<void> {
  if (version === undefined) return;
  const [row] = await context.executor.query(
    `SELECT versionnumber FROM data.${identifier(table.logicalName)} WHERE ${identifier(table.primaryId.logicalName)} = $1::uuid`,
    [id],
  );
  if (row?.[0] !== version) throw new WebApiError('versionMismatch');
}

/** Rows that something stands on which no foreign key guards. */
function restrictionSql(model: TableModel, table: Table): string | undefined {
  switch (table.logicalName) {
    case 'businessunit':
      return [
        't.parentbusinessunitid IS NOT NULL',
        'NOT EXISTS (SELECT 1 FROM data.businessunit b WHERE b.parentbusinessunitid = t.businessunitid)',
        'NOT EXISTS (SELECT 1 FROM data.systemuser u WHERE u.businessunitid = t.businessunitid)',
        'NOT EXISTS (SELECT 1 FROM data.team d WHERE d.businessunitid = t.businessunitid)',
      ].join(' AND ');
    case 'role':
      // The built-in roles: without them nobody could set the organisation right again.
      return 'coalesce(t.canbedeleted, true)';
    case 'team':
      return ['NOT coalesce(t.isdefault, false)', ...ownedNothing(model)].join(' AND ');
    case 'transactioncurrency':
      return 'NOT EXISTS (SELECT 1 FROM data.organization o WHERE o.basecurrencyid = t.transactioncurrencyid)';
    default:
      return undefined;
  }
}

/** That the team `t` owns no row of any table. */
function ownedNothing(model: TableModel): string[] {
  const owned = [...model.tables.values()].filter((table) => table.ownership === 'UserOwned' && !table.isView);
  return owned.map(
    (table) => `NOT EXISTS (SELECT 1 FROM data.${identifier(table.logicalName)} o WHERE o.ownerid = t.teamid)`,
  );
}

/** A business unit goes together with its default team, when that owns nothing. */
async function deleteDefaultTeam(context: WriteContext, unitId: string): Promise<void> {
  await context.executor.query(
    `DELETE FROM data.team t WHERE t.businessunitid = $1::uuid AND t.isdefault AND ${ownedNothing(context.model).join(' AND ')}`,
    [unitId],
  );
}
