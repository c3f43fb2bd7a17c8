/**
 * The contact centre in Prometheus: what is going on (read from the database when somebody scrapes, at most every five seconds) and
 * what this process did (counted as it does it). docs/metrics.md says how to read each of them.
 */
import { channelCodes } from '@parley/engine';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Database, SqlRow } from '../db/database.ts';

/** What the rest of the server counts. */
export type EngineCounters = {
  /** `outcome`: accepted, the name of the refusal, or `failed`. */
  readonly commands: Counter<'kind' | 'outcome'>;
  /** Seconds from the command to its commit. */
  readonly commandSeconds: Histogram<'kind'>;
  /** Agents chosen, by `reason`: the texts of `msdyn_assignreason`, such as RoutingAssign and AgentPick. */
  readonly assignments: Counter<'reason'>;
  /** Seconds of one routing cycle. */
  readonly routingCycleSeconds: Histogram;
  /** Conversations of one routing cycle, by `part`: looked (at), assigned, dropped. */
  readonly routingCycleSize: Histogram<'part'>;
  /** `outcome`: delivered, retried, dead. */
  readonly webhookDeliveries: Counter<'outcome'>;
};

type Sample = { readonly labels: Readonly<Record<string, string>>; readonly value: number };
type Samples = ReadonlyMap<string, readonly Sample[]>;

/** Values are as old as this at most. */
const maximumAge = 5000;

const gauges: readonly { readonly name: string; readonly help: string; readonly labels: readonly string[] }[] = [
  {
    name: 'parley_conversations',
    help: 'Conversations that are not closed, by status, channel and queue.',
    labels: ['status', 'channel', 'queue'],
  },
  {
    name: 'parley_queue_longest_wait_seconds',
    help: 'Seconds that the first of the line waits, by queue; absent when nobody waits.',
    labels: ['queue'],
  },
  { name: 'parley_agents', help: 'Agents by base presence.', labels: ['presence'] },
  { name: 'parley_capacity_used_units', help: 'Capacity units that conversations hold, over all agents.', labels: [] },
  {
    name: 'parley_outbox_lag_events',
    help: 'Events that a consumer has not read yet; 10000 stands for that or more.',
    labels: ['consumer'],
  },
  {
    name: 'parley_outbox_lag_seconds',
    help: 'Age of the oldest event that a consumer has not read yet; 0 when it has read all.',
    labels: ['consumer'],
  },
  { name: 'parley_due_timers', help: 'Timers that are due and not handled yet.', labels: ['of'] },
  { name: 'parley_due_jobs', help: 'Jobs that are due and not done yet.', labels: ['kind'] },
  { name: 'parley_dead_jobs', help: 'Jobs that were given up.', labels: ['kind'] },
  { name: 'parley_parked_events', help: 'Events that a consumer could not digest.', labels: ['consumer'] },
];

/**
 * Adds the metrics of the engine to a registry.
 * @returns the counters for the parts that do the work
 */
export function registerEngineMetrics(
  registry: Registry,
  { database, clock }: { readonly database: Database; readonly clock: Clock },
): EngineCounters {
  const scrape = createScrape(database, clock);
  for (const { name, help, labels } of gauges) {
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [registry],
      async collect() {
        const samples = await scrape();
        this.reset();
        for (const { labels: found, value } of samples?.get(name) ?? []) this.set(found, value);
        // Without labels prom-client starts at 0, which would be a lie.
        if (samples === undefined && labels.length === 0) this.set(Number.NaN);
      },
    });
  }
  new Gauge({
    name: 'parley_engine_scrape_success',
    help: '1 when the gauges of the engine could be read, else 0.',
    registers: [registry],
    async collect() {
      this.set((await scrape()) === undefined ? 0 : 1);
    },
  });
  return createCounters(registry);
}

function createCounters(registry: Registry): EngineCounters {
  const registers = [registry];
  return {
    commands: new Counter({
      name: 'parley_commands_total',
      help: 'Commands to conversations, by kind and outcome.',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    commandSeconds: new Histogram({
      name: 'parley_command_seconds',
      help: 'Time from a command to its commit.',
      labelNames: ['kind'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    assignments: new Counter({
      name: 'parley_assignments_total',
      help: 'Agents that were chosen for a conversation, by reason.',
      labelNames: ['reason'],
      registers,
    }),
    routingCycleSeconds: new Histogram({
      name: 'parley_routing_cycle_seconds',
      help: 'Time of one routing cycle.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    routingCycleSize: new Histogram({
      name: 'parley_routing_cycle_conversations',
      help: 'Conversations of one routing cycle, by part: looked, assigned, dropped.',
      labelNames: ['part'],
      buckets: [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
      registers,
    }),
    webhookDeliveries: new Counter({
      name: 'parley_webhook_deliveries_total',
      help: 'Attempts to deliver a webhook, by outcome.',
      labelNames: ['outcome'],
      registers,
    }),
  };
}

/** Reads once for all gauges of a scrape, and not again for a while; undefined when the database does not answer. */
function createScrape(database: Database, clock: Clock): () => Promise<Samples | undefined> {
  let last: { readonly startedOn: number; readonly samples: Promise<Samples | undefined> } | undefined;
  return () => {
    const now = clock.now();
    if (last === undefined || Math.abs(now - last.startedOn) >= maximumAge)
      // A scrape that fails must not take the other metrics of the process along.
      last = { startedOn: now, samples: readSamples(database, now).catch(() => undefined) };
    return last.samples;
  };
}

/** Closed conversations, which stay until retention, are never read: each half has a partial index. */
const conversationStatement = `SELECT c.status, s.msdyn_streamsource, coalesce(q.name, c.queue_id::text), c.conversations, c.first_queued_on
  FROM (
    SELECT status, work_stream_id, queue_id, count(*) AS conversations, min(queued_on) AS first_queued_on
    FROM parley.conversation WHERE status = 'open' GROUP BY status, work_stream_id, queue_id
    UNION ALL
    SELECT status, work_stream_id, queue_id, count(*), NULL
    FROM parley.conversation WHERE agent_id IS NOT NULL AND status <> 'closed' AND status <> 'open'
    GROUP BY status, work_stream_id, queue_id) c
  LEFT JOIN data.msdyn_liveworkstream s ON s.msdyn_liveworkstreamid = c.work_stream_id
  LEFT JOIN data.queue q ON q.queueid = c.queue_id`;

const otherStatement = `SELECT 'parley_agents', presence, count(*) FROM parley.agent GROUP BY presence
  UNION ALL SELECT 'parley_capacity_used_units', NULL, coalesce(sum(units_used), 0) FROM parley.agent
  UNION ALL SELECT 'parley_outbox_lag_events', c.name, (SELECT count(*) FROM (
    SELECT FROM parley.event e WHERE (e.txid, e.id) > (c.txid, c.id) LIMIT 10000) unread) FROM parley.consumer c
  UNION ALL SELECT 'parley_outbox_lag_seconds', c.name, coalesce((
    SELECT greatest(0, $1::bigint - e.occurred_on) / 1000.0 FROM parley.event e
    WHERE (e.txid, e.id) > (c.txid, c.id) ORDER BY e.txid, e.id LIMIT 1), 0) FROM parley.consumer c
  UNION ALL SELECT 'parley_due_timers', 'conversations', count(*) FROM parley.conversation WHERE timer_on <= $1::bigint
  UNION ALL SELECT 'parley_due_timers', 'agents', count(*) FROM parley.agent WHERE timer_on <= $1::bigint
  UNION ALL SELECT 'parley_due_jobs', kind, count(*) FROM parley.job WHERE NOT is_dead AND due_on <= $1::bigint GROUP BY kind
  UNION ALL SELECT 'parley_dead_jobs', kind, count(*) FROM parley.job WHERE is_dead GROUP BY kind
  UNION ALL SELECT 'parley_parked_events', consumer, count(*) FROM parley.parked_event GROUP BY consumer`;

async function readSamples(database: Database, now: number): Promise<Samples> {
  const samples = new Map<string, Sample[]>(gauges.map(({ name }) => [name, []]));
  addConversations(samples, await database.query(conversationStatement, []), now);
  const labelOf = new Map(gauges.map(({ name, labels }) => [name, labels[0]]));
  for (const [name, label, value] of await database.query(otherStatement, [now])) {
    const labelName = labelOf.get(name ?? '');
    const labels = labelName === undefined ? {} : { [labelName]: label ?? '' };
    samples.get(name ?? '')?.push({ labels, value: Number(value) });
  }
  return samples;
}

const channelNames: ReadonlyMap<string, string> = new Map(
  Object.entries(channelCodes).map(([name, code]) => [String(code), name]),
);

/** Work streams of one channel add up; so do queues of one name. */
function addConversations(samples: ReadonlyMap<string, Sample[]>, rows: readonly SqlRow[], now: number): void {
  const counts = new Map<string, { readonly labels: Sample['labels']; value: number }>();
  const oldest = new Map<string, number>();
  for (const [status, code, queueName, conversations, firstQueuedOn] of rows) {
    const queue = queueName ?? '';
    const labels = { status: status ?? '', channel: channelNames.get(code ?? '') ?? code ?? '', queue };
    const key = JSON.stringify(labels);
    const entry = counts.get(key) ?? { labels, value: 0 };
    entry.value += Number(conversations);
    counts.set(key, entry);
    if (firstQueuedOn === null || firstQueuedOn === undefined) continue;
    oldest.set(queue, Math.min(oldest.get(queue) ?? Number.POSITIVE_INFINITY, Number(firstQueuedOn)));
  }
  samples.get('parley_conversations')?.push(...counts.values());
  for (const [queue, queuedOn] of oldest) {
    const value = Math.max(0, now - queuedOn) / 1000;
    samples.get('parley_queue_longest_wait_seconds')?.push({ labels: { queue }, value });
  }
}
