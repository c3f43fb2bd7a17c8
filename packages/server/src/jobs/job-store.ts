/**
 * The statements on `parley.job`. A claim is a lease: it counts the attempt and moves the due time ahead, and the job is deleted
 * when it is done. So no transaction is open while a job runs, and a job whose process dies is due again when the lease is over.
 */
import type { Database } from '../db/database.ts';

export type ClaimedJob = {
  readonly id: string;
  readonly kind: string;
  /** This one; 1 = first. */
  readonly attempt: number;
  readonly payload: unknown;
};

export type NewJob = {
  readonly kind: string;
  readonly key?: string;
  readonly lane?: string;
  readonly dueOn: number;
  readonly payload: unknown;
};

export type JobStatus = {
  readonly kind: string;
  /** Due, running ones not included. */
  readonly dueCount: number;
  /** For later, or running. */
  readonly waitingCount: number;
  readonly deadCount: number;
};

/** @returns false when a live job of this kind and key is there already */
export async function insertJob(database: Database, { kind, key, lane, dueOn, payload }: NewJob): Promise<boolean> {
  const rows = await database.query(
    `INSERT INTO parley.job (kind, key, lane, due_on, payload) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (kind, key) WHERE key IS NOT NULL AND NOT is_dead DO NOTHING RETURNING id`,
    [kind, key ?? null, lane ?? null, dueOn, JSON.stringify(payload ?? null)],
  );
  return rows.length === 1;
}

/**
 * Claims due jobs, the longest due first, of each kind as many as there is room for. Jobs that another process is claiming are
 * passed over, and so are those whose turn in their lane has not come.
 * @param running ids that this process still works at, whatever their lease says
 */
export async function claimJobs(
  database: Database,
  now: number,
  leaseMilliseconds: number,
  room: ReadonlyMap<string, number>,
  running: readonly string[],
): Promise<readonly ClaimedJob[]> {
  const rows = await database.query(
    `WITH wanted AS (
       SELECT due.id FROM unnest($3::text[], $4::integer[]) AS room (kind, free)
       CROSS JOIN LATERAL (
         SELECT id FROM parley.job
         WHERE job.kind = room.kind AND NOT is_dead AND due_on <= $1 AND id <> ALL ($5::bigint[])
           AND (lane IS NULL OR NOT EXISTS (SELECT FROM parley.job AS earlier
             WHERE earlier.kind = job.kind AND earlier.lane = job.lane AND earlier.id < job.id AND NOT earlier.is_dead))
         ORDER BY due_on, id LIMIT room.free FOR UPDATE SKIP LOCKED) AS due)
     UPDATE parley.job SET attempts = attempts + 1, due_on = $2 FROM wanted WHERE job.id = wanted.id
     RETURNING job.id, job.kind, job.attempts, job.payload`,
    [now, now + leaseMilliseconds, [...room.keys()], [...room.values()], running],
  );
  return rows.map(([id, kind, attempts, payload]) => ({
    id: id ?? '',
    kind: kind ?? '',
    attempt: Number(attempts),
    payload: JSON.parse(payload ?? 'null'),
  }));
}

/** Jobs that are still worked at are due later than this. */
export async function renewLeases(database: Database, jobs: readonly ClaimedJob[], until: number): Promise<void> {
  await database.query(
    `UPDATE parley.job SET due_on = $3 FROM unnest($1::bigint[], $2::integer[]) AS held (id, attempt)
     WHERE job.id = held.id AND job.attempts = held.attempt AND NOT job.is_dead`,
    [jobs.map(({ id }) => id), jobs.map(({ attempt }) => attempt), until],
  );
}

/** How a run ended: what becomes of the job. */
export type JobEnd =
  | { readonly kind: 'done' }
  /** Asked again at `dueOn`. `attempts` is what counts from now on: as it is, without this one, or none. */
  | { readonly kind: 'again'; readonly dueOn: number; readonly attempts: number; readonly error: string | null }
  | { readonly kind: 'dead'; readonly on: number; readonly error: string };

/** Does nothing when the lease was lost and somebody else has counted another attempt. */
export async function endJob(database: Database, { id, attempt }: ClaimedJob, end: JobEnd): Promise<void> {
  switch (end.kind) {
    case 'done':
      await database.query('DELETE FROM parley.job WHERE id = $1 AND attempts = $2 AND NOT is_dead', [id, attempt]);
      return;
    case 'again':
      await database.query(
        `UPDATE parley.job SET due_on = $3, attempts = $4, last_error = $5
         WHERE id = $1 AND attempts = $2 AND NOT is_dead`,
        [id, attempt, end.dueOn, end.attempts, end.error],
      );
      return;
    case 'dead':
      // The due time of a dead job is when it died: retention goes by it.
      await database.query(
        'UPDATE parley.job SET is_dead = true, due_on = $3, last_error = $4 WHERE id = $1 AND attempts = $2',
        [id, attempt, end.on, end.error],
      );
  }
}

/** When the next job of these kinds is due that is not due yet; undefined: none. */
export async function readNextDue(
  database: Database,
  kinds: readonly string[],
  now: number,
): Promise<number | undefined> {
  const [row] = await database.query(
    'SELECT min(due_on) FROM parley.job WHERE NOT is_dead AND due_on > $1 AND kind = ANY ($2)',
    [now, kinds],
  );
  return typeof row?.[0] === 'string' ? Number(row[0]) : undefined;
}

export async function readJobStatus(database: Database, now: number): Promise<readonly JobStatus[]> {
  const rows = await database.query(
    `SELECT kind, count(*) FILTER (WHERE NOT is_dead AND due_on <= $1), count(*) FILTER (WHERE NOT is_dead AND due_on > $1),
       count(*) FILTER (WHERE is_dead) FROM parley.job GROUP BY kind ORDER BY kind`,
    [now],
  );
  return rows.map(([kind, due, waiting, dead]) => ({
    kind: kind ?? '',
    dueCount: Number(due),
    waitingCount: Number(waiting),
    deadCount: Number(dead),
  }));
}
