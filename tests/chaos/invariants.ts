/** What must hold in the database whatever happened to the servers: one query each that lists violations. */
import type pg from 'pg';

export type Violation = { readonly invariant: string; readonly example: string };

const checks: Readonly<Record<string, string>> = {
  'never two primary agents in one conversation': `
    SELECT s.msdyn_liveworkitemid::text FROM data.msdyn_sessionparticipant p JOIN data.msdyn_ocsession s ON s.activityid = p.msdyn_omnichannelsession
    WHERE p.msdyn_mode = 192350002 AND p.msdyn_joinedon IS NOT NULL AND p.msdyn_lefton IS NULL
      AND EXISTS (SELECT FROM parley.conversation c WHERE c.id = s.msdyn_liveworkitemid)
    GROUP BY 1 HAVING count(*) > 1`,
  'capacity in use is the sum of what is assigned': `
    SELECT a.id::text || ': used ' || a.units_used || ', held ' || coalesce(h.units, 0) FROM parley.agent a
    LEFT JOIN (SELECT hold->>'agentId' AS agent, sum((hold->>'units')::int) AS units
      FROM parley.conversation c, json_array_elements(c.state->'holds') hold GROUP BY 1) h ON h.agent = a.id::text
    WHERE a.units_used <> coalesce(h.units, 0)`,
  'the agent document says what its columns say': `
    SELECT id::text FROM parley.agent WHERE units_used <> (state->>'unitsUsed')::int OR presence <> state->>'basePresence'`,
  'the agent status row says what the agent has': `
    SELECT a.id::text || ': ' || coalesce(s.msdyn_assignedconversationcount::text, 'none') || ' against ' || (a.state->>'conversationCount')
    FROM parley.agent a LEFT JOIN data.msdyn_agentstatus s ON s.msdyn_agentid = a.id
    WHERE a.sequence > 1 AND s.msdyn_assignedconversationcount IS DISTINCT FROM (a.state->>'conversationCount')::int`,
  'a closed conversation holds nobody': `
    SELECT id::text FROM parley.conversation WHERE status = 'closed'
      AND (state->>'holds' <> '[]' OR state->>'participants' <> '[]' OR state->>'timers' <> '[]')`,
  'what is not closed has an agent or a timer': `
    SELECT id::text FROM parley.conversation WHERE status <> 'closed' AND agent_id IS NULL AND timer_on IS NULL`,
  'both conversation rows show the state': `
    SELECT c.id::text || ' ' || c.status || ' ' || l.statuscode || ' ' || w.statuscode FROM parley.conversation c
    JOIN data.msdyn_liveconversation l ON l.msdyn_liveconversationid = c.id JOIN data.msdyn_ocliveworkitem w ON w.activityid = c.id
    WHERE l.statuscode <> w.statuscode
      OR l.statuscode <> CASE c.status WHEN 'open' THEN 1 WHEN 'active' THEN 2 WHEN 'waiting' THEN 3 WHEN 'closed' THEN 4 ELSE 5 END
      OR l.msdyn_activeagentid IS DISTINCT FROM c.agent_id OR w.msdyn_activeagentid IS DISTINCT FROM c.agent_id`,
  'messages are numbered without gaps': `
    SELECT c.id::text FROM parley.conversation c LEFT JOIN parley.message m ON m.conversation_id = c.id
    GROUP BY c.id, c.state->>'messageCount' HAVING count(m.number) <> (c.state->>'messageCount')::int OR coalesce(max(m.number), 0) <> count(m.number)`,
  'one session is open at most, and it is the current one': `
    SELECT c.id::text FROM parley.conversation c JOIN data.msdyn_ocsession s ON s.msdyn_liveworkitemid = c.id
    WHERE s.statecode = 0 AND s.activityid::text IS DISTINCT FROM c.state->'session'->>'id'`,
  'an offer has its explanation': `
    SELECT e.conversation_id::text || ' at ' || e.sequence FROM parley.event e WHERE e.type = 'AgentAssigned' AND e.payload->>'reason' IN ('RoutingAssign', 'AgentAffinity')
      AND (SELECT count(*) FROM data.parley_routingdecision d WHERE d.parley_conversationid = e.conversation_id AND d.parley_kind = 2)
        < (SELECT count(*) FROM parley.event o WHERE o.conversation_id = e.conversation_id AND o.type = 'AgentAssigned' AND o.payload->>'reason' IN ('RoutingAssign', 'AgentAffinity'))`,
};

export async function findViolations(pool: pg.Pool): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const [invariant, statement] of Object.entries(checks)) {
    const { rows } = await pool.query<Record<string, string>>(`${statement} LIMIT 3`);
    for (const row of rows) violations.push({ invariant, example: String(Object.values(row)[0]) });
  }
  return violations;
}

export type Losses = { readonly missing: number; readonly doubled: number };

/** Acknowledged messages that are not there exactly once. */
export async function findLosses(
  pool: pg.Pool,
  acknowledged: readonly { readonly conversationId: string; readonly clientId: string }[],
): Promise<Losses> {
  const { rows } = await pool.query<{ missing: string; doubled: string }>(
    `SELECT count(*) FILTER (WHERE found = 0) AS missing, count(*) FILTER (WHERE found > 1) AS doubled FROM (
       SELECT a.conversation, a.client, count(m.id) AS found FROM unnest($1::uuid[], $2::text[]) a(conversation, client)
       LEFT JOIN parley.message m ON m.conversation_id = a.conversation AND (m.client_id = a.client OR m.client_id LIKE '%' || a.client)
       GROUP BY 1, 2) counted`,
    [acknowledged.map(({ conversationId }) => conversationId), acknowledged.map(({ clientId }) => clientId)],
  );
  return { missing: Number(rows[0]?.missing ?? 0), doubled: Number(rows[0]?.doubled ?? 0) };
}
