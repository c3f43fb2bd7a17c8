/** What outlives one request: limits on failed sign-ins, and the signing keys. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { decodeProtectedHeader } from 'jose';
import { clientCredentials, passwordOf, requestToken } from './browser-harness.ts';
import type { SignInOptions } from './sign-in.ts';
import {
  people,
  prepareSignIn,
  type RunningSignIn,
  type ScratchDatabase,
  startSignIn,
  tenantId,
} from './sign-in-harness.ts';

let database: ScratchDatabase;
let running: RunningSignIn;
let close: () => Promise<void>;

before(async () => {
  ({ database, running, close } = await prepareSignIn());
});
after(() => close?.());

describe('limits on failures', () => {
  test('refuse an account after ten failures, also with the right password, and success starts the count afresh', async () => {
    const { pool } = database;
    await pool.query('DELETE FROM parley.sign_in_attempt');
    const wrong = passwordOf({ name: people.leaver.name, password: 'wrong' });
    for (let failure = 0; failure < 9; failure += 1) {
      assert.equal((await requestToken(running.origin, wrong)).status, 400);
    }
    assert.equal((await requestToken(running.origin, passwordOf(people.leaver))).status, 200);
    const burst = await Promise.all(Array.from({ length: 14 }, () => requestToken(running.origin, wrong)));
    assert.deepEqual(burst.map(({ status }) => status).sort(), [...Array(10).fill(400), ...Array(4).fill(429)]);
    const refused = await requestToken(running.origin, passwordOf(people.leaver));
    assert.equal(refused.status, 429);
    assert.equal(refused.body['error'], 'temporarily_unavailable');
    const wait = Number(refused.headers.get('retry-after'));
    assert.ok(wait > 0 && wait <= 300, `Retry-After ${wait}`);
    assert.equal((await requestToken(running.origin, passwordOf(people.agent))).status, 200);
    await pool.query(`UPDATE parley.sign_in_attempt SET attempted_at = attempted_at - interval '6 minutes'`);
    assert.equal((await requestToken(running.origin, passwordOf(people.leaver))).status, 200);
  });

  test('refuse an address after a hundred failures over many accounts, client secrets included', async () => {
    const { pool } = database;
    await pool.query('DELETE FROM parley.sign_in_attempt');
    await pool.query(
      `INSERT INTO parley.sign_in_attempt (account, address) SELECT 'account ' || n, '127.0.0.1' FROM generate_series(1, 99) AS n`,
    );
    assert.equal(
      (await requestToken(running.origin, { ...clientCredentials(running.origin), client_secret: 'wrong' })).status,
      401,
    );
    const refused = await requestToken(running.origin, clientCredentials(running.origin));
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    await pool.query('DELETE FROM parley.sign_in_attempt');
  });
});

describe('signing keys', () => {
  test('are made once when several processes start on an empty table', async () => {
    await database.pool.query('DELETE FROM parley.sign_in_key');
    const processes = await Promise.all([1, 2, 3].map(() => startSignIn(database.pool)));
    try {
      const { rows } = await database.pool.query('SELECT kid FROM parley.sign_in_key');
      assert.equal(rows.length, 1);
      const published = await Promise.all(processes.map(async ({ origin }) => readKeyIds(origin)));
      assert.equal(new Set(published.flat()).size, 1);
    } finally {
      await Promise.all(processes.map((process) => process.close()));
    }
  });

  test('are replaced when old: published first, then signing, the old one verifying until it goes', async (context) => {
    const { pool } = database;
    const open = async (options: Partial<SignInOptions> = {}) => {
      const process = await startSignIn(pool, options);
      context.after(() => process.close());
      return process;
    };
    const first = await open();
    const origins = { allowedOrigins: [first.origin, first.otherOrigin] };
    const before = String(
      (await requestToken(first.origin, { ...clientCredentials(running.origin), scope: '' })).body['access_token'],
    );
    const oldKid = decodeProtectedHeader(before).kid;
    await pool.query(`UPDATE parley.sign_in_key SET signs_from = now() - interval '91 days'`);

    const second = await open({ publicUrl: first.origin, ...origins });
    const published = await readKeyIds(second.origin);
    assert.equal(published.length, 2);
    assert.equal(published[0], oldKid, 'the old key still signs');
    await pool.query(`UPDATE parley.sign_in_key SET signs_from = now() WHERE kid <> $1`, [oldKid]);

    const third = await open({ publicUrl: first.origin, ...origins });
    const renewed = await requestToken(third.origin, { ...clientCredentials(running.origin), scope: '' });
    const after = String(renewed.body['access_token']);
    assert.notEqual(decodeProtectedHeader(after).kid, oldKid);
    assert.ok('systemUserId' in (await third.signIn.verify(before)), 'a token of the old key');
    assert.ok('systemUserId' in (await second.signIn.verify(after)), 'a token of the new key');

    await pool.query(`UPDATE parley.sign_in_key SET signs_from = now() - interval '16 days' WHERE kid <> $1`, [oldKid]);
    const fourth = await open({ publicUrl: first.origin, ...origins });
    assert.deepEqual(await readKeyIds(fourth.origin), [decodeProtectedHeader(after).kid]);
    assert.deepEqual(await fourth.signIn.verify(before), { problem: 'The token is signed with an unknown key.' });
  });
});

async function readKeyIds(origin: string): Promise<string[]> {
  const response = await fetch(`${origin}/${tenantId}/discovery/v2.0/keys`);
  // The shape is asserted by its use.
  const { keys } = (await response.json()) as { keys: Array<{ kid: string; d?: string }> };
  assert.ok(keys.every((key) => key.d === undefined));
  return keys.map(({ kid }) => kid);
}

test('nothing unexpected was logged', () => {
  assert.deepEqual(running.complaints, []);
});
