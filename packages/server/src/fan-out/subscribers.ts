/** Who listens to a fan-out in this process. One that throws disturbs no other. */
import type { Logger } from '../log.ts';
import type { FanOutHandler } from './fan-out.ts';

export type Subscribers = {
  subscribe(handler: FanOutHandler): () => void;
  onGap(callback: () => void): () => void;
  tell(subject: string, payload: string): void;
  tellGap(): void;
};

export function createSubscribers(log: Logger): Subscribers {
  const handlers = new Set<FanOutHandler>();
  const gapCallbacks = new Set<() => void>();
  const guard = (call: () => void): void => {
    try {
      call();
    } catch (error) {
      log.error({ err: error }, 'A listener of the fan-out failed');
    }
  };
  return {
    subscribe: (handler) => addTo(handlers, (subject, payload) => handler(subject, payload)),
    onGap: (callback) => addTo(gapCallbacks, () => callback()),
    tell(subject, payload): void {
      for (const handler of handlers) guard(() => handler(subject, payload));
    },
    tellGap(): void {
      for (const callback of gapCallbacks) guard(callback);
    },
  };
}

/** Adds a function that is new each time, so that the same listener may be added twice and taken back once. */
function addTo<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
