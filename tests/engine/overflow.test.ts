/**
 * Operating hours, holidays and overflow over HTTP (behaviour reference, sections 4.6 and 4.7): where a conversation goes when a queue is
 * closed, full or too slow, and what its rows say then.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { JsonObject } from '../support/server.ts';
import { assertRows } from './assert-rows.ts';
import { type ContactCentre, openContactCentre, type Person } from './contact-centre.ts';
import { closures } from './contact-centre-codes.ts';

const minute = 60;
const day = 86_400;
/** `msdyn_timezone` of a zone without daylight saving, nine hours ahead of UTC. */
const tokyo = { code: 235, name: 'Asia/Tokyo' } as const;
const utc = { code: 92, name: 'UTC' } as const;

let centre: ContactCentre;
before(async () => {
  centre = await openContactCentre();
});
after(() => centre.server.stop());

async function serverNow(): Promise<number> {
  return Date.parse(String((await centre.admin.read('parley_GetQueueSnapshot()'))['TakenOn']));
}

const pad = (number: number): string => String(number).padStart(2, '0');

/** Hour and day of a moment in a zone. */
function localTime(moment: number, zone: string): { hour: number; date: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
  }).formatToParts(moment);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return { hour: Number(part('hour')), date: `${part('year')}-${part('month')}-${part('day')}` };
}

/** Open from an hour before the hour in which it is now in `zone` until two hours after it, read in the zone `of`. */
async function hours(zone: string, of: { readonly code: number }, more: JsonObject = {}): Promise<string> {
  const { hour } = localTime(await serverNow(), zone);
  return centre.admin.create('msdyn_operatinghours', {
    msdyn_name: centre.unique('Hours'),
    msdyn_timezone: of.code,
    msdyn_enablealldays: true,
    msdyn_starttimestring: `${pad((hour + 23) % 24)}:00`,
    msdyn_endtimestring: `${pad((hour + 3) % 24)}:00`,
    ...more,
  });
}

const bindHours = (id: string): JsonObject => ({ 'msdyn_operatinghourid@odata.bind': `/msdyn_operatinghours(${id})` });

async function overflow(when: 'before' | 'inside', rules: readonly JsonObject[]): Promise<JsonObject> {
  const id = await centre.ruleSet('overflow', rules);
  // The property of msdyn_prequeueoverflowrulesetid has another name in Dataverse.
  const column = when === 'before' ? 'msdyn_decisionrulesetid' : 'msdyn_inqueueoverflowrulesetid';
  return { [`${column}@odata.bind`]: `/msdyn_decisionrulesets(${id})` };
}

type Line = { readonly agent: Person; readonly queue: string; readonly stream: string };

/** A queue with an agent who is away, and a work stream whose only route leads there; without one matching, `fallback`. */
async function line(columns: JsonObject, options: { readonly isRouted?: boolean } = {}): Promise<Line> {
  const agent = await centre.person();
  await agent.setPresence('away');
  const queue = await centre.queue({ members: [agent], columns });
  const stream = await centre.workStream({ queueId: queue });
  if (options.isRouted !== false)
    await centre.routing(stream, { route: await centre.ruleSet('routeToQueue', [{ name: 'All', queue }]) });
  await centre.settle();
  return { agent, queue, stream };
}

const open = { status: 'open', reason: 'awaitingAssignment', agent: null } as const;
const endClosed: JsonObject = { name: 'Closed', when: 'outsideHours', action: 'end' };

describe('Operating hours', () => {
  it('are told in the zone of the row: the same times are open there and closed here', async () => {
    const rules = await overflow('before', [endClosed]);
    const there = await line({ ...bindHours(await hours(tokyo.name, tokyo)), ...rules });
    const here = await line({ ...bindHours(await hours(tokyo.name, utc)), ...rules });
    await assertRows(centre, await centre.start(there.stream), { ...open, sessions: [null] });
    await assertRows(centre, await centre.start(here.stream), {
      status: 'closed',
      reason: 'closedDueToOverflow',
      agent: null,
      sessions: [closures.overflowEnd],
      item: { msdyn_isabandoned: true },
    });
  });

  it('end at their time', async () => {
    const rules = await overflow('before', [endClosed]);
    const { stream } = await line({ ...bindHours(await hours(utc.name, utc)), ...rules });
    assert.equal((await centre.rows(await centre.start(stream))).state['Status'], 1);
    await centre.moveClock(4 * 60 * minute);
    assert.equal((await centre.rows(await centre.start(stream))).state['Status'], 4);
    await centre.moveClock(20 * 60 * minute);
    assert.equal((await centre.rows(await centre.start(stream))).state['Status'], 1);
  });

  it('a holiday closes the whole day in that zone', async () => {
    const { date } = localTime(await serverNow(), tokyo.name);
    const calendar = (name: string, more: JsonObject = {}) =>
      centre.admin.create('calendars', {
        name: centre.unique(name),
        'businessunitid@odata.bind': `/businessunits(${centre.server.org.businessUnitId})`,
        ...more,
      });
    const holidays = await calendar('Holidays', { type: 2 });
    await centre.admin.create('calendarrules', {
      name: 'Festival',
      'calendarid@odata.bind': `/calendars(${holidays})`,
      starttime: `${date}T00:00:00Z`,
      duration: 1440,
    });
    const week = await calendar('Week', {
      type: 1,
      'holidayschedulecalendarid@odata.bind': `/calendars(${holidays})`,
    });
    const times = { msdyn_calendarid: week, msdyn_starttimestring: '00:00', msdyn_endtimestring: '24:00' };
    const rules = await overflow('before', [endClosed]);
    const { stream } = await line({ ...bindHours(await hours(tokyo.name, tokyo, times)), ...rules });
    assert.equal((await centre.rows(await centre.start(stream))).state['Status'], 4);
    await centre.moveClock(day);
    assert.equal((await centre.rows(await centre.start(stream))).state['Status'], 1);
  });

  it('without a rule about them a closed queue takes it anyway, when no other is open', async () => {
    const closed = bindHours(await hours(tokyo.name, utc));
    const first = await line(closed);
    await assertRows(centre, await centre.start(first.stream), {
      ...open,
      sessions: [null],
      item: { _msdyn_queueid_value: first.queue },
    });
    const second = await line({});
    const route = await centre.ruleSet('routeToQueue', [
      { name: 'Closed', queue: first.queue },
      { name: 'Open', queue: second.queue },
    ]);
    const stream = await centre.workStream({ queueId: first.queue });
    await centre.routing(stream, { route });
    await centre.settle();
    await assertRows(centre, await centre.start(stream), {
      ...open,
      sessions: [null],
      item: { _msdyn_queueid_value: second.queue },
    });
  });

  it('an agent transfers to open queues only, a supervisor to any', async () => {
    const closed = await line(bindHours(await hours(tokyo.name, utc)));
    const { agent, stream } = await line({});
    await agent.setPresence('available');
    const id = await centre.start(stream);
    await centre.reaches(id, agent);
    await agent.on(id, 'CCaaS_AcceptConversation');
    await agent.refusedOn(id, 'CCaaS_InitiateQueueTransfer', 'notPossibleNow', { QueueId: closed.queue });
    await centre.administrator.on(id, 'CCaaS_InitiateQueueTransfer', { QueueId: closed.queue });
    await assertRows(centre, id, {
      ...open,
      sessions: [closures.supervisorAssignToQueue, null],
      transfers: 1,
      item: { _msdyn_queueid_value: closed.queue },
    });
  });
});

describe('Overflow before the queue', () => {
  it('a line that is long enough moves the next to another queue, and counts it', async () => {
    const other = await line({});
    const rules = await overflow('before', [
      { name: 'Full', when: { queueLength: 2 }, action: { transferTo: other.queue } },
    ]);
    const { stream, queue } = await line(rules);
    for (let count = 0; count < 2; count++)
      await assertRows(centre, await centre.start(stream), {
        ...open,
        sessions: [null],
        item: { _msdyn_queueid_value: queue },
      });
    // The length is ten seconds old at most.
    await centre.moveClock(11);
    await assertRows(centre, await centre.start(stream), {
      ...open,
      sessions: [null],
      overflows: 1,
      item: { _msdyn_queueid_value: other.queue },
    });
  });

  it('the next route comes first, when its queue does not overflow', async () => {
    const second = await line({});
    const rules = await overflow('before', [{ name: 'Full', when: { queueLength: 1 }, action: 'end' }]);
    const first = await line(rules);
    const stream = await centre.workStream({ queueId: first.queue });
    await centre.routing(stream, {
      route: await centre.ruleSet('routeToQueue', [
        { name: 'First', queue: first.queue },
        { name: 'Second', queue: second.queue },
      ]),
    });
    await centre.settle();
    await centre.start(stream);
    await centre.moveClock(11);
    await assertRows(centre, await centre.start(stream), {
      ...open,
      sessions: [null],
      item: { _msdyn_queueid_value: second.queue },
    });
  });

  it('a route may ignore it, and so does the queue of the work stream when no route matches', async () => {
    const rules = await overflow('before', [{ name: 'Full', when: { queueLength: 1 }, action: 'end' }]);
    const { queue, stream } = await line(rules, { isRouted: false });
    const ignoring = await centre.workStream({ queueId: queue });
    await centre.routing(ignoring, {
      route: await centre.ruleSet('routeToQueue', [{ name: 'All', queue, ignoresOverflow: true }]),
    });
    await centre.settle();
    await centre.start(stream);
    await centre.moveClock(11);
    for (const id of [await centre.start(stream), await centre.start(ignoring)])
      await assertRows(centre, id, { ...open, sessions: [null], item: { _msdyn_queueid_value: queue } });
  });

  it('an action may be a row of its own', async () => {
    const other = await line({});
    const name = centre.unique('Action');
    await centre.admin.create('msdyn_overflowactionconfigs', {
      msdyn_name: name,
      msdyn_overflowactiontype: 192350005,
      msdyn_overflowactiondata: JSON.stringify({ queue: other.queue }),
    });
    const rules = await overflow('before', [{ name: 'Full', when: { queueLength: 1 }, action: { config: name } }]);
    const { stream } = await line(rules);
    await centre.start(stream);
    await centre.moveClock(11);
    const { item } = await centre.rows(await centre.start(stream));
    assert.deepEqual([item['_msdyn_queueid_value'], item['msdyn_overflowtransfercount']], [other.queue, 1]);
  });
});

describe('Overflow in the queue', () => {
  it('who waits too long is moved: a new session, counted, in the other line', async () => {
    const other = await line({});
    const rules = await overflow('inside', [
      { name: 'Slow', when: { waitingLongerSeconds: 120 }, action: { transferTo: other.queue } },
    ]);
    const { stream, queue } = await line(rules);
    const id = await centre.start(stream);
    await centre.moveClock(110);
    await assertRows(centre, id, { ...open, sessions: [null], item: { _msdyn_queueid_value: queue } });
    await centre.moveClock(11);
    await centre.becomes(id, 'it is moved', ({ QueueId }) => QueueId === other.queue);
    await assertRows(centre, id, {
      ...open,
      sessions: [closures.inQueueOverflowTransfer, null],
      overflows: 1,
      item: { _msdyn_queueid_value: other.queue, msdyn_transfercount: 0 },
    });
  });

  it('or ends', async () => {
    const rules = await overflow('inside', [{ name: 'Slow', when: { waitingLongerSeconds: 60 }, action: 'end' }]);
    const { stream } = await line(rules);
    const id = await centre.start(stream);
    await centre.moveClock(61);
    await centre.becomes(id, 'it is closed', ({ Status }) => Status === 4);
    await assertRows(centre, id, {
      status: 'closed',
      reason: 'closedDueToOverflow',
      agent: null,
      sessions: [closures.inQueueOverflowEnd],
      item: { msdyn_isabandoned: true },
    });
  });

  it('does nothing to what an agent has been offered', async () => {
    const rules = await overflow('inside', [{ name: 'Slow', when: { waitingLongerSeconds: 60 }, action: 'end' }]);
    const { stream, agent } = await line(rules);
    const id = await centre.start(stream);
    await agent.setPresence('available');
    await centre.reaches(id, agent);
    await agent.on(id, 'CCaaS_AcceptConversation');
    await centre.moveClock(300);
    await assertRows(centre, id, { status: 'active', reason: 'inConversation', agent, sessions: [null] });
  });
});
