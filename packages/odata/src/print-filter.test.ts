import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseFilter } from './parse-filter.ts';
import { printFilter } from './print-filter.ts';

describe('printFilter', () => {
  for (const text of [
    "name eq 'O''Brien'",
    'a or b and c',
    '(a or b) and c',
    'not a eq 1',
    'not (a or b)',
    'not not a',
    '(not a) eq true',
    '(a eq 1) eq true',
    'a sub (b sub c)',
    'a sub b sub c',
    '(a add b) mul c',
    'a mul (b div c)',
    '-a',
    '- 1',
    '- -1',
    '--a',
    '-(a add b)',
    '- INF',
    'a in (1,2 add 3)',
    "contains(name,'x') eq true",
    'n/any(o:o/a eq 1 or o/b)',
    'n/any()',
    'n/$count gt 2',
    `nav/Microsoft.Dynamics.CRM.In(PropertyName='c',PropertyValues=["a\\"b",1.50,null,{"x":true}])`,
    'Microsoft.Dynamics.CRM.Today()',
    "Microsoft.Dynamics.CRM.T'V' eq duration'P1D'",
    'a eq @p',
    '2024-05-01T00:00:00Z',
  ]) {
    it(`gives back ${text}`, () => {
      const parsed = parseFilter(text);
      assert.ok(parsed.ok);
      assert.equal(printFilter(parsed.value), text);
    });
  }

  it('drops parentheses and blanks that say nothing', () => {
    const parsed = parseFilter('((a)  or ((b) and (c)))');
    assert.equal(parsed.ok && printFilter(parsed.value), 'a or b and c');
  });
});
