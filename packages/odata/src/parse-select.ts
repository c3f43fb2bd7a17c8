/** `$select`: a comma list of property paths, or `*`. OData 4.0 part 2, 5.1.3. */
import type { Parsed, SelectItem } from './ast.ts';
import { COMMA, DOLLAR, SLASH, STAR } from './characters.ts';
import { type Cursor, codeAt, createCursor, finish, readQualifiedName, skipBlanks, takeCode } from './cursor.ts';

/**
 * Parses a `$select` text, percent-decoded already. At least one item; blanks around items are fine.
 *
 * @example parseSelect('name, primarycontactid/fullname')
 */
export function parseSelect(text: string): Parsed<readonly SelectItem[]> {
  const cursor = createCursor(text);
  return finish(cursor, readSelect(cursor), '$select');
}

/** Reads the list up to the first character that cannot continue it. */
export function readSelect(cursor: Cursor): readonly SelectItem[] | undefined {
  const items: SelectItem[] = [];
  do {
    skipBlanks(cursor);
    const { position } = cursor;
    const path = takeCode(cursor, STAR) ? ['*'] : readPath(cursor);
    if (path === undefined) return undefined;
    items.push({ path, position });
    skipBlanks(cursor);
  } while (takeCode(cursor, COMMA));
  return items;
}

/** Reads names joined with `/`. Stops before `/$`, which only `$expand` allows. */
export function readPath(cursor: Cursor): readonly string[] | undefined {
  const path: string[] = [];
  do {
    const name = readQualifiedName(cursor);
    if (name === undefined) return undefined;
    path.push(name);
  } while (codeAt(cursor, 1) !== DOLLAR && takeCode(cursor, SLASH));
  return path;
}
