/** For tests: rows of conversations, sessions and participants, and states of the engine, from a few words. Times are seconds after `start`. */
import { randomUUID } from 'node:crypto';
import { type Agent, type Conversation, channelCodes, type Guid, participantModeCodes } from '@parley/engine';
import type pg from 'pg';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { createDatabase, type Database } from '../db/database.ts';

/** A Monday, 08:00 UTC. */
export const start: number = Date.UTC(2026, 0, 5, 8);

export type ParticipantFixture = {
  readonly agentId: Guid;
  readonly mode?: keyof typeof participantModeCodes;
  readonly added: number;
  readonly joined?: number;
  readonly left?: number;
  readonly leftReason?: string;
  readonly activeTime?: number;
  readonly activeWrapUp?: number;
  readonly talkTime?: number;
  readonly holdTime?: number;
};

export type SessionFixture = {
  readonly created: number;
  readonly queueId?: Guid;
  readonly queued?: number;
  readonly assigned?: number;
  readonly accepted?: number;
  readonly closed?: number;
  readonly closureReason?: number;
  readonly participants?: readonly ParticipantFixture[];
};

export type ConversationFixture = {
  readonly id?: Guid;
  readonly created: number;
  readonly statusCode?: 1 | 2 | 3 | 4 | 5;
  readonly channel?: number;
  readonly queueId?: Guid;
  readonly isOutbound?: boolean;
  readonly firstWaitStarted?: number;
  readonly closed?: number;
  readonly wrapUp?: number;
  /** Further columns of the row. */
  readonly columns?: Readonly<Record<string, string | number | boolean | null>>;
  readonly sessions?: readonly SessionFixture[];
};

export type MetricsDatabase = {
  readonly pool: pg.Pool;
  readonly database: Database;
  drop(): Promise<void>;
};

type Row = Readonly<Record<string, unknown>>;

export async function createMetricsDatabase(): Promise<MetricsDatabase> {
  const { pool, drop } = await createTestDatabase();
  return { pool, database: createDatabase(pool), drop };
}

/** Rows with the same columns each. */
export async function insertRows(pool: pg.Pool, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first)
    .map((name) => `"${name}"`)
    .join(', ');
  await pool.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

export async function insertQueue(
  pool: pg.Pool,
  columns: Readonly<Record<string, string | number | boolean | null>> = {},
): Promise<Guid> {
  const queueid = randomUUID();
  await insertRows(pool, 'data.queue', [
    { queueid, name: `Queue ${queueid.slice(0, 4)}`, msdyn_isomnichannelqueue: true, ...columns },
  ]);
  return queueid;
}

/** A user; a bot has an application id. */
export async function insertUser(pool: pg.Pool, kind: 'person' | 'bot' = 'person'): Promise<Guid> {
  const systemuserid = randomUUID();
  await insertRows(pool, 'data.systemuser', [
    { systemuserid, firstname: 'Test', lastname: kind, applicationid: kind === 'bot' ? randomUUID() : null },
  ]);
  return systemuserid;
}

/** @param origin milliseconds since 1970 that the seconds of the fixtures count from */
export async function insertConversations(
  pool: pg.Pool,
  conversations: readonly ConversationFixture[],
  origin: number = start,
): Promise<Guid[]> {
  const ids: Guid[] = [];
  for (const conversation of conversations) {
    const id = conversation.id ?? randomUUID();
    ids.push(id);
    await insertRows(pool, 'data.msdyn_ocliveworkitem', [conversationRow(id, conversation, origin)]);
    for (const session of conversation.sessions ?? []) {
      const activityid = randomUUID();
      await insertRows(pool, 'data.msdyn_ocsession', [sessionRow(activityid, id, session, conversation, origin)]);
      const participants = (session.participants ?? []).map((one) => participantRow(activityid, one, origin));
      await insertRows(pool, 'data.msdyn_sessionparticipant', participants);
    }
  }
  return ids;
}

function conversationRow(id: Guid, conversation: ConversationFixture, origin: number): Row {
  const status = conversation.statusCode ?? (conversation.closed === undefined ? 2 : 4);
  return {
    activityid: id,
    createdon: iso(origin, conversation.created),
    statecode: status === 4 ? 1 : 0,
    statuscode: status,
    msdyn_channel: [conversation.channel ?? channelCodes.liveChat],
    msdyn_cdsqueueid: conversation.queueId ?? null,
    msdyn_isoutbound: conversation.isOutbound ?? false,
    msdyn_firstwaitstartedon: iso(origin, conversation.firstWaitStarted),
    msdyn_closedon: iso(origin, conversation.closed),
    msdyn_wrapupinitiatedon: iso(origin, conversation.wrapUp),
    ...conversation.columns,
  };
}

function sessionRow(
  id: Guid,
  conversationId: Guid,
  session: SessionFixture,
  conversation: ConversationFixture,
  origin: number,
): Row {
  return {
    activityid: id,
    createdon: iso(origin, session.created),
    msdyn_liveworkitemid: conversationId,
    msdyn_cdsqueueid: session.queueId ?? conversation.queueId ?? null,
    msdyn_queueassignedon: iso(origin, session.queued),
    msdyn_agentassignedon: iso(origin, session.assigned),
    msdyn_agentacceptedon: iso(origin, session.accepted),
    msdyn_sessionclosedon: iso(origin, session.closed),
    msdyn_closurereason: session.closureReason ?? null,
  };
}

function participantRow(sessionId: Guid, participant: ParticipantFixture, origin: number): Row {
  return {
    createdon: iso(origin, participant.added),
    msdyn_sessionparticipantid: randomUUID(),
    msdyn_omnichannelsession: sessionId,
    msdyn_agentid: participant.agentId,
    msdyn_mode: participantModeCodes[participant.mode ?? 'primary'],
    msdyn_addedon: iso(origin, participant.added),
    msdyn_joinedon: iso(origin, participant.joined),
    msdyn_lefton: iso(origin, participant.left),
    msdyn_leftonreason: participant.leftReason ?? null,
    msdyn_activetime: participant.activeTime ?? null,
    msdyn_activewrapuptime: participant.activeWrapUp ?? null,
    msdyn_talktime: participant.talkTime ?? null,
    msdyn_holdtime: participant.holdTime ?? null,
  };
}

function iso(origin: number, seconds: number | undefined): string | null {
  return seconds === undefined ? null : new Date(origin + seconds * 1000).toISOString();
}

export type StateFixture = Partial<Omit<Conversation, 'routing'>> & {
  readonly routing?: Partial<Conversation['routing']>;
};

/** A conversation as the engine keeps it, open and without a queue unless said otherwise. */
export function conversationState({ routing, ...given }: StateFixture = {}): Conversation {
  return {
    id: randomUUID(),
    sequence: 1,
    status: 'open',
    reason: 'awaitingAgentAssignment',
    kind: 'live',
    channel: channelCodes.liveChat,
    workStreamId: '11111111-1111-4111-8111-111111111111',
    distribution: 'push',
    isOutbound: false,
    subject: '',
    title: '',
    customer: null,
    customerName: null,
    locale: null,
    caseId: null,
    context: {},
    channelKey: null,
    routing: {
      queueId: null,
      priority: 0,
      skills: [],
      demand: { units: 30, profileIds: [] },
      queuedOn: start,
      enteredQueueOn: start,
      preferredAgentIds: [],
      affinityAgentId: null,
      declines: [],
      relaxationStep: 0,
      isManualOnly: false,
      isOverflowChecked: false,
      ...routing,
    },
    session: null,
    sessionCount: 0,
    lastSessionId: null,
    agentId: null,
    agentAssignedOn: null,
    offer: null,
    transfer: null,
    participants: [],
    participantCount: 0,
    holds: [],
    initiatedOn: start,
    firstWaitStartedOn: start,
    startedOn: null,
    statusUpdatedOn: start,
    modifiedOn: start,
    lastActivityOn: start,
    wrapUpInitiatedOn: null,
    closedOn: null,
    firstWaitSeconds: null,
    wrapUpSeconds: null,
    handledSeconds: 0,
    handlingSince: null,
    firstResponseOn: null,
    transferCount: 0,
    escalationCount: 0,
    overflowTransferCount: 0,
    isAgentAccepted: false,
    isAbandoned: false,
    isCustomerGone: false,
    messageCount: 0,
    timers: [],
    ...given,
  };
}

/** Stores states with the columns that follow from them. Every open one has a timer far away. */
export async function insertStates(pool: pg.Pool, states: readonly Conversation[]): Promise<void> {
  const rows = states.map((state) => ({
    id: state.id,
    sequence: state.sequence,
    status: state.status,
    work_stream_id: state.workStreamId,
    queue_id: state.routing.queueId,
    agent_id: state.agentId,
    is_assignable: state.status === 'open' && state.distribution === 'push' && !state.routing.isManualOnly,
    priority: state.routing.priority,
    queued_on: state.routing.queuedOn,
    timer_on: state.status === 'closed' ? null : start + 365 * 86_400_000,
    closed_on: state.closedOn,
    state,
  }));
  await insertRows(pool, 'parley.conversation', rows);
}

export async function insertMessage(
  pool: pg.Pool,
  message: { readonly conversationId: Guid; readonly number: number; readonly author: string; readonly sentOn: number },
): Promise<void> {
  await insertRows(pool, 'parley.message', [
    {
      conversation_id: message.conversationId,
      number: message.number,
      id: randomUUID(),
      sent_on: message.sentOn,
      author_kind: message.author,
      audience: 'public',
      channel: channelCodes.liveChat,
      content_type: 'text/plain',
      content: 'Hello',
      delivery: 'sent',
      attachments: [],
      details: {},
    },
  ]);
}

/** An agent as the engine keeps them: signed in, available, nothing in use. */
export function agentState(given: Partial<Agent> = {}): Agent {
  return {
    id: randomUUID(),
    sequence: 1,
    presenceId: 'f523f628-c07a-e811-8162-000d3aa11f50',
    basePresence: 'available',
    presenceCause: 'signIn',
    presenceSetBy: null,
    presenceSince: start,
    presenceBefore: null,
    isSignedIn: true,
    devices: [],
    lastActivityOn: null,
    unitsUsed: 0,
    unitsForced: 0,
    profiles: {},
    conversationCount: 0,
    lastAssignedOn: {},
    lastReleasedOn: null,
    timers: [],
    ...given,
  };
}

export async function insertAgents(pool: pg.Pool, agents: readonly Agent[]): Promise<void> {
  const rows = agents.map((state) => ({
    id: state.id,
    sequence: state.sequence,
    presence: state.basePresence,
    units_used: state.unitsUsed,
    timer_on: state.timers[0]?.dueOn ?? null,
    state,
  }));
  await insertRows(pool, 'parley.agent', rows);
}

export async function insertMembers(pool: pg.Pool, queueId: Guid, userIds: readonly Guid[]): Promise<void> {
  const rows = userIds.map((systemuserid) => ({ queuemembershipid: randomUUID(), queueid: queueId, systemuserid }));
  await insertRows(pool, 'data.queuemembership', rows);
}

export function openOffer(agentId: Guid): Conversation['offer'] {
  return {
    agentId,
    reason: 'routing',
    offeredOn: start,
    expiresOn: start + 120_000,
    isAutoAccepted: false,
    mayReject: true,
  };
}
