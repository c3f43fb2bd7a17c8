/** What stands in parentheses as a key or as the arguments of an operation: values, or `name=value` lists. */
import type { ArgumentValue, JsonArgument, NamedArgument, ParameterAlias, Parentheses } from './ast.ts';
import {
  AT,
  CLOSE,
  COMMA,
  EQUALS,
  isBlank,
  isDigit,
  isNamePart,
  isNameStart,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './characters.ts';
import {
  type Cursor,
  codeAt,
  fail,
  failExpected,
  readName,
  readQualifiedName,
  skipBlanks,
  takeCode,
} from './cursor.ts';
import { readJson } from './read-json.ts';
import { readNumericLiteral, readStringLiteral, readWordLiteral, takeGuid } from './read-literal.ts';

/** Reads `@name`. */
export function readAlias(cursor: Cursor): ParameterAlias | undefined {
  const { position } = cursor;
  cursor.position += 1;
  const name = readName(cursor);
  return name === undefined ? undefined : { kind: 'alias', name: `@${name}`, position };
}

/** Reads a JSON array or object. */
export function readJsonArgument(cursor: Cursor): JsonArgument | undefined {
  const { position } = cursor;
  const value = readJson(cursor, 'lenient');
  return value === undefined ? undefined : { kind: 'json', value, position };
}

/** Reads one argument: a literal, an alias or JSON. */
function readArgumentValue(cursor: Cursor): ArgumentValue | undefined {
  const { position } = cursor;
  const code = codeAt(cursor);
  if (code === QUOTE) return readStringLiteral(cursor);
  if (code === AT) return readAlias(cursor);
  if (code === OPEN_BRACKET) return readJsonArgument(cursor);
  const guid = takeGuid(cursor);
  if (guid !== undefined) return guid;
  if (code === OPEN_BRACE) return readJsonArgument(cursor);
  if (code === MINUS || isDigit(code)) return readNumericLiteral(cursor);
  if (!isNameStart(code)) return failExpected(cursor, 'a value');
  const name = readQualifiedName(cursor);
  if (name === undefined) return undefined;
  const literal = readWordLiteral(cursor, name, position);
  return literal ?? fail(cursor, position, `'${name}' is not a value.`);
}

/** Reads a `name=value` list, and the closing parenthesis behind it. No name may come twice. */
export function readNamedArguments(cursor: Cursor): readonly NamedArgument[] | undefined {
  const items: NamedArgument[] = [];
  const names = new Set<string>();
  do {
    skipBlanks(cursor);
    const { position } = cursor;
    const name = readName(cursor);
    if (name === undefined) return undefined;
    if (names.has(name)) return fail(cursor, position, `'${name}' is given twice.`);
    names.add(name);
    skipBlanks(cursor);
    if (!takeCode(cursor, EQUALS)) return failExpected(cursor, "'='");
    skipBlanks(cursor);
    const value = readArgumentValue(cursor);
    if (value === undefined) return undefined;
    items.push({ name, value, position });
    skipBlanks(cursor);
  } while (takeCode(cursor, COMMA));
  if (!takeCode(cursor, CLOSE)) return failExpected(cursor, "',' or ')'");
  return items;
}

/** Reads `()`, `(value)` or `(name=value,...)`, from the opening parenthesis on. */
export function readParentheses(cursor: Cursor): Parentheses | undefined {
  cursor.position += 1;
  skipBlanks(cursor);
  if (takeCode(cursor, CLOSE)) return { kind: 'empty' };
  if (isNamedArgument(cursor)) {
    const items = readNamedArguments(cursor);
    return items === undefined ? undefined : { kind: 'named', items };
  }
  const value = readArgumentValue(cursor);
  if (value === undefined) return undefined;
  skipBlanks(cursor);
  if (!takeCode(cursor, CLOSE)) return failExpected(cursor, "')'");
  return { kind: 'single', value };
}

/** Whether a name and an equals sign come next. */
function isNamedArgument(cursor: Cursor): boolean {
  if (!isNameStart(codeAt(cursor))) return false;
  let offset = 1;
  while (isNamePart(codeAt(cursor, offset))) offset += 1;
  while (isBlank(codeAt(cursor, offset))) offset += 1;
  return codeAt(cursor, offset) === EQUALS;
}
