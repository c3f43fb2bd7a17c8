/** The facts in db/tables and the model built from them: complete, consistent, and what the rest of the server relies on. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { loadTableModel } from './load-table-model.ts';
import type { TableFacts } from './table-facts.ts';
import { type Column, type ColumnType, isLookup, type Table, type TableModel, tableNamed } from './table-model.ts';

const database = new URL('../../../../db/', import.meta.url);

const knownTypes: Readonly<Record<ColumnType, true>> = {
  String: true,
  Memo: true,
  Integer: true,
  BigInt: true,
  Boolean: true,
  DateTime: true,
  Decimal: true,
  Double: true,
  Money: true,
  Picklist: true,
  MultiSelectPicklist: true,
  State: true,
  Status: true,
  Lookup: true,
  Customer: true,
  Owner: true,
  PartyList: true,
  EntityName: true,
  Uniqueidentifier: true,
  ManagedProperty: true,
  File: true,
};

describe('loadTableModel', () => {
  let model: TableModel;
  let facts: readonly TableFacts[];

  before(async () => {
    model = await loadTableModel(database);
    const folder = new URL('tables/', database);
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    // The cast: the tests below check what they read.
    facts = await Promise.all(
      names.map(async (name) => JSON.parse(await readFile(new URL(name, folder), 'utf8')) as TableFacts),
    );
  });

  /** Table and column pairs for which a claim does not hold, for a readable failure. */
  function columnsWhere(test: (column: Column, table: Table) => boolean): string[] {
    return [...model.tables.values()].flatMap((table) =>
      [...table.columns.values()]
        .filter((column) => test(column, table))
        .map((column) => `${table.logicalName}.${column.logicalName}`),
    );
  }

  it('describes every table and every column in a sentence of sane length', () => {
    const isSentence = (text: string) => text.length >= 10 && text.length <= 250 && /^[A-Z“].*\.$/.test(text);
    for (const table of model.tables.values())
      assert.ok(isSentence(table.description), `${table.logicalName}: '${table.description}'`);
    assert.deepEqual(
      columnsWhere((column) => !isSentence(column.description)),
      [],
    );
  });

  it('names every table for people, in the singular and the plural', () => {
    for (const table of facts) {
      assert.ok(table.displayName !== undefined && table.displayName !== '', table.logicalName);
      assert.ok(table.displayCollectionName !== undefined && table.displayCollectionName !== '', table.logicalName);
    }
  });

  it('knows the type of every column', () => {
    const unknown = facts.flatMap((table) =>
      table.attributes
        .filter((column) => !Object.hasOwn(knownTypes, column.type))
        .map((column) => `${table.logicalName}.${column.logicalName}: ${column.type}`),
    );
    assert.deepEqual(unknown, []);
  });

  it('holds every table file under its own name, with entity sets and type codes of its own', () => {
    assert.deepEqual([...model.tables.keys()].sort(), facts.map((table) => table.logicalName).sort());
    const tables = [...model.tables.values()];
    assert.equal(model.entitySets.size, tables.length);
    assert.equal(new Set(tables.map((table) => table.objectTypeCode)).size, tables.length);
    for (const table of tables) {
      assert.equal(model.entitySets.get(table.entitySetName), table);
      assert.match(table.entitySetName, /^[a-z_]+$/);
    }
  });

  it('keeps every column of the facts exactly once', () => {
    for (const table of facts) {
      const names = table.attributes.map((column) => column.logicalName);
      assert.equal(new Set(names).size, names.length, table.logicalName);
      for (const name of names)
        assert.ok(tableNamed(model, table.logicalName).columns.has(name), `${table.logicalName}.${name}`);
    }
  });

  it('identifies every table by a unique identifier and names it by a text', () => {
    for (const table of model.tables.values()) {
      assert.equal(table.primaryId.type, 'Uniqueidentifier', table.logicalName);
      assert.equal(table.primaryId.isValidForUpdate, false, table.logicalName);
      if (table.primaryName !== undefined) assert.equal(table.primaryName.type, 'String', table.logicalName);
    }
  });

  it('gives no navigation property the name of a property', () => {
    for (const table of model.tables.values()) {
      assert.deepEqual(
        [...table.navigation.keys()].filter((name) => table.properties.has(name)),
        [],
        table.logicalName,
      );
    }
  });

  it('leads from every lookup to its table and from there back', () => {
    for (const table of model.tables.values()) {
      for (const [name, navigation] of table.navigation) {
        if (navigation.kind !== 'manyToOne') continue;
        assert.equal(name, navigation.navigationProperty);
        assert.equal(table.columns.get(navigation.column.logicalName), navigation.column);
        if (navigation.collectionProperty === undefined) continue;
        const back = tableNamed(model, navigation.referencedTable).navigation.get(navigation.collectionProperty);
        assert.ok(back?.kind === 'oneToMany' && back.relationship === navigation, `${table.logicalName}.${name}`);
      }
    }
  });

  it('gives each relationship a schema name of its own', () => {
    const names = [...model.tables.values()].flatMap((table) =>
      [...table.navigation.values()].flatMap((item) =>
        item.kind === 'manyToOne' && !item.isAlias ? [item.schemaName] : [],
      ),
    );
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it('shows many-to-many links on both sides, through columns that the intersect table has', () => {
    for (const table of model.tables.values()) {
      for (const [name, link] of table.navigation) {
        if (link.kind !== 'manyToMany') continue;
        const other = tableNamed(model, link.otherTable).navigation.get(name);
        assert.ok(
          other?.kind === 'manyToMany' && other.otherTable === table.logicalName,
          `${table.logicalName}.${name}`,
        );
        assert.deepEqual([other.nearColumn, other.farColumn], [link.farColumn, link.nearColumn]);
        const intersect = tableNamed(model, link.intersectTable);
        assert.ok(
          intersect.isIntersect && intersect.columns.has(link.nearColumn) && intersect.columns.has(link.farColumn),
        );
      }
    }
  });

  it('puts every status into a state, and gives every state a default status of its own', () => {
    // The published facts of conversations keep an outdated state without a status: Wrap-up, numbered 4.
    const outdated = new Set(['msdyn_ocliveworkitem.4']);
    for (const table of model.tables.values()) {
      assert.equal(table.state === undefined, table.status === undefined, table.logicalName);
      const states = new Set(table.state?.options.map((option) => option.value));
      for (const status of table.status?.options ?? []) {
        assert.ok(
          status.state !== undefined && states.has(status.state),
          `${table.logicalName}: status ${status.value}`,
        );
      }
      for (const state of table.state?.options ?? []) {
        const initial = table.status?.options.find((status) => status.value === state.defaultStatus);
        const where = `${table.logicalName}.${state.value}`;
        assert.ok(initial?.state === state.value || outdated.has(where), where);
      }
    }
  });

  it('offers each option of a choice once', () => {
    const twice = columnsWhere(
      (column) => new Set(column.options.map((option) => option.value)).size !== column.options.length,
    );
    assert.deepEqual(twice, []);
  });

  it('keeps limits in order', () => {
    const wrong = columnsWhere(({ minValue, maxValue, type }) => {
      if (minValue === undefined || maxValue === undefined) return false;
      return type === 'BigInt' ? BigInt(minValue) >= BigInt(maxValue) : Number(minValue) >= Number(maxValue);
    });
    assert.deepEqual(wrong, []);
    assert.equal(tableNamed(model, 'account').columns.get('versionnumber')?.minValue, '-9223372036854775808');
  });

  it('shows lookups as _x_value and hides their companions', () => {
    assert.deepEqual(
      columnsWhere((column) => isLookup(column) && column.propertyName !== `_${column.logicalName}_value`),
      [],
    );
    assert.deepEqual(
      columnsWhere((column, table) => {
        const lookup = column.companionOf === undefined ? undefined : table.columns.get(column.companionOf);
        return column.companionOf !== undefined && (lookup === undefined || !isLookup(lookup));
      }),
      [],
    );
    const columns = tableNamed(model, 'msdyn_liveconversation').columns;
    assert.equal(columns.get('msdyn_customername')?.propertyName, undefined);
    assert.equal(columns.get('msdyn_customername')?.companionOf, 'msdyn_customer');
  });

  it('lets no caller set or change what is read-only in the facts', () => {
    const writable = facts.flatMap((table) =>
      table.attributes
        .filter((column) => !column.writable && column.logicalName !== table.primaryIdAttribute)
        .map((column) => tableNamed(model, table.logicalName).columns.get(column.logicalName))
        .filter((column) => column?.isValidForCreate !== false || column.isValidForUpdate)
        .map((column) => `${table.logicalName}.${column?.logicalName}`),
    );
    assert.deepEqual(writable, []);
  });

  it('mirrors columns only of the same row and kind of value', () => {
    for (const table of model.tables.values()) {
      for (const column of table.columns.values()) {
        if (column.storage.kind !== 'alias') continue;
        const original = table.columns.get(column.storage.of);
        assert.equal(original?.storage.kind, 'column', `${table.logicalName}.${column.logicalName}`);
        assert.deepEqual(
          column.options.map((option) => option.value),
          original?.options.map((option) => option.value),
        );
      }
    }
  });

  it('holds the ongoing conversation with its 59 columns, its states and its customers', () => {
    const table = tableNamed(model, 'msdyn_liveconversation');
    assert.equal(table.columns.size, 59);
    assert.equal(table.entitySetName, 'msdyn_liveconversations');
    assert.equal(table.primaryId.logicalName, 'msdyn_liveconversationid');
    assert.equal(table.primaryName?.logicalName, 'msdyn_subject');
    assert.equal(table.messages.size, 13);
    const options = [...table.columns.values()].reduce((sum, column) => sum + column.options.length, 0);
    assert.equal(options, 44);
    assert.deepEqual(
      table.status?.options.map((option) => [option.value, option.state, option.label]),
      [
        [1, 0, 'Open'],
        [2, 1, 'Active'],
        [3, 2, 'Waiting'],
        [4, 3, 'Closed'],
        [5, 4, 'Wrap-up'],
      ],
    );
    for (const target of ['account', 'contact']) {
      const customer = table.navigation.get(`msdyn_customer_msdyn_liveconversation_${target}`);
      assert.ok(customer?.kind === 'manyToOne' && customer.referencedTable === target);
    }
  });

  it('lets activities answer to the navigation of their base table without listing it twice', () => {
    const base = tableNamed(model, 'activitypointer');
    const conversation = tableNamed(model, 'msdyn_ocliveworkitem');
    assert.equal(conversation.primaryId.logicalName, 'activityid');
    assert.equal(conversation.baseType, 'activitypointer');
    for (const [name, item] of base.navigation) {
      if (item.kind !== 'manyToOne') continue;
      const inherited = conversation.navigation.get(name);
      assert.ok(inherited?.kind === 'manyToOne' && inherited.isAlias, name);
    }
  });

  it('changes its version with any word of the facts, and with nothing else', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'parley-model-'));
    try {
      await mkdir(join(directory, 'tables'));
      await mkdir(join(directory, 'model'));
      const load = async (description: string) => {
        const table = { ...facts.find((candidate) => candidate.logicalName === 'teamroles'), description };
        await writeFile(join(directory, 'tables', 'teamroles.json'), JSON.stringify(table));
        await writeFile(
          join(directory, 'model', 'overlay.json'),
          JSON.stringify({
            aliases: {},
            alternateKeys: {},
            relationshipNames: {},
            manyToOne: {},
            columns: {},
            options: {},
          }),
        );
        return loadTableModel(pathToFileURL(`${directory}/`));
      };
      const [first, same, other] = [await load('One.'), await load('One.'), await load('Two.')];
      assert.equal(first.version, same.version);
      assert.notEqual(first.version, other.version);
      assert.equal(other.tables.get('teamroles')?.description, 'Two.');
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
