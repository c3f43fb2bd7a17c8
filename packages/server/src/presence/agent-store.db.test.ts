import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Agent } from '@parley/engine';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { createDatabase, type Database } from '../db/database.ts';
import { createWriteBatch } from '../db/write-batch.ts';
import { lockAgents, lockDueAgents, readAgents, readSignedIn, saveAgents } from './agent-store.ts';
import { presences } from './presence-harness.ts';

const { pool, drop } = await createTestDatabase();
after(drop);
const database = createDatabase(pool);
const now = Date.UTC(2026, 4, 5, 8);

async function save(agents: readonly Agent[]): Promise<void> {
  const batch = createWriteBatch();
  saveAgents(batch, agents);
  await batch.run(database);
}

async function makeAgents(count: number, change: (agent: Agent, index: number) => Agent): Promise<Agent[]> {
  const ids = Array.from({ length: count }, () => randomUUID()).sort();
  const made = await database.transaction((inside) => lockAgents(inside, ids, now, presences));
  const agents = ids.map((id, index) => {
    const agent = made.get(id);
    assert.ok(agent);
    return change(agent, index);
  });
  await save(agents);
  return agents;
}

describe('stored agents', () => {
  test('are made signed out when they are locked for the first time', async () => {
    const ids = [randomUUID(), randomUUID()].sort();
    const agents = await lockAgents(database, ids, now, presences);
    assert.deepEqual([...agents.keys()], ids);
    const [id] = ids;
    assert.deepEqual([agents.get(id ?? '')?.id, agents.get(id ?? '')?.basePresence], [id, 'offline']);
    const { rows } = await pool.query(
      'SELECT sequence, presence, units_used, timer_on FROM parley.agent WHERE id = $1',
      [id],
    );
    assert.deepEqual(rows, [{ sequence: '1', presence: 'offline', units_used: '0', timer_on: null }]);
  });

  test('are as they were saved when they are locked again', async () => {
    const [agent] = await makeAgents(1, (one) => ({
      ...one,
      sequence: 7,
      presenceId: presences.system.busy,
      basePresence: 'busy',
      isSignedIn: true,
      unitsUsed: 40,
      lastAssignedOn: { [randomUUID()]: now },
      timers: [
        { kind: 'profileReset', dueOn: now + 2000 },
        { kind: 'autoAway', dueOn: now + 1000 },
      ],
    }));
    assert.ok(agent);
    assert.deepEqual([...(await lockAgents(database, [agent.id], now, presences)).values()], [agent]);
    assert.deepEqual([...(await readAgents(database, [agent.id, randomUUID()])).values()], [agent]);
    const { rows } = await pool.query('SELECT presence, units_used, timer_on FROM parley.agent WHERE id = $1', [
      agent.id,
    ]);
    assert.deepEqual(rows, [{ presence: 'busy', units_used: '40', timer_on: String(now + 1000) }]);
  });

  test('are read without those who are signed out', async () => {
    const agents = await makeAgents(4, (one, index) => ({ ...one, isSignedIn: index % 2 === 0 }));
    const ids = agents.map(({ id }) => id);
    const signedIn = await readSignedIn(database, ids);
    assert.deepEqual([...signedIn.keys()].sort(), [ids[0], ids[2]]);
    assert.equal((await readSignedIn(database, [])).size, 0);
  });

  test('wait for one another instead of blocking each other for ever, whoever makes the rows', async () => {
    const ids = Array.from({ length: 6 }, () => randomUUID()).sort();
    const work = (chosen: readonly string[]): Promise<void> =>
      database.transaction(async (inside: Database) => {
        const agents = await lockAgents(inside, chosen, now, presences);
        await delay(5);
        const batch = createWriteBatch();
        saveAgents(
          batch,
          [...agents.values()].map((agent) => ({ ...agent, sequence: agent.sequence + 1 })),
        );
        await batch.run(inside);
      });
    const rounds = Array.from({ length: 12 }, (_, round) => ids.filter((_id, index) => (index + round) % 3 !== 0));
    await Promise.all(rounds.map(work));
    const stored = await readAgents(database, ids);
    const expected = ids.map((id) => 1 + rounds.filter((round) => round.includes(id)).length);
    assert.deepEqual(
      ids.map((id) => stored.get(id)?.sequence),
      expected,
    );
  });

  test('with a timer due are taken once, the most overdue first, up to a limit', async () => {
    const agents = await makeAgents(3, (one, index) => ({
      ...one,
      timers: [{ kind: 'autoAway', dueOn: now - 1000 * index }],
    }));
    await makeAgents(1, (one) => ({ ...one, timers: [{ kind: 'autoAway', dueOn: now + 1 }] }));
    const ids = agents.map(({ id }) => id);
    await database.transaction(async (inside) => {
      assert.deepEqual([...(await lockDueAgents(inside, now, 2)).keys()], [ids[2], ids[1]]);
      // Another process passes over what this one holds.
      await database.transaction(async () => {
        assert.deepEqual([...(await lockDueAgents(database, now, 10)).keys()], [ids[0]]);
      });
    });
  });
});
