/**
 * What a channel is to the rest of the server. Inward, a channel calls the conversation service (`start`, `execute`) with what its
 * customers do. Outward, it is one of these adapters: it is handed messages and happenings one at a time, in order within a
 * conversation, at least once. How to write one: docs/channel-adapters.md.
 */
import type { Attachment, Guid, Instant } from '@parley/engine';

export type ChannelLimits = {
  /** Characters (UTF-16 units) of one message towards the customer. */
  readonly textLength: number;
  readonly attachments: {
    /** Whether customers may send files, and be sent some. A channel's row may switch off what is possible here. */
    readonly in: boolean;
    readonly out: boolean;
    /** Of one file. */
    readonly maximumBytes: number;
    /** Of one message. */
    readonly maximumCount: number;
    /** Media types, or all. */
    readonly types: 'all' | readonly string[];
  };
  /**
   * How long after the customer's last message free text may be sent to them; undefined: always. 86,400 on channels with a
   * 24-hour rule (behaviour reference, section 7).
   */
  readonly replyWindowSeconds: number | undefined;
};

/** Where something goes, and which delivery it is. */
type OutboundBase = {
  /** Stays the same over all attempts: what the other side tells repetitions by. */
  readonly deliveryId: string;
  readonly conversationId: Guid;
  /** The customer on the channel, as the channel named them when the conversation began. */
  readonly channelKey: string;
  readonly occurredOn: Instant;
};

export type OutboundMessage = OutboundBase & {
  readonly kind: 'message';
  readonly messageId: Guid;
  readonly author: {
    readonly kind: 'agent' | 'bot' | 'system';
    readonly id: string | null;
    readonly name: string | null;
  };
  /** A media type. */
  readonly contentType: string;
  readonly content: string;
  readonly attachments: readonly Attachment[];
};

/** Something that a channel may want to know: see `channelEventOf` for what becomes which. */
export type ChannelEvent =
  | 'typing'
  | 'AgentAssigned'
  | 'AgentAccepted'
  | 'AgentEndSession'
  | 'PrimaryAgentEndConversation'
  | 'ConversationClose'
  | 'SupervisorForceClosedConversation'
  | 'CustomerDisconnected'
  | 'ConsultAccepted'
  | 'ConsultSessionEnded'
  | 'TransferToAgentRequested'
  | 'TransferToAgentAccepted'
  | 'TransferToAgentRejected'
  | 'TransferToAgentTimedOut'
  | 'TransferToQueue';

export type OutboundEvent = OutboundBase & {
  readonly kind: 'event';
  readonly name: ChannelEvent;
  readonly value: Readonly<Record<string, string | number | boolean | null>>;
};

export type Outbound = OutboundMessage | OutboundEvent;

export type DeliveryResult =
  | { readonly kind: 'delivered' }
  /** Nobody to tell: the customer's side asks for messages by itself, or does not take events. */
  | { readonly kind: 'skipped' }
  /** Not now. `afterMilliseconds` where the other side said when. */
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMilliseconds: number | undefined }
  /** Never: the message counts as failed. */
  | { readonly kind: 'rejected'; readonly reason: string };

export type ChannelAdapter = {
  /** Lasting: stored deliveries carry it. */
  readonly name: string;
  /** Values of `msdyn_streamsource` that it serves. */
  readonly channels: readonly number[];
  readonly limits: ChannelLimits;
  readonly maximumAttempts: number;
  /** Deliveries at once in this process. */
  readonly concurrency: number;
  /** Deliveries at once to one receiver in this process, where the adapter tells receivers apart. */
  readonly concurrencyPerReceiver?: number;
  /** Who gets the deliveries of a channel key: deliveries to others do not wait for one that hangs. */
  receiverOf?(channelKey: string): string;
  /** Milliseconds to wait after the given attempt (from 1) of a delivery. */
  retryAfter(attempt: number, deliveryId: string): number;
  /** What happens to be wrong is a result; it throws only what is a fault of this program or of the database. */
  deliver(outbound: Outbound): Promise<DeliveryResult>;
};

export type ChannelRegistry = {
  readonly adapters: readonly ChannelAdapter[];
  /** Undefined: nothing is delivered on this channel, its customers are reached another way. */
  forChannel(channel: number): ChannelAdapter | undefined;
};

/** @throws Error when two adapters have one name or serve one channel */
export function createChannelRegistry(adapters: readonly ChannelAdapter[]): ChannelRegistry {
  const byChannel = new Map<number, ChannelAdapter>();
  for (const adapter of adapters) {
    if (adapters.some((other) => other !== adapter && other.name === adapter.name))
      throw new Error(`Two channel adapters are called ${adapter.name}.`);
    for (const channel of adapter.channels) {
      if (byChannel.has(channel)) throw new Error(`Two channel adapters serve channel ${channel}.`);
      byChannel.set(channel, adapter);
    }
  }
  return { adapters, forChannel: (channel) => byChannel.get(channel) };
}
