/** Which origins this server answers for: the public one, or those of the addresses that it listens on. */
import { networkInterfaces } from 'node:os';
import { WebApiError } from '@parley/protocol';

export type Origins = {
  /** Every origin that may appear in a request. */
  readonly all: readonly string[];
  /**
   * The origin to hand out for a request.
   * @throws WebApiError hostNotAllowed for a Host that this server does not listen on
   */
  of(host: string | undefined, isEncrypted: boolean): string;
};

export type ListeningAddress = { readonly host: string; readonly port: number; readonly tlsPort: number | undefined };

export function createOrigins(publicUrl: string | undefined, address: ListeningAddress): Origins {
  if (publicUrl !== undefined) return { all: [publicUrl], of: () => publicUrl };
  const hosts = hostNames(address.host);
  const plain = hosts.map((host) => `http://${withPort(host, address.port, 80)}`);
  const { tlsPort } = address;
  const encrypted = tlsPort === undefined ? [] : hosts.map((host) => `https://${withPort(host, tlsPort, 443)}`);
  const all = new Set([...plain, ...encrypted]);
  return {
    all: [...all],
    of: (host, isEncrypted) => {
      const origin = `${isEncrypted ? 'https' : 'http'}://${(host ?? '').toLowerCase()}`;
      if (!all.has(origin)) throw new WebApiError('hostNotAllowed', { host: (host ?? '').slice(0, 200) });
      return origin;
    },
  };
}

function withPort(host: string, port: number, defaultPort: number): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === defaultPort ? name : `${name}:${port}`;
}

/** Names that reach a listening address; a wildcard is reached under every address of the machine. */
function hostNames(host: string): string[] {
  const loopback = ['127.0.0.1', 'localhost', '::1'];
  if (loopback.includes(host)) return loopback;
  if (host !== '0.0.0.0' && host !== '::') return [host.toLowerCase()];
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  return [...new Set([...loopback, ...addresses])];
}
