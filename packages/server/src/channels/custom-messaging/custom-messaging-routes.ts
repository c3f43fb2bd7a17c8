/** The messaging API on sockets: bodies within their limit, answers with the headers that all have, failures as problem details. */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Page } from '../../http/router.ts';
import type { Logger } from '../../log.ts';
import { answerMessaging, problemOf } from './answer-messaging.ts';
import type { MessagingAnswer, MessagingContext } from './messaging-context.ts';
import { MessagingProblem } from './messaging-problem.ts';
import { type JsonObject, parseBody } from './read-values.ts';

type Request = Parameters<Page['answer']>[0];
type Response = Parameters<Page['answer']>[1];

export type CustomMessagingRoutes = {
  /** Of every path that it answers. */
  readonly prefix: string;
  answer(request: Request, response: Response, origin: string): Promise<void>;
};

export type CustomMessagingRoutesOptions = MessagingContext & {
  readonly log: Logger;
  /** The WWW-Authenticate header of a 401. */
  challenge(origin: string): string;
};

const prefix = '/api/v1.0/consumer/';
const maximumBodyBytes = 256 * 1024;
/** Read and dropped, so that a client which sends too much gets its answer. */
const maximumDroppedBytes = 16 * maximumBodyBytes;

export function customMessagingRoutes(options: CustomMessagingRoutesOptions): CustomMessagingRoutes {
  return {
    prefix,
    async answer(request, response, origin) {
      const correlationId = readCorrelationId(request.headers['x-ms-correlation-id']);
      const answer = await answerOrExplain(options, request, origin, correlationId);
      await send(options, request, response, {
        ...answer,
        headers: { ...answer.headers, 'x-ms-correlation-id': correlationId },
      });
    },
  };
}

async function answerOrExplain(
  options: CustomMessagingRoutesOptions,
  request: Request,
  origin: string,
  correlationId: string,
): Promise<MessagingAnswer> {
  try {
    const url = new URL(request.url ?? '/', 'http://any');
    return await answerMessaging(
      options,
      {
        method: request.method ?? 'GET',
        path: url.pathname.slice(prefix.length),
        query: url.searchParams,
        headers: request.headers,
        readBody: () => readBody(request),
      },
      origin,
    );
  } catch (error) {
    const known = problemOf(error);
    if (known === undefined) options.log.error({ err: error, correlationId }, 'A messaging request failed');
    const problem = known ?? new MessagingProblem('unexpected');
    return {
      status: problem.status,
      headers: {
        'Content-Type': 'application/problem+json; charset=utf-8',
        ...(problem.status === 401 ? { 'WWW-Authenticate': options.challenge(origin) } : {}),
        ...(problem.status === 503 ? { 'Retry-After': '1' } : {}),
      },
      body: problem.toBody(correlationId),
    };
  }
}

/** The caller's, if it is one that can be repeated in a header and a log without harm. */
function readCorrelationId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.-]{1,100}$/.test(given) ? given : randomUUID();
}

/** @throws MessagingProblem tooLarge, body */
async function readBody(request: Request): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Node delivers buffers as long as no encoding is set.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= maximumBodyBytes) chunks.push(chunk);
    else if (length > maximumDroppedBytes) break;
  }
  if (length > maximumBodyBytes) throw new MessagingProblem('tooLarge', `A body may have ${maximumBodyBytes} bytes.`);
  return parseBody(Buffer.concat(chunks).toString());
}

async function send(
  { log }: CustomMessagingRoutesOptions,
  request: Request,
  response: Response,
  { status, headers, body }: MessagingAnswer,
): Promise<void> {
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
    ...(typeof body === 'string' ? { 'Content-Length': Buffer.byteLength(body) } : {}),
    // What was not read to its end would be taken for the next request.
    ...(request.complete ? {} : { Connection: 'close' }),
  });
  if (typeof body === 'string') {
    response.end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  const stream = body instanceof Readable ? body : Readable.from(body);
  if (request.method === 'HEAD') {
    stream.destroy();
    response.end();
    return;
  }
  // Once the head is out, a failure can only end the connection.
  await pipeline(stream, response).catch((error: unknown) =>
    log.warn({ err: error }, 'An attachment was not sent whole'),
  );
}
