/**
 * Which status may follow which, and through what: the one table that `decide` obeys and that the documents are made of. Behaviour
 * reference, sections 1.1 (numbers) and 1.4 (transitions).
 */
import type { ConversationCommand } from './command.ts';
import type { ConversationKind, Status } from './conversation.ts';

/** A command's kind, or the creation of a conversation. */
export type Trigger = ConversationCommand['kind'] | 'start';

export type TransitionId =
  | 'T0'
  | 'T1'
  | 'T2'
  | 'T3'
  | 'T4'
  | 'T5'
  | 'T6'
  | 'T7'
  | 'T8'
  | 'T9'
  | 'T10'
  | 'T11'
  | 'T12'
  | 'T13'
  | 'T14'
  | 'T15'
  | 'T16'
  | 'T17'
  | 'T18'
  | 'T19';

export type Transition = {
  readonly id: TransitionId;
  /** Null: there was no conversation. */
  readonly from: readonly (Status | null)[];
  readonly to: Status;
  readonly triggers: readonly Trigger[];
  /** Absent: every kind. */
  readonly kinds?: readonly ConversationKind[];
  /** A few words for the diagram. */
  readonly label: string;
  readonly guard: string;
  readonly effect: string;
};

export const transitions: readonly Transition[] = [
  {
    id: 'T0',
    from: [null],
    to: 'open',
    triggers: ['start'],
    label: 'starts',
    guard: 'The channel belongs to a work stream.',
    effect: 'Both rows and the first session exist; the wait begins.',
  },
  {
    id: 'T1',
    from: ['open'],
    to: 'active',
    triggers: ['offer'],
    label: 'routing offers it',
    guard:
      'Pushed work; the agent is signed in and not offline, and routing found presence, capacity and skills right.',
    effect: 'Agent and session are assigned, capacity is taken, the countdown runs.',
  },
  {
    id: 'T2',
    from: ['active'],
    to: 'active',
    triggers: ['accept', 'offer'],
    label: 'agent accepts',
    guard: 'The offer is to the caller and has not run out; with automatic acceptance it follows the offer at once.',
    effect: 'The agent joins; the first wait ends; handling begins.',
  },
  {
    id: 'T3',
    from: ['active'],
    to: 'open',
    triggers: ['reject', 'timerDue'],
    label: 'agent declines or misses it',
    guard: 'The offer is not accepted; rejecting needs an offer that may be rejected.',
    effect: 'Session closed, capacity back, decline counted, new session in the same queue.',
  },
  {
    id: 'T4',
    from: ['open'],
    to: 'active',
    triggers: ['pick'],
    label: 'agent picks it',
    guard:
      'Picking is allowed, and the agent is a member of the queue or a supervisor. Presence and capacity do not matter.',
    effect: 'Assigned and accepted in one step; capacity may go below zero.',
  },
  {
    id: 'T5',
    from: ['open'],
    to: 'active',
    triggers: ['offer'],
    label: 'supervisor assigns it',
    guard: 'Nobody has it. Presence and capacity do not matter.',
    effect: 'As T1 in a new session; capacity may go below zero.',
  },
  {
    id: 'T6',
    from: ['open'],
    to: 'open',
    triggers: ['moveToQueue', 'timerDue'],
    label: 'moves to another queue',
    guard: 'A supervisor or overflow says so.',
    effect: 'Session closed, new session in the other queue; only overflow counts as an overflow transfer.',
  },
  {
    id: 'T7',
    from: ['open'],
    to: 'closed',
    triggers: ['start', 'moveToQueue', 'timerDue', 'end', 'forceClose', 'setStateDirectly'],
    label: 'ends in the queue',
    guard:
      'Customer ended or stayed away, overflow, no agents in the queue, forced, nobody did anything, or a bot ended it.',
    effect: 'Final. Abandoned if a person was wanted and none accepted.',
  },
  {
    id: 'T8',
    from: ['active'],
    to: 'wrapUp',
    triggers: ['end', 'timerDue', 'setStateDirectly'],
    label: 'the talk ends',
    guard:
      'Accepted. The agent ends, or the customer of a live channel or a messaging API ends, or stays away; a call after two hours.',
    effect: 'Session stays open for notes; capacity as the work stream says.',
  },
  {
    id: 'T9',
    from: ['active'],
    to: 'waiting',
    triggers: ['closeSession', 'setStateDirectly'],
    kinds: ['persistent'],
    label: 'agent closes the session',
    guard: 'Accepted, on a channel where the customer may come back.',
    effect: 'Session closed, capacity back; the agent is remembered.',
  },
  {
    id: 'T10',
    from: ['active'],
    to: 'open',
    triggers: ['closeSession', 'release', 'moveToQueue', 'timerDue', 'setStateDirectly'],
    label: 'back to a queue',
    guard: 'Live or voice session closed, released, moved to a queue, or the agent was lost and did not come back.',
    effect: 'Session closed, capacity back, new session; a live chat goes to the same agent first.',
  },
  {
    id: 'T11',
    from: ['active'],
    to: 'active',
    triggers: ['accept', 'takeOver'],
    label: 'another agent gets it',
    guard: 'The target of a transfer accepts, or a supervisor takes over.',
    effect: 'Session closed and a new one opened; transfer counted, and an escalation if the target is a supervisor.',
  },
  {
    id: 'T12',
    from: ['active'],
    to: 'closed',
    triggers: ['end', 'timerDue', 'forceClose', 'closeSession', 'release', 'moveToQueue', 'setStateDirectly'],
    label: 'ends while active',
    guard:
      'Customer gone before acceptance, forced, nobody did anything, a bot ended it, or the queue it went to ends it.',
    effect: 'Final. Capacity back.',
  },
  {
    id: 'T13',
    from: ['wrapUp'],
    to: 'closed',
    triggers: ['closeSession', 'timerDue', 'forceClose', 'setStateDirectly'],
    label: 'notes are done',
    guard: 'Agent closes the session (with a disposition where one is required), time is over, or forced.',
    effect: 'Final. Session closed, capacity back, time for notes written.',
  },
  {
    id: 'T14',
    from: ['waiting'],
    to: 'active',
    triggers: ['reopen', 'setStateDirectly'],
    kinds: ['persistent'],
    label: 'its agent opens it',
    guard: 'The caller is the agent of the conversation.',
    effect: 'New session, accepted; capacity may go below zero.',
  },
  {
    id: 'T15',
    from: ['waiting'],
    to: 'open',
    triggers: ['addMessage', 'timerDue', 'setStateDirectly'],
    kinds: ['persistent'],
    label: 'customer writes again',
    guard: 'A message of the customer, or the follow-up time is over.',
    effect: 'New session, routed again; the same agent first where the work stream keeps agents.',
  },
  {
    id: 'T16',
    from: ['waiting'],
    to: 'closed',
    triggers: ['timerDue', 'end', 'forceClose', 'addMessage', 'setStateDirectly'],
    kinds: ['persistent'],
    label: 'customer stays away',
    guard:
      'Nothing happened for the time of the work stream, the customer of a messaging API ends it, forced, or routing ends it when the customer writes.',
    effect: 'Final.',
  },
  {
    id: 'T17',
    from: ['waiting'],
    to: 'active',
    triggers: ['accept', 'takeOver'],
    kinds: ['persistent'],
    label: 'another agent gets it',
    guard: 'The target of a supervisor’s transfer accepts, or a supervisor takes over.',
    effect: 'As T11.',
  },
  {
    id: 'T18',
    from: ['open'],
    to: 'waiting',
    triggers: ['messageCustomer', 'setStateDirectly'],
    kinds: ['persistent'],
    label: 'supervisor writes to the customer',
    guard: 'A persistent channel.',
    effect: 'Message stored, session closed; nobody is its agent.',
  },
  {
    id: 'T19',
    from: ['open', 'active', 'waiting', 'wrapUp'],
    to: 'closed',
    triggers: ['recordGone'],
    kinds: ['record'],
    label: 'record is gone or resolved',
    guard: 'A routed record.',
    effect: 'Final. Capacity back.',
  },
];

const byId: ReadonlyMap<TransitionId, Transition> = new Map(transitions.map((one) => [one.id, one]));

/**
 * The transition, if it may be made from this status by this trigger.
 * @throws Error when it may not: the caller has a bug
 */
export function requireTransition(
  id: TransitionId,
  from: Status | null,
  trigger: Trigger,
  kind: ConversationKind,
): Transition {
  const transition = byId.get(id);
  const isAllowed =
    transition?.from.includes(from) &&
    transition.triggers.includes(trigger) &&
    (transition.kinds === undefined || transition.kinds.includes(kind));
  if (transition === undefined || !isAllowed)
    throw new Error(`${id} is no transition of a ${kind} conversation from ${from ?? 'nothing'} by ${trigger}`);
  return transition;
}

/**
 * Whether a status may follow another, whoever asks.
 * @param options.isDirect rows written without the engine may also be created in any state
 */
export function isPossible(
  from: Status | null,
  to: Status,
  kind: ConversationKind,
  options: { readonly isDirect?: boolean } = {},
): boolean {
  if (from === null && options.isDirect === true) return to !== 'waiting' || kind === 'persistent';
  return transitions.some(
    (one) => one.from.includes(from) && one.to === to && (one.kinds === undefined || one.kinds.includes(kind)),
  );
}

export type StatusCodes = {
  /** The same in both tables. */
  readonly status: number;
  /** `statecode` of msdyn_liveconversation. */
  readonly liveState: number;
  /** `statecode` of msdyn_ocliveworkitem. */
  readonly workItemState: number;
};

export const statusCodes: Readonly<Record<Status, StatusCodes>> = {
  open: { status: 1, liveState: 0, workItemState: 0 },
  active: { status: 2, liveState: 1, workItemState: 0 },
  waiting: { status: 3, liveState: 2, workItemState: 0 },
  closed: { status: 4, liveState: 3, workItemState: 1 },
  wrapUp: { status: 5, liveState: 4, workItemState: 0 },
};

const statusByCode: ReadonlyMap<number, Status> = new Map([
  [1, 'open'],
  [2, 'active'],
  [3, 'waiting'],
  [4, 'closed'],
  [5, 'wrapUp'],
]);

/** @param statuscode 1 to 5; 6 (resolved) and 7 (scheduled) are never used by conversations: undefined */
export function statusOfCode(statuscode: number): Status | undefined {
  return statusByCode.get(statuscode);
}
