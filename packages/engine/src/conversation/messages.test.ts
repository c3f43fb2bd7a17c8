import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Actor, MessageDraft } from './command.ts';
import {
  ann,
  arrange,
  bob,
  byAgent,
  bySue,
  conversationOf,
  createWorld,
  customer,
  give,
  giveUp,
  messageOf,
  queued,
  queueId,
  system,
} from './conversation-harness.ts';

function writing(by: Actor, audience: MessageDraft['audience'] = 'public') {
  const authorKind = by.kind === 'customer' ? 'customer' : 'agent';
  return { kind: 'addMessage', by, message: messageOf(authorKind, { audience }), routing: null } as const;
}

describe('messages', () => {
  test('are numbered without gaps', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    const numbers = [customer, byAgent(ann), customer].map((by) => give(world, id, writing(by)).messages[0]?.number);
    assert.deepEqual(numbers, [1, 2, 3]);
  });

  test('of the customer come while it waits in the queue and put off automatic closing', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'open');
    world.now += 60_000;
    assert.equal(give(world, id, writing(customer)).conversation.lastActivityOn, world.now);
  });

  test('of the first agent are the first response', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    give(world, id, writing(customer));
    give(world, id, writing(byAgent(ann), 'note'));
    assert.equal(conversationOf(world, id).firstResponseOn, null);
    world.now += 9000;
    assert.equal(give(world, id, writing(byAgent(ann))).conversation.firstResponseOn, world.now);
  });

  test('are for those who take part', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    for (const audience of ['public', 'private', 'note'] as const)
      assert.equal(giveUp(world, id, writing(byAgent(bob), audience)).name, 'notYours');
    assert.equal(giveUp(world, id, writing(customer, 'note')).name, 'notYours');
    give(world, id, writing(system));
  });

  test('in wrap-up are notes only', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'wrapUp');
    assert.equal(giveUp(world, id, writing(customer)).name, 'notPossibleNow');
    assert.equal(giveUp(world, id, writing(byAgent(ann))).name, 'notPossibleNow');
    give(world, id, writing(byAgent(ann), 'note'));
  });

  test('after the end are refused', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'closed');
    for (const by of [customer, byAgent(ann), system])
      assert.equal(giveUp(world, id, writing(by)).name, 'conversationClosed');
  });

  test('of a customer who had left mean that they are back', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    give(world, id, { kind: 'customerLeft', by: system });
    const { conversation, events } = give(world, id, writing(customer));
    assert.equal(conversation.isCustomerGone, false);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['CustomerReturned', 'MessageAdded'],
    );
  });
});

describe('a customer who writes again', () => {
  test('waits anew, for the same agent first where agents are kept', () => {
    for (const keepsAgent of [true, false]) {
      const world = createWorld({ policy: { keepsAgent } });
      const id = arrange(world, 'persistent', 'waiting');
      const { firstWaitStartedOn } = conversationOf(world, id);
      world.now += 3_600_000;
      const { conversation, wakeQueues } = give(world, id, { ...writing(customer), routing: queued({ priority: 3 }) });
      assert.equal(conversation.routing.affinityAgentId, keepsAgent ? ann : null);
      assert.deepEqual(
        [conversation.routing.queuedOn, conversation.firstWaitStartedOn, conversation.routing.priority],
        [world.now, firstWaitStartedOn, 3],
      );
      assert.deepEqual(wakeQueues, [queueId]);
      assert.equal(conversation.sessionCount, 2);
    }
  });

  test('may be offered to those who declined before', () => {
    const world = createWorld({ policy: { declinerLimit: 1 } });
    const id = arrange(world, 'persistent', 'offered');
    give(world, id, { kind: 'reject', by: byAgent(ann) });
    give(world, id, { kind: 'offer', agentId: bob, reason: 'supervisor', by: bySue });
    give(world, id, { kind: 'accept', by: byAgent(bob) });
    give(world, id, { kind: 'closeSession', by: byAgent(bob), routing: queued(), hasDisposition: false });
    const { routing } = give(world, id, writing(customer)).conversation;
    assert.deepEqual([routing.declines, routing.isManualOnly, routing.queueId], [[], false, queueId]);
  });

  test('is not heard where routing ends it', () => {
    const world = createWorld();
    const id = arrange(world, 'persistent', 'waiting');
    const routing = { kind: 'ended', cause: 'overflow', queueId } as const;
    const { conversation, messages } = give(world, id, { ...writing(customer), routing });
    assert.deepEqual([conversation.status, messages.length, conversation.isAbandoned], ['closed', 1, false]);
  });
});

describe('a message of a supervisor to the customer', () => {
  test('moves only an open one on a persistent channel', () => {
    const message = messageOf('agent');
    for (const [kind, stage, to] of [
      ['persistent', 'open', 'waiting'],
      ['live', 'open', 'open'],
      ['persistent', 'active', 'active'],
    ] as const) {
      const world = createWorld();
      const id = arrange(world, kind, stage);
      const { conversation } = give(world, id, { kind: 'messageCustomer', by: bySue, message });
      assert.equal(conversation.status, to);
      assert.ok(conversation.agentId !== null || conversation.timers.length > 0);
    }
  });

  test('is refused for agents, records and after the talk', () => {
    const message = messageOf('agent');
    const world = createWorld();
    const id = arrange(world, 'live', 'wrapUp');
    assert.equal(giveUp(world, id, { kind: 'messageCustomer', by: bySue, message }).name, 'notPossibleNow');
    assert.equal(giveUp(world, id, { kind: 'messageCustomer', by: byAgent(ann), message }).name, 'notYours');
    const other = createWorld();
    const record = arrange(other, 'record', 'open');
    assert.equal(giveUp(other, record, { kind: 'messageCustomer', by: bySue, message }).name, 'notForThisChannel');
  });
});

describe('what is known of a conversation', () => {
  test('changes until it is closed, and is told only when it changed', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'open');
    const context = { topic: 'invoice', size: 2 };
    assert.deepEqual(give(world, id, { kind: 'setContext', by: system, context }).events, [
      { type: 'ContextChanged', names: ['topic', 'size'] },
    ]);
    assert.deepEqual(give(world, id, { kind: 'setContext', by: system, context: { topic: 'invoice' } }).events, []);
    const linked = {
      kind: 'setCustomer',
      by: system,
      customer: { id: bob, table: 'contact' },
      customerName: 'Jo',
    } as const;
    assert.equal(give(world, id, linked).events.length, 1);
    assert.equal(give(world, id, linked).events.length, 0);
    assert.equal(give(world, id, { kind: 'setCase', by: system, caseId: bob }).conversation.caseId, bob);
    const skills = { kind: 'setSkills', by: system, skills: [{ skillId: bob }] } as const;
    assert.deepEqual(give(world, id, skills).wakeQueues, [queueId]);
    assert.deepEqual(give(world, id, skills).events, []);
    give(world, id, { kind: 'forceClose', by: bySue });
    assert.equal(giveUp(world, id, skills).name, 'conversationClosed');
  });
});
