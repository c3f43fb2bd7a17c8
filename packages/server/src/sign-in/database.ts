/**
 * The little of a PostgreSQL connection that sign-in needs; a pool and a client inside a transaction both fit.
 * The server's pool hands every value on as text, so statements here cast what is not text, and readers parse it.
 */
import type { QueryResult, QueryResultRow } from 'pg';

export type Database = {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
};

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Reads a boolean that was cast to text. */
export function readBoolean(text: string): boolean {
  return text === 'true';
}

/** True for text that PostgreSQL takes as a uuid without an error. */
export function isGuid(text: string): boolean {
  return guidPattern.test(text);
}
