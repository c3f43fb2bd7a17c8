import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Agent, AgentProfile } from '../agent/agent.ts';
import { presences } from '../agent/agent-harness.ts';
import { availableOfProfile, availableUnits, checkCapacity } from '../agent/capacity.ts';
import { decideAgent } from '../agent/decide-agent.ts';
import type { BasePresence } from '../codes.ts';
import type { CapacityDemand, Conversation } from '../conversation/conversation.ts';
import type { AgentFact } from '../decision.ts';
import { admitAgent, bookAssignment, freeOfProfileAt, openLedger } from './agent-ledger.ts';
import { assignWaiting } from './assign-waiting.ts';
import type { AssignmentInput, AssignmentResult } from './assignment.ts';
import { hasRoom, openPool } from './candidate-pool.ts';
import { describeCondition, evaluateCondition } from './condition.ts';
import type {
  AssignmentMethod,
  AssignmentOrder,
  Condition,
  RoutingConfiguration,
  Scalar,
  Subject,
  WorkStream,
} from './configuration.ts';
import { maximumCandidates } from './explanation.ts';
import { agentOf, cycleOf, is, now, profileOf, queueOf, waitingOf, workStreamOf } from './routing-harness.ts';

const agentIds = ['a', 'b', 'c', 'd', 'e', 'f'];
const skillIds = ['german', 'orders'];
const profileIds = ['chats', 'calls'];

const demandArbitrary: fc.Arbitrary<CapacityDemand> = fc.record({
  units: fc.constantFrom(0, 30, 50),
  profileIds: fc.subarray(profileIds),
});

const profileArbitrary = (id: string): fc.Arbitrary<AgentProfile> =>
  fc
    .record({
      unitCapacity: fc.constantFrom(0, 60, 100),
      isEnabled: fc.boolean().map((no) => !no || id !== 'a'),
      skills: fc.dictionary(fc.constantFrom(...skillIds), fc.constantFrom(0, 0.4, 1), { maxKeys: 2 }),
      capacityProfiles: fc.dictionary(
        fc.constantFrom(...profileIds),
        fc.record({
          limit: fc.integer({ min: 0, max: 3 }),
          reset: fc.constantFrom('immediate' as const, 'daily' as const),
          isBlocking: fc.boolean(),
        }),
        { maxKeys: 2 },
      ),
    })
    .map((part) => profileOf(id, part));

const agentArbitrary = (id: string): fc.Arbitrary<Agent> =>
  fc
    .record({
      base: fc.constantFrom<BasePresence>('available', 'available', 'busy', 'doNotDisturb', 'away', 'offline'),
      unitsUsed: fc.constantFrom(0, 0, 30, 100),
      conversationCount: fc.constantFrom(0, 1, 9, 10),
      profiles: fc.dictionary(
        fc.constantFrom(...profileIds),
        fc.record({ used: fc.integer({ min: 0, max: 3 }), resetOn: fc.constantFrom(null, now - 1, now + 1) }),
        { maxKeys: 2 },
      ),
      lastReleasedOn: fc.option(fc.integer({ min: now - 100, max: now })),
      lastAssignedOn: fc.dictionary(fc.constantFrom('q1', 'q2'), fc.integer({ min: now - 100, max: now })),
    })
    .map(({ base, ...part }) => agentOf(id, part, base));

const itemArbitrary = fc.record({
  waited: fc.integer({ min: 0, max: 5 }),
  priority: fc.constantFrom(0, 0, 1),
  skills: fc.array(
    fc.constantFrom({ skillId: 'german', rating: 0.4 }, { skillId: 'german' }, { skillId: 'orders', rating: 1 }),
    { maxLength: 2 },
  ),
  demand: demandArbitrary,
  declines: fc.uniqueArray(
    fc.record({
      agentId: fc.constantFrom(...agentIds),
      count: fc.integer({ min: 1, max: 3 }),
      lastOn: fc.constant(now - 1),
    }),
    { maxLength: 2, selector: (decline) => decline.agentId },
  ),
  preferredAgentIds: fc.array(fc.constantFrom(...agentIds), { maxLength: 1 }),
  affinityAgentId: fc.option(fc.constantFrom(...agentIds), { freq: 8 }),
});

const scene = fc.record({
  profiles: fc.tuple(...agentIds.map(profileArbitrary)),
  agents: fc.tuple(...agentIds.map(agentArbitrary)).chain((all) => fc.subarray(all)),
  members: fc.tuple(fc.subarray(agentIds), fc.subarray(agentIds)),
  method: fc.constantFrom<AssignmentMethod['kind']>('highestCapacity', 'roundRobin', 'leastActive'),
  matching: fc.constantFrom<WorkStream['matching']>('exact', 'closest', 'none'),
  /** Default queues take turns by age, so that each changes what the other knows; others come one after the other. */
  isDefault: fc.boolean(),
  items: fc.tuple(fc.array(itemArbitrary, { maxLength: 8 }), fc.array(itemArbitrary, { maxLength: 8 })),
});

type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never;

function inputOf({ profiles, agents, members, method, matching, isDefault, items }: Scene): AssignmentInput {
  const [first, second] = items.map((list, queue) =>
    list.map(({ waited, ...routing }, index) => waitingOf(`${queue}-${index}`, waited, routing)),
  );
  return cycleOf({
    queues: members.map((ids, index) =>
      queueOf(`q${index + 1}`, ids, { isDefault, method: { kind: method } as AssignmentMethod }),
    ),
    workStreams: [workStreamOf({ matching })],
    profiles,
    agents,
    waiting: { q1: first ?? [], q2: second ?? [] },
  });
}

/** The same queues with rules of their own, which ask for everything that a cycle keeps about agents. */
function withRules(configuration: RoutingConfiguration): RoutingConfiguration {
  const holdsLess: Condition = {
    kind: 'compare',
    path: 'agent.conversationCount',
    operator: 'le',
    value: { path: 'conversation.priority' },
  };
  const conditions = [is('agent.hasCapacity', true), is('agent.hasRequiredSkills', true)];
  const orderBy: readonly AssignmentOrder[] = [{ by: 'proficiency' }, { by: 'profileCapacity', profileId: 'chats' }];
  const rules = [
    { name: 'Skilled', when: { kind: 'and', conditions: [...conditions, holdsLess] } as const, orderBy },
    { name: 'Free', when: is('agent.presence', 'available'), orderBy: [{ by: 'unitCapacity' }] as const },
    { name: 'Anybody', when: { kind: 'always' } as const, orderBy: [{ by: 'leastActive' }] as const },
  ];
  const ruleSets = [{ id: 'rules', name: 'Rules', when: { kind: 'always' } as const, rules }];
  const method: AssignmentMethod = { kind: 'custom', prioritization: [], ruleSets };
  const queues = [...configuration.queues].map(([id, queue]) => [id, { ...queue, method }] as const);
  return { ...configuration, queues: new Map(queues) };
}

/** Whether the agent has skills enough; the same rule in other words. */
function isSkilled(fact: AgentFact, conversation: Conversation, matching: WorkStream['matching']): boolean {
  if (matching !== 'exact') return true;
  return conversation.routing.skills.every(({ skillId, rating = 0 }) => (fact.profile.skills[skillId] ?? -1) >= rating);
}

function canTake(fact: AgentFact, conversation: Conversation, input: AssignmentInput): boolean {
  const workStream = input.configuration.workStreams.get(conversation.workStreamId);
  assert.ok(workStream !== undefined);
  return (
    fact.profile.isEnabled &&
    fact.state.isSignedIn &&
    workStream.allowedPresences.includes(fact.state.basePresence) &&
    checkCapacity(fact, conversation.routing.demand, now, presences).ok &&
    isSkilled(fact, conversation, workStream.matching)
  );
}

/** Carries out the assignments one by one with the rules of agents and looks at every step. */
function replay(
  input: AssignmentInput,
  result: AssignmentResult,
  check: (assignment: AssignmentResult['assignments'][number], facts: ReadonlyMap<string, AgentFact>) => void,
): ReadonlyMap<string, AgentFact> {
  const facts = new Map<string, AgentFact>();
  for (const [id, state] of input.agents) {
    const profile = input.configuration.agents.get(id);
    if (profile !== undefined) facts.set(id, { state, profile });
  }
  for (const assignment of result.assignments) {
    check(assignment, facts);
    const fact = facts.get(assignment.agentId);
    const conversation = findConversation(input, assignment.conversationId);
    assert.ok(fact !== undefined);
    const { agentId, queueId, conversationId } = assignment;
    const isForced = assignment.reason === 'affinity';
    const hold = { agentId, for: 'offer' as const, ...conversation.routing.demand, isForced };
    const change = decideAgent(
      fact,
      { kind: 'hold', hold, queueId, isAssignment: true, conversationId },
      now,
      presences,
    );
    assert.ok('after' in change);
    facts.set(agentId, { ...fact, state: change.after });
  }
  return facts;
}

function findConversation(input: AssignmentInput, id: string): Conversation {
  const found = input.queues.flatMap(({ waiting }) => waiting).find((conversation) => conversation.id === id);
  assert.ok(found !== undefined);
  return found;
}

describe('assignWaiting, whatever waits and whoever is there', () => {
  it('gives each conversation to one eligible member of its queue, or to nobody, and never books anybody twice', () => {
    fc.assert(
      fc.property(scene, (value) => {
        const input = inputOf(value);
        const result = assignWaiting(input);
        const ids = [...result.assignments, ...result.unassigned].map(({ conversationId }) => conversationId);
        const waiting = input.queues.flatMap((work) => work.waiting.map(({ id }) => id));
        assert.deepEqual(ids.toSorted(), waiting.toSorted());
        replay(input, result, ({ agentId, queueId, conversationId, reason }, facts) => {
          const fact = facts.get(agentId);
          assert.ok(fact !== undefined);
          assert.ok(input.configuration.queues.get(queueId)?.agentIds.includes(agentId));
          const conversation = findConversation(input, conversationId);
          if (reason === 'affinity') assert.equal(conversation.routing.affinityAgentId, agentId);
          else assert.ok(canTake(fact, conversation, input));
          const declined = conversation.routing.declines.filter((decline) => decline.agentId === agentId);
          assert.ok(declined.every(({ count }) => count < 3));
        });
      }),
      { numRuns: 400 },
    );
  });

  it('leaves nobody waiting whom anybody could still take', () => {
    fc.assert(
      fc.property(scene, (value) => {
        const input = inputOf(value);
        const result = assignWaiting(input);
        const facts = replay(input, result, () => {});
        for (const { conversationId, queueId } of result.unassigned) {
          const conversation = findConversation(input, conversationId);
          const declined = conversation.routing.declines.filter(({ count }) => count >= 3);
          for (const id of input.configuration.queues.get(queueId)?.agentIds ?? []) {
            const fact = facts.get(id);
            if (fact === undefined || declined.some(({ agentId }) => agentId === id)) continue;
            assert.equal(canTake(fact, conversation, input), false, `${conversationId} by ${id}`);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('takes equal ones first in first out', () => {
    fc.assert(
      fc.property(scene, (value) => {
        const input = inputOf({
          ...value,
          items: [value.items[0].map((item) => ({ ...item, affinityAgentId: null })), []],
        });
        const result = assignWaiting(input);
        const unassigned = new Set(result.unassigned.map(({ conversationId }) => conversationId));
        for (const { conversationId } of result.assignments) {
          const taken = findConversation(input, conversationId);
          for (const id of unassigned) {
            const left = findConversation(input, id);
            const isEqual =
              JSON.stringify([
                left.routing.skills,
                left.routing.demand,
                left.routing.declines,
                left.routing.priority,
              ]) ===
              JSON.stringify([
                taken.routing.skills,
                taken.routing.demand,
                taken.routing.declines,
                taken.routing.priority,
              ]);
            assert.ok(!isEqual || taken.routing.queuedOn <= left.routing.queuedOn, `${conversationId} before ${id}`);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('says the same again, and changes nothing that it was given', () => {
    fc.assert(
      fc.property(scene, (value) => {
        const input = inputOf(value);
        const before = JSON.stringify([[...input.agents], input.queues]);
        const first = JSON.stringify(assignWaiting(input));
        assert.equal(JSON.stringify(assignWaiting({ ...input, configuration: { ...input.configuration } })), first);
        assert.equal(JSON.stringify([[...input.agents], input.queues]), before);
      }),
      { numRuns: 200 },
    );
  });

  it('says the same of one map of agents that is kept for many cycles as of a new one in each', () => {
    const states = fc.tuple(...agentIds.map(agentArbitrary)).chain((all) => fc.subarray(all));
    const cycle = fc.record({ place: scene, changed: states, later: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(scene, fc.array(cycle, { maxLength: 6 }), fc.boolean(), (first, cycles, isCustom) => {
        const { configuration: built, agents } = inputOf(first);
        const configuration = isCustom ? withRules(built) : built;
        const kept = new Map(agents);
        for (const { place, changed, later } of [{ place: first, changed: [], later: 0 }, ...cycles]) {
          for (const agent of changed) kept.set(agent.id, agent);
          const input = { now: now + later, queues: inputOf(place).queues, configuration };
          const expected = assignWaiting({ ...input, agents: new Map(kept) });
          assert.deepEqual(assignWaiting({ ...input, agents: kept }), expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('decides the same, whoever is to be explained', () => {
    fc.assert(
      fc.property(scene, fc.func(fc.boolean()), (value, wanted) => {
        const input = inputOf(value);
        const { assignments, unassigned, unexplained } = assignWaiting(input);
        assert.deepEqual(unexplained, []);
        const ids = unassigned.map(({ conversationId }) => conversationId);
        const explain = new Set(ids.filter(wanted));
        assert.deepEqual(assignWaiting({ ...input, explain }), {
          assignments,
          unassigned: unassigned.filter(({ conversationId }) => explain.has(conversationId)),
          unexplained: ids.filter((id) => !explain.has(id)),
        });
      }),
      { numRuns: 200 },
    );
  });

  it('accounts for every candidate once', () => {
    fc.assert(
      fc.property(scene, (value) => {
        const { assignments, unassigned } = assignWaiting(inputOf(value));
        for (const { explanation } of [...assignments, ...unassigned]) {
          const { rejected, candidateCount, candidates, agentId } = explanation;
          const sum = Object.values(rejected).reduce((total, count) => total + count, 0);
          assert.equal(sum + (agentId === null ? 0 : 1), candidateCount);
          assert.equal(candidates.length, Math.min(candidateCount, maximumCandidates));
          assert.equal(new Set(candidates.map((candidate) => candidate.agentId)).size, candidates.length);
          assert.equal(candidates.filter(({ reason }) => reason === 'chosen').length, agentId === null ? 0 : 1);
          for (const { reason } of candidates) {
            if (reason !== 'chosen') assert.ok((rejected[reason] ?? 0) > 0, reason);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('the columns of a cycle', () => {
  it('answer about capacity what checkCapacity answers, also after assignments', () => {
    const everything = fc.record({
      profile: profileArbitrary('b'),
      agent: agentArbitrary('b'),
      demand: demandArbitrary,
      booked: fc.array(demandArbitrary, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(everything, ({ profile, agent, demand, booked }) => {
        const signedIn = { ...agent, isSignedIn: true };
        const queue = queueOf('q1', ['b']);
        const ledger = openLedger(cycleOf({ queues: [queue], profiles: [profile], agents: [signedIn], waiting: {} }));
        const ordinal = ledger.roster.ordinals.get('b') ?? -1;
        admitAgent(ledger, ordinal);
        const members = Int32Array.of(ordinal);
        const turns = { queueId: 'q1', lastAssignedOn: new Float64Array(1), turn: new Int32Array(1) };
        const workStream = workStreamOf();
        const pool = openPool(ledger, { method: 'highestCapacity', members, turns, workStream, demand });
        for (const taken of [undefined, ...booked]) {
          if (taken !== undefined) {
            bookAssignment(ledger, { ordinal, queueId: 'q1', conversationId: 'c', demand: taken, isForced: false });
          }
          const fact = ledger.facts[ordinal];
          assert.ok(fact !== undefined);
          assert.equal(hasRoom(pool, ledger, ordinal), checkCapacity(fact, demand, now, presences).ok);
          assert.equal(ledger.freeUnits[ordinal], availableUnits(fact));
          for (const [id, column] of ledger.freeOfProfile) {
            assert.equal(freeOfProfileAt(ledger, column, id, ordinal), availableOfProfile(fact, id, now));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('round robin', () => {
  it('gives everybody the same number, but for one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 40 }), (agentCount, itemCount) => {
        const ids = Array.from({ length: agentCount }, (_, index) => `agent-${index}`);
        const demand = { units: 1, profileIds: [] };
        const result = assignWaiting(
          cycleOf({
            queues: [queueOf('q1', ids, { method: { kind: 'roundRobin' } })],
            waiting: {
              q1: Array.from({ length: itemCount }, (_, index) =>
                waitingOf(`item-${index}`, itemCount - index, { demand }),
              ),
            },
          }),
        );
        const shares = ids.map((id) => result.assignments.filter(({ agentId }) => agentId === id).length);
        assert.ok(Math.max(...shares) - Math.min(...shares) <= 1, shares.join());
        // Ten sessions are the limit of each.
        assert.equal(result.assignments.length, Math.min(itemCount, agentCount * 10));
      }),
    );
  });
});

describe('conditions', () => {
  const scalar: fc.Arbitrary<Scalar> = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null));
  const path = fc.array(fc.constantFrom('a', 'b', 'conversation', '__proto__', 'constructor', ''), { maxLength: 4 });
  const compare = fc.record({
    kind: fc.constant('compare' as const),
    path: path.map((names) => names.join('.')),
    operator: fc.constantFrom('eq' as const, 'ne', 'gt', 'in', 'notIn', 'between', 'contains', 'isNull', 'startsWith'),
    value: fc.oneof(scalar, fc.array(scalar), fc.record({ path: path.map((names) => names.join('.')) })),
  });
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small' },
      compare,
      fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), conditions: fc.array(tie('condition')) }),
      fc.record({ kind: fc.constant('not' as const), condition: tie('condition') }),
    ),
  }));
  const subject: fc.Arbitrary<Subject> = fc.dictionary(
    fc.constantFrom('a', 'b', 'conversation'),
    fc.oneof(scalar, fc.dictionary(fc.constantFrom('a', 'b'), scalar)),
  );

  it('never throw, and what is equal does not differ', () => {
    fc.assert(
      fc.property(condition, subject, (value, facts) => {
        assert.equal(typeof evaluateCondition(value, facts), 'boolean');
        assert.ok(describeCondition(value).length <= 500);
      }),
    );
    fc.assert(
      fc.property(compare, subject, (value, facts) => {
        const isEqual = evaluateCondition({ ...value, operator: 'eq' }, facts);
        assert.ok(!isEqual || !evaluateCondition({ ...value, operator: 'ne' }, facts));
        assert.notEqual(
          evaluateCondition({ ...value, operator: 'in' }, facts),
          evaluateCondition({ ...value, operator: 'notIn' }, facts),
        );
      }),
    );
  });
});
