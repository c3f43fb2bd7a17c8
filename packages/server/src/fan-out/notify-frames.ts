/**
 * Payloads of any length as payloads of NOTIFY, which hold less than 8,000 bytes: a short one travels as it is behind a mark, a
 * long one in numbered parts.
 */
import { randomBytes } from 'node:crypto';

const wholeMark = '=';
const partMark = '+';
/** In bytes, the mark included. */
const longestFrame = 7_900;
/** Base64 makes 4 characters of 3 bytes; the head takes less than 40. */
const bytesPerPart = 5_880;
/** Payloads of which only some parts have come; more than this are those of senders that failed in between. */
const mostUnfinished = 100;

/** Empty payloads are allowed. */
export function toFrames(payload: string): readonly string[] {
  if (Buffer.byteLength(payload) < longestFrame) return [wholeMark + payload];
  const bytes = Buffer.from(payload);
  const id = randomBytes(9).toString('base64url');
  const count = Math.ceil(bytes.length / bytesPerPart);
  return Array.from({ length: count }, (_, index) => {
    const part = bytes.subarray(index * bytesPerPart, (index + 1) * bytesPerPart);
    return `${partMark}${id} ${index} ${count} ${part.toString('base64')}`;
  });
}

export type FrameReader = {
  /** The payload, when this frame completes one. What is no frame is a payload too: a notification that was written by hand. */
  read(frame: string): string | undefined;
  /** Forgets unfinished payloads. */
  reset(): void;
};

export function createFrameReader(): FrameReader {
  const unfinished = new Map<string, Map<number, Buffer>>();
  return {
    read(frame): string | undefined {
      if (frame.startsWith(wholeMark)) return frame.slice(1);
      const { id, index, count, part } =
        /^\+(?<id>\S+) (?<index>\d+) (?<count>\d+) (?<part>\S*)$/.exec(frame)?.groups ?? {};
      if (id === undefined || part === undefined) return frame;
      const parts = unfinished.get(id) ?? new Map<number, Buffer>();
      parts.set(Number(index), Buffer.from(part, 'base64'));
      unfinished.set(id, parts);
      if (parts.size === Number(count)) {
        unfinished.delete(id);
        const inOrder = [...parts].sort(([left], [right]) => left - right);
        return Buffer.concat(inOrder.map(([, bytes]) => bytes)).toString();
      }
      const [oldest] = unfinished.keys();
      if (unfinished.size > mostUnfinished && oldest !== undefined) unfinished.delete(oldest);
      return undefined;
    },
    reset: () => unfinished.clear(),
  };
}
