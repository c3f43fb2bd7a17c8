/**
 * Wakes other processes after a commit: NOTIFY outside the transaction, because PostgreSQL commits transactions that notify one after
 * the other. What gathers while one is on its way goes with the next. A notice that is lost costs the listeners' sweep, nothing else.
 */
import type { Logger } from '../log.ts';
import type { Database } from './database.ts';

export type Notifier = {
  notify(channel: string): void;
  /** Resolves when everything has been sent. */
  close(): Promise<void>;
};

export function createNotifier(database: Database, log: Logger): Notifier {
  const waiting = new Set<string>();
  let sending: Promise<void> | undefined;

  async function send(): Promise<void> {
    while (waiting.size > 0) {
      const channels = [...waiting];
      waiting.clear();
      try {
        await database.query("SELECT pg_notify(channel, '') FROM unnest($1::text[]) channel", [channels]);
      } catch (error) {
        log.warn({ err: error }, 'Other processes were not woken; they look by themselves');
      }
    }
    sending = undefined;
  }

  return {
    notify(channel) {
      waiting.add(channel);
      sending ??= send();
    },
    close: async () => sending,
  };
}
