/**
 * The job that deletes what nobody needs any more: old events that every consumer has passed, closed conversations of the engine
 * (their Dataverse rows stay), routing decisions, dead jobs and parked events. In batches, each a short transaction.
 */
import type { Clock } from '../clock.ts';
import type { Database, SqlValue } from '../db/database.ts';
import type { JobKind } from './job.ts';

export type RetentionOptions = {
  readonly database: Database;
  readonly clock: Clock;
  /** Days after which things are deleted: asked before each run. */
  days(): Promise<RetentionDays>;
  /** Consumers that exist. The position of any other holds events back only until it has not moved for `days.events`. */
  readonly consumers: readonly string[];
  /** Milliseconds from one run to the next; an hour unless given. */
  readonly every?: number;
};

export type RetentionDays = {
  readonly events: number;
  /** After they were closed. */
  readonly conversations: number;
  readonly decisions: number;
  readonly deadJobs: number;
  readonly parkedEvents: number;
};

const hour = 3_600_000;
const day = 24 * hour;
const batchSize = 1_000;
/** Each takes its messages with it. */
const conversationBatchSize = 100;

const deleteConsumers = `DELETE FROM parley.consumer
  WHERE name <> ALL ($1) AND moved_on < to_timestamp($2::bigint / 1000.0)`;

/** The first event that is too young, and how far the consumer that is furthest behind has come. Each may be missing. */
const readBounds = `SELECT young.txid::text, young.id::text, place.txid::text, place.id::text FROM (VALUES (1)) AS one
  LEFT JOIN LATERAL (SELECT txid, id FROM parley.event WHERE occurred_on >= $1 ORDER BY txid, id LIMIT 1) AS young ON true
  LEFT JOIN LATERAL (SELECT txid, id FROM parley.consumer ORDER BY txid, id LIMIT 1) AS place ON true`;

const deleteEvents = `DELETE FROM parley.event WHERE (txid, id) IN (
  SELECT txid, id FROM parley.event WHERE (txid, id) < ($1::xid8, $2::bigint) AND (txid, id) <= ($3::xid8, $4::bigint)
  ORDER BY txid, id LIMIT $5) RETURNING 1`;

/** Behind every event. */
const lastTxid = '18446744073709551615';
const lastId = '9223372036854775807';

const deleteConversations = `DELETE FROM parley.conversation WHERE id IN (
  SELECT id FROM parley.conversation WHERE status = 'closed' AND closed_on < $1
  ORDER BY closed_on LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING 1`;

const deleteDecisions = `DELETE FROM data.parley_routingdecision WHERE parley_routingdecisionid IN (
  SELECT parley_routingdecisionid FROM data.parley_routingdecision
  WHERE createdon < to_timestamp($1::bigint / 1000.0) LIMIT $2) RETURNING 1`;

const deleteDeadJobs = `DELETE FROM parley.job WHERE id IN (
  SELECT id FROM parley.job WHERE is_dead AND due_on < $1 LIMIT $2) RETURNING 1`;

const deleteParkedEvents = `DELETE FROM parley.parked_event WHERE (consumer, txid, id) IN (
  SELECT consumer, txid, id FROM parley.parked_event
  WHERE parked_on < to_timestamp($1::bigint / 1000.0) LIMIT $2) RETURNING 1`;

export function createRetention({
  database,
  clock,
  days: readDays,
  consumers,
  every = hour,
}: RetentionOptions): JobKind {
  return {
    name: 'retention',
    maximumAttempts: 3,
    retryAfter: () => 60_000,
    concurrency: 1,
    every,
    async run(): Promise<void> {
      const days = await readDays();
      const before = (count: number): number => clock.now() - count * day;
      await database.query(deleteConsumers, [consumers, before(days.events)]);
      await deleteOldEvents(database, before(days.events));
      await deleteInBatches(database, deleteConversations, [before(days.conversations)], conversationBatchSize);
      await deleteInBatches(database, deleteDecisions, [before(days.decisions)], batchSize);
      await deleteInBatches(database, deleteDeadJobs, [before(days.deadJobs)], batchSize);
      await deleteInBatches(database, deleteParkedEvents, [before(days.parkedEvents)], batchSize);
    },
  };
}

/** Events are nearly in the order of their times: all before the first young one go, and none behind it is looked at. */
async function deleteOldEvents(database: Database, before: number): Promise<void> {
  const [bounds] = await database.query(readBounds, [before]);
  const [youngTxid, youngId, passedTxid, passedId] = bounds ?? [];
  const limits = [youngTxid ?? lastTxid, youngId ?? lastId, passedTxid ?? lastTxid, passedId ?? lastId];
  await deleteInBatches(database, deleteEvents, limits, batchSize);
}

/** @param statement takes the values and, last, how many rows at most */
async function deleteInBatches(
  database: Database,
  statement: string,
  values: readonly SqlValue[],
  size: number,
): Promise<void> {
  for (;;) {
    const rows = await database.query(statement, [...values, size]);
    if (rows.length < size) return;
  }
}
