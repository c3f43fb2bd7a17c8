/** Who reads events: each keeps its own place, and one that is slow or fails delays nobody else. */
import type { StoredEvent } from '@parley/protocol';

export type Consumer = {
  /** Unique and lasting: its position is stored under it. */
  readonly name: string;
  /** Which events it wants; undefined: all. */
  readonly types?: ReadonlySet<StoredEvent['body']['type']>;
  /** At least once, in order: must be idempotent by position. Throws to be asked again; after some attempts the event is parked. */
  handle(event: StoredEvent): Promise<void>;
};
