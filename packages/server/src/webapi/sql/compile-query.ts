/**
 * A query as one SELECT, expands included: those come as JSON arrays of column texts, so that every value at every level
 * has PostgreSQL's own text form and one row writer serves all. Also says where in the row each value stands.
 */
import { isManyTableLookup, type TableModel } from '../../model/table-model.ts';
import type { OrderItem, Output, PageStart, Planned, Query, Source } from '../plan/plan.ts';
import { columnSql, compileOperand, compileRelation, lookupNameSql, lookupTableSql } from './compile-condition.ts';
import { createSqlWriter, type SqlWriter, type Statement } from './sql-writer.ts';

/** Indexes into the row array. */
export type OutputLayout =
  | {
      readonly kind: 'property';
      readonly value: number;
      readonly name: number | undefined;
      readonly table: number | undefined;
    }
  | { readonly kind: 'expand'; readonly value: number; readonly layout: RowLayout }
  | { readonly kind: 'principal'; readonly value: number; readonly table: number };

export type RowLayout = {
  readonly version: number | undefined;
  readonly key: number;
  readonly outputs: readonly OutputLayout[];
  /** The order values, for the next page token; empty when the query does not page. */
  readonly order: readonly number[];
};

export type CompiledQuery = { readonly statement: Statement; readonly layout: RowLayout };

export function compileQuery(model: TableModel, query: Planned<Query>): CompiledQuery {
  const writer = createSqlWriter();
  const { columns, layout } = compileColumns(writer, model, query);
  return { statement: writer.finish(compileSelect(writer, model, query, columns)), layout };
}

/** `SELECT count(*)` over at most `cap` rows, expands and order left out. */
export function compileCount(model: TableModel, query: Planned<Query>, cap: number): Statement {
  const writer = createSqlWriter();
  const { from, conditions } = compileRelation(writer, model, query.relation);
  return writer.finish(`SELECT count(*) FROM (SELECT 1 FROM ${from}${whereSql(conditions)} LIMIT ${cap}) c`);
}

function compileSelect(writer: SqlWriter, model: TableModel, query: Query, columns: readonly string[]): string {
  // The order and the page start may join lookup names, so they are compiled before the FROM clause.
  const start = query.start === undefined ? [] : [pageStartSql(writer, model, query.order, query.start)];
  const order = orderSql(writer, model, query.order);
  const { from, conditions } = compileRelation(writer, model, query.relation);
  const limit = query.limit === undefined ? '' : ` LIMIT ${query.limit + (query.detectsMore ? 1 : 0)}`;
  return `SELECT ${columns.join(', ')} FROM ${from}${whereSql([...conditions, ...start])}${order}${limit}`;
}

function whereSql(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

function orderSql(writer: SqlWriter, model: TableModel, order: readonly OrderItem[]): string {
  if (order.length === 0) return '';
  const items = order.map((item) => {
    const nulls = item.isNeverNull ? '' : item.direction === 'asc' ? ' NULLS FIRST' : ' NULLS LAST';
    return `${compileOperand(writer, model, item.operand)} ${item.direction}${nulls}`;
  });
  return ` ORDER BY ${items.join(', ')}`;
}

function compileColumns(writer: SqlWriter, model: TableModel, query: Query): { columns: string[]; layout: RowLayout } {
  const { source } = query.relation;
  const columns: string[] = [];
  const places = new Map<string, number>();
  // A column that is needed twice (the key, the version) is fetched once.
  const add = (sql: string): number => {
    const place = places.get(sql) ?? columns.push(sql) - 1;
    places.set(sql, place);
    return place;
  };
  const versionColumn = source.table.columns.get('versionnumber');
  const version = versionColumn === undefined ? undefined : add(columnSql(source, versionColumn));
  const key = add(columnSql(source, source.table.primaryId));
  const outputs = query.outputs.map((output) => compileOutput(writer, model, source, output, add));
  const order = query.detectsMore ? query.order.map((item) => add(compileOperand(writer, model, item.operand))) : [];
  return { columns, layout: { version, key, outputs, order } };
}

function compileOutput(
  writer: SqlWriter,
  model: TableModel,
  source: Source,
  output: Output,
  add: (sql: string) => number,
): OutputLayout {
  switch (output.kind) {
    case 'property': {
      const value = add(columnSql(source, output.column));
      if (!output.isAnnotated) return { kind: 'property', value, name: undefined, table: undefined };
      const name = add(lookupNameSql(writer, model, source, output.column));
      // A lookup with one possible target needs no column to say which it is.
      const table = isManyTableLookup(output.column) ? add(lookupTableSql(source, output.column)) : undefined;
      return { kind: 'property', value, name, table };
    }
    case 'principal':
      return { kind: 'principal', value: add(`${source.alias}.ownerid`), table: add(`${source.alias}.ownerid_table`) };
    case 'expand': {
      const { columns, layout } = compileColumns(writer, model, output.query);
      const row = `to_json(ARRAY[${columns.map((column) => `(${column})::text`).join(', ')}]::text[])`;
      const inner = compileSelect(writer, model, output.query, [`${row} AS r`]);
      const sql =
        output.cardinality === 'one' ? `(${inner})` : `(SELECT coalesce(json_agg(x.r), '[]') FROM (${inner}) x)`;
      return { kind: 'expand', value: add(sql), layout };
    }
  }
}

/**
 * Rows strictly after the last one of the page before. Nulls come first in ascending order and last in descending order.
 * Where all columns run the same way and none is null, PostgreSQL's row comparison lets an index find the place.
 */
function pageStartSql(writer: SqlWriter, model: TableModel, order: readonly OrderItem[], start: PageStart): string {
  const operands = order.map((item) => compileOperand(writer, model, item.operand));
  const [first] = order;
  const isUniform =
    first !== undefined &&
    order.every(
      (item, index) =>
        item.direction === first.direction &&
        start.values[index] !== null &&
        (item.isNeverNull || item.direction === 'asc'),
    );
  if (isUniform) {
    const values = order.map((item, index) => pageValue(writer, item, start.values[index] ?? null));
    return `(${operands.join(', ')}) ${first.direction === 'asc' ? '>' : '<'} (${values.join(', ')})`;
  }
  const alternatives = order.map((item, index) => {
    const equals = order
      .slice(0, index)
      .map((before, position) => equalsStart(writer, before, operands[position] ?? '', start.values[position] ?? null));
    return [...equals, afterStart(writer, item, operands[index] ?? '', start.values[index] ?? null)].join(' AND ');
  });
  return `(${alternatives.map((alternative) => `(${alternative})`).join(' OR ')})`;
}

function equalsStart(writer: SqlWriter, item: OrderItem, operand: string, value: string | null): string {
  return value === null ? `${operand} IS NULL` : `${operand} = ${pageValue(writer, item, value)}`;
}

function afterStart(writer: SqlWriter, item: OrderItem, operand: string, value: string | null): string {
  if (value === null) return item.direction === 'asc' ? `${operand} IS NOT NULL` : 'false';
  const comparison = `${operand} ${item.direction === 'asc' ? '>' : '<'} ${pageValue(writer, item, value)}`;
  return item.direction === 'desc' && !item.isNeverNull ? `(${comparison} OR ${operand} IS NULL)` : comparison;
}

function pageValue(writer: SqlWriter, item: OrderItem, value: string | null): string {
  const { storage } = item.operand.column;
  const sqlType =
    item.operand.kind === 'lookupName' || storage.kind !== 'column'
      ? typeOfUnstored(item)
      : storage.sqlType.replace(' COLLATE data.ci', '');
  return writer.parameter({ sqlType, value });
}

function typeOfUnstored(item: OrderItem): string {
  if (item.operand.kind === 'lookupName') return 'text';
  const { column, source } = item.operand;
  if (column.storage.kind === 'alias') {
    const target = source.table.columns.get(column.storage.of);
    return target?.storage.kind === 'column' ? target.storage.sqlType : 'text';
  }
  return column.storage.kind === 'owner' ? 'uuid' : 'text';
}
