/** Calls a function or action: finds it, gathers its arguments, writes its answer. */

import type { ArgumentValue, JsonValue } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import type { RequestContext } from '../read/read-context.ts';
import type { Resource } from '../request/resolve-resource.ts';
import { parseBody, type WebApiResponse } from '../request/web-api-request.ts';
import { contextMember, emptyResponse, jsonResponse } from '../response/write-response.ts';
import { checkArguments } from './check-arguments.ts';
import { type Arguments, argumentToJson, type DeclaredOperation, type Operation } from './operation.ts';
import type { OperationRegistry } from './registry.ts';

type OperationResource = Extract<Resource, { kind: 'operation' }>;

export async function invokeOperation(
  context: RequestContext,
  resource: OperationResource,
  operations: OperationRegistry,
): Promise<WebApiResponse> {
  const operation = findOperation(resource, operations);
  const { request } = context;
  if (request.method !== (operation.kind === 'function' ? 'GET' : 'POST'))
    throw new WebApiError('methodNotAllowed', { method: request.method });
  const values =
    operation.kind === 'function' ? functionArguments(context, resource) : parseBody(request, operation.name).members;
  if ('parameters' in operation) checkArguments(operation, values);
  const result = await operation.run(context, values, resource.bound?.row);
  if (result === undefined) return emptyResponse(204);
  const members = JSON.stringify(result).slice(1);
  return jsonResponse(
    request,
    200,
    `{${contextMember(request, `Microsoft.Dynamics.CRM.${operation.name}Response`)}${members}`,
  );
}

function findOperation(resource: OperationResource, operations: OperationRegistry): Operation | DeclaredOperation {
  const operation = operations.byName.get(resource.name);
  const { bound } = resource;
  const fits =
    operation !== undefined &&
    (operation.boundTo === undefined
      ? bound === undefined
      : bound?.row !== undefined && operation.boundTo.includes(bound.table.logicalName));
  if (!fits) throw new WebApiError('resourceNotFound', { segment: resource.name });
  return operation;
}

function functionArguments(context: RequestContext, resource: OperationResource): Arguments {
  const { parentheses } = resource;
  const { aliases } = context.request.options;
  const values = new Map<string, JsonValue>();
  if (parentheses?.kind === 'single')
    throw new WebApiError('requestFault', { detail: `Parameters of '${resource.name}' are written as name=value.` });
  if (parentheses?.kind !== 'named') return values;
  for (const { name, value } of parentheses.items) {
    if (value.kind !== 'alias') {
      values.set(name, argumentToJson(value));
      continue;
    }
    const given = aliases.get(value.name);
    // An alias that is not there leaves its parameter out.
    if (given !== undefined) values.set(name, argumentToJson(requireValue(given, value.name)));
  }
  return values;
}

function requireValue(value: { readonly kind: string }, alias: string): ArgumentValue {
  if (value.kind !== 'literal' && value.kind !== 'json')
    throw new WebApiError('requestFault', { detail: `The parameter alias '${alias}' holds no value.` });
  // The two kinds just tested are exactly those of ArgumentValue without an alias.
  return value as ArgumentValue;
}
