/**
 * Everything that happens to a conversation or an agent, as events of the outbox: facts and ids in the past tense, never
 * rows, never texts of people. A closed union: consumers can be exhaustive. Version 1 of all.
 */

type Guid = string;
/** Milliseconds since 1970, UTC. */
type Instant = number;

export type ConversationEventBody =
  | {
      readonly type: 'ConversationStarted';
      readonly workStreamId: Guid;
      readonly channel: number;
      readonly queueId: Guid | null;
      readonly isOutbound: boolean;
    }
  | {
      readonly type: 'SessionCreated';
      readonly sessionId: Guid;
      readonly number: number;
      readonly queueId: Guid | null;
      readonly channel: number;
    }
  | {
      readonly type: 'QueueAssigned';
      readonly sessionId: Guid;
      readonly queueId: Guid;
      readonly from: Guid | null;
      readonly cause: 'start' | 'route' | 'transfer' | 'assign' | 'overflow' | 'return';
    }
  | {
      readonly type: 'AgentAssigned';
      readonly sessionId: Guid;
      readonly agentId: Guid;
      readonly participantId: Guid;
      readonly reason: string;
      readonly expiresOn: Instant | null;
    }
  | {
      readonly type: 'AgentAccepted';
      readonly sessionId: Guid;
      readonly agentId: Guid;
      readonly participantId: Guid;
      readonly reason: string;
    }
  | { readonly type: 'OfferRejected'; readonly sessionId: Guid; readonly agentId: Guid; readonly participantId: Guid }
  | { readonly type: 'OfferTimedOut'; readonly sessionId: Guid; readonly agentId: Guid; readonly participantId: Guid }
  /** Taken back: the conversation ended or moved while the offer was open. */
  | { readonly type: 'OfferWithdrawn'; readonly sessionId: Guid; readonly agentId: Guid; readonly participantId: Guid }
  | {
      readonly type: 'ParticipantAdded';
      readonly participantId: Guid;
      readonly sessionId: Guid;
      readonly agentId: Guid;
      readonly mode: 'primary' | 'consult' | 'monitor';
      readonly assignReason: string;
      readonly access: 'public' | 'private';
    }
  | {
      readonly type: 'ParticipantJoined';
      readonly participantId: Guid;
      readonly sessionId: Guid;
      readonly agentId: Guid;
      readonly mode: 'primary' | 'consult' | 'monitor';
    }
  | {
      readonly type: 'ParticipantPublished';
      readonly participantId: Guid;
      readonly sessionId: Guid;
      readonly agentId: Guid;
    }
  | {
      readonly type: 'ParticipantLeft';
      readonly participantId: Guid;
      readonly sessionId: Guid;
      readonly agentId: Guid;
      readonly mode: 'primary' | 'consult' | 'monitor';
      readonly reason: 'AgentReject' | 'AgentTimeout' | 'Left' | 'Ended';
    }
  | {
      readonly type: 'SessionClosed';
      readonly sessionId: Guid;
      readonly agentId: Guid | null;
      readonly closureReason: number;
    }
  | { readonly type: 'StatusChanged'; readonly from: string | null; readonly to: string; readonly reason: number }
  | { readonly type: 'StatusReasonChanged'; readonly reason: number }
  | {
      readonly type: 'TransferRequested';
      readonly agentId: Guid;
      readonly by: Guid;
      readonly expiresOn: Instant;
      readonly isEscalation: boolean;
    }
  | {
      readonly type: 'TransferAccepted';
      readonly from: Guid | null;
      readonly agentId: Guid;
      readonly isEscalation: boolean;
    }
  | { readonly type: 'TransferRejected'; readonly agentId: Guid }
  | { readonly type: 'TransferTimedOut'; readonly agentId: Guid }
  | { readonly type: 'TransferCancelled'; readonly agentId: Guid }
  | { readonly type: 'CustomerLeft' }
  | { readonly type: 'CustomerReturned' }
  | { readonly type: 'AgentLeft'; readonly agentId: Guid }
  | { readonly type: 'AgentReturned'; readonly agentId: Guid }
  | {
      readonly type: 'MessageAdded';
      readonly messageId: Guid;
      readonly number: number;
      readonly authorKind: 'customer' | 'agent' | 'bot' | 'system';
      readonly authorId: string | null;
      readonly audience: 'public' | 'private' | 'note';
    }
  | { readonly type: 'CustomerChanged'; readonly customerId: Guid | null; readonly table: string | null }
  | { readonly type: 'CaseChanged'; readonly caseId: Guid | null }
  | { readonly type: 'ContextChanged'; readonly names: readonly string[] }
  | { readonly type: 'SkillsChanged'; readonly skillIds: readonly Guid[] }
  | { readonly type: 'RequirementsRelaxed'; readonly step: number }
  | { readonly type: 'HandlingThresholdReached'; readonly agentId: Guid | null }
  | { readonly type: 'SetDirectly'; readonly userId: Guid; readonly from: string; readonly to: string };

export type AgentEventBody =
  | { readonly type: 'AgentSignedIn'; readonly deviceId: string }
  | { readonly type: 'AgentSignedOut'; readonly deviceId: string }
  | {
      readonly type: 'PresenceChanged';
      readonly presenceId: Guid;
      readonly from: Guid;
      readonly base: string;
      readonly cause: string;
      readonly setBy: Guid | null;
    }
  | {
      readonly type: 'CapacityChanged';
      readonly unitsUsed: number;
      readonly conversationCount: number;
      readonly conversationId: Guid | null;
    };

export type EventBody = ConversationEventBody | AgentEventBody;
export type EventType = EventBody['type'];

/** An event as it is stored and handed to consumers. */
export type StoredEvent = {
  /** Position in the outbox: transaction id and number, both as decimal text. */
  readonly position: { readonly txid: string; readonly id: string };
  readonly conversationId: Guid | null;
  readonly agentId: Guid | null;
  /** Of the conversation, or of the agent for agent events: never goes back. Steps that nobody has to hear of leave gaps. */
  readonly sequence: number;
  readonly occurredOn: Instant;
  readonly body: EventBody;
};

export const eventVersion = 1;
