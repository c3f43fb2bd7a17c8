/** What happens when, in order of time; what happens at the same instant, in the order of being planned. A binary heap. */
import type { Instant } from '../conversation/conversation.ts';

export type Agenda<Entry> = {
  plan(at: Instant, entry: Entry): void;
  /** The next one, taken out; undefined when nothing is left. */
  next(): { readonly at: Instant; readonly entry: Entry } | undefined;
};

export function createAgenda<Entry>(): Agenda<Entry> {
  // Side by side: numbers that lie close together are compared much faster than those of objects all over the memory.
  const times: Instant[] = [];
  const numbers: number[] = [];
  const entries: Entry[] = [];
  let size = 0;
  let planned = 0;
  /** Whether what stands at the index comes before this. */
  const isBefore = (index: number, at: Instant, number: number): boolean => {
    const there = times[index] ?? 0;
    return there === at ? (numbers[index] ?? 0) < number : there < at;
  };
  const put = (index: number, at: Instant, number: number, entry: Entry): void => {
    times[index] = at;
    numbers[index] = number;
    entries[index] = entry;
  };
  const move = (from: number, to: number): void => {
    put(to, times[from] ?? 0, numbers[from] ?? 0, entries[from] as Entry);
  };
  return {
    plan(at, entry) {
      const number = planned;
      planned += 1;
      let index = size;
      size += 1;
      while (index > 0) {
        const above = (index - 1) >> 1;
        if (isBefore(above, at, number)) break;
        move(above, index);
        index = above;
      }
      put(index, at, number, entry);
    },
    next() {
      if (size === 0) return undefined;
      const first = { at: times[0] ?? 0, entry: entries[0] as Entry };
      const at = times.pop() ?? 0;
      const number = numbers.pop() ?? 0;
      const last = entries.pop() as Entry;
      size -= 1;
      if (size === 0) return first;
      let index = 0;
      for (;;) {
        const left = 2 * index + 1;
        if (left >= size) break;
        const right = left + 1;
        const child = right < size && isBefore(right, times[left] ?? 0, numbers[left] ?? 0) ? right : left;
        if (!isBefore(child, at, number)) break;
        move(child, index);
        index = child;
      }
      put(index, at, number, last);
      return first;
    },
  };
}
