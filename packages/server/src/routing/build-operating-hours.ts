/**
 * Operating hours: the same working time on each working day, in a time zone, without the holidays of the calendar. Behaviour reference,
 * section 4.6.
 */
import type { OperatingHours } from '@parley/engine';
import { timeZoneName } from '../model/time-zones.ts';
import {
  type ConfigurationSource,
  groupBy,
  readChoices,
  readFlag,
  readWhole,
  type SourceRow,
} from './configuration-source.ts';

const minutesPerDay = 1440;
const sunday = 192350000;
/** Where a row says no times: eight to five. */
const defaultStart = 8 * 60;
const defaultEnd = 17 * 60;

type HolidayRow = SourceRow<
  | 'calendarruleid'
  | 'calendarid'
  | 'name'
  | 'starttime'
  | 'duration'
  | 'effectiveintervalstart'
  | 'effectiveintervalend'
>;

export async function buildOperatingHours(
  source: ConfigurationSource,
  problems: string[],
): Promise<ReadonlyMap<string, OperatingHours>> {
  const rows = await source.table('msdyn_operatinghour', [
    'msdyn_operatinghourid',
    'msdyn_name',
    'msdyn_calendarid',
    'msdyn_enablealldays',
    'msdyn_oc_daysofweek',
    'msdyn_starttimestring',
    'msdyn_endtimestring',
    'msdyn_timezone',
  ]);
  const calendars = await source.statelessTable('calendar', ['calendarid', 'holidayschedulecalendarid']);
  const scheduleOf = new Map(calendars.map((row) => [row.calendarid, row.holidayschedulecalendarid]));
  const holidays = groupBy(await readHolidays(source), (row) => row.calendarid);
  const hours = new Map<string, OperatingHours>();
  for (const row of rows) {
    const id = row.msdyn_operatinghourid ?? '';
    const name = row.msdyn_name ?? '';
    const from = readTime(row.msdyn_starttimestring, defaultStart);
    const to = readTime(row.msdyn_endtimestring, defaultEnd);
    if (from === undefined || to === undefined) {
      problems.push(
        `Operating hours '${name}' (${id}): '${row.msdyn_starttimestring}' to '${row.msdyn_endtimestring}' are no times of day`,
      );
      continue;
    }
    const schedule = scheduleOf.get(row.msdyn_calendarid?.toLowerCase() ?? null) ?? null;
    hours.set(id, {
      id,
      name,
      timeZone: timeZoneName(readWhole(row.msdyn_timezone) ?? -1),
      weekly: weekOf(row, { from, to: to === 0 ? minutesPerDay : to }),
      holidays: schedule === null ? [] : (holidays.get(schedule) ?? []).flatMap((rule) => readHoliday(rule, problems)),
    });
  }
  return hours;
}

function readHolidays(source: ConfigurationSource): Promise<HolidayRow[]> {
  return source.statelessTable('calendarrule', [
    'calendarruleid',
    'calendarid',
    'name',
    'starttime',
    'duration',
    'effectiveintervalstart',
    'effectiveintervalend',
  ]);
}

function weekOf(
  row: SourceRow<'msdyn_enablealldays' | 'msdyn_oc_daysofweek'>,
  time: { readonly from: number; readonly to: number },
): OperatingHours['weekly'] {
  const days = readChoices(row.msdyn_oc_daysofweek).map((code) => code - sunday);
  const isAlways = readFlag(row.msdyn_enablealldays);
  return Array.from({ length: 7 }, (_, weekday) => (isAlways || days.includes(weekday) ? [time] : []));
}

/** `08:00`, `8:00:00`, `8:30 PM`, `24:00`: minutes of the day. Undefined when it is none of these. */
function readTime(text: string | null, otherwise: number): number | undefined {
  if (text === null || text.trim() === '') return otherwise;
  const parts = /^(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?$/i.exec(text.trim());
  if (parts === null) return undefined;
  const half = parts[3]?.toLowerCase();
  const hour = half === undefined ? Number(parts[1]) : (Number(parts[1]) % 12) + (half === 'pm' ? 12 : 0);
  const minutes = hour * 60 + Number(parts[2]);
  return Number(parts[2]) < 60 && minutes <= minutesPerDay ? minutes : undefined;
}

/** Whole days: from the first, for as long as the rule lasts, or up to the day on which it no longer applies. */
function readHoliday(rule: HolidayRow, problems: string[]): OperatingHours['holidays'] {
  const from = (rule.starttime ?? rule.effectiveintervalstart)?.slice(0, 10);
  if (from === undefined) {
    problems.push(`Calendar rule '${rule.name ?? ''}' (${rule.calendarruleid}): a holiday without a first day`);
    return [];
  }
  const minutes = readWhole(rule.duration);
  const end = rule.effectiveintervalend?.slice(0, 10) ?? from;
  const days = minutes === null ? daysBetween(from, end) : Math.ceil(minutes / minutesPerDay);
  return [{ name: rule.name ?? 'Holiday', from, to: addDays(from, Math.max(days, 1) - 1) }];
}

const millisecondsPerDay = 86_400_000;

function daysBetween(from: string, end: string): number {
  return Math.round((Date.parse(end) - Date.parse(from)) / millisecondsPerDay);
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * millisecondsPerDay).toISOString().slice(0, 10);
}
