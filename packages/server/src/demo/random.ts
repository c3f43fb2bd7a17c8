/** Repeatable choices for the demo's history: the same seed gives the same rows on every machine. Never for secrets. */

export type Random = {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
  /** One of the entries, each as likely. Throws on an empty list. */
  pick<T>(entries: readonly T[]): T;
};

/** A linear congruential generator over 48 bits (the constants of POSIX drand48), which is plenty for sample data. */
export function createRandom(seed: number): Random {
  let state = BigInt(seed) * 65_536n + 0x330en;
  const next = (limit: number): number => {
    state = (state * 0x5deece66dn + 0xbn) & 0xffff_ffff_ffffn;
    return Number(state >> 16n) % limit;
  };
  return {
    between: (low, high) => low + next(high - low + 1),
    chance: (percent) => next(100) < percent,
    pick: (entries) => {
      const entry = entries[next(entries.length)];
      if (entry === undefined) throw new Error('Nothing to pick from');
      return entry;
    },
  };
}
