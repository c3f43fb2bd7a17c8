/** Reads the rows that routing is configured by, in one snapshot, few statements, whole tables at a time. */
import { createHash, type Hash } from 'node:crypto';
import type { Database, SqlRow } from '../db/database.ts';

/** One row by column name, as PostgreSQL's text. */
export type SourceRow<Column extends string = string> = Readonly<Record<Column, string | null>>;

export type ConfigurationSource = {
  /** Active rows, in the order of the first column (the id), so that the same rows give the same configuration. */
  table<const Columns extends readonly string[]>(name: string, columns: Columns): Promise<SourceRow<Columns[number]>[]>;
  /** All rows of a table without a state. */
  statelessTable<const Columns extends readonly string[]>(
    name: string,
    columns: Columns,
  ): Promise<SourceRow<Columns[number]>[]>;
  /** A fixed text of this program. */
  query(text: string): Promise<readonly SqlRow[]>;
  /** A digest of everything read so far. */
  version(): string;
};

/** Runs `work` on one snapshot of the database: no configuration is ever half old and half new. */
export function readInSnapshot<Result>(
  database: Database,
  work: (source: ConfigurationSource) => Promise<Result>,
): Promise<Result> {
  return database.transaction(async (transaction) => {
    await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY', []);
    return work(createSource(transaction));
  });
}

function createSource(database: Database): ConfigurationSource {
  const hash: Hash = createHash('sha256');
  const query = async (text: string): Promise<readonly SqlRow[]> => {
    const rows = await database.query(text, []);
    hash.update(JSON.stringify(rows));
    return rows;
  };
  const readTable = async <Column extends string>(
    name: string,
    columns: readonly Column[],
    where: string,
  ): Promise<SourceRow<Column>[]> => {
    const list = columns.map((column) => `"${column}"`).join(', ');
    const rows = await query(`SELECT ${list} FROM data."${name}" ${where} ORDER BY 1`);
    return rows.map((row) => nameCells(columns, row));
  };
  return {
    query,
    table: (name, columns) => readTable(name, columns, 'WHERE statecode = 0'),
    statelessTable: (name, columns) => readTable(name, columns, ''),
    version: () => hash.copy().digest('hex').slice(0, 16),
  };
}

function nameCells<Column extends string>(columns: readonly Column[], row: SqlRow): SourceRow<Column> {
  // Every column of the list is in the row: the statement was made from the list.
  return Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])) as SourceRow<Column>;
}

export function readWhole(text: string | null): number | null {
  return text === null ? null : Number(text);
}

export function readFlag(text: string | null): boolean {
  return text === 't';
}

/** The values of a choice column that holds several: `{192360000,192360001}`. */
export function readChoices(text: string | null): readonly number[] {
  return text === null || text === '{}' ? [] : text.slice(1, -1).split(',').map(Number);
}

export function groupBy<Item>(items: readonly Item[], key: (item: Item) => string | null): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = key(item);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}
