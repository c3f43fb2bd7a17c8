import assert from 'node:assert/strict';
import test from 'node:test';
import { errorText } from './error-text.ts';

test('an error is told with its causes', () => {
  const error = new Error('cannot send', { cause: new TypeError('no address') });
  assert.equal(errorText(error), 'Error: cannot send; because of TypeError: no address');
  assert.equal(errorText('just a text'), 'just a text');
});

test('a text fits its column whatever was thrown', () => {
  assert.equal(errorText('x'.repeat(5_000)).length, 2_000);
  assert.equal(errorText(new Error('a\0b')), 'Error: ab');
  const endless = new Error('again');
  endless.cause = endless;
  assert.match(errorText(endless), /^Error: again; because of/);
});
