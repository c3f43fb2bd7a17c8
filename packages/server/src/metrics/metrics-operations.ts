/**
 * The operations of the Web API that answer from metrics and live rows, as plain functions: arguments as they came, results under
 * the names on the wire. Behaviour reference, sections 8.3 and 10.2; those with the prefix `parley_` are Parley's own.
 */
import {
  basePresenceCodes,
  type Conversation,
  type Guid,
  type RoutingConfiguration,
  type WorkStream,
  workingSeconds,
} from '@parley/engine';
import { WebApiError } from '@parley/protocol';
import type { Database } from '../db/database.ts';
import {
  type BuildSubject,
  describeNewcomer,
  parseContextItems,
  parseEngagement,
  planRoute,
} from './availability-route.ts';
import { type ConversationMetrics, conversationMetrics } from './conversation-metrics.ts';
import { type Availability, availability, queuePosition, type ReadLoads, writeTime } from './customer-facts.ts';
import { agentSnapshot, queueSnapshot } from './live-metrics.ts';

/** What the functions need of other parts of the server. */
export type AvailabilitySources = {
  readonly buildSubject: BuildSubject;
  /** Undefined: loads are read at each call. */
  readonly readLoads?: ReadLoads;
};

export type AvailabilityForConversationArguments = {
  readonly ApiVersion: string;
  readonly ConversationId: string;
  readonly CustomContextItems?: string | null;
};
export type AvailabilityBeforeConversationArguments = {
  readonly ApiVersion: string;
  readonly LiveWorkStreamId: string;
  readonly CustomContextItems?: string | null;
  readonly ChannelEngagementContext?: string | null;
};
export type ConversationMetricsArguments = {
  readonly From: string;
  readonly To: string;
  readonly QueueId?: string | null;
  readonly WorkStreamId?: string | null;
  readonly Channel?: number | null;
  readonly AgentId?: string | null;
};
export type QueuePositionArguments = { readonly ConversationId: string };

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const longestPeriod = 366 * 86_400_000;

/**
 * A conversation in a line keeps its queue unless context is given that routing should look at; every other one is asked where its
 * work stream would send it now.
 * @throws WebApiError invalidArgument, or rowNotFound when the engine does not know the conversation
 */
export async function getAvailabilityForConversation(
  database: Database,
  configuration: RoutingConfiguration,
  values: AvailabilityForConversationArguments,
  now: number,
  sources: AvailabilitySources,
): Promise<Availability> {
  requireVersion(values.ApiVersion);
  const conversationId = parseGuid('ConversationId', values.ConversationId);
  const added = parseContextItems(values.CustomContextItems);
  const conversation = await readConversation(database, conversationId);
  const { routing, workStreamId } = conversation;
  const common = { configuration, workStreamId, now, conversationId, ...withLoads(sources) };
  const keepsQueue = conversation.status === 'open' && Object.keys(added).length === 0;
  if (keepsQueue && routing.queueId !== null)
    return await availability(database, { ...common, queueId: routing.queueId, asks: routing });
  const workStream = requireWorkStream(configuration, workStreamId);
  const source = { ...conversation, context: { ...conversation.context, ...added } };
  const subject = await sources.buildSubject(database, source, workStream, now);
  const route = planRoute(configuration, workStream, subject, now);
  return await availability(database, { ...common, queueId: route.queueId, asks: route });
}

/** @throws WebApiError invalidArgument, or rowNotFound when the work stream does not exist */
export async function getAvailabilityBeforeConversation(
  database: Database,
  configuration: RoutingConfiguration,
  values: AvailabilityBeforeConversationArguments,
  now: number,
  sources: AvailabilitySources,
): Promise<Availability> {
  requireVersion(values.ApiVersion);
  const workStreamId = parseGuid('LiveWorkStreamId', values.LiveWorkStreamId);
  const context = {
    ...parseEngagement(values.ChannelEngagementContext),
    ...parseContextItems(values.CustomContextItems),
  };
  const workStream = requireWorkStream(configuration, workStreamId);
  const subject = await sources.buildSubject(database, describeNewcomer(workStream, context), workStream, now);
  const route = planRoute(configuration, workStream, subject, now);
  return await availability(database, {
    configuration,
    workStreamId,
    now,
    queueId: route.queueId,
    asks: route,
    ...withLoads(sources),
  });
}

export type ConversationMetricsResult = Readonly<Record<string, number | string | null>>;

/** @throws WebApiError invalidArgument */
export async function getConversationMetrics(
  database: Database,
  configuration: RoutingConfiguration,
  values: ConversationMetricsArguments,
): Promise<ConversationMetricsResult> {
  const [from, to] = [parseTime('From', values.From), parseTime('To', values.To)];
  if (from >= to) throw refuse('From is not before To.');
  if (to - from > longestPeriod) throw refuse('From and To are more than 366 days apart.');
  const metrics = await conversationMetrics(database, {
    from,
    to,
    ...optional('queueId', values.QueueId, parseGuid),
    ...optional('workStreamId', values.WorkStreamId, parseGuid),
    ...optional('agentId', values.AgentId, parseGuid),
    ...(values.Channel === null || values.Channel === undefined ? {} : { channel: values.Channel }),
    workingSeconds: (queueId, start, end) => {
      const hours = configuration.operatingHours.get(configuration.queues.get(queueId ?? '')?.operatingHourId ?? '');
      return hours === undefined ? Math.max(0, end - start) / 1000 : workingSeconds(hours, start, end);
    },
  });
  return { From: writeTime(from), To: writeTime(to), ...describeMetrics(metrics) };
}

function describeMetrics(metrics: ConversationMetrics): ConversationMetricsResult {
  const { conversations, serviceLevels, sessions } = metrics;
  return {
    IncomingConversations: conversations.incoming,
    AcceptedConversations: conversations.accepted,
    ClosedConversations: conversations.closed,
    HandledConversations: conversations.handled,
    AverageFirstWaitTime: metrics.averageFirstWait,
    MaximumFirstWaitTime: metrics.maximumFirstWait,
    AverageSpeedToAnswer: metrics.averageSpeedToAnswer,
    ...Object.fromEntries(Object.entries(serviceLevels).map(([step, level]) => [`ServiceLevel${step}Seconds`, level])),
    ServiceLevelByThreshold: metrics.serviceLevelByThreshold,
    AbandonedConversations: conversations.abandoned,
    AbandonRate: metrics.abandonRate,
    AverageTimeToAbandon: metrics.averageTimeToAbandon,
    TotalHandleTime: metrics.totalHandleTime,
    AverageHandleTime: metrics.averageHandleTime,
    AverageTalkTime: metrics.averageTalkTime,
    AverageHoldTime: metrics.averageHoldTime,
    AverageWrapUpTime: metrics.averageWrapUpTime,
    AverageConversationTime: metrics.averageConversationTime,
    AverageCustomerEffortTime: metrics.averageCustomerEffortTime,
    AverageFirstResponseTime: metrics.averageFirstResponseTime,
    TransferredConversations: conversations.transferred,
    TransferRate: metrics.transferRate,
    EscalatedConversations: conversations.escalated,
    OverflowedConversations: conversations.overflowed,
    GhostConversations: conversations.ghosts,
    AverageSentiment: metrics.averageSentiment,
    IncomingSessions: sessions.incoming,
    AcceptedSessions: sessions.accepted,
    TransferredSessions: sessions.transferred,
    SessionTransferRate: sessions.transferRate,
    RejectedSessions: sessions.rejected,
    SessionRejectionRate: sessions.rejectionRate,
    TimedOutSessions: sessions.timedOut,
    SessionTimeOutRate: sessions.timeOutRate,
    AverageSessionTimeToAccept: sessions.averageTimeToAccept,
    AverageSessionTimeToReject: sessions.averageTimeToReject,
    AverageSessionWaitTime: sessions.averageWait,
    RejectedConsults: metrics.rejectedConsults,
  };
}

export type QueueSnapshotEntry = {
  readonly QueueId: Guid;
  readonly QueueName: string | null;
  readonly WaitingConversations: number;
  readonly LongestWaitTime: number | null;
  readonly AwaitingAcceptance: number;
  readonly InConversation: number;
  readonly WaitingForCustomer: number;
  readonly WrapUp: number;
  readonly StaffedAgents: number;
  readonly AvailableAgents: number;
};

/** Of the queues of the configuration. */
export async function getQueueSnapshot(
  database: Database,
  configuration: RoutingConfiguration,
  _values: Readonly<Record<string, never>>,
  now: number,
): Promise<{ readonly TakenOn: string; readonly Queues: readonly QueueSnapshotEntry[] }> {
  const figures = await queueSnapshot(database, now, [...configuration.queues.keys()]);
  const queues = figures.map(
    (queue): QueueSnapshotEntry => ({
      QueueId: queue.queueId,
      QueueName: configuration.queues.get(queue.queueId)?.name ?? null,
      WaitingConversations: queue.waiting,
      LongestWaitTime: queue.longestWaitSeconds,
      AwaitingAcceptance: queue.awaitingAcceptance,
      InConversation: queue.inConversation,
      WaitingForCustomer: queue.waitingForCustomer,
      WrapUp: queue.wrapUp,
      StaffedAgents: queue.staffed,
      AvailableAgents: queue.available,
    }),
  );
  return { TakenOn: writeTime(now), Queues: queues };
}

export type AgentSnapshotEntry = {
  readonly AgentId: Guid;
  readonly AgentName: string | null;
  readonly PresenceId: Guid;
  readonly BasePresence: number;
  readonly PresenceSince: string;
  readonly IsSignedIn: boolean;
  readonly UnitsUsed: number;
  readonly UnitCapacity: number;
  readonly AwaitingAcceptance: number;
  readonly InConversation: number;
  readonly WrapUp: number;
  readonly ConversationCount: number;
};

/** Of everybody who was ever signed in and is still an agent. */
export async function getAgentSnapshot(
  database: Database,
  configuration: RoutingConfiguration,
  _values: Readonly<Record<string, never>>,
  now: number,
): Promise<{ readonly TakenOn: string; readonly Agents: readonly AgentSnapshotEntry[] }> {
  const figures = await agentSnapshot(database, [...configuration.agents.keys()]);
  const agents = figures.map((agent): AgentSnapshotEntry => {
    const profile = configuration.agents.get(agent.agentId);
    return {
      AgentId: agent.agentId,
      AgentName: profile?.name ?? null,
      PresenceId: agent.presenceId,
      BasePresence: basePresenceCodes[agent.basePresence],
      PresenceSince: writeTime(agent.presenceSince),
      IsSignedIn: agent.isSignedIn,
      UnitsUsed: agent.unitsUsed,
      UnitCapacity: profile?.unitCapacity ?? 0,
      AwaitingAcceptance: agent.awaitingAcceptance,
      InConversation: agent.inConversation,
      WrapUp: agent.wrapUp,
      ConversationCount: agent.conversationCount,
    };
  });
  return { TakenOn: writeTime(now), Agents: agents };
}

export type QueuePositionResult = {
  readonly QueueId: Guid | null;
  readonly Position: number | null;
  readonly ConversationsAhead: number | null;
  readonly EstimatedWaitTimeInSeconds: number | null;
};

/** @throws WebApiError invalidArgument, or rowNotFound when the engine does not know the conversation */
export async function getQueuePosition(
  database: Database,
  _configuration: RoutingConfiguration,
  values: QueuePositionArguments,
  now: number,
  sources: Pick<AvailabilitySources, 'readLoads'>,
): Promise<QueuePositionResult> {
  const conversationId = parseGuid('ConversationId', values.ConversationId);
  const place = await queuePosition(database, conversationId, { now, ...withLoads(sources) });
  if (place === undefined) {
    const { routing } = await readConversation(database, conversationId);
    return { QueueId: routing.queueId, Position: null, ConversationsAhead: null, EstimatedWaitTimeInSeconds: null };
  }
  return {
    QueueId: place.queueId,
    Position: place.position,
    ConversationsAhead: place.ahead,
    EstimatedWaitTimeInSeconds: place.estimatedWaitSeconds,
  };
}

async function readConversation(database: Database, id: Guid): Promise<Conversation> {
  const [row] = await database.query('SELECT state FROM parley.conversation WHERE id = $1::uuid', [id]);
  if (row?.[0] === undefined || row[0] === null)
    throw new WebApiError('rowNotFound', { table: 'msdyn_ocliveworkitem', id });
  // Written by the engine only.
  return JSON.parse(row[0]) as Conversation;
}

function requireWorkStream(configuration: RoutingConfiguration, id: Guid): WorkStream {
  const workStream = configuration.workStreams.get(id);
  if (workStream === undefined) throw new WebApiError('rowNotFound', { table: 'msdyn_liveworkstream', id });
  return workStream;
}

function withLoads(sources: Pick<AvailabilitySources, 'readLoads'>): { readonly readLoads?: ReadLoads } {
  return sources.readLoads === undefined ? {} : { readLoads: sources.readLoads };
}

function requireVersion(version: string): void {
  if (version !== '1.0') throw refuse("ApiVersion is not '1.0'.");
}

function parseGuid(name: string, text: string): Guid {
  const id = text.toLowerCase();
  if (!guidPattern.test(id)) throw refuse(`${name} is not an id.`);
  return id;
}

function parseTime(name: string, text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw refuse(`${name} is not a time.`);
  return instant;
}

/** The option under its name when the caller gave a value, else nothing. */
function optional<Name extends string>(
  name: Name,
  value: string | null | undefined,
  parse: (name: string, text: string) => Guid,
): { readonly [Key in Name]?: Guid } {
  // One key, of the type's only name.
  return value === null || value === undefined ? {} : ({ [name]: parse(name, value) } as { [Key in Name]: Guid });
}

function refuse(detail: string): WebApiError {
  return new WebApiError('invalidArgument', { detail });
}
