/** Credentials without the demo: an administrator makes people and applications, who then sign in with what they were given. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { type Api, createApi, startTestServer, type TestServer } from './support/server.ts';

describe('credentials', () => {
  let server: TestServer;
  let admin: Api;
  before(async () => {
    server = await startTestServer();
    admin = createApi(server.apiRoot, await server.adminToken());
  });
  after(() => server.stop());

  const signIn = async (form: Record<string, string>): Promise<{ status: number; token: string }> => {
    const response = await fetch(`${server.origin}/${server.org.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, scope: `${server.origin}/.default` }),
    });
    const answer: unknown = await response.json();
    const token =
      typeof answer === 'object' && answer !== null && 'access_token' in answer ? String(answer.access_token) : '';
    return { status: response.status, token };
  };

  test('an application user gets a secret and signs in with it', async () => {
    const applicationId = randomUUID();
    const id = await admin.create('systemusers', { applicationid: applicationId, lastname: 'Reporting' });
    const action = `systemusers(${id})/Microsoft.Dynamics.CRM.parley_SetApplicationSecret`;
    assert.equal((await admin.request('POST', action, { body: { Secret: 'long enough to be a secret' } })).status, 204);
    const client = { grant_type: 'client_credentials', client_id: applicationId };
    assert.notEqual((await signIn({ ...client, client_secret: 'another secret altogether' })).status, 200);
    const { token } = await signIn({ ...client, client_secret: 'long enough to be a secret' });
    assert.equal((await createApi(server.apiRoot, token).read('WhoAmI'))['UserId'], id);
  });

  test('a person gets a password, and a new one ends the old', async () => {
    const domainname = `ada-${randomUUID()}@example.org`;
    const id = await admin.create('systemusers', {
      domainname,
      internalemailaddress: domainname,
      firstname: 'Ada',
      lastname: 'Example',
    });
    const action = `systemusers(${id})/Microsoft.Dynamics.CRM.parley_SetUserPassword`;
    const person = { grant_type: 'password', client_id: 'parley-demo-cli', username: domainname };
    for (const password of ['a first long password', 'a second long password']) {
      assert.equal((await admin.request('POST', action, { body: { Password: password } })).status, 204);
      assert.equal((await signIn({ ...person, password })).status, 200);
    }
    assert.equal((await signIn({ ...person, password: 'a first long password' })).status, 400);
  });

  test('are refused when too short, without repeating them', async () => {
    const agent = server.org.users.find((user) => user.email === 'agent4@parley.demo');
    const answer = await admin.request(
      'POST',
      `systemusers(${agent?.systemUserId})/Microsoft.Dynamics.CRM.parley_SetUserPassword`,
      { body: { Password: 'swordfish' } },
    );
    assert.equal(answer.status, 400);
    assert.doesNotMatch(answer.text, /swordfish/);
  });

  test('are set by administrators alone', async () => {
    const agent = server.org.users.find((user) => user.email === 'agent1@parley.demo');
    assert.ok(agent);
    const asAgent = createApi(server.apiRoot, await server.personToken(agent.email));
    for (const user of server.org.users) {
      const answer = await asAgent.request(
        'POST',
        `systemusers(${user.systemUserId})/Microsoft.Dynamics.CRM.parley_SetUserPassword`,
        { body: { Password: 'a password of my own choice' } },
      );
      assert.equal(answer.status, 403);
    }
  });

  test('a new user has settings and is a member of the default team of their unit, also after a move', async () => {
    const unit = await admin.create('businessunits', { name: 'Night shift' });
    const id = await admin.create('systemusers', { domainname: `${randomUUID()}@example.org`, lastname: 'Mover' });
    assert.equal((await admin.read(`usersettingscollection(${id})?$select=timezonecode`))['timezonecode'], 92);
    const teams = async () =>
      (await admin.list(`systemusers(${id})/teammembership_association?$select=name`)).map((team) => team['name']);
    assert.equal((await teams()).length, 1);
    await admin.update(`systemusers(${id})`, { 'businessunitid@odata.bind': `/businessunits(${unit})` });
    assert.deepEqual(await teams(), ['Night shift']);
  });

  test('the built-in roles cannot be deleted', async () => {
    const [role] = await admin.list("roles?$filter=name eq 'System Administrator'&$select=name");
    const answer = await admin.request('DELETE', `roles(${String(role?.['roleid'])})`);
    assert.equal(answer.status, 405);
  });
});
