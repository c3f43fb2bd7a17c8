/**
 * How long conversations of each channel stay in each state before they close by themselves (behaviour reference, section 1.7).
 * The waiting state has no row: the work stream says how long it lasts.
 */
import { stableGuid } from '../model/stable-guid.ts';
import type { Row, RowBatch } from './insert-rows.ts';

const minutesPerDay = 1440;

type ChannelState = 'Open' | 'Active' | 'Wrap-up';

/** In the numbering of `msdyn_liveconversation.statecode`. */
const stateCodes: Readonly<Record<ChannelState, number>> = { Open: 0, Active: 1, 'Wrap-up': 4 };

type Limits = Readonly<Record<ChannelState, number | null>>;

/** Minutes; null: never. */
const liveLimits: Limits = { Open: 20, Active: null, 'Wrap-up': 15 };
const persistentChatLimits: Limits = { Open: 30 * minutesPerDay, Active: null, 'Wrap-up': minutesPerDay };
const asynchronousLimits: Limits = { Open: 30 * minutesPerDay, Active: 30 * minutesPerDay, 'Wrap-up': minutesPerDay };
/** A call that has been active for two hours goes to wrap-up. */
const voiceLimits: Limits = { Open: 30 * minutesPerDay, Active: 120, 'Wrap-up': minutesPerDay };
/** Routed records never close by time. */
const recordLimits: Limits = { Open: null, Active: null, 'Wrap-up': null };

type Channel = {
  readonly name: string;
  /** `msdyn_streamsource`. */
  readonly source: number;
  readonly modes: readonly { readonly name: string; readonly code: number | null; readonly limits: Limits }[];
};

const channels: readonly Channel[] = [
  {
    name: 'Live chat',
    source: 192360000,
    modes: [
      { name: 'Live chat', code: 192350000, limits: liveLimits },
      { name: 'Persistent chat', code: 192350001, limits: persistentChatLimits },
    ],
  },
  channel('SMS', 192340000, asynchronousLimits),
  channel('WhatsApp', 192300000, asynchronousLimits),
  channel('LINE', 192310000, asynchronousLimits),
  channel('WeChat', 192320000, asynchronousLimits),
  channel('Facebook', 192330000, asynchronousLimits),
  channel('Twitter', 192350001, asynchronousLimits),
  channel('Microsoft Teams', 19241000, asynchronousLimits),
  channel('Custom', 192350002, asynchronousLimits),
  channel('Voice', 192370000, voiceLimits),
  channel('Entity records', 192350000, recordLimits),
];

function channel(name: string, source: number, limits: Limits): Channel {
  return { name, source, modes: [{ name, code: null, limits }] };
}

/** One row per channel, and one per mode and state of it. */
export function channelStateBatches(): RowBatch[] {
  return [
    {
      table: 'msdyn_occhannelconfiguration',
      rows: channels.map(({ name, source }) => ({
        msdyn_occhannelconfigurationid: channelId(source),
        msdyn_name: name,
        msdyn_streamsource: source,
        msdyn_closeconversationifoooh: false,
        msdyn_enabletransfertoooohqueue: false,
      })),
    },
    { table: 'msdyn_occhannelstateconfiguration', rows: channels.flatMap(stateRows) },
  ];
}

function stateRows({ source, modes }: Channel): Row[] {
  return modes.flatMap(({ name, code, limits }) =>
    // Object.entries forgets that the keys are exactly the states.
    (Object.entries(limits) as [ChannelState, number | null][]).map(([state, minutes]) => ({
      msdyn_occhannelstateconfigurationid: stableGuid(`channelstate:${name}:${state}`),
      msdyn_name: `${name} - ${state}`,
      msdyn_occhannelconfigurationid: channelId(source),
      msdyn_ocliveworkitemstate: stateCodes[state],
      msdyn_autocloseliveworkitemafter: minutes,
      parley_conversationmode: code,
    })),
  );
}

function channelId(source: number): string {
  return stableGuid(`channel:${source}`);
}
