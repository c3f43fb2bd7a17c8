/** Offers to agents, their answers, and picking (behaviour reference, T1 to T5 and section 5.1). */
import type { AgentFact, Refused } from '../decision.ts';
import { commandAgent, findAgent, takeHold, turnHold } from './agent-capacity.ts';
import type { ConversationCommand } from './command.ts';
import type { Decline, Offer } from './conversation.ts';
import { removeOffer } from './departures.ts';
import { change, changeRouting, type Draft, enter, isSupervising, refuse, refuseNow, userOf } from './draft.ts';
import { waitInQueue } from './queueing.ts';
import { assignAgent, endSession, joinAgent, openSession } from './sessions.ts';
import { acceptTransfer, endTransfer } from './transfers.ts';

type Command<K extends ConversationCommand['kind']> = Extract<ConversationCommand, { kind: K }>;

/** T1 and T5; with automatic acceptance T2 at once. */
export function offerToAgent(draft: Draft, command: Command<'offer'>): Refused | undefined {
  const { facts } = draft;
  const { agentId, reason } = command;
  if (draft.state.status !== 'open') return refuseNow(draft, 'Only an open one can be offered to an agent.');
  const agent = findAgent(draft, agentId);
  if (agent === undefined) return refuse('agentNotAvailable', `Agent ${agentId} is not known.`);
  const refused = reason === 'supervisor' ? refuseAssigning(command) : refuseRouting(draft, command, agent);
  if (refused !== undefined) return refused;
  if (reason === 'supervisor') {
    endSession(draft, 'agentRerouted');
    openSession(draft);
  }
  const offer = newOffer(draft, command);
  takeHold(draft, agentId, { for: 'offer', isForced: reason !== 'routing' || command.isForced === true });
  assignAgent(draft, agentId, reason, offer.isAutoAccepted ? null : offer.expiresOn);
  change(draft, { offer });
  if (reason === 'supervisor') enter(draft, 'T5', 'assignedBySupervisor');
  else enter(draft, 'T1', 'awaitingAgentAcceptance');
  if (facts.policy.isAutoAccepted) acceptOffer(draft, offer);
  return undefined;
}

function newOffer({ facts, state }: Draft, { agentId, reason }: Command<'offer'>): Offer {
  const { now, policy } = facts;
  return {
    agentId,
    reason,
    offeredOn: now,
    expiresOn: now + policy.offerSeconds * 1000,
    isAutoAccepted: policy.isAutoAccepted,
    // Who is given a record has it.
    mayReject: policy.mayReject && state.kind !== 'record',
  };
}

function refuseAssigning({ by }: Command<'offer'>): Refused | undefined {
  return isSupervising(by) ? undefined : refuse('notYours', 'Only a supervisor assigns a conversation to an agent.');
}

function refuseRouting({ state }: Draft, command: Command<'offer'>, agent: AgentFact): Refused | undefined {
  const { agentId, reason } = command;
  if (state.distribution !== 'push')
    return refuse('notForThisChannel', 'Conversations of this work stream are picked.');
  if (reason === 'affinity') {
    // Presence and capacity do not count when a customer comes back to the same agent.
    if (state.routing.affinityAgentId === agentId) return undefined;
    return refuse('agentNotAvailable', `The conversation does not have to go back to agent ${agentId}.`);
  }
  if (agent.state.isSignedIn && agent.state.basePresence !== 'offline') return undefined;
  return refuse('agentNotAvailable', `Agent ${agentId} is not signed in any more.`);
}

/** T2, or the answer to a transfer (T11, T17). */
export function accept(draft: Draft, { by }: Command<'accept'>): Refused | undefined {
  const userId = userOf(by);
  const { offer, transfer, agentId, handlingSince } = draft.state;
  const { now } = draft.facts;
  if (offer !== null && offer.agentId === userId) {
    if (offer.expiresOn <= now) return refuse('offerExpired', 'The offer has run out.');
    acceptOffer(draft, offer);
    return undefined;
  }
  if (transfer !== null && transfer.agentId === userId) {
    if (transfer.expiresOn <= now) return refuse('offerExpired', 'The offer of the transfer has run out.');
    acceptTransfer(draft, transfer);
    return undefined;
  }
  // Twice from two browsers is one acceptance.
  if (userId !== null && userId === agentId && handlingSince !== null) return undefined;
  return refuseAnswer(draft);
}

function acceptOffer(draft: Draft, offer: Offer): void {
  turnHold(draft, offer.agentId, 'offer', 'primary');
  joinAgent(draft);
  enter(draft, 'T2', 'inConversation');
}

/** T3, or a transfer turned down. */
export function reject(draft: Draft, { by }: Command<'reject'>): Refused | undefined {
  const userId = userOf(by);
  const { offer, transfer } = draft.state;
  if (offer !== null && offer.agentId === userId) {
    if (!offer.mayReject) return refuseNow(draft, 'This offer cannot be rejected.');
    declineOffer(draft, offer, 'OfferRejected');
    return undefined;
  }
  if (transfer !== null && transfer.agentId === userId) {
    endTransfer(draft, transfer, 'TransferRejected');
    return undefined;
  }
  return refuseAnswer(draft);
}

function refuseAnswer({ state }: Draft): Refused {
  const isElsewhere = state.offer !== null || (state.status !== 'open' && state.transfer === null);
  if (isElsewhere) return refuse('notYours', 'The conversation is not offered to the caller.');
  return refuse('offerExpired', 'There is no open offer of this conversation to the caller (any more).');
}

/** T3: the agent turned it down or let it run out; it waits for the next one in the same queue and keeps its place. */
export function declineOffer(draft: Draft, offer: Offer, type: 'OfferRejected' | 'OfferTimedOut'): void {
  const isRejected = type === 'OfferRejected';
  removeOffer(draft, offer, type);
  commandAgent(draft, offer.agentId, { kind: isRejected ? 'offerRejected' : 'offerMissed' });
  endSession(draft, isRejected ? 'agentReject' : 'agentTimeout');
  const declines = countDecline(draft, offer.agentId);
  changeRouting(draft, {
    declines,
    affinityAgentId: null,
    isManualOnly: draft.state.routing.isManualOnly || declines.length >= draft.facts.policy.declinerLimit,
  });
  enter(draft, 'T3', 'awaitingAgentAssignment');
  waitInQueue(draft, 'return', draft.state.routing.queueId);
}

function countDecline({ state, facts }: Draft, agentId: string): readonly Decline[] {
  const { declines } = state.routing;
  const count = (declines.find((one) => one.agentId === agentId)?.count ?? 0) + 1;
  return [...declines.filter((one) => one.agentId !== agentId), { agentId, count, lastOn: facts.now }];
}

/** T4. Presence and capacity do not matter: who takes work wants it. */
export function pick(draft: Draft, { by }: Command<'pick'>): Refused | undefined {
  const { state, facts } = draft;
  const userId = userOf(by);
  if (userId === null || by.kind === 'bot') return refuse('notYours', 'Only agents pick conversations.');
  if (state.status === 'active' && state.agentId === userId && state.offer === null) return undefined;
  if (state.status !== 'open') return refuseNow(draft, 'Only an open one can be picked.');
  const agent = findAgent(draft, userId);
  if (agent === undefined) return refuse('agentNotAvailable', `Agent ${userId} is not known.`);
  if (state.distribution === 'push' && !facts.policy.mayPickFromPush)
    return refuse('pickNotAllowed', 'Conversations of this work stream are pushed to agents and cannot be picked.');
  const { queueId } = state.routing;
  const isMember = queueId !== null && agent.profile.queues[queueId] !== undefined;
  if (!isMember && !isSupervising(by) && !agent.profile.isSupervisor)
    return refuse('notMemberOfQueue', 'The agent is not a member of the queue of this conversation.');
  takeHold(draft, userId, { for: 'primary', isForced: true });
  assignAgent(draft, userId, 'pick', null);
  joinAgent(draft);
  enter(draft, 'T4', 'inConversation');
  return undefined;
}
