import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDateText } from './bind-literal.ts';

describe('dates in queries and payloads', () => {
  const accepted: readonly [text: string, utc: string][] = [
    ['2024-05-01', '2024-05-01T00:00:00.000Z'],
    ['2024-05-01T09:30:00Z', '2024-05-01T09:30:00.000Z'],
    ['2024-05-01T09:30', '2024-05-01T09:30:00.000Z'],
    ['2024-05-01T09:30:00+02:00', '2024-05-01T07:30:00.000Z'],
    ['2024-05-01T09:30:00.123456Z', '2024-05-01T09:30:00.123Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['0001-01-01', '0001-01-01T00:00:00.000Z'],
  ];
  for (const [text, utc] of accepted) test(`${text} is ${utc}`, () => assert.equal(parseDateText(text), utc));

  for (const text of [
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '2024-05-01T24:00:00Z',
    '2024-05-01T10:60:00Z',
    '2024-05-01T10:00:00+15:00',
    '0000-01-01',
    '9999-12-31T23:59:59-14:00',
    '0001-01-01T00:00:00+14:00',
    '24-05-01',
    'today',
    '',
  ]) {
    test(`'${text}' is no date`, () => assert.equal(parseDateText(text), undefined));
  }
});
