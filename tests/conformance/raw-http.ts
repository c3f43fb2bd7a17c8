/** HTTP by hand over a socket, for requests that no client would send. */
import { connect } from 'node:net';

export type RawResponse = { status: number; headers: string; body: string };

/** Longest time that an answer may take. */
const answerMilliseconds = 5_000;

/** Sends these bytes and reads until the server closes; status 0 when it closes without an answer. */
export function sendRaw(origin: string, request: string | Uint8Array): Promise<RawResponse> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`No answer within ${answerMilliseconds} ms to ${String(request).slice(0, 200)}`));
    }, answerMilliseconds);
    socket.on('data', (chunk) => chunks.push(chunk));
    // A server that refuses early resets what is still being sent; its answer has arrived before.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(late);
      resolve(parse(Buffer.concat(chunks).toString('utf8')));
    });
    socket.write(request);
  });
}

export type RawRequest = {
  method?: string;
  /** As it goes into the request line. */
  target: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
};

/** A request that is well-formed as far as HTTP goes, whatever its target and body. */
export function sendRequest(origin: string, token: string, request: RawRequest): Promise<RawResponse> {
  const { method = 'GET', target, headers = {}, body } = request;
  const bytes = body === undefined ? undefined : Buffer.from(body);
  const lines = Object.entries({
    Host: new URL(origin).host,
    Authorization: `Bearer ${token}`,
    Connection: 'close',
    ...(bytes === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(bytes.length) }),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
  return sendRaw(origin, bytes === undefined ? head : Buffer.concat([head, bytes]));
}

function parse(text: string): RawResponse {
  const end = text.indexOf('\r\n\r\n');
  const headers = end === -1 ? text : text.slice(0, end);
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(headers)?.[1] ?? 0);
  return { status, headers, body: end === -1 ? '' : text.slice(end + 4) };
}
