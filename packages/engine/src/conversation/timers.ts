/** When something happens by itself, and what (behaviour reference, sections 1.7, 1.8, 4.7 and 5.1). */
import { giveBack } from './agent-capacity.ts';
import { close, wrapUp } from './closing.ts';
import type { ConversationCommand } from './command.ts';
import { giveUpAgent, giveUpCustomer } from './connections.ts';
import { missConsult } from './consults.ts';
import type { Conversation, Instant, Timer } from './conversation.ts';
import { change, changeRouting, type Draft, emit, setTimer, wakeOwnQueue } from './draft.ts';
import { declineOffer } from './offers.ts';
import type { ConversationPolicy } from './policy.ts';
import { sendToQueue } from './queueing.ts';
import { returnFromWaiting } from './returning.ts';
import { endTransfer } from './transfers.ts';

type TimerDue = Extract<ConversationCommand, { kind: 'timerDue' }>;

/**
 * Every timer of a conversation, in order of time. Most follow from the state; the rest (`overflow`, `handling`, `customerGone`,
 * `agentGone`) were set when something happened and are kept while it holds. Whoever is not closed has an agent or a timer.
 */
export function planTimers(state: Conversation, policy: ConversationPolicy, now: Instant): readonly Timer[] {
  if (state.status === 'closed') return [];
  const timers = [...keptTimers(state), ...answerTimers(state), ...statusTimers(state, policy)];
  const isRouted = state.status === 'open' && state.distribution === 'push' && !state.routing.isManualOnly;
  if (isRouted || (state.agentId === null && timers.length === 0)) {
    const planned = state.timers.find(({ kind }) => kind === 'reroute');
    timers.push(planned ?? { kind: 'reroute', dueOn: now + Math.max(1, policy.rerouteSeconds) * 1000 });
  }
  return timers.toSorted((one, other) => one.dueOn - other.dueOn || compareKeys(one, other));
}

function keptTimers(state: Conversation): readonly Timer[] {
  const { status, isCustomerGone, handlingSince } = state;
  return state.timers.filter(({ kind }) => {
    if (kind === 'customerGone') return isCustomerGone && (status === 'open' || status === 'active');
    if (kind === 'agentGone' || kind === 'handling') return handlingSince !== null;
    return kind === 'overflow' && status === 'open';
  });
}

/** Offers, transfers and invitations that wait for an answer. */
function answerTimers({ offer, transfer, participants }: Conversation): readonly Timer[] {
  return [
    ...(offer === null ? [] : [{ kind: 'offer', dueOn: offer.expiresOn } as const]),
    ...(transfer === null ? [] : [{ kind: 'transfer', dueOn: transfer.expiresOn } as const]),
    ...participants.flatMap(({ agentId: key, expiresOn: dueOn }) =>
      dueOn === undefined ? [] : [{ kind: 'consult', dueOn, key } as const],
    ),
  ];
}

function statusTimers(state: Conversation, policy: ConversationPolicy): readonly Timer[] {
  const { status, routing, wrapUpInitiatedOn, holds } = state;
  const timers: Timer[] = [];
  const idle = idleSeconds(state, policy);
  const kind = status === 'wrapUp' ? 'wrapUp' : 'autoClose';
  if (idle !== undefined) {
    // Activity moves the end, but the timer stays where it is until it fires: most conversations end before.
    const planned = state.timers.find((timer) => timer.kind === kind);
    timers.push(planned ?? { kind, dueOn: idleSince(state) + idle * 1000 });
  }
  if (status === 'open') {
    const seconds = policy.relaxAfterSeconds[routing.relaxationStep];
    if (seconds !== undefined) timers.push({ kind: 'relax', dueOn: routing.enteredQueueOn + seconds * 1000 });
  }
  if (status === 'waiting' && policy.followUpSeconds !== undefined) {
    timers.push({ kind: 'followUp', dueOn: state.statusUpdatedOn + policy.followUpSeconds * 1000 });
  }
  if (status === 'wrapUp' && wrapUpInitiatedOn !== null && policy.wrapUpCapacity.kind === 'timed') {
    const isHeld = holds.some((hold) => hold.for === 'wrapUp');
    if (isHeld) timers.push({ kind: 'capacity', dueOn: wrapUpInitiatedOn + policy.wrapUpCapacity.seconds * 1000 });
  }
  return timers;
}

/** How long nothing may happen. In wrap-up a longer time of blocked capacity wins. */
function idleSeconds(
  { status, kind }: Conversation,
  { autoClose, wrapUpCapacity }: ConversationPolicy,
): number | undefined {
  // Records are closed with their record, never by time.
  if (status === 'closed' || kind === 'record') return undefined;
  const seconds = autoClose[status];
  if (status !== 'wrapUp' || seconds === undefined || wrapUpCapacity.kind !== 'timed') return seconds;
  return Math.max(seconds, wrapUpCapacity.seconds);
}

function idleSince({ statusUpdatedOn, lastActivityOn }: Conversation): Instant {
  return Math.max(statusUpdatedOn, lastActivityOn);
}

/** Fires all that is due, in order of time; what firing brings up is due in the same call, but the same timer never twice. */
export function fireTimers(draft: Draft, command: TimerDue): void {
  const { now, policy } = draft.facts;
  const fired = new Set<string>();
  for (;;) {
    const timer = draft.state.timers.find((one) => one.dueOn <= now && !fired.has(keyOf(one)));
    if (timer === undefined) return;
    fired.add(keyOf(timer));
    change(draft, { timers: draft.state.timers.filter((one) => one !== timer) });
    fire(draft, timer, command);
    change(draft, { timers: planTimers(draft.state, policy, now) });
  }
}

function fire(draft: Draft, timer: Timer, command: TimerDue): void {
  const { state } = draft;
  switch (timer.kind) {
    case 'offer':
      if (state.offer !== null) declineOffer(draft, state.offer, 'OfferTimedOut');
      return;
    case 'transfer':
      if (state.transfer !== null) endTransfer(draft, state.transfer, 'TransferTimedOut');
      return;
    case 'consult':
      if (timer.key !== undefined) missConsult(draft, timer.key);
      return;
    case 'capacity':
      if (state.agentId !== null) giveBack(draft, state.agentId, { for: 'wrapUp', cause: 'released' });
      return;
    case 'wrapUp':
    case 'autoClose':
      closeIdle(draft);
      return;
    case 'overflow':
      overflow(draft, command);
      return;
    case 'relax':
      relax(draft);
      return;
    case 'followUp':
      returnFromWaiting(draft, command.routing);
      return;
    case 'customerGone':
      giveUpCustomer(draft);
      return;
    case 'agentGone':
      giveUpAgent(draft, command.routing);
      return;
    case 'reroute':
      wakeOwnQueue(draft);
      return;
    case 'handling':
      emit(draft, { type: 'HandlingThresholdReached', agentId: state.agentId });
  }
}

/** Closes what nobody touched for too long; if somebody did in the meantime, the timer is planned anew from then. */
function closeIdle(draft: Draft): void {
  const { state, facts } = draft;
  const seconds = idleSeconds(state, facts.policy);
  if (seconds === undefined || idleSince(state) + seconds * 1000 > facts.now) return;
  const isCall = state.kind === 'voice' && state.status === 'active' && state.offer === null;
  if (isCall) wrapUp(draft, 'agentMovedToWrapUp');
  else close(draft, state.status === 'waiting' ? 'autoClosedFromWaiting' : 'autoClosedBySystem', 'autoClose');
}

function overflow(draft: Draft, { overflow: outcome }: TimerDue): void {
  if (outcome === null || draft.state.status !== 'open') return;
  switch (outcome.kind) {
    case 'wait':
      setTimer(draft, 'overflow', outcome.dueOn);
      return;
    case 'end':
      close(draft, 'closedDueToOverflow', 'inQueueOverflowEndConversation');
      return;
    case 'move': {
      const { routing } = outcome;
      const isCounted = routing.kind === 'queued' && routing.isOverflow;
      if (!isCounted) change(draft, { overflowTransferCount: draft.state.overflowTransferCount + 1 });
      sendToQueue(draft, routing, { transition: 'T6', closure: 'inQueueOverflowQueueTransfer', cause: 'overflow' });
    }
  }
}

/** As many steps as the wait in this queue has reached. */
function relax(draft: Draft): void {
  const { now, policy } = draft.facts;
  const { enteredQueueOn, relaxationStep } = draft.state.routing;
  const step = policy.relaxAfterSeconds.filter((seconds) => enteredQueueOn + seconds * 1000 <= now).length;
  if (step <= relaxationStep) return;
  changeRouting(draft, { relaxationStep: step });
  emit(draft, { type: 'RequirementsRelaxed', step });
  wakeOwnQueue(draft);
}

function keyOf({ kind, key }: Timer): string {
  return `${kind}/${key ?? ''}`;
}

function compareKeys(one: Timer, other: Timer): number {
  if (keyOf(one) === keyOf(other)) return 0;
  return keyOf(one) < keyOf(other) ? -1 : 1;
}
