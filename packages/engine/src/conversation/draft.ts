/**
 * A decision in the making: the conversation as it is so far, and everything that will be handed back with it. Lives within one call of
 * `decide` or `startConversation`, which alone finish it.
 */
import type { ConversationEventBody } from '@parley/protocol';
import { type StatusReason, statusReasonCodes } from '../codes.ts';
import type { Accepted, AgentChange, ConversationFacts, NewMessage, RefusalName, Refused } from '../decision.ts';
import type { Actor, MessageDraft } from './command.ts';
import type { Conversation, Guid, Status, Timer, TimerKind } from './conversation.ts';
import { requireTransition, type TransitionId, type Trigger } from './transitions.ts';

export type Draft = {
  readonly trigger: Trigger;
  readonly facts: ConversationFacts;
  state: Conversation;
  readonly events: ConversationEventBody[];
  readonly messages: NewMessage[];
  readonly agents: Map<Guid, AgentChange>;
  readonly wakeQueues: Set<Guid>;
};

/** Status and its reason change through `enter` alone, so that no change escapes the table of transitions. */
type FreeColumns = Omit<Conversation, 'id' | 'sequence' | 'status' | 'reason' | 'statusUpdatedOn'>;

/** Timers that belong to a status and end with it; the others are tied to something else in the state. */
const statusTimers: ReadonlySet<TimerKind> = new Set(['autoClose', 'wrapUp', 'overflow', 'reroute']);

export function newDraft(state: Conversation, trigger: Trigger, facts: ConversationFacts): Draft {
  return { trigger, facts, state, events: [], messages: [], agents: new Map(), wakeQueues: new Set() };
}

export function change(draft: Draft, columns: Partial<FreeColumns>): void {
  draft.state = { ...draft.state, ...columns };
}

export function changeRouting(draft: Draft, columns: Partial<Conversation['routing']>): void {
  change(draft, { routing: { ...draft.state.routing, ...columns } });
}

export function emit(draft: Draft, event: ConversationEventBody): void {
  draft.events.push(event);
}

/**
 * Makes a transition: the only way to another status or reason.
 * @throws Error when the table does not have it: a bug of the caller
 */
export function enter(draft: Draft, id: TransitionId, reason: StatusReason): void {
  const { state, facts } = draft;
  const { to } = requireTransition(id, state.status, draft.trigger, state.kind);
  if (to !== state.status) {
    const timers = state.timers.filter(({ kind }) => !statusTimers.has(kind));
    draft.state = { ...state, status: to, reason, statusUpdatedOn: facts.now, timers };
    emit(draft, { type: 'StatusChanged', from: state.status, to, reason: statusReasonCodes[reason] });
  } else if (reason !== state.reason) {
    draft.state = { ...state, reason };
    emit(draft, { type: 'StatusReasonChanged', reason: statusReasonCodes[reason] });
  }
}

/** Sets a timer of which there is one per kind; null takes it away. */
export function setTimer(draft: Draft, kind: TimerKind, dueOn: number | null): void {
  const others = draft.state.timers.filter((timer) => timer.kind !== kind);
  if (dueOn === null && others.length === draft.state.timers.length) return;
  const timer: readonly Timer[] = dueOn === null ? [] : [{ kind, dueOn }];
  change(draft, { timers: [...others, ...timer] });
}

/** Stores a message under the next number. */
export function storeMessage(draft: Draft, message: MessageDraft): void {
  const number = draft.state.messageCount + 1;
  change(draft, { messageCount: number });
  draft.messages.push({ ...message, number, sentOn: draft.facts.now });
  const { id: messageId, author, audience } = message;
  emit(draft, { type: 'MessageAdded', messageId, number, authorKind: author.kind, authorId: author.id, audience });
}

/** Marks the conversation's queue for the router, if the router may do anything with it. */
export function wakeOwnQueue(draft: Draft): void {
  const { status, distribution, routing } = draft.state;
  const isAssignable = status === 'open' && distribution === 'push' && !routing.isManualOnly;
  if (isAssignable && routing.queueId !== null) draft.wakeQueues.add(routing.queueId);
}

/** What the decision comes to; the caller has completed the state. */
export function accept(draft: Draft): Accepted {
  return {
    kind: 'accepted',
    conversation: draft.state,
    events: draft.events,
    messages: draft.messages,
    agents: [...draft.agents.values()],
    wakeQueues: [...draft.wakeQueues],
  };
}

export function refuse(name: RefusalName, detail: string): Refused {
  return { kind: 'refused', name, detail };
}

const statusWords: Readonly<Record<Status, string>> = {
  open: 'open',
  active: 'active',
  waiting: 'waiting for the customer',
  wrapUp: 'in wrap-up',
  closed: 'closed',
};

/** @param detail what stands in the way, as a sentence; the status is said before it */
export function refuseNow(draft: Draft, detail: string): Refused {
  return refuse('notPossibleNow', `The conversation is ${statusWords[draft.state.status]}. ${detail}`);
}

/** The user who asks; null for customers and the system. */
export function userOf(by: Actor): Guid | null {
  return 'userId' in by ? by.userId : null;
}

export function isSupervising(by: Actor): boolean {
  return by.kind === 'supervisor' || by.kind === 'administrator';
}
