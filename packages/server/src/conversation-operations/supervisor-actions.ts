/** What supervisors do with the conversations of their unit (behaviour reference, sections 5.4, 9 and 10.1). */
import type { OperationFamily } from './operation-parts.ts';
import { guid } from './parameters.ts';
import { type ConversationAction, conversationAction, queueNamed } from './run-command.ts';

const actions: readonly ConversationAction[] = [
  {
    name: 'CCaaS_MonitorConversation',
    form: 'unbound',
    for: 'supervisor',
    command: ({ by }) => ({ kind: 'monitor', by }),
  },
  {
    name: 'CCaaS_ForceCloseConversation',
    form: 'unbound',
    for: 'supervisor',
    command: ({ by }) => ({ kind: 'forceClose', by }),
  },
  {
    name: 'CCaaS_AssignConversation',
    form: 'unbound',
    for: 'supervisor',
    parameters: [{ name: 'AgentId', type: 'Edm.Guid' }],
    command: ({ by, values }) => ({ kind: 'assignToAgent', by, agentId: guid(values, 'AgentId') }),
  },
  {
    name: 'CCaaS_InitiateQueueAssignment',
    form: 'unbound',
    for: 'supervisor',
    parameters: [{ name: 'QueueId', type: 'Edm.Guid' }],
    command: (input) => ({ kind: 'moveToQueue', by: input.by, queueId: queueNamed(input) }),
  },
  { name: 'parley_TakeOver', form: 'bound', for: 'supervisor', command: ({ by }) => ({ kind: 'takeOver', by }) },
];

export const supervisorActions: OperationFamily = (parts) => actions.map((action) => conversationAction(parts, action));
