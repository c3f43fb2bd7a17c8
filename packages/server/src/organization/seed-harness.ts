/** What the seed tests share: a migrated database of their own, the table model, and a digest of all rows. */
import type pg from 'pg';
import { loadTableModel } from '../model/load-table-model.ts';
import type { TableModel } from '../model/table-model.ts';

export { createTestDatabase as createSeedDatabase } from '../../../../tests/support/test-database.ts';

const databaseFolder = new URL('../../../../db/', import.meta.url);

export function loadModel(): Promise<TableModel> {
  return loadTableModel(databaseFolder);
}

/** A digest of every row of every table by table name, without the row versions and the other columns named. */
export async function digestRows(
  pool: pg.Pool,
  model: TableModel,
  without: readonly string[] = [],
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const table of model.tables.values()) {
    if (table.isView) continue;
    const result = await pool.query<{ digest: string; count: string }>(
      `SELECT count(*) AS count, md5(coalesce(string_agg(cells, '|' ORDER BY cells), '')) AS digest
       FROM (SELECT (to_jsonb(t) - $1::text[])::text AS cells FROM data."${table.logicalName}" t) rows`,
      [['versionnumber', ...without]],
    );
    const row = result.rows[0];
    digests.set(table.logicalName, `${row?.count} rows ${row?.digest}`);
  }
  return digests;
}
