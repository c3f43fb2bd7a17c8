/**
 * The fan-out over PostgreSQL: NOTIFY on one channel per subject. All transactions that notify commit one after the other in
 * PostgreSQL (a lock is held until the commit is on disk), so `publish` gathers what comes while it sends, and sends in
 * transactions of its own, which write nothing that has to reach a disk.
 */
import type { Database } from '../db/database.ts';
import { listen } from '../db/postgres-notifications.ts';
import type { Logger } from '../log.ts';
import { checkSubjects, type FanOut, longestPayload } from './fan-out.ts';
import { createFrameReader, type FrameReader, toFrames } from './notify-frames.ts';
import { createSubscribers } from './subscribers.ts';

export type PostgresFanOutOptions = {
  readonly database: Database;
  readonly connection: Parameters<typeof listen>[0];
  readonly log: Logger;
  /** Those that `subscribe` hears. */
  readonly subjects: readonly string[];
};

type Waiting = { readonly subject: string; readonly payload: string };

/** Payloads that wait while the database does not answer; what comes beyond is dropped. */
const mostWaiting = 10_000;
const mostPerStatement = 500;

const channelPrefix = 'parley_';

/**
 * Announces inside the caller's transaction: heard when it commits, never when it does not. For rare things only: see the head
 * of this file. The same payload twice in a transaction is heard once.
 */
export async function notify(database: Database, subject: string, payloads: readonly string[]): Promise<void> {
  checkSubjects([subject]);
  const frames = payloads.flatMap(toFrames);
  if (frames.length === 0) return;
  await database.query(
    'SELECT pg_notify($1, frame) FROM unnest($2::text[]) WITH ORDINALITY AS given (frame, place) ORDER BY place',
    [channelPrefix + subject, frames],
  );
}

/** @throws when the first connection fails; later losses are repaired, and end with a gap */
export async function createPostgresFanOut(options: PostgresFanOutOptions): Promise<FanOut> {
  const { connection, database, log, subjects } = options;
  checkSubjects(subjects);
  const subscribers = createSubscribers(log);
  const readers = new Map<string, FrameReader>(
    subjects.map((subject) => [channelPrefix + subject, createFrameReader()]),
  );
  let isConnected = true;
  let heardCount = 0;
  const listener = await listen(
    connection,
    [...readers.keys()],
    (channel, frame) => {
      const payload = readers.get(channel)?.read(frame);
      if (payload === undefined) return;
      heardCount += 1;
      subscribers.tell(channel.slice(channelPrefix.length), payload);
    },
    {
      onLost: (error) => {
        isConnected = false;
        for (const reader of readers.values()) reader.reset();
        log.warn({ reason: error.message }, 'Nothing is heard from other servers until the database is back');
      },
      onRestored: () => {
        isConnected = true;
        subscribers.tellGap();
      },
    },
  );
  const sender = createSender(database, log);
  return {
    publish: sender.send,
    subscribe: subscribers.subscribe,
    onGap: subscribers.onGap,
    status: () => ({ isConnected, heardCount, ...sender.counts() }),
    async close(): Promise<void> {
      await sender.finish();
      await listener.close();
    },
  };
}

type Sender = {
  send(subject: string, payloads: readonly string[]): Promise<void>;
  counts(): { readonly sentCount: number; readonly droppedCount: number };
  /** Resolves when nothing is waiting any more. */
  finish(): Promise<void>;
};

function createSender(database: Database, log: Logger): Sender {
  let waiting: Waiting[] = [];
  let sending: Promise<void> | undefined;
  let sentCount = 0;
  let droppedCount = 0;

  const drop = (count: number, reason: string): void => {
    droppedCount += count;
    log.warn({ count, reason }, 'Other servers were not told at once what happened');
  };

  async function sendWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostPerStatement);
      waiting = waiting.slice(mostPerStatement);
      try {
        await sendBatch(database, batch);
        sentCount += batch.length;
      } catch (error) {
        drop(batch.length, error instanceof Error ? error.message : String(error));
      }
    }
    sending = undefined;
  }

  return {
    async send(subject, payloads): Promise<void> {
      checkSubjects([subject]);
      const fitting = payloads.filter((payload) => Buffer.byteLength(payload) <= longestPayload);
      const accepted = fitting.slice(0, Math.max(0, mostWaiting - waiting.length));
      if (fitting.length < payloads.length) drop(payloads.length - fitting.length, 'too long');
      if (accepted.length < fitting.length) drop(fitting.length - accepted.length, 'too many are waiting');
      if (accepted.length === 0) return;
      waiting.push(...accepted.map((payload) => ({ subject, payload })));
      sending ??= sendWaiting();
      await sending;
    },
    counts: () => ({ sentCount, droppedCount }),
    finish: async () => await sending,
  };
}

async function sendBatch(database: Database, batch: readonly Waiting[]): Promise<void> {
  const frames = batch.flatMap(({ subject, payload }) => toFrames(payload).map((frame) => ({ subject, frame })));
  await database.query(
    `SELECT pg_notify('${channelPrefix}' || subject, frame)
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS given (subject, frame, place) ORDER BY place`,
    [frames.map(({ subject }) => subject), frames.map(({ frame }) => frame)],
  );
}
