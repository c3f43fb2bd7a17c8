/**
 * Installs the packages of the lock file when they are missing or the lock file has changed, and nothing otherwise. Runs before
 * anything is installed, so: plain JavaScript for Node 20, no packages. Several at once on one checkout take turns.
 */
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = path.join(root, 'node_modules', '.parley-installed');
const pinnedNode = path.join(root, 'node_modules', '.bin', 'node');
const lockDirectory = path.join(root, '.parley', 'install.lock');
const killPatience = 5_000;
const waitPatience = 600_000;

/** @type {import('node:child_process').ChildProcess | undefined} */
let installer;
let isStopped = false;
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) process.on(signal, stop);

try {
  if (!(await isInstalled())) await withLock(installUnlessDone);
} catch (error) {
  if (!isStopped) process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = isStopped ? 143 : 1;
}

/** Ends npm and all it started; the interrupted installation has no stamp and is done anew by the next start. */
function stop() {
  isStopped = true;
  signalInstaller('SIGTERM');
  setTimeout(() => signalInstaller('SIGKILL'), killPatience).unref();
}

/** @param {NodeJS.Signals} signal */
function signalInstaller(signal) {
  if (installer?.pid === undefined) return;
  try {
    process.kill(-installer.pid, signal);
  } catch {
    // Ended in between.
  }
}

/** What an installation depends on: the lock file and the machine. */
async function describeInstallation() {
  const lock = await readFile(path.join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
}

async function isInstalled() {
  try {
    await access(pinnedNode);
    return (await readFile(stampFile, 'utf8')) === (await describeInstallation());
  } catch {
    return false;
  }
}

async function installUnlessDone() {
  if (await isInstalled()) return;
  await rm(stampFile, { force: true });
  const description = await describeInstallation();
  process.stderr.write('Installing the packages of Parley (this once, it takes about a minute)\n');
  await runNpm();
  try {
    await access(pinnedNode);
  } catch {
    throw new Error(
      'npm installed the packages but not the Node of the package "node": its install script did not run',
    );
  }
  await writeFile(stampFile, description);
}

/** @returns {Promise<void>} */
function runNpm() {
  // What a user's npm settings may leave out is part of every Parley: the pinned Node is a development dependency.
  const settings = [
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--ignore-scripts=false',
    '--include=dev',
    '--include=optional',
  ];
  const npm = process.env['npm_execpath'] ?? '';
  const [command, script] = path.basename(npm) === 'npm-cli.js' ? [process.execPath, [npm]] : ['npm', []];
  return new Promise((resolve, reject) => {
    if (isStopped) throw new Error('Stopped');
    // A process group of its own, so that all that npm starts can be ended together.
    installer = spawn(command, [...script, 'ci', ...settings], {
      cwd: root,
      env: environmentForNpm(),
      stdio: ['ignore', 2, 2],
      detached: true,
    });
    installer.on('error', (error) => reject(new Error(`npm cannot be run: ${error.message}`)));
    installer.on('exit', (code, signal) => {
      if (code === 0 && !isStopped) resolve();
      else reject(new Error(`npm ci failed (${signal ?? `exit code ${code}`})`));
    });
    // Should we be killed, npm goes on: the lock then counts as held until it has ended.
    if (installer.pid !== undefined) recordInstaller(installer.pid).catch(reject);
  });
}

/** @param {number} pid */
async function recordInstaller(pid) {
  await writeFile(path.join(lockDirectory, 'installer'), await describeProcess(pid));
}

/** Without the variables of the npm that runs us, and without node_modules/.bin, whose Node the installation replaces. */
function environmentForNpm() {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package)_/.test(name)),
  );
  const own = path.join(root, 'node_modules', '.bin');
  env['PATH'] = (env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((entry) => path.resolve(entry) !== own)
    .join(path.delimiter);
  return env;
}

/**
 * A lock that survives a crash of its owner. It is a directory that is renamed into place complete, which only one can do; it is
 * taken from a dead owner by renaming it to a name made of that owner's token, which also only one can do, and which cannot hit a
 * successor's lock because the name then exists.
 * @param {() => Promise<void>} work
 */
async function withLock(work) {
  const token = randomUUID();
  const mine = `${lockDirectory}.${token}`;
  await mkdir(mine, { recursive: true, mode: 0o700 });
  await writeFile(path.join(mine, 'owner'), `${token} ${await describeProcess(process.pid)}`);
  try {
    await takeLock(mine);
  } catch (error) {
    await rm(mine, { recursive: true, force: true });
    throw error;
  }
  try {
    await work();
  } finally {
    await rename(lockDirectory, mine);
    await rm(mine, { recursive: true, force: true });
  }
}

/** @param {string} mine */
async function takeLock(mine) {
  const deadline = Date.now() + waitPatience;
  let isTold = false;
  for (;;) {
    if (isStopped) throw new Error('Stopped');
    try {
      await rename(mine, lockDirectory);
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    }
    const [token, pid, startTime] = (await readLockFile('owner')).split(' ');
    const [installerPid, installerStartTime] = (await readLockFile('installer')).split(' ');
    const isHeld = (await isAlive(pid, startTime)) || (await isAlive(installerPid, installerStartTime));
    if (token && !isHeld) {
      // The emptied name stays, which is what keeps a slower rival from renaming a successor's lock.
      await rename(lockDirectory, `${lockDirectory}.dead.${token}`).catch(() => undefined);
      continue;
    }
    if (!isTold && token) {
      process.stderr.write(`Waiting for process ${pid}, which is installing the packages of Parley\n`);
      isTold = true;
    }
    if (Date.now() > deadline) {
      throw new Error(`Process ${pid} has been installing for ten minutes; if it is not, remove ${lockDirectory}`);
    }
    await sleep(200);
  }
}

/** @param {string} name */
async function readLockFile(name) {
  return (await readFile(path.join(lockDirectory, name), 'utf8').catch(() => '')).trim();
}

/** @param {number} pid */
async function describeProcess(pid) {
  return `${pid} ${await readStartTime(pid)}`;
}

/**
 * Tells a process from a later one with the same id, where /proc tells.
 * @param {number} pid
 */
async function readStartTime(pid) {
  const facts = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return facts.slice(facts.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/**
 * @param {string | undefined} pid
 * @param {string | undefined} startTime
 */
async function isAlive(pid, startTime) {
  if (!pid) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return (await readStartTime(Number(pid))) === (startTime ?? '');
}
