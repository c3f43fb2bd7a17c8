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
  run(payload: unknown, job: { readonly id: string; readonly attempt: number }): Promise<void>;
};

export type Jobs = {
  /** Written in the caller's transaction: exists when that commits. The same kind and key twice is one job. */
  enqueue(
    database: Database,
    job: { readonly kind: string; readonly key?: string; readonly dueOn: number; readonly payload: unknown },
  ): Promise<void>;
};
