/** Server processes on one database that are killed and replaced while others work. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { startTestServer, type TestServer } from '../support/server.ts';
import { chooseOne, type Random } from './random.ts';

export type ServerGroup = {
  /** One that is up, at random; undefined while none is. */
  pick(): TestServer | undefined;
  upCount(): number;
  /** Starts one more, ready when this resolves. A start that fails is kept in `failedStarts`. */
  start(): Promise<void>;
  /** SIGKILL to one that is up, at random; a new one is started at once. @returns false when none is up */
  killOne(): Promise<boolean>;
  /** Until no start is under way. */
  settled(): Promise<void>;
  readonly failedStarts: readonly string[];
  stop(): Promise<void>;
};

export type ServerGroupOptions = {
  readonly random: Random;
  readonly environment: Readonly<Record<string, string>>;
  /** Each server gets a directory of its own below it. */
  readonly directory: string;
};

export function createServerGroup({ random, environment, directory }: ServerGroupOptions): ServerGroup {
  const up: TestServer[] = [];
  const starting = new Set<Promise<void>>();
  const failedStarts: string[] = [];
  let count = 0;

  async function startOne(): Promise<void> {
    count += 1;
    const dataDirectory = path.join(directory, String(count));
    try {
      up.push(await startTestServer({ dataDirectory, environment }));
    } catch (error) {
      failedStarts.push(String(error).slice(0, 2000));
    }
  }

  function start(): Promise<void> {
    const started = startOne().finally(() => starting.delete(started));
    starting.add(started);
    return started;
  }

  return {
    pick: () => chooseOne(random, up),
    upCount: () => up.length,
    failedStarts,
    start,
    async killOne() {
      const victim = chooseOne(random, up);
      if (victim === undefined) return false;
      up.splice(up.indexOf(victim), 1);
      await victim.kill();
      void start();
      await rm(victim.dataDirectory, { recursive: true, force: true });
      return true;
    },
    async settled() {
      while (starting.size > 0) await Promise.all(starting);
    },
    async stop() {
      await this.settled();
      await Promise.all(up.splice(0).map((server) => server.stop()));
    },
  };
}
