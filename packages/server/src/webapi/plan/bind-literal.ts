/** Literals of a query as typed parameters for the column that they are compared with. */
import type { Literal } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { edmType } from '../../model/edm-type.ts';
import { type Column, isLookup } from '../../model/table-model.ts';
import { constantParameter, type Parameter } from './plan.ts';

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** OData's own names of operators, for the error text of clashing types. */
export const operatorKinds: Readonly<Record<string, string>> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
};

/**
 * A literal as a parameter of the column's type.
 * @throws WebApiError incompatibleTypes, or requestFault for a date that does not exist
 */
export function bindLiteral(column: Column, literal: Exclude<Literal, { type: 'null' }>, operator: string): Parameter {
  const parameter =
    isLookup(column) || column.type === 'Uniqueidentifier' || column.type === 'File'
      ? bindGuid(literal)
      : bindByType(column, literal);
  if (parameter !== undefined) return parameter;
  throw new WebApiError('incompatibleTypes', {
    left: edmType(column),
    right: literalEdmType(literal),
    operator: operatorKinds[operator] ?? operator,
  });
}

function bindByType(column: Column, literal: Exclude<Literal, { type: 'null' }>): Parameter | undefined {
  switch (column.type) {
    case 'String':
    case 'Memo':
    case 'EntityName':
      return literal.type === 'string' ? constantParameter('text', literal.text) : undefined;
    case 'MultiSelectPicklist':
      return literal.type === 'string' ? bindChoices(literal.text) : undefined;
    case 'Boolean':
    case 'ManagedProperty':
      return literal.type === 'boolean' ? constantParameter('boolean', literal.value) : undefined;
    case 'Integer':
    case 'Picklist':
    case 'State':
    case 'Status':
    case 'BigInt':
    case 'Decimal':
    case 'Money':
    case 'Double':
      return bindNumber(column, literal);
    case 'DateTime':
      return bindDate(column, literal);
    default:
      return undefined;
  }
}

function bindGuid(literal: Literal): Parameter | undefined {
  if (literal.type !== 'guid' && literal.type !== 'string') return undefined;
  return guidPattern.test(literal.text) ? constantParameter('uuid', literal.text) : undefined;
}

function bindNumber(column: Column, literal: Literal): Parameter | undefined {
  if (literal.type === 'integer') {
    const fits = Math.abs(Number(literal.text)) <= 2_147_483_647;
    const isWhole =
      column.type === 'Integer' || column.type === 'Picklist' || column.type === 'State' || column.type === 'Status';
    if (fits && isWhole) return constantParameter('integer', literal.text);
    return constantParameter(
      column.type === 'Double' ? 'double precision' : column.type === 'BigInt' && fits ? 'bigint' : 'numeric',
      literal.text,
    );
  }
  if (literal.type === 'decimal') return constantParameter('numeric', literal.text);
  if (literal.type !== 'double') return undefined;
  if (!Number.isFinite(Number(literal.text))) {
    const infinity = literal.text.replace('INF', 'Infinity');
    return constantParameter('double precision', infinity);
  }
  return constantParameter('double precision', literal.text);
}

/** `'1,9'` as a set of choices. */
export function bindChoices(text: string): Parameter {
  const values = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (!values.every((value) => /^-?\d{1,9}$/.test(value))) {
    throw new WebApiError('requestFault', {
      detail: `'${text.slice(0, 100)}' is not a comma-separated list of choice values.`,
    });
  }
  return constantParameter('integer[]', values.map(Number));
}

function bindDate(column: Column, literal: Literal): Parameter | undefined {
  if (literal.type !== 'date' && literal.type !== 'dateTimeOffset') return undefined;
  const value = parseDateText(literal.text);
  if (value === undefined)
    throw new WebApiError('requestFault', { detail: `The date '${literal.text}' does not exist.` });
  if (column.dateTimeBehavior === 'DateOnly') return constantParameter('date', value.slice(0, 10));
  return constantParameter(column.dateTimeBehavior === 'TimeZoneIndependent' ? 'timestamp' : 'timestamptz', value);
}

const datePattern = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,12}))?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * A date or timestamp as UTC ISO text with milliseconds, or undefined when it is malformed, does not exist, or falls
 * outside the years 1 to 9999. No offset means UTC.
 */
export function parseDateText(text: string): string | undefined {
  const match = datePattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset = 'Z'] = match;
  const isInDay = Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59;
  const days = new Date(Date.UTC(2000, Number(month), 0));
  if (
    month === undefined ||
    year === undefined ||
    day === undefined ||
    Number(month) < 1 ||
    Number(month) > 12 ||
    !isInDay
  )
    return undefined;
  days.setUTCFullYear(Number(year), Number(month), 0);
  if (Number(day) < 1 || Number(day) > days.getUTCDate() || Number(year) < 1) return undefined;
  const zone = offset === 'Z' ? 'Z' : offset;
  if (zone !== 'Z' && (Number(zone.slice(1, 3)) > 14 || Number(zone.slice(4, 6)) > 59)) return undefined;
  const time = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${zone}`,
  );
  if (Number.isNaN(time)) return undefined;
  const iso = new Date(time).toISOString();
  return iso.length === 24 && iso >= '0001' ? iso : undefined;
}

function literalEdmType(literal: Literal): string {
  const names: Readonly<Record<Literal['type'], string>> = {
    null: 'null',
    boolean: 'Edm.Boolean',
    integer: 'Edm.Int32',
    decimal: 'Edm.Decimal',
    double: 'Edm.Double',
    string: 'Edm.String',
    guid: 'Edm.Guid',
    date: 'Edm.Date',
    dateTimeOffset: 'Edm.DateTimeOffset',
    timeOfDay: 'Edm.TimeOfDay',
    duration: 'Edm.Duration',
    binary: 'Edm.Binary',
    enum: 'Edm.Enum',
  };
  return names[literal.type];
}
