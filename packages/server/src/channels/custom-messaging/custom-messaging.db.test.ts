/** The messaging API over HTTP, on a real database (behaviour reference, 10.3). */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { demoCustomers } from '../../demo/demo-customers.ts';
import { demoPerson, demoWorkStreams } from '../../demo/demo-ids.ts';
import { type MessagingCentre, openMessagingCentre, type Reply } from './messaging-harness.ts';

let messaging: MessagingCentre;
before(async () => {
  messaging = await openMessagingCentre();
});
after(() => messaging.drop());

function newCustomer(): string {
  return `customer-${randomUUID()}`;
}

async function create(customerid: string, more: object = {}): Promise<Reply> {
  const body = { customercontext: { customerid, firstname: 'Ada' }, startmessage: { message: 'Hello' }, ...more };
  const reply = await messaging.send('POST', 'conversation/create', body);
  assert.equal(reply.status, 200, reply.text);
  return reply;
}

async function start(customerid: string = newCustomer()): Promise<string> {
  return String((await create(customerid)).json['conversationId']);
}

async function say(id: string, activity: object, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  return messaging.send('POST', `conversation/${id}`, { type: 'message', ...activity }, headers);
}

async function messagesOf(id: string): Promise<Record<string, unknown>[]> {
  const { json } = await messaging.send('GET', `conversation/${id}/messages`);
  return json['messages'] as Record<string, unknown>[];
}

async function refused(reply: Promise<Reply>, status: number, code?: number): Promise<void> {
  const { json, text, headers, status: actual } = await reply;
  assert.deepEqual([actual, json['code']], [status, code], text);
  assert.equal(headers['content-type'], 'application/problem+json; charset=utf-8');
  assert.equal(json['status'], status);
  assert.equal(json['correlationId'], headers['x-ms-correlation-id']);
}

/** Agent 1 takes the conversation and writes to the customer. */
async function answerAsAgent(id: string, content: string): Promise<void> {
  const userId = demoPerson.agent1.systemUserId;
  const by = { kind: 'agent', userId } as const;
  const { conversations } = messaging.centre.parts;
  if ((await conversations.find(id))?.status === 'open') {
    const picked = await conversations.execute(id, { kind: 'pick', by });
    assert.equal(picked.kind, 'accepted', JSON.stringify(picked));
  }
  const message = {
    clientId: null,
    author: { kind: 'agent', id: userId, name: 'Agent One' },
    audience: 'public',
    contentType: 'text/plain',
    content,
    attachments: [],
  } as const;
  const written = await conversations.execute(id, { kind: 'addMessage', by, message });
  assert.equal(written.kind, 'accepted', JSON.stringify(written));
}

describe('starting a conversation', () => {
  test('gives its id and stores the first message', async () => {
    const { json } = await create(newCustomer());
    assert.equal(json['isNew'], true);
    const [message] = await messagesOf(String(json['conversationId']));
    assert.equal(message?.['messageId'], json['messageId']);
    assert.partialDeepStrictEqual(message, { text: 'Hello', from: { name: 'Ada', role: 'customer' } });
  });

  test('goes on with the one that the customer has', async () => {
    const customer = newCustomer();
    const first = await create(customer);
    const second = await create(customer);
    assert.deepEqual([second.json['conversationId'], second.json['isNew']], [first.json['conversationId'], false]);
    assert.equal((await messagesOf(String(first.json['conversationId']))).length, 2);
  });

  test('gives the same answer to the same request, even after the conversation is over', async () => {
    const customer = newCustomer();
    const more = { conversationrequestid: randomUUID() };
    const first = await create(customer, more);
    assert.deepEqual((await create(customer, more)).json, first.json);
    const id = String(first.json['conversationId']);
    assert.equal((await messagesOf(id)).length, 1);
    const closed = await messaging.centre.parts.conversations.execute(id, {
      kind: 'forceClose',
      by: { kind: 'supervisor', userId: demoPerson.supervisor.systemUserId },
    });
    assert.equal(closed.kind, 'accepted');
    assert.deepEqual((await create(customer, more)).json, first.json);
    const other = await create(customer, { conversationrequestid: randomUUID() });
    assert.notEqual(other.json['conversationId'], id);
  });

  test('answers the same request at the same time alike', async () => {
    const customer = newCustomer();
    const more = { conversationrequestid: randomUUID() };
    const replies = await Promise.all([1, 2, 3, 4].map(() => create(customer, more)));
    for (const { json } of replies) assert.deepEqual(json, replies[0]?.json);
    assert.equal(replies[0]?.json['isNew'], true);
    assert.equal((await messagesOf(String(replies[0]?.json['conversationId']))).length, 1);
  });

  test('finds its answer again when it was not remembered', async () => {
    const customer = newCustomer();
    const more = { conversationrequestid: randomUUID() };
    const first = await create(customer, more);
    await messaging.centre.database.query('DELETE FROM parley.channel_request', []);
    assert.deepEqual((await create(customer, more)).json, first.json);
  });

  test('links the contact that the channel names', async () => {
    const contact = demoCustomers.contacts[0];
    assert.ok(contact !== undefined);
    const customercontext = { customerid: newCustomer(), contactid: contact.id };
    const { json } = await create('', { customercontext });
    const conversation = await messaging.centre.parts.conversations.find(String(json['conversationId']));
    assert.deepEqual(conversation?.customer, { id: contact.id, table: 'contact' });
    const unknown = { ...customercontext, contactid: randomUUID() };
    await refused(messaging.send('POST', 'conversation/create', { customercontext: unknown }), 400, 30005);
  });
});

describe('messages of the customer', () => {
  test('are stored once, however often they are sent', async () => {
    const id = await start();
    for (const [activity, headers] of [
      [{ text: 'One', id: 'a-1' }, {}],
      [{ text: 'Two' }, { 'Idempotency-Key': 'k-1' }],
    ] as const) {
      const first = await say(id, activity, headers);
      const second = await say(id, activity, headers);
      assert.equal(first.status, 200, first.text);
      assert.deepEqual(second.json, first.json);
    }
    assert.deepEqual(
      (await messagesOf(id)).map(({ text }) => text),
      ['Hello', 'One', 'Two'],
    );
  });

  test('may come without an id, and are then all different', async () => {
    const id = await start();
    await say(id, { text: 'Again' });
    await say(id, { text: 'Again' });
    assert.equal((await messagesOf(id)).length, 3);
  });

  test('bring files, which only their channel gets back', async () => {
    const id = await start();
    const file = { name: 'grüße.txt', contentType: 'text/html', content: Buffer.from('0123456789').toString('base64') };
    const sent = await say(id, { attachments: [file], id: 'with-file' });
    assert.equal(sent.status, 200, sent.text);
    await say(id, { attachments: [file], id: 'with-file' });
    const [, message] = await messagesOf(id);
    const [described] = (message?.['attachments'] ?? []) as { contentUrl: string; name: string; size: number }[];
    assert.ok(described !== undefined);
    assert.deepEqual([described.name, described.size], ['grüße.txt', 10]);
    const target = described.contentUrl.replace('http://parley.example/api/v1.0/consumer/', '');
    const whole = await messaging.send('GET', target);
    assert.deepEqual([whole.status, whole.text], [200, '0123456789']);
    assert.equal(whole.headers['content-disposition'], "attachment; filename*=UTF-8''gr%C3%BC%C3%9Fe.txt");
    assert.equal(whole.headers['x-content-type-options'], 'nosniff');
    const part = await messaging.send('GET', target, undefined, { range: 'bytes=2-4' });
    assert.deepEqual([part.status, part.text, part.headers['content-range']], [206, '234', 'bytes 2-4/10']);
    assert.equal((await messaging.send('GET', target, undefined, { range: 'bytes=-3' })).text, '789');
    assert.equal((await messaging.send('GET', target, undefined, { range: 'bytes=10-' })).status, 416);
    assert.equal((await messaging.send('HEAD', target)).status, 200);
    const { rows } = { rows: await messaging.centre.database.query('SELECT count(*) FROM parley.attachment', []) };
    assert.deepEqual(rows, [['1']], 'the repetition stored no second file');
  });

  test('bring files from an address, but not from just any', async () => {
    const id = await start();
    // The receiver answers 200 to signed webhooks only; a plain GET of it is none, and its status is what counts here.
    const fetched = await say(id, { attachments: [{ name: 'a.txt', contentUrl: 'https://169.254.169.254/latest' }] });
    assert.deepEqual([fetched.status, fetched.json['code']], [400, 30012]);
    assert.match(String(fetched.json['detail']), /not a public one/);
    messaging.answers.push({ status: 404 });
    const missing = await say(id, { attachments: [{ name: 'a.txt', contentUrl: `${messaging.receiver}/a.txt` }] });
    assert.match(String(missing.json['detail']), /answered 404/);
  });

  test('leave no file behind when they are refused', async () => {
    const id = await start();
    await messaging.send('POST', `conversation/${id}`, { type: 'endOfConversation' });
    await messaging.centre.parts.conversations.execute(id, {
      kind: 'forceClose',
      by: { kind: 'supervisor', userId: demoPerson.supervisor.systemUserId },
    });
    await refused(say(id, { attachments: [{ name: 'a.txt', content: 'aGk=' }] }), 409);
    const rows = await messaging.centre.database.query(
      'SELECT count(*) FROM parley.attachment WHERE conversation_id = $1::uuid',
      [id],
    );
    assert.deepEqual(rows, [['0']]);
  });

  test('bring no programs', async () => {
    const id = await start();
    await refused(say(id, { attachments: [{ name: 'run.EXE', content: 'aGk=' }] }), 400, 30003);
  });

  test('may be typing, an event, or the end', async () => {
    const id = await start();
    for (const activity of [
      { type: 'typing', id: 't-1' },
      { type: 'event', name: 'CartChanged', id: 'e-1' },
    ]) {
      const reply = await messaging.send('POST', `conversation/${id}`, activity);
      assert.deepEqual([reply.status, reply.json], [200, { messageId: activity.id }]);
    }
    assert.equal((await messagesOf(id)).length, 1);
  });
});

describe('reading', () => {
  test('lists the open conversations of the channel, page by page', async () => {
    const customers = await Promise.all(
      [1, 2, 3].map(async () => {
        const customer = newCustomer();
        await start(customer);
        return customer;
      }),
    );
    const found: string[] = [];
    let token: unknown = '';
    do {
      const reply = await messaging.send('GET', `conversations?PageSize=2&ContinuationToken=${token}`);
      assert.equal(reply.status, 200, reply.text);
      const page = reply.json['conversations'] as { customerId: string; status: string }[];
      assert.ok(page.length <= 2);
      assert.ok(page.every(({ status }) => ['Open', 'Active', 'Waiting'].includes(status)));
      found.push(...page.map(({ customerId }) => customerId));
      token = reply.json['continuationToken'];
    } while (typeof token === 'string');
    assert.equal(new Set(found).size, found.length, 'none comes twice');
    for (const customer of customers) assert.ok(found.includes(customer));
    const later = await messaging.send('GET', 'conversations?StartTimeStamp=2999-01-01T00:00:00Z');
    assert.deepEqual(later.json, { conversations: [], continuationToken: null });
  });

  test('gives messages in order, page by page, without private ones', async () => {
    const id = await start();
    await answerAsAgent(id, 'Good morning');
    const { conversations } = messaging.centre.parts;
    const userId = demoPerson.agent1.systemUserId;
    await conversations.execute(id, {
      kind: 'addMessage',
      by: { kind: 'agent', userId },
      message: {
        clientId: null,
        author: { kind: 'agent', id: userId, name: 'Agent One' },
        audience: 'note',
        contentType: 'text/plain',
        content: 'A regular',
        attachments: [],
      },
    });
    await say(id, { text: 'Thanks' });
    const texts: unknown[] = [];
    let token: unknown = '';
    do {
      const { json } = await messaging.send('GET', `conversation/${id}/messages?PageSize=1&ContinuationToken=${token}`);
      const page = json['messages'] as { text: string }[];
      assert.equal(page.length, 1);
      texts.push(page[0]?.text);
      token = json['continuationToken'];
    } while (typeof token === 'string');
    assert.deepEqual(texts, ['Hello', 'Good morning', 'Thanks']);
  });

  for (const path of ['context', 'contexts'])
    test(`gives the ${path}`, async () => {
      const more = { conversationcontext: { order: { value: 'A1', isDisplayable: true } } };
      const { json } = await create(newCustomer(), more);
      const reply = await messaging.send('GET', `conversation/${json['conversationId']}/${path}`);
      assert.ok(
        JSON.parse(reply.text).some(
          (item: { name: string; value: string }) => item.name === 'order' && item.value === 'A1',
        ),
      );
    });
});

describe('what is wrong with a request', () => {
  const anyId = randomUUID();
  const cases: readonly [
    string,
    string,
    string,
    unknown,
    Record<string, string | undefined>,
    number,
    number | undefined,
  ][] = [
    ['no token', 'GET', 'conversations', undefined, { authorization: undefined }, 401, undefined],
    [
      'a caller without the privilege',
      'GET',
      'conversations',
      undefined,
      { authorization: 'Bearer agent1' },
      403,
      undefined,
    ],
    ['no organization-id', 'GET', 'conversations', undefined, { 'organization-id': undefined }, 400, 30001],
    ['another organization', 'GET', 'conversations', undefined, { 'organization-id': anyId }, 400, 30001],
    ['no channel-id', 'GET', 'conversations', undefined, { 'channel-id': undefined }, 400, 30002],
    ['a channel-id that is no GUID', 'GET', 'conversations', undefined, { 'channel-id': "' OR 1=1" }, 400, 30002],
    ['an unknown channel', 'GET', 'conversations', undefined, { 'channel-id': anyId }, 400, 30004],
    ['an unknown path', 'GET', 'nothing', undefined, {}, 404, undefined],
    ['another method', 'PUT', 'conversations', undefined, {}, 405, undefined],
    ['a conversation id that is no GUID', 'GET', 'conversation/x/messages', undefined, {}, 400, 30005],
    ['an unknown conversation', 'GET', `conversation/${anyId}/messages`, undefined, {}, 404, 30013],
    ['an unknown attachment', 'GET', `attachments/${anyId}`, undefined, {}, 404, 30013],
    ['a time that is none', 'GET', 'conversations?StartTimeStamp=yesterday', undefined, {}, 400, 30006],
    ['a time that does not exist', 'GET', 'conversations?StartTimeStamp=2026-13-45', undefined, {}, 400, 30006],
    ['251 conversations at once', 'GET', 'conversations?PageSize=251', undefined, {}, 400, 30007],
    ['no conversations at once', 'GET', 'conversations?PageSize=0', undefined, {}, 400, 30007],
    ['101 messages at once', 'GET', `conversation/${anyId}/messages?PageSize=101`, undefined, {}, 400, 30008],
    ['a token of somebody else', 'GET', 'conversations?ContinuationToken=%00!', undefined, {}, 400, 30009],
    [
      'a token of another list',
      'GET',
      `conversation/${anyId}/messages?ContinuationToken=Yw`,
      undefined,
      {},
      400,
      30009,
    ],
    ['a body that is not JSON', 'POST', 'conversation/create', '{"customercontext":', {}, 400, 30012],
    ['a body that is a list', 'POST', 'conversation/create', [], {}, 400, 30012],
    ['no body', 'POST', 'conversation/create', undefined, {}, 400, 30012],
    ['a body beyond 256 KB', 'POST', 'conversation/create', ' '.repeat(300_000), {}, 413, 30012],
  ];
  for (const [what, method, target, body, headers, status, code] of cases)
    test(`${what} is answered ${status}${code === undefined ? '' : ` with ${code}`}`, async () => {
      await refused(messaging.send(method, target, body, headers), status, code);
    });

  test('a 401 carries the challenge', async () => {
    const { headers } = await messaging.send('GET', 'conversations', undefined, { authorization: undefined });
    assert.equal(headers['www-authenticate'], 'Bearer');
  });

  test('the correlation id of the caller comes back, unless it could do harm', async () => {
    const given = await messaging.send('GET', 'conversations', undefined, { 'x-ms-correlation-id': 'my-trace.1' });
    assert.equal(given.headers['x-ms-correlation-id'], 'my-trace.1');
    const strange = await messaging.send('GET', 'conversations', undefined, { 'x-ms-correlation-id': '<b>' });
    assert.match(String(strange.headers['x-ms-correlation-id']), /^[0-9a-f-]{36}$/);
  });

  test('conversations of another channel do not exist', async () => {
    const id = await start();
    const admin = await messaging.centre.person('admin');
    const row = {
      msdyn_name: 'Other',
      'msdyn_liveworkstreamid@odata.bind': `/msdyn_liveworkstreams(${demoWorkStreams.custom.id})`,
    };
    const answer = await messaging.centre.send(admin, 'POST', 'msdyn_occustommessagingchannels', row);
    const other = { 'channel-id': /\(([0-9a-f-]{36})\)/.exec(answer.text)?.[1] };
    await refused(messaging.send('GET', `conversation/${id}/messages`, undefined, other), 404, 30013);
    await refused(messaging.send('POST', `conversation/${id}`, { type: 'typing' }, other), 404, 30013);
    const list = await messaging.send('GET', 'conversations', undefined, other);
    assert.deepEqual(list.json['conversations'], []);
  });

  test('a channel without work stream, and one of another kind, take nothing', async () => {
    const admin = await messaging.centre.person('admin');
    for (const [workStream, code] of [
      [undefined, 30014],
      [demoWorkStreams.sms.id, 30003],
    ] as const) {
      const bind =
        workStream === undefined
          ? {}
          : { 'msdyn_liveworkstreamid@odata.bind': `/msdyn_liveworkstreams(${workStream})` };
      const row = { msdyn_name: 'Odd', ...bind };
      const answer = await messaging.centre.send(admin, 'POST', 'msdyn_occustommessagingchannels', row);
      const headers = { 'channel-id': /\(([0-9a-f-]{36})\)/.exec(answer.text)?.[1] };
      await refused(messaging.send('GET', 'conversations', undefined, headers), 400, code);
    }
  });

  test('the webhook secret can be written and not be read', async () => {
    const admin = await messaging.centre.person('admin');
    const row = await messaging.centre.send(admin, 'GET', `msdyn_occustommessagingchannels(${messaging.channelId})`);
    assert.equal(row.status, 200);
    assert.ok(!row.text.includes('whsec_'));
    assert.ok(row.text.includes('parley_webhookurl'));
  });
});
