/**
 * One delivery to a channel: asks the adapter, and says on the message how it went. Deliveries of one conversation share a lane, so
 * each waits for the earlier ones; one that is given up stays as a dead job, and lets the next one pass.
 */
import type { Instant } from '@parley/engine';
import type { ConversationService, StoredMessage } from '../conversations/conversation-service.ts';
import type { Database } from '../db/database.ts';
import { JobFailure, type JobKind } from '../jobs/job.ts';
import type { ChannelAdapter, DeliveryResult, Outbound, OutboundEvent } from './channel-adapter.ts';
import { judgeOutbound } from './judge-outbound.ts';
import { createReceiverTurns } from './receiver-turns.ts';

/** Ids and numbers only: texts of people stay in the table of messages. */
export type DeliveryPayload = {
  readonly conversationId: string;
  readonly channelKey: string;
  /** Of the event that it comes from; the id of its delivery when it is no message. */
  readonly key: string;
  readonly occurredOn: Instant;
  readonly what:
    | { readonly kind: 'message'; readonly number: number }
    | { readonly kind: 'event'; readonly name: OutboundEvent['name']; readonly value: OutboundEvent['value'] };
};

export type DeliveryOptions = {
  readonly database: Database;
  readonly conversations: Pick<ConversationService, 'messages' | 'setDelivery'>;
  /** Told of each attempt; what was skipped is none. */
  count?(outcome: DeliveryOutcome): void;
};

export type DeliveryOutcome = 'delivered' | 'retried' | 'dead';

export function deliveryKindOf(adapter: ChannelAdapter): string {
  return `deliver.${adapter.name}`;
}

export function createDeliveryJob(adapter: ChannelAdapter, options: DeliveryOptions): JobKind {
  const deliver = inTurn(adapter);
  return {
    name: deliveryKindOf(adapter),
    maximumAttempts: adapter.maximumAttempts,
    retryAfter: (attempt) => adapter.retryAfter(attempt, ''),
    concurrency: adapter.concurrency,
    // Written by the consumer only.
    run: (payload, job) => run({ adapter, options, deliver }, payload as DeliveryPayload, job),
  };
}

/** What a job of one adapter works with. */
type Delivery = {
  readonly adapter: ChannelAdapter;
  readonly options: DeliveryOptions;
  deliver(outbound: Outbound): Promise<DeliveryResult>;
};

function inTurn(adapter: ChannelAdapter): Delivery['deliver'] {
  const turns = createReceiverTurns(adapter.concurrencyPerReceiver ?? adapter.concurrency);
  return (outbound) => turns.take(adapter.receiverOf?.(outbound.channelKey) ?? '', () => adapter.deliver(outbound));
}

async function run(
  { adapter, options, deliver }: Delivery,
  payload: DeliveryPayload,
  job: { readonly id: string; readonly attempt: number },
): Promise<void> {
  const outbound = await load(options, payload);
  if (outbound === undefined) return;
  const refusal = await judge(adapter, options, outbound);
  const result: DeliveryResult =
    refusal === undefined ? await deliver(outbound) : { kind: 'rejected', reason: refusal };
  switch (result.kind) {
    case 'delivered':
      options.count?.('delivered');
      return mark(options, payload, 'delivered');
    case 'skipped':
      return;
    case 'rejected':
      options.count?.('dead');
      await mark(options, payload, 'failed');
      throw new JobFailure('dead', result.reason);
    case 'retry':
      options.count?.(job.attempt >= adapter.maximumAttempts ? 'dead' : 'retried');
      if (job.attempt >= adapter.maximumAttempts) await mark(options, payload, 'failed');
      throw new JobFailure(
        'retry',
        result.reason,
        result.afterMilliseconds ?? adapter.retryAfter(job.attempt, outbound.deliveryId),
      );
  }
}

/** Undefined: over already, or past retention. */
async function load({ conversations }: DeliveryOptions, payload: DeliveryPayload): Promise<Outbound | undefined> {
  const { conversationId, channelKey, occurredOn, what } = payload;
  if (what.kind === 'event') {
    return {
      kind: 'event',
      deliveryId: payload.key,
      conversationId,
      channelKey,
      occurredOn,
      name: what.name,
      value: what.value,
    };
  }
  const [message] = await conversations.messages(conversationId, { after: what.number - 1, limit: 1 });
  if (message === undefined || message.number !== what.number || isOver(message)) return undefined;
  const { author } = message;
  // The consumer makes no delivery of what the customer wrote.
  if (author.kind === 'customer') return undefined;
  return {
    kind: 'message',
    deliveryId: message.id,
    conversationId,
    channelKey,
    occurredOn: message.sentOn,
    messageId: message.id,
    author: { ...author, kind: author.kind },
    contentType: message.contentType,
    content: message.content,
    attachments: message.attachments,
  };
}

/** Not those that failed: an operator may set a dead delivery going again. */
function isOver({ delivery }: StoredMessage): boolean {
  return delivery === 'delivered' || delivery === 'read';
}

async function judge(
  { limits }: ChannelAdapter,
  { database }: DeliveryOptions,
  outbound: Outbound,
): Promise<string | undefined> {
  if (outbound.kind === 'event') return undefined;
  if (limits.replyWindowSeconds === undefined) return judgeOutbound(outbound, limits, null);
  const [row] = await database.query(
    `SELECT max(sent_on) FROM parley.message WHERE conversation_id = $1::uuid AND author_kind = 'customer' AND sent_on <= $2::bigint`,
    [outbound.conversationId, outbound.occurredOn],
  );
  const last = row?.[0];
  return judgeOutbound(outbound, limits, last === undefined || last === null ? null : Number(last));
}

async function mark(
  { conversations }: DeliveryOptions,
  { conversationId, what }: DeliveryPayload,
  delivery: 'delivered' | 'failed',
): Promise<void> {
  if (what.kind === 'message') await conversations.setDelivery(conversationId, [what.number], delivery);
}
