/** A share of a hundred that one id always gets again: splits are stable for a conversation however often it is routed. */

/** A number from 0 (included) to 100 (not included), evenly spread over texts: FNV-1a over 32 bits with a final mix. */
export function hashToPercent(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  // Ids that differ in their last character only would otherwise land close together.
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return ((hash >>> 0) / 0x1_0000_0000) * 100;
}
