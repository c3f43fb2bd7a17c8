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
  const bytes = hash('sha256', `${conversationId}/${kind}/${number}`, 'buffer').subarray(0, 16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
