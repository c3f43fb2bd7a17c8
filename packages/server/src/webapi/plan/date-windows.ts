/**
 * The windows of Dataverse's relative-date functions. All arithmetic is done on the caller's local clock, so that days,
 * weeks and months start at local midnight also across a change of daylight saving; the database's zone tables decide.
 * Edges: days and above run from midnight to now (last) or from now to midnight (next), hours from now exactly.
 */
import { fragment, literalSql } from './fragment.ts';
import type { FragmentOperand, Operand, Parameter } from './plan.ts';

/** Half-open on the local clock: from inclusive, to exclusive; `isToIncluded` where the end is the present moment. */
export type DateWindow = {
  readonly from?: FragmentOperand;
  readonly to?: FragmentOperand;
  readonly isToIncluded?: boolean;
};

const timeZone: Parameter = { sqlType: 'text', value: (context) => context.caller.principal.timeZone };
const zone: Operand = { kind: 'parameter', parameter: timeZone };

const moment: Parameter = { sqlType: 'timestamptz', value: (context) => new Date(context.now).toISOString() };
const now = fragment`(${{ kind: 'parameter', parameter: moment }} AT TIME ZONE ${zone})`;
const today = fragment`date_trunc('day', ${now})`;
const weekStart = literalSql('(SELECT coalesce(max(weekstartdaycode), 0) FROM data.organization)');
const thisWeek = fragment`(${today} - make_interval(days => ((extract(dow FROM ${now})::int - ${weekStart} + 7) % 7)))`;
const thisMonth = fragment`date_trunc('month', ${now})`;
const thisYear = fragment`date_trunc('year', ${now})`;

/** How far the fiscal calendar starts after 1 January, and how many months a fiscal period has. */
const fiscalShift = literalSql(
  "(SELECT coalesce(make_interval(months => extract(month FROM max(fiscalcalendarstart))::int - 1, days => extract(day FROM max(fiscalcalendarstart))::int - 1), interval '0') FROM data.organization)",
);
const fiscalMonths = literalSql(
  '(SELECT CASE max(fiscalperiodtype) WHEN 2000 THEN 12 WHEN 2001 THEN 6 WHEN 2003 THEN 1 ELSE 3 END FROM data.organization)',
);
const fiscalYear = fragment`(date_trunc('year', ${now} - ${fiscalShift}) + ${fiscalShift})`;
const fiscalPeriod = fragment`(date_trunc('year', ${now} - ${fiscalShift}) + make_interval(months => ((extract(month FROM ${now} - ${fiscalShift})::int - 1) / ${fiscalMonths}) * ${fiscalMonths}) + ${fiscalShift})`;

function plus(start: FragmentOperand, interval: FragmentOperand): FragmentOperand {
  return fragment`(${start} + ${interval})`;
}

/** The unit before, the present one, the one after. */
function neighbours(start: FragmentOperand, length: FragmentOperand): Record<'Last' | 'This' | 'Next', DateWindow> {
  const end = plus(start, length);
  return {
    Last: { from: fragment`(${start} - ${length})`, to: start },
    This: { from: start, to: end },
    Next: { from: end, to: plus(end, length) },
  };
}

const day = literalSql("interval '1 day'");
const fiscalLength = fragment`make_interval(months => ${fiscalMonths})`;
const days = neighbours(today, day);
const weeks = neighbours(thisWeek, literalSql("interval '7 days'"));
const months = neighbours(thisMonth, literalSql("interval '1 month'"));
const years = neighbours(thisYear, literalSql("interval '1 year'"));
const fiscalPeriods = neighbours(fiscalPeriod, fiscalLength);
const fiscalYears = neighbours(fiscalYear, literalSql("interval '1 year'"));

/** Functions without a value. */
export const fixedWindows: Readonly<Record<string, DateWindow>> = {
  Yesterday: days.Last,
  Today: days.This,
  Tomorrow: days.Next,
  Last7Days: { from: fragment`(${today} - interval '7 days')`, to: now, isToIncluded: true },
  Next7Days: { from: now, to: fragment`(${today} + interval '8 days')` },
  LastWeek: weeks.Last,
  ThisWeek: weeks.This,
  NextWeek: weeks.Next,
  LastMonth: months.Last,
  ThisMonth: months.This,
  NextMonth: months.Next,
  LastYear: years.Last,
  ThisYear: years.This,
  NextYear: years.Next,
  LastFiscalPeriod: fiscalPeriods.Last,
  ThisFiscalPeriod: fiscalPeriods.This,
  NextFiscalPeriod: fiscalPeriods.Next,
  LastFiscalYear: fiscalYears.Last,
  ThisFiscalYear: fiscalYears.This,
  NextFiscalYear: fiscalYears.Next,
};

/** Units that a count can be given in, as an interval made of it. */
const units: Readonly<Record<string, (count: Operand) => FragmentOperand>> = {
  Minutes: (count) => fragment`make_interval(mins => ${count})`,
  Hours: (count) => fragment`make_interval(hours => ${count})`,
  Days: (count) => fragment`make_interval(days => ${count})`,
  Weeks: (count) => fragment`make_interval(weeks => ${count})`,
  Months: (count) => fragment`make_interval(months => ${count})`,
  Years: (count) => fragment`make_interval(years => ${count})`,
  FiscalPeriods: (count) => fragment`make_interval(months => ${count} * ${fiscalMonths})`,
  FiscalYears: (count) => fragment`make_interval(years => ${count})`,
};

const starts: Readonly<Record<string, FragmentOperand>> = { FiscalPeriods: fiscalPeriod, FiscalYears: fiscalYear };

/** `LastXDays`, `NextXHours`, `OlderThanXMonths`, ...; undefined when the name is none of these. */
export function countedWindow(name: string, count: Operand): (DateWindow & { readonly unit: string }) | undefined {
  const match = /^(Last|Next|OlderThan)X([A-Z][A-Za-z]+)$/.exec(name);
  const unit = match?.[2] ?? '';
  const length = units[unit]?.(count);
  if (match === null || length === undefined) return undefined;
  const isFiscal = unit.startsWith('Fiscal');
  if (match[1] === 'OlderThan') return isFiscal ? undefined : { unit, to: fragment`(${now} - ${length})` };
  if (unit === 'Minutes') return undefined;
  const start = unit === 'Hours' ? now : (starts[unit] ?? today);
  if (match[1] === 'Last') return { unit, from: fragment`(${start} - ${length})`, to: now, isToIncluded: true };
  if (unit === 'Hours') return { unit, from: now, to: fragment`(${now} + ${length})`, isToIncluded: true };
  return { unit, from: now, to: fragment`(${start} + ${length} + ${isFiscal ? nextFiscal(unit) : day})` };
}

function nextFiscal(unit: string): FragmentOperand {
  return unit === 'FiscalYears' ? literalSql("interval '1 year'") : fiscalLength;
}

/** The local day that a date or a moment falls into. */
export function dayOf(value: Operand, isMoment: boolean): DateWindow {
  const start = isMoment ? fragment`date_trunc('day', ${value} AT TIME ZONE ${zone})` : fragment`${value}::timestamp`;
  return { from: start, to: fragment`(${start} + interval '1 day')` };
}

/** A fiscal year by its number (the year it starts in), or one of its periods (from 1). */
export function fiscalWindow(year: Operand, period: Operand | undefined): DateWindow {
  const start = fragment`(make_timestamp(${year}, 1, 1, 0, 0, 0) + ${fiscalShift})`;
  if (period === undefined) return { from: start, to: fragment`(${start} + interval '1 year')` };
  const from = fragment`(${start} + make_interval(months => (${period} - 1) * ${fiscalMonths}))`;
  return { from, to: fragment`(${from} + ${fiscalLength})` };
}

/** The number of the fiscal period that a local moment falls into. */
export function fiscalPeriodNumber(moment: Operand): FragmentOperand {
  return fragment`((extract(month FROM ${moment} - ${fiscalShift})::int - 1) / ${fiscalMonths} + 1)`;
}

/** A timestamp on the caller's clock. */
export function toLocal(value: Operand): FragmentOperand {
  return fragment`(${value} AT TIME ZONE ${zone})`;
}

/** A moment of the caller's clock as a timestamp with time zone. */
export function fromLocal(value: Operand): FragmentOperand {
  return fragment`(${value} AT TIME ZONE ${zone})`;
}
