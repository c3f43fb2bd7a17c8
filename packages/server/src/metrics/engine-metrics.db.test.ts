import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import { registerEngineMetrics } from './engine-metrics.ts';
import {
  agentState,
  conversationState,
  createMetricsDatabase,
  insertAgents,
  insertQueue,
  insertRows,
  insertStates,
  type MetricsDatabase,
  openOffer,
  start,
} from './metrics-harness.ts';

let store: MetricsDatabase;
let queueId = '';
const workStreamId = randomUUID();
const ann = randomUUID();

before(async () => {
  store = await createMetricsDatabase();
  queueId = await insertQueue(store.pool, { name: 'Questions' });
  await insertRows(store.pool, 'data.msdyn_liveworkstream', [
    { msdyn_liveworkstreamid: workStreamId, msdyn_name: 'Chat', msdyn_streamsource: 192360000 },
  ]);
  const states = [
    conversationState({ workStreamId, routing: { queueId, queuedOn: start - 30_000 } }),
    conversationState({ workStreamId, routing: { queueId, queuedOn: start - 5000 } }),
    conversationState({ workStreamId, status: 'active', agentId: ann, offer: openOffer(ann), routing: { queueId } }),
    conversationState({ workStreamId, status: 'closed', closedOn: start, agentId: ann, routing: { queueId } }),
  ];
  await insertStates(store.pool, states);
  await insertAgents(store.pool, [
    agentState({ id: ann, unitsUsed: 30, timers: [{ kind: 'autoAway', dueOn: start - 1 }] }),
    agentState({ basePresence: 'busy', unitsUsed: 70 }),
  ]);
  await insertRows(store.pool, 'parley.job', [
    { kind: 'webhook', due_on: start - 1, payload: {}, attempts: 0, is_dead: false },
    { kind: 'webhook', due_on: start + 1000, payload: {}, attempts: 0, is_dead: false },
    { kind: 'webhook', due_on: start - 1, payload: {}, attempts: 9, is_dead: true },
  ]);
  await store.pool.query(
    `INSERT INTO parley.consumer (name, txid, id) VALUES ('behind', '0', 0), ('here', '9223372036854775807', 0)`,
  );
  await insertRows(store.pool, 'parley.event', [
    { txid: '100', type: 'CustomerLeft', version: 1, sequence: 1, occurred_on: start - 4000, payload: {} },
    { txid: '100', type: 'CustomerReturned', version: 1, sequence: 2, occurred_on: start - 1000, payload: {} },
  ]);
  await store.pool.query(
    `INSERT INTO parley.parked_event (consumer, txid, id, event, error, attempts) VALUES ('behind', '1', 1, '{}', 'no', 3)`,
  );
});
after(() => store.drop());

/** Lines of the exposition that start with the name, without help and type. */
async function lines(registry: Registry, name: string): Promise<string[]> {
  const text = await registry.metrics();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .toSorted();
}

describe('What Prometheus reads', () => {
  let registry: Registry;
  before(() => {
    registry = new Registry();
    registerEngineMetrics(registry, { database: store.database, clock: { now: () => start } });
  });

  test('conversations that are not closed, by status, channel and queue', async () => {
    assert.deepEqual(await lines(registry, 'parley_conversations'), [
      'parley_conversations{status="active",channel="liveChat",queue="Questions"} 1',
      'parley_conversations{status="open",channel="liveChat",queue="Questions"} 2',
    ]);
    assert.deepEqual(await lines(registry, 'parley_queue_longest_wait_seconds'), [
      'parley_queue_longest_wait_seconds{queue="Questions"} 30',
    ]);
  });

  test('agents and capacity', async () => {
    assert.deepEqual(await lines(registry, 'parley_agents'), [
      'parley_agents{presence="available"} 1',
      'parley_agents{presence="busy"} 1',
    ]);
    assert.deepEqual(await lines(registry, 'parley_capacity_used_units'), ['parley_capacity_used_units 100']);
  });

  test('how far consumers, timers and jobs are behind', async () => {
    assert.deepEqual(await lines(registry, 'parley_outbox_lag_events'), [
      'parley_outbox_lag_events{consumer="behind"} 2',
      'parley_outbox_lag_events{consumer="here"} 0',
    ]);
    assert.deepEqual(await lines(registry, 'parley_outbox_lag_seconds'), [
      'parley_outbox_lag_seconds{consumer="behind"} 4',
      'parley_outbox_lag_seconds{consumer="here"} 0',
    ]);
    assert.deepEqual(await lines(registry, 'parley_due_timers'), [
      'parley_due_timers{of="agents"} 1',
      'parley_due_timers{of="conversations"} 0',
    ]);
    assert.deepEqual(await lines(registry, 'parley_due_jobs'), ['parley_due_jobs{kind="webhook"} 1']);
    assert.deepEqual(await lines(registry, 'parley_dead_jobs'), ['parley_dead_jobs{kind="webhook"} 1']);
    assert.deepEqual(await lines(registry, 'parley_parked_events'), ['parley_parked_events{consumer="behind"} 1']);
    assert.deepEqual(await lines(registry, 'parley_engine_scrape_success'), ['parley_engine_scrape_success 1']);
  });
});

describe('A scrape', () => {
  /** The database, counting what it is asked. */
  function counted(): { readonly database: Database; readonly asked: () => number } {
    let asked = 0;
    const database: Database = {
      query: (text, values) => {
        asked += 1;
        return store.database.query(text, values);
      },
      transaction: (work) => store.database.transaction(work),
    };
    return { database, asked: () => asked };
  }

  test('costs two statements, and none within five seconds', async () => {
    let now = start;
    const { database, asked } = counted();
    const registry = new Registry();
    registerEngineMetrics(registry, { database, clock: { now: () => now } });
    await registry.metrics();
    now += 4999;
    await registry.metrics();
    assert.equal(asked(), 2);
    now += 1;
    await registry.metrics();
    assert.equal(asked(), 4);
  });

  test('shows the counters of the process even when the database is away', async () => {
    const registry = new Registry();
    const database: Database = {
      query: () => Promise.reject(new Error('away')),
      transaction: () => Promise.reject(new Error('away')),
    };
    const counters = registerEngineMetrics(registry, { database, clock: { now: () => start } });
    counters.commands.inc({ kind: 'accept', outcome: 'accepted' });
    assert.deepEqual(await lines(registry, 'parley_engine_scrape_success'), ['parley_engine_scrape_success 0']);
    assert.deepEqual(await lines(registry, 'parley_conversations'), []);
    assert.deepEqual(await lines(registry, 'parley_commands_total'), [
      'parley_commands_total{kind="accept",outcome="accepted"} 1',
    ]);
  });
});
