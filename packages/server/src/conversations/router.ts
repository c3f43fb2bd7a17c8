/**
 * The router: offers waiting conversations to agents. One cycle works at a time in the whole system (advisory lock); any
 * process may run it (docs/conversation-engine.md, routing cycle).
 */
import {
  type Agent,
  type AgentChange,
  type AgentFact,
  type Assignment,
  type AssignmentResult,
  assignWaiting,
  availableUnits,
  type Conversation,
  decide,
  type Guid,
  type RoutingConfiguration,
} from '@parley/engine';
import type { StoredEvent } from '@parley/protocol';
import type { Database } from '../db/database.ts';
import type { Written } from '../outbox/write-events.ts';
import { lockAgents, readSignedIn } from '../presence/agent-store.ts';
import { buildSubjects } from './build-subject.ts';
import { lockWaiting } from './conversation-store.ts';
import type { ConversationsContext } from './conversations-context.ts';
import { policyIn, profileOf, workStreamOf } from './load-facts.ts';
import type { Changes, ConversationChange, ExplainedDecision } from './write-changes.ts';

/** Any number that nobody else locks. */
const routingLock = 7_021_950_420;
/** Waiting conversations of a queue that one cycle looks at (behaviour reference, 4.3). */
const block = 100;
/** Those that are looked at when nobody of the block could be served though somebody is free: they may ask for other skills. */
const deepBlock = 1_000;
/** Offers of one transaction: enough to be cheap each, few enough that nobody waits long for a row. */
const maximumOffers = 400;
/** Offers of one statement. */
const portion = 100;

export type CycleResult = {
  /** `busy`: another process is routing. `idle`: nothing was marked. `more`: there is more to do at once. */
  readonly outcome: 'busy' | 'idle' | 'done' | 'more';
  readonly offered: number;
  /** Waiting conversations that were considered. */
  readonly looked: number;
  /** Chosen, but their agent had changed by then: they are looked at again. */
  readonly dropped: number;
};

type Wakes = { readonly queueIds: readonly Guid[]; readonly arrived: ReadonlySet<Guid> };

/** One cycle in one transaction. */
export async function runRoutingCycle(context: ConversationsContext): Promise<CycleResult> {
  const { result, written } = await context.database.transaction(async (database) => cycleIn(context, database));
  if (written !== null) context.announce(written);
  return result;
}

type Cycle = { readonly result: CycleResult; readonly written: Written | null };

async function cycleIn(context: ConversationsContext, database: Database): Promise<Cycle> {
  const wakes = await takeWakes(database);
  if (wakes === 'busy') return { result: { outcome: 'busy', offered: 0, looked: 0, dropped: 0 }, written: null };
  if (wakes.queueIds.length === 0)
    return { result: { outcome: 'idle', offered: 0, looked: 0, dropped: 0 }, written: null };
  const configuration = context.configuration();
  const now = context.clock.now();
  const line = await assignLine(database, { configuration, now, wakes });
  const { waiting, agents, assignments, unassigned } = line;
  const chosen = assignments.slice(0, maximumOffers);
  const conversations = new Map([...waiting.values()].flat().map((conversation) => [conversation.id, conversation]));
  const ids = [...new Set(chosen.map(({ agentId }) => agentId))].sort();
  const locked = ids.length === 0 ? new Map() : await lockAgents(database, ids, now, configuration.presences);
  const desk = openDesk({ now, configuration, agents, conversations, locked });
  const left = assignments.slice(maximumOffers).map(({ queueId }) => queueId);
  const written = await writeOffers(context, database, desk, {
    chosen,
    explained: unassigned,
    wakeQueues: [...left, ...fullQueues(waiting, chosen)],
  });
  const outcome = written?.isRouterWoken === true ? 'more' : 'done';
  const offered = desk.offered();
  const result = { outcome, offered, looked: conversations.size, dropped: chosen.length - offered } as const;
  return { result, written };
}

type Line = AssignmentResult & {
  readonly waiting: ReadonlyMap<Guid, readonly Conversation[]>;
  /** As read, without a lock. */
  readonly agents: ReadonlyMap<Guid, Agent>;
};

/** The first of each line; where nobody among them could be served although an agent is free, a longer look once. */
async function assignLine(
  database: Database,
  { configuration, now, wakes }: Pick<DeskInput, 'configuration' | 'now'> & { readonly wakes: Wakes },
): Promise<Line> {
  const { queueIds, arrived } = wakes;
  const agents = await readSignedIn(database, membersOf(configuration, queueIds));
  const waiting = await lockWaiting(database, queueIds, block);
  const assign = async (): Promise<AssignmentResult> =>
    assignWaiting({
      now,
      configuration,
      queues: [...waiting].map(([queueId, list]) => ({ queueId, waiting: list })),
      agents,
      subjects: await buildSubjects(database, waiting, configuration, now),
      explain: arrived,
    });
  const result = await assign();
  const served = new Set(result.assignments.map(({ queueId }) => queueId));
  const stuck = [...waiting].flatMap(([id, list]) =>
    list.length === block && !served.has(id) && isSomebodyFree(configuration, id, agents) ? [id] : [],
  );
  if (stuck.length === 0) return { ...result, waiting, agents };
  for (const [id, list] of await lockWaiting(database, stuck, deepBlock)) waiting.set(id, list);
  return { ...(await assign()), waiting, agents };
}

function isSomebodyFree(configuration: RoutingConfiguration, queueId: Guid, agents: ReadonlyMap<Guid, Agent>): boolean {
  const members = configuration.queues.get(queueId)?.agentIds ?? [];
  return members.some((id) => {
    const state = agents.get(id);
    const isPresent = state?.basePresence === 'available' || state?.basePresence === 'busy';
    return isPresent && availableUnits({ state, profile: profileOf(configuration, id) }) > 0;
  });
}

/** A full block may hide others behind it that somebody could take. */
function fullQueues(waiting: ReadonlyMap<Guid, readonly Conversation[]>, chosen: readonly Assignment[]): Guid[] {
  const served = new Set(chosen.map(({ queueId }) => queueId));
  return [...waiting].filter(([id, list]) => list.length >= block && served.has(id)).map(([id]) => id);
}

type Outcomes = {
  readonly chosen: readonly Assignment[];
  readonly explained: AssignmentResult['unassigned'];
  readonly wakeQueues: readonly Guid[];
};

/** Writes in portions: while the database writes one, the next is decided. @returns null when there was nothing to write */
async function writeOffers(
  context: ConversationsContext,
  database: Database,
  desk: Desk,
  { chosen, explained, wakeQueues }: Outcomes,
): Promise<Written | null> {
  const events: StoredEvent[] = [];
  let isRouterWoken = false;
  let writing: Promise<Written> | undefined;
  const finish = async (): Promise<void> => {
    const written = await writing;
    if (written === undefined) return;
    events.push(...written.events);
    isRouterWoken ||= written.isRouterWoken;
  };
  for (let from = 0; from < chosen.length; from += portion) {
    const write = context.writer.prepare(desk.offer(chosen.slice(from, from + portion)));
    await finish();
    writing = write(database);
  }
  await finish();
  writing = undefined;
  const rest = [...new Set([...wakeQueues, ...desk.changedQueues()])];
  if (explained.length > 0 || rest.length > 0) writing = context.writer.write(database, desk.explain(explained, rest));
  await finish();
  return events.length > 0 || isRouterWoken ? { events, isRouterWoken } : null;
}

/** Takes all marks, or none while another process routes. */
async function takeWakes(database: Database): Promise<Wakes | 'busy'> {
  const [lock] = await database.query('SELECT pg_try_advisory_xact_lock($1)', [routingLock]);
  if (lock?.[0] !== 't') return 'busy';
  const rows = await database.query('DELETE FROM parley.routing_wake RETURNING queue_id, conversation_id', []);
  const arrived = new Set<Guid>();
  for (const [, conversationId] of rows) if (typeof conversationId === 'string') arrived.add(conversationId);
  return { queueIds: [...new Set(rows.map(([queueId]) => queueId ?? ''))].sort(), arrived };
}

function membersOf(configuration: RoutingConfiguration, queueIds: readonly Guid[]): Guid[] {
  const members = new Set<Guid>();
  for (const id of queueIds) for (const agentId of configuration.queues.get(id)?.agentIds ?? []) members.add(agentId);
  return [...members];
}

type DeskInput = {
  readonly now: number;
  readonly configuration: RoutingConfiguration;
  /** As read, without a lock. */
  readonly agents: ReadonlyMap<Guid, Agent>;
  readonly conversations: ReadonlyMap<Guid, Conversation>;
  /** The chosen ones, as they are now. */
  readonly locked: ReadonlyMap<Guid, Agent>;
};

/** Where assignments become offers, one after the other, each seeing what those before it did to the agents. */
type Desk = ReturnType<typeof openDesk>;

function openDesk({ now, configuration, agents, conversations, locked }: DeskInput) {
  const facts = new Map<Guid, AgentFact>();
  for (const [id, state] of locked) facts.set(id, { state, profile: profileOf(configuration, id) });
  const changedQueues = new Set<Guid>();
  let offered = 0;

  function offerOne({ conversationId, queueId, agentId, reason }: Assignment): ConversationChange | undefined {
    const conversation = conversations.get(conversationId);
    if (conversation === undefined) return undefined;
    // Nobody of a queue is offered before somebody whose agent changed meanwhile: first in, first out.
    if (changedQueues.has(queueId) || locked.get(agentId)?.sequence !== agents.get(agentId)?.sequence) {
      changedQueues.add(queueId);
      return undefined;
    }
    const policy = policyIn(configuration, workStreamOf(configuration, conversation), queueId);
    const isForced = configuration.queues.get(queueId)?.method.kind === 'custom';
    const command = { kind: 'offer', agentId, reason, isForced, by: { kind: 'system' } } as const;
    const decision = decide(conversation, command, { now, policy, agents: facts, presences: configuration.presences });
    return decision.kind === 'refused' ? undefined : { before: conversation, accepted: decision };
  }

  return {
    offered: () => offered,
    /** Queues of agents that changed since they were read: to be looked at again. */
    changedQueues: () => changedQueues,
    offer(assignments: readonly Assignment[]): Changes {
      const changes: ConversationChange[] = [];
      const explanations: ExplainedDecision[] = [];
      const changed = new Map<Guid, AgentChange>();
      for (const assignment of assignments) {
        const change = offerOne(assignment);
        if (change === undefined) continue;
        offered++;
        changes.push(change);
        const { conversationId, explanation } = assignment;
        explanations.push({ conversationId, sequence: change.accepted.conversation.sequence, explanation });
        for (const one of change.accepted.agents) {
          addChange(changed, one);
          facts.set(one.after.id, { state: one.after, profile: profileOf(configuration, one.after.id) });
        }
      }
      return { now, conversations: changes, agents: [...changed.values()], explanations, wakeQueues: [] };
    },
    /** Why those who have just arrived wait, and where to look again. */
    explain(explained: AssignmentResult['unassigned'], wakeQueues: readonly Guid[]): Changes {
      const explanations = explained.map(({ conversationId, explanation }) => ({
        conversationId,
        sequence: conversations.get(conversationId)?.sequence ?? 0,
        explanation,
      }));
      return { now, conversations: [], agents: [], explanations, wakeQueues };
    },
  };
}

/** Several changes of one agent are one: from what was first to what is last. */
function addChange(changes: Map<Guid, AgentChange>, change: AgentChange): void {
  const earlier = changes.get(change.after.id);
  changes.set(
    change.after.id,
    earlier === undefined
      ? change
      : { before: earlier.before, after: change.after, events: [...earlier.events, ...change.events] },
  );
}
