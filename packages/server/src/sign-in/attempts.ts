/**
 * Limits on failed sign-ins: sliding windows per account and per client address, kept in PostgreSQL so that all
 * server processes count together.
 */
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { type Database, readBoolean } from './database.ts';
import { HashQueueFull } from './password-hash.ts';

const windowSeconds = 300;
const mostPerAccount = 10;
const mostPerAddress = 100;
const mostWaitingPerAccount = 256;

/** The account or the client address has used up its failures. */
export class TooManyAttempts extends Error {
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super('Too many failed sign-ins.');
    this.name = 'TooManyAttempts';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type AttemptLimiter = {
  /**
   * Runs one check of a password or secret. `check` resolves to undefined when it was wrong; that is counted.
   * Success clears the account's count. Fails with {@link TooManyAttempts} without running `check` when over a limit.
   */
  guard<Result>(
    account: string,
    address: string,
    check: () => Promise<Result | undefined>,
  ): Promise<Result | undefined>;
  /** Deletes what no window reaches any more. */
  sweep(): Promise<void>;
};

/** The window that a client address shares: a whole /64 for IPv6, since one client has all of it. */
export function addressWindow(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const front = head.split(':').filter(Boolean);
  const back = tail.split(':').filter(Boolean);
  const groups = address.includes('::')
    ? [...front, ...Array(8 - front.length - back.length).fill('0'), ...back]
    : front;
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** Creates the limiter over table `parley.sign_in_attempt`. */
export function createAttemptLimiter(database: Database): AttemptLimiter {
  // Checks of one account run one after another in a process; otherwise a burst of parallel guesses would all
  // pass before the first failure is counted.
  const turns = new Map<string, { last: Promise<unknown>; waiting: number }>();

  async function inTurn<Result>(account: string, run: () => Promise<Result>): Promise<Result> {
    const turn = turns.get(account) ?? { last: Promise.resolve(), waiting: 0 };
    if (turn.waiting >= mostWaitingPerAccount) throw new HashQueueFull();
    turns.set(account, turn);
    turn.waiting += 1;
    const mine = turn.last.then(run);
    turn.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      turn.waiting -= 1;
      if (turn.waiting === 0) turns.delete(account);
    }
  }

  return {
    async guard(account, address, check) {
      const key = createHash('sha256').update(account.toLowerCase()).digest('base64url');
      const window = addressWindow(address);
      return inTurn(key, async () => {
        const { failures, retryAfterSeconds } = await readWindows(database, key, window);
        if (retryAfterSeconds > 0) throw new TooManyAttempts(retryAfterSeconds);
        const result = await check();
        if (result === undefined) {
          await database.query('INSERT INTO parley.sign_in_attempt (account, address) VALUES ($1, $2)', [key, window]);
        } else if (failures) {
          await database.query('DELETE FROM parley.sign_in_attempt WHERE account = $1', [key]);
        }
        return result;
      });
    },
    async sweep() {
      await database.query(`DELETE FROM parley.sign_in_attempt WHERE attempted_at < now() - $1 * interval '1 second'`, [
        windowSeconds,
      ]);
    },
  };
}

async function readWindows(
  database: Database,
  account: string,
  address: string,
): Promise<{ failures: boolean; retryAfterSeconds: number }> {
  // The n-th latest failure, where n is the limit, blocks until it leaves the window.
  const { rows } = await database.query<{ failures: string; wait: string | null }>(
    `SELECT EXISTS (SELECT 1 FROM parley.sign_in_attempt WHERE account = $1)::text AS failures,
            ceil(extract(epoch FROM max(leaves_at) - now()))::text AS wait
       FROM ((SELECT attempted_at + $3 * interval '1 second' AS leaves_at FROM parley.sign_in_attempt
               WHERE account = $1 ORDER BY attempted_at DESC OFFSET $4 LIMIT 1)
             UNION ALL
             (SELECT attempted_at + $3 * interval '1 second' FROM parley.sign_in_attempt
               WHERE address = $2 ORDER BY attempted_at DESC OFFSET $5 LIMIT 1)) AS blocking`,
    [account, address, windowSeconds, mostPerAccount - 1, mostPerAddress - 1],
  );
  const row = rows[0];
  return { failures: readBoolean(row?.failures ?? 'false'), retryAfterSeconds: Math.max(0, Number(row?.wait ?? 0)) };
}
