import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Guid } from './conversation.ts';
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
  messageOf,
  passSeconds,
  queued,
  sue,
  type World,
} from './conversation-harness.ts';

const askBob = { kind: 'inviteConsult', by: byAgent(ann), agentId: bob, access: 'private' } as const;

function consulting(world: World): Guid {
  const id = arrange(world, 'live', 'active');
  give(world, id, askBob);
  give(world, id, { kind: 'acceptConsult', by: byAgent(bob) });
  return id;
}

describe('a consult', () => {
  test('takes capacity of the consulted agent while it lasts', () => {
    const world = createWorld();
    const id = consulting(world);
    assert.equal(agentOf(world, bob).state.unitsUsed, 30);
    give(world, id, { kind: 'endConsult', by: byAgent(ann), agentId: bob });
    assert.equal(agentOf(world, bob).state.unitsUsed, 0);
  });

  test('takes none where the channel does not charge it', () => {
    const world = createWorld({ policy: { isConsultCharged: false } });
    consulting(world);
    assert.equal(agentOf(world, bob).state.unitsUsed, 0);
  });

  test('invitation runs out or is turned down', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    give(world, id, askBob);
    const missed = passSeconds(world, id, 120);
    const left = missed.events.find((event) => event.type === 'ParticipantLeft');
    assert.equal(left?.reason, 'AgentTimeout');
    give(world, id, { kind: 'inviteConsult', by: byAgent(ann), agentId: sue, access: 'private' });
    const rejected = give(world, id, { kind: 'rejectConsult', by: bySue });
    const gone = rejected.events.find((event) => event.type === 'ParticipantLeft');
    assert.equal(gone?.reason, 'AgentReject');
    assert.equal(agentOf(world, sue).state.unitsUsed, 0);
  });

  test('is for agents who are signed in and have capacity, at most five at once', () => {
    const many = Array.from({ length: 6 }, (_, index) => agentFact(`dddddddd-0000-4000-8000-00000000000${index}`));
    const world = createWorld({ agents: [agentFact(ann), agentFact(bob, { unitCapacity: 1 }), ...many] });
    const id = arrange(world, 'live', 'active');
    assert.equal(giveUp(world, id, askBob).name, 'agentNotAvailable');
    const refusals = many.flatMap(({ profile }) => {
      if (profile.id.endsWith('5')) return [giveUp(world, id, { ...askBob, agentId: profile.id }).name];
      give(world, id, { ...askBob, agentId: profile.id });
      return [];
    });
    assert.deepEqual(refusals, ['tooManyParticipants']);
  });

  test('ends with the talk, with the session and with a transfer', () => {
    const endings = [
      { kind: 'end', by: customer },
      { kind: 'closeSession', by: byAgent(ann), routing: queued(), hasDisposition: false },
      { kind: 'takeOver', by: bySue },
    ] as const;
    for (const ending of endings) {
      const world = createWorld();
      const id = consulting(world);
      give(world, id, ending);
      assert.equal(agentOf(world, bob).state.unitsUsed, 0, ending.kind);
    }
  });

  test('is private until the agent or the consultant makes it public', () => {
    const world = createWorld();
    const id = consulting(world);
    const toCustomer = { kind: 'addMessage', by: byAgent(bob), message: messageOf('agent'), routing: null } as const;
    assert.equal(giveUp(world, id, toCustomer).name, 'notYours');
    give(world, id, { ...toCustomer, message: messageOf('agent', { audience: 'private' }) });
    give(world, id, { kind: 'publishConsult', by: byAgent(ann), agentId: bob });
    give(world, id, toCustomer);
    assert.deepEqual(give(world, id, { kind: 'join', by: byAgent(bob) }).events, []);
  });

  test('whose consultant becomes the agent leaves one participant', () => {
    const world = createWorld();
    const id = consulting(world);
    give(world, id, { kind: 'transferToAgent', by: byAgent(ann), agentId: bob, isTargetSupervisor: false });
    const { conversation } = give(world, id, { kind: 'accept', by: byAgent(bob) });
    assert.deepEqual(
      conversation.holds.map(({ agentId, for: purpose }) => [agentId, purpose]),
      [[bob, 'primary']],
    );
    assert.equal(agentOf(world, bob).state.unitsUsed, 30);
  });
});

describe('monitoring', () => {
  test('is for supervisors, of what others handle, and not of records', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    assert.equal(giveUp(world, id, { kind: 'monitor', by: byAgent(bob) }).name, 'notYours');
    const { conversation } = give(world, id, { kind: 'monitor', by: bySue });
    assert.equal(conversation.participants.length, 2);
    assert.equal(agentOf(world, sue).state.unitsUsed, 0);
    assert.deepEqual(give(world, id, { kind: 'monitor', by: bySue }).events, []);
    const own = { kind: 'monitor', by: { kind: 'supervisor', userId: ann } } as const;
    assert.equal(giveUp(world, id, own).name, 'sameAgent');
    const records = createWorld();
    const record = arrange(records, 'record', 'active');
    assert.equal(giveUp(records, record, { kind: 'monitor', by: bySue }).name, 'notForThisChannel');
    const offers = createWorld();
    const offered = arrange(offers, 'live', 'offered');
    assert.equal(giveUp(offers, offered, { kind: 'monitor', by: bySue }).name, 'notPossibleNow');
  });

  test('goes on in wrap-up and while waiting, and ends in the queue', () => {
    const world = createWorld();
    const id = arrange(world, 'persistent', 'active');
    give(world, id, { kind: 'monitor', by: bySue });
    give(world, id, { kind: 'closeSession', by: byAgent(ann), routing: queued(), hasDisposition: false });
    assert.equal(conversationOf(world, id).participants.length, 1);
    const write = { kind: 'addMessage', by: customer, message: messageOf('customer'), routing: queued() } as const;
    assert.deepEqual(give(world, id, write).conversation.participants, []);
  });

  test('becomes a voice after joining, and nothing after leaving', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    const write = { kind: 'addMessage', by: bySue, message: messageOf('agent'), routing: null } as const;
    assert.equal(giveUp(world, id, { kind: 'join', by: bySue }).name, 'notYours');
    give(world, id, { kind: 'monitor', by: bySue });
    assert.equal(giveUp(world, id, write).name, 'notYours');
    give(world, id, { kind: 'join', by: bySue });
    give(world, id, write);
    give(world, id, { kind: 'leave', by: bySue });
    assert.equal(giveUp(world, id, { kind: 'leave', by: bySue }).name, 'notYours');
    assert.equal(giveUp(world, id, { kind: 'leave', by: byAgent(ann) }).name, 'notPossibleNow');
  });
});
