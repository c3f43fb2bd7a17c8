import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after, beforeEach } from 'node:test';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { createDatabase } from '../db/database.ts';
import { createRetention } from './retention.ts';

const { pool, drop } = await createTestDatabase();
after(drop);

const day = 86_400_000;
// The database's own times play a part, so the test's clock is near them.
const now = Date.now();
const retention = createRetention({
  database: createDatabase(pool),
  clock: { now: () => now },
  days: async () => ({ events: 7, conversations: 90, decisions: 30, deadJobs: 10, parkedEvents: 20 }),
  consumers: ['live', 'slow'],
});

async function run(): Promise<void> {
  await retention.run(null, { id: '1', attempt: 1 });
}

async function count(table: string): Promise<number> {
  const { rows } = await pool.query(`SELECT count(*) AS count FROM ${table}`);
  return Number(rows[0].count);
}

async function addEvents(txid: number, number: number, daysAgo: number): Promise<void> {
  await pool.query(
    `INSERT INTO parley.event (txid, type, version, sequence, occurred_on, payload)
     SELECT $1::text::xid8, 'CustomerLeft', 1, n, $3, '{}' FROM generate_series(1, $2::integer) AS n`,
    [txid, number, now - daysAgo * day],
  );
}

async function addConsumer(name: string, txid: number, daysAgo: number): Promise<void> {
  await pool.query(
    'INSERT INTO parley.consumer (name, txid, id, moved_on) VALUES ($1, $2::text::xid8, 9223372036854775807, to_timestamp($3::bigint / 1000.0))',
    [name, txid, now - daysAgo * day],
  );
}

beforeEach(async () => {
  await pool.query(
    'TRUNCATE parley.event, parley.consumer, parley.parked_event, parley.job, parley.conversation CASCADE',
  );
});

test('old events go in batches, young ones stay', async () => {
  await addConsumer('live', 40, 0);
  await addEvents(10, 2_500, 30);
  await addEvents(20, 5, 8);
  await addEvents(30, 7, 6);
  await run();
  assert.equal(await count('parley.event'), 7);
  await run();
  assert.equal(await count('parley.event'), 7);
});

test('events that a consumer has not passed stay, however old', async () => {
  await addEvents(10, 3, 30);
  await addEvents(20, 4, 30);
  await addConsumer('live', 40, 0);
  await addConsumer('slow', 10, 25);
  await run();
  assert.equal(await count('parley.event'), 4);
});

test('a consumer that no longer exists holds nothing back once it has been still for that long', async () => {
  await addEvents(10, 3, 30);
  await addConsumer('live', 40, 0);
  await addConsumer('removed', 5, 6);
  await run();
  assert.equal(await count('parley.event'), 3, 'it may belong to another version that still runs');
  await pool.query("UPDATE parley.consumer SET moved_on = moved_on - interval '2 days' WHERE name = 'removed'");
  await run();
  assert.equal(await count('parley.event'), 0);
  assert.equal(await count('parley.consumer'), 1);
});

test('closed conversations go with their messages; those that are not closed stay', async () => {
  const add = async (status: string, closedDaysAgo: number | null): Promise<void> => {
    const id = randomUUID();
    await pool.query(
      `INSERT INTO parley.conversation (id, sequence, status, work_stream_id, agent_id, is_assignable, priority, closed_on, state)
       VALUES ($1, 1, $2, $1, $1, false, 0, $3, '{}')`,
      [id, status, closedDaysAgo === null ? null : now - closedDaysAgo * day],
    );
    await pool.query(
      `INSERT INTO parley.message (conversation_id, number, id, sent_on, author_kind, audience, channel, content_type, content, delivery)
       VALUES ($1, 1, $1, 1, 'customer', 'public', 1, 'text', 'hello', 'sent')`,
      [id],
    );
  };
  for (let index = 0; index < 250; index += 1) await add('closed', 91);
  await add('closed', 89);
  await add('active', null);
  await run();
  assert.equal(await count('parley.conversation'), 2);
  assert.equal(await count('parley.message'), 2);
});

test('routing decisions, dead jobs and parked events go after their time', async () => {
  const times = [now - 31 * day, now - 29 * day];
  for (const time of times) {
    await pool.query(
      'INSERT INTO data.parley_routingdecision (parley_routingdecisionid, createdon) VALUES ($1, to_timestamp($2::bigint / 1000.0))',
      [randomUUID(), time],
    );
    await pool.query(
      `INSERT INTO parley.parked_event (consumer, txid, id, event, error, attempts, parked_on)
       VALUES ('live', '1', $1, '{}', 'no', 5, to_timestamp($1::bigint / 1000.0) + interval '10 days')`,
      [time],
    );
    await pool.query("INSERT INTO parley.job (kind, due_on, payload, is_dead) VALUES ('x', $1, '{}', true)", [
      time + 20 * day,
    ]);
  }
  await pool.query("INSERT INTO parley.job (kind, due_on, payload) VALUES ('x', $1, '{}')", [now - 100 * day]);
  await run();
  assert.equal(await count('data.parley_routingdecision'), 1);
  assert.equal(await count('parley.parked_event'), 1);
  assert.equal(await count('parley.job WHERE is_dead'), 1);
  assert.equal(await count('parley.job'), 2);
});
