/** Conversations in `parley.conversation`: the engine's state as a document, and the columns that SQL searches by. */
import type { Conversation, Guid } from '@parley/engine';
import type { Database } from '../db/database.ts';
import type { RowColumn, WriteBatch } from '../db/write-batch.ts';

const key: RowColumn = { name: 'id', sqlType: 'uuid' };
const columns: readonly RowColumn[] = [
  { name: 'sequence', sqlType: 'bigint' },
  { name: 'status', sqlType: 'text' },
  { name: 'work_stream_id', sqlType: 'uuid' },
  { name: 'queue_id', sqlType: 'uuid' },
  { name: 'agent_id', sqlType: 'uuid' },
  { name: 'is_assignable', sqlType: 'boolean' },
  { name: 'priority', sqlType: 'integer' },
  { name: 'queued_on', sqlType: 'bigint' },
  { name: 'timer_on', sqlType: 'bigint' },
  { name: 'channel_key', sqlType: 'text' },
  { name: 'closed_on', sqlType: 'bigint' },
  { name: 'state', sqlType: 'json', isDocument: true },
];

/** Whether the router looks at it: open, pushed, and not left to people. */
export function isAssignable(conversation: Conversation): boolean {
  return (
    conversation.status === 'open' &&
    conversation.distribution === 'push' &&
    conversation.offer === null &&
    conversation.routing.queueId !== null &&
    !conversation.routing.isManualOnly
  );
}

function parseConversation(text: string | null | undefined): Conversation | undefined {
  // Written by this module only.
  return text === null || text === undefined ? undefined : (JSON.parse(text) as Conversation);
}

/** @returns undefined when the conversation never entered the engine or is past retention */
export async function readConversation(database: Database, id: Guid): Promise<Conversation | undefined> {
  const [row] = await database.query('SELECT state FROM parley.conversation WHERE id = $1::uuid', [id]);
  return parseConversation(row?.[0]);
}

/** The same, and nobody else changes it before the transaction ends. */
export async function lockConversation(database: Database, id: Guid): Promise<Conversation | undefined> {
  const [row] = await database.query('SELECT state FROM parley.conversation WHERE id = $1::uuid FOR UPDATE', [id]);
  return parseConversation(row?.[0]);
}

/** The conversation that a customer on a channel may go on with. */
export async function lockByChannelKey(database: Database, channelKey: string): Promise<Conversation | undefined> {
  const [row] = await database.query(
    `SELECT state FROM parley.conversation WHERE channel_key = $1 AND status NOT IN ('closed', 'wrapUp') FOR UPDATE`,
    [channelKey],
  );
  return parseConversation(row?.[0]);
}

export async function readByChannelKey(database: Database, channelKey: string): Promise<Conversation | undefined> {
  const [row] = await database.query(
    `SELECT state FROM parley.conversation WHERE channel_key = $1 AND status NOT IN ('closed', 'wrapUp')`,
    [channelKey],
  );
  return parseConversation(row?.[0]);
}

/** Who has a timer due, the most overdue first. */
export async function readDue(
  database: Database,
  now: number,
  options: { readonly limit: number; readonly except: readonly Guid[] },
): Promise<Guid[]> {
  const rows = await database.query(
    `SELECT id FROM parley.conversation WHERE timer_on <= $1::bigint AND id <> ALL($2::uuid[])
     ORDER BY timer_on LIMIT $3::integer`,
    [now, options.except, options.limit],
  );
  return rows.map(([id]) => id ?? '');
}

/** Locks it if a timer of it is due and nobody else is at it. */
export async function lockIfDue(database: Database, id: Guid, now: number): Promise<Conversation | undefined> {
  const [row] = await database.query(
    'SELECT state FROM parley.conversation WHERE id = $1::uuid AND timer_on <= $2::bigint FOR UPDATE SKIP LOCKED',
    [id, now],
  );
  return parseConversation(row?.[0]);
}

/** Waiting conversations of the queues in the order in which they are served, at most `block` of each, locked. */
export async function lockWaiting(
  database: Database,
  queueIds: readonly Guid[],
  block: number,
): Promise<Map<Guid, Conversation[]>> {
  const rows = await database.query(
    `SELECT q.id, c.state FROM unnest($1::uuid[]) q(id) CROSS JOIN LATERAL (
       SELECT state FROM parley.conversation WHERE is_assignable AND queue_id = q.id
       ORDER BY priority DESC, queued_on, id LIMIT $2::integer FOR UPDATE SKIP LOCKED) c`,
    [queueIds, block],
  );
  const waiting = new Map<Guid, Conversation[]>();
  for (const [queueId, text] of rows) {
    const conversation = parseConversation(text);
    if (queueId === null || queueId === undefined || conversation === undefined) continue;
    const list = waiting.get(queueId);
    if (list === undefined) waiting.set(queueId, [conversation]);
    else list.push(conversation);
  }
  return waiting;
}

/** Adds the conversations to what is written. */
export function saveConversations(
  batch: WriteBatch,
  { started, changed }: { readonly started: readonly Conversation[]; readonly changed: readonly Conversation[] },
): void {
  batch.insert('parley.conversation', [key, ...columns], started.map(toRow));
  batch.update('parley.conversation', key, columns, changed.map(toRow));
}

function toRow(conversation: Conversation): Readonly<Record<string, unknown>> {
  const { routing, timers } = conversation;
  return {
    id: conversation.id,
    sequence: conversation.sequence,
    status: conversation.status,
    work_stream_id: conversation.workStreamId,
    queue_id: routing.queueId,
    agent_id: conversation.agentId,
    is_assignable: isAssignable(conversation),
    priority: routing.priority,
    queued_on: routing.queuedOn,
    timer_on: timers.length === 0 ? null : Math.min(...timers.map(({ dueOn }) => dueOn)),
    channel_key: conversation.channelKey,
    closed_on: conversation.closedOn,
    state: conversation,
  };
}
