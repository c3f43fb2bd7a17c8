/** What a channel's limits say about a message before it is sent (behaviour reference, section 7). */
import type { Instant } from '@parley/engine';
import type { ChannelLimits, OutboundMessage } from './channel-adapter.ts';

/**
 * @param lastCustomerOn when the customer wrote last; null: never
 * @returns why the message cannot be sent, for people; undefined when it can
 */
export function judgeOutbound(
  message: OutboundMessage,
  limits: ChannelLimits,
  lastCustomerOn: Instant | null,
): string | undefined {
  const { textLength, attachments, replyWindowSeconds } = limits;
  if (message.content.length > textLength)
    return `The text has ${message.content.length} characters; the channel takes ${textLength}.`;
  if (message.attachments.length > 0 && !attachments.out) return 'The channel takes no files from agents.';
  if (message.attachments.length > attachments.maximumCount)
    return `The channel takes ${attachments.maximumCount} files with a message.`;
  for (const { name, size, contentType } of message.attachments) {
    if (size > attachments.maximumBytes)
      return `The file ${name} has ${size} bytes; the channel takes ${attachments.maximumBytes}.`;
    if (attachments.types !== 'all' && !attachments.types.includes(contentType))
      return `The channel takes no files of the type ${contentType}.`;
  }
  if (replyWindowSeconds === undefined) return undefined;
  const isOpen = lastCustomerOn !== null && message.occurredOn - lastCustomerOn <= replyWindowSeconds * 1000;
  return isOpen
    ? undefined
    : `The customer has not written for ${replyWindowSeconds / 3600} hours; the channel then takes templates only.`;
}
