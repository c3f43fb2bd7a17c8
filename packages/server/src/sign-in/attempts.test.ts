/** Which client addresses share a window. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressWindow } from './attempts.ts';

const windows: Array<[string | undefined, string]> = [
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:DB8::6', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  [undefined, 'unknown'],
];
for (const [address, window] of windows) {
  test(`${address} counts as ${window}`, () => assert.equal(addressWindow(address), window));
}
