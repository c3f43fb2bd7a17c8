/**
 * Hears NOTIFY on a connection of its own. PostgreSQL keeps nothing for a listener that is away, so a lost connection is told to
 * the caller, who has to look for what was missed once it is restored.
 */
import pg from 'pg';
import { withSessionSettings } from './pool.ts';

const shortestPause = 100;
const longestPause = 5_000;

export interface NotificationListener {
  /** Stops listening; resolves when the connection is closed. */
  close(): Promise<void>;
}

export interface ConnectionWatcher {
  /** The connection broke: notifications may be missed from now on. */
  onLost(error: Error): void;
  /** Listening again: whatever was written in between was not heard. */
  onRestored(): void;
}

/**
 * Listens on `channels` and calls `handler` for each notification. Rejects when the first connection fails; later losses are
 * reported to the watcher and repaired with pauses of 0.1 to 5 seconds, for as long as it takes.
 */
export async function listen(
  connection: pg.PoolConfig,
  channels: readonly string[],
  handler: (channel: string, payload: string) => void,
  watcher: ConnectionWatcher,
): Promise<NotificationListener> {
  const stopped = new AbortController();
  let client = await openListener();

  async function openListener(): Promise<pg.Client> {
    const opened = new pg.Client({
      ...withSessionSettings(connection),
      application_name: 'parley-listener',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    opened.on('notification', ({ channel, payload }) => handler(channel, payload ?? ''));
    let failure: Error | undefined;
    opened.on('error', (error) => {
      failure ??= error;
    });
    try {
      await opened.connect();
      for (const channel of channels) await opened.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      await opened.end().catch(() => undefined);
      throw error;
    }
    // Registered last: only a connection that was good can be lost.
    opened.on('end', () => {
      if (!stopped.signal.aborted) void repair(failure ?? new Error('The database closed the connection'));
    });
    if (failure !== undefined) throw failure;
    return opened;
  }

  async function repair(reason: Error): Promise<void> {
    watcher.onLost(reason);
    for (let pause = shortestPause; !stopped.signal.aborted; pause = Math.min(pause * 2, longestPause)) {
      await sleepUntilStopped(pause, stopped.signal);
      if (stopped.signal.aborted) return;
      const opened = await openListener().catch(() => undefined);
      if (opened === undefined) continue;
      client = opened;
      if (stopped.signal.aborted) await opened.end();
      else watcher.onRestored();
      return;
    }
  }

  return {
    async close(): Promise<void> {
      stopped.abort();
      await client.end().catch(() => undefined);
    },
  };
}

function sleepUntilStopped(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener('abort', finish, { once: true });
  });
}
