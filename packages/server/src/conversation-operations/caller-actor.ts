/**
 * Who a caller is to the engine, read from the privileges on activities (behaviour reference, section 9): Write on all rows makes an
 * administrator, Write on a unit with the right to assign a supervisor, Write on one's own an agent.
 */
import type { Actor } from '@parley/engine';
import { type Table, type TableModel, tableNamed } from '../model/table-model.ts';
import { type Access, type Caller, findAccess, isGlobal, requireAccess } from '../security/caller.ts';

export type PersonActor = Extract<
  Actor,
  { readonly userId: string; readonly kind: 'agent' | 'supervisor' | 'administrator' }
>;

export function activityTable(model: TableModel): Table {
  return tableNamed(model, 'msdyn_ocliveworkitem');
}

/** @throws WebApiError privilegeDenied when the caller may write no conversation at all */
export function actorOf(model: TableModel, caller: Caller): PersonActor {
  const table = activityTable(model);
  const write = requireAccess(caller, table, 'Write');
  const { userId } = caller.principal;
  if (isGlobal(write)) return { kind: 'administrator', userId };
  const assign = findAccess(caller, table, 'Assign');
  return { kind: assign !== undefined && coversUnits(write) && coversUnits(assign) ? 'supervisor' : 'agent', userId };
}

function coversUnits(access: Access): boolean {
  return access.reaches.every((reach) => reach.kind === 'global' || reach.businessUnits.length > 0);
}

/**
 * The right to monitor, assign, transfer and force: Assign on activities, which supervisors and system administrators have.
 * @throws WebApiError privilegeDenied
 */
export function requireSupervision(model: TableModel, caller: Caller): Access {
  requireAccess(caller, activityTable(model), 'Write');
  return requireAccess(caller, activityTable(model), 'Assign');
}

/** For what supervisors and administrators of all kinds may look at: reading conversations beyond one's own. */
export function readsBeyondOwn(model: TableModel, caller: Caller): boolean {
  const read = findAccess(caller, activityTable(model), 'Read');
  return read !== undefined && coversUnits(read);
}

export function readsEverything(model: TableModel, caller: Caller): boolean {
  const read = findAccess(caller, activityTable(model), 'Read');
  return read !== undefined && isGlobal(read);
}
