/**
 * HTTP to addresses that others have chosen, without becoming their tool (server-side request forgery). Every address that a name
 * resolves to is judged at the moment of connecting, by the lookup that the connection itself uses, and once more on the connected
 * socket: a name that resolves differently the second time gains nothing. Redirects are answers, never followed.
 */
import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, errors, request } from 'undici';
import { isAddressAllowed, isHostNamed, type NetworkAllowance } from './network-allowance.ts';

export type GuardedRequest = {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For all of it, from connecting to the last byte. */
  readonly timeoutMilliseconds: number;
  /** Of the answer's body. */
  readonly maximumBytes: number;
  /** What happens to a longer body: cut off there, or a failure. */
  readonly onLongBody: 'cut' | 'fail';
};

export type GuardedAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
    }
  /** Not allowed to go there: trying again changes nothing. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Not reached, or not answered in time. */
  | { readonly kind: 'failed'; readonly reason: string };

export type GuardedFetch = {
  send(request: GuardedRequest): Promise<GuardedAnswer>;
  /** Ends what is in flight. */
  close(): Promise<void>;
};

export type ResolvedAddress = { readonly address: string; readonly family: number };
/** All addresses of a name. */
export type ResolveHost = (host: string) => Promise<readonly ResolvedAddress[]>;

class AddressRefused extends Error {}

const resolveWithSystem: ResolveHost = (host) => dns.promises.lookup(host, { all: true });

/** @param resolve replaces the system's name resolution */
export function createGuardedFetch(
  allowance: NetworkAllowance,
  resolve: ResolveHost = resolveWithSystem,
): GuardedFetch {
  const agent = new Agent({ connect: guardedConnector(allowance, resolve), connections: 8, pipelining: 1 });
  return {
    send: (wanted) => send(agent, allowance, wanted),
    close: () => agent.destroy(),
  };
}

async function send(agent: Agent, allowance: NetworkAllowance, wanted: GuardedRequest): Promise<GuardedAnswer> {
  const reason = judgeUrl(wanted.url, allowance);
  if (reason !== undefined) return { kind: 'refused', reason };
  try {
    const answer = await request(wanted.url, {
      dispatcher: agent,
      method: wanted.method,
      headers: { ...wanted.headers },
      body: wanted.body ?? null,
      signal: AbortSignal.timeout(wanted.timeoutMilliseconds),
    });
    const body = await readBody(answer.body, wanted);
    if (body === undefined) return { kind: 'refused', reason: `the answer has more than ${wanted.maximumBytes} bytes` };
    return { kind: 'answered', status: answer.statusCode, headers: singleHeaders(answer.headers), body };
  } catch (error) {
    if (error instanceof AddressRefused) return { kind: 'refused', reason: error.message };
    return { kind: 'failed', reason: describeFailure(error) };
  }
}

/**
 * What an address may look like before anything is resolved. The parser of URLs has by now turned every other way to write an
 * IPv4 address (decimal, octal, hexadecimal, with fewer parts) into the usual one.
 * @returns what is wrong with it
 */
export function judgeUrl(text: string, allowance: NetworkAllowance): string | undefined {
  if (!URL.canParse(text)) return 'the address is no URL';
  const url = new URL(text);
  const isNamed = isHostNamed(url.hostname, allowance);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isNamed))
    return 'the address must start with https://';
  if (url.username !== '' || url.password !== '') return 'the address must not hold a user or password';
  // Below 1024 are the services of machines, mail among them, that can be talked into something over HTTP.
  const port = Number(url.port);
  if (!isNamed && url.port !== '' && port < 1024) return `port ${port} is not allowed`;
  const isAddress = /^\[|^[\d.]+$/.test(url.hostname);
  if (isAddress && !isAddressAllowed(url.hostname, allowance)) return 'the address is not a public one';
  return undefined;
}

function guardedConnector(allowance: NetworkAllowance, resolve: ResolveHost): buildConnector.connector {
  const lookup: LookupFunction = (host, options, callback) => {
    resolveAllowed(host, allowance, resolve).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) callback(null, addresses);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: Error) => callback(error, ''),
    );
  };
  const connect = buildConnector({ lookup });
  return (options, callback) => {
    connect(options, (...outcome) => {
      const [failure, socket] = outcome;
      const isFine =
        failure !== null ||
        isHostNamed(options.hostname, allowance) ||
        isAddressAllowed(socket.remoteAddress ?? '', allowance);
      if (isFine) callback(...outcome);
      else {
        socket.destroy();
        callback(new AddressRefused('the address is not a public one'), null);
      }
    });
  };
}

/** One address that is not allowed refuses the name: which of them is connected to is not ours to choose. */
async function resolveAllowed(
  host: string,
  allowance: NetworkAllowance,
  resolve: ResolveHost,
): Promise<{ address: string; family: number }[]> {
  const addresses = await resolve(host);
  if (addresses.length === 0) throw new Error('the name has no address');
  if (!isHostNamed(host, allowance) && !addresses.every(({ address }) => isAddressAllowed(address, allowance)))
    throw new AddressRefused('the name resolves to an address that is not a public one');
  return addresses.map(({ address, family }) => ({ address, family }));
}

async function readBody(body: AsyncIterable<unknown>, wanted: GuardedRequest): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  // undici delivers buffers as long as no encoding is set; leaving the loop ends the connection.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > wanted.maximumBytes) {
      if (wanted.onLongBody === 'fail') return undefined;
      chunks.push(chunk.subarray(0, chunk.length - (length - wanted.maximumBytes)));
      break;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function singleHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
  );
  return Object.fromEntries(entries);
}

/** A few words, without anything that the other side has sent. */
function describeFailure(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  if (error instanceof errors.UndiciError)
    return error.code === 'UND_ERR_CONNECT_TIMEOUT' ? 'no connection in time' : error.code;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'the connection failed';
}
