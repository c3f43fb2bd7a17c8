import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  matchesAnnotation,
  type Parsed,
  parseAccept,
  parseEntityTag,
  parseExpand,
  parseFilter,
  parseJson,
  parseOrderBy,
  parsePrefer,
  parseQueryOptions,
  parseResourcePath,
  parseSelect,
  printFilter,
} from './index.ts';

const tokens = [
  ...'()[]{},;:=/@$%&+-*.\'" \\',
  ...'0 1.5 1e5 -3 %27 %2F %28 %zz %C3 %00 \0 é 😀 \ud800 \\u0041 \\"'.split(' '),
  ...'a name any( all( o:o/ not and or eq ne gt has in add mul null true INF contains( @p _id_value'.split(' '),
  ...'$select= $filter= $expand= $orderby= $top= $count= $ref $count $value Microsoft.Dynamics.CRM.In('.split(' '),
  '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
  '2024-05-01T00:00:00Z',
  '23:59',
  "'x'",
  '["a"]',
  "{'@odata.id':'accounts(1)'}",
  'return=representation',
  'odata.include-annotations=',
  'odata.maxpagesize=',
  'W/"1"',
  'application/json',
];

/** Text that is nearly right gets further into a parser than random characters do. */
const noise = fc
  .array(fc.tuple(fc.constantFrom(...tokens), fc.constantFrom('', '', ' ')), { maxLength: 60 })
  .map((parts) => parts.flat().join(''));
const anyText = fc.oneof(
  fc.string({ maxLength: 100 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  noise,
);

const parsers: readonly [string, (text: string) => Parsed<unknown>][] = [
  ['parseFilter', parseFilter],
  ['parseSelect', parseSelect],
  ['parseOrderBy', parseOrderBy],
  ['parseExpand', parseExpand],
  ['parseQueryOptions', parseQueryOptions],
  ['parseResourcePath', parseResourcePath],
  ['parseJson', parseJson],
  ['parseEntityTag', parseEntityTag],
];

describe('every parser', () => {
  for (const [name, parse] of parsers) {
    it(`${name} answers any text with a value, or with a problem that has a place and a message`, () => {
      fc.assert(
        fc.property(anyText, (text) => {
          const parsed = parse(text);
          if (parsed.ok) return;
          const { message, position, source } = parsed.error;
          assert.ok(message.length > 0 && source.length > 0);
          assert.ok(position >= 0 && position <= text.length);
        }),
        { numRuns: 1000 },
      );
    });
  }

  it('lets header values of any kind pass without throwing', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        parsePrefer(text);
        parseAccept(text);
        matchesAnnotation(text, other);
      }),
      { numRuns: 1000 },
    );
  });

  it('prints what parses into text that parses to the same text again', () => {
    fc.assert(
      fc.property(noise, (text) => {
        const first = parseFilter(text);
        if (!first.ok) return;
        const printed = printFilter(first.value);
        const second = parseFilter(printed);
        assert.equal(second.ok && printFilter(second.value), printed);
      }),
      { numRuns: 2000 },
    );
  });

  it('gets through large hostile texts', () => {
    const size = 30_000;
    const pieces = ['(', ')', "'", "''", '"', '[', '{', '%', '%27', '/', ',', '&', '-', 'not ', 'a/', 'a.', 'a,', 'a('];
    const more = [
      "a in ('",
      '@a=1&',
      '$x',
      'a eq 1 or ',
      '1 add ',
      'a/any(b:',
      'a($expand=',
      '[[',
      '{"a":',
      '"\\u',
      ' ',
    ];
    for (const piece of [...pieces, ...more]) {
      const text = piece.repeat(size);
      for (const [, parse] of parsers) parse(text);
      parsePrefer(text);
      parseAccept(text);
      matchesAnnotation(text, text);
    }
  });
});
