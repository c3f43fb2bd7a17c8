/**
 * Hashes of passwords and client secrets: scrypt (RFC 7914) with its parameters written into the result.
 * One hash needs 32 MiB and tens of milliseconds, so at most two run at once and the queue behind them is bounded.
 */
import { createHmac, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

const current = { logCost: 15, blockSize: 8, parallelism: 1 } as const;
const saltBytes = 16;
const hashBytes = 32;
const longestPassword = 1024;
const mostAtOnce = 2;
const longestQueue = 64;

const form = /^scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/;

/** A well-formed hash that no password has: verified against for unknown accounts, so that they cost the same time. */
export const nobodysHash: string = writeHash(Buffer.alloc(saltBytes), Buffer.alloc(hashBytes));

/** Too many hashes wait already; the caller answers "try again shortly". */
export class HashQueueFull extends Error {
  constructor() {
    super('Too many sign-ins are waiting to be checked.');
    this.name = 'HashQueueFull';
  }
}

/** Keyed traces of stored hash and password together, so a new password makes the old trace useless. */
const matchKey = randomBytes(32);
const knownMatches = new Set<string>();
const mostKnownMatches = 1000;

let running = 0;
const waiting: Array<() => void> = [];

/** Hashes a password or secret with the current parameters. Fails with {@link HashQueueFull} under a burst. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  return writeHash(salt, await deriveInTurn(password, salt, current));
}

/**
 * Compares a password or secret with a stored hash in constant time. A match is remembered in this process, so that
 * a client which asks for tokens all the time is hashed once; a wrong password always costs the full hash.
 * `outdated` asks the caller to store a new hash: the parameters have changed since this one was made.
 */
export async function verifyPassword(
  password: string,
  stored: string,
): Promise<{ matches: boolean; outdated: boolean }> {
  const [, logCost, blockSize, parallelism, salt, expected] = form.exec(stored) ?? [];
  if (salt === undefined || expected === undefined) throw new Error('A stored password hash is not in the known form.');
  const parameters = { logCost: Number(logCost), blockSize: Number(blockSize), parallelism: Number(parallelism) };
  const outdated =
    parameters.logCost !== current.logCost ||
    parameters.blockSize !== current.blockSize ||
    parameters.parallelism !== current.parallelism;
  const trace = createHmac('sha256', matchKey).update(`${stored}\n${password}`).digest('base64');
  if (knownMatches.has(trace)) return { matches: true, outdated };

  const actual = await deriveInTurn(password, Buffer.from(salt, 'base64url'), parameters);
  const equal = timingSafeEqual(actual, Buffer.from(expected, 'base64url'));
  const matches = equal && password.length <= longestPassword;
  if (matches) rememberMatch(trace);
  return { matches, outdated };
}

function rememberMatch(trace: string): void {
  const [oldest] = knownMatches;
  if (knownMatches.size >= mostKnownMatches && oldest !== undefined) knownMatches.delete(oldest);
  knownMatches.add(trace);
}

type Parameters = { logCost: number; blockSize: number; parallelism: number };

async function deriveInTurn(password: string, salt: Buffer, parameters: Parameters): Promise<Buffer> {
  if (running >= mostAtOnce) {
    if (waiting.length >= longestQueue) throw new HashQueueFull();
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await derive(password.slice(0, longestPassword), salt, parameters);
  } finally {
    const next = waiting.shift();
    // The place is handed on rather than freed, so that a newcomer cannot overtake the queue.
    if (next === undefined) running -= 1;
    else next();
  }
}

function derive(password: string, salt: Buffer, { logCost, blockSize, parallelism }: Parameters): Promise<Buffer> {
  const cost = 2 ** logCost;
  const options: ScryptOptions = { N: cost, r: blockSize, p: parallelism, maxmem: 2 * 128 * cost * blockSize };
  return new Promise((resolve, reject) => {
    // NFKC, so that the same password typed on another keyboard or system gives the same bytes.
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}

function writeHash(salt: Buffer, hash: Buffer): string {
  const { logCost, blockSize, parallelism } = current;
  return `scrypt$ln=${logCost},r=${blockSize},p=${parallelism}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}
