/** The shape of db/tables/*.json and db/model/overlay.json: facts as collected, before they become the table model. */

export type ColumnFacts = {
  readonly logicalName: string;
  readonly schemaName: string;
  readonly displayName: string;
  readonly description?: string;
  readonly type: string;
  readonly requiredLevel: 'None' | 'Recommended' | 'ApplicationRequired' | 'SystemRequired';
  readonly isValidForCreate?: boolean;
  readonly isValidForUpdate?: boolean;
  readonly isValidForRead?: boolean;
  readonly writable: boolean;
  readonly isPrimaryId?: boolean;
  readonly isPrimaryName?: boolean;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly precision?: number;
  readonly format?: string;
  readonly formatName?: string;
  readonly dateTimeBehavior?: 'UserLocal' | 'DateOnly' | 'TimeZoneIndependent';
  readonly options?: readonly {
    readonly value: number;
    readonly label: string;
    readonly defaultStatus?: number;
    readonly invariantName?: string;
    readonly state?: number;
  }[];
  readonly globalChoiceName?: string;
  readonly defaultValue?: number | boolean;
  readonly targets?: readonly string[];
  readonly maxSizeInKB?: number;
};

export type RelationshipFacts = {
  readonly schemaName?: string;
  readonly referencingAttribute: string;
  readonly referencedEntity: string;
  readonly navigationProperty?: string;
  readonly cascadeDelete?: string;
};

export type TableFacts = {
  readonly logicalName: string;
  readonly schemaName: string;
  readonly displayName?: string;
  readonly displayCollectionName?: string;
  readonly description?: string;
  readonly entitySetName: string;
  readonly primaryIdAttribute: string;
  readonly primaryNameAttribute?: string;
  readonly ownershipType: 'UserOwned' | 'OrganizationOwned' | 'BusinessOwned' | 'None';
  readonly messages: readonly { readonly name: string }[];
  readonly attributes: readonly ColumnFacts[];
  readonly manyToOne: readonly RelationshipFacts[];
  readonly manyToMany?: readonly {
    readonly schemaName: string;
    readonly otherEntity: string;
    readonly intersectEntity: string;
    readonly navigationProperty: string;
  }[];
};

/** What the facts leave open and Parley decides. */
export type ModelOverlay = {
  /** table -> column -> the column of the same row that it mirrors. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly alternateKeys: Readonly<
    Record<
      string,
      readonly { readonly schemaName: string; readonly displayName: string; readonly columns: readonly string[] }[]
    >
  >;
  /** `table.column.target` -> relationship schema name, where the facts print none. */
  readonly relationshipNames: Readonly<Record<string, string>>;
  readonly manyToOne: Readonly<Record<string, readonly RelationshipFacts[]>>;
  readonly columns: Readonly<Record<string, readonly ColumnFacts[]>>;
  /** `table.column` of a choice whose options are printed in full on another column only -> that column. */
  readonly options: Readonly<Record<string, string>>;
};
