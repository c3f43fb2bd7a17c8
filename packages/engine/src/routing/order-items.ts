/**
 * In which order conversations get their chance: higher priority first, inside it first in first out; with custom assignment by the
 * queue's own buckets. Across queues: by priority group, the default queues of a group before its other ones. Behaviour reference,
 * section 4.3.
 */
import type { Conversation } from '../conversation/conversation.ts';
import { compareScalars, compareTexts } from './compare-scalars.ts';
import { evaluateCondition, readPath } from './condition.ts';
import type { PrioritizationRule, Queue, Subject } from './configuration.ts';
import type { QueueLine } from './queue-line.ts';

export type WaitingItem = {
  readonly line: QueueLine;
  readonly conversation: Conversation;
  /** Rule of the queue's own prioritisation that it fell under. */
  readonly bucket?: { readonly index: number; readonly name: string | null };
};

/** Orders the conversations of one queue. `subjectOf` is asked only where a queue has rules of its own. */
export function orderItems(
  line: QueueLine,
  waiting: readonly Conversation[],
  subjectOf: (conversation: Conversation) => Subject,
): readonly WaitingItem[] {
  const { method } = line.queue;
  if (method.kind === 'custom' && method.prioritization.length > 0) {
    return orderByRules(line, waiting, method.prioritization, subjectOf);
  }
  return waiting
    .map((conversation) => ({ line, conversation }))
    .sort(
      (one, other) =>
        other.conversation.routing.priority - one.conversation.routing.priority ||
        compareAge(one.conversation, other.conversation),
    );
}

function orderByRules(
  line: QueueLine,
  waiting: readonly Conversation[],
  rules: readonly PrioritizationRule[],
  subjectOf: (conversation: Conversation) => Subject,
): readonly WaitingItem[] {
  const keyed = waiting.map((conversation) => {
    const subject = subjectOf(conversation);
    const found = rules.findIndex((rule) => evaluateCondition(rule.when, subject));
    const rule = rules[found];
    const key = rule?.orderBy === undefined ? null : readPath(subject, rule.orderBy.path);
    const bucket = { index: rule === undefined ? rules.length : found, name: rule?.name ?? null };
    return { item: { line, conversation, bucket }, key, descending: rule?.orderBy?.descending === true };
  });
  keyed.sort(
    (one, other) =>
      one.item.bucket.index - other.item.bucket.index ||
      compareScalars(one.key, other.key, one.descending) ||
      compareAge(one.item.conversation, other.item.conversation),
  );
  return keyed.map(({ item }) => item);
}

/** First in first out; the id decides where two came at the same millisecond. */
function compareAge(one: Conversation, other: Conversation): number {
  return one.routing.queuedOn - other.routing.queuedOn || compareTexts(one.id, other.id);
}

/** Merges the ordered items of all queues into the order of the cycle. */
export function orderAcrossQueues(perQueue: readonly (readonly WaitingItem[])[]): readonly WaitingItem[] {
  const groups = new Map<number, (readonly WaitingItem[])[]>();
  for (const items of perQueue) {
    const priority = items[0]?.line.queue.priority;
    if (priority === undefined) continue;
    const group = groups.get(priority);
    if (group === undefined) groups.set(priority, [items]);
    else group.push(items);
  }
  const ordered = [...groups].sort(([one], [other]) => one - other);
  return ordered.flatMap(([, group]) => orderGroup(group));
}

function orderGroup(group: readonly (readonly WaitingItem[])[]): readonly WaitingItem[] {
  const defaults = group.filter((items) => items[0]?.line.queue.isDefault === true);
  const custom = group
    .filter((items) => items[0]?.line.queue.isDefault === false)
    .sort((one, other) => compareQueues(one[0]?.line.queue, other[0]?.line.queue));
  return [...mergeByAge(defaults), ...custom.flat()];
}

function compareQueues(one: Queue | undefined, other: Queue | undefined): number {
  if (one === undefined || other === undefined) return 0;
  return compareTexts(one.name.toLowerCase(), other.name.toLowerCase()) || compareTexts(one.id, other.id);
}

/** The oldest of the queues' first items, again and again: each queue keeps its own order. */
function mergeByAge(queues: readonly (readonly WaitingItem[])[]): readonly WaitingItem[] {
  const merged: WaitingItem[] = [];
  const heads = queues.map((items) => ({ items, next: 0 }));
  for (;;) {
    let oldest: { readonly head: (typeof heads)[number]; readonly item: WaitingItem } | undefined;
    for (const head of heads) {
      const item = head.items[head.next];
      if (item === undefined) continue;
      if (oldest === undefined || compareAge(item.conversation, oldest.item.conversation) < 0) oldest = { head, item };
    }
    if (oldest === undefined) return merged;
    merged.push(oldest.item);
    oldest.head.next += 1;
  }
}
