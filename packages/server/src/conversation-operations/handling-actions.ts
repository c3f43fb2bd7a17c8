/** What agents do with conversations that are offered to them or theirs (behaviour reference, sections 1.4 and 10.1). */
import { WebApiError } from '@parley/protocol';
import type { CommandRequest } from '../conversations/conversation-service.ts';
import type { DeclaredOperation } from '../webapi/operations/operation.ts';
import type { OperationSignature } from '../webapi/operations/operation-signature.ts';
import { actorOf } from './caller-actor.ts';
import { openConversation, requireState } from './open-conversation.ts';
import type { OperationFamily, OperationParts } from './operation-parts.ts';
import { checkVersion, versionParameter } from './parameters.ts';
import { type ConversationAction, conversationAction } from './run-command.ts';

/** Dynamics names the session too; a conversation has one at a time, so it decides nothing. */
const session: OperationSignature['parameters'] = [{ name: 'SessionId', type: 'Edm.Guid', nullable: true }];

type PlainKind = Extract<
  CommandRequest['kind'],
  'accept' | 'reject' | 'pick' | 'reopen' | 'join' | 'end' | 'closeSession' | 'release' | 'leave'
>;

function plain(
  name: string,
  form: ConversationAction['form'],
  kind: PlainKind,
  more: Partial<Pick<ConversationAction, 'parameters' | 'needsReadableRow'>> = {},
): ConversationAction {
  return { name, form, for: 'agent', ...more, command: ({ by }) => ({ kind, by }) };
}

const actions: readonly ConversationAction[] = [
  plain('CCaaS_AcceptConversation', 'unbound', 'accept', { parameters: session }),
  plain('CCaaS_RejectConversation', 'unbound', 'reject', { parameters: session }),
  plain('CCaaS_PickConversation', 'unbound', 'pick', { needsReadableRow: true }),
  plain('CCaaS_RejoinConversation', 'unbound', 'reopen'),
  plain('CCaaS_JoinConversation', 'unbound', 'join'),
  plain('CCaaS_AgentEndConversation', 'unbound', 'end'),
  plain('CCaaS_EndSession', 'unbound', 'closeSession', { parameters: session }),
  plain('parley_Release', 'bound', 'release'),
  plain('parley_Leave', 'bound', 'leave'),
];

export const handlingActions: OperationFamily = (parts) => [
  ...actions.map((action) => conversationAction(parts, action)),
  conversationTimeout(parts),
];

/** Offers run out by themselves; this only makes sure that one whose time is over has. For administrators. */
function conversationTimeout(parts: OperationParts): DeclaredOperation {
  return {
    name: 'CCaaS_ConversationTimeout',
    kind: 'action',
    boundTo: undefined,
    parameters: [versionParameter, { name: 'ConversationId', type: 'Edm.Guid' }, ...session],
    run: async (context, values, row) => {
      checkVersion(values);
      const { kind } = actorOf(context.model, context.request.caller);
      if (kind !== 'administrator')
        throw new WebApiError('notYourConversation', {
          detail: 'An offer runs out by itself; only administrators may say that it has.',
        });
      const opened = await openConversation(context, parts, values, row);
      const { offer } = requireState(opened);
      if (offer === null || offer.expiresOn > context.now)
        throw new WebApiError('conversationRefused', {
          detail:
            offer === null
              ? 'The conversation is offered to nobody. (notPossibleNow)'
              : `The offer runs until ${new Date(offer.expiresOn).toISOString()}. (notPossibleNow)`,
        });
      await parts.fireTimers();
      return undefined;
    },
  };
}
