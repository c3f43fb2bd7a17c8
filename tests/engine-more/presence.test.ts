/** Presence of agents over HTTP: where it comes from, how long it lasts, and the rows that show it (behaviour reference, 1.8, 4.5, 5.1; docs/presence.md). */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { omnichannelConfigurationId } from '../../packages/server/src/organization/organization-ids.ts';
import type { JsonObject } from '../support/server.ts';
import {
  type Centre,
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

const away = 192360003;
/** Seconds in which a lost connection may come back. */
const reconnect = 150;
const silence = 60;

let centre: Centre;

before(async () => {
  centre = await openCentre();
});
after(() => centre.stop());

/** A queue with one agent, and a work stream of 40 units that goes there. */
async function oneAgent(): Promise<{ agent: Person; workStream: string; queueId: string }> {
  const { id: queueId, agents } = await centre.addQueue(1);
  const [agent] = agents;
  assert.ok(agent);
  return { agent, queueId, workStream: await centre.addWorkStream({ queueId }) };
}

async function statusRow(person: Person): Promise<JsonObject> {
  const [row] = await centre.admin.api.list(`msdyn_agentstatuses?$filter=_msdyn_agentid_value eq ${person.id}`);
  assert.ok(row, 'the agent has a status row');
  return row;
}

async function presenceOf(person: Person): Promise<unknown> {
  const shown = await person.api.read('CCaaS_GetPresence()');
  assert.equal(
    (await statusRow(person))['_msdyn_currentpresenceid_value'],
    shown['PresenceId'],
    'row and operation agree',
  );
  return shown['PresenceId'];
}

async function setPresence(person: Person, id: string): Promise<void> {
  done(await person.call('parley_SetPresence', { PresenceId: id }));
}

async function waitForPresence(person: Person, id: string): Promise<void> {
  await waitFor(`presence ${id}`, async () => (await statusRow(person))['_msdyn_currentpresenceid_value'] === id);
  assert.equal(await presenceOf(person), id);
}

/** Stretches of one presence, by their beginning; checks that each begins where the one before ended, and that the last is open. */
async function historyOf(person: Person): Promise<JsonObject[]> {
  const rows = await centre.admin.api.list(
    `msdyn_agentstatushistories?$filter=_msdyn_agentid_value eq ${person.id}&$orderby=msdyn_starttime,msdyn_agentstatushistoryid`,
  );
  rows.forEach((row, index) => {
    const next = rows[index + 1];
    assert.equal(row['msdyn_endtime'], next === undefined ? null : next['msdyn_starttime'], JSON.stringify(rows));
  });
  return rows;
}

/** Sets columns of the contact centre's own row while a test runs. */
async function withSettings(settings: JsonObject, work: () => Promise<void>): Promise<void> {
  const row = `msdyn_omnichannelconfigurations(${omnichannelConfigurationId})`;
  const before = await centre.admin.api.read(`${row}?$select=${Object.keys(settings).join()}`);
  await centre.admin.api.update(row, settings);
  await centre.settle();
  try {
    await work();
  } finally {
    await centre.admin.api.update(row, Object.fromEntries(Object.keys(settings).map((name) => [name, before[name]])));
    await centre.settle();
  }
}

describe('A presence that is set by hand', () => {
  it('may be any base presence', async () => {
    const { agent } = await oneAgent();
    for (const name of ['available', 'busy', 'doNotDisturb', 'away', 'offline'] as const) {
      await setPresence(agent, presenceIds[name]);
      assert.equal(await presenceOf(agent), presenceIds[name]);
    }
  });

  it('may be one of the organisation, found by its id or its text, and routing goes by its base', async () => {
    const { agent, workStream } = await oneAgent();
    const text = `At lunch ${randomUUID()}`;
    const lunch = await centre.admin.api.create('msdyn_presences', {
      msdyn_name: text,
      msdyn_presencestatustext: text,
      msdyn_basepresencestatus: away,
      msdyn_canuserset: true,
    });
    await centre.settle();
    await setPresence(agent, lunch);
    assert.equal((await agent.api.read('CCaaS_GetPresence()'))['PresenceId'], lunch);
    await setPresence(agent, presenceIds.available);
    done(await agent.call('parley_SetPresence', { PresenceText: text }));
    assert.equal(await presenceOf(agent), lunch);
    const id = await centre.start(workStream);
    const [decision] = await waitFor('a decision that nobody can take it', async () => {
      const filter = `_parley_conversationid_value eq ${id} and parley_kind eq 3`;
      const rows = await centre.admin.api.list(`parley_routingdecisions?$filter=${filter}`);
      return rows.length > 0 && rows;
    });
    assert.match(String(decision?.['parley_explanation']), /"rejected":\{"presence":1\}/);
    await setPresence(agent, presenceIds.available);
    await centre.waitForOffer(id, agent);
  });

  it('is refused when there is none such, or only the system sets it', async () => {
    const { agent } = await oneAgent();
    refused(await agent.call('parley_SetPresence', { PresenceId: nowhere }), 409, codes.conflict, 'unknownPresence');
    refused(await agent.call('parley_SetPresence', { PresenceText: 'Asleep' }), 409, codes.conflict, 'unknownPresence');
    refused(
      await agent.call('parley_SetPresence', { PresenceId: presenceIds.inactive }),
      409,
      codes.conflict,
      'by the system only',
    );
    refused(await agent.call('parley_SetPresence'), 400, '0x80060888', 'PresenceId');
  });

  it('is not touched by capacity when it is do not disturb, and is when it is available', async () => {
    const { id: queueId, agents } = await centre.addQueue(2);
    const [one, other] = agents;
    assert.ok(one && other);
    const workStream = await centre.addWorkStream({ queueId, isPicked: true });
    await setPresence(one, presenceIds.doNotDisturb);
    await setPresence(other, presenceIds.available);
    for (const person of [one, other])
      done(await person.call('CCaaS_PickConversation', { ConversationId: await centre.start(workStream) }));
    assert.equal(await presenceOf(one), presenceIds.doNotDisturb);
    assert.equal(await presenceOf(other), presenceIds.busy);
  });
});

describe('A presence that follows from capacity', () => {
  it('is available, busy, do not disturb and available again as units are taken and given back', async () => {
    const { agent, queueId } = await oneAgent();
    const workStream = await centre.addWorkStream({ queueId, isPicked: true, units: 50 });
    await setPresence(agent, presenceIds.available);
    const taken: string[] = [];
    const expected: [string, number][] = [
      [presenceIds.busy, 50],
      [presenceIds.doNotDisturb, 0],
      [presenceIds.doNotDisturb, -50],
    ];
    for (const [presence, units] of expected) {
      const id = await centre.start(workStream);
      done(await agent.call('CCaaS_PickConversation', { ConversationId: id }));
      taken.push(id);
      assert.equal(await presenceOf(agent), presence);
      assert.equal((await statusRow(agent))['msdyn_availableunitscapacity'], units);
    }
    for (const presence of [presenceIds.doNotDisturb, presenceIds.busy, presenceIds.available]) {
      const id = taken.pop();
      for (const name of ['CCaaS_AgentEndConversation', 'CCaaS_EndSession'])
        done(await agent.call(name, { ConversationId: id }));
      assert.equal(await presenceOf(agent), presence);
    }
    const row = await statusRow(agent);
    assert.deepEqual([row['msdyn_availableunitscapacity'], row['msdyn_assignedconversationcount']], [100, 0]);
    const rows = await historyOf(agent);
    const presences = rows.map((one) => one['_msdyn_presenceid_value']);
    const { available, busy, doNotDisturb } = presenceIds;
    assert.deepEqual(presences, [available, busy, doNotDisturb, busy, available]);
    assert.deepEqual(
      rows.map((one) => one['msdyn_availablecapacity']),
      [100, 50, 0, 50, 100],
    );
  });
});

describe('Devices', () => {
  it('of one agent share one presence, and the last that signs out makes it offline', async () => {
    const { agent } = await oneAgent();
    for (const DeviceId of ['phone', 'desk', 'desk']) done(await agent.call('parley_SignIn', { DeviceId }));
    const shown = await agent.api.read('CCaaS_GetPresence()');
    assert.deepEqual([shown['ActiveBrowserSessions'], shown['PresenceId']], [2, presenceIds.available]);
    await setPresence(agent, presenceIds.busy);
    done(await agent.call('parley_SignOut', { DeviceId: 'desk' }));
    assert.equal(await presenceOf(agent), presenceIds.busy);
    assert.equal((await statusRow(agent))['msdyn_isagentloggedin'], true);
    done(await agent.call('parley_SignOut', { DeviceId: 'phone' }));
    assert.equal(await presenceOf(agent), presenceIds.offline);
    assert.equal((await statusRow(agent))['msdyn_isagentloggedin'], false);
    const rows = await centre.admin.api.list(`msdyn_agentstatuses?$filter=_msdyn_agentid_value eq ${agent.id}`);
    assert.equal(rows.length, 1);
    const { available, busy, offline } = presenceIds;
    assert.deepEqual(
      (await historyOf(agent)).map((row) => row['_msdyn_presenceid_value']),
      [available, busy, offline],
    );
  });

  it('that signed out is not signed in again by a late sign of life', async () => {
    const { agent } = await oneAgent();
    done(await agent.call('parley_SignIn', { DeviceId: 'desk' }));
    done(await agent.call('parley_SignOut', { DeviceId: 'desk' }));
    done(await agent.call('parley_Heartbeat', { DeviceId: 'desk', IsActive: true }));
    assert.equal(await presenceOf(agent), presenceIds.offline);
  });

  it('that are lost make offline; back within the time the presence from before returns, later it is a new sign-in', async () => {
    await withSettings({ parley_devicesilence: silence }, async () => {
      const { agent } = await oneAgent();
      const { available, busy, offline } = presenceIds;
      const beat = { DeviceId: 'desk', IsActive: true };
      done(await agent.call('parley_SignIn', { DeviceId: 'desk' }));
      await setPresence(agent, busy);
      await centre.moveClock(silence - 20);
      done(await agent.call('parley_Heartbeat', beat));
      await centre.moveClock(silence - 20);
      assert.equal(await presenceOf(agent), busy, 'a device that beats is there');
      await centre.moveClock(silence);
      await waitForPresence(agent, offline);
      assert.equal((await statusRow(agent))['msdyn_isagentloggedin'], false);
      await centre.moveClock(reconnect - 30);
      done(await agent.call('parley_Heartbeat', beat));
      assert.equal(await presenceOf(agent), busy, 'back within the time');
      await centre.moveClock(silence);
      await waitForPresence(agent, offline);
      await centre.moveClock(reconnect);
      done(await agent.call('parley_SignIn', { DeviceId: 'desk' }));
      assert.equal(await presenceOf(agent), available, 'back after the time');
      const presences = (await historyOf(agent)).map((row) => row['_msdyn_presenceid_value']);
      assert.deepEqual(presences, [available, busy, offline, busy, offline, available]);
    });
  });
});

describe('An agent who does nothing', () => {
  it('goes away after the set time, comes back with the next activity, and not when away was their own choice', async () => {
    await withSettings({ parley_autoawayafter: 10 }, async () => {
      const { id, agents } = await centre.addQueue(2);
      const [idle, resting] = agents;
      assert.ok(idle && resting && id);
      await centre.settle();
      for (const person of [idle, resting]) done(await person.call('parley_SignIn', { DeviceId: 'desk' }));
      await setPresence(idle, presenceIds.busy);
      await setPresence(resting, presenceIds.doNotDisturb);
      await centre.moveClock(9 * 60);
      done(await idle.call('parley_Heartbeat', { DeviceId: 'desk', IsActive: false }));
      assert.equal(await presenceOf(idle), presenceIds.busy);
      await centre.moveClock(61);
      await waitForPresence(idle, presenceIds.away);
      assert.equal(await presenceOf(resting), presenceIds.doNotDisturb);
      done(await idle.call('parley_Heartbeat', { DeviceId: 'desk', IsActive: false }));
      assert.equal(await presenceOf(idle), presenceIds.away, 'a sign of life alone is no activity');
      done(await idle.call('parley_Heartbeat', { DeviceId: 'desk', IsActive: true }));
      assert.equal(await presenceOf(idle), presenceIds.busy);
      await historyOf(idle);
    });
  });
});

describe('A missed or rejected offer', () => {
  it('makes inactive or not to be disturbed where that is switched on, until the agent resets it', async () => {
    const settings = { msdyn_enable_missed_notifications: true, msdyn_enable_agent_reject_notifications: true };
    await withSettings(settings, async () => {
      const { agent, workStream } = await oneAgent();
      await setPresence(agent, presenceIds.available);
      const missed = await centre.start(workStream);
      await centre.waitForOffer(missed, agent);
      await centre.moveClock(121);
      await waitForPresence(agent, presenceIds.inactive);
      await centre.waitForStatus(missed, status.open);
      done(await agent.call('parley_ResetPresence'));
      assert.notEqual(await presenceOf(agent), presenceIds.inactive);
      await centre.waitForOffer(missed, agent);
      done(await agent.call('CCaaS_RejectConversation', { ConversationId: missed }));
      assert.equal(await presenceOf(agent), presenceIds.doNotDisturb);
      done(await agent.call('parley_ResetPresence'));
      await centre.waitForOffer(missed, agent);
      await historyOf(agent);
    });
  });

  it('changes nothing where it is not, and never what the agent asked for', async () => {
    const { agent, workStream } = await oneAgent();
    await setPresence(agent, presenceIds.available);
    const id = await centre.start(workStream);
    await centre.waitForOffer(id, agent);
    done(await agent.call('CCaaS_RejectConversation', { ConversationId: id }));
    assert.notEqual(await presenceOf(agent), presenceIds.doNotDisturb);
    await withSettings({ msdyn_enable_agent_reject_notifications: true }, async () => {
      await centre.waitForOffer(id, agent);
      await setPresence(agent, presenceIds.away);
      done(await agent.call('CCaaS_RejectConversation', { ConversationId: id }));
      assert.equal(await presenceOf(agent), presenceIds.away);
    });
  });

  it('leaves nothing to reset for who is signed out', async () => {
    const { agent } = await oneAgent();
    refused(await agent.call('parley_ResetPresence'), 409, codes.conflict, 'not signed in');
  });
});

describe('A supervisor', () => {
  it('sets the presence of an agent, who sees who did it, and takes it back to what capacity gives', async () => {
    const { agent } = await oneAgent();
    const supervisor = await centre.addPerson([roleIds.omnichannelSupervisor]);
    await setPresence(agent, presenceIds.available);
    done(await supervisor.call('CCaaS_ModifyAgentPresence', { AgentId: agent.id, PresenceId: presenceIds.away }));
    assert.equal(await presenceOf(agent), presenceIds.away);
    assert.equal((await statusRow(agent))['_msdyn_presencemodifiedbyuserid_value'], supervisor.id);
    done(await supervisor.call('CCaaS_ModifyAgentPresence', { ApiVersion: '1.0', AgentId: agent.id }));
    assert.equal(await presenceOf(agent), presenceIds.available);
  });

  it('is needed for that: an agent, an Omnichannel administrator and somebody without roles are refused', async () => {
    const { agent } = await oneAgent();
    await setPresence(agent, presenceIds.available);
    const others = [
      await centre.addPerson([roleIds.omnichannelAgent]),
      await centre.addPerson([roleIds.omnichannelAdministrator]),
      await centre.addPerson([]),
    ];
    for (const other of others) {
      const body = { AgentId: agent.id, PresenceId: presenceIds.away };
      refused(await other.call('CCaaS_ModifyAgentPresence', body), 403, codes.privilege);
    }
    assert.equal(await presenceOf(agent), presenceIds.available);
    const supervisor = await centre.addPerson([roleIds.omnichannelSupervisor]);
    const unknown = { AgentId: nowhere, PresenceId: presenceIds.away };
    refused(await supervisor.call('CCaaS_ModifyAgentPresence', unknown), 404, codes.missing);
    const wrong = { AgentId: agent.id, PresenceId: nowhere };
    refused(await supervisor.call('CCaaS_ModifyAgentPresence', wrong), 409, codes.conflict, 'unknownPresence');
  });

  it('lends nobody their rows: agents write neither status nor history', async () => {
    const { agent } = await oneAgent();
    await setPresence(agent, presenceIds.available);
    const row = await statusRow(agent);
    const target = `msdyn_agentstatuses(${row['msdyn_agentstatusid']})`;
    const response = await agent.api.request('PATCH', target, { body: { msdyn_availableunitscapacity: 1000 } });
    assert.equal(response.status, 403, response.text);
  });
});

describe('An agent who is lost in a conversation', () => {
  it('keeps it when they are back in time', async () => {
    const { agent, workStream } = await oneAgent();
    done(await agent.call('parley_SignIn', { DeviceId: 'desk' }));
    const id = await accepted(agent, workStream);
    done(await agent.call('parley_SignOut', { DeviceId: 'desk' }));
    await waitForTimer(id, true);
    await centre.moveClock(reconnect - 30);
    done(await agent.call('parley_SignIn', { DeviceId: 'desk' }));
    await waitForTimer(id, false);
    await centre.moveClock(60);
    const state = await centre.state(id);
    assert.deepEqual([state['Status'], state['AgentId']], [status.active, agent.id]);
  });

  it('loses it to the queue after the time, and a colleague gets it', async () => {
    const { id: queueId, agents } = await centre.addQueue(2);
    const [lost, colleague] = agents;
    assert.ok(lost && colleague);
    const workStream = await centre.addWorkStream({ queueId });
    done(await lost.call('parley_SignIn', { DeviceId: 'desk' }));
    const id = await accepted(lost, workStream);
    done(await lost.call('parley_SignOut', { DeviceId: 'desk' }));
    await waitForTimer(id, true);
    await centre.moveClock(reconnect + 1);
    await centre.waitForStatus(id, status.open, 192350001);
    assert.equal((await centre.item(id))['_msdyn_activeagentid_value'], null);
    assert.equal((await statusRow(lost))['msdyn_availableunitscapacity'], 100);
    await setPresence(colleague, presenceIds.available);
    await centre.waitForOffer(id, colleague);
    const [first] = await centre.sessions(id);
    assert.deepEqual([first?.['msdyn_closurereason'], first?.['statecode']], [192350007, 1]);
  });

  async function accepted(agent: Person, workStream: string): Promise<string> {
    const id = await centre.start(workStream);
    await centre.waitForOffer(id, agent);
    done(await agent.call('CCaaS_AcceptConversation', { ConversationId: id }));
    return id;
  }

  async function waitForTimer(id: string, isThere: boolean): Promise<void> {
    await waitFor(
      `the time for the agent of ${id}`,
      async () => JSON.stringify((await centre.state(id))['Timers']).includes('agentGone') === isThere,
    );
  }
});
