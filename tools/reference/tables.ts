/** docs/reference/tables.md, and a page of its own for the table of conversations: the table model. */
import type { Column, Table, TableModel } from '../../packages/server/src/model/table-model.ts';
import { tableNamed } from '../../packages/server/src/model/table-model.ts';
import { code, page, table } from './markdown.ts';

export function writeTables(model: TableModel): string {
  const row = (entry: Table): string[] => [
    code(entry.logicalName),
    code(entry.entitySetName),
    code(entry.primaryId.logicalName),
    code(entry.primaryName?.logicalName ?? ''),
    entry.ownership,
    String(entry.columns.size),
    [...entry.messages].sort().join(', '),
    entry.alternateKeys.map((key) => key.columns.map((column) => code(column.logicalName)).join(' + ')).join(', '),
  ];
  return page(
    'Tables',
    'db/tables and db/model/overlay.json',
    `The ${model.tables.size} tables. Each is read and written under its set name, such as \`/api/data/v9.2/accounts\`, as far as its messages go.`,
    table(
      ['table', 'set', 'key', 'name', 'ownership', 'columns', 'messages', 'alternate keys'],
      [...model.tables.values()].sort(byName).map(row),
    ),
  );
}

export function writeTablePage(model: TableModel, logicalName: string): string {
  const { displayName, description, columns } = tableNamed(model, logicalName);
  return page(
    `${displayName} (${logicalName})`,
    `db/tables/${logicalName}.json`,
    description,
    'Valid for: C when a row is created, R when it is read, U when it is updated. Where the name on the wire differs, it stands below the column’s.',
    table(
      ['column', 'type', 'limits', 'options', 'valid for', 'description'],
      [...columns.values()].sort(byName).map((column) => columnRow(column)),
    ),
  );
}

function columnRow(column: Column): string[] {
  const { logicalName, propertyName } = column;
  const wireName = propertyName === undefined || propertyName === logicalName ? '' : ` (${code(propertyName)})`;
  return [
    code(logicalName) + wireName,
    column.targets.length > 0 ? `${column.type} of ${column.targets.join(', ')}` : column.type,
    limitsOf(column),
    column.options.map(({ value, label }) => `${value} ${label}`).join(', '),
    [column.isValidForCreate && 'C', column.isValidForRead && 'R', column.isValidForUpdate && 'U']
      .filter(Boolean)
      .join(''),
    column.description === '' ? column.displayName : column.description,
  ];
}

function limitsOf(column: Column): string {
  const { maxLength, minValue, maxValue, dateTimeBehavior, requiredLevel, maxSizeInKB } = column;
  return [
    maxLength !== undefined && `${maxLength} characters`,
    minValue !== undefined && maxValue !== undefined && `${minValue} to ${maxValue}`,
    maxSizeInKB !== undefined && `${maxSizeInKB} KB`,
    dateTimeBehavior,
    (requiredLevel === 'ApplicationRequired' || requiredLevel === 'SystemRequired') && 'required',
  ]
    .filter((text) => text !== undefined && text !== false)
    .join(', ');
}

function byName(a: { logicalName: string }, b: { logicalName: string }): number {
  return a.logicalName < b.logicalName ? -1 : 1;
}
