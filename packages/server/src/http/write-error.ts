/** The one place that turns a failure into an answer of the Web API. */
import { matchesAnnotation, parsePrefer } from '@parley/odata';
import type { WebApiError } from '@parley/protocol';
import type { WebApiResponse } from '../webapi/request/web-api-request.ts';

const annotationPrefix = 'Microsoft.PowerApps.CDS.';

/**
 * The error envelope. Details come as annotations when the request asked for them; nothing internal ever leaves.
 * @param prefer the request's Prefer header
 */
export function errorResponse(error: WebApiError, prefer: string | undefined, requestId: string): WebApiResponse {
  const { code, status } = error.definition;
  const pattern = parsePrefer(prefer).includeAnnotations;
  const members: Record<string, string> = { code, message: error.message };
  const details: readonly [string, string][] = [
    ['ErrorDetails.OperationStatus', '0'],
    ['ErrorDetails.SubErrorCode', '0'],
    ['HelpLink', `urn:parley:errors:${error.errorName}`],
    ['TraceText', `Request ${requestId}`],
    ['InnerError.Message', error.message],
  ];
  if (pattern !== undefined) {
    for (const [name, value] of details)
      if (matchesAnnotation(pattern, annotationPrefix + name)) members[`@${annotationPrefix}${name}`] = value;
  }
  return {
    status,
    headers: { 'Content-Type': 'application/json; odata.metadata=minimal' },
    body: JSON.stringify({ error: members }),
  };
}
