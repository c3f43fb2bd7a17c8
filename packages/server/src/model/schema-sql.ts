/**
 * Writes the SQL that creates the physical tables of a table model: one table per Dataverse table in schema `data`.
 * db/migrations/0002-tables.sql is its output for the model of the first release. Later changes of the model need a
 * migration of their own: a test compares the migrated database with what this writes.
 */
import {
  type Column,
  isLookup,
  isManyTableLookup,
  lookupTableColumn,
  type ManyToOne,
  type Table,
  type TableModel,
} from './table-model.ts';

/** Lookups that the server itself writes, to rows that are never deleted: no foreign key, so no hot share locks. */
const serverWrittenLookups: ReadonlySet<string> = new Set([
  'createdby',
  'modifiedby',
  'createdonbehalfby',
  'modifiedonbehalfby',
  'owningbusinessunit',
  'ownerid',
]);

/**
 * Lookups that only the server writes, with every routing decision, without a foreign key: two of the conversation point to rows that go
 * together with it and would need an index each; the others tell what was true once, and may outlive the queue that they name.
 */
const uncheckedLookups: ReadonlySet<string> = new Set([
  'msdyn_ocliveworkitem.msdyn_lastsessionid',
  'msdyn_ocliveworkitem.msdyn_activesessionparticipantid',
  'msdyn_sessionparticipant.msdyn_cdsqueueid',
  'parley_routingdecision.organizationid',
  'parley_routingdecision.parley_queueid',
]);

/** Lookups to rows that are as good as never deleted, and that nobody searches by: not indexed on any table. */
const unindexedLookups: ReadonlySet<string> = new Set(['organizationid', 'transactioncurrencyid']);

/**
 * Tables that routing writes with each decision. Every index of theirs is paid for on every write, unless it is partial and the row
 * is not in it. So their lookups are indexed only where they are filled, and those named here not at all: their targets
 * are settings, which are deleted so rarely that a scan is a fair price, and a search has a better column
 * (`msdyn_cdsqueueid` is the same queue).
 */
const busyTables: Readonly<Record<string, readonly string[]>> = {
  msdyn_liveconversation: ['msdyn_queueid'],
  msdyn_ocliveworkitem: ['msdyn_queueid', 'msdyn_customerlanguageid', 'msdyn_channelinstanceid'],
  msdyn_ocsession: ['msdyn_queueid', 'msdyn_channelinstanceid'],
  msdyn_sessionevent: [],
  msdyn_sessionparticipant: [],
  parley_routingdecision: [],
};

/** What lists of a table filter and order by, besides its owner, state and creation. */
const listColumns: Readonly<Record<string, readonly string[]>> = {
  msdyn_liveconversation: ['statuscode, createdon', 'msdyn_activeagentid, createdon'],
  msdyn_ocliveworkitem: ['statuscode, createdon', 'msdyn_activeagentid, createdon'],
  parley_routingdecision: ['parley_agentid, parley_decidedon'],
};

/** Nobody lists these by state: they are read with their conversation or session. */
const tablesReadByParent: ReadonlySet<string> = new Set([
  'msdyn_ocsession',
  'msdyn_sessionevent',
  'msdyn_sessionparticipant',
]);

/** Pairs that hold an intersect row together. */
const intersectKeys: Readonly<Record<string, readonly [string, string]>> = {
  systemuserroles: ['systemuserid', 'roleid'],
  teammembership: ['teamid', 'systemuserid'],
  teamroles: ['teamid', 'roleid'],
  roleprivileges: ['roleid', 'privilegeid'],
  queuemembership: ['queueid', 'systemuserid'],
};

/** All statements, in an order that can be run as one migration. */
export function writeSchemaSql(model: TableModel): string {
  const tables = [...model.tables.values()].filter((table) => !table.isView);
  const parts = [
    ...tables.map((table) => createTable(table)),
    ...tables.flatMap((table) => foreignKeys(table, model)),
    ...tables.flatMap((table) => indexes(table)),
    ...tables.flatMap((table) => triggers(table, model)),
    ...[...model.tables.values()].filter((table) => table.isView).map((view) => createView(view, model)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function createTable(table: Table): string {
  const lines: string[] = [];
  for (const column of table.columns.values()) {
    if (column.storage.kind === 'column')
      lines.push(columnLine(table, column, column.storage.sqlType, column.storage.generated));
    if (isManyTableLookup(column) && column.storage.kind === 'column')
      lines.push(`${quote(lookupTableColumn(column.logicalName))} text`);
  }
  lines.push(`PRIMARY KEY (${quote(table.primaryId.logicalName)})`);
  const pair = intersectKeys[table.logicalName];
  if (pair !== undefined) lines.push(`UNIQUE (${pair.map(quote).join(', ')})`);
  if (table.logicalName === 'principalobjectaccess') lines.push('UNIQUE (objectid, principalid, objecttypecode)');
  if (table.logicalName === 'privilege') lines.push('UNIQUE (name)');
  for (const key of table.alternateKeys) {
    lines.push(
      `CONSTRAINT ${quote(key.schemaName)} UNIQUE (${key.columns.map((column) => quote(column.logicalName)).join(', ')})`,
    );
  }
  const stateCheck = writeStateCheck(table);
  if (stateCheck !== undefined) lines.push(stateCheck);
  return `CREATE TABLE data.${quote(table.logicalName)} (\n  ${lines.join(',\n  ')}\n);`;
}

function columnLine(table: Table, column: Column, sqlType: string, generated: string | undefined): string {
  const name = quote(column.logicalName);
  if (generated !== undefined) return `${name} ${sqlType} GENERATED ALWAYS AS (${generated}) STORED`;
  if (column === table.primaryId) return `${name} ${sqlType} NOT NULL DEFAULT uuidv7()`;
  if (column.logicalName === 'versionnumber') return `${name} bigint NOT NULL DEFAULT nextval('parley.row_version')`;
  if (column.logicalName === 'createdon' || column.logicalName === 'modifiedon')
    return `${name} ${sqlType} NOT NULL DEFAULT date_trunc('second', now())`;
  const initial = defaultOf(table, column);
  const notNull = column === table.state || column === table.status ? ' NOT NULL' : '';
  return `${name} ${sqlType}${notNull}${initial === undefined ? '' : ` DEFAULT ${initial}`}`;
}

function defaultOf(table: Table, column: Column): string | undefined {
  if (column === table.state) return '0';
  if (column === table.status)
    return String(table.state?.options.find((option) => option.value === 0)?.defaultStatus ?? 1);
  if (column.defaultValue !== undefined) return String(column.defaultValue);
  return column.type === 'ManagedProperty' ? 'true' : undefined;
}

/** State and status of a row always belong together, whoever writes. */
function writeStateCheck(table: Table): string | undefined {
  const { state, status } = table;
  if (state === undefined || status === undefined) return undefined;
  const pairs = status.options
    .filter((option) => option.state !== undefined)
    .map((option) => `(${option.state}, ${option.value})`);
  return `CONSTRAINT ${quote(`${table.logicalName}_state_status`)} CHECK ((${quote(state.logicalName)}, ${quote(status.logicalName)}) IN (${pairs.join(', ')}))`;
}

function foreignKeys(table: Table, model: TableModel): string[] {
  const keys: string[] = [];
  for (const relationship of lookupRelationships(table)) {
    const { column } = relationship;
    if (isManyTableLookup(column) || serverWrittenLookups.has(column.logicalName) || column.storage.kind !== 'column')
      continue;
    if (uncheckedLookups.has(`${table.logicalName}.${column.logicalName}`)) continue;
    const target = model.tables.get(relationship.referencedTable);
    if (target === undefined || target.isView) continue;
    const onDelete =
      relationship.cascadeDelete === 'Cascade'
        ? ' ON DELETE CASCADE'
        : relationship.cascadeDelete === 'RemoveLink'
          ? ' ON DELETE SET NULL'
          : '';
    keys.push(
      `ALTER TABLE data.${quote(table.logicalName)} ADD CONSTRAINT ${quote(constraintName(table, column))} FOREIGN KEY (${quote(column.logicalName)}) REFERENCES data.${quote(target.logicalName)}${onDelete};`,
    );
  }
  const pair = intersectKeys[table.logicalName];
  for (const column of pair ?? []) {
    keys.push(
      `ALTER TABLE data.${quote(table.logicalName)} ADD CONSTRAINT ${quote(`fk_${table.logicalName}_${column}`)} FOREIGN KEY (${quote(column)}) REFERENCES data.${quote(column.slice(0, -2))} ON DELETE CASCADE;`,
    );
  }
  return keys;
}

/** The constraint that guards a lookup; `db/sqlstate.ts` reads table and column back out of it. */
function constraintName(table: Table, column: Column): string {
  const name = `fk_${table.logicalName}_${column.logicalName}`;
  return name.length <= 63
    ? name
    : `${name.slice(0, 54)}_${[...name].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7).toString(36)}`;
}

function lookupRelationships(table: Table): ManyToOne[] {
  const seen = new Set<string>();
  const relationships: ManyToOne[] = [];
  for (const navigation of table.navigation.values()) {
    if (navigation.kind !== 'manyToOne' || navigation.isAlias || seen.has(navigation.column.logicalName)) continue;
    seen.add(navigation.column.logicalName);
    relationships.push(navigation);
  }
  return relationships;
}

function indexes(table: Table): string[] {
  const key = quote(table.primaryId.logicalName);
  const has = (name: string) => table.columns.get(name)?.storage.kind === 'column';
  const columns: string[] = [];
  if (has('createdon')) {
    columns.push(`createdon, ${key}`);
    if (table.ownership === 'UserOwned') columns.push(`ownerid, createdon, ${key}`);
    if (table.state !== undefined && !tablesReadByParent.has(table.logicalName))
      columns.push(`statecode, createdon, ${key}`);
    for (const list of listColumns[table.logicalName] ?? []) columns.push(`${list}, ${key}`);
  }
  const isBusy = busyTables[table.logicalName] !== undefined;
  for (const column of table.columns.values()) {
    const name = column.logicalName;
    if (!isIndexedLookup(table, column) || columns.some((list) => list.startsWith(`${name}, `))) continue;
    columns.push(isBusy ? `${quote(name)}) WHERE (${quote(name)} IS NOT NULL` : quote(name));
  }
  if (table.logicalName === 'principalobjectaccess') columns.push('principalid, objectid');
  const pair = intersectKeys[table.logicalName];
  if (pair !== undefined) columns.push(quote(pair[1]));
  return columns.map((list) => `CREATE INDEX ON data.${quote(table.logicalName)} (${list});`);
}

function isIndexedLookup(table: Table, column: Column): boolean {
  const name = column.logicalName;
  if (!isLookup(column) || column.storage.kind !== 'column' || column.targets.length === 0) return false;
  if (serverWrittenLookups.has(name) || unindexedLookups.has(name)) return false;
  if (uncheckedLookups.has(`${table.logicalName}.${name}`)) return false;
  return !(busyTables[table.logicalName] ?? []).includes(name);
}

/**
 * Row version on every update, and what a foreign key cannot do: on delete, links of many-table lookups that point to
 * the row are emptied or followed, and its shares go.
 */
function triggers(table: Table, model: TableModel): string[] {
  const name = quote(table.logicalName);
  const statements: string[] = [];
  if (table.columns.has('versionnumber')) {
    statements.push(
      `CREATE TRIGGER touch_row_version BEFORE UPDATE ON data.${name} FOR EACH ROW EXECUTE FUNCTION parley.touch_row_version();`,
    );
  }
  const key = `OLD.${quote(table.primaryId.logicalName)}`;
  const actions: string[] = [];
  for (const other of model.tables.values()) {
    if (other.isView) continue;
    for (const navigation of other.navigation.values()) {
      if (navigation.kind !== 'manyToOne' || navigation.isAlias || navigation.referencedTable !== table.logicalName)
        continue;
      const { column, cascadeDelete } = navigation;
      if (
        !isManyTableLookup(column) ||
        column.storage.kind !== 'column' ||
        serverWrittenLookups.has(column.logicalName)
      )
        continue;
      const target = `data.${quote(other.logicalName)}`;
      const lookup = quote(column.logicalName);
      if (cascadeDelete === 'Cascade') actions.push(`DELETE FROM ${target} WHERE ${lookup} = ${key};`);
      else
        actions.push(
          `UPDATE ${target} SET ${lookup} = NULL, ${quote(lookupTableColumn(column.logicalName))} = NULL WHERE ${lookup} = ${key};`,
        );
    }
  }
  if (table.ownership === 'UserOwned')
    actions.push(
      `DELETE FROM data.principalobjectaccess WHERE objectid = ${key} AND objecttypecode = '${table.logicalName}';`,
    );
  if (actions.length === 0) return statements;
  const functionName = quote(`after_delete_${table.logicalName}`);
  statements.push(
    `CREATE FUNCTION data.${functionName}() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  ${actions.join('\n  ')}\n  RETURN NULL;\nEND $$;`,
    `CREATE TRIGGER after_delete AFTER DELETE ON data.${name} FOR EACH ROW EXECUTE FUNCTION data.${functionName}();`,
  );
  return statements;
}

/** `activitypointer`: every activity, with the base columns; those that an activity table lacks are null. */
function createView(view: Table, model: TableModel): string {
  const members = [...model.tables.values()].filter((table) => table.baseType === 'activitypointer');
  const selects = members.map((table) => {
    const columns = [...view.columns.values()].flatMap((column) => viewColumns(column, table));
    return `SELECT ${columns.join(', ')} FROM data.${quote(table.logicalName)}`;
  });
  return `CREATE VIEW data.${quote(view.logicalName)} AS\n${selects.join('\nUNION ALL\n')};`;
}

function viewColumns(column: Column, member: Table): string[] {
  if (column.storage.kind !== 'column') return [];
  const name = quote(column.logicalName);
  const own = member.columns.get(column.logicalName);
  if (own?.storage.kind === 'constant') return [`'${own.storage.value}'::${column.storage.sqlType} AS ${name}`];
  const isStored = own?.storage.kind === 'column';
  const columns = [isStored ? `${name}` : `NULL::${column.storage.sqlType.replace(' COLLATE data.ci', '')} AS ${name}`];
  if (isManyTableLookup(column)) {
    const tableColumn = quote(lookupTableColumn(column.logicalName));
    const hasTableColumn = isStored && own !== undefined && isManyTableLookup(own);
    columns.push(hasTableColumn ? tableColumn : `NULL::text AS ${tableColumn}`);
  }
  return columns;
}

function quote(name: string): string {
  return `"${name}"`;
}
