import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Table, tableNamed } from '../../model/table-model.ts';
import { constantParameter, type Parameter } from '../plan/plan.ts';
import { loadModel } from '../plan/plan-harness.ts';
import { resolveState } from './resolve-state.ts';

describe('state and status', () => {
  let table: Table;
  before(async () => {
    table = tableNamed(await loadModel(), 'msdyn_liveconversation');
  });
  const given = (values: { statecode?: number; statuscode?: number }): ReadonlyMap<string, Parameter> =>
    new Map(Object.entries(values).map(([name, value]) => [name, constantParameter('integer', value)]));
  const resolve = (
    values: { statecode?: number; statuscode?: number },
    mode: 'create' | 'update',
    mirrored = false,
  ) => {
    const change = resolveState(table, given(values), mode, mirrored);
    return change === undefined
      ? undefined
      : [change.values.get('statecode')?.value, change.values.get('statuscode')?.value, change.requiredState];
  };

  test('nothing given changes nothing', () => assert.equal(resolve({}, 'update'), undefined));
  test('a state brings its default status', () =>
    assert.deepEqual(resolve({ statecode: 3 }, 'update'), [3, 4, undefined]));
  test('a status alone asks for its state', () => assert.deepEqual(resolve({ statuscode: 4 }, 'update'), [3, 4, 3]));
  test('a mirrored status moves the state with it', () =>
    assert.deepEqual(resolve({ statuscode: 4 }, 'update', true), [3, 4, undefined]));
  test('both must belong together', () => {
    assert.deepEqual(resolve({ statecode: 1, statuscode: 2 }, 'update'), [1, 2, undefined]);
    assert.throws(() => resolve({ statecode: 1, statuscode: 4 }, 'update'), { errorName: 'stateOrStatusInvalid' });
  });
  test('a new row is in state 0 unless a mirrored column says otherwise', () => {
    assert.deepEqual(resolve({ statuscode: 1 }, 'create'), [0, 1, undefined]);
    assert.throws(() => resolve({ statuscode: 4 }, 'create'), { errorName: 'stateOrStatusInvalid' });
    assert.deepEqual(resolve({ statuscode: 4 }, 'create', true), [3, 4, undefined]);
  });
});
