/** Writing into a conversation and reading it (limits: behaviour reference, sections 4.8 and 5.4). */

import { WebApiError } from '@parley/protocol';
import type { StoredMessage } from '../conversations/conversation-service.ts';
import type { DeclaredOperation } from '../webapi/operations/operation.ts';
import type { ComplexTypeDefinition } from '../webapi/operations/operation-signature.ts';
import { conversationTables, openConversation } from './open-conversation.ts';
import type { OperationFamily, OperationParts } from './operation-parts.ts';
import { choice, limitedText, maximumMessageBytes, optionalNumber, optionalText } from './parameters.ts';
import { type CommandInput, type ConversationAction, conversationAction } from './run-command.ts';

/** Characters that a supervisor may write to customers at once. */
const maximumBulkText = 1000;
const longestClientId = 100;
const mostMessages = 500;
const defaultMessages = 100;

const mediaType = /^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,100}$/;

const attachmentType: ComplexTypeDefinition = {
  name: 'parley_Attachment',
  properties: [
    { name: 'AttachmentId', type: 'Edm.Guid' },
    { name: 'Name', type: 'Edm.String' },
    { name: 'ContentType', type: 'Edm.String' },
    { name: 'Size', type: 'Edm.Int32' },
  ],
};

const messageType: ComplexTypeDefinition = {
  name: 'parley_Message',
  properties: [
    { name: 'Number', type: 'Edm.Int32' },
    { name: 'MessageId', type: 'Edm.Guid' },
    { name: 'ClientId', type: 'Edm.String' },
    { name: 'SentOn', type: 'Edm.DateTimeOffset' },
    { name: 'AuthorKind', type: 'Edm.String' },
    { name: 'AuthorId', type: 'Edm.String' },
    { name: 'AuthorName', type: 'Edm.String' },
    { name: 'Audience', type: 'Edm.String' },
    { name: 'Channel', type: 'Edm.Int32' },
    { name: 'ContentType', type: 'Edm.String' },
    { name: 'Content', type: 'Edm.String' },
    { name: 'Delivery', type: 'Edm.String' },
    { name: 'Attachments', type: 'Collection(mscrm.parley_Attachment)' },
  ],
};

const sendMessage: ConversationAction = {
  name: 'parley_SendMessage',
  form: 'bound',
  for: 'agent',
  parameters: [
    { name: 'Text', type: 'Edm.String' },
    { name: 'ContentType', type: 'Edm.String', nullable: true },
    { name: 'Audience', type: 'Edm.String', nullable: true },
    { name: 'ClientId', type: 'Edm.String', nullable: true },
  ],
  returns: {
    complexType: 'parley_SendMessageResponse',
    properties: [
      { name: 'MessageId', type: 'Edm.Guid' },
      { name: 'Number', type: 'Edm.Int32' },
    ],
  },
  command: (input) => ({
    kind: 'addMessage',
    by: input.by,
    message: {
      ...written(input, limitedText(input.values, 'Text', maximumMessageBytes)),
      clientId: clientId(input),
      audience: choice(input.values, 'Audience', ['public', 'private', 'note']),
      contentType: contentType(input),
    },
  }),
  answer: ({ message }) => ({ MessageId: message?.id ?? null, Number: message?.number ?? null }),
};

const messageCustomer: ConversationAction = {
  name: 'parley_MessageCustomer',
  form: 'bound',
  for: 'supervisor',
  parameters: [{ name: 'Text', type: 'Edm.String' }],
  command: (input) => {
    const text = limitedText(input.values, 'Text', maximumMessageBytes);
    if (text.length > maximumBulkText)
      throw new WebApiError('requestFault', {
        detail: `The parameter 'Text' has ${text.length} characters; at most ${maximumBulkText} are allowed.`,
      });
    return { kind: 'messageCustomer', by: input.by, message: written(input, text) };
  },
};

function written({ context }: CommandInput, content: string) {
  const { userId, fullName } = context.request.caller.principal;
  return {
    clientId: null,
    author: { kind: 'agent', id: userId, name: fullName },
    audience: 'public',
    contentType: 'text/plain',
    content,
    attachments: [],
  } as const;
}

function clientId({ values }: CommandInput): string | null {
  const id = optionalText(values, 'ClientId');
  if (id !== null && (id === '' || id.length > longestClientId))
    throw new WebApiError('requestFault', {
      detail: `The parameter 'ClientId' must have 1 to ${longestClientId} characters.`,
    });
  return id;
}

function contentType({ values }: CommandInput): string {
  const type = optionalText(values, 'ContentType')?.toLowerCase() ?? 'text/plain';
  if (mediaType.test(type)) return type;
  throw new WebApiError('requestFault', {
    detail: "The parameter 'ContentType' must be a media type, such as text/plain.",
  });
}

export const messageOperations: OperationFamily = (parts) => [
  conversationAction(parts, sendMessage),
  conversationAction(parts, messageCustomer),
  getMessages(parts),
];

/** Messages in order, after a number: a client that asks again with the last number it has misses none. */
function getMessages(parts: OperationParts): DeclaredOperation {
  return {
    name: 'parley_GetMessages',
    kind: 'function',
    boundTo: conversationTables,
    parameters: [
      { name: 'After', type: 'Edm.Int32', nullable: true },
      { name: 'Top', type: 'Edm.Int32', nullable: true },
    ],
    returns: {
      complexType: 'parley_GetMessagesResponse',
      properties: [
        { name: 'Messages', type: 'Collection(mscrm.parley_Message)' },
        { name: 'MessageCount', type: 'Edm.Int32' },
      ],
    },
    types: [attachmentType, messageType],
    run: async (context, values, row) => {
      const after = optionalNumber(values, 'After') ?? 0;
      const limit = optionalNumber(values, 'Top') ?? defaultMessages;
      if (after < 0) throw new WebApiError('requestFault', { detail: "The parameter 'After' must not be negative." });
      if (limit < 1 || limit > mostMessages)
        throw new WebApiError('requestFault', { detail: `The parameter 'Top' must be 1 to ${mostMessages}.` });
      const { id, state } = await openConversation(context, parts, values, row);
      const messages = state === undefined ? [] : await parts.conversations.messages(id, { after, limit });
      return { Messages: messages.map(showMessage), MessageCount: state?.messageCount ?? 0 };
    },
  };
}

function showMessage(message: StoredMessage): Readonly<Record<string, unknown>> {
  return {
    Number: message.number,
    MessageId: message.id,
    ClientId: message.clientId,
    SentOn: new Date(message.sentOn).toISOString(),
    AuthorKind: message.author.kind,
    AuthorId: message.author.id,
    AuthorName: message.author.name,
    Audience: message.audience,
    Channel: message.channel,
    ContentType: message.contentType,
    Content: message.content,
    Delivery: message.delivery,
    Attachments: message.attachments.map(({ id, name, contentType: type, size }) => ({
      AttachmentId: id,
      Name: name,
      ContentType: type,
      Size: size,
    })),
  };
}
