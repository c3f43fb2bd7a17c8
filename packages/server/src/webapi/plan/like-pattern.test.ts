import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { convertPattern } from './like-pattern.ts';

describe('text patterns', () => {
  const cases: readonly [
    value: string,
    place: 'contains' | 'startswith' | 'endswith',
    syntax: 'like' | 'regex',
    text: string,
  ][] = [
    ['abc', 'contains', 'like', '%abc%'],
    ['abc', 'startswith', 'like', 'abc%'],
    ['abc', 'endswith', 'like', '%abc'],
    ['a%b', 'contains', 'like', '%a%b%'],
    ['a%%b', 'contains', 'like', '%a%b%'],
    ['a_b', 'startswith', 'like', 'a_b%'],
    ['50[%]', 'contains', 'like', '%50\\%%'],
    ['a[_]b', 'contains', 'like', '%a\\_b%'],
    ['a[[]b', 'contains', 'like', '%a[b%'],
    ['back\\slash', 'contains', 'like', '%back\\\\slash%'],
    ['[a-c]x', 'startswith', 'regex', '^[a-c]x.*$'],
    ['[^a]x', 'endswith', 'regex', '^.*[^a]x$'],
    ['[c-a]', 'startswith', 'regex', '^[^\\s\\S].*$'],
    ['(1+1)[ab]', 'contains', 'regex', '^.*\\(1\\+1\\)[ab].*$'],
    ['open[', 'contains', 'like', '%open[%'],
  ];
  for (const [value, place, syntax, text] of cases) {
    test(`${place}('${value}') is ${syntax} '${text}'`, () =>
      assert.deepEqual(convertPattern(value, place), { syntax, text }));
  }
});
