/** People: authorization code with PKCE through the pages, and refresh tokens. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { setUserPassword } from './accounts.ts';
import {
  getJson,
  makeProof,
  openBrowser,
  passwordOf,
  readForm,
  refreshWith,
  requestToken,
  signInThroughPages,
  writeAuthorizeUrl,
} from './browser-harness.ts';
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

describe('authorization code with PKCE', () => {
  test('signs a person in through the pages and gives tokens that verify independently', async () => {
    const { back, leavesTo, tokens } = await signInThroughPages(running.origin);
    assert.ok(leavesTo.startsWith(`${running.origin}/desktop?`));
    assert.equal(back.get('state'), 'st4te');
    assert.equal(tokens.status, 200, JSON.stringify(tokens.body));

    const metadata = await getJson(`${running.origin}/organizations/v2.0/.well-known/openid-configuration`);
    assert.equal(metadata['issuer'], `${running.origin}/${tenantId}/v2.0`);
    assert.equal(metadata['token_endpoint'], `${running.origin}/${tenantId}/oauth2/v2.0/token`);
    assert.equal(metadata['jwks_uri'], `${running.origin}/${tenantId}/discovery/v2.0/keys`);
    const keys = createRemoteJWKSet(new URL(metadata['jwks_uri'] ?? ''));
    const access = await jwtVerify(String(tokens.body['access_token']), keys, {
      issuer: metadata['issuer'] ?? '',
      audience: running.origin,
    });
    assert.equal(access.payload.sub, people.agent.systemUserId);
    assert.equal(access.payload['oid'], 'c2a7b1a0-33c4-4f06-8b0e-9a3b4a1f0e55');
    assert.equal(access.payload['appid'], 'parley-desktop');
    assert.equal(access.payload['preferred_username'], people.agent.name);
    const id = await jwtVerify(String(tokens.body['id_token']), keys, {
      issuer: metadata['issuer'] ?? '',
      audience: 'parley-desktop',
    });
    assert.equal(id.payload['nonce'], 'n0nce');
    assert.equal(id.payload['name'], 'Ada Agent');
    assert.equal(id.payload['email'], 'ada@mail.example');

    const userinfo = await fetch(metadata['userinfo_endpoint'] ?? '', {
      headers: { authorization: `Bearer ${tokens.body['access_token']}` },
    });
    assert.equal(userinfo.status, 200);
    assert.ok((await userinfo.text()).includes(`"preferred_username":"${people.agent.name}"`));
    assert.equal((await fetch(metadata['userinfo_endpoint'] ?? '')).status, 401);
  });

  test('does not take an id token for an access token', async () => {
    const { tokens } = await signInThroughPages(running.origin);
    assert.ok('problem' in (await running.signIn.verify(String(tokens.body['id_token']))));
  });

  test('takes a code once, and its second use revokes what the first gave', async () => {
    const { exchange, tokens } = await signInThroughPages(running.origin);
    const again = await requestToken(running.origin, exchange);
    assert.equal(again.status, 400);
    assert.equal(again.body['error'], 'invalid_grant');
    const refreshed = await requestToken(running.origin, refreshWith(running.origin, tokens.body['refresh_token']));
    assert.equal(refreshed.body['error'], 'invalid_grant');
  });

  test('gives tokens to exactly one of two simultaneous uses of a code', async () => {
    const browser = await signInThroughPages(running.origin);
    const { verifier, challenge } = makeProof();
    const answer = await browser.browser.go(writeAuthorizeUrl(running.origin, challenge));
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const exchange = { ...browser.exchange, code, code_verifier: verifier };
    const answers = await Promise.all([requestToken(running.origin, exchange), requestToken(running.origin, exchange)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400]);
  });

  test('is refused without a proof, and with another proof', async () => {
    const browser = openBrowser();
    const plain = new URL(writeAuthorizeUrl(running.origin, ''));
    plain.searchParams.delete('code_challenge');
    plain.searchParams.delete('code_challenge_method');
    const refused = await browser.go(plain.href);
    const back = new URL(refused.headers.get('location') ?? '');
    assert.equal(back.pathname, '/desktop');
    assert.equal(back.searchParams.get('error'), 'invalid_request');

    const { exchange } = await signInThroughPages(running.origin);
    const other = await requestToken(running.origin, { ...exchange, code_verifier: makeProof().verifier });
    assert.equal(other.body['error'], 'invalid_grant');
  });

  test('sends a foreign scope back to the client, and a foreign redirect address nowhere', async () => {
    const browser = openBrowser();
    const { challenge } = makeProof();
    const foreign = await browser.go(
      writeAuthorizeUrl(running.origin, challenge, { scope: 'openid https://elsewhere.example/.default' }),
    );
    assert.equal(new URL(foreign.headers.get('location') ?? '').searchParams.get('error'), 'invalid_scope');
    const astray = await browser.go(
      writeAuthorizeUrl(running.origin, challenge, { redirectUri: 'https://elsewhere.example/' }),
    );
    assert.equal(astray.status, 400);
    assert.match(astray.headers.get('content-type') ?? '', /text\/html/);
    assert.equal(astray.headers.get('location'), null);
  });

  test('answers by form post on request, with a policy that allows just that post', async () => {
    const { browser } = await signInThroughPages(running.origin);
    const { challenge } = makeProof();
    const page = await browser.go(
      writeAuthorizeUrl(running.origin, challenge, {
        redirectUri: `${running.otherOrigin}/desktop`,
        extra: { response_mode: 'form_post' },
      }),
    );
    const { action, fields } = readForm(await page.text());
    assert.equal(action, `${running.otherOrigin}/desktop`);
    assert.ok(fields['code']);
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(policy, /script-src 'sha256-/);
    assert.ok(policy.includes(`form-action 'self' ${running.otherOrigin}`), policy);
  });

  test('answers in the fragment on request, and silently only with a session', async () => {
    const { browser } = await signInThroughPages(running.origin);
    const extra = { response_mode: 'fragment', prompt: 'none' };
    const { challenge } = makeProof();
    const known = await browser.go(writeAuthorizeUrl(running.origin, challenge, { extra }));
    assert.match(known.headers.get('location') ?? '', /\/desktop#.*code=/);
    const unknown = await openBrowser().go(writeAuthorizeUrl(running.origin, challenge, { extra }));
    assert.match(unknown.headers.get('location') ?? '', /\/desktop#error=login_required/);
  });

  test('works at the address of the challenge with the resource parameter', async () => {
    assert.equal(
      running.signIn.challenge(running.origin),
      `Bearer authorization_uri=${running.origin}/${tenantId}/oauth2/authorize, resource_id=${running.origin}/`,
    );
    const { browser } = await signInThroughPages(running.origin);
    const { challenge } = makeProof();
    const url = new URL(writeAuthorizeUrl(running.origin, challenge));
    url.pathname = `/${tenantId}/oauth2/authorize`;
    url.searchParams.delete('nonce');
    url.searchParams.delete('scope');
    url.searchParams.set('resource', `${running.origin}/`);
    const answer = await browser.go(url.href);
    assert.ok(new URL(answer.headers.get('location') ?? '').searchParams.get('code'));
  });
});

describe('refresh tokens', () => {
  test('are replaced at each use, and a replay ends the whole family', async () => {
    const { tokens } = await signInThroughPages(running.origin);
    const first = await requestToken(running.origin, refreshWith(running.origin, tokens.body['refresh_token']));
    assert.equal(first.status, 200, JSON.stringify(first.body));
    assert.notEqual(first.body['refresh_token'], tokens.body['refresh_token']);
    assert.ok('systemUserId' in (await running.signIn.verify(String(first.body['access_token']))));

    const replay = await requestToken(running.origin, refreshWith(running.origin, tokens.body['refresh_token']));
    assert.equal(replay.body['error'], 'invalid_grant');
    const successor = await requestToken(running.origin, refreshWith(running.origin, first.body['refresh_token']));
    assert.equal(successor.body['error'], 'invalid_grant');
  });

  test('are kept in the database only as hashes', async () => {
    const { tokens } = await signInThroughPages(running.origin);
    const { rows } = await database.pool.query<{ text: string }>(
      'SELECT r::text AS text FROM parley.sign_in_record AS r',
    );
    assert.ok(rows.length > 0);
    assert.ok(!rows.some(({ text }) => text.includes(String(tokens.body['refresh_token']))));
  });

  test('end with a changed password', async () => {
    const { tokens } = await signInThroughPages(running.origin);
    await setUserPassword(database.pool, people.agent.systemUserId, 'another one');
    await setUserPassword(database.pool, people.agent.systemUserId, people.agent.password, 'demo');
    const refreshed = await requestToken(running.origin, refreshWith(running.origin, tokens.body['refresh_token']));
    assert.equal(refreshed.body['error'], 'invalid_grant');
  });

  test('of the demo client end when the person is disabled', async () => {
    const { body } = await requestToken(running.origin, {
      ...passwordOf(people.leaver),
      scope: 'openid offline_access',
    });
    await database.pool.query('UPDATE data.systemuser SET isdisabled = true WHERE systemuserid = $1', [
      people.leaver.systemUserId,
    ]);
    const refresh = { ...refreshWith(running.origin, body['refresh_token']), client_id: 'parley-demo-cli' };
    assert.equal((await requestToken(running.origin, refresh)).body['error'], 'invalid_grant');
    assert.equal((await requestToken(running.origin, passwordOf(people.leaver))).body['error'], 'invalid_grant');
    await database.pool.query('UPDATE data.systemuser SET isdisabled = false WHERE systemuserid = $1', [
      people.leaver.systemUserId,
    ]);
  });
});

describe('demo accounts when the demo is turned off', () => {
  test('are refused by the form, by refresh and by the tokens they have; other people are not', async () => {
    const { tokens } = await signInThroughPages(running.origin);
    const plain = await startSignIn(database.pool, {
      demo: false,
      allowedOrigins: [running.origin, running.otherOrigin],
      publicUrl: running.origin,
    });
    try {
      const refreshed = await requestToken(plain.origin, refreshWith(running.origin, tokens.body['refresh_token']));
      assert.equal(refreshed.body['error'], 'invalid_grant');
      assert.deepEqual(await plain.signIn.verify(String(tokens.body['access_token'])), {
        problem: 'The token is from a demo sign-in, and these are off.',
      });
    } finally {
      await plain.close();
    }
    const own = await startSignIn(database.pool, { demo: false });
    try {
      await assert.rejects(signInThroughPages(own.origin), /Invalid URL/, 'the form does not lead out');
      const { tokens: others } = await signInThroughPages(own.origin, { person: people.leaver });
      assert.equal(others.status, 200);
    } finally {
      await own.close();
    }
  });
});

test('nothing unexpected was logged', () => {
  assert.deepEqual(running.complaints, []);
});
