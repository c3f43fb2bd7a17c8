import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DateTime } from 'luxon';
import type { OperatingHours } from '../routing/configuration.ts';
import { closedBecause, isOpen, nextChange, workingSeconds } from './operating-hours.ts';

type Range = { readonly from: number; readonly to: number };

const nineToFive: readonly Range[] = [{ from: 9 * 60, to: 17 * 60 }];
const workdays: OperatingHours['weekly'] = [[], nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, []];

function hoursOf(
  timeZone: string,
  weekly: OperatingHours['weekly'],
  holidays: OperatingHours['holidays'] = [],
): OperatingHours {
  return { id: 'b8f6f7a5-31c5-4d67-9b7e-2a4f7f3f0b11', name: 'Hours', timeZone, weekly, holidays };
}

function everyDay(...ranges: Range[]): OperatingHours['weekly'] {
  return Array.from({ length: 7 }, () => ranges);
}

function at(text: string, zone = 'UTC'): number {
  return DateTime.fromISO(text, { zone }).toMillis();
}

describe('operating hours', () => {
  test('are open from the first minute of a range to just before its last', () => {
    const hours = hoursOf('Europe/Berlin', workdays);
    assert.equal(isOpen(hours, at('2026-03-02T08:59:59.999', 'Europe/Berlin')), false);
    assert.equal(isOpen(hours, at('2026-03-02T09:00', 'Europe/Berlin')), true);
    assert.equal(isOpen(hours, at('2026-03-02T16:59:59.999', 'Europe/Berlin')), true);
    assert.equal(isOpen(hours, at('2026-03-02T17:00', 'Europe/Berlin')), false);
    assert.equal(isOpen(hours, at('2026-03-01T12:00', 'Europe/Berlin')), false);
  });

  test('tell when they close while open, and when they open next while closed', () => {
    const hours = hoursOf('Europe/Berlin', workdays);
    const friday = at('2026-03-06T12:00', 'Europe/Berlin');
    assert.deepEqual(nextChange(hours, friday), {
      opensOn: null,
      closesOn: at('2026-03-06T17:00', 'Europe/Berlin'),
      holiday: null,
    });
    assert.deepEqual(nextChange(hours, at('2026-03-06T17:00', 'Europe/Berlin')), {
      opensOn: at('2026-03-09T09:00', 'Europe/Berlin'),
      closesOn: at('2026-03-09T17:00', 'Europe/Berlin'),
      holiday: null,
    });
  });

  test('follow the wall clock over both changes of the clocks in Berlin', () => {
    const hours = hoursOf('Europe/Berlin', everyDay({ from: 60, to: 240 }));
    // 01:00 to 04:00: two hours long when the clocks go forward, four when they go back.
    assert.equal(workingSeconds(hours, at('2026-03-28T23:00Z'), at('2026-03-29T22:00Z')), 2 * 3600);
    assert.equal(workingSeconds(hours, at('2026-10-24T22:00Z'), at('2026-10-25T23:00Z')), 4 * 3600);
    assert.equal(isOpen(hours, at('2026-03-29T02:00Z')), false);
    assert.equal(isOpen(hours, at('2026-10-25T02:59Z')), true);
  });

  test('follow the wall clock over both changes of the clocks in New York', () => {
    const hours = hoursOf('America/New_York', everyDay({ from: 0, to: 1440 }));
    assert.equal(
      workingSeconds(hours, at('2026-03-08', 'America/New_York'), at('2026-03-09', 'America/New_York')),
      23 * 3600,
    );
    assert.equal(
      workingSeconds(hours, at('2026-11-01', 'America/New_York'), at('2026-11-02', 'America/New_York')),
      25 * 3600,
    );
  });

  test('know the half hour by which Lord Howe changes its clocks', () => {
    const hours = hoursOf('Australia/Lord_Howe', everyDay({ from: 60, to: 180 }));
    const springDay = at('2026-10-04', 'Australia/Lord_Howe');
    const autumnDay = at('2026-04-05', 'Australia/Lord_Howe');
    assert.equal(workingSeconds(hours, springDay, springDay + 12 * 3_600_000), 90 * 60);
    assert.equal(workingSeconds(hours, autumnDay, autumnDay + 12 * 3_600_000), 150 * 60);
  });

  test('open at the jump when the clocks jump over their beginning', () => {
    const hours = hoursOf('Europe/Berlin', everyDay({ from: 150, to: 300 }));
    assert.equal(nextChange(hours, at('2026-03-29T00:00Z')).opensOn, at('2026-03-29T01:00Z'));
  });

  test('open for nobody on a day that a zone left out', () => {
    const hours = hoursOf('Pacific/Apia', everyDay({ from: 540, to: 1020 }));
    // The clocks went from the end of the 29th of December 2011 to the beginning of the 31st.
    const from = at('2011-12-29', 'Pacific/Apia');
    const to = at('2012-01-01', 'Pacific/Apia');
    assert.equal(workingSeconds(hours, from, to), 2 * 8 * 3600);
  });

  test('stay open over midnight, also when the clocks repeat an hour just after it', () => {
    const night = hoursOf('Europe/Berlin', everyDay({ from: 22 * 60, to: 6 * 60 }));
    assert.equal(isOpen(night, at('2026-05-05T23:00', 'Europe/Berlin')), true);
    assert.equal(isOpen(night, at('2026-05-05T05:59', 'Europe/Berlin')), true);
    assert.equal(isOpen(night, at('2026-05-05T06:00', 'Europe/Berlin')), false);
    assert.equal(
      nextChange(night, at('2026-05-05T23:00', 'Europe/Berlin')).closesOn,
      at('2026-05-06T06:00', 'Europe/Berlin'),
    );
    // Clocks of St. John's went back at one minute past midnight until 2011.
    const johns = hoursOf('America/St_Johns', everyDay({ from: 0, to: 1440 }));
    assert.equal(isOpen(johns, at('2010-11-07T02:31Z')), true);
    assert.equal(isOpen(johns, at('2010-11-07T03:15Z')), true);
  });

  test('run around the clock when a range ends where it begins', () => {
    const always = hoursOf('Europe/Berlin', everyDay({ from: 480, to: 480 }));
    assert.equal(isOpen(always, at('2026-05-05T07:59', 'Europe/Berlin')), true);
    assert.deepEqual(nextChange(always, at('2026-05-05T12:00Z')), { opensOn: null, closesOn: null, holiday: null });
  });

  test('are closed on the whole of a holiday, with its name, and cut a night that runs into it', () => {
    const hours = hoursOf('Europe/Berlin', everyDay({ from: 22 * 60, to: 6 * 60 }), [
      { name: 'Christmas', from: '2026-12-25', to: '2026-12-26' },
    ]);
    const evening = at('2026-12-24T23:00', 'Europe/Berlin');
    assert.equal(nextChange(hours, evening).closesOn, at('2026-12-25', 'Europe/Berlin'));
    const holiday = at('2026-12-25T23:00', 'Europe/Berlin');
    assert.equal(closedBecause(hours, holiday), 'holiday');
    assert.equal(nextChange(hours, holiday).holiday, 'Christmas');
    assert.equal(nextChange(hours, holiday).opensOn, at('2026-12-27', 'Europe/Berlin'));
    assert.equal(closedBecause(hours, at('2026-12-27T12:00', 'Europe/Berlin')), 'hours');
    assert.equal(closedBecause(hours, evening), 'open');
  });

  test('never open when there are no ranges, and are searched for no longer than a year', () => {
    const never = hoursOf('Europe/Berlin', []);
    assert.deepEqual(nextChange(never, at('2026-05-05')), { opensOn: null, closesOn: null, holiday: null });
    const afterYears = hoursOf('UTC', workdays, [{ name: 'Closed', from: '2026-01-01', to: '2029-12-31' }]);
    assert.equal(nextChange(afterYears, at('2026-05-05')).opensOn, null);
  });

  test('take a time zone that nobody knows for UTC', () => {
    assert.equal(isOpen(hoursOf('Mars/Olympus', workdays), at('2026-03-02T09:00Z')), true);
  });

  test('count nothing when asked from a later to an earlier instant', () => {
    assert.equal(workingSeconds(hoursOf('UTC', everyDay({ from: 0, to: 0 })), at('2026-05-06'), at('2026-05-05')), 0);
  });
});
