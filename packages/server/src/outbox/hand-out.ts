/** Hands events to one consumer, in order: tries again what failed, puts aside what keeps failing, and stores how far it got. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredEvent } from '@parley/protocol';
import type { Database } from '../db/database.ts';
import type { Logger } from '../log.ts';
import type { Consumer } from './consumer.ts';
import { movePosition, parkEvent } from './consumer-position.ts';
import type { Position } from './write-events.ts';

export type HandOutOptions = {
  readonly database: Database;
  readonly log: Logger;
  /** How often an event is handed over before it is parked. */
  readonly maximumAttempts: number;
  /** Milliseconds to wait after the given failed attempt (1 = first). */
  retryAfter(attempt: number): number;
  /** Aborted when nothing more may be handed out. */
  readonly over: AbortSignal;
};

/** A slow consumer repeats at most this much work after a crash, in milliseconds, and the event that it was at. */
const longestUnsaved = 1_000;

/** How far a consumer is, in memory and in the database. What answers false has found that another process took over. */
export type Place = {
  readonly stored: Position;
  /** Behind this event now. Stored at once only if that has not happened for a while. */
  reach(position: Position): Promise<boolean>;
  store(): Promise<boolean>;
  /** Puts the event aside and stores the place behind it. */
  park(event: StoredEvent, failure: { readonly error: unknown; readonly attempts: number }): Promise<boolean>;
};

export function createPlace(database: Database, consumerName: string, start: Position): Place {
  let stored = start;
  let reached = start;
  let storedAt = performance.now();
  const isStoredNow = (position: Position): true => {
    stored = position;
    reached = position;
    storedAt = performance.now();
    return true;
  };
  const place: Place = {
    get stored() {
      return stored;
    },
    async reach(position) {
      reached = position;
      return performance.now() - storedAt <= longestUnsaved || (await place.store());
    },
    async store() {
      if (reached === stored) return true;
      return (await movePosition(database, consumerName, stored, reached)) && isStoredNow(reached);
    },
    async park(event, failure) {
      return (await parkEvent(database, consumerName, stored, event, failure)) && isStoredNow(event.position);
    },
  };
  return place;
}

/**
 * Hands over as many of the events as it may.
 * @returns false when another process has taken over
 */
export async function handOut(
  consumer: Consumer,
  events: readonly StoredEvent[],
  place: Place,
  options: HandOutOptions,
): Promise<boolean> {
  for (const event of events) {
    if (options.over.aborted) break;
    const isWanted = consumer.types?.has(event.body.type) ?? true;
    const outcome = isWanted ? await deliver(consumer, event, place, options) : 'done';
    if (outcome === 'interrupted') break;
    if (outcome === 'takenOver' || !(await place.reach(event.position))) return false;
  }
  return await place.store();
}

async function deliver(
  consumer: Consumer,
  event: StoredEvent,
  place: Place,
  options: HandOutOptions,
): Promise<'done' | 'interrupted' | 'takenOver'> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      await consumer.handle(event);
      return 'done';
    } catch (error) {
      const told = { err: error, consumer: consumer.name, type: event.body.type, position: event.position, attempts };
      if (attempts >= options.maximumAttempts) {
        options.log.error(told, 'A consumer failed at an event, which is parked now');
        return (await place.park(event, { error, attempts })) ? 'done' : 'takenOver';
      }
      options.log.warn(told, 'A consumer failed at an event and is asked again');
    }
    // Before the pause: what was done so far is not done again should this process end in it.
    if (!(await place.store())) return 'takenOver';
    await sleep(options.retryAfter(attempts), undefined, { signal: options.over }).catch(() => undefined);
    if (options.over.aborted) return 'interrupted';
  }
}
