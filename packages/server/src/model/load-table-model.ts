/** Builds the table model from its facts: storage, navigation and keys are derived here and nowhere else. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { ColumnFacts, ModelOverlay, RelationshipFacts, TableFacts } from './table-facts.ts';
import type {
  AlternateKey,
  CascadeDelete,
  Column,
  ColumnStorage,
  ColumnType,
  ManyToMany,
  ManyToOne,
  NavigationProperty,
  Table,
  TableModel,
} from './table-model.ts';

const activityTables: ReadonlySet<string> = new Set(['msdyn_ocliveworkitem', 'msdyn_ocsession', 'task']);
const intersectTables: ReadonlySet<string> = new Set([
  'systemuserroles',
  'teammembership',
  'teamroles',
  'roleprivileges',
  'queuemembership',
]);

/** Type codes that Dataverse gives its own tables; every other table gets one above 10000 in the order of names. */
const objectTypeCodes: Readonly<Record<string, number>> = {
  account: 1,
  contact: 2,
  annotation: 5,
  systemuser: 8,
  team: 9,
  businessunit: 10,
  principalobjectaccess: 11,
  roleprivileges: 12,
  systemuserroles: 15,
  teammembership: 23,
  teamroles: 40,
  socialprofile: 99,
  incident: 112,
  activityparty: 135,
  usersettings: 150,
  organization: 1019,
  privilege: 1023,
  role: 1036,
  characteristic: 1141,
  ratingmodel: 1144,
  ratingvalue: 1145,
  bookableresource: 1150,
  bookableresourcecharacteristic: 1151,
  queuemembership: 1213,
  queue: 2020,
  queueitem: 2029,
  calendar: 4003,
  calendarrule: 4004,
  activitypointer: 4200,
  task: 4212,
  transactioncurrency: 9105,
};

const sqlTypes: Readonly<Partial<Record<ColumnType, string>>> = {
  String: 'text COLLATE data.ci',
  Memo: 'text COLLATE data.ci',
  EntityName: 'text COLLATE data.ci',
  Integer: 'integer',
  BigInt: 'bigint',
  Boolean: 'boolean',
  ManagedProperty: 'boolean',
  Decimal: 'numeric',
  Money: 'numeric',
  Double: 'double precision',
  Picklist: 'integer',
  State: 'integer',
  Status: 'integer',
  MultiSelectPicklist: 'integer[]',
  Lookup: 'uuid',
  Customer: 'uuid',
  Owner: 'uuid',
  Uniqueidentifier: 'uuid',
  File: 'uuid',
};

/** Columns whose text PostgreSQL computes from other columns of the row. */
const generatedColumns: Readonly<Record<string, string>> = {
  'systemuser.fullname': "btrim(coalesce(firstname, '') || ' ' || coalesce(lastname, ''))",
  'contact.fullname': "btrim(coalesce(firstname, '') || ' ' || coalesce(lastname, ''))",
  'systemuser.yomifullname': "btrim(coalesce(yomifirstname, '') || ' ' || coalesce(yomilastname, ''))",
  'contact.yomifullname': "btrim(coalesce(yomifirstname, '') || ' ' || coalesce(yomilastname, ''))",
};

/**
 * Reads every `*.json` of the tables folder and the overlay.
 * @param directory folder that holds `tables/` and `model/overlay.json`
 */
export async function loadTableModel(directory: URL): Promise<TableModel> {
  const folder = new URL('tables/', directory);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  const overlayText = await readFile(new URL('model/overlay.json', directory), 'utf8');
  const version = createHash('sha256').update(texts.join('\0')).update(overlayText).digest('hex').slice(0, 16);
  // The files are part of the program and checked by tests, so their shape is taken as given.
  const facts = texts.map((text) => JSON.parse(text) as TableFacts);
  return buildTableModel(facts, JSON.parse(overlayText) as ModelOverlay, version);
}

/** Pure: facts and overlay in, model out. */
function buildTableModel(givenFacts: readonly TableFacts[], overlay: ModelOverlay, version: string): TableModel {
  const known = new Set(givenFacts.map((table) => table.logicalName));
  const facts = givenFacts.map((table) =>
    withInheritedColumns(withFullOptions(table, givenFacts, overlay), givenFacts),
  );
  const columnsByTable = new Map(facts.map((table) => [table.logicalName, buildColumns(table, overlay, known)]));
  const relationships = facts.flatMap((table) => buildManyToOne(table, facts, overlay, columnsByTable, known));
  const tables = new Map<string, Table>();
  let nextTypeCode = 10_100;
  for (const table of facts) {
    const columns = columnsByTable.get(table.logicalName) ?? new Map<string, Column>();
    const typeCode = objectTypeCodes[table.logicalName] ?? nextTypeCode++;
    tables.set(table.logicalName, buildTable(table, columns, relationships, overlay, typeCode));
  }
  return { version, tables, entitySets: new Map([...tables.values()].map((table) => [table.entitySetName, table])) };
}

/** Takes the options of a choice from where the facts print them in full. */
function withFullOptions(table: TableFacts, all: readonly TableFacts[], overlay: ModelOverlay): TableFacts {
  const attributes = table.attributes.map((column) => {
    const [otherTable, otherColumn] = overlay.options[`${table.logicalName}.${column.logicalName}`]?.split('.') ?? [];
    if (otherTable === undefined) return column;
    const other = all
      .find((candidate) => candidate.logicalName === otherTable)
      ?.attributes.find((candidate) => candidate.logicalName === otherColumn);
    return { ...column, options: required(other?.options, `${otherTable}.${otherColumn}`) };
  });
  return { ...table, attributes };
}

/** What the base types bring: every column of activities, and `ownerid` of users and teams, which is their own id. */
function withInheritedColumns(table: TableFacts, all: readonly TableFacts[]): TableFacts {
  const own = new Set(table.attributes.map((column) => column.logicalName));
  if (table.logicalName === 'systemuser' || table.logicalName === 'team') {
    const ownerId: ColumnFacts = {
      logicalName: 'ownerid',
      schemaName: 'OwnerId',
      displayName: 'Owner',
      description: 'The same as the id of the row: users and teams are the two kinds of owner.',
      type: 'Uniqueidentifier',
      requiredLevel: 'None',
      writable: false,
    };
    return { ...table, attributes: [...table.attributes, ownerId] };
  }
  if (!activityTables.has(table.logicalName)) return table;
  const base = all.find((candidate) => candidate.logicalName === 'activitypointer')?.attributes ?? [];
  return { ...table, attributes: [...table.attributes, ...base.filter((column) => !own.has(column.logicalName))] };
}

function buildTable(
  facts: TableFacts,
  columns: ReadonlyMap<string, Column>,
  relationships: readonly ManyToOne[],
  overlay: ModelOverlay,
  objectTypeCode: number,
): Table {
  const primaryId = columns.get(facts.primaryIdAttribute);
  if (primaryId === undefined) throw new Error(`${facts.logicalName}: no primary id column`);
  const properties = new Map<string, Column>();
  for (const column of columns.values())
    if (column.propertyName !== undefined) properties.set(column.propertyName, column);
  const isActivity = activityTables.has(facts.logicalName) || facts.logicalName === 'activitypointer';
  const alternateKeys: AlternateKey[] = (overlay.alternateKeys[facts.logicalName] ?? []).map((key) => ({
    schemaName: key.schemaName,
    displayName: key.displayName,
    columns: key.columns.map((name) => required(columns.get(name), `${facts.logicalName}.${name}`)),
  }));
  const isPrincipal = facts.logicalName === 'systemuser' || facts.logicalName === 'team';
  return {
    logicalName: facts.logicalName,
    schemaName: facts.schemaName,
    displayName: facts.displayName ?? facts.schemaName,
    displayCollectionName: facts.displayCollectionName ?? facts.schemaName,
    description: facts.description ?? '',
    entitySetName: facts.entitySetName,
    objectTypeCode,
    ownership: facts.ownershipType,
    primaryId,
    primaryName: facts.primaryNameAttribute === undefined ? undefined : columns.get(facts.primaryNameAttribute),
    columns,
    properties,
    navigation: buildNavigation(facts, relationships),
    alternateKeys,
    messages: new Set(facts.messages.map((message) => message.name)),
    isActivity,
    isView: facts.logicalName === 'activitypointer',
    isIntersect: intersectTables.has(facts.logicalName),
    baseType: activityTables.has(facts.logicalName) ? 'activitypointer' : isPrincipal ? 'principal' : 'crmbaseentity',
    privilegeName: isActivity ? 'Activity' : facts.logicalName === 'annotation' ? 'Note' : facts.schemaName,
    state: [...columns.values()].find((column) => column.type === 'State'),
    status: [...columns.values()].find((column) => column.type === 'Status'),
  };
}

function buildNavigation(facts: TableFacts, relationships: readonly ManyToOne[]): Map<string, NavigationProperty> {
  const navigation = new Map<string, NavigationProperty>();
  for (const relationship of relationships) {
    if (relationship.referencingTable === facts.logicalName)
      navigation.set(relationship.navigationProperty, relationship);
  }
  for (const relationship of relationships) {
    const collection = relationship.collectionProperty;
    if (relationship.referencedTable !== facts.logicalName || collection === undefined) continue;
    if (navigation.has(collection)) throw new Error(`${facts.logicalName}: navigation '${collection}' stands twice`);
    navigation.set(collection, { kind: 'oneToMany', navigationProperty: collection, relationship });
  }
  for (const link of facts.manyToMany ?? []) {
    const [nearColumn, farColumn] = [`${facts.logicalName}id`, `${link.otherEntity}id`];
    const manyToMany: ManyToMany = {
      kind: 'manyToMany',
      schemaName: link.schemaName,
      navigationProperty: link.navigationProperty,
      otherTable: link.otherEntity,
      intersectTable: link.intersectEntity,
      nearColumn,
      farColumn,
    };
    navigation.set(link.navigationProperty, manyToMany);
  }
  return navigation;
}

function buildManyToOne(
  facts: TableFacts,
  all: readonly TableFacts[],
  overlay: ModelOverlay,
  columnsByTable: ReadonlyMap<string, ReadonlyMap<string, Column>>,
  known: ReadonlySet<string>,
): ManyToOne[] {
  const columns = columnsByTable.get(facts.logicalName);
  const relationships = new Map<string, ManyToOne>();
  const collectionNames = new Set<string>();
  const add = (relationship: RelationshipFacts, isAlias: boolean) => {
    const column = columns?.get(relationship.referencingAttribute);
    const referencedTable = relationship.referencedEntity === 'owner' ? 'principal' : relationship.referencedEntity;
    if (column === undefined || relationship.navigationProperty === undefined) return;
    if (referencedTable !== 'principal' && !known.has(referencedTable)) return;
    if (relationships.has(relationship.navigationProperty)) return;
    const key = `${facts.logicalName}.${relationship.referencingAttribute}.${relationship.referencedEntity}`;
    const schemaName =
      relationship.schemaName ??
      overlay.relationshipNames[key] ??
      `${relationship.referencedEntity}_${facts.logicalName}_${relationship.referencingAttribute}`;
    const hasCollection = !isAlias && referencedTable !== 'principal' && !collectionNames.has(schemaName);
    if (hasCollection) collectionNames.add(schemaName);
    relationships.set(relationship.navigationProperty, {
      kind: 'manyToOne',
      schemaName,
      navigationProperty: relationship.navigationProperty,
      column,
      referencingTable: facts.logicalName,
      referencedTable,
      collectionProperty: hasCollection ? schemaName : undefined,
      cascadeDelete: cascadeDelete(relationship, column),
      isAlias,
    });
  };
  for (const relationship of facts.manyToOne) add(relationship, false);
  for (const relationship of overlay.manyToOne[facts.logicalName] ?? []) add(relationship, false);
  if (activityTables.has(facts.logicalName)) {
    const base = all.find((table) => table.logicalName === 'activitypointer');
    const inherited = [...(base?.manyToOne ?? []), ...(overlay.manyToOne['activitypointer'] ?? [])];
    for (const relationship of inherited) add(relationship, true);
  }
  return [...relationships.values()];
}

function cascadeDelete(relationship: RelationshipFacts, column: Column): CascadeDelete {
  if (/^(created|modified)(onbehalf)?by$|^own/.test(column.logicalName)) return 'NoCascade';
  const stated = relationship.cascadeDelete;
  if (stated === 'Cascade' || stated === 'Restrict' || stated === 'NoCascade') return stated;
  return column.logicalName === 'regardingobjectid' || column.logicalName === 'objectid' ? 'Cascade' : 'RemoveLink';
}

function buildColumns(facts: TableFacts, overlay: ModelOverlay, known: ReadonlySet<string>): Map<string, Column> {
  const attributes = [...facts.attributes, ...(overlay.columns[facts.logicalName] ?? [])];
  const lookups = new Map(
    attributes
      .filter((column) => column.type === 'Lookup' || column.type === 'Customer' || column.type === 'Owner')
      .map((column) => [column.logicalName, declaredTargets(column, facts, overlay)]),
  );
  const aliases = overlay.aliases[facts.logicalName] ?? {};
  const columns = new Map<string, Column>();
  for (const attribute of attributes) {
    columns.set(attribute.logicalName, buildColumn(facts, attribute, lookups, aliases[attribute.logicalName], known));
  }
  return columns;
}

function declaredTargets(column: ColumnFacts, facts: TableFacts, overlay: ModelOverlay): readonly string[] {
  if (column.type === 'Owner') return ['systemuser', 'team'];
  if (column.logicalName === 'owningteam') return ['team'];
  if (column.logicalName === 'owninguser') return ['systemuser'];
  const related = [...facts.manyToOne, ...(overlay.manyToOne[facts.logicalName] ?? [])]
    .filter((relationship) => relationship.referencingAttribute === column.logicalName)
    .map((relationship) => relationship.referencedEntity);
  return [...new Set([...(column.targets ?? []), ...related])];
}

function buildColumn(
  facts: TableFacts,
  column: ColumnFacts,
  lookups: ReadonlyMap<string, readonly string[]>,
  alias: string | undefined,
  known: ReadonlySet<string>,
): Column {
  // The source's column types are exactly this union; a test walks all files.
  const type = column.type as ColumnType;
  const targets = lookups.get(column.logicalName) ?? [];
  const companionOf = companionLookup(column, lookups);
  const storage = columnStorage(facts, column, type, companionOf, alias);
  const isPrimaryId = column.logicalName === facts.primaryIdAttribute;
  const isSystem = !column.writable && !isPrimaryId;
  return {
    logicalName: column.logicalName,
    schemaName: column.schemaName,
    displayName: column.displayName,
    description: column.description ?? '',
    type,
    propertyName:
      storage.kind === 'none'
        ? undefined
        : lookups.has(column.logicalName)
          ? `_${column.logicalName}_value`
          : column.logicalName,
    storage,
    requiredLevel: column.requiredLevel,
    isValidForCreate: !isSystem && column.isValidForCreate !== false,
    isValidForUpdate: !isSystem && column.isValidForUpdate !== false && !isPrimaryId,
    isValidForRead: column.isValidForRead !== false,
    isPrimaryId,
    isPrimaryName: column.logicalName === facts.primaryNameAttribute,
    maxLength: column.maxLength ?? (type === 'EntityName' ? 64 : undefined),
    minValue: limit(column, type, 'minValue'),
    maxValue: limit(column, type, 'maxValue'),
    precision: column.precision,
    format: column.format ?? column.formatName,
    dateTimeBehavior: type === 'DateTime' ? (column.dateTimeBehavior ?? 'UserLocal') : undefined,
    options:
      column.options ??
      (type === 'Boolean'
        ? [
            { value: 0, label: 'No' },
            { value: 1, label: 'Yes' },
          ]
        : []),
    globalChoiceName: column.globalChoiceName,
    defaultValue: column.defaultValue,
    targets: targets.filter((target) => known.has(target)),
    declaredTargets: targets,
    companionOf,
    maxSizeInKB: column.maxSizeInKB,
  };
}

/** `xname`, `xyominame`, `xtype`, `xidtype`, `xtypecode`, ... beside a lookup x. */
function companionLookup(column: ColumnFacts, lookups: ReadonlyMap<string, readonly string[]>): string | undefined {
  const suffixes =
    column.type === 'EntityName'
      ? ['type', 'idtype', 'typecode']
      : column.type === 'String' && !column.writable
        ? ['name', 'yominame']
        : [];
  for (const suffix of suffixes) {
    if (!column.logicalName.endsWith(suffix)) continue;
    const stem = column.logicalName.slice(0, -suffix.length);
    if (lookups.has(stem)) return stem;
    if (column.type === 'EntityName' && lookups.has(`${stem}id`)) return `${stem}id`;
  }
  return undefined;
}

function columnStorage(
  facts: TableFacts,
  column: ColumnFacts,
  type: ColumnType,
  companionOf: string | undefined,
  alias: string | undefined,
): ColumnStorage {
  if (alias !== undefined) return { kind: 'alias', of: alias };
  if (column.logicalName === 'ownerid' && type === 'Uniqueidentifier')
    return { kind: 'alias', of: facts.primaryIdAttribute };
  if (type === 'PartyList') return { kind: 'none' };
  if (type === 'EntityName' && companionOf !== undefined) return { kind: 'lookupTable', of: companionOf };
  if (type === 'String' && companionOf !== undefined) return { kind: 'none' };
  if (column.logicalName === 'slaname' && !column.writable) return { kind: 'none' };
  if (facts.ownershipType === 'UserOwned' && column.logicalName === 'owninguser')
    return { kind: 'owner', table: 'systemuser' };
  if (facts.ownershipType === 'UserOwned' && column.logicalName === 'owningteam')
    return { kind: 'owner', table: 'team' };
  if (activityTables.has(facts.logicalName) && column.logicalName === 'activitytypecode')
    return { kind: 'constant', value: facts.logicalName };
  const generated = generatedColumns[`${facts.logicalName}.${column.logicalName}`];
  return { kind: 'column', sqlType: columnSqlType(column, type), generated };
}

function columnSqlType(column: ColumnFacts, type: ColumnType): string {
  if (type === 'DateTime') {
    if (column.dateTimeBehavior === 'DateOnly') return 'date';
    return column.dateTimeBehavior === 'TimeZoneIndependent' ? 'timestamp(0)' : 'timestamptz(0)';
  }
  return required(sqlTypes[type], `SQL type of ${type}`);
}

function limit(column: ColumnFacts, type: ColumnType, side: 'minValue' | 'maxValue'): string | undefined {
  if (type === 'BigInt') return side === 'minValue' ? '-9223372036854775808' : '9223372036854775807';
  const value = column[side];
  if (value !== undefined) return String(value);
  return type === 'Integer' ? (side === 'minValue' ? '-2147483648' : '2147483647') : undefined;
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The table facts lack ${what}`);
  return value;
}
