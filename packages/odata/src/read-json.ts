/**
 * Reads one JSON value (RFC 8259) at the cursor, with numbers kept as text.
 *
 * The lenient dialect is for values in URLs: there Dataverse clients also quote with `'`, as in
 * `{'@odata.id':'accounts(...)'}`; such a quote inside is doubled or has a backslash in front.
 */
import type { JsonNumber, JsonObject, JsonValue } from './ast.ts';
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DIGIT_0,
  DOT,
  DOUBLE_QUOTE,
  hexValue,
  isDigit,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  PLUS,
  QUOTE,
} from './characters.ts';
import {
  type Cursor,
  codeAt,
  enter,
  excerpt,
  fail,
  failExpected,
  failUnterminated,
  isWordAt,
  leave,
  skipBlanks,
  takeCode,
} from './cursor.ts';

export type JsonDialect = 'strict' | 'lenient';

/** Longer numbers fit no column, and cost the database time to find that out. */
export const NUMBER_LENGTH_LIMIT = 400;

/** Reads a value of any kind. */
export function readJson(cursor: Cursor, dialect: JsonDialect): JsonValue | undefined {
  const code = codeAt(cursor);
  if (isStringQuote(code, dialect)) return readString(cursor, dialect);
  if (code === OPEN_BRACE) return readObject(cursor, dialect);
  if (code === OPEN_BRACKET) return readArray(cursor, dialect);
  if (code === MINUS || isDigit(code)) return readNumber(cursor);
  if (isWordAt(cursor, 'null')) {
    cursor.position += 4;
    return null;
  }
  if (isWordAt(cursor, 'true')) {
    cursor.position += 4;
    return true;
  }
  if (isWordAt(cursor, 'false')) {
    cursor.position += 5;
    return false;
  }
  return failExpected(cursor, 'a JSON value');
}

function isStringQuote(code: number, dialect: JsonDialect): boolean {
  return code === DOUBLE_QUOTE || (code === QUOTE && dialect === 'lenient');
}

function readObject(cursor: Cursor, dialect: JsonDialect): JsonObject | undefined {
  if (!enter(cursor)) return undefined;
  const members = new Map<string, JsonValue>();
  cursor.position += 1;
  skipBlanks(cursor);
  if (!takeCode(cursor, CLOSE_BRACE)) {
    do {
      skipBlanks(cursor);
      if (!readMember(cursor, dialect, members)) return undefined;
      skipBlanks(cursor);
    } while (takeCode(cursor, COMMA));
    if (!takeCode(cursor, CLOSE_BRACE)) return failExpected(cursor, "',' or '}'");
  }
  leave(cursor);
  return { kind: 'object', members };
}

function readMember(cursor: Cursor, dialect: JsonDialect, members: Map<string, JsonValue>): boolean {
  const start = cursor.position;
  if (!isStringQuote(codeAt(cursor), dialect)) {
    failExpected(cursor, 'a member name in quotes');
    return false;
  }
  const name = readString(cursor, dialect);
  if (name === undefined) return false;
  if (members.has(name)) {
    fail(cursor, start, `The member '${excerpt(name)}' is given twice.`);
    return false;
  }
  skipBlanks(cursor);
  if (!takeCode(cursor, COLON)) {
    failExpected(cursor, "':'");
    return false;
  }
  skipBlanks(cursor);
  const value = readJson(cursor, dialect);
  if (value === undefined) return false;
  members.set(name, value);
  return true;
}

function readArray(cursor: Cursor, dialect: JsonDialect): readonly JsonValue[] | undefined {
  if (!enter(cursor)) return undefined;
  const items: JsonValue[] = [];
  cursor.position += 1;
  skipBlanks(cursor);
  if (!takeCode(cursor, CLOSE_BRACKET)) {
    do {
      skipBlanks(cursor);
      const item = readJson(cursor, dialect);
      if (item === undefined) return undefined;
      items.push(item);
      skipBlanks(cursor);
    } while (takeCode(cursor, COMMA));
    if (!takeCode(cursor, CLOSE_BRACKET)) return failExpected(cursor, "',' or ']'");
  }
  leave(cursor);
  return items;
}

function readNumber(cursor: Cursor): JsonNumber | undefined {
  const { text, position: start } = cursor;
  takeCode(cursor, MINUS);
  const integerStart = cursor.position;
  if (!takeDigits(cursor)) return undefined;
  if (text.charCodeAt(integerStart) === DIGIT_0 && cursor.position > integerStart + 1) {
    return fail(cursor, integerStart, 'A number must not start with a zero.');
  }
  if (takeCode(cursor, DOT) && !takeDigits(cursor)) return undefined;
  if ((codeAt(cursor) | 0x20) === 0x65) {
    cursor.position += 1;
    if (!takeCode(cursor, PLUS)) takeCode(cursor, MINUS);
    if (!takeDigits(cursor)) return undefined;
  }
  if (cursor.position - start > NUMBER_LENGTH_LIMIT) return failTooLong(cursor, start);
  return { kind: 'number', text: text.slice(start, cursor.position) };
}

/** Moves over at least one digit, or fails. */
export function takeDigits(cursor: Cursor): boolean {
  const { text, position } = cursor;
  let end = position;
  while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
  cursor.position = end;
  if (end === position) failExpected(cursor, 'a digit');
  return end > position;
}

/** Notes that the number from `start` on is longer than the limit. */
export function failTooLong(cursor: Cursor, start: number): undefined {
  return fail(cursor, start, `A number must not be longer than ${NUMBER_LENGTH_LIMIT} characters.`);
}

function readString(cursor: Cursor, dialect: JsonDialect): string | undefined {
  const { text } = cursor;
  const quote = codeAt(cursor);
  let value = '';
  let start = cursor.position + 1;
  let index = start;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      // A doubled quote is one quote in the single-quoted form, as in the OData strings around it.
      if (quote === DOUBLE_QUOTE || text.charCodeAt(index + 1) !== QUOTE) {
        cursor.position = index + 1;
        return value + text.slice(start, index);
      }
      value += text.slice(start, index + 1);
      index += 2;
      start = index;
    } else if (code === BACKSLASH) {
      cursor.position = index;
      const character = readEscape(cursor, dialect);
      if (character === undefined) return undefined;
      value += text.slice(start, index) + character;
      index = cursor.position;
      start = index;
    } else if (code < 0x20) {
      return fail(cursor, index, 'A control character in a string must be escaped.');
    } else {
      index += 1;
    }
  }
  return failUnterminated(cursor);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

function readEscape(cursor: Cursor, dialect: JsonDialect): string | undefined {
  const { text, position } = cursor;
  const letter = text.charAt(position + 1);
  if (letter === 'u') return readUnicodeEscape(cursor);
  const character = letter === "'" && dialect === 'lenient' ? "'" : escapes.get(letter);
  if (character === undefined) return fail(cursor, position, 'Unknown escape in a string.');
  cursor.position += 2;
  return character;
}

function readUnicodeEscape(cursor: Cursor): string | undefined {
  const { position } = cursor;
  let unit = 0;
  for (let offset = 2; offset < 6; offset += 1) {
    const value = hexValue(codeAt(cursor, offset));
    if (value < 0) return fail(cursor, position, "Expected four hexadecimal digits behind '\\u'.");
    unit = unit * 16 + value;
  }
  // PostgreSQL text cannot hold it.
  if (unit === 0) return fail(cursor, position, 'The character U+0000 is not allowed.');
  cursor.position += 6;
  return String.fromCharCode(unit);
}
