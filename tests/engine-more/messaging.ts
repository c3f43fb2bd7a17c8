/** A program of the organisation behind a custom messaging channel: it starts conversations, and receives signed webhooks (behaviour reference, 10.3). */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { asObject, type JsonObject } from '../support/server.ts';
import type { Centre } from './centre.ts';

export type Receiver = {
  readonly url: string;
  /** What it answers, asked anew for each webhook; 200 to begin with. `hang`: nothing, for ever. */
  answer: number | 'hang';
  /** Everything that it took, in order; repetitions of one id once. */
  readonly taken: readonly JsonObject[];
  /** How many requests came. */
  readonly requestCount: number;
  /** Texts of messages of one conversation, in the order in which they were taken. */
  textsOf(conversationId: string): unknown[];
  stop(): Promise<void>;
};

const secret = `whsec_${randomBytes(24).toString('base64')}`;

export async function startReceiver(): Promise<Receiver> {
  const taken: JsonObject[] = [];
  const ids = new Set<string>();
  const server = http.createServer(async (request, response) => {
    receiver.requestCount += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    if (receiver.answer === 'hang') return;
    if (receiver.answer !== 200) {
      response.writeHead(receiver.answer).end();
      return;
    }
    // Node joins repeated headers; these are single ones.
    const headers = request.headers as Record<string, string>;
    const activity = asObject(new Webhook(secret).verify(Buffer.concat(chunks).toString(), headers));
    const id = headers['webhook-id'] ?? '';
    if (!ids.has(id)) taken.push(activity);
    ids.add(id);
    response.writeHead(200).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP socket has this form of address.
  const { port } = server.address() as AddressInfo;
  const receiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    answer: 200 as Receiver['answer'],
    taken,
    requestCount: 0,
    textsOf: (conversationId: string) =>
      taken
        .filter(({ type, conversation }) => type === 'message' && asObject(conversation)['id'] === conversationId)
        .map(({ text }) => text),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}

/** A channel of the work stream whose webhooks go to the receiver; its id. */
export function addChannel(centre: Centre, workStreamId: string, receiver: Receiver): Promise<string> {
  return centre.admin.api.create('msdyn_occustommessagingchannels', {
    msdyn_name: `Channel ${randomUUID()}`,
    'msdyn_liveworkstreamid@odata.bind': `/msdyn_liveworkstreams(${workStreamId})`,
    parley_webhookurl: receiver.url,
    parley_webhooksecret: secret,
  });
}

/** A conversation that a customer of the channel starts. */
export async function startOnChannel({ server }: Centre, channelId: string): Promise<string> {
  const response = await fetch(`${server.origin}/api/v1.0/consumer/conversation/create`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await server.adminToken()}`,
      'organization-id': server.org.organizationId,
      'channel-id': channelId,
    },
    body: JSON.stringify({
      customercontext: { customerid: randomUUID(), firstname: 'Ada' },
      conversationcontext: {},
      conversationrequestid: randomUUID(),
      startmessage: { message: 'Where is my bicycle?' },
    }),
  });
  const answer = asObject(await response.json());
  assert.equal(response.status, 200, JSON.stringify(answer));
  return String(answer['conversationId']);
}
