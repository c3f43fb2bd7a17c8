/** Interleaved A/B rounds: the machine is noisy, so only ratios from the same minutes count. */

export type Comparison = {
  readonly name: string;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly subject: number;
  readonly baseline: number;
};

/**
 * @param subject,baseline each runs once and gives a rate (higher is better)
 * @returns the median of the rounds' ratios, subject over baseline, with the extremes
 */
export async function compareRates(
  name: string,
  rounds: number,
  subject: () => Promise<number>,
  baseline: () => Promise<number>,
): Promise<Comparison> {
  const ratios: number[] = [];
  const rates: [number, number][] = [];
  for (let round = 0; round < rounds; round++) {
    // Alternating order, so that neither always follows the other.
    const isSubjectFirst = round % 2 === 0;
    const first = await (isSubjectFirst ? subject() : baseline());
    const second = await (isSubjectFirst ? baseline() : subject());
    const [mine, theirs] = isSubjectFirst ? [first, second] : [second, first];
    ratios.push(mine / theirs);
    rates.push([mine, theirs]);
  }
  const sorted = [...ratios].sort((left, right) => left - right);
  return {
    name,
    ratio: median(ratios),
    low: sorted[0] ?? 0,
    high: sorted.at(-1) ?? 0,
    subject: median(rates.map(([mine]) => mine)),
    baseline: median(rates.map(([, theirs]) => theirs)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
