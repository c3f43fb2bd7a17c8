/**
 * The fan-out over NATS: core publish and subscribe, no streams. The connection is made and repaired in the background for as
 * long as it takes; meanwhile nothing waits for it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectionOptions, connect, type NatsConnection, wsconnect } from '@nats-io/transport-node';
import type { Logger } from '../log.ts';
import { checkSubjects, type FanOut, longestPayload } from './fan-out.ts';
import { createSubscribers, type Subscribers } from './subscribers.ts';

export type NatsFanOutOptions = {
  /** Of one NATS system: `nats:`, `tls:`, `ws:` or `wss:`, with user and password, or a token as the user, where it asks for them. */
  readonly urls: readonly string[];
  readonly log: Logger;
  /** Those that `subscribe` hears. */
  readonly subjects: readonly string[];
  /** Before every subject, with a dot between: different for each installation that shares the NATS system. */
  readonly prefix?: string;
};

/** Milliseconds between two attempts to connect. */
const reconnectPause = 500;
/** A server that is gone without a word is noticed after twice to three times this long, in milliseconds. */
const pingInterval = 5_000;

/** Returns at once; `status().isConnected` says when it is connected, and gap callbacks are called then. */
export function createNatsFanOut(options: NatsFanOutOptions): FanOut {
  const { log, subjects, prefix = 'parley' } = options;
  checkSubjects(subjects);
  const subscribers = createSubscribers(log);
  const link = keepConnected(options, subscribers);
  let sentCount = 0;
  let droppedCount = 0;

  /** Why it could not be sent; undefined: it was. */
  function send(connection: NatsConnection, subject: string, payload: string): string | undefined {
    if (Buffer.byteLength(payload) > longestPayload) return 'too long';
    try {
      connection.publish(`${prefix}.${subject}`, payload);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  return {
    async publish(subject, payloads): Promise<void> {
      checkSubjects([subject]);
      const connection = link.connection();
      if (connection === undefined) {
        // Not logged one by one: the loss of the connection was.
        droppedCount += payloads.length;
        return;
      }
      for (const payload of payloads) {
        const reason = send(connection, subject, payload);
        if (reason === undefined) {
          sentCount += 1;
        } else {
          droppedCount += 1;
          log.warn({ subject, reason }, 'Other servers were not told at once what happened');
        }
      }
    },
    subscribe: subscribers.subscribe,
    onGap: subscribers.onGap,
    status: () => ({
      isConnected: link.connection() !== undefined,
      sentCount,
      droppedCount,
      heardCount: link.heardCount(),
    }),
    close: link.close,
  };
}

type Link = {
  /** Undefined while there is none to publish on. */
  connection(): NatsConnection | undefined;
  heardCount(): number;
  close(): Promise<void>;
};

/** Connects, subscribes, and starts again whenever the library gives up. */
function keepConnected(options: NatsFanOutOptions, subscribers: Subscribers): Link {
  const { log, subjects, prefix = 'parley' } = options;
  const closing = new AbortController();
  let present: NatsConnection | undefined;
  let isUp = false;
  let heardCount = 0;

  function listenOn(connection: NatsConnection): void {
    for (const subject of subjects) {
      connection.subscribe(`${prefix}.${subject}`, {
        callback: (error, message) => {
          if (error !== null) return;
          heardCount += 1;
          subscribers.tell(subject, message.string());
        },
      });
    }
  }

  function setUp(isUpNow: boolean): void {
    if (isUp === isUpNow) return;
    isUp = isUpNow;
    if (isUp) {
      log.info('NATS is connected');
      // Whatever was sent before was not heard here.
      subscribers.tellGap();
    } else if (!closing.signal.aborted) {
      log.warn('NATS is away: other servers find out a little later what happens here');
    }
  }

  async function follow(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect' || type === 'staleConnection') setUp(false);
      if (type === 'reconnect') setUp(true);
    }
  }

  async function run(): Promise<void> {
    let isFailureTold = false;
    while (!closing.signal.aborted) {
      try {
        const connection = await open(options);
        isFailureTold = false;
        if (closing.signal.aborted) return await connection.close();
        listenOn(connection);
        // The subscriptions have arrived when this has: a gap is told only to those who hear what comes after it.
        await connection.flush();
        present = connection;
        setUp(true);
        await follow(connection);
        const reason = await connection.closed();
        if (reason instanceof Error) throw reason;
      } catch (error) {
        if (!isFailureTold) log.warn({ err: error }, 'NATS cannot be reached and is tried again until it can');
        isFailureTold = true;
      }
      present = undefined;
      setUp(false);
      await sleep(reconnectPause, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    connection: () => (isUp ? present : undefined),
    heardCount: () => heardCount,
    async close(): Promise<void> {
      closing.abort();
      await present?.close();
      await running;
    },
  };
}

function open({ urls, prefix = 'parley' }: NatsFanOutOptions): Promise<NatsConnection> {
  const addresses = urls.map((url) => new URL(url));
  const [first] = addresses;
  const isWebSocket = first?.protocol === 'ws:' || first?.protocol === 'wss:';
  const settings: ConnectionOptions = {
    servers: addresses.map(isWebSocket ? ({ protocol, host }) => `${protocol}//${host}` : ({ host }) => host),
    name: prefix,
    timeout: 5_000,
    maxReconnectAttempts: -1,
    reconnectTimeWait: reconnectPause,
    pingInterval,
    maxPingOut: 2,
    ...credentials(first),
    ...(first?.protocol === 'tls:' ? { tls: {} } : {}),
  };
  return isWebSocket ? wsconnect(settings) : connect(settings);
}

/** The library does not read them from addresses. One user alone is a token, as NATS itself has it. */
function credentials(url: URL | undefined): ConnectionOptions {
  if (url === undefined || url.username === '') return {};
  const user = decodeURIComponent(url.username);
  return url.password === '' ? { token: user } : { user, pass: decodeURIComponent(url.password) };
}
