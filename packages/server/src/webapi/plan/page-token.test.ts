import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WebApiError } from '@parley/protocol';
import fc from 'fast-check';
import { readPageToken, writePageToken } from './page-token.ts';

const start = { pageNumber: 2, values: ['2024-05-01 10:00:00+00', null, 'id'] };

describe('page tokens', () => {
  test('come back as they were written, with the query that they belong to', () => {
    assert.deepEqual(readPageToken(writePageToken(start, 'digest'), 'digest', 3), start);
  });
  test('of another query are refused as such', () => {
    assert.throws(() => readPageToken(writePageToken(start, 'digest'), 'other', 3), {
      errorName: 'pagingCookieMismatch',
    });
    assert.throws(() => readPageToken(writePageToken(start, 'digest'), 'digest', 2), {
      errorName: 'pagingCookieMismatch',
    });
  });
  test('made by hand are refused, whatever they hold', () => {
    const forged = fc.oneof(
      fc.string(),
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
    );
    fc.assert(
      fc.property(forged, (token) => {
        try {
          readPageToken(token, 'digest', 3);
        } catch (error) {
          assert.ok(error instanceof WebApiError);
        }
      }),
    );
  });
});
