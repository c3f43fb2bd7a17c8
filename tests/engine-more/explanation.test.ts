/** Why a conversation went where it went, stored with each decision and readable over HTTP; a dry run writes nothing (behaviour reference, 4; docs/routing.md). */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { asObject, type JsonObject } from '../support/server.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { type Centre, done, openCentre, type Person, presenceIds, roleIds, status, steps, waitFor } from './centre.ts';

const crm = 'Microsoft.Dynamics.CRM';
const kinds = { route: 1, assign: 2, noAgent: 3, overflow: 4 } as const;
/** Candidates that one explanation names at most. */
const maximumCandidates = 20;

let centre: Centre;
let database: TestDatabase;

before(async () => {
  database = await createTestDatabase();
  const { user, password, host, port, database: name } = database.connection;
  const DATABASE_URL = `postgresql://${user}:${encodeURIComponent(password)}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
  centre = await openCentre({ environment: { DATABASE_URL, PARLEY_DEMO: 'on' } });
});
after(async () => {
  await centre.stop();
  await database.drop();
});

async function setPresence(person: Person, id: string): Promise<void> {
  done(await person.call('parley_SetPresence', { PresenceId: id }));
}

/** Decisions of a conversation in order, with what stands in them. */
async function decisionsOf(id: string): Promise<JsonObject[]> {
  const rows = await centre.admin.api.list(
    `parley_routingdecisions?$filter=_parley_conversationid_value eq ${id}&$orderby=parley_decidedon,parley_routingdecisionid`,
  );
  return rows.map((row) => ({ ...asObject(JSON.parse(String(row['parley_explanation']))), row }));
}

async function waitForDecision(id: string, fits: (decision: JsonObject) => boolean): Promise<JsonObject> {
  return waitFor(`a decision about ${id}`, async () => (await decisionsOf(id)).find(fits));
}

function candidateOf(decision: JsonObject, person: Person): JsonObject {
  const candidates = decision['candidates'];
  assert.ok(Array.isArray(candidates));
  return asObject(candidates.find((candidate: unknown) => asObject(candidate)['agentId'] === person.id));
}

describe('Where it waits', () => {
  it('is explained by the rules that matched, the effect of each, and how many were looked at before', async () => {
    const { id: repairs } = await centre.addQueue(1, { name: `Repairs ${randomUUID()}` });
    const { id: fallback } = await centre.addQueue(1);
    const workStream = await centre.addWorkStream({ queueId: fallback });
    const is = (value: string) => ({ path: 'context.Topic', operator: 'eq', value });
    await centre.addRules(workStream, [
      [
        steps.classification,
        {
          kind: 'classification',
          rules: [
            { name: 'Complaint', when: is('Complaint'), set: { priority: 90 } },
            { name: 'Repair', when: is('Repair'), set: { priority: 10, units: 15 } },
          ],
        },
      ],
      [
        steps.route,
        {
          kind: 'routeToQueue',
          rules: [
            { name: 'Sales', when: is('Sales'), queue: fallback },
            { name: 'Workshop', when: { path: 'conversation.priority', operator: 'ge', value: 10 }, queue: repairs },
          ],
        },
      ],
    ]);
    const id = await centre.start(workStream, { Context: '{"Topic":"Repair"}' });
    const decision = await waitForDecision(id, ({ kind }) => kind === 'route');
    assert.equal(decision['queueId'], repairs);
    const rules = decision['rules'] as JsonObject[];
    assert.deepEqual(
      rules.map(({ stage, rule, looked }) => [stage, rule, looked]),
      [
        ['classification', 'Repair', 1],
        ['route', 'Workshop', 1],
      ],
    );
    assert.ok(rules.every(({ effect }) => typeof effect === 'string' && effect !== ''));
    const row = asObject(decision['row']);
    assert.deepEqual([row['parley_kind'], row['_parley_queueid_value']], [kinds.route, repairs]);
    assert.ok(String(row['parley_decidedon']) <= String(row['createdon']), 'no decision is later than its row');
    const state = await centre.state(id);
    assert.deepEqual([state['Priority'], state['Units']], [10, 15]);
    const unmatched = await centre.start(workStream, { Context: '{"Topic":"Weather"}' });
    const other = await waitForDecision(unmatched, ({ kind }) => kind === 'route');
    assert.deepEqual(
      [other['queueId'], (other['rules'] as JsonObject[]).map(({ rule }) => rule)],
      [fallback, [null, null]],
    );
  });
});

describe('Who gets it', () => {
  it('is explained by a reason for each candidate: chosen, ranked lower, presence, capacity, skill, offline', async () => {
    const { id: queueId, agents } = await centre.addQueue(6);
    const [best, lower, awayOne, full, unskilled, offline] = agents;
    assert.ok(best && lower && awayOne && full && unskilled && offline);
    const skill = await centre.admin.api.create('characteristics', {
      name: `Welding ${randomUUID()}`,
      characteristictype: 1,
    });
    for (const person of [best, lower, awayOne, full, offline]) await addSkill(person, skill);
    const busy = await centre.addWorkStream({ queueId, isPicked: true, units: 80 });
    const light = await centre.addWorkStream({ queueId, isPicked: true, units: 10 });
    const workStream = await centre.addWorkStream({ queueId, row: { msdyn_matchinglogic: 192350000 } });
    await centre.addRules(workStream, [
      [steps.classification, { kind: 'classification', rules: [{ name: 'Welding', set: { skills: [skill] } }] }],
    ]);
    await setPresence(awayOne, presenceIds.away);
    for (const person of [full, unskilled, lower, best]) await setPresence(person, presenceIds.available);
    done(await full.call('CCaaS_PickConversation', { ConversationId: await centre.start(busy) }));
    done(await lower.call('CCaaS_PickConversation', { ConversationId: await centre.start(light) }));
    const id = await centre.start(workStream);
    await centre.waitForOffer(id, best);
    const decision = await waitForDecision(id, ({ kind }) => kind === 'assign');
    assert.deepEqual([decision['agentId'], decision['candidateCount']], [best.id, 6]);
    const reasons = [best, lower, awayOne, full, unskilled, offline].map((person) => candidateOf(decision, person));
    assert.deepEqual(
      reasons.map(({ reason }) => reason),
      ['chosen', 'rankedLower', 'presence', 'units', 'skill', 'notSignedIn'],
    );
    assert.match(String(reasons[3]?.['detail']), /20 of 100 free, 40 asked/);
    assert.match(String(reasons[4]?.['detail']), /no Welding/);
    assert.deepEqual(decision['rejected'], { notSignedIn: 1, presence: 1, units: 1, skill: 1, rankedLower: 1 });
    const row = asObject(decision['row']);
    assert.deepEqual([row['parley_kind'], row['_parley_agentid_value']], [kinds.assign, best.id]);
    const byAgent = await centre.admin.api.list(`parley_routingdecisions?$filter=_parley_agentid_value eq ${best.id}`);
    assert.deepEqual(
      byAgent.map((one) => one['parley_routingdecisionid']),
      [row['parley_routingdecisionid']],
    );
  });

  it('is explained when somebody declined before, and when nobody can take it', async () => {
    const { id: queueId, agents } = await centre.addQueue(2);
    const workStream = await centre.addWorkStream({ queueId });
    for (const agent of agents) await setPresence(agent, presenceIds.available);
    const id = await centre.start(workStream);
    const asked = asObject((await centre.waitForOffer(id))['Offer'])['AgentId'];
    const decliner = agents.find((agent) => agent.id === asked);
    const next = agents.find((agent) => agent.id !== asked);
    assert.ok(decliner && next);
    done(await decliner.call('CCaaS_RejectConversation', { ConversationId: id }));
    await centre.waitForOffer(id, next);
    const second = await waitForDecision(id, ({ agentId }) => agentId === next.id);
    assert.equal(candidateOf(second, decliner)['reason'], 'declined');
    await setPresence(decliner, presenceIds.offline);
    done(await next.call('CCaaS_RejectConversation', { ConversationId: id }));
    await centre.waitForOffer(id, next);
    const again = await waitForDecision(
      id,
      (one) => one['agentId'] === next.id && one !== second && isLater(one, second),
    );
    assert.match(String(again['summary']), /declined before, but nobody else can take it/);
    await setPresence(next, presenceIds.offline);
    const lonely = await centre.start(workStream);
    const nobody = await waitForDecision(lonely, ({ kind }) => kind === 'noAgent');
    assert.deepEqual([nobody['agentId'], nobody['rejected']], [null, { notSignedIn: 2 }]);
  });

  it('is bounded in size, however many candidates there are, and still counts all of them', async () => {
    const { id: queueId, agents } = await centre.addQueue(maximumCandidates + 8);
    const workStream = await centre.addWorkStream({ queueId });
    const [only] = agents;
    assert.ok(only);
    await setPresence(only, presenceIds.available);
    const id = await centre.start(workStream);
    await centre.waitForOffer(id, only);
    const decision = await waitForDecision(id, ({ kind }) => kind === 'assign');
    assert.equal((decision['candidates'] as unknown[]).length, maximumCandidates);
    assert.equal(decision['candidateCount'], maximumCandidates + 8);
    assert.deepEqual(decision['rejected'], { notSignedIn: maximumCandidates + 7 });
    const row = asObject(decision['row']);
    assert.ok(String(row['parley_explanation']).length < 10_000);
    assert.ok(String(row['parley_summary']).length <= 400);
  });

  it('is told by parley_ExplainRouting as the rows tell it', async () => {
    const { id: queueId, agents } = await centre.addQueue(1);
    const [agent] = agents;
    assert.ok(agent);
    const workStream = await centre.addWorkStream({ queueId });
    await setPresence(agent, presenceIds.available);
    const id = await centre.start(workStream);
    await centre.waitForOffer(id, agent);
    const supervisor = await centre.addPerson([roleIds.omnichannelSupervisor]);
    for (const table of ['msdyn_ocliveworkitems', 'msdyn_liveconversations']) {
      const told = await supervisor.api.read(`${table}(${id})/${crm}.parley_ExplainRouting()`);
      const decisions = told['Decisions'] as JsonObject[];
      assert.deepEqual(
        decisions.map((decision) => decision['Kind']),
        ['route', 'assign'],
      );
      assert.deepEqual(
        (await decisionsOf(id)).map(({ summary }) => summary),
        decisions.map(({ Summary }) => Summary),
      );
    }
  });
});

describe('A dry run', () => {
  it('says what would happen now and writes nothing', async () => {
    const { id: queueId, agents } = await centre.addQueue(2);
    const [agent] = agents;
    assert.ok(agent);
    const workStream = await centre.addWorkStream({ queueId });
    const id = await centre.start(workStream);
    await waitForDecision(id, ({ kind }) => kind === 'noAgent');
    const supervisor = await centre.addPerson([roleIds.omnichannelSupervisor]);
    const dryRun = async (): Promise<JsonObject[]> => {
      const told = await supervisor.api.read(`msdyn_ocliveworkitems(${id})/${crm}.parley_DryRunRouting()`);
      return told['Decisions'] as JsonObject[];
    };
    await waitForQuiet();
    const before = await fingerprints();
    for (let round = 0; round < 3; round += 1) {
      const [route, nobody] = await dryRun();
      assert.deepEqual([route?.['Kind'], route?.['QueueId']], ['route', queueId]);
      assert.deepEqual([nobody?.['Kind'], nobody?.['AgentId']], ['noAgent', null]);
    }
    assert.deepEqual(await fingerprints(), before);
    await setPresence(agent, presenceIds.available);
    assert.equal((await centre.waitForOffer(id, agent))['Status'], status.active);
  });

  it('of what people pick says so', async () => {
    const { id: queueId } = await centre.addQueue(1);
    const id = await centre.start(await centre.addWorkStream({ queueId, isPicked: true }));
    const told = await centre.admin.api.read(`msdyn_liveconversations(${id})/${crm}.parley_DryRunRouting()`);
    const decisions = told['Decisions'] as JsonObject[];
    assert.deepEqual(
      decisions.map(({ Kind }) => Kind),
      ['route', 'manual'],
    );
  });

  /** Counts and contents of every table that the engine writes. */
  async function fingerprints(): Promise<Record<string, string>> {
    const tables = [
      'parley.conversation',
      'parley.agent',
      'parley.message',
      'parley.event',
      'parley.routing_wake',
      'data.msdyn_ocliveworkitem',
      'data.msdyn_liveconversation',
      'data.msdyn_ocsession',
      'data.msdyn_sessionparticipant',
      'data.msdyn_sessionevent',
      'data.msdyn_agentstatus',
      'data.msdyn_agentstatushistory',
      'data.parley_routingdecision',
    ];
    const found: Record<string, string> = {};
    for (const table of tables) {
      const { rows } = await database.pool.query<{ count: string; sum: string }>(
        `SELECT count(*) AS count, coalesce(sum(hashtext(t::text)::bigint), 0) AS sum FROM ${table} t`,
      );
      found[table] = `${rows[0]?.count} ${rows[0]?.sum}`;
    }
    return found;
  }

  async function waitForQuiet(): Promise<void> {
    let last = '';
    await waitFor('quiet', async () => {
      const now = JSON.stringify(await fingerprints());
      const isQuiet = now === last;
      last = now;
      return isQuiet;
    });
  }
});

/** Decided after another one, by the time that stands in it. */
function isLater(one: JsonObject, other: JsonObject): boolean {
  return Number(one['decidedOn']) > Number(other['decidedOn']);
}

async function addSkill(person: Person, skill: string): Promise<void> {
  const { api } = centre.admin;
  const resource = await api.create('bookableresources', {
    name: `Resource ${randomUUID()}`,
    resourcetype: 3,
    'UserId@odata.bind': `/systemusers(${person.id})`,
    timezone: 92,
  });
  await api.create('bookableresourcecharacteristics', {
    'Resource@odata.bind': `/bookableresources(${resource})`,
    'Characteristic@odata.bind': `/characteristics(${skill})`,
  });
}
