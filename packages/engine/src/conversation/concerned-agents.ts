/** Whose states a decision needs, so that the server locks these agents and no others: messages, for instance, concern nobody's capacity. */
import type { ConversationCommand } from './command.ts';
import type { Conversation, Guid } from './conversation.ts';

/** Commands that neither take nor give back capacity. */
const withoutAgents: ReadonlySet<ConversationCommand['kind']> = new Set([
  'acceptConsult',
  'publishConsult',
  'monitor',
  'join',
  'messageCustomer',
  'customerLeft',
  'customerReturned',
  'agentLeft',
  'agentReturned',
  'setCustomer',
  'setCase',
  'setContext',
  'setSkills',
]);

/**
 * The agents that must be among the facts of `decide`, in ascending order: the order in which they are locked.
 * An agent that does not exist may be missing from the facts: the command is refused then.
 */
export function concernedAgents(conversation: Conversation, command: ConversationCommand): readonly Guid[] {
  const { offer, status, agentId } = conversation;
  switch (command.kind) {
    case 'offer':
    case 'transferToAgent':
    case 'inviteConsult':
      return [command.agentId];
    case 'accept':
      // The capacity was taken with the offer and serves on; a transfer frees the first agent.
      if (offer !== null && 'userId' in command.by && command.by.userId === offer.agentId) return [];
      return givers(conversation);
    case 'addMessage':
      // A transfer of a waiting one ends when the customer writes.
      return status === 'waiting' ? givers(conversation) : [];
    case 'pick':
    case 'takeOver':
    case 'reopen':
      return givers(conversation, 'userId' in command.by ? [command.by.userId] : []);
    case 'setStateDirectly':
      return givers(conversation, agentId === null ? [] : [agentId]);
    default:
      return withoutAgents.has(command.kind) ? [] : givers(conversation);
  }
}

/** Who gives capacity, who is invited without giving any, and others. */
function givers({ holds, participants }: Conversation, others: readonly Guid[] = []): readonly Guid[] {
  const invited = participants.filter(({ joinedOn }) => joinedOn === null);
  const ids = new Set([...holds, ...invited].map((one) => one.agentId));
  return [...new Set([...ids, ...others])].toSorted();
}
