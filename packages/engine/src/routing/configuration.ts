/**
 * How conversations are distributed, as the engine sees it: immutable, loaded from rows by the server (a new object for each
 * version). Behaviour reference, sections 3 and 4.
 */
import type { AgentProfile } from '../agent/agent.ts';
import type { BasePresence } from '../codes.ts';
import type {
  CapacityDemand,
  ConversationKind,
  Distribution,
  Guid,
  Instant,
  RequiredSkill,
} from '../conversation/conversation.ts';
import type { ConversationPolicy } from '../conversation/policy.ts';
import type { PresenceSettings } from '../decision.ts';

export type Scalar = string | number | boolean | null;

/**
 * What conditions ask about a conversation: nested facts, addressed by dotted path. `conversation.*` (channel, kind, workStreamId, priority,
 * locale, isOutbound, subject, queueId), `context.<name>`, `customer.<column>` and, one level further, `customer.<lookup>.<column>`,
 * `time.weekday` (0 = Sunday), `time.hour`, `time.minuteOfDay`, `time.date` in the time zone of the work stream (UTC unless set).
 */
export type Subject = { readonly [name: string]: Scalar | Subject };

export type ComparisonOperator =
  | 'eq'
  | 'ne'
  | 'gt'
  | 'ge'
  | 'lt'
  | 'le'
  | 'in'
  | 'notIn'
  | 'contains'
  | 'notContains'
  | 'startsWith'
  | 'endsWith'
  | 'isNull'
  | 'notNull'
  | 'between';

export type Condition =
  | { readonly kind: 'always' }
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | {
      readonly kind: 'compare';
      /** Dotted path into the subject (in assignment rules: `agent.` for the candidate, anything else for the conversation). */
      readonly path: string;
      readonly operator: ComparisonOperator;
      /** A fixed value, a list for `in` and `between`, or a path into the subject. Texts compare without regard to case. */
      readonly value?: Scalar | readonly Scalar[] | { readonly path: string };
    };

export type ClassificationOutput = {
  readonly priority?: number;
  /** Added to what is there. */
  readonly skills?: readonly RequiredSkill[];
  readonly units?: number;
  /** Added to what is there. */
  readonly profileIds?: readonly Guid[];
  readonly preferredAgentIds?: readonly Guid[];
  readonly context?: Readonly<Record<string, string | number>>;
};

export type ClassificationRule = {
  readonly name: string;
  readonly when: Condition;
  readonly set: ClassificationOutput;
};
/** In order; the first rule that matches fires, then the next rule set runs and sees what it set. */
export type ClassificationRuleSet = {
  readonly id: Guid;
  readonly name: string;
  readonly rules: readonly ClassificationRule[];
};

export type RouteRule = {
  readonly name: string;
  readonly when: Condition;
  /** One queue with 100, or up to five that add up to 100. */
  readonly queues: readonly { readonly queueId: Guid; readonly percent: number }[];
  /** Overflow of the queue does not count for this rule. */
  readonly ignoresOverflow?: boolean;
};

export type RelaxationStep = {
  readonly afterSeconds: number;
  /** These skills are no longer asked for; all: none is. */
  readonly dropSkills?: 'all' | readonly Guid[];
  /** Ratings asked for are lowered by this much (0 to 1). */
  readonly lowerRatingBy?: number;
};

export type OverflowCondition =
  | { readonly kind: 'outsideHours' }
  /** Conversations waiting in the queue at least this many. */
  | { readonly kind: 'queueLength'; readonly atLeast: number }
  | { readonly kind: 'averageWait'; readonly atLeastSeconds: number }
  | { readonly kind: 'waitingLonger'; readonly seconds: number };

export type OverflowAction =
  | { readonly kind: 'assignAnyway' }
  | { readonly kind: 'end' }
  | { readonly kind: 'transfer'; readonly queueId: Guid }
  /** Calls only; a voice adapter carries them out, messaging treats them as `end`. */
  | { readonly kind: 'callback' | 'voicemail' | 'external'; readonly target?: string };

export type OverflowRule = { readonly name: string; readonly when: OverflowCondition; readonly action: OverflowAction };

export type AssignmentOrder =
  | {
      readonly by: 'leastActive' | 'roundRobin' | 'unitCapacity' | 'proficiency' | 'skillCount';
      readonly descending?: boolean;
    }
  | { readonly by: 'profileCapacity'; readonly profileId: Guid; readonly descending?: boolean }
  | { readonly by: 'attribute'; readonly path: string; readonly descending?: boolean };

/**
 * First rule with any matching agent decides. Presence, capacity and skills of the work stream do not apply to custom assignment: rules
 * say them. Paths for agents: `agent.presence`, `agent.unitsAvailable`, `agent.profile.<id>` (available), `agent.skill.<id>` (rating, absent: null),
 * `agent.isWorking` (calendar), `agent.conversationCount`, `agent.<column of the user>`; `agent.hasRequiredSkills` and `agent.hasCapacity` answer for
 * what the conversation asks.
 */
export type AssignmentRule = {
  readonly name: string;
  readonly when: Condition;
  readonly orderBy: readonly AssignmentOrder[];
};
export type AssignmentRuleSet = {
  readonly id: Guid;
  readonly name: string;
  readonly when: Condition;
  readonly rules: readonly AssignmentRule[];
};

/** Buckets in order; inside a bucket by the attribute, else first in first out. What matches none comes last. */
export type PrioritizationRule = {
  readonly name: string;
  readonly when: Condition;
  readonly orderBy?: { readonly path: string; readonly descending?: boolean };
};

export type AssignmentMethod =
  | { readonly kind: 'highestCapacity' | 'roundRobin' | 'leastActive' | 'none' }
  | {
      readonly kind: 'custom';
      readonly prioritization: readonly PrioritizationRule[];
      /** The first rule set whose own condition holds is used. */
      readonly ruleSets: readonly AssignmentRuleSet[];
    };

export type Queue = {
  readonly id: Guid;
  readonly name: string;
  readonly kind: 'messaging' | 'record' | 'voice';
  /** Group: smaller first when agents are in several queues. */
  readonly priority: number;
  readonly isDefault: boolean;
  readonly operatingHourId: Guid | null;
  readonly method: AssignmentMethod;
  readonly preQueueOverflow: readonly OverflowRule[];
  readonly inQueueOverflow: readonly OverflowRule[];
  readonly serviceLevelSeconds: number | null;
  readonly shortAbandonSeconds: number | null;
  /** Members in the order of being added. */
  readonly agentIds: readonly Guid[];
};

export type WorkStream = {
  readonly id: Guid;
  readonly name: string;
  readonly channel: number;
  readonly kind: ConversationKind;
  readonly distribution: Distribution;
  readonly isOutbound: boolean;
  readonly allowedPresences: readonly BasePresence[];
  readonly demand: CapacityDemand;
  readonly matching: 'exact' | 'closest' | 'none';
  readonly policy: ConversationPolicy;
  readonly classification: readonly ClassificationRuleSet[];
  readonly routes: readonly RouteRule[];
  readonly fallbackQueueId: Guid;
  readonly relaxation: readonly RelaxationStep[];
  /** Declared context variables; unknown names become text. */
  readonly contextVariables: Readonly<Record<string, 'text' | 'number'>>;
  readonly timeZone: string;
};

/** Weekly hours and exceptions, in local time of a zone. */
export type OperatingHours = {
  readonly id: Guid;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** By weekday, 0 = Sunday: minutes of the day from and to; `to` may be 1440, and less than or equal to `from` runs past midnight. */
  readonly weekly: readonly (readonly { readonly from: number; readonly to: number }[])[];
  /** Whole days, `YYYY-MM-DD` local, first to last. */
  readonly holidays: readonly { readonly name: string; readonly from: string; readonly to: string }[];
};

export type RoutingConfiguration = {
  readonly version: string;
  readonly workStreams: ReadonlyMap<Guid, WorkStream>;
  readonly queues: ReadonlyMap<Guid, Queue>;
  readonly agents: ReadonlyMap<Guid, AgentProfile>;
  readonly operatingHours: ReadonlyMap<Guid, OperatingHours>;
  readonly presences: PresenceSettings;
  readonly skillNames: ReadonlyMap<Guid, string>;
  readonly profileNames: ReadonlyMap<Guid, string>;
};

/** What is true at the moment and decides about queues. */
export type QueueLoad = { readonly waiting: number; readonly averageWaitSeconds: number | null };

export type RoutingFacts = {
  readonly now: Instant;
  readonly loads: ReadonlyMap<Guid, QueueLoad>;
};
