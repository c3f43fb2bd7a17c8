/**
 * The sums and counts behind the metrics, over rows of Dataverse tables (behaviour reference, section 8.3). Each statement answers
 * one row; its columns are named here and read by these names.
 */
import { channelCodes, closureReasonCodes, participantModeCodes, statusReasonCodes } from '@parley/engine';

/** Seconds of the service levels. */
export const serviceLevelSteps = [10, 20, 30, 40, 50, 60, 120] as const;
export type ServiceLevelStep = (typeof serviceLevelSteps)[number];

const voice = `'{${channelCodes.voice},${channelCodes.voiceCall}}'`;
/** Closed, and closed or in wrap-up, as `statuscode`. */
const closed = 4;
const wrapUp = 5;
/** Labels of sentiment from very negative to very positive; 0 is none. */
const [worstSentiment, bestSentiment] = [7, 13];

export type ConversationColumn =
  | `within${ServiceLevelStep}`
  | 'incoming'
  | 'accepted'
  | 'closed'
  | 'handled'
  | 'averageFirstWait'
  | 'maximumFirstWait'
  | 'averageSpeedToAnswer'
  | 'withinThreshold'
  | 'abandoned'
  | 'averageTimeToAbandon'
  | 'handleTime'
  | 'averageTalk'
  | 'averageHold'
  | 'averageWrapUp'
  | 'averageConversation'
  | 'averageCustomerEffort'
  | 'responseAdjusted'
  | 'responseAdjustedCount'
  | 'responseElapsed'
  | 'responseElapsedCount'
  | 'transferred'
  | 'escalated'
  | 'overflowed'
  | 'ghosts'
  | 'averageSentiment';

/** Sums and counts over conversations; the words are columns of `answered`, below. */
export const conversationColumns: Readonly<Record<ConversationColumn, string>> = {
  incoming: 'count(*) FILTER (WHERE is_inbound)',
  accepted: 'count(*) FILTER (WHERE is_inbound AND is_accepted)',
  closed: 'count(*) FILTER (WHERE is_closed)',
  handled: 'count(*) FILTER (WHERE is_closed AND is_accepted)',
  averageFirstWait: 'avg(first_wait) FILTER (WHERE is_inbound)',
  maximumFirstWait: 'max(first_wait) FILTER (WHERE is_inbound)',
  averageSpeedToAnswer: 'avg(first_wait) FILTER (WHERE is_inbound AND is_accepted AND is_closed)',
  withinThreshold:
    'count(*) FILTER (WHERE is_inbound AND is_accepted AND (service_threshold IS NULL OR first_wait <= service_threshold))',
  within10: within(10),
  within20: within(20),
  within30: within(30),
  within40: within(40),
  within50: within(50),
  within60: within(60),
  within120: within(120),
  abandoned: 'count(*) FILTER (WHERE is_abandoned)',
  averageTimeToAbandon: 'avg(closed_after) FILTER (WHERE is_abandoned)',
  handleTime: 'sum(handle_time) FILTER (WHERE is_closed AND is_accepted)',
  averageTalk: 'avg(talk_time) FILTER (WHERE is_closed AND is_accepted AND is_voice)',
  averageHold: 'avg(hold_time) FILTER (WHERE is_closed AND is_accepted AND is_voice)',
  averageWrapUp: 'avg(wrap_up_time) FILTER (WHERE is_closed)',
  averageConversation: 'avg(conversation_time) FILTER (WHERE is_closed)',
  averageCustomerEffort: 'avg(effort_time) FILTER (WHERE is_accepted)',
  responseAdjusted: 'sum(response_adjusted) FILTER (WHERE is_inbound)',
  responseAdjustedCount: 'count(response_adjusted) FILTER (WHERE is_inbound)',
  responseElapsed: 'sum(response_elapsed) FILTER (WHERE is_inbound)',
  responseElapsedCount: 'count(response_elapsed) FILTER (WHERE is_inbound)',
  transferred: 'count(*) FILTER (WHERE is_closed AND is_accepted AND transfer_count > 0)',
  escalated: 'count(*) FILTER (WHERE escalation_count > 0)',
  overflowed: 'count(*) FILTER (WHERE has_overflowed)',
  ghosts: 'count(*) FILTER (WHERE is_ghost)',
  averageSentiment: `avg(sentiment) FILTER (WHERE is_closed AND sentiment BETWEEN ${worstSentiment} AND ${bestSentiment})`,
};

function within(seconds: ServiceLevelStep): string {
  return `count(*) FILTER (WHERE is_inbound AND is_accepted AND first_wait <= ${seconds})`;
}

/** Parameters of the statement: texts like `$3`. */
export type ConversationParameters = {
  /** The agent whose share of the times counts; undefined: everybody's. */
  readonly agent: string | undefined;
  /** Seconds that replace the threshold of the queue, or null. */
  readonly threshold: string;
};

export function conversationStatement(where: string, parameters: ConversationParameters): string {
  return `${answeredConversations(where, parameters)} SELECT ${Object.values(conversationColumns).join(', ')} FROM answered`;
}

/** Queue, start of waiting and first response (milliseconds) of those whose response time nobody adjusted for operating hours yet. */
export function responseStatement(where: string, parameters: ConversationParameters): string {
  return `${answeredConversations(where, parameters)}
    SELECT queue_id, extract(epoch FROM wait_started_on) * 1000, extract(epoch FROM response_on) * 1000
    FROM answered WHERE is_inbound AND response_elapsed IS NOT NULL`;
}

/**
 * Conversations of the scope with everything that formulas ask of one. Bots are users with an application id; a conversation that a
 * bot ended alone never waited for a person.
 */
function answeredConversations(where: string, { agent, threshold }: ConversationParameters): string {
  // Columns of the conversation hold everybody's times.
  const orColumn = (share: string, column: string): string =>
    agent === undefined ? `coalesce(${share}, w.${column})` : share;
  return `WITH item AS MATERIALIZED (${conversationsInScope(where, threshold)}), share AS (${sharesOfPeople(agent)}), waited AS (
    SELECT i.*, share.accepted_on, share.handle_time, share.talk_time, share.hold_time,
      CASE WHEN share.accepted_on IS NOT NULL OR i.reason IS DISTINCT FROM ${statusReasonCodes.endedByBot}
        THEN coalesce(i.first_wait_started_on, i.createdon) END AS wait_started_on,
      CASE WHEN i.response_adjusted IS NULL
        THEN to_timestamp((c.state ->> 'firstResponseOn')::bigint / 1000.0) END AS response_on,
      c.id IS NOT NULL AS has_messages
    FROM item i LEFT JOIN share ON share.activityid = i.activityid LEFT JOIN parley.conversation c ON c.id = i.activityid
  ), answered AS (
    SELECT w.queue_id, w.is_voice, w.is_inbound, w.is_closed, w.accepted_on IS NOT NULL AS is_accepted, w.wait_started_on, w.response_on,
      coalesce(w.first_wait_column, ${seconds('coalesce(w.accepted_on, w.closed_on)', 'w.wait_started_on')}) AS first_wait,
      w.service_threshold,
      ${seconds('w.closed_on', 'w.wait_started_on')} AS closed_after,
      w.is_closed AND w.is_inbound AND w.accepted_on IS NULL AND w.wait_started_on IS NOT NULL
        AND (${seconds('w.closed_on', 'w.wait_started_on')} <= w.short_abandon) IS NOT TRUE AS is_abandoned,
      ${orColumn('w.handle_time', 'handle_column')} AS handle_time,
      ${orColumn('w.talk_time', 'talk_column')} AS talk_time,
      ${orColumn('w.hold_time', 'hold_column')} AS hold_time,
      coalesce(w.wrap_up_column, ${seconds('w.closed_on', 'w.wrap_up_on')}) AS wrap_up_time,
      ${seconds('w.closed_on', 'w.createdon')} AS conversation_time,
      ${seconds('w.wrap_up_on', 'w.createdon')} AS effort_time,
      w.response_adjusted, ${seconds('w.response_on', 'w.wait_started_on')} AS response_elapsed,
      w.transfer_count, w.escalation_count, w.has_overflowed, w.sentiment,
      w.accepted_on IS NOT NULL AND w.has_ended AND NOT w.is_voice AND w.has_messages AND NOT EXISTS (
        SELECT FROM parley.message m WHERE m.conversation_id = w.activityid AND m.author_kind = 'customer'
          AND m.sent_on >= extract(epoch FROM w.accepted_on) * 1000) AS is_ghost
    FROM waited w
  )`;
}

function conversationsInScope(where: string, threshold: string): string {
  return `SELECT w.activityid, w.createdon, w.msdyn_cdsqueueid AS queue_id, w.msdyn_statuschangereason AS reason,
      (w.msdyn_channel && ${voice}) IS TRUE AS is_voice, w.msdyn_isoutbound IS NOT TRUE AS is_inbound,
      w.statuscode = ${closed} AS is_closed, w.statuscode IN (${closed}, ${wrapUp}) AS has_ended,
      w.msdyn_firstwaitstartedon AS first_wait_started_on, w.msdyn_closedon AS closed_on, w.msdyn_wrapupinitiatedon AS wrap_up_on,
      w.msdyn_conversationfirstwaittimeinseconds AS first_wait_column, w.msdyn_conversationhandletimeinseconds AS handle_column,
      w.msdyn_conversationtalktimeinseconds AS talk_column, w.msdyn_conversationholdtimeinseconds AS hold_column,
      w.msdyn_conversationwrapuptimeinseconds AS wrap_up_column, w.msdyn_firstresponsetimeinmsadjforoh / 1000 AS response_adjusted,
      w.msdyn_transfercount AS transfer_count, w.msdyn_escalationcount AS escalation_count, w.msdyn_customersentimentlabel AS sentiment,
      coalesce(w.msdyn_overflowtransfercount, 0) > 0
        OR w.msdyn_statuschangereason IS NOT DISTINCT FROM ${statusReasonCodes.closedDueToOverflow} AS has_overflowed,
      coalesce(${threshold}::integer, q.msdyn_queueservicelevelthreshold) AS service_threshold,
      q.msdyn_shortabandonedthreshold AS short_abandon
    FROM data.msdyn_ocliveworkitem w LEFT JOIN data.queue q ON q.queueid = w.msdyn_cdsqueueid
    WHERE ${where}`;
}

/** When a person first accepted, and the times of those who were primary: consulting and watching do not count. */
function sharesOfPeople(agent: string | undefined): string {
  const own = agent === undefined ? '' : ` FILTER (WHERE p.msdyn_agentid = ${agent}::uuid)`;
  return `SELECT i.activityid, min(p.msdyn_joinedon) AS accepted_on, sum(${participantTime})${own} AS handle_time,
      sum(coalesce(p.msdyn_talktime, p.msdyn_activetime - coalesce(p.msdyn_holdtime, 0)))${own} AS talk_time,
      sum(p.msdyn_holdtime)${own} AS hold_time
    FROM item i JOIN data.msdyn_ocsession s ON s.msdyn_liveworkitemid = i.activityid
    JOIN data.msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid
    LEFT JOIN data.systemuser u ON u.systemuserid = p.msdyn_agentid
    WHERE p.msdyn_mode = ${participantModeCodes.primary} AND p.msdyn_joinedon IS NOT NULL AND u.applicationid IS NULL
    GROUP BY i.activityid`;
}

/** Seconds that a person spent as primary. Where nobody measured activity: from accepting until leaving. */
const participantTime = `CASE WHEN i.is_voice AND coalesce(p.msdyn_talktime, p.msdyn_holdtime) IS NOT NULL
      THEN coalesce(p.msdyn_talktime, 0) + coalesce(p.msdyn_holdtime, 0) + coalesce(p.msdyn_activewrapuptime, 0)
    WHEN p.msdyn_activetime IS NOT NULL THEN p.msdyn_activetime + coalesce(p.msdyn_activewrapuptime, 0)
    ELSE ${seconds('coalesce(p.msdyn_lefton, i.closed_on)', 'p.msdyn_joinedon')} END`;

function seconds(until: string, since: string): string {
  return `extract(epoch FROM ${until} - ${since})`;
}

export type SessionColumn =
  | 'incoming'
  | 'accepted'
  | 'transferred'
  | 'rejected'
  | 'timedOut'
  | 'averageTimeToAccept'
  | 'averageTimeToReject'
  | 'averageWait';

/** Sums and counts over sessions of inbound conversations. */
export const sessionColumns: Readonly<Record<SessionColumn, string>> = {
  incoming: 'count(*)',
  accepted: 'count(*) FILTER (WHERE s.msdyn_agentacceptedon IS NOT NULL)',
  transferred: `count(*) FILTER (WHERE s.msdyn_closurereason IN (${closureReasonCodes.agentTransferred}, ${closureReasonCodes.agentTransferToQueue}))`,
  rejected: `count(*) FILTER (WHERE s.msdyn_closurereason = ${closureReasonCodes.agentReject})`,
  timedOut: `count(*) FILTER (WHERE s.msdyn_closurereason = ${closureReasonCodes.agentTimeout})`,
  averageTimeToAccept: `avg(${seconds('s.msdyn_agentacceptedon', 's.msdyn_agentassignedon')})`,
  averageTimeToReject: `avg(${seconds('s.msdyn_sessionclosedon', 's.msdyn_agentassignedon')})
    FILTER (WHERE s.msdyn_closurereason = ${closureReasonCodes.agentReject})`,
  averageWait: `avg(${seconds('coalesce(s.msdyn_agentacceptedon, s.msdyn_sessionclosedon)', 's.msdyn_queueassignedon')})`,
};

/** Sessions in which a bot was primary are not counted: nobody asked for a person there. */
export function sessionStatement(where: string): string {
  return `SELECT ${Object.values(sessionColumns).join(', ')}
    FROM data.msdyn_ocsession s JOIN data.msdyn_ocliveworkitem w ON w.activityid = s.msdyn_liveworkitemid
    WHERE ${where} AND w.msdyn_isoutbound IS NOT TRUE AND NOT EXISTS (
      SELECT FROM data.msdyn_sessionparticipant p JOIN data.systemuser u ON u.systemuserid = p.msdyn_agentid
      WHERE p.msdyn_omnichannelsession = s.activityid AND p.msdyn_mode = ${participantModeCodes.primary} AND u.applicationid IS NOT NULL)`;
}

/** How many invitations to consult were rejected. */
export function rejectedConsultStatement(where: string): string {
  return `SELECT count(*) FROM data.msdyn_sessionparticipant p
    JOIN data.msdyn_ocsession s ON s.activityid = p.msdyn_omnichannelsession
    JOIN data.msdyn_ocliveworkitem w ON w.activityid = s.msdyn_liveworkitemid
    WHERE ${where} AND p.msdyn_mode = ${participantModeCodes.consult} AND p.msdyn_leftonreason = 'AgentReject'`;
}
