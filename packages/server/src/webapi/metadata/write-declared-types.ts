/** CSDL for what is not a table: the types of the metadata endpoints, of operations, and the operations themselves. */
import type { TableModel } from '../../model/table-model.ts';
import type { ComplexTypeDefinition, OperationSignature } from '../operations/operation-signature.ts';
import { type EnumTypeDefinition, operationComplexTypes, operationEnumTypes } from '../operations/operation-types.ts';
import { type MetadataType, metadataEnumTypes, metadataTypes } from './metadata-types.ts';
import { writeKey } from './write-entity-type.ts';
import { writeElement } from './xml.ts';

export function writeMetadataTypes(): string[] {
  return [...metadataTypes.values()].map(writeMetadataType);
}

function writeMetadataType(type: MetadataType): string {
  const properties = Object.entries(type.members).map(([name, memberType]) => {
    const isKey = name === 'MetadataId' && type.kind === 'entity';
    return writeElement('Property', {
      Name: name,
      Type: memberType,
      ...facets(memberType),
      Nullable: isKey ? false : undefined,
    });
  });
  const navigation = Object.entries(type.navigation).map(([name, target]) => {
    const qualified = `mscrm.${target.type}`;
    // Columns, keys and relationships of a table have no set of their own: they live inside the table's definition.
    return writeElement('NavigationProperty', {
      Name: name,
      Type: target.isCollection ? `Collection(${qualified})` : qualified,
      ContainsTarget: true,
    });
  });
  const attributes = {
    Name: type.name,
    BaseType: type.baseType === undefined ? undefined : `mscrm.${type.baseType}`,
    Abstract: type.isAbstract ? true : undefined,
  };
  const key = type.name === 'MetadataBase' ? [writeKey('MetadataId')] : [];
  return writeElement(type.kind === 'entity' ? 'EntityType' : 'ComplexType', attributes, [
    ...key,
    ...properties,
    ...navigation,
  ]);
}

export function writeEnumTypes(): string[] {
  return [...operationEnumTypes, ...metadataEnumTypes].map((type: EnumTypeDefinition) => {
    const members = Object.entries(type.members).map(([name, value]) =>
      writeElement('Member', { Name: name, Value: value }),
    );
    return writeElement('EnumType', { Name: type.name, IsFlags: type.isFlags ? true : undefined }, members);
  });
}

/** Complex types of operations: shared ones, and one for each distinct response. */
export function writeOperationTypes(operations: readonly OperationSignature[], model: TableModel): string[] {
  const types = new Map<string, ComplexTypeDefinition>(operationComplexTypes.map((type) => [type.name, type]));
  for (const { returns, types: mentioned } of operations) {
    for (const type of mentioned ?? []) types.set(type.name, type);
    if (returns === undefined || 'type' in returns) continue;
    types.set(returns.complexType, { name: returns.complexType, properties: returns.properties });
  }
  return [...types.values()].map((type) => {
    const properties = type.properties.map((property) => {
      // CSDL lets only a navigation property hold a row, also inside a complex type.
      const element = isRowType(property.type, model) ? 'NavigationProperty' : 'Property';
      return writeElement(element, { Name: property.name, Type: property.type, ...facets(property.type) });
    });
    return writeElement('ComplexType', { Name: type.name }, properties);
  });
}

export function writeOperation(operation: OperationSignature): string {
  const { bound, returns } = operation;
  const rowType = `mscrm.${bound?.table}`;
  const binding =
    bound === undefined
      ? []
      : [
          writeElement('Parameter', {
            Name: bound.collection ? 'entityset' : 'entity',
            Type: bound.collection ? `Collection(${rowType})` : rowType,
            Nullable: false,
          }),
        ];
  const parameters = operation.parameters.map((parameter) =>
    writeElement('Parameter', {
      Name: parameter.name,
      Type: parameter.type,
      Nullable: parameter.nullable === true ? undefined : false,
      ...facets(parameter.type),
    }),
  );
  const returnType =
    returns === undefined ? undefined : 'type' in returns ? returns.type : `mscrm.${returns.complexType}`;
  const result = returnType === undefined ? [] : [writeElement('ReturnType', { Type: returnType, Nullable: false })];
  const attributes = { Name: operation.name, IsBound: bound === undefined ? undefined : true };
  return writeElement(operation.kind === 'function' ? 'Function' : 'Action', attributes, [
    ...binding,
    ...parameters,
    ...result,
  ]);
}

export function writeOperationImport(operation: OperationSignature): string {
  const qualified = `mscrm.${operation.name}`;
  return operation.kind === 'function'
    ? writeElement('FunctionImport', { Name: operation.name, Function: qualified })
    : writeElement('ActionImport', { Name: operation.name, Action: qualified });
}

function isRowType(type: string, model: TableModel): boolean {
  const name = type.replace(/^Collection\((.*)\)$/, '$1').replace(/^mscrm\./, '');
  return name === 'crmbaseentity' || name === 'principal' || model.tables.has(name);
}

function facets(type: string): { readonly Unicode?: false; readonly Scale?: string } {
  if (type === 'Edm.String' || type === 'Collection(Edm.String)') return { Unicode: false };
  return type === 'Edm.Decimal' ? { Scale: 'Variable' } : {};
}
