/** Overflow of a conversation that waits in a queue: what happens when its timer fires. Behaviour reference, section 4.7. */
import type { OverflowOutcome } from '../conversation/command.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Queue, RoutingConfiguration, RoutingFacts } from './configuration.ts';
import { enterQueue, explainRouting } from './enter-queue.ts';
import type { Explanation, RuleFinding } from './explanation.ts';
import { describeAction, findInQueueOverflow, findObstacle } from './overflow-rules.ts';

export type InQueueOverflow = {
  /** Null: no rule has anything to say, now or later. */
  readonly outcome: OverflowOutcome | null;
  readonly explanation: Explanation;
};

/**
 * What overflow says about a waiting conversation now: end it, move it, look again later, or nothing. Waiting time counts from entering
 * the queue. An action that is impossible (its queue is gone, of another kind or without agents) gives way to the next rule.
 */
export function inQueueOverflow(
  conversation: Conversation,
  queue: Queue,
  configuration: RoutingConfiguration,
  facts: RoutingFacts,
): InQueueOverflow {
  const waitedSeconds = (facts.now - conversation.routing.enteredQueueOn) / 1000;
  const met = findInQueueOverflow(queue, waitedSeconds, configuration, facts);
  const skipped: RuleFinding[] = [];
  for (const [looked, rule] of met.entries()) {
    const obstacle = findObstacle(rule.action, conversation.kind, queue, configuration);
    const effect = obstacle === undefined ? describeAction(rule.action, configuration) : `cannot act: ${obstacle}`;
    const finding: RuleFinding = { stage: 'overflow', ruleSet: queue.name, rule: rule.name, looked, effect };
    if (obstacle !== undefined) {
      skipped.push(finding);
      continue;
    }
    // Staying where it is needs no change; rules about more waiting time may still come.
    if (rule.action.kind === 'assignAnyway') return waitOn(conversation, queue, facts, [...skipped, finding]);
    const outcome: OverflowOutcome | null =
      rule.action.kind === 'transfer' ? move(conversation, rule.action.queueId, configuration, facts) : { kind: 'end' };
    if (outcome === null) continue;
    const summary = `Waited ${Math.floor(waitedSeconds)} s in queue ${queue.name}: ${effect}.`;
    return { outcome, explanation: explain(queue, facts, summary, [...skipped, finding]) };
  }
  return waitOn(conversation, queue, facts, skipped);
}

function move(
  conversation: Conversation,
  queueId: string,
  configuration: RoutingConfiguration,
  facts: RoutingFacts,
): OverflowOutcome | null {
  const entered = enterQueue({ conversation, queueId, cause: 'overflow', configuration, facts });
  return entered.kind === 'refused' ? null : { kind: 'move', routing: entered.outcome };
}

function waitOn(
  conversation: Conversation,
  queue: Queue,
  facts: RoutingFacts,
  rules: readonly RuleFinding[],
): InQueueOverflow {
  let dueOn = Number.POSITIVE_INFINITY;
  for (const { when } of queue.inQueueOverflow) {
    if (when.kind !== 'waitingLonger') continue;
    const due = conversation.routing.enteredQueueOn + when.seconds * 1000;
    if (due > facts.now && due < dueOn) dueOn = due;
  }
  const finding: RuleFinding = {
    stage: 'overflow',
    ruleSet: queue.name,
    rule: null,
    looked: queue.inQueueOverflow.length,
  };
  const summary = `Stays in queue ${queue.name}: no overflow rule acts.`;
  const explanation = explain(queue, facts, summary, rules.length === 0 ? [finding] : rules);
  return { outcome: Number.isFinite(dueOn) ? { kind: 'wait', dueOn } : null, explanation };
}

function explain(queue: Queue, facts: RoutingFacts, summary: string, rules: readonly RuleFinding[]): Explanation {
  return explainRouting({ kind: 'overflow', facts, queueId: queue.id, summary, rules });
}
