/** JSON of request bodies: RFC 8259 to the letter, numbers kept as text, no member twice. */
import type { JsonValue, Parsed } from './ast.ts';
import { createCursor, type Failure, failExpected, skipBlanks } from './cursor.ts';
import { readJson } from './read-json.ts';

/**
 * Parses a JSON text. A byte order mark in front is ignored.
 *
 * Refused beyond RFC 8259: a member given twice, U+0000 (raw or escaped; the database cannot hold it), nesting deeper
 * than 60, numbers longer than 400 characters. Lone surrogates in `\u` escapes are kept as they are.
 *
 * @example parseJson('{"revenue":1.50}') // numbers stay text: { kind: 'number', text: '1.50' }
 */
export function parseJson(text: string): Parsed<JsonValue> {
  const cursor = createCursor(text);
  if (text.charCodeAt(0) === 0xfeff) cursor.position = 1;
  skipBlanks(cursor);
  const value = readJson(cursor, 'strict');
  skipBlanks(cursor);
  if (value !== undefined && cursor.position === text.length) return { ok: true, value };
  if (value !== undefined) failExpected(cursor, 'the end');
  const failure = cursor.failure ?? { kind: 'syntax', position: cursor.position, detail: '' };
  return {
    ok: false,
    error: { problem: 'syntax', source: 'body', position: failure.position, message: describe(failure) },
  };
}

/** Unlike the messages for URLs these do not repeat the text: a body may hold what belongs in no log. */
function describe({ kind, position, detail }: Failure): string {
  if (kind === 'depth') return 'Recursion depth exceeded allowed limit.';
  if (kind === 'unterminated') return `Invalid JSON at position ${position}. A string is not closed.`;
  return `Invalid JSON at position ${position}. ${detail}`;
}
