/** JSON values back to text: the inverse of `parseJson`, without blanks. */
import type { JsonValue } from './ast.ts';

/** Writes a value as RFC 8259 JSON; numbers as they were written. */
export function printJson(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(printJson).join(',')}]`;
  if (value.kind === 'number') return value.text;
  const members: string[] = [];
  for (const [name, member] of value.members) members.push(`${JSON.stringify(name)}:${printJson(member)}`);
  return `{${members.join(',')}}`;
}

/** `Array.isArray` does not narrow a read-only array out of a union. */
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
