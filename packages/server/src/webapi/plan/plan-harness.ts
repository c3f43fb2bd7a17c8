/** For tests: plans made from URL text, for callers with chosen reach. */
import { parseQueryOptions } from '@parley/odata';
import { loadTableModel } from '../../model/load-table-model.ts';
import { type Table, type TableModel, tableNamed } from '../../model/table-model.ts';
import { type Caller, createCaller, type Principal, type Reach } from '../../security/caller.ts';
import { privilegeKinds, privilegeName } from '../../security/privileges.ts';
import { unwrap } from '../request/web-api-request.ts';
import type { Planned, Query } from './plan.ts';
import { planCollection } from './plan-retrieve.ts';

export const loadModel = (): Promise<TableModel> => loadTableModel(new URL('../../../../../db/', import.meta.url));

const testUserId = '11111111-1111-4111-8111-111111111111';
const teamId = '22222222-2222-4222-8222-222222222222';
const unitId = '33333333-3333-4333-8333-333333333333';

/** A caller whose every privilege reaches this far; tables in `except` have none. */
export function testCaller(
  model: TableModel,
  depth: 'Global' | 'Basic' | 'Local',
  except: readonly string[] = [],
): Caller {
  const reach: Reach =
    depth === 'Global'
      ? { kind: 'global' }
      : { kind: 'limited', principals: [testUserId, teamId], businessUnits: depth === 'Local' ? [unitId] : [] };
  const reaches = new Map<string, Reach>();
  for (const table of model.tables.values()) {
    if (!except.includes(table.logicalName))
      for (const kind of privilegeKinds) reaches.set(privilegeName(table, kind), reach);
  }
  const principal: Principal = {
    userId: testUserId,
    fullName: 'Test User',
    businessUnitId: unitId,
    teamIds: [teamId],
    sharePrincipals: [testUserId, teamId],
    isDisabled: false,
    accessMode: 0,
    roleCount: 1,
    reaches,
    shape: depth,
    timeZone: 'Europe/Berlin',
    languageCode: 1033,
  };
  return createCaller(principal, undefined, { organizationId: unitId, tenantId: unitId });
}

/** The plan of a collection read, from the text behind the `?`. */
export function planText(
  model: TableModel,
  caller: Caller,
  tableName: string,
  query: string,
  settings: { isAnnotated?: boolean; maxPageSize?: number } = {},
): Planned<Query> {
  const table: Table = tableNamed(model, tableName);
  const options = unwrap(parseQueryOptions(query));
  return planCollection(model, caller, { table, of: undefined }, options, {
    isAnnotated: settings.isAnnotated ?? false,
    maxPageSize: settings.maxPageSize,
  });
}
