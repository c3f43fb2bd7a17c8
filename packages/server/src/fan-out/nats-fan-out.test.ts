import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '../log.ts';
import type { FanOut } from './fan-out.ts';
import { createNatsFanOut, type NatsFanOutOptions } from './nats-fan-out.ts';
import { type NatsServer, startNatsServer } from './nats-harness.ts';

const log = createLog('silent');
const server = await startNatsServer();
const closing: (() => Promise<void>)[] = [() => server.stop()];
after(async () => {
  for (const close of closing.reverse()) await close();
});

function open(options: Partial<NatsFanOutOptions> = {}): FanOut {
  const fanOut = createNatsFanOut({ urls: [server.url], log, subjects: ['events', 'wake'], ...options });
  closing.push(() => fanOut.close());
  return fanOut;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

async function openConnected(options: Partial<NatsFanOutOptions> = {}): Promise<FanOut> {
  const fanOut = open(options);
  await until(() => fanOut.status().isConnected);
  return fanOut;
}

function record(fanOut: FanOut): string[] {
  const heard: string[] = [];
  fanOut.subscribe((subject, payload) => heard.push(`${subject}:${payload}`));
  return heard;
}

async function startSecured(...more: string[]): Promise<NatsServer> {
  const secured = await startNatsServer(...more);
  closing.push(() => secured.stop());
  return secured;
}

test('what one process publishes, all hear, in order, the publisher too', async () => {
  const [left, right] = [await openConnected(), await openConnected()];
  const heard = [record(left), record(right)];
  await left.publish('events', ['one', 'two', '雪']);
  await left.publish('wake', ['']);
  for (const each of heard) {
    await until(() => each.length === 4);
    assert.deepEqual(each, ['events:one', 'events:two', 'events:雪', 'wake:']);
  }
  assert.equal(left.status().sentCount, 4);
  assert.equal(right.status().heardCount, 4);
});

test('a listener that throws disturbs no other, and one that was taken back hears nothing', async () => {
  const fanOut = await openConnected();
  fanOut.subscribe(() => {
    throw new Error('no');
  });
  const heard = record(fanOut);
  const ended: string[] = [];
  fanOut.subscribe((_, payload) => ended.push(payload))();
  await fanOut.publish('events', ['here']);
  await until(() => heard.length > 0);
  assert.deepEqual(heard, ['events:here']);
  assert.deepEqual(ended, []);
});

test('installations with different prefixes do not hear each other', async () => {
  const [left, right] = [await openConnected({ prefix: 'left' }), await openConnected({ prefix: 'right' })];
  const heard = record(right);
  await left.publish('events', ['for the left']);
  await right.publish('events', ['for the right']);
  await until(() => heard.length > 0);
  assert.deepEqual(heard, ['events:for the right']);
});

test('while NATS is away publishing returns and drops; when it is back there is a gap and then everything is heard', async () => {
  const other = await startSecured();
  const [left, right] = [await openConnected({ urls: [other.url] }), await openConnected({ urls: [other.url] })];
  const heard = record(right);
  let gaps = 0;
  right.onGap(() => gaps++);
  await other.stop();
  await until(() => !left.status().isConnected && !right.status().isConnected);
  await left.publish('events', ['lost', 'lost too']);
  assert.equal(left.status().droppedCount, 2);
  await other.start();
  await until(() => left.status().isConnected && right.status().isConnected);
  assert.equal(gaps, 1);
  await left.publish('events', ['after']);
  await until(() => heard.length > 0);
  assert.deepEqual(heard, ['events:after']);
});

test('a server that starts after us is found, and its first connection is a gap', async () => {
  const late = await startSecured();
  await late.stop();
  const fanOut = open({ urls: [late.url] });
  let gaps = 0;
  fanOut.onGap(() => gaps++);
  await fanOut.publish('events', ['nobody there']);
  assert.equal(fanOut.status().droppedCount, 1);
  await late.start();
  await until(() => fanOut.status().isConnected);
  assert.equal(gaps, 1);
});

test('a fan-out that never connected can be closed', async () => {
  const late = await startSecured();
  await late.stop();
  const fanOut = createNatsFanOut({ urls: [late.url], log, subjects: ['events'] });
  await fanOut.close();
  await fanOut.publish('events', ['too late']);
  assert.equal(fanOut.status().droppedCount, 1);
});

test('user and password, or a token, come from the address', async () => {
  const withUser = await startSecured('--user', 'parley', '--pass', 'p@ss word');
  const address = new URL(withUser.url);
  address.username = 'parley';
  address.password = 'p@ss word';
  await openConnected({ urls: [address.href] });
  const withToken = await startSecured('--auth', 'a-token');
  const tokenAddress = new URL(withToken.url);
  tokenAddress.username = 'a-token';
  await openConnected({ urls: [tokenAddress.href] });
});

test('a payload that no server would take is dropped, and the others are sent', async () => {
  const fanOut = await openConnected();
  const heard = record(fanOut);
  await fanOut.publish('events', ['x'.repeat(1_000_001), 'short', 'y'.repeat(1_000_000)]);
  await until(() => heard.length === 2);
  assert.equal(fanOut.status().droppedCount, 1);
  await assert.rejects(fanOut.publish('not a subject', ['x']), RangeError);
});
