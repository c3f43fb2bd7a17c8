/** The pause of a loop that looks for work: it ends when somebody calls, and in any case after a while. */

/** Registers a listener for "there may be work"; the returned function takes it back. */
export type Subscribe = (listener: () => void) => () => void;

export type WakeSignal = {
  /** Ends the present pause. Nobody is pausing: the next pause ends at once, so no call is lost. */
  wake(): void;
  /** Resolves after `milliseconds`, or when woken. One loop at a time. */
  pause(milliseconds: number): Promise<void>;
};

export function createWakeSignal(): WakeSignal {
  let isWoken = false;
  let endPause: (() => void) | undefined;
  return {
    wake(): void {
      isWoken = true;
      endPause?.();
    },
    async pause(milliseconds): Promise<void> {
      if (!isWoken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(0, milliseconds));
          endPause = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        endPause = undefined;
      }
      isWoken = false;
    },
  };
}
