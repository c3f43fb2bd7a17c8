/**
 * A day of a contact centre, event by event: drives the engine as the server does, without a server. The same seed gives the same
 * decisions, byte for byte; the invariants are checked on the way.
 */
import type { ConversationCommand, OverflowOutcome } from '../conversation/command.ts';
import type { Conversation, Guid, Instant, Status } from '../conversation/conversation.ts';
import { assignWaiting } from '../routing/assign-waiting.ts';
import type { QueueWork } from '../routing/assignment.ts';
import { inQueueOverflow } from '../routing/overflow.ts';
import { createAgenda } from './agenda.ts';
import { createDayConfiguration } from './day-configuration.ts';
import {
  answer,
  arrivalOf,
  arrive,
  type Day,
  type Entry,
  finish,
  handle,
  leave,
  seeOffer,
  writeAgain,
} from './day-people.ts';
import {
  agentIn,
  commandAgentIn,
  commandIn,
  conversationIn,
  createDayWorld,
  type DayWorld,
  routeIn,
  routingFacts,
  startIn,
} from './day-world.ts';
import { createRandom } from './random.ts';

export type DayOptions = { readonly seed: number; readonly conversations: number; readonly agents: number };

export type DayReport = {
  readonly conversations: number;
  readonly agents: number;
  /** Commands decided, of conversations and agents, refused ones too. */
  readonly decisions: number;
  readonly refusals: number;
  readonly events: number;
  readonly cycles: number;
  readonly assignments: number;
  /** Conversations by status when the day is over. */
  readonly statuses: Readonly<Record<Status, number>>;
  /** How often a cycle looked at a conversation that nobody could take. */
  readonly unassigned: number;
  /** SHA-256 over all decisions in order, hexadecimal. */
  readonly hash: string;
};

/** Conversations of a queue that one routing cycle looks at. */
const block = 100;
const routingDelay = 1_000;
const hour = 3_600_000;
const start: Instant = Date.UTC(2026, 4, 5);
const over: Instant = start + 24 * hour;
const nobody: ReadonlySet<Guid> = new Set();

/**
 * Runs the day from midnight to midnight.
 * @throws Error when an invariant breaks: capacity in use is not what conversations hold, or exceeds a limit that nobody meant to exceed
 */
export function simulateDay({ seed, conversations, agents }: DayOptions): DayReport {
  const random = createRandom(seed);
  const world = createDayWorld(createDayConfiguration(random, agents), start);
  const day: Day = { world, random, agenda: createAgenda<Entry>(), plannedTimers: new Map() };
  const router = { cycles: 0, assignments: 0, unassigned: 0, isPlanned: false };
  for (const id of world.agents.keys()) planShift(day, id);
  for (let number = 1; number <= conversations; number += 1) {
    day.agenda.plan(arrivalOf(random, start), { kind: 'arrive', number });
  }
  for (;;) {
    const next = day.agenda.next();
    if (next === undefined || next.at >= over) break;
    world.now = next.at;
    if (next.entry.kind === 'route') route(day, router);
    else act(day, next.entry);
    if (world.marks.size > 0 && !router.isPlanned) {
      router.isPlanned = true;
      day.agenda.plan(world.now + routingDelay, { kind: 'route' });
    }
  }
  checkCapacity(world);
  const statuses: Record<Status, number> = { open: 0, active: 0, waiting: 0, wrapUp: 0, closed: 0 };
  for (const { status } of world.conversations.values()) statuses[status] += 1;
  const { cycles, assignments, unassigned } = router;
  const hash = world.log.digest();
  return { conversations, agents, ...world.counts, cycles, assignments, unassigned, statuses, hash };
}

/** An early and a late shift that overlap at noon. */
function planShift({ random, agenda }: Day, agentId: Guid): void {
  const isEarly = random.chance(55);
  const begin = start + (isEarly ? 7.5 : 12) * hour + random.between(0, 1_800_000);
  const end = begin + 7 * hour;
  agenda.plan(begin, { kind: 'beginShift', agentId });
  agenda.plan(end, { kind: 'endShift', agentId });
  agenda.plan(end + random.between(5, 30) * 60_000, { kind: 'goHome', agentId });
}

function act(day: Day, entry: Exclude<Entry, { kind: 'route' }>): void {
  const { world } = day;
  switch (entry.kind) {
    case 'arrive':
      planTimer(day, startIn(world, arrive(day, entry.number)).conversation.id);
      return;
    case 'leave':
      leave(day, entry.conversationId);
      break;
    case 'writeAgain':
      writeAgain(day, entry.conversationId);
      break;
    case 'answer':
      answer(day, entry.conversationId, entry.agentId);
      break;
    case 'handle':
      handle(day, entry.conversationId, entry.agentId);
      break;
    case 'finish':
      finish(day, entry.conversationId, entry.agentId);
      break;
    case 'conversationTimer':
      fireTimers(day, entry.conversationId);
      break;
    default:
      actAsAgent(day, entry.kind, entry.agentId);
      return;
  }
  planTimer(day, entry.conversationId);
}

function actAsAgent(
  day: Day,
  kind: Extract<Entry, { agentId: Guid; conversationId?: never }>['kind'],
  agentId: Guid,
): void {
  const { world } = day;
  switch (kind) {
    case 'beginShift':
      commandAgentIn(world, agentId, { kind: 'signIn', deviceId: 'desk' });
      break;
    case 'endShift':
      commandAgentIn(world, agentId, { kind: 'setPresence', presenceId: 'away', by: 'agent', byUserId: agentId });
      break;
    case 'goHome':
      commandAgentIn(world, agentId, { kind: 'signOut', deviceId: 'desk' });
      leaveConversations(day, agentId);
      break;
    case 'resetPresence': {
      const { isSignedIn, presenceCause } = agentIn(world, agentId).state;
      const isReset = presenceCause === 'missedOffer' || presenceCause === 'rejectedOffer';
      if (isSignedIn && isReset) commandAgentIn(world, agentId, { kind: 'resetPresence' });
      break;
    }
    case 'agentTimer':
      commandAgentIn(world, agentId, { kind: 'timerDue' });
      break;
  }
  const [timer] = agentIn(world, agentId).state.timers;
  if (timer !== undefined && timer.dueOn > world.now) day.agenda.plan(timer.dueOn, { kind: 'agentTimer', agentId });
}

function leaveConversations(day: Day, agentId: Guid): void {
  for (const conversation of [...day.world.unfinished.values()]) {
    if (conversation.agentId !== agentId || conversation.status !== 'active') continue;
    commandIn(day.world, conversation.id, { kind: 'agentLeft', agentId });
    planTimer(day, conversation.id);
  }
}

/** A timer that moved since it was planned finds nothing to do; the next one is planned then. */
function planTimer({ world, agenda, plannedTimers }: Day, conversationId: Guid): void {
  const [timer] = conversationIn(world, conversationId).timers;
  if (timer === undefined) return;
  const at = Math.max(timer.dueOn, world.now + 1);
  if (plannedTimers.get(conversationId) === at) return;
  plannedTimers.set(conversationId, at);
  agenda.plan(at, { kind: 'conversationTimer', conversationId });
}

function fireTimers(day: Day, conversationId: Guid): void {
  const { world, agenda } = day;
  const conversation = conversationIn(world, conversationId);
  const due = conversation.timers.filter(({ dueOn }) => dueOn <= world.now);
  if (due.length === 0) return;
  const isOverflow = due.some(({ kind }) => kind === 'overflow');
  const command: ConversationCommand = {
    kind: 'timerDue',
    routing: routeIn(world, conversation),
    overflow: isOverflow ? overflowOf(world, conversation) : null,
  };
  commandIn(world, conversationId, command);
  const missedBy = conversation.offer?.agentId;
  if (missedBy === undefined || conversationIn(world, conversationId).offer !== null) return;
  agenda.plan(world.now + 60_000, { kind: 'resetPresence', agentId: missedBy });
}

function overflowOf(world: DayWorld, conversation: Conversation): OverflowOutcome | null {
  const queue = world.configuration.queues.get(conversation.routing.queueId ?? '');
  if (queue === undefined) return null;
  return inQueueOverflow(conversation, queue, world.configuration, routingFacts(world)).outcome;
}

/** One cycle over the marked queues, as the server's router does it. */
function route(
  day: Day,
  router: { cycles: number; assignments: number; unassigned: number; isPlanned: boolean },
): void {
  const { world } = day;
  router.isPlanned = false;
  const queues = [...world.marks].toSorted().flatMap((queueId) => workOf(world, queueId));
  world.marks.clear();
  if (queues.length === 0) return;
  const { now, configuration, states } = world;
  const result = assignWaiting({ now, configuration, queues, agents: states, explain: nobody });
  world.log.write(`${now} route ${result.unexplained.join(' ')}`);
  router.cycles += 1;
  router.assignments += result.assignments.length;
  router.unassigned += result.unexplained.length;
  for (const { conversationId, agentId, reason, explanation } of result.assignments) {
    // The list of candidates would be most of what is hashed.
    world.log.write(`${conversationId} ${agentId} ${reason} ${explanation.summary}`);
    const command = { kind: 'offer', agentId, reason, by: { kind: 'system' } } as const;
    if (commandIn(world, conversationId, command) === undefined)
      throw new Error(`${agentId} cannot be offered ${conversationId}`);
    seeOffer(day, conversationId, agentId);
    planTimer(day, conversationId);
  }
  if (router.cycles % 1_000 === 0) checkCapacity(world);
}

function workOf(world: DayWorld, queueId: Guid): readonly QueueWork[] {
  const items = [...(world.waiting.get(queueId)?.values() ?? [])];
  if (items.length === 0) return [];
  const waiting = items.toSorted(
    (one, other) =>
      other.routing.priority - one.routing.priority ||
      one.routing.queuedOn - other.routing.queuedOn ||
      (one.id < other.id ? -1 : 1),
  );
  return [{ queueId, waiting: waiting.slice(0, block) }];
}

/** Capacity in use is the sum of what conversations hold, and above the limit only on purpose. */
function checkCapacity(world: DayWorld): void {
  const held = new Map<Guid, number>();
  for (const { holds } of world.conversations.values()) {
    for (const { agentId, units } of holds) held.set(agentId, (held.get(agentId) ?? 0) + units);
  }
  for (const [id, { state, profile }] of world.agents) {
    const sum = held.get(id) ?? 0;
    if (sum !== state.unitsUsed) throw new Error(`${id} uses ${state.unitsUsed} units, conversations hold ${sum}`);
    const excess = state.unitsUsed - profile.unitCapacity;
    if (excess > 0 && state.unitsForced === 0) throw new Error(`${id} is ${excess} units over their limit`);
  }
}
