/** What customers may be told before and while they wait, from live figures over HTTP (behaviour reference, 4.6, 6.5, 10.2; docs/metrics.md, "Now"). */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { JsonObject } from '../support/server.ts';
import {
  type Centre,
  channels,
  codes,
  done,
  nowhere,
  openCentre,
  presenceIds,
  refused,
  roleIds,
  status,
  steps,
  timeOf,
} from './centre.ts';

const before_ = 'CCaaS_GetRepresentativeAvailabilityBeforeConversation';
const during = 'CCaaS_GetRepresentativeAvailabilityForConversation';
const noTime = '0001-01-01T00:00:00Z';
const endOfTime = '9999-12-31T23:59:59Z';
const [minute, hour, day] = [60, 3600, 86_400];
/** Connected conversations that an average wait needs. */
const averaged = 20;
/** How old the length of a line and an average may be. */
const averageAge = 10 * minute;

let centre: Centre;

before(async () => {
  centre = await openCentre();
});
after(() => centre.stop());

async function availableBefore(workStream: string, more: JsonObject = {}): Promise<JsonObject> {
  return done(await centre.admin.call(before_, { ApiVersion: '1.0', LiveWorkStreamId: workStream, ...more }));
}

async function availableFor(id: string): Promise<JsonObject> {
  return done(await centre.admin.call(during, { ApiVersion: '1.0', ConversationId: id }));
}

function position(id: string): Promise<JsonObject> {
  return centre.admin.api.read(`parley_GetQueuePosition(ConversationId=${id})`);
}

describe('The place in the line', () => {
  it('counts who is ahead, moves up as others leave, and ends with the wait', async () => {
    const { id: queueId, agents } = await centre.addQueue(1);
    const [agent] = agents;
    assert.ok(agent);
    const workStream = await centre.addWorkStream({ queueId, isPicked: true });
    const ids = [];
    for (let number = 0; number < 3; number += 1) ids.push(await centre.start(workStream));
    for (const [index, id] of ids.entries()) {
      const { QueueId, Position, ConversationsAhead, EstimatedWaitTimeInSeconds } = await position(id);
      assert.deepEqual(
        [QueueId, Position, ConversationsAhead, EstimatedWaitTimeInSeconds],
        [queueId, index + 1, index, null],
      );
      assert.equal((await availableFor(id))['PositionInQueue'], index + 1);
    }
    const [one, two, three] = ids;
    assert.ok(one && two && three);
    done(await agent.call('CCaaS_PickConversation', { ConversationId: one }));
    assert.equal((await position(two))['Position'], 1);
    assert.equal((await centre.state(three))['QueuePosition'], 2);
    const gone = await position(one);
    assert.deepEqual([gone['Position'], gone['ConversationsAhead']], [null, null]);
  });

  it('goes by priority first', async () => {
    const { id: queueId } = await centre.addQueue(1);
    const workStream = await centre.addWorkStream({ queueId });
    const urgent = await centre.addWorkStream({ queueId });
    const rules = { kind: 'classification', rules: [{ name: 'Urgent', set: { priority: 5 } }] };
    await centre.addRules(urgent, [[steps.classification, rules]]);
    const early = await centre.start(workStream);
    const late = await centre.start(urgent);
    assert.equal((await position(late))['Position'], 1);
    assert.equal((await position(early))['Position'], 2);
  });

  it('is told to nobody whom the conversation does not concern', async () => {
    const { id: queueId, agents } = await centre.addQueue(1);
    const [agent] = agents;
    assert.ok(agent);
    const stranger = await centre.addPerson([roleIds.omnichannelAgent]);
    const id = await centre.start(await centre.addWorkStream({ queueId, isPicked: true }));
    done(await agent.call('CCaaS_PickConversation', { ConversationId: id }));
    for (const target of [id, nowhere])
      refused(
        await stranger.api.request('GET', `parley_GetQueuePosition(ConversationId=${target})`),
        404,
        codes.missing,
      );
  });
});

describe('The wait', () => {
  it('is estimated from the last twenty that were connected, less what was waited already', async () => {
    const { id: queueId, agents } = await centre.addQueue(1);
    const [agent] = agents;
    assert.ok(agent);
    const workStream = await centre.addWorkStream({ queueId, isPicked: true, units: 0 });
    const serve = async (count: number): Promise<void> => {
      const ids: string[] = [];
      for (let number = 0; number < count; number += 1) ids.push(await centre.start(workStream));
      await centre.moveClock(200);
      for (const id of ids) done(await agent.call('CCaaS_PickConversation', { ConversationId: id }));
    };
    await serve(averaged - 1);
    await centre.moveClock(averageAge);
    const early = await availableBefore(workStream);
    assert.deepEqual([early['AverageWaitTime'], early['AverageWaitTimeInSeconds']], [null, null], 'too few');
    await serve(1);
    await centre.moveClock(averageAge);
    const known = await availableBefore(workStream);
    const seconds = Number(known['AverageWaitTimeInSeconds']);
    assert.ok(seconds >= 200 && seconds < 230, `${seconds}`);
    assert.equal(known['AverageWaitTime'], Math.round(seconds / 60));
    const id = await centre.start(workStream);
    const estimate = Number((await position(id))['EstimatedWaitTimeInSeconds']);
    assert.ok(estimate <= seconds && estimate > seconds - 20, `${estimate} of ${seconds}`);
    await centre.moveClock(60);
    const shorter = Number((await position(id))['EstimatedWaitTimeInSeconds']);
    assert.ok(estimate - shorter >= 60 && estimate - shorter < 80, `${shorter} after ${estimate}`);
    await centre.moveClock(seconds);
    assert.equal((await position(id))['EstimatedWaitTimeInSeconds'], null, 'there is no honest estimate any more');
  });
});

describe('Who could help', () => {
  it('counts members who are there with room, and follows presence and capacity at once', async () => {
    const { id: queueId, agents } = await centre.addQueue(3);
    const [one, two, three] = agents;
    assert.ok(one && two && three);
    const workStream = await centre.addWorkStream({ queueId, isPicked: true, units: 60 });
    const experts = async (): Promise<unknown[]> => {
      const told = await availableBefore(workStream);
      return [told['IsAgentAvailable'], told['NumberOfExpertsAvailableInQueue']];
    };
    assert.deepEqual(await experts(), [false, 0]);
    for (const person of [one, two])
      done(await person.call('parley_SetPresence', { PresenceId: presenceIds.available }));
    done(await three.call('parley_SetPresence', { PresenceId: presenceIds.away }));
    assert.deepEqual(await experts(), [true, 2]);
    done(await one.call('CCaaS_PickConversation', { ConversationId: await centre.start(workStream) }));
    assert.deepEqual(await experts(), [true, 1], 'no room for another one of 60 units');
    done(await two.call('parley_SetPresence', { PresenceId: presenceIds.doNotDisturb }));
    assert.deepEqual(await experts(), [false, 0]);
  });

  it('is asked of the queue that the context leads to', async () => {
    const first = await centre.addQueue(1);
    const second = await centre.addQueue(1);
    const workStream = await centre.addWorkStream({ queueId: first.id, channel: channels.sms });
    const when = { path: 'context.Topic', operator: 'eq', value: 'Repair' };
    const rules = { kind: 'routeToQueue', rules: [{ name: 'Repair', when, queue: second.id }] };
    await centre.addRules(workStream, [[steps.route, rules]]);
    const CustomContextItems = JSON.stringify({ Topic: { value: 'Repair', isDisplayable: true, datatype: 192350000 } });
    assert.equal((await availableBefore(workStream))['QueueId'], first.id);
    assert.equal((await availableBefore(workStream, { CustomContextItems }))['QueueId'], second.id);
    const answer = await centre.admin.call(before_, { LiveWorkStreamId: workStream, CustomContextItems: 'nonsense' });
    refused(answer, 400, '0x80040203', 'CustomContextItems');
    refused(await centre.admin.call(before_, { LiveWorkStreamId: nowhere }), 404, codes.missing);
    refused(await centre.admin.call(during, { ConversationId: nowhere }), 404, codes.missing);
  });
});

describe('Operating hours', () => {
  it('of a queue without any are always', async () => {
    const { id: queueId } = await centre.addQueue(1);
    const told = await availableBefore(await centre.addWorkStream({ queueId }));
    const times = [
      told['StartTimeOfNextOperatingHour'],
      told['EndTimeOfNextOperatingHour'],
      told['NextTransitionTime'],
    ];
    assert.deepEqual([told['IsQueueAvailable'], ...times], [true, noTime, noTime, endOfTime]);
  });

  it('are told by their next change, whether it opens or closes', async () => {
    // Two hours on one day of the week, in UTC, found anew whenever this runs.
    const id = await centre.start(
      await centre.addWorkStream({ queueId: (await centre.addQueue(1)).id, isPicked: true }),
    );
    const now = timeOf((await centre.state(id))['InitiatedOn']);
    const opensOn = Math.ceil(now / (day * 1000)) * day * 1000 + 9 * hour * 1000;
    const closesOn = opensOn + 2 * hour * 1000;
    const hours = await centre.admin.api.create('msdyn_operatinghours', {
      msdyn_name: `Two hours ${randomUUID()}`,
      msdyn_enablealldays: false,
      msdyn_oc_daysofweek: String(192350000 + new Date(opensOn).getUTCDay()),
      msdyn_starttimestring: '09:00',
      msdyn_endtimestring: '11:00',
      msdyn_timezone: 92,
    });
    const queue = await centre.addQueue(1, { 'msdyn_operatinghourid@odata.bind': `/msdyn_operatinghours(${hours})` });
    const workStream = await centre.addWorkStream({ queueId: queue.id });
    const closed = await availableBefore(workStream);
    assert.equal(closed['IsQueueAvailable'], false);
    assert.equal(timeOf(closed['StartTimeOfNextOperatingHour']), opensOn);
    assert.equal(timeOf(closed['EndTimeOfNextOperatingHour']), closesOn);
    assert.equal(timeOf(closed['NextTransitionTime']), opensOn);
    // Past the opening, before the end.
    await centre.moveClock(Math.ceil((opensOn - now) / 1000) + hour);
    const open = await availableBefore(workStream);
    const { IsQueueAvailable, StartTimeOfNextOperatingHour, EndTimeOfNextOperatingHour } = open;
    assert.deepEqual(
      [IsQueueAvailable, StartTimeOfNextOperatingHour, EndTimeOfNextOperatingHour],
      [true, noTime, noTime],
    );
    assert.equal(timeOf(open['NextTransitionTime']), closesOn);
    const waiting = await centre.start(workStream);
    assert.equal((await availableFor(waiting))['IsQueueAvailable'], true);
    await centre.moveClock(2 * hour);
    assert.equal((await availableBefore(workStream))['IsQueueAvailable'], false);
  });

  it('are no reason to forget whom it concerns: a closed conversation is asked where it would go', async () => {
    const { id: queueId } = await centre.addQueue(1);
    const id = await centre.start(await centre.addWorkStream({ queueId, isPicked: true }));
    const supervisor = await centre.addPerson([roleIds.omnichannelSupervisor]);
    done(await supervisor.call('CCaaS_ForceCloseConversation', { ConversationId: id }));
    assert.equal((await centre.state(id))['Status'], status.closed);
    assert.equal((await availableFor(id))['QueueId'], queueId);
  });
});
