import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPath } from './condition.ts';
import { waitingOf } from './routing-harness.ts';
import { describeSubject } from './subject.ts';

const conversation = waitingOf('c', 5, { priority: 3 }, { context: { topic: 'order' } });

describe('describeSubject', () => {
  it('tells what the conversation knows', () => {
    const subject = describeSubject(conversation, 0, 'UTC');
    for (const [path, expected] of [
      ['conversation.kind', 'live'],
      ['conversation.priority', 3],
      ['conversation.queueId', 'orders'],
      ['context.topic', 'order'],
      ['customer.id', null],
    ] as const) {
      assert.equal(readPath(subject, path), expected, path);
    }
  });

  it('reads the wall clock of the zone, across midnight and daylight saving', () => {
    const at = (utc: number, zone: string) => describeSubject(conversation, utc, zone)['time'];
    const saturdayNight = Date.UTC(2026, 6, 4, 22, 30);
    assert.deepEqual(at(saturdayNight, 'UTC'), { weekday: 6, hour: 22, minuteOfDay: 1350, date: '2026-07-04' });
    assert.deepEqual(at(saturdayNight, 'Europe/Berlin'), { weekday: 0, hour: 0, minuteOfDay: 30, date: '2026-07-05' });
    const winter = Date.UTC(2026, 0, 5, 23, 30);
    assert.deepEqual(at(winter, 'Europe/Berlin'), { weekday: 2, hour: 0, minuteOfDay: 30, date: '2026-01-06' });
    assert.deepEqual(at(winter, 'No/Where'), at(winter, 'UTC'));
  });
});
