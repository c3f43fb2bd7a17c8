/** Runs the statements of plans, on the pool or in a transaction. */
import type { Pool, PoolClient } from 'pg';
import { execute } from '../../db/database.ts';
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
