import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { percentDecode } from './percent-decode.ts';

describe('percentDecode', () => {
  it('decodes UTF-8 escapes once and leaves the rest alone', () => {
    assert.deepEqual(percentDecode('a+b%20%C3%A9%F0%9F%98%80%2525', 'path'), { ok: true, value: 'a+b é😀%25' });
  });

  for (const [text, position] of [
    ['a%', 1],
    ['a%2', 1],
    ['ok%20%zz', 5],
    ['ok%20x%C3%28', 6],
    ['%ED%A0%80', 0],
    ['%C0%80', 0],
    ['%FF', 0],
  ] as const) {
    it(`refuses ${text} at position ${position}`, () => {
      const decoded = percentDecode(text, 'path');
      assert.deepEqual(!decoded.ok && [decoded.error.source, decoded.error.position], ['path', position]);
    });
  }

  it('refuses U+0000, which no column can hold', () => {
    for (const text of ['a%00', 'a\0']) {
      const decoded = percentDecode(text, '$filter');
      assert.match(decoded.ok ? '' : decoded.error.message, /U\+0000/);
    }
  });
});
