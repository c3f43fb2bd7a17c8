import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import { WebApiError } from '@parley/protocol';
import { configurationOf, hoursOf, profileOf, queueOf, workStreamOf } from './configuration-harness.ts';
import { availability, endOfTime, noTime, queuePosition, type ReadLoads } from './customer-facts.ts';
import {
  agentState,
  conversationState,
  createMetricsDatabase,
  insertAgents,
  insertStates,
  type MetricsDatabase,
  start,
} from './metrics-harness.ts';

let store: MetricsDatabase;
let queueId = '';

before(async () => {
  store = await createMetricsDatabase();
});
after(() => store.drop());
beforeEach(() => {
  queueId = randomUUID();
});

const waitOf =
  (averageWaitSeconds: number | null): ReadLoads =>
  async (queueIds) =>
    new Map(queueIds.map((id) => [id, { waiting: 0, averageWaitSeconds }]));

describe('Availability', () => {
  const workStream = workStreamOf();
  const ask = async (
    given: Parameters<typeof configurationOf>[0],
    more: { readonly now?: number; readonly conversationId?: string; readonly readLoads?: ReadLoads } = {},
  ): ReturnType<typeof availability> =>
    await availability(store.database, {
      configuration: configurationOf({ workStreams: [workStream], ...given }),
      queueId,
      workStreamId: workStream.id,
      now: start,
      ...more,
    });

  test('of a queue without hours and without agents: open for ever, nobody there, first in line', async () => {
    assert.deepEqual(await ask({ queues: [queueOf({ id: queueId })] }), {
      QueueId: queueId,
      IsQueueAvailable: true,
      StartTimeOfNextOperatingHour: noTime,
      EndTimeOfNextOperatingHour: noTime,
      NextTransitionTime: endOfTime,
      PositionInQueue: 1,
      IsAgentAvailable: false,
      AverageWaitTime: null,
      AverageWaitTimeInSeconds: null,
      NumberOfExpertsAvailableInQueue: 0,
    });
  });

  test('while open tells when the queue closes', async () => {
    const hours = hoursOf(9, 17);
    const queues = [queueOf({ id: queueId, operatingHourId: hours.id })];
    const open = await ask({ queues, hours: [hours] }, { now: Date.UTC(2026, 0, 5, 10) });
    assert.equal(open.IsQueueAvailable, true);
    assert.equal(open.StartTimeOfNextOperatingHour, noTime);
    assert.equal(open.EndTimeOfNextOperatingHour, noTime);
    assert.equal(open.NextTransitionTime, '2026-01-05T17:00:00Z');
  });

  test('while closed tells the next opening from start to end', async () => {
    const hours = hoursOf(9, 17);
    const queues = [queueOf({ id: queueId, operatingHourId: hours.id })];
    const closed = await ask({ queues, hours: [hours] }, { now: Date.UTC(2026, 0, 9, 18) });
    assert.equal(closed.IsQueueAvailable, false);
    assert.equal(closed.StartTimeOfNextOperatingHour, '2026-01-12T09:00:00Z');
    assert.equal(closed.EndTimeOfNextOperatingHour, '2026-01-12T17:00:00Z');
    assert.equal(closed.NextTransitionTime, '2026-01-12T09:00:00Z');
  });

  test('counts the agents that could be offered it now', async () => {
    const [free, full, away, gone, disabled, stranger] = [1, 2, 3, 4, 5, 6].map(() => randomUUID()) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    await insertAgents(store.pool, [
      agentState({ id: free, unitsUsed: 70 }),
      agentState({ id: full, unitsUsed: 71 }),
      agentState({ id: away, basePresence: 'away' }),
      agentState({ id: gone, isSignedIn: false }),
      agentState({ id: disabled }),
      agentState({ id: stranger }),
    ]);
    const members = [free, full, away, gone, disabled];
    const agents = [...members, stranger].map((id) => profileOf({ id, isEnabled: id !== disabled }));
    const found = await ask({ queues: [queueOf({ id: queueId, agentIds: members })], agents });
    assert.equal(found.NumberOfExpertsAvailableInQueue, 1);
    assert.equal(found.IsAgentAvailable, true);
  });

  test('asks for skills where they must match exactly', async () => {
    const [skilled, novice, skillId] = [randomUUID(), randomUUID(), randomUUID()];
    await insertAgents(store.pool, [agentState({ id: skilled }), agentState({ id: novice })]);
    const agents = [
      profileOf({ id: skilled, skills: { [skillId]: 0.6 } }),
      profileOf({ id: novice, skills: { [skillId]: 0.4 } }),
    ];
    const experts = async (matching: 'exact' | 'closest'): Promise<number> => {
      const stream = workStreamOf({ matching });
      const found = await availability(store.database, {
        configuration: configurationOf({
          workStreams: [stream],
          queues: [queueOf({ id: queueId, agentIds: [skilled, novice] })],
          agents,
        }),
        queueId,
        workStreamId: stream.id,
        now: start,
        asks: { demand: stream.demand, skills: [{ skillId, rating: 0.5 }] },
      });
      return found.NumberOfExpertsAvailableInQueue;
    };
    assert.equal(await experts('exact'), 1);
    assert.equal(await experts('closest'), 2);
  });

  test('tells the place of a conversation that waits, and of a newcomer behind all', async () => {
    const [first, second] = [0, 1].map((later) => conversationState({ routing: { queueId, queuedOn: start + later } }));
    assert.ok(first !== undefined && second !== undefined);
    await insertStates(store.pool, [first, second]);
    const queues = [queueOf({ id: queueId })];
    assert.equal((await ask({ queues }, { conversationId: second.id })).PositionInQueue, 2);
    assert.equal((await ask({ queues }, { conversationId: randomUUID() })).PositionInQueue, 3);
    assert.equal((await ask({ queues })).PositionInQueue, 3);
  });

  test('tells minutes of waiting from one minute on', async () => {
    const queues = [queueOf({ id: queueId })];
    const short = await ask({ queues }, { readLoads: waitOf(54) });
    assert.deepEqual([short.AverageWaitTime, short.AverageWaitTimeInSeconds], [null, 54]);
    const long = await ask({ queues }, { readLoads: waitOf(150) });
    assert.deepEqual([long.AverageWaitTime, long.AverageWaitTimeInSeconds], [3, 150]);
  });

  test('of a queue that does not exist is refused', async () => {
    await assert.rejects(ask({}), (error) => error instanceof WebApiError && error.errorName === 'rowNotFound');
  });
});

describe('The position in a queue', () => {
  test('follows priority, then time, then id, as the router does', async () => {
    const line = [
      conversationState({ routing: { queueId, priority: 5, queuedOn: start + 9000 } }),
      conversationState({ routing: { queueId, queuedOn: start + 1000 } }),
      conversationState({ id: '00000000-0000-4000-8000-000000000001', routing: { queueId, queuedOn: start + 2000 } }),
      conversationState({ id: '00000000-0000-4000-8000-000000000002', routing: { queueId, queuedOn: start + 2000 } }),
    ];
    const elsewhere = [
      conversationState({ routing: { queueId: randomUUID(), priority: 9 } }),
      conversationState({ distribution: 'pick', routing: { queueId, priority: 9 } }),
      conversationState({ status: 'active', agentId: randomUUID(), routing: { queueId, priority: 9 } }),
    ];
    await insertStates(store.pool, [...line.toReversed(), ...elsewhere]);
    for (const [ahead, { id }] of line.entries()) {
      const place = await queuePosition(store.database, id, { now: start });
      assert.deepEqual(place, { queueId, position: ahead + 1, ahead, estimatedWaitSeconds: null });
    }
  });

  test('is none for a conversation with an agent', async () => {
    const state = conversationState({ status: 'active', agentId: randomUUID(), routing: { queueId } });
    await insertStates(store.pool, [state]);
    assert.equal(await queuePosition(store.database, state.id, { now: start }), undefined);
  });

  test('estimates what is left of the average wait, and nothing beyond it', async () => {
    const state = conversationState({ routing: { queueId, enteredQueueOn: start } });
    await insertStates(store.pool, [state]);
    const estimate = async (seconds: number): Promise<number | null | undefined> =>
      (await queuePosition(store.database, state.id, { now: start + seconds * 1000, readLoads: waitOf(90) }))
        ?.estimatedWaitSeconds;
    assert.equal(await estimate(0), 90);
    assert.equal(await estimate(60), 30);
    assert.equal(await estimate(90), null);
  });
});
