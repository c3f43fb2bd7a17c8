import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeCondition, evaluateCondition, readPath } from './condition.ts';
import type { ComparisonOperator, Condition, Subject } from './configuration.ts';

const subject: Subject = {
  conversation: { channel: 192360000, priority: 5, locale: 'de-DE', isOutbound: false, subject: null },
  context: { OrderNumber: '1042', 'cart.total': 99.5, lastOrder: '2026-05-04' },
  customer: { name: 'Ada', account: { city: 'Köln' } },
};

type Value = Extract<Condition, { kind: 'compare' }>['value'];

function holds(path: string, operator: ComparisonOperator, value?: Value): boolean {
  return evaluateCondition({ kind: 'compare', path, operator, ...(value === undefined ? {} : { value }) }, subject);
}

describe('evaluateCondition', () => {
  const cases: readonly (readonly [string, ComparisonOperator, Value, boolean])[] = [
    ['conversation.locale', 'eq', 'DE-de', true],
    ['conversation.locale', 'ne', 'DE-de', false],
    ['customer.account.city', 'eq', 'KÖLN', true],
    ['conversation.priority', 'eq', '5', true],
    ['context.OrderNumber', 'gt', 1000, true],
    ['context.OrderNumber', 'gt', 'x', false],
    ['context.OrderNumber', 'between', [1042, 2000], true],
    ['context.OrderNumber', 'between', [1043, 2000], false],
    ['context.lastOrder', 'lt', '2026-05-05', true],
    ['context.cart.total', 'ge', 99.5, true],
    ['context.cart.total', 'lt', 99.5, false],
    ['context.cart.total', 'le', 99.5, true],
    ['conversation.isOutbound', 'eq', 'false', true],
    ['conversation.isOutbound', 'eq', 0, true],
    ['conversation.locale', 'in', ['en-us', 'de-de'], true],
    ['conversation.locale', 'notIn', ['en-us', 'de-de'], false],
    ['conversation.locale', 'startsWith', 'DE', true],
    ['conversation.locale', 'endsWith', 'de', true],
    ['conversation.locale', 'contains', '-', true],
    ['conversation.locale', 'notContains', 'at', true],
    ['conversation.priority', 'gt', { path: 'context.cart.total' }, false],
    ['context.cart.total', 'gt', { path: 'conversation.priority' }, true],
    ['conversation.locale', 'gt', 5, false],
  ];
  for (const [path, operator, value, expected] of cases) {
    it(`finds ${path} ${operator} ${JSON.stringify(value)} ${expected}`, () =>
      assert.equal(holds(path, operator, value), expected));
  }

  it('holds nothing against a missing fact but absence and difference', () => {
    const wrong = ['eq', 'gt', 'ge', 'lt', 'le', 'in', 'contains', 'notContains', 'startsWith', 'endsWith'] as const;
    for (const operator of wrong) assert.equal(holds('context.nothing', operator, 'x'), false, operator);
    assert.equal(holds('context.nothing', 'between', ['a', 'z']), false);
    assert.equal(holds('context.nothing', 'ne', 'x'), true);
    assert.equal(holds('context.nothing', 'notIn', ['x']), true);
    assert.equal(holds('context.nothing', 'isNull'), true);
    assert.equal(holds('context.nothing', 'notNull'), false);
    assert.equal(holds('conversation.subject', 'isNull'), true);
  });

  it('does not call two missing facts equal or different', () => {
    assert.equal(holds('context.nothing', 'eq', null), false);
    assert.equal(holds('context.nothing', 'ne', null), false);
  });

  it('takes a group of facts and inherited names for missing', () => {
    for (const path of ['customer.account', 'context.toString', '__proto__', 'context.__proto__.x', '', '.']) {
      assert.equal(readPath(subject, path), null, path);
    }
  });

  it('joins conditions', () => {
    const yes: Condition = { kind: 'always' };
    const no: Condition = { kind: 'not', condition: yes };
    assert.equal(evaluateCondition({ kind: 'and', conditions: [yes, yes] }, subject), true);
    assert.equal(evaluateCondition({ kind: 'and', conditions: [yes, no] }, subject), false);
    assert.equal(evaluateCondition({ kind: 'or', conditions: [no, yes] }, subject), true);
    assert.equal(evaluateCondition({ kind: 'or', conditions: [] }, subject), false);
  });

  it('does not hold and does not throw when nested without end', () => {
    let deep: Condition = { kind: 'always' };
    for (let level = 0; level < 50_000; level += 1) deep = { kind: 'and', conditions: [deep] };
    assert.equal(evaluateCondition(deep, subject), false);
    assert.ok(describeCondition(deep).length <= 500);
  });
});

describe('describeCondition', () => {
  it('reads as a sentence', () => {
    const condition: Condition = {
      kind: 'and',
      conditions: [
        { kind: 'compare', path: 'conversation.locale', operator: 'startsWith', value: 'de' },
        {
          kind: 'or',
          conditions: [
            { kind: 'compare', path: 'context.total', operator: 'between', value: [10, 20] },
            { kind: 'compare', path: 'customer.name', operator: 'isNull' },
          ],
        },
        { kind: 'not', condition: { kind: 'compare', path: 'a.b', operator: 'in', value: ['x', 1] } },
      ],
    };
    const text =
      "conversation.locale starts with 'de' and (context.total is between 10 and 20 or customer.name is empty) " +
      "and not (a.b is one of ('x', 1))";
    assert.equal(describeCondition(condition), text);
  });

  it('stays short', () => {
    const value = Array.from({ length: 1000 }, (_, index) => `value ${index}`);
    assert.equal(describeCondition({ kind: 'compare', path: 'a', operator: 'in', value }).length, 500);
  });
});
