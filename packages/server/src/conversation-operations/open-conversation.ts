/**
 * The conversation that an operation is about. Who may neither read its row nor takes part in it gets the answer that a missing one
 * gets, so that nobody learns what exists.
 */
import type { Conversation, Guid } from '@parley/engine';
import { WebApiError } from '@parley/protocol';
import { type Table, tableNamed } from '../model/table-model.ts';
import { type Access, findAccess } from '../security/caller.ts';
import { type Arguments, requireText } from '../webapi/operations/operation.ts';
import type { RequestContext } from '../webapi/read/read-context.ts';
import type { RowAddress } from '../webapi/request/resolve-resource.ts';
import { requireRow } from '../webapi/write/links.ts';
import { resolveReference } from '../webapi/write/resolve-reference.ts';
import { writeContextOf } from '../webapi/write/write-rows.ts';
import type { OperationParts } from './operation-parts.ts';

/** The two tables that show a conversation, under one id. */
export const conversationTables = ['msdyn_ocliveworkitem', 'msdyn_liveconversation'] as const;

export type OpenedConversation = {
  readonly id: Guid;
  /** The table that the caller spoke of. */
  readonly table: Table;
  /** Undefined: the row was written directly and never entered the engine. */
  readonly state: Conversation | undefined;
  readonly isReadable: boolean;
};

/** The row that an operation is bound to, or the one that its parameter names. */
async function addressOf(
  context: RequestContext,
  values: Arguments,
  row: RowAddress | undefined,
): Promise<{ readonly id: Guid; readonly table: Table }> {
  if (row !== undefined) return { id: await resolveReference(writeContextOf(context), row), table: row.table };
  const table = tableNamed(context.model, 'msdyn_ocliveworkitem');
  return { id: requireText(values, 'ConversationId').toLowerCase(), table };
}

/** @throws WebApiError rowNotFound when it does not exist, or the caller has nothing to do with it */
export async function openConversation(
  context: RequestContext,
  parts: OperationParts,
  values: Arguments,
  row: RowAddress | undefined,
): Promise<OpenedConversation> {
  const { id, table } = await addressOf(context, values, row);
  const state = await parts.conversations.find(id);
  const isReadable = await isRowWithin(context, table, id, findAccess(context.request.caller, table, 'Read'));
  const takesPart = state !== undefined && isInvolved(state, context.request.caller.principal.userId);
  if (!isReadable && !takesPart) throw new WebApiError('rowNotFound', { table: table.logicalName, id });
  return { id, table, state, isReadable };
}

/** Present or invited, or asked to take it. */
function isInvolved(conversation: Conversation, userId: Guid): boolean {
  return (
    conversation.agentId === userId ||
    conversation.offer?.agentId === userId ||
    conversation.transfer?.agentId === userId ||
    conversation.participants.some(({ agentId }) => agentId === userId)
  );
}

async function isRowWithin(
  context: RequestContext,
  table: Table,
  id: Guid,
  access: Access | undefined,
): Promise<boolean> {
  if (access === undefined) return false;
  try {
    await requireRow(writeContextOf(context), table, id, access);
    return true;
  } catch (error) {
    if (error instanceof WebApiError && (error.errorName === 'rowNotFound' || error.errorName === 'accessDenied'))
      return false;
    throw error;
  }
}

/** @throws WebApiError conversationRefused when the row is no conversation of the engine */
export function requireState({ id, state }: OpenedConversation): Conversation {
  if (state !== undefined) return state;
  throw new WebApiError('conversationRefused', {
    detail: `The row ${id} was written directly and never came in through a channel: the engine knows no conversation for it.`,
  });
}
