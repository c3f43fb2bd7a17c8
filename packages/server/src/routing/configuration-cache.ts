/**
 * The routing configuration in force in this process: loaded once, and again whenever another process or the Web API changed one of its
 * rows (migration 0008 announces that). Readers always get a whole configuration, the newest that could be loaded.
 */
import type { RoutingConfiguration } from '@parley/engine';
import type { Database } from '../db/database.ts';
import { listen } from '../db/postgres-notifications.ts';
import type { Logger } from '../log.ts';
import { loadRoutingConfiguration } from './load-configuration.ts';

const channel = 'parley_configuration';
/** Changes come in bursts (one statement per row through the Web API), so a little patience saves many loads. */
const debounceMilliseconds = 50;
const shortestPause = 250;
const longestPause = 5000;

export type ConfigurationCache = {
  current(): RoutingConfiguration;
  /** Loads what is there now; resolves when it is in force. Rejects when it cannot be loaded; what is in force stays. */
  refresh(): Promise<void>;
  /** Called after each change, not for loads that found the same rows. Returns how to stop that. */
  onChange(callback: (configuration: RoutingConfiguration) => void): () => void;
  /** Stops listening; resolves when a load under way has ended. */
  close(): Promise<void>;
};

export type ConfigurationCacheParts = {
  readonly database: Database;
  /** For the listener, which has a connection of its own. */
  readonly connection: Parameters<typeof listen>[0];
  readonly log: Logger;
};

/** Resolves when the first configuration is loaded. Rejects when the database cannot be reached. */
export async function createConfigurationCache(parts: ConfigurationCacheParts): Promise<ConfigurationCache> {
  const { database, connection, log } = parts;
  const callbacks = new Set<(configuration: RoutingConfiguration) => void>();
  const reported = { problems: '' };
  let current: RoutingConfiguration | undefined;
  let running: Promise<void> | undefined;
  let pending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pause = shortestPause;
  let isClosed = false;

  async function load(): Promise<void> {
    const { configuration, problems } = await loadRoutingConfiguration(database);
    const text = problems.join('\n');
    if (text !== reported.problems) for (const problem of problems) log.warn({ problem }, 'Routing configuration');
    reported.problems = text;
    const isNew = current?.version !== configuration.version;
    const isFirst = current === undefined;
    if (isNew) current = configuration;
    if (!isNew || isFirst) return;
    for (const callback of callbacks) callback(configuration);
  }

  /** One load runs at a time; whoever asks meanwhile shares the next one, because the present one may have missed their change. */
  function refresh(): Promise<void> {
    if (running === undefined) {
      running = load().finally(() => {
        running = undefined;
      });
      return running;
    }
    pending ??= running
      .catch(() => undefined)
      .then(() => {
        pending = undefined;
        return refresh();
      });
    return pending;
  }

  function schedule(milliseconds: number): void {
    if (isClosed || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      refresh().then(
        () => {
          pause = shortestPause;
        },
        (error: unknown) => {
          log.error({ err: error }, 'The routing configuration could not be loaded; the last one stays in force');
          schedule(pause);
          pause = Math.min(pause * 2, longestPause);
        },
      );
    }, milliseconds);
  }

  // First the listener, then the load: a change between the two is heard.
  const listener = await listen(connection, [channel], () => schedule(debounceMilliseconds), {
    onLost: (error) =>
      log.warn({ reason: error.message }, 'Changes of the routing configuration are not heard for a while'),
    onRestored: () => schedule(0),
  });
  try {
    await refresh();
  } catch (error) {
    await listener.close();
    throw error;
  }

  return {
    current() {
      if (current === undefined) throw new Error('The routing configuration was asked for before it was loaded');
      return current;
    },
    refresh,
    onChange(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await listener.close();
      await (pending ?? running)?.catch(() => undefined);
    },
  };
}
