/**
 * Many writes in one statement: each part is a data-modifying WITH query over a JSON list of rows. One round trip writes a whole
 * decision, or hundreds of them; foreign keys are checked when the statement ends, so the order of parts does not matter. A row may
 * be written once only (PostgreSQL leaves open which of two writes of one row in one statement wins).
 */
import type { Database, SqlRow } from './database.ts';

export type RowColumn = {
  readonly name: string;
  readonly sqlType: string;
  /**
   * Holds a JSON document of some size. It travels beside the list of rows, one line each, instead of inside it, where PostgreSQL
   * would parse it as part of the list. An object, or its JSON text; never null. One column of a part at most.
   */
  readonly isDocument?: boolean;
};

/** Values by column name, as JSON: arrays for array types, objects for jsonb, ISO texts or numbers as the type reads them. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** `$ROWS` stands for the list of rows, `$DOCUMENTS` for the lines of documents that go with them. */
export type Part = {
  readonly sql: string;
  readonly rows: readonly JsonRow[];
  readonly documents?: readonly unknown[];
};

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
      const values = columns.map(cellOf).join(', ');
      parts.push({
        sql: `INSERT INTO ${table} (${names}) SELECT ${values} FROM ${source(columns)} ${onConflict}`,
        ...split(columns, rows),
      });
    },
    update(table, key, columns, rows, condition = '') {
      if (rows.length === 0) return;
      const sets = columns.map((column) => `${quote(column.name)} = ${cellOf(column)}`).join(', ');
      parts.push({
        sql: `UPDATE ${table} t SET ${sets} FROM ${source([key, ...columns])} WHERE t.${quote(key.name)} = r.${quote(key.name)}${condition}`,
        ...split(columns, rows),
      });
    },
    async run(database, last) {
      const all = last === undefined ? parts : [...parts, last];
      const values: string[] = [];
      const parameter = (value: string): string => `$${values.push(value)}`;
      const texts = all.map(({ sql, rows, documents }) =>
        sql
          .replace('$ROWS', () => parameter(JSON.stringify(rows)))
          .replace('$DOCUMENTS', () =>
            parameter((documents ?? []).map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')),
          ),
      );
      const end = texts.pop();
      if (end === undefined) return [];
      const others = texts.map((text, index) => `w${index} AS (${text})`);
      return database.query(others.length === 0 ? end : `WITH ${others.join(', ')} ${end}`, values);
    },
  };
}

/** A document becomes its column's type only here: until then it is a line of text. */
function cellOf({ name, sqlType, isDocument }: RowColumn): string {
  return isDocument === true ? `r.${quote(name)}::${sqlType}` : `r.${quote(name)}`;
}

/** The rows as a table `r`. */
function source(columns: readonly RowColumn[]): string {
  const plain = columns.filter(({ isDocument }) => isDocument !== true);
  const types = plain.map(({ name, sqlType }) => `${quote(name)} ${sqlType}`).join(', ');
  const document = columns.find(({ isDocument }) => isDocument === true);
  if (document === undefined) return `json_to_recordset($ROWS::json) AS r(${types})`;
  const names = [...plain, document].map(({ name }) => quote(name)).join(', ');
  return `ROWS FROM (json_to_recordset($ROWS::json) AS (${types}), string_to_table($DOCUMENTS, E'\\n')) AS r(${names})`;
}

/** JSON has no line breaks outside of its texts, and escapes those within: documents can be told apart by lines. */
function split(columns: readonly RowColumn[], rows: readonly JsonRow[]): Pick<Part, 'rows' | 'documents'> {
  const document = columns.find(({ isDocument }) => isDocument === true);
  if (document === undefined) return { rows };
  return {
    rows: rows.map(({ [document.name]: _, ...plain }) => plain),
    documents: rows.map((row) => row[document.name]),
  };
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
