/**
 * Named locks that one process at a time holds: session-level advisory locks of PostgreSQL, all on one connection of their own.
 * They end with the connection, so a process that dies gives them up without anybody's help.
 */
import pg from 'pg';
import type { Logger } from '../log.ts';
import { withSessionSettings } from './pool.ts';

/**
 * A machine that vanishes closes nothing. With these the database notices after about ten seconds that nobody is there, instead
 * of after two hours. They have no effect on local sockets.
 */
const keepAliveSettings = 'SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3';

/** A hash of the name, so that locks need no register of numbers. */
const keyOfName = 'hashtextextended($1, 0)';

export type SessionLock = {
  /** Aborted when the connection is lost, and with it the lock: somebody else may hold it from now on. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
};

export type SessionLocks = {
  /** The lock, or undefined while anybody holds it, this process included. @throws when the database cannot be reached */
  tryAcquire(name: string): Promise<SessionLock | undefined>;
  /** Gives up all locks and closes the connection. */
  close(): Promise<void>;
};

/** One connection and what is held on it. */
type Session = {
  readonly lost: AbortController;
  readonly held: Set<string>;
  /** Runs a statement that answers true or false, after those that were asked for before. */
  ask(text: string, name: string): Promise<boolean>;
  end(): Promise<void>;
};

/** Connects at the first `tryAcquire`, and again after a loss. */
export function createSessionLocks(connection: pg.PoolConfig, log: Logger): SessionLocks {
  let session: Promise<Session> | undefined;
  let isClosed = false;

  function openOnce(): Promise<Session> {
    if (session !== undefined) return session;
    const opening = openSession(connection, log, () => {
      if (session === opening) session = undefined;
    });
    session = opening;
    return opening;
  }

  return {
    async tryAcquire(name): Promise<SessionLock | undefined> {
      if (isClosed) return undefined;
      const holder = await openOnce();
      // PostgreSQL gives a session the same lock twice: within this process it is kept apart here.
      if (holder.held.has(name)) return undefined;
      holder.held.add(name);
      try {
        if (await holder.ask(`SELECT pg_try_advisory_lock(${keyOfName})`, name))
          return { lost: holder.lost.signal, release: () => release(holder, name) };
      } catch (error) {
        // It may have been taken all the same, with the answer lost: closing is the sure way to give it back.
        await holder.end();
        throw error;
      }
      holder.held.delete(name);
      return undefined;
    },
    async close(): Promise<void> {
      isClosed = true;
      const holder = await session?.catch(() => undefined);
      await holder?.end();
    },
  };
}

async function openSession(connection: pg.PoolConfig, log: Logger, forget: () => void): Promise<Session> {
  const client = new pg.Client({
    ...withSessionSettings(connection),
    application_name: 'parley-locks',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
  });
  const lost = new AbortController();
  client.on('error', (error) => log.debug({ reason: error.message }, 'The connection of the locks broke'));
  client.on('end', () => {
    forget();
    lost.abort();
  });
  try {
    await client.connect();
    await client.query(keepAliveSettings);
  } catch (error) {
    forget();
    await client.end().catch(() => undefined);
    throw error;
  }
  let previous: Promise<unknown> = Promise.resolve();
  return {
    lost,
    held: new Set(),
    async ask(text, name): Promise<boolean> {
      const answer = previous.then(() => client.query<[boolean]>({ text, values: [name], rowMode: 'array' }));
      previous = answer.catch(() => undefined);
      return (await answer).rows[0]?.[0] === true;
    },
    async end(): Promise<void> {
      await client.end().catch(() => undefined);
    },
  };
}

async function release(session: Session, name: string): Promise<void> {
  if (session.lost.signal.aborted) return;
  // A lock that cannot be given back ends with its connection.
  await session.ask(`SELECT pg_advisory_unlock(${keyOfName})`, name).catch(() => session.end());
  session.held.delete(name);
}
