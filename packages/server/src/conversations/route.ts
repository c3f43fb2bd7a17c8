/** Asks the engine where a conversation goes, with the facts that routing needs, at the moments when that is asked. */
import {
  type Actor,
  type Conversation,
  type Explanation,
  enterQueue,
  explainNow,
  type Guid,
  inQueueOverflow,
  type OverflowOutcome,
  type Refused,
  type RoutingConfiguration,
  type RoutingFacts,
  type RoutingOutcome,
  routeConversation,
  type SubjectSource,
  type WorkStream,
} from '@parley/engine';
import type { Database } from '../db/database.ts';
import { readSignedIn } from '../presence/agent-store.ts';
import { buildSubject } from './build-subject.ts';
import type { ConversationsContext } from './conversations-context.ts';
import { workStreamOf } from './load-facts.ts';

export type Routed = { readonly outcome: RoutingOutcome; readonly explanation: Explanation };

async function routingFacts(context: ConversationsContext, database: Database, now: number): Promise<RoutingFacts> {
  return { now, loads: await context.queueLoads([...context.configuration().queues.keys()], database) };
}

/** A conversation that starts. */
export async function routeNew(
  context: ConversationsContext,
  database: Database,
  workStream: WorkStream,
  source: SubjectSource & { readonly id: Guid },
  now: number,
): Promise<Routed> {
  return routeConversation({
    conversation: null,
    workStream,
    subject: await buildSubject(database, source, workStream, now),
    configuration: context.configuration(),
    facts: await routingFacts(context, database, now),
    seed: source.id,
  });
}

/** One that comes back to the line: classified again, keeping what it had. */
export async function routeAgain(
  context: ConversationsContext,
  database: Database,
  conversation: Conversation,
  now: number,
): Promise<Routed> {
  const configuration = context.configuration();
  const workStream = workStreamOf(configuration, conversation);
  return routeConversation({
    conversation: { id: conversation.id, priority: conversation.routing.priority },
    workStream,
    subject: await buildSubject(database, conversation, workStream, now),
    configuration,
    facts: await routingFacts(context, database, now),
    previous: conversation.routing,
    seed: conversation.id,
  });
}

/** Back to the line that it came from, as it was. */
export function returnToQueue(conversation: Conversation): RoutingOutcome {
  const { queueId, priority, skills, demand, preferredAgentIds } = conversation.routing;
  if (queueId === null) return { kind: 'ended', cause: 'failure', queueId: null };
  return { kind: 'queued', queueId, priority, skills, demand, preferredAgentIds, context: {}, isOverflow: false };
}

/** Where people say it goes. */
export async function routeTo(
  context: ConversationsContext,
  database: Database,
  conversation: Conversation,
  queueId: Guid,
  by: Actor,
  now: number,
): Promise<(Routed & { readonly kind: 'routed' }) | Refused> {
  const isTransfer = conversation.status !== 'open';
  const transfer = by.kind === 'agent' ? 'agentTransfer' : 'supervisorTransfer';
  return enterQueue({
    conversation,
    queueId,
    cause: isTransfer ? transfer : 'supervisorAssign',
    configuration: context.configuration(),
    facts: await routingFacts(context, database, now),
  });
}

/** What overflow of its queue says about a waiting one. */
export async function overflowNow(
  context: ConversationsContext,
  database: Database,
  conversation: Conversation,
  now: number,
): Promise<{ readonly outcome: OverflowOutcome | null; readonly explanation: Explanation } | null> {
  const configuration = context.configuration();
  const queue = queueOf(configuration, conversation);
  if (queue === undefined) return null;
  return inQueueOverflow(conversation, queue, configuration, await routingFacts(context, database, now));
}

function queueOf(configuration: RoutingConfiguration, conversation: Conversation) {
  return conversation.routing.queueId === null ? undefined : configuration.queues.get(conversation.routing.queueId);
}

/** What would happen to it now. Reads only. */
export async function explainConversation(
  context: ConversationsContext,
  database: Database,
  conversation: Conversation,
  now: number,
): Promise<readonly Explanation[]> {
  const configuration = context.configuration();
  const workStream = workStreamOf(configuration, conversation);
  return explainNow({
    conversation,
    subject: await buildSubject(database, conversation, workStream, now),
    facts: await routingFacts(context, database, now),
    assignment: { now, configuration, agents: await readSignedIn(database, [...configuration.agents.keys()]) },
  });
}
