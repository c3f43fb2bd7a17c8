import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { RouteRule, RoutingConfiguration, WorkStream } from '@parley/engine';
import { type ErrorName, WebApiError } from '@parley/protocol';
import type { BuildSubject } from './availability-route.ts';
import { configurationOf, hoursOf, profileOf, queueOf, workStreamOf } from './configuration-harness.ts';
import type { Availability } from './customer-facts.ts';
import {
  agentState,
  conversationState,
  createMetricsDatabase,
  insertAgents,
  insertConversations,
  insertQueue,
  insertStates,
  insertUser,
  type MetricsDatabase,
  start,
} from './metrics-harness.ts';
import {
  getAgentSnapshot,
  getAvailabilityBeforeConversation,
  getAvailabilityForConversation,
  getConversationMetrics,
  getQueuePosition,
  getQueueSnapshot,
} from './metrics-operations.ts';

let store: MetricsDatabase;
let ann = '';
let [sales, service, fallback] = ['', '', ''];
let workStream: WorkStream;
let configuration: RoutingConfiguration;

/** Only context is asked about here. */
const buildSubject: BuildSubject = async (_database, target) => ({ context: target.context });
const sources = { buildSubject };

function route(country: string, queues: RouteRule['queues']): RouteRule {
  return { name: country, when: { kind: 'compare', path: 'context.Country', operator: 'eq', value: country }, queues };
}

before(async () => {
  store = await createMetricsDatabase();
  ann = await insertUser(store.pool);
  [sales, service, fallback] = [
    await insertQueue(store.pool),
    await insertQueue(store.pool),
    await insertQueue(store.pool),
  ];
  await insertAgents(store.pool, [agentState({ id: ann, unitsUsed: 30, conversationCount: 1 })]);
  workStream = workStreamOf({
    fallbackQueueId: fallback,
    routes: [
      route('India', [
        { queueId: sales, percent: 1 },
        { queueId: service, percent: 99 },
      ]),
      route('Peru', [{ queueId: service, percent: 100 }]),
    ],
  });
  const office = hoursOf(9, 17);
  configuration = configurationOf({
    workStreams: [workStream],
    hours: [office],
    queues: [
      queueOf({
        id: sales,
        name: 'Sales',
        agentIds: [ann],
        operatingHourId: office.id,
        preQueueOverflow: [{ name: 'Closed', when: { kind: 'outsideHours' }, action: { kind: 'end' } }],
      }),
      queueOf({ id: service, name: 'Service', agentIds: [ann] }),
      queueOf({ id: fallback, name: 'Fallback' }),
    ],
    agents: [profileOf({ id: ann, name: 'Ann Example' })],
  });
});
after(() => store.drop());

function refusal(name: ErrorName): (error: unknown) => boolean {
  return (error) => error instanceof WebApiError && error.errorName === name;
}

describe('Availability before a conversation', () => {
  const ask = async (items?: unknown, more: object = {}): Promise<Availability> =>
    await getAvailabilityBeforeConversation(
      store.database,
      configuration,
      {
        ApiVersion: '1.0',
        LiveWorkStreamId: workStream.id,
        ...(items === undefined ? {} : { CustomContextItems: JSON.stringify(items) }),
        ...more,
      },
      start,
      sources,
    );
  const text = (value: string): object => ({ value, isDisplayable: true, datatype: '192350000' });

  test('is that of the first matching queue, whatever percentages and overflow say', async () => {
    const found = await ask({ Country: text('India') });
    assert.equal(found.QueueId, sales);
    assert.equal(found.IsQueueAvailable, false);
    assert.equal(found.StartTimeOfNextOperatingHour, '2026-01-05T09:00:00Z');
    assert.equal(found.NumberOfExpertsAvailableInQueue, 1);
  });

  test('is that of the fallback queue when no rule matches, and nobody may be there', async () => {
    const found = await ask();
    assert.equal(found.QueueId, fallback);
    assert.equal(found.IsAgentAvailable, false);
    assert.equal((await ask({ Country: text('Chile') })).QueueId, fallback);
  });

  test('knows the engagement of the channel as context, behind what is given as context', async () => {
    const ChannelEngagementContext = '{"Country": "India", "msdyn_browser": "Edge"}';
    assert.equal((await ask(undefined, { ChannelEngagementContext })).QueueId, sales);
    assert.equal((await ask({ Country: text('Peru') }, { ChannelEngagementContext })).QueueId, service);
  });

  test('reads whole numbers as numbers', async () => {
    await assert.rejects(ask({ Age: { value: 'old', datatype: 192350001 } }), refusal('invalidArgument'));
    assert.equal((await ask({ Age: { value: '42', datatype: 192350001 } })).QueueId, fallback);
  });

  test('refuses what it cannot read', async () => {
    await assert.rejects(ask(undefined, { CustomContextItems: '{' }), refusal('invalidArgument'));
    await assert.rejects(ask(undefined, { CustomContextItems: '[]' }), refusal('invalidArgument'));
    await assert.rejects(ask({ Country: { datatype: '192350000' } }), refusal('invalidArgument'));
    await assert.rejects(ask({ Country: { value: 'Peru', datatype: '7' } }), refusal('invalidArgument'));
    await assert.rejects(ask(undefined, { ChannelEngagementContext: 'Edge' }), refusal('invalidArgument'));
    await assert.rejects(ask(undefined, { ApiVersion: '2.0' }), refusal('invalidArgument'));
    await assert.rejects(ask(undefined, { LiveWorkStreamId: 'chat' }), refusal('invalidArgument'));
    await assert.rejects(ask(undefined, { LiveWorkStreamId: randomUUID() }), refusal('rowNotFound'));
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`item${index}`, text('x')]));
    await assert.rejects(ask(many), refusal('invalidArgument'));
  });
});

describe('Availability for a conversation', () => {
  const ask = async (ConversationId: string, items?: string): Promise<Availability> =>
    await getAvailabilityForConversation(
      store.database,
      configuration,
      { ApiVersion: '1.0', ConversationId, ...(items === undefined ? {} : { CustomContextItems: items }) },
      start,
      sources,
    );

  test('is that of the queue it waits in, with its place', async () => {
    const waiting = conversationState({ workStreamId: workStream.id, routing: { queueId: service } });
    await insertStates(store.pool, [waiting]);
    const found = await ask(waiting.id.toUpperCase());
    assert.equal(found.QueueId, service);
    assert.equal(found.PositionInQueue, 1);
  });

  test('follows the rules when context is given, over the context that it has', async () => {
    const waiting = conversationState({
      workStreamId: workStream.id,
      context: { Country: 'Peru' },
      routing: { queueId: fallback },
    });
    await insertStates(store.pool, [waiting]);
    assert.equal((await ask(waiting.id)).QueueId, fallback);
    assert.equal((await ask(waiting.id, '{"Age":{"value":7,"datatype":192350001}}')).QueueId, service);
    assert.equal((await ask(waiting.id, '{"Country":{"value":"India"}}')).QueueId, sales);
  });

  test('of an unknown conversation is refused', async () => {
    await assert.rejects(ask(randomUUID()), refusal('rowNotFound'));
  });
});

describe('Metrics as an operation', () => {
  test('answers every figure under its name', async () => {
    await insertConversations(store.pool, [
      {
        created: 0,
        closed: 100,
        queueId: service,
        sessions: [
          {
            created: 0,
            queued: 0,
            assigned: 5,
            accepted: 10,
            participants: [{ agentId: ann, added: 5, joined: 10, left: 100 }],
          },
        ],
      },
    ]);
    const values = { From: '2026-01-05T00:00:00Z', To: '2026-01-06T00:00:00Z', QueueId: service, Channel: null };
    const found = await getConversationMetrics(store.database, configuration, values);
    assert.deepEqual(
      [found['From'], found['IncomingConversations'], found['ServiceLevel10Seconds'], found['AverageHandleTime']],
      ['2026-01-05T00:00:00Z', 1, 1, 90],
    );
    assert.deepEqual([found['IncomingSessions'], found['AverageSessionTimeToAccept']], [1, 5]);
    assert.equal(Object.keys(found).length, 46);
  });

  test('counts a first response in the operating hours of the queue', async () => {
    const [id] = await insertConversations(store.pool, [{ created: 86_400, queueId: sales }]);
    const created = start + 86_400_000;
    // Created an hour before the queue opens, answered two minutes after.
    const state = conversationState({
      ...(id === undefined ? {} : { id }),
      status: 'active',
      agentId: ann,
      firstResponseOn: created + 3_720_000,
    });
    await insertStates(store.pool, [state]);
    const values = { From: '2026-01-06T00:00:00Z', To: '2026-01-07T00:00:00Z' };
    const found = await getConversationMetrics(store.database, configuration, values);
    assert.equal(found['AverageFirstResponseTime'], 120);
  });

  test('refuses a period that is none', async () => {
    const ask = (From: string, To: string): Promise<unknown> =>
      getConversationMetrics(store.database, configuration, { From, To });
    await assert.rejects(ask('2026-01-02T00:00:00Z', '2026-01-02T00:00:00Z'), refusal('invalidArgument'));
    await assert.rejects(ask('yesterday', '2026-01-02T00:00:00Z'), refusal('invalidArgument'));
    await assert.rejects(ask('2020-01-02T00:00:00Z', '2026-01-02T00:00:00Z'), refusal('invalidArgument'));
  });
});

describe('Snapshots and positions as operations', () => {
  test('name queues and agents', async () => {
    const { TakenOn, Queues } = await getQueueSnapshot(store.database, configuration, {}, start);
    assert.equal(TakenOn, '2026-01-05T08:00:00Z');
    assert.deepEqual(Queues.map(({ QueueName }) => QueueName).toSorted(), ['Fallback', 'Sales', 'Service']);
    const { Agents } = await getAgentSnapshot(store.database, configuration, {}, start);
    assert.deepEqual(
      Agents.map((agent) => [agent.AgentName, agent.BasePresence, agent.UnitsUsed, agent.UnitCapacity]),
      [['Ann Example', 192360000, 30, 100]],
    );
  });

  test('tell where a conversation stands, or that it stands nowhere', async () => {
    const active = conversationState({ status: 'active', agentId: ann, routing: { queueId: service } });
    const waiting = conversationState({ distribution: 'pick', routing: { queueId: service } });
    await insertStates(store.pool, [active, waiting]);
    const ask = (ConversationId: string): Promise<unknown> =>
      getQueuePosition(store.database, configuration, { ConversationId }, start, {});
    assert.deepEqual(await ask(waiting.id), {
      QueueId: service,
      Position: 1,
      ConversationsAhead: 0,
      EstimatedWaitTimeInSeconds: null,
    });
    assert.deepEqual(await ask(active.id), {
      QueueId: service,
      Position: null,
      ConversationsAhead: null,
      EstimatedWaitTimeInSeconds: null,
    });
    await assert.rejects(ask(randomUUID()), refusal('rowNotFound'));
  });
});
