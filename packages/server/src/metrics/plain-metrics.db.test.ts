/** The statements against the formulas of the reference written plainly over the same rows. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { channelCodes, closureReasonCodes, statusReasonCodes } from '@parley/engine';
import fc from 'fast-check';
import { type ConversationMetrics, conversationMetrics } from './conversation-metrics.ts';
import {
  type ConversationFixture,
  createMetricsDatabase,
  insertConversations,
  insertQueue,
  insertUser,
  type MetricsDatabase,
  type ParticipantFixture,
  type SessionFixture,
  start,
} from './metrics-harness.ts';

const day = 86_400_000;
const thresholds = { level: 25, shortAbandon: 8 };
let store: MetricsDatabase;
let people: readonly string[] = [];
let bot = '';
let queues: readonly string[] = [];

before(async () => {
  store = await createMetricsDatabase();
  people = [await insertUser(store.pool), await insertUser(store.pool)];
  bot = await insertUser(store.pool, 'bot');
  const strict = await insertQueue(store.pool, {
    msdyn_queueservicelevelthreshold: thresholds.level,
    msdyn_shortabandonedthreshold: thresholds.shortAbandon,
  });
  queues = [strict, await insertQueue(store.pool)];
});
after(() => store.drop());

/** A person or bot as number, so that values can be made before there are ids: 0 and 1 are people, 2 is the bot. */
type Draft = {
  readonly created: number;
  readonly channel: number;
  readonly queue: number;
  readonly isOutbound: boolean;
  readonly botWait: number | undefined;
  readonly life: number | undefined;
  readonly wrapUp: number | undefined;
  readonly endedByBot: boolean;
  readonly transfers: number;
  readonly sentiment: number;
  readonly sessions: readonly {
    readonly delay: number;
    readonly offer: number;
    readonly accept: number | undefined;
    readonly stay: number;
    readonly who: number;
    readonly closure: number;
    readonly isConsult: boolean;
    readonly active: number | undefined;
    readonly wrapUpTime: number | undefined;
    readonly talk: number | undefined;
    readonly hold: number | undefined;
  }[];
};

const seconds = fc.integer({ min: 0, max: 200 });
const maybe = fc.option(seconds, { nil: undefined });
const session = fc.record({
  delay: seconds,
  offer: seconds,
  accept: maybe,
  stay: seconds,
  who: fc.constantFrom(0, 0, 1, 1, 2),
  closure: fc.constantFrom(...Object.values(closureReasonCodes)),
  isConsult: fc.boolean(),
  active: maybe,
  wrapUpTime: maybe,
  talk: maybe,
  hold: maybe,
});
const draft: fc.Arbitrary<Draft> = fc.record({
  created: fc.integer({ min: 0, max: 80_000 }),
  channel: fc.constantFrom(channelCodes.liveChat, channelCodes.sms, channelCodes.voiceCall, channelCodes.records),
  queue: fc.constantFrom(0, 1),
  isOutbound: fc.boolean(),
  botWait: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
  life: fc.option(fc.integer({ min: 1, max: 5000 }), { nil: undefined }),
  wrapUp: maybe,
  endedByBot: fc.boolean(),
  transfers: fc.integer({ min: 0, max: 2 }),
  sentiment: fc.constantFrom(0, 7, 8, 9, 10, 11, 12, 13),
  sessions: fc.array(session, { maxLength: 3 }),
});

function toFixture(given: Draft): ConversationFixture {
  const { created, life } = given;
  const closed = life === undefined ? undefined : created + life;
  return {
    created,
    channel: given.channel,
    queueId: queues[given.queue] ?? '',
    isOutbound: given.isOutbound,
    ...(given.botWait === undefined ? {} : { firstWaitStarted: created + given.botWait }),
    ...(closed === undefined ? {} : { closed }),
    ...(given.wrapUp === undefined || life === undefined ? {} : { wrapUp: created + Math.min(given.wrapUp, life) }),
    columns: {
      msdyn_statuschangereason: given.endedByBot ? statusReasonCodes.endedByBot : statusReasonCodes.endedByAgent,
      msdyn_transfercount: given.transfers,
      msdyn_customersentimentlabel: given.sentiment,
    },
    sessions: given.sessions.map((one) => toSession(given, one)),
  };
}

function toSession({ created }: Draft, one: Draft['sessions'][number]): SessionFixture {
  const queued = created + one.delay;
  const assigned = queued + one.offer;
  const joined = one.accept === undefined ? undefined : assigned + one.accept;
  const left = (joined ?? assigned) + one.stay;
  const participant: ParticipantFixture = {
    agentId: one.who === 2 ? bot : (people[one.who] ?? ''),
    mode: one.isConsult ? 'consult' : 'primary',
    added: assigned,
    left,
    ...(joined === undefined ? { leftReason: 'AgentReject' } : { joined }),
    ...(one.active === undefined ? {} : { activeTime: one.active }),
    ...(one.wrapUpTime === undefined ? {} : { activeWrapUp: one.wrapUpTime }),
    ...(one.talk === undefined ? {} : { talkTime: one.talk }),
    ...(one.hold === undefined ? {} : { holdTime: one.hold }),
  };
  return {
    created: queued,
    queued,
    assigned,
    closed: left,
    closureReason: one.closure,
    ...(joined === undefined ? {} : { accepted: joined }),
    participants: [participant],
  };
}

/** One conversation with what the formulas ask of it. */
type Plain = {
  readonly row: ConversationFixture;
  readonly isInbound: boolean;
  readonly isClosed: boolean;
  readonly isAccepted: boolean;
  readonly firstWait: number | undefined;
  readonly isAbandoned: boolean;
  readonly waited: number;
  readonly handleTime: number;
};

function describe(row: ConversationFixture): Plain {
  const shares = (row.sessions ?? [])
    .flatMap(({ participants = [] }) => participants)
    .filter(({ mode, joined, agentId }) => mode === 'primary' && joined !== undefined && agentId !== bot);
  const isAccepted = shares.length > 0;
  const acceptedOn = Math.min(...shares.map(({ joined = 0 }) => joined));
  const wantsPerson = isAccepted || row.columns?.['msdyn_statuschangereason'] !== statusReasonCodes.endedByBot;
  const waitStarted = row.firstWaitStarted ?? row.created;
  const isClosed = row.closed !== undefined;
  const waited = (row.closed ?? 0) - waitStarted;
  const isShort = row.queueId === queues[0] && waited <= thresholds.shortAbandon;
  return {
    row,
    isInbound: row.isOutbound !== true,
    isClosed,
    isAccepted,
    firstWait: isAccepted ? acceptedOn - waitStarted : isClosed && wantsPerson ? waited : undefined,
    isAbandoned: isClosed && row.isOutbound !== true && !isAccepted && wantsPerson && !isShort,
    waited,
    handleTime: shares.reduce((sum, share) => sum + timeOf(share, row.channel === channelCodes.voiceCall), 0),
  };
}

function timeOf(share: ParticipantFixture, isVoice: boolean): number {
  const wrapUp = share.activeWrapUp ?? 0;
  if (isVoice && (share.talkTime !== undefined || share.holdTime !== undefined))
    return (share.talkTime ?? 0) + (share.holdTime ?? 0) + wrapUp;
  return share.activeTime === undefined ? (share.left ?? 0) - (share.joined ?? 0) : share.activeTime + wrapUp;
}

function mean(values: readonly (number | undefined)[]): number | null {
  const present = values.filter((value) => value !== undefined);
  return present.length === 0 ? null : present.reduce((sum, value) => sum + value, 0) / present.length;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function plainFigures(rows: readonly ConversationFixture[]): Record<string, number | null> {
  const all = rows.filter(({ channel }) => channel !== channelCodes.records).map(describe);
  const inbound = all.filter(({ isInbound }) => isInbound);
  const accepted = inbound.filter(({ isAccepted }) => isAccepted);
  const handled = all.filter(({ isClosed, isAccepted }) => isClosed && isAccepted);
  const abandoned = all.filter(({ isAbandoned }) => isAbandoned);
  const closed = all.filter(({ isClosed }) => isClosed);
  const handleTime = handled.reduce((sum, { handleTime: own }) => sum + own, 0);
  const within = (limit: (plain: Plain) => number): number =>
    accepted.filter((plain) => (plain.firstWait ?? 0) <= limit(plain)).length;
  const sessions = inbound.flatMap(({ row }) => row.sessions ?? []).filter((one) => !isOfBot(one));
  const ofClosure = (...codes: number[]): number =>
    sessions.filter(({ closureReason }) => codes.includes(closureReason ?? 0)).length;
  const { agentReject, agentTimeout, agentTransferred, agentTransferToQueue } = closureReasonCodes;
  return {
    incoming: inbound.length,
    accepted: accepted.length,
    closed: closed.length,
    handled: handled.length,
    averageFirstWait: mean(inbound.map(({ firstWait }) => firstWait)),
    averageSpeedToAnswer: mean(accepted.filter(({ isClosed }) => isClosed).map(({ firstWait }) => firstWait)),
    serviceLevel20: share(
      within(() => 20),
      accepted.length,
    ),
    serviceLevelByThreshold: share(
      within(({ row }) => (row.queueId === queues[0] ? thresholds.level : Number.POSITIVE_INFINITY)),
      accepted.length,
    ),
    abandoned: abandoned.length,
    abandonRate: share(abandoned.length, inbound.length),
    averageTimeToAbandon: mean(abandoned.map(({ waited }) => waited)),
    totalHandleTime: handleTime,
    averageHandleTime: share(handleTime, handled.length),
    averageWrapUpTime: mean(
      closed.map(({ row }) => (row.wrapUp === undefined ? undefined : (row.closed ?? 0) - row.wrapUp)),
    ),
    averageConversationTime: mean(closed.map(({ row }) => (row.closed ?? 0) - row.created)),
    transferRate: share(handled.filter(({ row }) => row.columns?.['msdyn_transfercount'] !== 0).length, handled.length),
    averageSentiment: mean(closed.map(({ row }) => Number(row.columns?.['msdyn_customersentimentlabel']) || undefined)),
    sessions: sessions.length,
    sessionTransferRate: share(ofClosure(agentTransferred, agentTransferToQueue), sessions.length),
    sessionRejectionRate: share(ofClosure(agentReject), sessions.length),
    sessionTimeOutRate: share(ofClosure(agentTimeout), sessions.length),
    sessionTimeToAccept: mean(sessions.map((one) => difference(one.accepted, one.assigned))),
    sessionWait: mean(sessions.map((one) => difference(one.accepted ?? one.closed, one.queued))),
    rejectedConsults: all
      .flatMap(({ row }) => row.sessions ?? [])
      .flatMap(({ participants = [] }) => participants)
      .filter(({ mode, leftReason }) => mode === 'consult' && leftReason !== undefined).length,
  };
}

function isOfBot({ participants = [] }: SessionFixture): boolean {
  return participants.some(({ mode, agentId }) => mode === 'primary' && agentId === bot);
}

function difference(later: number | undefined, earlier: number | undefined): number | undefined {
  return later === undefined || earlier === undefined ? undefined : later - earlier;
}

function readFigures(metrics: ConversationMetrics): Record<string, number | null> {
  const { conversations, sessions } = metrics;
  return {
    incoming: conversations.incoming,
    accepted: conversations.accepted,
    closed: conversations.closed,
    handled: conversations.handled,
    averageFirstWait: metrics.averageFirstWait,
    averageSpeedToAnswer: metrics.averageSpeedToAnswer,
    serviceLevel20: metrics.serviceLevels[20],
    serviceLevelByThreshold: metrics.serviceLevelByThreshold,
    abandoned: conversations.abandoned,
    abandonRate: metrics.abandonRate,
    averageTimeToAbandon: metrics.averageTimeToAbandon,
    totalHandleTime: metrics.totalHandleTime,
    averageHandleTime: metrics.averageHandleTime,
    averageWrapUpTime: metrics.averageWrapUpTime,
    averageConversationTime: metrics.averageConversationTime,
    transferRate: metrics.transferRate,
    averageSentiment: metrics.averageSentiment,
    sessions: sessions.incoming,
    sessionTransferRate: sessions.transferRate,
    sessionRejectionRate: sessions.rejectionRate,
    sessionTimeOutRate: sessions.timeOutRate,
    sessionTimeToAccept: sessions.averageTimeToAccept,
    sessionWait: sessions.averageWait,
    rejectedConsults: metrics.rejectedConsults,
  };
}

/** PostgreSQL divides exactly and rounds at the end; nine digits are the same. */
function rounded(figures: Record<string, number | null>): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, value === null ? null : Number(value.toPrecision(9))]),
  );
}

test('statements and formulas agree over any rows', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(draft, { maxLength: 12 }), async (drafts) => {
      run += 1;
      const from = start + run * 2 * day;
      const rows = drafts.map(toFixture);
      await insertConversations(store.pool, rows, from);
      const metrics = await conversationMetrics(store.database, { from, to: from + day });
      assert.deepEqual(rounded(readFigures(metrics)), rounded(plainFigures(rows)));
    }),
    { numRuns: 40 },
  );
});
