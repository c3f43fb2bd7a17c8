/**
 * Wall-clock time of a zone and back, for days with 23, 24, 25 or no hours. A local day is a number: days since 1970-01-01 of the
 * zone's own calendar.
 */
import { FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import type { Instant } from '../conversation/conversation.ts';

const minute = 60_000;
const day = 86_400_000;
const zones = new Map<string, Zone>();

/** The zone of an IANA name; UTC where nobody knows the name, so that a typing error in a row stops no conversation. */
export function findZone(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  // A name nobody knows is not remembered: the names come from rows, and so may be any number of them.
  if (!IANAZone.isValidZone(name)) return FixedOffsetZone.utcInstance;
  const zone = IANAZone.create(name);
  zones.set(name, zone);
  return zone;
}

/** The local day that an instant is in. */
export function localDayOf(zone: Zone, instant: Instant): number {
  return Math.floor((instant + zone.offset(instant) * minute) / day);
}

/**
 * The instant at which the wall clock shows a minute of a local day (1440 is the next midnight). A time that the clock shows twice is
 * the first of the two; one that it jumps over is the moment of the jump.
 */
export function instantOfLocal(zone: Zone, localDay: number, minuteOfDay: number): Instant {
  const wall = localDay * day + minuteOfDay * minute;
  // Offsets are at most 14 hours, so a day to either side lies before and after every instant that this time can mean.
  const before = zone.offset(wall - day) * minute;
  const after = zone.offset(wall + day) * minute;
  const early = wall - before;
  if (before === after || zone.offset(early) * minute === before) return early;
  const late = wall - after;
  if (zone.offset(late) * minute === after) return late;
  return findJump(zone, late, early);
}

/** The first instant after `from`, up to `to`, at which the offset is the one of `to`. */
function findJump(zone: Zone, from: Instant, to: Instant): Instant {
  const target = zone.offset(to);
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offset(middle) === target) high = middle;
    else low = middle;
  }
  return high;
}
