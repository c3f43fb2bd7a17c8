import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { OperatingHours } from '../routing/configuration.ts';
import { closedBecause, isOpen, nextChange, workingSeconds } from './operating-hours.ts';

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Asia/Kolkata',
  'America/Havana',
  'UTC',
];
const minuteOfDay = fc.integer({ min: 0, max: 1439 });
const range = fc.record({ from: minuteOfDay, to: fc.integer({ min: 0, max: 1440 }) });
const hoursArbitrary: fc.Arbitrary<OperatingHours> = fc.record({
  id: fc.constant('b8f6f7a5-31c5-4d67-9b7e-2a4f7f3f0b11'),
  name: fc.constant('Hours'),
  timeZone: fc.constantFrom(...zones),
  weekly: fc.array(fc.array(range, { maxLength: 3 }), { minLength: 7, maxLength: 7 }),
  holidays: fc.array(
    fc.integer({ min: 0, max: 700 }).map((day) => {
      const date = DateTime.fromISO('2026-01-01').plus({ days: day }).toISODate() ?? '';
      return { name: `Holiday ${day}`, from: date, to: date };
    }),
    { maxLength: 4 },
  ),
});
const instantArbitrary = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 1) });

describe('operating hours, whatever they are', () => {
  test('change at the next change and not before', () => {
    fc.assert(
      fc.property(hoursArbitrary, instantArbitrary, fc.double({ min: 0, max: 1, noNaN: true }), (hours, now, share) => {
        const { opensOn, closesOn } = nextChange(hours, now);
        const isOpenNow = isOpen(hours, now);
        assert.equal(opensOn === null || !isOpenNow, true);
        const changesOn = isOpenNow ? closesOn : opensOn;
        if (changesOn === null) return;
        assert.ok(changesOn > now);
        assert.equal(isOpen(hours, changesOn), !isOpenNow);
        assert.equal(isOpen(hours, changesOn - 1), isOpenNow);
        assert.equal(isOpen(hours, now + Math.floor((changesOn - 1 - now) * share)), isOpenNow);
      }),
    );
  });

  test('answer the same from memory as when asked for the first time', () => {
    fc.assert(
      fc.property(hoursArbitrary, fc.array(instantArbitrary, { minLength: 2, maxLength: 20 }), (hours, instants) => {
        for (const instant of instants) {
          const asked = [isOpen(hours, instant), closedBecause(hours, instant), nextChange(hours, instant)];
          const anew: OperatingHours = { ...hours };
          assert.deepEqual(asked, [isOpen(anew, instant), closedBecause(anew, instant), nextChange(anew, instant)]);
        }
      }),
    );
  });

  test('have as many working seconds in two parts of a time as in the whole', () => {
    const wholeSeconds = instantArbitrary.map((instant) => instant - (instant % 60_000));
    fc.assert(
      fc.property(
        hoursArbitrary,
        wholeSeconds,
        fc.nat({ max: 20_000 }),
        fc.nat({ max: 20_000 }),
        (hours, from, one, two) => {
          const middle = from + one * 60_000;
          const to = middle + two * 60_000;
          const parts = workingSeconds(hours, from, middle) + workingSeconds(hours, middle, to);
          assert.equal(parts, workingSeconds(hours, from, to));
          assert.ok(parts <= (to - from) / 1000);
        },
      ),
    );
  });

  test('say what the wall clock says, except within hours of a change of the clocks', () => {
    fc.assert(
      fc.property(hoursArbitrary, instantArbitrary, (hours, now) => {
        const local = DateTime.fromMillis(now, { zone: hours.timeZone });
        const isSteady = local.minus({ hours: 24 }).offset === local.plus({ hours: 24 }).offset;
        fc.pre(isSteady);
        assert.equal(isOpen(hours, now), isOpenByWallClock(hours, local));
      }),
      { numRuns: 500 },
    );
  });
});

function isOpenByWallClock({ weekly, holidays }: OperatingHours, local: DateTime): boolean {
  const date = local.toISODate() ?? '';
  if (holidays.some(({ from, to }) => from <= date && date <= to)) return false;
  const minutes = local.hour * 60 + local.minute;
  const today = weekly[local.weekday % 7] ?? [];
  const yesterday = weekly[(local.weekday + 6) % 7] ?? [];
  return (
    today.some(({ from, to }) => from <= minutes && (to <= from || minutes < to)) ||
    yesterday.some(({ from, to }) => to <= from && minutes < to)
  );
}
