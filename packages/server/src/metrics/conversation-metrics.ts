/**
 * What happened to the conversations of a period: the metrics of contact centres over messaging and voice (behaviour reference,
 * section 8.3; docs/metrics.md says each formula). Read from the Dataverse rows, so that rows that came in through the Web API
 * count like those of the engine.
 */
import type { Guid } from '@parley/engine';
import type { Database, SqlRow, SqlValue } from '../db/database.ts';
import { conversationScope, type MetricsScope, participantScope, sessionScope } from './metric-scope.ts';
import {
  type ConversationColumn,
  type ConversationParameters,
  conversationColumns,
  conversationStatement,
  rejectedConsultStatement,
  responseStatement,
  type ServiceLevelStep,
  type SessionColumn,
  serviceLevelSteps,
  sessionColumns,
  sessionStatement,
} from './metric-statements.ts';

/** Seconds of operating hours of a queue between two instants; null: a conversation without a queue. */
export type WorkingSeconds = (queueId: Guid | null, from: number, to: number) => number;

export type MetricsOptions = MetricsScope & {
  /** Replaces the thresholds of the queues. */
  readonly serviceLevelSeconds?: number;
  /** Undefined: first response times count every hour of the day. */
  readonly workingSeconds?: WorkingSeconds;
};

/** Times are seconds, rates go from 0 to 1; null where there is nothing to divide by. */
export type ConversationMetrics = {
  readonly conversations: {
    /** Inbound, created in the period. */
    readonly incoming: number;
    /** Of these: accepted by a person. */
    readonly accepted: number;
    /** Closed, inbound or outbound. */
    readonly closed: number;
    /** Closed and accepted by a person, inbound or outbound. */
    readonly handled: number;
    readonly transferred: number;
    readonly escalated: number;
    /** Moved or ended because of overflow. */
    readonly overflowed: number;
    readonly abandoned: number;
    /** Accepted and ended, and the customer never wrote after that. */
    readonly ghosts: number;
  };
  readonly averageFirstWait: number | null;
  readonly maximumFirstWait: number | null;
  readonly averageSpeedToAnswer: number | null;
  readonly serviceLevels: Readonly<Record<ServiceLevelStep, number | null>>;
  readonly serviceLevelByThreshold: number | null;
  readonly abandonRate: number | null;
  readonly averageTimeToAbandon: number | null;
  readonly totalHandleTime: number;
  readonly averageHandleTime: number | null;
  readonly averageTalkTime: number | null;
  readonly averageHoldTime: number | null;
  readonly averageWrapUpTime: number | null;
  readonly averageConversationTime: number | null;
  readonly averageCustomerEffortTime: number | null;
  readonly averageFirstResponseTime: number | null;
  readonly transferRate: number | null;
  /** From 7, very negative, to 13, very positive. */
  readonly averageSentiment: number | null;
  readonly sessions: {
    /** Of inbound conversations, created in the period, without those of bots. */
    readonly incoming: number;
    readonly accepted: number;
    readonly transferred: number;
    readonly rejected: number;
    readonly timedOut: number;
    readonly transferRate: number | null;
    readonly rejectionRate: number | null;
    readonly timeOutRate: number | null;
    readonly averageTimeToAccept: number | null;
    readonly averageTimeToReject: number | null;
    readonly averageWait: number | null;
  };
  readonly rejectedConsults: number;
};

/** Three statements, a fourth where first responses have to be fitted to operating hours. */
export async function conversationMetrics(database: Database, options: MetricsOptions): Promise<ConversationMetrics> {
  const conversations = conversationScope(options);
  const values: readonly SqlValue[] = [...conversations.values, options.serviceLevelSeconds ?? null];
  const parameters: ConversationParameters = {
    // The agent is the last condition of a scope that has one.
    agent: options.agentId === undefined ? undefined : `$${conversations.values.length}`,
    threshold: `$${values.length}`,
  };
  const [total] = await database.query(conversationStatement(conversations.where, parameters), values);
  const sums = readColumns(conversationColumns, total);
  const sessions = sessionScope(options);
  const [sessionTotal] = await database.query(sessionStatement(sessions.where), sessions.values);
  const consults = participantScope(options);
  const [consultTotal] = await database.query(rejectedConsultStatement(consults.where), consults.values);
  const response =
    options.workingSeconds === undefined || count(sums.responseElapsedCount) === 0
      ? count(sums.responseElapsed)
      : sumWorkingSeconds(
          await database.query(responseStatement(conversations.where, parameters), values),
          options.workingSeconds,
        );
  return {
    ...describeConversations(sums, response),
    sessions: describeSessions(readColumns(sessionColumns, sessionTotal)),
    rejectedConsults: count(consultTotal?.[0]),
  };
}

type Sums<Column extends string> = Readonly<Record<Column, number | null>>;

/** The values of a row under the names of its columns. */
function readColumns<Column extends string>(
  columns: Readonly<Record<Column, string>>,
  row: SqlRow | undefined,
): Sums<Column> {
  const names = Object.keys(columns);
  // The statement was made of the same columns in the same order.
  return Object.fromEntries(names.map((name, index) => [name, number(row?.[index])])) as Sums<Column>;
}

function describeConversations(
  sums: Sums<ConversationColumn>,
  response: number,
): Omit<ConversationMetrics, 'sessions' | 'rejectedConsults'> {
  const responses = count(sums.responseAdjustedCount) + count(sums.responseElapsedCount);
  return {
    conversations: {
      incoming: count(sums.incoming),
      accepted: count(sums.accepted),
      closed: count(sums.closed),
      handled: count(sums.handled),
      transferred: count(sums.transferred),
      escalated: count(sums.escalated),
      overflowed: count(sums.overflowed),
      abandoned: count(sums.abandoned),
      ghosts: count(sums.ghosts),
    },
    averageFirstWait: sums.averageFirstWait,
    maximumFirstWait: sums.maximumFirstWait,
    averageSpeedToAnswer: sums.averageSpeedToAnswer,
    serviceLevels: describeServiceLevels(sums),
    serviceLevelByThreshold: ratio(sums.withinThreshold, sums.accepted),
    abandonRate: ratio(sums.abandoned, sums.incoming),
    averageTimeToAbandon: sums.averageTimeToAbandon,
    totalHandleTime: count(sums.handleTime),
    averageHandleTime: ratio(sums.handleTime, sums.handled),
    averageTalkTime: sums.averageTalk,
    averageHoldTime: sums.averageHold,
    averageWrapUpTime: sums.averageWrapUp,
    averageConversationTime: sums.averageConversation,
    averageCustomerEffortTime: sums.averageCustomerEffort,
    averageFirstResponseTime: ratio(count(sums.responseAdjusted) + response, responses),
    transferRate: ratio(sums.transferred, sums.handled),
    averageSentiment: sums.averageSentiment,
  };
}

function describeServiceLevels(sums: Sums<ConversationColumn>): Record<ServiceLevelStep, number | null> {
  const levels = serviceLevelSteps.map((step) => [step, ratio(sums[`within${step}`], sums.accepted)] as const);
  // One entry for each step.
  return Object.fromEntries(levels) as Record<ServiceLevelStep, number | null>;
}

function describeSessions(sums: Sums<SessionColumn>): ConversationMetrics['sessions'] {
  return {
    incoming: count(sums.incoming),
    accepted: count(sums.accepted),
    transferred: count(sums.transferred),
    rejected: count(sums.rejected),
    timedOut: count(sums.timedOut),
    transferRate: ratio(sums.transferred, sums.incoming),
    rejectionRate: ratio(sums.rejected, sums.incoming),
    timeOutRate: ratio(sums.timedOut, sums.incoming),
    averageTimeToAccept: sums.averageTimeToAccept,
    averageTimeToReject: sums.averageTimeToReject,
    averageWait: sums.averageWait,
  };
}

function sumWorkingSeconds(rows: readonly SqlRow[], workingSeconds: WorkingSeconds): number {
  let sum = 0;
  for (const [queueId, from, to] of rows) sum += workingSeconds(queueId ?? null, Number(from), Number(to));
  return sum;
}

function ratio(part: number | null, whole: number | null): number | null {
  return whole === null || whole === 0 ? null : count(part) / whole;
}

function count(value: string | number | null | undefined): number {
  return number(value) ?? 0;
}

function number(value: string | number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
