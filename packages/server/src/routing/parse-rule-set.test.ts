/** Rule sets: what is read, what is refused and where the complaint points, and the examples of the documentation. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { checkRuleSetText, parseRuleSet, type RuleSetKind } from './parse-rule-set.ts';
import { createRuleNames, type RuleNames } from './rule-names.ts';

const germanId = '11111111-1111-4111-8111-111111111111';
const ordersId = '22222222-2222-4222-8222-222222222222';
const workshopId = '33333333-3333-4333-8333-333333333333';
const frontId = '44444444-4444-4444-8444-444444444444';
const expertId = '55555555-5555-4555-8555-555555555555';

const names: RuleNames = createRuleNames(
  {
    skill: [
      { id: germanId, names: ['German'] },
      { id: ordersId, names: ['Orders'] },
    ],
    queue: [
      { id: workshopId, names: ['Workshop'] },
      { id: frontId, names: ['Front desk'] },
      { id: '66666666-6666-4666-8666-666666666666', names: ['Twins'] },
      { id: '77777777-7777-4777-8777-777777777777', names: ['Twins'] },
    ],
    capacityProfile: [],
    agent: [],
    ratingValue: [{ id: expertId, names: ['Expert'] }],
    overflowAction: [],
    workStream: [],
  },
  { rating: () => 0.75, overflowAction: () => undefined },
);

function rules(kind: RuleSetKind, ...list: unknown[]): string {
  return JSON.stringify({ kind, rules: list });
}

/** `path: problem` of a rule set that must be bad. */
function problemOf(kind: RuleSetKind, text: string): string {
  const result = parseRuleSet(kind, text, names);
  assert.equal(result.kind, 'bad');
  return result.kind === 'bad' ? `${result.path}: ${result.problem}` : '';
}

function comparisons(count: number): unknown[] {
  return Array.from({ length: count }, () => ({ path: 'context.A', operator: 'eq', value: 1 }));
}

describe('A rule set', () => {
  test('of classification names things by name or id and becomes the rules of the engine', () => {
    const text = rules('classification', {
      name: 'German',
      when: { path: 'conversation.locale', operator: 'startsWith', value: 'de' },
      set: { priority: 5, skills: ['german', { skill: ordersId, rating: 'Expert' }], context: { Segment: 'gold' } },
    });
    assert.deepEqual(parseRuleSet('classification', text, names), {
      kind: 'ok',
      content: [
        {
          name: 'German',
          when: { kind: 'compare', path: 'conversation.locale', operator: 'startsWith', value: 'de' },
          set: {
            priority: 5,
            skills: [{ skillId: germanId }, { skillId: ordersId, rating: 0.75 }],
            context: { Segment: 'gold' },
          },
        },
      ],
    });
  });

  test('of route to queue takes one queue, or several that add up to 100', () => {
    const split = [
      { queue: 'Workshop', percent: 70 },
      { queue: frontId, percent: 30 },
    ];
    const result = parseRuleSet('routeToQueue', rules('routeToQueue', { name: 'Split', queues: split }), names);
    assert.deepEqual(result, {
      kind: 'ok',
      content: [
        {
          name: 'Split',
          when: { kind: 'always' },
          queues: [
            { queueId: workshopId, percent: 70 },
            { queueId: frontId, percent: 30 },
          ],
        },
      ],
    });
    const tooLittle = rules('routeToQueue', { name: 'Split', queues: [{ queue: 'Workshop', percent: 70 }] });
    assert.equal(problemOf('routeToQueue', tooLittle), 'rules[0].queues: The percentages add up to 70, not to 100');
  });

  test('of assignment resolves skills inside paths and channels by name', () => {
    const text = JSON.stringify({
      kind: 'assignment',
      when: { path: 'conversation.channel', operator: 'eq', value: 'sms' },
      rules: [
        { name: 'Any', when: { path: 'agent.skill.German', operator: 'ge', value: 0.5 }, orderBy: ['leastActive'] },
      ],
    });
    assert.deepEqual(parseRuleSet('assignment', text, names), {
      kind: 'ok',
      content: {
        when: { kind: 'compare', path: 'conversation.channel', operator: 'eq', value: 192340000 },
        rules: [
          {
            name: 'Any',
            when: { kind: 'compare', path: `agent.skill.${germanId}`, operator: 'ge', value: 0.5 },
            orderBy: [{ by: 'leastActive' }],
          },
        ],
      },
    });
  });

  test('that is not JSON is refused', () => {
    assert.match(problemOf('classification', '<xml/>'), /^: The rule set is not JSON: /);
  });

  test('of another kind is refused', () => {
    assert.equal(
      problemOf('classification', rules('routeToQueue')),
      "kind: This is a rule set of kind 'routeToQueue', but 'classification' belongs here",
    );
  });

  test('with a misspelt member, operator, fact or skill is refused with what is near', () => {
    const near: readonly [unknown, string][] = [
      [{ name: 'A', whem: {}, set: { units: 1 } }, "rules[0].whem: There is no member 'whem'. Did you mean 'when'?"],
      [
        { name: 'A', when: { path: 'time.hour', operator: 'eg', value: 1 }, set: { units: 1 } },
        "rules[0].when.operator: 'eg' is not possible here. Did you mean 'eq'?",
      ],
      [
        { name: 'A', when: { not: { path: 'time.hours', operator: 'eq', value: 1 } }, set: { units: 1 } },
        "rules[0].when.not.path: There is no fact 'time.hours'. Did you mean 'time.hour'?",
      ],
      [
        { name: 'A', set: { skills: ['Germen'] } },
        "rules[0].set.skills[0]: There is no skill 'Germen'. Did you mean 'German'?",
      ],
    ];
    for (const [rule, problem] of near)
      assert.equal(problemOf('classification', rules('classification', rule)), problem);
  });

  test('that names two things at once is refused', () => {
    assert.equal(
      problemOf('routeToQueue', rules('routeToQueue', { name: 'A', queue: 'Twins' })),
      "rules[0].queue: Several queues are named 'Twins': give the id",
    );
  });

  test('asks about agents only where agents are chosen', () => {
    const rule = { name: 'A', when: { path: 'agent.presence', operator: 'eq', value: 'busy' }, set: { units: 1 } };
    assert.equal(
      problemOf('classification', rules('classification', rule)),
      "rules[0].when.path: There is no fact 'agent.presence' here: only assignment rules ask about agents",
    );
  });

  test('keeps to the limits of rules, joins and nesting', () => {
    const rule = (when: unknown) => ({ name: 'A', when, set: { units: 1 } });
    const nest = (depth: number): unknown => (depth === 0 ? comparisons(1)[0] : { not: nest(depth - 1) });
    const read = (...list: unknown[]) => parseRuleSet('classification', rules('classification', ...list), names).kind;
    assert.equal(read(...Array.from({ length: 100 }, () => rule('always'))), 'ok');
    assert.equal(read(...Array.from({ length: 101 }, () => rule('always'))), 'bad');
    assert.equal(read(rule({ and: comparisons(16) })), 'ok');
    assert.equal(read(rule({ and: [{ or: comparisons(9) }, { or: comparisons(9) }] })), 'bad');
    assert.equal(read(rule(nest(5))), 'ok');
    assert.equal(read(rule(nest(6))), 'bad');
  });

  test('of overflow keeps to the limits of its conditions', () => {
    const bad = rules('overflow', { name: 'A', when: { queueLength: 101 }, action: 'end' });
    assert.equal(
      problemOf('overflow', bad),
      'rules[0].when.queueLength: A whole number from 1 to 100 is expected, not 101',
    );
  });

  test('of relaxation has its steps in the order of time', () => {
    const steps = [
      { afterSeconds: 60, dropSkills: 'all' },
      { afterSeconds: 60, lowerRatingBy: 0.5 },
    ];
    assert.equal(
      problemOf('relaxation', JSON.stringify({ kind: 'relaxation', steps })),
      'steps[1].afterSeconds: Steps come in the order of time: more than 60 is expected',
    );
  });
});

describe('The check before a rule set is stored', () => {
  test('passes what names things that do not exist yet, and a rule set that nobody has written', () => {
    assert.equal(checkRuleSetText(rules('routeToQueue', { name: 'A', queue: 'Not there yet' })), undefined);
    assert.equal(checkRuleSetText(' '), undefined);
  });

  test('says what is wrong and where', () => {
    assert.equal(
      checkRuleSetText(rules('routeToQueue', { name: 'A' })),
      "rules[0]: Exactly one of 'queue' and 'queues' is expected",
    );
    assert.equal(checkRuleSetText('[]'), 'An object is expected, not a list');
  });
});

test('Every example of the documentation is a rule set', async () => {
  const page = await readFile(new URL('../../../../docs/routing-configuration.md', import.meta.url), 'utf8');
  const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map((match) => match[1] ?? '');
  assert.ok(examples.length >= 8);
  for (const example of examples) assert.equal(checkRuleSetText(example), undefined);
});
