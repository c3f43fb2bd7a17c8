/** `$orderby`: a comma list of property paths, each with an optional direction. OData 4.0 part 2, 5.1.5. */
import type { OrderByItem, Parsed } from './ast.ts';
import { COMMA } from './characters.ts';
import { type Cursor, createCursor, finish, skipBlanks, takeCode, takeWord } from './cursor.ts';
import { readPath } from './parse-select.ts';

/**
 * Parses an `$orderby` text, percent-decoded already. At least one item; the direction is `asc` unless written.
 *
 * @example parseOrderBy('createdon desc,name')
 */
export function parseOrderBy(text: string): Parsed<readonly OrderByItem[]> {
  const cursor = createCursor(text);
  return finish(cursor, readOrderBy(cursor), '$orderby');
}

/** Reads the list up to the first character that cannot continue it. */
export function readOrderBy(cursor: Cursor): readonly OrderByItem[] | undefined {
  const items: OrderByItem[] = [];
  do {
    skipBlanks(cursor);
    const { position } = cursor;
    const path = readPath(cursor);
    if (path === undefined) return undefined;
    skipBlanks(cursor);
    const isDescending = takeWord(cursor, 'desc');
    if (!isDescending) takeWord(cursor, 'asc');
    items.push({ path, direction: isDescending ? 'desc' : 'asc', position });
    skipBlanks(cursor);
  } while (takeCode(cursor, COMMA));
  return items;
}
