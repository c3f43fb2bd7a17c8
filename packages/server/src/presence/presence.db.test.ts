import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import type { Guid } from '@parley/engine';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { createDatabase } from '../db/database.ts';
import { createWriteBatch } from '../db/write-batch.ts';
import { presenceIds } from '../organization/organization-ids.ts';
import { writeEvents } from '../outbox/write-events.ts';
import { saveAgents } from './agent-store.ts';
import { createPresence, type Presence, type PresenceContext } from './presence.ts';
import { configurationOf, queueId } from './presence-harness.ts';

const { pool, drop } = await createTestDatabase();
after(drop);
const database = createDatabase(pool);

type Scene = {
  readonly presence: Presence;
  readonly agentId: Guid;
  /** What was heard from outside, in order. */
  readonly heard: string[];
  wait(seconds: number): void;
  /** Makes writing fail, as a lost database would. */
  breakWriting(): void;
};

function createScene(): Scene {
  const agentId = randomUUID();
  const configuration = configurationOf([agentId]);
  const heard: string[] = [];
  let now = Date.UTC(2026, 4, 5, 8);
  let isBroken = false;
  const context: PresenceContext = {
    database,
    clock: { now: () => now },
    configuration: () => configuration,
    async writeChanges(inside, { now: occurredOn, agents, wakeQueues }) {
      const batch = createWriteBatch();
      saveAgents(
        batch,
        agents.map((change) => change.after),
      );
      await batch.run(inside);
      if (isBroken) throw new Error('The connection is lost');
      if (wakeQueues.length > 0) heard.push(`wake ${wakeQueues.join()}`);
      const events = agents.flatMap((change) =>
        change.events.map((body) => ({
          conversationId: null,
          agentId: change.after.id,
          sequence: change.after.sequence,
          occurredOn,
          body,
        })),
      );
      return { events: await writeEvents(inside, events), isRouterWoken: wakeQueues.length > 0 };
    },
    announce: ({ events }) => heard.push(...events.map(({ body }) => body.type)),
  };
  return {
    presence: createPresence(context),
    agentId,
    heard,
    wait: (seconds) => {
      now += seconds * 1000;
    },
    breakWriting: () => {
      isBroken = true;
    },
  };
}

describe('presence', () => {
  test('of an agent who signs in is stored, announced, and wakes their queues', async () => {
    const { presence, agentId, heard } = createScene();
    const result = await presence.signIn(agentId, 'browser');
    assert.equal(result.kind, 'accepted');
    assert.equal((await presence.find(agentId))?.basePresence, 'available');
    assert.deepEqual(heard, [`wake ${queueId}`, 'AgentSignedIn', 'PresenceChanged']);
  });

  test('of an agent whose connection breaks goes offline at once and comes back in time', async () => {
    const { presence, agentId, heard, wait } = createScene();
    await presence.signIn(agentId, 'browser');
    await presence.setPresence(agentId, presenceIds.away, { kind: 'agent', userId: agentId });
    heard.length = 0;
    await presence.disconnect(agentId, 'browser');
    assert.deepEqual(heard, ['AgentSignedOut', 'PresenceChanged']);
    wait(100);
    await presence.heartbeat(agentId, 'browser', true);
    assert.equal((await presence.find(agentId))?.presenceId, presenceIds.away);
    assert.equal(heard.at(-1), 'PresenceChanged');
  });

  test('is not restored when nothing came back before the timer fired', async () => {
    const { presence, agentId, wait } = createScene();
    await presence.signIn(agentId, 'browser');
    await presence.setPresence(agentId, presenceIds.away, { kind: 'agent', userId: agentId });
    await presence.disconnect(agentId, 'browser');
    assert.equal(await presence.fireTimers(10), 0);
    wait(150);
    assert.equal(await presence.fireTimers(10), 1);
    assert.equal(await presence.fireTimers(10), 0);
    await presence.signIn(agentId, 'browser');
    assert.equal((await presence.find(agentId))?.basePresence, 'available');
    await presence.signOut(agentId, 'browser');
  });

  test('of an idle agent becomes away by a timer', async () => {
    const { presence, agentId, wait } = createScene();
    await presence.signIn(agentId, 'browser');
    wait(600);
    await presence.fireTimers(10);
    assert.equal((await presence.find(agentId))?.basePresence, 'away');
  });

  test('writes nothing for a sign of life that follows another fast', async () => {
    const { presence, agentId, heard } = createScene();
    await presence.signIn(agentId, 'browser');
    const before = await presence.find(agentId);
    heard.length = 0;
    await presence.heartbeat(agentId, 'browser', true);
    assert.deepEqual([await presence.find(agentId), heard], [before, []]);
  });

  test('changes nothing and tells nobody when writing fails', async () => {
    const { presence, agentId, heard, breakWriting } = createScene();
    await presence.signIn(agentId, 'browser');
    const before = await presence.find(agentId);
    heard.length = 0;
    breakWriting();
    await assert.rejects(presence.signOut(agentId, 'browser'), /The connection is lost/);
    assert.deepEqual([await presence.find(agentId), heard], [before, []]);
  });

  test('of commands that come at once is decided one after the other', async () => {
    const { presence, agentId } = createScene();
    await Promise.all(['one', 'two', 'three', 'four'].map((device) => presence.signIn(agentId, device)));
    assert.equal((await presence.describePresence(agentId))?.ActiveBrowserSessions, 4);
    await Promise.all(['one', 'two', 'three', 'four'].map((device) => presence.signOut(agentId, device)));
    assert.equal((await presence.find(agentId))?.isSignedIn, false);
  });

  test('is refused to strangers, for unknown presences, and for those of the system', async () => {
    const { presence, agentId } = createScene();
    const by = { kind: 'supervisor', userId: agentId } as const;
    const nameOf = async (work: ReturnType<Presence['signIn']>): Promise<string> => {
      const result = await work;
      return result.kind === 'refused' ? result.name : result.kind;
    };
    assert.equal(await nameOf(presence.signIn(randomUUID(), 'browser')), 'unknownAgent');
    assert.equal(await nameOf(presence.setPresence(randomUUID(), presenceIds.away, by)), 'unknownAgent');
    assert.equal(await nameOf(presence.setPresence(agentId, randomUUID(), by)), 'unknownPresence');
    assert.equal(await nameOf(presence.setPresence(agentId, presenceIds.inactive, by)), 'notPossibleNow');
    assert.equal(await nameOf(presence.signIn(agentId, 'x'.repeat(101))), 'notPossibleNow');
    assert.equal(await nameOf(presence.resetPresence(agentId)), 'notPossibleNow');
    assert.equal(await presence.find(randomUUID()), undefined);
  });

  test('is described as CCaaS_GetPresence tells it', async () => {
    const { presence, agentId } = createScene();
    assert.equal((await presence.describePresence(agentId))?.Timestamp, 0);
    await presence.signIn(agentId, 'browser');
    await presence.setPresence(agentId, presenceIds.busy, { kind: 'agent', userId: agentId });
    assert.deepEqual(await presence.describePresence(agentId), {
      ActiveBrowserSessions: 1,
      AgentId: agentId,
      AgentName: `Agent ${agentId}`,
      Timestamp: Date.UTC(2026, 4, 5, 8) / 1000,
      AllowedChannels: ['lcw'],
      DisabledChannels: ['sms'],
      CurrentPresenceStatusInfo: 'Text of busy',
      PresenceId: presenceIds.busy,
    });
  });

  test('offers what people may set', () => {
    const names = createScene()
      .presence.options()
      .map(({ name }) => name);
    assert.deepEqual(names, ['available', 'away', 'busy', 'doNotDisturb', 'offline']);
  });
});
