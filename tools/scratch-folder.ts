/**
 * A temporary directory for everything a run of tests writes, as the temporary directory of all its processes, so that nothing
 * stays behind: a test that is stopped half-way can leave a database server running there.
 */
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Runs `work` with TMPDIR set; ends the database servers that are left in it, and removes it. */
export async function withScratchFolder<Result>(work: () => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-run-'));
  // The system user that a database server of root runs as has to pass.
  await chmod(folder, 0o711);
  process.env['TMPDIR'] = folder;
  try {
    return await work();
  } finally {
    await endDatabaseServers(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function endDatabaseServers(folder: string): Promise<void> {
  for (const file of await readdir(folder, { recursive: true })) {
    if (path.basename(file) !== 'postmaster.pid') continue;
    const pid = Number.parseInt(await readFile(path.join(folder, file), 'utf8').catch(() => ''), 10);
    // PostgreSQL writes a negative number while it runs without a postmaster.
    if (Number.isNaN(pid) || pid === 0) continue;
    try {
      process.kill(Math.abs(pid), 'SIGQUIT');
    } catch {
      // It has ended, and left its file.
    }
  }
}
