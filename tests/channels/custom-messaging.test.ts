/**
 * The custom messaging channel from outside: a program of the organisation talks to a running server over HTTP, and receives
 * webhooks that it verifies with a Standard Webhooks library (behaviour reference, 10.3; docs/guides/custom-channel.md).
 */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { type Api, asObject, createApi, type JsonObject, startTestServer, type TestServer } from '../support/server.ts';

const patience = 20_000;
const secret = `whsec_${randomBytes(24).toString('base64')}`;

type Received = { readonly id: string; readonly path: string; readonly activity: JsonObject };

/** The organisation's end: takes webhooks that are signed, once each, as the guide says. */
type Receiver = {
  readonly url: string;
  /** Statuses to answer next, before it takes anything again. */
  readonly refusals: number[];
  /** Everything taken so far. */
  readonly received: readonly Received[];
  /** Ids of what it refused. */
  readonly refused: readonly string[];
  /** Resolves with the first taken one that fits. */
  waitFor(fits: (received: Received) => boolean): Promise<Received>;
  stop(): Promise<void>;
};

async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const refused: string[] = [];
  const refusals: number[] = [];
  const arrivals = new EventTarget();
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    // Node joins repeated headers; these are single ones.
    const headers = request.headers as Record<string, string>;
    const id = headers['webhook-id'] ?? '';
    const refusal = refusals.shift();
    if (refusal !== undefined) {
      refused.push(id);
      response.writeHead(refusal).end();
      return;
    }
    const activity = asObject(new Webhook(secret).verify(Buffer.concat(chunks).toString(), headers));
    if (!received.some((one) => one.id === id)) received.push({ id, path: request.url ?? '', activity });
    response.writeHead(200).end();
    arrivals.dispatchEvent(new Event('arrival'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP socket has this form of address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    refusals,
    received,
    refused,
    async waitFor(fits) {
      const deadline = AbortSignal.timeout(patience);
      for (;;) {
        const found = received.find(fits);
        if (found !== undefined) return found;
        await once(arrivals, 'arrival', { signal: deadline });
      }
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('the custom messaging channel', () => {
  let server: TestServer;
  let receiver: Receiver;
  let admin: Api;
  let channelId: string;
  let agent: Api;

  before(async () => {
    receiver = await startReceiver();
    server = await startTestServer();
    admin = createApi(server.apiRoot, await server.adminToken());
    agent = createApi(server.apiRoot, await server.personToken('agent1@parley.demo'));
    channelId = await admin.create('msdyn_occustommessagingchannels', {
      msdyn_name: 'Shop app',
      'msdyn_liveworkstreamid@odata.bind': `/msdyn_liveworkstreams(${customWorkStream()})`,
      msdyn_enablefileattachmentsforcustomers: true,
      parley_webhookurl: receiver.url,
      parley_webhooksecret: secret,
    });
  });
  after(async () => {
    await receiver.stop();
    await server.stop();
  });
  beforeEach(() => {
    receiver.refusals.length = 0;
  });

  function customWorkStream(): string {
    const [, id] = Object.entries(server.org.workStreams).find(([name]) => /custom/i.test(name)) ?? [];
    assert.ok(id !== undefined, 'the demo has a work stream for custom messaging');
    return id;
  }

  async function call(method: string, target: string, body?: unknown): Promise<{ status: number; json: JsonObject }> {
    const response = await fetch(`${server.origin}/api/v1.0/consumer/${target}`, {
      method,
      headers: {
        authorization: `Bearer ${await server.adminToken()}`,
        'organization-id': server.org.organizationId,
        'channel-id': channelId,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: response.status, json: asObject(JSON.parse(await response.text())) };
  }

  async function start(): Promise<string> {
    const { status, json } = await call('POST', 'conversation/create', {
      customercontext: { customerid: randomUUID(), firstname: 'Ada', lastname: 'Byron' },
      conversationcontext: { order: { value: 'A-17', isDisplayable: true } },
      conversationrequestid: randomUUID(),
      startmessage: { message: 'Where is my bicycle?' },
    });
    assert.equal(status, 200, JSON.stringify(json));
    assert.equal(json['isNew'], true);
    return String(json['conversationId']);
  }

  async function pick(conversationId: string): Promise<void> {
    const body = { ApiVersion: '1.0', ConversationId: conversationId };
    const response = await agent.request('POST', 'CCaaS_PickConversation', { body });
    assert.ok(response.status < 300, `${response.status} ${response.text}`);
  }

  function about(conversationId: string, name: string): (received: Received) => boolean {
    return ({ activity, path }) =>
      activity['name'] === name && path === `/hooks/v3/conversations/${conversationId}/activities`;
  }

  test('carries a conversation from its start to the agent and back', async () => {
    const id = await start();
    await pick(id);
    const accepted = await receiver.waitFor(about(id, 'AgentAccepted'));
    assert.deepEqual(accepted.activity['conversation'], { id });
    const context = await fetch(`${server.origin}/api/v1.0/consumer/conversation/${id}/context`, {
      headers: {
        authorization: `Bearer ${await server.adminToken()}`,
        'organization-id': server.org.organizationId,
        'channel-id': channelId,
      },
    });
    assert.match(await context.text(), /"order","value":"A-17"/);
    const sent = await call('POST', `conversation/${id}`, {
      type: 'message',
      id: 'm-1',
      text: 'Here is the bill.',
      attachments: [{ name: 'bill.txt', contentType: 'text/plain', content: Buffer.from('12 EUR').toString('base64') }],
    });
    assert.equal(sent.status, 200, JSON.stringify(sent.json));
    const again = await call('POST', `conversation/${id}`, { type: 'message', id: 'm-1', text: 'Here is the bill.' });
    assert.equal(again.json['messageId'], sent.json['messageId']);
    const { json } = await call('GET', `conversation/${id}/messages`);
    const messages = json['messages'];
    assert.ok(Array.isArray(messages));
    assert.deepEqual(
      messages.map((message) => asObject(message)['text']),
      ['Where is my bicycle?', 'Here is the bill.'],
    );
  });

  test('tries a failing receiver again with the same id', async () => {
    const id = await start();
    receiver.refusals.push(500);
    await pick(id);
    await receiver.waitFor(about(id, 'AgentAccepted'));
    // Which of the webhooks met the refusal is open.
    const [refused] = receiver.refused;
    assert.ok(refused !== undefined);
    await receiver.waitFor((one) => one.id === refused);
  });

  test('goes to wrap-up when the customer ends it', async () => {
    const id = await start();
    await pick(id);
    const left = await call('POST', `conversation/${id}`, { type: 'endOfConversation' });
    assert.equal(left.status, 200, JSON.stringify(left.json));
    const row = await createApi(server.apiRoot, await server.adminToken()).read(
      `msdyn_ocliveworkitems(${id})?$select=statuscode,msdyn_statuschangereason`,
    );
    assert.deepEqual([row['statuscode'], row['msdyn_statuschangereason']], [5, 192350007]);
  });

  test('is closed by a supervisor by force', async () => {
    const id = await start();
    await pick(id);
    const forced = await createApi(server.apiRoot, await server.personToken('supervisor@parley.demo')).request(
      'POST',
      'CCaaS_ForceCloseConversation',
      { body: { ApiVersion: '1.0', ConversationId: id } },
    );
    assert.ok(forced.status < 300, `${forced.status} ${forced.text}`);
    await receiver.waitFor(
      (one) => about(id, 'SupervisorForceClosedConversation')(one) || about(id, 'ConversationClose')(one),
    );
    const list = await call('GET', 'conversations?PageSize=250');
    assert.ok(!JSON.stringify(list.json).includes(id));
  });

  test('answers a bad request with problem details, never with a failure', async () => {
    for (const [target, body, code] of [
      ['conversation/create', {}, 30012],
      ['conversation/nonsense', { type: 'message', text: 'x' }, 30005],
      [`conversation/${randomUUID()}`, { type: 'message', text: 'x' }, 30013],
    ] as const) {
      const { status, json } = await call('POST', target, body);
      assert.ok(status >= 400 && status < 500);
      assert.equal(json['code'], code);
    }
  });
});
