/** The $metadata document: CSDL 4.0 XML of the whole service, one schema `Microsoft.Dynamics.CRM` with the alias `mscrm`. */
import { type NavigationProperty, type Table, type TableModel, tableNamed } from '../../model/table-model.ts';
import type { OperationSignature } from '../operations/operation-signature.ts';
import { metadataSets } from './metadata-types.ts';
import { hasChangeTracking } from './table-features.ts';
import {
  writeEnumTypes,
  writeMetadataTypes,
  writeOperation,
  writeOperationImport,
  writeOperationTypes,
} from './write-declared-types.ts';
import { type CsdlOptions, writeEntityType, writeKey } from './write-entity-type.ts';
import { writeElement } from './xml.ts';

/** Vocabularies that annotations come from, and where each is published. */
const vocabularies = {
  'OData.Community.Keys.V1': 'http://vocabularies.odata.org/OData.Community.Keys.V1.xml',
  'Org.OData.Core.V1': 'http://docs.oasis-open.org/odata/odata/v4.0/os/vocabularies/Org.OData.Core.V1.xml',
  'Org.OData.Capabilities.V1':
    'http://docs.oasis-open.org/odata/odata/v4.0/os/vocabularies/Org.OData.Capabilities.V1.xml',
} as const;

/**
 * Writes the document. It depends on its arguments alone, so the caller may keep it per model version.
 * @param operations every function and action of the service, bound and unbound
 * @param options `annotations`: with descriptions, computed and change-tracking annotations
 */
export function writeCsdl(model: TableModel, operations: readonly OperationSignature[], options: CsdlOptions): string {
  const tables = [...model.tables.values()];
  const schema = writeElement(
    'Schema',
    { Namespace: 'Microsoft.Dynamics.CRM', Alias: 'mscrm', xmlns: 'http://docs.oasis-open.org/odata/ns/edm' },
    [
      ...writeEnumTypes(),
      ...writeBaseTypes(),
      ...tables.map((table) => writeEntityType(table, model, options)),
      ...writeMetadataTypes(),
      ...writeOperationTypes(operations, model),
      ...operations.map(writeOperation),
      writeContainer(model, operations, options),
    ],
  );
  const document = writeElement(
    'edmx:Edmx',
    { Version: '4.0', 'xmlns:edmx': 'http://docs.oasis-open.org/odata/ns/edmx' },
    [...writeReferences(options), writeElement('edmx:DataServices', {}, [schema])],
  );
  return `<?xml version="1.0" encoding="utf-8"?>${document}`;
}

function writeReferences(options: CsdlOptions): string[] {
  const names = Object.entries(vocabularies).filter(
    ([name]) => options.annotations || name === 'OData.Community.Keys.V1',
  );
  return names.map(([name, address]) =>
    writeElement('edmx:Reference', { Uri: address }, [writeElement('edmx:Include', { Namespace: name })]),
  );
}

function writeBaseTypes(): string[] {
  const ownerId = writeElement('Property', { Name: 'ownerid', Type: 'Edm.Guid', Nullable: false });
  return [
    writeElement('EntityType', { Name: 'crmbaseentity', Abstract: true }),
    writeElement('EntityType', { Name: 'crmmodelbaseentity', Abstract: true }),
    // Abstract because CSDL 4.0 allows no other type without a key, and nothing is ever exactly an expando.
    writeElement('EntityType', { Name: 'expando', BaseType: 'mscrm.crmbaseentity', Abstract: true, OpenType: true }),
    writeElement('EntityType', { Name: 'principal', BaseType: 'mscrm.crmbaseentity', Abstract: true }, [
      writeKey('ownerid'),
      ownerId,
    ]),
  ];
}

function writeContainer(model: TableModel, operations: readonly OperationSignature[], options: CsdlOptions): string {
  const sets = [...model.tables.values()].map((table) => writeEntitySet(table, model, options));
  const metadata = Object.entries(metadataSets).map(([name, type]) =>
    writeElement('EntitySet', { Name: name, EntityType: `mscrm.${type}` }),
  );
  const imports = operations.filter((operation) => operation.bound === undefined).map(writeOperationImport);
  return writeElement('EntityContainer', { Name: 'System' }, [...sets, ...metadata, ...imports]);
}

function writeEntitySet(table: Table, model: TableModel, options: CsdlOptions): string {
  const navigation = new Map(table.navigation);
  if (table.baseType === 'activitypointer') {
    // Navigation of the base type is reachable on every activity, so it needs its binding here too.
    for (const [name, item] of tableNamed(model, 'activitypointer').navigation)
      if (!navigation.has(name)) navigation.set(name, item);
  }
  const bindings = [...navigation].flatMap(([path, item]) => {
    const target = model.tables.get(targetTable(item));
    return target === undefined
      ? []
      : [writeElement('NavigationPropertyBinding', { Path: path, Target: target.entitySetName })];
  });
  const tracking =
    options.annotations && hasChangeTracking(table)
      ? [
          writeElement('Annotation', { Term: 'Org.OData.Capabilities.V1.ChangeTracking' }, [
            writeElement('Record', {}, [writeElement('PropertyValue', { Property: 'Supported', Bool: true })]),
          ]),
        ]
      : [];
  return writeElement('EntitySet', { Name: table.entitySetName, EntityType: `mscrm.${table.logicalName}` }, [
    ...bindings,
    ...tracking,
  ]);
}

function targetTable(navigation: NavigationProperty): string {
  if (navigation.kind === 'manyToMany') return navigation.otherTable;
  return navigation.kind === 'oneToMany' ? navigation.relationship.referencingTable : navigation.referencedTable;
}
