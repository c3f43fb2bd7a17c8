/** Links that a write makes to other rows: privileges, the target's existence, and the statement parts that guard both. */
import { isManyTableLookup, lookupTableColumn, type Table } from '../../model/table-model.ts';
import { type Access, isGlobal, requireAccess } from '../../security/caller.ts';
import { rowFilterSql } from '../../security/row-filter.ts';
import type { LinkChange } from '../plan/bind-payload.ts';
import { constantParameter } from '../plan/plan.ts';
import { compileRelation } from '../sql/compile-condition.ts';
import { createSqlWriter, identifier, type SqlWriter } from '../sql/sql-writer.ts';
import { resolveReference } from './resolve-reference.ts';
import { describeDenial } from './row-access.ts';
import { runContextOf, type WriteContext } from './write-context.ts';

/** A link with its target's id known and its privileges checked. */
export type ResolvedLink = {
  readonly column: string;
  /** Physical column for the target's table, where the lookup may point to several. */
  readonly tableColumn: string | undefined;
  readonly target: { readonly table: Table; readonly id: string; readonly access: Access } | null;
  /** Whether the statement itself must look for the target: no foreign key stands behind it, or not every row is in reach. */
  readonly isGuarded: boolean;
};

/** @throws WebApiError privilegeDenied when Append or AppendTo is missing */
export async function resolveLinks(
  context: WriteContext,
  table: Table,
  links: readonly LinkChange[],
): Promise<ResolvedLink[]> {
  if (links.length > 0) requireAccess(context.caller, table, 'Append');
  return Promise.all(links.map((link) => resolveLink(context, link)));
}

async function resolveLink(context: WriteContext, link: LinkChange): Promise<ResolvedLink> {
  const { column } = link.navigation;
  const tableColumn = isManyTableLookup(column) ? lookupTableColumn(column.logicalName) : undefined;
  if (link.target === null) return { column: column.logicalName, tableColumn, target: null, isGuarded: false };
  const access = requireAccess(context.caller, link.target.table, 'AppendTo');
  const id = await resolveReference(context, link.target);
  const isGuarded = tableColumn !== undefined || !isGlobal(access);
  return { column: column.logicalName, tableColumn, target: { table: link.target.table, id, access }, isGuarded };
}

/** `WITH` parts that lock the guarded targets against deletion, and the conditions that they are there. */
export function guardSql(
  writer: SqlWriter,
  links: readonly ResolvedLink[],
): { readonly parts: string[]; readonly conditions: string[] } {
  const parts: string[] = [];
  const conditions: string[] = [];
  for (const { target, isGuarded } of links) {
    if (target === null || !isGuarded) continue;
    const [name, alias] = [writer.alias('g'), writer.alias('g')];
    const source = { alias, table: target.table };
    const filter = rowFilterSql(writer, target.access, source);
    const key = `${alias}.${identifier(target.table.primaryId.logicalName)} = ${writer.parameter(constantParameter('uuid', target.id))}`;
    const lock = target.table.isView ? '' : ` FOR KEY SHARE OF ${alias}`;
    parts.push(
      `${name} AS MATERIALIZED (SELECT 1 FROM data.${identifier(target.table.logicalName)} ${alias} WHERE ${key}${filter === undefined ? '' : ` AND ${filter}`}${lock})`,
    );
    conditions.push(`EXISTS (SELECT 1 FROM ${name})`);
  }
  return { parts, conditions };
}

/** Says which guarded target stopped a statement. Returns when all are there. */
export async function explainLinks(context: WriteContext, links: readonly ResolvedLink[]): Promise<void> {
  for (const { target, isGuarded } of links) {
    if (target === null || !isGuarded) continue;
    await requireRow(context, target.table, target.id, target.access);
  }
}

/** @throws WebApiError rowNotFound, accessDenied */
export async function requireRow(context: WriteContext, table: Table, id: string, access: Access): Promise<void> {
  const writer = createSqlWriter();
  const source = { alias: 't', table };
  const where = {
    kind: 'compare',
    operator: '=',
    left: { kind: 'column', source, column: table.primaryId },
    right: { kind: 'parameter', parameter: constantParameter('uuid', id) },
  } as const;
  const { from, conditions } = compileRelation(writer, context.model, {
    source,
    joins: [],
    access,
    link: undefined,
    where,
  });
  const rows = await context.executor.run(
    writer.finish(`SELECT 1 FROM ${from} WHERE ${conditions.join(' AND ')}`),
    runContextOf(context),
  );
  if (rows.length === 0) throw await describeDenial(context, table, id, access);
}
