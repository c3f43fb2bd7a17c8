import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, realpath, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import test, { after } from 'node:test';
import pg from 'pg';
import { createLog } from '../log.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';

const log = createLog('silent');
const root = await mkdtemp(path.join(os.tmpdir(), 'parley-postgres-'));
// The system user that a server of root runs as has to pass.
await chmod(root, 0o711);
after(() => rm(root, { recursive: true }));

async function withServer(
  dataDirectory: string,
  work: (server: EmbeddedPostgres, told: string[]) => Promise<void>,
): Promise<void> {
  const told: string[] = [];
  const server = await startEmbeddedPostgres({ dataDirectory, log, onProgress: (message) => told.push(message) });
  try {
    await work(server, told);
  } finally {
    await server.stop();
  }
}

async function query(connection: pg.ClientConfig, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Starts a server in another process, which prints its connection when it is ready. */
async function startElsewhere(
  dataDirectory: string,
  account: { uid?: number; gid?: number } = {},
): Promise<{ owner: ChildProcess; connection: EmbeddedPostgres['connection'] }> {
  const program = `const { startEmbeddedPostgres } = await import(${JSON.stringify(import.meta.resolve('./embedded-postgres.ts'))});
    const { createLog } = await import(${JSON.stringify(import.meta.resolve('../log.ts'))});
    const server = await startEmbeddedPostgres({ dataDirectory: ${JSON.stringify(dataDirectory)}, log: createLog('warn'), onProgress() {} });
    process.on('SIGTERM', async () => { await server.stop(); process.exit(0); });
    console.log(JSON.stringify(server.connection)); setInterval(() => {}, 60000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
    ...account,
  });
  assert.ok(owner.stdout !== null);
  const [line] = await once(createInterface({ input: owner.stdout }), 'line');
  return { owner, connection: JSON.parse(String(line)) };
}

async function readPostmaster(dataDirectory: string): Promise<number> {
  return Number.parseInt(await readFile(path.join(dataDirectory, 'postgres/cluster/postmaster.pid'), 'utf8'), 10);
}

async function end(owner: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(owner, 'exit');
  owner.kill(signal);
  await ended;
}

test('the database is made once, keeps what is written, and listens on a private socket only', async () => {
  const dataDirectory = path.join(root, 'plain');
  await withServer(dataDirectory, async ({ connection }, told) => {
    assert.deepEqual(told, ['Creating the database']);
    await query(connection, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)');
    const [settings] = await query(
      connection,
      `SELECT current_setting('listen_addresses') AS addresses, current_setting('fsync') AS fsync, current_setting('data_checksums') AS checksums,
       current_setting('server_encoding') AS encoding, (SELECT datlocprovider FROM pg_database WHERE datname = 'parley') AS provider`,
    );
    assert.deepEqual(settings, { addresses: '', fsync: 'on', checksums: 'on', encoding: 'UTF8', provider: 'i' });
    assert.equal((await stat(connection.host)).mode & 0o777, 0o700);
    assert.equal((await stat(path.join(dataDirectory, 'postgres/password'))).mode & 0o777, 0o600);
    await assert.rejects(query({ ...connection, password: 'wrong' }, 'SELECT 1'), { code: '28P01' });
  });
  await withServer(dataDirectory, async ({ connection }, told) => {
    assert.deepEqual(told, []);
    assert.deepEqual(await query(connection, 'SELECT id FROM kept'), [{ id: 1 }]);
  });
});

test('a server whose owner alone was killed is stopped, and every committed row is there', async () => {
  const dataDirectory = path.join(root, 'orphan');
  const { owner, connection } = await startElsewhere(dataDirectory);
  await query(connection, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)');
  const orphan = await readPostmaster(dataDirectory);
  await end(owner, 'SIGKILL');
  process.kill(orphan, 0);
  await withServer(dataDirectory, async (server, told) => {
    assert.match(told[0] ?? '', /Stopping the database server that an earlier Parley left running/);
    assert.notEqual(await readPostmaster(dataDirectory), orphan);
    assert.deepEqual(await query(server.connection, 'SELECT id FROM kept'), [{ id: 1 }]);
  });
});

test('after owner and server were killed together, every committed row is there', async () => {
  const dataDirectory = path.join(root, 'killed');
  const { owner, connection } = await startElsewhere(dataDirectory);
  const busy = new pg.Client(connection);
  busy.on('error', () => undefined);
  await busy.connect();
  await busy.query('CREATE TABLE kept (id int)');
  await busy.query('INSERT INTO kept VALUES (1)');
  // A backend at work when its postmaster dies holds the shared memory for a moment longer.
  void busy.query('SELECT sum(n) FROM generate_series(1, 3000000) AS n').catch(() => undefined);
  process.kill(await readPostmaster(dataDirectory), 'SIGKILL');
  await end(owner, 'SIGKILL');
  await withServer(dataDirectory, async (server) => {
    assert.deepEqual(await query(server.connection, 'SELECT id FROM kept'), [{ id: 1 }]);
  });
});

test('a server that ends by itself is reported, one that was stopped is not', async () => {
  const dataDirectory = path.join(root, 'plain');
  const reports: string[] = [];
  const server = await startEmbeddedPostgres({ dataDirectory, log, onProgress: () => undefined });
  const reported = new Promise<string>((resolve) => server.onExit(resolve));
  process.kill(await readPostmaster(dataDirectory), 'SIGKILL');
  assert.match(await reported, /PostgreSQL ended by itself \(signal SIGKILL\)/);
  await withServer(dataDirectory, async (again) => again.onExit((reason) => reports.push(reason)));
  assert.deepEqual(reports, []);
});

test('a data directory with a long path has its socket elsewhere, as private', async () => {
  const dataDirectory = path.join(root, 'x'.repeat(60), 'y'.repeat(60));
  await mkdir(dataDirectory, { recursive: true });
  await withServer(dataDirectory, async ({ connection }) => {
    assert.ok(!connection.host.startsWith(dataDirectory));
    assert.equal((await stat(connection.host)).mode & 0o777, 0o700);
    assert.deepEqual(await query(connection, 'SELECT 1 AS one'), [{ one: 1 }]);
    after(() => rm(connection.host, { recursive: true, force: true }));
  });
});

const isRoot = process.getuid?.() === 0;
test('an ordinary user starts and stops a database', {
  skip: isRoot ? false : 'the other tests run as one',
}, async () => {
  const nobody = { uid: 65_534, gid: 65_534 };
  const dataDirectory = path.join(root, 'ordinary');
  await mkdir(dataDirectory, { mode: 0o700 });
  await chown(dataDirectory, nobody.uid, nobody.gid);
  const { owner, connection } = await startElsewhere(dataDirectory, nobody);
  assert.equal((await stat(path.join(dataDirectory, 'postgres/cluster'))).uid, nobody.uid);
  assert.deepEqual(await query(connection, 'SELECT 1 AS one'), [{ one: 1 }]);
  await end(owner, 'SIGTERM');
  assert.equal(owner.exitCode, 0);
  await assert.rejects(stat(path.join(dataDirectory, 'postgres/cluster/postmaster.pid')), { code: 'ENOENT' });
});

test('root keeps the cluster within reach of the system user when a directory above is private', {
  skip: !isRoot,
}, async () => {
  const dataDirectory = path.join(root, 'private', 'below');
  await mkdir(dataDirectory, { recursive: true });
  await chmod(path.join(root, 'private'), 0o700);
  await withServer(dataDirectory, async ({ connection }) => {
    assert.deepEqual(await query(connection, 'SELECT 1 AS one'), [{ one: 1 }]);
  });
  const place = await realpath(path.join(dataDirectory, 'postgres'));
  assert.ok(place.startsWith('/var/lib/parley/postgres-'));
  await rm(place, { recursive: true });
});
