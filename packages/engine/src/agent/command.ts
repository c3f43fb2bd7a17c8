/** What may happen to an agent. Conversation decisions use `hold`, `unhold`, `offerMissed` and `offerRejected`; the rest comes from people and timers. */
import type { CapacityHold, Guid } from '../conversation/conversation.ts';

export type AgentCommand =
  /** Capacity is given to a conversation. `isAssignment`: counts for round robin in `queueId`; not for a mere change of purpose. */
  | {
      readonly kind: 'hold';
      readonly hold: CapacityHold;
      readonly queueId: Guid | null;
      readonly isAssignment: boolean;
      readonly conversationId: Guid;
    }
  /** Capacity comes back. `declined`: never was in use, so least active does not count it. */
  | {
      readonly kind: 'unhold';
      readonly hold: CapacityHold;
      readonly cause: 'released' | 'declined';
      readonly conversationId: Guid;
    }
  | { readonly kind: 'offerMissed' }
  | { readonly kind: 'offerRejected' }
  | { readonly kind: 'signIn'; readonly deviceId: string }
  | { readonly kind: 'signOut'; readonly deviceId: string }
  /** Sign of life of a device. `isActive`: the person did something, not only the browser. */
  | { readonly kind: 'heartbeat'; readonly deviceId: string; readonly isActive: boolean }
  /** The connection of a device broke. */
  | { readonly kind: 'disconnect'; readonly deviceId: string }
  | {
      readonly kind: 'setPresence';
      readonly presenceId: Guid;
      readonly by: 'agent' | 'supervisor';
      readonly byUserId: Guid;
    }
  /** Back from missed or rejected: computed from capacity again. */
  | { readonly kind: 'resetPresence' }
  | { readonly kind: 'timerDue' };
