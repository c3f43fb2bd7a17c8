import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { TableModel } from '../model/table-model.ts';
import { type Caller, createCaller, type Reach } from '../security/caller.ts';
import { loadModel, testCaller } from '../webapi/plan/plan-harness.ts';
import { actorOf, requireSupervision } from './caller-actor.ts';

let model: TableModel;
before(async () => {
  model = await loadModel();
});

const reaches = {
  own: { kind: 'limited', principals: ['me'], businessUnits: [] },
  unit: { kind: 'limited', principals: ['me'], businessUnits: ['unit'] },
  all: { kind: 'global' },
} as const satisfies Record<string, Reach>;

/** A caller who has just these rights on activities. */
function caller(write: keyof typeof reaches | undefined, assign: keyof typeof reaches | undefined): Caller {
  const anybody = testCaller(model, 'Basic');
  const rights = new Map<string, Reach>();
  if (write !== undefined) rights.set('prvWriteActivity', reaches[write]);
  if (assign !== undefined) rights.set('prvAssignActivity', reaches[assign]);
  return createCaller({ ...anybody.principal, reaches: rights }, undefined, anybody);
}

describe('who a caller is to the engine', () => {
  test('follows from how far they may write and assign conversations', () => {
    assert.equal(actorOf(model, caller('all', undefined)).kind, 'administrator');
    assert.equal(actorOf(model, caller('unit', 'unit')).kind, 'supervisor');
    assert.equal(actorOf(model, caller('unit', undefined)).kind, 'agent');
    assert.equal(actorOf(model, caller('unit', 'own')).kind, 'agent');
    assert.equal(actorOf(model, caller('own', undefined)).kind, 'agent');
    assert.throws(() => actorOf(model, caller(undefined, 'all')), { errorName: 'privilegeDenied' });
  });

  test('is no more than both of two, when one acts for the other', () => {
    const administrator = caller('all', 'all');
    const agent = caller('own', undefined);
    const both = createCaller(agent.principal, administrator.principal, agent);
    assert.equal(actorOf(model, both).kind, 'agent');
    assert.equal(actorOf(model, createCaller(administrator.principal, agent.principal, agent)).kind, 'agent');
    assert.equal(
      actorOf(model, createCaller(administrator.principal, administrator.principal, agent)).kind,
      'administrator',
    );
  });

  test('supervising takes the right to assign', () => {
    requireSupervision(model, caller('unit', 'unit'));
    requireSupervision(model, caller('all', 'all'));
    assert.throws(() => requireSupervision(model, caller('own', undefined)), { errorName: 'privilegeDenied' });
    // The administrator of the contact centre reads everything and takes part in nothing.
    assert.throws(() => requireSupervision(model, caller(undefined, undefined)), { errorName: 'privilegeDenied' });
  });
});
