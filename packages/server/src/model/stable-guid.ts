/** Identifiers that must be the same on every machine (privileges, roles, metadata, demo rows) are derived from a name. */
import { createHash } from 'node:crypto';

/** Parley's own name space for name-based UUIDs. */
const nameSpace = Buffer.from('5f0a4c1ed2b94f1c9a6e3d7b80c5e142', 'hex');

/**
 * A name-based UUID (RFC 9562 version 5).
 * @param name what the identifier stands for, e.g. `privilege:prvReadaccount`
 */
export function stableGuid(name: string): string {
  const bytes = createHash('sha1').update(nameSpace).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
