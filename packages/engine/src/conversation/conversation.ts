/**
 * The state of one conversation, as the engine keeps it: plain data that survives JSON. Everything a Dataverse row shows of a
 * conversation is derived from it (`rows.ts`); everything that may happen to it is a command (`command.ts`).
 */
import type { AssignReason, ParticipantMode, StatusReason } from '../codes.ts';

/** A UUID in lower case. */
export type Guid = string;
/** Milliseconds since 1970, UTC, whole. */
export type Instant = number;

/** What one sees: `statuscode` 1 to 5. */
export type Status = 'open' | 'active' | 'waiting' | 'closed' | 'wrapUp';

/**
 * How the channel works: `live` ends with its session (live chat), `persistent` waits for the customer to come back (SMS, social,
 * custom, persistent chat), `voice` is a call, `record` is a routed row.
 */
export type ConversationKind = 'live' | 'persistent' | 'voice' | 'record';

export type Distribution = 'push' | 'pick';

export type Customer = { readonly id: Guid; readonly table: 'contact' | 'account' };

/** A context variable: text, or a whole or decimal number. */
export type ContextValue = string | number;

export type RequiredSkill = {
  readonly skillId: Guid;
  /** From 0 to 1: the rating normalised over its model. Undefined: any proficiency. */
  readonly rating?: number;
};

/** What one conversation takes of an agent. */
export type CapacityDemand = { readonly units: number; readonly profileIds: readonly Guid[] };

/** Capacity that an agent gives to this conversation at the moment. */
export type CapacityHold = {
  readonly agentId: Guid;
  readonly for: 'primary' | 'offer' | 'transfer' | 'consult' | 'wrapUp';
  readonly units: number;
  readonly profileIds: readonly Guid[];
  /** May exceed the agent's limit: a pick, a supervisor's decision, affinity. */
  readonly isForced: boolean;
};

export type Participant = {
  readonly id: Guid;
  readonly agentId: Guid;
  readonly mode: ParticipantMode;
  readonly assignReason: AssignReason;
  /** The session it belongs to (`msdyn_omnichannelsession`). */
  readonly sessionId: Guid;
  readonly addedOn: Instant;
  /** Null: invited, not there yet. */
  readonly joinedOn: Instant | null;
  /** Whether the customer sees them and they may write to the customer. */
  readonly access: 'public' | 'private';
  /** An invitation runs out then. */
  readonly expiresOn?: Instant;
};

/** An engagement attempt: from entering a queue (or reaching an agent) to the end of that engagement. */
export type Session = {
  readonly id: Guid;
  /** From 1, within the conversation. */
  readonly number: number;
  readonly queueId: Guid | null;
  readonly createdOn: Instant;
  readonly queueAssignedOn: Instant | null;
  readonly agentId: Guid | null;
  readonly agentAssignedOn: Instant | null;
  readonly agentAcceptedOn: Instant | null;
};

/** An agent who turned an offer of this conversation down or let it run out. */
export type Decline = { readonly agentId: Guid; readonly count: number; readonly lastOn: Instant };

/** An open offer to one agent. */
export type Offer = {
  readonly agentId: Guid;
  readonly reason: AssignReason;
  readonly offeredOn: Instant;
  readonly expiresOn: Instant;
  /** Opens by itself: nothing to accept or reject. */
  readonly isAutoAccepted: boolean;
  readonly mayReject: boolean;
};

/** A transfer to an agent that the target has not answered; the first agent stays primary until then. */
export type PendingTransfer = {
  readonly agentId: Guid;
  readonly by: 'agent' | 'supervisor';
  readonly byUserId: Guid;
  readonly isEscalation: boolean;
  readonly offeredOn: Instant;
  readonly expiresOn: Instant;
};

/**
 * What fires by itself. `offer`: runs out. `transfer`: runs out. `consult` (key: agent id): invitation runs out. `wrapUp`: time for
 * notes is over. `capacity`: the hold for wrap-up ends earlier than the wrap-up. `autoClose`: nobody did anything. `overflow`: waited
 * too long in the queue. `relax`: demands become weaker. `followUp`: a waiting one is offered again. `customerGone`: the customer did
 * not come back. `agentGone`: the agent did not come back. `reroute`: look at it again although nothing happened. `handling`: the handling time threshold is
 * reached (an event for supervisors, nothing else).
 */
export type TimerKind =
  | 'offer'
  | 'transfer'
  | 'consult'
  | 'wrapUp'
  | 'capacity'
  | 'autoClose'
  | 'overflow'
  | 'relax'
  | 'followUp'
  | 'customerGone'
  | 'agentGone'
  | 'reroute'
  | 'handling';

export type Timer = { readonly kind: TimerKind; readonly dueOn: Instant; readonly key?: string };

/** What routing has found out about a conversation; the router reads this and nothing else of it. */
export type RoutingState = {
  /** Queue it waits or is handled in. Null only before routing and after a failure. */
  readonly queueId: Guid | null;
  /** Higher first. */
  readonly priority: number;
  readonly skills: readonly RequiredSkill[];
  readonly demand: CapacityDemand;
  /** When it (re-)entered the line: the first-in-first-out key. */
  readonly queuedOn: Instant;
  /** When it entered this queue: what overflow by waiting time and session waiting time count from. */
  readonly enteredQueueOn: Instant;
  readonly preferredAgentIds: readonly Guid[];
  /** Must go back to this agent first, whatever presence and capacity (keep same agent). */
  readonly affinityAgentId: Guid | null;
  readonly declines: readonly Decline[];
  /** How many steps of requirement relaxation are in force. */
  readonly relaxationStep: number;
  /** Nobody may be offered it by the router any more (too many declined): only pick and assign. */
  readonly isManualOnly: boolean;
  /** Overflow before queueing has been checked, or must not be (supervisor, overflow move). */
  readonly isOverflowChecked: boolean;
};

export type Conversation = {
  readonly id: Guid;
  /** Counts every accepted command, from 1; events carry it. */
  readonly sequence: number;
  readonly status: Status;
  readonly reason: StatusReason;
  readonly kind: ConversationKind;
  /** Code of the channel (`msdyn_streamsource`). */
  readonly channel: number;
  readonly workStreamId: Guid;
  readonly distribution: Distribution;
  readonly isOutbound: boolean;
  readonly subject: string;
  readonly title: string;
  readonly customer: Customer | null;
  readonly customerName: string | null;
  readonly locale: string | null;
  readonly caseId: Guid | null;
  readonly context: Readonly<Record<string, ContextValue>>;
  /** The customer on their channel, unique among open conversations; null where a channel has no such thing. */
  readonly channelKey: string | null;

  readonly routing: RoutingState;
  readonly session: Session | null;
  readonly sessionCount: number;
  /** Newest session that had an agent. */
  readonly lastSessionId: Guid | null;
  /** Last agent: kept in waiting, wrap-up and closed; empty while open. */
  readonly agentId: Guid | null;
  readonly agentAssignedOn: Instant | null;
  readonly offer: Offer | null;
  readonly transfer: PendingTransfer | null;
  /** Present or invited agents. */
  readonly participants: readonly Participant[];
  readonly participantCount: number;
  readonly holds: readonly CapacityHold[];

  readonly initiatedOn: Instant;
  readonly firstWaitStartedOn: Instant;
  readonly startedOn: Instant | null;
  readonly statusUpdatedOn: Instant;
  readonly modifiedOn: Instant;
  readonly lastActivityOn: Instant;
  readonly wrapUpInitiatedOn: Instant | null;
  readonly closedOn: Instant | null;
  readonly firstWaitSeconds: number | null;
  /** Seconds in wrap-up, once closed. */
  readonly wrapUpSeconds: number | null;
  /** Seconds of accepted engagement so far: from accept to wrap-up, waiting, transfer or close. */
  readonly handledSeconds: number;
  /** When the present agent accepted; null while nobody handles it. */
  readonly handlingSince: Instant | null;
  readonly firstResponseOn: Instant | null;

  readonly transferCount: number;
  readonly escalationCount: number;
  readonly overflowTransferCount: number;
  readonly isAgentAccepted: boolean;
  readonly isAbandoned: boolean;
  /** The customer's connection is lost (live channels). */
  readonly isCustomerGone: boolean;
  readonly messageCount: number;
  readonly timers: readonly Timer[];
};
