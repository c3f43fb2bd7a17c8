/**
 * What the rest of the server may do with conversations: everything goes through here. One call is one transaction; when it
 * returns, everything is written and events are out; when it throws, nothing has changed.
 */
import type {
  Actor,
  Attachment,
  ContextValue,
  Conversation,
  ConversationCommand,
  Customer,
  Explanation,
  Guid,
  MessageDraft,
  RefusalName,
} from '@parley/engine';

/** What a channel knows when a customer gets in touch. */
export type StartRequest = {
  readonly workStreamId: Guid;
  readonly channel: number;
  /** The customer on this channel: while their conversation is not over, the same key continues it. Null: always a new one. */
  readonly channelKey: string | null;
  /** Asked for by the channel (live chat hands out ids before anything is stored); undefined: made here. */
  readonly id?: Guid;
  readonly isOutbound?: boolean;
  readonly subject?: string;
  readonly customer: Customer | null;
  readonly customerName: string | null;
  readonly locale: string | null;
  readonly caseId?: Guid | null;
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly message: IncomingMessage | null;
};

export type IncomingMessage = {
  /** The sender's id: the same one twice in a conversation is one message, acknowledged twice. */
  readonly clientId: string | null;
  readonly author: MessageDraft['author'];
  readonly audience: MessageDraft['audience'];
  readonly contentType: string;
  readonly content: string;
  readonly attachments: readonly Attachment[];
  readonly details?: Readonly<Record<string, unknown>>;
};

export type StartResult = {
  readonly conversation: Conversation;
  readonly isNew: boolean;
  readonly message: { readonly id: Guid; readonly number: number } | null;
};

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A command without what the service finds out itself: routing outcomes, message ids, whether a target is a supervisor, dispositions. */
export type CommandRequest =
  | DistributiveOmit<
      Exclude<ConversationCommand, { kind: 'addMessage' | 'messageCustomer' | 'moveToQueue' | 'timerDue' | 'offer' }>,
      'routing' | 'isTargetSupervisor' | 'hasDisposition'
    >
  /** T5: a supervisor assigns to an agent. */
  | {
      readonly kind: 'assignToAgent';
      readonly by: Actor;
      readonly agentId: Guid;
    }
  /** T6 or T10, as the state says. */
  | {
      readonly kind: 'moveToQueue';
      readonly by: Actor;
      readonly queueId: Guid;
    }
  | {
      readonly kind: 'addMessage' | 'messageCustomer';
      readonly by: Actor;
      readonly message: IncomingMessage;
    };

export type CommandResult =
  | {
      readonly kind: 'accepted';
      readonly conversation: Conversation;
      /** Of the message that the command stored (or had stored before), if it was one. */
      readonly message: { readonly id: Guid; readonly number: number } | null;
    }
  | {
      readonly kind: 'refused';
      readonly name: RefusalName | 'unknownConversation' | 'unknownAgent' | 'unknownQueue' | 'unknownWorkStream';
      readonly detail: string;
    };

export type StoredMessage = MessageDraft & {
  readonly number: number;
  readonly sentOn: number;
  readonly channel: number;
  readonly delivery: string;
};

export type ConversationService = {
  /** T0, or a message into the conversation that the key has already. @throws WebApiError when the work stream is unknown */
  start(request: StartRequest): Promise<StartResult>;
  execute(conversationId: Guid, request: CommandRequest): Promise<CommandResult>;
  /** The engine's state; undefined when the conversation never entered the engine, or is past retention. */
  find(conversationId: Guid): Promise<Conversation | undefined>;
  findByChannelKey(key: string): Promise<Conversation | undefined>;
  /** Open ones of a key prefix and the like are the channel's business; messages in order, after a number. */
  messages(
    conversationId: Guid,
    options: { readonly after: number; readonly limit: number },
  ): Promise<readonly StoredMessage[]>;
  setDelivery(
    conversationId: Guid,
    numbers: readonly number[],
    delivery: 'delivered' | 'read' | 'failed',
  ): Promise<void>;
  /** What would happen to it now; writes nothing. */
  dryRun(conversationId: Guid): Promise<readonly Explanation[] | undefined>;
};
