import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { lockDataDirectory } from './data-directory-lock.ts';

const directory = await mkdtemp(path.join(os.tmpdir(), 'parley-lock-'));
test.after(() => rm(directory, { recursive: true }));

async function spawnOwner(): Promise<ReturnType<typeof spawn>> {
  const program = `const { lockDataDirectory } = await import(${JSON.stringify(import.meta.resolve('./data-directory-lock.ts'))});
    globalThis.lock = await lockDataDirectory(${JSON.stringify(directory)}); console.log('locked'); setInterval(() => {}, 60000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  assert.ok(owner.stdout !== null);
  await once(owner.stdout, 'data');
  return owner;
}

test('a second owner is refused with the directory and the process id, in another process and in the same', async () => {
  const lock = await lockDataDirectory(directory);
  await assert.rejects(lockDataDirectory(directory), (error: Error) => {
    assert.ok(error.message.includes(directory));
    assert.match(error.message, new RegExp(`process ${process.pid}\\b`));
    return true;
  });
  lock.release();
  const owner = await spawnOwner();
  await assert.rejects(lockDataDirectory(directory), new RegExp(`process ${owner.pid}\\b`));
  owner.kill('SIGKILL');
  await once(owner, 'exit');
});

test('the lock of an owner that was killed is taken over, by one of many who try', async () => {
  const owner = await spawnOwner();
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataDirectory(directory)));
  const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  assert.equal(winners.length, 1);
  winners[0]?.value.release();
});
