/**
 * Repeats a piece of work: when woken, again at once while there is more, and every so often in case a wake-up was lost. Never
 * twice at the same time in this process.
 */
import type { Logger } from './log.ts';
import { createWakeSignal } from './wake-signal.ts';

export type WorkLoop = {
  /** There may be something to do. Cheap; any number of wake-ups while it works are one. */
  wake(): void;
  /** Takes up nothing new and waits for what is in flight. */
  stop(): Promise<void>;
};

export type WorkLoopOptions = {
  readonly name: string;
  readonly sweepMilliseconds: number;
  readonly log: Logger;
  /** @returns whether there is more to do at once */
  work(): Promise<boolean>;
};

/** Pause after a failure, doubled up to the longest. */
const shortestPause = 100;
const longestPause = 5_000;

export function startWorkLoop({ name, sweepMilliseconds, log, work }: WorkLoopOptions): WorkLoop {
  const signal = createWakeSignal();
  let isStopped = false;

  async function run(): Promise<void> {
    let pause = shortestPause;
    while (!isStopped) {
      try {
        const hasMore = await work();
        pause = shortestPause;
        if (!hasMore) await signal.pause(sweepMilliseconds);
      } catch (error) {
        if (isStopped) return;
        log.error({ err: error, loop: name }, 'A loop failed and goes on after a pause');
        await signal.pause(pause);
        pause = Math.min(pause * 2, longestPause);
      }
    }
  }

  const running = run();
  return {
    wake: signal.wake,
    async stop() {
      isStopped = true;
      signal.wake();
      await running;
    },
  };
}
