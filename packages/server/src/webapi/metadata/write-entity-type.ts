/** One table as a CSDL EntityType: key, properties, navigation, alternate keys, and vocabulary annotations when asked for. */

import { edmType, isComputed } from '../../model/edm-type.ts';
import {
  type Column,
  isManyTableLookup,
  type NavigationProperty,
  type Table,
  type TableModel,
  tableNamed,
} from '../../model/table-model.ts';
import { writeElement } from './xml.ts';

export type CsdlOptions = { readonly annotations: boolean };

export function writeEntityType(table: Table, model: TableModel, options: CsdlOptions): string {
  const base = table.baseType === 'activitypointer' ? tableNamed(model, 'activitypointer') : undefined;
  const inherited = base?.properties ?? new Map(table.baseType === 'principal' ? [['ownerid', true]] : []);
  const properties = [...table.properties].filter(([name]) => !inherited.has(name));
  const navigation = [...table.navigation.values()].filter(
    (item) => base?.navigation.has(item.navigationProperty) !== true,
  );
  const children = [
    ...(table.baseType === 'crmbaseentity' ? [writeKey(table.primaryId.logicalName)] : []),
    ...properties.map(([name, column]) => writeProperty(name, column, options)),
    ...navigation.map((item) => writeNavigation(item, model)),
    ...writeAlternateKeys(table),
    ...(options.annotations && table.description !== '' ? [writeDescription(table.description)] : []),
  ];
  return writeElement('EntityType', { Name: table.logicalName, BaseType: `mscrm.${table.baseType}` }, children);
}

export function writeKey(property: string): string {
  return writeElement('Key', {}, [writeElement('PropertyRef', { Name: property })]);
}

function writeProperty(name: string, column: Column, options: CsdlOptions): string {
  const type = edmType(column);
  const attributes = {
    Name: name,
    Type: type,
    Nullable: column.isPrimaryId ? false : undefined,
    Unicode: type === 'Edm.String' ? false : undefined,
    Scale: type === 'Edm.Decimal' ? 'Variable' : undefined,
  };
  return writeElement('Property', attributes, options.annotations ? writePropertyAnnotations(column) : []);
}

function writePropertyAnnotations(column: Column): string[] {
  const annotations = column.description === '' ? [] : [writeDescription(column.description)];
  if (!isComputed(column)) return annotations;
  const readOnly = writeElement('EnumMember', {}, ['Org.OData.Core.V1.PermissionType/Read']);
  return [
    ...annotations,
    writeElement('Annotation', { Term: 'Org.OData.Core.V1.Computed', Bool: true }),
    writeElement('Annotation', { Term: 'Org.OData.Core.V1.Permissions' }, [readOnly]),
  ];
}

function writeDescription(text: string): string {
  return writeElement('Annotation', { Term: 'Org.OData.Core.V1.Description', String: text });
}

function writeNavigation(navigation: NavigationProperty, model: TableModel): string {
  const name = navigation.navigationProperty;
  if (navigation.kind === 'manyToMany') {
    const partner = tableNamed(model, navigation.otherTable).navigation.has(name) ? name : undefined;
    return writeElement('NavigationProperty', {
      Name: name,
      Type: `Collection(mscrm.${navigation.otherTable})`,
      Partner: partner,
    });
  }
  if (navigation.kind === 'oneToMany') {
    const { referencingTable, navigationProperty } = navigation.relationship;
    const type = `Collection(mscrm.${referencingTable})`;
    return writeElement('NavigationProperty', { Name: name, Type: type, Partner: navigationProperty });
  }
  const { column, referencedTable, collectionProperty } = navigation;
  // One of several targets is empty whenever another is set, so only a lookup to one table can promise a row.
  const isRequired =
    column.requiredLevel === 'SystemRequired' && (referencedTable === 'principal' || !isManyTableLookup(column));
  const attributes = {
    Name: name,
    Type: `mscrm.${referencedTable}`,
    Nullable: isRequired ? false : undefined,
    Partner: collectionProperty,
  };
  const constraint = { Property: column.propertyName, ReferencedProperty: keyProperty(referencedTable, model) };
  return writeElement('NavigationProperty', attributes, [writeElement('ReferentialConstraint', constraint)]);
}

/** The key that the type has or inherits: users and teams are identified by `ownerid` of their base type. */
function keyProperty(tableName: string, model: TableModel): string {
  if (tableName === 'principal') return 'ownerid';
  const table = tableNamed(model, tableName);
  return table.baseType === 'principal' ? 'ownerid' : table.primaryId.logicalName;
}

function writeAlternateKeys(table: Table): string[] {
  if (table.alternateKeys.length === 0) return [];
  const keys = table.alternateKeys.map((key) => {
    const references = key.columns.map((column) => {
      const name = column.propertyName ?? column.logicalName;
      return writeElement('Record', { Type: 'OData.Community.Keys.V1.PropertyRef' }, [
        writeElement('PropertyValue', { Property: 'Alias', String: name }),
        writeElement('PropertyValue', { Property: 'Name', PropertyPath: name }),
      ]);
    });
    const value = writeElement('PropertyValue', { Property: 'Key' }, [writeElement('Collection', {}, references)]);
    return writeElement('Record', { Type: 'OData.Community.Keys.V1.AlternateKey' }, [value]);
  });
  const collection = writeElement('Collection', {}, keys);
  return [writeElement('Annotation', { Term: 'OData.Community.Keys.V1.AlternateKeys' }, [collection])];
}
