/** The $metadata document as a strict reader sees it: parsed with a real XML parser, every reference followed. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  bare,
  child,
  children,
  type Element,
  findFaults,
  named,
  readSchema,
} from '../../../../../tests/support/read-csdl.ts';
import { loadTableModel } from '../../model/load-table-model.ts';
import type { Table, TableModel } from '../../model/table-model.ts';
import { operationSignatures } from '../operations/signatures.ts';
import { writeCsdl } from './write-csdl.ts';

describe('writeCsdl', () => {
  let model: TableModel;
  let plain: string;
  let annotated: string;

  before(async () => {
    model = await loadTableModel(new URL('../../../../../db/', import.meta.url));
    plain = writeCsdl(model, operationSignatures, { annotations: false });
    annotated = writeCsdl(model, operationSignatures, { annotations: true });
  });

  it('holds no fault that a strict reader would find, with and without annotations', () => {
    assert.deepEqual(findFaults(plain), []);
    assert.deepEqual(findFaults(annotated), []);
  });

  it('is checked by a reader that does find faults', () => {
    const broken = plain
      .replace('Partner="account_primary_contact"', 'Partner="nowhere"')
      .replace('Type="mscrm.businessunit"', 'Type="mscrm.nosuchtable"')
      .replace(
        'Property="_createdby_value" ReferencedProperty="ownerid"',
        'Property="createdby" ReferencedProperty="systemuserid"',
      );
    const faults = findFaults(broken).join('\n');
    assert.match(faults, /partner nowhere does not point back/);
    assert.match(faults, /unknown type mscrm\.nosuchtable/);
    assert.match(faults, /no property createdby/);
    assert.match(faults, /systemuserid is no key of the target/);
  });

  it('is one schema Microsoft.Dynamics.CRM with alias mscrm in an Edmx 4.0 envelope', () => {
    const { edmx, schema } = readSchema(plain);
    assert.equal(edmx.attributes['Version'], '4.0');
    assert.equal(schema.attributes['Namespace'], 'Microsoft.Dynamics.CRM');
    assert.equal(schema.attributes['Alias'], 'mscrm');
  });

  it('declares the ongoing conversation with its key, its customer column and both customer navigations', () => {
    const { types, properties, navigation } = readSchema(plain);
    const type = types.get('msdyn_liveconversation');
    assert.ok(type !== undefined);
    assert.equal(type.attributes['BaseType'], 'mscrm.crmbaseentity');
    assert.equal(child(child(type, 'Key'), 'PropertyRef').attributes['Name'], 'msdyn_liveconversationid');
    assert.equal(named(properties(type), '_msdyn_customer_value').attributes['Type'], 'Edm.Guid');
    for (const target of ['account', 'contact']) {
      const customer = named(navigation(type), `msdyn_customer_msdyn_liveconversation_${target}`);
      assert.equal(customer.attributes['Type'], `mscrm.${target}`);
      assert.equal(child(customer, 'ReferentialConstraint').attributes['Property'], '_msdyn_customer_value');
    }
  });

  it('declares activities without a key of their own, inheriting columns and navigation of activitypointer', () => {
    const { types, properties, navigation } = readSchema(plain);
    const type = types.get('msdyn_ocliveworkitem');
    assert.ok(type !== undefined);
    assert.equal(type.attributes['BaseType'], 'mscrm.activitypointer');
    assert.deepEqual(children(type, 'Key'), []);
    assert.equal(
      children(type, 'Property').some((item) => item.attributes['Name'] === 'subject'),
      false,
    );
    named(properties(type), 'subject');
    named(navigation(type), 'regardingobjectid_account');
  });

  it('lets users and teams inherit ownerid as their key while keeping their own id as a column', () => {
    const { types, properties } = readSchema(plain);
    for (const [name, id] of [
      ['systemuser', 'systemuserid'],
      ['team', 'teamid'],
    ] as const) {
      const type = types.get(name);
      assert.ok(type !== undefined);
      assert.equal(type.attributes['BaseType'], 'mscrm.principal');
      assert.deepEqual(children(type, 'Key'), []);
      named(properties(type), id);
      named(properties(type), 'ownerid');
    }
  });

  it('shows every property of every table of the model with the right type', () => {
    const { types, properties } = readSchema(plain);
    for (const table of model.tables.values()) {
      const type = types.get(table.logicalName);
      assert.ok(type !== undefined, table.logicalName);
      const names = new Set(properties(type).map((item) => item.attributes['Name']));
      for (const name of table.properties.keys()) assert.ok(names.has(name), `${table.logicalName}.${name}`);
      for (const name of table.navigation.keys()) navigationNamed(type, name);
    }
    const incident = types.get('incident');
    assert.ok(incident !== undefined);
    for (const item of properties(incident).filter((property) => property.attributes['Type'] === 'Edm.String')) {
      assert.equal(item.attributes['Unicode'], 'false');
    }

    function navigationNamed(type: Element, name: string): void {
      named(readNavigation(type), name);
    }
    function readNavigation(type: Element): Element[] {
      const base = types.get(bare(type.attributes['BaseType'] ?? ''));
      return [...children(type, 'NavigationProperty'), ...(base === undefined ? [] : readNavigation(base))];
    }
  });

  it('types date-only columns as Edm.Date, money with variable scale, and managed properties as a complex type', () => {
    const { types, properties } = readSchema(plain);
    const typeOf = (table: string, column: string) => {
      const type = types.get(table);
      assert.ok(type !== undefined);
      return named(properties(type), column).attributes;
    };
    assert.equal(typeOf('contact', 'birthdate')['Type'], 'Edm.Date');
    assert.equal(typeOf('account', 'createdon')['Type'], 'Edm.DateTimeOffset');
    assert.deepEqual(
      [typeOf('account', 'creditlimit')['Type'], typeOf('account', 'creditlimit')['Scale']],
      ['Edm.Decimal', 'Variable'],
    );
    assert.equal(typeOf('role', 'iscustomizable')['Type'], 'mscrm.BooleanManagedProperty');
    assert.equal(typeOf('account', 'versionnumber')['Type'], 'Edm.Int64');
    assert.equal(typeOf('msdyn_liveconversation', 'msdyn_channel')['Type'], 'Edm.String');
    assert.equal(typeOf('msdyn_liveconversation', 'statuscode')['Type'], 'Edm.Int32');
  });

  it('promises a row only for lookups that always hold one', () => {
    const { types } = readSchema(plain);
    const nullable = (table: string, navigation: string) => {
      const type = types.get(table);
      assert.ok(type !== undefined);
      return named(children(type, 'NavigationProperty'), navigation).attributes['Nullable'];
    };
    assert.equal(nullable('account', 'ownerid'), 'false');
    assert.equal(nullable('account', 'primarycontactid'), undefined);
    assert.equal(nullable('incident', 'customerid_account'), undefined);
  });

  it('binds many-to-many navigation both ways under one name', () => {
    const { types } = readSchema(plain);
    const user = types.get('systemuser');
    assert.ok(user !== undefined);
    const roles = named(children(user, 'NavigationProperty'), 'systemuserroles_association');
    assert.equal(roles.attributes['Type'], 'Collection(mscrm.role)');
    assert.equal(roles.attributes['Partner'], 'systemuserroles_association');
  });

  it('declares every operation, bound ones with their binding parameter first and unbound ones with an import', () => {
    const { schema, container } = readSchema(plain);
    for (const operation of operationSignatures) {
      const kind = operation.kind === 'function' ? 'Function' : 'Action';
      const declared = children(schema, kind).filter((item) => item.attributes['Name'] === operation.name);
      assert.ok(declared.length > 0, operation.name);
      const imported = children(container, `${kind}Import`).filter(
        (item) => item.attributes['Name'] === operation.name,
      );
      assert.equal(imported.length, operation.bound === undefined ? 1 : 0, operation.name);
    }
    const effective = children(schema, 'Function').filter(
      (item) => item.attributes['Name'] === 'RetrievePrincipalAccess',
    );
    const bindings = effective.map((item) => children(item, 'Parameter')[0]?.attributes);
    assert.deepEqual(
      bindings.map((item) => [item?.['Name'], item?.['Type']]),
      [
        ['entity', 'mscrm.systemuser'],
        ['entity', 'mscrm.team'],
      ],
    );
  });

  it('describes alternate keys by annotation whether or not annotations are asked for', () => {
    for (const text of [plain, annotated]) {
      const { types } = readSchema(text);
      const account = types.get('account');
      assert.ok(account !== undefined);
      const keys = children(account, 'Annotation').filter(
        (item) => item.attributes['Term'] === 'OData.Community.Keys.V1.AlternateKeys',
      );
      assert.equal(keys.length, 1);
      assert.match(JSON.stringify(keys), /"PropertyPath":"accountnumber"/);
    }
  });

  it('marks lookups and system columns as computed and read-only when annotations are asked for, and only then', () => {
    assert.doesNotMatch(plain, /Org\.OData/);
    const { types } = readSchema(annotated);
    const account = types.get('account');
    assert.ok(account !== undefined);
    const terms = (column: string) =>
      named(children(account, 'Property'), column).children.map((item) => item.attributes['Term']);
    for (const column of ['_primarycontactid_value', 'createdon', 'versionnumber']) {
      assert.ok(terms(column).includes('Org.OData.Core.V1.Computed'), column);
      assert.ok(terms(column).includes('Org.OData.Core.V1.Permissions'), column);
    }
    assert.equal(terms('name').includes('Org.OData.Core.V1.Computed'), false);
    assert.match(annotated, /<EnumMember>Org\.OData\.Core\.V1\.PermissionType\/Read<\/EnumMember>/);
  });

  it('says which sets can track changes', () => {
    const { container } = readSchema(annotated);
    const tracked = (set: string) => children(named(children(container, 'EntitySet'), set), 'Annotation').length === 1;
    assert.equal(tracked('accounts'), true);
    assert.equal(tracked('activitypointers'), false);
    assert.equal(tracked('systemuserrolescollection'), false);
  });

  it('escapes what XML would misread', () => {
    const account = model.tables.get('account');
    assert.ok(account !== undefined);
    const hostile: Table = { ...account, description: 'Tom & "Jerry" <b>\u0001' };
    const text = writeCsdl({ ...model, tables: new Map([...model.tables, ['account', hostile]]) }, [], {
      annotations: true,
    });
    const { types } = readSchema(text);
    const type = types.get('account');
    assert.ok(type !== undefined);
    const terms = children(type, 'Annotation').map((item) => item.attributes['String']);
    assert.ok(terms.includes('Tom & "Jerry" <b>'));
  });
});
