/**
 * Rows as parameters of operations: by `@odata.id`, or by `@odata.type` and the key column. The type may be left out where the
 * operation says which tables the parameter may name.
 */
import type { JsonObject, JsonValue } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import type { Table, TableModel } from '../../model/table-model.ts';
import { parseRowReference } from '../plan/entity-reference.ts';
import { resolveReference } from '../write/resolve-reference.ts';
import type { WriteContext } from '../write/write-context.ts';

export type ArgumentRow = { readonly table: Table; readonly id: string };

const guidPattern = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;

/**
 * @param expected tables that the parameter may name; undefined for any
 * @throws WebApiError requestFault when the value names no row
 */
export async function rowArgument(
  context: WriteContext,
  value: JsonValue | undefined,
  parameter: string,
  expected?: readonly string[],
): Promise<ArgumentRow> {
  const row = await readRow(context, value, parameter, expected ?? []);
  if (expected !== undefined && !expected.includes(row.table.logicalName)) {
    throw new WebApiError('requestFault', {
      detail: `The parameter '${parameter}' must be a row of ${expected.join(' or ')}, not of ${row.table.logicalName}.`,
    });
  }
  return row;
}

async function readRow(
  context: WriteContext,
  value: JsonValue | undefined,
  parameter: string,
  expected: readonly string[],
): Promise<ArgumentRow> {
  if (
    value === undefined ||
    value === null ||
    typeof value !== 'object' ||
    !('kind' in value) ||
    value.kind !== 'object'
  ) {
    throw new WebApiError('requestFault', { detail: `The parameter '${parameter}' is missing or not a row.` });
  }
  const reference = value.members.get('@odata.id');
  if (typeof reference === 'string') {
    const found = parseRowReference(context.model, reference);
    if (found === undefined)
      throw new WebApiError('requestFault', {
        detail: `The parameter '${parameter}' refers to '${reference.slice(0, 200)}', which is no row.`,
      });
    return { table: found.table, id: await resolveReference(context, found) };
  }
  const table = typedTable(context.model, value) ?? tableByKey(context.model, value, expected);
  const id = table === undefined ? undefined : keyOf(table, value);
  if (table === undefined || id === undefined) {
    throw new WebApiError('requestFault', {
      detail: `EdmEntityObject passed should have the key property value set. (parameter '${parameter}')`,
    });
  }
  return { table, id };
}

/** `"@odata.type": "Microsoft.Dynamics.CRM.account"`, `#` in front or not. */
function typedTable(model: TableModel, value: JsonObject): Table | undefined {
  const type = value.members.get('@odata.type');
  return typeof type === 'string'
    ? model.tables.get(type.replace(/^#/, '').replace(/^(Microsoft\.Dynamics\.CRM|mscrm)\./, ''))
    : undefined;
}

/** Without a type, the key column tells which of the expected tables is meant. */
function tableByKey(model: TableModel, value: JsonObject, expected: readonly string[]): Table | undefined {
  if (value.members.has('@odata.type')) return undefined;
  const tables = expected
    .map((name) => model.tables.get(name))
    .filter((table) => table !== undefined && value.members.has(table.primaryId.logicalName));
  return tables.length === 1 ? tables[0] : undefined;
}

function keyOf(table: Table, value: JsonObject): string | undefined {
  const id =
    value.members.get(table.primaryId.logicalName) ??
    (table.baseType === 'principal' ? value.members.get('ownerid') : undefined);
  return typeof id === 'string' && guidPattern.test(id) ? id.replace(/[{}]/g, '').toLowerCase() : undefined;
}
