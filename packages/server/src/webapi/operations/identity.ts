/** Who am I, where am I, how much is there, and may this state follow that one. */
import { WebApiError } from '@parley/protocol';
import { requireAccess } from '../../security/caller.ts';
import { rowFilterSql } from '../../security/row-filter.ts';
import { runContext } from '../read/read-context.ts';
import { createSqlWriter, identifier } from '../sql/sql-writer.ts';
import { requireRow } from '../write/links.ts';
import { writeContextOf } from '../write/write-rows.ts';
import { type Operation, requireList, requireText, requireWholeNumber } from './operation.ts';
import { rowArgument } from './row-argument.ts';

/** The platform version whose behaviour is followed. */
const platformVersion = '9.2.25111.170';
const zeroGuid = '00000000-0000-0000-0000-000000000000';

export const whoAmI: Operation = {
  name: 'WhoAmI',
  kind: 'function',
  boundTo: undefined,
  run: async ({ request: { caller } }) => ({
    BusinessUnitId: caller.principal.businessUnitId,
    UserId: caller.principal.userId,
    OrganizationId: caller.organizationId,
  }),
};

export const retrieveVersion: Operation = {
  name: 'RetrieveVersion',
  kind: 'function',
  boundTo: undefined,
  run: async () => ({ Version: platformVersion }),
};

export const retrieveCurrentOrganization: Operation = {
  name: 'RetrieveCurrentOrganization',
  kind: 'function',
  boundTo: undefined,
  run: async (context, values) => {
    const accessType = requireText(values, 'AccessType');
    if (!['Default', 'Internet', 'Intranet'].includes(accessType))
      throw new WebApiError('requestFault', {
        detail: `AccessType '${accessType.slice(0, 50)}' is not Default, Internet or Intranet.`,
      });
    const { apiRoot, caller } = context.request;
    const [row] = await context.executor.query(
      'SELECT o.name, p.uniquename FROM data.organization o JOIN parley.organization p USING (organizationid) WHERE o.organizationid = $1::uuid',
      [caller.organizationId],
    );
    const origin = apiRoot.replace(/\/api\/data\/v9\.\d$/, '');
    return {
      Detail: {
        OrganizationId: caller.organizationId,
        FriendlyName: row?.[0] ?? '',
        OrganizationVersion: platformVersion,
        EnvironmentId: caller.organizationId,
        DatacenterId: zeroGuid,
        Geo: 'NA',
        TenantId: caller.tenantId,
        UrlName: row?.[1] ?? '',
        UniqueName: row?.[1] ?? '',
        State: 'Enabled',
        Endpoints: {
          Count: 3,
          IsReadOnly: false,
          Keys: ['WebApplication', 'OrganizationService', 'OrganizationDataService'],
          Values: [
            `${origin}/`,
            `${origin}/XRMServices/2011/Organization.svc`,
            `${origin}/XRMServices/2011/OrganizationData.svc`,
          ],
        },
      },
    };
  },
};

export const retrieveTotalRecordCount: Operation = {
  name: 'RetrieveTotalRecordCount',
  kind: 'function',
  boundTo: undefined,
  run: async (context, values) => {
    const { model, request, executor } = context;
    const names = requireList(values, 'EntityNames').map((name) => {
      const table = typeof name === 'string' ? model.tables.get(name) : undefined;
      if (table === undefined)
        throw new WebApiError('requestFault', {
          detail: `EntityNames holds '${typeof name === 'string' ? name.slice(0, 100) : '?'}', which is no table.`,
        });
      return table;
    });
    const counts: number[] = [];
    for (const table of names) {
      const writer = createSqlWriter();
      const filter = rowFilterSql(writer, requireAccess(request.caller, table, 'Read'), { alias: 't', table });
      const statement = writer.finish(
        `SELECT count(*) FROM data.${identifier(table.logicalName)} t${filter === undefined ? '' : ` WHERE ${filter}`}`,
      );
      const [row] = await executor.run(statement, runContext(context, []));
      counts.push(Number(row?.[0] ?? 0));
    }
    return {
      EntityRecordCountCollection: {
        Count: names.length,
        IsReadOnly: false,
        Keys: names.map((table) => table.logicalName),
        Values: counts,
      },
    };
  },
};

/** A state is named by its invariant name; the status must be one of its own. Where a table has an owner, that decides; elsewhere every such change is allowed. */
export const isValidStateTransition: Operation = {
  name: 'IsValidStateTransition',
  kind: 'function',
  boundTo: undefined,
  run: async (context, values) => {
    const write = writeContextOf(context);
    const row = await rowArgument(write, values.get('Entity'), 'Entity');
    const newState = requireText(values, 'NewState');
    const newStatus = requireWholeNumber(values, 'NewStatus');
    await requireRow(write, row.table, row.id, requireAccess(context.request.caller, row.table, 'Read'));
    const state = row.table.state?.options.find(
      (option) => option.invariantName === newState || option.label === newState,
    );
    const status = row.table.status?.options.find((option) => option.value === newStatus);
    if (state === undefined || status?.state !== state.value) return { IsValid: false };
    const owner = write.rules.owners.get(row.table.logicalName);
    return { IsValid: owner === undefined || (await owner.isStatusPossible(write, row.id, status.value)) };
  },
};
