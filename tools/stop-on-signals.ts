/** A signal to stop, as an AbortSignal: the first SIGINT, SIGTERM or SIGHUP aborts it, and sets the exit code. */
import os from 'node:os';

export function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      process.exitCode = 128 + os.constants.signals[signal];
      controller.abort();
    });
  }
  return controller.signal;
}
