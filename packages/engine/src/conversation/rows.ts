/** Dataverse rows of a decision: both conversation tables, sessions, participants and session events, all derived from state and events. */
import type { Accepted } from '../decision.ts';
import type { Conversation } from './conversation.ts';
import { liveConversationBirth, liveConversationImage, workItemBirth, workItemImage } from './conversation-images.ts';
import { type Cells, changedCells, type RowChange, type RowContext } from './row-change.ts';
import { sessionRows } from './session-rows.ts';

/**
 * What a decision writes, in an order that foreign keys allow: conversations that begin, sessions, participants, session events,
 * then what changes in conversations (which point back to sessions and participants).
 * @param before null: the conversation begins with this decision
 */
export function conversationRows(before: Conversation | null, accepted: Accepted, context: RowContext): RowChange[] {
  const { conversation } = accepted;
  if (before === conversation) return [];
  const details = sessionRows(before, accepted, context);
  if (before === null) return [...birthRows(conversation, context), ...details];
  const changes: RowChange[] = [
    updateOf('msdyn_liveconversation', before, conversation, (one) => liveConversationImage(one, context)),
    updateOf('msdyn_ocliveworkitem', before, conversation, (one) => workItemImage(one, context)),
  ];
  return [...details, ...changes.filter(({ values }) => Object.keys(values).length > 0)];
}

function birthRows(conversation: Conversation, context: RowContext): RowChange[] {
  const { id } = conversation;
  const live = { ...liveConversationBirth(conversation, context), ...liveConversationImage(conversation, context) };
  const workItem = { ...workItemBirth(conversation, context), ...workItemImage(conversation, context) };
  return [
    { table: 'msdyn_liveconversation', operation: 'insert', id, values: live },
    { table: 'msdyn_ocliveworkitem', operation: 'insert', id, values: workItem },
  ];
}

function updateOf(
  table: string,
  before: Conversation,
  after: Conversation,
  image: (conversation: Conversation) => Cells,
): RowChange {
  return { table, operation: 'update', id: after.id, values: changedCells(image(before), image(after)) };
}
