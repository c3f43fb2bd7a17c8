/** Percent-decoding of URL parts (RFC 3986, 2.1), with faults as values. */
import type { Parsed } from './ast.ts';
import { hexValue } from './characters.ts';
import { syntaxProblem } from './cursor.ts';

const PERCENT = 0x25;

/**
 * Decodes the escapes of `text`, which must be UTF-8. U+0000 is refused: no column can hold it.
 * `source` names the part of the URL in a problem, whose position counts in the text as given.
 */
export function percentDecode(text: string, source: string): Parsed<string> {
  const decoded = text.includes('%') ? decodeOrUndefined(text) : text;
  if (decoded === undefined) {
    const detail = 'The percent-encoding is malformed or not UTF-8.';
    return { ok: false, error: syntaxProblem(source, text, findFault(text), detail) };
  }
  const nul = decoded.indexOf('\0');
  if (nul === -1) return { ok: true, value: decoded };
  return { ok: false, error: syntaxProblem(source, decoded, nul, 'The character U+0000 is not allowed.') };
}

function decodeOrUndefined(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The position of the first escape, or run of escapes, that cannot be decoded. */
function findFault(text: string): number {
  let start = text.indexOf('%');
  while (start !== -1) {
    let end = start;
    while (text.charCodeAt(end) === PERCENT) {
      if (hexValue(text.charCodeAt(end + 1)) < 0 || hexValue(text.charCodeAt(end + 2)) < 0) return end;
      end += 3;
    }
    if (decodeOrUndefined(text.slice(start, end)) === undefined) return start;
    start = text.indexOf('%', end);
  }
  return 0;
}
