/** References to rows as they stand in bind values, `@odata.id` members and `$id` options. */
import { type ArgumentValue, type Literal, type PathSegment, parseResourcePath } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import type { AlternateKey, Column, Table, TableModel } from '../../model/table-model.ts';
import { bindLiteral } from './bind-literal.ts';

/** The key of a row: its primary id, or the values of one alternate key in the order of that key's columns. */
export type RowReference = { readonly table: Table } & RowIdentity;
export type RowIdentity =
  | { readonly kind: 'primary'; readonly id: string }
  | { readonly kind: 'alternate'; readonly key: AlternateKey; readonly values: readonly string[] };

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * `/accounts(G)`, `accounts(G)`, `https://host/api/data/v9.2/accounts(accountnumber='x')`.
 * @returns undefined when the text is no reference to a row of a known set
 */
export function parseRowReference(model: TableModel, text: string): RowReference | undefined {
  const path = text
    .replace(/^https?:\/\/[^/]+/i, '')
    .replace(/^\/api\/data\/v9\.\d\//i, '')
    .replace(/^\//, '');
  const parsed = parseResourcePath(path);
  if (!parsed.ok || parsed.value.length !== 1) return undefined;
  const [segment] = parsed.value;
  if (segment?.kind !== 'name' || segment.parentheses === undefined) return undefined;
  const table = model.entitySets.get(segment.name);
  return table === undefined ? undefined : { table, ...resolveKey(table, segment, new Map()) };
}

/**
 * The key in a path segment.
 * @throws WebApiError requestFault when the parentheses hold no key of the table
 */
export function resolveKey(
  table: Table,
  segment: Extract<PathSegment, { kind: 'name' }>,
  aliases: ReadonlyMap<string, ArgumentValue | { readonly kind: string }>,
): RowIdentity {
  const { parentheses } = segment;
  const dealias = (value: ArgumentValue): Literal | undefined => {
    const resolved = value.kind === 'alias' ? aliases.get(value.name) : value;
    // Only literals carry this kind.
    return resolved?.kind === 'literal' ? (resolved as Literal) : undefined;
  };
  if (parentheses?.kind === 'single') {
    const value = dealias(parentheses.value);
    if (value?.type === 'guid') return { kind: 'primary', id: value.text };
    if (value?.type === 'string') {
      const id = value.text.toLowerCase().replace(/^\{|\}$/g, '');
      if (guidPattern.test(id)) return { kind: 'primary', id };
    }
  }
  if (parentheses?.kind === 'named' && parentheses.items.length > 0) {
    const values = new Map(parentheses.items.map((item) => [item.name, dealias(item.value)]));
    const primary = values.get(table.primaryId.logicalName);
    if (values.size === 1 && primary?.type === 'guid' && table.baseType !== 'principal')
      return { kind: 'primary', id: primary.text };
    const alternate = values.size === parentheses.items.length ? matchAlternateKey(table, values) : undefined;
    if (alternate !== undefined) return alternate;
  }
  throw new WebApiError('requestFault', {
    detail: `The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.${table.logicalName}'. Ensure that the names and number of key properties match the declared or alternate key properties.`,
  });
}

function matchAlternateKey(table: Table, values: ReadonlyMap<string, Literal | undefined>): RowIdentity | undefined {
  for (const key of table.alternateKeys) {
    if (key.columns.length !== values.size) continue;
    const bound = key.columns.map((column) => bindKeyValue(column, values.get(column.propertyName ?? '')));
    if (bound.every((value) => value !== undefined)) return { kind: 'alternate', key, values: bound };
  }
  return undefined;
}

function bindKeyValue(column: Column, literal: Literal | undefined): string | undefined {
  if (literal === undefined || literal.type === 'null') return undefined;
  return String(bindLiteral(column, literal, 'eq').value);
}

/** The PostgreSQL type of a key column, for its parameter. */
export function keySqlType(column: Column): string {
  return column.storage.kind === 'column' ? column.storage.sqlType.replace(' COLLATE data.ci', '') : 'text';
}
