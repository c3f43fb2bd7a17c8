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
  give,
  giveUp,
  otherQueueId,
  passSeconds,
  queueId,
  sue,
  system,
  tryCommand,
  type World,
} from './conversation-harness.ts';

function signOut(world: World, id: string): void {
  const fact = agentOf(world, id);
  const change = decideAgent(fact, { kind: 'signOut', deviceId: 'browser' }, world.now, presences);
  if ('after' in change) world.agents.set(id, { ...fact, state: change.after });
}

describe('offers of routing', () => {
  test('go only to agents who are signed in', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'open');
    signOut(world, ann);
    const refused = giveUp(world, id, { kind: 'offer', agentId: ann, reason: 'routing', by: system });
    assert.equal(refused.name, 'agentNotAvailable');
    give(world, id, { kind: 'offer', agentId: ann, reason: 'supervisor', by: bySue });
    assert.equal(conversationOf(world, id).holds[0]?.isForced, true);
  });

  test('are for pushed and open conversations', () => {
    const world = createWorld();
    const picked = arrange(world, 'live', 'open', { distribution: 'pick' });
    const offer = { kind: 'offer', agentId: bob, reason: 'routing', by: system } as const;
    assert.equal(giveUp(world, picked, offer).name, 'notForThisChannel');
    const other = createWorld();
    const id = arrange(other, 'live', 'offered');
    assert.equal(giveUp(other, id, offer).name, 'notPossibleNow');
  });

  test('take capacity, and give it back to those who decline', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'offered');
    assert.deepEqual(conversationOf(world, id).holds, [
      { agentId: ann, for: 'offer', units: 30, profileIds: [], isForced: false },
    ]);
    const { wakeQueues, conversation } = give(world, id, { kind: 'reject', by: byAgent(ann) });
    assert.deepEqual(wakeQueues.toSorted(), [queueId, otherQueueId].toSorted());
    assert.deepEqual(conversation.routing.declines, [{ agentId: ann, count: 1, lastOn: world.now }]);
    assert.equal(agentOf(world, ann).state.basePresence, 'doNotDisturb');
    assert.equal(agentOf(world, ann).state.lastReleasedOn, null);
  });

  test('that nobody answers make the agent inactive', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'offered');
    const { agents } = passSeconds(world, id, 120);
    assert.equal(agents.length, 1);
    assert.equal(agentOf(world, ann).state.presenceId, presences.system.inactive);
  });

  test('open by themselves where the work stream says so', () => {
    const world = createWorld({ policy: { isAutoAccepted: true } });
    const id = arrange(world, 'live', 'open');
    world.now += 5000;
    const { conversation, events } = give(world, id, { kind: 'offer', agentId: ann, reason: 'routing', by: system });
    assert.deepEqual(
      [conversation.reason, conversation.offer, conversation.firstWaitSeconds],
      ['inConversation', null, 5],
    );
    assert.deepEqual(
      events.map(({ type }) => type),
      [
        'AgentAssigned',
        'ParticipantAdded',
        'StatusChanged',
        'AgentAccepted',
        'ParticipantJoined',
        'StatusReasonChanged',
      ],
    );
  });

  test('stop when too many agents have declined', () => {
    const world = createWorld({ policy: { declinerLimit: 2 } });
    const id = arrange(world, 'live', 'offered');
    give(world, id, { kind: 'reject', by: byAgent(ann) });
    assert.equal(conversationOf(world, id).routing.isManualOnly, false);
    give(world, id, { kind: 'offer', agentId: bob, reason: 'routing', by: system });
    const { conversation } = give(world, id, { kind: 'reject', by: byAgent(bob) });
    assert.equal(conversation.routing.isManualOnly, true);
    assert.ok(!conversation.timers.some(({ kind }) => kind === 'reroute'));
  });

  test('of records cannot be rejected', () => {
    const world = createWorld();
    const id = arrange(world, 'record', 'offered');
    assert.equal(giveUp(world, id, { kind: 'reject', by: byAgent(ann) }).name, 'notPossibleNow');
  });
});

describe('answers', () => {
  test('come too late when the offer has run out', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'offered');
    world.now += 120_000;
    assert.equal(giveUp(world, id, { kind: 'accept', by: byAgent(ann) }).name, 'offerExpired');
    passSeconds(world, id, 0);
    assert.equal(giveUp(world, id, { kind: 'accept', by: byAgent(ann) }).name, 'offerExpired');
    assert.equal(giveUp(world, id, { kind: 'reject', by: byAgent(ann) }).name, 'offerExpired');
  });

  test('are only for the agent who was asked', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'offered');
    assert.equal(giveUp(world, id, { kind: 'accept', by: byAgent(bob) }).name, 'notYours');
  });

  test('of the same agent twice change nothing the second time', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    const before = conversationOf(world, id);
    const again = give(world, id, { kind: 'accept', by: byAgent(ann) });
    assert.deepEqual([again.conversation === before, again.events], [true, []]);
  });

  test('are refused for good once the conversation is closed', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'closed');
    for (const kind of ['accept', 'reject', 'pick', 'end', 'forceClose', 'reopen'] as const)
      assert.equal(giveUp(world, id, { kind, by: byAgent(ann) }).name, 'conversationClosed');
  });
});

describe('picking', () => {
  test('is for members of the queue, and for supervisors', () => {
    const stranger = agentFact(ann, { queues: {} });
    const world = createWorld({ agents: [stranger, agentFact(sue, { isSupervisor: true, queues: {} })] });
    const id = arrange(world, 'live', 'open', { distribution: 'pick' });
    assert.equal(giveUp(world, id, { kind: 'pick', by: byAgent(ann) }).name, 'notMemberOfQueue');
    give(world, id, { kind: 'pick', by: bySue });
    assert.equal(conversationOf(world, id).agentId, sue);
  });

  test('of pushed work needs the switch of the work stream', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'open');
    assert.equal(giveUp(world, id, { kind: 'pick', by: byAgent(ann) }).name, 'pickNotAllowed');
  });

  test('may exceed the capacity of the agent', () => {
    const world = createWorld({ agents: [agentFact(ann, { unitCapacity: 10 })] });
    const id = arrange(world, 'live', 'open', { distribution: 'pick' });
    const { conversation } = give(world, id, { kind: 'pick', by: byAgent(ann) });
    assert.deepEqual([conversation.isAgentAccepted, conversation.holds[0]?.isForced], [true, true]);
    assert.equal(agentOf(world, ann).state.unitsForced, 30);
  });

  test('of what somebody else has is refused, of what one has oneself changes nothing', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'active');
    assert.equal(giveUp(world, id, { kind: 'pick', by: byAgent(bob) }).name, 'notPossibleNow');
    assert.deepEqual(give(world, id, { kind: 'pick', by: byAgent(ann) }).events, []);
  });
});

describe('the same agent first', () => {
  test('when a live chat goes back to the queue, until that agent declines', () => {
    const world = createWorld({ policy: { keepsAgent: false } });
    const id = arrange(world, 'live', 'active');
    const routing = { ...conversationOf(world, id).routing, kind: 'queued', context: {}, isOverflow: false } as const;
    const closed = give(world, id, {
      kind: 'closeSession',
      by: byAgent(ann),
      routing: { ...routing, queueId },
      hasDisposition: false,
    });
    assert.equal(closed.conversation.routing.affinityAgentId, ann);
    signOut(world, ann);
    const stranger = tryCommand(world, id, { kind: 'offer', agentId: bob, reason: 'affinity', by: system });
    assert.equal(stranger.kind, 'refused');
    give(world, id, { kind: 'offer', agentId: ann, reason: 'affinity', by: system });
    const { conversation } = give(world, id, { kind: 'reject', by: byAgent(ann) });
    assert.equal(conversation.routing.affinityAgentId, null);
  });
});
