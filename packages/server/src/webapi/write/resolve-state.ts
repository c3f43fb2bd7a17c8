/** State and status of a row always belong together (reference: update, `statecode` and `statuscode`). */
import { WebApiError } from '@parley/protocol';
import type { Option, Table } from '../../model/table-model.ts';
import { constantParameter, type Parameter } from '../plan/plan.ts';

export type StateChange = {
  readonly values: ReadonlyMap<string, Parameter>;
  /** The state that the row must be in already, when only a status was given. */
  readonly requiredState: number | undefined;
};

/**
 * Completes a change of state: a state alone brings its default status; a status alone must belong to the present state.
 * @param mirrored whether the values came through columns that mirror state and status, which move both
 * @throws WebApiError stateOrStatusInvalid
 */
export function resolveState(
  table: Table,
  values: ReadonlyMap<string, Parameter | null>,
  mode: 'create' | 'update',
  mirrored: boolean,
): StateChange | undefined {
  const { state, status } = table;
  if (state === undefined || status === undefined) return undefined;
  const stateValue = numberOf(values.get(state.logicalName));
  const statusValue = numberOf(values.get(status.logicalName));
  if (stateValue === undefined && statusValue === undefined) return undefined;
  const change = (newState: number, newStatus: number, requiredState?: number): StateChange => ({
    values: new Map([
      [state.logicalName, constantParameter('integer', newState)],
      [status.logicalName, constantParameter('integer', newStatus)],
    ]),
    requiredState,
  });
  if (statusValue === undefined) {
    const option = state.options.find((candidate) => candidate.value === stateValue);
    const initial = status.options.find((candidate) => candidate.value === option?.defaultStatus);
    if (option === undefined || initial?.state !== option.value)
      return refuse(table, `State ${stateValue} has no status to start with.`);
    return change(option.value, initial.value);
  }
  const option: Option | undefined = status.options.find((candidate) => candidate.value === statusValue);
  if (option?.state === undefined) return refuse(table, `${statusValue} is no status.`);
  if (stateValue !== undefined) {
    return option.state === stateValue
      ? change(stateValue, statusValue)
      : refuse(table, `Status ${statusValue} belongs to state ${option.state}, not ${stateValue}.`);
  }
  if (mirrored) return change(option.state, statusValue);
  if (mode === 'create')
    return option.state === 0
      ? change(0, statusValue)
      : refuse(table, `A new row is in state 0, and status ${statusValue} belongs to state ${option.state}.`);
  return change(option.state, statusValue, option.state);
}

function numberOf(parameter: Parameter | null | undefined): number | undefined {
  return parameter === undefined || parameter === null ? undefined : Number(parameter.value);
}

function refuse(table: Table, detail: string): never {
  throw new WebApiError('stateOrStatusInvalid', { detail: `(${table.logicalName}) ${detail}` });
}
