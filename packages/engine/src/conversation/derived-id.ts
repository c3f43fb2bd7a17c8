/** Ids of what a decision creates: decisions are repeatable, so their ids cannot be random. */
import { hash } from 'node:crypto';
import type { Guid, Instant } from './conversation.ts';

/**
 * A UUID with the shape of version 7 (RFC 9562): ordered by time, the rest from a hash instead of chance. The same input gives the same id.
 * @param conversationId whose thing it is (a conversation, or an agent)
 * @param kind what it is for: `session`, `participant` ...
 * @param number unique within owner and kind
 */
export function derivedId(conversationId: Guid, kind: string, number: number, now: Instant): Guid {
  const digest = hash('sha256', `${conversationId}/${kind}/${number}`);
  const time = now.toString(16).padStart(12, '0');
  // Two bits of the ninth byte say that it is a UUID of this RFC; the other two of its first digit are from the hash.
  const variant = '89ab'.charAt(Number.parseInt(digest.charAt(16), 16) & 3);
  const rest = `7${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${rest}`;
}
