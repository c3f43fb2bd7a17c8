/** The Edm type that a column has on the wire (reference: $metadata shape, Edm types in use). */
import type { Column, ColumnType } from './table-model.ts';

const edmTypes: Readonly<Record<ColumnType, string>> = {
  String: 'Edm.String',
  Memo: 'Edm.String',
  EntityName: 'Edm.String',
  MultiSelectPicklist: 'Edm.String',
  Integer: 'Edm.Int32',
  Picklist: 'Edm.Int32',
  State: 'Edm.Int32',
  Status: 'Edm.Int32',
  BigInt: 'Edm.Int64',
  Boolean: 'Edm.Boolean',
  Decimal: 'Edm.Decimal',
  Money: 'Edm.Decimal',
  Double: 'Edm.Double',
  DateTime: 'Edm.DateTimeOffset',
  Lookup: 'Edm.Guid',
  Customer: 'Edm.Guid',
  Owner: 'Edm.Guid',
  Uniqueidentifier: 'Edm.Guid',
  File: 'Edm.Guid',
  ManagedProperty: 'mscrm.BooleanManagedProperty',
  PartyList: 'Collection(mscrm.activityparty)',
};

export function edmType(column: Column): string {
  return column.type === 'DateTime' && column.dateTimeBehavior === 'DateOnly' ? 'Edm.Date' : edmTypes[column.type];
}
