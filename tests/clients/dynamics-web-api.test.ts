/** The npm package dynamics-web-api, unchanged, against the server (Web API reference, section 14.1). */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Config, DynamicsWebApi, type RequestError } from 'dynamics-web-api';
import { type Api, asObject, createApi, type JsonObject, startTestServer, type TestServer } from '../support/server.ts';

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const crm = 'Microsoft.Dynamics.CRM';

let server: TestServer;
let api: Api;
let client: DynamicsWebApi;
let agentId: string;

function createClient(settings: Config = {}): DynamicsWebApi {
  return new DynamicsWebApi({
    serverUrl: server.origin,
    dataApi: { version: '9.2' },
    onTokenRefresh: () => server.adminToken(),
    ...settings,
  });
}

before(async () => {
  server = await startTestServer();
  api = createApi(server.apiRoot, await server.adminToken());
  client = createClient();
  agentId = server.org.users.find((user) => user.email === 'agent1@parley.demo')?.systemUserId ?? '';
});
after(() => server.stop());

function uniqueName(): string {
  return `Größe ${randomUUID().slice(0, 8)}`;
}

/** What the client throws for an answer that is no success. */
function requestError(status: number, code: string): (error: unknown) => boolean {
  return (error) => {
    // The package throws this type for every answer of a server.
    const { status: given, code: givenCode, message } = error as RequestError;
    assert.deepEqual([given, givenCode], [status, code], message);
    return true;
  };
}

describe('Rows', () => {
  it('are created with the id as the answer, and retrieved', async () => {
    const name = uniqueName();
    const id = await client.create<JsonObject, string>({ collection: 'accounts', data: { name } });
    assert.match(id, guidPattern);
    const row = await client.retrieve<JsonObject>({ collection: 'accounts', key: id, select: ['name'] });
    assert.equal(row['name'], name);
    assert.equal(row['accountid'], id);
  });

  it('come back from a create that asks for them', async () => {
    const row = await client.create<JsonObject>({
      collection: 'accounts',
      data: { name: 'Returned', numberofemployees: 7 },
      returnRepresentation: true,
      select: ['name', 'numberofemployees'],
    });
    assert.equal(row['name'], 'Returned');
    assert.equal(row['numberofemployees'], 7);
    assert.equal('description' in row, false);
  });

  it('carry formatted values and lookups under the aliases of the client', async () => {
    const account = await api.create('accounts', { name: 'Alias' });
    const id = await client.create<JsonObject, string>({
      collection: 'msdyn_liveconversations',
      data: {
        msdyn_subject: 's',
        'msdyn_customer_msdyn_liveconversation_account@odata.bind': `accounts(${account})`,
      },
    });
    const row = await client.retrieve<JsonObject>({
      collection: 'msdyn_liveconversations',
      key: id,
      select: ['_msdyn_customer_value', 'statecode', 'createdon'],
      includeAnnotations: '*',
    });
    assert.equal(row['_msdyn_customer_value_Formatted'], 'Alias');
    assert.equal(row['_msdyn_customer_value_LogicalName'], 'account');
    assert.equal(row['_msdyn_customer_value_NavigationProperty'], 'msdyn_customer_msdyn_liveconversation_account');
    assert.equal(row['statecode_Formatted'], 'Open');
    assert.ok(row['createdon'] instanceof Date, 'the client reads moments');
  });

  it('are not sent again when the tag is current', async () => {
    const id = await api.create('accounts', { name: 'Tagged' });
    const row = await client.retrieve<JsonObject>({ collection: 'accounts', key: id });
    const ifnonematch = String(row['@odata.etag']);
    const again: unknown = await client.retrieve({ collection: 'accounts', key: id, ifnonematch });
    assert.equal(again, undefined);
  });

  it('are updated, with true as the answer', async () => {
    const id = await api.create('accounts', { name: 'Before' });
    const answer: unknown = await client.update({ collection: 'accounts', key: id, data: { name: 'After' } });
    assert.equal(answer, true);
    assert.equal((await api.read(`accounts(${id})`))['name'], 'After');
  });

  it('are updated one column at a time', async () => {
    const id = await api.create('accounts', { name: 'Before' });
    await client.updateSingleProperty({ collection: 'accounts', key: id, fieldValuePair: { name: 'Single' } });
    assert.equal((await api.read(`accounts(${id})`))['name'], 'Single');
  });

  it('are not updated over a newer version: false', async () => {
    const id = await api.create('accounts', { name: 'Versioned' });
    const row = await client.retrieve<JsonObject>({ collection: 'accounts', key: id });
    const ifmatch = String(row['@odata.etag']);
    const update = () => client.update({ collection: 'accounts', key: id, data: { name: 'x' }, ifmatch });
    assert.equal(await update(), true);
    assert.equal(await update(), false);
  });

  it('are not made by an update: 404', async () => {
    await assert.rejects(
      client.update({ collection: 'accounts', key: randomUUID(), data: { name: 'x' } }),
      requestError(404, '0x80040217'),
    );
  });

  it('are upserted: the id of the row', async () => {
    const key = randomUUID();
    const upsert = (name: string) => client.upsert<JsonObject, string>({ collection: 'accounts', key, data: { name } });
    assert.equal(await upsert('created'), key);
    assert.equal((await api.read(`accounts(${key})`))['name'], 'created');
    await upsert('updated');
    assert.equal((await api.read(`accounts(${key})`))['name'], 'updated');
  });

  it('are upserted on conditions: null where the condition does not hold', async () => {
    const key = await api.create('accounts', { name: 'There' });
    const onlyCreate: unknown = await client.upsert({
      collection: 'accounts',
      key,
      data: { name: 'x' },
      ifnonematch: '*',
    });
    assert.equal(onlyCreate, null);
    const onlyUpdate: unknown = await client.upsert({
      collection: 'accounts',
      key: randomUUID(),
      data: { name: 'x' },
      ifmatch: '*',
    });
    assert.equal(onlyUpdate, null);
  });

  it('are upserted by alternate key', async () => {
    const number = randomUUID().slice(0, 18);
    const key = `accountnumber='${number}'`;
    await client.upsert({ collection: 'accounts', key, data: { name: 'first' } });
    const row = await client.retrieve<JsonObject>({ collection: 'accounts', key });
    assert.equal(row['name'], 'first');
    await client.upsert({ collection: 'accounts', key, data: { name: 'second' } });
    assert.equal((await api.read(`accounts(${row['accountid']})`))['name'], 'second');
  });

  it('are deleted: true; once', async () => {
    const id = await api.create('accounts', { name: 'Gone' });
    const answer: unknown = await client.deleteRecord({ collection: 'accounts', key: id });
    assert.equal(answer, true);
    await assert.rejects(client.deleteRecord({ collection: 'accounts', key: id }), requestError(404, '0x80040217'));
    await assert.rejects(client.retrieve({ collection: 'accounts', key: id }), requestError(404, '0x80040217'));
  });

  it('lose one column by a delete of the column', async () => {
    const id = await api.create('accounts', { name: 'Kept', description: 'd' });
    await client.deleteRecord({ collection: 'accounts', key: id, fieldName: 'description' });
    const row = await api.read(`accounts(${id})`);
    assert.deepEqual([row['name'], row['description']], ['Kept', null]);
  });

  it('are not deleted over a newer version: false', async () => {
    const id = await api.create('accounts', { name: 'Versioned' });
    const answer: unknown = await client.deleteRecord({ collection: 'accounts', key: id, ifmatch: 'W/"1"' });
    assert.equal(answer, false);
  });
});

describe('Queries', () => {
  const tag = `q${randomUUID().slice(0, 8)}`;
  const filter = `startswith(name,'${tag}')`;
  before(async () => {
    for (const index of [1, 2, 3, 4, 5])
      await api.create('accounts', { name: `${tag} ${index}`, Account_Tasks: [{ subject: `task ${index}` }] });
  });

  it('are retrieved by page', async () => {
    const first = await client.retrieveMultiple<JsonObject>({
      collection: 'accounts',
      select: ['name'],
      filter,
      orderBy: ['name asc'],
      maxPageSize: 2,
      count: true,
    });
    assert.deepEqual(
      first.value.map((row) => row['name']),
      [`${tag} 1`, `${tag} 2`],
    );
    assert.equal(first.oDataCount, 5);
    assert.ok(first.oDataNextLink !== undefined);
    const second = await client.retrieveMultiple<JsonObject>(
      { collection: 'accounts', maxPageSize: 2 },
      first.oDataNextLink,
    );
    assert.deepEqual(
      second.value.map((row) => row['name']),
      [`${tag} 3`, `${tag} 4`],
    );
  });

  it('are followed to the last page', async () => {
    const all = await client.retrieveAll<JsonObject>({
      collection: 'accounts',
      select: ['name'],
      filter,
      maxPageSize: 2,
    });
    assert.equal(new Set(all.value.map((row) => row['name'])).size, 5);
  });

  it('are counted, with and without a filter', async () => {
    assert.equal(await client.count({ collection: 'accounts', filter }), 5);
    assert.ok((await client.count({ collection: 'accounts' })) >= 5);
    assert.equal(await client.countAll({ collection: 'accounts', filter }), 5);
  });

  it('expand related rows', async () => {
    const { value } = await client.retrieveMultiple<JsonObject>({
      collection: 'accounts',
      select: ['name'],
      filter: `name eq '${tag} 1'`,
      expand: [{ property: 'Account_Tasks', select: ['subject'], orderBy: ['subject'] }, { property: 'createdby' }],
    });
    const tasks = value[0]?.['Account_Tasks'];
    assert.ok(Array.isArray(tasks));
    assert.equal(asObject(tasks[0])['subject'], 'task 1');
    assert.match(String(asObject(value[0]?.['createdby'])['systemuserid']), guidPattern);
  });

  it('are refused with code and message', async () => {
    await assert.rejects(
      client.retrieveMultiple({ collection: 'accounts', filter: 'nosuch eq 1' }),
      requestError(400, '0x80060888'),
    );
    await assert.rejects(client.retrieveMultiple({ collection: 'nosuchset' }), requestError(404, '0x8006088a'));
  });
});

describe('Links', () => {
  it('of collections are made and removed', async () => {
    const account = await api.create('accounts', { name: 'Linked' });
    const contact = await api.create('contacts', { lastname: 'Linked' });
    await client.associate({
      collection: 'accounts',
      primaryKey: account,
      relationshipName: 'contact_customer_accounts',
      relatedCollection: 'contacts',
      relatedKey: contact,
    });
    assert.equal((await api.read(`contacts(${contact})`))['_parentcustomerid_value'], account);
    await client.disassociate({
      collection: 'accounts',
      primaryKey: account,
      relationshipName: 'contact_customer_accounts',
      relatedKey: contact,
    });
    assert.equal((await api.read(`contacts(${contact})`))['_parentcustomerid_value'], null);
  });

  it('of teams and users are made and removed', async () => {
    const team = await api.create('teams', { name: uniqueName(), teamtype: 0 });
    const members = async () => (await api.list(`teams(${team})/teammembership_association?$select=fullname`)).length;
    const link = { collection: 'teams', primaryKey: team, relationshipName: 'teammembership_association' };
    await client.associate({ ...link, relatedCollection: 'systemusers', relatedKey: agentId });
    assert.equal(await members(), 1);
    await client.disassociate({ ...link, relatedKey: agentId });
    assert.equal(await members(), 0);
  });

  it('of lookups are set and emptied', async () => {
    const account = await api.create('accounts', { name: 'Linked' });
    const contact = await api.create('contacts', { lastname: 'Linked' });
    const link = { collection: 'accounts', primaryKey: account, navigationProperty: 'primarycontactid' };
    await client.associateSingleValued({ ...link, relatedCollection: 'contacts', relatedKey: contact });
    const reference: unknown = await client.retrieve({
      collection: 'accounts',
      key: account,
      select: ['primarycontactid/$ref'],
    });
    assert.equal(asObject(reference)['id'], contact);
    await client.disassociateSingleValued(link);
    assert.equal((await api.read(`accounts(${account})`))['_primarycontactid_value'], null);
  });
});

describe('Operations', () => {
  it('WhoAmI is called as a function', async () => {
    const answer = await client.callFunction<JsonObject>({ name: 'WhoAmI' });
    assert.match(String(answer['UserId']), guidPattern);
    assert.deepEqual(answer, await client.callFunction<JsonObject>('WhoAmI'));
  });

  it('a function is called with a row as its parameter', async () => {
    const id = await api.create('msdyn_liveconversations', { msdyn_subject: 's' });
    const answer = await client.callFunction<JsonObject>({
      name: `${crm}.RetrievePrincipalAccess`,
      collection: 'systemusers',
      key: agentId,
      parameters: { Target: { '@odata.id': `msdyn_liveconversations(${id})` } },
    });
    assert.equal(answer['AccessRights'], 'None');
  });

  it('GrantAccess is called as an action', async () => {
    const id = await api.create('msdyn_liveconversations', { msdyn_subject: 'shared' });
    const agent = createApi(server.apiRoot, await server.personToken('agent1@parley.demo'));
    assert.equal((await agent.request('GET', `msdyn_liveconversations(${id})`)).status, 403);
    await client.callAction({
      actionName: 'GrantAccess',
      action: {
        Target: { '@odata.type': `${crm}.msdyn_liveconversation`, msdyn_liveconversationid: id },
        PrincipalAccess: {
          AccessMask: 'ReadAccess',
          Principal: { '@odata.type': `${crm}.systemuser`, systemuserid: agentId },
        },
      },
    });
    assert.equal((await agent.request('GET', `msdyn_liveconversations(${id})`)).status, 200);
  });

  it('a bound action is called on its row', async () => {
    const team = await api.create('teams', { name: uniqueName(), teamtype: 0 });
    await client.callAction({
      actionName: `${crm}.AddMembersTeam`,
      collection: 'teams',
      key: team,
      action: { Members: [{ '@odata.type': `${crm}.systemuser`, ownerid: agentId }] },
    });
    assert.equal((await api.list(`teams(${team})/teammembership_association?$select=fullname`)).length, 1);
  });
});

describe('Metadata', () => {
  const key = "LogicalName='msdyn_liveconversation'";

  it('tells of tables', async () => {
    const table = await client.retrieveEntity<JsonObject>({ key, select: ['EntitySetName', 'PrimaryIdAttribute'] });
    assert.equal(table['EntitySetName'], 'msdyn_liveconversations');
    assert.equal(table['PrimaryIdAttribute'], 'msdyn_liveconversationid');
    const all = await client.retrieveEntities<JsonObject>({ select: ['LogicalName'] });
    assert.ok(all.value.some((row) => row['LogicalName'] === 'account'));
  });

  it('tells of columns', async () => {
    const all = await client.retrieveAttributes<JsonObject>({ entityKey: key, select: ['LogicalName'] });
    assert.ok(all.value.some((row) => row['LogicalName'] === 'msdyn_subject'));
    const one: unknown = await client.retrieveAttribute({
      entityKey: key,
      attributeKey: "LogicalName='statuscode'",
      castType: `${crm}.StatusAttributeMetadata`,
      expand: [{ property: 'OptionSet' }],
    });
    assert.ok(Array.isArray(asObject(asObject(one)['OptionSet'])['Options']));
  });

  it('tells of relationships and global choices', async () => {
    const relationships = await client.retrieveRelationships<JsonObject>({
      castType: `${crm}.OneToManyRelationshipMetadata`,
      filter: "ReferencingEntity eq 'msdyn_liveconversation'",
    });
    assert.ok(relationships.value.some((row) => row['ReferencingAttribute'] === 'msdyn_liveworkstreamid'));
    const choices = await client.retrieveGlobalOptionSets<JsonObject>();
    assert.ok(Array.isArray(choices.value));
  });

  it('comes as one document', async () => {
    assert.match(await client.retrieveCsdlMetadata(), /<edmx:Edmx/);
  });
});

describe('Settings of the client', () => {
  it('useEntityNames turns logical names into sets', async () => {
    const named = createClient({ useEntityNames: true });
    const id = await named.create<JsonObject, string>({
      collection: 'msdyn_liveconversation',
      data: { msdyn_subject: 'by logical name' },
    });
    const row = await named.retrieve<JsonObject>({ collection: 'msdyn_liveconversation', key: id });
    assert.equal(row['msdyn_subject'], 'by logical name');
  });

  it('impersonate acts as the user', async () => {
    const acting = createClient({ impersonate: agentId });
    assert.equal((await acting.callFunction<JsonObject>('WhoAmI'))['UserId'], agentId);
    const person = await api.read(`systemusers(${agentId})?$select=azureactivedirectoryobjectid`);
    const byObject = createClient({ impersonateAAD: String(person['azureactivedirectoryobjectid']) });
    assert.equal((await byObject.callFunction<JsonObject>('WhoAmI'))['UserId'], agentId);
  });

  it('returnRepresentation and maxPageSize hold for every call', async () => {
    const set = createClient({ returnRepresentation: true, maxPageSize: 1, includeAnnotations: '*' });
    const created = await set.create<JsonObject>({ collection: 'accounts', data: { name: 'set' } });
    assert.equal(created['name'], 'set');
    const updated: unknown = await set.update({
      collection: 'accounts',
      key: String(created['accountid']),
      data: { name: 'again' },
    });
    assert.equal(asObject(updated)['name'], 'again');
    const page = await set.retrieveMultiple<JsonObject>({ collection: 'accounts', select: ['name'] });
    assert.equal(page.value.length, 1);
  });
});
