/** Creates a row, and along with it the rows nested in its payload, all in one transaction. */
import { WebApiError } from '@parley/protocol';
import { isManyTableLookup, lookupTableColumn, type Table } from '../../model/table-model.ts';
import { requireAccess } from '../../security/caller.ts';
import { type BoundPayload, failPayload } from '../plan/bind-payload.ts';
import { constantParameter, type Parameter, secondParameter } from '../plan/plan.ts';
import { createSqlWriter, identifier, type Statement } from '../sql/sql-writer.ts';
import { afterCreate } from './after-write.ts';
import { associate } from './associate.ts';
import { checkColumns } from './check-columns.ts';
import { explainLinks, guardSql, type ResolvedLink, resolveLinks } from './links.ts';
import { callerAsOwner, covers, type Owner, resolveOwner } from './owner.ts';
import { requireMessage } from './require-message.ts';
import { resolveState } from './resolve-state.ts';
import { runContextOf, type WriteContext } from './write-context.ts';

/** A link that the create itself makes (deep insert): its target was just written, so nothing is left to check. */
export type KnownLink = {
  readonly column: string;
  readonly tableColumn: string | undefined;
  readonly table: string;
  readonly id: string;
};

/**
 * @returns the id of the new row
 * @throws WebApiError for missing privileges, rows out of reach, duplicates and bad values; nothing is written then
 */
export async function createRow(context: WriteContext, payload: BoundPayload): Promise<string> {
  const isPlain =
    payload.parents.length === 0 &&
    payload.children.length === 0 &&
    payload.collectionLinks.length === 0 &&
    !hasAfterSteps(payload.table);
  if (isPlain) return insertRow(context, payload, []);
  return context.executor.transaction((executor) => createNested({ ...context, executor }, payload, []));
}

/** Creating these brings other rows with it. */
function hasAfterSteps(table: Table): boolean {
  return table.logicalName === 'businessunit';
}

async function createNested(
  context: WriteContext,
  payload: BoundPayload,
  known: readonly KnownLink[],
): Promise<string> {
  const links = [...known];
  for (const { navigation, payload: parent } of payload.parents) {
    requireAccess(context.caller, payload.table, 'Append');
    requireAccess(context.caller, parent.table, 'AppendTo');
    const id = await createNested(context, parent, []);
    const tableColumn = isManyTableLookup(navigation.column)
      ? lookupTableColumn(navigation.column.logicalName)
      : undefined;
    links.push({ column: navigation.column.logicalName, tableColumn, table: parent.table.logicalName, id });
  }
  const id = await insertRow(context, payload, links);
  for (const { navigation, payload: child } of payload.children) {
    if (navigation.kind === 'manyToMany') {
      await associate(context, payload.table, id, navigation, child.table, await createNested(context, child, []));
      continue;
    }
    requireAccess(context.caller, child.table, 'Append');
    requireAccess(context.caller, payload.table, 'AppendTo');
    const { column } = navigation.relationship;
    const tableColumn = isManyTableLookup(column) ? lookupTableColumn(column.logicalName) : undefined;
    await createNested(context, child, [
      { column: column.logicalName, tableColumn, table: payload.table.logicalName, id },
    ]);
  }
  for (const { navigation, target } of payload.collectionLinks) {
    if (target.kind !== 'primary')
      failPayload(payload.table, `'${navigation.navigationProperty}@odata.bind' takes references by primary key.`);
    else await associate(context, payload.table, id, navigation, target.table, target.id);
  }
  await afterCreate(context, payload.table, id);
  return id;
}

async function insertRow(context: WriteContext, payload: BoundPayload, known: readonly KnownLink[]): Promise<string> {
  const { table } = payload;
  requireMessage(table, 'Create');
  checkColumns(context, table, payload.values);
  const access = requireAccess(context.caller, table, 'Create');
  const ownerLink = payload.links.find((link) => link.navigation.referencedTable === 'principal');
  const owner = ownerLink?.target
    ? await resolveOwner(context, table, ownerLink.target)
    : callerAsOwner(context.caller);
  if (table.ownership === 'UserOwned' && !covers(access, owner)) {
    throw new WebApiError('accessDenied', {
      id: payload.primaryId ?? '',
      owner: owner.id,
      ownerType: owner.table === 'team' ? 9 : 8,
      user: context.caller.principal.userId,
      typeCode: table.objectTypeCode,
      businessUnit: owner.businessUnitId,
      right: 'CreateAccess',
    });
  }
  const links = await resolveLinks(
    context,
    table,
    payload.links.filter((link) => link !== ownerLink),
  );
  const values = collectValues(context, payload, owner, links, known);
  requireValues(table, values);
  const rows = await context.executor.run(compileInsert(table, values, links), runContextOf(context));
  const id = rows[0]?.[0];
  if (typeof id === 'string') return id;
  await explainLinks(context, links);
  throw new WebApiError('busy');
}

function collectValues(
  context: WriteContext,
  payload: BoundPayload,
  owner: Owner,
  links: readonly ResolvedLink[],
  known: readonly KnownLink[],
): Map<string, Parameter | null> {
  const { table } = payload;
  const values = new Map(payload.values);
  const state = resolveState(table, payload.values, 'create', payload.isMirrored);
  for (const [column, value] of state?.values ?? []) values.set(column, value);
  if (payload.primaryId !== undefined)
    values.set(table.primaryId.logicalName, constantParameter('uuid', payload.primaryId));
  for (const link of links)
    setLink(
      values,
      link.column,
      link.tableColumn,
      link.target === null ? null : { table: link.target.table.logicalName, id: link.target.id },
    );
  for (const link of known) setLink(values, link.column, link.tableColumn, link);
  for (const [column, value] of systemValues(context, table, owner))
    if (table.columns.get(column)?.storage.kind === 'column' && !values.has(column)) values.set(column, value);
  if (table.ownership === 'UserOwned') {
    setLink(values, 'ownerid', 'ownerid_table', owner);
    values.set('owningbusinessunit', constantParameter('uuid', owner.businessUnitId));
  }
  const overridden = values.get('overriddencreatedon');
  if (overridden !== undefined && overridden !== null && table.columns.has('createdon'))
    values.set('createdon', overridden);
  return values;
}

function setLink(
  values: Map<string, Parameter | null>,
  column: string,
  tableColumn: string | undefined,
  target: { readonly table: string; readonly id: string } | null,
): void {
  values.set(column, target === null ? null : constantParameter('uuid', target.id));
  if (tableColumn !== undefined)
    values.set(tableColumn, target === null ? null : constantParameter('text', target.table));
}

/** What the server fills in by itself, unless the payload did. */
function systemValues(context: WriteContext, table: Table, owner: Owner): [string, Parameter][] {
  const user = constantParameter('uuid', context.caller.principal.userId);
  const delegate =
    context.caller.onBehalfOf === undefined ? [] : [constantParameter('uuid', context.caller.onBehalfOf.userId)];
  const moment = secondParameter(context.now);
  const values: [string, Parameter][] = [
    ['createdon', moment],
    ['modifiedon', moment],
    ['createdby', user],
    ['modifiedby', user],
    ['organizationid', constantParameter('uuid', context.caller.organizationId)],
    ...delegate.flatMap((value): [string, Parameter][] => [
      ['createdonbehalfby', value],
      ['modifiedonbehalfby', value],
    ]),
  ];
  if (table.ownership === 'BusinessOwned' && table.logicalName !== 'businessunit')
    values.push(['businessunitid', constantParameter('uuid', owner.businessUnitId)]);
  if (table.logicalName === 'businessunit')
    values.push(['parentbusinessunitid', constantParameter('uuid', owner.businessUnitId)]);
  if (table.logicalName === 'team') values.push(['administratorid', user]);
  return values;
}

/** Texts and lookups that a row cannot be without and that nobody fills in. Choices fall back to their default. */
function requireValues(table: Table, values: ReadonlyMap<string, Parameter | null>): void {
  for (const column of table.columns.values()) {
    const isAsked =
      column.requiredLevel === 'SystemRequired' &&
      column.isValidForCreate &&
      (column.type === 'String' || column.type === 'Lookup' || column.type === 'Customer');
    const isExempt =
      column.storage.kind !== 'column' ||
      column.defaultValue !== undefined ||
      (table.logicalName === 'systemuser' && column.logicalName === 'domainname');
    if (isAsked && !isExempt && (values.get(column.logicalName) ?? null) === null)
      throw new WebApiError('requiredFieldMissing', { column: column.logicalName });
  }
}

function compileInsert(
  table: Table,
  values: ReadonlyMap<string, Parameter | null>,
  links: readonly ResolvedLink[],
): Statement {
  const writer = createSqlWriter();
  const guard = guardSql(writer, links);
  const names: string[] = [];
  const items: string[] = [];
  for (const [column, value] of values) {
    names.push(identifier(column));
    items.push(value === null ? 'NULL' : writer.parameter(value));
  }
  const into = `INSERT INTO data.${identifier(table.logicalName)} (${names.join(', ')})`;
  const source =
    guard.parts.length === 0
      ? `VALUES (${items.join(', ')})`
      : `SELECT ${items.join(', ')} WHERE ${guard.conditions.join(' AND ')}`;
  const prefix = guard.parts.length === 0 ? '' : `WITH ${guard.parts.join(', ')} `;
  return writer.finish(`${prefix}${into} ${source} RETURNING ${identifier(table.primaryId.logicalName)}`);
}
