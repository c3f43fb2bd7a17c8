/** Operations on conversations over HTTP: who may do what, how refusals look on the wire, and what direct writes may (behaviour reference, 1.4, 1.6, 9, 10). */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import {
  type Api,
  type ApiResponse,
  asObject,
  createApi,
  type JsonObject,
  startTestServer,
  type TestServer,
} from '../support/server.ts';

const crm = 'Microsoft.Dynamics.CRM';
const nowhere = '00000000-0000-4000-8000-000000000000';
type Person = 'agent1' | 'agent2' | 'supervisor' | 'admin';

let server: TestServer;
let api: Record<Person, Api>;

before(async () => {
  server = await startTestServer();
  const personApi = async (name: string): Promise<Api> =>
    createApi(server.apiRoot, await server.personToken(`${name}@parley.demo`));
  api = {
    agent1: await personApi('agent1'),
    agent2: await personApi('agent2'),
    supervisor: await personApi('supervisor'),
    admin: createApi(server.apiRoot, await server.adminToken()),
  };
});
after(() => server.stop());

function idOf(name: Person): string {
  return server.org.users.find(({ email }) => email === `${name}@parley.demo`)?.systemUserId ?? '';
}

function call(person: Person, name: string, body: JsonObject = {}): Promise<ApiResponse> {
  return api[person].request('POST', name, { body });
}

function callOn(person: Person, id: string, name: string, body: JsonObject = {}): Promise<ApiResponse> {
  return call(person, `msdyn_liveconversations(${id})/${crm}.${name}`, body);
}

function assertDone(response: ApiResponse): JsonObject {
  assert.ok(response.status === 200 || response.status === 204, `${response.status} ${response.text}`);
  return response.json;
}

function assertRefused(response: ApiResponse, status: number, code: string, ...words: string[]): void {
  const error = asObject(response.json['error']);
  assert.deepEqual([response.status, error['code']], [status, code], response.text);
  for (const word of words) assert.ok(String(error['message']).includes(word), `${word} is not said: ${response.text}`);
}

/** Started as a channel would; pick distribution, so that nobody gets it unasked. */
async function start(): Promise<string> {
  const WorkStreamId = server.org.workStreams['Custom messaging'];
  const ChannelKey = `wire ${randomUUID()}`;
  const started = await call('admin', 'parley_StartConversation', { WorkStreamId, ChannelKey, Text: 'Hello' });
  return String(assertDone(started)['ConversationId']);
}

async function startAndPick(person: Person = 'agent1'): Promise<string> {
  const id = await start();
  assertDone(await call(person, 'CCaaS_PickConversation', { ApiVersion: '1.0', ConversationId: id }));
  return id;
}

async function statusOf(id: string): Promise<unknown> {
  return (await api.admin.read(`msdyn_ocliveworkitems(${id})?$select=statuscode`))['statuscode'];
}

describe('Handling a conversation', () => {
  it('an agent picks it, writes, ends and closes it; both rows show each status', async () => {
    const id = await startAndPick();
    const sent = assertDone(
      await callOn('agent1', id, 'parley_SendMessage', { Text: 'How can I help?', ClientId: 'one' }),
    );
    const read = await api.agent1.read(`msdyn_ocliveworkitems(${id})/${crm}.parley_GetMessages(After=0,Top=50)`);
    const messages = read['Messages'] as JsonObject[];
    assert.ok(
      messages.some(
        (message) => message['MessageId'] === sent['MessageId'] && message['Content'] === 'How can I help?',
      ),
    );
    assert.equal(await statusOf(id), 2);
    assertDone(await call('agent1', 'CCaaS_AgentEndConversation', { ConversationId: id }));
    assert.equal(await statusOf(id), 5);
    assertDone(await call('agent1', 'CCaaS_EndSession', { ConversationId: id }));
    const live = await api.admin.read(`msdyn_liveconversations(${id})?$select=statecode,statuscode,msdyn_closedon`);
    assert.deepEqual([live['statecode'], live['statuscode']], [3, 4]);
    assert.notEqual(live['msdyn_closedon'], null);
  });

  it('a closed one takes no more commands', async () => {
    const id = await startAndPick();
    assertDone(await call('supervisor', 'CCaaS_ForceCloseConversation', { ConversationId: id }));
    const response = await callOn('supervisor', id, 'parley_SendMessage', { Text: 'Too late' });
    assertRefused(response, 409, '0x80040265', 'conversationClosed');
  });

  it('a row address and a function answer as any other of the Web API', async () => {
    const id = await startAndPick();
    const state = await api.agent1.read(`msdyn_liveconversations(${id})/${crm}.parley_GetState()`);
    assert.equal(state['@odata.context'], `${server.apiRoot}/$metadata#${crm}.parley_GetStateResponse`);
    assert.deepEqual([state['ConversationId'], state['AgentId']], [id, idOf('agent1')]);
    const wrongVerb = await api.agent1.request('GET', 'CCaaS_PickConversation');
    assert.equal(wrongVerb.status, 405, wrongVerb.text);
    const unbound = await call('agent1', 'parley_Release');
    assertRefused(unbound, 404, '0x8006088a');
  });
});

describe('Who may', () => {
  it('agents do not do what supervisors do', async () => {
    const id = await startAndPick();
    const body = { ConversationId: id };
    const supervised: [string, JsonObject][] = [
      ['CCaaS_AssignConversation', { AgentId: idOf('agent2') }],
      ['CCaaS_InitiateQueueAssignment', { QueueId: Object.values(server.org.queues)[0] }],
      ['CCaaS_InitiateAgentTransferBySupervisor', { AgentId: idOf('agent2') }],
      ['CCaaS_MonitorConversation', {}],
      ['CCaaS_ForceCloseConversation', {}],
    ];
    for (const [name, more] of supervised)
      assertRefused(await call('agent1', name, { ...body, ...more }), 403, '0x80040220', 'prvAssignActivity');
    for (const name of ['parley_TakeOver', 'parley_MessageCustomer'])
      assertRefused(
        await callOn('agent1', id, name, name === 'parley_TakeOver' ? {} : { Text: 'x' }),
        403,
        '0x80040220',
      );
    assert.equal(await statusOf(id), 2);
  });

  it('nobody learns of a conversation that is not theirs', async () => {
    const id = await startAndPick('agent1');
    const answers = new Set<string>();
    for (const target of [id, nowhere]) {
      for (const name of ['CCaaS_AgentEndConversation', 'CCaaS_EndSession', 'CCaaS_JoinConversation']) {
        const response = await call('agent2', name, { ConversationId: target });
        assertRefused(response, 404, '0x80040217', target);
        answers.add(response.text.replaceAll(target, 'ID'));
      }
    }
    assert.equal(answers.size, 1);
    const read = await api.agent2.request('GET', `msdyn_ocliveworkitems(${id})/${crm}.parley_GetMessages()`);
    assertRefused(read, 404, '0x80040217');
  });

  it('an agent who only reads a conversation does not handle it', async () => {
    const id = await startAndPick('agent1');
    const Target = { '@odata.type': `${crm}.msdyn_ocliveworkitem`, activityid: id };
    const Principal = { '@odata.type': `${crm}.systemuser`, systemuserid: idOf('agent2') };
    const PrincipalAccess = { AccessMask: 'ReadAccess', Principal };
    assertDone(await call('admin', 'GrantAccess', { Target, PrincipalAccess }));
    const response = await call('agent2', 'CCaaS_AgentEndConversation', { ConversationId: id });
    assertRefused(response, 403, '0x80048405', 'notYours');
  });

  it('acting for an agent is acting as that agent', async () => {
    const id = await startAndPick('agent1');
    const asAgent2 = api.admin.with({ MSCRMCallerID: idOf('agent2') });
    const refused = await asAgent2.request('POST', 'CCaaS_EndSession', { body: { ConversationId: id } });
    assertRefused(refused, 404, '0x80040217');
    const asAgent1 = api.admin.with({ MSCRMCallerID: idOf('agent1') });
    assertDone(await asAgent1.request('POST', 'CCaaS_AgentEndConversation', { body: { ConversationId: id } }));
  });

  it('the clock is moved by nobody unless the server allows it', async () => {
    assertRefused(await call('agent1', 'parley_MoveClock', { Milliseconds: 1 }), 404, '0x8006088a');
  });
});

describe('Arguments', () => {
  const cases: readonly [string, JsonObject, string][] = [
    ['CCaaS_PickConversation', {}, "'ConversationId' is missing"],
    ['CCaaS_PickConversation', { ConversationId: 7 }, "'ConversationId' must be a GUID"],
    ['CCaaS_PickConversation', { ConversationId: nowhere, ApiVersion: '9' }, "'ApiVersion'"],
    ['CCaaS_PickConversation', { ConversationId: nowhere, Colour: 'red' }, "'Colour'"],
    ['CCaaS_InitiateAgentConsult', { ConversationId: nowhere, AgentId: nowhere, IsPublic: 'yes' }, "'IsPublic'"],
    ['parley_SignIn', {}, "'DeviceId' is missing"],
    ['parley_StartConversation', { WorkStreamId: nowhere, Context: 5 }, "'Context' must be a text"],
  ];
  for (const [name, body, words] of cases)
    it(`${name} refuses ${JSON.stringify(body)}`, async () => {
      assertRefused(await call('admin', name, body), 400, '0x80060888', words);
    });
});

describe('Direct writes', () => {
  it('agents write no state', async () => {
    const id = await startAndPick('agent1');
    for (const set of ['msdyn_liveconversations', 'msdyn_ocliveworkitems'])
      assertRefused(
        await api.agent1.request('PATCH', `${set}(${id})`, {
          body: { statuscode: 4, statecode: set === 'msdyn_ocliveworkitems' ? 1 : 3 },
        }),
        403,
        '0x80048405',
        'Global',
      );
    assert.equal(await statusOf(id), 2);
  });

  it('an administrator closes a conversation for good', async () => {
    const id = await startAndPick('agent1');
    await api.admin.update(`msdyn_liveconversations(${id})`, { statecode: 3 });
    const item = await api.admin.read(`msdyn_ocliveworkitems(${id})?$select=statecode,msdyn_statuschangereason`);
    assert.deepEqual([item['statecode'], item['msdyn_statuschangereason']], [1, 192350016]);
    const reopened = await api.admin.request('PATCH', `msdyn_liveconversations(${id})`, { body: { statecode: 1 } });
    assertRefused(reopened, 400, '0x8004F00E');
    const url = `IsValidStateTransition(Entity=@e,NewState='Active',NewStatus=2)?@e={'@odata.id':'msdyn_liveconversations(${id})'}`;
    assert.equal((await api.admin.read(url))['IsValid'], false);
  });

  it('columns that the engine keeps are refused with the way to change them', async () => {
    const id = await start();
    const body = { 'msdyn_activeagentid_msdyn_ocliveworkitem@odata.bind': `/systemusers(${idOf('agent1')})` };
    const response = await api.admin.request('PATCH', `msdyn_ocliveworkitems(${id})`, { body });
    assertRefused(response, 400, '0x80040203', 'msdyn_activeagentid', 'CCaaS_AssignConversation');
  });
});
