/**
 * Tells other server processes at once what they would find out anyway: best effort, at most once. What must not be lost is in the
 * database; after a gap, listeners read it there.
 */

export type FanOut = {
  /** Sends to every process, this one included. Never rejects: what cannot be sent is dropped, counted and logged. */
  publish(subject: string, payloads: readonly string[]): Promise<void>;
  /** Calls `handler` for everything heard; the returned function ends that. */
  subscribe(handler: FanOutHandler): () => void;
  /** Calls `callback` whenever something may have been missed: read again. The returned function ends that. */
  onGap(callback: () => void): () => void;
  status(): FanOutStatus;
  close(): Promise<void>;
};

export type FanOutHandler = (subject: string, payload: string) => void;

/** Counted since the start of this process. */
export type FanOutStatus = {
  readonly isConnected: boolean;
  readonly sentCount: number;
  readonly droppedCount: number;
  readonly heardCount: number;
};

/** The longest payload, in bytes of UTF-8: what a NATS server takes unless told otherwise, with room for its own. */
export const longestPayload = 1_000_000;

/** Subjects become parts of channel names and of NATS subjects. @throws RangeError when a subject cannot */
export function checkSubjects(subjects: readonly string[]): void {
  for (const subject of subjects)
    if (!/^[a-z][a-z0-9_]{0,40}$/.test(subject)) throw new RangeError(`A subject cannot be named "${subject}"`);
}
