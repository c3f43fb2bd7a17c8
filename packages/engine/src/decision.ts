/** What goes into a decision besides the state and the command, and what comes out. */
import type { AgentEventBody, ConversationEventBody } from '@parley/protocol';
import type { Agent, AgentProfile } from './agent/agent.ts';
import type { BasePresence } from './codes.ts';
import type { MessageDraft } from './conversation/command.ts';
import type { Conversation, Guid, Instant } from './conversation/conversation.ts';
import type { ConversationPolicy } from './conversation/policy.ts';

/** The presences that exist, and the switches of missed and rejected offers. */
export type PresenceSettings = {
  readonly definitions: ReadonlyMap<Guid, PresenceDefinition>;
  /** Rows that the system itself sets. */
  readonly system: Readonly<Record<BasePresence | 'inactive', Guid>>;
  /** A missed offer makes the agent inactive; a rejected one, not to be disturbed. */
  readonly isMissedOfferInactive: boolean;
  readonly isRejectedOfferDoNotDisturb: boolean;
  /** No sign of life from the agent for this long: away. Undefined: never. */
  readonly autoAwaySeconds?: number;
  /** A device that gives no sign of life for this long is lost, as if its connection had broken. Undefined: never. */
  readonly deviceSilenceSeconds?: number;
  /** A lost connection that is back within this time restores the presence. */
  readonly reconnectSeconds: number;
  /** Sessions that one agent may have open; one more makes them not to be disturbed. */
  readonly maximumSessions: number;
};

export type PresenceDefinition = {
  readonly id: Guid;
  readonly base: BasePresence;
  readonly name: string;
  readonly text: string;
  readonly canUserSet: boolean;
};

export type AgentFact = { readonly state: Agent; readonly profile: AgentProfile };

export type ConversationFacts = {
  readonly now: Instant;
  readonly policy: ConversationPolicy;
  /** Every agent that the conversation or the command concerns: holders of capacity, participants, the target. */
  readonly agents: ReadonlyMap<Guid, AgentFact>;
  readonly presences: PresenceSettings;
};

/** A message to store, with its number. */
export type NewMessage = MessageDraft & { readonly number: number; readonly sentOn: Instant };

/** An agent as a decision leaves them, with what happened to them. */
export type AgentChange = {
  readonly before: Agent;
  readonly after: Agent;
  readonly events: readonly AgentEventBody[];
};

export type Accepted = {
  readonly kind: 'accepted';
  readonly conversation: Conversation;
  /** In the order in which they happened. */
  readonly events: readonly ConversationEventBody[];
  readonly messages: readonly NewMessage[];
  readonly agents: readonly AgentChange[];
  /** Queues that the router should look at, because something may be possible there now. */
  readonly wakeQueues: readonly Guid[];
};

export type RefusalName =
  /** The state does not allow the command: names state and command. */
  | 'notPossibleNow'
  /** The caller is not the agent, participant or supervisor that the command is for. */
  | 'notYours'
  /** The conversation is closed: final. */
  | 'conversationClosed'
  | 'offerExpired'
  | 'agentNotAvailable'
  | 'notMemberOfQueue'
  | 'notForThisChannel'
  | 'pickNotAllowed'
  | 'dispositionRequired'
  | 'sameAgent'
  | 'tooManyParticipants'
  | 'unknownTransition';

/** `detail` is a sentence for people: what was asked, what stands in the way. */
export type Refused = { readonly kind: 'refused'; readonly name: RefusalName; readonly detail: string };

export type ConversationDecision = Accepted | Refused;
