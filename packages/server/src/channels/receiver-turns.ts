/**
 * Room for every receiver: deliveries to one address take only so many places at a time, so that one that hangs delays its own
 * conversations and no others. What finds no place is asked again later, without counting as an attempt.
 */
import { JobFailure } from '../jobs/job.ts';

export type ReceiverTurns = {
  /** @throws JobFailure `wait` when the receiver has no place free */
  take<Result>(receiver: string, work: () => Promise<Result>): Promise<Result>;
};

/** A place that has been taken for longer shows a receiver that is slow or hangs. */
const slowMilliseconds = 1000;
const shortPause = 200;
/** For slow ones: with many conversations the asking itself must not become a load. */
const longPause = 5000;

/** @param places of one receiver, in this process */
export function createReceiverTurns(places: number): ReceiverTurns {
  const takenOn = new Map<string, Set<{ readonly since: number }>>();
  return {
    async take(receiver, work) {
      const taken = takenOn.get(receiver) ?? new Set();
      takenOn.set(receiver, taken);
      if (taken.size >= places) {
        const isSlow = [...taken].some(({ since }) => performance.now() - since > slowMilliseconds);
        throw new JobFailure('wait', 'the receiver has enough to do', isSlow ? longPause : shortPause);
      }
      const place = { since: performance.now() };
      taken.add(place);
      try {
        return await work();
      } finally {
        taken.delete(place);
        if (taken.size === 0) takenOn.delete(receiver);
      }
    },
  };
}
