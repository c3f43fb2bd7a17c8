/**
 * What must hold in the database whatever happened to the servers: one query each that lists violations. Each is one statement, so that it
 * sees one state of the database, also while everybody works.
 */
import type pg from 'pg';
import type { Acknowledged } from './people.ts';

export type Violation = { readonly invariant: string; readonly example: string };

type Checks = Readonly<Record<string, string>>;

/** Of every agent of the demo. */
const unitCapacity = 100;

const stateChecks: Checks = {
  'never two primary agents in one conversation': `
    SELECT s.msdyn_liveworkitemid::text FROM data.msdyn_sessionparticipant p JOIN data.msdyn_ocsession s ON s.activityid = p.msdyn_omnichannelsession
    WHERE p.msdyn_mode = 192350002 AND p.msdyn_joinedon IS NOT NULL AND p.msdyn_lefton IS NULL
      AND EXISTS (SELECT FROM parley.conversation c WHERE c.id = s.msdyn_liveworkitemid)
    GROUP BY 1 HAVING count(*) > 1`,
  'what an agent has in use is the sum of the holds': `
    SELECT a.id::text || ': used ' || a.units_used || ', held ' || coalesce(h.units, 0) FROM parley.agent a
    LEFT JOIN (SELECT hold->>'agentId' AS agent, sum((hold->>'units')::int) AS units, count(*) AS holds,
        sum((hold->>'units')::int) FILTER (WHERE (hold->>'isForced')::boolean) AS forced
      FROM parley.conversation c, json_array_elements(c.state->'holds') hold GROUP BY 1) h ON h.agent = a.id::text
    WHERE a.units_used <> coalesce(h.units, 0) OR (a.state->>'unitsForced')::int <> coalesce(h.forced, 0)
      OR (a.state->>'conversationCount')::int <> coalesce(h.holds, 0)`,
  'nothing is given beyond the capacity, but for what was forced': `
    SELECT a.id::text || ': ' || a.units_used || ', forced ' || (a.state->>'unitsForced')
    FROM parley.agent a WHERE a.units_used - (a.state->>'unitsForced')::int > ${unitCapacity}`,
  'the agent document says what its columns say': `
    SELECT id::text FROM parley.agent WHERE units_used <> (state->>'unitsUsed')::int OR presence <> state->>'basePresence'
      OR sequence <> (state->>'sequence')::bigint`,
  'the agent status row says what the agent has': `
    SELECT a.id::text || ': ' || coalesce(s.msdyn_assignedconversationcount::text, 'none') || ' against ' || (a.state->>'conversationCount')
    FROM parley.agent a LEFT JOIN data.msdyn_agentstatus s ON s.msdyn_agentid = a.id
    WHERE a.sequence > 1 AND (s.msdyn_assignedconversationcount IS DISTINCT FROM (a.state->>'conversationCount')::int
      OR s.msdyn_availableunitscapacity IS DISTINCT FROM ${unitCapacity} - a.units_used
      OR s.msdyn_currentpresenceid::text IS DISTINCT FROM a.state->>'presenceId' OR s.msdyn_isagentloggedin IS DISTINCT FROM (a.state->>'isSignedIn')::boolean)`,
  'the history of presences has one open stretch, the present one': `
    SELECT a.id::text || ': ' || count(h.msdyn_agentid) FROM parley.agent a LEFT JOIN data.msdyn_agentstatushistory h
      ON h.msdyn_agentid = a.id AND h.msdyn_endtime IS NULL AND h.msdyn_presenceid::text = a.state->>'presenceId'
    WHERE a.sequence > 1 GROUP BY a.id HAVING count(h.msdyn_agentid) <> 1
    UNION ALL SELECT msdyn_agentid::text || ': ' || count(*) || ' open' FROM data.msdyn_agentstatushistory WHERE msdyn_endtime IS NULL
    GROUP BY msdyn_agentid HAVING count(*) > 1`,
  'the conversation document says what its columns say': `
    SELECT id::text FROM parley.conversation WHERE status <> state->>'status' OR sequence <> (state->>'sequence')::bigint
      OR agent_id::text IS DISTINCT FROM state->>'agentId' OR queue_id::text IS DISTINCT FROM state->'routing'->>'queueId'
      OR timer_on IS DISTINCT FROM (SELECT min((t->>'dueOn')::bigint) FROM json_array_elements(state->'timers') t)`,
  'a closed conversation holds nobody': `
    SELECT id::text FROM parley.conversation WHERE status = 'closed'
      AND (state->>'holds' <> '[]' OR state->>'participants' <> '[]' OR state->>'timers' <> '[]')`,
  'what is not closed has an agent or a timer': `
    SELECT id::text FROM parley.conversation WHERE status <> 'closed' AND agent_id IS NULL AND timer_on IS NULL`,
  'both conversation rows show the state': `
    SELECT c.id::text || ' ' || c.status || ' ' || coalesce(l.statuscode, 0) || ' ' || coalesce(w.statuscode, 0) FROM parley.conversation c
    LEFT JOIN data.msdyn_liveconversation l ON l.msdyn_liveconversationid = c.id LEFT JOIN data.msdyn_ocliveworkitem w ON w.activityid = c.id
    WHERE l.statuscode IS DISTINCT FROM w.statuscode
      OR l.statuscode IS DISTINCT FROM CASE c.status WHEN 'open' THEN 1 WHEN 'active' THEN 2 WHEN 'waiting' THEN 3 WHEN 'closed' THEN 4 ELSE 5 END
      OR l.msdyn_activeagentid IS DISTINCT FROM c.agent_id OR w.msdyn_activeagentid IS DISTINCT FROM c.agent_id
      OR w.msdyn_transfercount IS DISTINCT FROM (c.state->>'transferCount')::int`,
  'there are as many sessions as the state counts, and only the current one is open': `
    SELECT c.id::text FROM parley.conversation c LEFT JOIN data.msdyn_ocsession s ON s.msdyn_liveworkitemid = c.id
    GROUP BY c.id, c.state->>'sessionCount', c.state->'session'->>'id'
    HAVING count(s.activityid) <> (c.state->>'sessionCount')::int
      OR coalesce(string_agg(s.activityid::text, ' ') FILTER (WHERE s.statecode = 0), '') <> coalesce(c.state->'session'->>'id', '')`,
  'who takes part by the rows is who takes part by the state': `
    SELECT c.id::text || ': ' || count(p.msdyn_omnichannelsession) || ' against ' || json_array_length(c.state->'participants')
    FROM parley.conversation c LEFT JOIN data.msdyn_ocsession s ON s.msdyn_liveworkitemid = c.id
    LEFT JOIN data.msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid AND p.msdyn_lefton IS NULL
    GROUP BY c.id, c.state->>'participants', json_array_length(c.state->'participants')
    HAVING count(p.msdyn_omnichannelsession) <> json_array_length(c.state->'participants')`,
};

const messageChecks: Checks = {
  'messages are numbered without gaps': `
    SELECT c.id::text FROM parley.conversation c LEFT JOIN parley.message m ON m.conversation_id = c.id
    GROUP BY c.id, c.state->>'messageCount' HAVING count(m.number) <> (c.state->>'messageCount')::int OR coalesce(max(m.number), 0) <> count(m.number)`,
  'every message has its event, and every such event its message': `
    SELECT coalesce(m.id::text, e.payload->>'messageId') FROM parley.message m
    FULL JOIN (SELECT * FROM parley.event WHERE type = 'MessageAdded') e
      ON e.conversation_id = m.conversation_id AND e.payload->>'messageId' = m.id::text AND (e.payload->>'number')::int = m.number
    WHERE m.id IS NULL OR e.id IS NULL`,
  'nothing that somebody wrote once is there twice': `
    SELECT content || ': ' || count(*) FROM parley.message WHERE content ~ '^(Start|Message|Answer) [0-9a-f-]{36}$' GROUP BY content HAVING count(*) > 1`,
};

const eventChecks: Checks = {
  // A timer that is put off is a step without an event: there may be fewer events than steps, never more.
  'events of a conversation begin with its first step and do not go beyond its last': `
    SELECT c.id::text || ': ' || coalesce(min(e.sequence), 0) || ' to ' || coalesce(max(e.sequence), 0) || ' of ' || c.sequence
    FROM parley.conversation c LEFT JOIN parley.event e ON e.conversation_id = c.id
    GROUP BY c.id, c.sequence HAVING min(e.sequence) IS DISTINCT FROM 1 OR max(e.sequence) > c.sequence`,
  'events of a conversation stand in the order of its steps': `
    SELECT conversation_id::text || ' at ' || sequence FROM (SELECT conversation_id, sequence,
      lag(sequence) OVER (PARTITION BY conversation_id ORDER BY txid, id) AS before FROM parley.event WHERE conversation_id IS NOT NULL) e
    WHERE before > sequence`,
  'events of an agent stand in the order of their steps': `
    SELECT agent_id::text || ' at ' || sequence FROM (SELECT agent_id, sequence,
      lag(sequence) OVER (PARTITION BY agent_id ORDER BY txid, id) AS before FROM parley.event WHERE conversation_id IS NULL) e
    WHERE before > sequence`,
  'changes of status follow each other, up to the present one': `
    SELECT e.conversation_id::text || ' at ' || e.sequence FROM (SELECT conversation_id, sequence, payload,
      lag(payload->>'to') OVER chain AS before, lead(payload->>'to') OVER chain AS after
      FROM parley.event WHERE type = 'StatusChanged' WINDOW chain AS (PARTITION BY conversation_id ORDER BY txid, id)) e
    JOIN parley.conversation c ON c.id = e.conversation_id
    WHERE e.before IS DISTINCT FROM e.payload->>'from' OR (e.after IS NULL AND e.payload->>'to' <> c.status)`,
  'the last event of an agent says what they have': `
    SELECT a.id::text FROM parley.agent a
    CROSS JOIN LATERAL (SELECT payload FROM parley.event WHERE agent_id = a.id AND type = 'CapacityChanged' ORDER BY txid DESC, id DESC LIMIT 1) e
    WHERE (e.payload->>'unitsUsed')::int <> a.units_used OR e.payload->>'conversationCount' <> a.state->>'conversationCount'
    UNION ALL SELECT a.id::text FROM parley.agent a
    CROSS JOIN LATERAL (SELECT payload FROM parley.event WHERE agent_id = a.id AND type = 'PresenceChanged' ORDER BY txid DESC, id DESC LIMIT 1) e
    WHERE e.payload->>'presenceId' <> a.state->>'presenceId'`,
  'one primary agent leaves before the next one comes': `
    SELECT conversation_id::text || ' at ' || sequence FROM (SELECT conversation_id, sequence, type,
      lag(type) OVER (PARTITION BY conversation_id ORDER BY txid, id) AS before
      FROM parley.event WHERE type IN ('ParticipantAdded', 'ParticipantLeft') AND payload->>'mode' = 'primary') e
    WHERE before IS NOT DISTINCT FROM type OR (before IS NULL AND type = 'ParticipantLeft')`,
  'every offer ends once, or is open': `
    SELECT a.conversation_id::text || ' at ' || a.sequence || ': ' || count(o.id) FROM parley.event a
    JOIN parley.conversation c ON c.id = a.conversation_id
    LEFT JOIN parley.event o ON o.conversation_id = a.conversation_id AND o.payload->>'participantId' = a.payload->>'participantId'
      AND o.type IN ('AgentAccepted', 'OfferRejected', 'OfferTimedOut', 'OfferWithdrawn')
    WHERE a.type = 'AgentAssigned'
    GROUP BY a.conversation_id, a.sequence, a.id, a.payload->>'participantId', c.state->>'offer', c.state->>'participants'
    HAVING count(o.id) <> CASE WHEN c.state->>'offer' IS NOT NULL AND position(a.payload->>'participantId' IN c.state->>'participants') > 0 THEN 0 ELSE 1 END`,
  'every offer of the router has its explanation': `
    SELECT coalesce(o.conversation_id, d.conversation_id)::text || ': ' || coalesce(o.count, 0) || ' offers, ' || coalesce(d.count, 0) || ' explanations'
    FROM (SELECT conversation_id, payload->>'agentId' AS agent, count(*) FROM parley.event
      WHERE type = 'AgentAssigned' AND payload->>'reason' IN ('RoutingAssign', 'AgentAffinity') GROUP BY 1, 2) o
    FULL JOIN (SELECT parley_conversationid AS conversation_id, parley_agentid::text AS agent, count(*) FROM data.parley_routingdecision d
      WHERE parley_kind = 2 AND EXISTS (SELECT FROM parley.conversation c WHERE c.id = d.parley_conversationid) GROUP BY 1, 2) d
      ON d.conversation_id = o.conversation_id AND d.agent = o.agent
    WHERE o.count IS DISTINCT FROM d.count`,
  'every conversation says why it is in its queue': `
    SELECT c.id::text FROM parley.conversation c
    WHERE NOT EXISTS (SELECT FROM data.parley_routingdecision d WHERE d.parley_conversationid = c.id AND d.parley_kind = 1)`,
  'nothing was put aside and no job was given up': `
    SELECT 'parked for ' || consumer || ': ' || left(error, 300) FROM parley.parked_event
    UNION ALL SELECT 'dead ' || kind || ': ' || left(coalesce(last_error, ''), 300) FROM parley.job WHERE is_dead`,
};

/** Hold once nobody does anything and everybody has caught up. */
const quietChecks: Checks = {
  'nothing waits that somebody could take': `
    SELECT c.id::text || ' for ' || a.id::text FROM parley.conversation c JOIN data.queuemembership m ON m.queueid = c.queue_id
    JOIN parley.agent a ON a.id = m.systemuserid
    WHERE c.is_assignable AND a.presence IN ('available', 'busy') AND (a.state->>'isSignedIn')::boolean
      AND ${unitCapacity} - a.units_used >= (c.state->'routing'->'demand'->>'units')::int AND (a.state->>'conversationCount')::int < 10
      AND json_array_length(c.state->'routing'->'skills') = 0 AND NOT EXISTS
        (SELECT FROM json_array_elements(c.state->'routing'->'declines') d WHERE d->>'agentId' = a.id::text)`,
  'every closed conversation has one transcript': `
    SELECT c.id::text || ': ' || count(t.msdyn_transcriptid) FROM parley.conversation c
    LEFT JOIN data.msdyn_transcript t ON t.msdyn_liveworkitemidid = c.id LEFT JOIN data.annotation n ON n.objectid = t.msdyn_transcriptid
    WHERE c.status = 'closed' GROUP BY c.id HAVING count(t.msdyn_transcriptid) <> 1 OR count(n.annotationid) <> 1`,
  'a transcript holds every message but notes': `
    SELECT c.id::text FROM parley.conversation c JOIN data.msdyn_transcript t ON t.msdyn_liveworkitemidid = c.id
    JOIN data.annotation n ON n.objectid = t.msdyn_transcriptid
    WHERE c.status = 'closed' AND json_array_length(convert_from(decode(n.documentbody, 'base64'), 'UTF8')::json)
      <> (SELECT count(*) FROM parley.message m WHERE m.conversation_id = c.id AND m.audience <> 'note')`,
  'what agents wrote to customers is delivered': `
    SELECT m.conversation_id::text || ' ' || m.number || ': ' || m.delivery FROM parley.message m JOIN parley.conversation c ON c.id = m.conversation_id
    WHERE m.audience = 'public' AND m.author_kind <> 'customer' AND c.channel_key LIKE 'custom:%' AND m.delivery <> 'delivered'`,
};

/** @param quiet whether nobody does anything any more */
export async function findViolations(pool: pg.Pool, { quiet }: { readonly quiet: boolean }): Promise<Violation[]> {
  const checks = { ...stateChecks, ...messageChecks, ...eventChecks, ...(quiet ? quietChecks : {}) };
  const violations: Violation[] = [];
  for (const [invariant, statement] of Object.entries(checks)) {
    const { rows } = await pool.query<Record<string, string>>(`SELECT * FROM (${statement}) violations LIMIT 3`);
    for (const row of rows) violations.push({ invariant, example: String(Object.values(row)[0]) });
  }
  return violations;
}

export type Losses = { readonly missing: number; readonly doubled: number };

/** Acknowledged messages that are not in their conversation, or not once. */
export async function findLosses(pool: pg.Pool, acknowledged: readonly Acknowledged[]): Promise<Losses> {
  const { rows } = await pool.query<{ missing: string; doubled: string }>(
    `SELECT count(*) FILTER (WHERE found = 0) AS missing, count(*) FILTER (WHERE found > 1) AS doubled FROM (
       SELECT a.conversation, a.content, count(m.id) AS found FROM unnest($1::uuid[], $2::text[]) a (conversation, content)
       LEFT JOIN parley.message m ON m.content = a.content AND m.conversation_id = a.conversation GROUP BY 1, 2) counted`,
    [acknowledged.map(({ conversationId }) => conversationId), acknowledged.map(({ text }) => text)],
  );
  return { missing: Number(rows[0]?.missing ?? 0), doubled: Number(rows[0]?.doubled ?? 0) };
}

/** Messages to customers that the channel did not get, or got before an earlier one of the same conversation. */
export async function findDeliveryFaults(pool: pg.Pool, received: ReadonlySet<string>): Promise<Violation[]> {
  const { rows } = await pool.query<{ id: string; conversation: string }>(
    `SELECT m.id, m.conversation_id AS conversation FROM parley.message m JOIN parley.conversation c ON c.id = m.conversation_id
     WHERE m.audience = 'public' AND m.author_kind <> 'customer' AND c.channel_key LIKE 'custom:%' ORDER BY m.conversation_id, m.number`,
  );
  const places = new Map(Array.from(received, (id, place) => [id, place]));
  const violations: Violation[] = [];
  let last = { conversation: '', place: -1 };
  for (const { id, conversation } of rows) {
    const place = places.get(id);
    if (place === undefined) violations.push({ invariant: 'the channel got every message', example: id });
    else if (last.conversation === conversation && place < last.place)
      violations.push({ invariant: 'the channel got messages in their order', example: `${conversation} ${id}` });
    last = { conversation, place: place ?? -1 };
  }
  return violations.slice(0, 6);
}
