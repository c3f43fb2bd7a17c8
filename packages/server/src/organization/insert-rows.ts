/** Bulk insert of rows that the program itself brings along (seeds). Everything that people write goes through the planner. */
import type { ClientBase } from 'pg';
import { isManyTableLookup, lookupTableColumn, type Table, type TableModel, tableNamed } from '../model/table-model.ts';
import { defaultTeamId, rootBusinessUnitId, systemUserId } from './organization-ids.ts';

type Cell = string | number | boolean | null | readonly number[];
/** Values by column name; a many-table lookup also needs its `<lookup>_table`. Times are ISO 8601 in UTC. */
export type Row = Readonly<Record<string, Cell>>;
/** Rows of one table. All have the same columns. */
export type RowBatch = { readonly table: string; readonly rows: readonly Row[] };

/** Overwrite time of a component that no solution has overwritten. */
const neverOverwritten = '1900-01-01T00:00:00Z';

/**
 * Inserts the batches in order, one statement each. Rows whose key exists already stay as they are.
 * Columns that the server would fill are added: creator and owner (the system user and the default team), unit, organisation.
 */
export async function insertRows(
  client: ClientBase,
  model: TableModel,
  organizationId: string,
  batches: readonly RowBatch[],
): Promise<void> {
  for (const batch of batches) {
    const first = batch.rows[0];
    if (first === undefined) continue;
    const table = tableNamed(model, batch.table);
    const rows = batch.rows.map((row) => completeRow(table, organizationId, row));
    const columns = Object.keys(completeRow(table, organizationId, first));
    checkColumns(table, columns, rows);
    const list = columns.map((name) => `"${name}"`).join(', ');
    await client.query(
      `INSERT INTO data."${table.logicalName}" (${list})
       SELECT ${list} FROM json_populate_recordset(NULL::data."${table.logicalName}", $1::json)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows)],
    );
  }
}

function completeRow(table: Table, organizationId: string, row: Row): Row {
  const complete: Record<string, Cell> = {};
  if (table.ownership === 'UserOwned') {
    complete['ownerid'] = defaultTeamId;
    complete['ownerid_table'] = 'team';
    complete['owningbusinessunit'] = rootBusinessUnitId;
  }
  const columns = table.columns;
  if (columns.has('createdby')) complete['createdby'] = systemUserId;
  if (columns.has('modifiedby')) complete['modifiedby'] = systemUserId;
  if (columns.has('organizationid')) complete['organizationid'] = organizationId;
  if (columns.has('componentstate')) complete['componentstate'] = 0;
  if (columns.has('overwritetime')) complete['overwritetime'] = neverOverwritten;
  if (columns.has('componentidunique')) complete['componentidunique'] = row[table.primaryId.logicalName] ?? null;
  return Object.assign(complete, row);
}

/** A slip in a seed (an unknown column, a value lost because the first row lacks its column) must not pass silently. */
function checkColumns(table: Table, columns: readonly string[], rows: readonly Row[]): void {
  const known = new Set<string>();
  for (const column of table.columns.values()) {
    if (column.storage.kind !== 'column' || column.storage.generated !== undefined) continue;
    known.add(column.logicalName);
    if (isManyTableLookup(column)) known.add(lookupTableColumn(column.logicalName));
  }
  const unknown = columns.find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`Seed of ${table.logicalName}: no stored column '${unknown}'`);
  const uneven = rows.findIndex((row) => {
    const names = Object.keys(row);
    return names.length !== columns.length || columns.some((name) => !(name in row));
  });
  if (uneven >= 0) throw new Error(`Seed of ${table.logicalName}: row ${uneven} has other columns than row 0`);
}
