/** What a resource path addresses, against the table model. */
import type { Parentheses, PathSegment, ResourcePath, SystemQueryOptions } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { nearestName } from '../../model/nearest-name.ts';
import {
  type Column,
  type ManyToMany,
  type ManyToOne,
  type OneToMany,
  type Table,
  type TableModel,
  tableNamed,
} from '../../model/table-model.ts';
import { type RowIdentity, resolveKey } from '../plan/entity-reference.ts';

export type RowAddress = { readonly table: Table } & RowIdentity;

export type Resource =
  | { readonly kind: 'serviceDocument' | 'metadataDocument' | 'batch' | 'definitions' }
  | { readonly kind: 'collection'; readonly table: Table }
  | { readonly kind: 'collectionCount'; readonly table: Table }
  | { readonly kind: 'row'; readonly row: RowAddress }
  | { readonly kind: 'property'; readonly row: RowAddress; readonly column: Column; readonly isRaw: boolean }
  /** `row/nav`, after any number of single-valued steps from the row in the URL. */
  | {
      readonly kind: 'lookup';
      readonly row: RowAddress;
      readonly steps: readonly ManyToOne[];
      readonly navigation: ManyToOne;
      readonly isReference: boolean;
    }
  | {
      readonly kind: 'related';
      readonly row: RowAddress;
      readonly steps: readonly ManyToOne[];
      readonly navigation: OneToMany | ManyToMany;
      readonly table: Table;
      readonly suffix: '$ref' | '$count' | undefined;
      /** `row/nav(key)`: one row of the collection. */
      readonly member: RowAddress | undefined;
    }
  | {
      readonly kind: 'steppedProperty';
      readonly row: RowAddress;
      readonly steps: readonly ManyToOne[];
      readonly column: Column;
      readonly isRaw: boolean;
    }
  | {
      readonly kind: 'operation';
      readonly name: string;
      readonly bound: { readonly table: Table; readonly row: RowAddress | undefined } | undefined;
      readonly parentheses: Parentheses | undefined;
    };

type Name = Extract<PathSegment, { kind: 'name' }>;

const definitionSets: ReadonlySet<string> = new Set([
  'EntityDefinitions',
  'RelationshipDefinitions',
  'GlobalOptionSetDefinitions',
  'ManagedPropertyDefinitions',
]);
const qualifier = 'Microsoft.Dynamics.CRM.';

/**
 * @param operations names of unbound functions and actions
 * @throws WebApiError resourceNotFound for a segment that names nothing
 */
export function resolveResource(
  model: TableModel,
  path: ResourcePath,
  aliases: SystemQueryOptions['aliases'],
  operations: ReadonlySet<string>,
): Resource {
  const [first, second] = path;
  if (first === undefined) return { kind: 'serviceDocument' };
  if (first.kind === '$metadata' && second === undefined) return { kind: 'metadataDocument' };
  if (first.kind === '$batch' && second === undefined) return { kind: 'batch' };
  if (first.kind !== 'name') return failSegment(segmentText(first), []);
  if (definitionSets.has(first.name)) return { kind: 'definitions' };
  const table = model.entitySets.get(first.name);
  if (table === undefined) {
    if (operations.has(first.name) && second === undefined)
      return { kind: 'operation', name: first.name, bound: undefined, parentheses: first.parentheses };
    return failSegment(first.name, [...model.entitySets.keys(), ...operations]);
  }
  if (first.parentheses === undefined || first.parentheses.kind === 'empty')
    return resolveCollection(table, path.slice(1));
  return resolveRow(model, { table, ...resolveKey(table, first, aliases) }, path.slice(1), aliases);
}

function segmentText(segment: PathSegment): string {
  return segment.kind === 'name' ? segment.name : segment.kind;
}

function failSegment(segment: string, candidates: readonly string[]): never {
  const nearest = nearestName(segment, candidates);
  throw new WebApiError('resourceNotFound', {
    segment,
    hint: nearest === undefined ? '' : ` Did you mean '${nearest}'?`,
  });
}

function resolveCollection(table: Table, rest: ResourcePath): Resource {
  const [next, after] = rest;
  if (next === undefined) return { kind: 'collection', table };
  if (after !== undefined) return failSegment(segmentText(after), []);
  if (next.kind === '$count') return { kind: 'collectionCount', table };
  if (next.kind === 'name' && next.isQualified) return operation(next, { table, row: undefined });
  return failSegment(segmentText(next), []);
}

function operation(segment: Name, bound: { table: Table; row: RowAddress | undefined }): Resource {
  if (!segment.name.startsWith(qualifier)) return failSegment(segment.name, []);
  return { kind: 'operation', name: segment.name.slice(qualifier.length), bound, parentheses: segment.parentheses };
}

function resolveRow(
  model: TableModel,
  row: RowAddress,
  rest: ResourcePath,
  aliases: SystemQueryOptions['aliases'],
): Resource {
  const steps: ManyToOne[] = [];
  let { table } = row;
  for (const [index, segment] of rest.entries()) {
    const following = rest.slice(index + 1);
    if (segment.kind !== 'name') return failSegment(segmentText(segment), []);
    if (segment.isQualified)
      return following.length === 0 && steps.length === 0
        ? operation(segment, { table, row })
        : failSegment(segment.name, []);
    const column = table.properties.get(segment.name);
    if (column !== undefined && segment.parentheses === undefined)
      return resolveProperty(row, steps, column, following);
    const navigation = table.navigation.get(segment.name);
    if (navigation === undefined)
      return failSegment(segment.name, [...table.properties.keys(), ...table.navigation.keys()]);
    if (navigation.kind !== 'manyToOne')
      return resolveRelated(model, row, steps, navigation, segment, following, aliases);
    if (segment.parentheses !== undefined) return failSegment(segment.name, []);
    const [next] = following;
    if (next === undefined) return { kind: 'lookup', row, steps, navigation, isReference: false };
    if (next.kind === '$ref' && following.length === 1)
      return { kind: 'lookup', row, steps, navigation, isReference: true };
    if (navigation.referencedTable === 'principal') return failSegment(segmentText(next), []);
    steps.push(navigation);
    table = tableNamed(model, navigation.referencedTable);
  }
  return { kind: 'row', row };
}

function resolveProperty(
  row: RowAddress,
  steps: readonly ManyToOne[],
  column: Column,
  following: ResourcePath,
): Resource {
  const [next, after] = following;
  if (after !== undefined || (next !== undefined && next.kind !== '$value'))
    return failSegment(segmentText(after ?? next ?? { kind: '$value', position: 0 }), []);
  const isRaw = next !== undefined;
  return steps.length === 0
    ? { kind: 'property', row, column, isRaw }
    : { kind: 'steppedProperty', row, steps, column, isRaw };
}

function resolveRelated(
  model: TableModel,
  row: RowAddress,
  steps: readonly ManyToOne[],
  navigation: OneToMany | ManyToMany,
  segment: Name,
  following: ResourcePath,
  aliases: SystemQueryOptions['aliases'],
): Resource {
  const table = tableNamed(
    model,
    navigation.kind === 'oneToMany' ? navigation.relationship.referencingTable : navigation.otherTable,
  );
  const hasKey = segment.parentheses !== undefined && segment.parentheses.kind !== 'empty';
  const member = hasKey ? { table, ...resolveKey(table, segment, aliases) } : undefined;
  const [next, after] = following;
  if (after !== undefined) return failSegment(segmentText(after), []);
  if (next === undefined) return { kind: 'related', row, steps, navigation, table, suffix: undefined, member };
  if (next.kind !== '$ref' && next.kind !== '$count') return failSegment(segmentText(next), []);
  if (next.kind === '$count' && member !== undefined) return failSegment('$count', []);
  return { kind: 'related', row, steps, navigation, table, suffix: next.kind, member };
}
