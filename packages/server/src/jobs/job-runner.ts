/**
 * Runs stored jobs, in every server process, each job in one at a time. At least once: a process can die after the work and
 * before it is written down, and a job that outlives its lease while its process is cut off runs in two places.
 */
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import { errorText } from '../error-text.ts';
import type { Logger } from '../log.ts';
import { createWakeSignal, type Subscribe } from '../wake-signal.ts';
import { JobFailure, type JobKind, type Jobs } from './job.ts';
import {
  type ClaimedJob,
  claimJobs,
  endJob,
  insertJob,
  type JobEnd,
  type JobStatus,
  readJobStatus,
  readNextDue,
  renewLeases,
} from './job-store.ts';

export type JobRunner = Jobs & {
  start(): void;
  /** Claims nothing more; resolves when the jobs that run have ended. */
  stop(): Promise<void>;
  /** Looks once, runs what is due as far as there is room, and resolves when that has ended. @returns how many jobs ran */
  tick(): Promise<number>;
  status(): Promise<readonly JobStatus[]>;
};

export type JobRunnerOptions = {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly kinds: readonly JobKind[];
  /** Calls when jobs may be due: after NOTIFY on `parley_jobs`, and when the clock was moved. */
  readonly wake?: Subscribe;
  /** Milliseconds between two looks at most. */
  readonly sweepMilliseconds?: number;
  /** How long after the death of a process its jobs are due again, in milliseconds. */
  readonly leaseMilliseconds?: number;
};

type Context = Required<Omit<JobRunnerOptions, 'wake' | 'kinds'>> & {
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly running: Running;
};

/** @throws when two kinds have one name */
export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { database, clock, log, sweepMilliseconds = 1_000, leaseMilliseconds = 60_000 } = options;
  const kinds = new Map(options.kinds.map((kind) => [kind.name, kind]));
  if (kinds.size < options.kinds.length) throw new Error('Two kinds of jobs have one name');
  const signal = createWakeSignal();
  const running = createRunning(database, clock, log, leaseMilliseconds);
  const context: Context = { database, clock, log, sweepMilliseconds, leaseMilliseconds, kinds, running };
  let isStopping = false;
  let loop: Promise<void> | undefined;
  let unsubscribe: (() => void) | undefined;
  let hasPeriodicJobs = false;
  let looking: Promise<unknown> = Promise.resolve();

  /** One look at a time, or two would see the same room. */
  function look(): Promise<readonly Promise<void>[]> {
    const result = looking.then(lookNow);
    looking = result.catch(() => undefined);
    return result;
  }

  async function lookNow(): Promise<readonly Promise<void>[]> {
    if (!hasPeriodicJobs) await ensurePeriodicJobs(context);
    hasPeriodicJobs = true;
    const room = roomPerKind(context);
    if (room.size === 0) return [];
    const claimed = await claimJobs(database, clock.now(), leaseMilliseconds, room, running.ids());
    return claimed.map(async (job) => {
      await running.add(job, () => runJob(context, job));
      // Others of its kind may have had no room.
      signal.wake();
    });
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      let pause = sweepMilliseconds;
      try {
        await look();
        const next = await readNextDue(database, [...kinds.keys()], clock.now());
        if (next !== undefined) pause = Math.min(pause, next - clock.now());
      } catch (error) {
        log.warn({ err: error }, 'Jobs cannot be looked for and are soon looked for again');
      }
      await signal.pause(pause);
    }
  }

  return {
    async enqueue(inside, job): Promise<void> {
      if (!kinds.has(job.kind)) throw new Error(`There is no kind of job named ${job.kind}`);
      const isNew = await insertJob(inside, job);
      // What is due later than the next sweep is found by it.
      if (isNew && job.dueOn <= clock.now() + sweepMilliseconds)
        await inside.query("SELECT pg_notify('parley_jobs', '')", []);
    },
    start(): void {
      unsubscribe = options.wake?.(signal.wake);
      loop ??= run();
    },
    async stop(): Promise<void> {
      isStopping = true;
      unsubscribe?.();
      signal.wake();
      await loop;
      await running.ended();
    },
    async tick(): Promise<number> {
      const runs = await look();
      await Promise.all(runs);
      return runs.length;
    },
    status: () => readJobStatus(database, clock.now()),
  };
}

async function ensurePeriodicJobs({ clock, database, kinds }: Context): Promise<void> {
  for (const { every, name } of kinds.values()) {
    if (every !== undefined) await insertJob(database, { kind: name, key: name, dueOn: clock.now(), payload: null });
  }
}

function roomPerKind({ kinds, running }: Context): ReadonlyMap<string, number> {
  const room = new Map<string, number>();
  for (const { concurrency, name } of kinds.values()) {
    const free = concurrency - running.count(name);
    if (free > 0) room.set(name, free);
  }
  return room;
}

async function runJob(context: Context, job: ClaimedJob): Promise<JobEnd | undefined> {
  const kind = context.kinds.get(job.kind);
  // Never claimed: room is given to known kinds only.
  if (kind === undefined) return undefined;
  if (job.attempt > kind.maximumAttempts) return giveUp(context, kind, 'The process ended during the last attempt');
  try {
    await kind.run(job.payload, { id: job.id, attempt: job.attempt });
    if (kind.every === undefined) return { kind: 'done' };
    return { kind: 'again', dueOn: context.clock.now() + kind.every, attempts: 0, error: null };
  } catch (error) {
    return afterFailure(context, kind, job, error);
  }
}

function afterFailure(context: Context, kind: JobKind, { attempt, id }: ClaimedJob, error: unknown): JobEnd {
  const { clock, log } = context;
  const text = errorText(error);
  const failure = error instanceof JobFailure ? error : undefined;
  if (failure?.next === 'wait')
    return { kind: 'again', dueOn: clock.now() + failure.afterMilliseconds, attempts: attempt - 1, error: text };
  if (failure?.next === 'dead' || attempt >= kind.maximumAttempts) {
    log.error({ err: error, kind: kind.name, id, attempt }, 'A job failed for the last time');
    return giveUp(context, kind, text);
  }
  log.warn({ err: error, kind: kind.name, id, attempt }, 'A job failed and is tried again');
  const pause = failure?.afterMilliseconds ?? kind.retryAfter(attempt);
  return { kind: 'again', dueOn: clock.now() + pause, attempts: attempt, error: text };
}

function giveUp({ clock }: Context, { every }: JobKind, error: string): JobEnd {
  if (every === undefined) return { kind: 'dead', on: clock.now(), error };
  return { kind: 'again', dueOn: clock.now() + every, attempts: 0, error };
}

/** The jobs that this process works at. Their leases are renewed while they run. */
type Running = {
  /** Runs the job, and writes down how it ended. Never rejects. */
  add(job: ClaimedJob, work: () => Promise<JobEnd | undefined>): Promise<void>;
  ids(): readonly string[];
  count(kind: string): number;
  ended(): Promise<void>;
};

function createRunning(database: Database, clock: Clock, log: Logger, leaseMilliseconds: number): Running {
  const jobs = new Map<ClaimedJob, Promise<void>>();
  const renewable = new Set<ClaimedJob>();
  let renewing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  function renew(): void {
    const held = [...renewable];
    const until = clock.now() + leaseMilliseconds;
    renewing = renewing
      .then(() => renewLeases(database, held, until))
      .catch((error: unknown) => log.warn({ err: error }, 'Running jobs could not be kept for this process'));
  }

  async function work(job: ClaimedJob, run: () => Promise<JobEnd | undefined>): Promise<void> {
    try {
      const end = await run();
      renewable.delete(job);
      // A renewal that is on its way must not come after the end and change the new due time.
      await renewing;
      if (end !== undefined) await endJob(database, job, end);
    } catch (error) {
      log.warn({ err: error, kind: job.kind, id: job.id }, 'The end of a job could not be written: it runs again');
    } finally {
      renewable.delete(job);
      jobs.delete(job);
      if (jobs.size === 0) clearInterval(timer);
    }
  }

  return {
    async add(job, run): Promise<void> {
      if (jobs.size === 0) timer = setInterval(renew, leaseMilliseconds / 3);
      renewable.add(job);
      const ended = work(job, run);
      jobs.set(job, ended);
      await ended;
    },
    ids: () => Array.from(jobs.keys(), ({ id }) => id),
    count: (kind) => Array.from(jobs.keys()).filter((job) => job.kind === kind).length,
    ended: async () => void (await Promise.all(jobs.values())),
  };
}
