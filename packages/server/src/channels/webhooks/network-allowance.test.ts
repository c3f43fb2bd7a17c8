import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isAddressAllowed, isHostNamed, loopbackAllowance, parseAllowance } from './network-allowance.ts';

const nothing = parseAllowance([]);

describe('addresses that may be connected to', () => {
  for (const address of ['93.184.215.14', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])
    test(`${address} is public`, () => assert.equal(isAddressAllowed(address, nothing), true));

  for (const [address, what] of [
    ['127.0.0.1', 'loopback'],
    ['127.9.8.7', 'loopback'],
    ['::1', 'loopback'],
    ['0.0.0.0', 'this machine'],
    ['::', 'this machine'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'carrier NAT'],
    ['169.254.169.254', 'link-local, metadata services'],
    ['fe80::1', 'link-local'],
    ['fd00:ec2::254', 'unique local, metadata services'],
    ['fec0::1', 'site-local'],
    ['224.0.0.1', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['198.51.100.7', 'documentation'],
    ['2001:db8::1', 'documentation'],
    ['::ffff:127.0.0.1', 'mapped loopback'],
    ['::ffff:a9fe:a9fe', 'mapped metadata service'],
    ['64:ff9b::7f00:1', 'translated loopback'],
    ['2002:7f00:1::', '6to4 loopback'],
    ['::127.0.0.1', 'compatible loopback'],
    ['127.1', 'no address'],
    ['0x7f.0.0.1', 'no address'],
    ['2130706433', 'no address'],
    ['localhost', 'no address'],
    ['', 'no address'],
  ] as const)
    test(`${address} is not: ${what}`, () => assert.equal(isAddressAllowed(address, nothing), false));
});

describe('what an operator allows', () => {
  const allowance = parseAllowance(['crm.internal', '10.1.0.0/16', '192.168.7.9', 'fd12::/16']);

  test('ranges and single addresses count besides public ones', () => {
    for (const address of ['10.1.255.1', '192.168.7.9', 'fd12::1', '::ffff:10.1.2.3', '8.8.8.8'])
      assert.equal(isAddressAllowed(address, allowance), true, address);
    for (const address of ['10.2.0.1', '192.168.7.10', 'fd13::1', '127.0.0.1'])
      assert.equal(isAddressAllowed(address, allowance), false, address);
  });

  test('a name counts exactly, whatever its case', () => {
    assert.equal(isHostNamed('CRM.internal', allowance), true);
    assert.equal(isHostNamed('crm.internal.', allowance), true);
    assert.equal(isHostNamed('evil.crm.internal', allowance), false);
    assert.equal(isHostNamed('[fd12::1]', allowance), true);
  });

  test('the demo reaches its own machine', () => {
    const demo = parseAllowance(loopbackAllowance);
    for (const host of ['localhost', '127.0.0.1', '[::1]']) assert.equal(isHostNamed(host, demo), true, host);
    assert.equal(isAddressAllowed('10.0.0.1', demo), false);
  });

  for (const entry of ['10.0.0.0/99', '1.2.3', 'http://host', 'a b', '*'])
    test(`"${entry}" is refused`, () => assert.throws(() => parseAllowance([entry]), RangeError));
});
