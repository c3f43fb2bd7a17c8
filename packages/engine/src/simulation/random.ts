/** Repeatable chance for simulations: the same seed gives the same day on every machine. Never for secrets. */

export type Random = {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
  /** One of the entries, each as likely; undefined for none. */
  pick<T>(entries: readonly T[]): T | undefined;
};

/** The generator mulberry32: 32 bits of state, plenty for sample behaviour. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return {
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (percent) => next() * 100 < percent,
    pick: (entries) => entries[Math.floor(next() * entries.length)],
  };
}
