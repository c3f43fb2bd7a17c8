/**
 * The figures of a small day, played with a moved clock and compared with values worked out by hand (behaviour reference, 8.3;
 * docs/metrics.md). The clock goes on by itself between two moves, so times are compared to within the seconds that the test took.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { asObject, type JsonObject } from '../support/server.ts';
import {
  type Centre,
  channels,
  codes,
  done,
  openCentre,
  type Person,
  presenceIds,
  refused,
  roleIds,
  status,
  timeOf,
  waitFor,
} from './centre.ts';

const crm = 'Microsoft.Dynamics.CRM';

let centre: Centre;
let supervisor: Person;

before(async () => {
  centre = await openCentre();
  supervisor = await centre.addPerson([roleIds.omnichannelSupervisor]);
  await centre.settle();
  done(await supervisor.call('parley_SetPresence', { PresenceId: presenceIds.available }));
});
after(() => centre.stop());

/** Figures of conversations of the last three days, narrowed. */
async function metrics(narrowed: string, person: Person = supervisor): Promise<JsonObject> {
  const probe = await centre.start(
    await centre.addWorkStream({ queueId: Object.values(centre.server.org.queues)[0] ?? '' }),
  );
  const now = timeOf((await centre.state(probe))['InitiatedOn']);
  const [from, to] = [now - 3 * 86_400_000, now + 86_400_000].map((time) => new Date(time).toISOString());
  return person.api.read(`parley_GetConversationMetrics(From=${from},To=${to},${narrowed})`);
}

/** Of the expected value or a little more: what the calls in between took. */
function near(actual: unknown, expected: number, slack: number, what: string): void {
  assert.ok(
    typeof actual === 'number' && actual >= expected - 1 && actual <= expected + slack,
    `${what}: ${String(actual)}, not ${expected}`,
  );
}

describe('The figures of a small day', () => {
  it('are those that one works out by hand', async () => {
    const started = Date.now();
    const { id: queueId, agents } = await centre.addQueue(2, {
      msdyn_queueservicelevelthreshold: 45,
      msdyn_shortabandonedthreshold: 10,
    });
    const [ann, bob] = agents;
    assert.ok(ann && bob);
    const workStream = await centre.addWorkStream({ queueId, isPicked: true, channel: channels.liveChat });
    for (const person of agents) done(await person.call('parley_SetPresence', { PresenceId: presenceIds.available }));
    const act = async (person: Person, name: string, id: string, more: JsonObject = {}): Promise<void> => {
      done(await person.call(name, { ConversationId: id, ...more }));
    };
    const say = async (person: Person, id: string): Promise<void> => {
      done(await person.callOn(id, 'parley_SendMessage', { Text: 'Hello' }));
    };

    // One: waits 15 s, first answer 20 s later, talk 100 s, wrap-up 40 s.
    const one = await centre.start(workStream);
    await centre.moveClock(15);
    await act(ann, 'CCaaS_PickConversation', one);
    await centre.moveClock(20);
    await say(ann, one);
    await centre.moveClock(80);
    await act(ann, 'CCaaS_AgentEndConversation', one);
    await centre.moveClock(40);
    await act(ann, 'CCaaS_EndSession', one);

    // Two: waits 60 s, 50 s with Ann, transferred, 30 s with Bob, no wrap-up.
    const two = await centre.start(workStream);
    await centre.moveClock(60);
    await act(ann, 'CCaaS_PickConversation', two);
    await say(ann, two);
    await centre.moveClock(50);
    await act(ann, 'CCaaS_InitiateAgentTransfer', two, { AgentId: bob.id });
    await act(bob, 'CCaaS_AcceptConversation', two);
    await centre.moveClock(30);
    await act(bob, 'CCaaS_AgentEndConversation', two);
    await act(bob, 'CCaaS_EndSession', two);

    // Three: given up after 90 s. Four: after 3 s, which is too short to count.
    const three = await centre.start(workStream);
    await centre.moveClock(90);
    await act(supervisor, 'CCaaS_ForceCloseConversation', three);
    const four = await centre.start(workStream);
    await centre.moveClock(3);
    await act(supervisor, 'CCaaS_ForceCloseConversation', four);

    // Five: assigned to Ann, rejected after 12 s; assigned to Bob, missed; assigned to Bob, accepted after 5 s; still talking.
    const five = await centre.start(workStream);
    await act(supervisor, 'CCaaS_AssignConversation', five, { AgentId: ann.id });
    await centre.moveClock(12);
    await act(ann, 'CCaaS_RejectConversation', five);
    await act(supervisor, 'CCaaS_AssignConversation', five, { AgentId: bob.id });
    await centre.moveClock(121);
    await centre.waitForStatus(five, status.open);
    await act(supervisor, 'CCaaS_AssignConversation', five, { AgentId: bob.id });
    await centre.moveClock(5);
    await act(bob, 'CCaaS_AcceptConversation', five);
    await act(bob, 'CCaaS_InitiateAgentConsult', five, { AgentId: ann.id });
    done(await ann.callOn(five, 'parley_RejectConsult'));

    // Six: outbound, so in no inbound figure, but handled: 25 s.
    const Outbound = { WorkStreamId: workStream, Text: 'Your order is here.', IsOutbound: true };
    const six = String(done(await ann.call('parley_StartConversation', Outbound))['ConversationId']);
    await act(ann, 'CCaaS_PickConversation', six);
    await centre.moveClock(25);
    await act(ann, 'CCaaS_AgentEndConversation', six);
    await act(ann, 'CCaaS_EndSession', six);

    const told = await metrics(`QueueId=${queueId}`);
    const slack = (Date.now() - started) / 1000 + 1;
    const exact: Record<string, number> = {
      IncomingConversations: 5,
      AcceptedConversations: 3,
      ClosedConversations: 5,
      HandledConversations: 3,
      AbandonedConversations: 1,
      AbandonRate: 1 / 5,
      TransferredConversations: 1,
      TransferRate: 1 / 3,
      EscalatedConversations: 0,
      OverflowedConversations: 0,
      // One: no message of the customer after it was accepted; two and six alike.
      GhostConversations: 3,
      AverageSentiment: 10,
      // One; two twice; three; four; five: waiting, rejected, waiting, missed, waiting, accepted.
      RejectedSessions: 1,
      TimedOutSessions: 1,
      TransferredSessions: 1,
      AcceptedSessions: 4,
      RejectedConsults: 1,
    };
    for (const [name, value] of Object.entries(exact))
      assert.equal(told[name], value, `${name}: ${JSON.stringify(told)}`);
    const incoming = Number(told['IncomingSessions']);
    assert.equal(
      (await Promise.all([one, two, three, four, five].map((id) => centre.sessions(id)))).flat().length,
      incoming,
    );
    assert.equal(told['SessionRejectionRate'], 1 / incoming);
    assert.equal(told['SessionTimeOutRate'], 1 / incoming);
    // First waits: 15, 60, 90, 3 and 12 + 121 + 5.
    const waits = [15, 60, 90, 3, 138];
    near(told['AverageFirstWaitTime'], waits.reduce((sum, wait) => sum + wait) / 5, slack, 'first wait');
    near(told['MaximumFirstWaitTime'], 138, slack, 'longest first wait');
    near(told['AverageSpeedToAnswer'], (15 + 60) / 2, slack, 'speed to answer');
    assert.deepEqual(
      [
        told['ServiceLevel10Seconds'],
        told['ServiceLevel60Seconds'] === 1 / 3 || told['ServiceLevel60Seconds'] === 2 / 3,
      ],
      [0, true],
    );
    near(told['AverageTimeToAbandon'], 90, slack, 'time to abandon');
    near(told['TotalHandleTime'], 140 + 80 + 25, 3 * slack, 'handle time');
    near(told['AverageHandleTime'], (140 + 80 + 25) / 3, slack, 'mean handle time');
    near(told['AverageWrapUpTime'], 40 / 3, slack, 'wrap-up');
    near(told['AverageConversationTime'], (155 + 140 + 90 + 3 + 25) / 5, slack, 'conversation time');
    near(told['AverageCustomerEffortTime'], (115 + 140 + 25) / 3, slack, 'customer effort');
    near(told['AverageFirstResponseTime'], (35 + 60) / 2, slack, 'first response');
    near(told['AverageSessionTimeToReject'], 12, slack, 'time to reject');
    assert.equal(told['AverageTalkTime'], null, 'talk is measured for calls only');
    assert.equal(told['AverageHoldTime'], null);
    // Bob's own: two and five accepted, 30 s of two.
    const own = await metrics(`QueueId=${queueId},AgentId=${bob.id}`);
    assert.deepEqual([own['AcceptedConversations'], own['HandledConversations'], own['RejectedSessions']], [2, 1, 0]);
    near(own['TotalHandleTime'], 30, slack, "Bob's handle time");
  });

  it('are nothing where nothing was: counts are zero, means and rates are empty', async () => {
    const { id: queueId } = await centre.addQueue(1);
    const told = await metrics(`QueueId=${queueId}`);
    assert.deepEqual([told['IncomingConversations'], told['IncomingSessions'], told['TotalHandleTime']], [0, 0, 0]);
    for (const name of [
      'AverageFirstWaitTime',
      'AbandonRate',
      'AverageHandleTime',
      'ServiceLevel20Seconds',
      'TransferRate',
    ])
      assert.equal(told[name], null, name);
  });

  it('count a service level by the threshold of the queue', async () => {
    const { id: queueId, agents } = await centre.addQueue(1, { msdyn_queueservicelevelthreshold: 300 });
    const [agent] = agents;
    assert.ok(agent);
    const workStream = await centre.addWorkStream({ queueId, isPicked: true, units: 0 });
    for (const wait of [100, 600]) {
      const id = await centre.start(workStream);
      await centre.moveClock(wait);
      done(await agent.call('CCaaS_PickConversation', { ConversationId: id }));
    }
    const told = await metrics(`QueueId=${queueId}`);
    assert.deepEqual([told['ServiceLevelByThreshold'], told['ServiceLevel60Seconds']], [1 / 2, 0]);
  });

  it('are refused for a period that ends before it begins, or is none', async () => {
    const ask = (From: string, To: string) =>
      supervisor.api.request('GET', `parley_GetConversationMetrics(From=${From},To=${To})`);
    const wrong = await ask('2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z');
    refused(wrong, 400, '0x80040203', 'From');
    assert.equal((await ask('2024-01-01T00:00:00Z', '2026-01-01T00:00:00Z')).status, 400);
    assert.equal((await ask('yesterday', '2026-01-01T00:00:00Z')).status, 400);
  });
});

describe('The figures of now', () => {
  it('show each queue and each agent as they are', async () => {
    const { id: queueId, agents } = await centre.addQueue(2);
    const [agent, colleague] = agents;
    assert.ok(agent && colleague);
    const workStream = await centre.addWorkStream({ queueId, isPicked: true });
    done(await agent.call('parley_SetPresence', { PresenceId: presenceIds.available }));
    const queue = async (): Promise<JsonObject> => {
      const told = await supervisor.api.read('parley_GetQueueSnapshot()');
      const found = (told['Queues'] as JsonObject[]).find((one) => one['QueueId'] === queueId);
      assert.ok(found);
      return found;
    };
    const first = await queue();
    assert.deepEqual(
      [first['WaitingConversations'], first['LongestWaitTime'], first['StaffedAgents'], first['AvailableAgents']],
      [0, null, 1, 1],
    );
    const ids: string[] = [];
    for (let number = 0; number < 4; number += 1) ids.push(await centre.start(workStream));
    const [talking, offered, wrapping] = ids;
    assert.ok(talking && offered && wrapping);
    for (const id of [talking, wrapping]) done(await agent.call('CCaaS_PickConversation', { ConversationId: id }));
    done(await agent.call('CCaaS_AgentEndConversation', { ConversationId: wrapping }));
    done(await supervisor.call('CCaaS_AssignConversation', { ConversationId: offered, AgentId: agent.id }));
    await centre.moveClock(30);
    const row = await queue();
    const counted = [
      'WaitingConversations',
      'AwaitingAcceptance',
      'InConversation',
      'WrapUp',
      'StaffedAgents',
      'AvailableAgents',
    ];
    assert.deepEqual(
      counted.map((name) => row[name]),
      [1, 1, 1, 1, 1, 0],
    );
    assert.ok(Number(row['LongestWaitTime']) >= 30);
    const told = await supervisor.api.read('parley_GetAgentSnapshot()');
    const own = (told['Agents'] as JsonObject[]).find((one) => one['AgentId'] === agent.id);
    assert.deepEqual(
      [
        own?.['UnitsUsed'],
        own?.['UnitCapacity'],
        own?.['InConversation'],
        own?.['WrapUp'],
        own?.['AwaitingAcceptance'],
      ],
      [120, 100, 1, 1, 1],
    );
    assert.equal(own?.['BasePresence'], 192360002);
  });
});

describe('For Prometheus', () => {
  /** Samples of a scrape, by name and labels. */
  async function scrape(): Promise<Map<string, number>> {
    const text = await (await fetch(`${centre.server.origin}/metrics`)).text();
    const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      samples.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
    );
  }

  it('gauges tell what is there and counters what was done', async () => {
    const name = `Scraped ${Date.now()}`;
    const { id: queueId, agents } = await centre.addQueue(1, { name });
    const [agent] = agents;
    assert.ok(agent);
    const workStream = await centre.addWorkStream({ queueId, isPicked: true });
    const before = await scrape();
    done(await agent.call('parley_SetPresence', { PresenceId: presenceIds.available }));
    const ids = [await centre.start(workStream), await centre.start(workStream)];
    done(await agent.call('CCaaS_PickConversation', { ConversationId: ids[0] }));
    refused(
      await agent.call('CCaaS_PickConversation', { ConversationId: await closed(workStream) }),
      409,
      codes.conflict,
    );
    await centre.moveClock(60);
    const gauges: Record<string, number> = {
      [`parley_conversations{status="open",channel="liveChat",queue="${name}"}`]: 1,
      [`parley_conversations{status="active",channel="liveChat",queue="${name}"}`]: 1,
      parley_engine_scrape_success: 1,
      'parley_due_timers{of="conversations"}': 0,
      'parley_due_timers{of="agents"}': 0,
    };
    await waitFor('the gauges', async () => {
      const now = await scrape();
      return Object.entries(gauges).every(([sample, value]) => now.get(sample) === value);
    });
    const now = await scrape();
    assert.ok((now.get(`parley_queue_longest_wait_seconds{queue="${name}"}`) ?? 0) >= 60);
    assert.ok((now.get('parley_agents{presence="busy"}') ?? 0) >= 1);
    assert.ok((now.get('parley_capacity_used_units') ?? 0) >= 40);
    for (const consumer of ['channels', 'agents', 'transcripts'])
      assert.ok(now.has(`parley_outbox_lag_events{consumer="${consumer}"}`), consumer);
    const grown = (sample: string): number => (now.get(sample) ?? 0) - (before.get(sample) ?? 0);
    assert.equal(grown('parley_commands_total{kind="pick",outcome="accepted"}'), 1);
    assert.equal(grown('parley_commands_total{kind="pick",outcome="conversationClosed"}'), 1);
    assert.equal(grown('parley_commands_total{kind="start",outcome="accepted"}'), 3);
    assert.equal(grown('parley_command_seconds_count{kind="pick"}'), 2);
    assert.equal(grown('parley_assignments_total{reason="AgentPick"}'), 1);
    assert.ok(grown('parley_routing_cycle_seconds_count') > 0);
  });

  async function closed(workStream: string): Promise<string> {
    const id = await centre.start(workStream);
    done(await supervisor.call('CCaaS_ForceCloseConversation', { ConversationId: id }));
    const read = await supervisor.api.read(`msdyn_ocliveworkitems(${id})/${crm}.parley_GetState()`);
    assert.equal(asObject(read)['Status'], status.closed);
    return id;
  }
});
