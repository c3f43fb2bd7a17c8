import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ClosureReason, closureReasonCodes, type StatusReason, statusReasonCodes } from '../codes.ts';
import type { Accepted } from '../decision.ts';
import type { ConversationCommand } from './command.ts';
import type { ConversationKind, Guid, Status } from './conversation.ts';
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
  messageOf,
  otherQueueId,
  passSeconds,
  queued,
  queueId,
  type Stage,
  start,
  startOf,
  sue,
  system,
  type World,
} from './conversation-harness.ts';
import { isPossible, type TransitionId, transitions } from './transitions.ts';

type Case = {
  readonly transition: TransitionId;
  readonly name: string;
  readonly kind: ConversationKind;
  readonly from: Stage;
  readonly act: (world: World, id: Guid) => Accepted;
  readonly to: Status;
  readonly reason: StatusReason;
  /** Of the session that ended; null: none did. */
  readonly closure: ClosureReason | null;
  /** Who has it afterwards. */
  readonly agentId: Guid | null;
  /** Units that Ann gives afterwards. */
  readonly units: number;
};

function command(one: ConversationCommand): Case['act'] {
  return (world, id) => give(world, id, one);
}

const message = messageOf('customer');
const overflowEnds = { kind: 'ended', cause: 'overflow', queueId } as const;

const cases: readonly Case[] = [
  {
    transition: 'T1',
    name: 'routing offers it',
    kind: 'live',
    from: 'open',
    act: command({ kind: 'offer', agentId: ann, reason: 'routing', by: system }),
    ...{ to: 'active', reason: 'awaitingAgentAcceptance', closure: null, agentId: ann, units: 30 },
  },
  {
    transition: 'T2',
    name: 'the agent accepts',
    kind: 'live',
    from: 'offered',
    act: command({ kind: 'accept', by: byAgent(ann) }),
    ...{ to: 'active', reason: 'inConversation', closure: null, agentId: ann, units: 30 },
  },
  {
    transition: 'T3',
    name: 'the agent rejects',
    kind: 'live',
    from: 'offered',
    act: command({ kind: 'reject', by: byAgent(ann) }),
    ...{ to: 'open', reason: 'awaitingAgentAssignment', closure: 'agentReject', agentId: null, units: 0 },
  },
  {
    transition: 'T3',
    name: 'the offer runs out',
    kind: 'live',
    from: 'offered',
    act: (world, id) => passSeconds(world, id, 120),
    ...{ to: 'open', reason: 'awaitingAgentAssignment', closure: 'agentTimeout', agentId: null, units: 0 },
  },
  {
    transition: 'T4',
    name: 'an agent picks it',
    kind: 'live',
    from: 'open',
    act: (world, id) => {
      world.policy = { ...world.policy, mayPickFromPush: true };
      return give(world, id, { kind: 'pick', by: byAgent(ann) });
    },
    ...{ to: 'active', reason: 'inConversation', closure: null, agentId: ann, units: 30 },
  },
  {
    transition: 'T5',
    name: 'a supervisor assigns it',
    kind: 'live',
    from: 'open',
    act: command({ kind: 'offer', agentId: ann, reason: 'supervisor', by: bySue }),
    ...{ to: 'active', reason: 'assignedBySupervisor', closure: 'agentRerouted', agentId: ann, units: 30 },
  },
  {
    transition: 'T6',
    name: 'a supervisor moves it to another queue',
    kind: 'live',
    from: 'open',
    act: command({ kind: 'moveToQueue', by: bySue, cause: 'assign', routing: queued({ queueId: otherQueueId }) }),
    ...{ to: 'open', reason: 'awaitingAgentAssignment', closure: 'supervisorAssignToQueue', agentId: null, units: 0 },
  },
  {
    transition: 'T7',
    name: 'the customer ends it while it waits',
    kind: 'live',
    from: 'open',
    act: command({ kind: 'end', by: customer }),
    ...{ to: 'closed', reason: 'customerLeftOpenConversation', closure: 'customerEndConversation' },
    ...{ agentId: null, units: 0 },
  },
  {
    transition: 'T7',
    name: 'the customer does not come back while it waits',
    kind: 'live',
    from: 'open',
    act: (world, id) => {
      give(world, id, { kind: 'customerLeft', by: system });
      return passSeconds(world, id, 180);
    },
    ...{ to: 'closed', reason: 'customerLeftOpenConversation', closure: 'customerDisconnect', agentId: null, units: 0 },
  },
  {
    transition: 'T7',
    name: 'the queue that it is moved to ends it',
    kind: 'live',
    from: 'open',
    act: command({ kind: 'moveToQueue', by: bySue, cause: 'assign', routing: overflowEnds }),
    ...{ to: 'closed', reason: 'closedDueToOverflow', closure: 'overflowEndConversation', agentId: null, units: 0 },
  },
  {
    transition: 'T7',
    name: 'a bot ends it',
    kind: 'live',
    from: 'open',
    act: command({ kind: 'end', by: { kind: 'bot', userId: bob } }),
    ...{ to: 'closed', reason: 'endedByBot', closure: 'botEndConversation', agentId: null, units: 0 },
  },
  {
    transition: 'T8',
    name: 'the agent ends the talk',
    kind: 'persistent',
    from: 'active',
    act: command({ kind: 'end', by: byAgent(ann) }),
    ...{ to: 'wrapUp', reason: 'agentMovedToWrapUp', closure: null, agentId: ann, units: 30 },
  },
  {
    transition: 'T8',
    name: 'the customer ends the talk',
    kind: 'live',
    from: 'active',
    act: command({ kind: 'end', by: customer }),
    ...{ to: 'wrapUp', reason: 'customerMovedToWrapUp', closure: null, agentId: ann, units: 30 },
  },
  {
    transition: 'T8',
    name: 'the customer does not come back',
    kind: 'live',
    from: 'active',
    act: (world, id) => {
      give(world, id, { kind: 'customerLeft', by: system });
      return passSeconds(world, id, 180);
    },
    ...{ to: 'wrapUp', reason: 'customerLeftActiveConversation', closure: null, agentId: ann, units: 30 },
  },
  {
    transition: 'T8',
    name: 'a call goes on for more than two hours',
    kind: 'voice',
    from: 'active',
    act: (world, id) => passSeconds(world, id, 7200),
    ...{ to: 'wrapUp', reason: 'agentMovedToWrapUp', closure: null, agentId: ann, units: 30 },
  },
  {
    transition: 'T9',
    name: 'the agent closes the session of a persistent one',
    kind: 'persistent',
    from: 'active',
    act: command({ kind: 'closeSession', by: byAgent(ann), routing: queued(), hasDisposition: false }),
    ...{ to: 'waiting', reason: 'awaitingCustomerResponse', closure: 'agentClosed', agentId: ann, units: 0 },
  },
  {
    transition: 'T10',
    name: 'the agent closes the session of a live one',
    kind: 'live',
    from: 'active',
    act: command({ kind: 'closeSession', by: byAgent(ann), routing: queued(), hasDisposition: false }),
    ...{ to: 'open', reason: 'awaitingAgentAssignment', closure: 'agentClosed', agentId: null, units: 0 },
  },
  {
    transition: 'T10',
    name: 'the agent is lost',
    kind: 'live',
    from: 'active',
    act: (world, id) => {
      give(world, id, { kind: 'agentLeft', agentId: ann });
      return passSeconds(world, id, 150);
    },
    ...{ to: 'open', reason: 'awaitingAgentAssignment', closure: 'agentDisconnected', agentId: null, units: 0 },
  },
  {
    transition: 'T10',
    name: 'the agent transfers it to a queue',
    kind: 'live',
    from: 'active',
    act: command({
      kind: 'moveToQueue',
      by: byAgent(ann),
      cause: 'transfer',
      routing: queued({ queueId: otherQueueId }),
    }),
    ...{ to: 'open', reason: 'awaitingAgentAssignment', closure: 'agentTransferToQueue', agentId: null, units: 0 },
  },
  {
    transition: 'T10',
    name: 'a supervisor releases it',
    kind: 'record',
    from: 'active',
    act: command({ kind: 'release', by: bySue, routing: queued() }),
    ...{ to: 'open', reason: 'awaitingAgentAssignment', closure: 'supervisorAssignToQueue', agentId: null, units: 0 },
  },
  {
    transition: 'T11',
    name: 'the target of a transfer accepts',
    kind: 'live',
    from: 'active',
    act: (world, id) => {
      give(world, id, { kind: 'transferToAgent', by: byAgent(ann), agentId: bob, isTargetSupervisor: false });
      return give(world, id, { kind: 'accept', by: byAgent(bob) });
    },
    ...{ to: 'active', reason: 'inConversation', closure: 'agentTransferred', agentId: bob, units: 0 },
  },
  {
    transition: 'T11',
    name: 'a supervisor takes over',
    kind: 'live',
    from: 'active',
    act: command({ kind: 'takeOver', by: bySue }),
    ...{ to: 'active', reason: 'inConversation', closure: 'supervisorTransferToAgent', agentId: sue, units: 0 },
  },
  {
    transition: 'T12',
    name: 'the customer ends it before anybody accepted',
    kind: 'live',
    from: 'offered',
    act: command({ kind: 'end', by: customer }),
    ...{ to: 'closed', reason: 'customerLeftActiveConversation', closure: 'customerEndConversation' },
    ...{ agentId: null, units: 0 },
  },
  {
    transition: 'T12',
    name: 'a supervisor closes it by force',
    kind: 'live',
    from: 'active',
    act: command({ kind: 'forceClose', by: bySue }),
    ...{ to: 'closed', reason: 'forceClosedBySupervisor', closure: 'forceClose', agentId: ann, units: 0 },
  },
  {
    transition: 'T13',
    name: 'the agent closes the session after the end',
    kind: 'live',
    from: 'wrapUp',
    act: command({ kind: 'closeSession', by: byAgent(ann), routing: queued(), hasDisposition: false }),
    ...{ to: 'closed', reason: 'endedByAgent', closure: 'agentEndConversation', agentId: ann, units: 0 },
  },
  {
    transition: 'T13',
    name: 'the time for notes is over',
    kind: 'live',
    from: 'wrapUp',
    act: (world, id) => passSeconds(world, id, 900),
    ...{ to: 'closed', reason: 'autoClosedBySystem', closure: 'autoClose', agentId: ann, units: 0 },
  },
  {
    transition: 'T14',
    name: 'its agent opens it again',
    kind: 'persistent',
    from: 'waiting',
    act: command({ kind: 'reopen', by: byAgent(ann) }),
    ...{ to: 'active', reason: 'inConversation', closure: null, agentId: ann, units: 30 },
  },
  {
    transition: 'T15',
    name: 'the customer writes again',
    kind: 'persistent',
    from: 'waiting',
    act: command({ kind: 'addMessage', by: customer, message, routing: queued() }),
    ...{ to: 'open', reason: 'awaitingAgentAssignment', closure: null, agentId: null, units: 0 },
  },
  {
    transition: 'T16',
    name: 'the customer stays away',
    kind: 'persistent',
    from: 'waiting',
    act: (world, id) => passSeconds(world, id, 86_400),
    ...{ to: 'closed', reason: 'autoClosedFromWaiting', closure: null, agentId: ann, units: 0 },
  },
  {
    transition: 'T17',
    name: 'the target of a transfer of a waiting one accepts',
    kind: 'persistent',
    from: 'waiting',
    act: (world, id) => {
      give(world, id, { kind: 'transferToAgent', by: bySue, agentId: bob, isTargetSupervisor: false });
      return give(world, id, { kind: 'accept', by: byAgent(bob) });
    },
    ...{ to: 'active', reason: 'inConversation', closure: null, agentId: bob, units: 0 },
  },
  {
    transition: 'T18',
    name: 'a supervisor writes to a customer who waits',
    kind: 'persistent',
    from: 'open',
    act: command({ kind: 'messageCustomer', by: bySue, message }),
    ...{ to: 'waiting', reason: 'awaitingCustomerResponse', closure: 'default', agentId: null, units: 0 },
  },
  {
    transition: 'T19',
    name: 'the record is gone',
    kind: 'record',
    from: 'active',
    act: command({ kind: 'recordGone', by: system }),
    ...{ to: 'closed', reason: 'autoClosedBySystem', closure: 'conversationClosed', agentId: ann, units: 0 },
  },
];

describe('transitions', () => {
  for (const one of cases) {
    test(`${one.transition}: ${one.name}`, () => {
      const world = createWorld();
      const id = arrange(world, one.kind, one.from);
      const before = conversationOf(world, id);
      world.now += 1000;
      const { conversation, events } = one.act(world, id);
      const row = transitions.find(({ id: name }) => name === one.transition);
      assert.ok(row?.from.includes(before.status) && row.to === conversation.status);
      assert.deepEqual(
        [conversation.status, conversation.reason, conversation.agentId],
        [one.to, one.reason, one.agentId],
      );
      assert.equal(agentOf(world, ann).state.unitsUsed, one.units);
      const closed = events.filter((event) => event.type === 'SessionClosed').map((event) => event.closureReason);
      assert.deepEqual(closed, one.closure === null ? [] : [closureReasonCodes[one.closure]]);
      if (before.status !== conversation.status) {
        const changed = events.find((event) => event.type === 'StatusChanged');
        assert.deepEqual(changed, {
          type: 'StatusChanged',
          from: before.status,
          to: one.to,
          reason: statusReasonCodes[one.reason],
        });
        assert.equal(conversation.statusUpdatedOn, world.now);
      } else {
        assert.equal(conversation.statusUpdatedOn, before.statusUpdatedOn);
      }
      assert.ok(conversation.sequence > before.sequence);
    });
  }

  test('every one has a case', () => {
    const tried = new Set<TransitionId>(['T0', ...cases.map(({ transition }) => transition)]);
    assert.deepEqual([...tried].toSorted(), transitions.map(({ id }) => id).toSorted());
  });
});

describe('start', () => {
  test('T0: an open conversation with a session in its queue', () => {
    const world = createWorld();
    const first = messageOf('customer');
    const accepted = start(world, startOf('live', { message: first }));
    const { conversation, events, messages, wakeQueues } = accepted;
    assert.equal(conversation.status, 'open');
    assert.equal(conversation.session?.queueAssignedOn, world.now);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['ConversationStarted', 'StatusChanged', 'SessionCreated', 'QueueAssigned', 'MessageAdded'],
    );
    assert.deepEqual(messages, [{ ...first, number: 1, sentOn: world.now }]);
    assert.deepEqual(wakeQueues, [queueId]);
    assert.deepEqual(
      conversation.timers.map(({ kind }) => kind),
      ['reroute', 'autoClose'],
    );
  });

  test('what overflow ends is created and closed at once, and counts as abandoned', () => {
    const world = createWorld();
    const { conversation, events, wakeQueues } = start(world, startOf('live', { routing: overflowEnds }));
    assert.deepEqual(
      [conversation.status, conversation.reason, conversation.isAbandoned, conversation.sequence],
      ['closed', 'closedDueToOverflow', true, 1],
    );
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'SessionClosed' ? [event.closureReason] : [])),
      [closureReasonCodes.overflowEndConversation],
    );
    assert.deepEqual([conversation.timers, wakeQueues], [[], []]);
  });

  test('a queue without agents is a failure', () => {
    const routing = { kind: 'ended', cause: 'failure', queueId } as const;
    const { conversation } = start(createWorld(), startOf('live', { routing }));
    assert.deepEqual([conversation.status, conversation.reason], ['closed', 'closedDueToFailure']);
  });

  test('picked work does not wake the router', () => {
    const { wakeQueues, conversation } = start(createWorld(), startOf('live', { distribution: 'pick' }));
    assert.deepEqual(wakeQueues, []);
    assert.ok(conversation.timers.length > 0);
  });

  test('of an outbound conversation is never abandoned', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'open', { isOutbound: true });
    give(world, id, { kind: 'forceClose', by: bySue });
    assert.equal(conversationOf(world, id).isAbandoned, false);
  });
});

describe('direct writes', () => {
  const steps: readonly (readonly [ConversationKind, Stage, Status])[] = [
    ['live', 'open', 'closed'],
    ['live', 'offered', 'closed'],
    ['live', 'active', 'wrapUp'],
    ['live', 'active', 'open'],
    ['live', 'offered', 'open'],
    ['persistent', 'active', 'waiting'],
    ['persistent', 'open', 'waiting'],
    ['persistent', 'waiting', 'active'],
    ['persistent', 'waiting', 'open'],
    ['persistent', 'waiting', 'closed'],
    ['live', 'wrapUp', 'closed'],
  ];
  for (const [kind, from, to] of steps) {
    test(`take a ${kind} one from ${from} to ${to}`, () => {
      const world = createWorld();
      const id = arrange(world, kind, from);
      const before = conversationOf(world, id);
      const { conversation, events } = give(world, id, { kind: 'setStateDirectly', by: byAdmin, status: to });
      assert.equal(conversation.status, to);
      assert.ok(isPossible(before.status, to, kind));
      const told = events.find(({ type }) => type === 'SetDirectly');
      assert.ok(told !== undefined);
      const expected = to === 'active' || to === 'wrapUp' ? 30 : 0;
      assert.equal(agentOf(world, ann).state.unitsUsed, expected);
      if (to === 'closed') assert.equal(conversation.reason, 'closedDirectlyByAdministrator');
    });
  }
});
