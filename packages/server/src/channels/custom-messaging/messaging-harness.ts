/**
 * For tests: the custom messaging channel over HTTP on a demo organisation, with the real conversation service and job runner, and
 * a receiver of webhooks. Deliveries happen when a test asks for them, on a clock that stands still.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { WebApiError } from '@parley/protocol';
import { Webhook } from 'standardwebhooks';
import { type Attachments, createAttachments, createBlobDeletion } from '../../blobs/attachments.ts';
import { createFileBlobs } from '../../blobs/file-blobs.ts';
import { openTestCentre, startOfTest, type TestCentre } from '../../conversation-operations/operations-harness.ts';
import { demoOrganization, demoPerson, demoWorkStreams } from '../../demo/demo-ids.ts';
import type { Jobs } from '../../jobs/job.ts';
import { createJobRunner, type JobRunner } from '../../jobs/job-runner.ts';
import { createLog } from '../../log.ts';
import { readEvents } from '../../outbox/write-events.ts';
import type { Caller } from '../../security/caller.ts';
import { channelParts } from '../channel-parts.ts';
import { createGuardedFetch } from '../webhooks/guarded-fetch.ts';
import { loopbackAllowance, parseAllowance } from '../webhooks/network-allowance.ts';
import { createCustomMessagingAdapter } from './custom-messaging-adapter.ts';
import { type CustomMessagingRoutes, customMessagingRoutes } from './custom-messaging-routes.ts';
import type { MessagingContext } from './messaging-context.ts';

export type Reply = {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** Empty when the body is no JSON object. */
  readonly json: Readonly<Record<string, unknown>>;
};

/** A webhook as it came, its signature checked. */
export type ReceivedWebhook = {
  readonly id: string;
  readonly path: string;
  readonly activity: Readonly<Record<string, unknown>>;
};

export type MessagingCentre = {
  readonly centre: TestCentre;
  readonly attachments: Attachments;
  readonly jobs: JobRunner;
  readonly channelId: string;
  readonly secret: string;
  /** Where the receiver listens. */
  readonly receiver: string;
  /** Accepted webhooks, in order. */
  readonly received: ReceivedWebhook[];
  /** What the receiver answers, first to last, before it goes back to 200. */
  readonly answers: { readonly status: number; readonly headers?: Readonly<Record<string, string>> }[];
  /** A request with token and headers as they should be; `undefined` leaves a header out. */
  send(
    method: string,
    target: string,
    body?: unknown,
    headers?: Readonly<Record<string, string | undefined>>,
  ): Promise<Reply>;
  /** Hands new events to the channels, and runs what is due. */
  deliver(): Promise<void>;
  /** Hands all events to the channels once more, as after a crash. */
  handOver(): Promise<void>;
  drop(): Promise<void>;
};

export async function openMessagingCentre(): Promise<MessagingCentre> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-messaging-'));
  const centre = await openTestCentre({ isClockMovable: true });
  const { database } = centre;
  const { conversations } = centre.parts;
  let moved = 0;
  const clock = { now: () => startOfTest + moved };
  const moveClock = (milliseconds: number): void => {
    moved += milliseconds;
    centre.moveClock(milliseconds);
  };
  const blobs = createFileBlobs(path.join(folder, 'blobs'));
  const attachments = createAttachments({ database, blobs, clock });
  const fetch = createGuardedFetch(parseAllowance(loopbackAllowance));
  const receiver = await startReceiver();
  const channelId = await addChannel(centre, receiver.url, receiver.secret);
  const log = createLog('silent');
  // The consumer makes jobs with the runner that is made from its kinds.
  const late: { jobs?: Jobs } = {};
  const parts = channelParts({
    database,
    conversations,
    clock,
    jobs: { enqueue: async (inside, job) => late.jobs?.enqueue(inside, job) },
    adapters: [createCustomMessagingAdapter({ database, fetch, origin: () => 'https://parley.example' })],
  });
  const jobs = createJobRunner({ database, clock, log, kinds: [...parts.jobKinds, createBlobDeletion(blobs)] });
  late.jobs = jobs;
  const context = {
    database,
    conversations,
    attachments,
    fetch,
    clock,
    organizationId: demoOrganization.organizationId,
  };
  const api = await startApi(customMessagingRoutes({ ...context, ...signIn(centre), log, challenge: () => 'Bearer' }));
  const beginning = { txid: '0', id: '0' };
  let position = beginning;
  const handOver = async (): Promise<void> => {
    for (const event of await readEvents(database, position, 10_000)) {
      for (const consumer of parts.consumers)
        if (consumer.types?.has(event.body.type) !== false) await consumer.handle(event);
      position = event.position;
    }
  };
  return {
    centre: { ...centre, moveClock },
    attachments,
    jobs,
    channelId,
    secret: receiver.secret,
    receiver: receiver.url,
    received: receiver.received,
    answers: receiver.answers,
    send: (method, target, body, headers) =>
      send(api.url, method, target, body, { 'channel-id': channelId, ...headers }),
    async deliver() {
      await handOver();
      while ((await jobs.tick()) > 0);
    },
    async handOver() {
      position = beginning;
      await handOver();
    },
    async drop() {
      await Promise.all([api.stop(), receiver.stop(), fetch.close()]);
      await centre.drop();
      await rm(folder, { recursive: true });
    },
  };
}

/** The token is the name of a demo person. */
function signIn(centre: TestCentre): Pick<MessagingContext, 'authenticate' | 'mayUseChannel'> {
  return {
    authenticate: async ({ authorization = '' }): Promise<Caller> => {
      const name = String(authorization).replace('Bearer ', '');
      if (name !== 'admin' && name !== 'agent1')
        throw new WebApiError('notSignedIn', { reason: 'Send a bearer token.' });
      return centre.caller(demoPerson[name].systemUserId);
    },
    // As a stand-in for a privilege that not everybody has.
    mayUseChannel: ({ principal }) => principal.userId === demoPerson.admin.systemUserId,
  };
}

async function addChannel(centre: TestCentre, url: string, secret: string): Promise<string> {
  const admin = await centre.person('admin');
  const row = {
    msdyn_name: 'Shop app',
    'msdyn_liveworkstreamid@odata.bind': `/msdyn_liveworkstreams(${demoWorkStreams.custom.id})`,
    msdyn_enablefileattachmentsforcustomers: true,
    msdyn_enablefileattachmentsforagents: true,
    parley_webhookurl: url,
    parley_webhooksecret: secret,
  };
  const answer = await centre.send(admin, 'POST', 'msdyn_occustommessagingchannels', row);
  assert.equal(answer.status, 204, answer.text);
  const id = /\(([0-9a-f-]{36})\)/.exec(answer.text)?.[1];
  assert.ok(id !== undefined, answer.text);
  return id;
}

type Listening = { readonly url: string; stop(): Promise<void> };

async function startHttp(listener: http.RequestListener): Promise<Listening> {
  const server = http.createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP socket has this form of address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function startApi(routes: CustomMessagingRoutes): Promise<Listening> {
  return startHttp((request, response) => void routes.answer(request, response, 'http://parley.example'));
}

type Receiver = Listening & Pick<MessagingCentre, 'secret' | 'received' | 'answers'>;

async function startReceiver(): Promise<Receiver> {
  const secret = `whsec_${Buffer.from('known to both sides alone').toString('base64')}`;
  const received: ReceivedWebhook[] = [];
  const answers: { readonly status: number; readonly headers?: Readonly<Record<string, string>> }[] = [];
  const listening = await startHttp(async (request, response) => {
    const body = await readAll(request);
    const { status, headers = {} } = answers.shift() ?? { status: 200 };
    if (status === 200) {
      // Node joins repeated headers; these are single ones.
      const activity = new Webhook(secret).verify(body, request.headers as Record<string, string>);
      received.push({
        id: String(request.headers['webhook-id']),
        path: request.url ?? '',
        activity: activity as ReceivedWebhook['activity'],
      });
    }
    response.writeHead(status, headers).end();
  });
  return { ...listening, secret, received, answers };
}

async function send(
  origin: string,
  method: string,
  target: string,
  body: unknown,
  headers: Readonly<Record<string, string | undefined>>,
): Promise<Reply> {
  const all = { authorization: 'Bearer admin', 'organization-id': demoOrganization.organizationId, ...headers };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const request = http.request(`${origin}/api/v1.0/consumer/${target}`, { method, headers: Object.fromEntries(given) });
  request.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  // Node's documented arguments of this event.
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const text = await readAll(response);
  const isJson = (response.headers['content-type'] ?? '').includes('json') && text !== '';
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : {},
  };
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
