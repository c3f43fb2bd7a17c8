import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RelaxationStep } from './configuration.ts';
import { relaxSkills } from './relaxation.ts';

const skills = [{ skillId: 'german', rating: 0.8 }, { skillId: 'orders', rating: 0.3 }, { skillId: 'returns' }];
const steps: readonly RelaxationStep[] = [
  { afterSeconds: 30, lowerRatingBy: 0.2 },
  { afterSeconds: 60, dropSkills: ['orders'], lowerRatingBy: 0.2 },
  { afterSeconds: 90, dropSkills: 'all' },
];

describe('relaxSkills', () => {
  it('asks for everything before the first step', () => assert.deepEqual(relaxSkills(skills, steps, 0), skills));

  it('lowers ratings step by step and leaves skills without a rating alone', () => {
    const once = relaxSkills(skills, steps, 1);
    assert.deepEqual(once, [
      { skillId: 'german', rating: 0.6 },
      { skillId: 'orders', rating: 0.1 },
      { skillId: 'returns' },
    ]);
    assert.deepEqual(relaxSkills(skills, steps, 2), [{ skillId: 'german', rating: 0.4 }, { skillId: 'returns' }]);
  });

  it('never asks for less than nothing', () => {
    const [step] = steps;
    assert.ok(step !== undefined);
    assert.deepEqual(relaxSkills([{ skillId: 'orders', rating: 0.1 }], [step], 1), [{ skillId: 'orders', rating: 0 }]);
  });

  it('drops everything, and stays there when there are no more steps', () => {
    assert.deepEqual(relaxSkills(skills, steps, 3), []);
    assert.deepEqual(relaxSkills(skills, steps, 99), []);
  });
});
