/** How many statements a request costs. The common ones take one round trip to the database. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/test-database.ts';
import { inTransaction } from '../db/pool.ts';
import { demoOrganization, demoPerson } from '../demo/demo-ids.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import { seedOrganization } from '../organization/seed-organization.ts';
import { type Caller, createCaller } from '../security/caller.ts';
import { loadPrincipal } from '../security/load-principal.ts';
import { setApplicationSecret, setUserPassword } from '../sign-in/accounts.ts';
import { createWebApi, type WebApi } from './pipeline.ts';
import { loadModel } from './plan/plan-harness.ts';
import { createExecutor, type Executor } from './run/executor.ts';

describe('statements per request', () => {
  let database: TestDatabase;
  let webApi: WebApi;
  let caller: Caller;
  let statements: string[] = [];
  let id: string;
  let contactId: string;

  before(async () => {
    const [model, opened] = await Promise.all([loadModel(), createTestDatabase()]);
    database = opened;
    await inTransaction(database.pool, async (client) => {
      await seedOrganization(client, model, demoOrganization);
      await seedDemo(client, model);
    });
    const principal = await loadPrincipal(database.pool, demoPerson.admin.systemUserId);
    assert.ok(principal);
    caller = createCaller(principal, undefined, demoOrganization);
    webApi = createWebApi({
      model,
      executor: countStatements(createExecutor(database.pool)),
      findPrincipal: (userId) => loadPrincipal(database.pool, userId),
      forgetPrincipals: () => undefined,
      credentials: {
        setUserPassword: (systemUserId, password) => setUserPassword(database.pool, systemUserId, password),
        setApplicationSecret: (application) => setApplicationSecret(database.pool, application),
      },
      operations: [],
      owners: new Map(),
      columnChecks: new Map(),
      clock: { now: () => Date.now() },
    });
    id = await create('msdyn_liveconversations', { msdyn_subject: 'Counted' });
    contactId = await create('contacts', { lastname: 'Counted' });
  });
  after(() => database.drop());

  function countStatements(executor: Executor): Executor {
    return {
      run: (statement, context) => {
        statements.push(statement.text);
        return executor.run(statement, context);
      },
      query: (text, values) => {
        statements.push(text);
        return executor.query(text, values);
      },
      transaction: (work) => executor.transaction((inner) => work(countStatements(inner))),
    };
  }

  function send(method: string, target: string, body?: object, headers: Readonly<Record<string, string>> = {}) {
    statements = [];
    const [path = '', query = ''] = target.split('?');
    return webApi.handle(
      {
        method,
        apiRoot: 'http://localhost/api/data/v9.2',
        path,
        query,
        headers,
        body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
      },
      caller,
    );
  }

  async function create(set: string, row: object): Promise<string> {
    const answer = await send('POST', set, row);
    return /\(([^)]+)\)$/.exec(answer.headers['OData-EntityId'] ?? '')?.[1] ?? '';
  }

  const annotated = { prefer: 'odata.include-annotations="*"' };
  const cases: readonly { readonly name: string; readonly count: number; send(): ReturnType<typeof send> }[] = [
    { name: 'one row', count: 1, send: () => send('GET', `msdyn_liveconversations(${id})`, undefined, annotated) },
    {
      name: 'a list with annotations and expands',
      count: 1,
      send: () =>
        send(
          'GET',
          'accounts?$expand=primarycontactid,contact_customer_accounts($expand=owninguser)&$top=3',
          undefined,
          annotated,
        ),
    },
    { name: 'a list with its count', count: 2, send: () => send('GET', 'accounts?$count=true&$top=3') },
    { name: 'a create', count: 1, send: () => send('POST', 'msdyn_liveconversations', { msdyn_subject: 'One' }) },
    {
      name: 'a create with a bound customer',
      count: 1,
      send: () =>
        send('POST', 'msdyn_liveconversations', {
          msdyn_subject: 'Bound',
          'msdyn_customer_msdyn_liveconversation_contact@odata.bind': `/contacts(${contactId})`,
        }),
    },
    {
      name: 'an update',
      count: 1,
      send: () => send('PATCH', `msdyn_liveconversations(${id})`, { msdyn_title: 'Two', statecode: 1 }),
    },
    {
      name: 'an update that is answered with the row',
      count: 2,
      send: () =>
        send('PATCH', `msdyn_liveconversations(${id})`, { msdyn_title: 'Three' }, { prefer: 'return=representation' }),
    },
    { name: 'a delete', count: 1, send: () => send('DELETE', `msdyn_liveconversations(${id})`) },
  ];
  for (const item of cases) {
    test(`${item.name}: ${item.count}`, async () => {
      const { status } = await item.send();
      assert.ok(status < 300, String(status));
      assert.equal(statements.length, item.count, statements.join('\n'));
    });
  }
});
