/**
 * How direct writes of the Web API reach the engine: inside the writer's own transaction, so that both happen or neither. What the
 * others are told goes out with the commit through the database's notifications.
 */
import {
  type Conversation,
  type ConversationCommand,
  type Customer,
  decide,
  type Guid,
  type Status,
} from '@parley/engine';
import type { Database } from '../db/database.ts';
import { lockConversation } from './conversation-store.ts';
import type { ConversationsContext } from './conversations-context.ts';
import { factsFor, loadFacts } from './load-facts.ts';
import { changesOf } from './step.ts';

/** Whoever sleeps until there are events or something to route. */
const wakeChannels = ['parley_events', 'parley_routing'];

export type ConversationDoor = {
  /** Whether the row belongs to a conversation that the engine holds; if so it is locked until the transaction ends. */
  isEngineConversation(database: Database, id: Guid): Promise<boolean>;
  /** Moves an engine conversation to the status, as an administrator says. */
  setState(
    database: Database,
    id: Guid,
    to: Status,
    by: { readonly userId: Guid },
  ): Promise<'done' | 'noState' | { readonly refused: string }>;
  /** Links that were written by hand. A closed conversation keeps what it knew; its rows say the new. */
  setCustomer(
    database: Database,
    id: Guid,
    change: { readonly customer: Customer | null; readonly customerName: string | null },
    by: { readonly userId: Guid },
  ): Promise<void>;
  setCase(database: Database, id: Guid, caseId: Guid | null, by: { readonly userId: Guid }): Promise<void>;
  /** Ends it, whatever it is doing, and forgets it: its rows are about to be deleted. */
  remove(database: Database, id: Guid, by: { readonly userId: Guid }): Promise<void>;
};

export function createDoor(context: ConversationsContext): ConversationDoor {
  const setState: ConversationDoor['setState'] = async (database, id, to, by) => {
    const conversation = await lockConversation(database, id);
    if (conversation === undefined) return 'noState';
    return conversation.status === to
      ? 'done'
      : run(context, database, conversation, { kind: 'setStateDirectly', by: administrator(by), status: to });
  };
  const link = async (database: Database, id: Guid, command: ConversationCommand): Promise<void> => {
    const conversation = await lockConversation(database, id);
    if (conversation !== undefined && conversation.status !== 'closed')
      await run(context, database, conversation, command);
  };
  return {
    setState,
    isEngineConversation: async (database, id) => {
      const rows = await database.query('SELECT 1 FROM parley.conversation WHERE id = $1::uuid FOR UPDATE', [id]);
      return rows.length > 0;
    },
    setCustomer: (database, id, change, by) =>
      link(database, id, { kind: 'setCustomer', by: administrator(by), ...change }),
    setCase: (database, id, caseId, by) => link(database, id, { kind: 'setCase', by: administrator(by), caseId }),
    remove: async (database, id, by) => {
      const outcome = await setState(database, id, 'closed', by);
      if (outcome !== 'noState') await database.query('DELETE FROM parley.conversation WHERE id = $1::uuid', [id]);
    },
  };
}

function administrator({ userId }: { readonly userId: Guid }): {
  readonly kind: 'administrator';
  readonly userId: Guid;
} {
  return { kind: 'administrator', userId };
}

/** @param conversation locked by this transaction */
async function run(
  context: ConversationsContext,
  database: Database,
  conversation: Conversation,
  command: ConversationCommand,
): Promise<'done' | { readonly refused: string }> {
  const now = context.clock.now();
  const facts = await loadFacts(context, database, factsFor(context, conversation, command), now);
  const decision = decide(conversation, command, facts);
  if (decision.kind === 'refused') return { refused: decision.detail };
  if (decision.conversation.sequence === conversation.sequence) return 'done';
  await context.writer.write(database, changesOf(now, conversation, decision, []));
  // The transaction is not ours, so nobody here hears of its end: the database tells, when it commits.
  await database.query("SELECT pg_notify(channel, '') FROM unnest($1::text[]) channel", [wakeChannels]);
  return 'done';
}
