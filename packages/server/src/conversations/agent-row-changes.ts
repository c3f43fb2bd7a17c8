/** Rows of agents: one status row each, and the history of their presences. */
import { type AgentChange, type AgentRowContext, agentRows, type RowChange } from '@parley/engine';
import type { JsonRow, RowColumn, WriteBatch } from '../db/write-batch.ts';
import { type TableModel, tableNamed } from '../model/table-model.ts';
import { typedColumns } from './row-changes.ts';

const statusTable = 'msdyn_agentstatus';
const agentKey: RowColumn = { name: 'msdyn_agentid', sqlType: 'uuid' };
const endColumn: RowColumn = { name: 'msdyn_endtime', sqlType: 'timestamptz' };

/**
 * Adds the status rows to what is written.
 * @returns history rows that are new
 */
export function addAgentRows(
  batch: WriteBatch,
  model: TableModel,
  changes: readonly AgentChange[],
  contextOf: (change: AgentChange) => AgentRowContext,
): RowChange[] {
  const statuses = new Map<string, { columns: string[]; rows: JsonRow[] }>();
  const ended: JsonRow[] = [];
  const added: RowChange[] = [];
  for (const change of changes) {
    const { status, history } = agentRows(change, contextOf(change));
    const columns = Object.keys(status).sort();
    const kind = statuses.get(columns.join());
    if (kind === undefined) statuses.set(columns.join(), { columns, rows: [status] });
    else kind.rows.push(status);
    if (history === null) continue;
    ended.push({ msdyn_agentid: change.after.id, msdyn_endtime: history.endedOn });
    added.push(history.insert);
  }
  const table = tableNamed(model, statusTable);
  for (const { columns, rows } of statuses.values()) {
    // The row may be there already, under an id of its own.
    const sets = columns.map((name) => `"${name}" = excluded."${name}"`).join(', ');
    batch.insert(
      `data.${statusTable}`,
      typedColumns(table, columns),
      rows,
      `ON CONFLICT (msdyn_agentid) DO UPDATE SET ${sets}`,
    );
  }
  batch.update('data.msdyn_agentstatushistory', agentKey, [endColumn], ended, ' AND t.msdyn_endtime IS NULL');
  return added;
}
