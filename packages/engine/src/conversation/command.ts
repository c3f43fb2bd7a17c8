/** What may be asked of a conversation. Imperative; who asks is part of it. Guards: behaviour reference, section 1.4 and 5. */
import type { AssignReason, StatusReason } from '../codes.ts';
import type {
  ContextValue,
  ConversationKind,
  Customer,
  Distribution,
  Guid,
  Instant,
  Status,
  TimerKind,
} from './conversation.ts';
import type { RoutingOutcome } from './policy.ts';

export type Actor =
  | { readonly kind: 'agent' | 'supervisor' | 'administrator'; readonly userId: Guid }
  | { readonly kind: 'customer' }
  | { readonly kind: 'bot'; readonly userId: Guid }
  | { readonly kind: 'system' };

export type Attachment = {
  readonly id: Guid;
  readonly name: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
};

export type MessageDraft = {
  readonly id: Guid;
  readonly clientId: string | null;
  readonly author: {
    readonly kind: 'customer' | 'agent' | 'bot' | 'system';
    readonly id: string | null;
    readonly name: string | null;
  };
  readonly audience: 'public' | 'private' | 'note';
  /** A media type: `text/plain`, `text/markdown`, `text/html`, `application/vnd.microsoft.card.adaptive` ... */
  readonly contentType: string;
  readonly content: string;
  readonly attachments: readonly Attachment[];
  /** What the channel wants to keep with it: tags, delivery mode. */
  readonly details: Readonly<Record<string, unknown>>;
};

/** T0. The state of a conversation does not exist before. */
export type StartConversation = {
  readonly kind: 'start';
  readonly id: Guid;
  readonly conversationKind: ConversationKind;
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
  readonly channelKey: string | null;
  readonly routing: RoutingOutcome;
  /** The customer's first message, if the channel has one by then. */
  readonly message: MessageDraft | null;
};

export type ConversationCommand =
  /** T1, T5: to an agent who then accepts. `supervisor` ignores presence and capacity; `affinity` too. */
  | {
      readonly kind: 'offer';
      readonly agentId: Guid;
      readonly reason: Extract<AssignReason, 'routing' | 'supervisor' | 'affinity'>;
      readonly by: Actor;
      /** May exceed the agent's limit: rules of a queue's own do not look at capacity unless they say so. */
      readonly isForced?: boolean;
    }
  /** T2. */
  | { readonly kind: 'accept'; readonly by: Actor }
  /** T3. */
  | { readonly kind: 'reject'; readonly by: Actor }
  /** T4. */
  | { readonly kind: 'pick'; readonly by: Actor }
  /** T10: back to the queue, by the agent (`release`) or because a supervisor says so. */
  | { readonly kind: 'release'; readonly by: Actor; readonly routing: RoutingOutcome }
  /** T6 for open ones (supervisor, overflow), T10 for active ones (agent, supervisor). */
  | {
      readonly kind: 'moveToQueue';
      readonly by: Actor;
      readonly cause: 'transfer' | 'assign' | 'overflow';
      readonly routing: RoutingOutcome;
    }
  /** T11, T17: request; the target answers with `accept` or `reject`. */
  | {
      readonly kind: 'transferToAgent';
      readonly by: Actor;
      readonly agentId: Guid;
      readonly isTargetSupervisor: boolean;
    }
  | { readonly kind: 'cancelTransfer'; readonly by: Actor }
  /** A supervisor becomes primary at once. */
  | { readonly kind: 'takeOver'; readonly by: Actor }
  | {
      readonly kind: 'inviteConsult';
      readonly by: Actor;
      readonly agentId: Guid;
      readonly access: 'public' | 'private';
    }
  | { readonly kind: 'acceptConsult'; readonly by: Actor }
  | { readonly kind: 'rejectConsult'; readonly by: Actor }
  /** The primary ends a consult, or takes back an invitation. */
  | { readonly kind: 'endConsult'; readonly by: Actor; readonly agentId: Guid }
  /** The primary shows a consultant to the customer. */
  | { readonly kind: 'publishConsult'; readonly by: Actor; readonly agentId: Guid }
  | { readonly kind: 'monitor'; readonly by: Actor }
  /** A monitoring supervisor or a consultant becomes visible. */
  | { readonly kind: 'join'; readonly by: Actor }
  /** A consultant or monitor leaves. */
  | { readonly kind: 'leave'; readonly by: Actor }
  /** T8 by agent (End) or customer; T7, T12 for a customer before anybody accepted. */
  | { readonly kind: 'end'; readonly by: Actor }
  /** X on the tab. T9 (persistent), T10 (live: needs routing), T13 (wrap-up). */
  | {
      readonly kind: 'closeSession';
      readonly by: Actor;
      readonly routing: RoutingOutcome;
      readonly hasDisposition: boolean;
    }
  /** T7, T12, T13, T16 by a supervisor. */
  | { readonly kind: 'forceClose'; readonly by: Actor }
  /** T14: the agent opens a waiting one. */
  | { readonly kind: 'reopen'; readonly by: Actor }
  /** A message of anybody; the customer's reopens a waiting one (T15: then `routing` is where it goes). */
  | {
      readonly kind: 'addMessage';
      readonly by: Actor;
      readonly message: MessageDraft;
      readonly routing: RoutingOutcome | null;
    }
  /** T18. */
  | { readonly kind: 'messageCustomer'; readonly by: Actor; readonly message: MessageDraft }
  | { readonly kind: 'customerLeft'; readonly by: Actor }
  | { readonly kind: 'customerReturned'; readonly by: Actor }
  | { readonly kind: 'agentLeft'; readonly agentId: Guid }
  | { readonly kind: 'agentReturned'; readonly agentId: Guid }
  | {
      readonly kind: 'setCustomer';
      readonly by: Actor;
      readonly customer: Customer | null;
      readonly customerName: string | null;
    }
  | { readonly kind: 'setCase'; readonly by: Actor; readonly caseId: Guid | null }
  | { readonly kind: 'setContext'; readonly by: Actor; readonly context: Readonly<Record<string, ContextValue>> }
  | {
      readonly kind: 'setSkills';
      readonly by: Actor;
      readonly skills: readonly { readonly skillId: Guid; readonly rating?: number }[];
    }
  /** T19, and a routed record that was resolved. */
  | { readonly kind: 'recordGone'; readonly by: Actor }
  /** A direct write of state columns by an administrator. */
  | { readonly kind: 'setStateDirectly'; readonly by: Actor; readonly status: Status }
  /** Fires every timer that is due at `facts.now`. `routing` serves those that put it back in a queue. */
  | { readonly kind: 'timerDue'; readonly routing: RoutingOutcome; readonly overflow: OverflowOutcome | null };

/** What in-queue overflow says when its timer fires; null: nothing (any more). */
export type OverflowOutcome =
  | { readonly kind: 'end' }
  | { readonly kind: 'move'; readonly routing: RoutingOutcome }
  /** Look again at this time. */
  | { readonly kind: 'wait'; readonly dueOn: Instant };

export type { StatusReason, TimerKind };
