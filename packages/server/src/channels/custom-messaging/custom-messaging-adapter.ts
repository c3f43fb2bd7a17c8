/** The custom messaging channel outward: every message and happening is a signed webhook to the address in the channel's row. */
import { channelCodes } from '@parley/engine';
import type { Database } from '../../db/database.ts';
import type { ChannelAdapter, DeliveryResult, Outbound } from '../channel-adapter.ts';
import type { GuardedFetch } from '../webhooks/guarded-fetch.ts';
import { backOff, maximumAttempts, sendWebhook } from '../webhooks/send-webhook.ts';
import { disableWebhook, parseChannelKey, readWebhookSettings, type WebhookSettings } from './channel-row.ts';
import { customMessagingLimits } from './limits.ts';
import { writeActivity } from './write-activity.ts';

export type CustomMessagingAdapterOptions = {
  readonly database: Database;
  readonly fetch: GuardedFetch;
  /** Of this server, as its callers reach it. */
  origin(): string;
};

export function createCustomMessagingAdapter(options: CustomMessagingAdapterOptions): ChannelAdapter {
  return {
    name: 'custom-messaging',
    channels: [channelCodes.custom],
    limits: customMessagingLimits,
    maximumAttempts,
    concurrency: 64,
    concurrencyPerReceiver: 8,
    receiverOf: (channelKey) => parseChannelKey(channelKey)?.channelId ?? '',
    retryAfter: backOff,
    deliver: (outbound) => deliver(options, outbound),
  };
}

async function deliver(options: CustomMessagingAdapterOptions, outbound: Outbound): Promise<DeliveryResult> {
  const place = parseChannelKey(outbound.channelKey);
  // Conversations that did not come through the messaging API: nobody waits for them there.
  if (place === undefined) return { kind: 'skipped' };
  const settings = await readWebhookSettings(options.database, place.channelId);
  const obstacle = findObstacle(settings, outbound);
  if (obstacle !== undefined) return obstacle;
  const outcome = await sendWebhook(options.fetch, {
    url: activitiesAddress(settings?.url ?? '', outbound.conversationId),
    secret: settings?.secret ?? '',
    id: outbound.deliveryId,
    body: writeActivity(outbound, { ...place, origin: options.origin() }),
  });
  if (outcome.kind !== 'gone') return outcome;
  await disableWebhook(options.database, place.channelId);
  return { kind: 'rejected', reason: 'the receiver wants no more webhooks (410)' };
}

/** What stands in the way before anything is sent. An event that nobody wants is no loss; a message is, and has to show. */
function findObstacle(settings: WebhookSettings | undefined, outbound: Outbound): DeliveryResult | undefined {
  const lost = (reason: string): DeliveryResult =>
    outbound.kind === 'message' ? { kind: 'rejected', reason } : { kind: 'skipped' };
  if (settings === undefined) return lost('the channel is deleted or inactive');
  if (settings.url === null) return { kind: 'skipped' };
  if (settings.isDisabled) return lost('the receiver wants no more webhooks (410)');
  if (outbound.kind === 'message' && outbound.attachments.length > 0 && !settings.takesFilesFromAgents)
    return lost('the channel takes no files from agents');
  return undefined;
}

/** Behind the path of the address, so that a query that it may have stays one. What is no URL stays for the guard to refuse. */
export function activitiesAddress(base: string, conversationId: string): string {
  if (!URL.canParse(base)) return base;
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v3/conversations/${conversationId}/activities`;
  return url.href;
}
