/** The two ends of a conversation: wrap-up, and closed, which is final. Behaviour reference, sections 1.2, 1.5, 1.7 and 2.2. */
import type { ClosureReason, StatusReason } from '../codes.ts';
import { giveBack, turnHold } from './agent-capacity.ts';
import type { Status } from './conversation.ts';
import { dismissAll, dismissConsults, dropTransfer } from './departures.ts';
import { change, changeRouting, type Draft, enter } from './draft.ts';
import { endSession, secondsBetween, stopHandling } from './sessions.ts';
import type { TransitionId } from './transitions.ts';

/** The transition that leads from each status to closed. */
const closingTransitions: Readonly<Record<Exclude<Status, 'closed'>, TransitionId>> = {
  open: 'T7',
  active: 'T12',
  wrapUp: 'T13',
  waiting: 'T16',
};

/**
 * Ends a conversation for good: everybody leaves, all capacity comes back, the sums are final.
 * @param options.transition where it is not the usual one of the status
 */
export function close(
  draft: Draft,
  reason: StatusReason,
  closure: ClosureReason,
  options: { readonly transition?: TransitionId } = {},
): void {
  const { status, wrapUpInitiatedOn, firstWaitStartedOn, isAgentAccepted, isOutbound, kind } = draft.state;
  const { now } = draft.facts;
  if (status === 'closed') throw new Error(`Conversation ${draft.state.id} is closed already`);
  dismissAll(draft, 'Ended');
  endSession(draft, closure);
  changeRouting(draft, { affinityAgentId: null });
  change(draft, {
    closedOn: now,
    firstWaitSeconds: draft.state.firstWaitSeconds ?? secondsBetween(firstWaitStartedOn, now),
    wrapUpSeconds: wrapUpInitiatedOn === null ? null : secondsBetween(wrapUpInitiatedOn, now),
    // A person was wanted and nobody came. What a bot ended needed nobody; records do not wait.
    isAbandoned: !isAgentAccepted && !isOutbound && kind !== 'record' && reason !== 'endedByBot',
  });
  enter(draft, options.transition ?? closingTransitions[status], reason);
  change(draft, { timers: [] });
}

/** T8: the talk is over, the agent writes notes. Monitors may stay; the session stays open. */
export function wrapUp(draft: Draft, reason: StatusReason): void {
  const { agentId } = draft.state;
  const { now, policy } = draft.facts;
  dropTransfer(draft);
  dismissConsults(draft);
  stopHandling(draft);
  change(draft, { wrapUpInitiatedOn: now, isCustomerGone: false });
  if (agentId !== null) {
    turnHold(draft, agentId, 'primary', 'wrapUp');
    const { wrapUpCapacity } = policy;
    const isFree = wrapUpCapacity.kind === 'free' || (wrapUpCapacity.kind === 'timed' && wrapUpCapacity.seconds <= 0);
    if (isFree) giveBack(draft, agentId, { for: 'wrapUp', cause: 'released' });
  }
  enter(draft, 'T8', reason);
}
