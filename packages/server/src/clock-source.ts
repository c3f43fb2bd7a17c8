/**
 * The clock of a server process: the database's time, so that several processes agree, plus what tests have moved it ahead by
 * (`parley.clock`). It never goes back.
 */
import type { Clock } from './clock.ts';
import type { Database } from './db/database.ts';
import { listen } from './db/postgres-notifications.ts';
import type { Logger } from './log.ts';

export type MovableClock = Clock & {
  /** Moves the time of every process ahead; resolves when this one follows. For tests. @throws RangeError when not ahead */
  move(byMilliseconds: number): Promise<void>;
  /** Calls `callback` when the time was moved, by any process: timers may be due. The returned function ends that. */
  onMove(callback: () => void): () => void;
  close(): Promise<void>;
};

export type ClockOptions = {
  readonly database: Database;
  readonly connection: Parameters<typeof listen>[0];
  readonly log: Logger;
};

const channel = 'parley_clock';
/** Between two measurements, in milliseconds: clocks of machines drift apart by some milliseconds in that time at most. */
const measureEvery = 60_000;
const samples = 3;

/** Measures the database's time and listens for moves. @throws when the database cannot be reached */
export async function createClock({ database, connection, log }: ClockOptions): Promise<MovableClock> {
  const callbacks = new Set<() => void>();
  let offset = 0;
  let ahead = 0;
  let last = 0;

  // The process's own steady time: setting the machine's clock does not move ours.
  const now = (): number => {
    last = Math.max(last, Math.floor(performance.now() + offset + ahead));
    return last;
  };
  const follow = (newAhead: number): void => {
    // What was read before a move may arrive after it.
    if (!(newAhead > ahead)) return;
    ahead = newAhead;
    for (const callback of callbacks) {
      try {
        callback();
      } catch (error) {
        log.error({ err: error }, 'A listener of the clock failed');
      }
    }
  };
  const measure = async (): Promise<void> => {
    const measured = await measureOffset(database);
    offset = measured.offset;
    follow(measured.ahead);
  };
  const measureAgain = (): void => {
    measure().catch((error: unknown) => log.warn({ err: error }, 'The time of the database could not be read'));
  };

  const listener = await listen(connection, [channel], (_, payload) => follow(Number(payload)), {
    onLost: () => undefined,
    onRestored: measureAgain,
  });
  try {
    await measure();
  } catch (error) {
    await listener.close();
    throw error;
  }
  const timer = setInterval(measureAgain, measureEvery);
  return {
    now,
    async move(byMilliseconds): Promise<void> {
      if (!Number.isSafeInteger(byMilliseconds) || byMilliseconds <= 0)
        throw new RangeError(`The clock goes ahead by whole milliseconds, not by ${byMilliseconds}`);
      follow(await writeMove(database, byMilliseconds));
    },
    onMove(callback) {
      const own = (): void => callback();
      callbacks.add(own);
      return () => void callbacks.delete(own);
    },
    async close(): Promise<void> {
      clearInterval(timer);
      await listener.close();
    },
  };
}

type Measurement = { readonly offset: number; readonly ahead: number };

/** Of several readings the one that came back fastest: it is the closest. */
async function measureOffset(database: Database): Promise<Measurement> {
  let fastest: (Measurement & { readonly took: number }) | undefined;
  for (let sample = 0; sample < samples; sample += 1) {
    const started = performance.now();
    const [row] = await database.query(
      'SELECT extract(epoch FROM clock_timestamp()) * 1000, ahead_milliseconds FROM parley.clock',
      [],
    );
    const took = performance.now() - started;
    if (row === undefined) throw new Error('parley.clock has no row');
    const measurement = { offset: Number(row[0]) - (started + took / 2), ahead: Number(row[1]), took };
    if (fastest === undefined || took < fastest.took) fastest = measurement;
  }
  if (fastest === undefined) throw new Error('The time was not measured');
  return fastest;
}

/** @returns how far the clock is ahead now */
async function writeMove(database: Database, byMilliseconds: number): Promise<number> {
  const [row] = await database.query(
    `WITH moved AS (UPDATE parley.clock SET ahead_milliseconds = ahead_milliseconds + $1 RETURNING ahead_milliseconds)
     SELECT ahead_milliseconds, pg_notify('${channel}', ahead_milliseconds::text) FROM moved`,
    [byMilliseconds],
  );
  return Number(row?.[0]);
}
