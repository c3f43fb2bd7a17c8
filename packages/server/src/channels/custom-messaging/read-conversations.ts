/** The reading half of the messaging API: conversations of a channel, messages and context of one. */
import type { Instant, Status } from '@parley/engine';
import type { StoredMessage } from '../../conversations/conversation-service.ts';
import { keyPrefixOf } from './channel-row.ts';
import { requireConversation } from './find-conversation.ts';
import { type AdmittedRequest, answerJson, type MessagingAnswer, type MessagingContext } from './messaging-context.ts';
import { MessagingProblem } from './messaging-problem.ts';
import { attachmentAddress, textFormatOf } from './write-activity.ts';

const presetPageSize = 50;
const largestConversationPage = 250;
const largestMessagePage = 100;
const longestToken = 2000;

const statusNames: Readonly<Record<Status, string>> = {
  open: 'Open',
  active: 'Active',
  waiting: 'Waiting',
  wrapUp: 'WrapUp',
  closed: 'Closed',
};

/** Those that are not over, in the order of the customers' ids. */
export async function listConversations(
  { database }: MessagingContext,
  { channel, query }: AdmittedRequest,
): Promise<MessagingAnswer> {
  const pageSize = readPageSize(query, largestConversationPage, 'conversationPageSize');
  const since = readStartTime(query.get('StartTimeStamp'));
  const prefix = keyPrefixOf(channel.id);
  const after = readToken(query);
  // By bytes, as the index is made. The last character after a prefix that ends in a colon is a semicolon.
  const rows = await database.query(
    `SELECT id, channel_key, status, state ->> 'initiatedOn' FROM parley.conversation
     WHERE channel_key IS NOT NULL AND status NOT IN ('closed', 'wrapUp') AND channel_key ~>~ $1 AND channel_key ~<~ $2
       AND (state ->> 'initiatedOn')::bigint >= $3::bigint
     ORDER BY channel_key USING ~<~ LIMIT $4::integer`,
    [prefix + after, `${prefix.slice(0, -1)};`, since, pageSize + 1],
  );
  const conversations = rows.slice(0, pageSize).map(([id, key, status, initiatedOn]) => ({
    conversationId: id,
    customerId: (key ?? '').slice(prefix.length),
    // The column's check constraint holds the possible texts.
    status: statusNames[status as Status],
    startTimestamp: new Date(Number(initiatedOn)).toISOString(),
  }));
  const last = conversations.at(-1);
  const isMore = rows.length > pageSize && last !== undefined;
  return answerJson({ conversations, continuationToken: isMore ? writeToken(last.customerId) : null });
}

/** What the customer may see, oldest first. */
export async function listMessages(
  context: MessagingContext,
  { channel, query, parts }: AdmittedRequest,
  origin: string,
): Promise<MessagingAnswer> {
  const pageSize = readPageSize(query, largestMessagePage, 'messagePageSize');
  const token = readToken(query);
  if (!/^\d{0,9}$/.test(token)) throw new MessagingProblem('continuationToken');
  const conversation = await requireConversation(context, channel, parts[0]);
  const found: StoredMessage[] = [];
  let after = Number(token);
  // Private ones between them make pages of the service shorter than asked for.
  while (found.length <= pageSize) {
    const limit = pageSize + 1;
    const next = await context.conversations.messages(conversation.id, { after, limit });
    found.push(...next.filter(({ audience }) => audience === 'public'));
    if (next.length < limit) break;
    after = next.at(-1)?.number ?? after;
  }
  const messages = found.slice(0, pageSize);
  const last = messages.at(-1);
  const isMore = found.length > pageSize && last !== undefined;
  return answerJson({
    messages: messages.map((message) => describeMessage(message, origin)),
    continuationToken: isMore ? writeToken(String(last.number)) : null,
  });
}

export async function listContext(
  context: MessagingContext,
  { channel, parts }: AdmittedRequest,
): Promise<MessagingAnswer> {
  const conversation = await requireConversation(context, channel, parts[0]);
  return answerJson(Object.entries(conversation.context).map(([name, value]) => ({ name, value })));
}

function describeMessage(message: StoredMessage, origin: string): unknown {
  return {
    messageId: message.id,
    type: 'message',
    timestamp: new Date(message.sentOn).toISOString(),
    from: { id: message.author.id, name: message.author.name, role: message.author.kind },
    textFormat: textFormatOf(message.contentType),
    text: message.content,
    attachments: message.attachments.map(({ id, name, contentType, size }) => ({
      contentType,
      name,
      size,
      contentUrl: attachmentAddress(origin, id),
    })),
    deliveryStatus: message.delivery,
  };
}

function readPageSize(
  query: URLSearchParams,
  largest: number,
  problem: 'conversationPageSize' | 'messagePageSize',
): number {
  const text = query.get('PageSize');
  if (text === null) return presetPageSize;
  const size = Number(text);
  if (!/^\d{1,4}$/.test(text) || size < 1 || size > largest) throw new MessagingProblem(problem);
  return size;
}

/** A time in ISO 8601; without: everything. */
function readStartTime(text: string | null): Instant {
  if (text === null) return 0;
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time)) throw new MessagingProblem('timestamp');
  return time;
}

function writeToken(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** @returns empty when there is none @throws MessagingProblem continuationToken */
function readToken(query: URLSearchParams): string {
  const token = query.get('ContinuationToken') ?? '';
  const text = Buffer.from(token, 'base64url').toString();
  if (token.length > longestToken || writeToken(text) !== token || text.includes('\0'))
    throw new MessagingProblem('continuationToken');
  return text;
}
