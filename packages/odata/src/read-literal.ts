/**
 * Primitive literals as they stand in URLs (OData 4.0 ABNF, rule `primitiveLiteral`): numbers, strings, guids, dates,
 * times, durations, binary and enumeration values. Dates are checked against the calendar, so that the database is
 * never asked to read one that does not exist.
 */
import type { Literal } from './ast.ts';
import {
  CLOSE_BRACE,
  COLON,
  DIGIT_0,
  DOT,
  hexValue,
  isDigit,
  isNamePart,
  MINUS,
  OPEN_BRACE,
  PLUS,
  QUOTE,
  UPPER_T,
  UPPER_Z,
} from './characters.ts';
import { type Cursor, codeAt, fail, failExpected, failUnterminated, isWordAt, takeCode } from './cursor.ts';
import { failTooLong, NUMBER_LENGTH_LIMIT, takeDigits } from './read-json.ts';

const GUID_LENGTH = 36;
/** Edm.DateTimeOffset and Edm.TimeOfDay have at most this many digits behind the second. */
const FRACTION_LIMIT = 12;
/** The farthest offset from UTC that a timestamp may carry, in minutes. */
const OFFSET_LIMIT = 14 * 60;

/** Reads a string in single quotes; `''` inside stands for one quote. */
function readQuoted(cursor: Cursor): string | undefined {
  const { text } = cursor;
  let value = '';
  let start = cursor.position + 1;
  for (;;) {
    const end = text.indexOf("'", start);
    if (end === -1) return failUnterminated(cursor);
    if (text.charCodeAt(end + 1) !== QUOTE) {
      cursor.position = end + 1;
      return value + text.slice(start, end);
    }
    value += text.slice(start, end + 1);
    start = end + 2;
  }
}

/** Reads a string literal. */
export function readStringLiteral(cursor: Cursor): Literal | undefined {
  const { position } = cursor;
  const text = readQuoted(cursor);
  return text === undefined ? undefined : { kind: 'literal', type: 'string', text, position };
}

/** Takes a guid, bare or in braces, if one stands here; `undefined` without a failure if not. */
export function takeGuid(cursor: Cursor): Literal | undefined {
  const { text, position } = cursor;
  const isBraced = codeAt(cursor) === OPEN_BRACE;
  const start = isBraced ? position + 1 : position;
  const end = start + GUID_LENGTH;
  if (end > text.length || !isGuid(text, start)) return undefined;
  const next = end < text.length ? text.charCodeAt(end) : -1;
  if (isBraced ? next !== CLOSE_BRACE : isNamePart(next) || next === MINUS) return undefined;
  cursor.position = isBraced ? end + 1 : end;
  return { kind: 'literal', type: 'guid', text: text.slice(start, end).toLowerCase(), position };
}

function isGuid(text: string, start: number): boolean {
  // The first dash decides in nearly every case.
  if (text.charCodeAt(start + 8) !== MINUS) return false;
  for (let index = 0; index < GUID_LENGTH; index += 1) {
    const code = text.charCodeAt(start + index);
    const isDash = index === 8 || index === 13 || index === 18 || index === 23;
    if (isDash ? code !== MINUS : hexValue(code) < 0) return false;
  }
  return true;
}

/** Reads what starts with a digit, or with a minus before a digit or `INF`: a date, a time or a number. */
export function readNumericLiteral(cursor: Cursor): Literal | undefined {
  const { position } = cursor;
  if (isDigit(codeAt(cursor))) {
    const isYear = isDigit(codeAt(cursor, 1)) && isDigit(codeAt(cursor, 2)) && isDigit(codeAt(cursor, 3));
    if (isYear && codeAt(cursor, 4) === MINUS) return readDate(cursor);
    if (codeAt(cursor, 2) === COLON) {
      const end = scanTime(cursor, position);
      return endLiteral(cursor, 'timeOfDay', end, position);
    }
  }
  return readNumber(cursor);
}

function readNumber(cursor: Cursor): Literal | undefined {
  const { position } = cursor;
  let type: 'integer' | 'decimal' | 'double' = 'integer';
  if (takeCode(cursor, MINUS) && isWordAt(cursor, 'INF')) {
    cursor.position += 3;
    return { kind: 'literal', type: 'double', text: '-INF', position };
  }
  if (!takeDigits(cursor)) return undefined;
  if (codeAt(cursor) === DOT) {
    cursor.position += 1;
    type = 'decimal';
    if (!takeDigits(cursor)) return undefined;
  }
  if ((codeAt(cursor) | 0x20) === 0x65) {
    cursor.position += 1;
    type = 'double';
    if (!takeCode(cursor, PLUS)) takeCode(cursor, MINUS);
    if (!takeDigits(cursor)) return undefined;
  }
  if (cursor.position - position > NUMBER_LENGTH_LIMIT) return failTooLong(cursor, position);
  if (isNamePart(codeAt(cursor))) return failExpected(cursor, 'the end of the number');
  return { kind: 'literal', type, text: cursor.text.slice(position, cursor.position), position };
}

function readDate(cursor: Cursor): Literal | undefined {
  const { text, position } = cursor;
  const year = digits(text, position, 4);
  const month = digits(text, position + 5, 2);
  const day = digits(text, position + 8, 2);
  const exists = year > 0 && month > 0 && month <= 12 && day > 0 && day <= daysInMonth(year, month);
  if (!exists || text.charCodeAt(position + 7) !== MINUS) {
    return fail(cursor, position, 'Expected a date that exists, in the form yyyy-mm-dd.');
  }
  if (codeAt(cursor, 10) !== UPPER_T) return endLiteral(cursor, 'date', position + 10, position);
  const timeEnd = scanTime(cursor, position + 11);
  const end = timeEnd === undefined ? undefined : scanOffset(cursor, timeEnd);
  return endLiteral(cursor, 'dateTimeOffset', end, position);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Finds the end of `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff`. */
function scanTime(cursor: Cursor, start: number): number | undefined {
  const { text } = cursor;
  const hour = digits(text, start, 2);
  const minute = digits(text, start + 3, 2);
  let end = start + 5;
  let isTime = hour >= 0 && hour < 24 && text.charCodeAt(start + 2) === COLON && minute >= 0 && minute < 60;
  if (isTime && text.charCodeAt(end) === COLON) {
    const second = digits(text, end + 1, 2);
    isTime = second >= 0 && second < 60;
    end += 3;
    if (isTime && text.charCodeAt(end) === DOT) {
      const fraction = end + 1;
      end = fraction;
      while (isDigit(text.charCodeAt(end))) end += 1;
      isTime = end > fraction && end - fraction <= FRACTION_LIMIT;
    }
  }
  return isTime ? end : fail(cursor, start, 'Expected a time in the form hh:mm:ss.');
}

/** Finds the end of `Z`, `+hh:mm`, `-hh:mm` or nothing (then the time is UTC). */
function scanOffset(cursor: Cursor, start: number): number | undefined {
  const { text } = cursor;
  const sign = start < text.length ? text.charCodeAt(start) : -1;
  if (sign === UPPER_Z) return start + 1;
  if (sign !== PLUS && sign !== MINUS) return start;
  const hours = digits(text, start + 1, 2);
  const minutes = digits(text, start + 4, 2);
  const isOffset = hours >= 0 && minutes >= 0 && minutes < 60 && hours * 60 + minutes <= OFFSET_LIMIT;
  if (isOffset && text.charCodeAt(start + 3) === COLON) return start + 6;
  return fail(cursor, start, 'Expected an offset from UTC in the form +hh:mm or -hh:mm.');
}

/** The number made by `count` digits at `start`, or -1 if there are fewer. */
function digits(text: string, start: number, count: number): number {
  let value = 0;
  for (let index = start; index < start + count; index += 1) {
    const code = text.charCodeAt(index);
    if (!isDigit(code)) return -1;
    value = value * 10 + code - DIGIT_0;
  }
  return value;
}

function endLiteral(
  cursor: Cursor,
  type: 'date' | 'dateTimeOffset' | 'timeOfDay',
  end: number | undefined,
  position: number,
): Literal | undefined {
  if (end === undefined) return undefined;
  cursor.position = end;
  if (isNamePart(codeAt(cursor)) || codeAt(cursor) === MINUS) {
    return failExpected(cursor, 'the end of the date or time');
  }
  return { kind: 'literal', type, text: cursor.text.slice(position, end), position };
}

/**
 * The literal that the name just read stands for: `null`, `true`, `INF`... or the prefix of a quoted value, as in
 * `duration'P1D'` and `Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'`. `undefined`, with no failure noted, if the
 * name is something else.
 */
export function readWordLiteral(cursor: Cursor, name: string, position: number): Literal | undefined {
  if (codeAt(cursor) === QUOTE) return readPrefixedLiteral(cursor, name, position);
  switch (name) {
    case 'null':
      return { kind: 'literal', type: 'null', position };
    case 'true':
      return { kind: 'literal', type: 'boolean', value: true, position };
    case 'false':
      return { kind: 'literal', type: 'boolean', value: false, position };
    case 'INF':
    case 'NaN':
      return { kind: 'literal', type: 'double', text: name, position };
    default:
      return undefined;
  }
}

function readPrefixedLiteral(cursor: Cursor, name: string, position: number): Literal | undefined {
  const isEnum = name.includes('.');
  if (!isEnum && name !== 'duration' && name !== 'binary') {
    return fail(cursor, position, `The prefix '${name}' of a quoted value is not known.`);
  }
  const text = readQuoted(cursor);
  if (text === undefined) return undefined;
  if (isEnum) return { kind: 'literal', type: 'enum', typeName: name, text, position };
  if (name === 'binary') {
    if (consistsOf(text, isBase64)) return { kind: 'literal', type: 'binary', text, position };
    return fail(cursor, position, 'Expected base64 text as the binary value.');
  }
  const hasSign = text.charCodeAt(0) === MINUS || text.charCodeAt(0) === PLUS;
  if (text.startsWith('P', hasSign ? 1 : 0) && consistsOf(text, isDurationPart)) {
    return { kind: 'literal', type: 'duration', text, position };
  }
  return fail(cursor, position, 'Expected a duration such as P1DT2H.');
}

function consistsOf(text: string, isAllowed: (code: number) => boolean): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (!isAllowed(text.charCodeAt(index))) return false;
  }
  return true;
}

function isBase64(code: number): boolean {
  return isNamePart(code) || code === MINUS || code === PLUS || code === 0x2f || code === 0x3d;
}

function isDurationPart(code: number): boolean {
  return (
    isDigit(code) || code === DOT || code === MINUS || code === PLUS || 'PDTHMS'.includes(String.fromCharCode(code))
  );
}
