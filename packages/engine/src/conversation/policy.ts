/** What a work stream and its channel say about the life of their conversations (behaviour reference, sections 1.7, 3 and 5). */
import type { Guid } from './conversation.ts';

/** Capacity during wrap-up: taken until it ends, free at once, or taken for some seconds. */
export type WrapUpCapacity =
  | { readonly kind: 'block' }
  | { readonly kind: 'free' }
  | { readonly kind: 'timed'; readonly seconds: number };

export type ConversationPolicy = {
  /** Countdown of an offer. */
  readonly offerSeconds: number;
  /** Offers open by themselves. */
  readonly isAutoAccepted: boolean;
  readonly mayReject: boolean;
  /** Offers that one agent may decline of one conversation, 1 to 5. */
  readonly declineLimit: number;
  /** Different agents that declined after which only people assign it. */
  readonly declinerLimit: number;
  readonly wrapUpCapacity: WrapUpCapacity;
  /** Seconds after which each state closes (or, for active voice, wraps up); undefined: never. */
  readonly autoClose: {
    readonly open?: number;
    readonly active?: number;
    readonly waiting?: number;
    readonly wrapUp?: number;
  };
  /** A waiting conversation is offered to an agent again after this many seconds. */
  readonly followUpSeconds?: number;
  readonly handlingThresholdSeconds?: number;
  /** How long a lost customer of a live channel may take to come back. */
  readonly customerReturnSeconds: number;
  readonly agentReturnSeconds: number;
  /** A conversation that comes back goes to the agent it had, whatever presence and capacity. */
  readonly keepsAgent: boolean;
  readonly mayPickFromPush: boolean;
  /** Whether a consult takes capacity of the consulted agent. */
  readonly isConsultCharged: boolean;
  /** Seconds at which the demands on agents become weaker, ascending; the rules of each step are routing's. */
  readonly relaxAfterSeconds: readonly number[];
  /** Seconds in the queue after which overflow acts; undefined: no such rule. */
  readonly overflowAfterSeconds?: number;
  /** Look again at a waiting one this often even when nothing happened. */
  readonly rerouteSeconds: number;
  /** Codes that must be set before closing from wrap-up: whether they are asked for. */
  readonly requiresDisposition: boolean;
};

/** What routing decided for a conversation that enters or changes a queue. */
export type RoutingOutcome =
  | {
      readonly kind: 'queued';
      readonly queueId: Guid;
      readonly priority: number;
      readonly skills: readonly { readonly skillId: Guid; readonly rating?: number }[];
      readonly demand: { readonly units: number; readonly profileIds: readonly Guid[] };
      readonly preferredAgentIds: readonly Guid[];
      /** Context variables that classification set. */
      readonly context: Readonly<Record<string, string | number>>;
      /** It got here because another queue overflowed. */
      readonly isOverflow: boolean;
    }
  /** Overflow or an empty queue ends it at once. */
  | { readonly kind: 'ended'; readonly cause: 'overflow' | 'failure'; readonly queueId: Guid | null };
