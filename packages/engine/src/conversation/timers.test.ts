import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OverflowOutcome } from './command.ts';
import {
  ann,
  arrange,
  byAgent,
  conversationOf,
  createWorld,
  customer,
  give,
  giveUp,
  messageOf,
  otherQueueId,
  passSeconds,
  queued,
  queueId,
  system,
} from './conversation-harness.ts';

describe('timers', () => {
  test('that are not due change nothing', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'open');
    const before = conversationOf(world, id);
    const { conversation, events } = passSeconds(world, id, 1);
    assert.deepEqual([conversation === before, events], [true, []]);
  });

  test('of automatic closing begin again with every activity, without moving each time', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'open');
    const closing = () => conversationOf(world, id).timers.find(({ kind }) => kind === 'autoClose')?.dueOn;
    const first = closing();
    world.now += 600_000;
    give(world, id, { kind: 'addMessage', by: customer, message: messageOf('customer'), routing: null });
    assert.equal(closing(), first);
    const put = passSeconds(world, id, 600);
    assert.deepEqual([put.conversation.status, put.events], ['open', []]);
    assert.equal(put.conversation.modifiedOn, world.now - 600_000);
    assert.equal(closing(), world.now + 600_000);
    assert.equal(passSeconds(world, id, 600).conversation.reason, 'autoClosedBySystem');
  });

  test('never close a record', () => {
    const world = createWorld();
    const id = arrange(world, 'record', 'open');
    assert.equal(passSeconds(world, id, 1e7).conversation.status, 'open');
  });

  test('wake the router for what still waits, and keep alive what nothing else does', () => {
    const world = createWorld({ policy: { autoClose: {} } });
    const id = arrange(world, 'live', 'open');
    const { wakeQueues, conversation } = passSeconds(world, id, 300);
    assert.deepEqual(wakeQueues, [queueId]);
    assert.deepEqual(conversation.timers, [{ kind: 'reroute', dueOn: world.now + 300_000 }]);
  });

  test('relax the demands step by step', () => {
    const world = createWorld({ policy: { relaxAfterSeconds: [30, 60, 400] } });
    const id = arrange(world, 'live', 'open');
    const { conversation, events, wakeQueues } = passSeconds(world, id, 70);
    assert.equal(conversation.routing.relaxationStep, 2);
    assert.deepEqual(events, [{ type: 'RequirementsRelaxed', step: 2 }]);
    assert.deepEqual(wakeQueues, [queueId]);
  });

  test('all fire that are due, in order of time', () => {
    const world = createWorld({ policy: { overflowAfterSeconds: 60 } });
    const id = arrange(world, 'live', 'offered');
    world.now += 130_000;
    const overflow: OverflowOutcome = { kind: 'move', routing: queued({ queueId: otherQueueId, isOverflow: true }) };
    const { conversation, events } = give(world, id, { kind: 'timerDue', routing: queued(), overflow });
    assert.deepEqual([conversation.routing.queueId, conversation.overflowTransferCount], [otherQueueId, 1]);
    assert.deepEqual(
      events.map(({ type }) => type),
      [
        'OfferTimedOut',
        'ParticipantLeft',
        'SessionClosed',
        'StatusChanged',
        'SessionCreated',
        'QueueAssigned',
        'SessionClosed',
        'SessionCreated',
        'QueueAssigned',
      ],
    );
  });

  test('of overflow end it, look again later, or are over', () => {
    const outcomes: readonly (readonly [OverflowOutcome | null, string, boolean])[] = [
      [{ kind: 'end' }, 'closed', false],
      [{ kind: 'wait', dueOn: 1e15 }, 'open', true],
      [null, 'open', false],
    ];
    for (const [overflow, status, isPlanned] of outcomes) {
      const world = createWorld({ policy: { overflowAfterSeconds: 60 } });
      const id = arrange(world, 'live', 'open');
      world.now += 60_000;
      const { conversation } = give(world, id, { kind: 'timerDue', routing: queued(), overflow });
      assert.equal(conversation.status, status);
      assert.equal(
        conversation.timers.some(({ kind }) => kind === 'overflow'),
        isPlanned,
      );
    }
  });

  test('tell once that handling takes long', () => {
    const world = createWorld({ policy: { handlingThresholdSeconds: 60 } });
    const id = arrange(world, 'live', 'active');
    assert.deepEqual(passSeconds(world, id, 60).events, [{ type: 'HandlingThresholdReached', agentId: ann }]);
    assert.deepEqual(passSeconds(world, id, 60).events, []);
  });

  test('bring a waiting one back for a follow-up', () => {
    const world = createWorld({ policy: { followUpSeconds: 600 } });
    const id = arrange(world, 'persistent', 'waiting');
    const { conversation } = passSeconds(world, id, 600);
    assert.deepEqual([conversation.status, conversation.routing.affinityAgentId], ['open', ann]);
  });
});

describe('lost connections', () => {
  test('of customers who come back in time leave no trace', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    give(world, id, { kind: 'customerLeft', by: system });
    assert.deepEqual(give(world, id, { kind: 'customerLeft', by: system }).events, []);
    assert.deepEqual(give(world, id, { kind: 'customerReturned', by: customer }).events, [
      { type: 'CustomerReturned' },
    ]);
    assert.equal(passSeconds(world, id, 200).conversation.status, 'active');
  });

  test('of customers end what nobody had accepted', () => {
    const world = createWorld({ policy: { offerSeconds: 1000 } });
    const id = arrange(world, 'live', 'offered');
    give(world, id, { kind: 'customerLeft', by: system });
    const { conversation } = passSeconds(world, id, 180);
    assert.deepEqual([conversation.status, conversation.reason], ['closed', 'customerLeftActiveConversation']);
  });

  test('are known of live channels only, by the channel only', () => {
    const world = createWorld();
    const id = arrange(world, 'persistent', 'active');
    assert.equal(giveUp(world, id, { kind: 'customerLeft', by: system }).name, 'notForThisChannel');
    assert.equal(giveUp(world, id, { kind: 'customerLeft', by: byAgent(ann) }).name, 'notYours');
    const other = createWorld();
    const over = arrange(other, 'live', 'wrapUp');
    assert.deepEqual(give(other, over, { kind: 'customerLeft', by: system }).events, []);
    assert.equal(giveUp(other, over, { kind: 'customerReturned', by: customer }).name, 'notPossibleNow');
  });

  test('of agents who come back in time leave the conversation with them', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    give(world, id, { kind: 'agentLeft', agentId: ann });
    assert.deepEqual(give(world, id, { kind: 'agentReturned', agentId: ann }).events, [
      { type: 'AgentReturned', agentId: ann },
    ]);
    assert.equal(passSeconds(world, id, 200).conversation.agentId, ann);
  });

  test('of agents do not matter for records', () => {
    const world = createWorld();
    const id = arrange(world, 'record', 'active');
    assert.deepEqual(give(world, id, { kind: 'agentLeft', agentId: ann }).events, []);
  });
});
