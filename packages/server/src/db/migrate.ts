/**
 * Brings a database to the schema of this program: numbered, forward-only SQL files, each applied once in its own transaction.
 * What was applied is kept in `parley.migration` with a checksum, so that an edited file or a database of a newer program is
 * noticed instead of guessed at.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';

const oldestServer = 150_000;
/** Any number does, as long as nothing else in the program takes the same advisory lock. */
const migrationLock = 7_021_950_418;
const lockTimeout = 5_000;
const lockNotAvailable = '55P03';

export interface Migration {
  number: number;
  /** File name without its ending, for example `0001-foundation`. */
  name: string;
  sql: string;
  /** SHA-256 of the text with line ends as LF, hexadecimal. */
  checksum: string;
}

/**
 * Applies what is missing and returns the names of the files applied now. Servers that start together migrate once: the others
 * wait, and say so through `onProgress`. Throws, with nothing half done, when the database is too old, was migrated by a newer
 * program, or a file that was applied has changed since.
 */
export async function migrate(
  pool: pg.Pool,
  directory: string,
  { onProgress }: { onProgress: (message: string) => void },
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(directory);
  const client = await pool.connect();
  try {
    await refuseOldServer(client);
    await client.query('SET statement_timeout = 0');
    await client.query('SET idle_in_transaction_session_timeout = 0');
    await waitForLock(client, onProgress);
    await client.query('CREATE SCHEMA IF NOT EXISTS parley');
    await client.query(`CREATE TABLE IF NOT EXISTS parley.migration (
      number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
    const missing = await findMissing(client, migrations);
    for (const migration of missing) {
      onProgress(`Applying migration ${migration.name}`);
      await apply(client, migration);
    }
    return { applied: missing.map(({ name }) => name) };
  } finally {
    // The lock and the settings belong to the session: ending it gives up both, also after an error.
    client.release(true);
  }
}

/** Reads the migration files of a directory in order. Throws on a name that is not `NNNN-name.sql`, a gap or a duplicate. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  const migrations: Migration[] = [];
  for (const file of files) {
    const parts = /^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.sql$/.exec(file);
    if (parts === null) throw new Error(`The migration file ${file} in ${directory} is not named NNNN-name.sql`);
    const number = Number(parts[1]);
    if (number !== migrations.length + 1) {
      throw new Error(
        `The migration file ${file} in ${directory} has number ${number}, but ${migrations.length + 1} is next: ` +
          'numbers start at 1 and have no gaps and no duplicates',
      );
    }
    const sql = (await readFile(path.join(directory, file), 'utf8')).replaceAll('\r\n', '\n');
    const checksum = createHash('sha256').update(sql).digest('hex');
    migrations.push({ number, name: path.basename(file, '.sql'), sql, checksum });
  }
  if (migrations.length === 0) throw new Error(`There is no migration file in ${directory}`);
  return migrations;
}

async function refuseOldServer(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string }>(
    "SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS version",
  );
  const server = rows[0];
  if (server === undefined || Number(server.number) < oldestServer) {
    throw new Error(`Parley needs PostgreSQL 15 or later; the server is version ${server?.version ?? 'unknown'}`);
  }
}

async function waitForLock(client: pg.PoolClient, onProgress: (message: string) => void): Promise<void> {
  await client.query(`SET lock_timeout = ${lockTimeout}`);
  for (;;) {
    try {
      await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === lockNotAvailable)) throw error;
      onProgress('Waiting for another server that is migrating this database');
    }
  }
  await client.query('SET lock_timeout = 0');
}

async function findMissing(client: pg.PoolClient, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ number: string | number; name: string; checksum: string }>(
    'SELECT number, name, checksum FROM parley.migration ORDER BY number',
  );
  for (const [index, row] of rows.entries()) {
    const migration = migrations[Number(row.number) - 1];
    if (migration === undefined) {
      throw new Error(
        `The database was migrated by a newer Parley: it has migration ${row.name}, and this program knows ` +
          `${migrations.length}. Start the newer program, or use a backup made before it ran.`,
      );
    }
    if (migration.number !== index + 1) {
      throw new Error(
        `The database has migration ${row.name} but not migration number ${index + 1}, which comes before it`,
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new Error(
        `The migration file ${migration.name}.sql was changed after it was applied to this database as ${row.name}. ` +
          'Applied migrations stay as they are; a change goes into a new file.',
      );
    }
  }
  return migrations.slice(rows.length);
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await client.query('INSERT INTO parley.migration (number, name, checksum) VALUES ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${migration.name} failed and was rolled back: ${reason}`, { cause: error });
  }
}
