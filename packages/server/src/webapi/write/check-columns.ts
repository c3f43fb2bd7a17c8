/** Texts that have a form of their own (rule sets as JSON, say) are looked at before they are stored. */
import { WebApiError } from '@parley/protocol';
import type { Table } from '../../model/table-model.ts';
import type { Parameter } from '../plan/plan.ts';
import type { WriteContext } from './write-context.ts';

/** @throws WebApiError invalidArgument naming the column and what is wrong with its value */
export function checkColumns(context: WriteContext, table: Table, values: ReadonlyMap<string, Parameter | null>): void {
  const { columnChecks } = context.rules;
  if (columnChecks.size === 0) return;
  for (const [column, parameter] of values) {
    if (typeof parameter?.value !== 'string') continue;
    const problem = columnChecks.get(`${table.logicalName}.${column}`)?.(parameter.value);
    if (problem !== undefined)
      throw new WebApiError('invalidArgument', {
        detail: `The value of '${column}' of ${table.logicalName} is not valid: ${problem}`,
      });
  }
}
