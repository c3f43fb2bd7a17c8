/** Transfer and consult (behaviour reference, sections 5.2, 5.3 and 10.1). */
import type { Conversation, Guid } from '@parley/engine';
import { WebApiError } from '@parley/protocol';
import type { CommandRequest } from '../conversations/conversation-service.ts';
import { readSignedIn } from '../presence/agent-store.ts';
import type { Arguments } from '../webapi/operations/operation.ts';
import type { OperationParameter } from '../webapi/operations/operation-signature.ts';
import type { OperationFamily, OperationParts } from './operation-parts.ts';
import { choice, guid, optionalFlag, optionalGuid } from './parameters.ts';
import { type CommandInput, type ConversationAction, conversationAction, queueNamed } from './run-command.ts';

const agent: OperationParameter = { name: 'AgentId', type: 'Edm.Guid' };
const optionalAgent: OperationParameter = { ...agent, nullable: true };
const queue: OperationParameter = { name: 'QueueId', type: 'Edm.Guid' };

const toAgent = ({ by, values }: CommandInput): CommandRequest => ({
  kind: 'transferToAgent',
  by,
  agentId: guid(values, 'AgentId'),
});
const toQueue = (input: CommandInput): CommandRequest => ({
  kind: 'moveToQueue',
  by: input.by,
  queueId: queueNamed(input),
});
const endConsult =
  (isThere: boolean) =>
  ({ by, values, conversation }: CommandInput): CommandRequest => ({
    kind: 'endConsult',
    by,
    agentId: consultant(conversation, values, isThere),
  });

const actions: readonly ConversationAction[] = [
  {
    name: 'CCaaS_InitiateAgentTransfer',
    form: 'unbound',
    for: 'agent',
    parameters: [agent],
    command: toAgent,
  },
  {
    name: 'CCaaS_InitiateAgentTransferBySupervisor',
    form: 'unbound',
    for: 'supervisor',
    parameters: [agent],
    command: toAgent,
  },
  { name: 'CCaaS_InitiateQueueTransfer', form: 'unbound', for: 'agent', parameters: [queue], command: toQueue },
  { name: 'parley_CancelTransfer', form: 'bound', for: 'agent', command: ({ by }) => ({ kind: 'cancelTransfer', by }) },
  {
    name: 'CCaaS_InitiateAgentConsult',
    form: 'unbound',
    for: 'agent',
    parameters: [agent, { name: 'IsPublic', type: 'Edm.Boolean', nullable: true }],
    command: ({ by, values }) => ({
      kind: 'inviteConsult',
      by,
      agentId: guid(values, 'AgentId'),
      access: optionalFlag(values, 'IsPublic') ? 'public' : 'private',
    }),
  },
  // Before the consultant came, and after.
  {
    name: 'CCaaS_CancelConsult',
    form: 'unbound',
    for: 'agent',
    parameters: [optionalAgent],
    command: endConsult(false),
  },
  { name: 'CCaaS_CloseConsult', form: 'unbound', for: 'agent', parameters: [optionalAgent], command: endConsult(true) },
  {
    name: 'CCaaS_LeavePublicConsult',
    form: 'unbound',
    for: 'agent',
    command: ({ by }) => ({ kind: 'leave', by }),
  },
  { name: 'parley_AcceptConsult', form: 'bound', for: 'agent', command: ({ by }) => ({ kind: 'acceptConsult', by }) },
  { name: 'parley_RejectConsult', form: 'bound', for: 'agent', command: ({ by }) => ({ kind: 'rejectConsult', by }) },
  {
    name: 'parley_PublishConsult',
    form: 'bound',
    for: 'agent',
    parameters: [optionalAgent],
    command: ({ by, values, conversation }) => ({
      kind: 'publishConsult',
      by,
      agentId: consultant(conversation, values, true),
    }),
  },
];

export const transferActions: OperationFamily = (parts) =>
  [...actions, escalation(parts)].map((action) => conversationAction(parts, action));

/** The consultant that is meant: the one named, or the only one there is. */
function consultant(conversation: Conversation, values: Arguments, isThere: boolean): Guid {
  const named = optionalGuid(values, 'AgentId');
  if (named !== null) return named;
  const found = conversation.participants.filter(
    ({ mode, joinedOn }) => mode === 'consult' && (joinedOn !== null) === isThere,
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.agentId;
  if (found.length > 1)
    throw new WebApiError('requestFault', {
      detail: `${found.length} agents are consulted; the parameter 'AgentId' says which is meant.`,
    });
  throw new WebApiError('conversationRefused', {
    detail: `${isThere ? 'Nobody is consulted' : 'No invitation to a consult is open'}. (notPossibleNow)`,
  });
}

/** A supervisor is asked to help or to take over: the one named, or whoever is there and has least to do. */
function escalation(parts: OperationParts): ConversationAction {
  return {
    name: 'parley_EscalateToSupervisor',
    form: 'bound',
    for: 'agent',
    parameters: [optionalAgent, { name: 'Mode', type: 'Edm.String', nullable: true }],
    command: async ({ by, values }) => {
      const mode = choice(values, 'Mode', ['consult', 'transfer']);
      const agentId = optionalGuid(values, 'AgentId') ?? (await freeSupervisor(parts, by.userId));
      if (parts.configuration().agents.get(agentId)?.isSupervisor !== true)
        throw new WebApiError('conversationRefused', {
          detail: `The user ${agentId} is no supervisor. (agentNotAvailable)`,
        });
      return mode === 'consult'
        ? { kind: 'inviteConsult', by, agentId, access: 'private' }
        : { kind: 'transferToAgent', by, agentId };
    },
  };
}

async function freeSupervisor(parts: OperationParts, except: Guid): Promise<Guid> {
  const ids = [...parts.configuration().agents.values()]
    .filter(({ id, isSupervisor, isEnabled }) => isSupervisor && isEnabled && id !== except)
    .map(({ id }) => id);
  const present = [...(await readSignedIn(parts.database, ids)).values()]
    .filter(({ basePresence }) => basePresence === 'available' || basePresence === 'busy')
    .sort((left, right) => left.conversationCount - right.conversationCount || left.id.localeCompare(right.id));
  const [first] = present;
  if (first !== undefined) return first.id;
  throw new WebApiError('conversationRefused', { detail: 'No supervisor is there. (agentNotAvailable)' });
}
