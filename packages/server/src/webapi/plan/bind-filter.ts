/** A $filter tree bound to tables and columns. Supports what Dataverse supports and refuses the rest by name. */
import type { ComparisonOperator, FilterExpression, Literal } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { edmType } from '../../model/edm-type.ts';
import { type Column, type Table, tableNamed } from '../../model/table-model.ts';
import { requireAccess } from '../../security/caller.ts';
import { bindLiteral, operatorKinds } from './bind-literal.ts';
import { bindQueryFunction } from './bind-query-function.ts';
import { convertPattern } from './like-pattern.ts';
import { type ColumnReference, type Condition, constantParameter, type Link, type SqlComparison } from './plan.ts';
import {
  createScope,
  failUnknownProperty,
  resolveColumn,
  resolveNavigation,
  resolveVariable,
  type Scope,
} from './scope.ts';

const comparisons: Readonly<Record<ComparisonOperator, SqlComparison>> = {
  eq: '=',
  ne: '<>',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
};
const flipped: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
};

/** @throws WebApiError for unknown names, clashing types and what Dataverse does not support */
export function bindFilter(scope: Scope, expression: FilterExpression): Condition {
  switch (expression.kind) {
    case 'logical':
      return { kind: expression.operator, operands: expression.operands.map((operand) => bindFilter(scope, operand)) };
    case 'not':
      if (expression.operand.kind === 'qualifiedCall') {
        throw new WebApiError('requestFault', {
          detail: 'Not operator along with the Custom Named Condition operators is not allowed',
        });
      }
      return { kind: 'not', operand: bindFilter(scope, expression.operand) };
    case 'comparison':
      return bindComparison(scope, expression);
    case 'in':
      return bindIn(scope, expression);
    case 'call':
      return bindCall(scope, expression);
    case 'lambda':
      return bindLambda(scope, expression);
    case 'qualifiedCall':
      scope.context.countCondition();
      return bindQueryFunction(scope, expression);
    case 'member':
      return bindBooleanMember(scope, expression);
    case 'alias': {
      const value = resolveAlias(scope, expression.name);
      return bindFilter(scope, value);
    }
    case 'literal':
      if (expression.type === 'boolean') return { kind: 'constant', value: expression.value };
      return refuse('The filter must be a condition, not a value.', expression.position);
    case 'arithmetic':
      return refuse(`The arithmetic operator '${expression.operator}' is not supported.`, expression.position);
    case 'negate':
      return refuse('Negation of a value is not supported.', expression.position);
    case 'count':
      return refuse(`'${expression.path.join('/')}/$count' is not supported in $filter.`, expression.position);
    case 'json':
      return refuse('A list cannot stand alone in a filter.', expression.position);
  }
}

function refuse(detail: string, position: number): never {
  throw new WebApiError('requestFault', { detail: `${detail} (position ${position} in $filter)` });
}

/** What `@p` stands for. An alias without a value counts as null. */
function resolveAlias(scope: Scope, name: string): FilterExpression {
  const value = scope.context.aliases.get(name);
  if (value === undefined) return { kind: 'literal', type: 'null', position: 0 };
  if (value.kind === 'alias')
    throw new WebApiError('requestFault', { detail: `The parameter alias '${name}' refers to another alias.` });
  return value;
}

function bindComparison(scope: Scope, expression: Extract<FilterExpression, { kind: 'comparison' }>): Condition {
  scope.context.countCondition();
  const { operator } = expression;
  if (operator === 'has') return refuse("The operator 'has' is not supported.", expression.position);
  const left = dealias(scope, expression.left);
  const right = dealias(scope, expression.right);
  if (left.kind === 'literal' && right.kind === 'member') return compareLiteral(scope, right, left, flipped[operator]);
  if (isCondition(left)) return bindConditionEquals(scope, left, right, operator, expression.position);
  if (left.kind !== 'member') return refuseOperand(left);
  if (right.kind === 'literal') return compareLiteral(scope, left, right, operator);
  if (right.kind !== 'member') return refuseOperand(right);
  return compareColumns(scope, left, right, operator);
}

function dealias(scope: Scope, expression: FilterExpression): FilterExpression {
  return expression.kind === 'alias' ? resolveAlias(scope, expression.name) : expression;
}

function refuseOperand(expression: FilterExpression): never {
  if (expression.kind === 'call')
    return refuse(`The function '${expression.name}' is not supported.`, expression.position);
  if (expression.kind === 'arithmetic')
    return refuse(`The arithmetic operator '${expression.operator}' is not supported.`, expression.position);
  if (expression.kind === 'negate') return refuse('Negation of a value is not supported.', expression.position);
  if (expression.kind === 'count')
    return refuse(`'${expression.path.join('/')}/$count' is not supported in $filter.`, expression.position);
  return refuse('A comparison needs a column on its left and a value or column on its right.', expression.position);
}

/** `contains(...) eq true` and the like. */
function isCondition(expression: FilterExpression): boolean {
  if (expression.kind === 'call') return expression.name in textFunctions;
  return (
    expression.kind === 'qualifiedCall' ||
    expression.kind === 'lambda' ||
    expression.kind === 'logical' ||
    expression.kind === 'not' ||
    expression.kind === 'comparison'
  );
}

function bindConditionEquals(
  scope: Scope,
  left: FilterExpression,
  right: FilterExpression,
  operator: ComparisonOperator,
  position: number,
): Condition {
  if (right.kind !== 'literal' || right.type !== 'boolean' || (operator !== 'eq' && operator !== 'ne')) {
    return refuse('A condition can only be compared with true or false.', position);
  }
  const condition = bindFilter(scope, left);
  return right.value === (operator === 'eq') ? condition : { kind: 'not', operand: condition };
}

function compareLiteral(
  scope: Scope,
  member: Extract<FilterExpression, { kind: 'member' }>,
  literal: Literal,
  operator: ComparisonOperator,
): Condition {
  const reference = resolveColumn(scope, member.path);
  if (literal.type === 'null') {
    if (operator !== 'eq' && operator !== 'ne') {
      throw new WebApiError('incompatibleTypes', {
        left: edmType(reference.column),
        right: 'null',
        operator: operatorKinds[operator] ?? operator,
      });
    }
    return { kind: 'isNull', operand: reference, isNegated: operator === 'ne' };
  }
  const parameter = bindLiteral(reference.column, literal, operator);
  if (reference.column.type === 'MultiSelectPicklist')
    return compareChoices(reference, parameter, operator, member.position);
  return { kind: 'compare', operator: comparisons[operator], left: reference, right: { kind: 'parameter', parameter } };
}

function compareChoices(
  operand: ColumnReference,
  values: ReturnType<typeof bindLiteral>,
  operator: ComparisonOperator,
  position: number,
): Condition {
  if (operator !== 'eq' && operator !== 'ne')
    return refuse(
      `The multi-select column '${operand.column.logicalName}' can only be compared with eq and ne.`,
      position,
    );
  const equals: Condition = { kind: 'set', operator: 'equals', operand, values };
  return operator === 'eq' ? equals : { kind: 'not', operand: equals };
}

function compareColumns(
  scope: Scope,
  left: Extract<FilterExpression, { kind: 'member' }>,
  right: Extract<FilterExpression, { kind: 'member' }>,
  operator: ComparisonOperator,
): Condition {
  const [first, second] = [resolveColumn(scope, left.path), resolveColumn(scope, right.path)];
  if (first.source !== second.source) return refuse('Only columns of the same row can be compared.', right.position);
  if (typeGroup(first.column) !== typeGroup(second.column)) {
    throw new WebApiError('incompatibleTypes', {
      left: edmType(first.column),
      right: edmType(second.column),
      operator: operatorKinds[operator] ?? operator,
    });
  }
  return { kind: 'compare', operator: comparisons[operator], left: first, right: second };
}

/** Columns of one group can be compared with each other. */
function typeGroup(column: Column): string {
  const edm = edmType(column);
  return edm === 'Edm.Int32' || edm === 'Edm.Int64' || edm === 'Edm.Decimal' || edm === 'Edm.Double'
    ? 'number'
    : `${edm} ${column.dateTimeBehavior ?? ''}`;
}

function bindIn(scope: Scope, expression: Extract<FilterExpression, { kind: 'in' }>): Condition {
  if (expression.left.kind !== 'member') return refuse("The left side of 'in' must be a column.", expression.position);
  const { left } = expression;
  const operands = expression.items.map((item): Condition => {
    const value = dealias(scope, item);
    scope.context.countCondition();
    if (value.kind !== 'literal') return refuse("The list of 'in' may only hold values.", expression.position);
    return compareLiteral(scope, left, value, 'eq');
  });
  return operands.length === 0 ? { kind: 'constant', value: false } : { kind: 'or', operands };
}

const textFunctions = { contains: 'contains', startswith: 'startswith', endswith: 'endswith' } as const;

function bindCall(scope: Scope, expression: Extract<FilterExpression, { kind: 'call' }>): Condition {
  const place =
    expression.name in textFunctions ? textFunctions[expression.name as keyof typeof textFunctions] : undefined;
  if (place === undefined) return refuse(`The function '${expression.name}' is not supported.`, expression.position);
  scope.context.countCondition();
  const [subject, value] = expression.arguments;
  const text = value === undefined ? undefined : dealias(scope, value);
  if (expression.arguments.length !== 2 || subject?.kind !== 'member' || text?.kind !== 'literal') {
    return refuse(`The function '${place}' takes a text column and a text value.`, expression.position);
  }
  const operand = resolveColumn(scope, subject.path);
  if (edmType(operand.column) !== 'Edm.String' || operand.column.type === 'MultiSelectPicklist') {
    return refuse(
      `The function '${place}' needs a text column, and '${operand.column.logicalName}' is ${edmType(operand.column)}.`,
      expression.position,
    );
  }
  if (text.type === 'null') return { kind: 'constant', value: false };
  if (text.type !== 'string')
    return refuse(`The second argument of '${place}' must be a text in single quotes.`, expression.position);
  const pattern = convertPattern(text.text, place);
  return { kind: 'match', operand, syntax: pattern.syntax, pattern: constantParameter('text', pattern.text) };
}

function bindBooleanMember(scope: Scope, expression: Extract<FilterExpression, { kind: 'member' }>): Condition {
  scope.context.countCondition();
  const reference = resolveColumn(scope, expression.path);
  if (edmType(reference.column) !== 'Edm.Boolean') {
    return refuse(
      `'${expression.path.join('/')}' is ${edmType(reference.column)}, and a condition is needed.`,
      expression.position,
    );
  }
  return {
    kind: 'compare',
    operator: '=',
    left: reference,
    right: { kind: 'parameter', parameter: constantParameter('boolean', true) },
  };
}

function bindLambda(scope: Scope, expression: Extract<FilterExpression, { kind: 'lambda' }>): Condition {
  scope.context.countCondition();
  const resolved = resolveVariable(scope, expression.path);
  const name = resolved.path.at(-1) ?? '';
  if (scope.outer !== undefined && resolved.path.length > 1) {
    return refuse(
      `The collection '${expression.path.join('/')}' is reached through a lookup, which is not supported inside a lambda.`,
      expression.position,
    );
  }
  const parent = resolveNavigation(resolved.scope, resolved.path.slice(0, -1));
  const { link, table } = collectionLink(scope, parent.table, name, parent);
  const inner = createScope(scope.context, table, scope, expression.variable ?? ' none');
  const where = expression.predicate === undefined ? undefined : bindFilter(inner, expression.predicate);
  if (expression.operator === 'all' && where === undefined)
    return refuse("'all' needs a condition.", expression.position);
  return {
    kind: 'exists',
    quantifier: expression.operator,
    relation: {
      source: inner.source,
      joins: [...inner.joins.values()],
      access: requireAccess(scope.context.caller, table, 'Read'),
      link,
      where,
    },
  };
}

/** The link behind a collection-valued navigation property, and the table on its far side. */
export function collectionLink(
  scope: Scope,
  table: Table,
  name: string,
  parent: Link['parent'],
): { link: Link; table: Table } {
  const navigation = table.navigation.get(name);
  if (navigation === undefined) return failUnknownProperty(table, name);
  if (navigation.kind === 'manyToOne')
    throw new WebApiError('requestFault', {
      detail: `The navigation property '${name}' of '${table.logicalName}' is single-valued, and a collection is needed.`,
    });
  const { model } = scope.context;
  if (navigation.kind === 'oneToMany') {
    return {
      link: { kind: 'oneToMany', parent, relationship: navigation.relationship },
      table: tableNamed(model, navigation.relationship.referencingTable),
    };
  }
  return {
    link: { kind: 'manyToMany', parent, relationship: navigation, intersectAlias: scope.context.nextAlias() },
    table: tableNamed(model, navigation.otherTable),
  };
}
