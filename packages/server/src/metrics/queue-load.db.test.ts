import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  conversationState,
  createMetricsDatabase,
  insertConversations,
  insertQueue,
  insertStates,
  type MetricsDatabase,
  start,
} from './metrics-harness.ts';
import { createQueueLoads, readQueueLoads } from './queue-load.ts';

const dayInSeconds = 86_400;
let store: MetricsDatabase;
let queueId = '';

before(async () => {
  store = await createMetricsDatabase();
});
after(() => store.drop());
beforeEach(async () => {
  queueId = await insertQueue(store.pool);
});

/** Conversations that were connected so many seconds after `start`, with these first waits. */
async function insertConnected(connected: readonly { readonly at: number; readonly wait: number }[]): Promise<void> {
  await insertConversations(
    store.pool,
    connected.map(({ at, wait }) => ({
      created: at - wait,
      queueId,
      columns: {
        msdyn_isagentaccepted: true,
        msdyn_startedon: new Date(start + at * 1000).toISOString(),
        msdyn_conversationfirstwaittimeinseconds: wait,
      },
    })),
  );
}

async function averageAt(seconds: number): Promise<number | null | undefined> {
  const loads = await readQueueLoads(store.database, [queueId], start + seconds * 1000);
  return loads.get(queueId)?.averageWaitSeconds;
}

describe('The load of a queue', () => {
  test('is how many are open in it, whoever may take them', async () => {
    const states = [{}, {}, { distribution: 'pick' as const }, { status: 'active' as const, agentId: queueId }];
    await insertStates(
      store.pool,
      states.map((state) => conversationState({ ...state, routing: { queueId } })),
    );
    const loads = await readQueueLoads(store.database, [queueId], start);
    assert.deepEqual(loads, new Map([[queueId, { waiting: 3, averageWaitSeconds: null }]]));
  });

  test('has an average once twenty were connected, over the last twenty', async () => {
    const waits = Array.from({ length: 19 }, (_, index) => ({ at: 1000 + index, wait: 60 }));
    await insertConnected(waits);
    assert.equal(await averageAt(2000), null);
    await insertConnected([{ at: 1500, wait: 160 }]);
    assert.equal(await averageAt(2000), 65);
    await insertConnected([{ at: 1600, wait: 160 }]);
    assert.equal(await averageAt(2000), 70);
  });

  test('forgets its average after seven idle days, and starts anew after such a pause', async () => {
    await insertConnected(Array.from({ length: 20 }, (_, index) => ({ at: index, wait: 60 })));
    assert.equal(await averageAt(7 * dayInSeconds), 60);
    assert.equal(await averageAt(7 * dayInSeconds + 19), null);
    await insertConnected([{ at: 8 * dayInSeconds, wait: 60 }]);
    assert.equal(await averageAt(8 * dayInSeconds + 1), null);
  });

  test('does not count outbound conversations and those that nobody accepted', async () => {
    await insertConnected(Array.from({ length: 20 }, (_, index) => ({ at: index, wait: 60 })));
    await store.pool.query(
      `UPDATE data.msdyn_ocliveworkitem SET msdyn_isoutbound = true WHERE activityid = (
         SELECT activityid FROM data.msdyn_ocliveworkitem WHERE msdyn_cdsqueueid = $1 LIMIT 1)`,
      [queueId],
    );
    assert.equal(await averageAt(100), null);
  });
});

describe('Loads that are kept', () => {
  test('are ten seconds old at most', async () => {
    let now = start;
    const loads = createQueueLoads({ database: store.database, clock: { now: () => now } });
    const waiting = async (): Promise<number | undefined> => (await loads.read([queueId])).get(queueId)?.waiting;
    assert.equal(await waiting(), 0);
    await insertStates(store.pool, [conversationState({ routing: { queueId } })]);
    now += 9999;
    assert.equal(await waiting(), 0);
    now += 1;
    assert.equal(await waiting(), 1);
  });

  test('keep the average for ten minutes', async () => {
    let now = start + 100_000;
    const loads = createQueueLoads({ database: store.database, clock: { now: () => now } });
    const average = async (): Promise<number | null | undefined> =>
      (await loads.read([queueId])).get(queueId)?.averageWaitSeconds;
    assert.equal(await average(), null);
    await insertConnected(Array.from({ length: 20 }, (_, index) => ({ at: index, wait: 60 })));
    now += 599_999;
    assert.equal(await average(), null);
    now += 1;
    assert.equal(await average(), 60);
  });
});
