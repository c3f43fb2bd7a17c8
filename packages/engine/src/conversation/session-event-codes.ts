/** Which events are rows of msdyn_sessionevent, and with which numbers: its choices `msdyn_eventtype` and `msdyn_eventreason`. */
import type { ConversationEventBody } from '@parley/protocol';
import { assignReasonTexts, closureReasonCodes } from '../codes.ts';

export type SessionEventCodes = { readonly type: number; readonly reason: number };

const first = 192350000;

const types = {
  queueAssigned: first + 1,
  agentAssigned: first + 2,
  agentAccepted: first + 3,
  agentInviteRejected: first + 4,
  sessionEnd: first + 5,
  sessionCreated: first + 6,
  agentInviteTimeout: first + 7,
  participantInvited: first + 9,
  participantInviteRejected: first + 10,
  participantInviteAccepted: first + 11,
  participantInviteTimeout: first + 12,
  participantEnd: first + 13,
  agentDisconnected: first + 14,
  customerDisconnected: first + 17,
  transferredToAgent: first + 18,
  participantLeft: first + 20,
  agentAddedToCustomerChat: first + 27,
} as const;

const reasons = {
  none: first,
  agentTransfer: first + 1,
  queueTransfer: first + 2,
  userAccept: first + 5,
  agentInviteRejected: first + 8,
  agentInviteTimeout: first + 9,
  agentDisconnected: first + 10,
  agentTransferred: first + 12,
  customerDisconnect: first + 14,
  sessionTimeout: first + 15,
  escalated: first + 16,
  rejected: first + 17,
  timedOut: first + 18,
  botEndConversation: first + 25,
  assignToAgentBySupervisor: first + 26,
  assignToQueueBySupervisor: first + 27,
  customerEndConversation: first + 29,
  agentEndConversation: first + 30,
  supervisorTransferToAgent: first + 31,
  agentEndConsult: first + 32,
  forceClose: first + 33,
  overflowQueueTransfer: first + 34,
  overflowEndConversation: first + 35,
  conversationExpired: first + 38,
  consult: first + 39,
  agentMonitor: first + 40,
  agentConversationJoin: first + 41,
} as const;

const queueReasons = {
  start: reasons.none,
  route: reasons.none,
  transfer: reasons.queueTransfer,
  assign: reasons.assignToQueueBySupervisor,
  overflow: reasons.overflowQueueTransfer,
  return: reasons.none,
} as const;

const assignReasons: Readonly<Record<string, number>> = {
  [assignReasonTexts.supervisor]: reasons.assignToAgentBySupervisor,
  [assignReasonTexts.supervisorTransfer]: reasons.supervisorTransferToAgent,
  [assignReasonTexts.transfer]: reasons.agentTransfer,
  [assignReasonTexts.consult]: reasons.consult,
  [assignReasonTexts.monitor]: reasons.agentMonitor,
  [assignReasonTexts.join]: reasons.agentConversationJoin,
};

/** Closure reason of a session -> reason of its end. */
const endReasons: Readonly<Record<number, number>> = {
  [closureReasonCodes.agentReject]: reasons.agentInviteRejected,
  [closureReasonCodes.agentTimeout]: reasons.agentInviteTimeout,
  [closureReasonCodes.conversationTimeout]: reasons.sessionTimeout,
  [closureReasonCodes.agentTransferred]: reasons.agentTransferred,
  [closureReasonCodes.agentDisconnected]: reasons.agentDisconnected,
  [closureReasonCodes.agentTransferToQueue]: reasons.queueTransfer,
  [closureReasonCodes.supervisorAssignToQueue]: reasons.assignToQueueBySupervisor,
  [closureReasonCodes.supervisorTransferToAgent]: reasons.supervisorTransferToAgent,
  [closureReasonCodes.forceClose]: reasons.forceClose,
  [closureReasonCodes.overflowQueueTransfer]: reasons.overflowQueueTransfer,
  [closureReasonCodes.overflowEndConversation]: reasons.overflowEndConversation,
  [closureReasonCodes.inQueueOverflowQueueTransfer]: reasons.overflowQueueTransfer,
  [closureReasonCodes.inQueueOverflowEndConversation]: reasons.overflowEndConversation,
  [closureReasonCodes.autoClose]: reasons.conversationExpired,
  [closureReasonCodes.customerDisconnect]: reasons.customerDisconnect,
  [closureReasonCodes.agentEndConversation]: reasons.agentEndConversation,
  [closureReasonCodes.customerEndConversation]: reasons.customerEndConversation,
  [closureReasonCodes.queueTransfer]: reasons.queueTransfer,
  [closureReasonCodes.botEndConversation]: reasons.botEndConversation,
};

/** @returns undefined for events that no session event tells of */
export function describeSessionEvent(event: ConversationEventBody): SessionEventCodes | undefined {
  switch (event.type) {
    case 'SessionCreated':
      return { type: types.sessionCreated, reason: reasons.none };
    case 'QueueAssigned':
      return { type: types.queueAssigned, reason: queueReasons[event.cause] };
    case 'AgentAssigned':
      return { type: types.agentAssigned, reason: assignReasons[event.reason] ?? reasons.none };
    case 'AgentAccepted':
      return { type: types.agentAccepted, reason: reasons.userAccept };
    case 'OfferRejected':
      return { type: types.agentInviteRejected, reason: reasons.rejected };
    case 'OfferTimedOut':
      return { type: types.agentInviteTimeout, reason: reasons.timedOut };
    case 'SessionClosed':
      return { type: types.sessionEnd, reason: endReasons[event.closureReason] ?? reasons.none };
    case 'TransferAccepted':
      return {
        type: types.transferredToAgent,
        reason: event.isEscalation ? reasons.escalated : reasons.agentTransfer,
      };
    case 'AgentLeft':
      return { type: types.agentDisconnected, reason: reasons.agentDisconnected };
    case 'CustomerLeft':
      return { type: types.customerDisconnected, reason: reasons.customerDisconnect };
    default:
      return describeParticipant(event);
  }
}

/** Primary agents are told of by the session itself. */
function describeParticipant(event: ConversationEventBody): SessionEventCodes | undefined {
  switch (event.type) {
    case 'ParticipantAdded':
      if (event.mode === 'primary') return undefined;
      return { type: types.participantInvited, reason: assignReasons[event.assignReason] ?? reasons.none };
    case 'ParticipantJoined':
      if (event.mode === 'primary') return undefined;
      return { type: types.participantInviteAccepted, reason: reasons.none };
    case 'ParticipantPublished':
      return { type: types.agentAddedToCustomerChat, reason: reasons.agentConversationJoin };
    case 'ParticipantLeft':
      if (event.mode === 'primary') return undefined;
      if (event.reason === 'AgentReject') return { type: types.participantInviteRejected, reason: reasons.rejected };
      if (event.reason === 'AgentTimeout') return { type: types.participantInviteTimeout, reason: reasons.timedOut };
      if (event.reason === 'Left') return { type: types.participantLeft, reason: reasons.none };
      return { type: types.participantEnd, reason: reasons.agentEndConsult };
    default:
      return undefined;
  }
}
