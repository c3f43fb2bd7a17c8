/** How long the lines are and how long people waited in them lately (behaviour reference, sections 4.7 and 6.5). */
import type { Guid, QueueLoad } from '@parley/engine';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';

export type QueueLoads = {
  /**
   * Loads of the queues, a few seconds old at most; a queue that nobody knows has an empty line.
   * @param through the caller's transaction: one that asked for another connection would wait for its own pool
   */
  read(queueIds: readonly Guid[], through?: Database): Promise<ReadonlyMap<Guid, QueueLoad>>;
};

/** The moving average is that of the last so many connected conversations; with fewer there is none. */
const averagedConversations = 20;
/** A pause of this long between two connected conversations, or since the last one, and the average starts anew. */
const maximumPause = 7 * 86_400_000;
/** Section 4.7: the length of the line is as old as this. */
const lengthAge = 10_000;
/** Section 6.5: the average is computed every ten minutes. */
const averageAge = 600_000;

/** The present loads, read now. Every queue asked for has one. */
export async function readQueueLoads(
  database: Database,
  queueIds: readonly Guid[],
  now: number,
): Promise<Map<Guid, QueueLoad>> {
  const lengths = await readLengths(database, queueIds);
  const averages = await readAverageWaits(database, queueIds, now);
  return new Map(
    queueIds.map((id) => [id, { waiting: lengths.get(id) ?? 0, averageWaitSeconds: averages.get(id) ?? null }]),
  );
}

export function createQueueLoads({ database, clock }: { database: Database; clock: Clock }): QueueLoads {
  const lengths = createRecent<number>(lengthAge, clock, readLengths, 0);
  const averages = createRecent<number | null>(
    averageAge,
    clock,
    (through, queueIds) => readAverageWaits(through, queueIds, clock.now()),
    null,
  );
  return {
    async read(queueIds, through = database) {
      await lengths.refresh(through, queueIds);
      await averages.refresh(through, queueIds);
      return new Map(
        queueIds.map((id) => [id, { waiting: lengths.of(id), averageWaitSeconds: averages.of(id) }] as const),
      );
    },
  };
}

type Recent<Value> = {
  refresh(database: Database, queueIds: readonly Guid[]): Promise<void>;
  of(queueId: Guid): Value;
};

/** Values by queue that are read again once they are older than `age`, all stale ones together. */
function createRecent<Value>(
  age: number,
  clock: Clock,
  read: (database: Database, queueIds: readonly Guid[]) => Promise<ReadonlyMap<Guid, Value>>,
  none: Value,
): Recent<Value> {
  const known = new Map<Guid, { readonly value: Value; readonly readOn: number }>();
  return {
    async refresh(database, queueIds) {
      const now = clock.now();
      const stale = queueIds.filter((id) => {
        const entry = known.get(id);
        // Tests may move the clock back, too.
        return entry === undefined || Math.abs(now - entry.readOn) >= age;
      });
      if (stale.length === 0) return;
      const values = await read(database, stale);
      for (const id of stale) known.set(id, { value: values.get(id) ?? none, readOn: now });
    },
    of: (queueId) => known.get(queueId)?.value ?? none,
  };
}

async function readLengths(database: Database, queueIds: readonly Guid[]): Promise<Map<Guid, number>> {
  const rows = await database.query(
    `SELECT queue_id, count(*) FROM parley.conversation WHERE status = 'open' AND queue_id = ANY($1::uuid[]) GROUP BY queue_id`,
    [queueIds],
  );
  return new Map(rows.map(([queueId, waiting]) => [queueId ?? '', Number(waiting)]));
}

/**
 * Mean first wait of the latest connected inbound conversations of each queue that has enough of them. Connected on is when the wait
 * was over; what is older than the longest possible row of pauses cannot matter.
 */
const averageStatement = `SELECT q.id, avg(c.wait) FROM unnest($1::uuid[]) q (id) CROSS JOIN LATERAL (
    SELECT wait, coalesce(lag(connected_on) OVER (ORDER BY connected_on DESC), $2::timestamptz) - connected_on AS pause FROM (
      SELECT w.msdyn_conversationfirstwaittimeinseconds AS wait, w.msdyn_startedon AS connected_on
      FROM data.msdyn_ocliveworkitem w
      WHERE w.msdyn_cdsqueueid = q.id AND w.msdyn_isagentaccepted AND w.msdyn_isoutbound IS NOT TRUE
        AND w.msdyn_conversationfirstwaittimeinseconds IS NOT NULL
        AND w.msdyn_startedon BETWEEN $2::timestamptz - $4::integer * $3::interval AND $2::timestamptz
      ORDER BY w.msdyn_startedon DESC LIMIT $4::integer) latest) c
  GROUP BY q.id HAVING count(*) >= $4::integer AND max(c.pause) < $3::interval`;

async function readAverageWaits(
  database: Database,
  queueIds: readonly Guid[],
  now: number,
): Promise<Map<Guid, number>> {
  const rows = await database.query(averageStatement, [
    queueIds,
    new Date(now).toISOString(),
    `${maximumPause / 1000} seconds`,
    averagedConversations,
  ]);
  return new Map(rows.map(([queueId, wait]) => [queueId ?? '', Math.round(Number(wait))]));
}
