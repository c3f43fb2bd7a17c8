/** Password hashes: their form, their comparison, and what happens under a burst. */
import assert from 'node:assert/strict';
import { scryptSync } from 'node:crypto';
import { test } from 'node:test';
import { HashQueueFull, hashPassword, nobodysHash, verifyPassword } from './password-hash.ts';

test('a hash names its parameters, is salted, and matches its password alone', async () => {
  const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  assert.match(first, /^scrypt\$ln=15,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/);
  assert.notEqual(first, second);
  assert.deepEqual(await verifyPassword('correct horse', first), { matches: true, outdated: false });
  assert.deepEqual(await verifyPassword('Correct horse', first), { matches: false, outdated: false });
});

test('a hash made with other parameters still matches and asks to be renewed', async () => {
  const salt = Buffer.alloc(16, 7);
  const hash = scryptSync('old', salt, 32, { N: 2 ** 14, r: 8, p: 1 });
  const stored = `scrypt$ln=14,r=8,p=1$${salt.toString('base64url')}$${hash.toString('base64url')}`;
  assert.deepEqual(await verifyPassword('old', stored), { matches: true, outdated: true });
});

test('a password typed with composed or decomposed characters is the same', async () => {
  const stored = await hashPassword('caf\u00e9');
  assert.equal((await verifyPassword('cafe\u0301', stored)).matches, true);
});

test('nobody has the password of the placeholder, nor one longer than the limit', async () => {
  assert.equal((await verifyPassword('', nobodysHash)).matches, false);
  const long = 'x'.repeat(1024);
  assert.equal((await verifyPassword(`${long}y`, await hashPassword(long))).matches, false);
});

test('a burst beyond the queue is turned away at once, and what was queued still finishes', async () => {
  const cheap = `scrypt$ln=04,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;
  const results = await Promise.allSettled(Array.from({ length: 80 }, () => verifyPassword('x', cheap)));
  const refused = results.filter((result) => result.status === 'rejected');
  assert.equal(refused.length, 80 - 66);
  assert.ok(refused.every(({ reason }) => reason instanceof HashQueueFull));
  assert.equal((await verifyPassword('x', cheap)).matches, false);
});
