/** `$top`: a non-negative whole number. OData 4.0 part 2, 5.1.6. */
import type { Parsed } from './ast.ts';
import { DIGIT_0, isDigit } from './characters.ts';
import { type Cursor, codeAt, createCursor, failExpected, finish, skipBlanks } from './cursor.ts';

/** Larger values mean the same: all rows there are. */
const TOP_LIMIT = 2 ** 31 - 1;

/** Parses a `$top` text. Values above 2^31-1 come out as 2^31-1. */
export function parseTop(text: string): Parsed<number> {
  const cursor = createCursor(text);
  skipBlanks(cursor);
  return finish(cursor, readTop(cursor), '$top');
}

/** Reads the digits at the cursor. */
export function readTop(cursor: Cursor): number | undefined {
  if (!isDigit(codeAt(cursor))) return failExpected(cursor, 'a non-negative whole number as $top');
  let value = 0;
  for (let code = codeAt(cursor); isDigit(code); code = codeAt(cursor)) {
    value = Math.min(value * 10 + code - DIGIT_0, TOP_LIMIT);
    cursor.position += 1;
  }
  return value;
}
