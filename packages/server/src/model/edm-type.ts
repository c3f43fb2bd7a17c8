/** Which Edm type a column has on the wire and in $metadata: the one table of types that Dataverse publishes. */
import { type Column, type ColumnType, isLookup } from './table-model.ts';

const edmTypes: Readonly<Record<ColumnType, string>> = {
  String: 'Edm.String',
  Memo: 'Edm.String',
  EntityName: 'Edm.String',
  // Several option values in one text: "1,9".
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
  Uniqueidentifier: 'Edm.Guid',
  Lookup: 'Edm.Guid',
  Customer: 'Edm.Guid',
  Owner: 'Edm.Guid',
  // The identifier of the stored file; its bytes are read from the column's own address.
  File: 'Edm.Guid',
  ManagedProperty: 'mscrm.BooleanManagedProperty',
  // Never a property: parties are reached through the activity's party rows.
  PartyList: 'Collection(mscrm.activityparty)',
};

/** CSDL type text of a column's property. */
export function edmType(column: Column): string {
  if (column.dateTimeBehavior === 'DateOnly') return 'Edm.Date';
  return edmTypes[column.type];
}

/** True when a caller can neither set the property on create nor change it later (lookups are set by navigation). */
export function isComputed(column: Column): boolean {
  return isLookup(column) || (!column.isValidForCreate && !column.isValidForUpdate);
}
