/**
 * The place of a reader in a text, and how readers fail.
 *
 * Rules that all `read...` functions keep: the cursor stands on the first character of what they read and ends right
 * behind its last one; `undefined` means that a failure is noted in the cursor (the first one counts) and that the
 * caller must give up as well. So there is no backtracking, no exception, and every text is read once.
 */
import type { Parsed, SyntaxProblem } from './ast.ts';
import { DOT, isBlank, isNamePart, isNameStart } from './characters.ts';

/** How deep parentheses, `not`, lambdas, expands and JSON values may nest in one text. Keeps every stack small. */
const DEPTH_LIMIT = 60;

/** How much of a faulty text, and of a name in it, a message repeats. */
const EXCERPT_LENGTH = 200;

export type Failure = {
  readonly kind: 'syntax' | 'unterminated' | 'depth';
  readonly position: number;
  /** One sentence on what was expected or found. Empty unless `kind` is `syntax`. */
  readonly detail: string;
};

export type Cursor = {
  readonly text: string;
  position: number;
  depth: number;
  /** Arithmetic nodes that have another one as their left operand: they deepen the tree without nesting in the text. */
  arithmeticLinks: number;
  failure: Failure | undefined;
};

/** A cursor at the start of `text`. */
export function createCursor(text: string): Cursor {
  return { text, position: 0, depth: 0, arithmeticLinks: 0, failure: undefined };
}

/** The character code under the cursor, or `offset` characters behind it; -1 past the end. */
export function codeAt(cursor: Cursor, offset = 0): number {
  const index = cursor.position + offset;
  return index < cursor.text.length ? cursor.text.charCodeAt(index) : -1;
}

/** Moves over blanks, tabs and line ends. */
export function skipBlanks(cursor: Cursor): void {
  const { text } = cursor;
  let index = cursor.position;
  while (index < text.length && isBlank(text.charCodeAt(index))) index += 1;
  cursor.position = index;
}

/** Moves over `code` if it is the next character. */
export function takeCode(cursor: Cursor, code: number): boolean {
  if (codeAt(cursor) !== code) return false;
  cursor.position += 1;
  return true;
}

/** Whether the whole word under the cursor is `word`. */
export function isWordAt(cursor: Cursor, word: string): boolean {
  return cursor.text.startsWith(word, cursor.position) && !isNamePart(codeAt(cursor, word.length));
}

/** Moves over `word` if it is the whole next word. */
export function takeWord(cursor: Cursor, word: string): boolean {
  if (!isWordAt(cursor, word)) return false;
  cursor.position += word.length;
  return true;
}

/** Reads a name: a letter or `_`, then letters, digits and `_`. */
export function readName(cursor: Cursor): string | undefined {
  const { text, position } = cursor;
  if (!isNameStart(codeAt(cursor))) return failExpected(cursor, 'a name');
  let end = position + 1;
  while (end < text.length && isNamePart(text.charCodeAt(end))) end += 1;
  cursor.position = end;
  return text.slice(position, end);
}

/** Reads a name, or several joined with dots: `name`, `Microsoft.Dynamics.CRM.In`. */
export function readQualifiedName(cursor: Cursor): string | undefined {
  const { text, position } = cursor;
  if (!isNameStart(codeAt(cursor))) return failExpected(cursor, 'a name');
  let end = position + 1;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const isJoint = code === DOT && end + 1 < text.length && isNameStart(text.charCodeAt(end + 1));
    if (!isNamePart(code) && !isJoint) break;
    end += 1;
  }
  cursor.position = end;
  return text.slice(position, end);
}

/** Goes one level deeper; false, with the failure noted, if that is too deep. Pair it with `leave`. */
export function enter(cursor: Cursor): boolean {
  if (cursor.depth >= DEPTH_LIMIT) {
    failTooDeep(cursor);
    return false;
  }
  cursor.depth += 1;
  return true;
}

export function leave(cursor: Cursor): void {
  cursor.depth -= 1;
}

/** Notes a syntax error. `detail` is one sentence on what was expected or found. */
export function fail(cursor: Cursor, position: number, detail: string): undefined {
  cursor.failure ??= { kind: 'syntax', position, detail };
  return undefined;
}

/** Notes that `what` should stand under the cursor. */
export function failExpected(cursor: Cursor, what: string): undefined {
  return fail(cursor, cursor.position, `Expected ${what} but found ${describeNext(cursor)}.`);
}

/** Notes that a quote is never closed. The position is the end of the text, as Dataverse reports it. */
export function failUnterminated(cursor: Cursor): undefined {
  cursor.failure ??= { kind: 'unterminated', position: cursor.text.length, detail: '' };
  return undefined;
}

export function failTooDeep(cursor: Cursor): undefined {
  cursor.failure ??= { kind: 'depth', position: cursor.position, detail: '' };
  return undefined;
}

/** The result of a reader that had to read the whole text. `source` names the option or header in the problem. */
export function finish<T>(cursor: Cursor, value: T | undefined, source: string): Parsed<T> {
  if (cursor.failure === undefined) {
    skipBlanks(cursor);
    if (value !== undefined && cursor.position === cursor.text.length) return { ok: true, value };
    failExpected(cursor, 'the end');
  }
  const failure = cursor.failure ?? { kind: 'syntax', position: cursor.position, detail: '' };
  return { ok: false, error: describeFailure(source, cursor.text, failure) };
}

/** The problem that a failure in `text` is, with a message in the shape that Dataverse gives its own. */
export function describeFailure(source: string, text: string, { kind, position, detail }: Failure): SyntaxProblem {
  let message = 'Recursion depth exceeded allowed limit.';
  if (kind === 'unterminated') {
    message = `There is an unterminated literal at position ${position} in '${excerpt(text)}'.`;
  } else if (kind === 'syntax') {
    message = `Syntax error at position ${position} in '${excerpt(text)}'. ${detail}`;
  }
  return { problem: 'syntax', source, position, message };
}

/** A syntax error found without a cursor. `detail` is one sentence on what was expected or found. */
export function syntaxProblem(source: string, text: string, position: number, detail: string): SyntaxProblem {
  return describeFailure(source, text, { kind: 'syntax', position, detail });
}

/** The start of a text, short enough for a message and never ending in half a character. */
export function excerpt(text: string): string {
  if (text.length <= EXCERPT_LENGTH) return text;
  const last = text.charCodeAt(EXCERPT_LENGTH - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? EXCERPT_LENGTH - 1 : EXCERPT_LENGTH);
}

function describeNext(cursor: Cursor): string {
  const point = cursor.text.codePointAt(cursor.position);
  if (point === undefined) return 'the end';
  const isPrintable = point > 0x20 && point !== 0x7f && !(point >= 0xd800 && point <= 0xdfff);
  if (isPrintable) return `'${String.fromCodePoint(point)}'`;
  return `the character U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}
