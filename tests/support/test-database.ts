/**
 * Databases for tests: real ones, each a copy of a template that has been migrated once. The test runner starts one cluster for
 * the whole run and names it in PARLEY_TEST_CLUSTER; a test file that is run alone starts one of its own.
 */
import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../packages/server/src/db/embedded-postgres.ts';
import { migrate, readMigrations } from '../../packages/server/src/db/migrate.ts';
import { createPool } from '../../packages/server/src/db/pool.ts';
import { createLog } from '../../packages/server/src/log.ts';

export type TestConnection = EmbeddedPostgres['connection'];

export interface TestDatabase {
  /** Made by the server's own `createPool`: every value arrives as text. */
  pool: pg.Pool;
  connection: TestConnection;
  /** Ends the pool and removes the database, whoever else is connected to it. */
  drop(): Promise<void>;
}

export interface TestCluster {
  connection: TestConnection;
  /** Stops the server and removes its files. */
  stop(): Promise<void>;
}

export const clusterVariable = 'PARLEY_TEST_CLUSTER';
const migrationDirectory: string = path.resolve(import.meta.dirname, '../../db/migrations');
const templateLock = 7_021_950_419;
const log = createLog('error');

let cluster: Promise<TestConnection> | undefined;

/** Creates a database with the current schema, no rows, and nobody else in it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  cluster ??= findOrStartCluster();
  const server = await cluster;
  const template = await ensureTemplate(server);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOnServer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const connection = { ...server, database: name };
  const pool = createPool(connection, { max: 5, log });
  return {
    pool,
    connection,
    async drop(): Promise<void> {
      await pool.end();
      await runOnServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** Starts a cluster in a temporary directory. For the test runner, which passes `connection` on as JSON in `clusterVariable`. */
export async function startTestCluster(): Promise<TestCluster> {
  const dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'parley-test-'));
  // What a test writes need not survive a power cut, and dozens of databases are made.
  const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '200' };
  const server = await startEmbeddedPostgres({ dataDirectory, log, onProgress: () => undefined, settings });
  const removeAtExit = (): void => {
    server.abandon();
    rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', removeAtExit);
  return {
    connection: server.connection,
    async stop(): Promise<void> {
      await server.stop();
      process.off('exit', removeAtExit);
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function findOrStartCluster(): Promise<TestConnection> {
  const given = process.env[clusterVariable];
  // Written by our own test runner.
  if (given !== undefined) return JSON.parse(given) as TestConnection;
  const started = await startTestCluster();
  process.once('beforeExit', () => void started.stop());
  return started.connection;
}

/** Makes the template if this cluster has none for these migration files; test processes that start together make it once. */
async function ensureTemplate(server: TestConnection): Promise<string> {
  const migrations = await readMigrations(migrationDirectory);
  const checksums = migrations.map(({ checksum }) => checksum).join();
  const template = `template_${createHash('sha256').update(checksums).digest('hex').slice(0, 16)}`;
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [templateLock]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 0) await makeTemplate(client, server, template);
  } finally {
    await client.end();
  }
  return template;
}

async function makeTemplate(client: pg.Client, server: TestConnection, template: string): Promise<void> {
  // Renamed when complete: an interrupted migration leaves nothing that looks like a template.
  const unfinished = `${template}_unfinished`;
  await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${unfinished}`);
  const pool = createPool({ ...server, database: unfinished }, { max: 1, log });
  try {
    await migrate(pool, migrationDirectory, { onProgress: () => undefined });
  } finally {
    await pool.end();
  }
  // A connection that was just closed can still be seen for a moment, and would make the renaming fail.
  await client.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [unfinished]);
  await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
}

async function runOnServer(server: TestConnection, statement: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
