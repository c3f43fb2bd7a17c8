/**
 * The chaos run: server processes on one database are killed at random instants while customers and agents work. Afterwards every
 * acknowledged message must be there once, every invariant hold, everybody have caught up, and the system work.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { createPool } from '../../packages/server/src/db/pool.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { type Invitations, startAgent, startSupervisor } from './agents.ts';
import { startCustomer } from './customers.ts';
import { findDeliveryFaults, findLosses, findViolations, type Violation } from './invariants.ts';
import { createTally, createWorld, type Person, pause, startPerson, type Tally, type World } from './people.ts';
import { showThatItWorks } from './proof-of-life.ts';
import { createRandom, type Random } from './random.ts';
import { prepareScene, type Scene } from './scene.ts';
import { type ServerGroup, startServerGroup } from './server-group.ts';
import { waitUntilQuiet } from './settle.ts';
import { createTokens, tokenEnvironment } from './tokens.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

export type ChaosOptions = {
  readonly kills: number;
  readonly servers: number;
  /** How many must be up for a kill, mostly. */
  readonly leastUp: number;
  readonly seed: number;
  readonly onProgress: (line: string) => void;
};

export type ChaosReport = {
  readonly kills: number;
  readonly tally: Tally;
  readonly missing: number;
  readonly doubled: number;
  /** Invariants that did not hold, whenever that was found. */
  readonly violations: readonly Violation[];
  /** What had not caught up in time at the end. */
  readonly stuck: readonly string[];
  readonly failedStarts: readonly string[];
  readonly webhooksReceived: number;
  /** Sent again with the same id, which the receiver can tell. */
  readonly webhooksRepeated: number;
};

const customers = 4;
/** Between two kills, at most, in milliseconds. */
const longestPause = 1200;
/** Kills between two looks at the invariants. */
const lookEvery = 10;
const patience = 40_000;
/** The clock runs faster than the hours of the day, so that offers run out and waiting conversations are closed in the run. */
const clockStep = 4_000;
const clockEvery = 1_000;
/** Longer than the lease of a job: those of killed servers are due again. */
const leaseIsOver = 61_000;
/** Further than any offer: what nobody answered goes back to its queue. */
const offersAreOver = 200_000;

type Run = {
  readonly options: ChaosOptions;
  readonly random: Random;
  readonly servers: ServerGroup;
  readonly world: World;
  readonly scene: Scene;
  readonly pool: pg.Pool;
  readonly receiver: WebhookReceiver;
  readonly violations: Violation[];
  readonly stuck: string[];
};

/** @throws when the run itself cannot be set up; what the servers do wrong is in the report */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const cleanup: (() => Promise<unknown>)[] = [];
  try {
    const run = await prepare(options, cleanup);
    await makeChaos(run);
    return await judge(run);
  } finally {
    for (const step of cleanup.reverse()) await step();
  }
}

async function prepare(options: ChaosOptions, cleanup: (() => Promise<unknown>)[]): Promise<Run> {
  const random = createRandom(options.seed);
  const database = await createTestDatabase();
  cleanup.push(() => database.drop());
  const name = `chaos_${randomUUID().replaceAll('-', '')}`;
  await database.pool.query(`CREATE DATABASE ${name}`);
  cleanup.push(() => database.pool.query(`DROP DATABASE ${name} WITH (FORCE)`));
  const pool = createPool({ ...database.connection, database: name }, { max: 2, log: createLog('error') });
  cleanup.push(() => pool.end());
  const directory = await mkdtemp(path.join(os.tmpdir(), 'parley-chaos-'));
  cleanup.push(() => rm(directory, { recursive: true, force: true }));
  const receiver = await startWebhookReceiver();
  cleanup.push(() => receiver.stop());
  const { user, password, host, port } = database.connection;
  const DATABASE_URL = `postgresql://${user}:${encodeURIComponent(password)}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
  const environment = { ...tokenEnvironment, DATABASE_URL, PARLEY_DEMO: 'on', PARLEY_MOVABLE_CLOCK: 'on' };
  const group = { servers: options.servers, random: createRandom(options.seed + 1), environment, directory };
  const servers = await startServerGroup(group);
  cleanup.push(() => servers.stop());
  const first = servers.pick();
  if (first === undefined) throw new Error(`No server started: ${servers.failedStarts.join('\n')}`);
  const tokens = createTokens();
  const scene = await prepareScene(first, tokens, receiver);
  const world = createWorld(servers, tokens, createTally());
  options.onProgress(`${servers.upCount()} servers are up`);
  return { options, random, servers, world, scene, pool, receiver, violations: [], stuck: [] };
}

async function makeChaos(run: Run): Promise<void> {
  const { options, random, servers, world } = run;
  const people = populate(run);
  for (let kill = 1; kill <= options.kills; kill++) {
    await pause(random() * longestPause);
    // Mostly all must be up, so that they get somewhere; once in a while all may be gone at the same time.
    const leastUp = random() < 0.15 ? 1 : Math.min(options.leastUp, options.servers);
    while (servers.upCount() < leastUp) await pause(20);
    await servers.killOne();
    if (kill % lookEvery !== 0) continue;
    run.violations.push(...(await findViolations(run.pool, { quiet: false })));
    options.onProgress(`${kill} kills: ${describeTally(world.tally)}, ${run.violations.length} violations`);
  }
  await servers.settled();
  // Something to do for the servers that nobody kills any more, before everybody goes home.
  await pause(1000);
  await Promise.all(people.map((person) => person.stop()));
}

function describeTally({ conversationsStarted, acknowledged, commandsAccepted }: Tally): string {
  return `${conversationsStarted} conversations, ${acknowledged.length} messages acknowledged, ${commandsAccepted} commands accepted`;
}

function populate({ options: { seed }, world, scene }: Run): Person[] {
  const { agents, supervisor, channel, queueIds, workStreamId } = scene;
  const invitations: Invitations = new Map();
  return [
    ...Array.from({ length: customers }, (_, index) => startCustomer(world, channel, createRandom(seed + 100 + index))),
    ...agents.map((person, index) => {
      const colleagues = agents.filter((agent) => agent !== person);
      const random = createRandom(seed + 200 + index);
      return startAgent(world, { person, colleagues, invitations, queueIds, workStreamId, random });
    }),
    startSupervisor(world, { person: supervisor, colleagues: agents, workStreamId, random: createRandom(seed + 300) }),
    startClock(world),
  ];
}

function startClock(world: World): Person {
  return startPerson(async () => {
    await moveClock(world, clockStep);
    await pause(clockEvery);
  });
}

async function moveClock(world: World, milliseconds: number): Promise<void> {
  await world.ask({ target: 'parley_MoveClock', body: { Milliseconds: milliseconds } });
}

async function judge(run: Run): Promise<ChaosReport> {
  const { options, servers, world, pool, receiver, violations, stuck } = run;
  // First what is there to be done, then what the dead had begun, then what nobody answers.
  await pause(500);
  for (const step of [leaseIsOver, offersAreOver, offersAreOver]) {
    await moveClock(world, step);
    stuck.push(...(await waitUntilQuiet(pool, patience)));
  }
  violations.push(...(await findViolations(pool, { quiet: true })));
  violations.push(...(await findDeliveryFaults(pool, receiver.received)));
  options.onProgress('everybody has caught up; does it still work?');
  violations.push(...(await showThatItWorks(world, run.scene, pool)));
  stuck.push(...(await waitUntilQuiet(pool, patience)));
  violations.push(...(await findViolations(pool, { quiet: true })));
  violations.push(...(await findDeliveryFaults(pool, receiver.received)));
  return {
    kills: options.kills,
    tally: world.tally,
    ...(await findLosses(pool, world.tally.acknowledged)),
    violations,
    stuck,
    failedStarts: servers.failedStarts,
    webhooksReceived: receiver.received.size,
    webhooksRepeated: receiver.repeatedCount(),
  };
}
