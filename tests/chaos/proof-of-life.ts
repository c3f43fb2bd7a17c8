/** The system works: what waits is worked off in the order in which it came, and somebody new is offered to an agent and answered. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { workOff } from './agents.ts';
import { startConversation } from './customers.ts';
import type { Violation } from './invariants.ts';
import { pause, type World } from './people.ts';
import type { Scene } from './scene.ts';

const patience = 40_000;
/** New conversations besides what is left over. */
const newcomers = 20;

type Waiting = { readonly id: string; readonly queue: string };

/** Agents must have nothing and take nothing when this begins. */
export async function showThatItWorks(world: World, scene: Scene, pool: pg.Pool): Promise<Violation[]> {
  const never = (): boolean => false;
  const started: string[] = [];
  for (let count = 0; count < newcomers; count++) {
    const id = await startConversation(world, scene.channel, `newcomer-${randomUUID()}`, never);
    if (id !== undefined) started.push(id);
  }
  const line = await readLine(pool);
  const since = await readEnd(pool);
  const deadline = performance.now() + patience;
  let left = await countUnfinished(pool, started);
  while (left > 0 && performance.now() < deadline) {
    await Promise.all(scene.agents.map((person) => workOff(world, { person, workStreamId: scene.workStreamId })));
    await pause(50);
    left = await countUnfinished(pool, started);
  }
  if (left > 0) return [{ invariant: 'new conversations are answered', example: `${left} are not closed` }];
  return findOvertaking(line, await readOffers(pool, since));
}

/** What the router may give out, in the order in which it should. */
async function readLine(pool: pg.Pool): Promise<Waiting[]> {
  const { rows } = await pool.query<Waiting>(
    `SELECT id, queue_id AS queue FROM parley.conversation WHERE is_assignable AND state->'routing'->>'affinityAgentId' IS NULL
       AND state->'routing'->>'declines' = '[]' ORDER BY priority DESC, queued_on, id`,
  );
  return rows;
}

async function readEnd(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('SELECT coalesce(max(id), 0) AS id FROM parley.event');
  return rows[0]?.id ?? '0';
}

/** Conversations in the order of their first offer. */
async function readOffers(pool: pg.Pool, since: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT conversation_id AS id FROM parley.event WHERE id > $1::bigint AND type = 'AgentAssigned' AND payload->>'reason' = 'RoutingAssign'
     ORDER BY event.txid, event.id`,
    [since],
  );
  return [...new Set(rows.map(({ id }) => id))];
}

async function countUnfinished(pool: pg.Pool, ids: readonly string[]): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    `SELECT count(*) FROM unnest($1::uuid[]) started (id) LEFT JOIN parley.conversation c USING (id) WHERE c.status IS DISTINCT FROM 'closed'`,
    [ids],
  );
  return Number(rows[0]?.count);
}

/** First in, first out: of one queue nobody is offered before somebody who waited longer. */
function findOvertaking(line: readonly Waiting[], offers: readonly string[]): Violation[] {
  const violations: Violation[] = [];
  const turns = new Map(offers.map((id, turn) => [id, turn]));
  for (const queue of new Set(line.map((one) => one.queue))) {
    let latest = -1;
    for (const { id } of line.filter((one) => one.queue === queue)) {
      const turn = turns.get(id);
      if (turn === undefined) continue;
      if (turn < latest) violations.push({ invariant: 'first in, first out', example: `${id} was offered too early` });
      latest = Math.max(latest, turn);
    }
  }
  return violations.slice(0, 3);
}
