/**
 * An explicit move to a queue: a supervisor assigns, somebody transfers, overflow moves. Nothing is classified again and overflow before
 * queueing is not asked. Behaviour reference, sections 1.4 (T6, T10), 4.6, 4.7 and 5.2.
 */
import type { ConversationKind, Guid, RoutingState } from '../conversation/conversation.ts';
import type { RoutingOutcome } from '../conversation/policy.ts';
import type { Refused } from '../decision.ts';
import type { Queue, RoutingConfiguration, RoutingFacts } from './configuration.ts';
import type { Explanation, RuleFinding } from './explanation.ts';
import { isQueueOpen, isUseless, queueKindOf } from './overflow-rules.ts';

export type MoveCause = 'agentTransfer' | 'supervisorTransfer' | 'supervisorAssign' | 'overflow';

export type EnterQueueInput = {
  readonly conversation: { readonly kind: ConversationKind; readonly routing: RoutingState };
  readonly queueId: Guid;
  readonly cause: MoveCause;
  readonly configuration: RoutingConfiguration;
  readonly facts: RoutingFacts;
};

export type Routed = { readonly kind: 'routed'; readonly outcome: RoutingOutcome; readonly explanation: Explanation };

const causeTexts: Readonly<Record<MoveCause, string>> = {
  agentTransfer: 'Transferred by the agent',
  supervisorTransfer: 'Transferred by a supervisor',
  supervisorAssign: 'Assigned by a supervisor',
  overflow: 'Moved by overflow',
};

/**
 * The conversation in its new queue, with the priority, skills and demand that it had. Refused: the queue does not exist or is for
 * another kind of channel; for a transfer by an agent also when it is closed at the moment.
 */
export function enterQueue({ conversation, queueId, cause, configuration, facts }: EnterQueueInput): Routed | Refused {
  const queue = configuration.queues.get(queueId);
  if (queue === undefined) {
    return { kind: 'refused', name: 'notPossibleNow', detail: `There is no queue ${queueId}.` };
  }
  const kind = queueKindOf(conversation.kind);
  if (queue.kind !== kind) {
    const detail = `Queue ${queue.name} takes ${queue.kind} work; the conversation needs a queue for ${kind} work.`;
    return { kind: 'refused', name: 'notForThisChannel', detail };
  }
  if (cause === 'agentTransfer' && !isQueueOpen(queue, configuration, facts)) {
    const detail = `Queue ${queue.name} is outside its operating hours; a transfer needs a queue that works now.`;
    return { kind: 'refused', name: 'notPossibleNow', detail };
  }
  const outcome = putInQueue(queue, {
    ...conversation.routing,
    context: {},
    isOverflow: cause === 'overflow',
  });
  const place = outcome.kind === 'queued' ? `to queue ${queue.name}` : `to queue ${queue.name}, which has no agents`;
  const explanation = explainRouting({
    kind: 'move',
    facts,
    queueId: queue.id,
    summary: `${causeTexts[cause]} ${place}.`,
    rules: [],
  });
  return { kind: 'routed', outcome, explanation };
}

/** What a conversation brings into a queue. */
export type QueuedContent = Omit<Extract<RoutingOutcome, { kind: 'queued' }>, 'kind' | 'queueId'>;

/** In the queue, or ended because nobody is there who could ever take it. */
export function putInQueue(queue: Queue, content: QueuedContent): RoutingOutcome {
  if (isUseless(queue)) return { kind: 'ended', cause: 'failure', queueId: queue.id };
  const { priority, skills, demand, preferredAgentIds, context, isOverflow } = content;
  return { kind: 'queued', queueId: queue.id, priority, skills, demand, preferredAgentIds, context, isOverflow };
}

/** An explanation of a decision about queues, which looks at no agents. */
export function explainRouting(decision: {
  readonly kind: 'route' | 'overflow' | 'move';
  readonly facts: RoutingFacts;
  readonly queueId: Guid | null;
  readonly summary: string;
  readonly rules: readonly RuleFinding[];
}): Explanation {
  return {
    kind: decision.kind,
    decidedOn: decision.facts.now,
    queueId: decision.queueId,
    agentId: null,
    summary: decision.summary,
    rules: decision.rules,
    candidates: [],
    rejected: {},
    candidateCount: 0,
  };
}
