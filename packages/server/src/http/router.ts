/** Which part of the server answers which address. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { WebApiError } from '@parley/protocol';
import type { Origins } from './origins.ts';

/** A page or document that needs no sign-in. */
export type Page = {
  readonly methods: readonly string[];
  answer(request: IncomingMessage, response: ServerResponse, origin: string): void | Promise<void>;
};

/** A part of the server with addresses of its own, and its own way to say what is wrong. */
export type Area = {
  readonly prefix: string;
  answer(request: IncomingMessage, response: ServerResponse, origin: string): Promise<void>;
};

export type RouterOptions = {
  readonly origins: Origins;
  readonly webApi: (request: IncomingMessage, response: ServerResponse) => void;
  readonly signIn: { handle(request: IncomingMessage, response: ServerResponse, origin: string): boolean };
  /** By path. */
  readonly pages: ReadonlyMap<string, Page>;
  /** Answer every path that starts with their prefix. */
  readonly areas: readonly Area[];
  /** Answers what nobody else answers. */
  notFound(request: IncomingMessage, response: ServerResponse): void;
  reportFailure(error: unknown): void;
};

export function createRouter(options: RouterOptions): RequestListener {
  return (request, response) => {
    const url = request.url ?? '/';
    if (url.startsWith('/api/data/')) {
      options.webApi(request, response);
      return;
    }
    let origin: string;
    try {
      origin = options.origins.of(request.headers.host, 'encrypted' in request.socket);
    } catch (error) {
      sendText(response, 400, error instanceof WebApiError ? error.message : 'Bad request.');
      return;
    }
    const area = options.areas.find(({ prefix }) => url.startsWith(prefix));
    if (area !== undefined) {
      answerSafely(options, response, area.answer(request, response, origin));
      return;
    }
    const page = options.pages.get(url.split('?', 1)[0] ?? '/');
    if (page !== undefined) servePage(options, page, request, response, origin);
    else if (!options.signIn.handle(request, response, origin)) options.notFound(request, response);
  };
}

function servePage(
  options: RouterOptions,
  page: Page,
  request: IncomingMessage,
  response: ServerResponse,
  origin: string,
): void {
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  if (!page.methods.includes(method)) {
    response.setHeader('Allow', page.methods.join(', '));
    sendText(response, 405, `This address takes ${page.methods.join(', ')}.`);
    return;
  }
  answerSafely(options, response, Promise.resolve(page.answer(request, response, origin)));
}

function answerSafely(options: RouterOptions, response: ServerResponse, answer: Promise<void>): void {
  answer.catch((error: unknown) => {
    options.reportFailure(error);
    if (!response.headersSent) sendText(response, 500, 'Something went wrong here.');
    else response.destroy();
  });
}

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendText(response, status, JSON.stringify(value), 'application/json; charset=utf-8');
}
