/** What channels add to the server's loops: the consumer that turns events into deliveries, and the kinds of job that make them. */
import type { Clock } from '../clock.ts';
import type { ConversationService } from '../conversations/conversation-service.ts';
import type { Database } from '../db/database.ts';
import type { JobKind, Jobs } from '../jobs/job.ts';
import type { Consumer } from '../outbox/consumer.ts';
import { type ChannelAdapter, createChannelRegistry } from './channel-adapter.ts';
import { createDeliveryJob, type DeliveryOutcome } from './delivery-job.ts';
import { createOutboundConsumer } from './outbound-consumer.ts';

export type ChannelPartsOptions = {
  readonly database: Database;
  readonly conversations: Pick<ConversationService, 'messages' | 'setDelivery'>;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly adapters: readonly ChannelAdapter[];
  /** Told how each attempt of a delivery ended. */
  count?(outcome: DeliveryOutcome): void;
};

export type ChannelParts = { readonly consumers: readonly Consumer[]; readonly jobKinds: readonly JobKind[] };

/** @throws Error when two adapters have one name or serve one channel */
export function channelParts(options: ChannelPartsOptions): ChannelParts {
  const registry = createChannelRegistry(options.adapters);
  return {
    consumers: [createOutboundConsumer({ ...options, registry })],
    jobKinds: options.adapters.map((adapter) => createDeliveryJob(adapter, options)),
  };
}
