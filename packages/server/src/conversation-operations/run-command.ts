/** From an operation to a command of the engine, and from its refusal to an error. */
import type { Conversation, Guid } from '@parley/engine';
import { WebApiError } from '@parley/protocol';
import type { CommandRequest, CommandResult } from '../conversations/conversation-service.ts';
import type { Arguments, DeclaredOperation, OperationResult } from '../webapi/operations/operation.ts';
import type { OperationSignature } from '../webapi/operations/operation-signature.ts';
import type { RequestContext } from '../webapi/read/read-context.ts';
import { requireRow } from '../webapi/write/links.ts';
import { writeContextOf } from '../webapi/write/write-rows.ts';
import { actorOf, type PersonActor, requireSupervision } from './caller-actor.ts';
import { conversationTables, type OpenedConversation, openConversation, requireState } from './open-conversation.ts';
import type { OperationParts } from './operation-parts.ts';
import { checkVersion, guid, versionParameter } from './parameters.ts';

export type CommandInput = {
  readonly by: PersonActor;
  readonly values: Arguments;
  readonly conversation: Conversation;
  readonly context: RequestContext;
  readonly parts: OperationParts;
};

type Accepted = Extract<CommandResult, { kind: 'accepted' }>;

export type ConversationAction = {
  readonly name: string;
  /** `unbound`: takes ConversationId, as the actions of Dynamics do. `bound`: on rows of both conversation tables. */
  readonly form: 'unbound' | 'bound';
  /** Whose decision it is: `supervisor` asks for the right to assign, on this conversation too. */
  readonly for: 'agent' | 'supervisor';
  /** Besides ApiVersion and ConversationId. */
  readonly parameters?: OperationSignature['parameters'];
  readonly returns?: OperationSignature['returns'];
  readonly types?: OperationSignature['types'];
  /** The caller must be able to read the row: taking part is not enough. */
  readonly needsReadableRow?: boolean;
  command(input: CommandInput): CommandRequest | Promise<CommandRequest>;
  answer?(result: Accepted): OperationResult;
};

export function conversationAction(parts: OperationParts, action: ConversationAction): DeclaredOperation {
  const own = action.parameters ?? [];
  return {
    name: action.name,
    kind: 'action',
    boundTo: action.form === 'bound' ? conversationTables : undefined,
    parameters:
      action.form === 'bound' ? own : [versionParameter, { name: 'ConversationId', type: 'Edm.Guid' }, ...own],
    ...(action.returns === undefined ? {} : { returns: action.returns }),
    ...(action.types === undefined ? {} : { types: action.types }),
    run: async (context, values, row) => {
      checkVersion(values);
      const { model, request } = context;
      const by = actorOf(model, request.caller);
      const supervision = action.for === 'supervisor' ? requireSupervision(model, request.caller) : undefined;
      const opened = await openConversation(context, parts, values, row);
      if (action.needsReadableRow === true && !opened.isReadable) throw missing(opened);
      if (supervision !== undefined) await requireRow(writeContextOf(context), opened.table, opened.id, supervision);
      const command = await action.command({ by, values, context, parts, conversation: requireState(opened) });
      const result = requireAccepted(await parts.conversations.execute(opened.id, command), opened);
      return action.answer?.(result);
    },
  };
}

function missing({ table, id }: OpenedConversation): WebApiError {
  return new WebApiError('rowNotFound', { table: table.logicalName, id });
}

/** @throws WebApiError rowNotFound unless the parameter QueueId names a queue that conversations can be in */
export function queueNamed({ parts, values }: Pick<CommandInput, 'parts' | 'values'>): Guid {
  const id = guid(values, 'QueueId');
  if (parts.configuration().queues.has(id)) return id;
  throw new WebApiError('rowNotFound', { table: 'queue', id });
}

/** What a name in a command stands for, and where it is looked up. */
const unknownTables: Readonly<Record<string, string>> = {
  unknownAgent: 'systemuser',
  unknownQueue: 'queue',
  unknownWorkStream: 'msdyn_liveworkstream',
};

/** @throws WebApiError rowNotFound, notYourConversation, conversationRefused */
function requireAccepted(result: CommandResult, opened: Pick<OpenedConversation, 'id' | 'table'>): Accepted {
  if (result.kind === 'accepted') return result;
  const { name, detail } = result;
  switch (name) {
    case 'unknownConversation':
      throw new WebApiError('rowNotFound', { table: opened.table.logicalName, id: opened.id });
    case 'unknownAgent':
    case 'unknownQueue':
    case 'unknownWorkStream':
      throw new WebApiError('rowNotFound', { table: unknownTables[name] ?? '', id: guidIn(detail) });
    case 'notYours':
      throw new WebApiError('notYourConversation', { detail: `${detail} (${name})` });
    default:
      throw new WebApiError('conversationRefused', { detail: `${detail} (${name})` });
  }
}

/** Details of unknown rows name their id. */
function guidIn(detail: string): Guid {
  return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(detail)?.[0] ?? '';
}
