/** Waiting until everybody has caught up: consumers at the end of the outbox, no wake-up, timer or job left. */
import type pg from 'pg';
import { pause } from './people.ts';

/** What is still in flight, as texts for people; the clock is the servers' own. */
const inFlight = `
  WITH clock AS (SELECT extract(epoch FROM clock_timestamp()) * 1000 + ahead_milliseconds AS now FROM parley.clock)
  SELECT 'consumer ' || name || ' is behind' FROM parley.consumer c
    WHERE EXISTS (SELECT FROM parley.event e WHERE (e.txid, e.id) > (c.txid, c.id))
  UNION ALL SELECT 'there are ' || count(*) || ' marks for the router' FROM parley.routing_wake HAVING count(*) > 0
  UNION ALL SELECT 'there are ' || count(*) || ' jobs of ' || kind FROM parley.job, clock
    WHERE NOT is_dead AND (lane IS NOT NULL OR due_on <= now - 1000) GROUP BY kind
  UNION ALL SELECT 'conversation ' || id || ' has a timer due since ' || timer_on FROM parley.conversation, clock WHERE timer_on <= now - 1500
  UNION ALL SELECT 'agent ' || id || ' has a timer due since ' || timer_on FROM parley.agent, clock WHERE timer_on <= now - 2500`;

/** Looks in a row that must find nothing: between two of them a loop may pick something up. */
const quietLooks = 3;

/** @returns what was still in flight when patience ended; empty when all is quiet */
export async function waitUntilQuiet(pool: pg.Pool, patience: number): Promise<readonly string[]> {
  const deadline = performance.now() + patience;
  let quiet = 0;
  for (;;) {
    const { rows } = await pool.query<Record<string, string>>(inFlight);
    quiet = rows.length === 0 ? quiet + 1 : 0;
    if (quiet === quietLooks) return [];
    if (performance.now() > deadline) return rows.slice(0, 5).map((row) => String(Object.values(row)[0]));
    await pause(150);
  }
}
