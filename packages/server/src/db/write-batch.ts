/**
 * Many writes in one statement: each part is a data-modifying WITH query over a JSON list of rows. One round trip writes a whole
 * decision, or hundreds of them; foreign keys are checked when the statement ends, so the order of parts does not matter. A row may
 * be written once only (PostgreSQL leaves open which of two writes of one row in one statement wins).
 */
import type { Database, SqlRow } from './database.ts';

export type RowColumn = { readonly name: string; readonly sqlType: string };

/** Values by column name, as JSON: arrays for array types, objects for jsonb, ISO texts or numbers as the type reads them. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** `$ROWS` stands for the list of rows. */
type Part = { readonly sql: string; readonly rows: readonly JsonRow[] };

export type WriteBatch = {
  /** Rows with these columns; those that exist already are a conflict (an error), unless `onConflict` says otherwise. */
  insert(table: string, columns: readonly RowColumn[], rows: readonly JsonRow[], onConflict?: string): void;
  /** Sets the columns of the rows whose key is given with them; `condition` is SQL that starts with AND and speaks of `t`. */
  update(
    table: string,
    key: RowColumn,
    columns: readonly RowColumn[],
    rows: readonly JsonRow[],
    condition?: string,
  ): void;
  /**
   * Writes everything that was gathered; nothing when nothing was.
   * @param last the part that the statement ends with
   * @returns what `last` returns
   */
  run(database: Database, last?: Part): Promise<readonly SqlRow[]>;
};

export function createWriteBatch(): WriteBatch {
  const parts: Part[] = [];
  return {
    insert(table, columns, rows, onConflict = '') {
      if (rows.length === 0) return;
      const names = columns.map(({ name }) => quote(name)).join(', ');
      parts.push({
        sql: `INSERT INTO ${table} (${names}) SELECT ${names} FROM ${source(columns)} ${onConflict}`,
        rows,
      });
    },
    update(table, key, columns, rows, condition = '') {
      if (rows.length === 0) return;
      const sets = columns.map(({ name }) => `${quote(name)} = r.${quote(name)}`).join(', ');
      parts.push({
        sql: `UPDATE ${table} t SET ${sets} FROM ${source([key, ...columns])} WHERE t.${quote(key.name)} = r.${quote(key.name)}${condition}`,
        rows,
      });
    },
    async run(database, last) {
      const all = last === undefined ? parts : [...parts, last];
      const texts = all.map(({ sql }, index) => sql.replace('$ROWS', `$${index + 1}`));
      const end = texts.pop();
      if (end === undefined) return [];
      const others = texts.map((text, index) => `w${index} AS (${text})`);
      return database.query(
        others.length === 0 ? end : `WITH ${others.join(', ')} ${end}`,
        all.map(({ rows }) => JSON.stringify(rows)),
      );
    },
  };
}

function source(columns: readonly RowColumn[]): string {
  return `json_to_recordset($ROWS::json) AS r(${columns.map(({ name, sqlType }) => `${quote(name)} ${sqlType}`).join(', ')})`;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
