/**
 * Filter expressions back to `$filter` text: the inverse of `parseFilter`, with no more parentheses than needed, so
 * that a printed text never nests deeper than the one it was parsed from.
 */
import type { ArgumentValue, FilterExpression, Literal } from './ast.ts';
import { printJson } from './print-json.ts';

/** How strongly an expression holds together; a weaker one inside a stronger one needs parentheses. */
const strength = { or: 0, and: 1, comparison: 2, sum: 3, product: 4, unary: 5, primary: 6 } as const;

/**
 * Writes an expression, not percent-encoded. `parseFilter` gives back an equal tree (but for positions).
 *
 * @example printFilter(expression) // "name eq 'x' and (statecode eq 0 or statecode eq 1)"
 */
export function printFilter(expression: FilterExpression): string {
  return print(expression, strength.or);
}

function print(expression: FilterExpression, least: number): string {
  const text = printBare(expression);
  return strengthOf(expression) < least ? `(${text})` : text;
}

function strengthOf(expression: FilterExpression): number {
  switch (expression.kind) {
    case 'logical':
      return strength[expression.operator];
    case 'not':
    case 'comparison':
    case 'in':
      return strength.comparison;
    case 'arithmetic':
      return expression.operator === 'add' || expression.operator === 'sub' ? strength.sum : strength.product;
    case 'negate':
      return strength.unary;
    default:
      return strength.primary;
  }
}

function printBare(expression: FilterExpression): string {
  switch (expression.kind) {
    case 'literal':
    case 'alias':
    case 'json':
      return printArgument(expression);
    case 'member':
      return expression.path.join('/');
    case 'count':
      return `${expression.path.join('/')}/$count`;
    case 'logical': {
      const least = expression.operator === 'or' ? strength.and : strength.comparison;
      return expression.operands.map((operand) => print(operand, least)).join(` ${expression.operator} `);
    }
    case 'not':
      return `not ${print(expression.operand, strength.comparison)}`;
    case 'comparison':
      return `${print(expression.left, strength.sum)} ${expression.operator} ${print(expression.right, strength.sum)}`;
    case 'in':
      return `${print(expression.left, strength.sum)} in (${printList(expression.items, strength.sum)})`;
    case 'arithmetic': {
      const own = strengthOf(expression);
      return `${print(expression.left, own)} ${expression.operator} ${print(expression.right, own + 1)}`;
    }
    case 'negate':
      // Without the blank, `-` and a number would be one literal.
      return `-${expression.operand.kind === 'literal' ? ' ' : ''}${print(expression.operand, strength.unary)}`;
    case 'call':
      return `${expression.name}(${printList(expression.arguments, strength.or)})`;
    case 'lambda':
      return `${expression.path.join('/')}/${expression.operator}(${printLambda(expression)})`;
    case 'qualifiedCall': {
      const items = expression.arguments.map(({ name, value }) => `${name}=${printArgument(value)}`);
      return `${[...expression.path, expression.name].join('/')}(${items.join(',')})`;
    }
  }
}

function printList(items: readonly FilterExpression[], least: number): string {
  return items.map((item) => print(item, least)).join(',');
}

function printLambda({ variable, predicate }: Extract<FilterExpression, { kind: 'lambda' }>): string {
  if (variable === undefined || predicate === undefined) return '';
  return `${variable}:${print(predicate, strength.or)}`;
}

/** Writes a literal, an alias or JSON as it stands in a URL, not percent-encoded. */
export function printArgument(value: ArgumentValue): string {
  if (value.kind === 'alias') return value.name;
  return value.kind === 'json' ? printJson(value.value) : printLiteral(value);
}

function printLiteral(literal: Literal): string {
  switch (literal.type) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(literal.value);
    case 'string':
      return quote(literal.text);
    case 'duration':
    case 'binary':
      return `${literal.type}${quote(literal.text)}`;
    case 'enum':
      return `${literal.typeName}${quote(literal.text)}`;
    default:
      return literal.text;
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
