/** The facts that conditions ask about, as far as the engine knows them; the server adds the columns of the customer. */
import type { Zone } from 'luxon';
import type { ContextValue, ConversationKind, Customer, Guid, Instant } from '../conversation/conversation.ts';
import { findZone } from '../hours/local-time.ts';
import type { Subject } from './configuration.ts';

export type SubjectSource = {
  readonly channel: number;
  readonly kind: ConversationKind;
  readonly workStreamId: Guid;
  readonly isOutbound: boolean;
  readonly subject: string;
  readonly locale: string | null;
  readonly customer: Customer | null;
  readonly customerName: string | null;
  readonly context: Readonly<Record<string, ContextValue>>;
  /** Absent before it was routed. */
  readonly routing?: { readonly priority: number; readonly queueId: Guid | null };
};

/** Facts of a conversation at an instant, with the wall clock of a zone (IANA name; UTC where unknown). */
export function describeSubject(source: SubjectSource, now: Instant, timeZone: string): Subject {
  const { customer, routing } = source;
  return {
    conversation: {
      channel: source.channel,
      kind: source.kind,
      workStreamId: source.workStreamId,
      isOutbound: source.isOutbound,
      subject: source.subject,
      locale: source.locale,
      priority: routing?.priority ?? 0,
      queueId: routing?.queueId ?? null,
    },
    context: source.context,
    customer: { id: customer?.id ?? null, table: customer?.table ?? null, name: source.customerName },
    time: describeTime(now, timeZone),
  };
}

/** The wall clock of a zone in its last minute: a cycle asks for the same one again for each conversation. */
const lastTimes = new WeakMap<Zone, { readonly minute: number; readonly time: Subject }>();

function describeTime(now: Instant, timeZone: string): Subject {
  const zone = findZone(timeZone);
  const minute = Math.floor(now / 60_000);
  const last = lastTimes.get(zone);
  if (last?.minute === minute) return last.time;
  // A date whose UTC fields are the local ones.
  const local = new Date(now + zone.offset(now) * 60_000);
  const hour = local.getUTCHours();
  const time: Subject = {
    weekday: local.getUTCDay(),
    hour,
    minuteOfDay: hour * 60 + local.getUTCMinutes(),
    date: local.toISOString().slice(0, 10),
  };
  lastTimes.set(zone, { minute, time });
  return time;
}
