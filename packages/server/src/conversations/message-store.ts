/** Messages of conversations in `parley.message`, numbered without gaps. */
import type { Attachment, Guid, NewMessage } from '@parley/engine';
import type { Database } from '../db/database.ts';
import type { RowColumn, WriteBatch } from '../db/write-batch.ts';
import type { StoredMessage } from './conversation-service.ts';

const columns: readonly RowColumn[] = [
  { name: 'conversation_id', sqlType: 'uuid' },
  { name: 'number', sqlType: 'integer' },
  { name: 'id', sqlType: 'uuid' },
  { name: 'client_id', sqlType: 'text' },
  { name: 'sent_on', sqlType: 'bigint' },
  { name: 'author_kind', sqlType: 'text' },
  { name: 'author_id', sqlType: 'text' },
  { name: 'author_name', sqlType: 'text' },
  { name: 'audience', sqlType: 'text' },
  { name: 'channel', sqlType: 'integer' },
  { name: 'content_type', sqlType: 'text' },
  { name: 'content', sqlType: 'text' },
  { name: 'attachments', sqlType: 'jsonb' },
  { name: 'delivery', sqlType: 'text' },
  { name: 'details', sqlType: 'jsonb' },
];

/** What a conversation's messages are written with. */
export type MessageOrigin = { readonly conversationId: Guid; readonly channel: number };

export function saveMessages(batch: WriteBatch, messages: readonly (NewMessage & MessageOrigin)[]): void {
  batch.insert(
    'parley.message',
    columns,
    messages.map((message) => ({
      conversation_id: message.conversationId,
      number: message.number,
      id: message.id,
      client_id: message.clientId,
      sent_on: message.sentOn,
      author_kind: message.author.kind,
      author_id: message.author.id,
      author_name: message.author.name,
      audience: message.audience,
      channel: message.channel,
      content_type: message.contentType,
      content: message.content,
      attachments: message.attachments,
      // What the customer is to read has yet to travel; the rest is where it belongs.
      delivery: message.author.kind === 'customer' || message.audience !== 'public' ? 'delivered' : 'sent',
      details: message.details,
    })),
  );
}

/** Which message of the conversation the sender's id names, if it was stored before. */
export async function findByClientId(
  database: Database,
  conversationId: Guid,
  clientId: string,
): Promise<{ readonly id: Guid; readonly number: number } | null> {
  const [row] = await database.query(
    'SELECT id, number FROM parley.message WHERE conversation_id = $1::uuid AND client_id = $2',
    [conversationId, clientId],
  );
  return row?.[0] === undefined || row[0] === null ? null : { id: row[0], number: Number(row[1]) };
}

export async function readMessages(
  database: Database,
  conversationId: Guid,
  options: { readonly after: number; readonly limit: number },
): Promise<StoredMessage[]> {
  const rows = await database.query(
    `SELECT number, id, client_id, sent_on, author_kind, author_id, author_name, audience, channel, content_type, content,
       attachments, delivery, details
     FROM parley.message WHERE conversation_id = $1::uuid AND number > $2::integer ORDER BY number LIMIT $3::integer`,
    [conversationId, options.after, options.limit],
  );
  return rows.map((row) => ({
    number: Number(row[0]),
    id: row[1] ?? '',
    clientId: row[2] ?? null,
    sentOn: Number(row[3]),
    // The column's check constraints hold the possible texts.
    author: { kind: row[4] as StoredMessage['author']['kind'], id: row[5] ?? null, name: row[6] ?? null },
    audience: row[7] as StoredMessage['audience'],
    channel: Number(row[8]),
    contentType: row[9] ?? '',
    content: row[10] ?? '',
    attachments: JSON.parse(row[11] ?? '[]') as Attachment[],
    delivery: row[12] ?? '',
    details: JSON.parse(row[13] ?? '{}') as Readonly<Record<string, unknown>>,
  }));
}

/** A delivery state never goes back: read stays read. */
export async function setDelivery(
  database: Database,
  conversationId: Guid,
  numbers: readonly number[],
  delivery: 'delivered' | 'read' | 'failed',
): Promise<void> {
  await database.query(
    `UPDATE parley.message SET delivery = $3 WHERE conversation_id = $1::uuid AND number = ANY($2::integer[])
       AND delivery <> $3 AND delivery <> 'read'`,
    [conversationId, numbers, delivery],
  );
}
