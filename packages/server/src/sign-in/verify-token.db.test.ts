/** Bearer tokens: our own and those of an external issuer, which here is a small HTTP server with keys of its own. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { clientCredentials, passwordOf, requestToken } from './browser-harness.ts';
import {
  agentObjectId,
  application,
  closeServer,
  listen,
  people,
  prepareSignIn,
  type RunningSignIn,
  type ScratchDatabase,
  startSignIn,
  tenantId,
} from './sign-in-harness.ts';

const audience = 'api://parley';
let database: ScratchDatabase;
let running: RunningSignIn;
let issuerServer: Server;
let issuer: string;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let fetches: string[];

before(async () => {
  ({ database, running } = await prepareSignIn());
  keys = await generateKeyPair('ES256', { extractable: true });
  const published = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'theirs', alg: 'ES256', use: 'sig' }] };
  fetches = [];
  issuerServer = createServer((request, response) => {
    fetches.push(request.url ?? '');
    const answers: Record<string, object> = {
      '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
      '/keys': published,
    };
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  issuer = `http://127.0.0.1:${await listen(issuerServer)}`;
  await running.close();
  running = await startSignIn(database.pool, { issuers: [{ issuer, audience }] });
});

after(async () => {
  await running?.close();
  if (issuerServer !== undefined) await closeServer(issuerServer);
  await database?.close();
});

async function signTheirs(claims: JWTPayload, expires: string | number = '5m'): Promise<string> {
  return new SignJWT({ iss: issuer, aud: audience, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'theirs' })
    .setExpirationTime(expires)
    .sign(keys.privateKey);
}

async function problemOf(token: string): Promise<string> {
  const result = await running.signIn.verify(token);
  assert.ok('problem' in result, 'the token was accepted');
  return result.problem;
}

async function userOf(token: string): Promise<string> {
  const result = await running.signIn.verify(token);
  assert.ok('systemUserId' in result, JSON.stringify(result));
  return result.systemUserId;
}

describe('our own tokens', () => {
  test('are answered without a promise the second time', async () => {
    const { body } = await requestToken(running.origin, clientCredentials(running.origin));
    const token = String(body['access_token']);
    const first = await running.signIn.verify(token);
    const second = running.signIn.verify(token);
    assert.ok(!(second instanceof Promise));
    assert.deepEqual(second, first);
  });

  test('are refused once tampered with', async () => {
    const { body } = await requestToken(running.origin, passwordOf(people.agent));
    const [header = '', payload = '', signature = ''] = String(body['access_token']).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, parley_uid: application.systemUserId })).toString(
      'base64url',
    );
    assert.equal(await problemOf(`${header}.${forged}.${signature}`), 'The signature of the token is not valid.');
  });

  test('are refused for a user who was disabled before the token was first seen', async () => {
    const { body } = await requestToken(running.origin, passwordOf(people.leaver));
    const { systemUserId } = people.leaver;
    await database.pool.query('UPDATE data.systemuser SET isdisabled = true WHERE systemuserid = $1', [systemUserId]);
    assert.match(await problemOf(String(body['access_token'])), /not an enabled user/);
    await database.pool.query('UPDATE data.systemuser SET isdisabled = false WHERE systemuserid = $1', [systemUserId]);
  });

  test('of a server with other origins are refused', async () => {
    const other = await startSignIn(database.pool);
    const { body } = await requestToken(other.origin, clientCredentials(other.origin));
    await other.close();
    assert.match(await problemOf(String(body['access_token'])), /issuer that is not trusted/);
  });

  test('that have expired or are for another audience are refused', async () => {
    const { rows } = await database.pool.query<{ kid: string; private_jwk: string }>(
      'SELECT * FROM parley.sign_in_key',
    );
    const { kid = '', private_jwk: jwk = '' } = rows[0] ?? {};
    const key = await importJWK(JSON.parse(jwk), 'RS256');
    const sign = (aud: string, expires: string) =>
      new SignJWT({ iss: `${running.origin}/${tenantId}/v2.0`, aud, parley_uid: people.leaver.systemUserId })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid })
        .setExpirationTime(expires)
        .sign(key);
    assert.equal(await userOf(await sign(running.origin, '1m')), people.leaver.systemUserId);
    assert.equal(await problemOf(await sign(running.origin, '-1s')), 'The token has expired.');
    assert.equal(
      await problemOf(await sign('https://elsewhere.example', '1m')),
      'The token is meant for another audience.',
    );
  });

  test('signed by anyone else, or by nobody, are refused', async () => {
    const claims = {
      iss: `${running.origin}/${tenantId}/v2.0`,
      aud: running.origin,
      parley_uid: people.agent.systemUserId,
    };
    assert.equal(
      await problemOf(new UnsecuredJWT(claims).setExpirationTime('5m').encode()),
      'The token is signed with an algorithm that is not accepted.',
    );
    assert.equal(
      await problemOf(await signTheirs(claims)),
      'The token is signed with an algorithm that is not accepted.',
    );
    const symmetric = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).setExpirationTime('5m');
    assert.equal(
      await problemOf(await symmetric.sign(Buffer.from('a shared secret of thirty-two bytes!'))),
      'The token is signed with an algorithm that is not accepted.',
    );
  });
});

describe('text that is no token', () => {
  for (const text of ['', 'x', 'a.b.c', 'eyJ.eyJ.', '..', `${'a'.repeat(20_000)}.b.c`, 'é.\0.💥']) {
    test(`is refused: ${JSON.stringify(text.slice(0, 20))}`, async () => {
      assert.match(await problemOf(text), /^The token is (not a valid JWT|too long)\.$/);
    });
  }
});

describe('tokens of an external issuer', () => {
  test('stand for the user with the object id, else the user name, with its keys found by discovery and fetched once', async () => {
    assert.equal(await userOf(await signTheirs({ oid: agentObjectId })), people.agent.systemUserId);
    assert.equal(await userOf(await signTheirs({ upn: 'AGENT1@parley.demo' })), people.agent.systemUserId);
    assert.equal(
      await userOf(await signTheirs({ oid: application.clientId, preferred_username: people.agent.name })),
      people.agent.systemUserId,
    );
    assert.deepEqual(fetches, ['/.well-known/openid-configuration', '/keys']);
  });

  test('stand for an application user when the token is the application itself', async () => {
    const result = await running.signIn.verify(
      await signTheirs({ azp: application.clientId, oid: '00000000-0000-4000-8000-00000000000a' }),
    );
    assert.ok('systemUserId' in result);
    assert.equal(result.systemUserId, application.systemUserId);
    assert.equal(result.applicationId, application.clientId);
  });

  test('of a stranger who merely uses that application are refused', async () => {
    const stranger = {
      azp: application.clientId,
      appid: application.clientId,
      preferred_username: 'stranger@elsewhere.example',
    };
    assert.match(await problemOf(await signTheirs(stranger)), /not an enabled user/);
  });

  test('are refused for another audience, another issuer, an unknown key, or when expired beyond the tolerance', async () => {
    const now = Math.floor(Date.now() / 1000);
    const subject = { oid: agentObjectId };
    assert.equal(
      await problemOf(await signTheirs({ ...subject, aud: 'api://other' })),
      'The token is meant for another audience.',
    );
    assert.match(await problemOf(await signTheirs({ ...subject, iss: 'https://elsewhere.example' })), /not trusted/);
    assert.equal(await problemOf(await signTheirs(subject, now - 90)), 'The token has expired.');
    const unknownKey = new SignJWT({ iss: issuer, aud: audience, ...subject }).setProtectedHeader({
      alg: 'ES256',
      kid: 'other',
    });
    assert.equal(
      await problemOf(await unknownKey.setExpirationTime('5m').sign(keys.privateKey)),
      'The token is signed with an unknown key.',
    );
    const unsigned = new UnsecuredJWT({ iss: issuer, aud: audience, ...subject }).setExpirationTime('5m').encode();
    assert.equal(await problemOf(unsigned), 'The token is signed with an algorithm that is not accepted.');
  });

  test('are matched by the configured claim and column alone', async () => {
    const custom = await startSignIn(database.pool, {
      issuers: [
        {
          issuer,
          audience: ['x', audience],
          jwksUri: `${issuer}/keys`,
          subjectClaim: 'mail',
          map: 'internalemailaddress',
        },
      ],
    });
    try {
      const matched = await custom.signIn.verify(await signTheirs({ mail: 'ada@mail.example' }));
      assert.ok('systemUserId' in matched);
      assert.equal(matched.systemUserId, people.agent.systemUserId);
      assert.ok('problem' in (await custom.signIn.verify(await signTheirs({ oid: agentObjectId }))));
    } finally {
      await custom.close();
    }
  });

  test('are refused with a warning when the issuer cannot be reached', async () => {
    const gone = createServer();
    const address = `http://127.0.0.1:${await listen(gone)}`;
    await closeServer(gone);
    const cut = await startSignIn(database.pool, { issuers: [{ issuer: address, audience }] });
    try {
      const result = await cut.signIn.verify(await signTheirs({ iss: address, oid: agentObjectId }));
      assert.deepEqual(result, { problem: 'The keys of the issuer of the token could not be fetched.' });
      assert.equal(cut.complaints.length, 1);
    } finally {
      await cut.close();
    }
  });
});
