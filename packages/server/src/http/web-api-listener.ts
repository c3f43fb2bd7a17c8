/** Web API requests between socket and pipeline: limits, sign-in, headers that every answer carries, and failures. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { WebApiError } from '@parley/protocol';
import { translateDatabaseError } from '../db/sqlstate.ts';
import type { Logger } from '../log.ts';
import type { TableModel } from '../model/table-model.ts';
import type { Caller } from '../security/caller.ts';
import type { WebApi } from '../webapi/pipeline.ts';
import type { WebApiResponse } from '../webapi/request/web-api-request.ts';
import { type Authentication, authenticate } from './authenticate.ts';
import type { Metrics } from './operations-pages.ts';
import type { Origins } from './origins.ts';
import { readBody } from './read-body.ts';
import { errorResponse } from './write-error.ts';

export const maximumUrlLength = 32_768;

export type WebApiListenerOptions = {
  readonly webApi: WebApi;
  readonly model: TableModel;
  readonly authentication: Authentication;
  readonly origins: Origins;
  readonly log: Logger;
  readonly metrics: Metrics;
};

const rootPattern = /^\/api\/data\/(v9\.[012])(?:\/|(?=\?|$))/;
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE']);

/** Takes over requests below `/api/data/`. */
export function createWebApiListener(
  options: WebApiListenerOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { log, metrics } = options;
  return (request, response) => {
    const requestId = randomUUID();
    const started = performance.now();
    answer(options, request)
      .catch((error: unknown) => failureResponse(options, request, error, requestId))
      .then((result) => {
        send(request, response, result, requestId);
        metrics.requests.observe(
          { surface: 'webapi', status: `${Math.trunc(result.status / 100)}xx` },
          (performance.now() - started) / 1000,
        );
      })
      .catch((error: unknown) => log.error({ err: error, requestId }, 'An answer could not be sent'));
  };
}

async function answer(options: WebApiListenerOptions, request: IncomingMessage): Promise<WebApiResponse> {
  const url = request.url ?? '/';
  if (url.length > maximumUrlLength)
    throw new WebApiError('urlTooLong', { length: url.length, maximum: maximumUrlLength });
  const isEncrypted = 'encrypted' in request.socket;
  const origin = options.origins.of(request.headers.host, isEncrypted);
  const match = rootPattern.exec(url);
  if (match === null) throw new WebApiError('resourceNotFound', { segment: url.split(/[/?]/)[3] ?? '' });
  const method = request.method ?? 'GET';
  if (method === 'OPTIONS') return { status: 204, headers: {}, body: undefined };
  if (!methods.has(method)) throw new WebApiError('methodNotAllowed', { method });
  const found = authenticate(options.authentication, request.headers);
  const caller: Caller = found instanceof Promise ? await found : found;
  const body = await readBody(request);
  const rest = url.slice(match[0].length);
  const mark = rest.indexOf('?');
  return options.webApi.handle(
    {
      method: method === 'HEAD' ? 'GET' : method,
      apiRoot: `${origin}/api/data/${match[1] ?? ''}`,
      path: mark === -1 ? rest : rest.slice(0, mark),
      query: mark === -1 ? '' : rest.slice(mark + 1),
      headers: singleHeaders(request),
      body,
    },
    caller,
  );
}

/** The headers that the pipeline reads; repeated ones are joined as HTTP says. */
function singleHeaders(request: IncomingMessage): Record<string, string | undefined> {
  const { accept, prefer } = request.headers;
  return {
    accept,
    prefer: Array.isArray(prefer) ? prefer.join(',') : prefer,
    'if-match': request.headers['if-match'],
    'if-none-match': request.headers['if-none-match'],
  };
}

function failureResponse(
  options: WebApiListenerOptions,
  request: IncomingMessage,
  error: unknown,
  requestId: string,
): WebApiResponse {
  const known = error instanceof WebApiError ? error : translateDatabaseError(error, options.model);
  const failure = known ?? new WebApiError('unexpected');
  if (known === undefined || failure.errorName === 'busy')
    options.log.error({ err: error, requestId }, 'A Web API request failed');
  const { prefer } = request.headers;
  const response = errorResponse(failure, Array.isArray(prefer) ? prefer.join(',') : prefer, requestId);
  if (failure.definition.status !== 401) return response;
  const origin =
    options.origins.all.find((candidate) => candidate.endsWith(`//${request.headers.host ?? ''}`)) ??
    options.origins.all[0] ??
    '';
  return {
    ...response,
    headers: { ...response.headers, 'WWW-Authenticate': options.authentication.signIn.challenge(origin) },
  };
}

function send(request: IncomingMessage, response: ServerResponse, result: WebApiResponse, requestId: string): void {
  const headers: Record<string, string | number> = {
    'OData-Version': '4.0',
    REQ_ID: requestId,
    'x-ms-service-request-id': requestId,
    'Cache-Control': 'no-cache',
    Expires: '-1',
    Allow: 'OPTIONS,GET,HEAD,POST',
    ...result.headers,
  };
  if (result.status === 503) headers['Retry-After'] = 1;
  // A body that was not read to its end would be taken for the next request.
  if (!request.complete) headers['Connection'] = 'close';
  if (result.body === undefined) {
    response.writeHead(result.status, headers).end();
    return;
  }
  // Encoded once: a long text would else be measured, copied and encoded in turn.
  const body = Buffer.from(result.body);
  headers['Content-Length'] = body.length;
  response.writeHead(result.status, headers).end(request.method === 'HEAD' ? undefined : body);
}
