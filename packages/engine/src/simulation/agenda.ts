/** What happens when, in order of time; what happens at the same instant, in the order of being planned. A binary heap. */
import type { Instant } from '../conversation/conversation.ts';

export type Agenda<Entry> = {
  plan(at: Instant, entry: Entry): void;
  /** The next one, taken out; undefined when nothing is left. */
  next(): { readonly at: Instant; readonly entry: Entry } | undefined;
};

type Planned<Entry> = { readonly at: Instant; readonly number: number; readonly entry: Entry };

export function createAgenda<Entry>(): Agenda<Entry> {
  const heap: Planned<Entry>[] = [];
  let planned = 0;
  const isBefore = (one: Planned<Entry>, other: Planned<Entry>): boolean =>
    one.at === other.at ? one.number < other.number : one.at < other.at;
  return {
    plan(at, entry) {
      const item: Planned<Entry> = { at, number: planned, entry };
      planned += 1;
      let index = heap.length;
      while (index > 0) {
        const above = (index - 1) >> 1;
        const parent = heap[above];
        if (parent === undefined || !isBefore(item, parent)) break;
        heap[index] = parent;
        index = above;
      }
      heap[index] = item;
    },
    next() {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined || first === last) return first;
      let index = 0;
      for (;;) {
        const [left, right] = [heap[2 * index + 1], heap[2 * index + 2]];
        if (left === undefined) break;
        const isLeft = right === undefined || isBefore(left, right);
        const child = isLeft ? left : right;
        if (isBefore(last, child)) break;
        heap[index] = child;
        index = 2 * index + (isLeft ? 1 : 2);
      }
      heap[index] = last;
      return first;
    },
  };
}
