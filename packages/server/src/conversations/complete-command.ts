/** From what a caller asks to the engine's command: adds message ids and what routing says, and the explanation of it. */
import type { Actor, Conversation, ConversationCommand, Explanation, Guid, MessageDraft } from '@parley/engine';
import type { Database } from '../db/database.ts';
import type { CommandRequest, CommandResult, IncomingMessage } from './conversation-service.ts';
import type { ConversationsContext } from './conversations-context.ts';
import { profileOf } from './load-facts.ts';
import { newId } from './new-id.ts';
import { returnToQueue, routeAgain, routeTo } from './route.ts';

export type Completed =
  | { readonly kind: 'completed'; readonly command: ConversationCommand; readonly explanations: readonly Explanation[] }
  | Extract<CommandResult, { kind: 'refused' }>;

/** The context variable that holds the disposition codes of a conversation. */
const dispositionVariable = 'dispositioncodes';

export async function completeCommand(
  context: ConversationsContext,
  database: Database,
  conversation: Conversation,
  request: CommandRequest,
  now: number,
): Promise<Completed> {
  const configuration = context.configuration();
  switch (request.kind) {
    case 'assignToAgent':
      if (!configuration.agents.has(request.agentId)) return unknownAgent(request.agentId);
      return completed({ kind: 'offer', agentId: request.agentId, reason: 'supervisor', by: request.by }, [
        manual(conversation, now, request.by, request.agentId, 'assigned by a supervisor'),
      ]);
    case 'transferToAgent': {
      if (!configuration.agents.has(request.agentId)) return unknownAgent(request.agentId);
      const isTargetSupervisor = profileOf(configuration, request.agentId).isSupervisor;
      return completed({ ...request, isTargetSupervisor }, [
        manual(conversation, now, request.by, request.agentId, 'transfer to the agent asked for'),
      ]);
    }
    case 'inviteConsult':
      return configuration.agents.has(request.agentId) ? completed(request) : unknownAgent(request.agentId);
    case 'moveToQueue':
      return completeMove(context, database, conversation, request, now);
    case 'pick':
    case 'takeOver': {
      const agentId = 'userId' in request.by ? request.by.userId : null;
      const how = request.kind === 'pick' ? 'picked by the agent' : 'taken over';
      return completed(request, [manual(conversation, now, request.by, agentId, how)]);
    }
    case 'release':
      return completed({ ...request, routing: returnToQueue(conversation) });
    case 'closeSession': {
      const hasDisposition = Object.keys(conversation.context).some(
        (name) => name.toLowerCase() === dispositionVariable,
      );
      return completed({ ...request, routing: returnToQueue(conversation), hasDisposition });
    }
    case 'addMessage': {
      const command = { kind: 'addMessage', by: request.by, message: draftOf(request.message, now) } as const;
      if (conversation.status !== 'waiting' || request.by.kind !== 'customer')
        return completed({ ...command, routing: null });
      const { outcome, explanation } = await routeAgain(context, database, conversation, now);
      return completed({ ...command, routing: outcome }, [explanation]);
    }
    case 'messageCustomer':
      return completed({ kind: 'messageCustomer', by: request.by, message: draftOf(request.message, now) });
    default:
      return completed(request);
  }
}

function completed(command: ConversationCommand, explanations: readonly Explanation[] = []): Completed {
  return { kind: 'completed', command, explanations };
}

function unknownAgent(agentId: Guid): Completed {
  return { kind: 'refused', name: 'unknownAgent', detail: `The user ${agentId} is no agent.` };
}

async function completeMove(
  context: ConversationsContext,
  database: Database,
  conversation: Conversation,
  { queueId, by }: { readonly queueId: Guid; readonly by: Actor },
  now: number,
): Promise<Completed> {
  const moved = await routeTo(context, database, conversation, queueId, by, now);
  if (moved.kind === 'refused') return moved;
  const cause = conversation.status === 'open' ? 'assign' : 'transfer';
  return completed({ kind: 'moveToQueue', by, cause, routing: moved.outcome }, [moved.explanation]);
}

export function draftOf(message: IncomingMessage, now: number): MessageDraft {
  return { ...message, id: newId(now), details: message.details ?? {} };
}

/** People decide without reasons; that they did is the reason. */
function manual(conversation: Conversation, now: number, by: Actor, agentId: Guid | null, how: string): Explanation {
  const who = 'userId' in by ? `${by.kind} ${by.userId}` : by.kind;
  return {
    kind: 'manual',
    decidedOn: now,
    queueId: conversation.routing.queueId,
    agentId,
    summary: `Not routed: ${how} (${who}).`,
    rules: [],
    candidates: [],
    rejected: {},
    candidateCount: 0,
  };
}
