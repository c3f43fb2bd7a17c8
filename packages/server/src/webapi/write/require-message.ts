/** Which of Dataverse's messages a table takes. */
import { WebApiError } from '@parley/protocol';
import type { Table } from '../../model/table-model.ts';

/** @throws WebApiError notSupported when the table does not list the message */
export function requireMessage(table: Table, message: 'Create' | 'Update' | 'Delete'): void {
  if (!table.messages.has(message) || table.isView)
    throw new WebApiError('notSupported', { detail: `The table '${table.logicalName}' does not support ${message}.` });
}
