/** `POST conversation/create`: a new conversation, or the one that the customer has already. The same request id, the same answer. */
import { type Customer, channelCodes } from '@parley/engine';
import type { IncomingMessage, StartResult } from '../../conversations/conversation-service.ts';
import type { Database } from '../../db/database.ts';
import { stableGuid } from '../../model/stable-guid.ts';
import { channelKeyOf, type MessagingChannel } from './channel-row.ts';
import { type AdmittedRequest, answerJson, type MessagingAnswer, type MessagingContext } from './messaging-context.ts';
import { MessagingProblem } from './messaging-problem.ts';
import { type CreateRequest, parseCreate } from './parse-create.ts';

type CreateAnswer = {
  readonly conversationId: string;
  readonly isNew: boolean;
  readonly messageId: string | null;
};

/** @throws MessagingProblem */
export async function createConversation(
  context: MessagingContext,
  { channel, readBody }: AdmittedRequest,
): Promise<MessagingAnswer> {
  const request = parseCreate(await readBody());
  if (request.requestId === null) return answerJson(toAnswer(await start(context, channel, request, undefined)));
  const id = stableGuid(`conversationrequest:${channel.id}:${JSON.stringify([request.customerId, request.requestId])}`);
  const known = await readAnswer(context.database, id);
  if (known !== undefined) return answerJson(known);
  const answer = await createOnce(context, channel, request, id);
  await storeAnswer(context.database, id, answer);
  // Of two requests at once, the first one stored is the answer to both.
  return answerJson((await readAnswer(context.database, id)) ?? answer);
}

/**
 * The request's own id becomes the conversation's: when an earlier try got as far as starting it, but not as far as remembering
 * the answer, it is found by that.
 */
async function createOnce(
  context: MessagingContext,
  channel: MessagingChannel,
  request: CreateRequest,
  id: string,
): Promise<CreateAnswer> {
  if ((await context.conversations.find(id)) === undefined) {
    const result = await start(context, channel, request, id);
    return { ...toAnswer(result), isNew: result.conversation.id === id };
  }
  const [first] = await context.conversations.messages(id, { after: 0, limit: 1 });
  const isStartMessage = first?.clientId === startMessageId(id);
  return { conversationId: id, isNew: true, messageId: isStartMessage ? first.id : null };
}

async function start(
  context: MessagingContext,
  channel: MessagingChannel,
  request: CreateRequest,
  id: string | undefined,
): Promise<StartResult> {
  const known = request.contactId === null ? undefined : await requireContact(context.database, request.contactId);
  const customerName = request.customerName ?? known?.name ?? null;
  return context.conversations.start({
    ...(id === undefined ? {} : { id }),
    workStreamId: channel.workStreamId,
    channel: channelCodes.custom,
    channelKey: channelKeyOf(channel.id, request.customerId),
    customer: known?.customer ?? null,
    customerName,
    locale: null,
    context: request.context,
    message: startMessage(request, customerName, id),
  });
}

function startMessage(
  { startMessage: content, customerId }: CreateRequest,
  name: string | null,
  id: string | undefined,
): IncomingMessage | null {
  if (content === null) return null;
  return {
    clientId: id === undefined ? null : startMessageId(id),
    author: { kind: 'customer', id: customerId, name },
    audience: 'public',
    contentType: 'text/plain',
    content,
    attachments: [],
  };
}

function startMessageId(requestId: string): string {
  return `start:${requestId}`;
}

function toAnswer({ conversation, isNew, message }: StartResult): CreateAnswer {
  return { conversationId: conversation.id, isNew, messageId: message?.id ?? null };
}

async function requireContact(
  database: Database,
  id: string,
): Promise<{ readonly customer: Customer; readonly name: string | null }> {
  const [row] = await database.query('SELECT fullname FROM data.contact WHERE contactid = $1::uuid', [id]);
  if (row === undefined)
    throw new MessagingProblem('id', 'customercontext.contactid is no contact of this organization.');
  return { customer: { id, table: 'contact' }, name: row[0] ?? null };
}

async function readAnswer(database: Database, id: string): Promise<CreateAnswer | undefined> {
  const [row] = await database.query(
    'SELECT conversation_id, is_new, message_id FROM parley.channel_request WHERE id = $1::uuid',
    [id],
  );
  if (row === undefined) return undefined;
  return { conversationId: row[0] ?? '', isNew: row[1] === 't', messageId: row[2] ?? null };
}

async function storeAnswer(database: Database, id: string, answer: CreateAnswer): Promise<void> {
  await database.query(
    `INSERT INTO parley.channel_request (id, conversation_id, is_new, message_id)
     VALUES ($1::uuid, $2::uuid, $3::boolean, $4::uuid) ON CONFLICT DO NOTHING`,
    [id, answer.conversationId, answer.isNew, answer.messageId],
  );
}
