/** Bodies and headers that answers have in common. */
import type { AcceptedFormat } from '@parley/odata';
import type { WebApiRequest, WebApiResponse } from '../request/web-api-request.ts';

const noHeaders: Readonly<Record<string, string>> = {};

const contentTypes: Readonly<Record<AcceptedFormat['metadata'], string>> = {
  minimal: 'application/json; odata.metadata=minimal',
  full: 'application/json; odata.metadata=full',
  none: 'application/json; odata.metadata=none',
};

export function jsonResponse(
  request: WebApiRequest,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = noHeaders,
): WebApiResponse {
  return {
    status,
    headers: { 'Content-Type': contentTypes[request.format.metadata], ...appliedPreferences(request), ...headers },
    body,
  };
}

export function emptyResponse(status: number, headers: Readonly<Record<string, string>> = noHeaders): WebApiResponse {
  return { status, headers, body: undefined };
}

export function textResponse(body: string): WebApiResponse {
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body };
}

/** `"@odata.context":"..."` with a comma behind it, or nothing where metadata is not wanted. */
export function contextMember(request: WebApiRequest, fragment: string): string {
  return request.format.metadata === 'none'
    ? ''
    : `"@odata.context":${JSON.stringify(`${request.apiRoot}/$metadata#${fragment}`)},`;
}

/** Echoes what was honoured, as it was sent. */
function appliedPreferences(request: WebApiRequest): Readonly<Record<string, string>> {
  const { sent, returnRepresentation } = request.preferences;
  const applied: string[] = [];
  if (returnRepresentation === 'representation' && request.method !== 'GET' && sent.returnRepresentation !== undefined)
    applied.push(sent.returnRepresentation);
  if (sent.includeAnnotations !== undefined) applied.push(sent.includeAnnotations);
  if (sent.maxPageSize !== undefined && request.method === 'GET') applied.push(sent.maxPageSize);
  return applied.length === 0 ? noHeaders : { 'Preference-Applied': applied.join(',') };
}
