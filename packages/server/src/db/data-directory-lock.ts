/**
 * Keeps a second live Parley off a data directory.
 *
 * The lock is the operating system's: SQLite, which Node carries, takes an exclusive file lock on an empty file, the same way on
 * Linux, macOS and Windows. The kernel drops it the moment the owner dies, however it dies, so there is no stale lock to judge
 * and no moment in which two can enter. A text file beside it says who holds it; it is for the error message alone.
 */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** SQLITE_BUSY: another connection, in this process or another, holds the lock. */
const sqliteBusy = 5;

export interface DataDirectoryLock {
  /** Gives the directory up; also happens by itself when the process ends. */
  release(): void;
}

/**
 * Takes the data directory for this process, creating it (readable by its owner only) when missing.
 * Throws at once, naming the directory and the owner's process id, when another Parley has it.
 */
export async function lockDataDirectory(directory: string): Promise<DataDirectoryLock> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const ownerFile = path.join(directory, 'owner.pid');
  const lockFile = path.join(directory, 'lock');
  const lock = takeFileLock(lockFile);
  if (lock === undefined) {
    const owner = await readFile(ownerFile, 'utf8').catch(() => '');
    throw new Error(
      `The data directory ${path.resolve(directory)} is in use by another Parley` +
        `${owner === '' ? '' : ` (process ${owner.trim()})`}. Stop it first, or set PARLEY_DATA_DIR to another directory.`,
    );
  }
  await chmod(lockFile, 0o600);
  await writeFile(ownerFile, `${process.pid}\n`, { mode: 0o600 });
  return { release: () => lock.close() };
}

function takeFileLock(file: string): DatabaseSync | undefined {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return undefined;
    throw new Error(`The lock file ${file} cannot be taken`, { cause: error });
  }
}
