/** POST, PATCH, PUT and DELETE on rows, their columns and their links: from address and body to answer. */
import type { JsonObject } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { isDuplicateKey } from '../../db/sqlstate.ts';
import type { Column, ManyToMany, ManyToOne, OneToMany, Table } from '../../model/table-model.ts';
import { isLookup } from '../../model/table-model.ts';
import { type BoundPayload, bindPayload } from '../plan/bind-payload.ts';
import { parseRowReference, type RowReference } from '../plan/entity-reference.ts';
import { constantParameter } from '../plan/plan.ts';
import type { RequestContext } from '../read/read-context.ts';
import { requireReadableRow, retrieveRow } from '../read/retrieve-row.ts';
import type { RowAddress } from '../request/resolve-resource.ts';
import { requireBody, type WebApiResponse } from '../request/web-api-request.ts';
import { emptyResponse } from '../response/write-response.ts';
import { associate, disassociate, setLookup } from './associate.ts';
import { createRow } from './create-row.ts';
import { deleteRow } from './delete-row.ts';
import { findReference, resolveReference } from './resolve-reference.ts';
import { updateRow } from './update-row.ts';
import type { WriteContext } from './write-context.ts';

export function writeContextOf(context: RequestContext): WriteContext {
  return {
    model: context.model,
    caller: context.request.caller,
    executor: context.executor,
    findPrincipal: context.findPrincipal,
    rules: context.rules,
    now: context.now,
  };
}

/** POST to a set. */
export async function create(context: RequestContext, table: Table): Promise<WebApiResponse> {
  const payload = bindPayload(context.model, table, requireBody(context.request, table.entitySetName), 'create');
  return atomically(context, async (inner) => {
    const id = await createRow(writeContextOf(inner), payload);
    return answerWrite(inner, table, id, 'created');
  });
}

/** A write that is answered with the row is undone when the caller turns out not to be allowed to see it. */
function atomically(
  context: RequestContext,
  work: (context: RequestContext) => Promise<WebApiResponse>,
): Promise<WebApiResponse> {
  if (context.request.preferences.returnRepresentation !== 'representation') return work(context);
  return context.executor.transaction((executor) => work({ ...context, executor }));
}

/** POST to a collection of a row: a new row that is linked from the start. */
export async function createRelated(
  context: RequestContext,
  row: RowAddress,
  navigation: OneToMany | ManyToMany,
  table: Table,
): Promise<WebApiResponse> {
  const payload = bindPayload(context.model, table, requireBody(context.request, table.entitySetName), 'create');
  const parentId = await requireReadableRow(context, row);
  return context.executor.transaction(async (executor) => {
    const inner = { ...context, executor };
    const write = writeContextOf(inner);
    const target: RowReference = { table: row.table, kind: 'primary', id: parentId };
    const link = navigation.kind === 'oneToMany' ? [{ navigation: navigation.relationship, target }] : [];
    const id = await createRow(write, { ...payload, links: [...payload.links, ...link] });
    if (navigation.kind === 'manyToMany') await associate(write, row.table, parentId, navigation, table, id);
    return answerWrite(inner, table, id, 'created');
  });
}

async function answerWrite(
  context: RequestContext,
  table: Table,
  id: string,
  outcome: 'created' | 'updated',
): Promise<WebApiResponse> {
  const { request } = context;
  const url = `${request.apiRoot}/${table.entitySetName}(${id})`;
  if (request.preferences.returnRepresentation !== 'representation')
    return emptyResponse(204, { 'OData-EntityId': url });
  const response = await retrieveRow(context, { table, kind: 'primary', id }, outcome === 'created' ? 201 : 200);
  return { ...response, headers: { ...response.headers, 'OData-EntityId': url } };
}

/** PATCH of a row: update, or create where there is none, as the conditions allow. */
export async function upsert(context: RequestContext, row: RowAddress): Promise<WebApiResponse> {
  try {
    return await atomically(context, (inner) => tryUpsert(inner, row));
  } catch (error) {
    // Somebody created the row at the same moment: it is there to be updated now.
    const isDuplicate = isDuplicateKey(error) || (error instanceof WebApiError && error.errorName === 'duplicateRow');
    if (!isDuplicate || context.request.ifNoneMatch.kind === 'any') throw error;
    return atomically(context, (inner) => tryUpsert(inner, row));
  }
}

async function tryUpsert(context: RequestContext, row: RowAddress): Promise<WebApiResponse> {
  const { request, model } = context;
  const body = requireBody(request, row.table.entitySetName);
  const write = writeContextOf(context);
  const version = request.ifMatch.kind === 'version' ? request.ifMatch.version : undefined;
  const mayUpdate = request.ifNoneMatch.kind !== 'any';
  const mayCreate = request.ifMatch.kind === 'none';
  const id = await findReference(write, row);
  if (id !== undefined && mayUpdate) {
    const payload = withoutKeyColumns(bindPayload(model, row.table, body, 'update'), row);
    if ((await updateRow(write, payload, id, version)) === 'updated')
      return answerWrite(context, row.table, id, 'updated');
  }
  if (!mayCreate) throw missing(row);
  return createByKey(context, row, body);
}

function missing(row: RowAddress): WebApiError {
  return row.kind === 'primary'
    ? new WebApiError('rowNotFound', { table: row.table.logicalName, id: row.id })
    : new WebApiError('rowNotFoundByKey', { table: row.table.logicalName });
}

/** Key columns in the body of an update by alternate key are dropped: the URL has said which row is meant. */
function withoutKeyColumns(payload: BoundPayload, row: RowAddress): BoundPayload {
  if (row.kind === 'primary') return payload;
  const values = new Map(payload.values);
  for (const column of row.key.columns) values.delete(column.logicalName);
  return { ...payload, values };
}

async function createByKey(context: RequestContext, row: RowAddress, body: JsonObject): Promise<WebApiResponse> {
  const payload = bindPayload(context.model, row.table, body, 'create');
  if (row.kind === 'primary') {
    const id = await createRow(writeContextOf(context), { ...payload, primaryId: row.id });
    return answerWrite(context, row.table, id, 'created');
  }
  const values = new Map(payload.values);
  row.key.columns.forEach((column, index) => {
    const value = row.values[index];
    if (!values.has(column.logicalName) && value !== undefined)
      values.set(column.logicalName, constantParameter('text', value));
  });
  const id = await createRow(writeContextOf(context), { ...payload, values });
  return answerWrite(context, row.table, id, 'created');
}

export async function remove(context: RequestContext, row: RowAddress): Promise<WebApiResponse> {
  const write = writeContextOf(context);
  const version = context.request.ifMatch.kind === 'version' ? context.request.ifMatch.version : undefined;
  await deleteRow(write, row.table, await resolveReference(write, row), version);
  return emptyResponse(204);
}

/** PUT `{"value":x}` to a column, or DELETE, which empties it. */
export async function writeProperty(
  context: RequestContext,
  row: RowAddress,
  column: Column,
  action: 'set' | 'clear',
): Promise<WebApiResponse> {
  const { request, model } = context;
  const write = writeContextOf(context);
  const property = column.propertyName ?? column.logicalName;
  const value = action === 'clear' ? null : requireBody(request, row.table.entitySetName).members.get('value');
  if (value === undefined)
    throw new WebApiError('payload', {
      set: row.table.entitySetName,
      detail: `The body must be {"value": ...} for the property '${property}'.`,
    });
  if (!column.isValidForUpdate || isLookup(column))
    throw new WebApiError('requestFault', {
      detail: `The property '${property}' of '${row.table.logicalName}' cannot be written.`,
    });
  const payload = bindPayload(model, row.table, { kind: 'object', members: new Map([[property, value]]) }, 'update');
  const version = request.ifMatch.kind === 'version' ? request.ifMatch.version : undefined;
  const id = await resolveReference(write, row);
  if ((await updateRow(write, payload, id, version)) === 'missing') throw missing(row);
  return emptyResponse(204);
}

/** PUT `{"@odata.id":...}` to `row/nav/$ref`, or DELETE. */
export async function writeLookup(
  context: RequestContext,
  row: RowAddress,
  navigation: ManyToOne,
  action: 'set' | 'clear',
): Promise<WebApiResponse> {
  const write = writeContextOf(context);
  const id = await resolveReference(write, row);
  if (action === 'clear') {
    await setLookup(write, row.table, id, navigation, null);
    return emptyResponse(204);
  }
  const target = referenceInBody(context, navigation.navigationProperty, navigation.referencedTable);
  await setLookup(write, row.table, id, navigation, { table: target.table, id: await resolveReference(write, target) });
  return emptyResponse(204);
}

/** POST `{"@odata.id":...}` to `row/collection/$ref`. */
export async function addReference(
  context: RequestContext,
  row: RowAddress,
  navigation: OneToMany | ManyToMany,
  table: Table,
): Promise<WebApiResponse> {
  const write = writeContextOf(context);
  const target = referenceInBody(context, navigation.navigationProperty, table.logicalName);
  const [id, otherId] = [await resolveReference(write, row), await resolveReference(write, target)];
  await requireReadableRow(context, { table: row.table, kind: 'primary', id });
  await associate(write, row.table, id, navigation, target.table, otherId);
  return emptyResponse(204);
}

/** DELETE of `row/collection(key)/$ref` or `row/collection/$ref?$id=...`. */
export async function removeReference(
  context: RequestContext,
  row: RowAddress,
  navigation: OneToMany | ManyToMany,
  table: Table,
  member: RowAddress | undefined,
): Promise<WebApiResponse> {
  const write = writeContextOf(context);
  const target =
    member ?? requireReference(context, navigation.navigationProperty, table.logicalName, context.request.options.id);
  const [id, otherId] = [await resolveReference(write, row), await resolveReference(write, target)];
  await disassociate(write, row.table, id, navigation, target.table, otherId);
  return emptyResponse(204);
}

function referenceInBody(context: RequestContext, property: string, referencedTable: string): RowReference {
  const value = requireBody(context.request, property).members.get('@odata.id');
  return requireReference(context, property, referencedTable, typeof value === 'string' ? value : undefined);
}

function requireReference(
  context: RequestContext,
  property: string,
  referencedTable: string,
  text: string | undefined,
): RowReference {
  if (text === undefined)
    throw new WebApiError('requestFault', {
      detail: `The row for '${property}' must be named by its address, in @odata.id or $id.`,
    });
  const reference = parseRowReference(context.model, text);
  const fits =
    reference !== undefined &&
    (reference.table.logicalName === referencedTable ||
      (referencedTable === 'principal' && reference.table.baseType === 'principal'));
  if (!fits) throw new WebApiError('invalidBindUrl', { url: text.slice(0, 200), property });
  return reference;
}
