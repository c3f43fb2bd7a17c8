/**
 * Runs consumers: each in a loop of its own, with its own place in the outbox, in one server process at a time. What is promised
 * to a consumer, and what is not: docs/events.md.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import type { SessionLock, SessionLocks } from '../db/session-locks.ts';
import type { Logger } from '../log.ts';
import { createWakeSignal, type Subscribe, type WakeSignal } from '../wake-signal.ts';
import type { Consumer } from './consumer.ts';
import {
  type ConsumerStatus,
  ensurePosition,
  readConsumerStatus,
  readPosition,
  type StartingPoint,
} from './consumer-position.ts';
import { createPlace, type HandOutOptions, handOut } from './hand-out.ts';
import { areEventsHeldBack, readEvents } from './write-events.ts';

export type EventFeed = {
  /** Starts a consumer: resolves when it has a position, so that no event committed later is missed. Each name once. */
  register(consumer: Consumer, startAt?: StartingPoint): Promise<void>;
  status(): Promise<readonly ConsumerStatus[]>;
  /** Hands out nothing more; resolves when what is in flight has ended and its position is stored. */
  stop(): Promise<void>;
};

export type EventFeedOptions = {
  readonly database: Database;
  readonly locks: SessionLocks;
  readonly log: Logger;
  /** Calls when events may be there. Without it, and whenever a call is lost, `sweepMilliseconds` applies. */
  readonly wake?: Subscribe;
  /** Milliseconds between two looks that nobody asked for, also at the lock of a consumer that another process runs. */
  readonly sweepMilliseconds?: number;
  /** How often an event is handed to a consumer that throws, before it is parked. */
  readonly maximumAttempts?: number;
  /** Milliseconds to wait after the given failed attempt (1 = first). */
  readonly retryAfter?: (attempt: number) => number;
};

const batchSize = 200;
const shortestHeldBackPause = 20;

export function createEventFeed(options: EventFeedOptions): EventFeed {
  const runs = new Map<string, ConsumerRun>();
  const stopping = new AbortController();
  const unsubscribe = options.wake?.(() => {
    for (const { signal } of runs.values()) signal.wake();
  });
  return {
    async register(consumer, startAt = 'end'): Promise<void> {
      if (runs.has(consumer.name)) throw new Error(`There are two consumers named ${consumer.name}`);
      const run = createConsumerRun(consumer, options, stopping.signal);
      runs.set(consumer.name, run);
      await ensurePosition(options.database, consumer.name, startAt);
      run.start();
    },
    status: () => readConsumerStatus(options.database),
    async stop(): Promise<void> {
      unsubscribe?.();
      stopping.abort();
      await Promise.all(Array.from(runs.values(), ({ ended }) => ended()));
    },
  };
}

type ConsumerRun = { readonly signal: WakeSignal; start(): void; ended(): Promise<void> };

function createConsumerRun(consumer: Consumer, options: EventFeedOptions, stopping: AbortSignal): ConsumerRun {
  const { database, locks, log, sweepMilliseconds = 1_000 } = options;
  const signal = createWakeSignal();
  let loop: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!stopping.aborted) {
      try {
        const lock = await locks.tryAcquire(`parley consumer ${consumer.name}`);
        if (lock !== undefined) await holdAndConsume(lock);
      } catch (error) {
        // Mostly the database is away. What was handed out but not stored is handed out again.
        log.warn({ err: error, consumer: consumer.name }, 'A consumer of events was interrupted and goes on soon');
      }
      await sleep(sweepMilliseconds, undefined, { signal: stopping }).catch(() => undefined);
    }
  }

  async function holdAndConsume(lock: SessionLock): Promise<void> {
    const over = AbortSignal.any([stopping, lock.lost]);
    over.addEventListener('abort', signal.wake, { once: true });
    try {
      await consume(over);
    } finally {
      over.removeEventListener('abort', signal.wake);
      await lock.release();
    }
  }

  async function consume(over: AbortSignal): Promise<void> {
    const { maximumAttempts = 5, retryAfter = doublingPause } = options;
    const handOutOptions: HandOutOptions = { database, log, maximumAttempts, retryAfter, over };
    const place = createPlace(database, consumer.name, await readPosition(database, consumer.name));
    let heldBackPause = shortestHeldBackPause;
    while (!over.aborted) {
      const events = await readEvents(database, place.stored, batchSize);
      if (events.length > 0) {
        heldBackPause = shortestHeldBackPause;
        if (!(await handOut(consumer, events, place, handOutOptions))) return;
      } else if (await areEventsHeldBack(database)) {
        // Nobody calls when the transaction ends that holds them back.
        await signal.pause(Math.min(heldBackPause, sweepMilliseconds));
        heldBackPause *= 2;
      } else {
        await signal.pause(sweepMilliseconds);
      }
    }
  }

  return {
    signal,
    start: () => {
      loop = run();
    },
    ended: async () => await loop,
  };
}

/** 0.2, 0.4, 0.8 ... seconds, at most 10. */
function doublingPause(attempt: number): number {
  return Math.min(100 * 2 ** attempt, 10_000);
}
