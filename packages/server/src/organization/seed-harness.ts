/** What the seed tests share: a migrated database of their own. The server's address is in PARLEY_TEST_DATABASE_URL. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate } from '../db/migrate.ts';
import { textTypes, withSessionSettings } from '../db/pool.ts';
import { loadTableModel } from '../model/load-table-model.ts';
import type { TableModel } from '../model/table-model.ts';

const databaseFolder = new URL('../../../../db/', import.meta.url);

export function loadModel(): Promise<TableModel> {
  return loadTableModel(databaseFolder);
}

/** A new database with every migration applied. `drop` closes the pool and removes it. */
export async function createSeedDatabase(): Promise<{ pool: pg.Pool; drop: () => Promise<void> }> {
  const server = process.env['PARLEY_TEST_DATABASE_URL'];
  if (server === undefined) throw new Error('PARLEY_TEST_DATABASE_URL is not set');
  const name = `seed_${randomUUID().replaceAll('-', '')}`;
  await runOnServer(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  const pool = new pg.Pool({ ...withSessionSettings({ connectionString: address.href }), max: 4, types: textTypes });
  await migrate(pool, fileURLToPath(new URL('migrations/', databaseFolder)), { onProgress: () => {} });
  return {
    pool,
    drop: async () => {
      await pool.end();
      await runOnServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function runOnServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
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
