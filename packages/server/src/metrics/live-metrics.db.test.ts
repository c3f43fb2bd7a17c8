import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { agentSnapshot, queueSnapshot } from './live-metrics.ts';
import {
  agentState,
  conversationState,
  createMetricsDatabase,
  insertAgents,
  insertMembers,
  insertQueue,
  insertStates,
  insertUser,
  type MetricsDatabase,
  openOffer,
  type StateFixture,
  start,
} from './metrics-harness.ts';

let store: MetricsDatabase;
let [busyQueue, emptyQueue, ann, ben, cem] = ['', '', '', '', ''];

before(async () => {
  store = await createMetricsDatabase();
  [busyQueue, emptyQueue] = [await insertQueue(store.pool), await insertQueue(store.pool)];
  [ann, ben, cem] = [await insertUser(store.pool), await insertUser(store.pool), await insertUser(store.pool)];
  await insertAgents(store.pool, [
    agentState({ id: ann, unitsUsed: 60, conversationCount: 2 }),
    agentState({ id: ben, basePresence: 'busy' }),
    agentState({ id: cem, basePresence: 'offline', isSignedIn: false }),
  ]);
  await insertMembers(store.pool, busyQueue, [ann, ben, cem]);
  const inQueue = (state: StateFixture, enteredQueueOn: number = start): StateFixture => ({
    ...state,
    routing: { queueId: busyQueue, enteredQueueOn },
  });
  const states = [
    inQueue({}, start - 10_000),
    inQueue({ isOutbound: true }, start - 90_000),
    inQueue({ status: 'active', agentId: ann, offer: openOffer(ann) }, start - 40_000),
    inQueue({ status: 'active', agentId: ann }, start - 80_000),
    inQueue({ status: 'active', agentId: ben }),
    inQueue({ status: 'waiting', agentId: ben }),
    inQueue({ status: 'wrapUp', agentId: ben }),
    inQueue({ status: 'closed', agentId: ben, closedOn: start }),
  ];
  await insertStates(store.pool, states.map(conversationState));
});
after(() => store.drop());

describe('The snapshot of queues', () => {
  test('counts each conversation once, where it stands', async () => {
    const [queue] = await queueSnapshot(store.database, start, [busyQueue]);
    assert.deepEqual(queue, {
      queueId: busyQueue,
      waiting: 2,
      longestWaitSeconds: 40,
      awaitingAcceptance: 1,
      inConversation: 2,
      waitingForCustomer: 1,
      wrapUp: 1,
      staffed: 2,
      available: 1,
    });
  });

  test('has an entry for a queue where nothing happens', async () => {
    const queues = await queueSnapshot(store.database, start);
    assert.deepEqual(
      queues.find(({ queueId }) => queueId === emptyQueue),
      {
        queueId: emptyQueue,
        waiting: 0,
        longestWaitSeconds: null,
        awaitingAcceptance: 0,
        inConversation: 0,
        waitingForCustomer: 0,
        wrapUp: 0,
        staffed: 0,
        available: 0,
      },
    );
    assert.equal(queues.length, 2);
  });
});

describe('The snapshot of agents', () => {
  test('tells presence, units and what each is at', async () => {
    const agents = await agentSnapshot(store.database, [ann]);
    assert.deepEqual(agents, [
      {
        agentId: ann,
        presenceId: 'f523f628-c07a-e811-8162-000d3aa11f50',
        basePresence: 'available',
        presenceSince: start,
        isSignedIn: true,
        unitsUsed: 60,
        conversationCount: 2,
        awaitingAcceptance: 1,
        inConversation: 1,
        wrapUp: 0,
      },
    ]);
  });

  test('has everybody, busy or not', async () => {
    const agents = await agentSnapshot(store.database);
    assert.deepEqual(
      agents.map(({ agentId, inConversation, wrapUp }) => [agentId, inConversation, wrapUp]).toSorted(),
      [
        [ann, 1, 0],
        [ben, 1, 1],
        [cem, 0, 0],
      ].toSorted(),
    );
  });
});
