/**
 * Runs statements. Each distinct text is prepared once per connection, up to a limit; texts that come once are not kept.
 * Values come back as arrays of PostgreSQL's text.
 */
import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../../db/pool.ts';
import type { RunContext, SqlValue } from '../plan/plan.ts';
import type { SqlRow } from '../response/row-writer.ts';
import { resolveParameters, type Statement } from '../sql/sql-writer.ts';

export type Executor = {
  /** Rows of the statement. */
  run(statement: Statement, context: RunContext): Promise<readonly SqlRow[]>;
  /** For fixed texts of this program. */
  query(text: string, values: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** Runs `work` in one transaction; inside a transaction, joins it. */
  transaction<Result>(work: (executor: Executor) => Promise<Result>): Promise<Result>;
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

async function execute(
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

export function createExecutor(pool: Pool): Executor {
  return {
    run: (statement, context) => execute(pool, statement.text, resolveParameters(statement, context)),
    query: (text, values) => execute(pool, text, values),
    transaction: (work) => inTransaction(pool, (client) => work(createTransactionExecutor(client))),
  };
}

function createTransactionExecutor(client: PoolClient): Executor {
  const executor: Executor = {
    run: (statement, context) => execute(client, statement.text, resolveParameters(statement, context)),
    query: (text, values) => execute(client, text, values),
    transaction: (work) => work(executor),
  };
  return executor;
}
