/** For tests: a tree without its positions, to compare trees that were read from different texts. */
export function withoutPositions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPositions);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, withoutPositions(item)]));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'position');
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutPositions(item)]));
}
