import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTop } from './parse-top.ts';

describe('parseTop', () => {
  it('reads whole numbers from 0 on and caps them at 2^31-1', () => {
    for (const [text, value] of [
      ['0', 0],
      [' 25 ', 25],
      ['2147483647', 2147483647],
      ['2147483648', 2147483647],
      ['9'.repeat(5000), 2147483647],
    ] as const) {
      assert.deepEqual(parseTop(text), { ok: true, value });
    }
  });

  for (const text of ['', '-1', '1.5', 'ten', '1e3', '1 2']) {
    it(`refuses '${text}' and names $top`, () => {
      const parsed = parseTop(text);
      assert.equal(!parsed.ok && parsed.error.source, '$top');
    });
  }
});
