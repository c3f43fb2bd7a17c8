import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DeclaredOperation } from './operation.ts';
import { createOperationRegistry } from './registry.ts';

function operation(more: Partial<DeclaredOperation> = {}): DeclaredOperation {
  return { name: 'test_Do', kind: 'action', boundTo: undefined, parameters: [], run: async () => undefined, ...more };
}

describe('the registry of operations', () => {
  test('holds those of the Web API and those of other parts', () => {
    const operations = createOperationRegistry([operation()]);
    assert.ok(operations.byName.has('WhoAmI') && operations.byName.has('test_Do'));
    assert.ok(operations.unboundNames.has('test_Do'));
    assert.deepEqual(operations.signatures.at(-1), { name: 'test_Do', kind: 'action', parameters: [] });
  });

  test('declares a bound operation once for each table', () => {
    const operations = createOperationRegistry([operation({ boundTo: ['account', 'contact'] })]);
    assert.ok(!operations.unboundNames.has('test_Do'));
    assert.deepEqual(
      operations.signatures.filter(({ name }) => name === 'test_Do').map(({ bound }) => bound?.table),
      ['account', 'contact'],
    );
  });

  test('knows that only its own change access', () => {
    const operations = createOperationRegistry([operation()]);
    assert.ok(operations.mayChangeAccess('AddMembersTeam'));
    assert.ok(!operations.mayChangeAccess('test_Do'));
  });

  test('takes no name twice', () => {
    assert.throws(() => createOperationRegistry([operation({ name: 'WhoAmI' })]), /one name/);
    assert.throws(() => createOperationRegistry([operation(), operation()]), /one name/);
  });
});
