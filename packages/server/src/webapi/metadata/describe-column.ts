/** A column as the metadata endpoints show it: the common members, and those of its kind. */
import { stableGuid } from '../../model/stable-guid.ts';
import { type Column, type ColumnType, isLookup, type Table } from '../../model/table-model.ts';
import { choiceOf, describeChoice, describeLabel } from './describe-label.ts';
import { type JsonLike, type JsonRecord, type MetadataRecord, rawNumber } from './metadata-record.ts';
import { hasPublisherPrefix } from './table-features.ts';

/** Metadata type (without its ending), AttributeType and AttributeTypeName of each column type. */
const kinds: Readonly<Record<ColumnType, readonly [kind: string, typeCode: string, typeName: string]>> = {
  String: ['String', 'String', 'StringType'],
  Memo: ['Memo', 'Memo', 'MemoType'],
  Integer: ['Integer', 'Integer', 'IntegerType'],
  BigInt: ['BigInt', 'BigInt', 'BigIntType'],
  Boolean: ['Boolean', 'Boolean', 'BooleanType'],
  DateTime: ['DateTime', 'DateTime', 'DateTimeType'],
  Decimal: ['Decimal', 'Decimal', 'DecimalType'],
  Double: ['Double', 'Double', 'DoubleType'],
  Money: ['Money', 'Money', 'MoneyType'],
  Picklist: ['Picklist', 'Picklist', 'PicklistType'],
  MultiSelectPicklist: ['MultiSelectPicklist', 'Virtual', 'MultiSelectPicklistType'],
  State: ['State', 'State', 'StateType'],
  Status: ['Status', 'Status', 'StatusType'],
  Lookup: ['Lookup', 'Lookup', 'LookupType'],
  Customer: ['Lookup', 'Customer', 'CustomerType'],
  Owner: ['Lookup', 'Owner', 'OwnerType'],
  PartyList: ['Lookup', 'PartyList', 'PartyListType'],
  EntityName: ['EntityName', 'EntityName', 'EntityNameType'],
  Uniqueidentifier: ['UniqueIdentifier', 'Uniqueidentifier', 'UniqueidentifierType'],
  ManagedProperty: ['ManagedProperty', 'ManagedProperty', 'ManagedPropertyType'],
  File: ['File', 'Virtual', 'FileType'],
};

/** @param globalChoice the shared choice of that name, as GlobalOptionSetDefinitions shows it */
export function describeColumn(
  table: Table,
  column: Column,
  position: number,
  languageCode: number,
  globalChoice: (name: string) => MetadataRecord | undefined,
): MetadataRecord {
  const [kind, typeCode, typeName] = kinds[column.type];
  const path = `${table.logicalName}.${column.logicalName}`;
  const members: JsonRecord = {
    MetadataId: stableGuid(`metadata:column:${path}`),
    HasChanged: null,
    LogicalName: column.logicalName,
    SchemaName: column.schemaName,
    EntityLogicalName: table.logicalName,
    AttributeType: typeCode,
    AttributeTypeName: { Value: typeName },
    AttributeOf: column.companionOf ?? null,
    ColumnNumber: position,
    IsPrimaryId: column.isPrimaryId,
    IsPrimaryName: column.isPrimaryName,
    IsCustomAttribute: hasPublisherPrefix(column.logicalName),
    IsLogical: column.storage.kind === 'none',
    IsValidForCreate: column.isValidForCreate,
    IsValidForRead: column.isValidForRead,
    IsValidForUpdate: column.isValidForUpdate,
    IsValidODataAttribute: column.propertyName !== undefined,
    RequiredLevel: {
      Value: column.requiredLevel,
      CanBeChanged: false,
      ManagedPropertyLogicalName: 'canmodifyrequirementlevelsettings',
    },
    DisplayName: describeLabel(column.displayName, `column:${path}:name`, languageCode),
    Description: describeLabel(column.description, `column:${path}:description`, languageCode),
    ...describeKind(column),
  };
  const choice = choiceOf(column, table.logicalName);
  const sharedName = column.globalChoiceName;
  const navigation =
    choice === undefined && column.type !== 'EntityName'
      ? {}
      : {
          OptionSet: () => (choice === undefined ? undefined : describeChoice(choice, languageCode)),
          GlobalOptionSet: () => (sharedName === undefined ? undefined : globalChoice(sharedName)),
        };
  return { type: `${kind}AttributeMetadata`, members, navigation };
}

function describeKind(column: Column): JsonRecord {
  switch (column.type) {
    case 'String':
    case 'Memo':
      return {
        MaxLength: column.maxLength ?? null,
        Format: column.format ?? 'Text',
        FormatName: { Value: column.format ?? 'Text' },
      };
    case 'Integer':
      return { ...describeLimits(column, Number), Format: column.format ?? 'None' };
    case 'BigInt':
      return describeLimits(column, rawNumber);
    case 'Decimal':
      return {
        ...describeLimits(column, (text) => rawNumber(withoutExponent(text, column))),
        Precision: column.precision ?? null,
      };
    case 'Double':
    case 'Money':
      return { ...describeLimits(column, Number), Precision: column.precision ?? null };
    case 'DateTime':
      return {
        Format: column.format ?? 'DateAndTime',
        DateTimeBehavior: { Value: column.dateTimeBehavior ?? 'UserLocal' },
      };
    case 'Boolean':
      return { DefaultValue: column.defaultValue ?? false };
    case 'Picklist':
    case 'MultiSelectPicklist':
    case 'State':
    case 'Status':
      // -1 is how the platform writes "no default".
      return { DefaultFormValue: typeof column.defaultValue === 'number' ? column.defaultValue : -1 };
    case 'EntityName':
      return { DefaultFormValue: null };
    case 'File':
      return { MaxSizeInKB: column.maxSizeInKB ?? null };
    case 'PartyList':
      return { Targets: column.declaredTargets };
    default:
      return isLookup(column) ? { Targets: column.declaredTargets } : {};
  }
}

function describeLimits(column: Column, toNumber: (text: string) => JsonLike): JsonRecord {
  return {
    MinValue: column.minValue === undefined ? null : toNumber(column.minValue),
    MaxValue: column.maxValue === undefined ? null : toNumber(column.maxValue),
  };
}

/** OData 4.0 writes decimals without an exponent; JavaScript prints small limits with one (1e-12). */
function withoutExponent(text: string, column: Column): string {
  return text.includes('e') ? Number(text).toFixed(column.precision ?? 10) : text;
}
