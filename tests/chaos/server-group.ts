/** Server processes on one database that are killed and replaced while others work. */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { startTestServer, type TestServer } from '../support/server.ts';
import { chooseOne, type Random } from './random.ts';

export type ServerGroup = {
  /** One that is up, at random; undefined while none is. */
  pick(): TestServer | undefined;
  upCount(): number;
  /** SIGKILL to one that is up, at random; a new one is started at its address at once. A start that fails is kept in `failedStarts`. */
  killOne(): Promise<void>;
  /** Until no start is under way. */
  settled(): Promise<void>;
  readonly failedStarts: readonly string[];
  stop(): Promise<void>;
};

export type ServerGroupOptions = {
  readonly servers: number;
  readonly random: Random;
  readonly environment: Readonly<Record<string, string>>;
  /** Each server gets a directory of its own below it. */
  readonly directory: string;
};

type Up = { readonly server: TestServer; readonly port: number };

/** Starts all of them at the same moment; resolves when all are ready or have failed. */
export async function startServerGroup(options: ServerGroupOptions): Promise<ServerGroup> {
  const { servers, random, environment, directory } = options;
  const up: Up[] = [];
  const starting = new Set<Promise<void>>();
  const failedStarts: string[] = [];
  let count = 0;

  async function startOne(port: number): Promise<void> {
    count += 1;
    const dataDirectory = path.join(directory, String(count));
    try {
      const server = await startTestServer({ dataDirectory, environment: { ...environment, PORT: String(port) } });
      up.push({ server, port });
    } catch (error) {
      failedStarts.push(String(error).slice(0, 2000));
    }
  }

  function start(port: number): void {
    const started = startOne(port).finally(() => starting.delete(started));
    starting.add(started);
  }

  async function settled(): Promise<void> {
    while (starting.size > 0) await Promise.all(starting);
  }

  for (const port of await findPorts(servers)) start(port);
  await settled();
  return {
    pick: () => chooseOne(random, up)?.server,
    upCount: () => up.length,
    failedStarts,
    async killOne() {
      const victim = chooseOne(random, up);
      if (victim === undefined) return;
      up.splice(up.indexOf(victim), 1);
      await victim.server.kill();
      start(victim.port);
      await rm(victim.server.dataDirectory, { recursive: true, force: true });
    },
    settled,
    async stop() {
      await settled();
      await Promise.all(up.splice(0).map(({ server }) => server.stop()));
    },
  };
}

/** Different ports that are free now. */
async function findPorts(count: number): Promise<number[]> {
  const listeners = await Promise.all(Array.from({ length: count }, listenAnywhere));
  // A listening TCP socket has this form of address.
  const ports = listeners.map((listener) => (listener.address() as AddressInfo).port);
  for (const listener of listeners) listener.close();
  return ports;
}

async function listenAnywhere(): Promise<net.Server> {
  const listener = net.createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return listener;
}
