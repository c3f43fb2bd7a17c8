/**
 * The caller's row filter as SQL: the only place that knows which columns say who owns a row. A row is covered when it
 * is owned by one of the principals, belongs to one of the business units, or is shared with the user or their teams.
 */
import type { Table } from '../model/table-model.ts';
import type { RunContext, Source } from '../webapi/plan/plan.ts';
import type { SqlWriter } from '../webapi/sql/sql-writer.ts';
import type { Access, Principal, Reach } from './caller.ts';
import { accessRights } from './privileges.ts';

type Scope = { readonly own: string | undefined; readonly unit: string; readonly isShareable: boolean };

/** Which columns of a table hold its owner and business unit; undefined where rows belong to the organisation. */
export function scopeOf(table: Table): Scope | undefined {
  if (table.ownership === 'UserOwned') return { own: 'ownerid', unit: 'owningbusinessunit', isShareable: true };
  if (table.ownership !== 'BusinessOwned') return undefined;
  switch (table.logicalName) {
    case 'systemuser':
    case 'usersettings':
      return { own: 'systemuserid', unit: 'businessunitid', isShareable: false };
    case 'team':
      return { own: 'teamid', unit: 'businessunitid', isShareable: false };
    case 'calendar':
      return { own: 'primaryuserid', unit: 'businessunitid', isShareable: false };
    default:
      return { own: undefined, unit: 'businessunitid', isShareable: false };
  }
}

/**
 * The condition that a row of `source` must fulfil, or undefined when the access covers every row. Its values are taken
 * from the caller of each run, so that a cached plan serves every caller of the same shape.
 */
export function rowFilterSql(writer: SqlWriter, access: Access, source: Source): string | undefined {
  const scope = scopeOf(source.table);
  if (scope === undefined) return undefined;
  const filters = access.reaches.flatMap((reach, index) =>
    reach.kind === 'global' ? [] : [limitedFilter(writer, access, scope, source, reach, index)],
  );
  return filters.length === 0 ? undefined : filters.join(' AND ');
}

function limitedFilter(
  writer: SqlWriter,
  access: Access,
  scope: Scope,
  source: Source,
  planned: Extract<Reach, { kind: 'limited' }>,
  index: number,
): string {
  const principalOf = (context: RunContext): Principal =>
    index === 0 ? context.caller.principal : (context.caller.onBehalfOf ?? context.caller.principal);
  const reachOf = (context: RunContext) => principalOf(context).reaches.get(access.privilege);
  const parts: string[] = [];
  if (scope.own !== undefined) {
    const owners = writer.parameter({
      sqlType: 'uuid[]',
      value: (context) => {
        const reach = reachOf(context);
        return reach?.kind === 'limited' ? reach.principals : [];
      },
    });
    parts.push(`${source.alias}.${scope.own} = ANY (${owners})`);
  }
  if (planned.businessUnits.length > 0 || scope.own === undefined) {
    const units = writer.parameter({
      sqlType: 'uuid[]',
      value: (context) => {
        const reach = reachOf(context);
        if (reach?.kind !== 'limited') return [];
        return scope.own === undefined
          ? [principalOf(context).businessUnitId, ...reach.businessUnits]
          : reach.businessUnits;
      },
    });
    parts.push(`${source.alias}.${scope.unit} = ANY (${units})`);
  }
  if (scope.isShareable) {
    const principals = writer.parameter({
      sqlType: 'uuid[]',
      value: (context) => principalOf(context).sharePrincipals,
    });
    const share = writer.alias('s');
    const mask = `coalesce(${share}.accessrightsmask, 0) | coalesce(${share}.inheritedaccessrightsmask, 0)`;
    // One GUID may name rows of two tables, so a share says which table it is for.
    const typeCode = source.table.isView ? `${source.alias}.activitytypecode` : `'${source.table.logicalName}'`;
    parts.push(
      `EXISTS (SELECT 1 FROM data.principalobjectaccess ${share} WHERE ${share}.objectid = ${source.alias}."${source.table.primaryId.logicalName}" AND ${share}.objecttypecode = ${typeCode} AND ${share}.principalid = ANY (${principals}) AND (${mask}) & ${accessRights[access.kind]} <> 0)`,
    );
  }
  return `(${parts.join(' OR ')})`;
}
