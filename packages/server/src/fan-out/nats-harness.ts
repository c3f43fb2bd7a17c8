/** A real NATS server for tests: a process of its own on a port that the system chooses. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';

export type NatsServer = {
  readonly url: string;
  /** Starts the same server again, on the same port, after `stop`. */
  start(): Promise<void>;
  /** Ends it without a farewell to its clients. */
  stop(): Promise<void>;
};

/** Debian installs it where the path of ordinary users does not lead. */
const places = ['/usr/sbin/nats-server', '/usr/local/bin/nats-server', '/usr/bin/nats-server'];

export async function startNatsServer(...more: string[]): Promise<NatsServer> {
  const program = await findProgram();
  const port = await findPort();
  let child: ChildProcess | undefined;
  process.once('exit', () => child?.kill('SIGKILL'));
  const server: NatsServer = {
    url: `nats://127.0.0.1:${port}`,
    async start(): Promise<void> {
      const started = spawn(program, ['-a', '127.0.0.1', '-p', String(port), ...more], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child = started;
      const lines = createInterface({ input: started.stderr });
      await new Promise<void>((resolve, reject) => {
        lines.on('line', (line) => {
          if (line.includes('Server is ready')) resolve();
        });
        started.once('error', reject);
        started.once('exit', (code) => reject(new Error(`nats-server ended with code ${code}`)));
      });
    },
    async stop(): Promise<void> {
      const running = child;
      child = undefined;
      if (running === undefined || running.exitCode !== null) return;
      const ended = once(running, 'exit');
      running.kill('SIGKILL');
      await ended;
    },
  };
  await server.start();
  return server;
}

async function findProgram(): Promise<string> {
  for (const place of [process.env['PARLEY_NATS_SERVER'] ?? '', ...places]) {
    const isThere = await access(place).then(
      () => place !== '',
      () => false,
    );
    if (isThere) return place;
  }
  throw new Error('Tests need the program nats-server: install it (Debian: nats-server) or set PARLEY_NATS_SERVER');
}

async function findPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
