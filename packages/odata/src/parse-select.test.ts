import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseSelect } from './parse-select.ts';

describe('parseSelect', () => {
  it('reads names, paths and the star, with blanks around them', () => {
    assert.deepEqual(parseSelect(' name ,_ownerid_value,a/b, *'), {
      ok: true,
      value: [
        { path: ['name'], position: 1 },
        { path: ['_ownerid_value'], position: 7 },
        { path: ['a', 'b'], position: 22 },
        { path: ['*'], position: 27 },
      ],
    });
  });

  for (const text of ['', ' ', 'a,', ',a', 'a,,b', 'a b', 'a/', 'a/$ref', "'a'", 'a;b']) {
    it(`refuses '${text}'`, () => {
      const parsed = parseSelect(text);
      assert.ok(!parsed.ok);
      assert.equal(parsed.error.source, '$select');
      assert.match(parsed.error.message, /^Syntax error at position \d+ in /);
    });
  }
});
