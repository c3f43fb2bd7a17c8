/**
 * The common expressions of OData 4.0 (part 2, 5.1.1), read at the cursor by recursive descent.
 * From weakest to strongest: `or`, `and`, `not` and comparisons, `add sub`, `mul div divby mod`, unary minus.
 *
 * `not` takes a whole comparison (`not name eq 'x'`), because Dataverse clients write it so; for boolean operands
 * that means the same as the standard's tighter binding. Comparisons do not chain.
 */
import type { ArithmeticOperator, ComparisonOperator, FilterExpression } from './ast.ts';
import {
  AT,
  CLOSE,
  COLON,
  COMMA,
  DOLLAR,
  isDigit,
  isNameStart,
  MINUS,
  OPEN,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SLASH,
} from './characters.ts';
import {
  type Cursor,
  codeAt,
  enter,
  failExpected,
  failTooDeep,
  isWordAt,
  leave,
  readName,
  readQualifiedName,
  skipBlanks,
  takeCode,
  takeWord,
} from './cursor.ts';
import { readAlias, readJsonArgument, readNamedArguments } from './read-argument.ts';
import { readNumericLiteral, readStringLiteral, readWordLiteral, takeGuid } from './read-literal.ts';

/** `a add b add c ...` nests to the left without parentheses; so many such links are allowed in one text. */
const ARITHMETIC_LINK_LIMIT = 200;

/** Reads a whole expression. */
export function readExpression(cursor: Cursor): FilterExpression | undefined {
  return readLogical(cursor, 'or');
}

function readLogical(cursor: Cursor, operator: 'and' | 'or'): FilterExpression | undefined {
  const { position } = cursor;
  const first = readLogicalOperand(cursor, operator);
  skipBlanks(cursor);
  if (first === undefined || !takeWord(cursor, operator)) return first;
  const operands: FilterExpression[] = [];
  appendOperand(operands, operator, first);
  do {
    skipBlanks(cursor);
    const operand = readLogicalOperand(cursor, operator);
    if (operand === undefined) return undefined;
    appendOperand(operands, operator, operand);
    skipBlanks(cursor);
  } while (takeWord(cursor, operator));
  return { kind: 'logical', operator, operands, position };
}

function readLogicalOperand(cursor: Cursor, operator: 'and' | 'or'): FilterExpression | undefined {
  return operator === 'or' ? readLogical(cursor, 'and') : readNot(cursor);
}

/** Keeps the tree flat where parentheses repeat the operator around them: `(a or b) or c`. */
function appendOperand(operands: FilterExpression[], operator: 'and' | 'or', operand: FilterExpression): void {
  if (operand.kind === 'logical' && operand.operator === operator) {
    for (const inner of operand.operands) operands.push(inner);
  } else {
    operands.push(operand);
  }
}

function readNot(cursor: Cursor): FilterExpression | undefined {
  const { position } = cursor;
  if (!isWordAt(cursor, 'not')) return readComparison(cursor);
  if (!enter(cursor)) return undefined;
  cursor.position += 3;
  skipBlanks(cursor);
  const operand = readNot(cursor);
  leave(cursor);
  return operand === undefined ? undefined : { kind: 'not', operand, position };
}

function readComparison(cursor: Cursor): FilterExpression | undefined {
  const { position } = cursor;
  const left = readSum(cursor);
  if (left === undefined) return undefined;
  skipBlanks(cursor);
  const operator = takeComparisonOperator(cursor);
  if (operator === undefined) return left;
  skipBlanks(cursor);
  if (operator === 'in') {
    const items = readList(cursor);
    return items === undefined ? undefined : { kind: 'in', left, items, position };
  }
  const right = readSum(cursor);
  return right === undefined ? undefined : { kind: 'comparison', operator, left, right, position };
}

function takeComparisonOperator(cursor: Cursor): ComparisonOperator | 'has' | 'in' | undefined {
  switch (codeAt(cursor)) {
    case 0x65: // e
      return takeWord(cursor, 'eq') ? 'eq' : undefined;
    case 0x6e: // n
      return takeWord(cursor, 'ne') ? 'ne' : undefined;
    case 0x67: // g
      if (takeWord(cursor, 'gt')) return 'gt';
      return takeWord(cursor, 'ge') ? 'ge' : undefined;
    case 0x6c: // l
      if (takeWord(cursor, 'lt')) return 'lt';
      return takeWord(cursor, 'le') ? 'le' : undefined;
    case 0x68: // h
      return takeWord(cursor, 'has') ? 'has' : undefined;
    case 0x69: // i
      return takeWord(cursor, 'in') ? 'in' : undefined;
    default:
      return undefined;
  }
}

/** Reads the list behind `in`: `(1,2,3)`. */
function readList(cursor: Cursor): readonly FilterExpression[] | undefined {
  if (codeAt(cursor) !== OPEN) return failExpected(cursor, "'('");
  if (!enter(cursor)) return undefined;
  const items: FilterExpression[] = [];
  do {
    cursor.position += 1;
    skipBlanks(cursor);
    const item = readSum(cursor);
    if (item === undefined) return undefined;
    items.push(item);
    skipBlanks(cursor);
  } while (codeAt(cursor) === COMMA);
  leave(cursor);
  return takeCode(cursor, CLOSE) ? items : failExpected(cursor, "',' or ')'");
}

function readSum(cursor: Cursor): FilterExpression | undefined {
  const { position } = cursor;
  let left = readProduct(cursor);
  while (left !== undefined) {
    skipBlanks(cursor);
    const operator = takeSumOperator(cursor);
    if (operator === undefined) return left;
    skipBlanks(cursor);
    left = makeArithmetic(cursor, operator, left, readProduct(cursor), position);
  }
  return undefined;
}

function takeSumOperator(cursor: Cursor): ArithmeticOperator | undefined {
  const code = codeAt(cursor);
  if (code === 0x61) return takeWord(cursor, 'add') ? 'add' : undefined;
  if (code === 0x73) return takeWord(cursor, 'sub') ? 'sub' : undefined;
  return undefined;
}

function readProduct(cursor: Cursor): FilterExpression | undefined {
  const { position } = cursor;
  let left = readUnary(cursor);
  while (left !== undefined) {
    skipBlanks(cursor);
    const operator = takeProductOperator(cursor);
    if (operator === undefined) return left;
    skipBlanks(cursor);
    left = makeArithmetic(cursor, operator, left, readUnary(cursor), position);
  }
  return undefined;
}

function takeProductOperator(cursor: Cursor): ArithmeticOperator | undefined {
  const code = codeAt(cursor);
  if (code === 0x6d) {
    if (takeWord(cursor, 'mul')) return 'mul';
    return takeWord(cursor, 'mod') ? 'mod' : undefined;
  }
  if (code !== 0x64) return undefined;
  if (takeWord(cursor, 'div')) return 'div';
  return takeWord(cursor, 'divby') ? 'divby' : undefined;
}

function makeArithmetic(
  cursor: Cursor,
  operator: ArithmeticOperator,
  left: FilterExpression,
  right: FilterExpression | undefined,
  position: number,
): FilterExpression | undefined {
  if (right === undefined) return undefined;
  if (left.kind === 'arithmetic') {
    cursor.arithmeticLinks += 1;
    if (cursor.arithmeticLinks > ARITHMETIC_LINK_LIMIT) return failTooDeep(cursor);
  }
  return { kind: 'arithmetic', operator, left, right, position };
}

function readUnary(cursor: Cursor): FilterExpression | undefined {
  if (codeAt(cursor) !== MINUS) return readPrimary(cursor);
  const { position } = cursor;
  if (isDigit(codeAt(cursor, 1))) return readNumericLiteral(cursor);
  if (!enter(cursor)) return undefined;
  cursor.position += 1;
  if (isWordAt(cursor, 'INF')) {
    leave(cursor);
    cursor.position = position;
    return readNumericLiteral(cursor);
  }
  skipBlanks(cursor);
  const operand = readUnary(cursor);
  leave(cursor);
  return operand === undefined ? undefined : { kind: 'negate', operand, position };
}

function readPrimary(cursor: Cursor): FilterExpression | undefined {
  const code = codeAt(cursor);
  if (code === QUOTE) return readStringLiteral(cursor);
  if (code === OPEN) return readGroup(cursor);
  if (code === AT) return readAlias(cursor);
  if (code === OPEN_BRACKET) return readJsonArgument(cursor);
  const guid = takeGuid(cursor);
  if (guid !== undefined) return guid;
  if (isDigit(code)) return readNumericLiteral(cursor);
  if (code === OPEN_BRACE) return readJsonArgument(cursor);
  if (isNameStart(code)) return readNamed(cursor);
  return failExpected(cursor, "a property, a value or '('");
}

function readGroup(cursor: Cursor): FilterExpression | undefined {
  if (!enter(cursor)) return undefined;
  cursor.position += 1;
  skipBlanks(cursor);
  const expression = readExpression(cursor);
  if (expression === undefined) return undefined;
  leave(cursor);
  return takeCode(cursor, CLOSE) ? expression : failExpected(cursor, "')' or an operator");
}

/** Reads what starts with a name: a word literal, a canonical function, or a path and what may end one. */
function readNamed(cursor: Cursor): FilterExpression | undefined {
  const { position } = cursor;
  const first = readQualifiedName(cursor);
  if (first === undefined) return undefined;
  const literal = readWordLiteral(cursor, first, position);
  if (literal !== undefined || cursor.failure !== undefined) return literal;
  if (codeAt(cursor) === OPEN && !first.includes('.')) return readCall(cursor, first, position);
  const path: string[] = [];
  let name = first;
  for (;;) {
    if (codeAt(cursor) === OPEN) return readPathCall(cursor, path, name, position);
    path.push(name);
    if (!takeCode(cursor, SLASH)) return { kind: 'member', path, position };
    if (codeAt(cursor) === DOLLAR) {
      cursor.position += 1;
      return takeWord(cursor, 'count') ? { kind: 'count', path, position } : failExpected(cursor, "'count'");
    }
    const next = readQualifiedName(cursor);
    if (next === undefined) return undefined;
    name = next;
  }
}

/** Reads the parentheses of `path/any(...)`, `path/all(...)` or of a qualified function. */
function readPathCall(
  cursor: Cursor,
  path: readonly string[],
  name: string,
  position: number,
): FilterExpression | undefined {
  if (name === 'any' || name === 'all') return readLambda(cursor, path, name, position);
  if (!name.includes('.')) return failExpected(cursor, "'/' or an operator");
  cursor.position += 1;
  skipBlanks(cursor);
  const items = takeCode(cursor, CLOSE) ? [] : readNamedArguments(cursor);
  return items === undefined ? undefined : { kind: 'qualifiedCall', path, name, arguments: items, position };
}

function readLambda(
  cursor: Cursor,
  path: readonly string[],
  operator: 'any' | 'all',
  position: number,
): FilterExpression | undefined {
  if (!enter(cursor)) return undefined;
  cursor.position += 1;
  skipBlanks(cursor);
  let variable: string | undefined;
  let predicate: FilterExpression | undefined;
  // Only `any` makes sense without a predicate: "has at least one".
  if (operator === 'all' || codeAt(cursor) !== CLOSE) {
    variable = readName(cursor);
    if (variable === undefined) return undefined;
    skipBlanks(cursor);
    if (!takeCode(cursor, COLON)) return failExpected(cursor, "':'");
    skipBlanks(cursor);
    predicate = readExpression(cursor);
    if (predicate === undefined) return undefined;
  }
  leave(cursor);
  if (!takeCode(cursor, CLOSE)) return failExpected(cursor, "')' or an operator");
  return { kind: 'lambda', operator, path, variable, predicate, position };
}

/** Reads the arguments of a canonical function. */
function readCall(cursor: Cursor, name: string, position: number): FilterExpression | undefined {
  if (!enter(cursor)) return undefined;
  const items: FilterExpression[] = [];
  cursor.position += 1;
  skipBlanks(cursor);
  if (codeAt(cursor) !== CLOSE) {
    do {
      skipBlanks(cursor);
      const item = readExpression(cursor);
      if (item === undefined) return undefined;
      items.push(item);
    } while (takeCode(cursor, COMMA));
  }
  leave(cursor);
  if (!takeCode(cursor, CLOSE)) return failExpected(cursor, "',' or ')'");
  return { kind: 'call', name, arguments: items, position };
}
