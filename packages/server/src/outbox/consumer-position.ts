/** Where each consumer is in the outbox (`parley.consumer`), and what it could not digest (`parley.parked_event`). */
import type { StoredEvent } from '@parley/protocol';
import type { Database, SqlRow } from '../db/database.ts';
import { errorText } from '../error-text.ts';
import { beginning, type Position, readPresentEnd } from './write-events.ts';

/** `end`: what is committed from now on. `beginning`: everything that is still stored. Counts only for a name that is new. */
export type StartingPoint = 'end' | 'beginning';

export type ConsumerStatus = {
  readonly name: string;
  /** Events after its position, those it does not want included; counted up to `countedAtMost`. */
  readonly eventsBehind: number;
  /** When the oldest of them occurred, in milliseconds since 1970; null: none. */
  readonly behindSince: number | null;
  readonly parkedCount: number;
};

const countedAtMost = 10_000;

/** Gives a new consumer its position; leaves that of a known one alone. */
export async function ensurePosition(database: Database, name: string, startAt: StartingPoint): Promise<void> {
  const start = startAt === 'beginning' ? beginning : await readPresentEnd(database);
  await database.query(
    'INSERT INTO parley.consumer (name, txid, id) VALUES ($1, $2::xid8, $3) ON CONFLICT (name) DO NOTHING',
    [name, start.txid, start.id],
  );
}

/** @throws when the row is gone: somebody removed the consumer while it runs */
export async function readPosition(database: Database, name: string): Promise<Position> {
  const [row] = await database.query('SELECT txid::text, id::text FROM parley.consumer WHERE name = $1', [name]);
  const [txid, id] = row ?? [];
  if (typeof txid !== 'string' || typeof id !== 'string') throw new Error(`The consumer ${name} has no position`);
  return { txid, id };
}

/**
 * Moves a consumer from one position to another.
 * @returns false, and changes nothing, when it is not at `from` any more: another process has taken over
 */
export async function movePosition(database: Database, name: string, from: Position, to: Position): Promise<boolean> {
  const rows = await database.query(
    `UPDATE parley.consumer SET txid = $4::xid8, id = $5, moved_on = now()
     WHERE name = $1 AND txid = $2::xid8 AND id = $3 RETURNING name`,
    [name, from.txid, from.id, to.txid, to.id],
  );
  return rows.length === 1;
}

/** Puts an event aside and moves behind it, both or neither. @returns as `movePosition` */
export async function parkEvent(
  database: Database,
  name: string,
  from: Position,
  event: StoredEvent,
  failure: { readonly error: unknown; readonly attempts: number },
): Promise<boolean> {
  return await database.transaction(async (inside) => {
    if (!(await movePosition(inside, name, from, event.position))) return false;
    const { txid, id } = event.position;
    await inside.query(
      `INSERT INTO parley.parked_event (consumer, txid, id, event, error, attempts)
       VALUES ($1, $2::xid8, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [name, txid, id, JSON.stringify(event), errorText(failure.error), failure.attempts],
    );
    return true;
  });
}

/** How far every consumer is behind, also those that no process runs at present. */
export async function readConsumerStatus(database: Database): Promise<readonly ConsumerStatus[]> {
  const rows = await database.query(
    `SELECT name, behind.count, first.occurred_on, parked.count FROM parley.consumer
     CROSS JOIN LATERAL (SELECT count(*) FROM (SELECT FROM parley.event
       WHERE (event.txid, event.id) > (consumer.txid, consumer.id) LIMIT $1) AS counted) AS behind
     LEFT JOIN LATERAL (SELECT occurred_on FROM parley.event
       WHERE (event.txid, event.id) > (consumer.txid, consumer.id) ORDER BY event.txid, event.id LIMIT 1) AS first ON true
     CROSS JOIN LATERAL (SELECT count(*) FROM parley.parked_event WHERE consumer = consumer.name) AS parked
     ORDER BY name`,
    [countedAtMost],
  );
  return rows.map(readStatus);
}

function readStatus([name, behind, since, parked]: SqlRow): ConsumerStatus {
  return {
    name: name ?? '',
    eventsBehind: Number(behind),
    behindSince: since === null || since === undefined ? null : Number(since),
    parkedCount: Number(parked),
  };
}
