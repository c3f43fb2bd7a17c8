/**
 * From a conversation to its queue: classification, route to queue, overflow before queueing. Run when it starts and whenever it has to
 * find a queue again. Behaviour reference, section 4.1.
 */
import type { Guid, RoutingState } from '../conversation/conversation.ts';
import type { RoutingOutcome } from '../conversation/policy.ts';
import { chooseQueue, type QueueChoice } from './choose-queue.ts';
import { type Classification, classify } from './classify.ts';
import { readPath } from './condition.ts';
import type { Queue, RoutingConfiguration, RoutingFacts, Subject, WorkStream } from './configuration.ts';
import { explainRouting, putInQueue } from './enter-queue.ts';
import type { Explanation, RuleFinding } from './explanation.ts';
import { describeAction, findObstacle } from './overflow-rules.ts';

export type RouteConversationInput = {
  /** Null: it does not exist yet. Its priority is where classification starts. */
  readonly conversation: { readonly id: Guid; readonly priority?: number } | null;
  readonly workStream: WorkStream;
  readonly subject: Subject;
  readonly configuration: RoutingConfiguration;
  readonly facts: RoutingFacts;
  /** What routing found out the last time: skills and profiles are kept, overflow is not asked again. */
  readonly previous?: RoutingState;
  /** The conversation's id: decides percentage splits. */
  readonly seed: string;
};

export type RouteConversationResult = { readonly outcome: RoutingOutcome; readonly explanation: Explanation };

/** Where the conversation goes and why. Total: whatever rules say, the answer is a queue or an end. */
export function routeConversation(input: RouteConversationInput): RouteConversationResult {
  const { workStream, configuration, facts, previous } = input;
  const classification = classify({
    workStream,
    subject: input.subject,
    priority: firstPriority(input),
    previous,
  });
  const choice = chooseQueue({
    workStream,
    subject: classification.subject,
    configuration,
    facts,
    seed: input.seed,
    isOverflowChecked: previous?.isOverflowChecked ?? false,
  });
  const rules = [...classification.rules, ...choice.rules];
  if (choice.queue === null) {
    const summary = `Ended: work stream ${workStream.name} has no queue for it.`;
    const explanation = explainRouting({ kind: 'route', facts, queueId: null, summary, rules });
    return { outcome: { kind: 'ended', cause: 'failure', queueId: null }, explanation };
  }
  const { outcome, finding } = applyOverflow(choice.queue, choice, classification, input);
  const explanation = explainRouting({
    kind: outcome.kind === 'ended' && outcome.cause === 'overflow' ? 'overflow' : 'route',
    facts,
    queueId: outcome.queueId,
    summary: summarize(outcome, choice.queue, configuration),
    rules: finding === undefined ? rules : [...rules, finding],
  });
  return { outcome, explanation };
}

function firstPriority({ conversation, previous, subject }: RouteConversationInput): number {
  const stated = readPath(subject, 'conversation.priority');
  return previous?.priority ?? conversation?.priority ?? (typeof stated === 'number' ? stated : 0);
}

function applyOverflow(
  queue: Queue,
  choice: QueueChoice,
  classification: Classification,
  { workStream, configuration }: RouteConversationInput,
): { readonly outcome: RoutingOutcome; readonly finding: RuleFinding | undefined } {
  const content = { ...classification, isOverflow: false };
  const skipped: string[] = [];
  for (const [index, rule] of choice.overflow.entries()) {
    const obstacle = findObstacle(rule.action, workStream.kind, queue, configuration);
    if (obstacle !== undefined) {
      skipped.push(`${rule.name} cannot act: ${obstacle}`);
      continue;
    }
    const effect = [...skipped, describeAction(rule.action, configuration)].join('; ');
    const finding: RuleFinding = { stage: 'overflow', ruleSet: queue.name, rule: rule.name, looked: index, effect };
    if (rule.action.kind === 'assignAnyway') return { outcome: putInQueue(queue, content), finding };
    const target = rule.action.kind === 'transfer' ? configuration.queues.get(rule.action.queueId) : undefined;
    const outcome: RoutingOutcome =
      target === undefined
        ? { kind: 'ended', cause: 'overflow', queueId: queue.id }
        : putInQueue(target, { ...content, isOverflow: true });
    return { outcome, finding };
  }
  const finding: RuleFinding | undefined =
    skipped.length === 0
      ? undefined
      : {
          stage: 'overflow',
          ruleSet: queue.name,
          rule: null,
          looked: skipped.length,
          effect: skipped.slice(0, 3).join('; '),
        };
  return { outcome: putInQueue(queue, content), finding };
}

function summarize(outcome: RoutingOutcome, chosen: Queue, configuration: RoutingConfiguration): string {
  if (outcome.kind === 'ended') {
    return outcome.cause === 'overflow'
      ? `Ended: queue ${chosen.name} overflows.`
      : `Ended: queue ${chosen.name} has no agents.`;
  }
  const name = configuration.queues.get(outcome.queueId)?.name ?? outcome.queueId;
  const skills = outcome.skills.length === 1 ? '1 skill' : `${outcome.skills.length} skills`;
  const origin = outcome.isOverflow ? `, because queue ${chosen.name} overflows` : '';
  return `Waits in queue ${name} with priority ${outcome.priority} and ${skills}${origin}.`;
}
