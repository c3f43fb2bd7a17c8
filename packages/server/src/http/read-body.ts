/** The body of a request in memory, within a limit. */
import type { IncomingMessage } from 'node:http';
import { WebApiError } from '@parley/protocol';

/** Bytes. Rows are small; attachments of 8 MB still fit as base64. */
export const maximumBodyLength: number = 16 * 1024 * 1024;

/**
 * @returns undefined when there is no body
 * @throws WebApiError requestTooLarge; the rest of the body is then not read
 */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const declared = request.headers['content-length'];
  if (declared === undefined && request.headers['transfer-encoding'] === undefined) return undefined;
  if (declared !== undefined && Number(declared) > maximumBodyLength) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  // Node delivers buffers as long as no encoding is set.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumBodyLength) throw tooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

function tooLarge(): WebApiError {
  return new WebApiError('requestTooLarge', { detail: `a body may have ${maximumBodyLength} bytes.` });
}
