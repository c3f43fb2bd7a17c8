import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import type { GuardedFetch, GuardedRequest } from './guarded-fetch.ts';
import { backOff, judgeAnswer, maximumAttempts, sendWebhook } from './send-webhook.ts';

const secret = `whsec_${Buffer.from('a secret of some length').toString('base64')}`;
const otherSecret = `whsec_${Buffer.from('the one before').toString('base64')}`;

/** The network: answers 200 and keeps what it was sent. */
function recordRequests(): { readonly fetch: GuardedFetch; readonly requests: GuardedRequest[] } {
  const requests: GuardedRequest[] = [];
  return {
    requests,
    fetch: {
      async send(request) {
        requests.push(request);
        return { kind: 'answered', status: 200, headers: {}, body: Buffer.alloc(0) };
      },
      close: async () => undefined,
    },
  };
}

describe('a webhook', () => {
  const delivery = { url: 'https://example.com/', id: 'm1', body: '{"text":"Grüße"}' };

  test('is signed so that a Standard Webhooks library accepts it', async () => {
    const { fetch, requests } = recordRequests();
    assert.deepEqual(await sendWebhook(fetch, { ...delivery, secret }), { kind: 'delivered' });
    const [request] = requests;
    assert.ok(request?.body !== undefined);
    assert.deepEqual(new Webhook(secret).verify(request.body, { ...request.headers }), { text: 'Grüße' });
    assert.equal(request.headers['webhook-id'], 'm1');
    assert.throws(() => new Webhook(secret).verify(`${request.body} `, { ...request.headers }));
  });

  test('carries a signature for each secret while one replaces another', async () => {
    const { fetch, requests } = recordRequests();
    await sendWebhook(fetch, { ...delivery, secret: `${secret} ${otherSecret}` });
    for (const one of [secret, otherSecret])
      assert.ok(new Webhook(one).verify(requests[0]?.body ?? '', { ...requests[0]?.headers }));
  });

  for (const bad of ['', 'whsec_', 'whsec_not base64!'])
    test(`is never sent with the secret "${bad}"`, async () => {
      const { fetch, requests } = recordRequests();
      assert.equal((await sendWebhook(fetch, { ...delivery, secret: bad })).kind, 'rejected');
      assert.deepEqual(requests, []);
    });
});

describe('the answer', () => {
  const now = Date.UTC(2026, 0, 5);

  for (const status of [200, 201, 202, 204])
    test(`${status} is a delivery`, () => assert.equal(judgeAnswer(status, undefined, now).kind, 'delivered'));
  for (const status of [400, 401, 403, 404, 413, 422])
    test(`${status} is final`, () => assert.equal(judgeAnswer(status, undefined, now).kind, 'rejected'));
  for (const status of [301, 302, 408, 425, 429, 500, 502, 503, 504])
    test(`${status} is tried again`, () => assert.equal(judgeAnswer(status, undefined, now).kind, 'retry'));
  test('410 wants no more of any', () => assert.equal(judgeAnswer(410, undefined, now).kind, 'gone'));

  for (const [status, header, expected] of [
    [429, '30', 30_000],
    [503, new Date(now + 90_000).toUTCString(), 90_000],
    [503, new Date(now - 90_000).toUTCString(), 0],
    [429, '999999999', 3_600_000],
    [429, 'soon', undefined],
    [429, undefined, undefined],
    [500, '30', undefined],
  ] as const)
    test(`${status} with Retry-After ${header} waits ${expected}`, () => {
      const outcome = judgeAnswer(status, header, now);
      assert.equal(outcome.kind === 'retry' ? outcome.afterMilliseconds : 'other', expected);
    });
});

test('the back-off grows, differs between deliveries, and is the same every time', () => {
  const delays = Array.from({ length: maximumAttempts - 1 }, (_, index) => backOff(index + 1, 'm1'));
  for (const [index, delay] of delays.entries()) {
    assert.ok(delay >= 800 * 4 ** index && delay <= 1200 * 4 ** index, String(delay));
    assert.equal(delay, backOff(index + 1, 'm1'));
  }
  assert.notEqual(backOff(5, 'm1'), backOff(5, 'm2'));
});
