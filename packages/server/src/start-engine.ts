/** Puts the conversation engine together: clock, configuration, conversations, agents, events, jobs, channels and their loops. */
import type { Guid } from '@parley/engine';
import type { PoolConfig } from 'pg';
import type { Registry } from 'prom-client';
import { type Attachments, createAttachments, createBlobDeletion } from './blobs/attachments.ts';
import { openBlobs } from './blobs/open-blobs.ts';
import { channelParts } from './channels/channel-parts.ts';
import { createCustomMessagingAdapter } from './channels/custom-messaging/custom-messaging-adapter.ts';
import { createGuardedFetch, type GuardedFetch } from './channels/webhooks/guarded-fetch.ts';
import { loopbackAllowance, parseAllowance } from './channels/webhooks/network-allowance.ts';
import { createClock, type MovableClock } from './clock-source.ts';
import type { Config } from './config.ts';
import { createConversations } from './conversations/conversations.ts';
import type { ConversationsContext } from './conversations/conversations-context.ts';
import { agentConsumer } from './conversations/follow-agents.ts';
import { profileOf } from './conversations/load-facts.ts';
import { createRecordGone } from './conversations/record-gone.ts';
import { runRoutingCycle } from './conversations/router.ts';
import { transcriptConsumer } from './conversations/store-transcripts.ts';
import { createConversationTimers } from './conversations/timers.ts';
import { createWriter } from './conversations/write-changes.ts';
import type { Database } from './db/database.ts';
import { createNotifier, type Notifier } from './db/notifier.ts';
import { listen } from './db/postgres-notifications.ts';
import { createSessionLocks } from './db/session-locks.ts';
import type { FanOut } from './fan-out/fan-out.ts';
import { createNatsFanOut } from './fan-out/nats-fan-out.ts';
import { createPostgresFanOut } from './fan-out/postgres-fan-out.ts';
import type { Jobs } from './jobs/job.ts';
import { createJobRunner } from './jobs/job-runner.ts';
import { createRetention } from './jobs/retention.ts';
import type { Logger } from './log.ts';
import { type EngineCounters, registerEngineMetrics } from './metrics/engine-metrics.ts';
import { createQueueLoads } from './metrics/queue-load.ts';
import type { TableModel } from './model/table-model.ts';
import { defaultTeamId, rootBusinessUnitId, systemUserId } from './organization/organization-ids.ts';
import { createEventFeed } from './outbox/event-feed.ts';
import type { Written } from './outbox/write-events.ts';
import { createPresence, type Presence } from './presence/presence.ts';
import { type ConfigurationCache, createConfigurationCache } from './routing/configuration-cache.ts';
import { readRetention } from './routing/read-retention.ts';
import { startWorkLoop, type WorkLoop } from './work-loop.ts';

export type EngineOptions = {
  readonly config: Config;
  readonly log: Logger;
  readonly model: TableModel;
  readonly database: Database;
  /** For connections of their own: listeners and locks. */
  readonly connection: PoolConfig;
  readonly registry: Registry;
  readonly isDemo: boolean;
  readonly organizationId: string;
  /** What ends things, in the order in which they were started; run from the last to the first. */
  readonly cleanup: (() => void | Promise<void>)[];
  /** Of this server, as its callers reach it; known once it listens. */
  origin(): string;
};

export type Engine = {
  readonly clock: MovableClock;
  readonly configuration: ConfigurationCache;
  readonly conversations: ReturnType<typeof createConversations>;
  readonly presence: Presence;
  readonly attachments: Attachments;
  readonly fetch: GuardedFetch;
  readonly queueLoads: ReturnType<typeof createQueueLoads>;
  /** Fires the conversation timers that are due now. */
  fireTimers(): Promise<unknown>;
};

/** Looks that nobody asked for, in milliseconds: only a lost wake-up has to wait so long. */
const sweepMilliseconds = 1_000;
const timerSweepMilliseconds = 250;
const agentTimers = 100;
/** How long a delivery waits at most when the process that was at it dies, in milliseconds. */
const jobLease = 15_000;
const realtimeSubject = 'realtime';
/** Days to keep what has no setting of its own. */
const retentionDays = { events: 14, deadJobs: 30, parkedEvents: 30 };

export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { database, connection, log, cleanup } = options;
  const clock = await createClock({ database, connection, log });
  cleanup.push(() => clock.close());
  const configuration = await createConfigurationCache({ database, connection, log });
  cleanup.push(() => configuration.close());
  const counters = registerEngineMetrics(options.registry, { database, clock });
  const fanOut = await openFanOut(options);
  cleanup.push(() => fanOut.close());
  const queueLoads = createQueueLoads({ database, clock });
  const notifier = createNotifier(database, log);
  cleanup.push(() => notifier.close());
  const wakes = createWakes();
  const context = createContext(options, { clock, configuration, counters, fanOut, queueLoads, notifier, wakes });
  const conversations = createConversations(context);
  const presence = createPresence({
    database,
    clock,
    configuration: configuration.current,
    writeChanges: (inner, changes) => context.writer.write(inner, { ...changes, conversations: [], explanations: [] }),
    announce: context.announce,
  });
  const timers = createConversationTimers(context, log);
  const { attachments, fetch } = await startChannels(options, { clock, conversations, wakes, counters });
  startLoops({ options, context, counters, clock, configuration, presence, timers, wakes });
  await startListening(options, wakes);
  return { clock, configuration, conversations, presence, attachments, fetch, queueLoads, fireTimers: timers.fire };
}

/** NATS where the operator has it, else the database's own notifications. */
async function openFanOut({ config, database, connection, log, organizationId }: EngineOptions): Promise<FanOut> {
  const subjects = [realtimeSubject];
  return config.natsUrls.length > 0
    ? createNatsFanOut({ urls: config.natsUrls, log, subjects, prefix: `parley.${organizationId}` })
    : createPostgresFanOut({ database, connection, log, subjects });
}

type Parts = {
  readonly clock: MovableClock;
  readonly configuration: ConfigurationCache;
  readonly counters: EngineCounters;
  readonly fanOut: FanOut;
  readonly queueLoads: ReturnType<typeof createQueueLoads>;
  readonly notifier: Notifier;
  readonly wakes: Wakes;
};

function createContext(options: EngineOptions, parts: Parts): ConversationsContext {
  const { clock, configuration, queueLoads, counters } = parts;
  const known = (id: Guid) => profileOf(configuration.current(), id);
  return {
    database: options.database,
    clock,
    writer: createWriter({
      model: options.model,
      ownerTeamId: defaultTeamId,
      businessUnitId: rootBusinessUnitId,
      systemUserId,
      profileOf: known,
      businessUnitOf: (id) => String(known(id).attributes['businessunitid'] ?? rootBusinessUnitId),
    }),
    configuration: configuration.current,
    queueLoads: queueLoads.read,
    announce: (written) => announce(parts, written),
    measure: (kind, work) => measure(counters, kind, work),
  };
}

/** What was written is out already; this tells this process and the others at once. */
function announce({ fanOut, counters, notifier, wakes }: Parts, { events, isRouterWoken }: Written): void {
  for (const { body } of events) if (body.type === 'AgentAssigned') counters.assignments.inc({ reason: body.reason });
  const channels = [...(isRouterWoken ? ['parley_routing'] : []), ...(events.length > 0 ? ['parley_events'] : [])];
  for (const channel of channels) {
    wakes.wake(channel);
    notifier.notify(channel);
  }
  if (events.length > 0)
    void fanOut.publish(
      realtimeSubject,
      events.map((event) => JSON.stringify(event)),
    );
}

async function measure<Result>(counters: EngineCounters, kind: string, work: () => Promise<Result>): Promise<Result> {
  const stop = counters.commandSeconds.startTimer({ kind });
  try {
    const result = await work();
    counters.commands.inc({ kind, outcome: outcomeOf(result) });
    return result;
  } catch (error) {
    counters.commands.inc({ kind, outcome: 'failed' });
    throw error;
  } finally {
    stop();
  }
}

/** Commands answer with what became of them; other steps succeed or throw. */
function outcomeOf(result: unknown): string {
  const isRefusal = typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'refused';
  return isRefusal && 'name' in result ? String(result.name) : 'accepted';
}

type Wakes = ReturnType<typeof createWakes>;

/** Who is to be woken when the database says that something is there. */
function createWakes() {
  const listeners = new Map<string, Set<() => void>>();
  const of = (channel: string): Set<() => void> => {
    const found = listeners.get(channel) ?? new Set();
    listeners.set(channel, found);
    return found;
  };
  return {
    on(channel: string, listener: () => void): () => void {
      of(channel).add(listener);
      return () => of(channel).delete(listener);
    },
    wake(channel: string): void {
      for (const listener of of(channel)) listener();
    },
    wakeAll(): void {
      for (const channel of listeners.keys()) this.wake(channel);
    },
  };
}

const wakeChannels = ['parley_routing', 'parley_events', 'parley_jobs'];

async function startListening({ connection, log, cleanup }: EngineOptions, wakes: Wakes): Promise<void> {
  const listener = await listen(connection, wakeChannels, (channel) => wakes.wake(channel), {
    onLost: (error) => log.warn({ err: error }, 'Wake-ups are lost; loops look by themselves until they are back'),
    onRestored: () => wakes.wakeAll(),
  });
  cleanup.push(() => listener.close());
}

type ChannelNeeds = {
  readonly clock: MovableClock;
  readonly conversations: ReturnType<typeof createConversations>;
  readonly wakes: Wakes;
  readonly counters: EngineCounters;
};

/** Consumers of events, jobs, and the channels that both work for. */
async function startChannels(
  options: EngineOptions,
  { clock, conversations, wakes, counters }: ChannelNeeds,
): Promise<Pick<Engine, 'attachments' | 'fetch'>> {
  const { config, database, connection, log, cleanup } = options;
  const fetch = createGuardedFetch(
    parseAllowance([...config.webhookAllow, ...(options.isDemo ? loopbackAllowance : [])]),
  );
  cleanup.push(() => fetch.close());
  const blobs = openBlobs(config);
  cleanup.push(() => blobs.close());
  const jobs: Jobs = { enqueue: (inner, job) => runner.enqueue(inner, job) };
  const adapters = [createCustomMessagingAdapter({ database, fetch, origin: options.origin })];
  const channels = channelParts({
    database,
    conversations,
    jobs,
    clock,
    adapters,
    count: (outcome) => counters.webhookDeliveries.inc({ outcome }),
  });
  const consumers = [
    transcriptConsumer(database, conversations),
    agentConsumer(database, conversations),
    ...channels.consumers,
  ];
  const runner = createJobRunner({
    database,
    clock,
    log,
    leaseMilliseconds: jobLease,
    wake: (listener) => wakes.on('parley_jobs', listener),
    kinds: [
      ...channels.jobKinds,
      createBlobDeletion(blobs),
      createRecordGone(database, conversations),
      createRetention({
        database,
        clock,
        days: async () => ({ ...retentionDays, ...(await readRetention(database)) }),
        consumers: consumers.map(({ name }) => name),
      }),
    ],
  });
  cleanup.push(clock.onMove(() => wakes.wake('parley_jobs')));
  const locks = createSessionLocks(connection, log);
  cleanup.push(() => locks.close());
  const feed = createEventFeed({ database, locks, log, wake: (listener) => wakes.on('parley_events', listener) });
  cleanup.push(() => feed.stop());
  for (const consumer of consumers) await feed.register(consumer);
  runner.start();
  cleanup.push(() => runner.stop());
  return { attachments: createAttachments({ database, blobs, clock }), fetch };
}

type LoopParts = {
  readonly options: EngineOptions;
  readonly context: ConversationsContext;
  readonly counters: EngineCounters;
  readonly clock: MovableClock;
  readonly configuration: ConfigurationCache;
  readonly presence: Presence;
  readonly timers: ReturnType<typeof createConversationTimers>;
  readonly wakes: Wakes;
};

function startLoops({ options, context, counters, clock, configuration, presence, timers, wakes }: LoopParts): void {
  const { log, cleanup } = options;
  const run = (name: string, milliseconds: number, work: () => Promise<boolean>): WorkLoop => {
    const loop = startWorkLoop({ name, sweepMilliseconds: milliseconds, log, work });
    cleanup.push(() => loop.stop());
    return loop;
  };
  const routing = run('routing', sweepMilliseconds, async () => {
    const stop = counters.routingCycleSeconds.startTimer();
    const { outcome, offered, looked, dropped } = await runRoutingCycle(context);
    if (outcome === 'busy' || outcome === 'idle') return false;
    stop();
    counters.routingCycleSize.observe({ part: 'looked' }, looked);
    counters.routingCycleSize.observe({ part: 'assigned' }, offered);
    counters.routingCycleSize.observe({ part: 'dropped' }, dropped);
    return outcome === 'more';
  });
  wakes.on('parley_routing', routing.wake);
  // New rules may let somebody take what waits.
  cleanup.push(configuration.onChange(() => void wakeWaiting(context.database).then(routing.wake, () => undefined)));
  const due = run('timers', timerSweepMilliseconds, timers.fire);
  const agents = run(
    'agent timers',
    sweepMilliseconds,
    async () => (await presence.fireTimers(agentTimers)) === agentTimers,
  );
  cleanup.push(
    clock.onMove(() => {
      due.wake();
      agents.wake();
    }),
  );
}

/** Marks every queue in which something waits. */
async function wakeWaiting(database: Database): Promise<void> {
  await database.query(
    'INSERT INTO parley.routing_wake (queue_id) SELECT DISTINCT queue_id FROM parley.conversation WHERE is_assignable AND queue_id IS NOT NULL',
    [],
  );
}
