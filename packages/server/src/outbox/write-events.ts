/**
 * Writes and reads the outbox (`parley.event`). Why positions are made of transaction ids, and why readers wait for the oldest
 * open transaction: docs/decisions/0013-outbox-positions.md.
 */
import { type EventBody, eventVersion, type StoredEvent } from '@parley/protocol';
import type { Database, SqlRow } from '../db/database.ts';
import { createWriteBatch, type WriteBatch } from '../db/write-batch.ts';

export type NewEvent = Omit<StoredEvent, 'position'>;

export type Position = StoredEvent['position'];

/** Before every event. */
export const beginning: Position = { txid: '0', id: '0' };

/**
 * An event is stamped with the writer's transaction id, or with the last transaction that had ended, if that is higher. The id
 * alone would not do: a transaction gets it with its first lock, and may then wait for another conversation or agent that a
 * younger transaction is changing; its events would come before those that they follow. The snapshot is the statement's, so the
 * rows that the events tell about must have been locked by an earlier statement, in read committed mode.
 */
const stamp = 'greatest(pg_current_xact_id(), (pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)::text::xid8)';

const insertEvents = `INSERT INTO parley.event
    (txid, type, version, conversation_id, agent_id, sequence, occurred_on, payload)
  SELECT ${stamp}, type, ${eventVersion}, conversation_id, agent_id, sequence, occurred_on, payload::jsonb
  FROM ROWS FROM (json_to_recordset($ROWS::json) AS
    (type text, conversation_id uuid, agent_id uuid, sequence bigint, occurred_on bigint),
    string_to_table($DOCUMENTS, E'\\n'))
    WITH ORDINALITY AS given (type, conversation_id, agent_id, sequence, occurred_on, payload, place)
  ORDER BY place
  RETURNING txid::text, id::text`;

/** What a step has written: for whoever announces it after the commit. */
export type Written = {
  /** In the order in which they happened. */
  readonly events: readonly StoredEvent[];
  /** Queues were marked for the router. */
  readonly isRouterWoken: boolean;
};

/**
 * Writes any number of events with one statement, together with what was gathered in `batch`, in the caller's transaction, after
 * the rows that they tell about were locked.
 * @returns the events as stored, in the order given
 */
export async function writeEvents(
  database: Database,
  events: readonly NewEvent[],
  batch: WriteBatch = createWriteBatch(),
): Promise<readonly StoredEvent[]> {
  if (events.length === 0) {
    await batch.run(database);
    return [];
  }
  const given = events.map(({ conversationId, agentId, sequence, occurredOn, body }) => ({
    type: body.type,
    conversation_id: conversationId,
    agent_id: agentId,
    sequence,
    occurred_on: occurredOn,
  }));
  const documents = events.map(({ body: { type: _, ...payload } }) => payload);
  const rows = await batch.run(database, { sql: insertEvents, rows: given, documents });
  const positions = rows.map(readPosition).sort(comparePositions);
  return events.map((event, index) => {
    const position = positions[index];
    if (position === undefined) throw new Error(`Of ${events.length} events only ${positions.length} were stored`);
    return { position, ...event };
  });
}

const columns = 'txid::text, id::text, type, conversation_id::text, agent_id::text, sequence, occurred_on, payload';

/**
 * The events after a position, at most `limit`, in order. An event shows up once every transaction that could still write one
 * before it has ended. Whoever goes on from the last one misses nothing, and sees each conversation and each agent in order.
 */
export async function readEvents(database: Database, after: Position, limit: number): Promise<readonly StoredEvent[]> {
  const rows = await database.query(
    `SELECT ${columns} FROM parley.event
     WHERE (txid, id) > ($1::xid8, $2::bigint) AND txid < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY event.txid, event.id LIMIT $3`,
    [after.txid, after.id, limit],
  );
  return rows.map(readEvent);
}

/** Whether there are committed events that `readEvents` does not show yet, because an older transaction is still open. */
export async function areEventsHeldBack(database: Database): Promise<boolean> {
  const [row] = await database.query(
    'SELECT EXISTS (SELECT FROM parley.event WHERE txid >= pg_snapshot_xmin(pg_current_snapshot()))',
    [],
  );
  return row?.[0] === 't';
}

/** A position that everything committed by now, or nearly everything, lies before, and everything still to come after. */
export async function readPresentEnd(database: Database): Promise<Position> {
  const [row] = await database.query('SELECT pg_snapshot_xmin(pg_current_snapshot())::text', []);
  return { txid: textOf(row?.[0]), id: '0' };
}

/**
 * The events of one conversation whose sequence is higher, in order, as soon as they are committed. Events of the same sequence
 * stay together, so there can be more than `limit`.
 */
export async function readConversationEvents(
  database: Database,
  conversationId: string,
  afterSequence: number,
  limit: number,
): Promise<readonly StoredEvent[]> {
  const rows = await database.query(
    `SELECT ${columns} FROM (
       SELECT * FROM parley.event WHERE conversation_id = $1 AND sequence > $2
       ORDER BY sequence FETCH FIRST $3 ROWS WITH TIES) AS event
     ORDER BY event.sequence, event.txid, event.id`,
    [conversationId, afterSequence, limit],
  );
  return rows.map(readEvent);
}

/** Negative when `left` comes before `right`. */
export function comparePositions(left: Position, right: Position): number {
  const difference = BigInt(left.txid) - BigInt(right.txid) || BigInt(left.id) - BigInt(right.id);
  return difference < 0n ? -1 : Number(difference > 0n);
}

function readPosition([txid, id]: SqlRow): Position {
  return { txid: textOf(txid), id: textOf(id) };
}

function readEvent(row: SqlRow): StoredEvent {
  const [, , type, conversationId, agentId, sequence, occurredOn, payload] = row;
  return {
    position: readPosition(row),
    conversationId: conversationId ?? null,
    agentId: agentId ?? null,
    sequence: Number(sequence),
    occurredOn: Number(occurredOn),
    // Written by writeEvents, which takes nothing but event bodies.
    body: { type: textOf(type), ...JSON.parse(textOf(payload)) } as EventBody,
  };
}

function textOf(value: string | null | undefined): string {
  if (value === null || value === undefined) throw new Error('A column of parley.event that is never null was null');
  return value;
}
