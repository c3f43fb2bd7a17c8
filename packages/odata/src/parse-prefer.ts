/** The `Prefer` request header: RFC 7240, with the preferences of OData 4.0 part 1, 8.2.8. */
import { BACKSLASH, COMMA, DOUBLE_QUOTE, EQUALS, isDigit, SEMICOLON } from './characters.ts';
import { type Cursor, codeAt, createCursor, skipBlanks, takeCode } from './cursor.ts';

/** What a caller prefers. `sent` holds each preference as it was written, for `Preference-Applied`. */
export type Preferences = {
  readonly returnRepresentation: 'representation' | 'minimal' | undefined;
  /** The list of annotation names, without its quotes; see `matchesAnnotation`. */
  readonly includeAnnotations: string | undefined;
  /** As asked for; at least 1, with no upper limit. */
  readonly maxPageSize: number | undefined;
  readonly trackChanges: boolean;
  readonly continueOnError: boolean;
  readonly sent: {
    readonly returnRepresentation: string | undefined;
    readonly includeAnnotations: string | undefined;
    readonly maxPageSize: string | undefined;
    readonly trackChanges: string | undefined;
    readonly continueOnError: string | undefined;
  };
};

/** `Preferences` while they are being read. */
type Draft = { -readonly [Key in keyof Omit<Preferences, 'sent'>]: Preferences[Key] } & {
  readonly sent: { -readonly [Key in keyof Preferences['sent']]: string | undefined };
};

/** One preference: its name in lower case without `odata.`, its value without quotes, and the text of both. */
type Preference = { readonly name: string; readonly value: string | undefined; readonly text: string };

/**
 * Parses the value of `Prefer`; several headers are one value joined with commas. Unknown preferences and values that
 * make no sense are ignored, as RFC 7240 asks; of a preference given twice the first one counts.
 *
 * @example parsePrefer('return=representation,odata.include-annotations="*"')
 */
export function parsePrefer(headerValues: string | undefined): Preferences {
  const draft: Draft = {
    returnRepresentation: undefined,
    includeAnnotations: undefined,
    maxPageSize: undefined,
    trackChanges: false,
    continueOnError: false,
    sent: {
      returnRepresentation: undefined,
      includeAnnotations: undefined,
      maxPageSize: undefined,
      trackChanges: undefined,
      continueOnError: undefined,
    },
  };
  if (headerValues === undefined) return draft;
  const cursor = createCursor(headerValues);
  while (cursor.position < headerValues.length) {
    const preference = readPreference(cursor);
    if (preference !== undefined) apply(draft, preference);
  }
  return draft;
}

function apply(draft: Draft, { name, value, text }: Preference): void {
  const key = keyOf(name);
  if (key === undefined || draft.sent[key] !== undefined) return;
  switch (key) {
    case 'returnRepresentation':
      if (value !== 'representation' && value !== 'minimal') return;
      draft.returnRepresentation = value;
      break;
    case 'includeAnnotations':
      if (value === undefined || value === '') return;
      draft.includeAnnotations = value;
      break;
    case 'maxPageSize': {
      const size = parsePageSize(value ?? '');
      if (size === undefined) return;
      draft.maxPageSize = size;
      break;
    }
    default:
      if (value !== undefined && value !== 'true' && value !== 'false') return;
      draft[key] = value !== 'false';
  }
  draft.sent[key] = text;
}

function keyOf(name: string): keyof Preferences['sent'] | undefined {
  switch (name) {
    case 'return':
      return 'returnRepresentation';
    case 'include-annotations':
      return 'includeAnnotations';
    case 'maxpagesize':
      return 'maxPageSize';
    case 'track-changes':
      return 'trackChanges';
    case 'continue-on-error':
      return 'continueOnError';
    default:
      return undefined;
  }
}

function parsePageSize(text: string): number | undefined {
  let size = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (!isDigit(text.charCodeAt(index))) return undefined;
    size = Math.min(size * 10 + Number(text.charAt(index)), Number.MAX_SAFE_INTEGER);
  }
  return size > 0 ? size : undefined;
}

/** Reads one preference with its parameters and the comma behind it; `undefined` if there is none between commas. */
function readPreference(cursor: Cursor): Preference | undefined {
  skipBlanks(cursor);
  const start = cursor.position;
  const name = readToken(cursor).toLowerCase();
  let end = cursor.position;
  skipBlanks(cursor);
  let value: string | undefined;
  if (takeCode(cursor, EQUALS)) {
    skipBlanks(cursor);
    value = readWord(cursor);
    end = cursor.position;
  }
  skipToComma(cursor);
  if (name === '') return undefined;
  const bareName = name.startsWith('odata.') ? name.slice(6) : name;
  return { name: bareName, value, text: cursor.text.slice(start, end) };
}

/** Reads up to a blank or one of `,;="`. */
function readToken(cursor: Cursor): string {
  const { text, position } = cursor;
  let end = position;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    const isDelimiter = code === COMMA || code === SEMICOLON || code === EQUALS || code === DOUBLE_QUOTE;
    if (isDelimiter || code <= 0x20) break;
  }
  cursor.position = end;
  return text.slice(position, end);
}

/** Reads a token or a quoted string; `undefined` if the quote is never closed. */
function readWord(cursor: Cursor): string | undefined {
  if (codeAt(cursor) !== DOUBLE_QUOTE) return readToken(cursor);
  const { text } = cursor;
  let value = '';
  let start = cursor.position + 1;
  for (let index = start; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === DOUBLE_QUOTE) {
      cursor.position = index + 1;
      return value + text.slice(start, index);
    }
    if (code === BACKSLASH) {
      value += text.slice(start, index);
      start = index + 1;
      index += 1;
    }
  }
  cursor.position = text.length;
  return '';
}

/** Moves behind the next comma outside quotes, over parameters that no preference of ours has. */
function skipToComma(cursor: Cursor): void {
  while (cursor.position < cursor.text.length) {
    if (takeCode(cursor, COMMA)) return;
    if (codeAt(cursor) === DOUBLE_QUOTE) readWord(cursor);
    else cursor.position += 1;
  }
}
