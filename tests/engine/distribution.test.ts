/**
 * What work streams, queues and agents say about who gets what, over HTTP (behaviour reference, sections 3, 4.4 to 4.6 and 5.1): push and
 * pick, offers, declines, presences, capacity in units and profiles, the same agent, follow-up, wrap-up.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { asObject, type JsonObject } from '../support/server.ts';
import { type ContactCentre, openContactCentre, type Person, type PersonOptions, until } from './contact-centre.ts';
import { distribution, presences } from './contact-centre-codes.ts';

const minute = 60;
const day = 86_400;

let centre: ContactCentre;
before(async () => {
  centre = await openContactCentre();
});
after(() => centre.server.stop());

/** Agents in one queue, in this order, and a work stream into it. */
async function team(
  people: readonly PersonOptions[],
  columns: JsonObject = {},
  channel: 'custom' | 'liveChat' | 'sms' = 'custom',
): Promise<{ agents: Person[]; queue: string; stream: string }> {
  const agents: Person[] = [];
  for (const options of people) agents.push(await centre.person(options));
  const queue = await centre.queue({ members: agents });
  const stream = await centre.workStream({ queueId: queue, channel, columns });
  await centre.settle();
  return { agents, queue, stream };
}

async function one(
  options: PersonOptions = {},
  columns: JsonObject = {},
  channel: 'custom' | 'liveChat' | 'sms' = 'custom',
) {
  const { agents, ...rest } = await team([options], columns, channel);
  const [agent] = agents;
  assert.ok(agent !== undefined);
  return { agent, ...rest };
}

async function two(columns: JsonObject = {}, options: PersonOptions = {}) {
  const { agents, ...rest } = await team([options, options], columns);
  const [first, second] = agents;
  assert.ok(first !== undefined && second !== undefined);
  return { first, second, ...rest };
}

async function talk(stream: string, agent: Person, start: JsonObject = {}): Promise<string> {
  const id = await centre.start(stream, start);
  await centre.reaches(id, agent);
  await agent.on(id, 'CCaaS_AcceptConversation');
  return id;
}

async function finish(id: string, agent: Person): Promise<void> {
  await agent.on(id, 'CCaaS_AgentEndConversation');
  await agent.on(id, 'CCaaS_EndSession');
}

/** Why each of the members was not chosen, by number. */
async function rejections(id: string): Promise<Record<string, number>> {
  const { Rejected } = await centre.foundNobody(id);
  return Object.fromEntries((Rejected as JsonObject[]).map(({ Reason, Count }) => [String(Reason), Number(Count)]));
}

async function units(agent: Person): Promise<unknown> {
  return (await centre.agentStatus(agent))['msdyn_availableunitscapacity'];
}

describe('Push and pick', () => {
  it('pushed work is offered; picked work waits for whoever takes it', async () => {
    const { agent, queue, stream } = await one();
    const outsider = await centre.person();
    const pick = await centre.workStream({
      queueId: queue,
      columns: { msdyn_workdistributionmode: distribution.pick },
    });
    await centre.settle();
    const waiting = await centre.start(pick);
    const pushed = await centre.start(stream);
    // The pushed one came later to the same queue: when it is offered, routing has passed the other by.
    await centre.reaches(pushed, agent);
    assert.equal((await centre.rows(waiting)).state['AgentId'], null);
    await outsider.refusedOn(waiting, 'CCaaS_PickConversation', 'notMemberOfQueue');
    await agent.setPresence('away');
    await agent.on(waiting, 'CCaaS_PickConversation');
    assert.equal((await centre.rows(waiting)).state['AgentId'], agent.id);
  });

  it('of many who pick at the same moment one gets it', async () => {
    const { agents, stream } = await team([{}, {}, {}, {}], { msdyn_workdistributionmode: distribution.pick });
    const id = await centre.start(stream);
    const answers = await Promise.all(
      agents.map((agent) => agent.api.request('POST', 'CCaaS_PickConversation', { body: { ConversationId: id } })),
    );
    // Who comes too late is refused, or does not even see it any more.
    assert.equal(answers.filter(({ status }) => status === 204).length, 1);
    const { participants } = await centre.rows(id);
    assert.equal(participants.length, 1);
  });
});

describe('Offers', () => {
  it('run out after the seconds of the work stream, and not before', async () => {
    const { agent, stream } = await one({}, { msdyn_screenpoptimeout_optionSet: 30 });
    const id = await centre.start(stream);
    const { Offer } = await centre.reaches(id, agent);
    const { OfferedOn, ExpiresOn, MayReject } = asObject(Offer);
    assert.deepEqual([Date.parse(String(ExpiresOn)) - Date.parse(String(OfferedOn)), MayReject], [30_000, true]);
    await centre.administrator.refusedOn(id, 'CCaaS_ConversationTimeout', 'notPossibleNow');
    await agent.setPresence('away');
    await centre.moveClock(31);
    await centre.becomes(id, 'it is taken back', ({ AgentId }) => AgentId === null);
  });

  it('open by themselves where the work stream says so', async () => {
    const { agent, stream } = await one({}, { parley_autoaccept: true });
    const id = await centre.start(stream);
    await centre.reaches(id, agent);
    const { item, participants } = await centre.rows(id);
    assert.equal(item['msdyn_statuschangereason'], 192350003);
    assert.notEqual(participants[0]?.['msdyn_joinedon'], null);
  });

  it('cannot be rejected where the work stream forbids it', async () => {
    const { agent, stream } = await one({}, { parley_mayreject: false });
    const id = await centre.start(stream);
    await centre.reaches(id, agent);
    await agent.refusedOn(id, 'CCaaS_RejectConversation', 'notPossibleNow');
    await agent.on(id, 'CCaaS_AcceptConversation');
  });

  it('turned down go to the others first, then again to who is left, until the limit', async () => {
    const { first, second, stream } = await two();
    const id = await centre.start(stream);
    const seen: string[] = [];
    for (let round = 0; round < 6; round++) {
      const { AgentId } = await centre.becomes(id, `offer ${round}`, ({ Offer }) => Offer !== null);
      const agent = AgentId === first.id ? first : second;
      seen.push(agent.id);
      await agent.on(id, 'CCaaS_RejectConversation');
    }
    const [a, b] = seen;
    assert.deepEqual(seen, [a, b, a, b, a, b]);
    assert.notEqual(a, b);
    await until(
      'nobody is asked again',
      () => centre.decisions(id),
      (list) =>
        list.some(({ Kind, Rejected }) => Kind === 'noAgent' && JSON.stringify(Rejected).includes('"declined"')),
    );
    assert.equal((await centre.rows(id)).state['AgentId'], null);
  });

  it('the limit of declines is a setting of the contact centre', async () => {
    const [row] = await centre.admin.list('msdyn_omnichannelconfigurations?$select=msdyn_number_of_declines_allowed');
    const target = `msdyn_omnichannelconfigurations(${String(row?.['msdyn_omnichannelconfigurationid'])})`;
    await centre.admin.update(target, { msdyn_number_of_declines_allowed: 1 });
    try {
      const { agent, stream } = await one();
      const id = await centre.start(stream);
      await centre.reaches(id, agent);
      await agent.on(id, 'CCaaS_RejectConversation');
      assert.deepEqual(await rejections(id), { declined: 1 });
    } finally {
      await centre.admin.update(target, { msdyn_number_of_declines_allowed: null });
    }
  });

  it('missed and rejected ones change the presence where that is switched on', async () => {
    const [row] = await centre.admin.list('msdyn_omnichannelconfigurations?$select=msdyn_number_of_declines_allowed');
    const target = `msdyn_omnichannelconfigurations(${String(row?.['msdyn_omnichannelconfigurationid'])})`;
    const on = { msdyn_enable_missed_notifications: true, msdyn_enable_agent_reject_notifications: true };
    const off = { msdyn_enable_missed_notifications: false, msdyn_enable_agent_reject_notifications: false };
    const presenceOf = async (agent: Person) => (await centre.agentStatus(agent))['_msdyn_currentpresenceid_value'];
    await centre.admin.update(target, on);
    try {
      const { agent, stream } = await one();
      const missed = await centre.start(stream);
      await centre.reaches(missed, agent);
      await centre.moveClock(121);
      await centre.becomes(missed, 'it was missed', ({ AgentId }) => AgentId === null);
      assert.equal(await presenceOf(agent), presences.inactive);
      await agent.call('parley_ResetPresence');
      await centre.reaches(missed, agent);
      await agent.on(missed, 'CCaaS_RejectConversation');
      assert.equal(await presenceOf(agent), presences.doNotDisturb);
    } finally {
      await centre.admin.update(target, off);
    }
    const { agent, stream } = await one();
    const id = await centre.start(stream);
    await centre.reaches(id, agent);
    await agent.on(id, 'CCaaS_RejectConversation');
    assert.notEqual(await presenceOf(agent), presences.doNotDisturb);
  });
});

describe('Presences', () => {
  it('only agents in an allowed presence are offered work', async () => {
    const { first, second, stream } = await two({ msdyn_allowedpresences: '192360003' });
    await second.setPresence('away');
    const id = await centre.start(stream);
    await centre.reaches(id, second);
    await second.setPresence('available');
    const other = await centre.start(stream);
    assert.deepEqual(await rejections(other), { presence: 2 });
    await first.setPresence('away');
    await centre.reaches(other, first);
  });

  it('who is not signed in gets nothing', async () => {
    const { agent, stream } = await one({ isSignedIn: false });
    const id = await centre.start(stream);
    assert.deepEqual(await rejections(id), { notSignedIn: 1 });
    await agent.signIn();
    await centre.reaches(id, agent);
  });

  it('follow from the work: busy with some, not to be disturbed when full, available again', async () => {
    const { agent, stream } = await one({ units: 20 });
    const presenceOf = async () => (await centre.agentStatus(agent))['_msdyn_currentpresenceid_value'];
    assert.equal(await presenceOf(), presences.available);
    const first = await talk(stream, agent);
    assert.equal(await presenceOf(), presences.busy);
    const second = await talk(stream, agent);
    assert.equal(await presenceOf(), presences.doNotDisturb);
    await finish(first, agent);
    await finish(second, agent);
    assert.equal(await presenceOf(), presences.available);
  });
});

describe('Capacity in units', () => {
  it('is never exceeded by routing, and what is released serves the next', async () => {
    const { agent, stream } = await one({ units: 25 });
    const first = await talk(stream, agent);
    const second = await talk(stream, agent);
    assert.equal(await units(agent), 5);
    const third = await centre.start(stream);
    assert.deepEqual(await rejections(third), { units: 1 });
    await finish(first, agent);
    await centre.reaches(third, agent);
    assert.equal(await units(agent), 5);
    await finish(second, agent);
    assert.equal(await units(agent), 15);
  });

  it('of twelve that come at once as many are offered as fit', async () => {
    const { agents, stream } = await team([{ units: 30 }, { units: 20 }], {
      msdyn_allowedpresences: '192360000,192360001,192360002',
    });
    const ids = await Promise.all(Array.from({ length: 12 }, () => centre.start(stream)));
    const assigned = async () => {
      const states = await Promise.all(ids.map((id) => centre.rows(id)));
      return states.filter(({ state }) => state['AgentId'] !== null).length;
    };
    await until('five are offered', assigned, (count) => count === 5);
    for (const agent of agents) assert.equal(await units(agent), 0);
    assert.equal(await assigned(), 5);
  });

  it('may become negative by picking and by a supervisor', async () => {
    const { agent, stream } = await one({ units: 10 }, { msdyn_enableselectingfrompushbasedworkstreams: true });
    await talk(stream, agent);
    const second = await centre.start(stream);
    await centre.foundNobody(second);
    await agent.on(second, 'CCaaS_PickConversation');
    assert.equal(await units(agent), -10);
    const third = await centre.start(stream);
    await centre.foundNobody(third);
    await centre.administrator.on(third, 'CCaaS_AssignConversation', { AgentId: agent.id });
    const status = await centre.agentStatus(agent);
    assert.deepEqual(
      [status['msdyn_availableunitscapacity'], status['_msdyn_currentpresenceid_value']],
      [-20, presences.doNotDisturb],
    );
  });
});

async function profile(columns: JsonObject = {}): Promise<string> {
  const name = centre.unique('Profile');
  return centre.admin.create('msdyn_capacityprofiles', {
    msdyn_name: name,
    msdyn_uniquename: name.replaceAll(' ', '_'),
    msdyn_defaultmaxunits: 1,
    msdyn_resetduration: 192350000,
    msdyn_blockassignment: false,
    ...columns,
  });
}

/** A work stream that counts in profiles. */
async function profileStream(queueId: string, profiles: readonly string[], columns: JsonObject = {}): Promise<string> {
  const stream = await centre.workStream({ queueId, columns: { msdyn_capacityformat: 192360000, ...columns } });
  for (const profileId of profiles)
    await centre.admin.create('msdyn_liveworkstreamcapacityprofiles', {
      msdyn_name: centre.unique('Link'),
      'msdyn_workstream_id@odata.bind': `/msdyn_liveworkstreams(${stream})`,
      'msdyn_capacityProfile_id@odata.bind': `/msdyn_capacityprofiles(${profileId})`,
    });
  await centre.settle();
  return stream;
}

describe('Capacity in profiles', () => {
  it('an agent needs the profile and has its own limit of it', async () => {
    const chat = await profile();
    const without = await centre.person();
    const plain = await centre.person({ profiles: [[chat, null]] });
    const able = await centre.person({ profiles: [[chat, 2]] });
    const queue = await centre.queue({ members: [without, plain, able] });
    const stream = await profileStream(queue, [chat], { msdyn_allowedpresences: '192360000,192360001,192360002' });
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) {
      const id = await centre.start(stream);
      await centre.becomes(id, 'it is offered', ({ AgentId }) => AgentId !== null);
      ids.push(id);
    }
    const holders = (await Promise.all(ids.map((id) => centre.rows(id)))).map(({ state }) => state['AgentId']);
    assert.deepEqual([...holders].sort(), [plain.id, able.id, able.id].sort());
    const fourth = await centre.start(stream);
    assert.deepEqual(await rejections(fourth), { profile: 3 });
  });

  it('a conversation that needs two profiles takes both', async () => {
    const [chat, german] = [await profile({ msdyn_defaultmaxunits: 2 }), await profile()];
    const both = await centre.person({
      profiles: [
        [chat, null],
        [german, null],
      ],
    });
    const single = await centre.person({ profiles: [[chat, null]] });
    const queue = await centre.queue({ members: [single, both] });
    const stream = await profileStream(queue, [chat, german]);
    const id = await centre.start(stream);
    await centre.reaches(id, both);
    const next = await centre.start(stream);
    assert.deepEqual(await rejections(next), { profile: 2 });
    await both.on(id, 'CCaaS_AcceptConversation');
    await finish(id, both);
    await centre.reaches(next, both);
  });

  it('a blocking profile at its limit keeps all other work away', async () => {
    const vip = await profile({ msdyn_blockassignment: true });
    const agent = await centre.person({ profiles: [[vip, null]] });
    const queue = await centre.queue({ members: [agent] });
    const vipStream = await profileStream(queue, [vip]);
    const plain = await centre.workStream({
      queueId: queue,
      columns: { msdyn_allowedpresences: '192360000,192360001,192360002' },
    });
    await centre.settle();
    const id = await talk(vipStream, agent);
    assert.equal((await centre.agentStatus(agent))['msdyn_isblockedbysomeprofile'], true);
    const other = await centre.start(plain);
    assert.deepEqual(await rejections(other), { profile: 1 });
    await finish(id, agent);
    await centre.reaches(other, agent);
    assert.equal((await centre.agentStatus(agent))['msdyn_isblockedbysomeprofile'], false);
  });

  it('a profile that is reset at the end of the day is used up until midnight, also by what is over', async () => {
    const daily = await profile({ msdyn_resetduration: 192350001 });
    const agent = await centre.person({ profiles: [[daily, null]] });
    const queue = await centre.queue({ members: [agent] });
    const stream = await profileStream(queue, [daily]);
    await finish(await talk(stream, agent), agent);
    const next = await centre.start(stream);
    assert.deepEqual(await rejections(next), { profile: 1 });
    await centre.moveClock(day);
    await centre.reaches(next, agent);
  });
});

describe('Keeping the same agent', () => {
  for (const isKept of [true, false])
    it(isKept ? 'whatever presence and capacity' : 'not where it is switched off', async () => {
      const { first, second, stream } = await two({ msdyn_enableagentaffinity: isKept }, { units: 10 });
      const ChannelKey = centre.unique('customer');
      const id = await centre.start(stream, { ChannelKey });
      const { AgentId } = await centre.becomes(id, 'somebody has it', ({ Offer }) => Offer !== null);
      const [own, other] = AgentId === first.id ? [first, second] : [second, first];
      await own.on(id, 'CCaaS_AcceptConversation');
      await own.on(id, 'CCaaS_EndSession');
      await own.setPresence('away');
      await centre.start(stream, { ChannelKey, Text: 'One more thing' });
      await centre.reaches(id, isKept ? own : other);
    });

  it('who turns it down then is left alone: it goes to somebody else', async () => {
    const { first, second, stream } = await two({ msdyn_enableagentaffinity: true });
    const ChannelKey = centre.unique('customer');
    const id = await centre.start(stream, { ChannelKey });
    const { AgentId } = await centre.becomes(id, 'somebody has it', ({ Offer }) => Offer !== null);
    const [own, other] = AgentId === first.id ? [first, second] : [second, first];
    await own.on(id, 'CCaaS_AcceptConversation');
    await own.on(id, 'CCaaS_EndSession');
    await centre.start(stream, { ChannelKey, Text: 'One more thing' });
    await centre.reaches(id, own);
    await own.on(id, 'CCaaS_RejectConversation');
    await centre.reaches(id, other);
  });
});

describe('Follow-up and wrap-up', () => {
  it('a waiting one comes back after the minutes of the work stream', async () => {
    const { agent, stream } = await one({}, { msdyn_followupafterwaiting: 10 }, 'sms');
    const id = await talk(stream, agent);
    await agent.on(id, 'CCaaS_EndSession');
    await centre.moveClock(9 * minute);
    assert.equal((await centre.rows(id)).item['statuscode'], 3);
    await centre.moveClock(2 * minute);
    await centre.becomes(id, 'it is offered again', ({ Offer }) => Offer !== null);
    assert.equal((await centre.rows(id)).sessions.length, 2);
  });

  const policies: readonly (readonly [string, JsonObject, number, number])[] = [
    ['always blocked', {}, 90, 90],
    ['not blocked', { msdyn_blockcapacityforwrapup: 0 }, 100, 100],
    ['blocked for a time', { msdyn_blockcapacityforwrapupinseconds: 60 }, 90, 100],
  ];
  for (const [name, columns, atOnce, later] of policies)
    it(`capacity in wrap-up: ${name}`, async () => {
      const { agent, stream } = await one({}, columns);
      const id = await talk(stream, agent);
      await agent.on(id, 'CCaaS_AgentEndConversation');
      assert.equal(await units(agent), atOnce);
      await centre.moveClock(61);
      await until(
        'what is released by time',
        () => units(agent),
        (free) => free === later,
      );
      assert.equal((await centre.rows(id)).item['statuscode'], 5);
      await agent.on(id, 'CCaaS_EndSession');
      assert.equal(await units(agent), 100);
    });

  it('a live chat stays in wrap-up as long as it blocks capacity', async () => {
    const { agent, stream } = await one({}, { msdyn_blockcapacityforwrapupinseconds: 30 * minute }, 'liveChat');
    const id = await talk(stream, agent);
    await agent.on(id, 'CCaaS_AgentEndConversation');
    await centre.moveClock(20 * minute);
    assert.equal((await centre.rows(id)).item['statuscode'], 5);
    assert.equal(await units(agent), 90);
    await centre.moveClock(11 * minute);
    await centre.becomes(id, 'it is closed', ({ Status }) => Status === 4);
    assert.equal(await units(agent), 100);
  });

  it('a disposition code is asked for before it closes, where the work stream wants one', async () => {
    const { agent, stream } = await one(
      {},
      {
        msdyn_useglobalsettingsforrequiringdispositioncode: false,
        msdyn_requiredispositioncodeforworkstreamconversations: true,
      },
    );
    const id = await talk(stream, agent);
    await agent.on(id, 'CCaaS_AgentEndConversation');
    await agent.refusedOn(id, 'CCaaS_EndSession', 'dispositionRequired');
    await agent.on(id, 'parley_SetContext', { Context: JSON.stringify({ DispositionCodes: 'Solved' }) });
    await agent.on(id, 'CCaaS_EndSession');
  });
});
