/**
 * What names mean while a query is bound: one scope per query level, with the lookups joined so far and the lambda
 * variables of the levels around it.
 */
import type { ArgumentValue, FilterExpression } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { nearestName } from '../../model/nearest-name.ts';
import { type Column, type ManyToOne, type Table, type TableModel, tableNamed } from '../../model/table-model.ts';
import { type Caller, requireAccess } from '../../security/caller.ts';
import type { ColumnReference, LookupJoin, Source } from './plan.ts';

/** Shared by all levels of one plan. */
export type PlanContext = {
  readonly model: TableModel;
  readonly caller: Caller;
  readonly aliases: ReadonlyMap<string, ArgumentValue | FilterExpression>;
  nextAlias(): string;
  /** Counts conditions and refuses past the limit. */
  countCondition(): void;
};

export type Scope = {
  readonly context: PlanContext;
  readonly source: Source;
  readonly joins: Map<string, LookupJoin>;
  /** The lambda variable that stands for this level's rows, and the level around it. */
  readonly variable: string | undefined;
  readonly outer: Scope | undefined;
};

const maximumConditions = 500;

export function createPlanContext(model: TableModel, caller: Caller, aliases: PlanContext['aliases']): PlanContext {
  let sources = 0;
  let conditions = 0;
  return {
    model,
    caller,
    aliases,
    nextAlias: () => `t${sources++}`,
    countCondition: () => {
      conditions++;
      if (conditions > maximumConditions)
        throw new WebApiError('tooManyConditions', { count: conditions, maximum: maximumConditions });
    },
  };
}

export function createScope(context: PlanContext, table: Table, outer?: Scope, variable?: string): Scope {
  return { context, source: { alias: context.nextAlias(), table }, joins: new Map(), outer, variable };
}

/** A scope and the rest of a path after a leading lambda variable, if the path starts with one. */
export function resolveVariable(scope: Scope, path: readonly string[]): { scope: Scope; path: readonly string[] } {
  const [first] = path;
  for (let level: Scope | undefined = scope; level !== undefined; level = level.outer) {
    if (level.variable !== undefined && level.variable === first) return { scope: level, path: path.slice(1) };
    // Inside a lambda, a bare name still means the rows of the outermost level.
    if (level.outer === undefined) return { scope: level, path };
  }
  return { scope, path };
}

/** The source that a path of single-valued navigation properties leads to; joins are made once per path. */
export function resolveNavigation(scope: Scope, path: readonly string[]): Source {
  let source = scope.source;
  let key = '';
  for (const name of path) {
    key += `/${name}`;
    const known = scope.joins.get(key);
    if (known !== undefined) {
      source = known.source;
      continue;
    }
    const relationship = requireLookupNavigation(source.table, name);
    if (relationship.referencedTable === 'principal') {
      throw new WebApiError('requestFault', {
        detail: `The path '${path.join('/')}' goes through '${name}', whose type Microsoft.Dynamics.CRM.principal has no columns to use here; use owninguser or owningteam.`,
      });
    }
    const table = tableNamed(scope.context.model, relationship.referencedTable);
    const join: LookupJoin = {
      source: { alias: scope.context.nextAlias(), table },
      parent: source,
      relationship,
      access: requireAccess(scope.context.caller, table, 'Read'),
    };
    scope.joins.set(key, join);
    source = join.source;
  }
  return source;
}

/** A property path as a column: `name`, `_x_value`, `nav/name`, or a lookup navigation property standing for its id. */
export function resolveColumn(scope: Scope, path: readonly string[]): ColumnReference {
  const resolved = resolveVariable(scope, path);
  const last = resolved.path.at(-1);
  if (last === undefined)
    throw new WebApiError('requestFault', { detail: `'${path.join('/')}' names a row where a column is needed.` });
  if (last === 'Value' && resolved.path.length > 1) {
    const managed = resolved.path.at(-2) ?? '';
    const source = resolveNavigation(resolved.scope, resolved.path.slice(0, -2));
    const column = source.table.properties.get(managed);
    if (column?.type === 'ManagedProperty') return { kind: 'column', source, column };
  }
  const source = resolveNavigation(resolved.scope, resolved.path.slice(0, -1));
  const column = source.table.properties.get(last);
  if (column?.isValidForRead) return { kind: 'column', source, column };
  const navigation = source.table.navigation.get(last);
  if (navigation?.kind === 'manyToOne') return { kind: 'column', source, column: navigation.column };
  return failUnknownProperty(source.table, last);
}

function requireLookupNavigation(table: Table, name: string): ManyToOne {
  const navigation = table.navigation.get(name);
  if (navigation === undefined) return failUnknownProperty(table, name);
  if (navigation.kind !== 'manyToOne') {
    throw new WebApiError('requestFault', {
      detail: `The navigation property '${name}' of '${table.logicalName}' is a collection; use any() or all() on it.`,
    });
  }
  return navigation;
}

/** A readable property of a table by its wire name. */
export function requireProperty(table: Table, name: string): Column {
  const column = table.properties.get(name);
  if (column === undefined || !column.isValidForRead) return failUnknownProperty(table, name);
  return column;
}

/** @throws WebApiError propertyNotFound with a near miss where there is one */
export function failUnknownProperty(table: Table, name: string): never {
  const readable = [...table.properties].filter(([, column]) => column.isValidForRead).map(([property]) => property);
  const nearest = nearestName(name, [...readable, ...table.navigation.keys()]);
  throw new WebApiError('propertyNotFound', {
    property: name,
    table: table.logicalName,
    hint: nearest === undefined ? '' : ` Did you mean '${nearest}'?`,
  });
}
