/** The state of one agent: presence, devices, capacity in use, stamps. Plain data that survives JSON. */
import type { BasePresence } from '../codes.ts';
import type { Guid, Instant } from '../conversation/conversation.ts';

/** How an agent came to their presence: decides what the system may change again (behaviour reference, section 4.5). */
export type PresenceCause =
  | 'signIn'
  | 'signOut'
  | 'disconnect'
  | 'reconnect'
  | 'agent'
  | 'supervisor'
  | 'capacity'
  | 'missedOffer'
  | 'rejectedOffer'
  | 'resetMissed'
  | 'autoAway';

/** One browser or phone that the agent is signed in on. */
export type Device = { readonly id: string; readonly since: Instant; readonly lastSeenOn: Instant };

/** Use of one capacity profile. `resetOn`: for profiles that reset daily, when the count starts anew. */
export type ProfileUse = { readonly used: number; readonly resetOn: Instant | null };

export type AgentTimerKind = 'disconnect' | 'autoAway' | 'profileReset';
export type AgentTimer = { readonly kind: AgentTimerKind; readonly dueOn: Instant; readonly key?: string };

export type Agent = {
  readonly id: Guid;
  /** Counts every change, from 1. */
  readonly sequence: number;
  /** Row of msdyn_presence, its base, why and since when. */
  readonly presenceId: Guid;
  readonly basePresence: BasePresence;
  readonly presenceCause: PresenceCause;
  readonly presenceSetBy: Guid | null;
  readonly presenceSince: Instant;
  /** What to go back to after a lost connection came back in time. */
  readonly presenceBefore: {
    readonly presenceId: Guid;
    readonly basePresence: BasePresence;
    readonly cause: PresenceCause;
  } | null;
  readonly isSignedIn: boolean;
  readonly devices: readonly Device[];
  readonly lastActivityOn: Instant | null;
  readonly unitsUsed: number;
  /** Of unitsUsed: what was taken past the limit on purpose. */
  readonly unitsForced: number;
  readonly profiles: Readonly<Record<Guid, ProfileUse>>;
  /** Conversations held at the moment, offers included. */
  readonly conversationCount: number;
  /** By queue: when they were last assigned something there (advanced round robin). */
  readonly lastAssignedOn: Readonly<Record<Guid, Instant>>;
  /** When capacity was last given back (least active). Null: since sign-in nothing was. */
  readonly lastReleasedOn: Instant | null;
  readonly timers: readonly AgentTimer[];
};

/** What configuration says about an agent; not state. */
export type AgentProfile = {
  readonly id: Guid;
  readonly name: string;
  /** Units when nothing is in use (`msdyn_capacity` of the user). */
  readonly unitCapacity: number;
  readonly defaultPresenceId: Guid | null;
  readonly isSupervisor: boolean;
  readonly isEnabled: boolean;
  /** Profile id -> limit and behaviour. */
  readonly capacityProfiles: Readonly<Record<Guid, AgentCapacityProfile>>;
  /** Skill id -> rating from 0 to 1, normalised over its model; 1 where the skill has no rating. */
  readonly skills: Readonly<Record<Guid, number>>;
  /** Queue id -> when added, for the first order of round robin. */
  readonly queues: Readonly<Record<Guid, Instant>>;
  /** Columns of the user that assignment rules may ask for. */
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>;
  /** IANA name. */
  readonly timeZone: string;
};

export type AgentCapacityProfile = {
  readonly limit: number;
  readonly reset: 'immediate' | 'daily';
  /** At the limit nothing more is assigned automatically, whatever other capacity is left. */
  readonly isBlocking: boolean;
};
