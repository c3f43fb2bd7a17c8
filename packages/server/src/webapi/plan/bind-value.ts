/**
 * JSON values of a payload as typed parameters, checked against the column: type, length in UTF-16 units, range, choice,
 * date limits. Numbers and booleans may come as text, as Dataverse's own clients send them.
 */
import type { JsonValue } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { edmType } from '../../model/edm-type.ts';
import type { Column, Table } from '../../model/table-model.ts';
import { parseDateText } from './bind-literal.ts';
import { constantParameter, type Parameter } from './plan.ts';

const guidPattern = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const maximumChoices = 150;
const earliestDate = '1753-01-01';

/**
 * @returns the parameter for a value of the column; null for an empty one
 * @throws WebApiError payload, stringTooLong, numberOutOfRange, choiceOutOfRange, dateOutOfRange, requiredFieldMissing
 */
export function bindValue(table: Table, column: Column, value: JsonValue): Parameter | null {
  if (value === null) {
    if (column.requiredLevel === 'SystemRequired')
      throw new WebApiError('requiredFieldMissing', { column: column.logicalName });
    return null;
  }
  switch (column.type) {
    case 'String':
    case 'Memo':
    case 'EntityName':
      return bindText(table, column, value);
    case 'Boolean':
      return constantParameter('boolean', bindBoolean(table, column, value));
    case 'ManagedProperty':
      return constantParameter('boolean', bindManaged(table, column, value));
    case 'Integer':
    case 'BigInt':
      return bindWhole(table, column, value);
    case 'Picklist':
    case 'State':
    case 'Status':
      return constantParameter('integer', bindChoice(table, column, value));
    case 'MultiSelectPicklist':
      return bindChoices(table, column, value);
    case 'Decimal':
    case 'Money':
    case 'Double':
      return bindFraction(table, column, value);
    case 'DateTime':
      return bindDate(table, column, value);
    case 'Uniqueidentifier':
      return constantParameter('uuid', bindGuid(table, column, value));
    default:
      return refuse(table, column, value);
  }
}

function refuse(table: Table, column: Column, value: JsonValue): never {
  const literal = scalarText(value) ?? (Array.isArray(value) ? '[...]' : '{...}');
  throw new WebApiError('payload', {
    set: table.entitySetName,
    detail: `Cannot convert the literal '${literal.slice(0, 100)}' to the expected type '${edmType(column)}'. (property '${column.propertyName ?? column.logicalName}')`,
  });
}

/** The text of a string, number or boolean; undefined for null, objects and lists. */
function scalarText(value: JsonValue): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return isNumber(value) ? value.text : undefined;
}

function isNumber(value: JsonValue): value is { readonly kind: 'number'; readonly text: string } {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'number';
}

function numberText(value: JsonValue): string | undefined {
  if (typeof value !== 'string' && !isNumber(value)) return undefined;
  const text = typeof value === 'string' ? value.trim() : value.text;
  return /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/.test(text) ? text.replace(/^\+/, '') : undefined;
}

function bindText(table: Table, column: Column, value: JsonValue): Parameter {
  if (typeof value !== 'string' || !value.isWellFormed()) return refuse(table, column, value);
  if (column.maxLength !== undefined && value.length > column.maxLength) {
    throw new WebApiError('stringTooLong', {
      column: column.logicalName,
      table: table.logicalName,
      maximum: column.maxLength,
    });
  }
  return constantParameter('text', value);
}

function bindBoolean(table: Table, column: Column, value: JsonValue): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return refuse(table, column, value);
}

function bindManaged(table: Table, column: Column, value: JsonValue): boolean {
  if (value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'object') {
    return bindBoolean(table, column, value.members.get('Value') ?? null);
  }
  return bindBoolean(table, column, value);
}

function bindWhole(table: Table, column: Column, value: JsonValue): Parameter {
  const text = numberText(value);
  if (text === undefined || !/^-?\d{1,19}$/.test(text)) return refuse(table, column, value);
  const number = BigInt(text);
  const [minimum, maximum] = [column.minValue ?? '-2147483648', column.maxValue ?? '2147483647'];
  if (column.type === 'Integer' && BigInt.asIntN(32, number) !== number) return refuse(table, column, value);
  if (number < BigInt(minimum) || number > BigInt(maximum)) return failRange(table, column, minimum, maximum);
  return constantParameter(column.type === 'BigInt' ? 'bigint' : 'integer', String(number));
}

function failRange(table: Table, column: Column, minimum: string, maximum: string): never {
  throw new WebApiError('numberOutOfRange', { column: column.logicalName, table: table.logicalName, minimum, maximum });
}

/** A choice's value, checked against its options where the model knows them. */
function bindChoice(table: Table, column: Column, value: JsonValue): number {
  const text = numberText(value);
  if (text === undefined || !/^-?\d{1,10}$/.test(text) || Math.abs(Number(text)) > 2_147_483_647)
    return refuse(table, column, value);
  requireOption(table, column, Number(text));
  return Number(text);
}

function requireOption(table: Table, column: Column, value: number): void {
  if (column.options.length === 0 || column.options.some((option) => option.value === value)) return;
  const accepted = column.options.map((option) => option.value).join(',');
  throw new WebApiError('choiceOutOfRange', { value, column: column.logicalName, table: table.logicalName, accepted });
}

function bindChoices(table: Table, column: Column, value: JsonValue): Parameter | null {
  if (typeof value !== 'string' && !isNumber(value)) return refuse(table, column, value);
  const parts = (typeof value === 'string' ? value : value.text).split(',').map((part) => part.trim());
  if (parts.length === 1 && parts[0] === '') return null;
  if (parts.length > maximumChoices || !parts.every((part) => /^-?\d{1,9}$/.test(part)))
    return refuse(table, column, value);
  const values = [...new Set(parts.map(Number))];
  for (const choice of values) requireOption(table, column, choice);
  return constantParameter('integer[]', values);
}

function bindFraction(table: Table, column: Column, value: JsonValue): Parameter {
  const text = numberText(value);
  const number = Number(text);
  if (text === undefined || text.length > 60 || !Number.isFinite(number)) return refuse(table, column, value);
  const [minimum, maximum] = [column.minValue ?? '-100000000000', column.maxValue ?? '100000000000'];
  if (number < Number(minimum) || number > Number(maximum)) return failRange(table, column, minimum, maximum);
  return constantParameter(
    column.type === 'Double' ? 'double precision' : `numeric(40,${Math.min(column.precision ?? 2, 10)})`,
    text,
  );
}

function bindDate(table: Table, column: Column, value: JsonValue): Parameter {
  const moment = typeof value === 'string' ? parseDateText(value) : undefined;
  if (moment === undefined || typeof value !== 'string') return refuse(table, column, value);
  if (moment < earliestDate)
    throw new WebApiError('dateOutOfRange', { column: column.logicalName, table: table.logicalName });
  if (column.dateTimeBehavior === 'DateOnly')
    return value.length === 10 ? constantParameter('date', value) : refuse(table, column, value);
  const seconds = `${moment.slice(0, 19)}Z`;
  return column.dateTimeBehavior === 'TimeZoneIndependent'
    ? constantParameter('timestamp', seconds.slice(0, 19))
    : constantParameter('timestamptz', seconds);
}

/** A guid in lower case without braces. */
function bindGuid(table: Table, column: Column, value: JsonValue): string {
  if (typeof value !== 'string' || !guidPattern.test(value)) return refuse(table, column, value);
  return value.replace(/[{}]/g, '').toLowerCase();
}
