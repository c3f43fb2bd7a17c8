/** Activities towards the organisation's channel: the body of a webhook, with the members of Bot Framework activities. */
import type { Attachment } from '@parley/engine';
import type { Outbound, OutboundMessage } from '../channel-adapter.ts';

export type ActivityPlace = {
  readonly channelId: string;
  readonly customerId: string;
  /** Of this server, for the addresses of attachments. */
  readonly origin: string;
};

const cardPattern = /^application\/vnd\.microsoft\.card\./;

/** @returns JSON */
export function writeActivity(outbound: Outbound, place: ActivityPlace): string {
  return JSON.stringify({
    type: outbound.kind === 'message' ? 'message' : outbound.name === 'typing' ? 'typing' : 'event',
    id: outbound.deliveryId,
    timestamp: new Date(outbound.occurredOn).toISOString(),
    channelId: place.channelId,
    conversation: { id: outbound.conversationId },
    recipient: { id: place.customerId, role: 'user' },
    ...(outbound.kind === 'message' ? messageMembers(outbound, place.origin) : eventMembers(outbound)),
  });
}

function eventMembers({ name, value }: Extract<Outbound, { kind: 'event' }>): Readonly<Record<string, unknown>> {
  const from = { id: 'system', name: null, role: 'system' };
  return name === 'typing' ? { from } : { from, name, value };
}

function messageMembers(message: OutboundMessage, origin: string): Readonly<Record<string, unknown>> {
  const { author, contentType, content } = message;
  const card = cardPattern.test(contentType) ? parseCard(content) : undefined;
  const files = message.attachments.map((file) => describeFile(file, origin));
  return {
    from: { id: author.id ?? author.kind, name: author.name, role: author.kind },
    textFormat: textFormatOf(contentType),
    text: card === undefined ? content : '',
    attachments: card === undefined ? files : [{ contentType, content: card }, ...files],
  };
}

function describeFile({ id, name, contentType, size }: Attachment, origin: string): Readonly<Record<string, unknown>> {
  return { contentType, name, size, contentUrl: attachmentAddress(origin, id) };
}

/** Undefined for what is no JSON: it then travels as text. */
function parseCard(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** Bot Framework's words for how a text is marked up. */
export function textFormatOf(contentType: string): 'plain' | 'markdown' | 'xml' {
  if (contentType === 'text/markdown') return 'markdown';
  return contentType === 'text/html' ? 'xml' : 'plain';
}

/** Needs the same token and headers as every other request. */
export function attachmentAddress(origin: string, id: string): string {
  return `${origin}/api/v1.0/consumer/attachments/${id}`;
}
