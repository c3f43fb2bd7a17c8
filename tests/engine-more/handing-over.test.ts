/** From one person to another over HTTP: release, transfer, consult, monitor, join, take over, escalate (behaviour reference, 1.4, 5.2 to 5.5; docs/life-cycle.md). */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { asObject, type JsonObject } from '../support/server.ts';
import {
  type Centre,
  channels,
  codes,
  done,
  nowhere,
  openCentre,
  type Person,
  presenceIds,
  refused,
  roleIds,
  status,
  waitFor,
} from './centre.ts';

const crm = 'Microsoft.Dynamics.CRM';
const [primary, consult, monitor] = [192350002, 192350003, 192350004];
const offerSeconds = 120;
const open = 192350000;

let centre: Centre;
let supervisor: Person;
let place: Desk;

type Desk = {
  readonly queueId: string;
  readonly workStream: string;
  readonly agent: Person;
  readonly colleague: Person;
};

before(async () => {
  centre = await openCentre();
});
after(() => centre.stop());

/** Everybody is new in every test: a queue with two agents who are available, and a supervisor who is not in it. */
beforeEach(async () => {
  supervisor = await centre.addPerson([roleIds.omnichannelSupervisor]);
  place = await desk();
  done(await supervisor.call('parley_SetPresence', { PresenceId: presenceIds.available }));
});

async function desk(stream: JsonObject = {}): Promise<Desk> {
  const { id: queueId, agents } = await centre.addQueue(2);
  const [agent, colleague] = agents;
  assert.ok(agent && colleague);
  const workStream = await centre.addWorkStream({ queueId, isPicked: true, row: stream });
  for (const person of agents) done(await person.call('parley_SetPresence', { PresenceId: presenceIds.available }));
  return { queueId, workStream, agent, colleague };
}

/** A live chat that the agent of the desk has. */
async function picked({ workStream, agent }: Desk = place): Promise<string> {
  const id = await centre.start(workStream);
  done(await agent.call('CCaaS_PickConversation', { ConversationId: id }));
  return id;
}

async function freeUnits(person: Person): Promise<unknown> {
  const [row] = await centre.admin.api.list(`msdyn_agentstatuses?$filter=_msdyn_agentid_value eq ${person.id}`);
  return row?.['msdyn_availableunitscapacity'];
}

async function sessionReasons(id: string): Promise<unknown[]> {
  return (await centre.sessions(id)).map((session) => session['msdyn_closurereason']);
}

async function participantOf(id: string, person: Person, mode: number): Promise<JsonObject> {
  const rows = await centre.participants(id);
  const found = rows.findLast((row) => row['_msdyn_agentid_value'] === person.id && row['msdyn_mode'] === mode);
  assert.ok(found, `${person.id} takes no part as ${mode}: ${JSON.stringify(rows)}`);
  return found;
}

async function counts(id: string): Promise<unknown[]> {
  const item = await centre.item(id);
  return [item['msdyn_transfercount'], item['msdyn_escalationcount']];
}

function transfer(id: string, to: Person): JsonObject {
  return { ConversationId: id, AgentId: to.id };
}

describe('A transfer to an agent', () => {
  it('takes capacity of the target at once, and moves the conversation when they accept', async () => {
    const { agent, colleague } = place;
    const id = await picked();
    done(await agent.call('CCaaS_InitiateAgentTransfer', transfer(id, colleague)));
    let state = await centre.state(id);
    assert.deepEqual([state['AgentId'], asObject(state['Transfer'])['AgentId']], [agent.id, colleague.id]);
    assert.deepEqual([await freeUnits(agent), await freeUnits(colleague)], [60, 60]);
    assert.deepEqual(await counts(id), [0, 0]);
    done(await colleague.call('CCaaS_AcceptConversation', { ConversationId: id }));
    state = await centre.state(id);
    assert.deepEqual([state['AgentId'], state['Transfer'], state['Status']], [colleague.id, null, status.active]);
    assert.deepEqual([await freeUnits(agent), await freeUnits(colleague)], [100, 60]);
    assert.deepEqual(await counts(id), [1, 0]);
    assert.deepEqual(await sessionReasons(id), [192350006, open]);
    assert.equal((await participantOf(id, colleague, primary))['msdyn_assignreason'], 'AgentTransfer');
    assert.notEqual((await participantOf(id, agent, primary))['msdyn_lefton'], null);
    refused(await agent.call('CCaaS_AgentEndConversation', { ConversationId: id }), 404, codes.missing);
  });

  it('that is rejected, runs out or is called off leaves it with the first agent', async () => {
    const { agent, colleague } = place;
    const id = await picked();
    const request = (): Promise<void> =>
      agent.call('CCaaS_InitiateAgentTransfer', transfer(id, colleague)).then((answer) => void done(answer));
    await request();
    done(await colleague.call('CCaaS_RejectConversation', { ConversationId: id }));
    await request();
    done(await agent.callOn(id, 'parley_CancelTransfer'));
    refused(await agent.callOn(id, 'parley_CancelTransfer'), 409, codes.conflict);
    await request();
    await centre.moveClock(offerSeconds + 1);
    await waitFor('the end of the transfer', async () => (await centre.state(id))['Transfer'] === null);
    refused(await colleague.call('CCaaS_AcceptConversation', { ConversationId: id }), 404, codes.missing);
    const state = await centre.state(id);
    assert.deepEqual([state['AgentId'], state['Status'], state['SessionCount']], [agent.id, status.active, 1]);
    assert.deepEqual(await counts(id), [0, 0]);
    assert.equal(await freeUnits(colleague), 100);
  });

  it('is refused to who is away, has no room, has it already, or is nobody', async () => {
    const { agent, colleague } = place;
    const id = await picked();
    const attempt = (to: string) => agent.call('CCaaS_InitiateAgentTransfer', { ConversationId: id, AgentId: to });
    refused(await attempt(agent.id), 409, codes.conflict, 'sameAgent');
    refused(await attempt(nowhere), 404, codes.missing);
    done(await colleague.call('parley_SetPresence', { PresenceId: presenceIds.away }));
    refused(await attempt(colleague.id), 409, codes.conflict, 'agentNotAvailable');
    done(await colleague.call('parley_SetPresence', { PresenceId: presenceIds.available }));
    for (const _ of [1, 2]) await picked({ ...place, agent: colleague });
    refused(await attempt(colleague.id), 409, codes.conflict, 'agentNotAvailable');
  });

  it('by a supervisor may exceed capacity, and may start from waiting', async () => {
    const persistent = await desk();
    const stream = await centre.addWorkStream({ queueId: persistent.queueId, isPicked: true, channel: channels.sms });
    const { agent, colleague } = persistent;
    for (const _ of [1, 2]) await picked({ ...persistent, agent: colleague });
    done(await colleague.call('parley_SetPresence', { PresenceId: presenceIds.busy }));
    const id = await picked({ ...persistent, workStream: stream });
    done(await agent.call('CCaaS_EndSession', { ConversationId: id }));
    assert.equal((await centre.state(id))['Status'], status.waiting);
    done(await supervisor.call('CCaaS_InitiateAgentTransferBySupervisor', transfer(id, colleague)));
    done(await colleague.call('CCaaS_AcceptConversation', { ConversationId: id }));
    const state = await centre.state(id);
    assert.deepEqual([state['Status'], state['AgentId']], [status.active, colleague.id]);
    assert.equal(await freeUnits(colleague), -20);
    assert.equal((await participantOf(id, colleague, primary))['msdyn_assignreason'], 'SupervisorTransferToAgent');
  });
});

describe('A way back to a queue', () => {
  it('by releasing counts as no transfer, by transferring it does', async () => {
    const { agent, queueId } = place;
    const other = await desk();
    const id = await picked();
    done(await agent.callOn(id, 'parley_Release'));
    let item = await centre.item(id);
    assert.deepEqual([item['statuscode'], item['_msdyn_cdsqueueid_value']], [status.open, queueId]);
    assert.deepEqual(await counts(id), [0, 0]);
    done(await agent.call('CCaaS_PickConversation', { ConversationId: id }));
    done(await agent.call('CCaaS_InitiateQueueTransfer', { ConversationId: id, QueueId: other.queueId }));
    item = await centre.item(id);
    assert.deepEqual([item['statuscode'], item['_msdyn_cdsqueueid_value']], [status.open, other.queueId]);
    assert.deepEqual(await counts(id), [1, 0]);
    assert.deepEqual(await sessionReasons(id), [192350010, 192350010, open]);
    assert.equal(await freeUnits(agent), 100);
    refused(
      await agent.call('CCaaS_PickConversation', { ConversationId: id }),
      409,
      codes.conflict,
      'notMemberOfQueue',
    );
  });

  it('is refused for queues that do not exist or are closed, and what nobody serves is closed', async () => {
    const { agent } = place;
    const id = await picked();
    const move = (QueueId: string) => agent.call('CCaaS_InitiateQueueTransfer', { ConversationId: id, QueueId });
    refused(await move(nowhere), 404, codes.missing);
    const hours = await centre.admin.api.create('msdyn_operatinghours', {
      msdyn_name: `Never ${randomUUID()}`,
      msdyn_oc_daysofweek: String(192350000 + ((new Date().getUTCDay() + 3) % 7)),
      msdyn_enablealldays: false,
      msdyn_timezone: 92,
    });
    const closed = await centre.addQueue(1, { 'msdyn_operatinghourid@odata.bind': `/msdyn_operatinghours(${hours})` });
    const empty = await centre.addQueue(0);
    await centre.settle();
    refused(await move(closed.id), 409, codes.conflict);
    assert.equal((await centre.state(id))['Status'], status.active);
    done(await move(empty.id));
    const item = await centre.item(id);
    assert.deepEqual([item['statuscode'], item['msdyn_statuschangereason']], [status.closed, 192350014]);
  });
});

describe('A consult', () => {
  it('is private until it is shown to the customer, and ends when the consultant leaves', async () => {
    const { agent, colleague } = place;
    const id = await picked();
    const invitation = { ...transfer(id, colleague), IsPublic: false };
    done(await agent.call('CCaaS_InitiateAgentConsult', invitation));
    assert.equal((await participantOf(id, colleague, consult))['msdyn_joinedon'], null);
    done(await colleague.callOn(id, 'parley_AcceptConsult'));
    assert.equal((await participantOf(id, colleague, consult))['msdyn_conversationaccess'], 2);
    const write = (Audience: string) => colleague.callOn(id, 'parley_SendMessage', { Text: 'Try this', Audience });
    done(await write('private'));
    const early = await write('public');
    assert.ok(early.status === 403 || early.status === 409, `${early.status} ${early.text}`);
    refused(await colleague.callOn(id, 'parley_PublishConsult', { AgentId: colleague.id }), 403, codes.notYours);
    done(await agent.callOn(id, 'parley_PublishConsult'));
    done(await write('public'));
    const row = await participantOf(id, colleague, consult);
    assert.equal(row['msdyn_conversationaccess'], 1);
    refused(await colleague.call('CCaaS_AgentEndConversation', { ConversationId: id }), 403, codes.notYours);
    done(await colleague.call('CCaaS_LeavePublicConsult', { ConversationId: id }));
    assert.notEqual((await participantOf(id, colleague, consult))['msdyn_lefton'], null);
    assert.equal((await centre.state(id))['AgentId'], agent.id);
    assert.equal(await freeUnits(colleague), 100, 'a consult takes nothing where the work stream does not say so');
    const read = await agent.api.read(`msdyn_ocliveworkitems(${id})/${crm}.parley_GetMessages()`);
    const audiences = (read['Messages'] as JsonObject[]).map((message) => message['Audience']);
    assert.deepEqual(audiences, ['public', 'private', 'public']);
  });

  it('may be public from the start, be rejected, be called off, run out or be closed by the agent', async () => {
    const { agent, colleague } = place;
    const id = await picked();
    const invite = async (more: JsonObject = {}): Promise<void> => {
      done(await agent.call('CCaaS_InitiateAgentConsult', { ...transfer(id, colleague), ...more }));
    };
    await invite();
    done(await colleague.callOn(id, 'parley_RejectConsult'));
    assert.equal((await participantOf(id, colleague, consult))['msdyn_leftonreason'], 'AgentReject');
    await centre.moveClock(1);
    await invite();
    done(await agent.call('CCaaS_CancelConsult', { ConversationId: id }));
    refused(await colleague.callOn(id, 'parley_AcceptConsult'), 404, codes.missing);
    await centre.moveClock(1);
    await invite();
    await centre.moveClock(offerSeconds + 1);
    await waitFor('the end of the invitation', async () => {
      return (await participantOf(id, colleague, consult))['msdyn_leftonreason'] === 'AgentTimeout';
    });
    await centre.moveClock(1);
    await invite({ IsPublic: true });
    done(await colleague.callOn(id, 'parley_AcceptConsult'));
    assert.equal((await participantOf(id, colleague, consult))['msdyn_conversationaccess'], 1);
    done(await agent.call('CCaaS_CloseConsult', { ConversationId: id }));
    refused(await colleague.callOn(id, 'parley_SendMessage', { Text: 'One more thing' }), 404, codes.missing);
    refused(await agent.call('CCaaS_CloseConsult', { ConversationId: id }), 409, codes.conflict);
  });

  it('takes capacity where the work stream says so', async () => {
    const charged = await desk({ msdyn_blockcapacityforconsult: '192350001' });
    const id = await picked(charged);
    done(await charged.agent.call('CCaaS_InitiateAgentConsult', transfer(id, charged.colleague)));
    assert.equal(await freeUnits(charged.colleague), 60);
    done(await charged.colleague.callOn(id, 'parley_AcceptConsult'));
    done(await charged.colleague.callOn(id, 'parley_Leave'));
    assert.equal(await freeUnits(charged.colleague), 100);
  });

  it('is refused for who is not there', async () => {
    const { agent, colleague } = place;
    const id = await picked();
    done(await colleague.call('parley_SetPresence', { PresenceId: presenceIds.offline }));
    refused(
      await agent.call('CCaaS_InitiateAgentConsult', transfer(id, colleague)),
      409,
      codes.conflict,
      'agentNotAvailable',
    );
    refused(await agent.call('CCaaS_InitiateAgentConsult', transfer(id, agent)), 409, codes.conflict, 'sameAgent');
    refused(await agent.call('CCaaS_CancelConsult', { ConversationId: id }), 409, codes.conflict);
  });
});

describe('A supervisor', () => {
  it('monitors unseen, joins, leaves, and takes over, which counts as an escalation', async () => {
    const { agent } = place;
    const id = await picked();
    const target = { ConversationId: id };
    done(await supervisor.call('CCaaS_MonitorConversation', target));
    assert.equal((await participantOf(id, supervisor, monitor))['msdyn_conversationaccess'], 2);
    const silent = await supervisor.callOn(id, 'parley_SendMessage', { Text: 'Hello' });
    assert.ok(silent.status === 403 || silent.status === 409, `${silent.status} ${silent.text}`);
    done(await supervisor.call('CCaaS_JoinConversation', target));
    assert.equal((await participantOf(id, supervisor, monitor))['msdyn_conversationaccess'], 1);
    done(await supervisor.callOn(id, 'parley_SendMessage', { Text: 'Hello' }));
    done(await supervisor.callOn(id, 'parley_Leave'));
    assert.notEqual((await participantOf(id, supervisor, monitor))['msdyn_lefton'], null);
    assert.equal(await freeUnits(supervisor), 100, 'monitoring takes nothing');
    done(await supervisor.callOn(id, 'parley_TakeOver'));
    const state = await centre.state(id);
    assert.deepEqual([state['AgentId'], state['Status']], [supervisor.id, status.active]);
    assert.deepEqual(await counts(id), [1, 1]);
    assert.deepEqual(await sessionReasons(id), [192350012, open]);
    assert.deepEqual([await freeUnits(agent), await freeUnits(supervisor)], [100, 60]);
    refused(await supervisor.call('CCaaS_MonitorConversation', target), 409, codes.conflict, 'sameAgent');
  });

  it('does not monitor what nobody has accepted, nor join what they do not look at', async () => {
    const id = await centre.start(place.workStream);
    refused(await supervisor.call('CCaaS_MonitorConversation', { ConversationId: id }), 409, codes.conflict);
    refused(await supervisor.callOn(id, 'parley_TakeOver'), 409, codes.conflict);
    done(await place.agent.call('CCaaS_PickConversation', { ConversationId: id }));
    refused(await supervisor.call('CCaaS_JoinConversation', { ConversationId: id }), 403, codes.notYours);
  });

  it('is asked by escalating: to help, or to take it', async () => {
    const { agent, colleague } = place;
    const id = await picked();
    const escalate = (body: JsonObject) => agent.callOn(id, 'parley_EscalateToSupervisor', body);
    refused(await escalate({ AgentId: colleague.id }), 409, codes.conflict, 'no supervisor');
    done(await escalate({ AgentId: supervisor.id, Mode: 'consult' }));
    done(await supervisor.callOn(id, 'parley_AcceptConsult'));
    done(await supervisor.callOn(id, 'parley_Leave'));
    assert.deepEqual(await counts(id), [0, 0]);
    done(await escalate({ AgentId: supervisor.id, Mode: 'transfer' }));
    done(await supervisor.call('CCaaS_AcceptConversation', { ConversationId: id }));
    assert.deepEqual(await counts(id), [1, 1]);
    assert.equal((await centre.state(id))['AgentId'], supervisor.id);
  });

  it('writes to a customer in the queue: a persistent channel waits for the answer, a live chat goes on waiting for an agent', async () => {
    const workStream = await centre.addWorkStream({ queueId: place.queueId, isPicked: true, channel: channels.sms });
    const id = await centre.start(workStream);
    done(await supervisor.callOn(id, 'parley_MessageCustomer', { Text: 'We are on it.' }));
    assert.equal((await centre.item(id))['msdyn_statuschangereason'], 192350004);
    const live = await centre.start(place.workStream);
    done(await supervisor.callOn(live, 'parley_MessageCustomer', { Text: 'Somebody is coming.' }));
    const state = await centre.state(live);
    assert.deepEqual([state['Status'], state['MessageCount']], [status.open, 2]);
  });
});
