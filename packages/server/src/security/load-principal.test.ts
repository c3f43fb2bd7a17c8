import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sumReaches } from './load-principal.ts';

const [user, team, own, child] = ['user', 'team', 'unit', 'child'];
const units = { [own]: [own, child], [child]: [child] };

describe('the reach of privileges', () => {
  const reach = (...grants: Parameters<typeof sumReaches>[2]) => sumReaches(user, [team], grants, units).get('prvRead');

  test('Basic from a role of the user covers the user and their teams', () => {
    assert.deepEqual(reach(['prvRead', 1, 'user', user, own]), {
      kind: 'limited',
      principals: [user, team],
      businessUnits: [],
    });
  });
  test('Basic from a role of a team covers the team alone, unless the role says otherwise', () => {
    assert.deepEqual(reach(['prvRead', 1, 'team', team, own]), {
      kind: 'limited',
      principals: [team],
      businessUnits: [],
    });
    assert.deepEqual(reach(['prvRead', 1, 'teamAndUser', team, own]), {
      kind: 'limited',
      principals: [team, user],
      businessUnits: [],
    });
  });
  test('Local covers the business unit of who holds the role, Deep also those below', () => {
    assert.deepEqual(reach(['prvRead', 2, 'team', team, child]), {
      kind: 'limited',
      principals: [team],
      businessUnits: [child],
    });
    assert.deepEqual(reach(['prvRead', 4, 'user', user, own]), {
      kind: 'limited',
      principals: [user, team],
      businessUnits: [own, child],
    });
  });
  test('the deepest of several roles counts', () => {
    assert.deepEqual(reach(['prvRead', 1, 'user', user, own], ['prvRead', 8, 'team', team, own]), { kind: 'global' });
  });
  test('a privilege that no role gives is not there', () =>
    assert.equal(reach(['prvWrite', 8, 'user', user, own]), undefined));
});
