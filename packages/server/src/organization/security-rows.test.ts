import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type TableModel, tableNamed } from '../model/table-model.ts';
import { privilegeKindsOf, privilegeName } from '../security/privileges.ts';
import { type RoleDefinition, roleDefinitions } from './role-definitions.ts';
import { privilegeRows, rolePrivilegeRows, rolePrivileges } from './security-rows.ts';
import { loadModel } from './seed-harness.ts';

let model: TableModel;
before(async () => {
  model = await loadModel();
});

function privilegesOf(name: string): Map<string, string> {
  const role = roleDefinitions.find((one) => one.name === name);
  assert.ok(role, name);
  return rolePrivileges(role, model);
}

describe('Privileges', () => {
  test('exist once for each table and kind, and once for all activities together', () => {
    const names = privilegeRows(model).map((row) => row['name']);
    assert.equal(new Set(names).size, names.length);
    for (const table of model.tables.values()) {
      for (const kind of privilegeKindsOf(table))
        assert.ok(names.includes(privilegeName(table, kind)), table.logicalName);
    }
    assert.equal(names.filter((name) => name === 'prvReadActivity').length, 1);
  });

  test('of tables without owners can only be given for the whole organisation', () => {
    const row = privilegeRows(model).find((one) => one['name'] === 'prvReadmsdyn_presence');
    assert.deepEqual(
      [row?.['canbebasic'], row?.['canbelocal'], row?.['canbedeep'], row?.['canbeglobal']],
      [false, false, false, true],
    );
  });
});

describe('Roles', () => {
  test('hold no privilege twice', () => {
    const ids = rolePrivilegeRows(model).map((row) => row['roleprivilegeid']);
    assert.equal(new Set(ids).size, ids.length);
  });

  test('let the System Administrator do everything everywhere', () => {
    const privileges = privilegesOf('System Administrator');
    assert.deepEqual(
      [...privileges.keys()].sort(),
      privilegeRows(model)
        .map((row) => String(row['name']))
        .sort(),
    );
    assert.deepEqual(new Set(privileges.values()), new Set(['Global']));
  });

  test('reach conversations as the contract says: agents Basic, supervisors Deep, administrators Global', () => {
    for (const name of ['prvReadmsdyn_liveconversation', 'prvReadActivity']) {
      assert.equal(privilegesOf('Omnichannel agent').get(name), 'Basic');
      assert.equal(privilegesOf('Omnichannel supervisor').get(name), 'Deep');
      assert.equal(privilegesOf('Omnichannel administrator').get(name), 'Global');
    }
  });

  test('leave deleting conversations to administrators and assigning them to supervisors', () => {
    const names = ['Delete', 'Assign'].flatMap((kind) => [`prv${kind}msdyn_liveconversation`, `prv${kind}Activity`]);
    const held = (role: string) => names.map((name) => privilegesOf(role).get(name));
    assert.deepEqual(held('Omnichannel agent'), [undefined, undefined, undefined, undefined]);
    assert.deepEqual(held('Omnichannel supervisor'), [undefined, undefined, 'Deep', 'Deep']);
    assert.deepEqual(held('Omnichannel administrator'), ['Global', 'Global', undefined, undefined]);
  });

  test('let the Omnichannel administrator read conversations but not change or share them', () => {
    const privileges = privilegesOf('Omnichannel administrator');
    for (const kind of ['Create', 'Write', 'Assign', 'Share']) {
      assert.equal(privileges.get(`prv${kind}msdyn_liveconversation`), undefined);
    }
  });

  test('show channel secrets and routing rules to administrators only', () => {
    for (const table of ['msdyn_ocwhatsappchannelaccount', 'msdyn_ocfbapplication', 'msdyn_decisionruleset']) {
      const name = privilegeName(tableNamed(model, table), 'Read');
      assert.equal(privilegesOf('Omnichannel agent').has(name), false);
      assert.equal(privilegesOf('Omnichannel supervisor').has(name), false);
      assert.equal(privilegesOf('Omnichannel administrator').get(name), 'Global');
    }
  });

  test('let everybody see work streams, queues, presences and quick replies, and change their own settings', () => {
    for (const role of ['Omnichannel agent', 'Omnichannel supervisor', 'Omnichannel administrator']) {
      const privileges = privilegesOf(role);
      for (const table of ['msdyn_liveworkstream', 'queue', 'msdyn_presence', 'msdyn_cannedmessage', 'systemuser']) {
        assert.equal(privileges.get(privilegeName(tableNamed(model, table), 'Read')), 'Global', `${role} ${table}`);
      }
      assert.equal(privileges.get(privilegeName(tableNamed(model, 'usersettings'), 'Write')), 'Basic');
    }
  });

  test('give nobody but administrators power over users and roles', () => {
    const changes = ['Create', 'Write', 'Delete', 'Assign'] as const;
    for (const role of ['Omnichannel agent', 'Omnichannel supervisor', 'Omnichannel administrator']) {
      const privileges = privilegesOf(role);
      for (const table of ['systemuser', 'role', 'systemuserroles', 'roleprivileges', 'team', 'businessunit']) {
        for (const kind of changes)
          assert.ok(!privileges.has(privilegeName(tableNamed(model, table), kind)), `${role} ${kind} ${table}`);
      }
    }
  });

  test('let a Delegate act for others and nothing else', () => {
    assert.deepEqual([...privilegesOf('Delegate')], [['prvActOnBehalfOfAnotherUser', 'Global']]);
  });

  test('are refused when they name a depth that the table cannot have', () => {
    const role: RoleDefinition = {
      id: '00000000-0000-0000-0000-000000000001',
      name: 'Impossible',
      templateId: null,
      grants: [{ on: ['msdyn_presence'], Basic: ['Read'] }],
      systemPrivileges: [],
    };
    assert.throws(() => rolePrivileges(role, model), /prvReadmsdyn_presence cannot be Basic/);
  });
});
