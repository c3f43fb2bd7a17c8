/** Fires what is due: any process, each timer once, because firing it and its effect are one transaction. */
import { decide, type Guid } from '@parley/engine';
import type { Database } from '../db/database.ts';
import type { Logger } from '../log.ts';
import type { Written } from '../outbox/write-events.ts';
import { lockIfDue, readDue } from './conversation-store.ts';
import type { ConversationsContext } from './conversations-context.ts';
import { factsFor, loadFacts } from './load-facts.ts';
import { overflowNow, returnToQueue } from './route.ts';
import { changesOf } from './step.ts';

/** Conversations of one look. */
const batch = 100;
/** Pause after a failure, in milliseconds: a conversation that cannot be handled must not keep the others waiting. */
const pauseAfterFailure = 30_000;

export type ConversationTimers = {
  /** Fires what is due now. @returns whether there may be more */
  fire(): Promise<boolean>;
};

export function createConversationTimers(context: ConversationsContext, log: Logger): ConversationTimers {
  const failed = new Map<Guid, number>();
  return {
    async fire() {
      const now = context.clock.now();
      for (const [id, until] of failed) if (until <= now) failed.delete(id);
      const ids = await readDue(context.database, now, { limit: batch, except: [...failed.keys()] });
      for (const id of ids) {
        try {
          const written = await context.measure('timerDue', () =>
            context.database.transaction((database) => fireOne(context, database, id)),
          );
          if (written !== null) context.announce(written);
        } catch (error) {
          failed.set(id, now + pauseAfterFailure);
          log.error({ err: error, conversationId: id }, 'The timers of a conversation could not be fired');
        }
      }
      return ids.length === batch;
    },
  };
}

/** One conversation per transaction, so that one that fails holds up no other. */
async function fireOne(context: ConversationsContext, database: Database, id: Guid): Promise<Written | null> {
  const now = context.clock.now();
  const conversation = await lockIfDue(database, id, now);
  if (conversation === undefined) return null;
  const isOverflowDue = conversation.timers.some(({ kind, dueOn }) => kind === 'overflow' && dueOn <= now);
  const overflow = isOverflowDue ? await overflowNow(context, database, conversation, now) : null;
  const command = {
    kind: 'timerDue',
    routing: returnToQueue(conversation),
    overflow: overflow?.outcome ?? null,
  } as const;
  const facts = await loadFacts(context, database, factsFor(context, conversation, command), now);
  const decision = decide(conversation, command, facts);
  if (decision.kind === 'refused') throw new Error(`Timers of ${id} were refused: ${decision.detail}`);
  if (decision.conversation === conversation) return null;
  return context.writer.write(
    database,
    changesOf(now, conversation, decision, overflow === null ? [] : [overflow.explanation]),
  );
}
