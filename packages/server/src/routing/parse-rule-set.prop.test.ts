/** The rule set parser never throws, whatever it is given, and what it accepts survives being written again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkRuleSetText, parseRuleSet, type RuleSetKind } from './parse-rule-set.ts';
import { anyName } from './rule-names.ts';

const kinds: readonly RuleSetKind[] = [
  'classification',
  'routeToQueue',
  'prioritization',
  'assignment',
  'overflow',
  'relaxation',
];
const words = [
  ...[
    'kind',
    'rules',
    'steps',
    'name',
    'when',
    'set',
    'and',
    'or',
    'not',
    'path',
    'operator',
    'value',
    'queue',
    'queues',
  ],
  ...[
    'percent',
    'orderBy',
    'by',
    'action',
    'skills',
    'priority',
    'units',
    'context',
    'afterSeconds',
    'dropSkills',
    'all',
  ],
  ...['eq', 'in', 'between', 'isNull', 'context.A', 'agent.skill.B', 'time.hour', 'outsideHours', 'end', '__proto__'],
  ...kinds,
];

const { document } = fc.letrec<{ document: unknown }>((tie) => ({
  document: fc.oneof(
    { maxDepth: 7, withCrossShrink: true },
    fc.constantFrom<unknown>(...words),
    fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.string(), fc.double()),
    fc.array(tie('document'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...words), tie('document'), { maxKeys: 5 }),
  ),
}));

test('The parser answers every text', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.oneof(
        fc.string(),
        fc.json(),
        document.map((value) => JSON.stringify(value)),
      ),
      (kind, text) => {
        const result = parseRuleSet(kind, text, anyName);
        assert.ok(result.kind === 'ok' || result.problem.length > 0);
        const problem = checkRuleSetText(text);
        if (result.kind === 'ok') assert.equal(problem, undefined);
      },
    ),
    { numRuns: 2000 },
  );
});

test('The parser answers every document of the right kind', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.array(document, { maxLength: 4 }), (kind, list) => {
      const text = JSON.stringify({ kind, [kind === 'relaxation' ? 'steps' : 'rules']: list });
      const result = parseRuleSet(kind, text, anyName);
      if (result.kind === 'bad') assert.match(result.path, /^(rules|steps|kind|when)/);
    }),
    { numRuns: 2000 },
  );
});
