/** $select and $expand of the metadata endpoints: cuts a record to what was asked for, and says so in the context URL. */
import type { ExpandItem, SelectItem } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { nearestName } from '../../model/nearest-name.ts';
import { isRecordList, type JsonLike, type JsonRecord, type MetadataRecord } from './metadata-record.ts';
import { type MetadataNavigation, memberType, navigationOf, typeChain } from './metadata-types.ts';

/** What a request shows of each record of one type. */
export type Projection = {
  readonly typeName: string;
  /** Undefined: every member. */
  readonly members: ReadonlySet<string> | undefined;
  readonly expand: readonly ExpandedNavigation[];
};

export type ExpandedNavigation = {
  readonly name: string;
  readonly projection: Projection;
  readonly keep: (record: MetadataRecord) => boolean;
};

/** Checks $select against the type; `compileExpand` has done the same for $expand. */
export function compileProjection(
  typeName: string,
  select: readonly SelectItem[] | undefined,
  expand: readonly ExpandedNavigation[],
): Projection {
  if (select === undefined || select.some((item) => item.path[0] === '*'))
    return { typeName, members: undefined, expand };
  const members = new Set<string>();
  for (const item of select) {
    const name = item.path.join('/');
    if (navigationOf(typeName, name) !== undefined) continue;
    if (memberType(typeName, name) === undefined) throw propertyNotFound(name, typeName);
    members.add(name);
  }
  return { typeName, members, expand };
}

/** The navigation that an $expand item names. */
export function expandedNavigation(typeName: string, item: ExpandItem): MetadataNavigation & { readonly name: string } {
  const name = item.path.join('/');
  const navigation = navigationOf(typeName, name);
  if (navigation === undefined) throw propertyNotFound(name, typeName);
  if (item.suffix !== undefined)
    throw new WebApiError('requestFault', { detail: `$expand=${name}/${item.suffix} is not supported for metadata.` });
  return { name, ...navigation };
}

export function projectRecord(record: MetadataRecord, projection: Projection): JsonRecord {
  const body: Record<string, JsonLike> = {};
  if (record.type !== projection.typeName) body['@odata.type'] = `#Microsoft.Dynamics.CRM.${record.type}`;
  for (const [name, value] of Object.entries(record.members)) {
    // The identifier always comes along, as it does from Dataverse.
    if (projection.members === undefined || projection.members.has(name) || name === 'MetadataId') body[name] = value;
  }
  for (const item of projection.expand) {
    const link = record.navigation[item.name]?.();
    if (isRecordList(link))
      body[item.name] = link.filter(item.keep).map((related) => projectRecord(related, item.projection));
    else body[item.name] = link === undefined ? null : projectRecord(link, item.projection);
  }
  return body;
}

/** The part of a context URL that says what was selected: `(LogicalName,OptionSet(Options))`, or nothing. */
export function describeProjection(projection: Projection): string {
  const expanded = projection.expand.map((item) => `${item.name}${describeProjection(item.projection) || '()'}`);
  const parts = [...(projection.members ?? []), ...expanded];
  return parts.length === 0 ? '' : `(${parts.join(',')})`;
}

export function propertyNotFound(property: string, typeName: string): WebApiError {
  const names = typeChain(typeName).flatMap((type) => [...Object.keys(type.members), ...Object.keys(type.navigation)]);
  const nearest = nearestName(property, names);
  return new WebApiError('propertyNotFound', {
    property,
    table: typeName,
    hint: nearest === undefined ? '' : ` Did you mean '${nearest}'?`,
  });
}
