/** T0: a conversation begins (behaviour reference, sections 1.4 and 1.5). */

import { statusReasonCodes } from '../codes.ts';
import type { Accepted, ConversationFacts } from '../decision.ts';
import type { StartConversation } from './command.ts';
import type { Conversation, RoutingState } from './conversation.ts';
import { accept, change, emit, newDraft, storeMessage } from './draft.ts';
import type { RoutingOutcome } from './policy.ts';
import { closeAsRouted, routedColumns, waitInQueue } from './queueing.ts';
import { openSession } from './sessions.ts';
import { planTimers } from './timers.ts';
import { requireTransition } from './transitions.ts';

/**
 * The first decision of a conversation; its state does not exist before. What routing ended is created and closed at once, so that it
 * is there for the reports.
 */
export function startConversation(command: StartConversation, facts: ConversationFacts): Accepted {
  const { routing, message, workStreamId, channel, isOutbound, conversationKind } = command;
  const { now, policy } = facts;
  requireTransition('T0', null, 'start', conversationKind);
  const state = newConversation(command, now);
  const draft = newDraft(state, 'start', facts);
  const { queueId } = routing;
  emit(draft, { type: 'ConversationStarted', workStreamId, channel, queueId, isOutbound });
  emit(draft, {
    type: 'StatusChanged',
    from: null,
    to: 'open',
    reason: statusReasonCodes.awaitingAgentAssignment,
  });
  if (routing.kind === 'queued') waitInQueue(draft, routing.isOverflow ? 'overflow' : 'start', null);
  else openSession(draft, { cause: 'start', from: null });
  if (message !== null) storeMessage(draft, message);
  if (routing.kind === 'ended') closeAsRouted(draft, routing);
  change(draft, { timers: planTimers(draft.state, policy, now) });
  return accept(draft);
}

function newConversation(command: StartConversation, now: number): Conversation {
  const { id, conversationKind: kind, channel, workStreamId, distribution, isOutbound, routing } = command;
  const { subject, title, customer, customerName, locale, caseId, channelKey } = command;
  const routedContext = routing.kind === 'queued' ? routing.context : {};
  return {
    ...{ id, kind, channel, workStreamId, distribution, isOutbound },
    ...{ subject, title, customer, customerName, locale, caseId, channelKey },
    context: { ...command.context, ...routedContext },
    sequence: 1,
    status: 'open',
    reason: 'awaitingAgentAssignment',
    routing: newRouting(routing, now),
    ...{ session: null, sessionCount: 0, lastSessionId: null, agentId: null, agentAssignedOn: null },
    ...{ offer: null, transfer: null, participants: [], participantCount: 0, holds: [] },
    ...{ initiatedOn: now, firstWaitStartedOn: now, startedOn: null, statusUpdatedOn: now, modifiedOn: now },
    ...{ lastActivityOn: now, wrapUpInitiatedOn: null, closedOn: null, firstWaitSeconds: null, wrapUpSeconds: null },
    ...{ handledSeconds: 0, handlingSince: null, firstResponseOn: null, transferCount: 0, escalationCount: 0 },
    overflowTransferCount: routing.kind === 'queued' && routing.isOverflow ? 1 : 0,
    ...{ isAgentAccepted: false, isAbandoned: false, isCustomerGone: false, messageCount: 0, timers: [] },
  };
}

function newRouting(outcome: RoutingOutcome, now: number): RoutingState {
  const routed =
    outcome.kind === 'queued'
      ? routedColumns(outcome)
      : {
          queueId: outcome.queueId,
          priority: 0,
          skills: [],
          demand: { units: 0, profileIds: [] },
          preferredAgentIds: [],
        };
  return {
    ...routed,
    queuedOn: now,
    enteredQueueOn: now,
    affinityAgentId: null,
    declines: [],
    relaxationStep: 0,
    isManualOnly: false,
    isOverflowChecked: true,
  };
}
