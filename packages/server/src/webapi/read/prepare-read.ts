/**
 * Plans of reads, made once and kept: the same query text by callers of the same shape needs neither parsing, binding
 * nor compiling again. Values that differ between runs are parameters taken from the run's context.
 */
import { matchesAnnotation, type SystemQueryOptions } from '@parley/odata';
import type { TableModel } from '../../model/table-model.ts';
import type { Planned, Query } from '../plan/plan.ts';
import type { ReadSettings } from '../plan/plan-retrieve.ts';
import type { WebApiRequest } from '../request/web-api-request.ts';
import { contextFragment } from '../response/context-url.ts';
import { type AnnotationChoice, createRowWriter, type RowWriter } from '../response/row-writer.ts';
import { type CompiledQuery, compileCount, compileQuery } from '../sql/compile-query.ts';
import type { Statement } from '../sql/sql-writer.ts';

export type PreparedRead = {
  readonly query: Planned<Query>;
  readonly compiled: CompiledQuery;
  /** Counts the rows, one past the cap; undefined unless `$count=true`. */
  readonly count: Statement | undefined;
  readonly write: RowWriter;
  /** `accounts(name)`. */
  readonly context: string;
  /** Of the query, for page tokens. */
  readonly digest: string;
};

export const countCap = 5000;
const maximumEntries = 2000;
const maximumKeyLength = 6000;

const cache = new Map<string, PreparedRead>();

/**
 * @param kind what is read and from where, apart from the query text: part of the key
 * @param plan makes the query when it is not in the cache
 */
export function prepareRead(
  model: TableModel,
  request: WebApiRequest,
  kind: string,
  plan: (options: SystemQueryOptions, settings: ReadSettings) => { query: Planned<Query>; digest: string },
): PreparedRead {
  const { preferences, format, caller } = request;
  const key = `${model.version} ${caller.shape} ${kind} ${format.metadata} ${preferences.maxPageSize ?? ''} ${preferences.includeAnnotations ?? ''} ${request.message.query}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const annotations = chooseAnnotations(preferences.includeAnnotations);
  const isAnnotated =
    annotations.formattedValue || annotations.lookupLogicalName || annotations.associatedNavigationProperty;
  const { options } = request;
  const { query, digest } = plan(options, { isAnnotated, maxPageSize: preferences.maxPageSize });
  const compiled = compileQuery(model, query);
  const prepared: PreparedRead = {
    query,
    compiled,
    count: options.count === true ? compileCount(model, query, countCap + 1) : undefined,
    write: createRowWriter(model, query, compiled.layout, { annotations, level: format.metadata, hasEtag: true }),
    context: contextFragment(query.relation.source.table.entitySetName, query),
    digest,
  };
  if (key.length <= maximumKeyLength && options.skipToken === undefined) remember(key, prepared);
  return prepared;
}

/** Oldest out first; a query text is looked up far more often than it is new. */
function remember(key: string, prepared: PreparedRead): void {
  if (cache.size >= maximumEntries) {
    const oldest = cache.keys().next();
    if (!oldest.done) cache.delete(oldest.value);
  }
  cache.set(key, prepared);
}

function chooseAnnotations(pattern: string | undefined): AnnotationChoice {
  if (pattern === undefined)
    return { formattedValue: false, lookupLogicalName: false, associatedNavigationProperty: false };
  return {
    formattedValue: matchesAnnotation(pattern, 'OData.Community.Display.V1.FormattedValue'),
    lookupLogicalName: matchesAnnotation(pattern, 'Microsoft.Dynamics.CRM.lookuplogicalname'),
    associatedNavigationProperty: matchesAnnotation(pattern, 'Microsoft.Dynamics.CRM.associatednavigationproperty'),
  };
}
