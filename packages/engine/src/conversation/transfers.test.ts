import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { presences } from '../agent/agent-harness.ts';
import { decideAgent } from '../agent/decide-agent.ts';
import {
  agentFact,
  agentOf,
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
  otherQueueId,
  passSeconds,
  queued,
  sue,
  type World,
} from './conversation-harness.ts';

const toBob = { kind: 'transferToAgent', by: byAgent(ann), agentId: bob, isTargetSupervisor: false } as const;

function setPresence(world: World, id: string, presenceId: string): void {
  const fact = agentOf(world, id);
  const change = decideAgent(
    fact,
    { kind: 'setPresence', presenceId, by: 'agent', byUserId: id },
    world.now,
    presences,
  );
  if ('after' in change) world.agents.set(id, { ...fact, state: change.after });
}

describe('a transfer to an agent', () => {
  test('leaves the first agent in charge until the second accepts', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    const asked = give(world, id, toBob);
    assert.deepEqual([asked.conversation.agentId, asked.conversation.transfer?.agentId], [ann, bob]);
    assert.equal(agentOf(world, bob).state.unitsUsed, 30);
    world.now += 10_000;
    const { conversation, agents } = give(world, id, { kind: 'accept', by: byAgent(bob) });
    assert.deepEqual(
      [conversation.agentId, conversation.transferCount, conversation.handledSeconds, conversation.sessionCount],
      [bob, 1, 10, 2],
    );
    assert.equal(conversation.agentAssignedOn, world.now);
    assert.equal(conversation.firstWaitSeconds, 0);
    assert.equal(agents.length, 1);
    assert.deepEqual(
      conversation.participants.map((one) => one.agentId),
      [bob],
    );
  });

  test('to a supervisor is an escalation', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    give(world, id, { ...toBob, agentId: sue, isTargetSupervisor: true });
    assert.equal(give(world, id, { kind: 'accept', by: bySue }).conversation.escalationCount, 1);
  });

  test('that is declined or missed leaves everything as it was', () => {
    for (const answer of ['rejected', 'missed']) {
      const world = createWorld();
      const id = arrange(world, 'live', 'active');
      give(world, id, toBob);
      const { conversation, events } =
        answer === 'rejected' ? give(world, id, { kind: 'reject', by: byAgent(bob) }) : passSeconds(world, id, 120);
      assert.deepEqual([conversation.agentId, conversation.transfer, conversation.transferCount], [ann, null, 0]);
      assert.deepEqual(
        events.map(({ type }) => type),
        [answer === 'rejected' ? 'TransferRejected' : 'TransferTimedOut'],
      );
      assert.equal(agentOf(world, bob).state.unitsUsed, 0);
    }
  });

  test('is called off by whoever asked, and by the end of the talk', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    give(world, id, toBob);
    assert.equal(giveUp(world, id, { kind: 'cancelTransfer', by: byAgent(bob) }).name, 'notYours');
    give(world, id, { kind: 'cancelTransfer', by: byAgent(ann) });
    assert.equal(giveUp(world, id, { kind: 'cancelTransfer', by: byAgent(ann) }).name, 'notPossibleNow');
    give(world, id, toBob);
    const { conversation, events } = give(world, id, { kind: 'end', by: customer });
    assert.equal(conversation.transfer, null);
    assert.ok(events.some(({ type }) => type === 'TransferCancelled'));
  });

  test('needs a target who can be reached and has capacity, and is another', () => {
    const world = createWorld({ agents: [agentFact(ann), agentFact(bob, { unitCapacity: 20 }), agentFact(sue)] });
    const id = arrange(world, 'live', 'active');
    assert.match(giveUp(world, id, toBob).detail, /has no capacity: units 20 of 20 free, 30 asked/);
    assert.equal(giveUp(world, id, { ...toBob, agentId: ann }).name, 'sameAgent');
    for (const presence of ['away', 'doNotDisturb', 'offline'] as const) {
      setPresence(world, sue, presences.system[presence]);
      assert.equal(giveUp(world, id, { ...toBob, agentId: sue }).name, 'agentNotAvailable');
    }
    // A supervisor may ask more of an agent than they have.
    give(world, id, { ...toBob, by: bySue });
    assert.equal(agentOf(world, bob).state.unitsForced, 30);
  });

  test('is for its agent and for supervisors, once it is accepted', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    assert.equal(giveUp(world, id, { ...toBob, by: byAgent(bob), agentId: sue }).name, 'notYours');
    const other = createWorld();
    const offered = arrange(other, 'live', 'offered');
    assert.equal(giveUp(other, offered, toBob).name, 'notPossibleNow');
    const third = createWorld();
    const waiting = arrange(third, 'persistent', 'waiting');
    assert.equal(giveUp(third, waiting, toBob).name, 'notYours');
  });
});

describe('taking over', () => {
  test('is for supervisors', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    assert.equal(giveUp(world, id, { kind: 'takeOver', by: byAgent(bob) }).name, 'notYours');
  });

  test('of an offer that nobody accepted transfers nothing', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'offered');
    const { conversation, events } = give(world, id, { kind: 'takeOver', by: bySue });
    assert.deepEqual([conversation.agentId, conversation.transferCount], [sue, 0]);
    assert.ok(events.some(({ type }) => type === 'OfferWithdrawn'));
    assert.equal(agentOf(world, ann).state.unitsUsed, 0);
  });

  test('ends the monitoring of the supervisor who does it', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    give(world, id, { kind: 'monitor', by: bySue });
    const { conversation } = give(world, id, { kind: 'takeOver', by: bySue });
    assert.deepEqual(
      conversation.participants.map(({ agentId, mode }) => [agentId, mode]),
      [[sue, 'primary']],
    );
  });
});

describe('to another queue', () => {
  test('counts as a transfer from an agent, and as an overflow transfer only when a queue overflowed', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    const routing = queued({ queueId: otherQueueId });
    const moved = give(world, id, { kind: 'moveToQueue', by: byAgent(ann), cause: 'transfer', routing }).conversation;
    assert.deepEqual([moved.transferCount, moved.overflowTransferCount, moved.routing.queueId], [1, 0, otherQueueId]);
    const overflown = queued({ isOverflow: true });
    const command = { kind: 'moveToQueue', by: bySue, cause: 'assign', routing: overflown } as const;
    const again = give(world, id, command).conversation;
    assert.deepEqual([again.transferCount, again.overflowTransferCount], [1, 1]);
  });

  test('keeps the place in the line while it waits, and begins a new wait after an agent', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'open');
    const { queuedOn } = conversationOf(world, id).routing;
    world.now += 60_000;
    const routing = queued({ queueId: otherQueueId });
    const moved = give(world, id, { kind: 'moveToQueue', by: bySue, cause: 'assign', routing }).conversation;
    assert.deepEqual([moved.routing.queuedOn, moved.routing.enteredQueueOn], [queuedOn, world.now]);
    const other = createWorld();
    const active = arrange(other, 'live', 'active');
    other.now += 60_000;
    const back = give(other, active, { kind: 'release', by: byAgent(ann), routing: queued() }).conversation;
    assert.deepEqual([back.routing.queuedOn, back.transferCount], [other.now, 0]);
  });

  test('is for supervisors while it waits, and for nobody in wrap-up', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'open');
    const command = { kind: 'moveToQueue', by: byAgent(ann), cause: 'transfer', routing: queued() } as const;
    assert.equal(giveUp(world, id, command).name, 'notYours');
    const other = createWorld();
    assert.equal(giveUp(other, arrange(other, 'live', 'wrapUp'), command).name, 'notPossibleNow');
  });
});
