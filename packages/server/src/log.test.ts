import assert from 'node:assert/strict';
import test from 'node:test';
import { createLog } from './log.ts';

test('secrets are not written, wherever they sit in a line', () => {
  let written = '';
  const log = createLog('info', {
    write: (line) => {
      written += line;
    },
  });
  log.info({ password: 's-1', headers: { authorization: 's-2', 'set-cookie': ['s-3'] } }, 'one');
  log.info({ request: { headers: { cookie: 's-4', host: 'kept' } }, a: { b: { c: { client_secret: 's-5' } } } }, 'two');
  log.info({ token: 's-6', body: { assertion: 's-7' } }, 'three');
  assert.doesNotMatch(written, /s-\d/);
  assert.match(written, /kept/);
  assert.equal(written.trim().split('\n').length, 3);
});
