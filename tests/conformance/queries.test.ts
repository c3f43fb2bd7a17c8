/** Queries beyond the checklist: operators and nulls, patterns, lambdas, expands, keys, aliases, metadata levels, versions. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import {
  type Api,
  asObject,
  createApi,
  type JsonObject,
  rowsOf,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { addReference } from './people.ts';

let server: TestServer;
let api: Api;

before(async () => {
  server = await startTestServer();
  api = createApi(server.apiRoot, await server.adminToken());
});
after(() => server.stop());

const unique = (): string => `q${randomUUID().slice(0, 11)}`;

/** Descriptions of the accounts of a test that a filter finds, sorted. */
async function found(tag: string, filter: string, options = ''): Promise<unknown[]> {
  const text = encodeURIComponent(`startswith(accountnumber,'${tag}') and (${filter})`);
  const rows = await api.list(`accounts?$select=description&$filter=${text}${options}`);
  return rows.map((row) => row['description']).sort();
}

/** Accounts by description; their number starts with the tag that is returned. */
async function addAccounts(rows: Readonly<Record<string, JsonObject>>): Promise<string> {
  const tag = unique();
  for (const [index, [description, row]] of Object.entries(rows).entries())
    await api.create('accounts', { accountnumber: `${tag}${index}`, name: 'n', ...row, description });
  return tag;
}

async function refused(target: string, ...parts: (string | RegExp)[]): Promise<void> {
  const { status, text, json } = await api.request('GET', target);
  const error = asObject(json['error']);
  assert.deepEqual([status, error['code']], [400, '0x80060888'], `${target} -> ${status} ${text.slice(0, 500)}`);
  for (const part of parts) assert.ok(String(error['message']).match(part), `${target} -> ${text}`);
}

describe('Operators', { concurrency: 4 }, () => {
  let tag: string;
  before(async () => {
    tag = await addAccounts({
      one: { numberofemployees: 1, name: 'alpha', donotemail: true, revenue: 10.5 },
      two: { numberofemployees: 2, name: 'Beta', donotemail: false, revenue: 20 },
      three: { numberofemployees: 3, name: 'gamma', yominame: 'gamma', donotemail: false, revenue: 30.25 },
      none: { numberofemployees: null, name: null, donotemail: false },
    });
  });

  const cases: [filter: string, names: string[]][] = [
    ['numberofemployees eq 2', ['two']],
    ['numberofemployees ne 2', ['one', 'three']],
    ['numberofemployees gt 1', ['three', 'two']],
    ['numberofemployees ge 2', ['three', 'two']],
    ['numberofemployees lt 3', ['one', 'two']],
    ['numberofemployees le 1', ['one']],
    ['2 lt numberofemployees', ['three']],
    ['numberofemployees eq null', ['none']],
    ['numberofemployees ne null', ['one', 'three', 'two']],
    ['null eq numberofemployees', ['none']],
    ['not (numberofemployees eq 2)', ['one', 'three']],
    ['not(numberofemployees eq 1 or numberofemployees eq 2)', ['three']],
    ['numberofemployees eq 1 or numberofemployees eq 2 and donotemail eq true', ['one']],
    ['(numberofemployees eq 1 or numberofemployees eq 2) and donotemail eq false', ['two']],
    ['donotemail eq true', ['one']],
    ['donotemail ne true', ['none', 'three', 'two']],
    ['donotemail', ['one']],
    ['not donotemail', ['none', 'three', 'two']],
    ['revenue gt 10.5', ['three', 'two']],
    ['revenue eq 30.25', ['three']],
    ['revenue lt 1e1', []],
    ['name eq yominame', ['three']],
    ["name gt 'ALPHA'", ['three', 'two']],
    ["name ne 'beta'", ['one', 'three']],
    ['numberofemployees in (1,3)', ['one', 'three']],
    ["name in ('ALPHA','nope')", ['one']],
    ["not (name in ('alpha'))", ['three', 'two']],
    ['createdon gt 2000-01-01', ['none', 'one', 'three', 'two']],
    ['createdon lt 2000-01-01T00:00:00Z', []],
    ['createdon gt 2000-01-01T00:00:00+02:00', ['none', 'one', 'three', 'two']],
    ['_ownerid_value ne 00000000-0000-0000-0000-000000000000', ['none', 'one', 'three', 'two']],
    ['statecode eq 0 and statuscode eq 1', ['none', 'one', 'three', 'two']],
    ["contains(name,'LPH')", ['one']],
    ["contains(name,'LPH') eq true", ['one']],
    ["not contains(name,'a')", []],
    ["startswith(name,'be')", ['two']],
    ["endswith(name,'MA')", ['three']],
    ["not endswith(name,'ma')", ['one', 'two']],
  ];
  for (const [filter, names] of cases) it(filter, async () => assert.deepEqual(await found(tag, filter), names));
});

describe('Patterns', { concurrency: 4 }, () => {
  let tag: string;
  before(async () => {
    const names = ['cat', 'cut', 'c%t', 'c_t', 'c[t', 'chat', 'c^t', 'c\\t', 'c.t', 'c*t'];
    tag = await addAccounts(Object.fromEntries(names.map((name) => [name, { name: `<${name}>` }])));
  });

  const cases: [pattern: string, names: string[]][] = [
    ['<c%t>', ['c%t', 'c*t', 'c.t', 'c[t', 'c\\t', 'c^t', 'c_t', 'cat', 'chat', 'cut']],
    ['<c_t>', ['c%t', 'c*t', 'c.t', 'c[t', 'c\\t', 'c^t', 'c_t', 'cat', 'cut']],
    ['<c[a-c]t>', ['cat']],
    ['<c[au]t>', ['cat', 'cut']],
    ['<c[^a-z]t>', ['c%t', 'c*t', 'c.t', 'c[t', 'c\\t', 'c^t', 'c_t']],
    ['<c[%]t>', ['c%t']],
    ['<c[_]t>', ['c_t']],
    ['<c[[]t>', ['c[t']],
    ['<c^t>', ['c^t']],
    ['<c\\t>', ['c\\t']],
    ['<c.t>', ['c.t']],
    ['<c*t>', ['c*t']],
    ['<C[A]T>', ['cat']],
    ['<c[t>', ['c[t']],
  ];
  for (const [pattern, names] of cases)
    it(`contains ${pattern}`, async () =>
      assert.deepEqual(await found(tag, `contains(name,'${pattern}')`), names.sort()));

  it('eq takes % literally', async () => {
    assert.deepEqual(await found(tag, "name eq '<c%t>'"), ['c%t']);
    assert.deepEqual(await found(tag, "name eq '<c_t>'"), ['c_t']);
  });

  it('startswith and endswith take patterns', async () => {
    assert.deepEqual(await found(tag, "startswith(name,'<c[a-c]')"), ['cat']);
    assert.deepEqual(await found(tag, "endswith(name,'[d-h][a-c]t>')"), ['chat']);
  });
});

describe('Lambdas', { concurrency: 4 }, () => {
  let tag: string;
  before(async () => {
    const contact = (lastname: string, ...subjects: string[]): JsonObject => ({
      lastname,
      Contact_Tasks: subjects.map((subject) => ({ subject })),
    });
    tag = await addAccounts({
      a: { contact_customer_accounts: [contact('Ada', 'call', 'write'), contact('Bob')] },
      b: { contact_customer_accounts: [contact('Bob', 'write')], Account_Tasks: [{ subject: 'visit' }] },
      c: { Account_Tasks: [{ subject: 'call' }, { subject: 'visit' }] },
      d: {},
    });
  });

  const people = 'contact_customer_accounts';
  const cases: [filter: string, names: string[]][] = [
    [`${people}/any(o:o/lastname eq 'ada')`, ['a']],
    [`${people}/any(o:o/lastname eq 'Bob') and Account_Tasks/any()`, ['b']],
    [`${people}/any(o:o/Contact_Tasks/any(t:t/subject eq 'write'))`, ['a', 'b']],
    [`${people}/any(o:o/lastname eq 'Bob' and o/Contact_Tasks/any(t:t/subject eq 'write'))`, ['b']],
    [`${people}/any(o:not o/Contact_Tasks/any())`, ['a']],
    [`${people}/all(o:o/Contact_Tasks/any())`, ['b', 'c', 'd']],
    [`${people}/all(o:o/lastname eq 'Bob')`, ['b', 'c', 'd']],
    [`not ${people}/all(o:o/lastname eq 'Bob')`, ['a']],
    [`Account_Tasks/any(t:t/subject eq 'call') or ${people}/any(o:contains(o/lastname,'d'))`, ['a', 'c']],
    ["Account_Tasks/any(t:t/subject eq 'call') and Account_Tasks/any(t:t/subject eq 'visit')", ['c']],
    ["Account_Tasks/any(t:t/subject eq 'call' and t/subject eq 'visit')", []],
    [`${people}/any(o:o/createdby/fullname ne null)`, ['a', 'b']],
  ];
  for (const [filter, names] of cases) it(filter, async () => assert.deepEqual(await found(tag, filter), names));

  it('over a many-to-many collection', async () => {
    const team = await api.create('teams', { name: tag, teamtype: 0 });
    const agent = server.org.users.find((user) => user.email === 'agent2@parley.demo')?.systemUserId ?? '';
    await addReference(api, `teams(${team})/teammembership_association`, `systemusers(${agent})`);
    const ids = async (filter: string): Promise<unknown[]> =>
      (await api.list(`teams?$select=name&$filter=name eq '${tag}' and ${encodeURIComponent(filter)}`)).map(
        (row) => row['teamid'],
      );
    const members = 'teammembership_association';
    assert.deepEqual(await ids(`${members}/any(u:u/systemuserid eq ${agent})`), [team]);
    assert.deepEqual(await ids(`${members}/any(u:u/fullname eq 'nobody at all')`), []);
    assert.deepEqual(await ids(`${members}/any()`), [team]);
    const users = await api.list(
      `systemusers?$select=fullname&$filter=${encodeURIComponent(`${members}/any(t:t/teamid eq ${team})`)}`,
    );
    assert.deepEqual(
      users.map((row) => row['systemuserid']),
      [agent],
    );
  });

  it('refuse names and variables that are not there', async () => {
    await refused("accounts?$filter=nosuch/any(o:o/lastname eq 'x')", /nosuch/);
    await refused(`accounts?$filter=${people}/any(o:p/lastname eq 'x')`, /p/);
    await refused(`accounts?$filter=${people}/any(o:o/nosuch eq 'x')`, /nosuch/);
    await refused(`accounts?$filter=${people}/any(x:x/Contact_Tasks/any(y:y/subject eq x/lastname))`, /same row/);
    await refused(`accounts?$filter=${people}/any(o:)`);
    await refused(`accounts?$filter=${people}/all()`);
    await refused(`accounts?$filter=${people}/$count gt 1`, /count/);
    await refused("accounts?$filter=primarycontactid/any(o:o/lastname eq 'x')", /primarycontactid/);
  });
});

describe('Order', () => {
  it('by several columns and directions, nulls first when ascending', async () => {
    const tag = await addAccounts({
      a: { numberofemployees: 1, name: 'x' },
      b: { numberofemployees: 1, name: 'Y' },
      c: { numberofemployees: null, name: 'z' },
      d: { numberofemployees: 2, name: 'a' },
    });
    const order = async (orderBy: string): Promise<string> => {
      const filter = encodeURIComponent(`startswith(accountnumber,'${tag}')`);
      const rows = await api.list(
        `accounts?$select=description&$filter=${filter}&$orderby=${encodeURIComponent(orderBy)}`,
      );
      return rows.map((row) => row['description']).join('');
    };
    assert.equal(await order('numberofemployees,name'), 'cabd');
    assert.equal(await order('numberofemployees asc, name desc'), 'cbad');
    assert.equal(await order('numberofemployees desc,name'), 'dabc');
    assert.equal(await order('name'), 'dabc');
    await refused('accounts?$orderby=name sideways', /sideways|position/);
  });
});

describe('Expand', { concurrency: 4 }, () => {
  it('nests, pages every collection, and its links lead to the rest', async () => {
    const tag = unique();
    const contacts = [1, 2, 3, 4, 5].map((index) => ({
      lastname: `${tag}${index}`,
      Contact_Tasks: [1, 2, 3].map((task) => ({ subject: `${index}.${task}` })),
    }));
    const account = await api.create('accounts', { name: tag, contact_customer_accounts: contacts });
    const expand = '$expand=contact_customer_accounts($select=lastname;$expand=Contact_Tasks($select=subject))';
    const pages = { prefer: 'odata.maxpagesize=2' };
    const row = await api.read(`accounts(${account})?$select=name&${expand}`, pages);
    const people = await follow(row, 'contact_customer_accounts', 2);
    assert.deepEqual(
      people.map((person) => person['lastname']).sort(),
      contacts.map(({ lastname }) => lastname),
    );
    for (const [index, person] of people.entries()) {
      // Behind the link the tasks are on the first level, where collections come whole.
      const tasks = index < 2 ? await follow(person, 'Contact_Tasks', 2) : rowsOf({ value: person['Contact_Tasks'] });
      const name = String(person['lastname']).slice(-1);
      assert.deepEqual(
        tasks.map((task) => task['subject']).sort(),
        [1, 2, 3].map((task) => `${name}.${task}`),
      );
    }
  });

  /** The expanded rows with those behind the nextLink. */
  async function follow(row: JsonObject, name: string, size: number): Promise<JsonObject[]> {
    const rows = rowsOf({ value: row[name] });
    assert.ok(rows.length <= size, `${name} has ${rows.length} rows in a page of ${size}`);
    let link = row[`${name}@odata.nextLink`];
    while (typeof link === 'string') {
      const page = await api.read(link, { prefer: `odata.maxpagesize=${size}` });
      assert.ok(rowsOf(page).length <= size);
      rows.push(...rowsOf(page));
      link = page['@odata.nextLink'];
    }
    return rows;
  }

  it('of one level is whole, and its link repeats the rows', async () => {
    const account = await api.create('accounts', {
      name: 'n',
      Account_Tasks: ['b', 'a', 'c'].map((subject) => ({ subject })),
    });
    const inner = "$select=subject;$filter=subject ne 'c';$orderby=subject desc";
    const row = await api.read(`accounts(${account})?$select=name&$expand=Account_Tasks(${inner})`, {
      prefer: 'odata.maxpagesize=1',
    });
    const subjects = (rows: JsonObject[]) => rows.map(({ subject }) => subject);
    assert.deepEqual(subjects(rowsOf({ value: row['Account_Tasks'] })), ['b', 'a']);
    assert.deepEqual(subjects(await api.list(String(row['Account_Tasks@odata.nextLink']))), ['b', 'a']);
  });

  it('with $top has no more rows', async () => {
    const account = await api.create('accounts', {
      name: 'n',
      Account_Tasks: ['b', 'a', 'c'].map((subject) => ({ subject })),
    });
    const row = await api.read(`accounts(${account})?$expand=Account_Tasks($select=subject;$orderby=subject;$top=2)`);
    assert.deepEqual(
      rowsOf({ value: row['Account_Tasks'] }).map(({ subject }) => subject),
      ['a', 'b'],
    );
  });

  it('of a many-to-many collection', async () => {
    const agent = server.org.users.find((user) => user.email === 'agent1@parley.demo')?.systemUserId ?? '';
    const row = await api.read(
      `systemusers(${agent})?$select=fullname&$expand=systemuserroles_association($select=name)`,
    );
    assert.deepEqual(
      rowsOf({ value: row['systemuserroles_association'] }).map(({ name }) => name),
      ['Omnichannel agent'],
    );
    await refused(
      `systemusers?$select=fullname&$expand=systemuserroles_association($expand=createdby)`,
      /systemuserroles_association/,
    );
    await refused(
      'businessunits?$select=name&$expand=business_unit_system_users($expand=systemuserroles_association)',
      /systemuserroles_association/,
    );
  });

  it('of the owner says what it is', async () => {
    const account = await api.create('accounts', { name: 'n' });
    const row = await api.read(`accounts(${account})?$select=name&$expand=ownerid`);
    const owner = asObject(row['ownerid']);
    assert.equal(owner['@odata.type'], '#Microsoft.Dynamics.CRM.systemuser');
    assert.match(String(owner['ownerid']), /^[0-9a-f-]{36}$/);
  });

  it('refuses options it does not have', async () => {
    for (const option of ['$skip=1', '$count=true', '$search=x', '$levels=2', '$nosuch=1'])
      await refused(`accounts?$expand=Account_Tasks(${option})`, option.split('=')[0]?.slice(1) ?? '');
    await refused('accounts?$expand=Account_Tasks($select=nosuch)', /nosuch/);
    await refused('accounts?$expand=primarycontactid,primarycontactid', /primarycontactid/);
    await refused('accounts?$expand=primarycontactid/createdby', /primarycontactid/);
    await refused('accounts?$expand=primarycontactid(', /position/);
  });
});

describe('Keys', { concurrency: 4 }, () => {
  it('of a row may be upper case, and named', async () => {
    const id = await api.create('accounts', { name: 'n' });
    for (const key of [id.toUpperCase(), `accountid=${id}`]) {
      const row = await api.read(`accounts(${key})?$select=name`);
      assert.equal(row['accountid'], id);
    }
  });

  it('by alternate key follow navigations', async () => {
    const number = unique();
    await api.create('accounts', {
      name: 'n',
      accountnumber: number,
      primarycontactid: { lastname: 'Keyed' },
    });
    const at = `accounts(accountnumber='${number}')`;
    assert.equal((await api.read(`${at}/primarycontactid?$select=lastname`))['lastname'], 'Keyed');
    assert.equal((await api.read(`${at}/name`))['value'], 'n');
    const agent = server.org.users[0]?.systemUserId ?? '';
    const user = await api.read(`systemusers(${agent})?$select=azureactivedirectoryobjectid`);
    const byObject = await api.read(
      `systemusers(azureactivedirectoryobjectid=${user['azureactivedirectoryobjectid']})?$select=fullname`,
    );
    assert.equal(byObject['systemuserid'], agent);
  });

  it('that are none are refused', async () => {
    for (const key of ['x', "'x'", '1', 'accountid=1', 'nosuch=1', 'accountnumber=1', 'accountnumber=null']) {
      const { status, text } = await api.request('GET', `accounts(${key})`);
      assert.equal(status, 400, `${key}: ${text}`);
    }
  });
});

describe('Parameter aliases', () => {
  it('stand for values in filters, orders and functions', async () => {
    const tag = await addAccounts({ a: { numberofemployees: 1 }, b: { numberofemployees: 2 } });
    assert.deepEqual(await found(tag, 'numberofemployees eq @n', '&@n=2'), ['b']);
    assert.deepEqual(await found(tag, 'numberofemployees ge @n and numberofemployees le @n', '&@n=1'), ['a']);
    assert.deepEqual(await found(tag, 'contains(description,@s)', "&@s='A'"), ['a']);
    assert.deepEqual(await found(tag, 'numberofemployees eq @n', '&@n=null'), []);
    const inList = "Microsoft.Dynamics.CRM.In(PropertyName='numberofemployees',PropertyValues=@v)";
    assert.deepEqual(await found(tag, inList, '&@v=["2"]'), ['b']);
    await refused('accounts?$filter=numberofemployees eq @n&@n=(', /@n/);
    await refused("accounts?$filter=numberofemployees eq @n&@n='x'", /Edm.Int32/);
  });
});

describe('Metadata levels and versions', { concurrency: 4 }, () => {
  const levels = (level: string) => ({ accept: `application/json;odata.metadata=${level}` });

  it('full adds types and links to every row', async () => {
    const account = await api.create('accounts', {
      name: 'n',
      revenue: 1.5,
      primarycontactid: { lastname: 'p' },
    });
    const row = await api.read(`accounts(${account})?$expand=primarycontactid($select=lastname)`, levels('full'));
    assert.equal(row['@odata.type'], '#Microsoft.Dynamics.CRM.account');
    assert.equal(row['@odata.id'], `${server.apiRoot}/accounts(${account})`);
    assert.ok('@odata.editLink' in row);
    assert.equal(row['accountid@odata.type'], '#Guid');
    assert.equal(row['createdon@odata.type'], '#DateTimeOffset');
    assert.equal(row['revenue@odata.type'], '#Decimal');
    assert.equal(asObject(row['primarycontactid'])['@odata.type'], '#Microsoft.Dynamics.CRM.contact');
  });

  it('none leaves values, count and link', async () => {
    const headers = { ...levels('none'), prefer: 'odata.maxpagesize=1' };
    const answer = await api.request('GET', 'accounts?$select=name&$count=true', { headers });
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json; ?odata\.metadata=none/);
    assert.ok(!('@odata.context' in answer.json));
    assert.ok('@odata.count' in answer.json && '@odata.nextLink' in answer.json);
  });

  it('what cannot be sent as asked is sent as JSON', async () => {
    for (const accept of [
      '*/*',
      'application/*',
      'text/html,application/json;q=0.9',
      'application/json;odata=verbose',
    ]) {
      const { status, headers } = await api.request('GET', 'accounts?$top=1', { headers: { accept } });
      assert.equal(status, 200, accept);
      assert.match(headers.get('content-type') ?? '', /^application\/json; ?odata\.metadata=minimal/);
    }
  });

  it('v9.0 and v9.1 see the same rows under their own address', async () => {
    const id = await api.create('accounts', { name: 'n' });
    for (const version of ['v9.0', 'v9.1', 'v9.2']) {
      const root = `${server.origin}/api/data/${version}`;
      const row = await api.read(`${root}/accounts(${id})?$select=name`);
      assert.equal(row['@odata.context'], `${root}/$metadata#accounts(name)/$entity`);
      const expanded = await api.read(`${root}/accounts(${id})?$select=name&$expand=Account_Tasks($select=subject)`);
      assert.ok(String(expanded['Account_Tasks@odata.nextLink']).startsWith(`${root}/accounts(${id})/Account_Tasks`));
      const patched = await api.request('PATCH', `${root}/accounts(${randomUUID()})`, { body: { name: 'n' } });
      assert.ok(patched.headers.get('odata-entityid')?.startsWith(`${root}/accounts(`));
    }
  });
});
