/** Dataverse's query functions (`Microsoft.Dynamics.CRM.In(PropertyName='x',...)`), bound to a column. */
import type { ArgumentValue, FilterExpression, JsonValue, Literal } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { nearestName } from '../../model/nearest-name.ts';
import { type Column, isLookup } from '../../model/table-model.ts';
import { bindChoices, bindLiteral, parseDateText } from './bind-literal.ts';
import {
  countedWindow,
  type DateWindow,
  dayOf,
  fiscalPeriodNumber,
  fiscalWindow,
  fixedWindows,
  fromLocal,
  toLocal,
} from './date-windows.ts';
import { fragment, literalSql } from './fragment.ts';
import {
  type ColumnReference,
  type Condition,
  constantParameter,
  type Operand,
  type Parameter,
  type RunContext,
} from './plan.ts';
import { resolveNavigation, resolveVariable, type Scope } from './scope.ts';

type Call = Extract<FilterExpression, { kind: 'qualifiedCall' }>;
type Arguments = ReadonlyMap<string, ArgumentValue | FilterExpression>;

const prefix = 'Microsoft.Dynamics.CRM.';
const maximumCount = 100_000;

export function bindQueryFunction(scope: Scope, call: Call): Condition {
  if (!call.name.startsWith(prefix)) return refuse(call, `The function '${call.name}' is not known.`);
  const name = call.name.slice(prefix.length);
  const values: Arguments = new Map(call.arguments.map((argument) => [argument.name, dealias(scope, argument.value)]));
  const operand = resolveSubject(scope, call, values);
  const condition =
    bindDateFunction(call, name, operand, values) ??
    bindSetFunction(call, name, operand, values) ??
    bindCallerFunction(call, name, operand) ??
    bindHierarchyFunction(call, name, operand, values);
  if (condition !== undefined) return condition;
  const nearest = nearestName(name, queryFunctionNames);
  return refuse(
    call,
    `The query function '${call.name}' is not known.${nearest === undefined ? '' : ` Did you mean '${prefix}${nearest}'?`}`,
  );
}

function refuse(call: Call, detail: string): never {
  throw new WebApiError('requestFault', { detail: `${detail} (position ${call.position} in $filter)` });
}

function dealias(scope: Scope, value: ArgumentValue): ArgumentValue | FilterExpression {
  if (value.kind !== 'alias') return value;
  return scope.context.aliases.get(value.name) ?? { kind: 'literal', type: 'null', position: value.position };
}

/** The column that PropertyName names, by logical or property name, under the path or lambda variable in front. */
function resolveSubject(scope: Scope, call: Call, values: Arguments): ColumnReference {
  const property = values.get('PropertyName');
  if (property?.kind !== 'literal' || property.type !== 'string')
    return refuse(call, `The function '${call.name}' needs PropertyName as a text.`);
  const resolved = resolveVariable(scope, call.path);
  const source = resolveNavigation(resolved.scope, resolved.path);
  const column = source.table.columns.get(property.text) ?? source.table.properties.get(property.text);
  if (column?.propertyName !== undefined && column.isValidForRead) return { kind: 'column', source, column };
  const nearest = nearestName(property.text, [...source.table.columns.keys()]);
  throw new WebApiError('propertyNotFound', {
    property: property.text,
    table: source.table.logicalName,
    hint: nearest === undefined ? '' : ` Did you mean '${nearest}'?`,
  });
}

function bindDateFunction(
  call: Call,
  name: string,
  operand: ColumnReference,
  values: Arguments,
): Condition | undefined {
  const fixed = Object.hasOwn(fixedWindows, name) ? fixedWindows[name] : undefined;
  if (fixed !== undefined) return inWindow(call, operand, fixed);
  if (/^(Last|Next|OlderThan)X/.test(name)) {
    const window = countedWindow(name, parameter(wholeNumber(call, values, 'PropertyValue')));
    if (window === undefined) return undefined;
    if (operand.column.dateTimeBehavior === 'DateOnly' && (window.unit === 'Hours' || window.unit === 'Minutes')) {
      return refuse(call, `'${call.name}' cannot be used on the date-only column '${operand.column.logicalName}'.`);
    }
    return inWindow(call, operand, window);
  }
  if (name === 'On' || name === 'OnOrAfter' || name === 'OnOrBefore') {
    const day = dayWindow(call, values);
    return inWindow(call, operand, name === 'On' ? day : name === 'OnOrAfter' ? withoutEnd(day) : withoutStart(day));
  }
  return bindFiscalFunction(call, name, operand, values);
}

function bindFiscalFunction(
  call: Call,
  name: string,
  operand: ColumnReference,
  values: Arguments,
): Condition | undefined {
  const number = (argument: string): Operand => parameter(wholeNumber(call, values, argument));
  switch (name) {
    case 'InFiscalYear':
      return inWindow(call, operand, fiscalWindow(year(call, values, 'PropertyValue'), undefined));
    case 'InFiscalPeriod': {
      requireDate(call, operand);
      const local = operand.column.dateTimeBehavior === 'UserLocal' ? toLocal(operand) : operand;
      return { kind: 'compare', operator: '=', left: fiscalPeriodNumber(local), right: number('PropertyValue') };
    }
    case 'InFiscalPeriodAndYear':
    case 'InOrAfterFiscalPeriodAndYear':
    case 'InOrBeforeFiscalPeriodAndYear': {
      const window = fiscalWindow(year(call, values, 'PropertyValue2'), number('PropertyValue1'));
      return inWindow(
        call,
        operand,
        name === 'InFiscalPeriodAndYear'
          ? window
          : name.startsWith('InOrAfter')
            ? withoutEnd(window)
            : withoutStart(window),
      );
    }
    default:
      return undefined;
  }
}

function withoutEnd(window: DateWindow): DateWindow {
  return window.from === undefined ? {} : { from: window.from };
}

function withoutStart(window: DateWindow): DateWindow {
  return window.to === undefined ? {} : { to: window.to };
}

function requireDate(call: Call, operand: ColumnReference): void {
  if (operand.column.type !== 'DateTime')
    refuse(call, `'${call.name}' needs a date column, and '${operand.column.logicalName}' is none.`);
}

function inWindow(call: Call, operand: ColumnReference, window: DateWindow): Condition {
  requireDate(call, operand);
  const bound = (moment: Operand): Operand =>
    operand.column.dateTimeBehavior === 'UserLocal' ? fromLocal(moment) : moment;
  const operands: Condition[] = [];
  if (window.from !== undefined)
    operands.push({ kind: 'compare', operator: '>=', left: operand, right: bound(window.from) });
  if (window.to !== undefined)
    operands.push({
      kind: 'compare',
      operator: window.isToIncluded === true ? '<=' : '<',
      left: operand,
      right: bound(window.to),
    });
  return { kind: 'and', operands };
}

function dayWindow(call: Call, values: Arguments): DateWindow {
  const value = values.get('PropertyValue');
  const text =
    value?.kind === 'literal' && (value.type === 'string' || value.type === 'date' || value.type === 'dateTimeOffset')
      ? value.text
      : '';
  const moment = parseDateText(text);
  if (moment === undefined)
    return refuse(call, `PropertyValue of '${call.name}' must be a date or timestamp; got '${text.slice(0, 50)}'.`);
  const isMoment = text.includes('T');
  return dayOf(
    parameter(isMoment ? constantParameter('timestamptz', moment) : constantParameter('date', text)),
    isMoment,
  );
}

function parameter(value: Parameter): Operand {
  return { kind: 'parameter', parameter: value };
}

function wholeNumber(call: Call, values: Arguments, argument: string): Parameter {
  const value = values.get(argument);
  const text = value?.kind === 'literal' && (value.type === 'integer' || value.type === 'string') ? value.text : '';
  if (!/^\d{1,6}$/.test(text) || Number(text) > maximumCount)
    return refuse(call, `${argument} of '${call.name}' must be a whole number from 0 to ${maximumCount}.`);
  return constantParameter('integer', Number(text));
}

function year(call: Call, values: Arguments, argument: string): Operand {
  const number = wholeNumber(call, values, argument);
  if (Number(number.value) < 1753 || Number(number.value) > 9998)
    return refuse(call, `${argument} of '${call.name}' must be a year from 1753 to 9998.`);
  return parameter(number);
}

function bindSetFunction(call: Call, name: string, operand: ColumnReference, values: Arguments): Condition | undefined {
  switch (name) {
    case 'In':
    case 'NotIn': {
      const list = textValues(call, values);
      if (operand.column.type === 'MultiSelectPicklist')
        return refuse(call, `Use ContainValues on the multi-select column '${operand.column.logicalName}'.`);
      const parameters = list.map((text) => bindText(call, operand.column, text));
      const sqlType = parameters.some(({ sqlType: type }) => type !== parameters[0]?.sqlType)
        ? 'numeric'
        : (parameters[0]?.sqlType ?? 'text');
      const array = constantParameter(
        `${sqlType}[]`,
        parameters.map(({ value }) => String(value)),
      );
      return { kind: 'anyOf', operand, values: array, isNegated: name === 'NotIn' };
    }
    case 'Between':
    case 'NotBetween': {
      const list = textValues(call, values);
      const [low, high] = list.map((text) => bindText(call, operand.column, text));
      if (list.length !== 2 || low === undefined || high === undefined)
        return refuse(call, `'${call.name}' takes exactly two PropertyValues.`);
      const between: Condition = {
        kind: 'and',
        operands: [
          { kind: 'compare', operator: '>=', left: operand, right: parameter(low) },
          { kind: 'compare', operator: '<=', left: operand, right: parameter(high) },
        ],
      };
      return name === 'Between' ? between : { kind: 'not', operand: between };
    }
    case 'ContainValues':
    case 'DoesNotContainValues': {
      if (operand.column.type !== 'MultiSelectPicklist')
        return refuse(call, `'${call.name}' needs a multi-select column, and '${operand.column.logicalName}' is none.`);
      const overlaps: Condition = {
        kind: 'set',
        operator: 'overlaps',
        operand,
        values: bindChoices(textValues(call, values).join(',')),
      };
      // A row without any choice contains none of the values.
      return name === 'ContainValues'
        ? overlaps
        : { kind: 'test', fragment: fragment`NOT coalesce(${operand} && ${parameter(overlaps.values)}, false)` };
    }
    default:
      return undefined;
  }
}

/** PropertyValues as texts: a JSON list, or a text that holds one. */
function textValues(call: Call, values: Arguments): string[] {
  const value = values.get('PropertyValues');
  const list: JsonValue | undefined = value?.kind === 'json' ? value.value : undefined;
  if (!Array.isArray(list) || list.length === 0)
    return refuse(call, `'${call.name}' needs PropertyValues as a list, such as ["a","b"].`);
  return list.map((item: JsonValue) => {
    if (typeof item === 'string') return item;
    if (typeof item === 'boolean') return String(item);
    if (item !== null && typeof item === 'object' && 'kind' in item && item.kind === 'number') return item.text;
    return refuse(call, `PropertyValues of '${call.name}' may only hold texts and numbers.`);
  });
}

/** A value that came as text, for a column of any type. */
function bindText(call: Call, column: Column, text: string): Parameter {
  const position = call.position;
  const numeric = /^[+-]?\d+(\.\d+)?$/.test(text);
  const literal: Exclude<Literal, { type: 'null' }> =
    isLookup(column) || column.type === 'Uniqueidentifier'
      ? { kind: 'literal', type: 'string', text: text.replace(/^\{|\}$/g, ''), position }
      : column.type === 'DateTime'
        ? { kind: 'literal', type: 'dateTimeOffset', text, position }
        : column.type === 'Boolean' && /^(true|false|0|1)$/i.test(text)
          ? { kind: 'literal', type: 'boolean', value: text === '1' || text.toLowerCase() === 'true', position }
          : numeric && column.type !== 'String' && column.type !== 'Memo' && column.type !== 'EntityName'
            ? { kind: 'literal', type: text.includes('.') ? 'decimal' : 'integer', text, position }
            : { kind: 'literal', type: 'string', text, position };
  return bindLiteral(column, literal, call.name);
}

const callerValues: Readonly<
  Record<
    string,
    { sqlType: string; isNegated: boolean; value: (context: RunContext) => string | number | readonly string[] }
  >
> = {
  EqualUserId: { sqlType: 'uuid', isNegated: false, value: ({ caller }) => caller.principal.userId },
  NotEqualUserId: { sqlType: 'uuid', isNegated: true, value: ({ caller }) => caller.principal.userId },
  EqualBusinessId: { sqlType: 'uuid', isNegated: false, value: ({ caller }) => caller.principal.businessUnitId },
  NotEqualBusinessId: { sqlType: 'uuid', isNegated: true, value: ({ caller }) => caller.principal.businessUnitId },
  EqualUserLanguage: { sqlType: 'integer', isNegated: false, value: ({ caller }) => caller.principal.languageCode },
  EqualUserTeams: { sqlType: 'uuid[]', isNegated: false, value: ({ caller }) => caller.principal.teamIds },
  EqualUserOrUserTeams: {
    sqlType: 'uuid[]',
    isNegated: false,
    value: ({ caller }) => caller.principal.sharePrincipals,
  },
};

function bindCallerFunction(call: Call, name: string, operand: ColumnReference): Condition | undefined {
  const rule = Object.hasOwn(callerValues, name) ? callerValues[name] : undefined;
  if (rule !== undefined) {
    const isId = isLookup(operand.column) || operand.column.type === 'Uniqueidentifier';
    if (name === 'EqualUserLanguage' ? operand.column.type !== 'Integer' : !isId)
      return refuse(call, `'${call.name}' cannot be used on the column '${operand.column.logicalName}'.`);
    if (rule.sqlType === 'uuid[]') return { kind: 'anyOf', operand, values: rule, isNegated: false };
    return { kind: 'compare', operator: rule.isNegated ? '<>' : '=', left: operand, right: parameter(rule) };
  }
  if (name !== 'EqualUserOrUserHierarchy' && name !== 'EqualUserOrUserHierarchyAndTeams') return undefined;
  if (!isLookup(operand.column))
    return refuse(call, `'${call.name}' needs a lookup, and '${operand.column.logicalName}' is none.`);
  const user = parameter({ sqlType: 'uuid', value: ({ caller }) => caller.principal.userId });
  const under: Condition = {
    kind: 'test',
    fragment: fragment`${operand} IN (WITH RECURSIVE u(id) AS (SELECT ${user} UNION SELECT s.systemuserid FROM data.systemuser s JOIN u ON s.parentsystemuserid = u.id) SELECT id FROM u)`,
  };
  if (name === 'EqualUserOrUserHierarchy') return under;
  const teams: Parameter = { sqlType: 'uuid[]', value: ({ caller }) => caller.principal.teamIds };
  return { kind: 'or', operands: [under, { kind: 'anyOf', operand, values: teams, isNegated: false }] };
}

/** Tables whose rows form a hierarchy, and the lookup that points to the row above. */
const hierarchies: Readonly<Record<string, string>> = {
  account: 'parentaccountid',
  contact: 'parentcustomerid',
  businessunit: 'parentbusinessunitid',
  systemuser: 'parentsystemuserid',
};

function bindHierarchyFunction(
  call: Call,
  name: string,
  operand: ColumnReference,
  values: Arguments,
): Condition | undefined {
  if (!['Above', 'AboveOrEqual', 'Under', 'UnderOrEqual', 'NotUnder'].includes(name)) return undefined;
  const { table } = operand.source;
  const parentColumn = hierarchies[table.logicalName];
  if (parentColumn === undefined || operand.column !== table.primaryId)
    return refuse(call, `'${call.name}' needs the primary key of a table with a hierarchy.`);
  const given = values.get('PropertyValue');
  if (given?.kind !== 'literal' || given.type === 'null') return refuse(call, `'${call.name}' needs PropertyValue.`);
  const start = parameter(bindLiteral(operand.column, given, call.name));
  const [row, key, parent] = [
    literalSql(`data."${table.logicalName}"`),
    literalSql(`"${table.primaryId.logicalName}"`),
    literalSql(`"${parentColumn}"`),
  ];
  const tree = name.startsWith('Above')
    ? fragment`(WITH RECURSIVE h(id) AS (SELECT ${start} UNION SELECT r.${parent} FROM ${row} r JOIN h ON r.${key} = h.id WHERE r.${parent} IS NOT NULL) SELECT id FROM h)`
    : fragment`(WITH RECURSIVE h(id) AS (SELECT ${start} UNION SELECT r.${key} FROM ${row} r JOIN h ON r.${parent} = h.id) SELECT id FROM h)`;
  const isInside: Condition = { kind: 'test', fragment: fragment`${operand} IN ${tree}` };
  if (name.endsWith('OrEqual')) return isInside;
  const strictlyInside: Condition = {
    kind: 'and',
    operands: [isInside, { kind: 'compare', operator: '<>', left: operand, right: start }],
  };
  return name === 'NotUnder' ? { kind: 'not', operand: strictlyInside } : strictlyInside;
}

/** Names of all query functions, without their namespace. */
export const queryFunctionNames: readonly string[] = [
  ...Object.keys(fixedWindows),
  ...Object.keys(callerValues),
  ...['On', 'OnOrAfter', 'OnOrBefore', 'In', 'NotIn', 'Between', 'NotBetween', 'ContainValues', 'DoesNotContainValues'],
  ...['LastX', 'NextX'].flatMap((start) =>
    ['Hours', 'Days', 'Weeks', 'Months', 'Years', 'FiscalPeriods', 'FiscalYears'].map((unit) => start + unit),
  ),
  ...['Minutes', 'Hours', 'Days', 'Weeks', 'Months', 'Years'].map((unit) => `OlderThanX${unit}`),
  ...[
    'InFiscalYear',
    'InFiscalPeriod',
    'InFiscalPeriodAndYear',
    'InOrAfterFiscalPeriodAndYear',
    'InOrBeforeFiscalPeriodAndYear',
  ],
  ...[
    'EqualUserOrUserHierarchy',
    'EqualUserOrUserHierarchyAndTeams',
    'Above',
    'AboveOrEqual',
    'Under',
    'UnderOrEqual',
    'NotUnder',
  ],
];
