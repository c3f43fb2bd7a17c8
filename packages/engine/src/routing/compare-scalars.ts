/** Order of facts whose type nobody knows before. */
import type { Scalar } from './configuration.ts';

/** Negative: `one` comes first. Numbers before texts, texts without regard to case, nothing at all last in both directions. */
export function compareScalars(one: Scalar, other: Scalar, descending: boolean): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  const direction = descending ? -1 : 1;
  if (typeof one === 'number' && typeof other === 'number') {
    const difference = one - other;
    if (Number.isFinite(difference)) return difference * direction;
  }
  const [first, second] = [Number(one), Number(other)];
  if (Number.isFinite(first) && Number.isFinite(second)) return (first - second) * direction;
  if (Number.isFinite(first) !== Number.isFinite(second)) return Number.isFinite(first) ? -direction : direction;
  return compareTexts(String(one).toLowerCase(), String(other).toLowerCase()) * direction;
}

/** By code unit: the same order on every machine. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
