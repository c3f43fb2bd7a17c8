/**
 * `$expand`: a comma list of navigation paths, each with its own options in parentheses, separated by `;`.
 * OData 4.0 part 2, 5.1.2. Positions of everything inside count from the start of the whole `$expand` text.
 */
import type { ExpandItem, ExpandOptions, FilterExpression, OrderByItem, Parsed, SelectItem } from './ast.ts';
import { CLOSE, COMMA, DOLLAR, DOUBLE_QUOTE, EQUALS, OPEN, QUOTE, SEMICOLON, SLASH, STAR } from './characters.ts';
import {
  type Cursor,
  codeAt,
  createCursor,
  enter,
  fail,
  failExpected,
  failUnterminated,
  finish,
  leave,
  readName,
  skipBlanks,
  takeCode,
  takeWord,
} from './cursor.ts';
import { readOrderBy } from './parse-order-by.ts';
import { readPath, readSelect } from './parse-select.ts';
import { readTop } from './parse-top.ts';
import { readExpression } from './read-expression.ts';

const noOptions: ExpandOptions = {
  select: undefined,
  filter: undefined,
  orderBy: undefined,
  top: undefined,
  expand: undefined,
  unsupported: new Map(),
};

/** `ExpandOptions` while it is being read. */
type OptionsDraft = {
  select: readonly SelectItem[] | undefined;
  filter: FilterExpression | undefined;
  orderBy: readonly OrderByItem[] | undefined;
  top: number | undefined;
  expand: readonly ExpandItem[] | undefined;
  unsupported: Map<string, string>;
};

/**
 * Parses an `$expand` text, percent-decoded already. At least one item.
 *
 * @example parseExpand('primarycontactid($select=fullname;$expand=createdby),Account_Tasks/$ref')
 */
export function parseExpand(text: string): Parsed<readonly ExpandItem[]> {
  const cursor = createCursor(text);
  return finish(cursor, readExpand(cursor), '$expand');
}

function readExpand(cursor: Cursor): readonly ExpandItem[] | undefined {
  const items: ExpandItem[] = [];
  do {
    skipBlanks(cursor);
    const item = readExpandItem(cursor);
    if (item === undefined) return undefined;
    items.push(item);
    skipBlanks(cursor);
  } while (takeCode(cursor, COMMA));
  return items;
}

function readExpandItem(cursor: Cursor): ExpandItem | undefined {
  const { position } = cursor;
  const path = takeCode(cursor, STAR) ? ['*'] : readPath(cursor);
  if (path === undefined) return undefined;
  let suffix: '$ref' | '$count' | undefined;
  if (takeCode(cursor, SLASH)) {
    suffix = takeSuffix(cursor);
    if (suffix === undefined) return failExpected(cursor, "'$ref' or '$count'");
  }
  skipBlanks(cursor);
  const options = codeAt(cursor) === OPEN ? readOptions(cursor) : noOptions;
  return options === undefined ? undefined : { path, suffix, options, position };
}

function takeSuffix(cursor: Cursor): '$ref' | '$count' | undefined {
  if (takeWord(cursor, '$ref')) return '$ref';
  return takeWord(cursor, '$count') ? '$count' : undefined;
}

/** Reads the options from the opening parenthesis to the closing one. */
function readOptions(cursor: Cursor): ExpandOptions | undefined {
  if (!enter(cursor)) return undefined;
  const draft: OptionsDraft = { ...noOptions, unsupported: new Map() };
  const seen = new Set<string>();
  cursor.position += 1;
  skipBlanks(cursor);
  while (!takeCode(cursor, CLOSE)) {
    if (!readOption(cursor, draft, seen)) return undefined;
    skipBlanks(cursor);
    if (takeCode(cursor, SEMICOLON)) skipBlanks(cursor);
    else if (codeAt(cursor) !== CLOSE) return failExpected(cursor, "';' or ')'");
  }
  leave(cursor);
  return draft;
}

function readOption(cursor: Cursor, draft: OptionsDraft, seen: Set<string>): boolean {
  const { position } = cursor;
  if (!takeCode(cursor, DOLLAR)) {
    failExpected(cursor, 'an option such as $select');
    return false;
  }
  const name = readName(cursor);
  if (name === undefined) return false;
  if (seen.has(name)) {
    fail(cursor, position, `The option '$${name}' is given twice.`);
    return false;
  }
  seen.add(name);
  skipBlanks(cursor);
  if (!takeCode(cursor, EQUALS)) {
    failExpected(cursor, "'='");
    return false;
  }
  skipBlanks(cursor);
  return readOptionValue(cursor, draft, name);
}

/** Reads the value behind `$name=` into the draft; false if that failed. */
function readOptionValue(cursor: Cursor, draft: OptionsDraft, name: string): boolean {
  switch (name) {
    case 'select':
      draft.select = readSelect(cursor);
      break;
    case 'filter':
      draft.filter = readExpression(cursor);
      break;
    case 'orderby':
      draft.orderBy = readOrderBy(cursor);
      break;
    case 'top':
      draft.top = readTop(cursor);
      break;
    case 'expand':
      draft.expand = readExpand(cursor);
      break;
    default:
      draft.unsupported.set(`$${name}`, readRaw(cursor));
  }
  return cursor.failure === undefined;
}

/** Reads up to the `;` or `)` that ends the option, minding quotes and inner parentheses. */
function readRaw(cursor: Cursor): string {
  const { text, position: start } = cursor;
  let open = 0;
  let index = start;
  for (; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE || code === DOUBLE_QUOTE) {
      index = text.indexOf(String.fromCharCode(code), index + 1);
      if (index === -1) {
        failUnterminated(cursor);
        return '';
      }
    } else if (code === OPEN) {
      open += 1;
    } else if (open === 0 && (code === SEMICOLON || code === CLOSE)) {
      break;
    } else if (code === CLOSE) {
      open -= 1;
    }
  }
  cursor.position = index;
  return text.slice(start, index).trimEnd();
}
