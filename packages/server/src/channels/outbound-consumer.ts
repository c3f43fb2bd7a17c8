/** From events of the outbox to deliveries: one job per message or happening, of the adapter that serves the conversation's channel. */
import type { StoredEvent } from '@parley/protocol';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import type { Jobs } from '../jobs/job.ts';
import type { Consumer } from '../outbox/consumer.ts';
import type { ChannelRegistry } from './channel-adapter.ts';
import { channelEventOf, toldTypes } from './channel-event.ts';
import { type DeliveryPayload, deliveryKindOf } from './delivery-job.ts';

export type OutboundConsumerOptions = {
  readonly database: Database;
  readonly jobs: Jobs;
  readonly registry: ChannelRegistry;
  readonly clock: Clock;
};

/** Not faster than the events come: one at a time, so that jobs of a conversation are made in the order of its events. */
export function createOutboundConsumer(options: OutboundConsumerOptions): Consumer {
  return {
    name: 'channels',
    types: new Set([...toldTypes, 'MessageAdded']),
    handle: (event) => handle(options, event),
  };
}

async function handle({ database, jobs, registry, clock }: OutboundConsumerOptions, event: StoredEvent): Promise<void> {
  const { conversationId, position } = event;
  const what = whatToDeliver(event);
  if (conversationId === null || what === undefined) return;
  const place = await findPlace(database, conversationId);
  if (place === undefined) return;
  const adapter = registry.forChannel(place.channel);
  if (adapter === undefined) return;
  const key = `${conversationId}:${position.txid}:${position.id}`;
  const payload: DeliveryPayload = {
    conversationId,
    channelKey: place.channelKey,
    key,
    occurredOn: event.occurredOn,
    what,
  };
  // The key makes an event that is handed over again the same job.
  await jobs.enqueue(database, {
    kind: deliveryKindOf(adapter),
    key,
    lane: conversationId,
    dueOn: clock.now(),
    payload,
  });
}

function whatToDeliver({ body }: StoredEvent): DeliveryPayload['what'] | undefined {
  if (body.type === 'MessageAdded') {
    const isForCustomer = body.audience === 'public' && body.authorKind !== 'customer';
    return isForCustomer ? { kind: 'message', number: body.number } : undefined;
  }
  const told = channelEventOf(body);
  return told === undefined ? undefined : { kind: 'event', ...told };
}

/** Undefined for conversations without a customer on a channel, and for those past retention. */
async function findPlace(
  database: Database,
  conversationId: string,
): Promise<{ readonly channel: number; readonly channelKey: string } | undefined> {
  const [row] = await database.query(
    `SELECT channel_key, state ->> 'channel' FROM parley.conversation WHERE id = $1::uuid AND channel_key IS NOT NULL`,
    [conversationId],
  );
  return row === undefined ? undefined : { channelKey: row[0] ?? '', channel: Number(row[1]) };
}
