/**
 * The life of a conversation over HTTP: each transition of the behaviour reference, section 1.4, with the rows of both tables, sessions
 * and participants right after it, and what is refused. Time passes by moving the server's clock.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertMoments, assertRows, secondsBetween } from './assert-rows.ts';
import { type ContactCentre, must, openContactCentre, type Person } from './contact-centre.ts';
import { closures, distribution, presences, supervisorRole } from './contact-centre-codes.ts';
import { openChannel } from './messaging-channel.ts';

/** Long enough to tell two moments apart in columns of whole seconds. */
const pause = 5;
const minute = 60;
const day = 86_400;

let centre: ContactCentre;
before(async () => {
  centre = await openContactCentre();
});
after(() => centre.server.stop());

type Desk = {
  readonly agent: Person;
  readonly other: Person;
  readonly supervisor: Person;
  readonly queue: string;
  readonly stream: string;
};

/** A queue with one agent who gets everything, another who is not in it, and a supervisor; a work stream into it. */
async function desk(options: Partial<Parameters<ContactCentre['workStream']>[0]> = {}): Promise<Desk> {
  const agent = await centre.person();
  const other = await centre.person();
  const supervisor = await centre.person({ roleId: supervisorRole });
  const queue = await centre.queue({ members: [agent] });
  const stream = await centre.workStream({ queueId: queue, ...options });
  await centre.settle();
  return { agent, other, supervisor, queue, stream };
}

const live = { channel: 'liveChat' } as const;
const sms = { channel: 'sms' } as const;
const voice = { channel: 'voice' } as const;

async function offered({ agent, stream }: Desk): Promise<string> {
  const id = await centre.start(stream);
  await centre.reaches(id, agent);
  await centre.moveClock(pause);
  return id;
}

async function accepted(given: Desk): Promise<string> {
  const id = await offered(given);
  await given.agent.on(id, 'CCaaS_AcceptConversation');
  await centre.moveClock(pause);
  return id;
}

async function waiting(given: Desk): Promise<string> {
  const id = await accepted(given);
  await given.agent.on(id, 'CCaaS_EndSession');
  await centre.moveClock(pause);
  return id;
}

async function wrappedUp(given: Desk): Promise<string> {
  const id = await accepted(given);
  await given.agent.on(id, 'CCaaS_AgentEndConversation');
  await centre.moveClock(pause);
  return id;
}

/** Nobody is there: it stays open. */
async function open(given: Desk): Promise<string> {
  await given.agent.setPresence('away');
  const id = await centre.start(given.stream);
  await centre.foundNobody(id);
  await centre.moveClock(pause);
  return id;
}

describe('T0, T1, T2: it comes in, is offered and accepted', () => {
  for (const [name, options] of [
    ['custom messaging', {}],
    ['text messages', sms],
    ['live chat', live],
    ['calls', voice],
  ] as const)
    it(`${name}: every column that tells the state tells the same`, async () => {
      const given = await desk(options);
      await given.agent.setPresence('away');
      const id = await centre.start(given.stream, { Subject: 'A broken chain' });
      await centre.foundNobody(id);
      const first = await assertRows(centre, id, {
        status: 'open',
        reason: 'awaitingAssignment',
        agent: null,
        sessions: [null],
        item: {
          subject: 'A broken chain',
          msdyn_isoutbound: false,
          msdyn_isagentaccepted: false,
          msdyn_isabandoned: false,
        },
      });
      for (const column of ['msdyn_initiatedon', 'msdyn_firstwaitstartedon', 'msdyn_statusupdatedon'])
        assert.equal(first.item[column], first.item['createdon'], column);
      assert.equal(first.item['msdyn_startedon'], null);
      assert.deepEqual(first.participants, []);
      assert.equal(first.item['_msdyn_queueid_value'], given.queue);

      await centre.moveClock(pause);
      await given.agent.setPresence('available');
      await centre.reaches(id, given.agent);
      const asked = await assertRows(centre, id, {
        status: 'active',
        reason: 'awaitingAcceptance',
        agent: given.agent,
        sessions: [null],
        item: { msdyn_statereason: 'Agent assigned, awaiting acceptance', msdyn_isagentaccepted: false },
      });
      assertMoments(first, asked, {
        changed: ['msdyn_statusupdatedon', 'msdyn_activeagentassignedon'],
        kept: ['msdyn_initiatedon', 'msdyn_firstwaitstartedon', 'msdyn_startedon'],
      });
      assert.equal(asked.sessions[0]?.['msdyn_agentassignedon'], asked.item['msdyn_activeagentassignedon']);
      assert.equal(asked.sessions[0]?.['msdyn_agentacceptedon'], null);
      assert.deepEqual(
        asked.participants.map((one) => [one['_msdyn_agentid_value'], one['msdyn_mode'], one['msdyn_joinedon']]),
        [[given.agent.id, 192350002, null]],
      );
      assert.equal((await centre.agentStatus(given.agent))['msdyn_availableunitscapacity'], 90);

      await centre.moveClock(pause);
      await given.agent.on(id, 'CCaaS_AcceptConversation');
      const talking = await assertRows(centre, id, {
        status: 'active',
        reason: 'inConversation',
        agent: given.agent,
        sessions: [null],
        item: { msdyn_statereason: 'In conversation', msdyn_isagentaccepted: true },
      });
      assertMoments(asked, talking, {
        changed: ['msdyn_startedon', 'msdyn_modifiedon'],
        kept: ['msdyn_statusupdatedon', 'msdyn_activeagentassignedon'],
      });
      const wait = Number(talking.item['msdyn_conversationfirstwaittimeinseconds']);
      assert.ok(
        wait >= 2 * pause &&
          Math.abs(wait - secondsBetween(talking.item, 'msdyn_firstwaitstartedon', 'msdyn_startedon')) <= 1,
      );
      assert.equal(talking.live['msdyn_oclastsessionid'], talking.sessions[0]?.['activityid']);
      assert.equal(talking.item['_msdyn_lastsessionid_value'], talking.sessions[0]?.['activityid']);
      assert.notEqual(talking.sessions[0]?.['msdyn_agentacceptedon'], null);
      assert.notEqual(talking.participants[0]?.['msdyn_joinedon'], null);
    });

  it('a second acceptance changes nothing, nobody else accepts, and what is accepted is not rejected', async () => {
    const given = await desk();
    const id = await accepted(given);
    const before_ = await centre.rows(id);
    await given.agent.on(id, 'CCaaS_AcceptConversation');
    assert.deepEqual((await centre.rows(id)).item['versionnumber'], before_.item['versionnumber']);
    await given.supervisor.refusedOn(id, 'CCaaS_AcceptConversation', 'notYours');
    await given.agent.refusedOn(id, 'CCaaS_RejectConversation', 'notYours');
  });

  it('an outbound one says so', async () => {
    const given = await desk();
    const answer = await given.agent.call('parley_StartConversation', {
      WorkStreamId: given.stream,
      IsOutbound: true,
      Text: 'Your order is ready',
    });
    const { item } = await centre.rows(String(answer['ConversationId']));
    assert.equal(item['msdyn_isoutbound'], true);
  });
});

describe('T3: declined or missed', () => {
  it('a rejection closes the session, opens another and gives the capacity back', async () => {
    const given = await desk();
    const id = await offered(given);
    const asked = await centre.rows(id);
    await given.agent.setPresence('away');
    await given.agent.on(id, 'CCaaS_RejectConversation');
    const after_ = await assertRows(centre, id, {
      status: 'open',
      reason: 'awaitingAssignment',
      agent: null,
      sessions: [closures.agentReject, null],
    });
    assertMoments(asked, after_, {
      changed: ['msdyn_statusupdatedon'],
      kept: ['msdyn_firstwaitstartedon', 'msdyn_activeagentassignedon', 'msdyn_startedon'],
    });
    assert.equal(after_.participants[0]?.['msdyn_leftonreason'], 'AgentReject');
    assert.equal((await centre.agentStatus(given.agent))['msdyn_availableunitscapacity'], 100);
    await given.agent.refusedOn(id, 'CCaaS_AcceptConversation', 'offerExpired');
  });

  it('an offer that runs out does the same, as missed', async () => {
    const given = await desk();
    const id = await offered(given);
    await given.agent.setPresence('away');
    await centre.moveClock(2 * minute);
    await centre.becomes(id, 'it is open again', ({ AgentId }) => AgentId === null);
    const rows = await assertRows(centre, id, {
      status: 'open',
      reason: 'awaitingAssignment',
      agent: null,
      sessions: [closures.agentTimeout, null],
    });
    assert.equal(rows.participants[0]?.['msdyn_leftonreason'], 'AgentTimeout');
    await given.agent.refusedOn(id, 'CCaaS_AcceptConversation', 'offerExpired');
  });

  it('a record cannot be rejected', async () => {
    const given = await recordDesk();
    const id = await offered(given);
    await given.agent.refusedOn(id, 'CCaaS_RejectConversation', 'notPossibleNow');
  });
});

async function recordDesk(): Promise<Desk> {
  const agent = await centre.person();
  const other = await centre.person();
  const supervisor = await centre.person({ roleId: supervisorRole });
  const queue = await centre.queue({ members: [agent], columns: { msdyn_queuetype: 192350001 } });
  const stream = await centre.workStream({ queueId: queue, channel: 'records' });
  await centre.settle();
  return { agent, other, supervisor, queue, stream };
}

describe('T4: picked', () => {
  it('assigned and accepted in one step', async () => {
    const given = await desk({ columns: { msdyn_workdistributionmode: distribution.pick } });
    const id = await centre.start(given.stream);
    await centre.moveClock(pause);
    await given.agent.on(id, 'CCaaS_PickConversation');
    const rows = await assertRows(centre, id, {
      status: 'active',
      reason: 'inConversation',
      agent: given.agent,
      sessions: [null],
      item: { msdyn_isagentaccepted: true, msdyn_workstreamworkdistributionmode: distribution.pick },
    });
    assert.equal(rows.participants[0]?.['msdyn_assignreason'], 'AgentPick');
    assert.equal(rows.item['msdyn_startedon'], rows.item['msdyn_activeagentassignedon']);
    await given.supervisor.refusedOn(id, 'CCaaS_PickConversation', 'notPossibleNow');
  });

  it('not from a work stream that pushes, unless it allows that', async () => {
    const given = await desk();
    const id = await open(given);
    await given.agent.refusedOn(id, 'CCaaS_PickConversation', 'pickNotAllowed');
    const allowed = await desk({ columns: { msdyn_enableselectingfrompushbasedworkstreams: true } });
    const second = await open(allowed);
    await allowed.agent.on(second, 'CCaaS_PickConversation');
    await assertRows(centre, second, {
      status: 'active',
      reason: 'inConversation',
      agent: allowed.agent,
      sessions: [null],
    });
  });
});

describe('T5, T6: a supervisor assigns', () => {
  it('to an agent, whatever presence and capacity: asked in a new session', async () => {
    const given = await desk();
    const id = await open(given);
    await given.agent.deniedOn(id, 'CCaaS_AssignConversation', { AgentId: given.other.id });
    await given.supervisor.on(id, 'CCaaS_AssignConversation', { AgentId: given.agent.id });
    const rows = await assertRows(centre, id, {
      status: 'active',
      reason: 'assignedBySupervisor',
      agent: given.agent,
      sessions: [closures.agentRerouted, null],
    });
    assert.equal(rows.participants.at(-1)?.['msdyn_assignreason'], 'SupervisorAssign');
    await given.supervisor.refusedOn(id, 'CCaaS_AssignConversation', 'notPossibleNow', { AgentId: given.other.id });
    await given.agent.on(id, 'CCaaS_AcceptConversation');
    await assertRows(centre, id, {
      status: 'active',
      reason: 'inConversation',
      agent: given.agent,
      sessions: [closures.agentRerouted, null],
    });
  });

  it('to another queue of the same kind: same wait, new session, no transfer counted', async () => {
    const given = await desk();
    const target = await centre.queue({ members: [given.other] });
    const records = await centre.queue({ members: [given.other], columns: { msdyn_queuetype: 192350001 } });
    await centre.settle();
    await given.other.setPresence('away');
    const id = await open(given);
    const before_ = await centre.rows(id);
    await given.supervisor.refusedOn(id, 'CCaaS_InitiateQueueAssignment', 'notForThisChannel', { QueueId: records });
    await given.supervisor.on(id, 'CCaaS_InitiateQueueAssignment', { QueueId: target });
    const rows = await assertRows(centre, id, {
      status: 'open',
      reason: 'awaitingAssignment',
      agent: null,
      sessions: [closures.supervisorAssignToQueue, null],
      item: { _msdyn_queueid_value: target, _msdyn_cdsqueueid_value: target },
    });
    assertMoments(before_, rows, {
      kept: ['msdyn_firstwaitstartedon', 'msdyn_statusupdatedon'],
      changed: ['msdyn_modifiedon'],
    });
    assert.equal(rows.sessions[1]?.['_msdyn_cdsqueueid_value'], target);
  });
});

describe('T7: ends in the queue', () => {
  it('a supervisor closes it by force: abandoned', async () => {
    const given = await desk();
    const id = await open(given);
    await given.supervisor.on(id, 'CCaaS_ForceCloseConversation');
    const rows = await assertRows(centre, id, {
      status: 'closed',
      reason: 'forceClosed',
      agent: null,
      sessions: [closures.forceClose],
      item: { msdyn_isabandoned: true },
    });
    assert.notEqual(rows.item['msdyn_conversationfirstwaittimeinseconds'], null);
    await given.supervisor.refusedOn(id, 'CCaaS_ForceCloseConversation', 'conversationClosed');
  });

  it('a live chat closes by itself after 20 minutes in the queue', async () => {
    const given = await desk(live);
    const id = await open(given);
    await centre.moveClock(18 * minute);
    await assertRows(centre, id, { status: 'open', reason: 'awaitingAssignment', agent: null, sessions: [null] });
    await centre.moveClock(3 * minute);
    await centre.becomes(id, 'it is closed', ({ Status }) => Status === 4);
    await assertRows(centre, id, {
      status: 'closed',
      reason: 'autoClosedBySystem',
      agent: null,
      sessions: [closures.autoClose],
      item: { msdyn_isabandoned: true },
    });
  });

  it('a queue without agents ends messaging at once, and a record waits', async () => {
    const empty = await centre.queue();
    const stream = await centre.workStream({ queueId: empty });
    const emptyRecords = await centre.queue({ columns: { msdyn_queuetype: 192350001 } });
    const records = await centre.workStream({ queueId: emptyRecords, channel: 'records' });
    await centre.settle();
    const id = await centre.start(stream);
    await assertRows(centre, id, {
      status: 'closed',
      reason: 'closedDueToFailure',
      agent: null,
      sessions: [closures.conversationClosed],
      item: { msdyn_isabandoned: true },
    });
    const record = await centre.start(records, { Text: null });
    await assertRows(centre, record, { status: 'open', reason: 'awaitingAssignment', agent: null, sessions: [null] });
  });
});

describe('T8, T13: wrap-up and its end', () => {
  it('the agent ends, writes notes, and closes the session', async () => {
    const given = await desk();
    const id = await accepted(given);
    const talking = await centre.rows(id);
    await given.other.deniedOn(id, 'CCaaS_AgentEndConversation');
    await given.agent.on(id, 'CCaaS_AgentEndConversation');
    const notes = await assertRows(centre, id, {
      status: 'wrapUp',
      reason: 'agentMovedToWrapUp',
      agent: given.agent,
      sessions: [null],
    });
    assertMoments(talking, notes, {
      changed: ['msdyn_statusupdatedon', 'msdyn_wrapupinitiatedon'],
      kept: ['msdyn_startedon', 'msdyn_activeagentassignedon'],
    });
    for (const [operation, body] of [
      ['CCaaS_RejoinConversation', {}],
      ['parley_Release', {}],
      ['CCaaS_InitiateQueueTransfer', { QueueId: given.queue }],
    ] as const)
      await given.agent.refusedOn(id, operation, 'notPossibleNow', body);
    await centre.moveClock(30);
    await given.agent.on(id, 'CCaaS_EndSession');
    const closed = await assertRows(centre, id, {
      status: 'closed',
      reason: 'endedByAgent',
      agent: given.agent,
      sessions: [closures.agentEnd],
      item: { msdyn_isabandoned: false },
    });
    const wrapUp = Number(closed.item['msdyn_conversationwrapuptimeinseconds']);
    assert.ok(wrapUp >= 30 && wrapUp < 60, `${wrapUp} seconds of notes`);
    assert.ok(Number(closed.item['msdyn_conversationhandletimeinseconds']) >= wrapUp + pause);
    assert.equal((await centre.agentStatus(given.agent))['msdyn_availableunitscapacity'], 100);
    for (const operation of ['CCaaS_RejoinConversation', 'CCaaS_AgentEndConversation', 'parley_Release'])
      await given.agent.refusedOn(id, operation, 'conversationClosed');
  });

  it('forgotten notes are closed by time: 15 minutes for a live chat', async () => {
    const given = await desk(live);
    const id = await wrappedUp(given);
    await centre.moveClock(16 * minute);
    await centre.becomes(id, 'it is closed', ({ Status }) => Status === 4);
    await assertRows(centre, id, {
      status: 'closed',
      reason: 'autoClosedBySystem',
      agent: given.agent,
      sessions: [closures.autoClose],
    });
  });

  it('a supervisor closes it by force', async () => {
    const given = await desk();
    const id = await wrappedUp(given);
    await given.supervisor.on(id, 'CCaaS_ForceCloseConversation');
    await assertRows(centre, id, {
      status: 'closed',
      reason: 'forceClosed',
      agent: given.agent,
      sessions: [closures.forceClose],
    });
  });

  it('a call that lasts two hours goes to wrap-up', async () => {
    const given = await desk(voice);
    const id = await accepted(given);
    await centre.moveClock(121 * minute);
    await centre.becomes(id, 'it is in wrap-up', ({ Status }) => Status === 5);
    await assertRows(centre, id, {
      status: 'wrapUp',
      reason: 'agentMovedToWrapUp',
      agent: given.agent,
      sessions: [null],
    });
  });

  it('an offer has to be accepted before it can be ended', async () => {
    const given = await desk();
    const id = await offered(given);
    await given.agent.refusedOn(id, 'CCaaS_AgentEndConversation', 'notPossibleNow');
    await given.agent.refusedOn(id, 'CCaaS_EndSession', 'notPossibleNow');
  });
});

describe('T9, T14, T15, T16, T17: waiting for the customer', () => {
  for (const [name, options] of [
    ['text messages', sms],
    ['custom messaging', {}],
    ['persistent chat', { channel: 'liveChat', columns: { msdyn_conversationmode: 192350001 } }],
  ] as const)
    it(`${name}: closing the session waits, and opening it again goes on`, async () => {
      const given = await desk(options);
      const id = await waiting(given);
      const aside = await assertRows(centre, id, {
        status: 'waiting',
        reason: 'awaitingCustomer',
        agent: given.agent,
        sessions: [closures.agentClosed],
      });
      assert.equal((await centre.agentStatus(given.agent))['msdyn_availableunitscapacity'], 100);
      assert.equal(aside.item['_msdyn_activesessionparticipantid_value'], null);
      await given.agent.on(id, 'CCaaS_RejoinConversation');
      const again = await assertRows(centre, id, {
        status: 'active',
        reason: 'inConversation',
        agent: given.agent,
        sessions: [closures.agentClosed, null],
      });
      assertMoments(aside, again, {
        changed: ['msdyn_statusupdatedon', 'msdyn_activeagentassignedon'],
        kept: ['msdyn_startedon', 'msdyn_firstwaitstartedon', 'msdyn_conversationfirstwaittimeinseconds'],
      });
      assert.equal(again.participants.at(-1)?.['msdyn_assignreason'], 'AgentConversationRejoin');
      assert.equal((await centre.agentStatus(given.agent))['msdyn_availableunitscapacity'], 90);
    });

  it('only its own agent opens it again', async () => {
    const given = await desk();
    const id = await waiting(given);
    await given.supervisor.refusedOn(id, 'CCaaS_RejoinConversation', 'notYours');
    await given.agent.refusedOn(id, 'CCaaS_AgentEndConversation', 'notPossibleNow');
  });

  it('the customer writes again: back in the queue, the first wait stays', async () => {
    const given = await desk(sms);
    const key = centre.unique('number');
    const id = await centre.start(given.stream, { ChannelKey: key });
    await centre.reaches(id, given.agent);
    await given.agent.on(id, 'CCaaS_AcceptConversation');
    await centre.moveClock(pause);
    await given.agent.on(id, 'CCaaS_EndSession');
    const aside = await centre.rows(id);
    await given.agent.setPresence('away');
    await centre.moveClock(pause);
    assert.equal(await centre.start(given.stream, { ChannelKey: key, Text: 'One more thing' }), id);
    const rows = await assertRows(centre, id, {
      status: 'open',
      reason: 'awaitingAssignment',
      agent: null,
      sessions: [closures.agentClosed, null],
    });
    assertMoments(aside, rows, {
      changed: ['msdyn_statusupdatedon'],
      kept: ['msdyn_firstwaitstartedon', 'msdyn_conversationfirstwaittimeinseconds', 'msdyn_startedon'],
    });
  });

  it('the customer stays away for the time of the work stream', async () => {
    const given = await desk({ columns: { msdyn_autocloseafterinactivity: 60 } });
    const id = await waiting(given);
    await centre.moveClock(58 * minute);
    await assertRows(centre, id, {
      status: 'waiting',
      reason: 'awaitingCustomer',
      agent: given.agent,
      sessions: [closures.agentClosed],
    });
    await centre.moveClock(3 * minute);
    await centre.becomes(id, 'it is closed', ({ Status }) => Status === 4);
    await assertRows(centre, id, {
      status: 'closed',
      reason: 'autoClosedFromWaiting',
      agent: given.agent,
      sessions: [closures.agentClosed],
      item: { msdyn_isabandoned: false },
    });
    assert.notEqual(await centre.start(given.stream), id);
  });

  it('a supervisor gives a waiting one to another agent', async () => {
    const given = await desk();
    const id = await waiting(given);
    await given.agent.refusedOn(id, 'CCaaS_InitiateAgentTransfer', 'notYours', { AgentId: given.other.id });
    await given.supervisor.on(id, 'CCaaS_InitiateAgentTransferBySupervisor', { AgentId: given.other.id });
    await assertRows(centre, id, {
      status: 'waiting',
      reason: 'awaitingCustomer',
      agent: given.agent,
      sessions: [closures.agentClosed],
    });
    await given.other.on(id, 'CCaaS_AcceptConversation');
    await assertRows(centre, id, {
      status: 'active',
      reason: 'inConversation',
      agent: given.other,
      sessions: [closures.agentClosed, null],
      transfers: 1,
    });
  });

  it('a live chat never waits: it goes back to the same agent first', async () => {
    const given = await desk(live);
    await centre.addMember(given.queue, given.other);
    await centre.settle();
    const first = await centre.start(given.stream);
    const { AgentId } = await centre.becomes(first, 'somebody has it', ({ AgentId }) => AgentId !== null);
    const agent = AgentId === given.agent.id ? given.agent : given.other;
    await agent.on(first, 'CCaaS_AcceptConversation');
    await agent.on(first, 'CCaaS_EndSession');
    await centre.reaches(first, agent);
    await assertRows(centre, first, {
      status: 'active',
      reason: 'awaitingAcceptance',
      agent,
      sessions: [closures.agentClosed, null],
    });
  });
});

describe('T10, T11: back to a queue, or to another agent', () => {
  it('the agent lets it go', async () => {
    const given = await desk();
    const id = await accepted(given);
    await given.agent.setPresence('away');
    await given.agent.on(id, 'parley_Release');
    const rows = await assertRows(centre, id, {
      status: 'open',
      reason: 'awaitingAssignment',
      agent: null,
      sessions: [closures.agentTransferToQueue, null],
    });
    assert.notEqual(rows.item['msdyn_startedon'], null);
    assert.equal((await centre.agentStatus(given.agent))['msdyn_availableunitscapacity'], 100);
  });

  it('the agent transfers it to a queue', async () => {
    const given = await desk();
    const target = await centre.queue({ members: [given.other] });
    await centre.settle();
    const id = await accepted(given);
    await given.agent.on(id, 'CCaaS_InitiateQueueTransfer', { QueueId: target });
    await centre.reaches(id, given.other);
    await assertRows(centre, id, {
      status: 'active',
      reason: 'awaitingAcceptance',
      agent: given.other,
      sessions: [closures.agentTransferToQueue, null],
      transfers: 1,
      item: { _msdyn_queueid_value: target },
    });
  });

  it('the agent is lost and does not come back', async () => {
    const given = await desk();
    const id = await accepted(given);
    await given.agent.call('parley_SignOut', { DeviceId: 'desk' });
    await centre.becomes(id, 'it knows that its agent is gone', ({ Timers }) =>
      JSON.stringify(Timers).includes('agentGone'),
    );
    await assertRows(centre, id, { status: 'active', reason: 'inConversation', agent: given.agent, sessions: [null] });
    await centre.moveClock(151);
    await centre.becomes(id, 'it is open', ({ Status }) => Status === 1);
    await assertRows(centre, id, {
      status: 'open',
      reason: 'awaitingAssignment',
      agent: null,
      sessions: [closures.agentDisconnected, null],
    });
  });

  it('the agent who comes back in time keeps it', async () => {
    const given = await desk();
    const id = await accepted(given);
    await given.agent.call('parley_SignOut', { DeviceId: 'desk' });
    await centre.becomes(id, 'its agent is gone', ({ Timers }) => JSON.stringify(Timers).includes('agentGone'));
    await centre.moveClock(60);
    await given.agent.signIn();
    await centre.becomes(id, 'its agent is back', ({ Timers }) => !JSON.stringify(Timers).includes('agentGone'));
    await centre.moveClock(200);
    await assertRows(centre, id, { status: 'active', reason: 'inConversation', agent: given.agent, sessions: [null] });
  });

  it('a transfer to an agent happens when the target accepts', async () => {
    const given = await desk();
    const id = await accepted(given);
    const before_ = await centre.rows(id);
    await given.agent.on(id, 'CCaaS_InitiateAgentTransfer', { AgentId: given.other.id });
    await assertRows(centre, id, { status: 'active', reason: 'inConversation', agent: given.agent, sessions: [null] });
    await given.other.on(id, 'CCaaS_AcceptConversation');
    const rows = await assertRows(centre, id, {
      status: 'active',
      reason: 'inConversation',
      agent: given.other,
      sessions: [closures.agentTransferred, null],
      transfers: 1,
    });
    assertMoments(before_, rows, {
      changed: ['msdyn_activeagentassignedon'],
      kept: ['msdyn_statusupdatedon', 'msdyn_startedon'],
    });
    assert.equal(rows.participants.at(-1)?.['msdyn_assignreason'], 'AgentTransfer');
    await given.agent.deniedOn(id, 'CCaaS_EndSession');
  });

  it('a transfer that is turned down, missed or called off leaves it where it is', async () => {
    const given = await desk();
    const id = await accepted(given);
    const same = { status: 'active', reason: 'inConversation', agent: given.agent, sessions: [null] } as const;
    const transfer = () => given.agent.on(id, 'CCaaS_InitiateAgentTransfer', { AgentId: given.other.id });
    await transfer();
    await given.other.on(id, 'CCaaS_RejectConversation');
    await assertRows(centre, id, same);
    await transfer();
    await given.agent.on(id, 'parley_CancelTransfer');
    await assertRows(centre, id, same);
    await transfer();
    await centre.moveClock(121);
    await centre.becomes(id, 'the transfer ran out', ({ Transfer }) => Transfer === null);
    await assertRows(centre, id, same);
    await given.other.setPresence('away');
    await given.agent.refusedOn(id, 'CCaaS_InitiateAgentTransfer', 'agentNotAvailable', { AgentId: given.other.id });
    await given.agent.refusedOn(id, 'CCaaS_InitiateAgentTransfer', 'sameAgent', { AgentId: given.agent.id });
  });

  it('a transfer to a supervisor is an escalation, and so is one that takes over', async () => {
    const given = await desk();
    const id = await accepted(given);
    await given.agent.on(id, 'CCaaS_InitiateAgentTransfer', { AgentId: given.supervisor.id });
    await given.supervisor.on(id, 'CCaaS_AcceptConversation');
    await assertRows(centre, id, {
      status: 'active',
      reason: 'inConversation',
      agent: given.supervisor,
      sessions: [closures.agentTransferred, null],
      transfers: 1,
      escalations: 1,
    });
    const second = await accepted(given);
    await given.supervisor.on(second, 'parley_TakeOver');
    await assertRows(centre, second, {
      status: 'active',
      reason: 'inConversation',
      agent: given.supervisor,
      sessions: [closures.supervisorTransferToAgent, null],
      transfers: 1,
      escalations: 1,
    });
  });
});

describe('T12, T18: ends while active; a supervisor writes first', () => {
  it('forced before and after acceptance', async () => {
    const given = await desk();
    const asked = await offered(given);
    await given.supervisor.on(asked, 'CCaaS_ForceCloseConversation');
    await assertRows(centre, asked, {
      status: 'closed',
      reason: 'forceClosed',
      agent: null,
      sessions: [closures.forceClose],
      item: { msdyn_isabandoned: true },
    });
    const talking = await accepted(given);
    await given.supervisor.on(talking, 'CCaaS_ForceCloseConversation');
    await assertRows(centre, talking, {
      status: 'closed',
      reason: 'forceClosed',
      agent: given.agent,
      sessions: [closures.forceClose],
      item: { msdyn_isabandoned: false },
    });
    assert.equal((await centre.agentStatus(given.agent))['msdyn_availableunitscapacity'], 100);
  });

  it('30 days without anything close an active text conversation', async () => {
    const given = await desk(sms);
    const id = await accepted(given);
    await centre.moveClock(31 * day);
    await centre.becomes(id, 'it is closed', ({ Status }) => Status === 4);
    await assertRows(centre, id, {
      status: 'closed',
      reason: 'autoClosedBySystem',
      agent: given.agent,
      sessions: [closures.autoClose],
    });
  });

  it('a supervisor writes to a customer who waits in the queue: it waits for the answer', async () => {
    const given = await desk(sms);
    const id = await open(given);
    await given.supervisor.on(id, 'parley_MessageCustomer', { Text: 'We are closed, write to us tomorrow' });
    await assertRows(centre, id, {
      status: 'waiting',
      reason: 'awaitingCustomer',
      agent: null,
      sessions: [closures.default],
    });
    const chat = await desk(live);
    const chatId = await open(chat);
    await chat.supervisor.on(chatId, 'parley_MessageCustomer', { Text: 'A moment please' });
    await assertRows(centre, chatId, { status: 'open', reason: 'awaitingAssignment', agent: null, sessions: [null] });
  });

  it('records are not closed by force, never wait, and never close by time', async () => {
    const given = await recordDesk();
    const id = await accepted(given);
    await given.supervisor.refusedOn(id, 'CCaaS_ForceCloseConversation', 'notForThisChannel');
    await given.agent.refusedOn(id, 'CCaaS_EndSession', 'notForThisChannel');
    await given.supervisor.refusedOn(id, 'CCaaS_MonitorConversation', 'notForThisChannel');
    await centre.moveClock(100 * day);
    await assertRows(centre, id, { status: 'active', reason: 'inConversation', agent: given.agent, sessions: [null] });
    await given.agent.on(id, 'CCaaS_AgentEndConversation');
    await given.agent.on(id, 'CCaaS_EndSession');
    await assertRows(centre, id, {
      status: 'closed',
      reason: 'endedByAgent',
      agent: given.agent,
      sessions: [closures.agentEnd],
    });
  });
});

describe('T7, T8, T12, T16: the customer of a messaging API ends', () => {
  const cases = [
    ['in the queue: closed, abandoned', 'open', 'closed', 'customerLeftOpen', true],
    ['before an agent accepted: closed, abandoned', 'offered', 'closed', 'customerLeftActive', true],
    ['in conversation: the agent writes notes', 'accepted', 'wrapUp', 'customerMovedToWrapUp', false],
  ] as const;
  for (const [name, from, status, reason, isAbandoned] of cases)
    it(name, async () => {
      const given = await desk();
      const channel = await openChannel(centre, given.stream);
      if (from === 'open') await given.agent.setPresence('away');
      const body = { customercontext: { customerid: 'c1' }, startmessage: { message: 'Hello' } };
      const id = String((await must(channel('POST', 'conversation/create', body)))['conversationId']);
      if (from === 'open') await centre.foundNobody(id);
      else await centre.reaches(id, given.agent);
      if (from === 'accepted') await given.agent.on(id, 'CCaaS_AcceptConversation');
      await centre.moveClock(pause);
      await must(channel('POST', `conversation/${id}`, { type: 'endOfConversation' }));
      await assertRows(centre, id, {
        status,
        reason,
        agent: from === 'accepted' ? given.agent : null,
        sessions: [status === 'closed' ? closures.customerEnd : null],
        item: { msdyn_isabandoned: isAbandoned },
      });
      assert.equal(
        (await centre.agentStatus(given.agent))['msdyn_availableunitscapacity'],
        from === 'accepted' ? 90 : 100,
      );
    });

  it('while it waits: closed', async () => {
    const given = await desk();
    const channel = await openChannel(centre, given.stream);
    const body = { customercontext: { customerid: 'c1' }, startmessage: { message: 'Hello' } };
    const id = String((await must(channel('POST', 'conversation/create', body)))['conversationId']);
    await centre.reaches(id, given.agent);
    await given.agent.on(id, 'CCaaS_AcceptConversation');
    await given.agent.on(id, 'CCaaS_EndSession');
    await must(channel('POST', `conversation/${id}`, { type: 'endOfConversation' }));
    await assertRows(centre, id, {
      status: 'closed',
      reason: 'customerLeftActive',
      agent: given.agent,
      sessions: [closures.agentClosed],
      item: { msdyn_isabandoned: false },
    });
    const again = await must(channel('POST', 'conversation/create', body));
    assert.notEqual(again['conversationId'], id);
  });
});

describe('Automatic closing', () => {
  it('counts from the last thing that somebody did', async () => {
    const given = await desk(live);
    const id = await open(given);
    await centre.moveClock(15 * minute);
    await given.supervisor.on(id, 'parley_MessageCustomer', { Text: 'Still there?' });
    await centre.moveClock(10 * minute);
    await assertRows(centre, id, { status: 'open', reason: 'awaitingAssignment', agent: null, sessions: [null] });
    await centre.moveClock(11 * minute);
    await centre.becomes(id, 'it is closed', ({ Status }) => Status === 4);
  });

  it('the row of channel and state says after how many minutes; empty is never', async () => {
    const [row] = await centre.admin.list(
      `msdyn_occhannelstateconfigurations?$filter=msdyn_name eq 'SMS - Open'&$select=msdyn_autocloseliveworkitemafter`,
    );
    const target = `msdyn_occhannelstateconfigurations(${String(row?.['msdyn_occhannelstateconfigurationid'])})`;
    await centre.admin.update(target, { msdyn_autocloseliveworkitemafter: 7 });
    try {
      const given = await desk(sms);
      const id = await open(given);
      await centre.moveClock(8 * minute);
      await centre.becomes(id, 'it is closed', ({ Status }) => Status === 4);
      await centre.admin.update(target, { msdyn_autocloseliveworkitemafter: null });
      await centre.settle();
      const other = await open(given);
      await centre.moveClock(60 * day);
      await assertRows(centre, other, { status: 'open', reason: 'awaitingAssignment', agent: null, sessions: [null] });
      assert.equal((await centre.agentStatus(given.agent))['_msdyn_currentpresenceid_value'], presences.away);
    } finally {
      await centre.admin.update(target, { msdyn_autocloseliveworkitemafter: 43_200 });
    }
  });
});
