/** Which conversations a metric looks at: a range of creation, and what the reader narrowed it to. As conditions of SQL. */
import { channelCodes, type Guid, participantModeCodes } from '@parley/engine';
import type { SqlValue } from '../db/database.ts';

export type MetricsScope = {
  /** Milliseconds since 1970; created at or after. */
  readonly from: number;
  /** Milliseconds since 1970; created before. */
  readonly to: number;
  readonly queueId?: Guid;
  readonly workStreamId?: Guid;
  /** Code of the channel. */
  readonly channel?: number;
  /** Conversations that this agent accepted or was assigned last; times are the agent's own share. */
  readonly agentId?: Guid;
};

/** Conditions with the values of their parameters; the first is `$1`. */
export type SqlScope = { readonly where: string; readonly values: readonly SqlValue[] };

const { primary } = participantModeCodes;

/** What every metric leaves out: routed records, and rows that belong to a channel instance (section 8.3, common filter). */
const isCounted = `w.msdyn_channelinstanceid IS NULL AND (w.msdyn_channel @> '{${channelCodes.records}}') IS NOT TRUE`;

/** Conversations, as `w`. A condition that nobody asked for is not written, so that the plan fits what is there. */
export function conversationScope(scope: MetricsScope): SqlScope {
  return buildScope(scope, 'w.createdon', {
    queueId: 'w.msdyn_cdsqueueid',
    agentId: (agent) => `(w.msdyn_activeagentid = ${agent} OR EXISTS (
      SELECT FROM data.msdyn_ocsession s JOIN data.msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid
      WHERE s.msdyn_liveworkitemid = w.activityid AND p.msdyn_agentid = ${agent}
        AND p.msdyn_mode = ${primary} AND p.msdyn_joinedon IS NOT NULL))`,
  });
}

/** Sessions, as `s`, of conversations, as `w`. */
export function sessionScope(scope: MetricsScope): SqlScope {
  return buildScope(scope, 's.createdon', {
    queueId: 's.msdyn_cdsqueueid',
    agentId: (agent) => `EXISTS (SELECT FROM data.msdyn_sessionparticipant p
      WHERE p.msdyn_omnichannelsession = s.activityid AND p.msdyn_agentid = ${agent} AND p.msdyn_mode = ${primary})`,
  });
}

/** Participants, as `p`, of sessions, as `s`, of conversations, as `w`. */
export function participantScope(scope: MetricsScope): SqlScope {
  return buildScope(scope, 'p.createdon', {
    queueId: 's.msdyn_cdsqueueid',
    agentId: (agent) => `p.msdyn_agentid = ${agent}`,
  });
}

function buildScope(
  scope: MetricsScope,
  createdOn: string,
  columns: { readonly queueId: string; readonly agentId: (parameter: string) => string },
): SqlScope {
  const values: SqlValue[] = [new Date(scope.from).toISOString(), new Date(scope.to).toISOString()];
  const conditions = [`${createdOn} >= $1::timestamptz`, `${createdOn} < $2::timestamptz`, isCounted];
  const add = (value: SqlValue, condition: (parameter: string) => string): void => {
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  if (scope.queueId !== undefined) add(scope.queueId, (queue) => `${columns.queueId} = ${queue}::uuid`);
  if (scope.workStreamId !== undefined)
    add(scope.workStreamId, (stream) => `w.msdyn_liveworkstreamid = ${stream}::uuid`);
  if (scope.channel !== undefined) add(scope.channel, (channel) => `w.msdyn_channel @> ARRAY[${channel}::integer]`);
  if (scope.agentId !== undefined) add(scope.agentId, (agent) => columns.agentId(`${agent}::uuid`));
  return { where: conditions.join(' AND '), values };
}
