/** GET of a collection: a table's rows, or the rows that hang on one; with paging, counts and references. */
import { matchesAnnotation } from '@parley/odata';
import type { ManyToMany, OneToMany, Table } from '../../model/table-model.ts';
import { digestQuery, writePageToken } from '../plan/page-token.ts';
import { planCollection } from '../plan/plan-retrieve.ts';
import type { WebApiRequest, WebApiResponse } from '../request/web-api-request.ts';
import type { SqlRow } from '../response/row-writer.ts';
import { contextMember, jsonResponse, textResponse } from '../response/write-response.ts';
import { compileCount } from '../sql/compile-query.ts';
import { countCap, type PreparedRead, prepareRead } from './prepare-read.ts';
import { type RequestContext, rowContext, runContext } from './read-context.ts';

/** The row that a related collection hangs on, and through what. */
export type CollectionParent = {
  readonly id: string;
  readonly table: Table;
  readonly navigation: OneToMany | ManyToMany;
};

export async function retrieveCollection(
  context: RequestContext,
  table: Table,
  parent: CollectionParent | undefined,
  isReference: boolean,
): Promise<WebApiResponse> {
  const prepared = prepareCollection(context, table, parent, 'collection');
  const run = runContext(context, parent === undefined ? [] : [parent.id]);
  const [rows, counted] = await Promise.all([
    context.executor.run(prepared.compiled.statement, run),
    prepared.count === undefined ? undefined : context.executor.run(prepared.count, run),
  ]);
  const { limit, detectsMore } = prepared.query;
  const hasMore = detectsMore && limit !== undefined && rows.length > limit;
  const shown = hasMore ? rows.slice(0, limit) : rows;
  const count = counted === undefined ? undefined : Number(counted[0]?.[0] ?? 0);
  const body = writeCollection(context, prepared, shown, {
    count,
    isReference,
    nextLink: hasMore ? nextLink(context, prepared, shown.at(-1)) : undefined,
  });
  return jsonResponse(context.request, 200, body);
}

/** `set/$count`: digits as plain text, at most the cap. */
export async function retrieveCount(
  context: RequestContext,
  table: Table,
  parent: CollectionParent | undefined,
): Promise<WebApiResponse> {
  const prepared = prepareCollection(context, table, parent, 'count');
  const statement = compileCount(context.model, prepared.query, countCap);
  const rows = await context.executor.run(statement, runContext(context, parent === undefined ? [] : [parent.id]));
  return textResponse(rows[0]?.[0] ?? '0');
}

function prepareCollection(
  context: RequestContext,
  table: Table,
  parent: CollectionParent | undefined,
  kind: string,
): PreparedRead {
  const { model, request } = context;
  const of = parent === undefined ? undefined : { navigation: parent.navigation, parent: parent.table };
  const name = parent === undefined ? '' : `${parent.table.logicalName}/${parent.navigation.navigationProperty}`;
  return prepareRead(model, request, `${kind} ${table.logicalName} ${name}`, (options, settings) => ({
    query: planCollection(model, request.caller, { table, of }, options, settings),
    digest: digestQuery(table, options),
  }));
}

type CollectionParts = {
  readonly count: number | undefined;
  readonly isReference: boolean;
  readonly nextLink: string | undefined;
};

function writeCollection(
  context: RequestContext,
  prepared: PreparedRead,
  rows: readonly SqlRow[],
  parts: CollectionParts,
): string {
  const { request } = context;
  const each = rowContext(context);
  let text = `{${contextMember(request, parts.isReference ? 'Collection($ref)' : prepared.context)}`;
  if (parts.count !== undefined) text += `"@odata.count":${Math.min(parts.count, countCap)},`;
  text += rootAnnotations(context, parts.count);
  const set = prepared.query.relation.source.table.entitySetName;
  text += '"value":[';
  // One growing text: it is flattened once, when it is encoded.
  let comma = '';
  for (const row of rows) {
    text += comma;
    comma = ',';
    text += parts.isReference
      ? `{"@odata.id":${JSON.stringify(`${request.apiRoot}/${set}(${row[prepared.compiled.layout.key] ?? ''})`)}}`
      : `{${prepared.write(row, each)}}`;
  }
  text += ']';
  if (parts.nextLink !== undefined) text += `,"@odata.nextLink":${JSON.stringify(parts.nextLink)}`;
  return `${text}}`;
}

function rootAnnotations(context: RequestContext, count: number | undefined): string {
  const pattern = context.request.preferences.includeAnnotations;
  if (pattern === undefined) return '';
  let text = '';
  if (matchesAnnotation(pattern, 'Microsoft.Dynamics.CRM.totalrecordcount'))
    text += `"@Microsoft.Dynamics.CRM.totalrecordcount":${count === undefined ? -1 : Math.min(count, countCap)},`;
  if (matchesAnnotation(pattern, 'Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded'))
    text += `"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded":${count !== undefined && count > countCap},`;
  if (matchesAnnotation(pattern, 'Microsoft.Dynamics.CRM.globalmetadataversion'))
    text += `"@Microsoft.Dynamics.CRM.globalmetadataversion":"${metadataVersion(context.model.version)}",`;
  return text;
}

/** The model's version as digits, as clients expect it. */
function metadataVersion(version: string): string {
  return String(BigInt(`0x${version.slice(0, 12)}`));
}

/** The address of the next page: the same options, and where the rows go on. */
function nextLink(context: RequestContext, prepared: PreparedRead, last: SqlRow | undefined): string {
  const { request } = context;
  const values = prepared.compiled.layout.order.map((index) => last?.[index] ?? null);
  const pageNumber = (prepared.query.start?.pageNumber ?? 1) + 1;
  const token = writePageToken({ pageNumber, values }, prepared.digest);
  return `${request.apiRoot}/${request.message.path}?${[...keptOptions(request), `$skiptoken=${token}`].join('&')}`;
}

function keptOptions(request: WebApiRequest): string[] {
  return request.message.query.split('&').filter((part) => part !== '' && !/^(\$|%24)skiptoken=/i.test(part));
}
