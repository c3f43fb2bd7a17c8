/** Starting a conversation from inside, and moving the clock for tests. */
import type { Customer } from '@parley/engine';
import { WebApiError } from '@parley/protocol';
import { requireAccess } from '../security/caller.ts';
import type { DeclaredOperation } from '../webapi/operations/operation.ts';
import { rowArgument } from '../webapi/operations/row-argument.ts';
import type { RequestContext } from '../webapi/read/read-context.ts';
import { requireRow } from '../webapi/write/links.ts';
import { writeContextOf } from '../webapi/write/write-rows.ts';
import { activityTable, actorOf } from './caller-actor.ts';
import type { OperationFamily, OperationParts } from './operation-parts.ts';
import {
  contextVariables,
  guid,
  limitedText,
  maximumMessageBytes,
  optionalFlag,
  optionalNumber,
  optionalText,
} from './parameters.ts';

export const startAndClock: OperationFamily = (parts) => [startConversation(parts), ...moveClock(parts)];

/** Agents write to customers first (outbound); administrators start any, as a channel would. */
function startConversation(parts: OperationParts): DeclaredOperation {
  return {
    name: 'parley_StartConversation',
    kind: 'action',
    boundTo: undefined,
    parameters: [
      { name: 'WorkStreamId', type: 'Edm.Guid' },
      { name: 'Customer', type: 'mscrm.crmbaseentity', nullable: true },
      { name: 'CustomerName', type: 'Edm.String', nullable: true },
      { name: 'ChannelKey', type: 'Edm.String', nullable: true },
      { name: 'Subject', type: 'Edm.String', nullable: true },
      { name: 'Locale', type: 'Edm.String', nullable: true },
      { name: 'Context', type: 'Edm.String', nullable: true },
      { name: 'IsOutbound', type: 'Edm.Boolean', nullable: true },
      { name: 'Text', type: 'Edm.String', nullable: true },
    ],
    returns: {
      complexType: 'parley_StartConversationResponse',
      properties: [
        { name: 'ConversationId', type: 'Edm.Guid' },
        { name: 'IsNew', type: 'Edm.Boolean' },
      ],
    },
    run: async (context, values) => {
      const by = actorOf(context.model, context.request.caller);
      requireAccess(context.request.caller, activityTable(context.model), 'Create');
      const isOutbound = optionalFlag(values, 'IsOutbound');
      if (!isOutbound && by.kind !== 'administrator')
        throw new WebApiError('notYourConversation', {
          detail: 'Agents start outbound conversations only (IsOutbound true); the others come in through channels.',
        });
      const id = guid(values, 'WorkStreamId');
      const workStream = parts.configuration().workStreams.get(id);
      if (workStream === undefined) throw new WebApiError('rowNotFound', { table: 'msdyn_liveworkstream', id });
      const { userId, fullName } = context.request.caller.principal;
      const customer = await readCustomer(context, values.get('Customer') ?? null);
      const customerName = shortText(values, 'CustomerName', 200);
      const hasText = optionalText(values, 'Text') !== null;
      const subject = shortText(values, 'Subject', 200);
      const { conversation, isNew } = await parts.conversations.start({
        workStreamId: id,
        channel: workStream.channel,
        channelKey: shortText(values, 'ChannelKey', 200),
        isOutbound,
        ...(subject === null ? {} : { subject }),
        customer,
        customerName,
        locale: shortText(values, 'Locale', 20),
        context: contextVariables(values, 'Context'),
        message: hasText
          ? {
              clientId: null,
              author: isOutbound
                ? { kind: 'agent', id: userId, name: fullName }
                : { kind: 'customer', id: customer?.id ?? null, name: customerName },
              audience: 'public',
              contentType: 'text/plain',
              content: limitedText(values, 'Text', maximumMessageBytes),
              attachments: [],
            }
          : null,
      });
      return { ConversationId: conversation.id, IsNew: isNew };
    },
  };
}

async function readCustomer(
  context: RequestContext,
  value: Parameters<typeof rowArgument>[1] | null,
): Promise<Customer | null> {
  if (value === null) return null;
  const write = writeContextOf(context);
  const { table, id } = await rowArgument(write, value, 'Customer', ['contact', 'account']);
  await requireRow(write, table, id, requireAccess(context.request.caller, table, 'Read'));
  return { id, table: table.logicalName === 'contact' ? 'contact' : 'account' };
}

function shortText(values: Parameters<DeclaredOperation['run']>[1], name: string, characters: number): string | null {
  const text = optionalText(values, name);
  if (text !== null && text.length > characters)
    throw new WebApiError('requestFault', {
      detail: `The parameter '${name}' has ${text.length} characters; at most ${characters} are allowed.`,
    });
  return text;
}

/** Longest step of the clock: a year. */
const longestStep = 366 * 86_400_000;

/** There only where the server was told that its clock may be moved; then for administrators alone. To all others it does not exist. */
function moveClock({ moveClock: move }: OperationParts): DeclaredOperation[] {
  if (move === undefined) return [];
  return [
    {
      name: 'parley_MoveClock',
      kind: 'action',
      boundTo: undefined,
      parameters: [{ name: 'Milliseconds', type: 'Edm.Int64' }],
      run: async (context, values) => {
        const { caller } = context.request;
        const isAdministrator =
          caller.principal.reaches.has('prvWriteActivity') && actorOf(context.model, caller).kind === 'administrator';
        if (!isAdministrator) throw new WebApiError('resourceNotFound', { segment: 'parley_MoveClock' });
        const milliseconds = optionalNumber(values, 'Milliseconds') ?? 0;
        if (milliseconds < 1 || milliseconds > longestStep)
          throw new WebApiError('requestFault', {
            detail: `The parameter 'Milliseconds' must be 1 to ${longestStep}.`,
          });
        await move(milliseconds);
        return undefined;
      },
    },
  ];
}
