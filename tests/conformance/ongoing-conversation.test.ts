/** The table msdyn_liveconversation over HTTP, column by column and message by message, from its facts in db/tables. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type Api,
  type ApiResponse,
  asObject,
  createApi,
  type JsonObject,
  startTestServer,
  type TestServer,
} from '../support/server.ts';

type Option = { value: number; label: string; defaultStatus?: number; state?: number };
type ColumnFacts = {
  logicalName: string;
  type: string;
  requiredLevel: string;
  writable: boolean;
  isValidForCreate?: boolean;
  isValidForUpdate?: boolean;
  maxLength?: number;
  minValue?: number;
  maxValue?: number;
  options?: Option[];
  targets?: string[];
};
type TableFacts = {
  attributes: ColumnFacts[];
  messages: { name: string }[];
  manyToOne: { referencingAttribute: string; referencedEntity: string; navigationProperty: string }[];
};

const set = 'msdyn_liveconversations';
const key = 'msdyn_liveconversationid';
const crm = 'Microsoft.Dynamics.CRM';
const formatted = '@OData.Community.Display.V1.FormattedValue';
const annotations = { prefer: 'odata.include-annotations="*"' };
// The file is part of the program, and its shape is checked by the tests of the table model.
const table = JSON.parse(
  readFileSync(new URL('../../db/tables/msdyn_liveconversation.json', import.meta.url), 'utf8'),
) as TableFacts;

const lookupTypes = ['Lookup', 'Customer', 'Owner'];
const isLookup = (column: ColumnFacts): boolean => lookupTypes.includes(column.type);
const lookups = table.attributes.filter(isLookup);
/** Names of related rows beside a lookup: the Web API has them as annotations only. */
const isCompanionName = (column: ColumnFacts): boolean =>
  column.type === 'String' &&
  !column.writable &&
  lookups.some(({ logicalName }) => [`${logicalName}name`, `${logicalName}yominame`].includes(column.logicalName));
/** Follow the lookup that they describe. */
const isCompanionType = (column: ColumnFacts): boolean => column.type === 'EntityName';
/** Always the same as the column of that name without the prefix. */
const mirrors: readonly string[] = ['msdyn_statecode', 'msdyn_statuscode'];
const isState = (column: ColumnFacts): boolean =>
  ['State', 'Status'].includes(column.type) || mirrors.includes(column.logicalName);
const propertyOf = (column: ColumnFacts): string =>
  isLookup(column) ? `_${column.logicalName}_value` : column.logicalName;

const readable = table.attributes.filter((column) => !isCompanionName(column));
const texts = table.attributes.filter((column) => column.type === 'String' && column.writable);
const numbers = table.attributes.filter((column) => column.type === 'Integer');
const moments = table.attributes.filter((column) => column.type === 'DateTime' && column.writable);
const choices = table.attributes.filter((column) => column.type === 'Picklist' && !isState(column));
const states = optionsOf('statecode');
const statuses = optionsOf('statuscode');

function columnNamed(name: string): ColumnFacts {
  const column = table.attributes.find(({ logicalName }) => logicalName === name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return column;
}

function optionsOf(name: string): Option[] {
  return columnNamed(name).options ?? [];
}

/** A value to write, by the column's type; undefined where other tests write it. */
function sampleOf(column: ColumnFacts): string | number | undefined {
  if (isState(column) || isLookup(column) || isCompanionType(column)) return undefined;
  switch (column.type) {
    case 'String':
      return 'Sample text';
    case 'Integer':
      return 3;
    case 'DateTime':
      return '2024-03-05T06:07:08Z';
    case 'Picklist':
      return column.options?.[0]?.value;
    case 'MultiSelectPicklist':
      return '192360000,192300000';
    default:
      return undefined;
  }
}

let server: TestServer;
let api: Api;
let agentId: string;
/** A row of each table that a lookup leads to. */
let targets: Record<string, { set: string; id: string }>;

before(async () => {
  server = await startTestServer();
  api = createApi(server.apiRoot, await server.adminToken());
  agentId = server.org.users.find((user) => user.email === 'agent1@parley.demo')?.systemUserId ?? '';
  const team = await api.create('teams', { name: `Conversation owners ${randomUUID()}`, teamtype: 0 });
  targets = {
    account: { set: 'accounts', id: await api.create('accounts', { name: 'Account Name' }) },
    contact: { set: 'contacts', id: await api.create('contacts', { firstname: 'Contact', lastname: 'Name' }) },
    systemuser: { set: 'systemusers', id: agentId },
    team: { set: 'teams', id: team },
    queue: { set: 'queues', id: Object.values(server.org.queues)[0] ?? '' },
    msdyn_liveworkstream: { set: 'msdyn_liveworkstreams', id: Object.values(server.org.workStreams)[0] ?? '' },
    msdyn_omnichannelqueue: {
      set: 'msdyn_omnichannelqueues',
      id: await api.create('msdyn_omnichannelqueues', { msdyn_name: 'Older queue' }),
    },
  };
});
after(() => server.stop());

function create(row: JsonObject = {}): Promise<string> {
  return api.create(set, { msdyn_subject: 'Conversation', ...row });
}

function read(id: string): Promise<JsonObject> {
  return api.read(`${set}(${id})`, annotations);
}

/** A refusal with this code that names the column and writes nothing. */
async function refuseCreate(row: JsonObject, code: string, name: string): Promise<void> {
  const subject = `refused ${randomUUID()}`;
  const response = await api.request('POST', set, { body: { msdyn_subject: subject, ...row } });
  assertRefused(response, code, name);
  assert.deepEqual(await api.list(`${set}?$filter=msdyn_subject eq '${subject}'`), []);
}

function assertRefused(response: ApiResponse, code: string, name: string): void {
  const error = asObject(response.json['error']);
  assert.deepEqual([response.status, error['code']], [400, code], response.text);
  assert.ok(String(error['message']).includes(name), response.text);
}

describe('Columns', { concurrency: 4 }, () => {
  it('are all there in a row, and nothing else', async () => {
    const row = await api.read(`${set}(${await create()})`);
    const expected = readable.map(propertyOf).concat('@odata.context', '@odata.etag');
    assert.deepEqual(Object.keys(row).sort(), expected.sort());
  });

  for (const column of readable) {
    it(`${column.logicalName} can be selected alone`, async () => {
      const row = await api.read(`${set}(${await create()})?$select=${propertyOf(column)}`);
      assert.deepEqual(
        Object.keys(row).sort(),
        [...new Set(['@odata.context', '@odata.etag', key, propertyOf(column)])].sort(),
      );
    });
  }

  it('that only name a related row cannot be selected', async () => {
    for (const { logicalName } of table.attributes.filter(isCompanionName)) {
      const response = await api.request('GET', `${set}?$top=1&$select=${logicalName}`);
      assertRefused(response, '0x80060888', `'${logicalName}'`);
    }
  });

  it('have JSON values of their types', async () => {
    const samples = table.attributes.flatMap((column) => {
      const sample = column.writable ? sampleOf(column) : undefined;
      return sample === undefined ? [] : [[column.logicalName, sample] as const];
    });
    const row = await read(await create(Object.fromEntries(samples)));
    for (const column of readable) {
      const value = row[propertyOf(column)];
      if (value === null) {
        assert.ok(isLookup(column) || isCompanionType(column), `${column.logicalName} is null`);
        continue;
      }
      assertType(column, value);
    }
  });
});

function assertType(column: ColumnFacts, value: unknown): void {
  const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
  const where = `${column.logicalName} is ${JSON.stringify(value)}`;
  if (isLookup(column) || column.type === 'Uniqueidentifier') assert.match(String(value), guid, where);
  else if (column.type === 'DateTime') assert.match(String(value), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, where);
  else if (['Integer', 'Picklist', 'State', 'Status', 'BigInt'].includes(column.type))
    assert.ok(Number.isInteger(value), where);
  else assert.equal(typeof value, 'string', where);
}

describe('Validity for create and update', { concurrency: 4 }, () => {
  for (const column of table.attributes) {
    const sample = sampleOf(column);
    if (sample === undefined) continue;
    const name = column.logicalName;
    const isForCreate = column.writable && column.isValidForCreate !== false;
    const isForUpdate = column.writable && column.isValidForUpdate !== false;

    it(`${name} is ${isForCreate ? 'written' : 'dropped'} in a create`, async () => {
      if (isCompanionName(column)) return void (await create({ [name]: sample }));
      const row = await read(await create({ [name]: sample }));
      if (isForCreate) assert.equal(row[name], sample);
      else assert.notEqual(row[name], sample);
    });

    it(`${name} is ${isForUpdate ? 'written' : 'dropped'} in an update`, async () => {
      const id = await create();
      const before = (await read(id))[name];
      await api.update(`${set}(${id})`, { [name]: sample, msdyn_title: 'written along' });
      const row = await read(id);
      if (isForUpdate) assert.equal(row[name], name === 'msdyn_title' ? 'written along' : sample);
      else if (!['modifiedon', 'versionnumber'].includes(name)) assert.equal(row[name] ?? null, before ?? null);
      assert.equal(row['msdyn_title'], 'written along');
    });
  }

  it('a moment given for the creation is the moment of creation', async () => {
    const row = await read(await create({ overriddencreatedon: '2020-02-03T04:05:06Z' }));
    assert.equal(row['createdon'], '2020-02-03T04:05:06Z');
    assert.equal(row['overriddencreatedon'], '2020-02-03T04:05:06Z');
  });

  it('what the server sets itself is dropped', async () => {
    const forged = {
      createdon: '2000-01-01T00:00:00Z',
      modifiedon: '2000-01-01T00:00:00Z',
      versionnumber: 1,
      'createdby@odata.bind': `/systemusers(${agentId})`,
      'modifiedby@odata.bind': `/systemusers(${agentId})`,
    };
    const id = await create(forged);
    const created = await read(id);
    await api.update(`${set}(${id})`, forged);
    for (const row of [created, await read(id)]) {
      assert.notEqual(row['createdon'], forged.createdon);
      assert.notEqual(row['modifiedon'], forged.modifiedon);
      assert.notEqual(row['versionnumber'], 1);
      assert.notEqual(row['_createdby_value'], agentId);
      assert.notEqual(row['_modifiedby_value'], agentId);
    }
  });

  it('statecode is not valid for create and is dropped', async () => {
    const row = await read(await create({ statecode: 3 }));
    assert.deepEqual([row['statecode'], row['statuscode']], [0, 1]);
  });
});

describe('Texts', { concurrency: 4 }, () => {
  for (const column of texts) {
    const name = column.logicalName;
    const limit = column.maxLength ?? 0;
    const astral = '\u{1F600}';

    it(`${name} holds ${limit} UTF-16 units and not one more`, async () => {
      const longest = ['x'.repeat(limit), astral.repeat(limit / 2), 'é'.repeat(limit)];
      const tooLong = ['x'.repeat(limit + 1), `x${astral.repeat(limit / 2)}`];
      for (const text of longest) assert.equal((await read(await create({ [name]: text })))[name], text);
      for (const text of tooLong) {
        await refuseCreate({ [name]: text }, '0x80044331', `'${name}'`);
        const id = await create({ [name]: 'before' });
        assertRefused(await api.request('PATCH', `${set}(${id})`, { body: { [name]: text } }), '0x80044331', name);
        assert.equal((await read(id))[name], 'before');
      }
    });

    it(`${name} keeps what is written, and null`, async () => {
      for (const text of [
        '',
        ' leading and trailing ',
        'a\nb\tc',
        "'; DROP TABLE data.account; --",
        '\\ " / < & %',
        null,
      ])
        assert.equal((await read(await create({ [name]: text })))[name], text);
    });

    it(`${name} refuses other types`, async () => {
      for (const value of [1, true, {}, []]) await refuseCreate({ [name]: value }, '0x80048d19', name);
    });
  }
});

describe('Numbers', { concurrency: 4 }, () => {
  for (const column of numbers) {
    const name = column.logicalName;
    const [low, high] = [column.minValue ?? 0, column.maxValue ?? 0];

    it(`${name} goes from ${low} to ${high}`, async () => {
      for (const value of [low, high]) assert.equal((await read(await create({ [name]: value })))[name], value);
      for (const value of [low - 1, high + 1]) {
        const isInteger32 = Math.abs(value) <= 2_147_483_647;
        await refuseCreate({ [name]: value }, isInteger32 ? '0x80044330' : '0x80048d19', name);
      }
      for (const value of [1.5, 'x', '', true, '0x10', {}]) await refuseCreate({ [name]: value }, '0x80048d19', name);
    });
  }
});

describe('Choices', { concurrency: 4 }, () => {
  for (const column of choices) {
    const name = column.logicalName;

    it(`${name} takes each of its options, as number and as text`, async () => {
      for (const { value, label } of column.options ?? []) {
        const created = await read(await create({ [name]: value }));
        assert.deepEqual([created[name], created[`${name}${formatted}`]], [value, label]);
        const id = await create();
        await api.update(`${set}(${id})`, { [name]: String(value) });
        assert.equal((await read(id))[name], value);
      }
    });

    it(`${name} refuses what is no option`, async () => {
      const highest = Math.max(...(column.options ?? []).map(({ value }) => value));
      for (const value of [highest + 1, -1, String(highest + 1)])
        await refuseCreate({ [name]: value }, '0x8004431A', name);
      for (const value of ['x', 1.5, true, {}]) await refuseCreate({ [name]: value }, '0x80048d19', name);
    });
  }

  it('msdyn_channel takes each of its options, and any of them together', async () => {
    const options = optionsOf('msdyn_channel');
    const sets = [...options.map((option) => [option]), options.slice(0, 2), options.slice(3, 9), options];
    for (const chosen of sets) {
      const text = chosen.map(({ value }) => value).join(',');
      const row = await read(await create({ msdyn_channel: text }));
      assert.equal(row['msdyn_channel'], text);
      assert.equal(row[`msdyn_channel${formatted}`], chosen.map(({ label }) => label).join('; '));
    }
  });

  it('msdyn_channel is written with blanks and repetitions, and emptied', async () => {
    const id = await create({ msdyn_channel: '192360000, 192300000 ,192360000' });
    assert.equal((await read(id))['msdyn_channel'], '192360000,192300000');
    for (const empty of [null, '']) {
      await api.update(`${set}(${id})`, { msdyn_channel: '192340000' });
      await api.update(`${set}(${id})`, { msdyn_channel: empty });
      assert.equal((await read(id))['msdyn_channel'], null);
    }
  });

  it('msdyn_channel refuses what is no option', async () => {
    await refuseCreate({ msdyn_channel: '192360000,1' }, '0x8004431A', 'msdyn_channel');
    for (const value of ['192360000,x', ',', '192360000,', true, ['192360000']])
      await refuseCreate({ msdyn_channel: value }, '0x80048d19', 'msdyn_channel');
  });
});

describe('Lookups', { concurrency: 4 }, () => {
  const written = table.manyToOne.filter((item) => columnNamed(item.referencingAttribute).writable);
  for (const { referencingAttribute: name, referencedEntity, navigationProperty } of written) {
    for (const target of referencedEntity === 'owner' ? ['systemuser', 'team'] : [referencedEntity]) {
      it(`${name} is bound to a ${target} and unbound`, async () => {
        const { set: targetSet, id: targetId } = targets[target] ?? { set: '', id: '' };
        const bind = { [`${navigationProperty}@odata.bind`]: `/${targetSet}(${targetId})` };
        const created = await read(await create(bind));
        const id = await create();
        await api.update(`${set}(${id})`, bind);
        for (const row of [created, await read(id)]) {
          assert.equal(row[`_${name}_value`], targetId);
          assert.equal(row[`_${name}_value@${crm}.lookuplogicalname`], target);
          const shown = row[`_${name}_value${formatted}`];
          assert.ok(typeof shown === 'string' && shown !== '', 'a formatted name');
        }
        if (name === 'ownerid') return;
        await api.update(`${set}(${id})`, { [`${navigationProperty}@odata.bind`]: null });
        assert.equal((await read(id))[`_${name}_value`], null);
        await api.update(`${set}(${id})`, bind);
        await api.update(`${set}(${id})`, { [navigationProperty]: null });
        assert.equal((await read(id))[`_${name}_value`], null);
      });
    }

    it(`${navigationProperty} refuses rows of other tables and rows that are not there`, async () => {
      const other = referencedEntity === 'account' ? 'contacts' : 'accounts';
      const property = `${navigationProperty}@odata.bind`;
      await refuseCreate({ [property]: `/${other}(${randomUUID()})` }, '0x80090800', navigationProperty);
      for (const value of ['nonsense', 1, '', {}])
        await refuseCreate({ [property]: value }, '0x80090800', navigationProperty);
      const missing = randomUUID();
      const targetSet = targets[referencedEntity === 'owner' ? 'systemuser' : referencedEntity]?.set;
      const response = await api.request('POST', set, { body: { [property]: `/${targetSet}(${missing})` } });
      assert.equal(response.status, 404, response.text);
      assert.match(response.text, new RegExp(`0x80040217.*${missing}`));
    });
  }

  it('msdyn_customer goes from account to contact, and its type with it', async () => {
    const id = await create({
      'msdyn_customer_msdyn_liveconversation_account@odata.bind': `/accounts(${targets['account']?.id})`,
    });
    assert.equal((await read(id))['msdyn_customeridtype'], 'account');
    await api.update(`${set}(${id})`, {
      'msdyn_customer_msdyn_liveconversation_contact@odata.bind': `/contacts(${targets['contact']?.id})`,
      msdyn_customeridtype: 'account',
    });
    const row = await read(id);
    assert.deepEqual([row['_msdyn_customer_value'], row['msdyn_customeridtype']], [targets['contact']?.id, 'contact']);
    await api.update(`${set}(${id})`, { 'msdyn_customer_msdyn_liveconversation_contact@odata.bind': null });
    assert.equal((await read(id))['msdyn_customeridtype'], null);
  });

  it('msdyn_customer takes one of its targets at a time', async () => {
    const both = {
      'msdyn_customer_msdyn_liveconversation_account@odata.bind': `/accounts(${targets['account']?.id})`,
      'msdyn_customer_msdyn_liveconversation_contact@odata.bind': `/contacts(${targets['contact']?.id})`,
    };
    await refuseCreate(both, '0x80048d19', 'msdyn_customer');
  });

  it('the owner decides owning user, team and unit', async () => {
    const id = await create();
    await api.update(`${set}(${id})`, { 'ownerid@odata.bind': `/teams(${targets['team']?.id})` });
    const team = await read(id);
    assert.deepEqual([team['_owningteam_value'], team['_owninguser_value']], [targets['team']?.id, null]);
    assert.equal(team['owneridtype'], 'team');
    await api.update(`${set}(${id})`, { 'ownerid@odata.bind': `/systemusers(${agentId})` });
    const user = await read(id);
    assert.deepEqual([user['_owningteam_value'], user['_owninguser_value']], [null, agentId]);
    assert.equal(user['_owningbusinessunit_value'], server.org.businessUnitId);
    assert.equal(user['owneridtype'], 'systemuser');
  });
});

describe('Moments', { concurrency: 4 }, () => {
  for (const { logicalName: name } of moments) {
    it(`${name} is read back in UTC from each written form`, async () => {
      const forms = [
        ['2024-06-30T23:59:59Z', '2024-06-30T23:59:59Z'],
        ['2024-06-30T23:59:59', '2024-06-30T23:59:59Z'],
        ['2024-06-30T23:59:59+05:30', '2024-06-30T18:29:59Z'],
        ['2024-06-30T23:59:59.999-01:00', '2024-07-01T00:59:59Z'],
        ['1753-01-01T00:00:00Z', '1753-01-01T00:00:00Z'],
        ['9999-12-30T23:59:59Z', '9999-12-30T23:59:59Z'],
      ] as const;
      for (const [written, shown] of forms) assert.equal((await read(await create({ [name]: written })))[name], shown);
    });

    it(`${name} refuses moments out of range and what is none`, async () => {
      for (const value of ['1752-12-31T23:59:59Z', '1752-01-01', '0001-01-01T00:00:00Z', '1753-01-01T00:00:00+01:00'])
        await refuseCreate({ [name]: value }, '0x80040239', name);
      for (const value of [
        'yesterday',
        '2024-02-30T00:00:00Z',
        '2024-13-01T00:00:00Z',
        '2024-01-01T25:00:00Z',
        1,
        true,
      ])
        await refuseCreate({ [name]: value }, '0x80048d19', name);
    });
  }
});

describe('Required levels', { concurrency: 4 }, () => {
  it('columns that the system requires are not emptied', async () => {
    const id = await create();
    const before = await read(id);
    const rows: [string, JsonObject][] = [
      ['ownerid', { 'ownerid@odata.bind': null }],
      ['ownerid', { ownerid: null }],
      ['statecode', { statecode: null }],
      ['owneridtype', { owneridtype: null }],
    ];
    for (const [name, body] of rows)
      assertRefused(await api.request('PATCH', `${set}(${id})`, { body }), '0x80040200', name);
    for (const column of ['ownerid', 'statecode', 'owneridtype']) {
      const response = await api.request('DELETE', `${set}(${id})/${column}`);
      assert.ok(response.status >= 400 && response.status < 500, `DELETE ${column}: ${response.status}`);
    }
    assert.deepEqual(await read(id), before);
  });

  it('the status is not emptied either', async () => {
    const id = await create();
    for (const name of ['statuscode', 'msdyn_statecode', 'msdyn_statuscode']) {
      const response = await api.request('PATCH', `${set}(${id})`, { body: { [name]: null } });
      assert.ok([204, 400].includes(response.status), response.text);
      await assertAgreement(id);
    }
  });

  it('columns that an application requires may be left out', async () => {
    const id = await api.create(set, {});
    assert.equal((await read(id))['msdyn_subject'], null);
  });
});

/** State and status belong together, and their mirrors show the same. */
async function assertAgreement(id: string): Promise<void> {
  const row = await read(id);
  const status = statuses.find(({ value }) => value === row['statuscode']);
  assert.equal(status?.state, row['statecode'], JSON.stringify(row));
  for (const mirror of mirrors) {
    const mirrored = mirror.replace('msdyn_', '');
    assert.equal(row[mirror], row[mirrored]);
    assert.equal(row[`${mirror}${formatted}`], row[`${mirrored}${formatted}`]);
  }
}

/** A new conversation that may get this state: wrap-up comes after active, everything else after open too. */
async function createBefore(state: number): Promise<string> {
  const id = await create();
  if (state === 4) await api.update(`${set}(${id})`, { statecode: 1 });
  return id;
}

describe('State and status', { concurrency: 4 }, () => {
  for (const { value: state, label, defaultStatus } of states) {
    it(`state ${label} brings its status, by either name`, async () => {
      for (const name of ['statecode', 'msdyn_statecode']) {
        const id = await createBefore(state);
        await api.update(`${set}(${id})`, { [name]: state });
        const row = await read(id);
        assert.deepEqual([row['statecode'], row['statuscode']], [state, defaultStatus]);
        assert.equal(row[`statecode${formatted}`], label);
        await assertAgreement(id);
      }
    });
  }

  for (const { value: status, label, state } of statuses) {
    it(`status ${label} is written with its state, and refused with another`, async () => {
      const id = await createBefore(state ?? 0);
      await api.update(`${set}(${id})`, { statecode: state, statuscode: status });
      const row = await read(id);
      assert.equal(row[`statuscode${formatted}`], label);
      await assertAgreement(id);
      for (const { value: other } of states.filter((item) => item.value !== state)) {
        const response = await api.request('PATCH', `${set}(${id})`, {
          body: { statecode: other, statuscode: status },
        });
        assertRefused(response, '0x80048408', 'State code is invalid');
      }
      await assertAgreement(id);
    });
  }

  it('states and statuses that do not exist are refused', async () => {
    const id = await create();
    for (const name of ['statecode', 'statuscode', ...mirrors])
      assertRefused(await api.request('PATCH', `${set}(${id})`, { body: { [name]: 9 } }), '0x8004431A', name);
    await assertAgreement(id);
  });

  it('wrap-up does not follow open, and only closing follows wrap-up', async () => {
    const id = await create();
    const refuse = async (statecode: number): Promise<void> =>
      assertRefused(await api.request('PATCH', `${set}(${id})`, { body: { statecode } }), '0x8004F00E', id);
    await refuse(4);
    for (const state of [1, 4]) await api.update(`${set}(${id})`, { statecode: state });
    for (const state of [0, 1, 2]) await refuse(state);
    await assertAgreement(id);
  });

  it('what was closed by hand may be opened by hand', async () => {
    const id = await create();
    for (const state of [3, 1]) await api.update(`${set}(${id})`, { statecode: state });
    assert.equal((await read(id))['statuscode'], 2);
  });

  it('agree after any sequence of writes', async () => {
    const value = fc.option(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(null)), { nil: undefined });
    const body = fc.record(
      { statecode: value, statuscode: value, msdyn_statecode: value, msdyn_statuscode: value },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(body, fc.array(body, { minLength: 1, maxLength: 4 }), async (first, writes) => {
        const created = await api.request('POST', set, { body: { msdyn_subject: 'sequence', ...first } });
        assert.ok([204, 400].includes(created.status), created.text);
        const id =
          created.status === 204 ? (created.headers.get('odata-entityid')?.slice(-37, -1) ?? '') : await create();
        await assertAgreement(id);
        for (const write of writes) {
          const { status, text } = await api.request('PATCH', `${set}(${id})`, { body: write });
          assert.ok([204, 400].includes(status), text);
          await assertAgreement(id);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('Messages', { concurrency: 4 }, () => {
  const target = (id: string) => ({ '@odata.type': `${crm}.msdyn_liveconversation`, [key]: id });
  const principal = () => ({ '@odata.type': `${crm}.systemuser`, systemuserid: agentId });
  const call = async (name: string, body: JsonObject): Promise<void> => {
    const response = await api.request('POST', name, { body });
    assert.equal(response.status, 204, response.text);
  };
  const share = (name: string, id: string, AccessMask: string) =>
    call(name, { Target: target(id), PrincipalAccess: { AccessMask, Principal: principal() } });
  const rights = async (id: string): Promise<unknown> => {
    const name = `systemusers(${agentId})/${crm}.RetrievePrincipalAccess(Target=@t)`;
    return (await api.read(`${name}?@t={'@odata.id':'${set}(${id})'}`))['AccessRights'];
  };

  const messages: Record<string, (id: string) => Promise<void>> = {
    Assign: async (id) => {
      await api.update(`${set}(${id})`, { 'ownerid@odata.bind': `/systemusers(${agentId})` });
      assert.equal((await read(id))['_ownerid_value'], agentId);
    },
    Create: async (id) => assert.match(id, /^[0-9a-f-]{36}$/),
    Delete: async (id) => {
      assert.equal((await api.request('DELETE', `${set}(${id})`)).status, 204);
      assert.equal((await api.request('GET', `${set}(${id})`)).status, 404);
    },
    GrantAccess: async (id) => {
      await share('GrantAccess', id, 'ReadAccess');
      await share('GrantAccess', id, 'WriteAccess');
      assert.equal(await rights(id), 'ReadAccess, WriteAccess');
    },
    ModifyAccess: async (id) => {
      await share('GrantAccess', id, 'ReadAccess, WriteAccess');
      await share('ModifyAccess', id, 'ReadAccess');
      assert.equal(await rights(id), 'ReadAccess');
    },
    RevokeAccess: async (id) => {
      await share('GrantAccess', id, 'ReadAccess');
      await call('RevokeAccess', { Target: target(id), Revokee: principal() });
      assert.equal(await rights(id), 'None');
    },
    RetrievePrincipalAccess: async (id) => assert.equal(await rights(id), 'None'),
    RetrieveSharedPrincipalsAndAccess: async (id) => {
      await share('GrantAccess', id, 'ReadAccess');
      const answer = await api.read(`RetrieveSharedPrincipalsAndAccess(Target=@t)?@t={'@odata.id':'${set}(${id})'}`);
      assert.match(JSON.stringify(answer['PrincipalAccesses']), new RegExp(`"AccessMask":"ReadAccess".*${agentId}`));
    },
    IsValidStateTransition: async (id) => {
      const url = (state: string, status: number) =>
        `IsValidStateTransition(Entity=@e,NewState='${state}',NewStatus=${status})?@e={'@odata.id':'${set}(${id})'}`;
      assert.equal((await api.read(url('Closed', 4)))['IsValid'], true);
      assert.equal((await api.read(url('Closed', 1)))['IsValid'], false);
    },
    Retrieve: async (id) => assert.equal((await read(id))[key], id),
    RetrieveMultiple: async (id) => {
      assert.equal((await api.list(`${set}?$filter=${key} eq ${id}`))[0]?.[key], id);
    },
    SetState: async (id) => {
      await api.update(`${set}(${id})`, { statecode: 3, statuscode: 4 });
      assert.equal((await read(id))[`statecode${formatted}`], 'Closed');
    },
    Update: async (id) => {
      await api.update(`${set}(${id})`, { msdyn_title: 'updated' });
      assert.equal((await read(id))['msdyn_title'], 'updated');
    },
  };

  it('are all tested', () => {
    assert.deepEqual(Object.keys(messages).sort(), table.messages.map(({ name }) => name).sort());
  });
  for (const [name, run] of Object.entries(messages)) it(name, async () => run(await create()));
});
