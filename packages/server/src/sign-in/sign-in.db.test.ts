/** Token requests of application users and demo people, and the addresses, over real HTTP and a real PostgreSQL. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { setApplicationSecret } from './accounts.ts';
import {
  clientCredentials,
  getJson,
  makeProof,
  passwordOf,
  postForm,
  requestToken,
  writeAuthorizeUrl,
} from './browser-harness.ts';
import {
  application,
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

describe('client credentials', () => {
  test('give an application user a token with the documented claims', async () => {
    const { status, body } = await requestToken(running.origin, clientCredentials(running.origin));
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body['token_type'], 'Bearer');
    assert.equal(body['expires_in'], 3600);
    const token = String(body['access_token']);
    const claims = decodeJwt(token);
    assert.equal(claims.iss, `${running.origin}/${tenantId}/v2.0`);
    assert.equal(claims.aud, running.origin);
    assert.equal(claims.sub, application.clientId);
    assert.equal(claims['tid'], tenantId);
    assert.equal(claims['appid'], application.clientId);
    assert.equal(claims['parley_uid'], application.systemUserId);
    assert.equal(Number(claims.exp) - Number(claims.iat), 3600);
    assert.equal(decodeProtectedHeader(token).alg, 'RS256');
    const subject = await running.signIn.verify(token);
    assert.deepEqual(subject, {
      systemUserId: application.systemUserId,
      applicationId: application.clientId,
      expiresAt: claims.exp,
    });
  });

  test('are also taken from the Authorization header, in capitals, at every tenant name and the older address', async () => {
    const { client_id, client_secret, ...form } = clientCredentials(running.origin);
    const basic = Buffer.from(`${client_id}:${encodeURIComponent(client_secret)}`).toString('base64');
    for (const path of [
      `${tenantId}/oauth2/v2.0/token`,
      `${tenantId.toUpperCase()}/oauth2/v2.0/token`,
      'organizations/oauth2/v2.0/token',
      'common/oauth2/token',
    ]) {
      const answer = await postForm(`${running.origin}/${path}`, form, { authorization: `Basic ${basic}` });
      assert.equal(answer.status, 200, path);
    }
    const capitals = await requestToken(running.origin, {
      ...clientCredentials(running.origin),
      client_id: client_id.toUpperCase(),
    });
    assert.equal(capitals.status, 200);
  });

  test('take the scope with a double slash, user_impersonation, or the older resource parameter', async () => {
    const { scope: _scope, ...form } = clientCredentials(running.origin);
    for (const asked of [
      { scope: `${running.origin}//.default` },
      { scope: `${running.origin}/user_impersonation` },
      { resource: `${running.origin}/` },
      { resource: running.origin },
    ]) {
      const { status, body } = await requestToken(running.origin, { ...form, ...asked });
      assert.equal(status, 200, JSON.stringify({ asked, body }));
      assert.equal(decodeJwt(String(body['access_token'])).aud, running.origin);
    }
  });

  test('give a token for our other origin when the scope names it, taken on both', async () => {
    const { body } = await requestToken(running.origin, {
      ...clientCredentials(running.origin),
      scope: `${running.otherOrigin}/.default`,
    });
    const token = String(body['access_token']);
    assert.equal(decodeJwt(token).aud, running.otherOrigin);
    assert.ok('systemUserId' in (await running.signIn.verify(token)));
  });

  test('are refused for a resource that is not ours', async () => {
    for (const asked of [
      { scope: 'https://elsewhere.example/.default' },
      { scope: `${running.origin}.evil.example/.default` },
      { scope: '', resource: 'https://elsewhere.example/' },
    ]) {
      const { status, body } = await requestToken(running.origin, { ...clientCredentials(running.origin), ...asked });
      assert.equal(status, 400);
      assert.equal(body['error'], 'invalid_scope');
    }
  });

  test('with a wrong secret and of an unknown client are refused in the same words', async () => {
    const wrong = await requestToken(running.origin, { ...clientCredentials(running.origin), client_secret: 'wrong' });
    const unknown = await requestToken(running.origin, {
      ...clientCredentials(running.origin),
      client_id: '00000000-0000-4000-8000-000000000001',
    });
    assert.equal(wrong.status, 401);
    assert.equal(wrong.body['error'], 'invalid_client');
    assert.deepEqual(unknown, { ...unknown, status: wrong.status, body: wrong.body });
  });

  test('serve a client that asks a hundred times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => requestToken(running.origin, clientCredentials(running.origin))),
    );
    assert.ok(answers.every(({ status }) => status === 200));
  });

  test('follow a changed secret, and stop with the user', async () => {
    await setApplicationSecret(database.pool, { ...application, secret: 'the next secret' });
    assert.equal((await requestToken(running.origin, clientCredentials(running.origin))).status, 401);
    const next = { ...clientCredentials(running.origin), client_secret: 'the next secret' };
    assert.equal((await requestToken(running.origin, next)).status, 200);
    await setApplicationSecret(database.pool, application);
    await database.pool.query('UPDATE data.systemuser SET isdisabled = true WHERE systemuserid = $1', [
      application.systemUserId,
    ]);
    assert.equal((await requestToken(running.origin, clientCredentials(running.origin))).status, 401);
    await database.pool.query('UPDATE data.systemuser SET isdisabled = false WHERE systemuserid = $1', [
      application.systemUserId,
    ]);
    assert.equal((await requestToken(running.origin, clientCredentials(running.origin))).status, 200);
  });
});

describe('the demo password grant', () => {
  test('signs a person in by user name in any case, or by email', async () => {
    for (const name of ['agent1@parley.demo', 'AGENT1@Parley.Demo', 'ada@mail.example']) {
      const { status, body } = await requestToken(running.origin, passwordOf({ ...people.agent, name }));
      assert.equal(status, 200, JSON.stringify(body));
      const claims = decodeJwt(String(body['access_token']));
      assert.equal(claims['upn'], 'agent1@parley.demo');
      assert.equal(claims['parley_uid'], people.agent.systemUserId);
      assert.equal(claims['azp'], 'parley-demo-cli');
      const subject = await running.signIn.verify(String(body['access_token']));
      assert.deepEqual(subject, {
        systemUserId: people.agent.systemUserId,
        applicationId: undefined,
        expiresAt: claims.exp,
      });
    }
  });

  test('refuses a wrong password, an unknown and an impossible name in the same words', async () => {
    const answers = await Promise.all([
      requestToken(running.origin, passwordOf({ name: people.agent.name, password: 'wrong' })),
      requestToken(running.origin, passwordOf({ name: 'nobody@parley.demo', password: 'parley-demo' })),
      requestToken(running.origin, passwordOf({ name: 'no\0body', password: 'parley\0demo' })),
    ]);
    for (const { status, body } of answers) {
      assert.equal(status, 400);
      assert.deepEqual(body, { error: 'invalid_grant', error_description: 'The user name or the password is wrong.' });
    }
  });

  test('is not open to other clients', async () => {
    const application = await requestToken(running.origin, {
      ...clientCredentials(running.origin),
      ...passwordOf(people.agent),
      client_id: clientCredentials(running.origin).client_id,
    });
    assert.equal(application.status, 400);
    const desktop = await requestToken(running.origin, { ...passwordOf(people.agent), client_id: 'parley-desktop' });
    assert.equal(desktop.status, 400);
    assert.equal(desktop.body['error'], 'invalid_request');
  });

  test('does not exist without the demo', async () => {
    const plain = await startSignIn(database.pool, { demo: false });
    try {
      const { status, body } = await requestToken(plain.origin, passwordOf(people.agent));
      assert.equal(status, 401);
      assert.equal(body['error'], 'invalid_client');
    } finally {
      await plain.close();
    }
  });
});

describe('addresses', () => {
  test('of another tenant are 404 in JSON, of others none of ours', async () => {
    const foreign = await requestToken(
      running.origin,
      clientCredentials(running.origin),
      '11111111-1111-4111-8111-111111111111',
    );
    assert.equal(foreign.status, 404);
    assert.equal(foreign.body['error'], 'invalid_tenant');
    assert.equal((await fetch(`${running.origin}/api/data/v9.2/WhoAmI`)).status, 418);
    assert.equal((await fetch(`${running.origin}/${tenantId}/oauth2/v2.0/nothing`)).status, 404);
  });

  test('take only their methods', async () => {
    const answer = await fetch(`${running.origin}/${tenantId}/oauth2/v2.0/token`);
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.get('allow'), 'POST, OPTIONS');
  });

  test('answer bad bodies with OAuth errors', async () => {
    const url = `${running.origin}/${tenantId}/oauth2/v2.0/token`;
    assert.equal((await postForm(url, { grant_type: 'x'.repeat(60_000) })).status, 413);
    const json = await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    assert.equal(json.status, 400);
    assert.match(await json.text(), /"error":"invalid_request"/);
    for (const form of [
      {},
      { grant_type: 'client_credentials' },
      { grant_type: 'nonsense', client_id: 'parley-desktop' },
      { client_id: '\0' },
    ]) {
      const { status, body } = await postForm(url, form);
      assert.ok(status === 400 || status === 401, JSON.stringify(body));
      assert.equal(typeof body['error'], 'string');
    }
  });

  test('answer odd parameters with an error of the client, never one of the server', async () => {
    const odd = ['', '\0', '💥', '%', '../..', '"><script>', '{}', 'a'.repeat(5000)];
    const authorize = new URL(writeAuthorizeUrl(running.origin, makeProof().challenge));
    const names = [...authorize.searchParams.keys(), 'prompt', 'max_age', 'login_hint', 'resource', 'response_mode'];
    for (const name of names) {
      for (const value of odd) {
        const url = new URL(authorize);
        url.searchParams.set(name, value);
        const answer = await fetch(url, { redirect: 'manual' });
        assert.ok(answer.status < 500, `${name}=${value}`);
        assert.ok(!(await answer.text()).includes('"><script>'));
      }
    }
    const exchange = { grant_type: 'authorization_code', client_id: 'parley-desktop', code: 'x', redirect_uri: 'x' };
    for (const name of [...Object.keys(exchange), 'code_verifier', 'scope', 'resource', 'refresh_token']) {
      for (const value of odd) {
        const { status } = await requestToken(running.origin, { ...exchange, [name]: value });
        assert.ok(status === 400 || status === 401, `${name}=${value}: ${status}`);
      }
    }
  });

  test('are refused for a host that is not ours', async () => {
    const answer = await startSignIn(database.pool, { allowedOrigins: ['https://parley.example'] });
    assert.equal((await requestToken(answer.origin, clientCredentials(running.origin))).status, 400);
    await answer.close();
  });

  test('carry the public origin when there is one', async () => {
    const server = await startSignIn(database.pool, { publicUrl: 'https://parley.example/', allowedOrigins: [] });
    const metadata = await getJson(`${server.origin}/${tenantId}/v2.0/.well-known/openid-configuration`);
    assert.equal(metadata['issuer'], `https://parley.example/${tenantId}/v2.0`);
    assert.equal(metadata['authorization_endpoint'], `https://parley.example/${tenantId}/oauth2/v2.0/authorize`);
    const url = writeAuthorizeUrl(server.origin, makeProof().challenge, {
      redirectUri: 'https://parley.example/desktop',
      scope: 'openid https://parley.example/.default',
    });
    const answer = await fetch(url, { redirect: 'manual' });
    assert.match(answer.headers.get('set-cookie') ?? '', /parley-sign-in-tls=.*secure/);
    await server.close();
  });

  test('allow scripts of our own origins and no others at the token endpoint', async () => {
    const url = `${running.origin}/${tenantId}/oauth2/v2.0/token`;
    const form = passwordOf(people.agent);
    const own = await postForm(url, form, { origin: running.otherOrigin });
    assert.equal(own.headers.get('access-control-allow-origin'), running.otherOrigin);
    const foreign = await postForm(url, form, { origin: 'https://elsewhere.example' });
    assert.equal(foreign.status, 400);
    assert.equal(foreign.headers.get('access-control-allow-origin'), null);
  });
});

test('nothing unexpected was logged', () => {
  assert.deepEqual(running.complaints, []);
});
