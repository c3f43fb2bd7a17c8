/** The facts of a decision: policy of the work stream, and the agents concerned, locked in order of their ids. */
import {
  type Agent,
  type AgentFact,
  type AgentProfile,
  type Conversation,
  type ConversationCommand,
  type ConversationFacts,
  type ConversationPolicy,
  concernedAgents,
  type Guid,
  type RoutingConfiguration,
  unknownProfile,
  type WorkStream,
} from '@parley/engine';
import type { Database } from '../db/database.ts';
import { lockAgents } from '../presence/agent-store.ts';
import type { ConversationsContext } from './conversations-context.ts';

export type FactsNeeded = {
  readonly workStream: WorkStream;
  /** The queue that it is in afterwards: its overflow rules set a timer. */
  readonly queueId: Guid | null;
  /** In ascending order: everybody locks in this order. */
  readonly agentIds: readonly Guid[];
};

export async function loadFacts(
  context: ConversationsContext,
  database: Database,
  { workStream, queueId, agentIds }: FactsNeeded,
  now: number,
): Promise<ConversationFacts> {
  const configuration = context.configuration();
  const states =
    agentIds.length === 0 ? new Map<Guid, Agent>() : await lockAgents(database, agentIds, now, configuration.presences);
  const agents = new Map<Guid, AgentFact>();
  for (const [id, state] of states) agents.set(id, { state, profile: profileOf(configuration, id) });
  return { now, policy: policyIn(configuration, workStream, queueId), agents, presences: configuration.presences };
}

/** What a command on the conversation needs. */
export function factsFor(
  context: ConversationsContext,
  conversation: Conversation,
  command: ConversationCommand,
): FactsNeeded {
  const routing = 'routing' in command ? command.routing : null;
  return {
    workStream: workStreamOf(context.configuration(), conversation),
    queueId: routing?.queueId ?? conversation.routing.queueId,
    agentIds: concernedAgents(conversation, command),
  };
}

/** The work stream's policy, with when the overflow rules of the queue want to be asked first. */
export function policyIn(
  configuration: RoutingConfiguration,
  workStream: WorkStream,
  queueId: Guid | null,
): ConversationPolicy {
  const rules = queueId === null ? [] : (configuration.queues.get(queueId)?.inQueueOverflow ?? []);
  const seconds = rules.flatMap(({ when }) => (when.kind === 'waitingLonger' ? [when.seconds] : []));
  return seconds.length === 0
    ? workStream.policy
    : { ...workStream.policy, overflowAfterSeconds: Math.min(...seconds) };
}

/** Somebody who is in no queue can still act (an administrator) or still hold something (just removed). */
export function profileOf(configuration: RoutingConfiguration, id: Guid): AgentProfile {
  return configuration.agents.get(id) ?? unknownProfile(id);
}

/** The work stream of a conversation, also when its row is gone: what runs must be able to end. */
export function workStreamOf(configuration: RoutingConfiguration, conversation: Conversation): WorkStream {
  return (
    configuration.workStreams.get(conversation.workStreamId) ?? {
      id: conversation.workStreamId,
      name: '',
      channel: conversation.channel,
      kind: conversation.kind,
      distribution: conversation.distribution,
      isOutbound: conversation.isOutbound,
      allowedPresences: ['available', 'busy'],
      demand: conversation.routing.demand,
      matching: 'none',
      policy: {
        offerSeconds: 120,
        isAutoAccepted: false,
        mayReject: true,
        declineLimit: 3,
        declinerLimit: 100,
        wrapUpCapacity: { kind: 'block' },
        autoClose: { open: 86_400, active: 2_592_000, waiting: 2_419_200, wrapUp: 900 },
        customerReturnSeconds: 180,
        agentReturnSeconds: 150,
        keepsAgent: false,
        mayPickFromPush: false,
        isConsultCharged: false,
        relaxAfterSeconds: [],
        rerouteSeconds: 300,
        requiresDisposition: false,
      },
      classification: [],
      routes: [],
      fallbackQueueId: conversation.routing.queueId ?? '',
      relaxation: [],
      contextVariables: {},
      timeZone: 'UTC',
    }
  );
}
