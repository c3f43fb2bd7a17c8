/** From what agents do to signed webhooks: order, retries, dead letters, states of delivery (behaviour reference, 10.3). */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import { demoPerson } from '../../demo/demo-ids.ts';
import { type MessagingCentre, openMessagingCentre } from './messaging-harness.ts';

const agentId = demoPerson.agent1.systemUserId;
const by = { kind: 'agent', userId: agentId } as const;
const hour = 3_600_000;

let messaging: MessagingCentre;
before(async () => {
  messaging = await openMessagingCentre();
});
after(() => messaging.drop());
beforeEach(async () => {
  messaging.answers.length = 0;
  await messaging.deliver();
  messaging.received.length = 0;
});

/** A conversation that agent 1 has, with everything told so far. */
async function startPicked(customerid = `customer-${randomUUID()}`): Promise<string> {
  const { json, text } = await messaging.send('POST', 'conversation/create', { customercontext: { customerid } });
  const id = json['conversationId'];
  assert.ok(typeof id === 'string', text);
  const picked = await messaging.centre.parts.conversations.execute(id, { kind: 'pick', by });
  assert.equal(picked.kind, 'accepted');
  await messaging.deliver();
  messaging.received.length = 0;
  return id;
}

async function write(id: string, content: string, audience: 'public' | 'note' = 'public'): Promise<string> {
  const result = await messaging.centre.parts.conversations.execute(id, {
    kind: 'addMessage',
    by,
    message: {
      clientId: null,
      author: { kind: 'agent', id: agentId, name: 'Agent One' },
      audience,
      contentType: 'text/plain',
      content,
      attachments: [],
    },
  });
  assert.ok(result.kind === 'accepted' && result.message !== null, JSON.stringify(result));
  return result.message.id;
}

async function deliveryOf(messageId: string): Promise<string | null | undefined> {
  const [row] = await messaging.centre.database.query('SELECT delivery FROM parley.message WHERE id = $1::uuid', [
    messageId,
  ]);
  return row?.[0];
}

function texts(): unknown[] {
  return messaging.received
    .filter(({ activity }) => activity['type'] === 'message')
    .map(({ activity }) => activity['text']);
}

function eventNames(): unknown[] {
  return messaging.received
    .filter(({ activity }) => activity['type'] === 'event')
    .map(({ activity }) => activity['name']);
}

async function deadJobs(conversationId: string): Promise<readonly (string | null)[]> {
  const rows = await messaging.centre.database.query(
    `SELECT last_error FROM parley.job WHERE is_dead AND lane = $1 ORDER BY id`,
    [conversationId],
  );
  return rows.map(([error]) => error?.replace('JobFailure: ', '') ?? null);
}

async function setChannel(columns: object): Promise<void> {
  const admin = await messaging.centre.person('admin');
  const target = `msdyn_occustommessagingchannels(${messaging.channelId})`;
  const answer = await messaging.centre.send(admin, 'PATCH', target, columns);
  assert.equal(answer.status, 204, answer.text);
}

describe('messages to the customer', () => {
  test('come as signed webhooks, in order, and are then delivered', async () => {
    const id = await startPicked();
    const sent = [await write(id, 'One'), await write(id, 'Two'), await write(id, 'Three')];
    await write(id, 'Between us', 'note');
    await messaging.deliver();
    assert.deepEqual(texts(), ['One', 'Two', 'Three']);
    assert.deepEqual(
      messaging.received.map((webhook) => webhook.id),
      sent,
    );
    assert.ok(messaging.received.every(({ path }) => path === `/v3/conversations/${id}/activities`));
    for (const message of sent) assert.equal(await deliveryOf(message), 'delivered');
  });

  test('are not told what the customer wrote', async () => {
    const id = await startPicked();
    await messaging.send('POST', `conversation/${id}`, { type: 'message', text: 'From me' });
    await messaging.deliver();
    assert.deepEqual(texts(), []);
  });

  test('become read when the customer says so, with those before', async () => {
    const id = await startPicked();
    const [first, second, third] = [await write(id, 'One'), await write(id, 'Two'), await write(id, 'Three')];
    await messaging.deliver();
    const activity = { type: 'event', name: 'MessageRead', value: { messageId: second } };
    assert.equal((await messaging.send('POST', `conversation/${id}`, activity)).status, 200);
    assert.deepEqual(await Promise.all([first, second, third].map((message) => deliveryOf(message ?? ''))), [
      'read',
      'read',
      'delivered',
    ]);
  });

  test('are one delivery when the event is handed over again', async () => {
    const id = await startPicked();
    await write(id, 'Once');
    await messaging.deliver();
    await messaging.handOver();
    await messaging.deliver();
    assert.deepEqual(texts(), ['Once']);
  });
});

describe('the life of the conversation', () => {
  test('is told by events', async () => {
    const id = await startPicked();
    const { conversations } = messaging.centre.parts;
    assert.equal((await conversations.execute(id, { kind: 'end', by })).kind, 'accepted');
    const supervisor = { kind: 'supervisor', userId: demoPerson.supervisor.systemUserId } as const;
    assert.equal((await conversations.execute(id, { kind: 'forceClose', by: supervisor })).kind, 'accepted');
    await messaging.deliver();
    assert.deepEqual(eventNames(), ['PrimaryAgentEndConversation', 'SupervisorForceClosedConversation']);
  });
});

describe('a receiver that fails', () => {
  test('is tried again with the same id, and what comes later waits', async () => {
    const id = await startPicked();
    const first = await write(id, 'One');
    await write(id, 'Two');
    messaging.answers.push({ status: 500 }, { status: 429, headers: { 'Retry-After': '60' } });
    await messaging.deliver();
    assert.deepEqual(texts(), []);
    messaging.centre.moveClock(2_000);
    await messaging.deliver();
    assert.deepEqual(texts(), []);
    messaging.centre.moveClock(30_000);
    await messaging.deliver();
    assert.deepEqual(texts(), [], 'not before the receiver asked for it');
    messaging.centre.moveClock(31_000);
    await messaging.deliver();
    assert.deepEqual(texts(), ['One', 'Two']);
    assert.equal(messaging.received[0]?.id, first);
  });

  test('delays only its own conversation', async () => {
    const [slow, other] = [await startPicked(), await startPicked()];
    messaging.answers.push({ status: 503 });
    await write(slow, 'Slow');
    await messaging.deliver();
    await write(slow, 'Behind');
    await write(other, 'Fast');
    await messaging.deliver();
    assert.deepEqual(texts(), ['Fast']);
    messaging.centre.moveClock(2_000);
    await messaging.deliver();
    assert.deepEqual(texts(), ['Fast', 'Slow', 'Behind']);
  });

  test('that refuses a message makes it fail at once, and the next one passes', async () => {
    const id = await startPicked();
    const first = await write(id, 'Refused');
    const second = await write(id, 'Taken');
    messaging.answers.push({ status: 422 });
    await messaging.deliver();
    assert.deepEqual(texts(), ['Taken']);
    assert.deepEqual([await deliveryOf(first), await deliveryOf(second)], ['failed', 'delivered']);
    assert.deepEqual(await deadJobs(id), ['answered 422']);
  });

  test('is given up after eight attempts', async () => {
    const id = await startPicked();
    const message = await write(id, 'Never');
    for (let attempt = 1; attempt <= 8; attempt++) {
      messaging.answers.push({ status: 500 });
      await messaging.deliver();
      messaging.centre.moveClock(2 * hour);
    }
    assert.equal(await deliveryOf(message), 'failed');
    assert.deepEqual(await deadJobs(id), ['answered 500']);
    await write(id, 'Next');
    await messaging.deliver();
    assert.deepEqual(texts(), ['Next']);
  });

  test('is not followed to another address', async () => {
    const id = await startPicked();
    await write(id, 'Here');
    messaging.answers.push({ status: 307, headers: { Location: `${messaging.receiver}/elsewhere` } });
    await messaging.deliver();
    assert.deepEqual(messaging.received, []);
    messaging.centre.moveClock(2_000);
    await messaging.deliver();
    assert.deepEqual(texts(), ['Here']);
  });

  test('that answers 410 gets no more until an administrator says so', async () => {
    const id = await startPicked();
    const first = await write(id, 'Gone');
    messaging.answers.push({ status: 410 });
    await messaging.deliver();
    const second = await write(id, 'Not sent');
    await messaging.deliver();
    assert.deepEqual(texts(), []);
    assert.deepEqual([await deliveryOf(first), await deliveryOf(second)], ['failed', 'failed']);
    await setChannel({ parley_webhookdisabledon: null });
    await write(id, 'Back');
    await messaging.deliver();
    assert.deepEqual(texts(), ['Back']);
  });
});

describe('a channel', () => {
  test('without an address is told nothing, and its messages wait to be fetched', async () => {
    const id = await startPicked();
    await setChannel({ parley_webhookurl: null });
    const message = await write(id, 'Fetch me');
    await messaging.deliver();
    await setChannel({ parley_webhookurl: messaging.receiver });
    assert.deepEqual(messaging.received, []);
    assert.equal(await deliveryOf(message), 'sent');
    assert.deepEqual(await deadJobs(id), []);
  });

  test('with an address inside the network fails, and nobody is called', async () => {
    const id = await startPicked();
    await setChannel({ parley_webhookurl: 'https://10.0.0.1/' });
    const message = await write(id, 'Inside');
    await messaging.deliver();
    await setChannel({ parley_webhookurl: messaging.receiver });
    assert.equal(await deliveryOf(message), 'failed');
    assert.deepEqual(await deadJobs(id), ['the address is not a public one']);
  });

  test('without a usable secret fails', async () => {
    const id = await startPicked();
    await setChannel({ parley_webhooksecret: null });
    const message = await write(id, 'Unsigned');
    await messaging.deliver();
    await setChannel({ parley_webhooksecret: messaging.secret });
    assert.equal(await deliveryOf(message), 'failed');
    assert.deepEqual(messaging.received, []);
  });
});
