/** Reads of the Web API as queries: one row, a collection, a related collection, a count. */
import type { SystemQueryOptions } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import {
  isManyTableLookup,
  lookupTableColumn,
  type ManyToMany,
  type ManyToOne,
  type OneToMany,
  type Table,
  type TableModel,
} from '../../model/table-model.ts';
import type { Caller } from '../../security/caller.ts';
import { keySqlType, type RowIdentity } from './entity-reference.ts';
import { fragment, literalSql } from './fragment.ts';
import { digestQuery, readPageToken } from './page-token.ts';
import { type Condition, keyParameter, markPlanned, type Planned, type Query } from './plan.ts';
import { maximumPageSize, planLevel, refuseUnsupportedOptions } from './plan-query.ts';
import { createPlanContext, createScope, type Scope } from './scope.ts';

export type ReadSettings = { readonly isAnnotated: boolean; readonly maxPageSize: number | undefined };

/** One row by its key; the key's values come with the run. */
export function planRetrieve(
  model: TableModel,
  caller: Caller,
  table: Table,
  identity: RowIdentity,
  options: SystemQueryOptions,
  settings: ReadSettings,
): Planned<Query> {
  refuseForOneRow(options);
  const scope = rootScope(model, caller, table, options);
  const query = planLevel(
    scope,
    { ...options, filter: undefined, orderBy: undefined },
    [keyCondition(scope, identity)],
    undefined,
    {
      limit: undefined,
      detectsMore: false,
      isAnnotated: settings.isAnnotated,
      expandPageSize: pageSize(settings),
    },
  );
  return markPlanned({ ...query, order: [] });
}

function refuseForOneRow(options: SystemQueryOptions): void {
  refuseUnsupportedOptions(options);
  const present = [
    options.filter && '$filter',
    options.orderBy && '$orderby',
    options.top !== undefined && '$top',
    options.count && '$count',
    options.skipToken && '$skiptoken',
  ].find(Boolean);
  if (present)
    throw new WebApiError('requestFault', { detail: `The query option ${present} cannot be applied to a single row.` });
}

function rootScope(model: TableModel, caller: Caller, table: Table, options: SystemQueryOptions): Scope {
  return createScope(createPlanContext(model, caller, options.aliases), table);
}

function keyCondition(scope: Scope, identity: RowIdentity): Condition {
  const { source } = scope;
  const columns = identity.kind === 'primary' ? [source.table.primaryId] : identity.key.columns;
  const operands = columns.map(
    (column, index): Condition => ({
      kind: 'compare',
      operator: '=',
      left: { kind: 'column', source, column },
      right: { kind: 'parameter', parameter: keyParameter(keySqlType(column), index) },
    }),
  );
  return operands.length === 1 && operands[0] !== undefined ? operands[0] : { kind: 'and', operands };
}

/** The key values of a row for a run, in the order that `planRetrieve` asks for them. */
export function keyValues(identity: RowIdentity): readonly string[] {
  return identity.kind === 'primary' ? [identity.id] : identity.values;
}

/** The set of rows that a collection stands for: a whole table, or what hangs on the row whose id is key 0. */
export type CollectionScope = {
  readonly table: Table;
  readonly of: { readonly navigation: OneToMany | ManyToMany | ManyToOne; readonly parent: Table } | undefined;
};

export function planCollection(
  model: TableModel,
  caller: Caller,
  collection: CollectionScope,
  options: SystemQueryOptions,
  settings: ReadSettings,
): Planned<Query> {
  refuseUnsupportedOptions(options);
  refuseOtherQueries(options);
  const { table } = collection;
  const scope = rootScope(model, caller, table, options);
  // With a page size, Dataverse ignores $top.
  const top = settings.maxPageSize === undefined ? options.top : undefined;
  const limit = Math.min(top ?? pageSize(settings), maximumPageSize);
  const conditions = collection.of === undefined ? [] : [relatedCondition(scope, collection.of.navigation)];
  const query = planLevel(scope, options, conditions, undefined, {
    limit,
    detectsMore: top === undefined,
    isAnnotated: settings.isAnnotated,
    expandPageSize: pageSize(settings),
  });
  if (options.skipToken === undefined) return markPlanned(query);
  return markPlanned({
    ...query,
    start: readPageToken(options.skipToken, digestQuery(table, options), query.order.length),
  });
}

/** Other ways to ask, which this release does not have: answered plainly instead of with all rows. */
function refuseOtherQueries(options: SystemQueryOptions): void {
  const other = ['fetchXml', 'savedQuery', 'userQuery'].find((name) => options.custom.has(name));
  const feature = options.apply !== undefined ? '$apply' : options.deltaToken !== undefined ? '$deltatoken' : other;
  if (feature !== undefined) throw new WebApiError('notImplemented', { feature });
}

function pageSize(settings: ReadSettings): number {
  return Math.min(settings.maxPageSize ?? maximumPageSize, maximumPageSize);
}

/** Rows of the scope that hang on the row whose id is key 0. */
function relatedCondition(scope: Scope, navigation: OneToMany | ManyToMany | ManyToOne): Condition {
  const { source } = scope;
  const key = { kind: 'parameter', parameter: keyParameter('uuid', 0) } as const;
  const own = { kind: 'column', source, column: source.table.primaryId } as const;
  if (navigation.kind === 'manyToMany') {
    const [table, far, near] = [navigation.intersectTable, navigation.farColumn, navigation.nearColumn].map((name) =>
      literalSql(`"${name}"`),
    );
    if (table === undefined || far === undefined || near === undefined) throw new Error('unreachable');
    return { kind: 'test', fragment: fragment`${own} IN (SELECT ${far} FROM data.${table} WHERE ${near} = ${key})` };
  }
  const relationship = navigation.kind === 'oneToMany' ? navigation.relationship : navigation;
  const { column } = relationship;
  const isMany = isManyTableLookup(column);
  const tableColumn = literalSql(`"${lookupTableColumn(column.logicalName)}"`);
  const target = literalSql(`'${relationship.referencedTable}'`);
  if (navigation.kind === 'oneToMany') {
    const matches: Condition = { kind: 'compare', operator: '=', left: { kind: 'column', source, column }, right: key };
    if (!isMany) return matches;
    return {
      kind: 'and',
      operands: [matches, { kind: 'test', fragment: fragment`${literalSql(source.alias)}.${tableColumn} = ${target}` }],
    };
  }
  const parent = scope.context.model.tables.get(navigation.referencingTable);
  const [table, parentKey] = [
    literalSql(`"${navigation.referencingTable}"`),
    literalSql(`"${parent?.primaryId.logicalName ?? ''}"`),
  ];
  const pointed = ownerColumn(column.logicalName) ?? literalSql(`"${column.logicalName}"`);
  const lookup = isMany ? fragment`CASE WHEN ${tableColumn} = ${target} THEN ${pointed} END` : pointed;
  return {
    kind: 'test',
    fragment: fragment`${own} = (SELECT ${lookup} FROM data.${table} WHERE ${parentKey} = ${key})`,
  };
}

/** Columns derived from the owner have no storage of their own. */
function ownerColumn(logicalName: string): ReturnType<typeof literalSql> | undefined {
  if (logicalName === 'owninguser') return literalSql("CASE WHEN ownerid_table = 'systemuser' THEN ownerid END");
  return logicalName === 'owningteam' ? literalSql("CASE WHEN ownerid_table = 'team' THEN ownerid END") : undefined;
}
