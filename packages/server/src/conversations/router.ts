/**
 * The router: offers waiting conversations to agents. One cycle works at a time in the whole system (advisory lock); any
 * process may run it (docs/conversation-engine.md, routing cycle).
 */
import {
  type Agent,
  type AgentChange,
  type AgentFact,
  type Assignment,
  assignWaiting,
  type Conversation,
  decide,
  type Guid,
  type RoutingConfiguration,
} from '@parley/engine';
import type { StoredEvent } from '@parley/protocol';
import type { Database } from '../db/database.ts';
import { lockAgents, readSignedIn } from '../presence/agent-store.ts';
import { lockWaiting } from './conversation-store.ts';
import type { ConversationsContext } from './conversations-context.ts';
import { policyIn, profileOf, workStreamOf } from './load-facts.ts';
import type { ConversationChange } from './write-changes.ts';

/** Any number that nobody else locks. */
const routingLock = 7_021_950_420;
/** Waiting conversations of a queue that one cycle looks at (behaviour reference, 4.3). */
const block = 100;
/** Offers of one transaction: enough to be cheap each, few enough that nobody waits long for a row. */
const maximumOffers = 400;

export type CycleResult = {
  /** `busy`: another process is routing. `idle`: nothing was marked. `more`: there is more to do at once. */
  readonly outcome: 'busy' | 'idle' | 'done' | 'more';
  readonly offered: number;
  /** Waiting conversations that were considered. */
  readonly looked: number;
};

type Wakes = { readonly queueIds: readonly Guid[]; readonly arrived: ReadonlySet<Guid> };

/** One cycle in one transaction. */
export async function runRoutingCycle(context: ConversationsContext): Promise<CycleResult> {
  const { result, events } = await context.database.transaction(async (database) => cycleIn(context, database));
  context.announce(events);
  return result;
}

type Cycle = { readonly result: CycleResult; readonly events: readonly StoredEvent[] };

async function cycleIn(context: ConversationsContext, database: Database): Promise<Cycle> {
  const wakes = await takeWakes(database);
  if (wakes === 'busy' || wakes.queueIds.length === 0)
    return { result: { outcome: wakes === 'busy' ? 'busy' : 'idle', offered: 0, looked: 0 }, events: [] };
  const configuration = context.configuration();
  const waiting = await lockWaiting(database, wakes.queueIds, block);
  if (waiting.size === 0) return { result: { outcome: 'done', offered: 0, looked: 0 }, events: [] };
  const now = context.clock.now();
  const agents = await readSignedIn(database, membersOf(configuration, [...waiting.keys()]));
  const { assignments, unassigned } = assignWaiting({
    now,
    configuration,
    queues: [...waiting].map(([queueId, list]) => ({ queueId, waiting: list })),
    agents,
  });
  const chosen = assignments.slice(0, maximumOffers);
  const conversations = new Map([...waiting.values()].flat().map((conversation) => [conversation.id, conversation]));
  const offers = await offerAll(database, { now, configuration, agents, conversations, chosen });
  const again = new Set([...offers.changedQueues, ...assignments.slice(maximumOffers).map(({ queueId }) => queueId)]);
  // A full block may hide others behind it that somebody could take.
  for (const [queueId, list] of waiting)
    if (list.length === block && chosen.some((one) => one.queueId === queueId)) again.add(queueId);
  const explained = unassigned.filter(({ conversationId }) => wakes.arrived.has(conversationId));
  const events = await context.writer.write(database, {
    now,
    conversations: offers.changes,
    agents: offers.agents,
    explanations: [
      ...offers.explanations,
      ...explained.map(({ conversationId, explanation }) => ({
        conversationId,
        sequence: conversations.get(conversationId)?.sequence ?? 0,
        explanation,
      })),
    ],
    wakeQueues: [...again],
  });
  return {
    result: { outcome: again.size > 0 ? 'more' : 'done', offered: offers.changes.length, looked: conversations.size },
    events,
  };
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

type Offers = {
  readonly changes: readonly ConversationChange[];
  readonly agents: readonly AgentChange[];
  readonly explanations: readonly {
    readonly conversationId: Guid;
    readonly sequence: number;
    readonly explanation: Assignment['explanation'];
  }[];
  /** Queues of agents that changed since they were read: to be looked at again. */
  readonly changedQueues: ReadonlySet<Guid>;
};

type OfferInput = {
  readonly now: number;
  readonly configuration: RoutingConfiguration;
  /** As read, without a lock. */
  readonly agents: ReadonlyMap<Guid, Agent>;
  readonly conversations: ReadonlyMap<Guid, Conversation>;
  readonly chosen: readonly Assignment[];
};

async function offerAll(database: Database, input: OfferInput): Promise<Offers> {
  const { now, configuration, conversations, chosen } = input;
  const ids = [...new Set(chosen.map(({ agentId }) => agentId))].sort();
  const locked =
    ids.length === 0 ? new Map<Guid, Agent>() : await lockAgents(database, ids, now, configuration.presences);
  const facts = new Map<Guid, AgentFact>();
  for (const [id, state] of locked) facts.set(id, { state, profile: profileOf(configuration, id) });
  const changes: ConversationChange[] = [];
  const explanations: Offers['explanations'][number][] = [];
  const agents = new Map<Guid, AgentChange>();
  const changedQueues = new Set<Guid>();
  for (const { conversationId, queueId, agentId, reason, explanation } of chosen) {
    const conversation = conversations.get(conversationId);
    if (conversation === undefined) continue;
    if (locked.get(agentId)?.sequence !== input.agents.get(agentId)?.sequence) {
      changedQueues.add(queueId);
      continue;
    }
    const policy = policyIn(configuration, workStreamOf(configuration, conversation), queueId);
    const command = { kind: 'offer', agentId, reason, by: { kind: 'system' } } as const;
    const decision = decide(conversation, command, { now, policy, agents: facts, presences: configuration.presences });
    if (decision.kind === 'refused') continue;
    changes.push({ before: conversation, accepted: decision });
    explanations.push({ conversationId, sequence: decision.conversation.sequence, explanation });
    for (const change of decision.agents) {
      const earlier = agents.get(change.after.id);
      agents.set(change.after.id, {
        before: earlier?.before ?? change.before,
        after: change.after,
        events: [...(earlier?.events ?? []), ...change.events],
      });
      facts.set(change.after.id, { state: change.after, profile: profileOf(configuration, change.after.id) });
    }
  }
  return { changes, agents: [...agents.values()], explanations, changedQueues };
}
