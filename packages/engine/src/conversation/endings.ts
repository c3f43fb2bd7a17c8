/** Ending, closing the session, closing by force, reopening (behaviour reference, T7 to T10, T12 to T14, T16, T19). */
import { channelCodes } from '../codes.ts';
import type { Refused } from '../decision.ts';
import { takeHold } from './agent-capacity.ts';
import { close, wrapUp } from './closing.ts';
import type { ConversationCommand } from './command.ts';
import { dismissConsults, dropTransfer, removePrimary } from './departures.ts';
import { type Draft, enter, isSupervising, refuse, refuseNow, userOf } from './draft.ts';
import { sendToQueue } from './queueing.ts';
import { assignAgent, endSession, joinAgent, openSession } from './sessions.ts';

type Command<K extends ConversationCommand['kind']> = Extract<ConversationCommand, { kind: K }>;

/** The agent presses End, the customer ends, or a bot does. */
export function end(draft: Draft, { by }: Command<'end'>): Refused | undefined {
  if (by.kind === 'customer') return endByCustomer(draft);
  if (by.kind === 'bot') return endByBot(draft);
  const { status, agentId, offer } = draft.state;
  if (agentId === null || userOf(by) !== agentId)
    return refuse('notYours', 'Only the agent of the conversation ends it.');
  if (status === 'wrapUp') return undefined;
  if (status !== 'active') return refuseNow(draft, 'Open it again before ending it.');
  if (offer !== null) return refuseNow(draft, 'Accept the offer before ending it.');
  wrapUp(draft, 'agentMovedToWrapUp');
  return undefined;
}

function endByCustomer(draft: Draft): Refused | undefined {
  const { status, kind, channel, offer } = draft.state;
  // Persistent conversations are the agent's to end; only the messaging API lets its customers say that they are done (10.3).
  if (kind === 'record' || (kind === 'persistent' && channel !== channelCodes.custom))
    return refuse('notForThisChannel', 'Only the agent ends conversations of this channel.');
  if (status === 'wrapUp') return undefined;
  if (status === 'waiting') {
    close(draft, 'customerLeftActiveConversation', 'customerEndConversation');
    return undefined;
  }
  if (status === 'open') close(draft, 'customerLeftOpenConversation', 'customerEndConversation');
  else if (offer !== null) close(draft, 'customerLeftActiveConversation', 'customerEndConversation');
  else wrapUp(draft, 'customerMovedToWrapUp');
  return undefined;
}

function endByBot(draft: Draft): Refused | undefined {
  const { status, offer } = draft.state;
  if (status === 'open' || (status === 'active' && offer !== null)) {
    close(draft, 'endedByBot', 'botEndConversation');
    return undefined;
  }
  return refuseNow(draft, 'A person has it: a bot cannot end it any more.');
}

/** X on the tab: waiting, back to the queue or closed, as channel and status say. */
export function closeSession(draft: Draft, command: Command<'closeSession'>): Refused | undefined {
  const { by, routing, hasDisposition } = command;
  const { status, agentId, offer, kind } = draft.state;
  if (agentId === null || userOf(by) !== agentId)
    return refuse('notYours', 'Only the agent of the conversation closes its session.');
  if (status === 'waiting') return undefined;
  if (status === 'wrapUp') {
    if (draft.facts.policy.requiresDisposition && !hasDisposition)
      return refuse('dispositionRequired', 'A disposition code must be set before the conversation is closed.');
    close(draft, 'endedByAgent', 'agentEndConversation');
    return undefined;
  }
  if (status !== 'active') return refuseNow(draft, 'It has no session with an agent.');
  if (offer !== null) return refuseNow(draft, 'Reject the offer instead.');
  if (kind === 'record') return refuse('notForThisChannel', 'A record stays with its agent until ended or released.');
  if (kind === 'persistent') {
    waitForCustomer(draft, 'agentClosed');
    return undefined;
  }
  const isKept = kind === 'live' || draft.facts.policy.keepsAgent;
  sendToQueue(draft, routing, {
    transition: 'T10',
    closure: 'agentClosed',
    cause: 'return',
    affinityAgentId: isKept ? agentId : null,
  });
  return undefined;
}

/** T9: nobody is at it until the customer writes again; who was its agent is remembered. */
export function waitForCustomer(draft: Draft, closure: 'agentClosed' | 'manuallyClosedConversation'): void {
  dropTransfer(draft);
  dismissConsults(draft);
  removePrimary(draft, 'Left');
  endSession(draft, closure);
  enter(draft, 'T9', 'awaitingCustomerResponse');
}

export function forceClose(draft: Draft, { by }: Command<'forceClose'>): Refused | undefined {
  if (!isSupervising(by)) return refuse('notYours', 'Only a supervisor closes a conversation by force.');
  if (draft.state.kind === 'record')
    return refuse('notForThisChannel', 'A routed record is closed when the record is resolved or removed.');
  close(draft, 'forceClosedBySupervisor', 'forceClose');
  return undefined;
}

/** T19: the record was resolved, deactivated or deleted. */
export function recordGone(draft: Draft, { by }: Command<'recordGone'>): Refused | undefined {
  if (draft.state.kind !== 'record') return refuse('notForThisChannel', 'The conversation is no routed record.');
  const isByAgent = userOf(by) !== null && userOf(by) === draft.state.agentId;
  close(draft, isByAgent ? 'endedByAgent' : 'autoClosedBySystem', 'conversationClosed', { transition: 'T19' });
  return undefined;
}

/** T14. */
export function reopen(draft: Draft, { by }: Command<'reopen'>): Refused | undefined {
  const { status, agentId, offer } = draft.state;
  if (agentId === null || userOf(by) !== agentId)
    return refuse('notYours', 'Only the agent of the conversation opens it again.');
  if (status === 'active' && offer === null) return undefined;
  if (status !== 'waiting') return refuseNow(draft, 'Only a waiting one can be opened again.');
  rejoin(draft, agentId);
  return undefined;
}

export function rejoin(draft: Draft, agentId: string): void {
  dropTransfer(draft);
  openSession(draft);
  takeHold(draft, agentId, { for: 'primary', isForced: true });
  assignAgent(draft, agentId, 'rejoin', null);
  joinAgent(draft);
  enter(draft, 'T14', 'inConversation');
}
