/** What a crash, a second server and a broken receiver leave of timers, events and webhooks, seen over HTTP (docs/conversation-engine.md, docs/events.md). */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { JsonObject } from '../support/server.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import {
  type Centre,
  channels,
  done,
  openCentre,
  type Person,
  presenceIds,
  roleIds,
  status,
  waitFor,
} from './centre.ts';
import { addChannel, type Receiver, startOnChannel, startReceiver } from './messaging.ts';

const crm = 'Microsoft.Dynamics.CRM';
const offerSeconds = 120;
const offerTimedOut = 192350007;

type Desk = { readonly agent: Person; readonly workStream: string; readonly channelId: string };

/** An agent who picks, and a custom channel whose webhooks go to the receiver. */
async function addDesk(centre: Centre, receiver: Receiver): Promise<Desk> {
  const { id: queueId, agents } = await centre.addQueue(1);
  const [agent] = agents;
  assert.ok(agent);
  const workStream = await centre.addWorkStream({ queueId, isPicked: true, channel: channels.custom, units: 0 });
  const channelId = await addChannel(centre, workStream, receiver);
  done(await agent.call('parley_SetPresence', { PresenceId: presenceIds.available }));
  return { agent, workStream, channelId };
}

async function picked(centre: Centre, { agent, channelId }: Desk): Promise<string> {
  const id = await startOnChannel(centre, channelId);
  done(await agent.call('CCaaS_PickConversation', { ConversationId: id }));
  return id;
}

async function say(person: Person, id: string, ...texts: string[]): Promise<void> {
  for (const Text of texts) done(await person.callOn(id, 'parley_SendMessage', { Text }));
}

async function deliveriesOf(centre: Centre, id: string): Promise<unknown[]> {
  const read = await centre.admin.api.read(`msdyn_ocliveworkitems(${id})/${crm}.parley_GetMessages()`);
  const own = (read['Messages'] as JsonObject[]).filter((message) => message['AuthorKind'] === 'agent');
  return own.map((message) => message['Delivery']);
}

async function sessionEvents(centre: Centre, id: string, type: number): Promise<JsonObject[]> {
  const sessions = (await centre.sessions(id)).map((one) => `_msdyn_omnichannelsession_value eq ${one['activityid']}`);
  return centre.admin.api.list(`msdyn_sessionevents?$filter=msdyn_eventtype eq ${type} and (${sessions.join(' or ')})`);
}

async function sample(centre: Centre, name: string): Promise<number | undefined> {
  const text = await (await fetch(`${centre.server.origin}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length));
}

/** Puts a person on the other server's client. */
function onServer(centre: Centre, person: Person): Person {
  const api = centre.admin.api.with({ MSCRMCallerID: person.id });
  const call: Person['call'] = (name, body = {}) => api.request('POST', name, { body });
  return {
    id: person.id,
    api,
    call,
    callOn: (row, name, body) => call(`msdyn_ocliveworkitems(${row})/${crm}.${name}`, body),
  };
}

describe('Two servers on one database', () => {
  let database: TestDatabase;
  let one: Centre;
  let other: Centre;
  let receiver: Receiver;

  before(async () => {
    database = await createTestDatabase();
    const { user, password, host, port, database: name } = database.connection;
    const DATABASE_URL = `postgresql://${user}:${encodeURIComponent(password)}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
    const environment = { DATABASE_URL, PARLEY_DEMO: 'on' };
    [one, other] = await Promise.all([openCentre({ environment }), openCentre({ environment })]);
    receiver = await startReceiver();
  });
  after(async () => {
    await receiver.stop();
    await Promise.all([one.stop().catch(() => undefined), other.stop().catch(() => undefined)]);
    await database.drop();
  });

  it('fire each timer once', async () => {
    const { id: queueId, agents } = await one.addQueue(1);
    const [agent] = agents;
    assert.ok(agent);
    const workStream = await one.addWorkStream({ queueId, isPicked: true, units: 1 });
    const supervisor = await one.addPerson([roleIds.omnichannelSupervisor]);
    done(await agent.call('parley_SetPresence', { PresenceId: presenceIds.available }));
    const ids = await Promise.all(Array.from({ length: 12 }, () => one.start(workStream)));
    for (const id of ids)
      done(await supervisor.call('CCaaS_AssignConversation', { ConversationId: id, AgentId: agent.id }));
    await one.moveClock(offerSeconds + 1);
    for (const id of ids) {
      await other.waitForStatus(id, status.open);
      const reasons = (await other.sessions(id)).map((session) => session['msdyn_closurereason']);
      assert.deepEqual(reasons, [192350008, 192350002, 192350000]);
      assert.equal((await sessionEvents(other, id, offerTimedOut)).length, 1);
    }
    const [row] = await other.admin.api.list(`msdyn_agentstatuses?$filter=_msdyn_agentid_value eq ${agent.id}`);
    assert.deepEqual([row?.['msdyn_availableunitscapacity'], row?.['msdyn_assignedconversationcount']], [100, 0]);
  });

  it('tell each other the time and the configuration', async () => {
    const { id: queueId, agents } = await one.addQueue(1);
    const [agent] = agents;
    assert.ok(agent);
    const workStream = await one.addWorkStream({ queueId });
    const there = onServer(other, agent);
    await waitFor('the agent on the other server', async () => {
      return (await there.call('parley_SetPresence', { PresenceId: presenceIds.available })).status === 204;
    });
    const id = await one.start(workStream);
    await other.waitForOffer(id, agent);
    await other.moveClock(offerSeconds + 1);
    await one.waitForStatus(id, status.open).catch(() => undefined);
    await waitFor('the missed offer', async () => (await sessionEvents(one, id, offerTimedOut)).length === 1);
  });

  it('deliver every webhook once and in order, and go on when one of them is killed', async () => {
    const desk = await addDesk(one, receiver);
    const id = await picked(one, desk);
    await say(desk.agent, id, 'first', 'second');
    await waitFor('two messages', async () => receiver.textsOf(id).length === 2);
    await say(desk.agent, id, 'third');
    await one.server.kill();
    const there = onServer(other, desk.agent);
    await say(there, id, 'fourth', 'fifth');
    await waitFor('five messages', async () => receiver.textsOf(id).length === 5, 90_000);
    assert.deepEqual(receiver.textsOf(id), ['first', 'second', 'third', 'fourth', 'fifth']);
    await other.moveClock(1);
    done(await there.call('CCaaS_AgentEndConversation', { ConversationId: id }));
    done(await there.call('CCaaS_EndSession', { ConversationId: id }));
    await waitFor('the end', async () =>
      receiver.taken.some(
        ({ name, conversation }) => name === 'ConversationClose' && JSON.stringify(conversation).includes(id),
      ),
    );
  });
});

describe('A server that is killed with its database', () => {
  let dataDirectory: string;
  let receiver: Receiver;

  before(async () => {
    dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'parley-recovery-'));
    receiver = await startReceiver();
  });
  after(async () => {
    await receiver.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  it('has lost nothing when it runs again: timers fire, webhooks are delivered, consumers go on', async () => {
    const first = await openCentre({ dataDirectory });
    const desk = await addDesk(first, receiver);
    const id = await picked(first, desk);
    await say(desk.agent, id, 'before');
    await waitFor('the message before', async () => receiver.textsOf(id).length === 1);
    receiver.answer = 503;
    await say(desk.agent, id, 'while nobody took it', 'and another');
    await waitFor('a refused webhook', async () => receiver.requestCount > 1);
    const { id: queueId, agents } = await first.addQueue(1);
    const [asked] = agents;
    assert.ok(asked);
    const offering = await first.addWorkStream({ queueId });
    done(await asked.call('parley_SetPresence', { PresenceId: presenceIds.available }));
    const offered = await first.start(offering);
    await first.waitForOffer(offered, asked);
    await first.server.kill();

    receiver.answer = 200;
    const again = await openCentre({ dataDirectory });
    try {
      const state = await again.state(offered);
      assert.equal(state['Status'], status.active, 'the offer still stands');
      done(await onServer(again, asked).call('parley_SetPresence', { PresenceId: presenceIds.away }));
      // Moves past the end of the offer, and of the pauses before a webhook is tried again.
      await again.moveClock(offerSeconds + 1);
      await again.waitForStatus(offered, status.open);
      assert.equal((await sessionEvents(again, offered, offerTimedOut)).length, 1);
      await waitFor('the messages of before', async () => receiver.textsOf(id).length === 3);
      await say(onServer(again, desk.agent), id, 'after');
      await waitFor('the message after', async () => receiver.textsOf(id).length === 4);
      assert.deepEqual(receiver.textsOf(id), ['before', 'while nobody took it', 'and another', 'after']);
      await waitFor('deliveries', async () => (await deliveriesOf(again, id)).every((one) => one === 'delivered'));
      const agent = onServer(again, desk.agent);
      done(await agent.call('CCaaS_AgentEndConversation', { ConversationId: id }));
      const capacity = await again.admin.api.list(`msdyn_agentstatuses?$filter=_msdyn_agentid_value eq ${asked.id}`);
      assert.equal(capacity[0]?.['msdyn_availableunitscapacity'], 100);
    } finally {
      await again.stop();
    }
  });
});

describe('A receiver that fails', () => {
  let centre: Centre;
  const receivers: Receiver[] = [];

  before(async () => {
    centre = await openCentre();
  });
  after(async () => {
    for (const receiver of receivers) await receiver.stop();
    await centre.stop();
  });

  async function newReceiver(answer: Receiver['answer']): Promise<Receiver> {
    const receiver = await startReceiver();
    receivers.push(receiver);
    receiver.answer = answer;
    return receiver;
  }

  for (const [answer, batches] of [
    [500, 1],
    ['hang', 7],
  ] as const)
    it(`with ${answer} delays no other conversation`, async () => {
      const [broken, healthy] = [await newReceiver(answer), await newReceiver(200)];
      const [bad, good] = [await addDesk(centre, broken), await addDesk(centre, healthy)];
      // Hanging ones are more than a process delivers at once.
      for (let batch = 0; batch < batches; batch += 1)
        await Promise.all(Array.from({ length: 10 }, () => picked(centre, bad)));
      await waitFor('an attempt', async () => broken.requestCount > 0);
      const id = await picked(centre, good);
      const texts = Array.from({ length: 5 }, () => randomUUID());
      await say(good.agent, id, ...texts);
      await waitFor('the other messages', async () => healthy.textsOf(id).length === texts.length);
      assert.deepEqual(healthy.textsOf(id), texts);
      broken.answer = 200;
    });

  it('is tried again until it works, in order', async () => {
    const receiver = await newReceiver(500);
    const desk = await addDesk(centre, receiver);
    const id = await picked(centre, desk);
    await say(desk.agent, id, 'one', 'two');
    await waitFor('an attempt', async () => receiver.requestCount > 0);
    assert.deepEqual(receiver.textsOf(id), []);
    receiver.answer = 200;
    await waitFor('both', async () => {
      await centre.moveClock(20);
      return receiver.textsOf(id).length === 2;
    });
    assert.deepEqual(receiver.textsOf(id), ['one', 'two']);
  });

  it('for good leaves dead letters that everybody can see: on the message, and in the figures', async () => {
    const kind = 'parley_dead_jobs{kind="deliver.custom-messaging"}';
    const dead = async (): Promise<number> => (await sample(centre, kind)) ?? 0;
    const before = await dead();
    const receiver = await newReceiver(400);
    const desk = await addDesk(centre, receiver);
    const id = await picked(centre, desk);
    await say(desk.agent, id, 'Nobody wants this');
    await waitFor('the failed message', async () => (await deliveriesOf(centre, id))[0] === 'failed');
    await waitFor('the dead letter', async () => {
      await centre.moveClock(6);
      return (await dead()) > before;
    });
    assert.ok(((await sample(centre, 'parley_webhook_deliveries_total{outcome="dead"}')) ?? 0) >= 1);
    // The next one passes.
    receiver.answer = 200;
    await say(desk.agent, id, 'But this');
    await waitFor('the next message', async () => receiver.textsOf(id).includes('But this'));
    assert.deepEqual(await deliveriesOf(centre, id).then(([first]) => first), 'failed');
  });
});
