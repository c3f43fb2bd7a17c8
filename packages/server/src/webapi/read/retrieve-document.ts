/** Documents about the service itself: the list of sets, the schema, and definitions of tables and columns. */
import type { TableModel } from '../../model/table-model.ts';
import { retrieveMetadata } from '../metadata/retrieve-metadata.ts';
import { writeCsdl } from '../metadata/write-csdl.ts';
import type { OperationSignature } from '../operations/operation-signature.ts';
import type { WebApiResponse } from '../request/web-api-request.ts';
import { contextMember, emptyResponse, jsonResponse } from '../response/write-response.ts';
import type { RequestContext } from './read-context.ts';

export function retrieveDocument(
  context: RequestContext,
  kind: 'serviceDocument' | 'metadataDocument' | 'definitions',
): WebApiResponse {
  switch (kind) {
    case 'serviceDocument':
      return serviceDocument(context);
    case 'metadataDocument':
      return metadataDocument(context);
    case 'definitions':
      return definitions(context);
  }
}

function serviceDocument(context: RequestContext): WebApiResponse {
  const sets = [...context.model.entitySets.keys()].map(
    (name) => `{"name":"${name}","kind":"EntitySet","url":"${name}"}`,
  );
  const { request } = context;
  const contextUrl = contextMember(request, '').replace('$metadata#', '$metadata');
  return jsonResponse(request, 200, `{${contextUrl}"value":[${sets.join(',')}]}`);
}

/** The $metadata document, written when it is first asked for and kept. */
export function createMetadataDocument(
  model: TableModel,
  operations: readonly OperationSignature[],
): (annotations: boolean) => string {
  const known = new Map<boolean, string>();
  return (annotations) => {
    const text = known.get(annotations) ?? writeCsdl(model, operations, { annotations });
    known.set(annotations, text);
    return text;
  };
}

function metadataDocument(context: RequestContext): WebApiResponse {
  const { request } = context;
  const annotations =
    request.options.custom.get('annotations') === 'true' || request.preferences.includeAnnotations === '*';
  return {
    status: 200,
    headers: { 'Content-Type': 'application/xml' },
    body: context.metadataDocument(annotations),
  };
}

function definitions(context: RequestContext): WebApiResponse {
  const { model, request } = context;
  const { body } = retrieveMetadata({
    model,
    path: request.path,
    options: request.options,
    apiRoot: request.apiRoot,
    languageCode: request.caller.principal.languageCode,
  });
  return body === undefined ? emptyResponse(204) : jsonResponse(request, 200, JSON.stringify(body));
}
