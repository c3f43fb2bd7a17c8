import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { presences } from '../agent/agent-harness.ts';
import { checkCapacity } from '../agent/capacity.ts';
import type { AgentCommand } from '../agent/command.ts';
import { decideAgent } from '../agent/decide-agent.ts';
import type { Accepted } from '../decision.ts';
import type { Actor, ConversationCommand, OverflowOutcome } from './command.ts';
import { concernedAgents } from './concerned-agents.ts';
import type { Conversation, ConversationKind, Guid, Status } from './conversation.ts';
import {
  admin,
  agentFact,
  agentOf,
  ann,
  bob,
  conversationOf,
  createWorld,
  messageOf,
  otherQueueId,
  queued,
  queueId,
  start,
  startOf,
  sue,
  tryCommand,
  type World,
} from './conversation-harness.ts';
import { liveConversationImage, workItemImage } from './conversation-images.ts';
import { decide } from './decide.ts';
import { derivedId } from './derived-id.ts';
import type { ConversationPolicy, RoutingOutcome } from './policy.ts';
import type { Cell, RowChange, RowContext } from './row-change.ts';
import { conversationRows } from './rows.ts';
import { transitions } from './transitions.ts';

const agentIds = [ann, bob, sue] as const;
const statuses: readonly Status[] = ['open', 'active', 'waiting', 'wrapUp', 'closed'];

type Step =
  | {
      readonly kind: 'conversation';
      readonly index: number;
      readonly seconds: number;
      readonly command: ConversationCommand | Lead;
    }
  | { readonly kind: 'agent'; readonly agentId: Guid; readonly command: AgentCommand };

const agentId = fc.constantFrom(...agentIds);
/** Stand for whoever has the conversation, or is asked to take it or to advise. */
const owner = 'owner';
const invited = 'invited';
const by: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(owner, invited).map((userId): Actor => ({ kind: 'agent', userId })) },
  { weight: 3, arbitrary: agentId.map((userId): Actor => ({ kind: 'agent', userId })) },
  { weight: 3, arbitrary: fc.constant<Actor>({ kind: 'supervisor', userId: sue }) },
  { weight: 2, arbitrary: fc.constant<Actor>({ kind: 'customer' }) },
  { weight: 1, arbitrary: fc.constant<Actor>({ kind: 'system' }) },
  { weight: 1, arbitrary: fc.constant<Actor>({ kind: 'bot', userId: admin }) },
  { weight: 1, arbitrary: fc.constant<Actor>({ kind: 'administrator', userId: admin }) },
);
const routing: fc.Arbitrary<RoutingOutcome> = fc.oneof(
  {
    weight: 30,
    arbitrary: fc
      .record({
        queue: fc.constantFrom(queueId, otherQueueId),
        units: fc.constantFrom(20, 60),
        isOverflow: fc.boolean(),
      })
      .map(({ queue, units, isOverflow }) => queued({ queueId: queue, demand: { units, profileIds: [] }, isOverflow })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<RoutingOutcome>(
      { kind: 'ended', cause: 'overflow', queueId },
      { kind: 'ended', cause: 'failure', queueId: null },
    ),
  },
);
const audience = fc.constantFrom('public', 'private', 'note');

const bySystem = fc.constant<Actor>({ kind: 'system' });
const overflow: fc.Arbitrary<OverflowOutcome | null> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant<OverflowOutcome>({ kind: 'end' }) },
  { weight: 3, arbitrary: routing.map((outcome): OverflowOutcome => ({ kind: 'move', routing: outcome })) },
);
const timerDue: fc.Arbitrary<ConversationCommand> = fc.record({
  kind: fc.constant('timerDue' as const),
  routing,
  overflow,
});

/** What leads on from wherever the conversation is: without it, chance alone gets hardly anywhere. */
type Lead = { readonly choice: number; readonly agentId: Guid; readonly routing: RoutingOutcome };
const lead: fc.Arbitrary<Lead> = fc.record({ choice: fc.nat({ max: 9 }), agentId, routing });

/** Everything, by anybody: much of it is refused. */
const anyCommand: fc.Arbitrary<ConversationCommand> = fc.oneof(
  fc.record({ kind: fc.constantFrom('accept', 'reject', 'pick', 'cancelTransfer', 'takeOver', 'reopen', 'end'), by }),
  fc.record({ kind: fc.constantFrom('acceptConsult', 'rejectConsult', 'monitor', 'join', 'leave'), by }),
  fc.record({ kind: fc.constantFrom('forceClose', 'recordGone'), by }),
  fc.record({ kind: fc.constantFrom('customerLeft', 'customerReturned'), by: fc.oneof(by, bySystem) }),
  fc.record({ kind: fc.constantFrom('agentLeft', 'agentReturned'), agentId }),
  fc.record({
    kind: fc.constant('offer' as const),
    agentId,
    reason: fc.constantFrom('routing', 'supervisor', 'affinity'),
    by,
  }),
  fc.record({ kind: fc.constant('release' as const), by, routing }),
  fc.record({
    kind: fc.constant('moveToQueue' as const),
    by,
    cause: fc.constantFrom('transfer', 'assign', 'overflow'),
    routing,
  }),
  fc.record({ kind: fc.constant('transferToAgent' as const), by, agentId, isTargetSupervisor: fc.boolean() }),
  fc.record({ kind: fc.constant('inviteConsult' as const), by, agentId, access: fc.constantFrom('public', 'private') }),
  fc.record({ kind: fc.constantFrom('endConsult', 'publishConsult'), by, agentId }),
  fc.record({ kind: fc.constant('closeSession' as const), by, routing, hasDisposition: fc.boolean() }),
  fc.record({ by, audience, routing: fc.option(routing) }).map((one) => ({
    ...one,
    kind: 'addMessage' as const,
    message: messageOf('customer', { audience: one.audience }),
  })),
  by.map((one) => ({ kind: 'messageCustomer' as const, by: one, message: messageOf('agent') })),
  fc.record({ kind: fc.constant('setStateDirectly' as const), by, status: fc.constantFrom(...statuses) }),
  fc.record({
    kind: fc.constant('setContext' as const),
    by,
    context: fc.constantFrom({ topic: 'a' }, { topic: 'b', size: 2 }),
  }),
  fc.record({
    kind: fc.constant('setSkills' as const),
    by,
    skills: fc.constantFrom([], [{ skillId: ann, rating: 0.5 }]),
  }),
);
const command: fc.Arbitrary<ConversationCommand | Lead> = fc.oneof(
  { weight: 5, arbitrary: lead },
  { weight: 1, arbitrary: timerDue },
  { weight: 2, arbitrary: anyCommand },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('conversation' as const),
      index: fc.nat({ max: 2 }),
      seconds: fc.constantFrom(0, 0, 0, 0, 0, 1, 5, 20, 40, 130, 4000),
      command,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('agent' as const),
      agentId,
      command: fc.constantFrom<AgentCommand>(
        { kind: 'signIn', deviceId: 'browser' },
        { kind: 'signOut', deviceId: 'browser' },
        { kind: 'resetPresence' },
      ),
    }),
  },
);

const policy: fc.Arbitrary<Partial<ConversationPolicy>> = fc.record({
  isAutoAccepted: fc.boolean(),
  mayReject: fc.boolean(),
  mayPickFromPush: fc.boolean(),
  keepsAgent: fc.boolean(),
  isConsultCharged: fc.boolean(),
  requiresDisposition: fc.boolean(),
  declinerLimit: fc.constantFrom(1, 100),
  wrapUpCapacity: fc.constantFrom<ConversationPolicy['wrapUpCapacity']>(
    { kind: 'block' },
    { kind: 'free' },
    { kind: 'timed', seconds: 60 },
  ),
  autoClose: fc.constantFrom<ConversationPolicy['autoClose']>(
    {},
    { open: 1200, active: 7200, waiting: 3600, wrapUp: 30 },
  ),
  relaxAfterSeconds: fc.constantFrom<readonly number[]>([], [10, 200]),
});
const kind = fc.constantFrom<ConversationKind>('live', 'persistent', 'persistent', 'voice', 'record');

const context: RowContext = {
  now: 0,
  ownerTeamId: 'team',
  businessUnitId: 'unit',
  systemUserId: 'system',
  businessUnitOf: (id) => `unit of ${id}`,
  nameOf: (id) => id,
};

/** Rows by table and id, changed as the database would be. */
type Tables = Map<string, Record<string, Cell>>;

describe('decide', () => {
  test('keeps every invariant, whatever happens', () => {
    fc.assert(
      fc.property(
        fc.array(kind, { minLength: 3, maxLength: 3 }),
        policy,
        fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }),
        run,
      ),
      { numRuns: 400 },
    );
  });
});

function run(
  kinds: readonly ConversationKind[],
  policyOptions: Partial<ConversationPolicy>,
  steps: readonly Step[],
): void {
  const supervisor = agentFact(sue, { isSupervisor: true });
  const world = createWorld({
    policy: { followUpSeconds: 20_000, overflowAfterSeconds: 900, handlingThresholdSeconds: 300, ...policyOptions },
    agents: [agentFact(ann), agentFact(bob), supervisor],
  });
  const tables: Tables = new Map();
  const ids = kinds.map((one, index) => {
    const id = derivedId('property', 'conversation', index, world.now);
    const isPicked = index === 2;
    const accepted = start(world, startOf(one, { id, distribution: isPicked ? 'pick' : 'push' }));
    checkStep(world, null, accepted, tables);
    return id;
  });
  for (const one of steps) {
    if (one.kind === 'agent') commandAgent(world, one);
    else takeStep(world, ids[one.index] ?? '', one, tables);
    checkAgents(world);
  }
}

function takeStep(world: World, id: Guid, one: Extract<Step, { kind: 'conversation' }>, tables: Tables): void {
  world.now += one.seconds * 1000;
  const before = conversationOf(world, id);
  const command = 'choice' in one.command ? leadOn(before, one.command) : resolveActor(before, one.command);
  if (isBeyondCapacity(world, before, command)) return;
  const frozen = JSON.stringify(before);
  const agents = new Map(
    concernedAgents(before, command).flatMap((one) => {
      const fact = world.agents.get(one);
      return fact === undefined ? [] : [[one, fact] as const];
    }),
  );
  const again = decide(before, command, { ...world.facts(), agents });
  const decision = tryCommand(world, id, command);
  assert.deepEqual(decision, again, 'the same again, and with nobody else among the facts');
  assert.equal(JSON.stringify(before), frozen, 'the state that was given is not changed');
  if (decision.kind === 'refused') {
    assert.match(decision.detail, /\.$/);
    return;
  }
  checkStep(world, before, decision, tables);
}

function leadOn(state: Conversation, { choice, agentId: target, routing: outcome }: Lead): ConversationCommand {
  const { status, offer, transfer, participants } = state;
  const owner: Actor = { kind: 'agent', userId: state.agentId ?? bob };
  const supervisor: Actor = { kind: 'supervisor', userId: sue };
  const close: ConversationCommand = { kind: 'closeSession', by: owner, routing: outcome, hasDisposition: true };
  const write = (by: Actor): ConversationCommand => ({
    kind: 'addMessage',
    by,
    message: messageOf('customer'),
    routing: outcome,
  });
  const transferring: ConversationCommand = {
    kind: 'transferToAgent',
    by: status === 'waiting' ? supervisor : owner,
    agentId: target,
    isTargetSupervisor: target === sue,
  };
  const asked = participants.find((one) => one.joinedOn === null && one.mode === 'consult');
  const isUsual = choice < 7;
  if (status === 'open')
    return { kind: 'offer', agentId: target, reason: isUsual ? 'routing' : 'supervisor', by: supervisor };
  if (offer !== null) return { kind: isUsual ? 'accept' : 'reject', by: { kind: 'agent', userId: offer.agentId } };
  if (transfer !== null)
    return { kind: isUsual ? 'accept' : 'reject', by: { kind: 'agent', userId: transfer.agentId } };
  if (asked !== undefined) {
    return { kind: isUsual ? 'acceptConsult' : 'rejectConsult', by: { kind: 'agent', userId: asked.agentId } };
  }
  if (status === 'wrapUp') return isUsual ? close : { kind: 'monitor', by: supervisor };
  if (status === 'waiting') {
    const waiting = [{ kind: 'reopen', by: owner } as const, write({ kind: 'customer' }), transferring];
    return waiting[choice % 3] ?? close;
  }
  const active: readonly ConversationCommand[] = [
    { kind: 'end', by: owner },
    close,
    transferring,
    { kind: 'inviteConsult', by: owner, agentId: target, access: 'private' },
    { kind: 'publishConsult', by: owner, agentId: target },
    { kind: 'monitor', by: supervisor },
    { kind: 'join', by: supervisor },
    write({ kind: 'customer' }),
    write(owner),
    { kind: 'customerLeft', by: { kind: 'system' } },
  ];
  return active[choice] ?? close;
}

function resolveActor(state: Conversation, command: ConversationCommand): ConversationCommand {
  if (!('by' in command) || command.by.kind !== 'agent') return command;
  const { offer, transfer, participants, agentId: ownerId } = state;
  const asked = offer?.agentId ?? transfer?.agentId ?? participants.find((one) => one.joinedOn === null)?.agentId;
  const people: Readonly<Record<string, Guid>> = { [owner]: ownerId ?? bob, [invited]: asked ?? ann };
  const { userId } = command.by;
  return { ...command, by: { kind: 'agent', userId: people[userId] ?? userId } };
}

/** Routing does not offer what does not fit; that is its promise, which `decide` relies on. */
function isBeyondCapacity(
  world: World,
  state: Conversation,
  { kind: commandKind, ...rest }: ConversationCommand,
): boolean {
  if (commandKind !== 'offer' || !('reason' in rest) || rest.reason !== 'routing') return false;
  return !checkCapacity(agentOf(world, rest.agentId), state.routing.demand, world.now, presences).ok;
}

function commandAgent(world: World, one: Extract<Step, { kind: 'agent' }>): void {
  const fact = agentOf(world, one.agentId);
  const change = decideAgent(fact, one.command, world.now, presences);
  if ('after' in change) world.agents.set(one.agentId, { ...fact, state: change.after });
}

function checkStep(world: World, before: Conversation | null, accepted: Accepted, tables: Tables): void {
  const { conversation: after, events, messages } = accepted;
  if (before?.status === 'closed') assert.equal(after, before, 'closed stays closed');
  const isSame = after === before;
  assert.equal(after.sequence, (before?.sequence ?? 0) + (isSame ? 0 : 1));
  if (isSame) assert.deepEqual([events, messages, accepted.agents], [[], [], []]);
  checkTransitions(before, accepted);
  if (after.status === 'closed') {
    assert.deepEqual([after.timers, after.holds, after.participants, after.session], [[], [], [], null]);
    assert.ok(after.closedOn !== null);
  } else {
    assert.ok(after.agentId !== null || after.timers.length > 0, 'an agent or a timer');
  }
  assert.equal(after.agentId !== null && after.status === 'open', false, 'open has no agent');
  assert.equal(after.session === null, after.status === 'waiting' || after.status === 'closed');
  const primaries = after.participants.filter(({ mode }) => mode === 'primary');
  assert.equal(primaries.length, after.status === 'active' || after.status === 'wrapUp' ? 1 : 0);
  assert.ok(primaries.every((one) => one.agentId === after.agentId));
  assert.equal(new Set(after.holds.map((hold) => `${hold.agentId}/${hold.for}`)).size, after.holds.length);
  const first = (before?.messageCount ?? 0) + 1;
  assert.deepEqual(
    messages.map(({ number }) => number),
    messages.map((_, index) => first + index),
  );
  assert.equal(after.messageCount, first - 1 + messages.length);
  assert.deepEqual(JSON.parse(JSON.stringify(after)), after, 'plain data');
  checkRows(world, before, accepted, tables);
}

/** Every change of status is told, follows from the one before, and stands in the table. */
function checkTransitions(before: Conversation | null, { conversation, events }: Accepted): void {
  let status: Status | null = before?.status ?? null;
  for (const event of events) {
    if (event.type !== 'StatusChanged') continue;
    assert.equal(event.from, status);
    const isKnown = transitions.some(
      (one) =>
        one.from.includes(status) &&
        one.to === event.to &&
        (one.kinds === undefined || one.kinds.includes(conversation.kind)),
    );
    assert.ok(isKnown, `${event.from} to ${event.to} of ${conversation.kind}`);
    status = statuses.find((one) => one === event.to) ?? null;
  }
  assert.equal(status, conversation.status);
}

/** What was written step by step is what the state says in the end. */
function checkRows(world: World, before: Conversation | null, accepted: Accepted, tables: Tables): void {
  const now = { ...context, now: world.now };
  for (const change of conversationRows(before, accepted, now)) write(tables, change);
  const { conversation } = accepted;
  const { id, session } = conversation;
  const shown = (table: string, image: Readonly<Record<string, Cell>>) => {
    const row = tables.get(`${table}/${id}`) ?? {};
    assert.deepEqual(Object.fromEntries(Object.keys(image).map((name) => [name, row[name]])), image);
  };
  shown('msdyn_liveconversation', liveConversationImage(conversation, now));
  shown('msdyn_ocliveworkitem', workItemImage(conversation, now));
  const openSessions = rowsOf(tables, 'msdyn_ocsession', 'msdyn_liveworkitemid', id).filter(
    (row) => row['statecode'] === 0,
  );
  assert.deepEqual(
    openSessions.map((row) => [row['activityid'], row['msdyn_queueid'], row['ownerid']]),
    session === null ? [] : [[session.id, session.queueId, session.agentId ?? 'team']],
  );
  const sessionIds = new Set(
    rowsOf(tables, 'msdyn_ocsession', 'msdyn_liveworkitemid', id).map((row) => row['activityid']),
  );
  const present = [...tables]
    .filter(([key, row]) => key.startsWith('msdyn_sessionparticipant/') && row['msdyn_lefton'] === null)
    .filter(([, row]) => sessionIds.has(row['msdyn_omnichannelsession'] ?? null))
    .map(([, row]) => row['msdyn_sessionparticipantid']);
  assert.deepEqual(present.toSorted(), conversation.participants.map((one) => one.id).toSorted());
}

function write(tables: Tables, { table, operation, id, values }: RowChange): void {
  const key = `${table}/${id}`;
  assert.equal(tables.has(key), operation === 'update', `${operation} of ${key}`);
  tables.set(key, { ...tables.get(key), ...values });
}

function rowsOf(tables: Tables, table: string, column: string, value: Cell): readonly Record<string, Cell>[] {
  return [...tables].filter(([key, row]) => key.startsWith(`${table}/`) && row[column] === value).map(([, row]) => row);
}

/** Capacity in use is the sum of all holds, and past the limit only by what was forced. */
function checkAgents(world: World): void {
  for (const id of agentIds) {
    const { state, profile } = agentOf(world, id);
    const holds = [...world.conversations.values()].flatMap((one) => one.holds.filter((hold) => hold.agentId === id));
    const sum = holds.reduce((units, hold) => units + hold.units, 0);
    const forced = holds.reduce((units, hold) => units + (hold.isForced ? hold.units : 0), 0);
    assert.deepEqual([state.unitsUsed, state.unitsForced, state.conversationCount], [sum, forced, holds.length]);
    assert.ok(sum - forced <= profile.unitCapacity, 'past the limit only by force');
  }
}
