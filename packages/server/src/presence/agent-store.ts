/** Agents in `parley.agent`: the engine's state as a document, and the columns that SQL searches by. */
import { type Agent, type Guid, type Instant, newAgent, type PresenceSettings } from '@parley/engine';
import type { Database, SqlRow } from '../db/database.ts';
import type { JsonRow, RowColumn, WriteBatch } from '../db/write-batch.ts';

const key: RowColumn = { name: 'id', sqlType: 'uuid' };
const columns: readonly RowColumn[] = [
  { name: 'sequence', sqlType: 'bigint' },
  { name: 'presence', sqlType: 'text' },
  { name: 'units_used', sqlType: 'integer' },
  { name: 'timer_on', sqlType: 'bigint' },
  { name: 'state', sqlType: 'json', isDocument: true },
];

/**
 * Locks agents until the end of the transaction, in order of their ids. Whoever has none gets a row, signed out: so the answer has
 * all of them.
 * @param ids in ascending order, lower case
 */
export async function lockAgents(
  database: Database,
  ids: readonly Guid[],
  now: Instant,
  presences: PresenceSettings,
): Promise<Map<Guid, Agent>> {
  if (ids.length === 0) return new Map();
  // Before any lock is taken: two transactions that both make the same row would otherwise wait for each other.
  await addMissing(database, ids, newAgent('', now, presences));
  const rows = await database.query(
    'SELECT state FROM parley.agent WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
    [ids],
  );
  return readRows(rows);
}

/** The agents that have a timer due, locked; those that somebody else holds are left for later. The most overdue come first. */
export async function lockDueAgents(database: Database, now: Instant, limit: number): Promise<Map<Guid, Agent>> {
  const rows = await database.query(
    `SELECT state FROM parley.agent WHERE timer_on <= $1::bigint ORDER BY timer_on, id LIMIT $2::integer
     FOR UPDATE SKIP LOCKED`,
    [now, limit],
  );
  return readRows(rows);
}

/** As they are, without a lock. Missing: nothing has ever happened to them. */
export async function readAgents(database: Database, ids: readonly Guid[]): Promise<Map<Guid, Agent>> {
  if (ids.length === 0) return new Map();
  return readRows(await database.query('SELECT state FROM parley.agent WHERE id = ANY($1::uuid[])', [ids]));
}

/** Those of the agents who are signed in, without a lock. */
export async function readSignedIn(database: Database, ids: readonly Guid[]): Promise<Map<Guid, Agent>> {
  if (ids.length === 0) return new Map();
  const rows = await database.query(
    `SELECT state FROM parley.agent WHERE id = ANY($1::uuid[]) AND (state ->> 'isSignedIn')::boolean`,
    [ids],
  );
  return readRows(rows);
}

/** Adds to a batch what writes the agents' states; their rows exist, because they have been locked. */
export function saveAgents(batch: WriteBatch, agents: readonly Agent[]): void {
  batch.update('parley.agent', key, columns, agents.map(rowOf));
}

async function addMissing(database: Database, ids: readonly Guid[], agent: Agent): Promise<void> {
  const { sequence, basePresence, unitsUsed } = agent;
  await database.query(
    `INSERT INTO parley.agent (id, sequence, presence, units_used, state)
     SELECT id, $2::bigint, $3, $4::integer, jsonb_set($5::jsonb, '{id}', to_jsonb(id::text))
     FROM unnest($1::uuid[]) AS wanted(id)
     WHERE NOT EXISTS (SELECT FROM parley.agent known WHERE known.id = wanted.id)
     ORDER BY id
     ON CONFLICT (id) DO NOTHING`,
    [ids, sequence, basePresence, unitsUsed, JSON.stringify(agent)],
  );
}

function rowOf(agent: Agent): JsonRow {
  const dueOn = agent.timers.map((timer) => timer.dueOn);
  return {
    id: agent.id,
    sequence: agent.sequence,
    presence: agent.basePresence,
    units_used: agent.unitsUsed,
    timer_on: dueOn.length === 0 ? null : Math.min(...dueOn),
    state: agent,
  };
}

function readRows(rows: readonly SqlRow[]): Map<Guid, Agent> {
  const agents = new Map<Guid, Agent>();
  for (const [text] of rows) {
    // Written by this module only.
    const agent = JSON.parse(text ?? 'null') as Agent;
    agents.set(agent.id, agent);
  }
  return agents;
}
