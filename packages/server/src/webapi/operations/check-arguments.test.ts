import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type JsonValue, parseJson } from '@parley/odata';
import { checkArguments } from './check-arguments.ts';
import type { DeclaredOperation } from './operation.ts';

const id = '00000000-0000-4000-8000-000000000001';

function json(text: string): JsonValue {
  const parsed = parseJson(text);
  assert.ok(parsed.ok, text);
  return parsed.value;
}

/** Checks one argument, given as JSON, against a parameter of this type; the refusal, if it is one. */
function refusal(type: string, value: string | undefined, nullable = false): string | undefined {
  const operation: DeclaredOperation = {
    name: 'test_Do',
    kind: 'action',
    boundTo: undefined,
    parameters: [{ name: 'P', type, nullable }],
    run: async () => undefined,
  };
  try {
    checkArguments(operation, new Map(value === undefined ? [] : [['P', json(value)]]));
    return undefined;
  } catch (error) {
    assert.ok(error instanceof Error && 'errorName' in error && error.errorName === 'requestFault');
    return error.message;
  }
}

describe('arguments of operations', () => {
  const cases: readonly { readonly type: string; readonly good: readonly string[]; readonly bad: readonly string[] }[] =
    [
      { type: 'Edm.String', good: ['""', '"x"'], bad: ['1', 'true', '{}', '[]'] },
      { type: 'Edm.Guid', good: [`"${id}"`, `"${id.toUpperCase()}"`], bad: ['"x"', `"{${id}}"`, '1'] },
      { type: 'Edm.Boolean', good: ['true', 'false'], bad: ['"true"', '1'] },
      { type: 'Edm.Int32', good: ['0', '-2147483647', '2147483647'], bad: ['2147483648', '1.5', '1e3', '"1"'] },
      { type: 'Edm.Int64', good: ['9007199254740991'], bad: ['9007199254740993', '99999999999999999999'] },
      { type: 'Edm.Double', good: ['1', '1.5', '1e3'], bad: ['"1"', 'true'] },
      {
        type: 'Edm.DateTimeOffset',
        good: ['"2026-03-02T10:00:00Z"', '"2026-03-02T10:00+01:00"', '"2026-03-02T10:00:00.123Z"'],
        bad: ['"2026-03-02"', '"2026-02-30T99:00:00Z"', '"tomorrow"'],
      },
      { type: 'Collection(Edm.Guid)', good: ['[]', `["${id}"]`], bad: ['["x"]', `"${id}"`, '[null]'] },
      { type: 'Collection(mscrm.parley_Skill)', good: ['[]', '[{}]'], bad: ['{}', '"x"'] },
      { type: 'mscrm.crmbaseentity', good: ['{}'], bad: [] },
    ];
  for (const { type, good, bad } of cases) {
    test(`${type} takes values of its type and names the parameter for others`, () => {
      for (const value of good) assert.equal(refusal(type, value), undefined, value);
      for (const value of bad) assert.match(refusal(type, value) ?? 'taken', /^The parameter 'P' must be /, value);
    });
  }

  test('may be left out or null only where the declaration says so', () => {
    for (const value of [undefined, 'null']) {
      assert.equal(refusal('Edm.String', value), "The parameter 'P' is missing.");
      assert.equal(refusal('Edm.String', value, true), undefined);
    }
  });

  test('that are not declared are refused; control information is not an argument', () => {
    const operation: DeclaredOperation = {
      name: 'test_Do',
      kind: 'action',
      boundTo: undefined,
      parameters: [],
      run: async () => undefined,
    };
    assert.throws(() => checkArguments(operation, new Map([['Q', null]])), /'test_Do' has no parameter 'Q'/);
    checkArguments(operation, new Map([['@odata.type', 'x']]));
  });
});
