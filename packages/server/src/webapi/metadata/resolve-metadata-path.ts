/** Walks the path of a metadata request: sets, keys, casts and navigation, and what the context URL calls the place. */
import type { Parentheses, PathSegment, ResourcePath, SystemQueryOptions } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import type { MetadataCatalog } from './metadata-catalog.ts';
import { isRecordList, type MetadataRecord } from './metadata-record.ts';
import { alternateKeyOf, isKindOf, metadataSets, metadataTypes, navigationOf, typeChain } from './metadata-types.ts';

/** Where a path has led: a list of records, or one record (undefined: the navigation is empty). */
export type MetadataPlace = {
  /** The type that the place promises; records may be of types derived from it. */
  readonly typeName: string;
  /** The place in a context URL, without the key of the last item. */
  readonly context: string;
} & (
  | { readonly kind: 'list'; readonly records: readonly MetadataRecord[] }
  | { readonly kind: 'one'; readonly record: MetadataRecord | undefined; readonly pathWithKey: string }
);

const nameSpace = 'Microsoft.Dynamics.CRM.';

/** True when the path belongs to the metadata endpoints and not to a table. */
export function isMetadataPath(path: ResourcePath): boolean {
  const first = path[0];
  return first?.kind === 'name' && Object.hasOwn(metadataSets, first.name);
}

/** @throws WebApiError resourceNotFound for an unknown segment, metadataNotFound for an unknown key */
export function resolveMetadataPath(
  path: ResourcePath,
  catalog: MetadataCatalog,
  aliases: SystemQueryOptions['aliases'],
): MetadataPlace {
  let place: MetadataPlace | undefined;
  for (const segment of path) {
    if (segment.kind !== 'name')
      throw new WebApiError('requestFault', { detail: `The segment '${segment.kind}' is not supported for metadata.` });
    const reached = place === undefined ? enterSet(segment.name, catalog) : step(place, segment.name);
    place = applyKey(reached, segment, aliases);
  }
  if (place === undefined) throw new WebApiError('resourceNotFound', { segment: '' });
  return place;
}

function enterSet(name: string, catalog: MetadataCatalog): MetadataPlace {
  const records = catalog.listSet(name);
  const typeName = Object.hasOwn(metadataSets, name) ? metadataSets[name] : undefined;
  if (records === undefined || typeName === undefined) throw new WebApiError('resourceNotFound', { segment: name });
  return { kind: 'list', typeName, context: name, records };
}

function step(place: MetadataPlace, name: string): MetadataPlace {
  if (name.startsWith(nameSpace)) return castTo(place, name.slice(nameSpace.length));
  const navigation = navigationOf(place.typeName, name);
  if (place.kind === 'list' || navigation === undefined) throw new WebApiError('resourceNotFound', { segment: name });
  const link = place.record?.navigation[name]?.();
  const context = `${place.pathWithKey}/${name}`;
  if (navigation.isCollection)
    return { kind: 'list', typeName: navigation.type, context, records: isRecordList(link) ? link : [] };
  return {
    kind: 'one',
    typeName: navigation.type,
    context,
    record: isRecordList(link) ? undefined : link,
    pathWithKey: context,
  };
}

function castTo(place: MetadataPlace, typeName: string): MetadataPlace {
  const isCastable = isKindOf(typeName, place.typeName) && metadataTypes.get(typeName)?.isAbstract === false;
  if (!isCastable) throw new WebApiError('resourceNotFound', { segment: `${nameSpace}${typeName}` });
  const cast = `/${nameSpace}${typeName}`;
  if (place.kind === 'list') {
    const records = place.records.filter((record) => isKindOf(record.type, typeName));
    return { kind: 'list', typeName, context: `${place.context}${cast}`, records };
  }
  if (place.record !== undefined && !isKindOf(place.record.type, typeName)) {
    const key = alternateKeyName(place.typeName) ?? 'MetadataId';
    const name = String(place.record.members[key]);
    throw new WebApiError('metadataNotFound', {
      type: typeName,
      key: `${key} = '${name}': that one is a ${place.record.type}`,
    });
  }
  return { ...place, typeName, context: `${place.context}${cast}`, pathWithKey: `${place.pathWithKey}${cast}` };
}

function applyKey(
  place: MetadataPlace,
  segment: Extract<PathSegment, { readonly kind: 'name' }>,
  aliases: SystemQueryOptions['aliases'],
): MetadataPlace {
  const { parentheses } = segment;
  if (parentheses === undefined || parentheses.kind === 'empty') return place;
  if (place.kind === 'one') throw new WebApiError('resourceNotFound', { segment: segment.name });
  const { member, text, isGuid } = readKey(parentheses, place.typeName, aliases);
  const record = place.records.find((candidate) => candidate.members[member] === text);
  if (record === undefined)
    throw new WebApiError('metadataNotFound', { type: place.typeName, key: `${member} = '${text}'` });
  const key = isGuid ? text : `'${text.replaceAll("'", "''")}'`;
  return {
    kind: 'one',
    typeName: place.typeName,
    context: place.context,
    record,
    pathWithKey: `${place.context}(${key})`,
  };
}

type Key = { readonly member: string; readonly text: string; readonly isGuid: boolean };

function readKey(
  parentheses: Exclude<Parentheses, { readonly kind: 'empty' }>,
  typeName: string,
  aliases: SystemQueryOptions['aliases'],
): Key {
  const alternateKey = alternateKeyName(typeName);
  const allowed = alternateKey === undefined ? ['MetadataId'] : ['MetadataId', alternateKey];
  const single = parentheses.kind === 'single' ? { name: 'MetadataId', value: parentheses.value } : undefined;
  const named = parentheses.kind === 'named' && parentheses.items.length === 1 ? parentheses.items[0] : single;
  if (named === undefined || !allowed.includes(named.name)) {
    throw new WebApiError('requestFault', { detail: `A key of ${typeName} is one of: ${allowed.join(', ')}.` });
  }
  const value = named.value.kind === 'alias' ? aliases.get(named.value.name) : named.value;
  const wanted = named.name === 'MetadataId' ? 'guid' : 'string';
  if (value?.kind !== 'literal' || value.type !== wanted) {
    throw new WebApiError('requestFault', { detail: `The key ${named.name} of ${typeName} takes a ${wanted}.` });
  }
  return { member: named.name, text: value.text, isGuid: wanted === 'guid' };
}

function alternateKeyName(typeName: string): string | undefined {
  return typeChain(typeName)
    .map((type) => alternateKeyOf[type.name])
    .find((name) => name !== undefined);
}
