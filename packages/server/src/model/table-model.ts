/**
 * The table model: what every table, column, choice and relationship is. It is data (db/tables/*.json), loaded once per
 * version and never changed in place, so that a plan may keep references into it. Dataverse's words throughout.
 */

export type ColumnType =
  | 'String'
  | 'Memo'
  | 'Integer'
  | 'BigInt'
  | 'Boolean'
  | 'DateTime'
  | 'Decimal'
  | 'Double'
  | 'Money'
  | 'Picklist'
  | 'MultiSelectPicklist'
  | 'State'
  | 'Status'
  | 'Lookup'
  | 'Customer'
  | 'Owner'
  | 'PartyList'
  | 'EntityName'
  | 'Uniqueidentifier'
  | 'ManagedProperty'
  | 'File';

export type Option = {
  readonly value: number;
  readonly label: string;
  /** State options: the status that a bare change of state sets. */
  readonly defaultStatus?: number;
  readonly invariantName?: string;
  /** Status options: the state they belong to. */
  readonly state?: number;
};

/**
 * Where a column's value lives.
 * `column`: a physical column. `alias`: reads and writes another column of the row (a mirrored state, say).
 * `lookupTable`: the logical name of the table that a many-table lookup points to. `owner`: derived from ownerid.
 * `none`: nothing stored (companions, party lists).
 */
export type ColumnStorage =
  | { readonly kind: 'column'; readonly sqlType: string; readonly generated: string | undefined }
  | { readonly kind: 'alias'; readonly of: string }
  | { readonly kind: 'lookupTable'; readonly of: string }
  | { readonly kind: 'owner'; readonly table: 'systemuser' | 'team' }
  | { readonly kind: 'constant'; readonly value: string }
  | { readonly kind: 'none' };

export type Column = {
  readonly logicalName: string;
  readonly schemaName: string;
  readonly displayName: string;
  readonly description: string;
  readonly type: ColumnType;
  /** Name on the wire: the logical name, or `_x_value` for lookups; undefined where the Web API does not show it. */
  readonly propertyName: string | undefined;
  readonly storage: ColumnStorage;
  readonly requiredLevel: 'None' | 'Recommended' | 'ApplicationRequired' | 'SystemRequired';
  readonly isValidForCreate: boolean;
  readonly isValidForUpdate: boolean;
  readonly isValidForRead: boolean;
  readonly isPrimaryId: boolean;
  readonly isPrimaryName: boolean;
  /** String and Memo: longest text in UTF-16 code units. */
  readonly maxLength: number | undefined;
  /** Numbers: inclusive limits, as text because BigInt limits do not fit a double. */
  readonly minValue: string | undefined;
  readonly maxValue: string | undefined;
  /** Decimal, Money, Double: digits after the point. */
  readonly precision: number | undefined;
  readonly format: string | undefined;
  readonly dateTimeBehavior: 'UserLocal' | 'DateOnly' | 'TimeZoneIndependent' | undefined;
  readonly options: readonly Option[];
  readonly globalChoiceName: string | undefined;
  readonly defaultValue: number | boolean | undefined;
  /** Lookups: logical names of the tables they may point to that this model holds. */
  readonly targets: readonly string[];
  /** Lookups: all targets that Dataverse names, also tables outside this model. */
  readonly declaredTargets: readonly string[];
  /** `xname`, `xyominame`, `xtype`: the lookup that this column accompanies. */
  readonly companionOf: string | undefined;
  readonly maxSizeInKB: number | undefined;
};

export type CascadeDelete = 'Cascade' | 'RemoveLink' | 'Restrict' | 'NoCascade';

/** The lookup side of a 1:N relationship. */
export type ManyToOne = {
  readonly kind: 'manyToOne';
  readonly schemaName: string;
  readonly navigationProperty: string;
  readonly column: Column;
  readonly referencingTable: string;
  /** Logical name, or `principal` for ownerid, which may be a systemuser or a team. */
  readonly referencedTable: string;
  /** Name of the collection on the other side; undefined where there is none (alias names, principal). */
  readonly collectionProperty: string | undefined;
  readonly cascadeDelete: CascadeDelete;
  /** A second name for the same link (base-type names on activities); not listed as a relationship. */
  readonly isAlias: boolean;
};

/** The collection side of the same relationship. */
export type OneToMany = {
  readonly kind: 'oneToMany';
  readonly navigationProperty: string;
  readonly relationship: ManyToOne;
};

export type ManyToMany = {
  readonly kind: 'manyToMany';
  readonly schemaName: string;
  readonly navigationProperty: string;
  readonly otherTable: string;
  readonly intersectTable: string;
  /** Column of the intersect table that points to this table, and the one to the other. */
  readonly nearColumn: string;
  readonly farColumn: string;
};

export type NavigationProperty = ManyToOne | OneToMany | ManyToMany;

export type AlternateKey = {
  readonly schemaName: string;
  readonly displayName: string;
  readonly columns: readonly Column[];
};

export type Ownership = 'UserOwned' | 'OrganizationOwned' | 'BusinessOwned' | 'None';

export type Table = {
  readonly logicalName: string;
  readonly schemaName: string;
  readonly displayName: string;
  readonly displayCollectionName: string;
  readonly description: string;
  readonly entitySetName: string;
  readonly objectTypeCode: number;
  readonly ownership: Ownership;
  readonly primaryId: Column;
  readonly primaryName: Column | undefined;
  /** Every column by logical name, in the order of the source. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Columns that the Web API shows, by property name (`_x_value` for lookups). */
  readonly properties: ReadonlyMap<string, Column>;
  readonly navigation: ReadonlyMap<string, NavigationProperty>;
  readonly alternateKeys: readonly AlternateKey[];
  readonly messages: ReadonlySet<string>;
  readonly isActivity: boolean;
  /** `activitypointer` itself: a view over all activities. */
  readonly isView: boolean;
  readonly isIntersect: boolean;
  readonly baseType: 'crmbaseentity' | 'activitypointer' | 'principal';
  /** The suffix of privilege names: `prvRead` + this. Activities share `Activity`. */
  readonly privilegeName: string;
  readonly state: Column | undefined;
  readonly status: Column | undefined;
};

export type TableModel = {
  /** Changes whenever any definition does; part of every plan-cache key. */
  readonly version: string;
  readonly tables: ReadonlyMap<string, Table>;
  readonly entitySets: ReadonlyMap<string, Table>;
};

/** The table of that logical name. Throws on a name the model itself handed out but does not hold: a bug. */
export function tableNamed(model: TableModel, logicalName: string): Table {
  const table = model.tables.get(logicalName);
  if (table === undefined) throw new Error(`The table model has no table '${logicalName}'`);
  return table;
}

/** True for lookups of every kind: their property is `_x_value` and they are written through navigation properties. */
export function isLookup(column: Column): boolean {
  return column.type === 'Lookup' || column.type === 'Customer' || column.type === 'Owner';
}

/** True when the lookup may point to more than one table, so that the row also stores which one. */
export function isManyTableLookup(column: Column): boolean {
  return isLookup(column) && column.declaredTargets.length > 1;
}

/** Physical column that holds the table of a many-table lookup. */
export function lookupTableColumn(lookup: string): string {
  return `${lookup}_table`;
}
