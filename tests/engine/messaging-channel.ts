/** A custom messaging channel of a work stream, as the organisation's program uses it (behaviour reference, 10.3). */
import type { ApiResponse } from '../support/server.ts';
import type { ContactCentre } from './contact-centre.ts';

/** A request of the messaging API, below `/api/v1.0/consumer/`. */
export type Channel = (method: string, target: string, body?: unknown) => Promise<ApiResponse>;

export async function openChannel(centre: ContactCentre, workStreamId: string): Promise<Channel> {
  const id = await centre.admin.create('msdyn_occustommessagingchannels', {
    msdyn_name: centre.unique('Channel'),
    'msdyn_liveworkstreamid@odata.bind': `/msdyn_liveworkstreams(${workStreamId})`,
  });
  const root = `${centre.server.origin}/api/v1.0/consumer`;
  const headers = { 'organization-id': centre.server.org.organizationId, 'channel-id': id };
  return (method, target, body) =>
    centre.admin.request(method, `${root}/${target}`, { headers, ...(body === undefined ? {} : { body }) });
}
