import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonValue } from './ast.ts';
import { parseJson } from './parse-json.ts';

function value(text: string): JsonValue {
  const parsed = parseJson(text);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.error.message);
  return parsed.value;
}

const number = (text: string): JsonValue => ({ kind: 'number', text });

describe('parseJson', () => {
  it('reads every kind of value, numbers as text', () => {
    assert.deepEqual(value(' {"a":[1,-0.50,1E+2,"x",true,false,null,{},[]] ,\r\n\t"b":9007199254740993} '), {
      kind: 'object',
      members: new Map<string, JsonValue>([
        [
          'a',
          [
            number('1'),
            number('-0.50'),
            number('1E+2'),
            'x',
            true,
            false,
            null,
            { kind: 'object', members: new Map() },
            [],
          ],
        ],
        ['b', number('9007199254740993')],
      ]),
    });
  });

  it('decodes escapes and keeps lone surrogates', () => {
    assert.equal(value(String.raw`"\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00\ud800"`), '"\\/\b\f\n\r\té😀\ud800');
  });

  it('takes __proto__ for a member like any other', () => {
    const parsed = value('{"__proto__":1,"constructor":2}');
    assert.deepEqual(parsed, {
      kind: 'object',
      members: new Map([
        ['__proto__', number('1')],
        ['constructor', number('2')],
      ]),
    });
  });

  it('ignores a byte order mark in front', () => {
    assert.equal(value('\ufeff true'), true);
  });

  for (const [text, position] of [
    ['', 0],
    ['{', 1],
    ['{"a"}', 4],
    ['{"a":}', 5],
    ['{"a":1,}', 7],
    ['{a:1}', 1],
    ["{'a':1}", 1],
    ['[1,]', 3],
    ['[1 2]', 3],
    ['01', 0],
    ['-', 1],
    ['1.', 2],
    ['.5', 0],
    ['1e', 2],
    ['+1', 0],
    ['NaN', 0],
    ['True', 0],
    ['nullx', 0],
    ['"a', 2],
    ['"\t"', 1],
    ['"\0"', 1],
    [String.raw`"\u0000"`, 1],
    [String.raw`"\x"`, 1],
    [String.raw`"\'"`, 1],
    [String.raw`"\u12g4"`, 1],
    ['1 2', 2],
    ['{}}', 2],
    ['// x', 0],
  ] as const) {
    it(`refuses ${JSON.stringify(text)} at position ${position}`, () => {
      const parsed = parseJson(text);
      assert.ok(!parsed.ok);
      assert.deepEqual([parsed.error.source, parsed.error.position], ['body', position]);
      assert.match(parsed.error.message, new RegExp(`^Invalid JSON at position ${position}\\. .+\\.$`));
    });
  }

  it('names a member that is given twice', () => {
    const parsed = parseJson('{"name":1,"na\\u006de":2}');
    assert.equal(!parsed.ok && parsed.error.message, "Invalid JSON at position 10. The member 'name' is given twice.");
  });

  it('allows 60 levels and refuses more', () => {
    assert.ok(parseJson(`${'['.repeat(60)}${']'.repeat(60)}`).ok);
    for (const text of ['['.repeat(61), '['.repeat(1_000_000), '{"a":'.repeat(100_000)]) {
      const parsed = parseJson(text);
      assert.equal(!parsed.ok && parsed.error.message, 'Recursion depth exceeded allowed limit.');
    }
  });

  it('refuses numbers of more than 400 characters', () => {
    assert.ok(parseJson('1'.repeat(400)).ok);
    assert.equal(parseJson('1'.repeat(401)).ok, false);
  });
});
