/**
 * The types of the metadata endpoints (EntityDefinitions, RelationshipDefinitions, GlobalOptionSetDefinitions): members
 * and navigation of each. One table drives what $metadata declares, what $select and $filter may name, and the casts.
 */
import type { EnumTypeDefinition } from '../operations/operation-types.ts';

export type MetadataNavigation = { readonly type: string; readonly isCollection: boolean };

export type MetadataType = {
  readonly name: string;
  readonly kind: 'entity' | 'complex';
  readonly baseType: string | undefined;
  readonly isAbstract: boolean;
  /** Member name -> CSDL type text. Own members only. */
  readonly members: Readonly<Record<string, string>>;
  readonly navigation: Readonly<Record<string, MetadataNavigation>>;
};

type Members = Readonly<Record<string, string>>;
type Shape = Pick<MetadataType, 'kind' | 'isAbstract' | 'navigation'>;

const one = (type: string): MetadataNavigation => ({ type, isCollection: false });
const many = (type: string): MetadataNavigation => ({ type, isCollection: true });

function type(name: string, baseType: string | undefined, members: Members, shape: Partial<Shape> = {}): MetadataType {
  return { name, baseType, members, kind: 'entity', isAbstract: false, navigation: {}, ...shape };
}

const complexTypes: readonly MetadataType[] = [
  type('LocalizedLabel', undefined, {
    Label: 'Edm.String',
    LanguageCode: 'Edm.Int32',
    IsManaged: 'Edm.Boolean',
    MetadataId: 'Edm.Guid',
    HasChanged: 'Edm.Boolean',
  }),
  type('Label', undefined, {
    LocalizedLabels: 'Collection(mscrm.LocalizedLabel)',
    UserLocalizedLabel: 'mscrm.LocalizedLabel',
  }),
  type('BooleanManagedProperty', undefined, {
    Value: 'Edm.Boolean',
    CanBeChanged: 'Edm.Boolean',
    ManagedPropertyLogicalName: 'Edm.String',
  }),
  type('AttributeRequiredLevelManagedProperty', undefined, {
    Value: 'mscrm.AttributeRequiredLevel',
    CanBeChanged: 'Edm.Boolean',
    ManagedPropertyLogicalName: 'Edm.String',
  }),
  type('AttributeTypeDisplayName', undefined, { Value: 'Edm.String' }),
  type('DateTimeBehavior', undefined, { Value: 'Edm.String' }),
  type('StringFormatName', undefined, { Value: 'Edm.String' }),
  type('MemoFormatName', undefined, { Value: 'Edm.String' }),
  type('CascadeConfiguration', undefined, {
    Assign: 'mscrm.CascadeType',
    Delete: 'mscrm.CascadeType',
    Merge: 'mscrm.CascadeType',
    Reparent: 'mscrm.CascadeType',
    Share: 'mscrm.CascadeType',
    Unshare: 'mscrm.CascadeType',
    RollupView: 'mscrm.CascadeType',
  }),
  type('OptionMetadata', undefined, {
    Value: 'Edm.Int32',
    Color: 'Edm.String',
    IsManaged: 'Edm.Boolean',
    ExternalValue: 'Edm.String',
    ParentValues: 'Collection(Edm.Int32)',
    Tag: 'Edm.String',
    IsHidden: 'Edm.Boolean',
    MetadataId: 'Edm.Guid',
    HasChanged: 'Edm.Boolean',
    Label: 'mscrm.Label',
    Description: 'mscrm.Label',
  }),
  type('StateOptionMetadata', 'OptionMetadata', { DefaultStatus: 'Edm.Int32', InvariantName: 'Edm.String' }),
  type('StatusOptionMetadata', 'OptionMetadata', { State: 'Edm.Int32', TransitionData: 'Edm.String' }),
].map((definition) => ({ ...definition, kind: 'complex' as const }));

const tableTypes: readonly MetadataType[] = [
  type(
    'MetadataBase',
    'crmmodelbaseentity',
    { MetadataId: 'Edm.Guid', HasChanged: 'Edm.Boolean' },
    { isAbstract: true },
  ),
  type(
    'EntityMetadata',
    'MetadataBase',
    {
      LogicalName: 'Edm.String',
      SchemaName: 'Edm.String',
      EntitySetName: 'Edm.String',
      LogicalCollectionName: 'Edm.String',
      CollectionSchemaName: 'Edm.String',
      ObjectTypeCode: 'Edm.Int32',
      PrimaryIdAttribute: 'Edm.String',
      PrimaryNameAttribute: 'Edm.String',
      OwnershipType: 'mscrm.OwnershipTypes',
      IsActivity: 'Edm.Boolean',
      IsCustomEntity: 'Edm.Boolean',
      IsIntersect: 'Edm.Boolean',
      ChangeTrackingEnabled: 'Edm.Boolean',
      IsOptimisticConcurrencyEnabled: 'Edm.Boolean',
      EnforceStateTransitions: 'Edm.Boolean',
      HasNotes: 'Edm.Boolean',
      CanCreateAttributes: 'mscrm.BooleanManagedProperty',
      IsCustomizable: 'mscrm.BooleanManagedProperty',
      DisplayName: 'mscrm.Label',
      DisplayCollectionName: 'mscrm.Label',
      Description: 'mscrm.Label',
    },
    {
      navigation: {
        Attributes: many('AttributeMetadata'),
        Keys: many('EntityKeyMetadata'),
        ManyToOneRelationships: many('OneToManyRelationshipMetadata'),
        OneToManyRelationships: many('OneToManyRelationshipMetadata'),
        ManyToManyRelationships: many('ManyToManyRelationshipMetadata'),
      },
    },
  ),
  type('EntityKeyMetadata', 'MetadataBase', {
    LogicalName: 'Edm.String',
    SchemaName: 'Edm.String',
    EntityLogicalName: 'Edm.String',
    KeyAttributes: 'Collection(Edm.String)',
    EntityKeyIndexStatus: 'mscrm.EntityKeyIndexStatus',
    DisplayName: 'mscrm.Label',
  }),
];

const columnTypes: readonly MetadataType[] = [
  type('AttributeMetadata', 'MetadataBase', {
    LogicalName: 'Edm.String',
    SchemaName: 'Edm.String',
    EntityLogicalName: 'Edm.String',
    AttributeType: 'mscrm.AttributeTypeCode',
    AttributeTypeName: 'mscrm.AttributeTypeDisplayName',
    AttributeOf: 'Edm.String',
    ColumnNumber: 'Edm.Int32',
    IsPrimaryId: 'Edm.Boolean',
    IsPrimaryName: 'Edm.Boolean',
    IsCustomAttribute: 'Edm.Boolean',
    IsLogical: 'Edm.Boolean',
    IsValidForCreate: 'Edm.Boolean',
    IsValidForRead: 'Edm.Boolean',
    IsValidForUpdate: 'Edm.Boolean',
    IsValidODataAttribute: 'Edm.Boolean',
    RequiredLevel: 'mscrm.AttributeRequiredLevelManagedProperty',
    DisplayName: 'mscrm.Label',
    Description: 'mscrm.Label',
  }),
  type('StringAttributeMetadata', 'AttributeMetadata', {
    MaxLength: 'Edm.Int32',
    Format: 'mscrm.StringFormat',
    FormatName: 'mscrm.StringFormatName',
  }),
  type('MemoAttributeMetadata', 'AttributeMetadata', {
    MaxLength: 'Edm.Int32',
    Format: 'mscrm.StringFormat',
    FormatName: 'mscrm.MemoFormatName',
  }),
  type('IntegerAttributeMetadata', 'AttributeMetadata', {
    MinValue: 'Edm.Int32',
    MaxValue: 'Edm.Int32',
    Format: 'mscrm.IntegerFormat',
  }),
  type('BigIntAttributeMetadata', 'AttributeMetadata', { MinValue: 'Edm.Int64', MaxValue: 'Edm.Int64' }),
  type('DecimalAttributeMetadata', 'AttributeMetadata', {
    MinValue: 'Edm.Decimal',
    MaxValue: 'Edm.Decimal',
    Precision: 'Edm.Int32',
  }),
  type('DoubleAttributeMetadata', 'AttributeMetadata', {
    MinValue: 'Edm.Double',
    MaxValue: 'Edm.Double',
    Precision: 'Edm.Int32',
  }),
  type('MoneyAttributeMetadata', 'AttributeMetadata', {
    MinValue: 'Edm.Double',
    MaxValue: 'Edm.Double',
    Precision: 'Edm.Int32',
  }),
  type('DateTimeAttributeMetadata', 'AttributeMetadata', {
    Format: 'mscrm.DateTimeFormat',
    DateTimeBehavior: 'mscrm.DateTimeBehavior',
  }),
  type('LookupAttributeMetadata', 'AttributeMetadata', { Targets: 'Collection(Edm.String)' }),
  type('UniqueIdentifierAttributeMetadata', 'AttributeMetadata', {}),
  type('ManagedPropertyAttributeMetadata', 'AttributeMetadata', {}),
  type('ImageAttributeMetadata', 'AttributeMetadata', { MaxSizeInKB: 'Edm.Int32' }),
  type('FileAttributeMetadata', 'AttributeMetadata', { MaxSizeInKB: 'Edm.Int32' }),
  type(
    'BooleanAttributeMetadata',
    'AttributeMetadata',
    { DefaultValue: 'Edm.Boolean' },
    { navigation: { OptionSet: one('BooleanOptionSetMetadata'), GlobalOptionSet: one('BooleanOptionSetMetadata') } },
  ),
  type(
    'EnumAttributeMetadata',
    'AttributeMetadata',
    { DefaultFormValue: 'Edm.Int32' },
    {
      isAbstract: true,
      navigation: { OptionSet: one('OptionSetMetadata'), GlobalOptionSet: one('OptionSetMetadata') },
    },
  ),
  type('PicklistAttributeMetadata', 'EnumAttributeMetadata', {}),
  type('MultiSelectPicklistAttributeMetadata', 'EnumAttributeMetadata', {}),
  type('StateAttributeMetadata', 'EnumAttributeMetadata', {}),
  type('StatusAttributeMetadata', 'EnumAttributeMetadata', {}),
  type('EntityNameAttributeMetadata', 'EnumAttributeMetadata', {}),
];

const otherTypes: readonly MetadataType[] = [
  type(
    'OptionSetMetadataBase',
    'MetadataBase',
    {
      Name: 'Edm.String',
      IsGlobal: 'Edm.Boolean',
      IsCustomOptionSet: 'Edm.Boolean',
      OptionSetType: 'mscrm.OptionSetType',
      DisplayName: 'mscrm.Label',
      Description: 'mscrm.Label',
      IsCustomizable: 'mscrm.BooleanManagedProperty',
    },
    { isAbstract: true },
  ),
  type('OptionSetMetadata', 'OptionSetMetadataBase', { Options: 'Collection(mscrm.OptionMetadata)' }),
  type('BooleanOptionSetMetadata', 'OptionSetMetadataBase', {
    TrueOption: 'mscrm.OptionMetadata',
    FalseOption: 'mscrm.OptionMetadata',
  }),
  type(
    'RelationshipMetadataBase',
    'MetadataBase',
    { SchemaName: 'Edm.String', RelationshipType: 'mscrm.RelationshipType', IsCustomRelationship: 'Edm.Boolean' },
    { isAbstract: true },
  ),
  type('OneToManyRelationshipMetadata', 'RelationshipMetadataBase', {
    ReferencedEntity: 'Edm.String',
    ReferencedAttribute: 'Edm.String',
    ReferencedEntityNavigationPropertyName: 'Edm.String',
    ReferencingEntity: 'Edm.String',
    ReferencingAttribute: 'Edm.String',
    ReferencingEntityNavigationPropertyName: 'Edm.String',
    CascadeConfiguration: 'mscrm.CascadeConfiguration',
  }),
  type('ManyToManyRelationshipMetadata', 'RelationshipMetadataBase', {
    IntersectEntityName: 'Edm.String',
    Entity1LogicalName: 'Edm.String',
    Entity1IntersectAttribute: 'Edm.String',
    Entity1NavigationPropertyName: 'Edm.String',
    Entity2LogicalName: 'Edm.String',
    Entity2IntersectAttribute: 'Edm.String',
    Entity2NavigationPropertyName: 'Edm.String',
  }),
];

export const metadataTypes: ReadonlyMap<string, MetadataType> = new Map(
  [...complexTypes, ...tableTypes, ...columnTypes, ...otherTypes].map((definition) => [definition.name, definition]),
);

/** Sets of the metadata endpoints and the type of their items. */
export const metadataSets: Readonly<Record<string, string>> = {
  EntityDefinitions: 'EntityMetadata',
  RelationshipDefinitions: 'RelationshipMetadataBase',
  GlobalOptionSetDefinitions: 'OptionSetMetadataBase',
};

/** The member that may name an item in parentheses: `EntityDefinitions(LogicalName='account')`. */
export const alternateKeyOf: Readonly<Record<string, string>> = {
  EntityMetadata: 'LogicalName',
  AttributeMetadata: 'LogicalName',
  EntityKeyMetadata: 'LogicalName',
  RelationshipMetadataBase: 'SchemaName',
  OptionSetMetadataBase: 'Name',
};

const values = (...names: string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(names.map((name, index) => [name, index]));

export const metadataEnumTypes: readonly EnumTypeDefinition[] = [
  {
    name: 'OwnershipTypes',
    isFlags: true,
    members: { None: 0, UserOwned: 1, TeamOwned: 2, BusinessOwned: 4, OrganizationOwned: 8, BusinessParented: 16 },
  },
  {
    name: 'AttributeTypeCode',
    isFlags: false,
    members: values(
      'Boolean',
      'Customer',
      'DateTime',
      'Decimal',
      'Double',
      'Integer',
      'Lookup',
      'Memo',
      'Money',
      'Owner',
      'PartyList',
      'Picklist',
      'State',
      'Status',
      'String',
      'Uniqueidentifier',
      'CalendarRules',
      'Virtual',
      'BigInt',
      'ManagedProperty',
      'EntityName',
    ),
  },
  {
    name: 'AttributeRequiredLevel',
    isFlags: false,
    members: values('None', 'SystemRequired', 'ApplicationRequired', 'Recommended'),
  },
  { name: 'OptionSetType', isFlags: false, members: values('Picklist', 'State', 'Status', 'Boolean') },
  { name: 'RelationshipType', isFlags: false, members: values('OneToManyRelationship', 'ManyToManyRelationship') },
  { name: 'EntityKeyIndexStatus', isFlags: false, members: values('Pending', 'InProgress', 'Active', 'Failed') },
  { name: 'DateTimeFormat', isFlags: false, members: values('DateOnly', 'DateAndTime') },
  {
    name: 'StringFormat',
    isFlags: false,
    members: values('Email', 'Text', 'TextArea', 'Url', 'TickerSymbol', 'PhoneticGuide', 'VersionNumber', 'Phone'),
  },
  { name: 'IntegerFormat', isFlags: false, members: values('None', 'Duration', 'TimeZone', 'Language', 'Locale') },
  {
    name: 'CascadeType',
    isFlags: false,
    members: values('NoCascade', 'Cascade', 'Active', 'UserOwned', 'RemoveLink', 'Restrict'),
  },
];

/** The type and its base types, most derived first. */
export function typeChain(name: string): readonly MetadataType[] {
  const chain: MetadataType[] = [];
  for (let next = metadataTypes.get(name); next !== undefined; next = metadataTypes.get(next.baseType ?? ''))
    chain.push(next);
  return chain;
}

/** True when `name` is `base` or derives from it. */
export function isKindOf(name: string, base: string): boolean {
  return typeChain(name).some((type) => type.name === base);
}

/** CSDL type text of a member, own or inherited. */
export function memberType(typeName: string, member: string): string | undefined {
  for (const type of typeChain(typeName)) {
    const found = Object.hasOwn(type.members, member) ? type.members[member] : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Navigation of a type, own or inherited. */
export function navigationOf(typeName: string, name: string): MetadataNavigation | undefined {
  for (const type of typeChain(typeName)) {
    const found = Object.hasOwn(type.navigation, name) ? type.navigation[name] : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
