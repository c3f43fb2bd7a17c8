/** What else happens when certain rows are written. */
import type { Table } from '../../model/table-model.ts';
import type { WriteContext } from './write-context.ts';

/** Each business unit has a default team of its name. */
export async function afterCreate(context: WriteContext, table: Table, id: string): Promise<void> {
  if (table.logicalName !== 'businessunit') return;
  const user = context.caller.principal.userId;
  await context.executor.query(
    `INSERT INTO data.team (name, businessunitid, organizationid, administratorid, isdefault, teamtype, createdby, modifiedby, createdon, modifiedon)
     SELECT name, businessunitid, $2::uuid, $3::uuid, true, 0, $3::uuid, $3::uuid, createdon, modifiedon FROM data.businessunit WHERE businessunitid = $1::uuid`,
    [id, context.caller.organizationId, user],
  );
}

/** Tables whose rows decide what callers may do: writing them empties the cache of principals. */
const securityTables: ReadonlySet<string> = new Set([
  'systemuser',
  'team',
  'businessunit',
  'role',
  'usersettings',
  'organization',
  'systemuserroles',
  'teamroles',
  'teammembership',
  'roleprivileges',
  'privilege',
]);

export function decidesAccess(logicalName: string): boolean {
  return securityTables.has(logicalName);
}
