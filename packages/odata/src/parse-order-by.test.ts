import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseOrderBy } from './parse-order-by.ts';

describe('parseOrderBy', () => {
  it('reads paths with a direction, ascending unless written', () => {
    assert.deepEqual(parseOrderBy('createdon desc, name ,nav/code asc,description'), {
      ok: true,
      value: [
        { path: ['createdon'], direction: 'desc', position: 0 },
        { path: ['name'], direction: 'asc', position: 16 },
        { path: ['nav', 'code'], direction: 'asc', position: 22 },
        { path: ['description'], direction: 'asc', position: 35 },
      ],
    });
  });

  it('reads a column that is called like a direction', () => {
    const parsed = parseOrderBy('desc desc');
    assert.deepEqual(parsed, { ok: true, value: [{ path: ['desc'], direction: 'desc', position: 0 }] });
  });

  for (const text of ['', 'a,', 'a DESC', 'a desc asc', 'a down', 'length(a)']) {
    it(`refuses '${text}'`, () => {
      const parsed = parseOrderBy(text);
      assert.equal(!parsed.ok && parsed.error.source, '$orderby');
    });
  }
});
