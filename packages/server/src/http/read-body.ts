/** The body of a request in memory, within a limit. */
import type { IncomingMessage } from 'node:http';
import { WebApiError } from '@parley/protocol';

/** Bytes. Rows are small; attachments of 8 MB still fit as base64. */
const maximumBodyLength: number = 16 * 1024 * 1024;

/**
 * Bytes that are read and dropped so that a client which sends too much gets its answer: one that is still sending when the
 * connection closes sees a broken connection instead.
 */
const maximumDropped = 4 * maximumBodyLength;

/**
 * @returns undefined when there is no body
 * @throws WebApiError requestTooLarge; of a body far beyond the limit the rest is then not read
 */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const declared = request.headers['content-length'];
  if (declared === undefined && request.headers['transfer-encoding'] === undefined) return undefined;
  if (declared !== undefined && Number(declared) > maximumDropped) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  // Node delivers buffers as long as no encoding is set.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumDropped) throw tooLarge();
    if (length <= maximumBodyLength) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (length > maximumBodyLength) throw tooLarge();
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

function tooLarge(): WebApiError {
  return new WebApiError('requestTooLarge', { detail: `a body may have ${maximumBodyLength} bytes.` });
}
