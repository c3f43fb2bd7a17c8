import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { createDatabase, type Database } from '../db/database.ts';
import { createLog } from '../log.ts';
import type { FanOut } from './fan-out.ts';
import { createPostgresFanOut, notify } from './postgres-fan-out.ts';

const { pool, connection, drop } = await createTestDatabase();
const log = createLog('silent');
const database = createDatabase(pool);
const closing: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closing.reverse()) await close();
  await drop();
});

async function open(sendWith: Database = database): Promise<FanOut> {
  const fanOut = await createPostgresFanOut({ database: sendWith, connection, log, subjects: ['events', 'wake'] });
  closing.push(() => fanOut.close());
  return fanOut;
}

function record(fanOut: FanOut): string[] {
  const heard: string[] = [];
  fanOut.subscribe((subject, payload) => heard.push(`${subject}:${payload}`));
  return heard;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

test('what one process publishes, all hear, in order, also long payloads', async () => {
  const [left, right] = [await open(), await open()];
  const heard = [record(left), record(right)];
  const long = '雪x'.repeat(30_000);
  await left.publish('events', ['one', long, 'two']);
  await left.publish('wake', ['']);
  for (const each of heard) {
    await until(() => each.length === 4);
    assert.deepEqual(each, ['events:one', `events:${long}`, 'events:two', 'wake:']);
  }
  assert.deepEqual(left.status(), { isConnected: true, sentCount: 4, droppedCount: 0, heardCount: 4 });
});

test('many that publish at once share statements', async () => {
  let statements = 0;
  const counting: Database = {
    query: (text, values) => {
      statements += 1;
      return database.query(text, values);
    },
    transaction: (work) => database.transaction(work),
  };
  const fanOut = await open(counting);
  const heard = record(fanOut);
  const payloads = Array.from({ length: 300 }, (_, index) => `number ${index}`);
  await Promise.all(payloads.map((payload) => fanOut.publish('events', [payload])));
  await until(() => heard.length === payloads.length);
  assert.deepEqual(
    heard,
    payloads.map((payload) => `events:${payload}`),
  );
  assert.equal(statements, 2);
});

test('an announcement in a transaction is heard when it commits, and not when it rolls back', async () => {
  const fanOut = await open();
  const heard = record(fanOut);
  await assert.rejects(
    database.transaction(async (inside) => {
      await notify(inside, 'wake', ['never']);
      throw new Error('no');
    }),
  );
  await database.transaction(async (inside) => {
    await notify(inside, 'wake', ['committed', 'x'.repeat(20_000)]);
    await fanOut.publish('wake', ['published meanwhile']);
    await until(() => heard.length > 0);
  });
  await until(() => heard.length === 3);
  assert.deepEqual(heard, ['wake:published meanwhile', 'wake:committed', `wake:${'x'.repeat(20_000)}`]);
});

test('a process whose connection was cut hears again, and is told that it may have missed something', async () => {
  const fanOut = await open();
  const heard = record(fanOut);
  const gap = new Promise<void>((resolve) => fanOut.onGap(resolve));
  await pool.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE application_name = 'parley-listener' AND datname = current_database()`,
  );
  await gap;
  await fanOut.publish('events', ['after']);
  await until(() => heard.length > 0);
  assert.deepEqual(heard, ['events:after']);
});

test('what cannot be sent is dropped and counted, and publishing goes on', async () => {
  let isDown = true;
  const flaky: Database = {
    query: (text, values) =>
      isDown ? Promise.reject(new Error('the database is away')) : database.query(text, values),
    transaction: (work) => database.transaction(work),
  };
  const fanOut = await open(flaky);
  const heard = record(fanOut);
  await fanOut.publish('events', ['lost']);
  await fanOut.publish('events', ['x'.repeat(1_000_001)]);
  isDown = false;
  await fanOut.publish('events', ['sent']);
  await until(() => heard.length > 0);
  assert.deepEqual(heard, ['events:sent']);
  assert.equal(fanOut.status().droppedCount, 2);
  await assert.rejects(fanOut.publish('not a subject', ['x']), RangeError);
});
