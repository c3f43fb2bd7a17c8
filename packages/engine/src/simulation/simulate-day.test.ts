import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAgenda } from './agenda.ts';
import { createRandom } from './random.ts';
import { simulateDay } from './simulate-day.ts';

describe('simulateDay', () => {
  const options = { seed: 1, conversations: 300, agents: 14 };

  it('decides the same again for the same seed, and otherwise for another', () => {
    const first = simulateDay(options);
    assert.deepEqual(simulateDay(options), first);
    assert.notEqual(simulateDay({ ...options, seed: 2 }).hash, first.hash);
  });

  it('brings conversations to their end', () => {
    const { statuses, assignments, refusals, decisions } = simulateDay(options);
    assert.equal(
      Object.values(statuses).reduce((sum, count) => sum + count),
      300,
    );
    assert.ok(statuses.closed > 270, JSON.stringify(statuses));
    assert.ok(assignments > 300, `${assignments} assignments`);
    assert.ok(refusals < decisions / 50, `${refusals} of ${decisions} refused`);
  });
});

describe('the agenda', () => {
  it('gives out in order of time, and of planning at the same time', () => {
    const random = createRandom(3);
    const agenda = createAgenda<number>();
    const times = Array.from({ length: 500 }, () => random.between(0, 50));
    for (const [index, at] of times.entries()) agenda.plan(at, index);
    const expected = [...times.entries()].sort(([one, at], [other, otherAt]) => at - otherAt || one - other);
    for (const [index, at] of expected) assert.deepEqual({ ...agenda.next() }.entry, index, `at ${at}`);
    assert.equal(agenda.next(), undefined);
  });
});
