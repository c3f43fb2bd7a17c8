/**
 * What a customer's channel is told of the life of a conversation (behaviour reference, 10.3: names of webhook events). What only
 * agents may know (offers that nobody took, monitoring, private consults) is left out.
 */
import { statusReasonCodes } from '@parley/engine';
import type { ConversationEventBody, EventBody } from '@parley/protocol';
import type { ChannelEvent, OutboundEvent } from './channel-adapter.ts';

type Told = { readonly name: ChannelEvent; readonly value: OutboundEvent['value'] };

/** The events that `channelEventOf` may make something of. */
export const toldTypes: ReadonlySet<EventBody['type']> = new Set<ConversationEventBody['type']>([
  'AgentAssigned',
  'AgentAccepted',
  'StatusChanged',
  'CustomerLeft',
  'ParticipantJoined',
  'ParticipantLeft',
  'TransferRequested',
  'TransferAccepted',
  'TransferRejected',
  'TransferTimedOut',
  'QueueAssigned',
]);

/** Undefined: nothing that the channel is told. */
export function channelEventOf(body: EventBody): Told | undefined {
  switch (body.type) {
    case 'AgentAssigned':
    case 'AgentAccepted':
      return { name: body.type, value: { sessionId: body.sessionId, agentId: body.agentId } };
    case 'StatusChanged':
      return statusEventOf(body.to, body.reason);
    case 'CustomerLeft':
      return { name: 'CustomerDisconnected', value: {} };
    case 'ParticipantJoined':
      return body.mode === 'consult' ? { name: 'ConsultAccepted', value: { agentId: body.agentId } } : undefined;
    case 'ParticipantLeft':
      return body.mode === 'consult' && (body.reason === 'Left' || body.reason === 'Ended')
        ? { name: 'ConsultSessionEnded', value: { agentId: body.agentId } }
        : undefined;
    case 'TransferRequested':
      return { name: 'TransferToAgentRequested', value: { agentId: body.agentId } };
    case 'TransferAccepted':
      return { name: 'TransferToAgentAccepted', value: { agentId: body.agentId } };
    case 'TransferRejected':
      return { name: 'TransferToAgentRejected', value: { agentId: body.agentId } };
    case 'TransferTimedOut':
      return { name: 'TransferToAgentTimedOut', value: { agentId: body.agentId } };
    case 'QueueAssigned':
      return body.cause === 'transfer' ? { name: 'TransferToQueue', value: { queueId: body.queueId } } : undefined;
    default:
      return undefined;
  }
}

function statusEventOf(to: string, reason: number): Told | undefined {
  const value = { reason };
  if (to === 'waiting') return { name: 'AgentEndSession', value };
  if (to === 'wrapUp' && reason === statusReasonCodes.agentMovedToWrapUp)
    return { name: 'PrimaryAgentEndConversation', value };
  if (to !== 'closed') return undefined;
  return reason === statusReasonCodes.forceClosedBySupervisor
    ? { name: 'SupervisorForceClosedConversation', value }
    : { name: 'ConversationClose', value };
}
