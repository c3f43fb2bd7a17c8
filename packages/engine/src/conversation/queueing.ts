/** How a conversation gets into a queue: what routing decided is taken over, and the wait begins (behaviour reference, T6, T10, T15, sections 4.3 and 4.7). */
import type { ClosureReason } from '../codes.ts';
import { close } from './closing.ts';
import type { Conversation, Guid, RoutingState } from './conversation.ts';
import { dismissAll } from './departures.ts';
import { change, changeRouting, type Draft, emit, enter, setTimer, wakeOwnQueue } from './draft.ts';
import type { RoutingOutcome } from './policy.ts';
import { endSession, openSession } from './sessions.ts';

export type QueueCause = 'start' | 'route' | 'transfer' | 'assign' | 'overflow' | 'return';

type Queued = Extract<RoutingOutcome, { kind: 'queued' }>;
type Ended = Extract<RoutingOutcome, { kind: 'ended' }>;

/** A new session that waits in the conversation's queue; the router is told. */
export function waitInQueue(draft: Draft, cause: QueueCause, from: Guid | null): void {
  openSession(draft, { cause, from });
  const { routing } = draft.state;
  const after = draft.facts.policy.overflowAfterSeconds;
  setTimer(draft, 'overflow', after === undefined ? null : routing.enteredQueueOn + after * 1000);
  wakeOwnQueue(draft);
}

/**
 * Into a queue, from wherever it is: whoever has it leaves, the session ends, a new one begins. What routing ended is closed instead.
 * @param outcome null: nothing new is known, back to the queue it is in
 */
export function sendToQueue(
  draft: Draft,
  outcome: RoutingOutcome | null,
  options: {
    readonly transition: 'T6' | 'T10' | 'T15';
    readonly closure: ClosureReason;
    readonly cause: QueueCause;
    /** Who gets it first, whatever their presence and capacity. */
    readonly affinityAgentId?: Guid | null;
  },
): void {
  if (outcome?.kind === 'ended') {
    closeAsRouted(draft, outcome);
    return;
  }
  const from = draft.state.routing.queueId;
  dismissAll(draft, 'Left');
  endSession(draft, options.closure);
  change(draft, { agentId: null });
  if (outcome !== null) takeOverRouting(draft, outcome);
  const { now } = draft.facts;
  changeRouting(draft, {
    enteredQueueOn: now,
    relaxationStep: 0,
    affinityAgentId: draft.state.distribution === 'push' ? (options.affinityAgentId ?? null) : null,
    isOverflowChecked: true,
    // Waiting from one queue to the next is one wait; who comes back from an agent or from outside waits anew.
    ...(options.transition === 'T6' ? {} : { queuedOn: now }),
  });
  enter(draft, options.transition, 'awaitingAgentAssignment');
  waitInQueue(draft, outcome?.isOverflow === true ? 'overflow' : options.cause, from);
}

/** Overflow or a queue without agents ends it. */
export function closeAsRouted(draft: Draft, { cause }: Ended): void {
  if (cause === 'overflow') close(draft, 'closedDueToOverflow', 'overflowEndConversation');
  else close(draft, 'closedDueToFailure', 'conversationClosed');
}

function takeOverRouting(draft: Draft, outcome: Queued): void {
  changeRouting(draft, routedColumns(outcome));
  if (outcome.isOverflow) change(draft, { overflowTransferCount: draft.state.overflowTransferCount + 1 });
  addContext(draft, outcome.context);
}

/** What a routing outcome sets of the routing state. */
export function routedColumns(
  outcome: Queued,
): Pick<RoutingState, 'queueId' | 'priority' | 'skills' | 'demand' | 'preferredAgentIds'> {
  const { queueId, priority, skills, demand, preferredAgentIds } = outcome;
  return { queueId, priority, skills, demand, preferredAgentIds };
}

/** Sets context variables; tells the ones that really changed. */
export function addContext(draft: Draft, added: Conversation['context']): void {
  const { context } = draft.state;
  const names = Object.keys(added).filter((name) => context[name] !== added[name]);
  if (names.length === 0) return;
  change(draft, { context: { ...context, ...added } });
  emit(draft, { type: 'ContextChanged', names });
}
