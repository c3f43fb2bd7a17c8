/** Offers, picking, assigning, and the ends of a conversation over HTTP, with what the rows show of each (behaviour reference, 1.4, 2, 5.1; docs/life-cycle.md). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
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
const offerSeconds = 120;

let centre: Centre;
let supervisor: Person;

before(async () => {
  centre = await openCentre();
  supervisor = await centre.addPerson([roleIds.omnichannelSupervisor]);
  await centre.settle();
  done(await supervisor.call('parley_SetPresence', { PresenceId: presenceIds.available }));
});
after(() => centre.stop());

type Desk = { readonly queueId: string; readonly agents: Person[]; readonly workStream: string };

/** A queue whose agents are available, and a work stream that goes there. */
async function desk(agents: number, stream: JsonObject = {}): Promise<Desk> {
  const queue = await centre.addQueue(agents);
  const { channel, isPicked, ...row } = stream;
  const workStream = await centre.addWorkStream({
    queueId: queue.id,
    isPicked: isPicked === true,
    channel: typeof channel === 'number' ? channel : channels.liveChat,
    row,
  });
  for (const agent of queue.agents) done(await agent.call('parley_SetPresence', { PresenceId: presenceIds.available }));
  return { queueId: queue.id, agents: queue.agents, workStream };
}

function first(desk: Desk): Person {
  const [agent] = desk.agents;
  assert.ok(agent);
  return agent;
}

async function freeUnits(person: Person): Promise<unknown> {
  const [row] = await centre.admin.api.list(`msdyn_agentstatuses?$filter=_msdyn_agentid_value eq ${person.id}`);
  return row?.['msdyn_availableunitscapacity'];
}

/** Offered, and accepted by the agent who was asked. */
async function acceptedBy(person: Person, workStream: string): Promise<string> {
  const id = await centre.start(workStream);
  await centre.waitForOffer(id, person);
  done(await person.call('CCaaS_AcceptConversation', { ConversationId: id }));
  return id;
}

async function sessionReasons(id: string): Promise<unknown[]> {
  return (await centre.sessions(id)).map((session) => session['msdyn_closurereason']);
}

const open = 192350000;

describe('An offer', () => {
  it('takes capacity, and accepting it makes a conversation of it; accepting twice is accepting once', async () => {
    const place = await desk(1);
    const agent = first(place);
    const id = await centre.start(place.workStream);
    await centre.waitForOffer(id, agent);
    let item = await centre.item(id);
    assert.deepEqual(
      [item['statuscode'], item['statecode'], item['msdyn_statuschangereason'], item['msdyn_isagentaccepted']],
      [status.active, 0, 192350002, false],
    );
    assert.equal(await freeUnits(agent), 60);
    for (const _ of [1, 2]) done(await agent.call('CCaaS_AcceptConversation', { ConversationId: id }));
    item = await centre.item(id);
    assert.deepEqual(
      [item['msdyn_statuschangereason'], item['msdyn_isagentaccepted'], item['_msdyn_activeagentid_value']],
      [192350003, true, agent.id],
    );
    assert.notEqual(item['msdyn_startedon'], null);
    const live = await centre.admin.api.read(`msdyn_liveconversations(${id})`);
    assert.deepEqual([live['statecode'], live['statuscode']], [1, status.active]);
    const [session] = await centre.sessions(id);
    assert.notEqual(session?.['msdyn_agentacceptedon'], null);
    const participants = await centre.participants(id);
    assert.equal(participants.length, 1);
    assert.deepEqual(
      [participants[0]?.['_msdyn_agentid_value'], participants[0]?.['msdyn_mode']],
      [agent.id, 192350002],
    );
    assert.notEqual(participants[0]?.['msdyn_joinedon'], null);
    assert.equal(await freeUnits(agent), 60, 'nothing is taken twice');
  });

  it('that is rejected goes to another agent in a new session, and gives capacity back', async () => {
    const place = await desk(2);
    const id = await centre.start(place.workStream);
    const offered = asObject((await centre.waitForOffer(id))['Offer'])['AgentId'];
    const rejecting = place.agents.find((agent) => agent.id === offered);
    const other = place.agents.find((agent) => agent.id !== offered);
    assert.ok(rejecting && other);
    done(await rejecting.call('CCaaS_RejectConversation', { ConversationId: id }));
    await centre.waitForOffer(id, other);
    assert.equal(await freeUnits(rejecting), 100);
    assert.deepEqual(await sessionReasons(id), [192350001, open]);
    const [participant] = await centre.participants(id);
    assert.deepEqual([participant?.['msdyn_leftonreason'], participant?.['msdyn_joinedon']], ['AgentReject', null]);
    refused(await rejecting.call('CCaaS_AcceptConversation', { ConversationId: id }), 404, codes.missing);
  });

  it('runs out by itself, and nobody can accept it any more', async () => {
    const place = await desk(1);
    const agent = first(place);
    const id = await centre.start(place.workStream);
    await centre.waitForOffer(id, agent);
    refused(
      await centre.admin.call('CCaaS_ConversationTimeout', { ConversationId: id }),
      409,
      codes.conflict,
      'runs until',
    );
    done(await agent.call('parley_SetPresence', { PresenceId: presenceIds.away }));
    await centre.moveClock(offerSeconds + 1);
    await centre.waitForStatus(id, status.open, 192350001);
    assert.deepEqual(await sessionReasons(id), [192350002, open]);
    const [participant] = await centre.participants(id);
    assert.equal(participant?.['msdyn_leftonreason'], 'AgentTimeout');
    refused(await agent.call('CCaaS_AcceptConversation', { ConversationId: id }), 409, codes.conflict, 'offerExpired');
    refused(await agent.call('CCaaS_RejectConversation', { ConversationId: id }), 409, codes.conflict, 'offerExpired');
  });

  it('comes back to the only agent three times, then only people assign it', async () => {
    const place = await desk(1);
    const agent = first(place);
    const id = await centre.start(place.workStream);
    for (const _ of [1, 2, 3]) {
      await centre.waitForOffer(id, agent);
      done(await agent.call('CCaaS_RejectConversation', { ConversationId: id }));
    }
    await waitFor('the decision that nobody is left', async () => {
      const filter = `_parley_conversationid_value eq ${id} and parley_kind eq 3`;
      const rows = await centre.admin.api.list(`parley_routingdecisions?$filter=${filter}`);
      return rows.some((row) => String(row['parley_explanation']).includes('"rejected":{"declined":1}'));
    });
    assert.equal((await centre.state(id))['Status'], status.open);
    done(await supervisor.call('CCaaS_AssignConversation', { ConversationId: id, AgentId: agent.id }));
    assert.equal((await centre.state(id))['Status'], status.active);
  });

  it('cannot be rejected where the work stream says so, and opens by itself where it says that', async () => {
    const strict = await desk(1, { parley_mayreject: false });
    const id = await centre.start(strict.workStream);
    await centre.waitForOffer(id, first(strict));
    const response = await first(strict).call('CCaaS_RejectConversation', { ConversationId: id });
    refused(response, 409, codes.conflict, 'cannot be rejected');
    const automatic = await desk(1, { parley_autoaccept: true });
    await centre.waitForStatus(await centre.start(automatic.workStream), status.active, 192350003);
  });
});

describe('Picking', () => {
  it('is for members of the queue, whatever their capacity', async () => {
    const place = await desk(1, { isPicked: true });
    const agent = first(place);
    for (const units of [60, 20, -20]) {
      const id = await centre.start(place.workStream);
      done(await agent.call('CCaaS_PickConversation', { ConversationId: id }));
      const state = await centre.state(id);
      assert.deepEqual(
        [state['Status'], state['StatusReason'], state['AgentId']],
        [status.active, 192350003, agent.id],
      );
      assert.equal(await freeUnits(agent), units);
      assert.equal((await centre.participants(id))[0]?.['msdyn_assignreason'], 'AgentPick');
    }
  });

  it('is refused to agents of other queues, and for what is pushed unless the work stream allows it', async () => {
    const place = await desk(1, { isPicked: true });
    const stranger = first(await desk(1));
    const id = await centre.start(place.workStream);
    refused(
      await stranger.call('CCaaS_PickConversation', { ConversationId: id }),
      409,
      codes.conflict,
      'notMemberOfQueue',
    );
    const pushed = await desk(1);
    done(await first(pushed).call('parley_SetPresence', { PresenceId: presenceIds.away }));
    const waiting = await centre.start(pushed.workStream);
    refused(
      await first(pushed).call('CCaaS_PickConversation', { ConversationId: waiting }),
      409,
      codes.conflict,
      'pickNotAllowed',
    );
    const mixed = await desk(1, { msdyn_enableselectingfrompushbasedworkstreams: true });
    done(await first(mixed).call('parley_SetPresence', { PresenceId: presenceIds.away }));
    const either = await centre.start(mixed.workStream);
    done(await first(mixed).call('CCaaS_PickConversation', { ConversationId: either }));
  });

  it('of one conversation by two agents at once succeeds for one', async () => {
    const place = await desk(2, { isPicked: true });
    const id = await centre.start(place.workStream);
    const answers = await Promise.all(
      place.agents.map((agent) => agent.call('CCaaS_PickConversation', { ConversationId: id })),
    );
    const statuses = answers.map((answer) => answer.status).sort();
    assert.equal(statuses[0], 204, JSON.stringify(answers.map(({ text }) => text)));
    assert.ok(statuses[1] === 404 || statuses[1] === 409, String(statuses));
    assert.equal((await centre.participants(id)).length, 1);
  });
});

describe('A supervisor assigns', () => {
  it('an open conversation to an agent, past presence and capacity', async () => {
    const place = await desk(1, { isPicked: true });
    const agent = first(place);
    done(await agent.call('parley_SetPresence', { PresenceId: presenceIds.away }));
    const id = await centre.start(place.workStream);
    done(await supervisor.call('CCaaS_AssignConversation', { ConversationId: id, AgentId: agent.id }));
    const state = await centre.state(id);
    assert.deepEqual([state['StatusReason'], asObject(state['Offer'])['AgentId']], [192350017, agent.id]);
    assert.deepEqual(await sessionReasons(id), [192350008, open]);
    done(await agent.call('CCaaS_AcceptConversation', { ConversationId: id }));
    assert.equal((await centre.participants(id))[0]?.['msdyn_assignreason'], 'SupervisorAssign');
    const again = await supervisor.call('CCaaS_AssignConversation', { ConversationId: id, AgentId: agent.id });
    refused(again, 409, codes.conflict);
  });

  it('nothing to nobody', async () => {
    const place = await desk(1, { isPicked: true });
    const id = await centre.start(place.workStream);
    const body = { ConversationId: id, AgentId: nowhere };
    refused(await supervisor.call('CCaaS_AssignConversation', body), 404, codes.missing);
    assert.equal((await centre.state(id))['Status'], status.open);
  });

  it('an open conversation to another queue, in a new session', async () => {
    const place = await desk(1, { isPicked: true });
    const other = await desk(1);
    const id = await centre.start(place.workStream);
    const response = await supervisor.call('CCaaS_InitiateQueueAssignment', {
      ConversationId: id,
      QueueId: other.queueId,
    });
    done(response);
    const item = await centre.item(id);
    assert.deepEqual(
      [item['statuscode'], item['_msdyn_cdsqueueid_value'], item['msdyn_transfercount']],
      [status.open, other.queueId, 0],
    );
    assert.deepEqual(await sessionReasons(id), [192350011, open]);
    const unknown = await supervisor.call('CCaaS_InitiateQueueAssignment', { ConversationId: id, QueueId: nowhere });
    refused(unknown, 404, codes.missing);
  });
});

describe('Ending and closing', () => {
  it('a live chat: end makes wrap-up, which keeps capacity, and closing the session closes it', async () => {
    const place = await desk(1);
    const agent = first(place);
    const id = await acceptedBy(agent, place.workStream);
    for (const _ of [1, 2]) done(await agent.call('CCaaS_AgentEndConversation', { ConversationId: id }));
    let item = await centre.item(id);
    assert.deepEqual(
      [item['statuscode'], item['msdyn_statuschangereason'], item['statecode']],
      [status.wrapUp, 192350005, 0],
    );
    assert.notEqual(item['msdyn_wrapupinitiatedon'], null);
    assert.equal(await freeUnits(agent), 60);
    await centre.moveClock(30);
    done(await agent.call('CCaaS_EndSession', { ConversationId: id }));
    item = await centre.item(id);
    assert.deepEqual(
      [item['statuscode'], item['msdyn_statuschangereason'], item['statecode']],
      [status.closed, 192350008, 1],
    );
    assert.ok(Number(item['msdyn_conversationwrapuptimeinseconds']) >= 30);
    assert.equal(item['msdyn_isabandoned'], false);
    assert.equal(await freeUnits(agent), 100);
    assert.deepEqual(await sessionReasons(id), [192350021]);
    assert.ok((await centre.participants(id)).every((participant) => participant['msdyn_lefton'] !== null));
  });

  it('a live chat whose session is closed without ending goes back to the queue, to the same agent first', async () => {
    const place = await desk(2);
    const id = await centre.start(place.workStream);
    const offered = asObject((await centre.waitForOffer(id))['Offer'])['AgentId'];
    const agent = place.agents.find((one) => one.id === offered);
    assert.ok(agent);
    done(await agent.call('CCaaS_AcceptConversation', { ConversationId: id }));
    done(await agent.call('CCaaS_EndSession', { ConversationId: id }));
    const state = await centre.waitForOffer(id, agent);
    assert.equal(asObject(state['Offer'])['Reason'], 'affinity');
    assert.deepEqual(await sessionReasons(id), [192350004, open]);
  });

  it('a persistent conversation waits when its session is closed, and is opened again by its agent only', async () => {
    const place = await desk(2, { channel: channels.sms, isPicked: true });
    const [agent, other] = place.agents;
    assert.ok(agent && other);
    const id = await centre.start(place.workStream);
    done(await agent.call('CCaaS_PickConversation', { ConversationId: id }));
    done(await agent.call('CCaaS_EndSession', { ConversationId: id }));
    const waiting = await centre.item(id);
    assert.deepEqual(
      [waiting['statuscode'], waiting['msdyn_statuschangereason'], waiting['_msdyn_activeagentid_value']],
      [status.waiting, 192350004, agent.id],
    );
    assert.equal(await freeUnits(agent), 100);
    refused(await other.call('CCaaS_RejoinConversation', { ConversationId: id }), 404, codes.missing);
    refused(await supervisor.call('CCaaS_RejoinConversation', { ConversationId: id }), 403, codes.notYours, 'notYours');
    for (const _ of [1, 2]) done(await agent.call('CCaaS_RejoinConversation', { ConversationId: id }));
    assert.equal((await centre.item(id))['statuscode'], status.active);
    assert.equal(await freeUnits(agent), 60);
    const participants = await centre.participants(id);
    assert.deepEqual(
      participants.map((one) => one['msdyn_assignreason']),
      ['AgentPick', 'AgentConversationRejoin'],
    );
    assert.deepEqual(await sessionReasons(id), [192350004, open]);
    await centre.moveClock(1);
    done(await agent.call('CCaaS_AgentEndConversation', { ConversationId: id }));
    refused(await agent.call('CCaaS_RejoinConversation', { ConversationId: id }), 409, codes.conflict);
  });

  it('by force closes every status, and an open one counts as abandoned', async () => {
    const live = await desk(1, { isPicked: true });
    const persistent = await desk(1, { isPicked: true, channel: channels.sms });
    const [agent, texter] = [first(live), first(persistent)];
    const waits = await centre.start(live.workStream);
    const talks = await centre.start(live.workStream);
    const wraps = await centre.start(live.workStream);
    const sleeps = await centre.start(persistent.workStream);
    for (const id of [talks, wraps]) done(await agent.call('CCaaS_PickConversation', { ConversationId: id }));
    done(await agent.call('CCaaS_AgentEndConversation', { ConversationId: wraps }));
    done(await texter.call('CCaaS_PickConversation', { ConversationId: sleeps }));
    done(await texter.call('CCaaS_EndSession', { ConversationId: sleeps }));
    for (const id of [waits, talks, wraps, sleeps]) {
      done(await supervisor.call('CCaaS_ForceCloseConversation', { ConversationId: id }));
      const item = await centre.item(id);
      assert.deepEqual([item['statuscode'], item['msdyn_statuschangereason']], [status.closed, 192350015]);
      assert.equal(item['msdyn_isabandoned'], id === waits);
    }
    assert.deepEqual(await sessionReasons(talks), [192350014]);
    assert.deepEqual([await freeUnits(agent), await freeUnits(texter)], [100, 100]);
  });

  it('is for good: every later command is refused, for everybody', async () => {
    const place = await desk(1, { isPicked: true });
    const agent = first(place);
    const id = await centre.start(place.workStream);
    done(await agent.call('CCaaS_PickConversation', { ConversationId: id }));
    done(await supervisor.call('CCaaS_ForceCloseConversation', { ConversationId: id }));
    const target = { ConversationId: id };
    const attempts = [
      ...['CCaaS_PickConversation', 'CCaaS_AgentEndConversation', 'CCaaS_EndSession', 'CCaaS_RejoinConversation'].map(
        (name) => agent.call(name, target),
      ),
      agent.callOn(id, 'parley_Release'),
      agent.callOn(id, 'parley_SendMessage', { Text: 'Still there?' }),
      supervisor.call('CCaaS_AssignConversation', { ...target, AgentId: agent.id }),
      supervisor.call('CCaaS_InitiateQueueAssignment', { ...target, QueueId: place.queueId }),
      supervisor.call('CCaaS_MonitorConversation', target),
      supervisor.call('CCaaS_ForceCloseConversation', target),
      supervisor.callOn(id, 'parley_TakeOver'),
    ];
    for (const attempt of attempts) refused(await attempt, 409, codes.conflict, 'conversationClosed');
    const url = `IsValidStateTransition(Entity=@e,NewState='Open',NewStatus=1)?@e={'@odata.id':'msdyn_ocliveworkitems(${id})'}`;
    assert.equal((await centre.admin.api.read(url))['IsValid'], false);
    const read = await agent.api.read(`msdyn_ocliveworkitems(${id})/${crm}.parley_GetState()`);
    assert.equal(read['Status'], status.closed);
  });
});
