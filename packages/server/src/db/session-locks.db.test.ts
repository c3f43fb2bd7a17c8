import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { createLog } from '../log.ts';
import { createSessionLocks, type SessionLock } from './session-locks.ts';

const { pool, connection, drop } = await createTestDatabase();
const log = createLog('silent');
const left = createSessionLocks(connection, log);
const right = createSessionLocks(connection, log);
after(async () => {
  await left.close();
  await right.close();
  await drop();
});

async function acquire(name: string, locks = left): Promise<SessionLock> {
  const lock = await locks.tryAcquire(name);
  assert.ok(lock !== undefined, `${name} is free`);
  return lock;
}

test('a lock has one holder, in this process as among several', async () => {
  const lock = await acquire('one holder');
  assert.equal(await left.tryAcquire('one holder'), undefined);
  assert.equal(await right.tryAcquire('one holder'), undefined);
  await lock.release();
  await (await acquire('one holder', right)).release();
  await (await acquire('one holder')).release();
});

test('many locks are asked for at once on one connection', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `at once ${index}`);
  const locks = await Promise.all(names.map((name) => left.tryAcquire(name)));
  assert.ok(locks.every((lock) => lock !== undefined));
  const { rows } = await pool.query(
    `SELECT count(DISTINCT pid) AS connections, count(*) AS locks FROM pg_locks WHERE locktype = 'advisory'
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  assert.deepEqual(rows, [{ connections: '1', locks: '20' }]);
  await Promise.all(locks.map((lock) => lock?.release()));
});

test('when the connection is cut, the holder is told and somebody else gets the lock', async () => {
  const lock = await acquire('cut');
  const lost = new Promise((resolve) => lock.lost.addEventListener('abort', resolve));
  await pool.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE application_name = 'parley-locks' AND datname = current_database()`,
  );
  await lost;
  await lock.release();
  // The connection of the other one was cut too: it may take one failed attempt to find that out.
  const other = await right.tryAcquire('cut').catch(() => right.tryAcquire('cut'));
  assert.ok(other !== undefined);
  assert.equal(await left.tryAcquire('cut'), undefined);
  await other.release();
  await (await acquire('cut')).release();
});

test('a process that closes gives everything up', async () => {
  const closing = createSessionLocks(connection, log);
  await acquire('closed', closing);
  await closing.close();
  for (;;) {
    // The database may need a moment to see the end of the connection.
    const lock = await left.tryAcquire('closed');
    if (lock !== undefined) break;
  }
  assert.equal(await closing.tryAcquire('anything'), undefined);
});
