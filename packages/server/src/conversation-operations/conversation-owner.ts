/**
 * Direct writes of the two conversation tables. A conversation of the engine changes through the engine; a row that never entered it
 * follows the same table of transitions, for administrators only, together with its twin in the other table
 * (docs/conversation-engine.md, "Direct writes"; numbers: behaviour reference, section 1.1).
 */
import { type Customer, isPossible, type Status, statusCodes, statusOfCode, statusReasonCodes } from '@parley/engine';
import { WebApiError } from '@parley/protocol';
import type { ConversationDoor } from '../conversations/door.ts';
import { tableNamed } from '../model/table-model.ts';
import { findAccess, isGlobal } from '../security/caller.ts';
import { privilegeName } from '../security/privileges.ts';
import { constantParameter, type Parameter, secondParameter } from '../webapi/plan/plan.ts';
import type { OwnedChange, OwnedRow, TableOwner, WriteContext } from '../webapi/write/write-context.ts';
import { customerName } from './customer-name.ts';
import {
  type ConversationTable,
  findDirectRow,
  lockRows,
  moveTwin,
  recordWrite,
  wasClosedDirectly,
} from './direct-rows.ts';
import { keptColumns } from './kept-columns.ts';
import { projectedRowOwners } from './projected-rows.ts';

/** Customer and case may be linked by hand; the engine learns of it. */
const linkColumns: readonly string[] = ['msdyn_customer', 'msdyn_issueid'];
const stateColumns: readonly string[] = ['statecode', 'statuscode'];
const concerned: ReadonlySet<string> = new Set([...Object.keys(keptColumns), ...linkColumns, ...stateColumns]);

/** For `owners` of the Web API. */
export function createConversationOwners(door: ConversationDoor): ReadonlyMap<string, TableOwner> {
  const tables: readonly ConversationTable[] = ['msdyn_liveconversation', 'msdyn_ocliveworkitem'];
  return new Map([...tables.map((table) => [table, conversationOwner(door, table)] as const), ...projectedRowOwners]);
}

function conversationOwner(door: ConversationDoor, table: ConversationTable): TableOwner {
  return {
    concerns: (columns) => {
      for (const column of columns) if (concerned.has(column)) return true;
      return false;
    },
    open: async (context, id) => {
      if (await door.isEngineConversation(context.executor, id)) return engineRow(context, door, table, id);
      await lockRows(context.executor, id);
      return directRow(context, table, id);
    },
    isStatusPossible: async (context, id, status) => {
      const row = await findDirectRow(context.executor, table, id);
      const from = row === undefined ? undefined : statusOfCode(row.status);
      const to = statusOfCode(status);
      if (row === undefined || from === undefined || to === undefined) return false;
      return from === to || row.kinds.some((kind) => isPossible(from, to, kind));
    },
  };
}

/** A row whose conversation the engine holds. */
function engineRow(context: WriteContext, door: ConversationDoor, table: ConversationTable, id: string): OwnedRow {
  const by = { userId: context.caller.principal.userId };
  return {
    update: async (change) => {
      for (const column of change.values.keys()) {
        const way = keptColumns[column];
        if (way !== undefined) throw new WebApiError('columnOfEngine', { column, table, id, way });
      }
      if (change.state !== undefined) {
        requireAdministrator(context, table);
        await setEngineState(context, door, table, id, requiredStatus(change, id));
      }
      await setEngineLinks(context, door, id, change.values);
      const values = new Map(change.values);
      for (const column of stateColumns) values.delete(column);
      return values;
    },
    delete: () => door.remove(context.executor, id, by),
  };
}

async function setEngineState(
  context: WriteContext,
  door: ConversationDoor,
  table: ConversationTable,
  id: string,
  to: Status,
): Promise<void> {
  const before = await findDirectRow(context.executor, table, id);
  const outcome = await door.setState(context.executor, id, to, { userId: context.caller.principal.userId });
  if (typeof outcome === 'object') throw new WebApiError('invalidStateTransition', { detail: outcome.refused });
  const from = before?.status ?? null;
  if (from !== statusCodes[to].status) await recordWrite(context, table, id, { from, to: statusCodes[to].status });
}

async function setEngineLinks(
  context: WriteContext,
  door: ConversationDoor,
  id: string,
  values: ReadonlyMap<string, Parameter | null>,
): Promise<void> {
  const by = { userId: context.caller.principal.userId };
  if (values.has('msdyn_customer')) {
    const customer = customerIn(values);
    const name = customer === null ? null : await customerName(context, customer);
    await door.setCustomer(context.executor, id, { customer, customerName: name }, by);
  }
  if (values.has('msdyn_issueid')) await door.setCase(context.executor, id, textIn(values, 'msdyn_issueid'), by);
}

function customerIn(values: ReadonlyMap<string, Parameter | null>): Customer | null {
  const id = textIn(values, 'msdyn_customer');
  if (id === null) return null;
  return { id, table: textIn(values, 'msdyn_customer_table') === 'account' ? 'account' : 'contact' };
}

function textIn(values: ReadonlyMap<string, Parameter | null>, column: string): string | null {
  const value = values.get(column)?.value;
  return typeof value === 'string' ? value : null;
}

/** A row that was only ever written through the Web API. */
function directRow(context: WriteContext, table: ConversationTable, id: string): OwnedRow {
  return {
    update: async (change) => {
      if (change.state === undefined) return change.values;
      requireAdministrator(context, table);
      const to = requiredStatus(change, id);
      const row = await findDirectRow(context.executor, table, id);
      const from = row === undefined ? undefined : statusOfCode(row.status);
      if (row === undefined || from === to) return change.values;
      const isAllowed =
        from !== undefined &&
        (row.kinds.some((kind) => isPossible(from, to, kind)) ||
          (from === 'closed' && (await wasClosedDirectly(context.executor, id))));
      if (!isAllowed)
        throw new WebApiError('invalidStateTransition', {
          detail: `The conversation ${id} cannot go from status ${row.status} to ${statusCodes[to].status}.`,
        });
      await moveTwin(context, table, id, to);
      await recordWrite(context, table, id, { from: row.status, to: statusCodes[to].status });
      return withTimes(context, table, change.values, { to, isClosedOnSet: row.isClosedOnSet });
    },
    delete: async () => undefined,
  };
}

/** What follows from a change of status, unless the write says it itself. */
function withTimes(
  context: WriteContext,
  table: ConversationTable,
  given: ReadonlyMap<string, Parameter | null>,
  { to, isClosedOnSet }: { readonly to: Status; readonly isClosedOnSet: boolean },
): ReadonlyMap<string, Parameter | null> {
  const moment = secondParameter(context.now);
  const values = new Map(given);
  const set = (column: string, value: Parameter | null): void => {
    if (!given.has(column)) values.set(column, value);
  };
  set('msdyn_statusupdatedon', moment);
  if (to !== 'closed') set('msdyn_closedon', null);
  else if (!isClosedOnSet) set('msdyn_closedon', moment);
  if (table === 'msdyn_ocliveworkitem') {
    const reason = statusReasonCodes.closedDirectlyByAdministrator;
    set('msdyn_statuschangereason', to === 'closed' ? constantParameter('integer', reason) : null);
    if (to === 'wrapUp') set('msdyn_wrapupinitiatedon', moment);
  }
  return values;
}

/** @throws WebApiError stateWriteDenied unless the caller may write every row */
function requireAdministrator(context: WriteContext, table: ConversationTable): void {
  const model = tableNamed(context.model, table);
  const access = findAccess(context.caller, model, 'Write');
  if (access === undefined || !isGlobal(access))
    throw new WebApiError('stateWriteDenied', { table, privilege: privilegeName(model, 'Write') });
}

/** @throws WebApiError invalidStateTransition for the statuses that conversations never have */
function requiredStatus({ state }: OwnedChange, id: string): Status {
  const code = Number(state?.values.get('statuscode')?.value);
  const status = statusOfCode(code);
  if (status !== undefined) return status;
  throw new WebApiError('invalidStateTransition', {
    detail: `The conversation ${id} cannot get status ${code}: no conversation has it.`,
  });
}
