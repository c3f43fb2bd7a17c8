import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test, { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredEvent } from '@parley/protocol';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { createDatabase } from '../db/database.ts';
import { createPool } from '../db/pool.ts';
import { listen } from '../db/postgres-notifications.ts';
import { createSessionLocks } from '../db/session-locks.ts';
import { createLog } from '../log.ts';
import type { Subscribe } from '../wake-signal.ts';
import type { Consumer } from './consumer.ts';
import { readConsumerStatus } from './consumer-position.ts';
import { createEventFeed, type EventFeed, type EventFeedOptions } from './event-feed.ts';
import { areEventsHeldBack, writeEvents } from './write-events.ts';

const { pool, connection, drop } = await createTestDatabase();
const log = createLog('silent');
const database = createDatabase(pool);
const closing: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closing.reverse()) await close();
  await drop();
});

/** What one server process has: pool, locks and feed of its own. */
function startProcess(options: Partial<EventFeedOptions> = {}): EventFeed {
  const ownPool = createPool(connection, { max: 3, log });
  const locks = createSessionLocks(connection, log);
  const feed = createEventFeed({
    database: createDatabase(ownPool),
    locks,
    log,
    sweepMilliseconds: 20,
    retryAfter: () => 1,
    ...options,
  });
  closing.push(async () => {
    await feed.stop();
    await locks.close();
    await ownPool.end();
  });
  return feed;
}

/** Registers when nothing written before is on its way: transactions of other databases of the cluster hold events back. */
async function register(feed: EventFeed, consumer: Consumer, startAt?: 'beginning'): Promise<void> {
  while (await areEventsHeldBack(database)) await sleep(5);
  await feed.register(consumer, startAt);
}

/** Something that many can subscribe to and the test calls. */
function createCaller(): { subscribe: Subscribe; call(): void } {
  const listeners = new Set<() => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    call() {
      for (const listener of listeners) listener();
    },
  };
}

let lastSequence = 0;

/** Writes events, each in a transaction of its own, and returns their sequences. */
async function write(count: number): Promise<number[]> {
  const sequences: number[] = [];
  for (let index = 0; index < count; index += 1) {
    lastSequence += 1;
    sequences.push(lastSequence);
    await writeEvents(database, [
      {
        conversationId: randomUUID(),
        agentId: null,
        sequence: lastSequence,
        occurredOn: lastSequence,
        body: lastSequence % 2 === 0 ? { type: 'CustomerLeft' } : { type: 'CustomerReturned' },
      },
    ]);
  }
  return sequences;
}

type Recorder = Consumer & { readonly seen: number[]; saw(sequence: number | undefined): Promise<void> };

/** A consumer that keeps what it is handed. */
function recorder(name: string, handle: (event: StoredEvent) => Promise<void> | void = () => undefined): Recorder {
  const seen: number[] = [];
  return {
    name,
    seen,
    async handle(event) {
      await handle(event);
      seen.push(event.sequence);
    },
    async saw(sequence) {
      while (sequence === undefined || !seen.includes(sequence)) await sleep(5);
    },
  };
}

async function parked(consumer: string): Promise<unknown[]> {
  const { rows } = await pool.query(
    "SELECT event->>'sequence' AS sequence, error, attempts FROM parley.parked_event WHERE consumer = $1 ORDER BY txid, id",
    [consumer],
  );
  return rows;
}

test('a new consumer gets what is written from now on, or everything when it asks', async () => {
  const before = await write(2);
  const feed = startProcess();
  const [fromEnd, fromBeginning] = [recorder('from-end'), recorder('from-beginning')];
  await register(feed, fromEnd);
  await register(feed, fromBeginning, 'beginning');
  const later = await write(250);
  await Promise.all([fromEnd.saw(later.at(-1)), fromBeginning.saw(later.at(-1))]);
  assert.deepEqual(fromEnd.seen.slice(-later.length), later);
  assert.deepEqual(fromBeginning.seen, [...before, ...later]);
  await assert.rejects(register(feed, recorder('from-end')), /two consumers named from-end/);
});

test('a consumer that names types gets no others, and its position passes them', async () => {
  const feed = startProcess();
  const consumer = { ...recorder('of-a-type'), types: new Set(['CustomerLeft'] as const) };
  await register(feed, consumer);
  const sequences = await write(4);
  const wanted = sequences.filter((sequence) => sequence % 2 === 0);
  await consumer.saw(wanted.at(-1));
  await write(1);
  while ((await eventsBehind('of-a-type')) !== 0) await sleep(5);
  assert.deepEqual(consumer.seen.slice(-wanted.length), wanted);
});

test('a consumer that stops and comes back goes on where it was', async () => {
  const first = startProcess();
  const entered = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const stopped = recorder('comes-back', async () => {
    entered.resolve();
    await mayEnd.promise;
  });
  await register(first, stopped);
  const [inFlight, ...rest] = await write(3);
  await entered.promise;
  let hasStopped = false;
  const stopping = first.stop().then(() => {
    hasStopped = true;
  });
  await sleep(20);
  assert.equal(hasStopped, false, 'stop waits for what is in flight');
  mayEnd.resolve();
  await stopping;
  assert.deepEqual(stopped.seen, [inFlight]);
  const back = recorder('comes-back');
  await register(startProcess(), back);
  await back.saw(rest.at(-1));
  assert.deepEqual(back.seen, rest);
});

test('an event that fails is handed over again, and the ones behind it wait', async () => {
  let failures = 2;
  const consumer = recorder('fails-twice', () => {
    if (failures-- > 0) throw new Error('not yet');
  });
  await register(startProcess(), consumer);
  const sequences = await write(3);
  await consumer.saw(sequences.at(-1));
  assert.deepEqual(consumer.seen, sequences);
  assert.deepEqual(await parked('fails-twice'), []);
});

test('an event that keeps failing is parked with its error, and the consumer goes on', async () => {
  let bad = 0;
  let attempts = 0;
  const consumer = recorder('cannot-digest', ({ sequence }) => {
    if (sequence !== bad) return;
    attempts += 1;
    throw new Error(`too hard ${'x'.repeat(3_000)}`);
  });
  const feed = startProcess({ maximumAttempts: 3 });
  await register(feed, consumer);
  bad = lastSequence + 2;
  const sequences = await write(4);
  await consumer.saw(sequences.at(-1));
  assert.deepEqual(
    consumer.seen,
    sequences.filter((sequence) => sequence !== bad),
  );
  assert.equal(attempts, 3);
  assert.deepEqual(await parked('cannot-digest'), [
    { sequence: String(bad), error: `Error: too hard ${'x'.repeat(3_000)}`.slice(0, 2_000), attempts: '3' },
  ]);
  const status = (await feed.status()).find(({ name }) => name === 'cannot-digest');
  assert.equal(status?.parkedCount, 1);
});

test('a consumer that hangs and one that fails delay nobody else, and it shows how far they are behind', async () => {
  const mayEnd = Promise.withResolvers<void>();
  const hanging = recorder('hangs', () => mayEnd.promise);
  const failing = recorder('always-fails', () => {
    throw new Error('no');
  });
  const healthy = recorder('healthy');
  const feed = startProcess({ maximumAttempts: 1_000_000, retryAfter: () => 5 });
  for (const consumer of [hanging, failing, healthy]) await register(feed, consumer);
  const sequences = await write(5);
  await healthy.saw(sequences.at(-1));
  assert.deepEqual(healthy.seen, sequences);
  const status = new Map((await feed.status()).map((each) => [each.name, each]));
  for (const name of ['hangs', 'always-fails']) {
    assert.equal(status.get(name)?.eventsBehind, 5);
    assert.equal(status.get(name)?.behindSince, sequences[0]);
  }
  mayEnd.resolve();
  await hanging.saw(sequences.at(-1));
});

async function eventsBehind(consumer: string): Promise<number | undefined> {
  return (await readConsumerStatus(database)).find(({ name }) => name === consumer)?.eventsBehind;
}

/** Cuts the connection that holds the lock of a consumer, as the end of its process does. */
async function cutHolder(consumer: string): Promise<void> {
  const { rows } = await pool.query(
    `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND ((classid::bigint << 32) | objid::bigint) = hashtextextended($1, 0)`,
    [`parley consumer ${consumer}`],
  );
  assert.equal(rows.length, 1, 'one connection holds the lock');
  await pool.query('SELECT pg_terminate_backend($1, 5000)', [rows[0].pid]);
}

test('of two processes one runs a consumer, also after the connection of its lock was cut', async () => {
  const running = { now: 0, most: 0 };
  const consumer = (): Recorder =>
    recorder('shared', async () => {
      running.now += 1;
      running.most = Math.max(running.most, running.now);
      await sleep(1);
      running.now -= 1;
    });
  const [left, right] = [consumer(), consumer()];
  await register(startProcess(), left);
  const first = await write(10);
  await left.saw(first.at(-1));
  await register(startProcess(), right);
  const second = await write(10);
  await left.saw(second.at(-1));
  assert.deepEqual(right.seen, []);
  await cutHolder('shared');
  const third = await write(10);
  while (![...left.seen, ...right.seen].includes(third.at(-1) ?? 0)) await sleep(5);
  assert.deepEqual([...left.seen, ...right.seen], [...first, ...second, ...third]);
  assert.equal(running.most, 1);
});

test('when the process that runs a consumer dies, another one goes on where its position is', async () => {
  const mayEnd = Promise.withResolvers<void>();
  const isBusy = Promise.withResolvers<void>();
  let handled = 0;
  const left = recorder('inherited', async () => {
    handled += 1;
    if (handled === 1) return;
    isBusy.resolve();
    await mayEnd.promise;
  });
  // Once it has lost its lock it does not look for it again: as good as dead.
  const caller = createCaller();
  await register(startProcess({ sweepMilliseconds: 3_600_000, wake: caller.subscribe }), left);
  const waking = setInterval(caller.call, 10);
  const [first] = await write(1);
  await left.saw(first);
  const right = recorder('inherited');
  await register(startProcess(), right);
  const second = await write(3);
  await isBusy.promise;
  await cutHolder('inherited');
  await right.saw(second.at(-1));
  while ((await eventsBehind('inherited')) !== 0) await sleep(5);
  // Back from the dead, it must not move the position that is another's now.
  mayEnd.resolve();
  await left.saw(second[0]);
  await sleep(50);
  clearInterval(waking);
  assert.equal(await eventsBehind('inherited'), 0);
  const third = await write(2);
  await right.saw(third.at(-1));
  assert.deepEqual(right.seen, [...second, ...third]);
  assert.deepEqual(left.seen, [first, second[0]]);
});

test('a notification wakes a feed that would not look for an hour', async () => {
  const caller = createCaller();
  const listener = await listen(connection, ['parley_events'], caller.call, {
    onLost: () => undefined,
    onRestored: () => undefined,
  });
  closing.push(() => listener.close());
  const feed = startProcess({ sweepMilliseconds: 3_600_000, wake: caller.subscribe });
  const consumer = recorder('woken');
  await register(feed, consumer);
  const [first] = await write(1);
  const repeat = setInterval(() => void pool.query("SELECT pg_notify('parley_events', '')"), 50);
  await consumer.saw(first);
  const [second] = await write(1);
  await consumer.saw(second);
  clearInterval(repeat);
  assert.deepEqual(consumer.seen, [first, second]);
});
