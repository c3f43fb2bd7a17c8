/**
 * GET of the metadata endpoints: EntityDefinitions, RelationshipDefinitions, GlobalOptionSetDefinitions and what lies
 * below them. Pure: the answer depends on the model alone. Everyone may read metadata, so no caller is involved.
 */
import type { ExpandItem, ExpandOptions, FilterExpression, ResourcePath, SystemQueryOptions } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import type { TableModel } from '../../model/table-model.ts';
import { compileMetadataFilter } from './filter-metadata.ts';
import { catalogOf } from './metadata-catalog.ts';
import type { JsonRecord, MetadataRecord } from './metadata-record.ts';
import { type MetadataPlace, resolveMetadataPath } from './resolve-metadata-path.ts';
import {
  compileProjection,
  describeProjection,
  type ExpandedNavigation,
  expandedNavigation,
  type Projection,
  projectRecord,
} from './select-metadata.ts';

export type MetadataRequest = {
  readonly model: TableModel;
  readonly path: ResourcePath;
  readonly options: SystemQueryOptions;
  /** Up to the version, without a slash at the end: `https://host/api/data/v9.2`. */
  readonly apiRoot: string;
  /** Language that labels are said to be in, e.g. 1033. */
  readonly languageCode: number;
};

/**
 * Answers a metadata request.
 * @returns the body; undefined where the path leads to an empty navigation (204)
 * @throws WebApiError for unknown names and for query options that metadata does not know
 */
export function retrieveMetadata(request: MetadataRequest): { readonly body: JsonRecord | undefined } {
  const { options } = request;
  refuseUnsupported(options);
  const place = resolveMetadataPath(request.path, catalogOf(request.model, request.languageCode), options.aliases);
  const projection = compileProjection(
    place.typeName,
    options.select,
    compileExpand(place.typeName, options.expand, options.aliases),
  );
  const records = selectRecords(place, options.filter, options.aliases);
  const fragment = `${place.context}${describeProjection(projection)}`;
  const context = `${request.apiRoot}/$metadata#${fragment}`;
  if (place.kind === 'list') {
    return { body: { '@odata.context': context, value: records.map((record) => projectRecord(record, projection)) } };
  }
  const [record] = records;
  if (record === undefined) return { body: undefined };
  return { body: { '@odata.context': `${context}/$entity`, ...projectRecord(record, projection) } };
}

function selectRecords(
  place: MetadataPlace,
  filter: FilterExpression | undefined,
  aliases: SystemQueryOptions['aliases'],
): readonly MetadataRecord[] {
  if (place.kind === 'one') {
    if (filter !== undefined)
      throw new WebApiError('requestFault', { detail: '$filter applies to collections, not to a single item.' });
    return place.record === undefined ? [] : [place.record];
  }
  if (filter === undefined) return place.records;
  if (place.context === 'GlobalOptionSetDefinitions') {
    throw new WebApiError('requestFault', { detail: '$filter is not supported on GlobalOptionSetDefinitions.' });
  }
  return place.records.filter(compileMetadataFilter(filter, place.typeName, aliases));
}

function compileExpand(
  typeName: string,
  items: readonly ExpandItem[] | undefined,
  aliases: SystemQueryOptions['aliases'],
): ExpandedNavigation[] {
  return (items ?? []).map((item) => {
    const navigation = expandedNavigation(typeName, item);
    const { options } = item;
    refuseUnsupported(options);
    if (options.filter !== undefined && !navigation.isCollection) {
      throw new WebApiError('requestFault', {
        detail: `$filter cannot be applied to ${navigation.name}: it is a single item.`,
      });
    }
    const projection: Projection = compileProjection(
      navigation.type,
      options.select,
      compileExpand(navigation.type, options.expand, aliases),
    );
    const keep =
      options.filter === undefined ? () => true : compileMetadataFilter(options.filter, navigation.type, aliases);
    return { name: navigation.name, projection, keep };
  });
}

/** Metadata has no paging, sorting or counting. */
function refuseUnsupported(options: ExpandOptions | SystemQueryOptions): void {
  const given: Readonly<Record<string, unknown>> = {
    $orderby: options.orderBy,
    $top: options.top,
    ...('count' in options && {
      $count: options.count,
      $apply: options.apply,
      $skiptoken: options.skipToken,
      $deltatoken: options.deltaToken,
    }),
    ...Object.fromEntries(options.unsupported),
  };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && name !== '$format') {
      throw new WebApiError('requestFault', { detail: `The query option ${name} is not supported for metadata.` });
    }
  }
}
