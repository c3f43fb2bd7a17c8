/** The listening sockets: plain and TLS with the same routes; malformed requests answered; an orderly end. */
import http, { type RequestListener, type ServerOptions, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { WebApiError } from '@parley/protocol';
import { maximumUrlLength } from './web-api-listener.ts';
import { errorResponse } from './write-error.ts';

export type Servers = {
  readonly port: number;
  readonly tlsPort: number | undefined;
  /** Stops taking connections, lets requests in flight finish, and resolves when all are answered. */
  close(): Promise<void>;
};

export type ServersOptions = {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly port: number; readonly certificate: string; readonly key: string } | undefined;
};

/** Header block in bytes: the longest URL and room for tokens and preferences. */
const maximumHeaderSize = maximumUrlLength + 64 * 1024;
const drainMilliseconds = 10_000;

/** @param listenerFor makes the routes once the ports are known */
export async function openServers(
  options: ServersOptions,
  listenerFor: (ports: { port: number; tlsPort: number | undefined }) => Promise<RequestListener>,
): Promise<Servers> {
  let listener: RequestListener = (_, response) => response.writeHead(503).end();
  const settings: ServerOptions = {
    maxHeaderSize: maximumHeaderSize,
    requestTimeout: 60_000,
    headersTimeout: 20_000,
    keepAliveTimeout: 65_000,
    // A request without Host is refused with the usual envelope, which Node's own answer has not.
    requireHostHeader: false,
  };
  const plain = http.createServer(settings, (request, response) => listener(request, response));
  const encrypted =
    options.tls === undefined
      ? undefined
      : https.createServer({ ...settings, cert: options.tls.certificate, key: options.tls.key }, (request, response) =>
          listener(request, response),
        );
  for (const server of [plain, encrypted]) {
    server?.on('clientError', answerMalformed);
    server?.on('connect', (_, socket) => {
      // The server has let go of the socket, so that nobody else hears of its failures.
      socket.on('error', () => socket.destroy());
      refuse(socket, new WebApiError('methodNotAllowed', { method: 'CONNECT' }));
    });
    // Expectations other than 100-continue may be ignored (RFC 9110, 10.1.1).
    server?.on('checkExpectation', (request, response) => listener(request, response));
  }
  const port = await listen(plain, options.host, options.port);
  let tlsPort: number | undefined;
  if (encrypted !== undefined && options.tls !== undefined) {
    tlsPort = await listen(encrypted, options.host, options.tls.port).catch((error: unknown) => {
      plain.close();
      throw error;
    });
  }
  const routes = await listenerFor({ port, tlsPort });
  const inFlight = new Set<ServerResponse>();
  listener = (request, response) => {
    inFlight.add(response);
    response.once('close', () => inFlight.delete(response));
    routes(request, response);
  };
  return {
    port,
    tlsPort,
    close: async () => {
      inFlight.forEach(endConnection);
      listener = (request, response) => {
        endConnection(response);
        routes(request, response);
      };
      await Promise.all([plain, encrypted].map((server) => (server === undefined ? undefined : closeServer(server))));
    },
  };
}

function listen(server: http.Server | https.Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // A listening TCP socket has this form of address.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** The connection ends with this answer: kept open, it would bring further work. */
function endConnection(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

function closeServer(server: http.Server | https.Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), drainMilliseconds);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** What cannot be parsed as HTTP still gets an answer in the usual envelope. */
function answerMalformed(error: Error, socket: NodeJS.WritableStream & Partial<Socket>): void {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ECONNRESET' || socket.writable !== true) {
    socket.destroy?.();
    return;
  }
  if (code === 'HPE_HEADER_OVERFLOW')
    refuse(
      socket,
      new WebApiError('requestTooLarge', { detail: `URL and headers may have ${maximumHeaderSize} bytes.` }),
      431,
    );
  else refuse(socket, new WebApiError('syntax', { detail: 'The request is not well-formed HTTP.' }));
}

/** Answers on a bare socket, and closes it. */
function refuse(socket: NodeJS.WritableStream, failure: WebApiError, status = failure.definition.status): void {
  const { body = '', headers } = errorResponse(failure, undefined, '');
  socket.end(
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nConnection: close\r\nOData-Version: 4.0\r\nContent-Type: ${headers['Content-Type']}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
