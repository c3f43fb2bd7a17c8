/**
 * Conditions of routing rules against the facts of a conversation or an agent. Two-valued: a comparison with a missing fact is false,
 * except where absence is what is asked. Never throws. Behaviour reference, sections 4.1 and 4.3.
 */
import { compileCondition, isList } from './compile-condition.ts';
import type { ComparisonOperator, Condition, Scalar, Subject } from './configuration.ts';
import { compilePath } from './fact-path.ts';

type Comparison = Extract<Condition, { kind: 'compare' }>;

/** Deeper parts are left out of the text. */
const maximumDepth = 64;
const maximumText = 500;

/**
 * Whether the condition holds. Texts compare without regard to case; a number and a numeric text compare as numbers; a missing path is
 * null. Null equals nothing, not even null; `ne`, `notIn` and `isNull` hold for it.
 */
export function evaluateCondition(condition: Condition, subject: Subject): boolean {
  return compileCondition(condition)(subject);
}

/** The fact at a dotted path; null when there is none. The rest of a path may be one name with dots in it (context variables). */
export function readPath(subject: Subject, path: string): Scalar {
  return compilePath(path)(subject);
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
