/** Random numbers that a seed repeats. What several processes do at once is not repeated by it, only what each of the people tries. */

/** From 0 up to but not including 1. */
export type Random = () => number;

/** Mulberry32: small, and good enough to throw dice. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @returns undefined for an empty list */
export function chooseOne<Item>(random: Random, items: readonly Item[]): Item | undefined {
  return items[Math.floor(random() * items.length)];
}
