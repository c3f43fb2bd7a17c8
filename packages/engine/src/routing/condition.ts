/**
 * Conditions of routing rules against the facts of a conversation or an agent. Two-valued: a comparison with a missing fact is false,
 * except where absence is what is asked. Never throws. Behaviour reference, sections 4.1 and 4.3.
 */
import type { ComparisonOperator, Condition, Scalar, Subject } from './configuration.ts';

type Comparison = Extract<Condition, { kind: 'compare' }>;
type PresentScalar = string | number | boolean;

/** Deeper nesting does not hold: rules of people need three or four levels, a longer one is an attack on the stack. */
const maximumDepth = 64;
const maximumText = 500;

/**
 * Whether the condition holds. Texts compare without regard to case; a number and a numeric text compare as numbers; a missing path is
 * null. Null equals nothing, not even null; `ne`, `notIn` and `isNull` hold for it.
 */
export function evaluateCondition(condition: Condition, subject: Subject): boolean {
  return evaluateWithin(condition, subject, 0);
}

function evaluateWithin(condition: Condition, subject: Subject, depth: number): boolean {
  if (depth > maximumDepth) return false;
  switch (condition.kind) {
    case 'always':
      return true;
    case 'and':
      return condition.conditions.every((part) => evaluateWithin(part, subject, depth + 1));
    case 'or':
      return condition.conditions.some((part) => evaluateWithin(part, subject, depth + 1));
    case 'not':
      return !evaluateWithin(condition.condition, subject, depth + 1);
    case 'compare':
      return compare(condition, subject);
  }
}

/** The fact at a dotted path; null when there is none. The rest of a path may be one name with dots in it (context variables). */
export function readPath(subject: Subject, path: string): Scalar {
  let here: Subject = subject;
  let start = 0;
  while (start <= path.length) {
    const rest = path.slice(start);
    const whole = Object.hasOwn(here, rest) ? here[rest] : undefined;
    if (whole !== undefined) return typeof whole === 'object' ? null : whole;
    const dot = path.indexOf('.', start);
    if (dot === -1) return null;
    const name = path.slice(start, dot);
    const next = Object.hasOwn(here, name) ? here[name] : undefined;
    if (typeof next !== 'object' || next === null) return null;
    here = next;
    start = dot + 1;
  }
  return null;
}

function compare(comparison: Comparison, subject: Subject): boolean {
  const fact = readPath(subject, comparison.path);
  const values = readValues(comparison.value, subject);
  const first = values[0] ?? null;
  switch (comparison.operator) {
    case 'isNull':
      return fact === null;
    case 'notNull':
      return fact !== null;
    case 'eq':
      return isEqual(fact, first);
    case 'ne':
      // Two unknowns do not differ.
      return (fact !== null || first !== null) && !isEqual(fact, first);
    case 'in':
      return values.some((value) => isEqual(fact, value));
    case 'notIn':
      return !values.some((value) => isEqual(fact, value));
    case 'between':
      return isOrdered(fact, first, (sign) => sign >= 0) && isOrdered(fact, values[1] ?? null, (sign) => sign <= 0);
    case 'gt':
      return isOrdered(fact, first, (sign) => sign > 0);
    case 'ge':
      return isOrdered(fact, first, (sign) => sign >= 0);
    case 'lt':
      return isOrdered(fact, first, (sign) => sign < 0);
    case 'le':
      return isOrdered(fact, first, (sign) => sign <= 0);
    case 'contains':
      return holdsForTexts(fact, first, (text, part) => text.includes(part));
    case 'notContains':
      return holdsForTexts(fact, first, (text, part) => !text.includes(part));
    case 'startsWith':
      return holdsForTexts(fact, first, (text, part) => text.startsWith(part));
    case 'endsWith':
      return holdsForTexts(fact, first, (text, part) => text.endsWith(part));
  }
}

function readValues(value: Comparison['value'], subject: Subject): readonly Scalar[] {
  if (value === undefined) return [];
  if (isList(value)) return value;
  if (value !== null && typeof value === 'object') return [readPath(subject, value.path)];
  return [value];
}

/** `Array.isArray` does not narrow read-only lists. */
function isList(value: Exclude<Comparison['value'], undefined>): value is readonly Scalar[] {
  return Array.isArray(value);
}

function isEqual(left: Scalar, right: Scalar): boolean {
  return left !== null && right !== null && order(left, right) === 0;
}

function isOrdered(left: Scalar, right: Scalar, accepts: (sign: number) => boolean): boolean {
  if (left === null || right === null) return false;
  const sign = order(left, right);
  return sign !== undefined && accepts(sign);
}

/** Negative, zero, positive; undefined where the two kinds cannot be compared. */
function order(left: PresentScalar, right: PresentScalar): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') {
    const [lower, other] = [left.toLowerCase(), right.toLowerCase()];
    return lower < other ? -1 : lower > other ? 1 : 0;
  }
  const [first, second] = [toNumber(left), toNumber(right)];
  return first === undefined || second === undefined ? undefined : Math.sign(first - second);
}

function toNumber(value: PresentScalar): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  const text = value.trim().toLowerCase();
  if (text === 'true') return 1;
  if (text === 'false') return 0;
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function holdsForTexts(fact: Scalar, value: Scalar, accepts: (text: string, part: string) => boolean): boolean {
  if (fact === null || value === null) return false;
  return accepts(String(fact).toLowerCase(), String(value).toLowerCase());
}

const operatorTexts: Readonly<Record<ComparisonOperator, string>> = {
  eq: 'is',
  ne: 'is not',
  gt: 'is greater than',
  ge: 'is at least',
  lt: 'is less than',
  le: 'is at most',
  in: 'is one of',
  notIn: 'is none of',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'starts with',
  endsWith: 'ends with',
  isNull: 'is empty',
  notNull: 'is not empty',
  between: 'is between',
};

/** The condition as a sentence for people, at most 500 characters. */
export function describeCondition(condition: Condition): string {
  const text = describeWithin(condition, 0);
  return text.length <= maximumText ? text : `${text.slice(0, maximumText - 3)}...`;
}

function describeWithin(condition: Condition, depth: number): string {
  if (depth > maximumDepth) return '...';
  switch (condition.kind) {
    case 'always':
      return 'always';
    case 'and':
    case 'or': {
      const parts = condition.conditions.map((part) => describeWithin(part, depth + 1));
      if (parts.length === 0) return condition.kind === 'and' ? 'always' : 'never';
      const text = parts.join(` ${condition.kind} `);
      return depth === 0 || parts.length === 1 ? text : `(${text})`;
    }
    case 'not':
      return `not (${describeWithin(condition.condition, depth + 1)})`;
    case 'compare': {
      const { path, operator, value } = condition;
      const text = `${path} ${operatorTexts[operator]}`;
      return operator === 'isNull' || operator === 'notNull' ? text : `${text} ${describeValue(operator, value)}`;
    }
  }
}

function describeValue(operator: ComparisonOperator, value: Comparison['value']): string {
  if (value === undefined || value === null) return 'empty';
  if (isList(value))
    return operator === 'between' ? value.map(quote).join(' and ') : `(${value.map(quote).join(', ')})`;
  return typeof value === 'object' ? value.path : quote(value);
}

function quote(value: Scalar): string {
  if (value === null) return 'empty';
  return typeof value === 'string' ? `'${value}'` : String(value);
}
