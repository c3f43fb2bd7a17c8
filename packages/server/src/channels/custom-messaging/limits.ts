/** What goes through the custom messaging channel (behaviour reference, sections 7 and 10.3; sizes of files are Parley's). */
import type { ChannelLimits } from '../channel-adapter.ts';

export const customMessagingLimits: ChannelLimits = {
  // What agents may write is not limited by the reference; the receiver decides how to split it.
  textLength: 28 * 1024,
  attachments: { in: true, out: true, maximumBytes: 20 * 1024 * 1024, maximumCount: 10, types: 'all' },
  // The organisation's own channel: whoever connects it knows of rules behind it.
  replyWindowSeconds: undefined,
};
