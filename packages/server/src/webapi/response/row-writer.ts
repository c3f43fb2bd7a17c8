/**
 * Rows as JSON text. A writer is made once per plan: every key, quote and annotation name that does not depend on the row
 * is prepared, so that writing a row is little more than joining strings. Values arrive in PostgreSQL's text form.
 */

import { edmType } from '../../model/edm-type.ts';
import { type Column, type ColumnType, isLookup, type Table, type TableModel } from '../../model/table-model.ts';
import { writePageToken } from '../plan/page-token.ts';
import type { OutputExpand, OutputProperty, Query } from '../plan/plan.ts';
import { maximumPageSize } from '../plan/plan-query.ts';
import type { OutputLayout, RowLayout } from '../sql/compile-query.ts';
import { type Display, valueFormatter } from './formatted-value.ts';

export type SqlRow = readonly (string | null)[];

export type AnnotationChoice = {
  readonly formattedValue: boolean;
  readonly lookupLogicalName: boolean;
  readonly associatedNavigationProperty: boolean;
};

export type MetadataLevel = 'minimal' | 'full' | 'none';

/** What a written row needs to know of its request. */
export type RowContext = { readonly apiRoot: string; readonly display: Display };

/** The members of one row, without its braces, each with a comma in front but for the first. */
export type RowWriter = (row: SqlRow, context: RowContext) => string;

type MemberWriter = (row: SqlRow, context: RowContext) => string;

export type WriterOptions = {
  readonly annotations: AnnotationChoice;
  readonly level: MetadataLevel;
  readonly hasEtag: boolean;
};

/** Writes `{...}` rows of a query; `context` members such as `@odata.context` are put in front by the caller. */
export function createRowWriter(model: TableModel, query: Query, layout: RowLayout, options: WriterOptions): RowWriter {
  const members: MemberWriter[] = [];
  const { table } = query.relation.source;
  if (options.hasEtag && options.level !== 'none') {
    const { version } = layout;
    if (version !== undefined) members.push((row) => `,"@odata.etag":"W/\\"${row[version] ?? ''}\\""`);
  }
  if (options.level === 'full') members.push(...fullMetadataMembers(table, layout));
  query.outputs.forEach((output, index) => {
    const place = layout.outputs[index];
    if (place === undefined) return;
    if (output.kind === 'property' && place.kind === 'property')
      members.push(propertyWriter(table, output, place, options));
    if (output.kind === 'principal' && place.kind === 'principal')
      members.push(principalWriter(output.property, place));
    if (output.kind === 'expand' && place.kind === 'expand')
      members.push(expandWriter(model, table, layout, output, place, options));
  });
  return (row, context) => {
    let text = '';
    for (const member of members) text += member(row, context);
    return text.slice(1);
  };
}

function fullMetadataMembers(table: Table, layout: RowLayout): MemberWriter[] {
  const url = (row: SqlRow, context: RowContext) =>
    `${context.apiRoot}/${table.entitySetName}(${row[layout.key] ?? ''})`;
  return [
    () => `,"@odata.type":"#Microsoft.Dynamics.CRM.${table.logicalName}"`,
    (row, context) => `,"@odata.id":${JSON.stringify(url(row, context))}`,
    (row) => `,"@odata.editLink":"${table.entitySetName}(${row[layout.key] ?? ''})"`,
  ];
}

function propertyWriter(
  table: Table,
  output: OutputProperty,
  place: Extract<OutputLayout, { kind: 'property' }>,
  options: WriterOptions,
): MemberWriter {
  const { column, property } = output;
  const write = valueWriter(column);
  const key = `,"${property}":`;
  const annotate = annotationWriter(table, output, place, options);
  const type = options.level === 'full' ? typeAnnotation(property, column) : '';
  const { value, name, table: tableIndex } = place;
  const member = (text: string, row: SqlRow, context: RowContext): string =>
    (annotate === undefined ? '' : annotate(text, row, context)) + type + key + write(text);
  const empty = `${key}null`;
  if (name !== undefined) return recurringLookupWriter(member, empty, value, name, tableIndex);
  if (recurringTypes.has(column.type)) return recurringValueWriter(member, empty, value);
  return (row, context) => {
    const text = row[value];
    return text === null || text === undefined ? empty : member(text, row, context);
  };
}

type ValueMember = (text: string, row: SqlRow, context: RowContext) => string;

/** Types whose few values recur from row to row, shown alike to everyone: their written members are kept. */
const recurringTypes: ReadonlySet<ColumnType> = new Set([
  'Picklist',
  'State',
  'Status',
  'Boolean',
  'ManagedProperty',
  'MultiSelectPicklist',
  'Integer',
]);
const maximumKept = 500;

function recurringValueWriter(member: ValueMember, empty: string, value: number): MemberWriter {
  const kept = new Map<string, string>();
  return (row, context) => {
    const text = row[value];
    if (text === null || text === undefined) return empty;
    const known = kept.get(text);
    if (known !== undefined) return known;
    const written = flatten(member(text, row, context));
    if (kept.size < maximumKept) kept.set(text, written);
    return written;
  };
}

/** Users, queues and work streams recur too; a member is kept together with the name and table that it was written for. */
function recurringLookupWriter(
  member: ValueMember,
  empty: string,
  value: number,
  name: number,
  table: number | undefined,
): MemberWriter {
  const kept = new Map<
    string,
    { readonly name: string | null | undefined; readonly table: string | null | undefined; readonly written: string }
  >();
  return (row, context) => {
    const text = row[value];
    if (text === null || text === undefined) return empty;
    const shown = row[name];
    const target = table === undefined ? undefined : row[table];
    const known = kept.get(text);
    if (known !== undefined && known.name === shown && known.table === target) return known.written;
    const written = flatten(member(text, row, context));
    if (kept.size >= maximumKept) kept.clear();
    kept.set(text, { name: shown, table: target, written });
    return written;
  };
}

/** The same text without the tree of pieces that it was joined from, so that it is copied at once wherever it is used. */
function flatten(text: string): string {
  return Buffer.from(text).toString();
}

/** `col@odata.type` for the types that JSON alone does not tell. */
function typeAnnotation(property: string, column: Column): string {
  const type = edmType(column);
  const isSelfEvident =
    type === 'Edm.String' ||
    type === 'Edm.Boolean' ||
    type === 'Edm.Int32' ||
    type === 'Edm.Double' ||
    !type.startsWith('Edm.');
  return isSelfEvident ? '' : `,"${property}@odata.type":"#${type.slice(4)}"`;
}

type AnnotationWriter = (text: string, row: SqlRow, context: RowContext) => string;

function annotationWriter(
  table: Table,
  output: OutputProperty,
  place: Extract<OutputLayout, { kind: 'property' }>,
  options: WriterOptions,
): AnnotationWriter | undefined {
  const { column, property } = output;
  const { annotations } = options;
  const formattedKey = `,"${property}@OData.Community.Display.V1.FormattedValue":`;
  if (isLookup(column)) return lookupAnnotationWriter(table, output, place, annotations, formattedKey);
  const format = annotations.formattedValue ? valueFormatter(column) : undefined;
  if (format === undefined) return undefined;
  return (text, _, context) => {
    const shown = format(text, context.display);
    return shown === undefined ? '' : formattedKey + shown;
  };
}

function lookupAnnotationWriter(
  table: Table,
  output: OutputProperty,
  place: Extract<OutputLayout, { kind: 'property' }>,
  annotations: AnnotationChoice,
  formattedKey: string,
): AnnotationWriter | undefined {
  const { name, table: tableIndex } = place;
  if (name === undefined) return undefined;
  const { property, column } = output;
  const { formattedValue } = annotations;
  const perTarget = targetAnnotations(table, column, property, annotations);
  const onlyTarget = perTarget.get(column.declaredTargets[0] ?? '') ?? '';
  return (_, row) => {
    const shown = row[name];
    const text = formattedValue && shown !== null && shown !== undefined ? formattedKey + JSON.stringify(shown) : '';
    return text + (tableIndex === undefined ? onlyTarget : (perTarget.get(row[tableIndex] ?? '') ?? ''));
  };
}

/** The annotations that depend only on the table that a lookup points to, by that table. */
function targetAnnotations(
  table: Table,
  column: Column,
  property: string,
  annotations: AnnotationChoice,
): ReadonlyMap<string, string> {
  const names = navigationNamesOf(table, column);
  const texts = new Map<string, string>();
  for (const target of column.declaredTargets) {
    const navigation = names.get(target);
    let text = '';
    if (annotations.associatedNavigationProperty && navigation !== undefined)
      text += `,"${property}@Microsoft.Dynamics.CRM.associatednavigationproperty":"${navigation}"`;
    if (annotations.lookupLogicalName) text += `,"${property}@Microsoft.Dynamics.CRM.lookuplogicalname":"${target}"`;
    texts.set(target, text);
  }
  return texts;
}

/** Which navigation property to bind, by the table that the lookup points to. */
function navigationNamesOf(table: Table, column: Column): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const navigation of table.navigation.values()) {
    if (navigation.kind !== 'manyToOne' || navigation.column !== column || navigation.isAlias) continue;
    const targets = navigation.referencedTable === 'principal' ? column.targets : [navigation.referencedTable];
    for (const target of targets) names.set(target, navigation.navigationProperty);
  }
  return names;
}

function principalWriter(property: string, place: Extract<OutputLayout, { kind: 'principal' }>): MemberWriter {
  return (row) => {
    const id = row[place.value];
    if (id === null || id === undefined) return `,"${property}":null`;
    return `,"${property}":{"@odata.type":"#Microsoft.Dynamics.CRM.${row[place.table] ?? 'systemuser'}","ownerid":"${id}"}`;
  };
}

function expandWriter(
  model: TableModel,
  table: Table,
  outerLayout: RowLayout,
  output: OutputExpand,
  place: Extract<OutputLayout, { kind: 'expand' }>,
  options: WriterOptions,
): MemberWriter {
  const { property, query } = output;
  const inner = query.relation.source.table;
  const write = createRowWriter(model, query, place.layout, { ...options, hasEtag: !output.isReferenceOnly });
  const rowsOf = (text: string | null | undefined): SqlRow[] =>
    text === null || text === undefined ? [] : (JSON.parse(text) as SqlRow[]);
  const written = (row: SqlRow, context: RowContext): string =>
    output.isReferenceOnly
      ? `{"@odata.id":${JSON.stringify(`${context.apiRoot}/${inner.entitySetName}(${row[place.layout.key] ?? ''})`)}}`
      : `{${write(row, context)}}`;
  if (output.cardinality === 'one') {
    return (row, context) => {
      const text = row[place.value];
      // One row comes as a bare array of column texts.
      return text === null || text === undefined
        ? `,"${property}":null`
        : `,"${property}":${written(JSON.parse(text) as SqlRow, context)}`;
    };
  }
  return (row, context) => {
    const rows = rowsOf(row[place.value]);
    const limit = query.limit ?? maximumPageSize;
    const hasMore = query.detectsMore && rows.length > limit;
    const shown = hasMore ? rows.slice(0, limit) : rows;
    const list = `,"${property}":[${shown.map((item) => written(item, context)).join(',')}]`;
    if (query.detectsMore && !hasMore) return list;
    const link = expandLink(table, outerLayout, output, row, context, hasMore ? shown.at(-1) : undefined, place.layout);
    return `${list},"${property}@odata.nextLink":${JSON.stringify(link)}`;
  };
}

/** The address that lists the expanded collection itself: the same inner options, and a token when rows were held back. */
function expandLink(
  table: Table,
  layout: RowLayout,
  output: OutputExpand,
  row: SqlRow,
  context: RowContext,
  last: SqlRow | undefined,
  inner: RowLayout,
): string {
  const parts = output.optionsText === '' ? [] : [output.optionsText];
  if (last !== undefined) {
    const values = inner.order.map((index) => last[index] ?? null);
    parts.push(`$skiptoken=${writePageToken({ pageNumber: 2, values }, output.digest)}`);
  }
  const query = parts.length === 0 ? '' : `?${parts.join('&')}`;
  return `${context.apiRoot}/${table.entitySetName}(${row[layout.key] ?? ''})/${output.property}${query}`;
}

/** PostgreSQL's text of a value as JSON. */
export function valueWriter(column: Column): (text: string) => string {
  switch (column.type) {
    case 'Integer':
    case 'BigInt':
    case 'Picklist':
    case 'State':
    case 'Status':
    case 'Decimal':
    case 'Money':
    case 'Double':
      return (text) => text;
    case 'Boolean':
      return (text) => (text.startsWith('t') ? 'true' : 'false');
    case 'ManagedProperty':
      return (text) =>
        `{"Value":${text.startsWith('t') ? 'true' : 'false'},"CanBeChanged":true,"ManagedPropertyLogicalName":"${column.logicalName}"}`;
    case 'Lookup':
    case 'Customer':
    case 'Owner':
    case 'Uniqueidentifier':
    case 'File':
      return (text) => `"${text}"`;
    case 'DateTime':
      return column.dateTimeBehavior === 'DateOnly'
        ? (text) => `"${text.slice(0, 10)}"`
        : (text) => `"${text.slice(0, 10)}T${text.slice(11, 19)}Z"`;
    case 'MultiSelectPicklist':
      return (text) => (text === '{}' ? 'null' : `"${text.slice(1, -1)}"`);
    default:
      return JSON.stringify;
  }
}
