/**
 * Character codes and classes of the URL grammar. The readers compare codes instead of using regular expressions,
 * because they run on every request. OData and Dataverse names are ASCII, so the classes are too.
 */

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;
export const DOUBLE_QUOTE = 0x22;
export const DOLLAR = 0x24;
export const QUOTE = 0x27;
export const OPEN = 0x28;
export const CLOSE = 0x29;
export const STAR = 0x2a;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const DIGIT_0 = 0x30;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const EQUALS = 0x3d;
export const AT = 0x40;
export const UPPER_T = 0x54;
export const UPPER_Z = 0x5a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** `0` to `9`. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** A letter or `_`: what a name may start with. */
export function isNameStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

/** A letter, a digit or `_`. */
export function isNamePart(code: number): boolean {
  return isNameStart(code) || isDigit(code);
}

/** Blank, tab or line end. */
export function isBlank(code: number): boolean {
  return code === BLANK || code === TAB || code === LINE_FEED || code === CARRIAGE_RETURN;
}

/** The value of a hexadecimal digit, -1 for any other character. */
export function hexValue(code: number): number {
  if (isDigit(code)) return code - DIGIT_0;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
