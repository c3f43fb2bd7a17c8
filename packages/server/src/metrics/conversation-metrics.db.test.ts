import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { channelCodes, closureReasonCodes, statusReasonCodes } from '@parley/engine';
import { type ConversationMetrics, conversationMetrics, type MetricsOptions } from './conversation-metrics.ts';
import {
  type ConversationFixture,
  conversationState,
  createMetricsDatabase,
  insertConversations,
  insertMessage,
  insertQueue,
  insertRows,
  insertStates,
  insertUser,
  type MetricsDatabase,
  type SessionFixture,
  start,
} from './metrics-harness.ts';

const day = 86_400_000;
let store: MetricsDatabase;
let [ann, ben, bot, strictQueue, plainQueue] = ['', '', '', '', ''];
let days = 0;

before(async () => {
  store = await createMetricsDatabase();
  [ann, ben, bot] = [await insertUser(store.pool), await insertUser(store.pool), await insertUser(store.pool, 'bot')];
  strictQueue = await insertQueue(store.pool, {
    msdyn_queueservicelevelthreshold: 15,
    msdyn_shortabandonedthreshold: 5,
  });
  plainQueue = await insertQueue(store.pool);
});
after(() => store.drop());

/** Every case has a day of its own, with an empty one before and after. */
async function measure(
  conversations: readonly ConversationFixture[],
  options: Partial<MetricsOptions> = {},
): Promise<ConversationMetrics> {
  days += 2;
  const from = start + days * day;
  await insertConversations(store.pool, conversations, from);
  return await conversationMetrics(store.database, { from, to: from + day, ...options });
}

/** Handled by one agent: accepted after `wait`, ended and closed as told. */
function handled(
  wait: number,
  closed: number,
  more: Omit<ConversationFixture, 'created' | 'closed'> = {},
): ConversationFixture {
  return { created: 0, closed, ...more, sessions: [accepted(wait, closed, ann), ...(more.sessions ?? [])] };
}

function accepted(joined: number, left: number, agentId: string): SessionFixture {
  return {
    created: 0,
    queued: 0,
    assigned: joined,
    accepted: joined,
    closed: left,
    participants: [{ agentId, added: joined, joined, left }],
  };
}

describe('Waiting', () => {
  test('first wait ends with the first accept, or with closing when nobody accepted', async () => {
    const metrics = await measure([handled(10, 100), handled(20, 100), { created: 0, closed: 60 }, { created: 0 }]);
    assert.equal(metrics.averageFirstWait, 30);
    assert.equal(metrics.maximumFirstWait, 60);
  });

  test('waiting counts from the bot handing over', async () => {
    const metrics = await measure([handled(50, 100, { firstWaitStarted: 40 })]);
    assert.equal(metrics.averageFirstWait, 10);
  });

  test('the stored first wait wins over what the rows say', async () => {
    const metrics = await measure([handled(50, 100, { columns: { msdyn_conversationfirstwaittimeinseconds: 7 } })]);
    assert.equal(metrics.averageFirstWait, 7);
  });

  test('speed to answer is over accepted inbound conversations that are closed', async () => {
    const metrics = await measure([
      handled(10, 100),
      handled(20, 100),
      { created: 0, closed: 90 },
      handled(500, 600, { isOutbound: true }),
      { created: 0, sessions: [accepted(300, 400, ann)] },
    ]);
    assert.equal(metrics.averageSpeedToAnswer, 15);
  });

  test('service levels are shares of the accepted ones', async () => {
    const metrics = await measure([
      ...[5, 10, 11, 35, 60, 121].map((wait) => handled(wait, 300)),
      { created: 0, closed: 3 },
    ]);
    assert.deepEqual(metrics.serviceLevels, {
      10: 2 / 6,
      20: 3 / 6,
      30: 3 / 6,
      40: 4 / 6,
      50: 4 / 6,
      60: 5 / 6,
      120: 5 / 6,
    });
  });

  test('a queue without a threshold always meets it', async () => {
    const conversations = [
      handled(15, 100, { queueId: strictQueue }),
      handled(16, 100, { queueId: strictQueue }),
      handled(90, 100, { queueId: plainQueue }),
    ];
    assert.equal((await measure(conversations)).serviceLevelByThreshold, 2 / 3);
    assert.equal((await measure(conversations, { serviceLevelSeconds: 16 })).serviceLevelByThreshold, 2 / 3);
    assert.equal((await measure(conversations, { serviceLevelSeconds: 10 })).serviceLevelByThreshold, 0);
  });
});

describe('Abandoned conversations', () => {
  test('are inbound, closed and were accepted by nobody', async () => {
    const metrics = await measure([
      { created: 0, closed: 30 },
      { created: 0, closed: 50, columns: { msdyn_statuschangereason: statusReasonCodes.forceClosedBySupervisor } },
      { created: 0, closed: 40, isOutbound: true },
      { created: 0 },
      handled(10, 100),
    ]);
    assert.equal(metrics.conversations.abandoned, 2);
    assert.equal(metrics.abandonRate, 2 / 4);
    assert.equal(metrics.averageTimeToAbandon, 40);
  });

  test('do not count when the customer left within the short-abandon threshold of the queue', async () => {
    const metrics = await measure([
      { created: 0, closed: 5, queueId: strictQueue },
      { created: 0, closed: 6, queueId: strictQueue },
      { created: 0, closed: 1, queueId: plainQueue },
    ]);
    assert.equal(metrics.conversations.abandoned, 2);
  });

  test('do not count when a bot ended them, and a bot accepts for nobody', async () => {
    const metrics = await measure([
      { created: 0, closed: 30, columns: { msdyn_statuschangereason: statusReasonCodes.endedByBot } },
      { created: 0, closed: 30, sessions: [accepted(1, 30, bot)] },
    ]);
    assert.equal(metrics.conversations.accepted, 0);
    assert.equal(metrics.conversations.abandoned, 1);
  });
});

describe('Times of handling', () => {
  test('handle time of a chat is active time and active wrap-up of everybody who was primary', async () => {
    const chat: ConversationFixture = {
      created: 0,
      closed: 400,
      sessions: [
        {
          created: 0,
          participants: [
            { agentId: ann, added: 10, joined: 10, left: 200, activeTime: 100, activeWrapUp: 20 },
            { agentId: ben, mode: 'consult', added: 50, joined: 50, left: 90, activeTime: 40 },
          ],
        },
        { created: 200, participants: [{ agentId: ben, added: 200, joined: 210, left: 400, activeTime: 80 }] },
      ],
    };
    const metrics = await measure([chat, handled(10, 70)]);
    assert.equal(metrics.totalHandleTime, 120 + 80 + 60);
    assert.equal(metrics.averageHandleTime, 130);
    assert.equal((await measure([chat], { agentId: ben })).totalHandleTime, 80);
  });

  test('handle time of a call is talk, hold and active wrap-up', async () => {
    const metrics = await measure([
      {
        created: 0,
        closed: 400,
        channel: channelCodes.voiceCall,
        sessions: [
          {
            created: 0,
            participants: [
              {
                agentId: ann,
                added: 10,
                joined: 10,
                left: 400,
                activeTime: 999,
                talkTime: 200,
                holdTime: 50,
                activeWrapUp: 30,
              },
            ],
          },
        ],
      },
    ]);
    assert.equal(metrics.totalHandleTime, 280);
    assert.equal(metrics.averageTalkTime, 200);
    assert.equal(metrics.averageHoldTime, 50);
  });

  test('talk time is active time without hold where nobody measured it', async () => {
    const metrics = await measure([
      {
        created: 0,
        closed: 400,
        channel: channelCodes.voice,
        sessions: [
          {
            created: 0,
            participants: [{ agentId: ann, added: 1, joined: 1, left: 400, activeTime: 300, holdTime: 40 }],
          },
        ],
      },
    ]);
    assert.equal(metrics.averageTalkTime, 260);
  });

  test('wrap-up, conversation and customer effort end where they should', async () => {
    const metrics = await measure([handled(10, 100, { wrapUp: 70 }), handled(10, 300, { wrapUp: 250 })]);
    assert.equal(metrics.averageWrapUpTime, 40);
    assert.equal(metrics.averageConversationTime, 200);
    assert.equal(metrics.averageCustomerEffortTime, 160);
  });

  test('there is no average of nothing', async () => {
    const metrics = await measure([]);
    assert.equal(metrics.averageHandleTime, null);
    assert.equal(metrics.abandonRate, null);
    assert.equal(metrics.serviceLevels[20], null);
    assert.equal(metrics.averageFirstResponseTime, null);
    assert.equal(metrics.totalHandleTime, 0);
  });
});

describe('First response', () => {
  async function insertResponses(responses: readonly (number | null)[]): Promise<number> {
    days += 2;
    const from = start + days * day;
    const ids = await insertConversations(
      store.pool,
      responses.map(() => ({ created: 0, queueId: plainQueue })),
      from,
    );
    const states = ids.map((id, index) => {
      const response = responses[index] ?? null;
      return conversationState({
        id,
        status: 'active',
        agentId: ann,
        firstResponseOn: response === null ? null : from + response * 1000,
      });
    });
    await insertStates(store.pool, states);
    return from;
  }

  test('takes from the start of waiting to the first message of an agent', async () => {
    const from = await insertResponses([30, 50, null]);
    const metrics = await conversationMetrics(store.database, { from, to: from + day });
    assert.equal(metrics.averageFirstResponseTime, 40);
  });

  test('counts operating hours only when they are known', async () => {
    const from = await insertResponses([30, 50]);
    const asked: unknown[] = [];
    const metrics = await conversationMetrics(store.database, {
      from,
      to: from + day,
      workingSeconds: (queueId, since, until) => {
        asked.push([queueId, since - from, until - from]);
        return 4;
      },
    });
    assert.equal(metrics.averageFirstResponseTime, 4);
    assert.deepEqual(asked.toSorted(), [
      [plainQueue, 0, 30_000],
      [plainQueue, 0, 50_000],
    ]);
  });

  test('is taken from the row when it is there', async () => {
    const metrics = await measure([{ created: 0, columns: { msdyn_firstresponsetimeinmsadjforoh: 12_500 } }]);
    assert.equal(metrics.averageFirstResponseTime, 12.5);
  });
});

describe('Counts and rates of conversations', () => {
  test('incoming are inbound, handled are closed and accepted in either direction', async () => {
    const { conversations } = await measure([
      handled(1, 10),
      handled(1, 10, { isOutbound: true }),
      { created: 0, sessions: [accepted(1, 10, ann)] },
      { created: 0, closed: 5 },
    ]);
    assert.deepEqual(
      [conversations.incoming, conversations.accepted, conversations.closed, conversations.handled],
      [3, 2, 3, 2],
    );
  });

  test('transfers are a share of the handled ones; escalations and overflow are counted', async () => {
    const metrics = await measure([
      handled(1, 10, { columns: { msdyn_transfercount: 2, msdyn_escalationcount: 1 } }),
      handled(1, 10, { columns: { msdyn_overflowtransfercount: 1 } }),
      handled(1, 10),
      { created: 0, closed: 5, columns: { msdyn_statuschangereason: statusReasonCodes.closedDueToOverflow } },
    ]);
    assert.equal(metrics.transferRate, 1 / 3);
    assert.equal(metrics.conversations.transferred, 1);
    assert.equal(metrics.conversations.escalated, 1);
    assert.equal(metrics.conversations.overflowed, 2);
  });

  test('sentiment is the mean of the labels at the end, without those that have none', async () => {
    const labels = [7, 10, 13, 0].map((label) => handled(1, 10, { columns: { msdyn_customersentimentlabel: label } }));
    const open = { created: 0, columns: { msdyn_customersentimentlabel: 13 } };
    assert.equal((await measure([...labels, open])).averageSentiment, 10);
  });

  test('ghosts were accepted and ended without a word of the customer after that', async () => {
    days += 2;
    const from = start + days * day;
    const ids = await insertConversations(
      store.pool,
      [handled(10, 100), handled(10, 100), handled(10, 100, { channel: channelCodes.voiceCall }), handled(10, 100)],
      from,
    );
    const states = ids.slice(0, 3).map((id) => conversationState({ id, status: 'closed', closedOn: from + 100_000 }));
    await insertStates(store.pool, states);
    const [silent, talking] = ids;
    await insertMessage(store.pool, {
      conversationId: silent ?? '',
      number: 1,
      author: 'customer',
      sentOn: from + 2000,
    });
    await insertMessage(store.pool, {
      conversationId: silent ?? '',
      number: 2,
      author: 'agent',
      sentOn: from + 12_000,
    });
    await insertMessage(store.pool, {
      conversationId: talking ?? '',
      number: 1,
      author: 'customer',
      sentOn: from + 11_000,
    });
    const metrics = await conversationMetrics(store.database, { from, to: from + day });
    assert.equal(metrics.conversations.ghosts, 1);
  });

  test('records and rows of a channel instance are left out', async () => {
    const msdyn_channelinstanceid = randomUUID();
    await insertRows(store.pool, 'data.msdyn_channelinstance', [{ msdyn_channelinstanceid }]);
    const metrics = await measure([
      { created: 0, channel: channelCodes.records, closed: 4 },
      handled(2, 20, { columns: { msdyn_channelinstanceid } }),
      handled(1, 10),
    ]);
    assert.equal(metrics.conversations.incoming, 1);
    assert.equal(metrics.sessions.incoming, 1);
  });

  test('only what was created in the period counts, its first instant included', async () => {
    const last = day / 1000;
    const metrics = await measure([{ created: -1 }, { created: 0 }, { created: last - 1 }, { created: last }]);
    assert.equal(metrics.conversations.incoming, 2);
  });
});

describe('Narrowing', () => {
  test('by queue, channel and agent', async () => {
    const rows = [
      handled(1, 10, { queueId: strictQueue }),
      handled(1, 10, { queueId: plainQueue, channel: channelCodes.sms }),
      {
        created: 0,
        closed: 50,
        queueId: plainQueue,
        sessions: [accepted(5, 20, ben), accepted(20, 50, ann)],
        columns: { msdyn_activeagentid: ann },
      },
    ];
    const incoming = async (options: Partial<MetricsOptions>): Promise<[number, number]> => {
      const metrics = await measure(rows, options);
      return [metrics.conversations.incoming, metrics.sessions.incoming];
    };
    assert.deepEqual(await incoming({}), [3, 4]);
    assert.deepEqual(await incoming({ queueId: plainQueue }), [2, 3]);
    assert.deepEqual(await incoming({ channel: channelCodes.sms }), [1, 1]);
    assert.deepEqual(await incoming({ agentId: ben }), [1, 1]);
    assert.deepEqual(await incoming({ agentId: ann, queueId: plainQueue }), [2, 2]);
    assert.deepEqual(await incoming({ workStreamId: plainQueue }), [0, 0]);
  });
});

describe('Sessions', () => {
  const ended = (closureReason: number, more: Partial<SessionFixture> = {}): SessionFixture => ({
    created: 0,
    queued: 0,
    closed: 40,
    closureReason,
    ...more,
  });

  test('transfers, rejections and time-outs are shares of the incoming ones', async () => {
    const { sessions } = await measure([
      {
        created: 0,
        sessions: [
          ended(closureReasonCodes.agentReject, { assigned: 10 }),
          ended(closureReasonCodes.agentReject, { assigned: 20 }),
          ended(closureReasonCodes.agentTimeout, { assigned: 5 }),
          ended(closureReasonCodes.agentTransferred, { assigned: 5, accepted: 9 }),
          ended(closureReasonCodes.agentTransferToQueue, { assigned: 5, accepted: 11 }),
        ],
      },
      { created: 0, isOutbound: true, sessions: [ended(closureReasonCodes.agentReject)] },
    ]);
    assert.equal(sessions.incoming, 5);
    assert.equal(sessions.accepted, 2);
    assert.equal(sessions.transferRate, 2 / 5);
    assert.equal(sessions.rejectionRate, 2 / 5);
    assert.equal(sessions.timeOutRate, 1 / 5);
    assert.equal(sessions.averageTimeToReject, 25);
    assert.equal(sessions.averageTimeToAccept, 5);
  });

  test('a session waits from the queue until somebody accepts or it ends', async () => {
    const { sessions } = await measure([
      { created: 0, sessions: [ended(closureReasonCodes.agentClosed, { accepted: 10 })] },
      { created: 0, sessions: [ended(closureReasonCodes.overflowQueueTransfer)] },
      { created: 0, sessions: [{ created: 0, queued: 0 }] },
    ]);
    assert.equal(sessions.averageWait, 25);
  });

  test('sessions of bots are nobody’s', async () => {
    const metrics = await measure([{ created: 0, sessions: [accepted(1, 30, bot), accepted(2, 30, ann)] }]);
    assert.equal(metrics.sessions.incoming, 1);
  });

  test('rejected consults are counted', async () => {
    const metrics = await measure([
      {
        created: 0,
        sessions: [
          {
            created: 0,
            participants: [
              { agentId: ann, added: 1, joined: 1 },
              { agentId: ben, mode: 'consult', added: 5, left: 8, leftReason: 'AgentReject' },
              { agentId: ben, mode: 'consult', added: 9, left: 99, leftReason: 'AgentTimeout' },
            ],
          },
        ],
      },
    ]);
    assert.equal(metrics.rejectedConsults, 1);
  });
});
