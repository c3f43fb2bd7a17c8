/**
 * State columns written by hand, over HTTP: administrators only, through the same transitions, with their effects on sessions and
 * capacity, in both tables; impossible ones are refused (behaviour reference, sections 1.4 and 1.6).
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ApiResponse, asObject, type JsonObject } from '../support/server.ts';
import { assertRows } from './assert-rows.ts';
import { type ContactCentre, openContactCentre, type Person } from './contact-centre.ts';
import { closures, statuses, supervisorRole } from './contact-centre-codes.ts';

let centre: ContactCentre;
before(async () => {
  centre = await openContactCentre();
});
after(() => centre.server.stop());

type Status = keyof typeof statuses;
type Table = 'msdyn_liveconversations' | 'msdyn_ocliveworkitems';
const tables: readonly Table[] = ['msdyn_liveconversations', 'msdyn_ocliveworkitems'];

type Desk = { readonly agent: Person; readonly supervisor: Person; readonly stream: string };

async function desk(channel: 'sms' | 'liveChat' = 'sms'): Promise<Desk> {
  const agent = await centre.person();
  const supervisor = await centre.person({ roleId: supervisorRole });
  const queue = await centre.queue({ members: [agent] });
  const stream = await centre.workStream({ queueId: queue, channel });
  await centre.settle();
  return { agent, supervisor, stream };
}

/** A conversation in this status, and away from routing where it is open. */
async function bring({ agent, stream }: Desk, status: Status): Promise<string> {
  const id = await centre.start(stream);
  await centre.reaches(id, agent);
  await agent.on(id, 'CCaaS_AcceptConversation');
  if (status === 'waiting') await agent.on(id, 'CCaaS_EndSession');
  if (status === 'wrapUp' || status === 'closed') await agent.on(id, 'CCaaS_AgentEndConversation');
  if (status === 'closed') await agent.on(id, 'CCaaS_EndSession');
  if (status === 'open') {
    await agent.setPresence('away');
    await agent.on(id, 'parley_Release');
  }
  return id;
}

function columns(table: Table, status: Status): JsonObject {
  const { code, live, item } = statuses[status];
  return { statecode: table === 'msdyn_liveconversations' ? live : item, statuscode: code };
}

function write(person: Pick<Person, 'api'>, table: Table, id: string, status: Status): Promise<ApiResponse> {
  return person.api.request('PATCH', `${table}(${id})`, { body: columns(table, status) });
}

async function isPossible(id: string, status: Status): Promise<unknown> {
  const names = { open: 'Open', active: 'Active', waiting: 'Waiting', closed: 'Closed', wrapUp: 'Wrap-up' } as const;
  const target = `IsValidStateTransition(Entity=@e,NewState='${names[status]}',NewStatus=${statuses[status].code})?@e={'@odata.id':'msdyn_liveconversations(${id})'}`;
  return (await centre.admin.read(target))['IsValid'];
}

describe('Direct writes that are transitions', () => {
  for (const table of tables)
    it(`${table}: active is closed, the session ends and the capacity comes back`, async () => {
      const given = await desk();
      const id = await bring(given, 'active');
      assert.equal((await centre.agentStatus(given.agent))['msdyn_availableunitscapacity'], 90);
      assert.equal((await write(centre.administrator, table, id, 'closed')).status, 204);
      await assertRows(centre, id, {
        status: 'closed',
        reason: 'closedDirectly',
        agent: given.agent,
        sessions: [closures.manuallyClosed],
      });
      assert.equal((await centre.agentStatus(given.agent))['msdyn_availableunitscapacity'], 100);
    });

  it('active becomes waiting, active again with its agent, wrap-up, and closed', async () => {
    const given = await desk();
    const id = await bring(given, 'active');
    const path: readonly (readonly [Table, Status, JsonObject])[] = [
      ['msdyn_ocliveworkitems', 'waiting', { reason: 192350004, units: 100 }],
      ['msdyn_liveconversations', 'active', { reason: 192350003, units: 90 }],
      ['msdyn_ocliveworkitems', 'wrapUp', { reason: 192350005, units: 90 }],
      ['msdyn_liveconversations', 'closed', { reason: 192350016, units: 100 }],
    ];
    for (const [table, status, expected] of path) {
      await centre.moveClock(2);
      assert.equal((await write(centre.administrator, table, id, status)).status, 204, status);
      const { live, item, state } = await centre.rows(id);
      const { code, live: liveState, item: itemState } = statuses[status];
      assert.deepEqual(
        [live['statecode'], live['statuscode'], item['statecode'], item['statuscode'], state['Status']],
        [liveState, code, itemState, code, code],
      );
      const units = (await centre.agentStatus(given.agent))['msdyn_availableunitscapacity'];
      assert.deepEqual({ reason: item['msdyn_statuschangereason'], units }, expected, status);
    }
    await assertRows(centre, id, {
      status: 'closed',
      reason: 'closedDirectly',
      agent: given.agent,
      sessions: [closures.manuallyClosed, closures.manuallyClosed],
    });
  });

  it('active goes back to its queue, and is routed again', async () => {
    const given = await desk();
    const id = await bring(given, 'active');
    await given.agent.setPresence('away');
    assert.equal((await write(centre.administrator, 'msdyn_liveconversations', id, 'open')).status, 204);
    await assertRows(centre, id, {
      status: 'open',
      reason: 'awaitingAssignment',
      agent: null,
      sessions: [closures.agentRerouted, null],
    });
    await given.agent.setPresence('available');
    await centre.reaches(id, given.agent);
  });

  it('the same state again changes nothing', async () => {
    const given = await desk();
    const id = await bring(given, 'active');
    const before_ = await centre.rows(id);
    assert.equal((await write(centre.administrator, 'msdyn_liveconversations', id, 'active')).status, 204);
    const after_ = await centre.rows(id);
    assert.deepEqual([after_.state, after_.sessions], [before_.state, before_.sessions]);
  });
});

describe('Direct writes that are refused', () => {
  const impossible: readonly (readonly [Status, readonly Status[]])[] = [
    ['open', ['active', 'wrapUp']],
    ['wrapUp', ['open', 'active', 'waiting']],
    ['closed', ['open', 'active', 'waiting', 'wrapUp']],
    ['waiting', ['wrapUp']],
  ];
  for (const [from, targets] of impossible)
    it(`${from} to ${targets.join(', ')}`, async () => {
      const given = await desk();
      const id = await bring(given, from);
      const before_ = await centre.rows(id);
      for (const table of tables)
        for (const to of targets) {
          const response = await write(centre.administrator, table, id, to);
          assert.deepEqual(
            [response.status, asObject(response.json['error'])['code']],
            [400, '0x8004F00E'],
            `${table} ${to} ${response.text}`,
          );
        }
      assert.deepEqual(await centre.rows(id), before_);
    });

  it('waiting of a live chat', async () => {
    const given = await desk('liveChat');
    const id = await bring(given, 'active');
    const response = await write(centre.administrator, 'msdyn_liveconversations', id, 'waiting');
    assert.equal(response.status, 400, response.text);
    assert.equal(await isPossible(id, 'waiting'), false);
    assert.equal(await isPossible(id, 'wrapUp'), true);
  });

  it('everything, for agents and supervisors', async () => {
    const given = await desk();
    const id = await bring(given, 'active');
    for (const person of [given.agent, given.supervisor])
      for (const table of tables) {
        const response = await write(person, table, id, 'closed');
        assert.deepEqual(
          [response.status, asObject(response.json['error'])['code']],
          [403, '0x80048405'],
          response.text,
        );
      }
    await assertRows(centre, id, { status: 'active', reason: 'inConversation', agent: given.agent, sessions: [null] });
  });
});

describe('IsValidStateTransition', () => {
  const allowed: Readonly<Record<Status, readonly Status[]>> = {
    open: ['open', 'active', 'waiting', 'closed'],
    active: ['open', 'active', 'waiting', 'wrapUp', 'closed'],
    waiting: ['open', 'active', 'waiting', 'closed'],
    wrapUp: ['wrapUp', 'closed'],
    closed: ['closed'],
  };
  for (const from of ['open', 'active', 'waiting', 'wrapUp', 'closed'] as const)
    it(`from ${from} to ${allowed[from].join(', ')}`, async () => {
      const given = await desk();
      const id = await bring(given, from);
      const found: Status[] = [];
      for (const to of ['open', 'active', 'waiting', 'wrapUp', 'closed'] as const)
        if ((await isPossible(id, to)) === true) found.push(to);
      assert.deepEqual(found, allowed[from]);
    });
});

describe('A conversation that is deleted', () => {
  it('gives its capacity back, and what the other table still shows is closed', async () => {
    const given = await desk();
    const id = await bring(given, 'active');
    const response = await centre.admin.request('DELETE', `msdyn_ocliveworkitems(${id})`);
    assert.equal(response.status, 204, response.text);
    assert.equal((await centre.agentStatus(given.agent))['msdyn_availableunitscapacity'], 100);
    assert.equal((await centre.admin.request('GET', `msdyn_ocliveworkitems(${id})`)).status, 404);
    const twin = await centre.admin.read(`msdyn_liveconversations(${id})?$select=statecode,statuscode`);
    assert.deepEqual([twin['statecode'], twin['statuscode']], [3, 4]);
    await given.agent.deniedOn(id, 'CCaaS_AgentEndConversation');
  });
});
