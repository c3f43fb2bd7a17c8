/** A reference by alternate key as the id of its row. */
import { WebApiError } from '@parley/protocol';
import { keySqlType, type RowReference } from '../plan/entity-reference.ts';
import { identifier } from '../sql/sql-writer.ts';
import type { WriteContext } from './write-context.ts';

/** The row's id, or undefined when no row has the key. An id given as such is returned without a look. */
export async function findReference(
  context: Pick<WriteContext, 'executor'>,
  reference: RowReference,
): Promise<string | undefined> {
  if (reference.kind === 'primary') return reference.id;
  const { table, key, values } = reference;
  const conditions = key.columns.map(
    (column, index) => `${identifier(column.logicalName)} = $${index + 1}::${keySqlType(column)}`,
  );
  const [row] = await context.executor.query(
    `SELECT ${identifier(table.primaryId.logicalName)} FROM data.${identifier(table.logicalName)} WHERE ${conditions.join(' AND ')}`,
    values,
  );
  return row?.[0] ?? undefined;
}

/** @throws WebApiError rowNotFoundByKey */
export async function resolveReference(context: WriteContext, reference: RowReference): Promise<string> {
  const id = await findReference(context, reference);
  if (id === undefined) throw new WebApiError('rowNotFoundByKey', { table: reference.table.logicalName });
  return id;
}
