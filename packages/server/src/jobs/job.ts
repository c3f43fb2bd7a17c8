/** Work that must happen later and belongs to no conversation. Stored in `parley.job`; done at least once, by any server process. */
import type { Database } from '../db/database.ts';

export type JobKind = {
  readonly name: string;
  /** Attempts before it is dead. */
  readonly maximumAttempts: number;
  /** Milliseconds to wait after the given attempt (1 = first). */
  retryAfter(attempt: number): number;
  /** At most this many of the kind at once in this process. */
  readonly concurrency: number;
  /** Periodic: one job of the kind is always there and never dead, and runs again this many milliseconds after it ran or gave up. */
  readonly every?: number;
  run(payload: unknown, job: { readonly id: string; readonly attempt: number }): Promise<void>;
};

export type Jobs = {
  /**
   * Written in the caller's transaction: exists when that commits. The same kind and key twice is one job. Jobs of one kind and
   * lane run one after the other, in the order in which they were written; one that is dead stands in nobody's way.
   */
  enqueue(
    database: Database,
    job: {
      readonly kind: string;
      readonly key?: string;
      readonly lane?: string;
      readonly dueOn: number;
      readonly payload: unknown;
    },
  ): Promise<void>;
};

/**
 * Thrown by `run` when it knows better than `retryAfter` what comes next. `retry`: a failed attempt; asked again after this long
 * (a receiver said so), unless it was the last. `wait`: no attempt at all, nothing is counted; asked again after this long
 * (something else has to come first). `dead`: given up now, whatever attempts are left.
 */
export class JobFailure extends Error {
  readonly next: 'retry' | 'wait' | 'dead';
  readonly afterMilliseconds: number;

  constructor(next: 'retry' | 'wait' | 'dead', message: string, afterMilliseconds: number = 0) {
    super(message);
    this.name = 'JobFailure';
    this.next = next;
    this.afterMilliseconds = afterMilliseconds;
  }
}
