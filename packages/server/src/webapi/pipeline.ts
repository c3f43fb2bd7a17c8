/** The whole life of a Web API request: parse, resolve, dispatch by resource and method. Each stage has its own folder. */
import { WebApiError } from '@parley/protocol';
import type { TableModel } from '../model/table-model.ts';
import type { Caller, Principal } from '../security/caller.ts';
import { invokeOperation } from './operations/invoke-operation.ts';
import type { DeclaredOperation } from './operations/operation.ts';
import { createOperationRegistry, type OperationRegistry } from './operations/registry.ts';
import type { Credentials, RequestContext } from './read/read-context.ts';
import { retrieveCollection, retrieveCount } from './read/retrieve-collection.ts';
import { createMetadataDocument, retrieveDocument } from './read/retrieve-document.ts';
import { followSteps, requireReadableRow, retrieveLookup, retrieveProperty, retrieveRow } from './read/retrieve-row.ts';
import { type Resource, resolveResource } from './request/resolve-resource.ts';
import { type HttpMessage, parseRequest, type WebApiResponse } from './request/web-api-request.ts';
import { emptyResponse } from './response/write-response.ts';
import type { Executor } from './run/executor.ts';
import { decidesAccess } from './write/after-write.ts';
import type { WriteRules } from './write/write-context.ts';
import {
  addReference,
  create,
  createRelated,
  remove,
  removeReference,
  upsert,
  writeLookup,
  writeProperty,
} from './write/write-rows.ts';

export type WebApi = {
  /** @throws WebApiError for refusals; anything else it throws is a fault of the program */
  handle(message: HttpMessage, caller: Caller): Promise<WebApiResponse>;
};

export type WebApiDependencies = {
  readonly model: TableModel;
  readonly executor: Executor;
  findPrincipal(userId: string): Promise<Principal | undefined>;
  /** Called before a write is answered that may change what callers are allowed to do. */
  forgetPrincipals(): void;
  readonly credentials: Credentials;
  /** Besides the Web API's own. */
  readonly operations: readonly DeclaredOperation[];
  readonly owners: WriteRules['owners'];
  readonly columnChecks: WriteRules['columnChecks'];
  /** The one clock: milliseconds since 1970, UTC. */
  readonly clock: { now(): number };
};

export function createWebApi(dependencies: WebApiDependencies): WebApi {
  const { model, executor, findPrincipal, forgetPrincipals, credentials, clock } = dependencies;
  const operations = createOperationRegistry(dependencies.operations);
  const metadataDocument = createMetadataDocument(model, operations.signatures);
  const rules = { owners: dependencies.owners, columnChecks: dependencies.columnChecks };
  return {
    handle: async (message, caller) => {
      const request = parseRequest(message, caller);
      const resource = resolveResource(model, request.path, request.options.aliases, operations.unboundNames);
      const context: RequestContext = {
        model,
        request,
        executor,
        findPrincipal,
        credentials,
        rules,
        now: clock.now(),
        metadataDocument,
      };
      try {
        return await dispatch(context, resource, operations);
      } finally {
        if (message.method !== 'GET' && mayChangeAccess(resource, operations)) forgetPrincipals();
      }
    },
  };
}

/** Whether a write to the resource may touch a table that decides access. */
function mayChangeAccess(resource: Resource, operations: OperationRegistry): boolean {
  switch (resource.kind) {
    case 'collection':
      return decidesAccess(resource.table.logicalName);
    case 'row':
    case 'property':
    case 'lookup':
    case 'steppedProperty':
      return decidesAccess(resource.row.table.logicalName);
    case 'related':
      return (
        decidesAccess(resource.row.table.logicalName) ||
        decidesAccess(resource.table.logicalName) ||
        resource.navigation.kind === 'manyToMany'
      );
    case 'operation':
      return operations.mayChangeAccess(resource.name);
    default:
      return false;
  }
}

async function dispatch(
  context: RequestContext,
  resource: Resource,
  operations: OperationRegistry,
): Promise<WebApiResponse> {
  const { method } = context.request;
  switch (resource.kind) {
    case 'definitions':
      if (method !== 'GET') throw new WebApiError('metadataReadOnly');
      return retrieveDocument(context, resource.kind);
    case 'serviceDocument':
    case 'metadataDocument':
      return method === 'GET' ? retrieveDocument(context, resource.kind) : failMethod(context);
    case 'batch':
      throw new WebApiError('notImplemented', { feature: '$batch' });
    case 'collection':
      if (method === 'GET') return retrieveCollection(context, resource.table, undefined, false);
      return method === 'POST' ? create(context, resource.table) : failMethod(context);
    case 'collectionCount':
      return method === 'GET' ? retrieveCount(context, resource.table, undefined) : failMethod(context);
    case 'row':
      return dispatchRow(context, resource);
    case 'property':
      if (method === 'GET') return retrieveProperty(context, resource.row, resource.column, resource.isRaw);
      if (resource.isRaw || (method !== 'PUT' && method !== 'DELETE')) return failMethod(context);
      return writeProperty(context, resource.row, resource.column, method === 'PUT' ? 'set' : 'clear');
    case 'steppedProperty': {
      if (method !== 'GET') return failMethod(context);
      const row = await followSteps(context, resource.row, resource.steps);
      return row === undefined ? emptyResponse(204) : retrieveProperty(context, row, resource.column, resource.isRaw);
    }
    case 'lookup':
      return dispatchLookup(context, resource);
    case 'related':
      return dispatchRelated(context, resource);
    case 'operation':
      return invokeOperation(context, resource, operations);
  }
}

function failMethod(context: RequestContext): never {
  throw new WebApiError('methodNotAllowed', { method: context.request.method });
}

async function dispatchRow(
  context: RequestContext,
  resource: Extract<Resource, { kind: 'row' }>,
): Promise<WebApiResponse> {
  switch (context.request.method) {
    case 'GET':
      return retrieveRow(context, resource.row);
    case 'PATCH':
      return upsert(context, resource.row);
    case 'DELETE':
      return remove(context, resource.row);
    default:
      return failMethod(context);
  }
}

async function dispatchLookup(
  context: RequestContext,
  resource: Extract<Resource, { kind: 'lookup' }>,
): Promise<WebApiResponse> {
  const { method } = context.request;
  const row = await followSteps(context, resource.row, resource.steps);
  if (row === undefined) return method === 'GET' ? emptyResponse(204) : failMethod(context);
  if (method === 'GET') return retrieveLookup(context, row, resource.navigation, resource.isReference);
  if (!resource.isReference || (method !== 'PUT' && method !== 'DELETE')) return failMethod(context);
  return writeLookup(context, row, resource.navigation, method === 'PUT' ? 'set' : 'clear');
}

async function dispatchRelated(
  context: RequestContext,
  resource: Extract<Resource, { kind: 'related' }>,
): Promise<WebApiResponse> {
  const { method } = context.request;
  const { navigation, table, suffix, member } = resource;
  const row = await followSteps(context, resource.row, resource.steps);
  if (row === undefined) throw new WebApiError('resourceNotFound', { segment: navigation.navigationProperty });
  if (method === 'GET') {
    if (member !== undefined) return failMethod(context);
    const parent = { id: await requireReadableRow(context, row), table: row.table, navigation };
    return suffix === '$count'
      ? retrieveCount(context, table, parent)
      : retrieveCollection(context, table, parent, suffix === '$ref');
  }
  if (suffix === '$ref' && method === 'POST' && member === undefined)
    return addReference(context, row, navigation, table);
  if (suffix === '$ref' && method === 'DELETE') return removeReference(context, row, navigation, table, member);
  if (suffix === undefined && method === 'POST' && member === undefined)
    return createRelated(context, row, navigation, table);
  return failMethod(context);
}
