/** `$filter`, and any other option that holds one expression: OData 4.0 part 2, 5.1.1. */
import type { FilterExpression, Parsed } from './ast.ts';
import { createCursor, finish, skipBlanks } from './cursor.ts';
import { readExpression } from './read-expression.ts';

/**
 * Parses an expression. The text is percent-decoded already; `source` names the option in a problem.
 *
 * @example parseFilter("contains(name,'x') and statecode eq 0")
 */
export function parseFilter(text: string, source = '$filter'): Parsed<FilterExpression> {
  const cursor = createCursor(text);
  skipBlanks(cursor);
  return finish(cursor, readExpression(cursor), source);
}
