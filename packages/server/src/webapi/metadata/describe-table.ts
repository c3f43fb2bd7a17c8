/** A table, its alternate keys and its relationships as the metadata endpoints show them. */
import { stableGuid } from '../../model/stable-guid.ts';
import {
  type AlternateKey,
  type ManyToMany,
  type ManyToOne,
  type Table,
  type TableModel,
  tableNamed,
} from '../../model/table-model.ts';
import { describeLabel, describeManagedProperty } from './describe-label.ts';
import type { MetadataLink, MetadataRecord } from './metadata-record.ts';
import { hasChangeTracking, hasNotes, hasOptimisticConcurrency, hasPublisherPrefix } from './table-features.ts';

/** @param links the table's columns, keys and relationships, found only when asked for */
export function describeTable(
  table: Table,
  model: TableModel,
  languageCode: number,
  links: Readonly<Record<string, () => MetadataLink>>,
): MetadataRecord {
  const name = table.logicalName;
  return {
    type: 'EntityMetadata',
    members: {
      MetadataId: stableGuid(`metadata:table:${name}`),
      HasChanged: null,
      LogicalName: name,
      SchemaName: table.schemaName,
      EntitySetName: table.entitySetName,
      LogicalCollectionName: table.entitySetName,
      CollectionSchemaName: table.entitySetName,
      ObjectTypeCode: table.objectTypeCode,
      PrimaryIdAttribute: table.primaryId.logicalName,
      PrimaryNameAttribute: table.primaryName?.logicalName ?? null,
      OwnershipType: table.ownership,
      IsActivity: table.isActivity,
      IsCustomEntity: hasPublisherPrefix(name),
      IsIntersect: table.isIntersect,
      ChangeTrackingEnabled: hasChangeTracking(table),
      IsOptimisticConcurrencyEnabled: hasOptimisticConcurrency(table),
      EnforceStateTransitions: false,
      HasNotes: hasNotes(table, model),
      CanCreateAttributes: describeManagedProperty(false, 'cancreateattributes'),
      IsCustomizable: describeManagedProperty(false, 'iscustomizable'),
      DisplayName: describeLabel(table.displayName, `table:${name}:name`, languageCode),
      DisplayCollectionName: describeLabel(table.displayCollectionName, `table:${name}:collection`, languageCode),
      Description: describeLabel(table.description, `table:${name}:description`, languageCode),
    },
    navigation: links,
  };
}

export function describeKey(table: Table, key: AlternateKey, languageCode: number): MetadataRecord {
  const path = `${table.logicalName}.${key.schemaName}`;
  return {
    type: 'EntityKeyMetadata',
    members: {
      MetadataId: stableGuid(`metadata:key:${path}`),
      HasChanged: null,
      LogicalName: key.schemaName.toLowerCase(),
      SchemaName: key.schemaName,
      EntityLogicalName: table.logicalName,
      KeyAttributes: key.columns.map((column) => column.logicalName),
      EntityKeyIndexStatus: 'Active',
      DisplayName: describeLabel(key.displayName, `key:${path}`, languageCode),
    },
    navigation: {},
  };
}

export function describeManyToOne(relationship: ManyToOne, model: TableModel): MetadataRecord {
  const isOwner = relationship.referencedTable === 'principal';
  return {
    type: 'OneToManyRelationshipMetadata',
    members: {
      MetadataId: stableGuid(`metadata:relationship:${relationship.schemaName}`),
      HasChanged: null,
      SchemaName: relationship.schemaName,
      RelationshipType: 'OneToManyRelationship',
      IsCustomRelationship: [relationship.referencingTable, relationship.column.logicalName].some(hasPublisherPrefix),
      // The platform calls the common table of users and teams `owner`.
      ReferencedEntity: isOwner ? 'owner' : relationship.referencedTable,
      ReferencedAttribute: isOwner ? 'ownerid' : tableNamed(model, relationship.referencedTable).primaryId.logicalName,
      ReferencedEntityNavigationPropertyName: relationship.collectionProperty ?? null,
      ReferencingEntity: relationship.referencingTable,
      ReferencingAttribute: relationship.column.logicalName,
      ReferencingEntityNavigationPropertyName: relationship.navigationProperty,
      CascadeConfiguration: {
        Assign: 'NoCascade',
        Delete: relationship.cascadeDelete,
        Merge: 'NoCascade',
        Reparent: 'NoCascade',
        Share: 'NoCascade',
        Unshare: 'NoCascade',
        RollupView: 'NoCascade',
      },
    },
    navigation: {},
  };
}

/** `link` stands on `table`; both sides give the same record. */
export function describeManyToMany(table: Table, link: ManyToMany): MetadataRecord {
  const near = { table: table.logicalName, column: link.nearColumn };
  const far = { table: link.otherTable, column: link.farColumn };
  // The intersect table is named after its first side: systemuserroles, teammembership, roleprivileges.
  const [first, second] = link.intersectTable.startsWith(link.otherTable) ? [far, near] : [near, far];
  return {
    type: 'ManyToManyRelationshipMetadata',
    members: {
      MetadataId: stableGuid(`metadata:relationship:${link.schemaName}`),
      HasChanged: null,
      SchemaName: link.schemaName,
      RelationshipType: 'ManyToManyRelationship',
      IsCustomRelationship: hasPublisherPrefix(link.schemaName),
      IntersectEntityName: link.intersectTable,
      Entity1LogicalName: first.table,
      Entity1IntersectAttribute: first.column,
      Entity1NavigationPropertyName: link.navigationProperty,
      Entity2LogicalName: second.table,
      Entity2IntersectAttribute: second.column,
      Entity2NavigationPropertyName: link.navigationProperty,
    },
    navigation: {},
  };
}
