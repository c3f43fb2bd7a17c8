import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  agentOf,
  ann,
  arrange,
  bob,
  byAdmin,
  byAgent,
  bySue,
  conversationOf,
  createWorld,
  customer,
  give,
  giveUp,
  passSeconds,
  queued,
  system,
} from './conversation-harness.ts';

const x = { kind: 'closeSession', by: byAgent(ann), routing: queued(), hasDisposition: false } as const;

describe('wrap-up', () => {
  test('keeps the capacity, frees it, or frees it after a time', () => {
    const units = (['block', 'free', 'timed'] as const).map((kind) => {
      const wrapUpCapacity = kind === 'timed' ? ({ kind, seconds: 60 } as const) : ({ kind } as const);
      const world = createWorld({ policy: { wrapUpCapacity } });
      const id = arrange(world, 'live', 'wrapUp');
      const first = agentOf(world, ann).state.unitsUsed;
      const { conversation } = passSeconds(world, id, 60);
      assert.equal(conversation.status, 'wrapUp');
      return [first, agentOf(world, ann).state.unitsUsed];
    });
    assert.deepEqual(units, [
      [30, 30],
      [0, 0],
      [30, 0],
    ]);
  });

  test('lasts as long as the blocked capacity where that is longer than automatic closing', () => {
    const world = createWorld({
      policy: { wrapUpCapacity: { kind: 'timed', seconds: 1500 }, autoClose: { wrapUp: 900 } },
    });
    const id = arrange(world, 'live', 'wrapUp');
    assert.equal(passSeconds(world, id, 900).conversation.status, 'wrapUp');
    assert.equal(passSeconds(world, id, 600).conversation.status, 'closed');
  });

  test('ends only with a disposition where one is required', () => {
    const world = createWorld({ policy: { requiresDisposition: true } });
    const id = arrange(world, 'live', 'wrapUp');
    assert.equal(giveUp(world, id, x).name, 'dispositionRequired');
    world.now += 40_000;
    const { conversation } = give(world, id, { ...x, hasDisposition: true });
    assert.deepEqual([conversation.status, conversation.wrapUpSeconds], ['closed', 40]);
  });

  test('leads nowhere but to closed', () => {
    const world = createWorld();
    const id = arrange(world, 'persistent', 'wrapUp');
    for (const status of ['open', 'active', 'waiting'] as const) {
      const command = { kind: 'setStateDirectly', by: byAdmin, status } as const;
      assert.equal(giveUp(world, id, command).name, 'unknownTransition');
    }
    assert.equal(giveUp(world, id, { kind: 'reopen', by: byAgent(ann) }).name, 'notPossibleNow');
    assert.equal(giveUp(world, id, { kind: 'takeOver', by: bySue }).name, 'notPossibleNow');
    assert.deepEqual(give(world, id, { kind: 'end', by: byAgent(ann) }).events, []);
  });
});

describe('ending', () => {
  test('is for the agent who has accepted, not for others', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'offered');
    assert.equal(giveUp(world, id, { kind: 'end', by: byAgent(ann) }).name, 'notPossibleNow');
    assert.equal(giveUp(world, id, { kind: 'end', by: byAgent(bob) }).name, 'notYours');
    assert.equal(giveUp(world, id, x).name, 'notPossibleNow');
  });

  test('by the customer is for live channels', () => {
    for (const kind of ['persistent', 'record'] as const) {
      const world = createWorld();
      const id = arrange(world, kind, 'active');
      assert.equal(giveUp(world, id, { kind: 'end', by: customer }).name, 'notForThisChannel');
    }
  });

  test('by force is for supervisors, and not for records', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    assert.equal(giveUp(world, id, { kind: 'forceClose', by: byAgent(ann) }).name, 'notYours');
    const other = createWorld();
    const record = arrange(other, 'record', 'active');
    assert.equal(giveUp(other, record, { kind: 'forceClose', by: bySue }).name, 'notForThisChannel');
    assert.equal(giveUp(world, id, { kind: 'recordGone', by: system }).name, 'notForThisChannel');
  });

  test('by a bot is no abandonment, by a customer who waited is', () => {
    const abandoned = [customer, { kind: 'bot', userId: bob } as const].map((by) => {
      const world = createWorld();
      const id = arrange(world, 'live', 'open');
      world.now += 7000;
      const { conversation } = give(world, id, { kind: 'end', by });
      return [conversation.isAbandoned, conversation.firstWaitSeconds];
    });
    assert.deepEqual(abandoned, [
      [true, 7],
      [false, 7],
    ]);
  });
});

describe('closing the session', () => {
  test('of a record is not possible: it stays with its agent', () => {
    const world = createWorld();
    const id = arrange(world, 'record', 'active');
    assert.equal(giveUp(world, id, x).name, 'notForThisChannel');
  });

  test('of a live one whose queue is without agents closes it', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    const routing = { kind: 'ended', cause: 'failure', queueId: null } as const;
    const { conversation } = give(world, id, { ...x, routing });
    assert.deepEqual(
      [conversation.status, conversation.reason, conversation.isAbandoned],
      ['closed', 'closedDueToFailure', false],
    );
  });
});

describe('reopening', () => {
  test('is for the agent of a waiting one, and may exceed capacity', () => {
    const world = createWorld();
    const id = arrange(world, 'persistent', 'waiting');
    assert.equal(giveUp(world, id, { kind: 'reopen', by: byAgent(bob) }).name, 'notYours');
    const { conversation } = give(world, id, { kind: 'reopen', by: byAgent(ann) });
    assert.deepEqual(
      [conversation.participants[0]?.assignReason, conversation.holds[0]?.isForced, conversation.sessionCount],
      ['rejoin', true, 2],
    );
    assert.deepEqual(give(world, id, { kind: 'reopen', by: byAgent(ann) }).events, []);
  });

  test('adds to the time of handling', () => {
    const world = createWorld();
    const id = arrange(world, 'persistent', 'active');
    world.now += 10_000;
    give(world, id, x);
    world.now += 500_000;
    give(world, id, { kind: 'reopen', by: byAgent(ann) });
    world.now += 5000;
    const { conversation } = give(world, id, { kind: 'end', by: byAgent(ann) });
    assert.equal(conversation.handledSeconds, 15);
  });
});

describe('direct writes', () => {
  test('are for administrators', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    assert.equal(giveUp(world, id, { kind: 'setStateDirectly', by: bySue, status: 'closed' }).name, 'notYours');
  });

  test('cannot give an open one to nobody, nor end an offer in wrap-up', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'open');
    const refused = giveUp(world, id, { kind: 'setStateDirectly', by: byAdmin, status: 'active' });
    assert.equal(refused.name, 'unknownTransition');
    assert.match(refused.detail, /Assign it to an agent, or let an agent pick it\./);
    give(world, id, { kind: 'offer', agentId: ann, reason: 'routing', by: system });
    const command = { kind: 'setStateDirectly', by: byAdmin, status: 'wrapUp' } as const;
    assert.equal(giveUp(world, id, command).name, 'unknownTransition');
  });

  test('of the same state change nothing', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    const before = conversationOf(world, id);
    const { conversation } = give(world, id, { kind: 'setStateDirectly', by: byAdmin, status: 'active' });
    assert.equal(conversation, before);
  });
});
