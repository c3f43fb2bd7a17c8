import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assignWaiting } from './assign-waiting.ts';
import type { AssignmentResult } from './assignment.ts';
import type {
  AssignmentMethod,
  AssignmentOrder,
  AssignmentRule,
  AssignmentRuleSet,
  Condition,
} from './configuration.ts';
import { agentOf, type Cycle, cycleOf, is, now, profileOf, queueOf, waitingOf } from './routing-harness.ts';

type Custom = Extract<AssignmentMethod, { kind: 'custom' }>;

const always: Condition = { kind: 'always' };

function rule(name: string, when: Condition, ...orderBy: readonly AssignmentOrder[]): AssignmentRule {
  return { name, when, orderBy };
}

function ruleSet(name: string, rules: readonly AssignmentRule[], when: Condition = always): AssignmentRuleSet {
  return { id: name, name, when, rules };
}

function assign(
  method: Partial<Custom>,
  cycle: Omit<Cycle, 'queues'>,
  agentIds = ['ada', 'bob', 'cy'],
): AssignmentResult {
  const custom: Custom = { kind: 'custom', prioritization: [], ruleSets: [], ...method };
  return assignWaiting(cycleOf({ ...cycle, queues: [queueOf('orders', agentIds, { method: custom })] }));
}

function pairs({ assignments }: AssignmentResult): readonly string[] {
  return assignments.map(({ conversationId, agentId }) => `${conversationId}>${agentId}`);
}

const one = { orders: [waitingOf('c', 5, { skills: [{ skillId: 'german', rating: 0.5 }] })] };

describe('assignment rules', () => {
  it('uses the first rule that anybody matches', () => {
    const rules = [
      rule('Vienna', is('agent.city', 'Vienna')),
      rule('Cologne', is('agent.city', 'Cologne')),
      rule('Anybody', always),
    ];
    const profiles = [profileOf('bob', { attributes: { city: 'cologne' } })];
    const result = assign({ ruleSets: [ruleSet('Cities', rules)] }, { profiles, waiting: one });
    assert.deepEqual(pairs(result), ['c>bob']);
    const [assignment] = result.assignments;
    assert.deepEqual(assignment?.explanation.rules, [
      { stage: 'assignment', ruleSet: 'Cities', rule: 'Cologne', looked: 1 },
    ]);
    assert.deepEqual(assignment?.explanation.rejected, { rule: 2 });
  });

  it('wants every part of a condition, about agents, the conversation and both', () => {
    const city = is('agent.city', 'Cologne');
    const level: Condition = { kind: 'compare', path: 'agent.level', operator: 'ge', value: 2 };
    const own: Condition = {
      kind: 'compare',
      path: 'agent.language',
      operator: 'eq',
      value: { path: 'conversation.locale' },
    };
    const profiles = [
      profileOf('ada', { attributes: { city: 'Cologne', level: 1, language: 'de-DE' } }),
      profileOf('bob', { attributes: { city: 'Cologne', level: 3, language: 'fr-FR' } }),
      profileOf('cy', { attributes: { city: 'Cologne', level: 2, language: 'de-DE' } }),
    ];
    const chosenBy = (...conditions: readonly Condition[]): readonly string[] =>
      pairs(assign({ ruleSets: [ruleSet('R', [rule('r', { kind: 'and', conditions })])] }, { profiles, waiting: one }));
    assert.deepEqual(chosenBy(city, level), ['c>bob']);
    assert.deepEqual(chosenBy(city, own, level), ['c>cy']);
    assert.deepEqual(chosenBy(city, is('conversation.locale', 'de-DE')), ['c>ada']);
    assert.deepEqual(chosenBy(city, is('conversation.locale', 'fr-FR')), []);
  });

  it('compares agents with the conversation', () => {
    const when: Condition = {
      kind: 'compare',
      path: 'agent.language',
      operator: 'eq',
      value: { path: 'conversation.locale' },
    };
    const profiles = [profileOf('cy', { attributes: { language: 'DE-DE' } })];
    assert.deepEqual(
      pairs(assign({ ruleSets: [ruleSet('Languages', [rule('Same', when)])] }, { profiles, waiting: one })),
      ['c>cy'],
    );
  });

  it('asks for presence, capacity and skills only where a rule says so', () => {
    const agents = [agentOf('ada', { unitsUsed: 100 }, 'away'), agentOf('bob'), agentOf('cy', { unitsUsed: 80 })];
    const profiles = [profileOf('cy', { skills: { german: 0.5 } })];
    const chosenBy = (when: Condition): readonly string[] =>
      pairs(assign({ ruleSets: [ruleSet('R', [rule('r', when)])] }, { agents, profiles, waiting: one }));
    assert.deepEqual(chosenBy(always), ['c>ada']);
    assert.deepEqual(chosenBy(is('agent.presence', 'available')), ['c>bob']);
    assert.deepEqual(chosenBy(is('agent.hasCapacity', true)), ['c>bob']);
    assert.deepEqual(chosenBy(is('agent.hasRequiredSkills', true)), ['c>cy']);
    assert.deepEqual(chosenBy({ kind: 'compare', path: 'agent.unitsAvailable', operator: 'between', value: [1, 50] }), [
      'c>cy',
    ]);
    assert.deepEqual(chosenBy({ kind: 'compare', path: 'agent.skill.german', operator: 'notNull' }), ['c>cy']);
  });

  it('never chooses who is gone, has no session left or is blocked by a profile', () => {
    const agents = [agentOf('ada', { conversationCount: 10 }), agentOf('bob')];
    const profiles = [
      profileOf('bob', { capacityProfiles: { calls: { limit: 0, reset: 'daily', isBlocking: true } } }),
    ];
    const result = assign({ ruleSets: [ruleSet('R', [rule('r', always)])] }, { agents, profiles, waiting: one });
    assert.deepEqual(result.unassigned[0]?.explanation.rejected, { notSignedIn: 1, sessionLimit: 1, profile: 1 });
  });

  it('knows who is working by the calendar', () => {
    const ruleSets = [ruleSet('R', [rule('r', is('agent.isWorking', true))])];
    assert.deepEqual(pairs(assign({ ruleSets }, { working: new Set(['cy']), waiting: one })), ['c>cy']);
    assert.deepEqual(pairs(assign({ ruleSets }, { waiting: one })), ['c>ada']);
  });

  it('uses the first rule set whose own condition holds, and assigns nothing where none does', () => {
    const ruleSets = [
      ruleSet('French', [rule('r', is('agent.city', 'Paris'))], is('conversation.locale', 'fr-FR')),
      ruleSet('German', [rule('r', always)], is('conversation.locale', 'de-DE')),
    ];
    assert.equal(assign({ ruleSets }, { waiting: one }).assignments[0]?.explanation.rules[0]?.ruleSet, 'German');
    const nobody = assign({ ruleSets: ruleSets.slice(0, 1) }, { waiting: one });
    assert.deepEqual(nobody.unassigned[0]?.explanation.rejected, { rule: 3 });
  });

  it('asks who declined only when nobody else matches', () => {
    const ruleSets = [ruleSet('R', [rule('Cologne', is('agent.city', 'Cologne'))])];
    const profiles = [profileOf('ada', { attributes: { city: 'Cologne' } })];
    const declined = (count: number) => ({
      orders: [waitingOf('c', 5, { declines: [{ agentId: 'ada', count, lastOn: now }] })],
    });
    assert.deepEqual(pairs(assign({ ruleSets }, { profiles, waiting: declined(1) })), ['c>ada']);
    const limit = assign({ ruleSets }, { profiles, waiting: declined(3) });
    assert.deepEqual(limit.unassigned[0]?.explanation.rejected, { rule: 2, declined: 1 });
  });
});

describe('order by', () => {
  const chats = (limit: number) => ({ chats: { limit, reset: 'immediate', isBlocking: false } as const });
  const profiles = [
    profileOf('ada', { skills: { german: 0.5 }, capacityProfiles: chats(2), attributes: { level: 3 } }),
    profileOf('bob', { skills: { german: 0.9, orders: 1 }, capacityProfiles: chats(1), attributes: { level: 10 } }),
    profileOf('cy', { unitCapacity: 200 }),
  ];
  const agents = [
    agentOf('ada', { lastReleasedOn: now - 50, lastAssignedOn: { orders: now - 5 } }),
    agentOf('bob', { lastReleasedOn: now - 90, lastAssignedOn: { orders: now - 7 } }),
    agentOf('cy', { lastReleasedOn: now - 10, unitsUsed: 150, lastAssignedOn: { orders: now - 1 } }),
  ];
  const cases: readonly (readonly [AssignmentOrder, string])[] = [
    [{ by: 'leastActive' }, 'bob'],
    [{ by: 'leastActive', descending: true }, 'cy'],
    [{ by: 'roundRobin' }, 'bob'],
    [{ by: 'roundRobin', descending: true }, 'cy'],
    [{ by: 'unitCapacity' }, 'cy'],
    [{ by: 'unitCapacity', descending: true }, 'bob'],
    [{ by: 'proficiency', descending: true }, 'bob'],
    [{ by: 'skillCount' }, 'cy'],
    [{ by: 'profileCapacity', profileId: 'chats', descending: true }, 'ada'],
    [{ by: 'profileCapacity', profileId: 'chats' }, 'bob'],
    [{ by: 'attribute', path: 'agent.level' }, 'ada'],
    [{ by: 'attribute', path: 'agent.level', descending: true }, 'bob'],
  ];
  for (const [order, expected] of cases) {
    it(`chooses ${expected} for ${JSON.stringify(order)}`, () => {
      const ruleSets = [ruleSet('R', [rule('r', always, order)])];
      assert.deepEqual(pairs(assign({ ruleSets }, { profiles, agents, waiting: one })), [`c>${expected}`]);
    });
  }
});

describe('prioritisation rules', () => {
  it('makes buckets, orders inside by an attribute, and takes the rest last by age', () => {
    const priority = { path: 'context.value', descending: true };
    const prioritization = [
      { name: 'Gold', when: is('context.tier', 'gold') },
      {
        name: 'Valuable',
        when: { kind: 'compare', path: 'context.value', operator: 'notNull' } as const,
        orderBy: priority,
      },
    ];
    const item = (id: string, waited: number, context: Record<string, string | number>, priorityOf = 0) =>
      waitingOf(id, waited, { priority: priorityOf }, { context });
    const result = assign(
      { prioritization, ruleSets: [ruleSet('R', [rule('r', always)])] },
      {
        waiting: {
          orders: [
            item('rest new', 1, {}, 9),
            item('rest old', 99, {}),
            item('value 5', 50, { value: 5 }),
            item('value 10', 1, { value: '10' }),
            item('gold new', 1, { tier: 'Gold' }),
            item('gold old', 2, { tier: 'gold' }),
          ],
        },
      },
    );
    assert.deepEqual(
      result.assignments.map(({ conversationId }) => conversationId),
      ['gold old', 'gold new', 'value 10', 'value 5', 'rest old', 'rest new'],
    );
    assert.deepEqual(result.assignments[2]?.explanation.rules[0], {
      stage: 'prioritization',
      ruleSet: 'orders',
      rule: 'Valuable',
      looked: 1,
    });
  });
});
