/** Why a statement touched no row: it is not there, or out of the caller's reach. */
import { WebApiError } from '@parley/protocol';
import type { Table } from '../../model/table-model.ts';
import type { Access } from '../../security/caller.ts';
import { scopeOf } from '../../security/row-filter.ts';
import { identifier } from '../sql/sql-writer.ts';
import type { WriteContext } from './write-context.ts';

/** The refusal for a row that the access does not cover: rowNotFound or accessDenied. */
export async function describeDenial(
  context: Pick<WriteContext, 'executor' | 'caller'>,
  table: Table,
  id: string,
  access: Access,
): Promise<WebApiError> {
  const scope = scopeOf(table);
  const columns = scope?.isShareable === true ? 'ownerid, ownerid_table, owningbusinessunit' : 'NULL, NULL, NULL';
  const [row] = await context.executor.query(
    `SELECT ${columns} FROM data.${identifier(table.logicalName)} WHERE ${identifier(table.primaryId.logicalName)} = $1::uuid`,
    [id],
  );
  if (row === undefined) return new WebApiError('rowNotFound', { table: table.logicalName, id });
  return new WebApiError('accessDenied', {
    id,
    owner: row[0] ?? '',
    ownerType: row[1] === 'team' ? 9 : 8,
    user: context.caller.principal.userId,
    typeCode: table.objectTypeCode,
    businessUnit: row[2] ?? '',
    right: `${access.kind}Access`,
  });
}
