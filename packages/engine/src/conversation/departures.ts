/** Who leaves when a conversation moves on, and what they give back. */
import type { ConversationEventBody } from '@parley/protocol';
import { giveBack } from './agent-capacity.ts';
import type { Offer, Participant } from './conversation.ts';
import { change, type Draft, emit } from './draft.ts';
import { findPrimary, type LeaveReason, removeParticipant, stopHandling } from './sessions.ts';

/** The primary agent goes, with the capacity of whatever they were doing. */
export function removePrimary(draft: Draft, reason: LeaveReason): void {
  stopHandling(draft);
  const primary = findPrimary(draft.state);
  if (primary === undefined) return;
  removeParticipant(draft, primary, reason);
  giveBack(draft, primary.agentId, { for: 'primary', cause: 'released' });
  giveBack(draft, primary.agentId, { for: 'wrapUp', cause: 'released' });
}

/** An offer ends without acceptance: the agent never had the conversation. */
export function removeOffer(
  draft: Draft,
  offer: Offer,
  type: Extract<ConversationEventBody['type'], 'OfferRejected' | 'OfferTimedOut' | 'OfferWithdrawn'>,
): void {
  const leaveReasons = {
    OfferRejected: 'AgentReject',
    OfferTimedOut: 'AgentTimeout',
    OfferWithdrawn: 'Ended',
  } as const;
  const primary = findPrimary(draft.state);
  change(draft, { offer: null, agentId: null });
  if (primary !== undefined) {
    const { sessionId, id: participantId } = primary;
    emit(draft, { type, sessionId, agentId: offer.agentId, participantId });
    removeParticipant(draft, primary, leaveReasons[type]);
  }
  giveBack(draft, offer.agentId, { for: 'offer', cause: 'declined' });
}

/** A transfer that waits for its target is called off. */
export function dropTransfer(draft: Draft): void {
  const { transfer } = draft.state;
  if (transfer === null) return;
  change(draft, { transfer: null });
  emit(draft, { type: 'TransferCancelled', agentId: transfer.agentId });
  giveBack(draft, transfer.agentId, { for: 'transfer', cause: 'declined' });
}

/** A consultant goes, or an invitation ends. */
export function removeConsult(draft: Draft, participant: Participant, reason: LeaveReason): void {
  removeParticipant(draft, participant, reason);
  const cause = participant.joinedOn === null ? 'declined' : 'released';
  giveBack(draft, participant.agentId, { for: 'consult', cause });
}

export function dismissConsults(draft: Draft): void {
  for (const participant of draft.state.participants) {
    if (participant.mode === 'consult') removeConsult(draft, participant, 'Ended');
  }
}

/** Everybody goes: the conversation is back in a queue, or over. */
export function dismissAll(draft: Draft, primaryReason: LeaveReason): void {
  dropTransfer(draft);
  if (draft.state.offer !== null) removeOffer(draft, draft.state.offer, 'OfferWithdrawn');
  dismissConsults(draft);
  removePrimary(draft, primaryReason);
  for (const participant of draft.state.participants) removeParticipant(draft, participant, 'Ended');
  // In wrap-up the hold may be all that is left of an agent.
  for (const { agentId, for: purpose } of draft.state.holds) {
    giveBack(draft, agentId, { for: purpose, cause: 'released' });
  }
}
