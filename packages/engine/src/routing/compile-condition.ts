/**
 * Conditions of routing rules made ready to be asked often: paths are taken apart and constants lowered once for each condition.
 * Behaviour reference, sections 4.1 and 4.3.
 */
import { compareTexts } from './compare-scalars.ts';
import type { Condition, Scalar, Subject } from './configuration.ts';
import { compilePath } from './fact-path.ts';

export type Predicate = (subject: Subject) => boolean;

type Comparison = Extract<Condition, { kind: 'compare' }>;
type PresentScalar = string | number | boolean;

/** Deeper nesting does not hold: rules of people need three or four levels, a longer one is an attack on the stack. */
const maximumDepth = 64;

const known = new WeakMap<Condition, Predicate>();

/** The condition as a function, the same one for the same condition: configuration never changes. Says what `evaluateCondition` says. */
export function compileCondition(condition: Condition): Predicate {
  const ready = known.get(condition);
  if (ready !== undefined) return ready;
  const made = compileWithin(condition, 0);
  known.set(condition, made);
  return made;
}

function compileWithin(condition: Condition, depth: number): Predicate {
  if (depth > maximumDepth) return () => false;
  switch (condition.kind) {
    case 'always':
      return () => true;
    case 'and': {
      const parts = condition.conditions.map((part) => compileWithin(part, depth + 1));
      return (subject) => parts.every((part) => part(subject));
    }
    case 'or': {
      const parts = condition.conditions.map((part) => compileWithin(part, depth + 1));
      return (subject) => parts.some((part) => part(subject));
    }
    case 'not': {
      const part = compileWithin(condition.condition, depth + 1);
      return (subject) => !part(subject);
    }
    case 'compare':
      return compileComparison(condition);
  }
}

function compileComparison(comparison: Comparison): Predicate {
  const fact = compilePath(comparison.path);
  const operands = operandsOf(comparison.value);
  const [first = fixedOperand(null), second = fixedOperand(null)] = operands;
  switch (comparison.operator) {
    case 'isNull':
      return (subject) => fact(subject) === null;
    case 'notNull':
      return (subject) => fact(subject) !== null;
    case 'eq':
      return (subject) => first.order(fact(subject), subject) === 0;
    case 'ne':
      // Two unknowns do not differ.
      return (subject) => {
        const left = fact(subject);
        return (left !== null || first.read(subject) !== null) && first.order(left, subject) !== 0;
      };
    case 'in':
      return (subject) => isAnyOf(operands, fact(subject), subject);
    case 'notIn':
      return (subject) => !isAnyOf(operands, fact(subject), subject);
    case 'between':
      return (subject) => {
        const left = fact(subject);
        return (first.order(left, subject) ?? -1) >= 0 && (second.order(left, subject) ?? 1) <= 0;
      };
    case 'gt':
      return (subject) => (first.order(fact(subject), subject) ?? 0) > 0;
    case 'ge':
      return (subject) => (first.order(fact(subject), subject) ?? -1) >= 0;
    case 'lt':
      return (subject) => (first.order(fact(subject), subject) ?? 0) < 0;
    case 'le':
      return (subject) => (first.order(fact(subject), subject) ?? 1) <= 0;
    case 'contains':
      return holdsForTexts(comparison, first, (text, part) => text.includes(part));
    case 'notContains':
      return holdsForTexts(comparison, first, (text, part) => !text.includes(part));
    case 'startsWith':
      return holdsForTexts(comparison, first, (text, part) => text.startsWith(part));
    case 'endsWith':
      return holdsForTexts(comparison, first, (text, part) => text.endsWith(part));
  }
}

/** What a fact is compared with. */
type Operand = {
  read(subject: Subject): Scalar;
  /** In lower case; null: nothing. */
  text(subject: Subject): string | null;
  /** The fact against it: negative, zero, positive; undefined where one is missing or the two kinds cannot be compared. */
  order(fact: Scalar, subject: Subject): number | undefined;
};

function operandsOf(value: Comparison['value']): readonly Operand[] {
  if (value === undefined) return [];
  if (isList(value)) return value.map(fixedOperand);
  if (value !== null && typeof value === 'object') return [readOperand(value.path)];
  return [fixedOperand(value)];
}

/** `Array.isArray` does not narrow read-only lists. */
export function isList(value: Exclude<Comparison['value'], undefined>): value is readonly Scalar[] {
  return Array.isArray(value);
}

function readOperand(path: string): Operand {
  const read = compilePath(path);
  return {
    read,
    text: (subject) => lower(read(subject)),
    order: (fact, subject) => order(fact, read(subject)),
  };
}

function fixedOperand(value: Scalar): Operand {
  const text = lower(value);
  const number = value === null ? undefined : toNumber(value);
  const isText = typeof value === 'string';
  return {
    read: () => value,
    text: () => text,
    order: (fact) => {
      if (fact === null || text === null) return undefined;
      if (isText && typeof fact === 'string') return fact === value ? 0 : compareTexts(fact.toLowerCase(), text);
      return compareNumbers(toNumber(fact), number);
    },
  };
}

function lower(value: Scalar): string | null {
  return value === null ? null : String(value).toLowerCase();
}

function order(left: Scalar, right: Scalar): number | undefined {
  if (left === null || right === null) return undefined;
  if (typeof left === 'string' && typeof right === 'string') {
    return left === right ? 0 : compareTexts(left.toLowerCase(), right.toLowerCase());
  }
  return compareNumbers(toNumber(left), toNumber(right));
}

function compareNumbers(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? undefined : Math.sign(left - right);
}

function toNumber(value: PresentScalar): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  const text = value.trim().toLowerCase();
  if (text === 'true') return 1;
  if (text === 'false') return 0;
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function isAnyOf(operands: readonly Operand[], fact: Scalar, subject: Subject): boolean {
  for (const operand of operands) if (operand.order(fact, subject) === 0) return true;
  return false;
}

function holdsForTexts(
  { path }: Comparison,
  operand: Operand,
  accepts: (text: string, part: string) => boolean,
): Predicate {
  const fact = compilePath(path);
  return (subject) => {
    const text = lower(fact(subject));
    const part = operand.text(subject);
    return text !== null && part !== null && accepts(text, part);
  };
}
