/** `POST conversation/{id}`: what the customer writes or does. */
import type { Attachment, Conversation } from '@parley/engine';
import type { CommandRequest } from '../../conversations/conversation-service.ts';
import { parseChannelKey } from './channel-row.ts';
import { requireConversation } from './find-conversation.ts';
import { type AdmittedRequest, answerJson, type MessagingAnswer, type MessagingContext } from './messaging-context.ts';
import { MessagingProblem } from './messaging-problem.ts';
import { type CustomerActivity, longestId, parseActivity } from './parse-activity.ts';
import { readText } from './read-values.ts';
import { storeFiles } from './store-files.ts';

type Message = Extract<CustomerActivity, { type: 'message' }>;

/** @throws MessagingProblem */
export async function sendActivity(context: MessagingContext, request: AdmittedRequest): Promise<MessagingAnswer> {
  const conversation = await requireConversation(context, request.channel, request.parts[0]);
  const activity = parseActivity(await request.readBody());
  switch (activity.type) {
    case 'message':
      return answerJson({ messageId: await addMessage(context, request, conversation, activity) });
    case 'endOfConversation':
      await execute(context, conversation.id, { kind: 'end', by: { kind: 'customer' } });
      return answerJson({ messageId: activity.id });
    case 'event':
      if (activity.readMessageId !== null) await markRead(context, conversation.id, activity.readMessageId);
      return answerJson({ messageId: activity.id });
    case 'typing':
      // Nobody is shown it yet.
      return answerJson({ messageId: activity.id });
  }
}

async function addMessage(
  context: MessagingContext,
  request: AdmittedRequest,
  conversation: Conversation,
  message: Message,
): Promise<string | null> {
  const header = request.headers['idempotency-key'];
  const clientId = readText(header, 'Idempotency-Key', { longest: longestId, tooLong: 'id' }) || message.id;
  // Before its files are fetched and stored another time.
  const known = clientId === null ? undefined : await findMessage(context, conversation.id, clientId);
  if (known !== undefined) return known;
  const files = await storeFiles(context, request.channel, conversation, message.files);
  try {
    return await execute(context, conversation.id, {
      kind: 'addMessage',
      by: { kind: 'customer' },
      message: {
        clientId,
        author: { kind: 'customer', id: customerIdOf(conversation), name: conversation.customerName },
        audience: 'public',
        contentType: message.contentType,
        content: message.text,
        attachments: files,
      },
    });
  } catch (error) {
    await context.attachments.forget(files.map(({ id }: Attachment) => id));
    throw error;
  }
}

/** @returns the id of the message, if it stored one @throws MessagingProblem notFound, conflict */
async function execute(context: MessagingContext, id: string, request: CommandRequest): Promise<string | null> {
  const result = await context.conversations.execute(id, request);
  if (result.kind === 'accepted') return result.message?.id ?? null;
  if (result.name === 'unknownConversation') throw new MessagingProblem('notFound');
  throw new MessagingProblem('conflict', result.detail);
}

function customerIdOf({ channelKey }: Conversation): string | null {
  return parseChannelKey(channelKey ?? '')?.customerId ?? null;
}

async function findMessage(
  { database }: MessagingContext,
  conversationId: string,
  clientId: string,
): Promise<string | undefined> {
  const [row] = await database.query(
    'SELECT id FROM parley.message WHERE conversation_id = $1::uuid AND client_id = $2',
    [conversationId, clientId],
  );
  return row?.[0] ?? undefined;
}

/** The customer has read a message, and with it what was sent to them before. Unknown messages are nobody's. */
async function markRead(
  { database, conversations }: MessagingContext,
  conversationId: string,
  messageId: string,
): Promise<void> {
  const rows = await database.query(
    `SELECT m.number FROM parley.message m JOIN parley.message r ON r.conversation_id = m.conversation_id AND m.number <= r.number
     WHERE r.conversation_id = $1::uuid AND r.id = $2::uuid AND r.audience = 'public' AND r.author_kind <> 'customer'
       AND m.audience = 'public' AND m.author_kind <> 'customer' AND m.delivery IN ('sent', 'delivered')`,
    [conversationId, messageId],
  );
  if (rows.length > 0)
    await conversations.setDelivery(
      conversationId,
      rows.map(([number]) => Number(number)),
      'read',
    );
}
