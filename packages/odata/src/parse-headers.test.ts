import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAccept, parseEntityTag } from './parse-headers.ts';

describe('parseEntityTag', () => {
  for (const [text, expected] of [
    ['*', { kind: 'any' }],
    ['null', { kind: 'none' }],
    ['W/"502186"', { kind: 'version', version: '502186' }],
    [' "7" ', { kind: 'version', version: '7' }],
    ['W/"9223372036854775807"', { kind: 'version', version: '9223372036854775807' }],
  ] as const) {
    it(`reads ${text}`, () => assert.deepEqual(parseEntityTag(text), { ok: true, value: expected }));
  }

  for (const text of [
    '',
    '"',
    '""',
    'W/',
    'W/"',
    'W/""',
    'W/"abc"',
    'W/"1',
    'W/1',
    '1',
    'w/"1"',
    'W/"-1"',
    'W/"1", W/"2"',
    'W/"9223372036854775808"',
    'W/"99999999999999999999"',
  ]) {
    it(`refuses ${text || 'nothing'} and names the header`, () => {
      const parsed = parseEntityTag(text, 'If-None-Match');
      assert.equal(!parsed.ok && parsed.error.source, 'If-None-Match');
    });
  }
});

describe('parseAccept', () => {
  for (const [text, metadata] of [
    [undefined, 'minimal'],
    ['', 'minimal'],
    ['application/json', 'minimal'],
    ['*/*', 'minimal'],
    ['application/*', 'minimal'],
    ['application/json;odata.metadata=full', 'full'],
    ['Application/JSON; OData.Metadata="none"; odata.streaming=true; IEEE754Compatible=true', 'none'],
    ['application/json;odata=fullmetadata', 'full'],
    ['application/json;odata=nometadata;charset=utf-8', 'none'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'minimal'],
    ['application/json;q=0.5,application/json;odata.metadata=full;q=0.9', 'full'],
    ['application/json;odata.metadata=full,application/json;odata.metadata=none', 'full'],
    ['application/json;odata=verbose,application/json;q=0.1', 'minimal'],
  ] as const) {
    it(`chooses ${metadata} for ${text}`, () => assert.deepEqual(parseAccept(text), { metadata }));
  }

  for (const text of [
    'application/xml',
    'text/plain, text/html;q=0.3',
    'application/json;q=0',
    'application/json;odata=verbose',
    'application/json;odata.metadata=some',
    ',',
  ]) {
    it(`accepts nothing of ours for ${text}`, () => assert.equal(parseAccept(text), undefined));
  }
});
