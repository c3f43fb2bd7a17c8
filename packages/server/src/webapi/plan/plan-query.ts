/** $select, $filter, $orderby, $expand and paging of one query level, bound to the table model. */
import {
  type ExpandItem,
  type ExpandOptions,
  type OrderByItem,
  printFilter,
  type SelectItem,
  type SystemQueryOptions,
} from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { type Column, isLookup, type Table, tableNamed } from '../../model/table-model.ts';
import { requireAccess } from '../../security/caller.ts';
import { bindFilter, collectionLink } from './bind-filter.ts';
import { digestQuery } from './page-token.ts';
import type { Condition, Link, OrderItem, Output, OutputExpand, Query, Relation } from './plan.ts';
import { isNeverNull } from './plan.ts';
import { createScope, failUnknownProperty, requireProperty, resolveColumn, type Scope } from './scope.ts';

export const maximumPageSize = 5000;
const maximumExpands = 15;

export type LevelOptions = Pick<SystemQueryOptions, 'select' | 'filter' | 'orderBy' | 'expand'>;

export type LevelLimits = {
  readonly limit: number | undefined;
  readonly detectsMore: boolean;
  /** Whether lookups are fetched with the names that their annotations show. */
  readonly isAnnotated: boolean;
  /** Page size for collections inside nested expands. */
  readonly expandPageSize: number;
  /** Whether a level above has an expand within an expand; what holds for nested ones then holds here too. */
  readonly isNested?: boolean;
};

/** One level: a scope whose source the caller may already have conditions for. */
export function planLevel(
  scope: Scope,
  options: LevelOptions,
  conditions: readonly Condition[],
  link: Link | undefined,
  limits: LevelLimits,
): Query {
  const { source } = scope;
  const access = requireAccess(scope.context.caller, source.table, 'Read');
  const outputs = planSelect(source.table, options.select, limits.isAnnotated);
  const expands = planExpands(scope, options.expand ?? [], limits);
  const filter = options.filter === undefined ? [] : [bindFilter(scope, options.filter)];
  const order = planOrder(scope, options.orderBy ?? []);
  const where = [...conditions, ...filter];
  const relation: Relation = {
    source,
    joins: [...scope.joins.values()],
    access,
    link,
    where: where.length === 0 ? undefined : where.length === 1 ? where[0] : { kind: 'and', operands: where },
  };
  return {
    relation,
    outputs: [...outputs, ...expands],
    selected: options.select?.map((item) => item.path.join('/')),
    order,
    limit: limits.limit,
    detectsMore: limits.detectsMore,
    start: undefined,
  };
}

/** The properties to return: all readable ones, or the selected ones in the order of the table, key included. */
function planSelect(table: Table, select: readonly SelectItem[] | undefined, isAnnotated: boolean): Output[] {
  const columns =
    select === undefined || select.some((item) => item.path[0] === '*')
      ? readableColumns(table)
      : selectedColumns(table, select);
  return columns.map((column) => ({
    kind: 'property',
    property: column.propertyName ?? column.logicalName,
    column,
    isAnnotated: isAnnotated && isLookup(column),
  }));
}

function readableColumns(table: Table): Column[] {
  return [...table.properties.values()].filter((column) => column.isValidForRead);
}

function selectedColumns(table: Table, select: readonly SelectItem[]): Column[] {
  const columns = new Set<Column>();
  for (const item of select) {
    const name = item.path.join('/');
    if (item.path.length > 1)
      throw new WebApiError('requestFault', { detail: `The path '${name}' is not supported in $select; use $expand.` });
    const column = requireProperty(table, name);
    columns.add(column);
    const currency = table.properties.get('_transactioncurrencyid_value');
    if (column.type === 'Money' && currency !== undefined) columns.add(currency);
  }
  columns.add(table.primaryId);
  const baseKey = table.baseType === 'principal' ? table.properties.get('ownerid') : undefined;
  if (baseKey !== undefined) columns.add(baseKey);
  return [...columns];
}

/** The order asked for, with the primary key as the last tie breaker so that paging is stable. */
function planOrder(scope: Scope, items: readonly OrderByItem[]): OrderItem[] {
  const { table } = scope.source;
  const order: OrderItem[] = [];
  const seen = new Set<string>();
  for (const item of items) {
    const name = item.path.join('/');
    if (seen.has(name)) throw new WebApiError('orderByTwice', { column: name });
    seen.add(name);
    const reference = resolveColumn(scope, item.path);
    if (reference.column.type === 'MultiSelectPicklist') throw new WebApiError('orderByMultiSelect', { column: name });
    const isOwn = reference.source === scope.source;
    order.push({
      operand: isLookup(reference.column) ? { ...reference, kind: 'lookupName' } : reference,
      direction: item.direction,
      isNeverNull: isOwn && isNeverNull(table, reference.column),
    });
  }
  const last = order.at(-1);
  const endsWithKey =
    last?.operand.kind === 'column' && last.operand.source === scope.source && last.operand.column === table.primaryId;
  if (!endsWithKey) {
    order.push({
      operand: { kind: 'column', source: scope.source, column: table.primaryId },
      direction: last?.direction ?? 'asc',
      isNeverNull: true,
    });
  }
  return order;
}

function planExpands(scope: Scope, items: readonly ExpandItem[], limits: LevelLimits): Output[] {
  const total = countExpands(items);
  if (total > maximumExpands)
    throw new WebApiError('requestFault', {
      detail: `The query has ${total} $expand options; at most ${maximumExpands} are allowed.`,
    });
  const isNested = limits.isNested === true || items.some((item) => (item.options.expand?.length ?? 0) > 0);
  const names = new Set<string>();
  return items.map((item) => {
    const name = item.path.join('/');
    if (names.has(name))
      throw new WebApiError('requestFault', { detail: `The navigation property '${name}' stands twice in $expand.` });
    names.add(name);
    return planExpand(scope, item, { ...limits, isNested }, isNested);
  });
}

function countExpands(items: readonly ExpandItem[]): number {
  return items.reduce((count, item) => count + 1 + countExpands(item.options.expand ?? []), 0);
}

function planExpand(scope: Scope, item: ExpandItem, limits: LevelLimits, isNested: boolean): Output {
  const [name = ''] = item.path;
  const { table } = scope.source;
  if (item.path.length > 1)
    throw new WebApiError('requestFault', {
      detail: `The path '${item.path.join('/')}' is not supported in $expand; nest a $expand instead.`,
    });
  const navigation = table.navigation.get(name);
  if (navigation === undefined) return failUnknownProperty(table, name);
  refuseUnsupported(item, name);
  const isCollection = navigation.kind !== 'manyToOne';
  if (item.suffix !== undefined && (isCollection || item.suffix !== '$ref')) {
    throw new WebApiError('requestFault', {
      detail: 'Expand with $ref is only supported on lookup type navigation property.',
    });
  }
  if (isNested && (item.options.orderBy !== undefined || item.options.top !== undefined)) {
    throw new WebApiError('requestFault', {
      detail:
        'Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.',
    });
  }
  if (isNested && navigation.kind === 'manyToMany')
    throw new WebApiError('requestFault', {
      detail: `The many-to-many navigation property '${name}' cannot be combined with nested $expand.`,
    });
  if (navigation.kind === 'manyToOne' && navigation.referencedTable === 'principal')
    return { kind: 'principal', property: name, source: scope.source };
  return isCollection
    ? planCollectionExpand(scope, item, name, limits, isNested)
    : planLookupExpand(scope, item, name, limits);
}

function refuseUnsupported(item: ExpandItem, name: string): void {
  const [option] = item.options.unsupported.keys();
  if (option !== undefined)
    throw new WebApiError('requestFault', {
      detail: `The option '${option}' is not supported inside $expand of '${name}'.`,
    });
}

function planLookupExpand(scope: Scope, item: ExpandItem, name: string, limits: LevelLimits): OutputExpand {
  const navigation = scope.source.table.navigation.get(name);
  if (navigation?.kind !== 'manyToOne') return failUnknownProperty(scope.source.table, name);
  if (item.options.orderBy !== undefined || item.options.top !== undefined) {
    throw new WebApiError('requestFault', {
      detail:
        'Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.',
    });
  }
  const table = tableNamed(scope.context.model, navigation.referencedTable);
  const inner = createScope(scope.context, table);
  const link: Link = { kind: 'manyToOne', parent: scope.source, relationship: navigation };
  const options =
    item.suffix === '$ref'
      ? { ...item.options, select: [{ path: [table.primaryId.logicalName], position: item.position }] }
      : item.options;
  return {
    kind: 'expand',
    property: name,
    cardinality: 'one',
    query: planLevel(inner, options, [], link, { ...limits, limit: 1, detectsMore: false }),
    isReferenceOnly: item.suffix === '$ref',
    optionsText: '',
    digest: '',
  };
}

function planCollectionExpand(
  scope: Scope,
  item: ExpandItem,
  name: string,
  limits: LevelLimits,
  isNested: boolean,
): OutputExpand {
  const { link, table } = collectionLink(scope, scope.source.table, name, scope.source);
  const inner = createScope(scope.context, table);
  const pageSize = isNested ? limits.expandPageSize : maximumPageSize;
  const limit = Math.min(item.options.top ?? pageSize, pageSize);
  const query = planLevel(inner, item.options, [], link, { ...limits, limit, detectsMore: isNested });
  return {
    kind: 'expand',
    property: name,
    cardinality: 'many',
    query: link.kind === 'oneToMany' ? withForeignKey(query, link.relationship.column, limits.isAnnotated) : query,
    isReferenceOnly: false,
    optionsText: printInnerOptions(item.options),
    digest: isNested ? digestQuery(table, item.options) : '',
  };
}

/** Rows of an expanded collection carry the lookup that links them, selected or not. */
function withForeignKey(query: Query, column: Column, isAnnotated: boolean): Query {
  const property = column.propertyName ?? column.logicalName;
  if (query.outputs.some((output) => output.kind === 'property' && output.column === column)) return query;
  return { ...query, outputs: [...query.outputs, { kind: 'property', property, column, isAnnotated }] };
}

/** The inner options of an expand as a query string, for its next link. */
function printInnerOptions(options: ExpandOptions): string {
  const parts: string[] = [];
  if (options.select !== undefined)
    parts.push(`$select=${options.select.map((item) => item.path.join('/')).join(',')}`);
  if (options.filter !== undefined) parts.push(`$filter=${encodeURIComponent(printFilter(options.filter))}`);
  if (options.orderBy !== undefined)
    parts.push(`$orderby=${options.orderBy.map((item) => `${item.path.join('/')}%20${item.direction}`).join(',')}`);
  if (options.top !== undefined) parts.push(`$top=${options.top}`);
  if (options.expand !== undefined)
    parts.push(`$expand=${encodeURIComponent(options.expand.map(printExpand).join(','))}`);
  return parts.join('&');
}

function printExpand(item: ExpandItem): string {
  const inner = decodeURIComponent(printInnerOptions(item.options)).replaceAll('&', ';');
  return `${item.path.join('/')}${item.suffix === undefined ? '' : `/${item.suffix}`}${inner === '' ? '' : `(${inner})`}`;
}

/** Refuses options that Dataverse does not have, at the root of a data request. */
export function refuseUnsupportedOptions(options: SystemQueryOptions): void {
  const [option] = options.unsupported.keys();
  if (option !== undefined)
    throw new WebApiError('requestFault', { detail: `The query parameter ${option} is not supported.` });
}
