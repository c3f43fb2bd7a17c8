import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import test, { after } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StoredEvent } from '@parley/protocol';
import type { PoolClient } from 'pg';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { createDatabase, type Database, execute } from '../db/database.ts';
import { createPool } from '../db/pool.ts';
import { createLog } from '../log.ts';
import {
  areEventsHeldBack,
  beginning,
  comparePositions,
  type NewEvent,
  type Position,
  readConversationEvents,
  readEvents,
  readPresentEnd,
  writeEvents,
} from './write-events.ts';

const { pool, connection, drop } = await createTestDatabase();
const writers = createPool(connection, { max: 12, log: createLog('silent') });
after(async () => {
  await writers.end();
  await drop();
});
const database = createDatabase(pool);
await pool.query('CREATE TABLE subject (id uuid PRIMARY KEY, sequence bigint NOT NULL)');

function newEvent(conversationId: string, sequence: number): NewEvent {
  return {
    conversationId,
    agentId: null,
    sequence,
    occurredOn: 1_700_000_000_000 + sequence,
    body: { type: 'StatusReasonChanged', reason: sequence },
  };
}

async function createSubject(): Promise<string> {
  const id = randomUUID();
  await pool.query('INSERT INTO subject VALUES ($1, 0)', [id]);
  return id;
}

/** A transaction that the test ends itself. */
async function begin(): Promise<{
  client: PoolClient;
  inside: Database;
  end(how: 'COMMIT' | 'ROLLBACK'): Promise<void>;
}> {
  const client = await writers.connect();
  await client.query('BEGIN');
  const inside: Database = {
    query: (text, values) => execute(client, text, values),
    transaction: (work) => work(inside),
  };
  return {
    client,
    inside,
    async end(how): Promise<void> {
      await client.query(how);
      client.release();
    },
  };
}

/** What every command does: lock the row, count it up, tell it. */
async function change(inside: Database, subject: string): Promise<void> {
  const [row] = await inside.query('SELECT sequence FROM subject WHERE id = $1 FOR UPDATE', [subject]);
  const sequence = Number(row?.[0]) + 1;
  await inside.query('UPDATE subject SET sequence = $2 WHERE id = $1', [subject, sequence]);
  await writeEvents(inside, [newEvent(subject, sequence)]);
}

async function takeTransactionId(inside: Database): Promise<void> {
  await inside.query('SELECT pg_current_xact_id()', []);
}

/** Transactions of other databases of the cluster hold events back too: looks until they are there. */
async function readUntil(after: Position, count: number): Promise<readonly StoredEvent[]> {
  for (;;) {
    const events = await readEvents(database, after, 1000);
    if (events.length >= count) return events;
    await nextTurn();
  }
}

test('events come back as they were written, in the order given, with positions', async () => {
  const start = await readPresentEnd(database);
  const conversationId = randomUUID();
  const agentId = randomUUID();
  const given: NewEvent[] = [
    newEvent(conversationId, 1),
    {
      conversationId,
      agentId: null,
      sequence: 2,
      occurredOn: 5,
      body: { type: 'ContextChanged', names: ['it\'s "quoted"', '雪'] },
    },
    {
      conversationId: null,
      agentId,
      sequence: 7,
      occurredOn: 6,
      body: { type: 'CapacityChanged', unitsUsed: 3, conversationCount: 1, conversationId: null },
    },
  ];
  const stored = await database.transaction((inside) => writeEvents(inside, given));
  assert.deepEqual(
    stored.map(({ position: _, ...event }) => event),
    given,
  );
  assert.deepEqual(await readUntil(start, 3), stored);
  assert.deepEqual(await writeEvents(database, []), []);
});

test('hundreds of events are one statement and keep their order', async () => {
  const conversationId = randomUUID();
  const given = Array.from({ length: 700 }, (_, index) => newEvent(conversationId, index + 1));
  let statements = 0;
  const counting: Database = {
    query: (text, values) => {
      statements += 1;
      return database.query(text, values);
    },
    transaction: (work) => database.transaction(work),
  };
  const stored = await writeEvents(counting, given);
  assert.equal(statements, 1);
  const read = await readConversationEvents(database, conversationId, 0, 1000);
  assert.deepEqual(read, stored);
  assert.deepEqual(
    read.map(({ sequence }) => sequence),
    given.map(({ sequence }) => sequence),
  );
});

test('the events of a conversation after a sequence, never a part of one sequence', async () => {
  const conversationId = randomUUID();
  await writeEvents(
    database,
    [1, 2, 2, 2, 3].map((sequence) => newEvent(conversationId, sequence)),
  );
  const sequences = async (afterSequence: number, limit: number): Promise<number[]> =>
    (await readConversationEvents(database, conversationId, afterSequence, limit)).map(({ sequence }) => sequence);
  assert.deepEqual(await sequences(0, 2), [1, 2, 2, 2]);
  assert.deepEqual(await sequences(2, 2), [3]);
  assert.deepEqual(await sequences(3, 2), []);
});

test('an event waits for older transactions, and comes after what they wrote', async () => {
  const [first, second] = [await createSubject(), await createSubject()];
  const start = await readPresentEnd(database);
  const older = await begin();
  await change(older.inside, first);
  await database.transaction((inside) => change(inside, second));
  assert.deepEqual(await readEvents(database, start, 10), []);
  assert.equal(await areEventsHeldBack(database), true);
  await older.end('COMMIT');
  const events = await readUntil(start, 2);
  assert.deepEqual(
    events.map(({ conversationId }) => conversationId),
    [first, second],
  );
});

test('an old transaction that locks a conversation late writes after the younger one that changed it before', async () => {
  const [own, shared] = [await createSubject(), await createSubject()];
  const start = await readPresentEnd(database);
  const old = await begin();
  await change(old.inside, own);
  const between = await begin();
  await takeTransactionId(between.inside);
  const young = await begin();
  await change(young.inside, shared);
  await young.end('COMMIT');
  await change(old.inside, shared);
  await old.end('COMMIT');
  const early = await readEvents(database, start, 10);
  await between.end('COMMIT');
  const last = early.at(-1);
  const all = [...early, ...(await readUntil(last?.position ?? start, 3 - early.length))];
  assert.deepEqual(
    all.filter(({ conversationId }) => conversationId === shared).map(({ sequence }) => sequence),
    [1, 2],
  );
  assert.equal(all.length, 3);
});

test('on an idle server the last event is not held back', async () => {
  const subject = await createSubject();
  const start = await readPresentEnd(database);
  const old = await begin();
  await takeTransactionId(old.inside);
  const young = await begin();
  await takeTransactionId(young.inside);
  await young.end('COMMIT');
  await change(old.inside, subject);
  await old.end('COMMIT');
  // Nothing writes any more: only the end of transactions that are there already may be waited for.
  assert.equal((await readUntil(start, 1)).length, 1);
});

test('a reader beside many writers sees every committed event once, each conversation in order', async () => {
  const subjects = await Promise.all(Array.from({ length: 6 }, createSubject));
  const sorted = subjects.toSorted();
  const start = await readPresentEnd(database);
  let isWriting = true;

  async function write(rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      const transaction = await begin();
      if (randomInt(2) === 0) await takeTransactionId(transaction.inside);
      // In one order, as the server does, so that nobody waits in a circle.
      for (const subject of sorted) {
        if (randomInt(3) === 0) await change(transaction.inside, subject);
        for (let turn = randomInt(4); turn > 0; turn -= 1) await nextTurn();
      }
      await transaction.end(randomInt(5) === 0 ? 'ROLLBACK' : 'COMMIT');
    }
  }

  async function read(limit: number): Promise<readonly StoredEvent[]> {
    const seen: StoredEvent[] = [];
    let position = start;
    for (;;) {
      const wasWriting = isWriting;
      const events = await readEvents(database, position, limit);
      seen.push(...events);
      position = events.at(-1)?.position ?? position;
      if (events.length > 0) continue;
      if (!wasWriting && !(await areEventsHeldBack(database))) return seen;
      await nextTurn();
    }
  }

  const readers = [read(3), read(100)];
  await Promise.all(Array.from({ length: 8 }, () => write(30)));
  isWriting = false;
  for (const seen of await Promise.all(readers)) {
    for (const subject of subjects) {
      const { rows } = await pool.query('SELECT sequence FROM subject WHERE id = $1', [subject]);
      const expected = Array.from({ length: Number(rows[0].sequence) }, (_, index) => index + 1);
      assert.deepEqual(
        seen.filter(({ conversationId }) => conversationId === subject).map(({ sequence }) => sequence),
        expected,
      );
    }
    assert.deepEqual(
      seen,
      seen.toSorted((left, right) => comparePositions(left.position, right.position)),
    );
  }
});

test('positions are compared as numbers of any size', () => {
  assert.ok(comparePositions({ txid: '9', id: '1' }, { txid: '10', id: '1' }) < 0);
  assert.ok(
    comparePositions({ txid: '18446744073709551615', id: '2' }, { txid: '18446744073709551615', id: '10' }) < 0,
  );
  assert.equal(comparePositions(beginning, { txid: '0', id: '0' }), 0);
});
