/**
 * A lean HTTP/1.1 load generator over raw sockets: keep-alive connections, one request in flight on each, answers parsed
 * only as far as their length. It must cost far less than what it measures, because both share two cores.
 */
import { connect, type Socket } from 'node:net';

export type LoadRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type LoadResult = { readonly requests: number; readonly seconds: number; readonly perSecond: number };

export type LoadOptions = {
  readonly port: number;
  readonly connections: number;
  readonly milliseconds: number;
  /** Makes the next request; called once per request. */
  next(): LoadRequest;
  /** The status that every answer must have. */
  readonly expectedStatus: number;
};

/** @throws Error when an answer has another status */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const started = performance.now();
  const deadline = started + options.milliseconds;
  const counts = await Promise.all(Array.from({ length: options.connections }, () => runConnection(options, deadline)));
  const seconds = (performance.now() - started) / 1000;
  const requests = counts.reduce((sum, count) => sum + count, 0);
  return { requests, seconds, perSecond: requests / seconds };
}

/** Bytes that are read at once; answers land in one buffer per connection, so that reading them allocates nothing. */
const readSize = 256 * 1024;

function runConnection(options: LoadOptions, deadline: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0;
    let head = '';
    let length = 0;
    let needed = -1;
    const receive = (size: number, buffer: Uint8Array): boolean => {
      length += size;
      if (needed === -1) {
        head += Buffer.from(buffer.buffer, buffer.byteOffset, Math.min(size, 2048)).toString('latin1');
        needed = answerLength(head, options.expectedStatus, socket, reject);
      }
      if (needed === -1 || length < needed) return true;
      count++;
      if (performance.now() < deadline) send();
      else {
        socket.destroy();
        resolve(count);
      }
      return true;
    };
    const socket = connect({
      port: options.port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: Buffer.alloc(readSize), callback: receive },
    });
    const send = () => {
      head = '';
      length = 0;
      needed = -1;
      socket.write(requestText(options.next(), options.port));
    };
    socket.on('connect', send);
    socket.on('error', reject);
  });
}

function requestText(request: LoadRequest, port: number): string {
  const { method, path, headers, body } = request;
  let text = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
  for (const [name, value] of Object.entries(headers)) text += `${name}: ${value}\r\n`;
  if (body !== undefined) text += `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
  return `${text}\r\n${body ?? ''}`;
}

/** Bytes of the whole answer, or -1 while its head is incomplete. The head is short, so it comes with the first read. */
function answerLength(head: string, expectedStatus: number, socket: Socket, reject: (error: Error) => void): number {
  const end = head.indexOf('\r\n\r\n');
  if (end === -1) return -1;
  if (!head.startsWith(`HTTP/1.1 ${expectedStatus} `)) {
    socket.destroy();
    reject(new Error(`Unexpected answer: ${head.slice(0, 600)}`));
  }
  const match = /\r\ncontent-length: (\d+)/i.exec(head.slice(0, end));
  return end + 4 + (match?.[1] === undefined ? 0 : Number(match[1]));
}
