/** Changes a row in one statement: access, version and state conditions stand in its WHERE. */
import { WebApiError } from '@parley/protocol';
import type { Table } from '../../model/table-model.ts';
import { type Access, requireAccess } from '../../security/caller.ts';
import { rowFilterSql } from '../../security/row-filter.ts';
import { type BoundPayload, failPayload } from '../plan/bind-payload.ts';
import { constantParameter, type Parameter, secondParameter } from '../plan/plan.ts';
import { createSqlWriter, identifier, type Statement } from '../sql/sql-writer.ts';
import { checkColumns } from './check-columns.ts';
import { explainLinks, guardSql, type ResolvedLink, requireRow, resolveLinks } from './links.ts';
import { covers, type Owner, resolveOwner } from './owner.ts';
import { requireMessage } from './require-message.ts';
import { resolveState, type StateChange } from './resolve-state.ts';
import { runContextOf, type TableOwner, type WriteContext } from './write-context.ts';

export type UpdateOutcome = 'updated' | 'missing';

type PlannedUpdate = {
  readonly table: Table;
  readonly id: string;
  readonly version: string | undefined;
  readonly values: ReadonlyMap<string, Parameter | null>;
  readonly links: readonly ResolvedLink[];
  readonly accesses: readonly Access[];
  readonly state: StateChange | undefined;
};

/**
 * @param version the row version that the row must still have; undefined for any
 * @returns 'missing' when there is no such row
 * @throws WebApiError accessDenied, versionMismatch, stateOrStatusInvalid, ... ; nothing is written then
 */
export async function updateRow(
  context: WriteContext,
  payload: BoundPayload,
  id: string,
  version: string | undefined,
): Promise<UpdateOutcome> {
  const { table } = payload;
  requireMessage(table, 'Update');
  checkColumns(context, table, payload.values);
  if (payload.parents.length > 0 || payload.children.length > 0)
    failPayload(table, 'Rows cannot be created along in an update.');
  const ownerLink = payload.links.find((link) => link.navigation.referencedTable === 'principal');
  const owner = ownerLink?.target ? await resolveOwner(context, table, ownerLink.target) : undefined;
  const otherLinks = payload.links.filter((link) => link !== ownerLink);
  const accesses = requiredAccesses(context, table, payload, owner, otherLinks.length > 0);
  const links = await resolveLinks(context, table, otherLinks);
  const state = resolveState(table, payload.values, 'update', payload.isMirrored);
  const values = collectValues(context, payload, owner, links, state);
  const update: PlannedUpdate = { table, id, version, values, links, accesses, state };
  const keeper = context.rules.owners.get(table.logicalName);
  const isKept = keeper?.concerns(values.keys()) === true;
  return isKept ? runKeptUpdate(context, keeper, update) : runUpdate(context, update);
}

/** A write that the table's owner has a say in: one transaction, the row locked, access and conditions checked before the owner acts. */
async function runKeptUpdate(context: WriteContext, keeper: TableOwner, update: PlannedUpdate): Promise<UpdateOutcome> {
  return context.executor.transaction(async (executor) => {
    const inner = { ...context, executor };
    const row = await keeper.open(inner, update.id);
    if ((await explainUpdate(inner, update)) === 'missing') return 'missing';
    const values = await row.update({ values: update.values, state: update.state });
    // Version and state were checked on the locked row, and the owner may have changed both since.
    return runUpdate(inner, { ...update, values, version: undefined, state: undefined });
  });
}

async function runUpdate(context: WriteContext, update: PlannedUpdate): Promise<UpdateOutcome> {
  const statement = compileUpdate(update, context.now);
  for (let attempt = 0; attempt < maximumAttempts; attempt++) {
    const rows = await context.executor.run(statement, runContextOf(context));
    const outcome = rows.length > 0 ? 'updated' : await explainUpdate(context, update);
    if (outcome !== 'changed') return outcome;
  }
  throw new WebApiError('busy');
}

/** A row that others write at the same moment may change between a statement and the look at why it did nothing. */
const maximumAttempts = 5;

/** Write, unless only the owner changes; Assign for a new owner; Append for links. All must cover the row. */
function requiredAccesses(
  context: WriteContext,
  table: Table,
  payload: BoundPayload,
  owner: Owner | undefined,
  hasLinks: boolean,
): Access[] {
  const accesses: Access[] = [];
  if (owner === undefined || payload.values.size > 0 || hasLinks)
    accesses.push(requireAccess(context.caller, table, 'Write'));
  if (owner !== undefined) {
    const assign = requireAccess(context.caller, table, 'Assign');
    accesses.push(assign);
    // Nobody hands a row to where their own right to assign does not reach, except to a team or user beside them.
    if (
      assign.reaches.some((reach) => reach.kind !== 'global' && reach.businessUnits.length > 0) &&
      !covers(assign, owner)
    ) {
      throw new WebApiError('accessDenied', {
        id: owner.id,
        owner: owner.id,
        ownerType: owner.table === 'team' ? 9 : 8,
        user: context.caller.principal.userId,
        typeCode: table.objectTypeCode,
        businessUnit: owner.businessUnitId,
        right: 'AssignAccess',
      });
    }
  }
  if (hasLinks) accesses.push(requireAccess(context.caller, table, 'Append'));
  return accesses;
}

function collectValues(
  context: WriteContext,
  payload: BoundPayload,
  owner: Owner | undefined,
  links: readonly ResolvedLink[],
  state: StateChange | undefined,
): Map<string, Parameter | null> {
  const values = new Map(payload.values);
  for (const [column, value] of state?.values ?? []) values.set(column, value);
  for (const { column, tableColumn, target } of links) {
    values.set(column, target === null ? null : constantParameter('uuid', target.id));
    if (tableColumn !== undefined)
      values.set(tableColumn, target === null ? null : constantParameter('text', target.table.logicalName));
  }
  if (owner !== undefined) {
    values.set('ownerid', constantParameter('uuid', owner.id));
    values.set('ownerid_table', constantParameter('text', owner.table));
    values.set('owningbusinessunit', constantParameter('uuid', owner.businessUnitId));
  }
  const { columns } = payload.table;
  if (columns.has('modifiedby')) values.set('modifiedby', constantParameter('uuid', context.caller.principal.userId));
  if (columns.has('modifiedonbehalfby'))
    values.set(
      'modifiedonbehalfby',
      context.caller.onBehalfOf === undefined ? null : constantParameter('uuid', context.caller.onBehalfOf.userId),
    );
  return values;
}

function compileUpdate(update: PlannedUpdate, now: number): Statement {
  const { table, values, links, accesses, state } = update;
  const writer = createSqlWriter();
  const guard = guardSql(writer, links);
  const source = { alias: 't', table };
  const sets = [...values].map(
    ([column, value]) => `${identifier(column)} = ${value === null ? 'NULL' : writer.parameter(value)}`,
  );
  // A request reads the clock once, and may then wait for the row: the time of a row does not go back for that.
  if (table.columns.has('modifiedon'))
    sets.push(`modifiedon = greatest(t.modifiedon, ${writer.parameter(secondParameter(now))})`);
  // A table without audit columns still counts as written.
  if (sets.length === 0)
    sets.push(`${identifier(table.primaryId.logicalName)} = t.${identifier(table.primaryId.logicalName)}`);
  const conditions = [
    `t.${identifier(table.primaryId.logicalName)} = ${writer.parameter(constantParameter('uuid', update.id))}`,
    ...guard.conditions,
  ];
  if (update.version !== undefined)
    conditions.push(`t.versionnumber = ${writer.parameter(constantParameter('bigint', update.version))}`);
  if (state?.requiredState !== undefined)
    conditions.push(`t.statecode = ${writer.parameter(constantParameter('integer', state.requiredState))}`);
  for (const access of accesses) {
    const filter = rowFilterSql(writer, access, source);
    if (filter !== undefined) conditions.push(filter);
  }
  const prefix = guard.parts.length === 0 ? '' : `WITH ${guard.parts.join(', ')} `;
  return writer.finish(
    `${prefix}UPDATE data.${identifier(table.logicalName)} t SET ${sets.join(', ')} WHERE ${conditions.join(' AND ')} RETURNING 1`,
  );
}

/** Finds out which condition keeps the row from being written: after the fact, or before it on a locked row. */
async function explainUpdate(context: WriteContext, update: PlannedUpdate): Promise<'missing' | 'changed'> {
  const { table, id, version, state } = update;
  const stateColumn = table.state === undefined ? 'NULL' : 'statecode';
  const versionColumn = table.columns.has('versionnumber') ? 'versionnumber' : 'NULL';
  const [row] = await context.executor.query(
    `SELECT ${versionColumn}, ${stateColumn} FROM data.${identifier(table.logicalName)} WHERE ${identifier(table.primaryId.logicalName)} = $1::uuid`,
    [id],
  );
  if (row === undefined) return 'missing';
  for (const access of update.accesses) await requireRow(context, table, id, access);
  if (version !== undefined && row[0] !== version) throw new WebApiError('versionMismatch');
  if (state?.requiredState !== undefined && row[1] !== String(state.requiredState)) {
    throw new WebApiError('stateOrStatusInvalid', {
      detail: `(${table.logicalName}) The row is in state ${row[1]}; the status belongs to state ${state.requiredState}.`,
    });
  }
  await explainLinks(context, update.links);
  // What stood in the way has gone in between.
  return 'changed';
}
