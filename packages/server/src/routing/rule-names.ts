/** Things that rule sets name: by id, or by a name that only one thing of its kind has. */
import type { Guid, OverflowAction } from '@parley/engine';
import { nearestName } from '../model/nearest-name.ts';

export type NameKind =
  | 'skill'
  | 'queue'
  | 'capacityProfile'
  | 'agent'
  | 'ratingValue'
  | 'overflowAction'
  | 'workStream';

export type NameFinding =
  | { readonly kind: 'found'; readonly id: Guid }
  | { readonly kind: 'unknown'; readonly nearest: string | undefined }
  /** Several things have this name: only an id says which. */
  | { readonly kind: 'ambiguous' };

export type RuleNames = {
  find(kind: NameKind, text: string): NameFinding;
  /** A rating value over its model, from 0 to 1. */
  rating(id: Guid): number;
  /** What a row of `msdyn_overflowactionconfig` does; undefined when its row is unusable. */
  overflowAction(id: Guid): OverflowAction | undefined;
};

export type NamedThing = { readonly id: Guid; readonly names: readonly string[] };

/** For checks without a database: every name is somebody's. */
export const anyName: RuleNames = {
  find: (_kind, text) => ({ kind: 'found', id: text }),
  rating: () => 1,
  overflowAction: () => ({ kind: 'assignAnyway' }),
};

/** @param things by kind, all that exist; names compare without regard to case */
export function createRuleNames(
  things: Readonly<Record<NameKind, readonly NamedThing[]>>,
  { rating, overflowAction }: Pick<RuleNames, 'rating' | 'overflowAction'>,
): RuleNames {
  // Indexed when first asked for: most organisations name few kinds, and one of them can be ten thousand agents.
  const indexes = new Map<NameKind, ReadonlyMap<string, Guid | 'ambiguous'>>();
  const indexOf = (kind: NameKind): ReadonlyMap<string, Guid | 'ambiguous'> => {
    const index = indexes.get(kind) ?? indexNames(things[kind]);
    indexes.set(kind, index);
    return index;
  };
  return {
    find(kind, text) {
      const found = indexOf(kind).get(text.toLowerCase());
      if (found === 'ambiguous') return { kind: 'ambiguous' };
      if (found !== undefined) return { kind: 'found', id: found };
      const names = things[kind].flatMap((thing) => thing.names);
      return { kind: 'unknown', nearest: nearestName(text, names) };
    },
    rating,
    overflowAction,
  };
}

function indexNames(things: readonly NamedThing[]): ReadonlyMap<string, Guid | 'ambiguous'> {
  const index = new Map<string, Guid | 'ambiguous'>();
  for (const { id, names } of things) {
    for (const name of new Set(names.map((text) => text.toLowerCase()))) {
      const other = index.get(name);
      index.set(name, other === undefined || other === id ? id : 'ambiguous');
    }
  }
  // Ids win over names that look like one.
  for (const { id } of things) index.set(id, id);
  return index;
}
