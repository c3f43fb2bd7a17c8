/** Changes of Dataverse rows as parts of one statement: those of one kind (table, operation, columns) go together. */
import type { RowChange } from '@parley/engine';
import type { JsonRow, RowColumn, WriteBatch } from '../db/write-batch.ts';
import { type Table, type TableModel, tableNamed } from '../model/table-model.ts';

/** JSON of some size, unlike all other columns. */
const explanationColumn = 'parley_explanation';

type Kind = {
  readonly table: Table;
  readonly operation: RowChange['operation'];
  readonly columns: readonly string[];
  readonly rows: JsonRow[];
};

export function addRowChanges(batch: WriteBatch, model: TableModel, changes: readonly RowChange[]): void {
  const kinds = new Map<string, Kind>();
  for (const { table: name, operation, id, values } of mergeRows(changes)) {
    // Projections name their columns in one order, so that equal sets have equal texts.
    const key = `${name} ${operation} ${Object.keys(values).join()}`;
    let kind = kinds.get(key);
    if (kind === undefined) {
      const table = tableNamed(model, name);
      const columns = Object.keys(values).filter((column) => column !== table.primaryId.logicalName);
      kind = { table, operation, columns, rows: [] };
      kinds.set(key, kind);
    }
    if (kind.columns.length > 0) kind.rows.push({ ...values, [kind.table.primaryId.logicalName]: id });
  }
  // Ordered, so that the same kinds of changes always make the same statement, which is prepared then.
  for (const key of [...kinds.keys()].sort()) {
    const kind = kinds.get(key);
    if (kind !== undefined) addKind(batch, kind);
  }
}

function addKind(batch: WriteBatch, { table, operation, columns, rows }: Kind): void {
  const name = `data."${table.logicalName}"`;
  const key: RowColumn = { name: table.primaryId.logicalName, sqlType: 'uuid' };
  const typed = typedColumns(table, columns);
  if (operation === 'insert') batch.insert(name, [key, ...typed], rows);
  else batch.update(name, key, typed, rows);
}

/** Columns of a table by name, with the types that they are stored in. */
export function typedColumns(table: Table, columns: readonly string[]): RowColumn[] {
  return columns.map((name) => ({ name, sqlType: sqlTypeOf(table, name), isDocument: name === explanationColumn }));
}

/** A statement may write a row once only: what comes later to the same row is added to what came first. */
function mergeRows(changes: readonly RowChange[]): Iterable<RowChange> {
  const merged = new Map<string, RowChange>();
  for (const change of changes) {
    const key = `${change.table} ${change.id}`;
    const earlier = merged.get(key);
    merged.set(key, earlier === undefined ? change : { ...earlier, values: { ...earlier.values, ...change.values } });
  }
  return merged.values();
}

function sqlTypeOf(table: Table, name: string): string {
  const column = table.columns.get(name);
  if (column === undefined) {
    // The table that a lookup of many tables points to stands beside it.
    if (name.endsWith('_table')) return 'text';
    throw new Error(`${table.logicalName} has no column '${name}'`);
  }
  if (column.storage.kind !== 'column') throw new Error(`${table.logicalName}.${name} is not stored`);
  return column.storage.sqlType.replace(/ COLLATE .*$/, '');
}
