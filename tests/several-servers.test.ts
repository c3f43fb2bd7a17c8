/** Two servers on one database: they set it up together, and what one changes about access is in force on the other. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { createApi, startTestServer, type TestServer } from './support/server.ts';
import { createTestDatabase, type TestDatabase } from './support/test-database.ts';

describe('two servers on one database', () => {
  let database: TestDatabase;
  let servers: readonly [TestServer, TestServer];
  const name = `several_${randomUUID().replaceAll('-', '')}`;

  before(async () => {
    database = await createTestDatabase();
    await database.pool.query(`CREATE DATABASE ${name}`);
    const { user, password, host, port } = database.connection;
    const url = `postgresql://${user}:${encodeURIComponent(password)}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
    const environment = { DATABASE_URL: url, PARLEY_DEMO: 'on' };
    servers = await Promise.all([startTestServer({ environment }), startTestServer({ environment })]);
  });
  after(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await database.pool.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await database.drop();
  });

  test('that start at the same moment migrate and seed it once', async () => {
    const [first, second] = servers;
    assert.deepEqual(first.org, second.org);
    const counts = await Promise.all(
      servers.map(
        async (server) =>
          (await createApi(server.apiRoot, await server.adminToken()).request('GET', 'msdyn_liveconversations/$count'))
            .text,
      ),
    );
    assert.equal(counts[0], counts[1]);
    assert.ok(Number(counts[0]) >= 200);
  });

  test('see the same rows', async () => {
    const [first, second] = servers;
    const id = await createApi(first.apiRoot, await first.adminToken()).create('accounts', { name: 'Shared' });
    const row = await createApi(second.apiRoot, await second.adminToken()).read(`accounts(${id})?$select=name`);
    assert.equal(row['name'], 'Shared');
  });

  test('a role that one takes away is gone on the other', async () => {
    const [first, second] = servers;
    const agent = first.org.users.find((user) => user.email === 'agent4@parley.demo');
    assert.ok(agent);
    const asAgent = createApi(second.apiRoot, await second.personToken(agent.email));
    assert.equal((await asAgent.request('GET', 'msdyn_liveconversations?$top=1')).status, 200);
    const admin = createApi(first.apiRoot, await first.adminToken());
    const roles = await admin.list(`systemusers(${agent.systemUserId})/systemuserroles_association?$select=name`);
    for (const role of roles) {
      const answer = await admin.request(
        'DELETE',
        `systemusers(${agent.systemUserId})/systemuserroles_association(${String(role['roleid'])})/$ref`,
      );
      assert.equal(answer.status, 204);
    }
    // The notice travels through the database; the other server must have it well within a second.
    const deadline = Date.now() + 1000;
    let status = 200;
    while (status !== 403 && Date.now() < deadline)
      status = (await asAgent.request('GET', 'msdyn_liveconversations?$top=1')).status;
    assert.equal(status, 403);
  });
});
