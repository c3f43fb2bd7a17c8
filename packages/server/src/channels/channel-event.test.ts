import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { statusReasonCodes } from '@parley/engine';
import type { ConversationEventBody } from '@parley/protocol';
import { channelEventOf, toldTypes } from './channel-event.ts';

const consult = { participantId: 'p', sessionId: 's', agentId: 'a', mode: 'consult' } as const;
const statusTo = (to: string, reason: keyof typeof statusReasonCodes): ConversationEventBody => ({
  type: 'StatusChanged',
  from: 'active',
  to,
  reason: statusReasonCodes[reason],
});

describe('what a channel is told', () => {
  const cases: readonly [ConversationEventBody, string | undefined][] = [
    [
      { type: 'AgentAccepted', sessionId: 's', agentId: 'a', participantId: 'p', reason: 'RoutingAssign' },
      'AgentAccepted',
    ],
    [statusTo('waiting', 'awaitingCustomerResponse'), 'AgentEndSession'],
    [statusTo('wrapUp', 'agentMovedToWrapUp'), 'PrimaryAgentEndConversation'],
    [statusTo('wrapUp', 'customerMovedToWrapUp'), undefined],
    [statusTo('closed', 'endedByAgent'), 'ConversationClose'],
    [statusTo('closed', 'forceClosedBySupervisor'), 'SupervisorForceClosedConversation'],
    [statusTo('active', 'inConversation'), undefined],
    [{ type: 'CustomerLeft' }, 'CustomerDisconnected'],
    [{ ...consult, type: 'ParticipantJoined' }, 'ConsultAccepted'],
    [{ ...consult, type: 'ParticipantJoined', mode: 'monitor' }, undefined],
    [{ ...consult, type: 'ParticipantLeft', reason: 'Left' }, 'ConsultSessionEnded'],
    [{ ...consult, type: 'ParticipantLeft', reason: 'AgentTimeout' }, undefined],
    [
      { type: 'TransferRequested', agentId: 'a', by: 'b', expiresOn: 1, isEscalation: false },
      'TransferToAgentRequested',
    ],
    [{ type: 'TransferAccepted', from: 'b', agentId: 'a', isEscalation: false }, 'TransferToAgentAccepted'],
    [{ type: 'TransferRejected', agentId: 'a' }, 'TransferToAgentRejected'],
    [{ type: 'TransferTimedOut', agentId: 'a' }, 'TransferToAgentTimedOut'],
    [{ type: 'QueueAssigned', sessionId: 's', queueId: 'q', from: null, cause: 'transfer' }, 'TransferToQueue'],
    [{ type: 'QueueAssigned', sessionId: 's', queueId: 'q', from: null, cause: 'start' }, undefined],
    [{ type: 'OfferTimedOut', sessionId: 's', agentId: 'a', participantId: 'p' }, undefined],
  ];
  for (const [body, name] of cases)
    test(`${JSON.stringify(body)} becomes ${name ?? 'nothing'}`, () => {
      assert.equal(channelEventOf(body)?.name, name);
      if (name !== undefined) assert.ok(toldTypes.has(body.type), 'the consumer asks for it');
    });
});
