/** Headers with small grammars of their own: entity tags (RFC 9110, 8.8.3) and `Accept` (RFC 9110, 12.5.1). */
import type { Parsed } from './ast.ts';
import { isDigit } from './characters.ts';
import { syntaxProblem } from './cursor.ts';

/** What `If-Match` or `If-None-Match` names. `none`: the word `null`, by which clients mean "no condition". */
export type EntityTag =
  | { readonly kind: 'any' }
  | { readonly kind: 'none' }
  /** A row version in decimal digits; fits a signed 64-bit number. */
  | { readonly kind: 'version'; readonly version: string };

/** The largest row version that the database can hold. */
const VERSION_LIMIT = 2n ** 63n - 1n;
const VERSION_DIGITS = 19;

/**
 * Parses an entity tag: `*`, `W/"123"` or `null`. The strong form `"123"` means the same as the weak one.
 * Lists of tags are refused. `header` names the header in a problem.
 */
export function parseEntityTag(value: string, header = 'If-Match'): Parsed<EntityTag> {
  const text = value.trim();
  if (text === '*') return { ok: true, value: { kind: 'any' } };
  if (text === 'null') return { ok: true, value: { kind: 'none' } };
  const start = text.startsWith('W/') ? 3 : 1;
  const version = text.slice(start, -1);
  const isQuoted = text.startsWith('"', start - 1) && text.endsWith('"') && text.length > start;
  if (isQuoted && isVersion(version)) return { ok: true, value: { kind: 'version', version } };
  const detail = 'Expected an entity tag in the form W/"123", or *.';
  return { ok: false, error: syntaxProblem(header, text, 0, detail) };
}

function isVersion(text: string): boolean {
  if (text.length === 0 || text.length > VERSION_DIGITS) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (!isDigit(text.charCodeAt(index))) return false;
  }
  return text.length < VERSION_DIGITS || BigInt(text) <= VERSION_LIMIT;
}

export type AcceptedFormat = { readonly metadata: 'minimal' | 'full' | 'none' };

const minimal: AcceptedFormat = { metadata: 'minimal' };

/**
 * Chooses the JSON form that an `Accept` value asks for; `undefined` if it accepts no JSON of ours. The range with the
 * highest `q` wins, of equal ones the first. Parameters that do not choose the metadata level are ignored. Only for
 * JSON answers: not for `$metadata`, `$count` or `$batch`.
 *
 * @example parseAccept('application/json;odata.metadata=full, text/html;q=0.1') // { metadata: 'full' }
 */
export function parseAccept(value: string | undefined): AcceptedFormat | undefined {
  if (value === undefined || value.trim() === '' || value === 'application/json') return minimal;
  let best: AcceptedFormat | undefined;
  let bestQuality = 0;
  for (const range of value.split(',')) {
    const { format, quality } = parseRange(range);
    if (format !== undefined && quality > bestQuality) {
      best = format;
      bestQuality = quality;
    }
  }
  return best;
}

type MediaRange = { readonly format: AcceptedFormat | undefined; readonly quality: number };

function parseRange(text: string): MediaRange {
  const [type = '', ...parameters] = text.toLowerCase().split(';');
  let format: AcceptedFormat | undefined = isJsonRange(type.trim()) ? minimal : undefined;
  let quality = 1;
  for (const parameter of parameters) {
    const equals = parameter.indexOf('=');
    const name = parameter.slice(0, Math.max(equals, 0)).trim();
    const value = unquote(parameter.slice(equals + 1).trim());
    if (name === 'q') quality = parseQuality(value);
    else if (name === 'odata.metadata' || name === 'odata') format = format && formatNamed(value);
  }
  return { format, quality };
}

function isJsonRange(type: string): boolean {
  return type === 'application/json' || type === 'application/*' || type === '*/*';
}

function formatNamed(level: string): AcceptedFormat | undefined {
  switch (level) {
    case 'minimal':
    case 'minimalmetadata':
      return minimal;
    case 'full':
    case 'fullmetadata':
      return { metadata: 'full' };
    case 'none':
    case 'nometadata':
      return { metadata: 'none' };
    default:
      return undefined;
  }
}

function parseQuality(text: string): number {
  const quality = Number(text);
  return quality >= 0 && quality <= 1 ? quality : 1;
}

function unquote(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
