/** The rows behind a custom messaging channel: `msdyn_occustommessagingchannel` and its work stream. */
import { channelCodes } from '@parley/engine';
import type { Database } from '../../db/database.ts';
import { MessagingProblem } from './messaging-problem.ts';

export type MessagingChannel = {
  readonly id: string;
  readonly workStreamId: string;
  readonly takesFilesFromCustomers: boolean;
};

/**
 * The channel that requests with this header are about.
 * @throws MessagingProblem channelUnknown, workStream, notSupported
 */
export async function requireChannel(database: Database, id: string): Promise<MessagingChannel> {
  const [row] = await database.query(
    `SELECT c.statecode, c.msdyn_enablefileattachmentsforcustomers, w.msdyn_liveworkstreamid, w.msdyn_streamsource, w.statecode
     FROM data.msdyn_occustommessagingchannel c LEFT JOIN data.msdyn_liveworkstream w USING (msdyn_liveworkstreamid)
     WHERE c.msdyn_occustommessagingchannelid = $1::uuid`,
    [id],
  );
  if (row === undefined || row[0] !== '0') throw new MessagingProblem('channelUnknown');
  const [, files, workStreamId, source, workStreamState] = row;
  if (workStreamId === null || workStreamId === undefined || workStreamState !== '0')
    throw new MessagingProblem('workStream');
  if (source !== String(channelCodes.custom))
    throw new MessagingProblem(
      'notSupported',
      'The work stream of the channel takes conversations of another kind of channel.',
    );
  return { id, workStreamId, takesFilesFromCustomers: files === 't' };
}

/** Where the channel wants to be told, and how. */
export type WebhookSettings = {
  readonly url: string | null;
  readonly secret: string;
  /** The receiver answered 410. */
  readonly isDisabled: boolean;
  readonly takesFilesFromAgents: boolean;
};

/** Undefined when the channel is gone or inactive. */
export async function readWebhookSettings(database: Database, id: string): Promise<WebhookSettings | undefined> {
  const [row] = await database.query(
    `SELECT parley_webhookurl, parley_webhooksecret, parley_webhookdisabledon IS NOT NULL, msdyn_enablefileattachmentsforagents
     FROM data.msdyn_occustommessagingchannel WHERE msdyn_occustommessagingchannelid = $1::uuid AND statecode = 0`,
    [id],
  );
  if (row === undefined) return undefined;
  const [url, secret, isDisabled, files] = row;
  return {
    url: url === undefined || url === '' ? null : url,
    secret: secret ?? '',
    isDisabled: isDisabled === 't',
    takesFilesFromAgents: files === 't',
  };
}

/** Nothing more is sent until somebody empties the column. */
export async function disableWebhook(database: Database, id: string): Promise<void> {
  await database.query(
    `UPDATE data.msdyn_occustommessagingchannel SET parley_webhookdisabledon = date_trunc('second', now())
     WHERE msdyn_occustommessagingchannelid = $1::uuid AND parley_webhookdisabledon IS NULL`,
    [id],
  );
}

/** The customer on this channel as the conversation engine knows them: one open conversation per key. */
export function channelKeyOf(channelId: string, customerId: string): string {
  return `${keyPrefixOf(channelId)}${customerId}`;
}

export function keyPrefixOf(channelId: string): string {
  return `custom:${channelId}:`;
}

/** Undefined for keys of other channels. */
export function parseChannelKey(key: string): { readonly channelId: string; readonly customerId: string } | undefined {
  const [, channelId, customerId] = /^custom:([0-9a-f-]{36}):(.*)$/s.exec(key) ?? [];
  return channelId === undefined || customerId === undefined ? undefined : { channelId, customerId };
}
