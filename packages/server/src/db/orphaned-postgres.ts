/**
 * Stops PostgreSQL processes that a killed Parley left on a cluster. The caller holds the data directory's lock, so whoever still
 * works on the cluster has no master. A process id from a file alone is never signalled: it must be shown to be PostgreSQL on
 * this very directory.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Fast shutdown, then immediate shutdown, then the end; with the milliseconds that each is given. */
const steps = [
  ['SIGINT', 10_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 5_000],
] as const;

/**
 * Resolves when no PostgreSQL process works on the cluster any more; true when the cluster was not shut down in order.
 * `onProgress` is told when there is something to stop.
 */
export async function stopOrphans(clusterDirectory: string, onProgress: (message: string) => void): Promise<boolean> {
  const pidFile = path.join(clusterDirectory, 'postmaster.pid');
  const postmaster = await readPostmaster(pidFile);
  if (process.platform === 'win32') return postmaster !== undefined;
  let orphans = await findProcesses(clusterDirectory, postmaster);
  if (orphans.length > 0)
    onProgress(`Stopping the database server that an earlier Parley left running (${orphans.length} processes)`);
  for (const [signal, patience] of steps) {
    if (orphans.length === 0) break;
    // Its children follow the postmaster; only without one, or when it does not obey, each is told by itself.
    const isMastered = postmaster !== undefined && orphans.includes(postmaster);
    signalAll(isMastered && signal !== 'SIGKILL' ? [postmaster] : orphans, signal);
    const deadline = Date.now() + patience;
    while (orphans.length > 0 && Date.now() < deadline) {
      await sleep(25);
      orphans = await findProcesses(clusterDirectory, postmaster);
    }
  }
  if (orphans.length > 0)
    throw new Error(`PostgreSQL processes on ${clusterDirectory} do not end: ${orphans.join(', ')}`);
  // The number in a file left behind may by now be another program's, which PostgreSQL would take for a running server.
  if (process.platform === 'linux' && postmaster !== undefined && isAlive(postmaster))
    await rm(pidFile, { force: true });
  return postmaster !== undefined;
}

async function readPostmaster(pidFile: string): Promise<number | undefined> {
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
}

/** Ids of the PostgreSQL processes whose working directory is the cluster; where /proc is missing, of the postmaster alone. */
async function findProcesses(clusterDirectory: string, postmaster: number | undefined): Promise<number[]> {
  if (process.platform === 'linux') {
    const entries = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const matches = await Promise.all(entries.map((entry) => isPostgresIn(clusterDirectory, entry)));
    return entries.filter((_, index) => matches[index]).map(Number);
  }
  if (postmaster === undefined) return [];
  const command = await run('ps', ['-o', 'command=', '-p', `${postmaster}`]).then(
    ({ stdout }) => stdout,
    () => '',
  );
  return command.includes('postgres') && command.includes(clusterDirectory) ? [postmaster] : [];
}

async function isPostgresIn(clusterDirectory: string, pid: string): Promise<boolean> {
  try {
    if ((await readlink(`/proc/${pid}/cwd`)) !== clusterDirectory) return false;
    return path.basename((await readlink(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, '')) === 'postgres';
  } catch {
    // Gone in between, or another user's.
    return false;
  }
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone in between.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
