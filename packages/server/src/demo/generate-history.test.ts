import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { generateHistory } from './generate-history.ts';

const day = 86_400;
const baseDate = new Date('2026-03-09T00:00:00Z');

describe('The made-up history', () => {
  test('is the same each time', () => {
    assert.deepEqual(generateHistory(baseDate), generateHistory(baseDate));
  });

  test('moves with the day that it ends on, and is otherwise the same', () => {
    const tomorrow = generateHistory(new Date(baseDate.getTime() + day * 1000));
    const moved = generateHistory(baseDate).map((conversation) => ({
      ...conversation,
      createdOn: conversation.createdOn + day,
      statusUpdatedOn: conversation.statusUpdatedOn + day,
      wrapUpOn: later(conversation.wrapUpOn),
      closedOn: later(conversation.closedOn),
      sessions: conversation.sessions.map((session) => ({
        ...session,
        createdOn: session.createdOn + day,
        assignedOn: later(session.assignedOn),
        acceptedOn: later(session.acceptedOn),
        closedOn: later(session.closedOn),
      })),
    }));
    assert.deepEqual(tomorrow, moved);
  });

  test('has transfers, escalations, overflows, declined offers and abandoned conversations', () => {
    const history = generateHistory(baseDate);
    const count = (is: (one: (typeof history)[number]) => boolean) => history.filter(is).length;
    assert.ok(count((one) => one.transferCount > 0) >= 10);
    assert.ok(count((one) => one.escalationCount > 0) >= 3);
    assert.ok(count((one) => one.overflowCount > 0) >= 1);
    assert.ok(count((one) => one.sessions.some(({ agent, acceptedOn }) => agent !== null && acceptedOn === null)) >= 3);
    assert.ok(count((one) => one.status === 'Closed' && one.sessions.every(({ agent }) => agent === null)) >= 10);
  });

  test('gives an agent at most five conversations at the same time', () => {
    const active = generateHistory(baseDate).filter((one) => one.status === 'Active');
    const perAgent = Map.groupBy(active, (one) => one.sessions.at(-1)?.agent);
    for (const [agent, conversations] of perAgent)
      assert.ok(conversations.length <= 5, `${agent}: ${conversations.length}`);
  });
});

function later(seconds: number | null): number | null {
  return seconds === null ? null : seconds + day;
}
