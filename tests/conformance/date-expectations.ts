/**
 * The windows of the relative-date functions as the Web API reference (section 4.6) gives them, computed without the server's code:
 * calendar arithmetic by Intl in the caller's time zone. Independent on purpose; do not share it with the server.
 */

/** Milliseconds since 1970; `from` inclusive; `to` exclusive. Undefined: open. */
export type Window = { from?: number; to?: number };

/** Year, month (from 1), day; any of them may be out of range, as in `[2024, 14, 0]`. */
export type LocalDate = readonly [year: number, month: number, day: number];

export type Calendar = {
  now: number;
  zone: string;
  /** 0: Sunday. */
  weekStart: number;
  /** Month (from 1) and months per period of the fiscal year, which starts on the first of a month. */
  fiscalStart: number;
  fiscalMonths: number;
};

/** The date on the clock of the zone. */
export function localDate(instant: number, zone: string): LocalDate {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const [year = 0, month = 0, day = 0] = format.format(instant).split('-').map(Number);
  return [year, month, day];
}

/** The instant at which a local date begins. */
function midnight([year, month, day]: LocalDate, zone: string): number {
  const asUtc = Date.UTC(year, month - 1, day);
  // Twice, because the offset may differ between the guess and the result.
  let instant = asUtc - offsetAt(asUtc, zone);
  instant = asUtc - offsetAt(instant, zone);
  return instant;
}

function offsetAt(instant: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

const hour = 3_600_000;

/** Functions without a value. */
export function fixedWindows(calendar: Calendar): Record<string, Window> {
  const { now, zone } = calendar;
  const [year, month, day] = localDate(now, zone);
  const at = (...date: [number, number, number]): number => midnight(date, zone);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const sinceWeekStart = (weekday - calendar.weekStart + 7) % 7;
  const between = (start: (steps: number) => number, steps: number): Window => ({
    from: start(steps),
    to: start(steps + 1),
  });
  const days = (steps: number): number => at(year, month, day + steps);
  const weeks = (steps: number): number => at(year, month, day - sinceWeekStart + 7 * steps);
  const months = (steps: number): number => at(year, month + steps, 1);
  const years = (steps: number): number => at(year + steps, 1, 1);
  const periods = (steps: number): number => fiscalPeriodStart(calendar, steps);
  const fiscalYears = (steps: number): number => fiscalYearStart(calendar, steps);
  const units = { Week: weeks, Month: months, Year: years, FiscalPeriod: periods, FiscalYear: fiscalYears };
  const windows: Record<string, Window> = {
    Yesterday: between(days, -1),
    Today: between(days, 0),
    Tomorrow: between(days, 1),
    Last7Days: { from: days(-7), to: now },
    Next7Days: { from: now, to: days(8) },
  };
  for (const [unit, start] of Object.entries(units)) {
    windows[`Last${unit}`] = between(start, -1);
    windows[`This${unit}`] = between(start, 0);
    windows[`Next${unit}`] = between(start, 1);
  }
  return windows;
}

/** `LastX...`, `NextX...` and `OlderThanX...` with a count. */
export function countedWindows(calendar: Calendar, count: number): Record<string, Window> {
  const { now, zone } = calendar;
  const [year, month, day] = localDate(now, zone);
  const at = (...date: [number, number, number]): number => midnight(date, zone);
  const back = { Days: at(year, month, day - count), Weeks: at(year, month, day - 7 * count) };
  const windows: Record<string, Window> = {
    LastXHours: { from: now - count * hour, to: now },
    NextXHours: { from: now, to: now + count * hour },
    LastXMonths: { from: at(...sameDay(year, month - count, day)), to: now },
    LastXYears: { from: at(...sameDay(year - count, month, day)), to: now },
    NextXDays: { from: now, to: at(year, month, day + count + 1) },
    NextXWeeks: { from: now, to: at(year, month, day + 7 * count + 1) },
    NextXMonths: { from: now, to: at(...dayAfter(sameDay(year, month + count, day))) },
    NextXYears: { from: now, to: at(...dayAfter(sameDay(year + count, month, day))) },
    LastXFiscalPeriods: { from: fiscalPeriodStart(calendar, -count), to: now },
    LastXFiscalYears: { from: fiscalYearStart(calendar, -count), to: now },
    NextXFiscalPeriods: { from: now, to: fiscalPeriodStart(calendar, count + 1) },
    NextXFiscalYears: { from: now, to: fiscalYearStart(calendar, count + 1) },
    OlderThanXMinutes: { to: now - (count * hour) / 60 },
    OlderThanXHours: { to: now - count * hour },
  };
  for (const [unit, from] of Object.entries(back)) windows[`LastX${unit}`] = { from, to: now };
  // To the minute: the same clock time on another day.
  const timeOfDay = now - at(year, month, day);
  windows['OlderThanXDays'] = { to: at(year, month, day - count) + timeOfDay };
  windows['OlderThanXWeeks'] = { to: at(year, month, day - 7 * count) + timeOfDay };
  windows['OlderThanXMonths'] = { to: at(...sameDay(year, month - count, day)) + timeOfDay };
  windows['OlderThanXYears'] = { to: at(...sameDay(year - count, month, day)) + timeOfDay };
  return windows;
}

/** The day of another month; its last one where that month is too short. */
function sameDay(year: number, month: number, day: number): [number, number, number] {
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return [year, month, Math.min(day, daysInMonth)];
}

function dayAfter([year, month, day]: LocalDate): [number, number, number] {
  return [year, month, day + 1];
}

/** The fiscal year that starts in a calendar year, or one of its periods (from 1). */
export function fiscalWindow(calendar: Calendar, year: number, period?: number): Window {
  const { fiscalStart, fiscalMonths, zone } = calendar;
  const first = period === undefined ? fiscalStart : fiscalStart + (period - 1) * fiscalMonths;
  const months = period === undefined ? 12 : fiscalMonths;
  return { from: midnight([year, first, 1], zone), to: midnight([year, first + months, 1], zone) };
}

/** The number, from 1, of the fiscal period that an instant falls into. */
export function fiscalPeriodOf({ fiscalStart, fiscalMonths, zone }: Calendar, instant: number): number {
  const [, month] = localDate(instant, zone);
  return Math.floor(((month - fiscalStart + 12) % 12) / fiscalMonths) + 1;
}

function fiscalYearStart({ now, zone, fiscalStart }: Calendar, steps: number): number {
  const [year, month] = localDate(now, zone);
  return midnight([(month < fiscalStart ? year - 1 : year) + steps, fiscalStart, 1], zone);
}

function fiscalPeriodStart({ now, zone, fiscalStart, fiscalMonths }: Calendar, steps: number): number {
  const [year, month] = localDate(now, zone);
  const elapsed = (month - fiscalStart + 12) % 12;
  return midnight([year, month - (elapsed % fiscalMonths) + steps * fiscalMonths, 1], zone);
}

/** The day of a date literal. */
export function dayWindow(date: LocalDate, zone: string): Window {
  const [year, month, day] = date;
  return { from: midnight(date, zone), to: midnight([year, month, day + 1], zone) };
}
