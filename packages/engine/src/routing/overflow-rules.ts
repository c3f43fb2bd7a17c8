/** Which overflow rule of a queue applies, and whether its action is possible. Behaviour reference, section 4.7. */
import type { ConversationKind } from '../conversation/conversation.ts';
import { isOpen } from '../hours/operating-hours.ts';
import type {
  OverflowAction,
  OverflowCondition,
  OverflowRule,
  Queue,
  RoutingConfiguration,
  RoutingFacts,
} from './configuration.ts';

/** What hours of a queue mean when it has no rule about them. */
const assignOutsideHours: OverflowRule = {
  name: 'Outside operating hours',
  when: { kind: 'outsideHours' },
  action: { kind: 'assignAnyway' },
};

/** Whether the queue works at the moment. A queue without hours always does. */
export function isQueueOpen(queue: Queue, configuration: RoutingConfiguration, facts: RoutingFacts): boolean {
  const hours = queue.operatingHourId === null ? undefined : configuration.operatingHours.get(queue.operatingHourId);
  return hours === undefined || isOpen(hours, facts.now);
}

/** The rules whose condition is met before a conversation enters: outside hours first, then as listed. Empty: no overflow. */
export function findPreQueueOverflow(
  queue: Queue,
  configuration: RoutingConfiguration,
  facts: RoutingFacts,
): readonly OverflowRule[] {
  const hasHoursRule = queue.preQueueOverflow.some((rule) => rule.when.kind === 'outsideHours');
  const rules =
    hasHoursRule || queue.operatingHourId === null
      ? queue.preQueueOverflow
      : [assignOutsideHours, ...queue.preQueueOverflow];
  return selectMet(rules, queue, 0, configuration, facts);
}

/** The rules whose condition is met for a conversation that has waited in the queue for some seconds: outside hours first, then as listed. */
export function findInQueueOverflow(
  queue: Queue,
  waitedSeconds: number,
  configuration: RoutingConfiguration,
  facts: RoutingFacts,
): readonly OverflowRule[] {
  return selectMet(queue.inQueueOverflow, queue, waitedSeconds, configuration, facts);
}

function selectMet(
  rules: readonly OverflowRule[],
  queue: Queue,
  waitedSeconds: number,
  configuration: RoutingConfiguration,
  facts: RoutingFacts,
): readonly OverflowRule[] {
  if (rules.length === 0) return rules;
  return rules
    .filter(({ when }) => isMet(when, queue, waitedSeconds, configuration, facts))
    .sort((first, second) => rankOf(first) - rankOf(second));
}

function isMet(
  when: OverflowCondition,
  queue: Queue,
  waitedSeconds: number,
  configuration: RoutingConfiguration,
  facts: RoutingFacts,
): boolean {
  const load = facts.loads.get(queue.id);
  switch (when.kind) {
    case 'outsideHours':
      return !isQueueOpen(queue, configuration, facts);
    case 'queueLength':
      return (load?.waiting ?? 0) >= when.atLeast;
    case 'averageWait':
      return (load?.averageWaitSeconds ?? -1) >= when.atLeastSeconds;
    case 'waitingLonger':
      return waitedSeconds > 0 && waitedSeconds >= when.seconds;
  }
}

function rankOf(rule: OverflowRule): number {
  return rule.when.kind === 'outsideHours' ? 0 : 1;
}

/** Why the action cannot be carried out for this kind of conversation; undefined: it can. */
export function findObstacle(
  action: OverflowAction,
  kind: ConversationKind,
  from: Queue,
  configuration: RoutingConfiguration,
): string | undefined {
  if (action.kind === 'assignAnyway') return undefined;
  if (action.kind !== 'transfer') return kind === 'record' ? 'records are not ended by overflow' : undefined;
  const target = configuration.queues.get(action.queueId);
  if (target === undefined) return 'its target queue does not exist';
  if (target.id === from.id) return 'its target is the same queue';
  if (target.kind !== from.kind) return 'its target is a queue of another kind';
  return isUseless(target) ? 'its target queue has no agents' : undefined;
}

/** Nobody could ever take a conversation from there; records may wait for somebody to join. */
export function isUseless(queue: Queue): boolean {
  return queue.agentIds.length === 0 && queue.kind !== 'record';
}

/** Kind of queue that conversations of this kind wait in. */
export function queueKindOf(kind: ConversationKind): Queue['kind'] {
  return kind === 'voice' || kind === 'record' ? kind : 'messaging';
}

/** What the action does, for people. */
export function describeAction(action: OverflowAction, configuration: RoutingConfiguration): string {
  switch (action.kind) {
    case 'assignAnyway':
      return 'queue anyway';
    case 'end':
      return 'end';
    case 'transfer':
      return `move to queue ${configuration.queues.get(action.queueId)?.name ?? action.queueId}`;
    case 'callback':
    case 'voicemail':
    case 'external':
      return `${action.kind}${action.target === undefined ? '' : ` ${action.target}`}`;
  }
}
