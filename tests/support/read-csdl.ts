/** Reads a $metadata document (CSDL 4.0 XML) as a strict client does: with a real XML parser, following every reference. */
import assert from 'node:assert/strict';
import { SaxesParser } from 'saxes';

export type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
};

const primitives = new Set(
  ['Binary', 'Boolean', 'Date', 'DateTimeOffset', 'Decimal', 'Double', 'Guid', 'Int32', 'Int64', 'String'].map(
    (name) => `Edm.${name}`,
  ),
);

function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.fromEntries(
      Object.entries(tag.attributes).map(([name, attribute]) => [name, attribute.value]),
    );
    const element: Element = { name: tag.name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (characters) => {
    const current = open.at(-1);
    if (current !== undefined) current.text += characters;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text).close();
  return child(root, 'edmx:Edmx');
}

export function children(element: Element, name: string): Element[] {
  return element.children.filter((candidate) => candidate.name === name);
}

export function child(element: Element, name: string): Element {
  const [found, ...others] = children(element, name);
  assert.ok(found !== undefined && others.length === 0, `exactly one <${name}> in <${element.name}>`);
  return found;
}

export function named(elements: readonly Element[], name: string): Element {
  const found = elements.find((element) => element.attributes['Name'] === name);
  assert.ok(found !== undefined, `an element named ${name}`);
  return found;
}

export type CsdlDocument = {
  readonly edmx: Element;
  readonly schema: Element;
  readonly container: Element;
  readonly entityTypes: readonly Element[];
  readonly complexTypes: readonly Element[];
  readonly types: ReadonlyMap<string, Element>;
  /** The type and its base types, most derived first. */
  readonly chain: (type: Element | undefined) => Element[];
  /** Properties and navigation properties, own and inherited. */
  readonly properties: (type: Element) => Element[];
  readonly navigation: (type: Element) => Element[];
  /** What reading alone found wrong: types declared twice. */
  readonly faults: readonly string[];
};

/** Parses a $metadata document. Throws when it is not well-formed XML. */
export function readSchema(text: string): CsdlDocument {
  const edmx = parseXml(text);
  const schema = child(child(edmx, 'edmx:DataServices'), 'Schema');
  const entityTypes = children(schema, 'EntityType');
  const complexTypes = children(schema, 'ComplexType');
  const types = new Map<string, Element>();
  const faults: string[] = [];
  for (const type of [...entityTypes, ...complexTypes, ...children(schema, 'EnumType')]) {
    const name = type.attributes['Name'] ?? '';
    if (types.has(name)) faults.push(`type ${name} is declared twice`);
    types.set(name, type);
  }
  const chain = (type: Element | undefined): Element[] => {
    if (type === undefined) return [];
    const base = type.attributes['BaseType'];
    return [type, ...(base === undefined ? [] : chain(types.get(bare(base))))];
  };
  const properties = (type: Element) => chain(type).flatMap((item) => children(item, 'Property'));
  const navigation = (type: Element) => chain(type).flatMap((item) => children(item, 'NavigationProperty'));
  const container = child(schema, 'EntityContainer');
  return { edmx, schema, entityTypes, complexTypes, types, faults, chain, properties, navigation, container };
}

export function bare(type: string): string {
  return type.replace(/^Collection\((.*)\)$/, '$1').replace(/^mscrm\./, '');
}

/** Every fault of a CSDL document that a strict reader would stumble over. */
export function findFaults(text: string): string[] {
  const document = readSchema(text);
  const { schema, entityTypes, complexTypes, types, chain, properties, navigation, container } = document;
  const faults = [...document.faults];
  const resolves = (type: string | undefined) => {
    const item = (type ?? '').replace(/^Collection\((.*)\)$/, '$1');
    return primitives.has(item) || (item.startsWith('mscrm.') && types.has(bare(item)));
  };
  const withTypes = [...entityTypes, ...complexTypes].flatMap((type) =>
    type.children.map((item) => [type, item] as const),
  );
  for (const [type, item] of withTypes) {
    if (item.attributes['Type'] !== undefined && !resolves(item.attributes['Type'])) {
      faults.push(`${type.attributes['Name']}.${item.attributes['Name']}: unknown type ${item.attributes['Type']}`);
    }
  }
  for (const operation of [...children(schema, 'Function'), ...children(schema, 'Action')]) {
    for (const item of [...children(operation, 'Parameter'), ...children(operation, 'ReturnType')]) {
      if (!resolves(item.attributes['Type']))
        faults.push(`${operation.attributes['Name']}: unknown type ${item.attributes['Type']}`);
    }
  }
  for (const type of entityTypes) {
    const name = type.attributes['Name'];
    const base = type.attributes['BaseType'];
    if (base !== undefined && !types.has(bare(base))) faults.push(`${name}: unknown base type ${base}`);
    const keys = chain(type).flatMap((item) => children(item, 'Key'));
    if (keys.length > 1) faults.push(`${name}: ${keys.length} keys along the chain`);
    if (keys.length === 0 && type.attributes['Abstract'] !== 'true') faults.push(`${name}: no key`);
    const declared = new Map(properties(type).map((item) => [item.attributes['Name'], item]));
    for (const reference of keys.flatMap((key) => children(key, 'PropertyRef'))) {
      const property = declared.get(reference.attributes['Name']);
      if (property?.attributes['Nullable'] !== 'false')
        faults.push(`${name}: key ${reference.attributes['Name']} is missing or nullable`);
    }
    const names = [...properties(type), ...navigation(type)].map((item) => item.attributes['Name']);
    for (const twice of names.filter((item, index) => names.indexOf(item) !== index))
      faults.push(`${name}.${twice} is declared twice`);
    faults.push(...navigationFaults(type, document));
  }
  faults.push(...containerFaults(container, document));
  return faults;
}

function navigationFaults(type: Element, document: CsdlDocument): string[] {
  const faults: string[] = [];
  const { types, chain, navigation, properties } = document;
  for (const item of children(type, 'NavigationProperty')) {
    const where = `${type.attributes['Name']}.${item.attributes['Name']}`;
    const target = types.get(bare(item.attributes['Type'] ?? ''));
    if (target === undefined) continue;
    const partnerName = item.attributes['Partner'];
    if (partnerName !== undefined) {
      const partner = navigation(target).find((candidate) => candidate.attributes['Name'] === partnerName);
      const pointsBack = partner?.attributes['Partner'] === item.attributes['Name'];
      const toUs = chain(type).some(
        (candidate) => candidate.attributes['Name'] === bare(partner?.attributes['Type'] ?? ''),
      );
      if (partner === undefined || !pointsBack || !toUs)
        faults.push(`${where}: partner ${partnerName} does not point back`);
    }
    for (const constraint of children(item, 'ReferentialConstraint')) {
      const [dependent, principal] = [constraint.attributes['Property'], constraint.attributes['ReferencedProperty']];
      if (!properties(type).some((property) => property.attributes['Name'] === dependent))
        faults.push(`${where}: no property ${dependent}`);
      const keys = chain(target)
        .flatMap((candidate) => children(candidate, 'Key'))
        .flatMap((key) => children(key, 'PropertyRef'));
      if (!keys.some((key) => key.attributes['Name'] === principal))
        faults.push(`${where}: ${principal} is no key of the target`);
    }
  }
  return faults;
}

function containerFaults(container: Element, document: CsdlDocument): string[] {
  const faults: string[] = [];
  const { types, chain, navigation, schema } = document;
  const sets = new Map(children(container, 'EntitySet').map((set) => [set.attributes['Name'] ?? '', set]));
  const setOfType = new Map([...sets.values()].map((set) => [bare(set.attributes['EntityType'] ?? ''), set]));
  for (const [name, set] of sets) {
    const type = types.get(bare(set.attributes['EntityType'] ?? ''));
    if (type === undefined || !chain(type).some((item) => children(item, 'Key').length > 0)) {
      faults.push(`${name}: its type is missing or has no key`);
      continue;
    }
    const bindings = new Map(children(set, 'NavigationPropertyBinding').map((item) => [item.attributes['Path'], item]));
    for (const [path, binding] of bindings) {
      const property = navigation(type).find((item) => item.attributes['Name'] === path);
      const target = types.get(bare(sets.get(binding.attributes['Target'] ?? '')?.attributes['EntityType'] ?? ''));
      const wanted = bare(property?.attributes['Type'] ?? '');
      if (target === undefined || !chain(target).some((item) => item.attributes['Name'] === wanted)) {
        faults.push(`${name}: binding of ${path} to ${binding.attributes['Target']} does not fit`);
      }
    }
    for (const item of navigation(type)) {
      const isBound = bindings.has(item.attributes['Name']) || item.attributes['ContainsTarget'] === 'true';
      if (!isBound && setOfType.has(bare(item.attributes['Type'] ?? '')))
        faults.push(`${name}: ${item.attributes['Name']} is not bound`);
    }
  }
  for (const kind of ['Function', 'Action'] as const) {
    for (const item of children(container, `${kind}Import`)) {
      const target = children(schema, kind).find(
        (operation) => operation.attributes['Name'] === bare(item.attributes[kind] ?? ''),
      );
      if (target === undefined || target.attributes['IsBound'] === 'true')
        faults.push(`${item.attributes['Name']}: imports no unbound ${kind}`);
    }
  }
  return faults;
}
