/**
 * Which network addresses the server may call on behalf of others. Public unicast addresses only: everything else (this machine,
 * private and link-local networks, metadata services, multicast, translation prefixes) could be made to do what the caller may not.
 */
import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.parse>;

/** What an operator allows besides public addresses (PARLEY_WEBHOOK_ALLOW). */
export type NetworkAllowance = {
  /** Host names in lower case. */
  readonly hosts: ReadonlySet<string>;
  readonly ranges: readonly [Address, number][];
};

/** For the demo organisation, whose channels are tried out on the machine that it runs on. */
export const loopbackAllowance: readonly string[] = ['localhost', '127.0.0.0/8', '::1'];

const hostPattern = /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/;

/**
 * @param entries host names, addresses and ranges (`10.1.0.0/16`)
 * @throws RangeError naming the first entry that is none of them
 */
export function parseAllowance(entries: readonly string[]): NetworkAllowance {
  const hosts = new Set<string>();
  const ranges: [Address, number][] = [];
  for (const entry of entries) {
    const range = parseRange(entry);
    if (range !== undefined) ranges.push(range);
    else if (hostPattern.test(entry.toLowerCase()) && !/^[0-9.]+$/.test(entry)) hosts.add(entry.toLowerCase());
    else throw new RangeError(`"${entry}" is neither a host name nor an address nor a range of addresses`);
  }
  return { hosts, ranges };
}

function parseRange(entry: string): [Address, number] | undefined {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  const address = parseAddress(entry);
  return address === undefined ? undefined : [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** Addresses as programs print them; the shorter IPv4 forms (`127.1`, `0x7f.1`, `2130706433`) are none. Mapped IPv4 is IPv4. */
function parseAddress(text: string): Address | undefined {
  const bare = text.replace(/^\[|\]$/g, '');
  if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !ipaddr.IPv6.isValid(bare)) return undefined;
  return ipaddr.process(bare);
}

/** Whether an address may be connected to. What is no address may not. */
export function isAddressAllowed(text: string, allowance: NetworkAllowance): boolean {
  const address = parseAddress(text);
  return address !== undefined && (address.range() === 'unicast' || isInRanges(address, allowance));
}

/** Whether the operator named this host, or an address range that it is in when it is an address. */
export function isHostNamed(host: string, allowance: NetworkAllowance): boolean {
  if (allowance.hosts.has(host.toLowerCase().replace(/\.$/, ''))) return true;
  const address = parseAddress(host);
  return address !== undefined && isInRanges(address, allowance);
}

function isInRanges(address: Address, { ranges }: NetworkAllowance): boolean {
  return ranges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
}
