import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OperatingHours, OverflowAction, OverflowRule, Queue } from './configuration.ts';
import { enterQueue, type MoveCause, type Routed } from './enter-queue.ts';
import { type InQueueOverflow, inQueueOverflow } from './overflow.ts';
import { configurationOf, noLoad, now, queueOf, waitingOf } from './routing-harness.ts';

const never: OperatingHours = {
  id: 'never',
  name: 'Never',
  timeZone: 'UTC',
  weekly: Array.from({ length: 7 }, () => []),
  holidays: [],
};
const second = queueOf('second', ['bob']);
const routing = { priority: 4, skills: [{ skillId: 'german' }], demand: { units: 10, profileIds: ['chats'] } };

function after(seconds: number, action: OverflowAction): OverflowRule {
  return { name: `After ${seconds} s`, when: { kind: 'waitingLonger', seconds }, action };
}

function fire(
  waitedSeconds: number,
  inQueueRules: readonly OverflowRule[],
  part: Partial<Queue> = {},
): InQueueOverflow {
  const queue = queueOf('orders', ['ada'], { inQueueOverflow: inQueueRules, ...part });
  const configuration = configurationOf({ queues: [queue, second], hours: [never] });
  return inQueueOverflow(waitingOf('c', waitedSeconds, routing), queue, configuration, noLoad);
}

describe('overflow in the queue', () => {
  it('waits until a rule is due', () => {
    const { outcome } = fire(60, [after(300, { kind: 'end' }), after(120, { kind: 'transfer', queueId: 'second' })]);
    assert.deepEqual(outcome, { kind: 'wait', dueOn: now + 60_000 });
  });

  it('moves with everything that routing found out before', () => {
    const { outcome, explanation } = fire(120, [after(120, { kind: 'transfer', queueId: 'second' })]);
    assert.deepEqual(outcome, {
      kind: 'move',
      routing: {
        kind: 'queued',
        queueId: 'second',
        ...routing,
        preferredAgentIds: [],
        context: {},
        isOverflow: true,
      },
    });
    assert.equal(explanation.kind, 'overflow');
    assert.equal(explanation.summary, 'Waited 120 s in queue orders: move to queue second.');
  });

  it('ends', () => assert.deepEqual(fire(121, [after(120, { kind: 'end' })]).outcome, { kind: 'end' }));

  it('acts on closed hours before what is listed earlier', () => {
    const closed: OverflowRule = {
      name: 'Closed',
      when: { kind: 'outsideHours' },
      action: { kind: 'transfer', queueId: 'second' },
    };
    const { outcome } = fire(500, [after(120, { kind: 'end' }), closed], { operatingHourId: 'never' });
    assert.equal(outcome?.kind, 'move');
  });

  it('goes to the next rule when an action is impossible', () => {
    const rules = [after(60, { kind: 'transfer', queueId: 'gone' }), after(90, { kind: 'end' })];
    const { outcome, explanation } = fire(100, rules);
    assert.deepEqual(outcome, { kind: 'end' });
    assert.match(explanation.rules[0]?.effect ?? '', /cannot act/);
  });

  it('has nothing to say without rules, or when all of them said to stay', () => {
    assert.equal(fire(100, []).outcome, null);
    assert.equal(fire(100, [after(60, { kind: 'assignAnyway' })]).outcome, null);
  });
});

describe('enterQueue', () => {
  const configuration = configurationOf({
    queues: [
      second,
      queueOf('calls', ['cy'], { kind: 'voice' }),
      queueOf('closed', ['di'], { operatingHourId: 'never' }),
      queueOf('empty', []),
    ],
    hours: [never],
  });

  function enter(queueId: string, cause: MoveCause): ReturnType<typeof enterQueue> {
    return enterQueue({ conversation: waitingOf('c', 5, routing), queueId, cause, configuration, facts: noLoad });
  }

  it('keeps priority, skills and demand, and explains the move', () => {
    const entered = enter('second', 'supervisorAssign');
    assert.ok(entered.kind === 'routed' && entered.outcome.kind === 'queued');
    assert.equal(entered.outcome.priority, 4);
    assert.deepEqual(entered.outcome.skills, routing.skills);
    assert.equal(entered.outcome.isOverflow, false);
    assert.equal(entered.explanation.summary, 'Assigned by a supervisor to queue second.');
  });

  it('refuses queues for other work and queues that do not exist', () => {
    const other = enter('calls', 'supervisorAssign');
    assert.ok(other.kind === 'refused');
    assert.equal(other.name, 'notForThisChannel');
    assert.equal(enter('gone', 'supervisorAssign').kind, 'refused');
  });

  it('refuses closed queues for transfers of agents only', () => {
    const refused = enter('closed', 'agentTransfer');
    assert.ok(refused.kind === 'refused');
    assert.equal(refused.name, 'notPossibleNow');
    for (const cause of ['supervisorAssign', 'supervisorTransfer', 'overflow'] as const) {
      assert.equal(enter('closed', cause).kind, 'routed', cause);
    }
  });

  it('ends what goes where nobody is', () => {
    const entered = enter('empty', 'agentTransfer') as Routed;
    assert.deepEqual(entered.outcome, { kind: 'ended', cause: 'failure', queueId: 'empty' });
  });
});
