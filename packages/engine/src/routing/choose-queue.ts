/**
 * Route to queue: the first matching rule whose queue does not overflow wins. When all of them overflow: the one that is open, else the
 * one that opens first, with its overflow action. No rule: the fallback queue. Behaviour reference, section 4.1, stages 4 and 5.
 */
import { nextChange } from '../hours/operating-hours.ts';
import { evaluateCondition } from './condition.ts';
import type {
  OverflowRule,
  Queue,
  RouteRule,
  RoutingConfiguration,
  RoutingFacts,
  Subject,
  WorkStream,
} from './configuration.ts';
import type { RuleFinding } from './explanation.ts';
import { describeAction, findPreQueueOverflow, isQueueOpen, queueKindOf } from './overflow-rules.ts';
import { hashToPercent } from './percentage.ts';

export type QueueChoice = {
  /** Null: the work stream's fallback queue does not exist. */
  readonly queue: Queue | null;
  /** Overflow rules that are met for the chosen queue and have to act; empty: it takes the conversation. */
  readonly overflow: readonly OverflowRule[];
  readonly rules: readonly RuleFinding[];
};

export type ChooseQueueInput = {
  readonly workStream: WorkStream;
  readonly subject: Subject;
  readonly configuration: RoutingConfiguration;
  readonly facts: RoutingFacts;
  /** The same text gets the same queue of a percentage split. */
  readonly seed: string;
  /** Overflow before queueing acts once in a conversation's life. */
  readonly isOverflowChecked: boolean;
};

type Overflowing = {
  readonly rule: RouteRule;
  readonly queue: Queue;
  readonly met: readonly OverflowRule[];
  readonly looked: number;
};

/** Findings about rules whose queue overflows; more are only counted. */
const maximumOverflowFindings = 10;

/** The queue of the first rule that can have it. Total: a rule whose queue is gone or of another kind is passed over. */
export function chooseQueue(input: ChooseQueueInput): QueueChoice {
  const { workStream, configuration, facts } = input;
  const overflowing: Overflowing[] = [];
  for (const [looked, rule] of workStream.routes.entries()) {
    if (!evaluateCondition(rule.when, input.subject)) continue;
    const queue = pickOfSplit(rule, input);
    if (queue === undefined) continue;
    const isChecked = rule.ignoresOverflow !== true && !input.isOverflowChecked;
    const met = isChecked ? findPreQueueOverflow(queue, configuration, facts) : [];
    if (met.length === 0) {
      return { queue, overflow: [], rules: [...findingsOf(overflowing, input), routeFinding(rule, queue, looked)] };
    }
    overflowing.push({ rule, queue, met, looked });
  }
  const least = chooseOverflowing(overflowing, input);
  if (least !== undefined) {
    const finding = routeFinding(least.rule, least.queue, least.looked);
    return { queue: least.queue, overflow: least.met, rules: [...findingsOf(overflowing, input), finding] };
  }
  return fallBack(workStream, configuration);
}

function pickOfSplit(rule: RouteRule, { workStream, configuration, seed }: ChooseQueueInput): Queue | undefined {
  const kind = queueKindOf(workStream.kind);
  const usable = rule.queues
    .map(({ queueId, percent }) => ({ queue: configuration.queues.get(queueId), percent }))
    .filter(({ queue }) => queue?.kind === kind);
  const total = usable.reduce((sum, { percent }) => sum + percent, 0);
  // The rule's name is part of the hash, so that two splits are independent of each other.
  let left = (hashToPercent(`${seed}\n${rule.name}`) * total) / 100;
  for (const { queue, percent } of usable) {
    if (left < percent) return queue;
    left -= percent;
  }
  return usable.at(-1)?.queue;
}

function chooseOverflowing(overflowing: readonly Overflowing[], input: ChooseQueueInput): Overflowing | undefined {
  const open = overflowing.find(({ queue }) => isQueueOpen(queue, input.configuration, input.facts));
  if (open !== undefined) return open;
  let best: { readonly entry: Overflowing; readonly opensOn: number } | undefined;
  for (const entry of overflowing) {
    const hours = input.configuration.operatingHours.get(entry.queue.operatingHourId ?? '');
    const opensOn =
      hours === undefined ? input.facts.now : (nextChange(hours, input.facts.now).opensOn ?? Number.POSITIVE_INFINITY);
    if (best === undefined || opensOn < best.opensOn) best = { entry, opensOn };
  }
  return best?.entry;
}

function fallBack(workStream: WorkStream, configuration: RoutingConfiguration): QueueChoice {
  const queue = configuration.queues.get(workStream.fallbackQueueId) ?? null;
  const finding: RuleFinding = {
    stage: 'route',
    rule: null,
    looked: workStream.routes.length,
    effect: queue === null ? 'the fallback queue does not exist' : `fallback queue ${queue.name}`,
  };
  return { queue, overflow: [], rules: [finding] };
}

function routeFinding(rule: RouteRule, queue: Queue, looked: number): RuleFinding {
  const share = rule.queues.find(({ queueId }) => queueId === queue.id)?.percent ?? 100;
  const effect = share === 100 ? `queue ${queue.name}` : `queue ${queue.name} (${share} percent)`;
  return { stage: 'route', rule: rule.name, looked, effect };
}

function findingsOf(overflowing: readonly Overflowing[], { configuration }: ChooseQueueInput): readonly RuleFinding[] {
  return overflowing.slice(0, maximumOverflowFindings).map(({ rule, queue, met, looked }) => {
    const first = met[0];
    const action = first === undefined ? '' : `: ${first.name}, would ${describeAction(first.action, configuration)}`;
    return { stage: 'route', rule: rule.name, looked, effect: `queue ${queue.name} overflows${action}` };
  });
}
