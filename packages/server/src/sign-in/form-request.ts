/** Reading the body of a form post, and handing a request on to the provider with another address or body. */
import { IncomingMessage } from 'node:http';

const longestForm = 56 * 1024;

/** The body is longer than a form here may be. */
export class FormTooLong extends Error {
  constructor() {
    super(`The request body is longer than ${longestForm} bytes.`);
    this.name = 'FormTooLong';
  }
}

/** Reads the whole body. Fails with {@link FormTooLong}; the rest of the body is then discarded, not read. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > longestForm) throw new FormTooLong();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > longestForm) throw new FormTooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** True when the body is `application/x-www-form-urlencoded`. */
export function isForm(request: IncomingMessage): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers['content-type'] ?? '');
}

/**
 * A request like this one with another address and body, for the provider: it reads the body from the stream itself
 * and takes `originalUrl` (as frameworks set it) minus `url` for the path it is mounted at.
 */
export function redirectRequest(
  request: IncomingMessage,
  to: { mountPath: string; url: string; body: Buffer },
): IncomingMessage & { originalUrl: string } {
  const copy = Object.assign(new IncomingMessage(request.socket), { originalUrl: `${to.mountPath}${to.url}` });
  copy.httpVersion = request.httpVersion;
  copy.httpVersionMajor = request.httpVersionMajor;
  copy.httpVersionMinor = request.httpVersionMinor;
  if (request.method !== undefined) copy.method = request.method;
  copy.url = to.url;
  const { 'transfer-encoding': _omitted, ...headers } = request.headers;
  copy.headers = to.body.length > 0 ? { ...headers, 'content-length': String(to.body.length) } : headers;
  // The message is whole already; otherwise disposing of it would count as an abort and close the socket.
  copy.complete = true;
  if (to.body.length > 0) copy.push(to.body);
  copy.push(null);
  return copy;
}
