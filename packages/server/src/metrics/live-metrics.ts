/** What queues and agents do at this moment, from the engine's own rows (behaviour reference, sections 8.2 and 8.3). */
import type { BasePresence, Guid } from '@parley/engine';
import type { Database } from '../db/database.ts';

export type QueueFigures = {
  readonly queueId: Guid;
  /** Open: in the line, nobody chosen. */
  readonly waiting: number;
  /** Seconds since the inbound conversation that waits longest, accepted by nobody, entered this queue. Null: none waits. */
  readonly longestWaitSeconds: number | null;
  /** Offered to an agent who has not answered. */
  readonly awaitingAcceptance: number;
  readonly inConversation: number;
  /** The agent has put it aside until the customer writes again. */
  readonly waitingForCustomer: number;
  readonly wrapUp: number;
  /** Members whose presence is not offline. */
  readonly staffed: number;
  /** Members whose presence is available. */
  readonly available: number;
};

export type AgentFigures = {
  readonly agentId: Guid;
  readonly presenceId: Guid;
  readonly basePresence: BasePresence;
  /** Milliseconds since 1970. */
  readonly presenceSince: number;
  readonly isSignedIn: boolean;
  readonly unitsUsed: number;
  /** Conversations that hold capacity, offers included. */
  readonly conversationCount: number;
  readonly awaitingAcceptance: number;
  readonly inConversation: number;
  readonly wrapUp: number;
};

/**
 * Conversations that are not closed, with what is counted of them. The two halves fit a partial index each, so that closed ones,
 * which stay until retention, are never read.
 */
const present = `present AS (
  SELECT queue_id, agent_id, status, false AS is_offered, state FROM parley.conversation WHERE status = 'open'
  UNION ALL
  SELECT queue_id, agent_id, status, status = 'active' AND json_typeof(state -> 'offer') = 'object', state
  FROM parley.conversation WHERE agent_id IS NOT NULL AND status <> 'closed' AND status <> 'open')`;

const queueStatement = `WITH ${present}, line AS (
    SELECT queue_id,
      count(*) FILTER (WHERE status = 'open') AS waiting,
      min((state #>> '{routing,enteredQueueOn}')::bigint)
        FILTER (WHERE (status = 'open' OR is_offered) AND (state ->> 'isOutbound') = 'false') AS oldest,
      count(*) FILTER (WHERE is_offered) AS offered,
      count(*) FILTER (WHERE status = 'active' AND NOT is_offered) AS active,
      count(*) FILTER (WHERE status = 'waiting') AS aside,
      count(*) FILTER (WHERE status = 'wrapUp') AS wrap_up
    FROM present WHERE $1::uuid[] IS NULL OR queue_id = ANY($1::uuid[]) GROUP BY queue_id
  ), staff AS (
    SELECT m.queueid, count(*) FILTER (WHERE a.presence <> 'offline') AS staffed, count(*) FILTER (WHERE a.presence = 'available') AS available
    FROM data.queuemembership m JOIN parley.agent a ON a.id = m.systemuserid GROUP BY m.queueid
  )
  SELECT q.queueid, coalesce(l.waiting, 0), l.oldest, coalesce(l.offered, 0), coalesce(l.active, 0), coalesce(l.aside, 0),
    coalesce(l.wrap_up, 0), coalesce(s.staffed, 0), coalesce(s.available, 0)
  FROM data.queue q LEFT JOIN line l ON l.queue_id = q.queueid LEFT JOIN staff s ON s.queueid = q.queueid
  WHERE CASE WHEN $1::uuid[] IS NULL THEN q.statecode = 0 AND (q.msdyn_isomnichannelqueue OR l.queue_id IS NOT NULL)
    ELSE q.queueid = ANY($1::uuid[]) END
  ORDER BY q.queueid`;

/**
 * One entry for each queue, also where nothing happens.
 * @param now milliseconds since 1970
 * @param queueIds undefined: every active queue for conversations
 */
export async function queueSnapshot(
  database: Database,
  now: number,
  queueIds?: readonly Guid[],
): Promise<readonly QueueFigures[]> {
  const rows = await database.query(queueStatement, [queueIds ?? null]);
  return rows.map(
    ([queueId, waiting, oldest, offered, active, aside, wrapUp, staffed, available]): QueueFigures => ({
      queueId: queueId ?? '',
      waiting: Number(waiting),
      longestWaitSeconds:
        oldest === null || oldest === undefined ? null : Math.max(0, Math.floor((now - Number(oldest)) / 1000)),
      awaitingAcceptance: Number(offered),
      inConversation: Number(active),
      waitingForCustomer: Number(aside),
      wrapUp: Number(wrapUp),
      staffed: Number(staffed),
      available: Number(available),
    }),
  );
}

const agentStatement = `WITH ${present}, work AS (
    SELECT agent_id, count(*) FILTER (WHERE is_offered) AS offered,
      count(*) FILTER (WHERE status = 'active' AND NOT is_offered) AS active, count(*) FILTER (WHERE status = 'wrapUp') AS wrap_up
    FROM present WHERE agent_id IS NOT NULL GROUP BY agent_id
  )
  SELECT a.id, a.state ->> 'presenceId', a.presence, a.state ->> 'presenceSince', a.state ->> 'isSignedIn', a.units_used,
    a.state ->> 'conversationCount', coalesce(w.offered, 0), coalesce(w.active, 0), coalesce(w.wrap_up, 0)
  FROM parley.agent a LEFT JOIN work w ON w.agent_id = a.id
  WHERE $1::uuid[] IS NULL OR a.id = ANY($1::uuid[]) ORDER BY a.id`;

/** @param agentIds undefined: everybody who was ever signed in */
export async function agentSnapshot(database: Database, agentIds?: readonly Guid[]): Promise<readonly AgentFigures[]> {
  const rows = await database.query(agentStatement, [agentIds ?? null]);
  return rows.map(
    ([agentId, presenceId, presence, since, isSignedIn, units, held, offered, active, wrapUp]): AgentFigures => ({
      agentId: agentId ?? '',
      presenceId: presenceId ?? '',
      // A check constraint of the table says so.
      basePresence: presence as BasePresence,
      presenceSince: Number(since),
      isSignedIn: isSignedIn === 'true',
      unitsUsed: Number(units),
      conversationCount: Number(held),
      awaitingAcceptance: Number(offered),
      inConversation: Number(active),
      wrapUp: Number(wrapUp),
    }),
  );
}
