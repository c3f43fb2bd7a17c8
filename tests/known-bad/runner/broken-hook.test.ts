import { before, describe, test } from 'node:test';

describe('a suite', () => {
  before(() => {
    throw new Error('the hook broke');
  });
  test('never runs', () => undefined);
});
