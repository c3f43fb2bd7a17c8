/**
 * The router against a real database: assignments per minute, sustained, with explanations; how that grows with agents and the line;
 * and how long an arrival waits for its offer. Baseline: one hand-written transaction per assignment.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { runRoutingCycle } from '../packages/server/src/conversations/router.ts';
import type { Database } from '../packages/server/src/db/database.ts';
import { createLog } from '../packages/server/src/log.ts';
import { startWorkLoop } from '../packages/server/src/work-loop.ts';
import { median } from './compare.ts';
import { openRoutingFixture, type RoutingFixture } from './routing-fixture.ts';

const minute = 60_000;
/** The cloud's published ceilings, in assignments per minute. */
const cloudCeiling = 5_000;
const cloudCustomCeiling = 500;
const arrivalsPerSecond = 50;
const arrivalCount = 1_500;
/** The first find cold plans and caches. */
const warmUpArrivals = 100;

export async function benchRouting(print: (line: string) => void): Promise<void> {
  print('Assignments per minute, explained, one process, embedded PostgreSQL');
  const usual = await measureThroughput(print, '1,000 agents, 20 queues, 50,000 waiting', {
    agents: 1_000,
    waiting: 50_000,
    isCustom: false,
  });
  print(
    `  against the cloud's ceiling of ${cloudCeiling}: ${(usual.perMinute / cloudCeiling).toFixed(1)} times; target 10`,
  );
  print(`  against one transaction per assignment: ${(usual.perMinute / usual.baseline).toFixed(2)} times`);
  const custom = await measureThroughput(print, 'the same with custom assignment rules', {
    agents: 1_000,
    waiting: 50_000,
    isCustom: true,
  });
  print(
    `  against the cloud's ceiling of ${cloudCustomCeiling}: ${(custom.perMinute / cloudCustomCeiling).toFixed(1)} times; target 100`,
  );
  const large = await measureThroughput(print, '10,000 agents, 100,000 waiting', {
    agents: 10_000,
    waiting: 100_000,
    isCustom: false,
  });
  print(`  cost per assignment against 1,000 agents: ${(usual.perMinute / large.perMinute).toFixed(2)}; at most 1.50`);
  await measureArrivals(print);
}

/** Each arrival is a commit and wakes the router, as in the server; free agents are there. From before the commit to after the offer's. */
async function measureArrivals(print: (line: string) => void): Promise<void> {
  const fixture = await openRoutingFixture({ agents: 1_000, queues: 20, isCustom: false });
  try {
    const waits: number[] = [];
    const began = new Map<string, number>();
    const router = startWorkLoop({
      name: 'routing',
      sweepMilliseconds: 1_000,
      log: createLog('error'),
      work: async () => (await runRoutingCycle(context)).outcome === 'more',
    });
    const context: typeof fixture.context = {
      ...fixture.context,
      announce: ({ events, isRouterWoken }) => {
        for (const { conversationId, body } of events) {
          const from = began.get(conversationId ?? '');
          if (body.type === 'AgentAssigned' && from !== undefined) waits.push(performance.now() - from);
        }
        if (isRouterWoken) router.wake();
      },
    };
    const arrivals: Promise<void>[] = [];
    const arrive = async (number: number): Promise<void> => {
      const from = performance.now();
      const { id, written } = await fixture.arrive(number);
      began.set(id, from);
      context.announce(written);
    };
    for (let number = 0; number < arrivalCount; number++) {
      arrivals.push(arrive(number));
      await sleep(1_000 / arrivalsPerSecond);
    }
    await Promise.all(arrivals);
    while (waits.length < arrivalCount) await sleep(10);
    await router.stop();
    const sorted = waits.slice(warmUpArrivals).sort((left, right) => left - right);
    const at = (part: number) => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1);
    print(
      `${arrivalsPerSecond} arrivals per second with free agents: arrival to offer event p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; target p99 50 ms`,
    );
  } finally {
    await fixture.stop();
  }
}

type Throughput = { readonly perMinute: number; readonly baseline: number };

async function measureThroughput(
  print: (line: string) => void,
  name: string,
  size: { readonly agents: number; readonly waiting: number; readonly isCustom: boolean },
): Promise<Throughput> {
  const fixture = await openRoutingFixture({ agents: size.agents, queues: 20, isCustom: size.isCustom });
  try {
    await fixture.addWaiting(size.waiting);
    await fixture.pool.query('ANALYZE');
    const baseline = await runBaseline(fixture, 500);
    const durations: number[] = [];
    const profile = new Map<string, number>();
    const context = { ...fixture.context, database: profiled(fixture.context.database, profile) };
    const processor = process.cpuUsage();
    const started = performance.now();
    let offered = 0;
    for (;;) {
      const from = performance.now();
      const result = await runRoutingCycle(context);
      durations.push(performance.now() - from);
      offered += result.offered;
      if (result.outcome !== 'more') break;
    }
    const elapsed = performance.now() - started;
    const perMinute = (offered / elapsed) * minute;
    print(
      `${name.padEnd(45)} ${Math.round(perMinute).toString().padStart(8)} per minute  (${offered} in ${(elapsed / 1000).toFixed(1)} s, ` +
        `${durations.length} cycles, median ${median(durations).toFixed(0)} ms)`,
    );
    const { user, system } = process.cpuUsage(processor);
    printProfile(print, profile, { elapsed, offered, processor: (user + system) / 1_000 });
    return { perMinute, baseline };
  } finally {
    await fixture.stop();
  }
}

/** The parts of a cycle, by how their statements begin. */
const statements: readonly (readonly [string, string])[] = [
  ['SELECT pg_try', 'lock'],
  ['DELETE FROM parley.routing_wake', 'take the marks'],
  ['SELECT q.id', 'load and lock what waits'],
  ['SELECT state FROM parley.agent WHERE id = ANY($1::uuid[]) AND', 'read the agents'],
  ['SELECT state FROM parley.agent', 'lock the chosen agents'],
  ['INSERT INTO parley.agent', 'lock the chosen agents'],
  ['WITH', 'write (runs beside deciding the next portion)'],
  ['INSERT', 'write (runs beside deciding the next portion)'],
];

function profiled(database: Database, profile: Map<string, number>): Database {
  const timed = async <Result>(part: string, work: () => Promise<Result>): Promise<Result> => {
    const from = performance.now();
    try {
      return await work();
    } finally {
      profile.set(part, (profile.get(part) ?? 0) + performance.now() - from);
    }
  };
  return {
    query: (text, values) => {
      const part = statements.find(([start]) => text.startsWith(start))?.[1] ?? 'other statements';
      return timed(part, () => database.query(text, values));
    },
    transaction: (work) => database.transaction((inner) => work(profiled(inner, profile))),
  };
}

function printProfile(
  print: (line: string) => void,
  profile: ReadonlyMap<string, number>,
  { elapsed, offered, processor }: { readonly elapsed: number; readonly offered: number; readonly processor: number },
): void {
  const line = (name: string, milliseconds: number) =>
    print(
      `    ${name.padEnd(48)} ${(milliseconds / offered).toFixed(3).padStart(7)} ms each  ${((milliseconds / elapsed) * 100).toFixed(0).padStart(3)} % of the time`,
    );
  for (const [part, milliseconds] of [...profile].sort((one, other) => other[1] - one[1])) line(part, milliseconds);
  line('processor of this process (decide, project, JSON)', processor);
}

/** What a simple implementation does: lock the next conversation, take the first agent with room, write the two rows that clients see, commit. */
async function runBaseline({ pool }: RoutingFixture, count: number): Promise<number> {
  const client = await pool.connect();
  const started = performance.now();
  for (let index = 0; index < count; index++) {
    await client.query('BEGIN');
    const next = await client.query<{ id: string; queue_id: string }>(
      'SELECT id, queue_id FROM parley.conversation WHERE is_assignable ORDER BY priority DESC, queued_on, id LIMIT 1 FOR UPDATE SKIP LOCKED',
    );
    const row = next.rows[0];
    const agent = await client.query<{ id: string }>(
      `SELECT a.id FROM parley.agent a JOIN data.queuemembership m ON m.systemuserid = a.id AND m.queueid = $1
       WHERE a.presence = 'available' ORDER BY a.units_used, a.id LIMIT 1 FOR UPDATE OF a`,
      [row?.queue_id],
    );
    const values = [row?.id, agent.rows[0]?.id];
    await client.query('UPDATE parley.agent SET units_used = units_used + 10 WHERE id = $1', [values[1]]);
    await client.query(
      'UPDATE data.msdyn_liveconversation SET statecode = 1, statuscode = 2, msdyn_activeagentid = $2 WHERE msdyn_liveconversationid = $1',
      values,
    );
    await client.query(
      'UPDATE data.msdyn_ocliveworkitem SET statuscode = 2, msdyn_activeagentid = $2 WHERE activityid = $1',
      values,
    );
    await client.query('ROLLBACK');
  }
  client.release();
  return (count / (performance.now() - started)) * minute;
}
