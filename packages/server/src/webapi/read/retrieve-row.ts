/** GET of one row, of one of its columns, and of the row that a lookup points to. */
import { noQueryOptions, type SystemQueryOptions } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { type Column, type ManyToOne, type Table, tableNamed } from '../../model/table-model.ts';
import { requireAccess } from '../../security/caller.ts';
import type { RowIdentity } from '../plan/entity-reference.ts';
import { keyValues, planCollection, planRetrieve } from '../plan/plan-retrieve.ts';
import type { RowAddress } from '../request/resolve-resource.ts';
import type { WebApiResponse } from '../request/web-api-request.ts';
import { type SqlRow, valueWriter } from '../response/row-writer.ts';
import { contextMember, emptyResponse, jsonResponse, textResponse } from '../response/write-response.ts';
import { findReference } from '../write/resolve-reference.ts';
import { describeDenial } from '../write/row-access.ts';
import { type PreparedRead, prepareRead } from './prepare-read.ts';
import { type RequestContext, rowContext, runContext } from './read-context.ts';

/** @param status 200 for a read; 200 or 201 for the representation after a write */
export async function retrieveRow(context: RequestContext, row: RowAddress, status = 200): Promise<WebApiResponse> {
  const { request } = context;
  const prepared = prepareRow(context, row);
  const [values] = await context.executor.run(prepared.compiled.statement, runContext(context, keyValues(row)));
  if (values === undefined) throw await explainMissing(context, row);
  const { version } = prepared.compiled.layout;
  const etag = version === undefined ? undefined : `W/"${values[version] ?? ''}"`;
  const headers: Record<string, string> = etag === undefined ? {} : { ETag: etag };
  const isPlain = request.options.expand === undefined && request.preferences.includeAnnotations === undefined;
  if (status === 200 && request.method === 'GET' && isPlain && isUnchanged(request, values, version))
    return emptyResponse(304, headers);
  return jsonResponse(request, status, writeOne(context, prepared, values), headers);
}

function prepareRow(context: RequestContext, row: RowAddress): PreparedRead {
  const { model, request } = context;
  const key = row.kind === 'primary' ? 'id' : row.key.schemaName;
  return prepareRead(model, request, `row ${row.table.logicalName} ${key}`, (options, settings) => ({
    // After a write the URL's $expand still counts, other options of a read do not apply.
    query: planRetrieve(
      model,
      request.caller,
      row.table,
      row,
      request.method === 'GET'
        ? options
        : { ...noQueryOptions, select: options.select, expand: options.expand, aliases: options.aliases },
      settings,
    ),
    digest: '',
  }));
}

function isUnchanged(request: RequestContext['request'], values: SqlRow, version: number | undefined): boolean {
  const tag = request.ifNoneMatch;
  if (tag.kind === 'any') return true;
  return tag.kind === 'version' && version !== undefined && values[version] === tag.version;
}

function writeOne(context: RequestContext, prepared: PreparedRead, values: SqlRow): string {
  return `{${contextMember(context.request, `${prepared.context}/$entity`)}${prepared.write(values, rowContext(context))}}`;
}

/** Why a row was not found: it does not exist, or the caller may not see it. */
async function explainMissing(context: RequestContext, row: RowAddress): Promise<WebApiError> {
  const { request, executor } = context;
  const id = await findReference(context, row);
  if (id === undefined) return new WebApiError('rowNotFoundByKey', { table: row.table.logicalName });
  return describeDenial(
    { executor, caller: request.caller },
    row.table,
    id,
    requireAccess(request.caller, row.table, 'Read'),
  );
}

/** `set(key)/column` and `set(key)/column/$value`. */
export async function retrieveProperty(
  context: RequestContext,
  row: RowAddress,
  column: Column,
  isRaw: boolean,
): Promise<WebApiResponse> {
  const { request, model } = context;
  const property = column.propertyName ?? column.logicalName;
  if (!column.isValidForRead)
    throw new WebApiError('propertyNotFound', { property, table: row.table.logicalName, hint: '' });
  const options: SystemQueryOptions = { ...noQueryOptions, select: [{ path: [property], position: 0 }] };
  const key = row.kind === 'primary' ? 'id' : row.key.schemaName;
  const prepared = prepareRead(
    model,
    request,
    `property ${row.table.logicalName} ${key} ${property}`,
    (_, settings) => ({
      query: planRetrieve(model, request.caller, row.table, row, options, { ...settings, isAnnotated: false }),
      digest: '',
    }),
  );
  const [values] = await context.executor.run(prepared.compiled.statement, runContext(context, keyValues(row)));
  if (values === undefined) throw await explainMissing(context, row);
  const index = prepared.query.outputs.findIndex((output) => output.kind === 'property' && output.column === column);
  const place = prepared.compiled.layout.outputs[index];
  const text = place?.kind === 'property' ? values[place.value] : null;
  if (text === null || text === undefined) return emptyResponse(204);
  const written = valueWriter(column)(text);
  if (isRaw) return textResponse(written.startsWith('"') ? String(JSON.parse(written)) : written);
  const id = values[prepared.compiled.layout.key] ?? '';
  const { version } = prepared.compiled.layout;
  const headers: Record<string, string> = version === undefined ? {} : { ETag: `W/"${values[version] ?? ''}"` };
  return jsonResponse(
    request,
    200,
    `{${contextMember(request, `${row.table.entitySetName}(${id})/${property}`)}"value":${written}}`,
    headers,
  );
}

/** `set(key)/nav` and `set(key)/nav/$ref`: the row that a lookup points to, or 204 when it is empty or out of reach. */
export async function retrieveLookup(
  context: RequestContext,
  row: RowAddress,
  navigation: ManyToOne,
  isReference: boolean,
): Promise<WebApiResponse> {
  const { model, request } = context;
  const id = await requireReadableRow(context, row);
  const table = await targetTable(context, row.table, id, navigation);
  if (table === undefined) return emptyResponse(204);
  const prepared = prepareRead(
    model,
    request,
    `lookup ${row.table.logicalName} ${navigation.navigationProperty} ${table.logicalName} ${isReference}`,
    (options, settings) => {
      const target =
        navigation.referencedTable === 'principal' ? { ...navigation, referencedTable: table.logicalName } : navigation;
      const selected = isReference
        ? { ...noQueryOptions, select: [{ path: [table.primaryId.logicalName], position: 0 }] }
        : { ...noQueryOptions, select: options.select, expand: options.expand, aliases: options.aliases };
      return {
        query: planCollection(
          model,
          request.caller,
          { table, of: { navigation: target, parent: row.table } },
          selected,
          settings,
        ),
        digest: '',
      };
    },
  );
  const [values] = await context.executor.run(prepared.compiled.statement, runContext(context, [id]));
  if (values === undefined) return emptyResponse(204);
  if (isReference) {
    const url = `${request.apiRoot}/${table.entitySetName}(${values[prepared.compiled.layout.key] ?? ''})`;
    return jsonResponse(request, 200, `{${contextMember(request, '$ref')}"@odata.id":${JSON.stringify(url)}}`);
  }
  return jsonResponse(request, 200, writeOne(context, prepared, values));
}

/** The table behind a single-valued navigation property; for an owner, whichever of user and team it is. */
async function targetTable(
  context: RequestContext,
  table: Table,
  id: string,
  navigation: ManyToOne,
): Promise<Table | undefined> {
  if (navigation.referencedTable !== 'principal') return tableNamed(context.model, navigation.referencedTable);
  const [row] = await context.executor.query(
    `SELECT ownerid_table FROM data."${table.logicalName}" WHERE "${table.primaryId.logicalName}" = $1::uuid`,
    [id],
  );
  return context.model.tables.get(row?.[0] ?? '');
}

/**
 * The id of a row that the caller may read.
 * @throws WebApiError rowNotFound, accessDenied, privilegeDenied
 */
export async function requireReadableRow(context: RequestContext, row: RowAddress): Promise<string> {
  const { model, request } = context;
  const key = row.kind === 'primary' ? 'id' : row.key.schemaName;
  const options: SystemQueryOptions = {
    ...noQueryOptions,
    select: [{ path: [row.table.primaryId.logicalName], position: 0 }],
  };
  const prepared = prepareRead(model, request, `exists ${row.table.logicalName} ${key}`, (_, settings) => ({
    query: planRetrieve(model, request.caller, row.table, row, options, { ...settings, isAnnotated: false }),
    digest: '',
  }));
  const [values] = await context.executor.run(prepared.compiled.statement, runContext(context, keyValues(row)));
  const id = values?.[prepared.compiled.layout.key];
  if (typeof id !== 'string') throw await explainMissing(context, row);
  return id;
}

/** Follows single-valued navigation properties from a row; undefined when a lookup on the way is empty or out of reach. */
export async function followSteps(
  context: RequestContext,
  row: RowAddress,
  steps: readonly ManyToOne[],
): Promise<RowAddress | undefined> {
  let current: RowAddress = row;
  for (const step of steps) {
    const id = await requireReadableRow(context, current);
    const table = tableNamed(context.model, step.referencedTable);
    const prepared = prepareRead(
      context.model,
      context.request,
      `step ${current.table.logicalName} ${step.navigationProperty}`,
      (_, settings) => ({
        query: planCollection(
          context.model,
          context.request.caller,
          { table, of: { navigation: step, parent: current.table } },
          { ...noQueryOptions, select: [{ path: [table.primaryId.logicalName], position: 0 }] },
          settings,
        ),
        digest: '',
      }),
    );
    const [values] = await context.executor.run(prepared.compiled.statement, runContext(context, [id]));
    const next = values?.[prepared.compiled.layout.key];
    if (typeof next !== 'string') return undefined;
    const identity: RowIdentity = { kind: 'primary', id: next };
    current = { table, ...identity };
  }
  return current;
}
