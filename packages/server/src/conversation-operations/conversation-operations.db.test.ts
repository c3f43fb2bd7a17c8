/** The operations on conversations, called through the Web API on a real database: who may, what is refused, what comes of it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type DemoPersonName, demoPerson, demoQueues, demoWorkStreams } from '../demo/demo-ids.ts';
import type { Caller } from '../security/caller.ts';
import { type Answer, openTestCentre, type TestCentre } from './operations-harness.ts';

const crm = 'Microsoft.Dynamics.CRM';
const nowhere = '00000000-0000-4000-8000-000000000000';

let centre: TestCentre;
let people: Record<DemoPersonName, Caller>;

before(async () => {
  centre = await openTestCentre();
  const names = Object.keys(demoPerson) as DemoPersonName[];
  people = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await centre.person(name)] as const)),
  ) as Record<DemoPersonName, Caller>;
  for (const name of ['agent1', 'agent2', 'agent3', 'supervisor'] as const)
    succeed(await call(name, 'parley_SignIn', { DeviceId: 'test' }));
});
after(() => centre.drop());

function call(person: DemoPersonName, name: string, body: object = {}): Promise<Answer> {
  return centre.send(people[person], 'POST', name, body);
}

function callOn(person: DemoPersonName, id: string, name: string, body: object = {}): Promise<Answer> {
  return centre.send(people[person], 'POST', `msdyn_ocliveworkitems(${id})/${crm}.${name}`, body);
}

function succeed(answer: Answer): Record<string, unknown> {
  assert.ok(answer.status < 300, answer.text);
  return answer.json as Record<string, unknown>;
}

function refuse(answer: Answer, status: number, code: string, ...words: string[]): void {
  assert.deepEqual([answer.status, answer.code], [status, code], answer.text);
  for (const word of words) assert.ok(answer.text.includes(word), `'${word}' is not said: ${answer.text}`);
}

/** A conversation of the stream, started as a channel would. */
async function start(stream: keyof typeof demoWorkStreams, text = 'Hello'): Promise<string> {
  const { id } = demoWorkStreams[stream];
  const started = succeed(await call('admin', 'parley_StartConversation', { WorkStreamId: id, Text: text }));
  return String(started['ConversationId']);
}

async function stateOf(id: string, person: DemoPersonName = 'admin'): Promise<Record<string, unknown>> {
  return succeed(await centre.send(people[person], 'GET', `msdyn_ocliveworkitems(${id})/${crm}.parley_GetState()`));
}

/** A persistent conversation that the agent has picked. */
async function startAndPick(agent: DemoPersonName = 'agent1'): Promise<string> {
  const id = await start('custom');
  succeed(await call(agent, 'CCaaS_PickConversation', { ApiVersion: '1.0', ConversationId: id }));
  return id;
}

function colleagueOf(agent: DemoPersonName): DemoPersonName {
  return agent === 'agent1' ? 'agent2' : 'agent1';
}

describe('Handling', () => {
  test('an agent picks, writes, ends and closes', async () => {
    const id = await startAndPick();
    const sent = succeed(await callOn('agent1', id, 'parley_SendMessage', { Text: 'How can I help?', ClientId: 'c1' }));
    const again = succeed(
      await callOn('agent1', id, 'parley_SendMessage', { Text: 'How can I help?', ClientId: 'c1' }),
    );
    assert.equal(sent['MessageId'], again['MessageId'], 'the same ClientId twice is one message');
    assert.equal((await stateOf(id))['Status'], 2);
    succeed(await call('agent1', 'CCaaS_AgentEndConversation', { ConversationId: id }));
    assert.equal((await stateOf(id))['Status'], 5);
    succeed(await call('agent1', 'CCaaS_EndSession', { ConversationId: id }));
    assert.equal((await stateOf(id))['Status'], 4);
  });

  test('routing offers, one agent rejects and another accepts', async () => {
    const id = await start('liveChat');
    await centre.route();
    const { Offer: offer } = await stateOf(id);
    const { AgentId } = offer as { AgentId: string };
    const first = (Object.keys(demoPerson) as DemoPersonName[]).find(
      (name) => demoPerson[name].systemUserId === AgentId,
    );
    assert.ok(first);
    refuse(await call(colleagueOf(first), 'CCaaS_AcceptConversation', { ConversationId: id }), 404, 'rowNotFound');
    succeed(await call(first, 'CCaaS_RejectConversation', { ConversationId: id }));
    await centre.route();
    const { Offer: second } = await stateOf(id);
    const next = (Object.keys(demoPerson) as DemoPersonName[]).find(
      (name) => demoPerson[name].systemUserId === (second as { AgentId: string }).AgentId,
    );
    assert.ok(next !== undefined && next !== first);
    succeed(await call(next, 'CCaaS_AcceptConversation', { ConversationId: id }));
    const state = await stateOf(id, next);
    assert.deepEqual([state['Status'], state['StatusReason'], state['Offer']], [2, 192350003, null]);
    succeed(await call('supervisor', 'CCaaS_ForceCloseConversation', { ConversationId: id }));
    refuse(
      await call(next, 'CCaaS_AgentEndConversation', { ConversationId: id }),
      409,
      'conversationRefused',
      'conversationClosed',
    );
  });

  test('an offer cannot be timed out before its time, nor by an agent', async () => {
    const id = await start('liveChat');
    const body = { ConversationId: id };
    refuse(await call('agent1', 'CCaaS_ConversationTimeout', body), 403, 'notYourConversation');
    refuse(await call('admin', 'CCaaS_ConversationTimeout', body), 409, 'conversationRefused', 'offered to nobody');
    await centre.route();
    refuse(await call('admin', 'CCaaS_ConversationTimeout', body), 409, 'conversationRefused', 'runs until');
    centre.moveClock(180_000);
    succeed(await call('admin', 'CCaaS_ConversationTimeout', body));
    assert.equal((await stateOf(id))['Status'], 1);
    succeed(await call('supervisor', 'CCaaS_ForceCloseConversation', body));
    for (const name of ['agent1', 'agent2', 'agent3'] as const)
      await call(name, 'parley_Heartbeat', { DeviceId: 'test', IsActive: true });
    for (const name of ['agent1', 'agent2', 'agent3'] as const) await call(name, 'parley_ResetPresence');
  });

  test('a waiting conversation is rejoined, a released one is back in its queue', async () => {
    const id = await startAndPick();
    succeed(await call('agent1', 'CCaaS_EndSession', { ConversationId: id }));
    assert.equal((await stateOf(id))['Status'], 3);
    succeed(await call('agent1', 'CCaaS_RejoinConversation', { ConversationId: id }));
    succeed(await callOn('agent1', id, 'parley_Release'));
    const state = await stateOf(id);
    assert.deepEqual([state['Status'], state['QueuePosition']], [1, 1]);
    succeed(await call('supervisor', 'CCaaS_ForceCloseConversation', { ConversationId: id }));
  });
});

describe('Transfer, consult and supervision', () => {
  test('a transfer to an agent is asked for, taken back, asked for again and accepted', async () => {
    const id = await startAndPick();
    const AgentId = demoPerson.agent2.systemUserId;
    const body = { ConversationId: id, AgentId };
    refuse(await call('agent2', 'CCaaS_InitiateAgentTransfer', body), 404, 'rowNotFound');
    succeed(await call('agent1', 'CCaaS_InitiateAgentTransfer', body));
    succeed(await callOn('agent1', id, 'parley_CancelTransfer'));
    succeed(await call('agent1', 'CCaaS_InitiateAgentTransfer', body));
    succeed(await call('agent2', 'CCaaS_AcceptConversation', { ConversationId: id }));
    const state = await stateOf(id);
    assert.deepEqual([state['AgentId'], state['TransferCount']], [AgentId, 1]);
    refuse(await call('agent1', 'CCaaS_AgentEndConversation', { ConversationId: id }), 404, 'rowNotFound');
  });

  test('a consult is invited, cancelled, invited again, accepted, published and closed', async () => {
    const id = await startAndPick();
    const AgentId = demoPerson.agent3.systemUserId;
    succeed(await call('agent1', 'CCaaS_InitiateAgentConsult', { ConversationId: id, AgentId }));
    succeed(await call('agent1', 'CCaaS_CancelConsult', { ConversationId: id }));
    refuse(await call('agent1', 'CCaaS_CancelConsult', { ConversationId: id }), 409, 'conversationRefused');
    succeed(await call('agent1', 'CCaaS_InitiateAgentConsult', { ConversationId: id, AgentId }));
    succeed(await callOn('agent3', id, 'parley_AcceptConsult'));
    succeed(await callOn('agent1', id, 'parley_PublishConsult'));
    succeed(await callOn('agent3', id, 'parley_SendMessage', { Text: 'From the consultant', Audience: 'public' }));
    succeed(await call('agent1', 'CCaaS_CloseConsult', { ConversationId: id }));
    const { Participants } = await stateOf(id);
    assert.deepEqual(
      (Participants as { AgentId: string }[]).map((one) => one.AgentId),
      [demoPerson.agent1.systemUserId],
    );
  });

  test('escalation finds the supervisor who is there', async () => {
    const id = await startAndPick();
    refuse(
      await callOn('agent1', id, 'parley_EscalateToSupervisor', { AgentId: demoPerson.agent2.systemUserId }),
      409,
      'conversationRefused',
      'no supervisor',
    );
    refuse(await callOn('agent1', id, 'parley_EscalateToSupervisor', { Mode: 'shout' }), 400, 'requestFault', "'Mode'");
    succeed(await callOn('agent1', id, 'parley_EscalateToSupervisor', { Mode: 'transfer' }));
    const { Transfer } = await stateOf(id);
    assert.equal((Transfer as { AgentId: string }).AgentId, demoPerson.supervisor.systemUserId);
  });

  test('supervisors assign, move, monitor, join, take over and close; agents do not', async () => {
    const id = await start('custom');
    const supervised: [string, object][] = [
      ['CCaaS_AssignConversation', { AgentId: demoPerson.agent1.systemUserId }],
      ['CCaaS_InitiateQueueAssignment', { QueueId: demoQueues.workshop.id }],
      ['CCaaS_MonitorConversation', {}],
      ['CCaaS_ForceCloseConversation', {}],
      ['CCaaS_InitiateAgentTransferBySupervisor', { AgentId: demoPerson.agent1.systemUserId }],
    ];
    for (const [name, body] of supervised)
      refuse(await call('agent1', name, { ConversationId: id, ...body }), 403, 'privilegeDenied', 'prvAssignActivity');
    refuse(await callOn('agent1', id, 'parley_TakeOver'), 403, 'privilegeDenied');
    refuse(await callOn('agent1', id, 'parley_MessageCustomer', { Text: 'x' }), 403, 'privilegeDenied');
    const body = { ConversationId: id };
    succeed(await call('supervisor', 'CCaaS_InitiateQueueAssignment', { ...body, QueueId: demoQueues.workshop.id }));
    assert.equal((await stateOf(id))['QueueId'], demoQueues.workshop.id);
    succeed(await call('supervisor', 'CCaaS_InitiateQueueAssignment', { ...body, QueueId: demoQueues.default.id }));
    succeed(await call('supervisor', 'CCaaS_AssignConversation', { ...body, AgentId: demoPerson.agent1.systemUserId }));
    succeed(await call('agent1', 'CCaaS_AcceptConversation', body));
    succeed(await call('supervisor', 'CCaaS_MonitorConversation', body));
    succeed(await call('supervisor', 'CCaaS_JoinConversation', body));
    succeed(await callOn('supervisor', id, 'parley_Leave'));
    succeed(await callOn('supervisor', id, 'parley_TakeOver'));
    assert.equal((await stateOf(id))['AgentId'], demoPerson.supervisor.systemUserId);
    succeed(await call('admin', 'CCaaS_ForceCloseConversation', body));
  });
});

describe('What is known about a conversation', () => {
  test('messages are read in order, after a number', async () => {
    const id = await startAndPick();
    succeed(await callOn('agent1', id, 'parley_SendMessage', { Text: 'Second', ContentType: 'text/markdown' }));
    succeed(await callOn('agent1', id, 'parley_SendMessage', { Text: 'For us', Audience: 'note' }));
    const read = async (query: string) => {
      const url = `msdyn_liveconversations(${id})/${crm}.parley_GetMessages(${query})`;
      return succeed(await centre.send(people.agent1, 'GET', url))['Messages'] as Record<string, unknown>[];
    };
    const all = await read('');
    assert.deepEqual(all.map((one) => one['Content']).slice(0, 1), ['Hello']);
    const last = Number(all.at(-1)?.['Number']);
    assert.deepEqual(
      (await read(`After=${last - 1}`)).map((one) => one['Audience']),
      ['note'],
    );
    assert.equal((await read('Top=1')).length, 1);
  });

  test('customer, case, context and skills are set and shown', async () => {
    const id = await startAndPick();
    const [[contactId] = [], [skillId] = [], [caseId] = []] = await Promise.all(
      [
        'SELECT contactid FROM data.contact ORDER BY 1 LIMIT 1',
        'SELECT characteristicid FROM data.characteristic ORDER BY 1 LIMIT 1',
        'SELECT incidentid FROM data.incident ORDER BY 1 LIMIT 1',
      ].map(async (text) => (await centre.database.query(text, []))[0] ?? []),
    );
    const customer = { '@odata.type': `${crm}.contact`, contactid: contactId };
    succeed(await callOn('agent1', id, 'parley_SetCustomer', { Customer: customer }));
    succeed(
      await callOn('agent1', id, 'parley_SetCase', { Case: { '@odata.type': `${crm}.incident`, incidentid: caseId } }),
    );
    succeed(await callOn('agent1', id, 'parley_SetContext', { Context: '{"tier":"gold","visits":{"value":3}}' }));
    succeed(await callOn('agent1', id, 'parley_SetSkills', { Skills: [{ SkillId: skillId, Rating: 0.5 }] }));
    const url = `CCaaS_GetClientLWIContext(ConversationId=${id})`;
    const shown = succeed(await centre.send(people.agent1, 'GET', url));
    assert.deepEqual([shown['CustomerId'], shown['CustomerTable'], shown['CaseId']], [contactId, 'contact', caseId]);
    assert.deepEqual(JSON.parse(String(shown['Context'])), { tier: 'gold', visits: 3 });
    assert.deepEqual((await stateOf(id))['Skills'], [{ SkillId: skillId, Rating: 0.5 }]);
    succeed(await callOn('agent1', id, 'parley_SetCustomer', { Customer: null }));
    assert.equal((await stateOf(id))['CustomerId'], null);
    refuse(await callOn('agent1', id, 'parley_SetContext', { Context: '[1]' }), 400, 'requestFault', "'Context'");
    refuse(await callOn('agent1', id, 'parley_SetSkills', { Skills: [{ SkillId: nowhere }] }), 404, 'rowNotFound');
  });

  test('supervisors read why it was routed as it was, and what would happen now', async () => {
    const id = await start('liveChat');
    for (const name of ['parley_ExplainRouting', 'parley_DryRunRouting']) {
      const url = `msdyn_ocliveworkitems(${id})/${crm}.${name}()`;
      const { Decisions } = succeed(await centre.send(people.supervisor, 'GET', url));
      assert.ok((Decisions as unknown[]).length > 0, name);
      refuse(await centre.send(people.agent1, 'GET', url), 403, 'privilegeDenied');
    }
    succeed(await call('supervisor', 'CCaaS_ForceCloseConversation', { ConversationId: id }));
  });

  test('candidates for consult and transfer are those who are there, without the agent of the conversation', async () => {
    const id = await startAndPick();
    const { Agents } = succeed(
      await centre.send(people.agent1, 'GET', `CCaaS_GetAgentsForConsultAndTransfer(ConversationId=${id})`),
    );
    const ids = (Agents as { AgentId: string }[]).map(({ AgentId }) => AgentId);
    assert.ok(ids.includes(demoPerson.agent2.systemUserId));
    assert.ok(!ids.includes(demoPerson.agent1.systemUserId) && !ids.includes(demoPerson.agent4.systemUserId));
  });
});

describe('Refusals', () => {
  test('a conversation that one has nothing to do with looks like one that does not exist', async () => {
    const id = await startAndPick('agent1');
    const messages: string[] = [];
    for (const target of [id, nowhere]) {
      const answers = [
        await call('agent2', 'CCaaS_AgentEndConversation', { ConversationId: target }),
        await callOn('agent2', target, 'parley_Release'),
        await centre.send(people.agent2, 'GET', `msdyn_ocliveworkitems(${target})/${crm}.parley_GetState()`),
      ];
      for (const answer of answers) {
        refuse(answer, 404, 'rowNotFound');
        messages.push(answer.text.replaceAll(target, 'ID'));
      }
    }
    assert.equal(new Set(messages).size, 1);
  });

  test('bad arguments name the parameter', async () => {
    const id = await startAndPick();
    const refused: [string, object, string][] = [
      ['CCaaS_PickConversation', {}, "'ConversationId'"],
      ['CCaaS_PickConversation', { ConversationId: 'x' }, "'ConversationId' must be a GUID"],
      ['CCaaS_PickConversation', { ConversationId: id, ApiVersion: '2.0' }, "'ApiVersion'"],
      ['CCaaS_PickConversation', { ConversationId: id, Nonsense: 1 }, "'Nonsense'"],
      ['CCaaS_InitiateAgentConsult', { ConversationId: id, AgentId: id, IsPublic: 'yes' }, "'IsPublic'"],
    ];
    for (const [name, body, words] of refused) refuse(await call('agent1', name, body), 400, 'requestFault', words);
    const texts: [object, string][] = [
      [{ Text: '' }, "'Text' is empty"],
      [{ Text: 'x'.repeat(28 * 1024 + 1) }, "'Text' has 28673 bytes"],
      [{ Text: 'x', Audience: 'everybody' }, "'Audience'"],
      [{ Text: 'x', ContentType: 'nonsense' }, "'ContentType'"],
    ];
    for (const [body, words] of texts)
      refuse(await callOn('agent1', id, 'parley_SendMessage', body), 400, 'requestFault', words);
    succeed(await callOn('agent1', id, 'parley_SendMessage', { Text: 'é'.repeat(14 * 1024) }));
    refuse(
      await call('agent1', 'CCaaS_InitiateAgentTransfer', { ConversationId: id, AgentId: nowhere }),
      404,
      'rowNotFound',
      nowhere,
    );
    refuse(
      await call('agent1', 'CCaaS_InitiateQueueTransfer', { ConversationId: id, QueueId: nowhere }),
      404,
      'rowNotFound',
      nowhere,
    );
  });

  test('a row that was written directly is no conversation of the engine', async () => {
    const created = await centre.send(people.admin, 'POST', 'msdyn_ocliveworkitems', { subject: 'By hand' });
    const id = /\(([^)]+)\)$/.exec(created.text)?.[1] ?? '';
    refuse(
      await call('admin', 'CCaaS_ForceCloseConversation', { ConversationId: id }),
      409,
      'conversationRefused',
      'written directly',
    );
  });

  test('agents start outbound conversations only, and the clock stands where it is', async () => {
    const WorkStreamId = demoWorkStreams.sms.id;
    refuse(await call('agent1', 'parley_StartConversation', { WorkStreamId }), 403, 'notYourConversation');
    const started = await call('agent1', 'parley_StartConversation', { WorkStreamId, IsOutbound: true });
    assert.equal(succeed(started)['IsNew'], true);
    refuse(await call('admin', 'parley_StartConversation', { WorkStreamId: nowhere }), 404, 'rowNotFound');
    refuse(await call('admin', 'parley_MoveClock', { Milliseconds: 1 }), 404, 'resourceNotFound');
  });
});

describe('Presence and figures', () => {
  test('an agent sets and reads their presence; a supervisor changes it', async () => {
    succeed(await call('agent2', 'parley_SetPresence', { PresenceText: 'Busy' }));
    const shown = succeed(await centre.send(people.agent2, 'GET', 'CCaaS_GetPresence()'));
    assert.deepEqual([shown['AgentId'], shown['CurrentPresenceStatusInfo']], [demoPerson.agent2.systemUserId, 'Busy']);
    refuse(await call('agent2', 'parley_SetPresence', { PresenceText: 'On the moon' }), 409, 'conversationRefused');
    refuse(await call('agent2', 'parley_SetPresence', {}), 400, 'requestFault', 'PresenceId');
    const PresenceId = String(shown['PresenceId']);
    const body = { ApiVersion: '1.0', AgentId: demoPerson.agent3.systemUserId, PresenceId };
    refuse(await call('agent2', 'CCaaS_ModifyAgentPresence', body), 403, 'privilegeDenied');
    succeed(await call('supervisor', 'CCaaS_ModifyAgentPresence', body));
    const changed = succeed(await centre.send(people.agent3, 'GET', 'CCaaS_GetPresence()'));
    assert.equal(changed['PresenceId'], PresenceId);
    refuse(await call('supervisor', 'CCaaS_ModifyAgentPresence', { ...body, AgentId: nowhere }), 404, 'rowNotFound');
  });

  test('figures are for supervisors, availability is for administrators', async () => {
    const period = 'From=2026-01-01T00:00:00Z,To=2026-04-01T00:00:00Z';
    for (const url of [
      `parley_GetConversationMetrics(${period})`,
      'parley_GetQueueSnapshot()',
      'parley_GetAgentSnapshot()',
    ]) {
      succeed(await centre.send(people.supervisor, 'GET', url));
      refuse(await centre.send(people.agent1, 'GET', url), 403, 'notYourConversation');
    }
    const body = { ApiVersion: '1.0', LiveWorkStreamId: demoWorkStreams.liveChat.id };
    const name = 'CCaaS_GetRepresentativeAvailabilityBeforeConversation';
    refuse(await call('supervisor', name, body), 403, 'notYourConversation');
    assert.equal(typeof succeed(await call('admin', name, body))['IsQueueAvailable'], 'boolean');
    const id = await start('custom');
    const place = await centre.send(people.agent1, 'GET', `parley_GetQueuePosition(ConversationId=${id})`);
    assert.equal(succeed(place)['Position'], 1);
  });
});

test('$metadata declares every operation and every type that they mention', async () => {
  const { text } = await centre.send(people.admin, 'GET', '$metadata');
  assert.match(text, /<Action Name="CCaaS_AcceptConversation">/);
  assert.match(text, /<FunctionImport Name="CCaaS_GetPresence"/);
  assert.match(
    text,
    /<Action Name="parley_SendMessage" IsBound="true"><Parameter Name="entity" Type="mscrm.msdyn_ocliveworkitem"/,
  );
  const declared = new Set(
    [...text.matchAll(/<(?:ComplexType|EntityType|EnumType) Name="([^"]+)"/g)].map(([, name]) => name),
  );
  for (const [, name] of text.matchAll(/Type="(?:Collection\()?mscrm\.([^")]+)/g)) assert.ok(declared.has(name), name);
});
