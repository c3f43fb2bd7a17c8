/**
 * Operating hours: weekly ranges in local time, and holidays as whole local days (behaviour reference, section 4.6). Open is what the
 * wall clock says: on days when the clocks change, an opening may be an hour shorter or longer. What has been computed for a day is
 * kept beside its hours object, which never changes; a new version of the configuration is a new object.
 */
import type { Zone } from 'luxon';
import type { Instant } from '../conversation/conversation.ts';
import type { OperatingHours } from '../routing/configuration.ts';
import { findZone, instantOfLocal, localDayOf } from './local-time.ts';

type Interval = { readonly from: Instant; readonly to: Instant };
type LocalDay = Interval & {
  readonly number: number;
  /** Name of the holiday that closes the day. */
  readonly holiday: string | null;
  /** When it is open within this day, in order, apart from each other. */
  readonly open: readonly Interval[];
};

export type HoursChange = {
  /** While closed: when it opens next. Null while open, and when it does not within a year. */
  readonly opensOn: Instant | null;
  /** While open: when it closes. While closed: when the next opening ends. Null when that is more than a year away. */
  readonly closesOn: Instant | null;
  /** The holiday that keeps it closed now. */
  readonly holiday: string | null;
};

type Known = {
  readonly zone: Zone;
  readonly days: Map<number, LocalDay>;
  /** The day of the last question: the next one is mostly about the same. */
  last: LocalDay | undefined;
  change: (Interval & { readonly value: HoursChange }) | undefined;
};

const millisecondsPerDay = 86_400_000;
const minutesPerDay = 1440;
const searchDays = 366;
const maximumKnownDays = 2000;
const known = new WeakMap<OperatingHours, Known>();

/** Whether it is open at an instant. */
export function isOpen(hours: OperatingHours, now: Instant): boolean {
  return dayOf(hours, now).open.some(({ from, to }) => from <= now && now < to);
}

/** Why it is closed at an instant, or that it is open. A holiday is the reason on every closed minute of its day. */
export function closedBecause(hours: OperatingHours, now: Instant): 'open' | 'hours' | 'holiday' {
  if (isOpen(hours, now)) return 'open';
  return dayOf(hours, now).holiday === null ? 'hours' : 'holiday';
}

/** When it opens and closes next, as far as a year ahead. */
export function nextChange(hours: OperatingHours, now: Instant): HoursChange {
  const memory = knownOf(hours);
  const { change } = memory;
  if (change !== undefined && change.from <= now && now < change.to) return change.value;
  const day = dayOf(hours, now);
  const isOpenNow = isOpen(hours, now);
  const opensOn = isOpenNow ? now : findOpening(hours, day, now);
  const closesOn = opensOn === null ? null : findClosing(hours, opensOn);
  const value: HoursChange = {
    opensOn: isOpenNow ? null : opensOn,
    closesOn,
    holiday: isOpenNow ? null : day.holiday,
  };
  // The answer is the same until something changes; at the end of the day at the latest, because of holidays and the year.
  const until = Math.min(day.to, (isOpenNow ? closesOn : opensOn) ?? day.to);
  memory.change = { from: now, to: until, value };
  return value;
}

/** Whole seconds of operating hours between two instants; 0 when they are the wrong way round. */
export function workingSeconds(hours: OperatingHours, from: Instant, to: Instant): number {
  let milliseconds = 0;
  for (let day = dayOf(hours, from); day.from < to; day = dayNumber(hours, day.number + 1)) {
    for (const open of day.open) milliseconds += Math.max(0, Math.min(open.to, to) - Math.max(open.from, from));
  }
  return Math.floor(milliseconds / 1000);
}

function findOpening(hours: OperatingHours, start: LocalDay, now: Instant): Instant | null {
  for (let number = start.number; number <= start.number + searchDays; number += 1) {
    const next = dayNumber(hours, number).open.find(({ from }) => from > now);
    if (next !== undefined) return next.from;
  }
  return null;
}

/** The end of the opening that an instant is in, over any number of midnights. */
function findClosing(hours: OperatingHours, instant: Instant): Instant | null {
  let end = instant;
  const first = dayOf(hours, instant).number;
  for (let number = first; number <= first + searchDays; number += 1) {
    const day = dayNumber(hours, number);
    const here = day.open.find(({ from, to }) => from <= end && end < to);
    if (here !== undefined) end = here.to;
    if (end < day.to) return end;
  }
  return null;
}

function knownOf(hours: OperatingHours): Known {
  const there = known.get(hours);
  if (there !== undefined) return there;
  const made: Known = { zone: findZone(hours.timeZone), days: new Map(), last: undefined, change: undefined };
  known.set(hours, made);
  return made;
}

function dayOf(hours: OperatingHours, instant: Instant): LocalDay {
  const memory = knownOf(hours);
  const { last } = memory;
  if (last !== undefined && last.from <= instant && instant < last.to) return last;
  // Where clocks go back just after midnight, an hour of the next day counts as the old day again; our days have one border.
  const shown = dayNumber(hours, localDayOf(memory.zone, instant));
  const day = instant < shown.to ? shown : dayNumber(hours, shown.number + 1);
  memory.last = day;
  return day;
}

function dayNumber(hours: OperatingHours, number: number): LocalDay {
  const memory = knownOf(hours);
  const there = memory.days.get(number);
  if (there !== undefined) return there;
  const made = computeDay(hours, memory.zone, number);
  if (memory.days.size >= maximumKnownDays) memory.days.clear();
  memory.days.set(number, made);
  return made;
}

function computeDay(hours: OperatingHours, zone: Zone, number: number): LocalDay {
  const from = instantOfLocal(zone, number, 0);
  const to = instantOfLocal(zone, number + 1, 0);
  const date = new Date(number * millisecondsPerDay).toISOString().slice(0, 10);
  const holiday = hours.holidays.find((one) => one.from <= date && date <= one.to)?.name ?? null;
  if (holiday !== null) return { number, from, to, holiday, open: [] };
  const ranges = [
    ...rangesOf(hours, number - 1).flatMap((range) => (range.to <= range.from ? [{ from: 0, to: range.to }] : [])),
    ...rangesOf(hours, number).map((range) => ({
      from: range.from,
      to: range.to <= range.from ? minutesPerDay : range.to,
    })),
  ];
  const open = ranges.map((range) => ({
    from: instantOfLocal(zone, number, range.from),
    to: instantOfLocal(zone, number, range.to),
  }));
  return { number, from, to, holiday, open: joinIntervals(open) };
}

function rangesOf(hours: OperatingHours, number: number): readonly { readonly from: number; readonly to: number }[] {
  // Day 0, the first of January 1970, was a Thursday.
  const weekday = (((number + 4) % 7) + 7) % 7;
  return hours.weekly[weekday] ?? [];
}

function joinIntervals(intervals: readonly Interval[]): readonly Interval[] {
  const joined: Interval[] = [];
  for (const next of intervals.filter(({ from, to }) => from < to).toSorted((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last !== undefined && next.from <= last.to)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    else joined.push(next);
  }
  return joined;
}
