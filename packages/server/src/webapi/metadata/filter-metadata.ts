/** $filter of the metadata endpoints: eq, ne, and, or, not over members and the values inside them; nothing else, as in Dataverse. */
import type { ArgumentValue, FilterExpression, SystemQueryOptions } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import type { JsonLike, MetadataRecord } from './metadata-record.ts';
import { memberType, metadataEnumTypes, metadataTypes } from './metadata-types.ts';
import { propertyNotFound } from './select-metadata.ts';

type Aliases = SystemQueryOptions['aliases'];

/** Values compare when they are of one category; `null` goes with all. */
type Category = 'string' | 'number' | 'boolean' | 'guid' | 'null' | 'complex' | `Microsoft.Dynamics.CRM.${string}`;

type Operand = {
  readonly category: Category;
  /** The value as a text that is equal exactly when the values are; null when there is none. */
  readonly read: (record: MetadataRecord) => string | null;
};

const nameSpace = 'Microsoft.Dynamics.CRM.';

/**
 * Turns a filter into a predicate over records of the given type.
 * @throws WebApiError for unknown members, operands that do not compare, and what metadata cannot filter by
 */
export function compileMetadataFilter(
  filter: FilterExpression,
  typeName: string,
  aliases: Aliases,
): (record: MetadataRecord) => boolean {
  switch (filter.kind) {
    case 'logical': {
      const operands = filter.operands.map((operand) => compileMetadataFilter(operand, typeName, aliases));
      return filter.operator === 'and'
        ? (record) => operands.every((holds) => holds(record))
        : (record) => operands.some((holds) => holds(record));
    }
    case 'not': {
      const holds = compileMetadataFilter(filter.operand, typeName, aliases);
      return (record) => !holds(record);
    }
    case 'comparison':
      return compileComparison(filter, typeName, aliases);
    case 'member':
    case 'literal': {
      const operand = bindOperand(filter, typeName, aliases);
      if (operand.category !== 'boolean') throw unsupported('$filter must be a condition', filter.position);
      return (record) => operand.read(record) === 'true';
    }
    case 'call':
      throw new WebApiError('notImplementedForMetadata', { name: filter.name });
    case 'qualifiedCall':
      throw new WebApiError('notImplementedForMetadata', { name: filter.name.replace(nameSpace, '') });
    default:
      throw unsupported(`$filter cannot use '${filter.kind}' on metadata`, filter.position);
  }
}

type Comparison = Extract<FilterExpression, { readonly kind: 'comparison' }>;

function compileComparison(
  filter: Comparison,
  typeName: string,
  aliases: Aliases,
): (record: MetadataRecord) => boolean {
  // Functions are named first, so that the caller hears of them whatever the operator is.
  const left = bindOperand(filter.left, typeName, aliases);
  const right = bindOperand(filter.right, typeName, aliases);
  if (filter.operator !== 'eq' && filter.operator !== 'ne') {
    throw unsupported(`$filter on metadata knows the operators eq and ne, not '${filter.operator}'`, filter.position);
  }
  const comparable = left.category === right.category || left.category === 'null' || right.category === 'null';
  if (!comparable || (left.category === 'complex' && right.category === 'complex')) {
    const operator = filter.operator === 'eq' ? 'Equal' : 'NotEqual';
    throw new WebApiError('incompatibleTypes', {
      left: edmName(left.category),
      right: edmName(right.category),
      operator,
    });
  }
  const isEqual = (record: MetadataRecord) => left.read(record) === right.read(record);
  return filter.operator === 'eq' ? isEqual : (record) => !isEqual(record);
}

function bindOperand(expression: FilterExpression | ArgumentValue, typeName: string, aliases: Aliases): Operand {
  switch (expression.kind) {
    case 'member':
      return bindMember(expression.path, typeName);
    case 'literal':
      return bindLiteral(expression);
    case 'alias': {
      // An alias that the URL does not define stands for null.
      const value = aliases.get(expression.name);
      if (value === undefined) return { category: 'null', read: () => null };
      if (value.kind === 'alias')
        throw unsupported(`The alias ${expression.name} must hold a value`, expression.position);
      return bindOperand(value, typeName, aliases);
    }
    case 'call':
      throw new WebApiError('notImplementedForMetadata', { name: expression.name });
    default:
      throw unsupported(`$filter cannot compare '${expression.kind}' on metadata`, expression.position);
  }
}

function bindMember(path: readonly string[], typeName: string): Operand {
  let type = typeName;
  let category: Category = 'complex';
  for (const [index, name] of path.entries()) {
    const found = memberType(type, name);
    if (found === undefined) throw propertyNotFound(name, type);
    category = categoryOf(found);
    const isLast = index === path.length - 1;
    if (isLast) break;
    const next = found.replace(/^mscrm\./, '');
    if (category !== 'complex' || !metadataTypes.has(next)) {
      throw new WebApiError('requestFault', {
        detail: `$filter: '${name}' of ${type} holds a plain value, so '${path.join('/')}' leads nowhere.`,
      });
    }
    type = next;
  }
  return { category, read: (record) => comparableText(path.reduce<JsonLike | undefined>(memberOf, record.members)) };
}

function memberOf(value: JsonLike | undefined, name: string): JsonLike | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  // The cast: what is left is a record, or a raw number, which has no member of any metadata name.
  return (value as Readonly<Record<string, JsonLike>>)[name];
}

function comparableText(value: JsonLike | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object') return String(value);
  return 'rawJSON' in value && typeof value.rawJSON === 'string' ? value.rawJSON : 'complex';
}

function categoryOf(type: string): Category {
  if (type === 'Edm.String') return 'string';
  if (type === 'Edm.Boolean') return 'boolean';
  if (type === 'Edm.Guid') return 'guid';
  if (type.startsWith('Edm.')) return 'number';
  const name = type.replace(/^mscrm\./, '');
  return metadataEnumTypes.some((candidate) => candidate.name === name) ? `${nameSpace}${name}` : 'complex';
}

type LiteralExpression = Extract<FilterExpression, { readonly kind: 'literal' }>;

function bindLiteral(literal: LiteralExpression): Operand {
  switch (literal.type) {
    case 'null':
      return { category: 'null', read: () => null };
    case 'boolean':
      return constant('boolean', String(literal.value));
    case 'integer':
    case 'decimal':
    case 'double':
      return constant('number', literal.text);
    case 'string':
    case 'guid':
      return constant(literal.type, literal.text);
    case 'enum':
      return constant(enumCategory(literal.typeName, literal.text), literal.text);
    default:
      throw unsupported(`$filter cannot compare a ${literal.type} on metadata`, literal.position);
  }
}

function constant(category: Category, text: string): Operand {
  return { category, read: () => text };
}

function enumCategory(typeName: string, text: string): Category {
  const type = metadataEnumTypes.find((candidate) => `${nameSpace}${candidate.name}` === typeName);
  if (type === undefined || !Object.hasOwn(type.members, text)) {
    throw new WebApiError('requestFault', {
      detail: `The string '${typeName}'${text}'' is not a valid enumeration type constant.`,
    });
  }
  return `${nameSpace}${type.name}`;
}

function edmName(category: Category): string {
  const names: Readonly<Record<string, string>> = {
    string: 'Edm.String',
    number: 'Edm.Int32',
    boolean: 'Edm.Boolean',
    guid: 'Edm.Guid',
    complex: 'a complex type',
  };
  return names[category] ?? category;
}

function unsupported(what: string, position: number): WebApiError {
  return new WebApiError('requestFault', { detail: `${what} (position ${position} in $filter).` });
}
