/**
 * Statements on the database, inside a transaction or not. Each distinct text is prepared once per connection, up to a limit;
 * texts that come once are not kept. Values come back as arrays of PostgreSQL's text.
 */
import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from './pool.ts';

export type SqlValue = string | number | boolean | null | readonly string[] | readonly number[];
export type SqlRow = readonly (string | null)[];

export type Database = {
  /** For fixed texts of this program; every value that comes from outside is a parameter. */
  query(text: string, values: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** Runs `work` in one transaction; inside a transaction, joins it. */
  transaction<Result>(work: (database: Database) => Promise<Result>): Promise<Result>;
};

const maximumPrepared = 400;
const names = new Map<string, string>();

/** A name for a text that has been seen before; undefined for newcomers, so that one-off texts are not prepared. */
function preparedName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size < maximumPrepared)
    names.set(text, `p${createHash('sha1').update(text).digest('base64url').slice(0, 20)}`);
  return undefined;
}

export async function execute(
  client: Pool | PoolClient,
  text: string,
  values: readonly SqlValue[],
): Promise<readonly SqlRow[]> {
  const name = preparedName(text);
  const result = await client.query<(string | null)[]>({
    text,
    values: [...values],
    rowMode: 'array',
    ...(name === undefined ? {} : { name }),
  });
  return result.rows;
}

export function createDatabase(pool: Pool): Database {
  return {
    query: (text, values) => execute(pool, text, values),
    transaction: (work) => inTransaction(pool, (client) => work(inside(client))),
  };
}

function inside(client: PoolClient): Database {
  const database: Database = {
    query: (text, values) => execute(client, text, values),
    transaction: (work) => work(database),
  };
  return database;
}
