/**
 * The resource path: what stands between the service root and the `?`. OData 4.0 part 2, chapter 4.
 * Names are not checked here, so that an unknown one, however odd, is "not found" and not a syntax error.
 */
import type { Parsed, PathSegment, ResourcePath } from './ast.ts';
import { CLOSE, DOT, DOUBLE_QUOTE, OPEN, QUOTE, SLASH } from './characters.ts';
import { type Cursor, codeAt, createCursor, describeFailure, fail, failExpected } from './cursor.ts';
import { percentDecode } from './percent-decode.ts';
import { readParentheses } from './read-argument.ts';

/**
 * Parses a resource path, still percent-encoded and without its leading slash. A slash at the end is tolerated; the
 * empty path gives no segments. An encoded slash never separates segments. Positions count in the decoded path.
 *
 * @example parseResourcePath("accounts(3f2504e0-4f89-11d3-9a0c-0305e82c3301)/name/$value")
 */
export function parseResourcePath(path: string): Parsed<ResourcePath> {
  const decoded = decodePath(path);
  if (!decoded.ok) return decoded;
  const { text, encodedSlashes } = decoded.value;
  const cursor = createCursor(text);
  const segments: PathSegment[] = [];
  while (cursor.position < text.length) {
    const segment = readSegment(cursor);
    if (segment === undefined) break;
    segments.push(segment);
    if (cursor.position === text.length) break;
    if (codeAt(cursor) !== SLASH) failExpected(cursor, "'/'");
    if (encodedSlashes.has(cursor.position)) fail(cursor, cursor.position, 'A name must not hold an encoded slash.');
    if (cursor.failure !== undefined) break;
    cursor.position += 1;
  }
  if (cursor.failure === undefined) return { ok: true, value: segments };
  return { ok: false, error: describeFailure('path', text, cursor.failure) };
}

type DecodedPath = { readonly text: string; readonly encodedSlashes: ReadonlySet<number> };

const noPositions: ReadonlySet<number> = new Set();

/** Decodes the path and notes which slashes in it came from `%2F`. */
function decodePath(path: string): Parsed<DecodedPath> {
  if (!path.includes('%2F') && !path.includes('%2f')) {
    const decoded = percentDecode(path, 'path');
    return decoded.ok ? { ok: true, value: { text: decoded.value, encodedSlashes: noPositions } } : decoded;
  }
  const encodedSlashes = new Set<number>();
  let text = '';
  for (const [index, piece] of path.split(/%2f/i).entries()) {
    const decoded = percentDecode(piece, 'path');
    if (!decoded.ok) return decoded;
    if (index > 0) {
      encodedSlashes.add(text.length);
      text += '/';
    }
    text += decoded.value;
  }
  return { ok: true, value: { text, encodedSlashes } };
}

function readSegment(cursor: Cursor): PathSegment | undefined {
  const { text, position } = cursor;
  let end = position;
  let isQualified = false;
  while (end < text.length && isSegmentPart(text.charCodeAt(end))) {
    if (text.charCodeAt(end) === DOT) isQualified = true;
    end += 1;
  }
  if (end === position) return failExpected(cursor, 'a segment');
  const name = text.slice(position, end);
  cursor.position = end;
  const isCalled = codeAt(cursor) === OPEN;
  if (!isCalled && isSystemSegment(name)) return { kind: name, position };
  const parentheses = isCalled ? readParentheses(cursor) : undefined;
  if (cursor.failure !== undefined) return undefined;
  return { kind: 'name', name, isQualified, parentheses, position };
}

function isSegmentPart(code: number): boolean {
  const isDelimiter = code === SLASH || code === OPEN || code === CLOSE || code === QUOTE || code === DOUBLE_QUOTE;
  return code > 0x20 && code !== 0x7f && !isDelimiter;
}

function isSystemSegment(name: string): name is '$count' | '$value' | '$ref' | '$metadata' | '$batch' {
  return name === '$count' || name === '$value' || name === '$ref' || name === '$metadata' || name === '$batch';
}
