/** A Web API request and answer as the pipeline sees them: no sockets, no streams. */
import {
  type AcceptedFormat,
  type EntityTag,
  type JsonObject,
  type Parsed,
  type Preferences,
  parseAccept,
  parseEntityTag,
  parseJson,
  parsePrefer,
  parseQueryOptions,
  parseResourcePath,
  type ResourcePath,
  type SystemQueryOptions,
} from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import type { Caller } from '../../security/caller.ts';

/** What the listener hands over. Header names are lower case. */
export type HttpMessage = {
  readonly method: string;
  /** `https://host/api/data/v9.2`, as the client addressed it. */
  readonly apiRoot: string;
  /** After the root, still percent-encoded, without the leading slash. */
  readonly path: string;
  /** After the `?`, still percent-encoded. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer | undefined;
};

export type WebApiResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

export type WebApiRequest = {
  readonly method: string;
  readonly apiRoot: string;
  readonly caller: Caller;
  readonly path: ResourcePath;
  readonly options: SystemQueryOptions;
  readonly preferences: Preferences;
  readonly format: AcceptedFormat;
  readonly ifMatch: EntityTag;
  readonly ifNoneMatch: EntityTag;
  readonly message: HttpMessage;
};

const none: EntityTag = { kind: 'none' };

/** The syntax of a message: path, options and headers as trees. The body is parsed by whoever needs it. */
export function parseRequest(message: HttpMessage, caller: Caller): WebApiRequest {
  const { headers } = message;
  return {
    method: message.method,
    apiRoot: message.apiRoot,
    caller,
    path: unwrap(parseResourcePath(message.path)),
    options: unwrap(parseQueryOptions(message.query)),
    preferences: parsePrefer(headers['prefer']),
    format: acceptedFormat(headers['accept']),
    ifMatch: headers['if-match'] === undefined ? none : unwrap(parseEntityTag(headers['if-match'], 'If-Match')),
    ifNoneMatch:
      headers['if-none-match'] === undefined ? none : unwrap(parseEntityTag(headers['if-none-match'], 'If-None-Match')),
    message,
  };
}

/** Types that name no JSON are answered with JSON all the same: Dataverse has nothing else to offer for rows. */
function acceptedFormat(accept: string | undefined): AcceptedFormat {
  return parseAccept(accept) ?? { metadata: 'minimal' };
}

/** @throws WebApiError syntax */
export function unwrap<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  throw new WebApiError('syntax', { detail: `${parsed.error.message} (in ${parsed.error.source})` });
}

/**
 * The body of a request that writes a row or a link.
 * @throws WebApiError payload when there is none, or it is no JSON object
 */
export function requireBody(request: WebApiRequest, entitySetName: string): JsonObject {
  const { body } = request.message;
  if (body !== undefined && body.length > 0) return parseBody(request, entitySetName);
  throw new WebApiError('payload', { set: entitySetName, detail: 'The request needs a body, a JSON object.' });
}

/**
 * The body as a JSON object; an empty body is an empty object.
 * @throws WebApiError payload for anything else
 */
export function parseBody(request: WebApiRequest, entitySetName: string): JsonObject {
  const { body } = request.message;
  if (body === undefined || body.length === 0) return { kind: 'object', members: new Map() };
  const text = decodeUtf8(body, entitySetName);
  const parsed = parseJson(text);
  if (!parsed.ok) throw new WebApiError('payload', { set: entitySetName, detail: parsed.error.message });
  const { value } = parsed;
  if (value === null || typeof value !== 'object' || !('kind' in value) || value.kind !== 'object') {
    throw new WebApiError('payload', { set: entitySetName, detail: 'The body must be a JSON object.' });
  }
  return value;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(body: Buffer, entitySetName: string): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new WebApiError('payload', { set: entitySetName, detail: 'The body is not valid UTF-8.' });
  }
}
