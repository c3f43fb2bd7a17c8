/**
 * The text that a person reads for a value (`@OData.Community.Display.V1.FormattedValue`), in the caller's language and
 * zone, as JSON. Labels are quoted once per plan; dates and numbers hold nothing that needs escaping.
 */
import type { Column } from '../../model/table-model.ts';

export type Display = { readonly timeZone: string; readonly languageCode: number };

/** PostgreSQL's text in, a JSON string out; undefined where nothing is shown. */
export type ValueFormatter = (text: string, display: Display) => string | undefined;

/** How values of a column are shown, or undefined where Dataverse shows none (plain texts, identifiers). */
export function valueFormatter(column: Column): ValueFormatter | undefined {
  switch (column.type) {
    case 'Picklist':
    case 'State':
    case 'Status': {
      const labels = quotedLabels(column);
      return (text) => labels.get(text);
    }
    case 'Boolean':
    case 'ManagedProperty': {
      const labels = quotedLabels(column);
      return (text) => labels.get(text.startsWith('t') ? '1' : '0');
    }
    case 'MultiSelectPicklist': {
      const labels = optionLabels(column);
      return (text) =>
        text === '{}'
          ? undefined
          : JSON.stringify(
              text
                .slice(1, -1)
                .split(',')
                .map((value) => labels.get(value) ?? value)
                .join('; '),
            );
    }
    case 'DateTime':
      return dateFormatter(column);
    case 'Integer':
    case 'BigInt':
      return (text) => quote(groupDigits(text));
    case 'Decimal':
    case 'Double':
      return (text) => quote(formatDecimal(text, column.precision ?? 2));
    case 'Money':
      return (text) =>
        quote(text.startsWith('-') ? `-$${formatDecimal(text.slice(1), 2)}` : `$${formatDecimal(text, 2)}`);
    default:
      return undefined;
  }
}

function optionLabels(column: Column): ReadonlyMap<string, string> {
  return new Map(column.options.map((option) => [String(option.value), option.label]));
}

function quotedLabels(column: Column): ReadonlyMap<string, string> {
  return new Map(column.options.map((option) => [String(option.value), JSON.stringify(option.label)]));
}

function quote(text: string): string {
  return `"${text}"`;
}

function groupDigits(text: string): string {
  const first = text.startsWith('-') ? 1 : 0;
  let end = text.length - 3;
  if (end <= first) return text;
  let grouped = text.slice(end);
  for (; end - 3 > first; end -= 3) grouped = `${text.slice(end - 3, end)},${grouped}`;
  return `${text.slice(0, end)},${grouped}`;
}

function formatDecimal(text: string, precision: number): string {
  const number = Number(text);
  if (/[eE]/.test(text) || !Number.isSafeInteger(Math.trunc(number))) {
    const [whole = '', fraction = ''] = text.split('.');
    return /[eE]/.test(text)
      ? number.toFixed(precision)
      : `${groupDigits(whole)}.${fraction.padEnd(precision, '0').slice(0, precision)}`;
  }
  const [whole = '', fraction] = number.toFixed(precision).split('.');
  return fraction === undefined ? groupDigits(whole) : `${groupDigits(whole)}.${fraction}`;
}

function dateFormatter(column: Column): ValueFormatter {
  const isDateOnly = column.format === 'DateOnly' || column.dateTimeBehavior === 'DateOnly';
  const isLocal = column.dateTimeBehavior === 'UserLocal';
  return (text, display) => {
    const local = isLocal && display.timeZone !== 'UTC' ? toZone(text, display.timeZone) : text;
    const [year, month, day] = [local.slice(0, 4), Number(local.slice(5, 7)), Number(local.slice(8, 10))];
    const date = `${month}/${day}/${Number(year)}`;
    if (isDateOnly) return quote(date);
    const hour = Number(local.slice(11, 13));
    return `"${date} ${hour % 12 === 0 ? 12 : hour % 12}:${local.slice(14, 16)} ${hour < 12 ? 'AM' : 'PM'}"`;
  };
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>();

/** PostgreSQL's UTC text moved to a zone, as `yyyy-mm-dd hh:mm:ss`. */
function toZone(text: string, timeZone: string): string {
  let format = zoneFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    zoneFormats.set(timeZone, format);
  }
  return format.format(new Date(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`));
}
