/** Conditions and operands of a plan as SQL. Total: whatever the planner made can be compiled. */
import {
  type Column,
  isManyTableLookup,
  lookupTableColumn,
  type Table,
  type TableModel,
} from '../../model/table-model.ts';
import { rowFilterSql } from '../../security/row-filter.ts';
import type { Condition, Link, LookupJoin, Operand, Relation, Source } from '../plan/plan.ts';
import { identifier, type SqlWriter } from './sql-writer.ts';

function compileCondition(writer: SqlWriter, model: TableModel, condition: Condition): string {
  switch (condition.kind) {
    case 'constant':
      return condition.value ? 'true' : 'false';
    case 'and':
    case 'or':
      return `(${condition.operands.map((operand) => compileCondition(writer, model, operand)).join(` ${condition.kind} `)})`;
    case 'not':
      return `(NOT ${compileCondition(writer, model, condition.operand)})`;
    case 'compare':
      return `(${compileOperand(writer, model, condition.left)} ${condition.operator} ${compileOperand(writer, model, condition.right)})`;
    case 'isNull':
      return `(${compileOperand(writer, model, condition.operand)} IS ${condition.isNegated ? 'NOT ' : ''}NULL)`;
    case 'anyOf': {
      const operand = compileOperand(writer, model, condition.operand);
      const values = writer.parameter(condition.values);
      return condition.isNegated ? `(${operand} <> ALL (${values}))` : `(${operand} = ANY (${values}))`;
    }
    case 'match': {
      // LIKE on a case-insensitive collation needs PostgreSQL 18, so both sides are lowered and compared by bytes.
      const operand = `lower(${compileOperand(writer, model, condition.operand)}) COLLATE "C"`;
      return `(${operand} ${condition.syntax === 'like' ? 'LIKE' : '~'} lower(${writer.parameter(condition.pattern)}) COLLATE "C")`;
    }
    case 'set': {
      const operand = compileOperand(writer, model, condition.operand);
      const values = writer.parameter(condition.values);
      return condition.operator === 'overlaps'
        ? `(${operand} && ${values})`
        : `(${operand} @> ${values} AND ${operand} <@ ${values})`;
    }
    case 'test':
      return `(${compileOperand(writer, model, condition.fragment)})`;
    case 'exists':
      return compileExists(writer, model, condition.relation, condition.quantifier);
  }
}

function compileExists(writer: SqlWriter, model: TableModel, relation: Relation, quantifier: 'any' | 'all'): string {
  const { from, conditions } = compileRelation(writer, model, { ...relation, where: undefined });
  if (relation.where !== undefined) {
    const where = compileCondition(writer, model, relation.where);
    // `all` holds when no row fails; a row whose predicate is unknown fails.
    conditions.push(quantifier === 'all' ? `(${where}) IS NOT TRUE` : where);
  }
  return `(${quantifier === 'all' ? 'NOT ' : ''}EXISTS (SELECT 1 FROM ${from} WHERE ${conditions.join(' AND ') || 'true'}))`;
}

export function compileOperand(writer: SqlWriter, model: TableModel, operand: Operand): string {
  switch (operand.kind) {
    case 'column':
      return columnSql(operand.source, operand.column);
    case 'lookupName':
      return lookupNameSql(writer, model, operand.source, operand.column);
    case 'parameter':
      return writer.parameter(operand.parameter);
    case 'fragment':
      return operand.parts
        .map((part, index) => {
          const inner = operand.operands[index];
          return inner === undefined ? part : part + compileOperand(writer, model, inner);
        })
        .join('');
  }
}

/** The expression that reads a column of a source. */
export function columnSql(source: Source, column: Column): string {
  const { storage } = column;
  switch (storage.kind) {
    case 'column':
      return `${source.alias}.${identifier(column.logicalName)}`;
    case 'alias':
      return `${source.alias}.${identifier(storage.of)}`;
    case 'lookupTable':
      return lookupTableSql(source, requireColumn(source.table, storage.of));
    case 'owner':
      return `(CASE WHEN ${source.alias}.ownerid_table = '${storage.table}' THEN ${source.alias}.ownerid END)`;
    case 'constant':
      return `'${storage.value}'::text`;
    case 'none':
      return 'NULL::text';
  }
}

/** The expression for the logical name of the table that a lookup of this row points to. */
export function lookupTableSql(source: Source, column: Column): string {
  if (isManyTableLookup(column)) return `${source.alias}.${identifier(lookupTableColumn(column.logicalName))}`;
  return `(CASE WHEN ${columnSql(source, column)} IS NOT NULL THEN '${column.declaredTargets[0] ?? ''}'::text END)`;
}

/**
 * The primary name of the row that a lookup points to. Names are shown without a check on the target, as Dataverse does.
 * The target is joined, not looked up per row: PostgreSQL then remembers the few users and queues that recur in a list
 * (measured: a page of 50 rows with three names took half the time that scalar subqueries took).
 */
export function lookupNameSql(writer: SqlWriter, model: TableModel, source: Source, column: Column): string {
  const names: string[] = [];
  for (const target of column.targets) {
    const table = model.tables.get(target);
    const name = table?.primaryName;
    if (table === undefined || name?.storage.kind !== 'column') continue;
    const alias = writer.join(
      source.alias,
      `${column.logicalName} ${target}`,
      (joined) =>
        ` LEFT JOIN data.${identifier(target)} ${joined} ON ${joined}.${identifier(table.primaryId.logicalName)} = ${pointerTo(source, column, target)}`,
    );
    names.push(`${alias}.${identifier(name.logicalName)}`);
  }
  if (names.length === 0) return 'NULL::text';
  return names.length === 1 ? names.join() : `coalesce(${names.join(', ')})`;
}

/** The id that a lookup holds for a table; null where it points to another, so that no index is searched for it. */
function pointerTo(source: Source, column: Column, target: string): string {
  const id = columnSql(source, column);
  return isManyTableLookup(column) ? `CASE WHEN ${lookupTableSql(source, column)} = '${target}' THEN ${id} END` : id;
}

/**
 * FROM clause of a relation, and the conditions of its link, its row filter and its own. Whatever else of the statement
 * names lookups must be compiled before, because those names are joined here.
 */
export function compileRelation(
  writer: SqlWriter,
  model: TableModel,
  relation: Relation,
): { from: string; conditions: string[] } {
  const { source } = relation;
  let from = `data.${identifier(source.table.logicalName)} ${source.alias}`;
  const conditions: string[] = [];
  if (relation.link !== undefined) {
    const link = compileLink(relation.link, source);
    if (link.intersect !== undefined) from = `${link.intersect} JOIN ${from} ON ${link.on}`;
    conditions.push(link.condition);
  }
  for (const join of relation.joins) from += compileJoin(writer, join);
  const filter = rowFilterSql(writer, relation.access, source);
  if (filter !== undefined) conditions.push(filter);
  if (relation.where !== undefined) conditions.push(compileCondition(writer, model, relation.where));
  for (const { alias } of [source, ...relation.joins.map((join) => join.source)]) from += writer.joinsOf(alias);
  return { from, conditions };
}

function compileJoin(writer: SqlWriter, join: LookupJoin): string {
  const { source, parent, relationship } = join;
  const conditions = [lookupMatches(parent, relationship.column, source, join.relationship.referencedTable)];
  const filter = rowFilterSql(writer, join.access, source);
  if (filter !== undefined) conditions.push(filter);
  return ` LEFT JOIN data.${identifier(source.table.logicalName)} ${source.alias} ON ${conditions.join(' AND ')}`;
}

function compileLink(link: Link, source: Source): { intersect?: string; on?: string; condition: string } {
  switch (link.kind) {
    case 'oneToMany':
      return {
        condition: lookupMatches(source, link.relationship.column, link.parent, link.relationship.referencedTable),
      };
    case 'manyToOne':
      return {
        condition: lookupMatches(link.parent, link.relationship.column, source, link.relationship.referencedTable),
      };
    case 'manyToMany': {
      const { relationship, intersectAlias, parent } = link;
      return {
        intersect: `data.${identifier(relationship.intersectTable)} ${intersectAlias}`,
        on: `${intersectAlias}.${identifier(relationship.farColumn)} = ${columnSql(source, source.table.primaryId)}`,
        condition: `${intersectAlias}.${identifier(relationship.nearColumn)} = ${columnSql(parent, parent.table.primaryId)}`,
      };
    }
  }
}

/** `child.lookup = parent.key`, and, where the lookup may point to several tables, that it points to this one. */
function lookupMatches(child: Source, lookup: Column, parent: Source, parentTable: string): string {
  const equal = `${columnSql(child, lookup)} = ${columnSql(parent, parent.table.primaryId)}`;
  return isManyTableLookup(lookup) ? `${equal} AND ${lookupTableSql(child, lookup)} = '${parentTable}'` : equal;
}

function requireColumn(table: Table, name: string): Column {
  const column = table.columns.get(name);
  if (column === undefined) throw new Error(`${table.logicalName} has no column ${name}`);
  return column;
}
