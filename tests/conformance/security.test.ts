/** Who may do what: depth on a tree of units, teams, sharing right by right, leaks, impersonation, escalation (reference, section 11). */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import {
  type Api,
  type ApiResponse,
  asObject,
  createApi,
  rowsOf,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { actAs, addPerson, addReference, addRole, type Depth, grantPrivileges } from './people.ts';

const crm = 'Microsoft.Dynamics.CRM';
const depths: readonly Depth[] = ['Basic', 'Local', 'Deep', 'Global'];
const kinds = ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'] as const;

let server: TestServer;
let api: Api;

before(async () => {
  server = await startTestServer();
  api = createApi(server.apiRoot, await server.adminToken());
});
after(() => server.stop());

const unique = (): string => `s${randomUUID().slice(0, 11)}`;

/** All kinds of privilege on a table at one depth. */
function everyPrivilege(table: string, depth: Depth): Record<string, Depth> {
  return Object.fromEntries(kinds.map((kind) => [`prv${kind}${table}`, depth]));
}

function assertDenied(response: ApiResponse, code: '0x80040220' | '0x80048306', ...words: string[]): void {
  const error = asObject(response.json['error']);
  assert.deepEqual([response.status, error['code']], [403, code], response.text);
  for (const word of words) assert.ok(String(error['message']).includes(word), `${word} is not said: ${response.text}`);
}

async function ownedBy(owner: string, row: Record<string, unknown>): Promise<string> {
  return api.create('accounts', { ...row, 'ownerid@odata.bind': `/${owner}` });
}

async function share(caller: Api, target: string, mask: string, principal: string): Promise<ApiResponse> {
  const [principalSet = '', principalId = ''] = principal.replace(')', '').split('(');
  const table = principalSet.replace(/s$/, '');
  return caller.request('POST', 'GrantAccess', {
    body: {
      Target: { '@odata.type': `${crm}.account`, accountid: target },
      PrincipalAccess: {
        AccessMask: mask,
        Principal: { '@odata.type': `${crm}.${table}`, [`${table}id`]: principalId },
      },
    },
  });
}

describe('Depth', () => {
  /** root > mine > below; beside mine: aside. */
  let tag: string;
  let units: Record<'mine' | 'below' | 'aside', string>;
  /** Accounts by who owns them. */
  let rows: Record<string, string>;
  const callers: Partial<Record<Depth, { api: Api; own: string }>> = {};

  before(async () => {
    tag = unique();
    const unit = (name: string, parent: string): Promise<string> =>
      api.create('businessunits', {
        name: `${tag} ${name}`,
        'parentbusinessunitid@odata.bind': `/businessunits(${parent})`,
      });
    const mine = await unit('mine', server.org.businessUnitId);
    units = { mine, below: await unit('below', mine), aside: await unit('aside', server.org.businessUnitId) };
    const any = await addRole(api, 'Owns', { prvReadAccount: 'Basic' });
    const person = async (businessUnit: string): Promise<string> =>
      `systemusers(${await addPerson(api, [any], { businessUnit })})`;
    rows = {
      colleague: await ownedBy(await person(units.mine), { name: tag }),
      below: await ownedBy(await person(units.below), { name: tag }),
      aside: await ownedBy(await person(units.aside), { name: tag }),
      root: await api.create('accounts', { name: tag }),
    };
    for (const depth of depths) {
      const role = await addRole(api, depth, everyPrivilege('Account', depth), units.mine);
      const user = await addPerson(api, [role], { businessUnit: units.mine });
      callers[depth] = {
        api: actAs(api, user),
        own: await ownedBy(`systemusers(${user})`, { name: `${tag} ${depth}` }),
      };
    }
  });

  const reach: Record<Depth, string[]> = {
    Basic: [],
    Local: ['colleague'],
    Deep: ['below', 'colleague'],
    Global: ['aside', 'below', 'colleague', 'root'],
  };
  const callerAt = (depth: Depth) => callers[depth] ?? { api, own: '' };

  for (const depth of depths) {
    it(`${depth} lists and counts ${['own', ...reach[depth]].join(', ')}`, async () => {
      const { api: caller, own } = callerAt(depth);
      const listed = await caller.list(`accounts?$select=name&$filter=name eq '${tag}'`);
      const ids = new Set(listed.map((row) => row['accountid']));
      assert.deepEqual(
        Object.keys(rows)
          .filter((name) => ids.has(rows[name]))
          .sort(),
        reach[depth],
      );
      const count = await caller.request('GET', `accounts/$count?$filter=name eq '${tag}'`);
      assert.equal(count.text, String(reach[depth].length));
      assert.equal((await caller.read(`accounts(${own})?$select=name`))['accountid'], own);
    });

    it(`${depth} reads, writes, assigns and deletes within its reach only`, async () => {
      const { api: caller } = callerAt(depth);
      const me = String((await caller.read('WhoAmI'))['UserId']);
      for (const [name, id] of Object.entries(rows)) {
        const get = await caller.request('GET', `accounts(${id})?$select=name`);
        const patch = await caller.request('PATCH', `accounts(${id})`, { body: { description: depth } });
        if (reach[depth].includes(name)) {
          assert.deepEqual([get.status, patch.status], [200, 204], `${name}: ${patch.text}`);
          continue;
        }
        assertDenied(get, '0x80048306', id, 'ReadAccess');
        assertDenied(patch, '0x80048306', id, 'WriteAccess');
        assertDenied(await caller.request('DELETE', `accounts(${id})`), '0x80048306', id, 'DeleteAccess');
        const body = { 'ownerid@odata.bind': `/systemusers(${me})` };
        const assign = await caller.request('PATCH', `accounts(${id})`, { body });
        assert.equal(assign.status, 403, assign.text);
      }
    });

    it(`${depth} creates for owners within its reach only`, async () => {
      const { api: caller } = callerAt(depth);
      for (const [name, unit] of Object.entries(units)) {
        const role = await addRole(api, 'Owns', { prvReadAccount: 'Basic' }, unit);
        const owner = await addPerson(api, [role], { businessUnit: unit });
        const body = { name: unique(), 'ownerid@odata.bind': `/systemusers(${owner})` };
        const { status, text } = await caller.request('POST', 'accounts', { body });
        const isReached = reach[depth].includes(name === 'mine' ? 'colleague' : name);
        assert.equal(status, isReached ? 204 : 403, `${name}: ${text}`);
      }
    });
  }

  it('of several roles the widest counts', async () => {
    const narrow = await addRole(api, 'Narrow', { prvReadAccount: 'Basic' }, units.mine);
    const wide = await addRole(api, 'Wide', { prvReadAccount: 'Deep' }, units.mine);
    const caller = actAs(api, await addPerson(api, [narrow, wide], { businessUnit: units.mine }));
    assert.equal((await caller.request('GET', `accounts(${rows['below']})`)).status, 200);
    assertDenied(await caller.request('GET', `accounts(${rows['aside']})`), '0x80048306');
  });

  it('a user who moves to another unit sees with the eyes of that unit', async () => {
    const role = await addRole(api, 'Local', { prvReadAccount: 'Local' }, server.org.businessUnitId);
    const person = await addPerson(api, [role], { businessUnit: units.mine });
    const caller = actAs(api, person);
    assert.equal((await caller.request('GET', `accounts(${rows['colleague']})`)).status, 200);
    await api.update(`systemusers(${person})`, { 'businessunitid@odata.bind': `/businessunits(${units.aside})` });
    // Moving may take the roles along or away, but never leaves the old reach.
    assert.equal((await caller.request('GET', `accounts(${rows['colleague']})`)).status, 403);
  });
});

describe('Teams', () => {
  it('give their members their rows and their roles, at once and as long as they are members', async () => {
    const role = await addRole(api, 'Team reads', { prvReadAccount: 'Basic' });
    const team = await api.create('teams', { name: unique(), teamtype: 0 });
    await addReference(api, `teams(${team})/teamroles_association`, `roles(${role})`);
    const row = await ownedBy(`teams(${team})`, { name: unique() });
    const person = await addPerson(api, []);
    const get = () => actAs(api, person).request('GET', `accounts(${row})`);
    assertDenied(await get(), '0x80040220', 'prvReadAccount');
    await addReference(api, `teams(${team})/teammembership_association`, `systemusers(${person})`);
    assert.equal((await get()).status, 200);
    await api.request('DELETE', `teams(${team})/teamroles_association(${role})/$ref`);
    assertDenied(await get(), '0x80040220', 'prvReadAccount');
    await addReference(api, `teams(${team})/teamroles_association`, `roles(${role})`);
    assert.equal((await get()).status, 200);
    await api.request('DELETE', `teams(${team})/teammembership_association(${person})/$ref`);
    assertDenied(await get(), '0x80040220', 'prvReadAccount');
  });

  it('of kind access neither own nor hold roles, but pass on what is shared with them', async () => {
    const role = await addRole(api, 'Reads own', { prvReadAccount: 'Basic' });
    const team = await api.create('teams', { name: unique(), teamtype: 1 });
    const row = await api.create('accounts', { name: unique() });
    const person = await addPerson(api, [role]);
    const own = await api.request('PATCH', `accounts(${row})`, { body: { 'ownerid@odata.bind': `/teams(${team})` } });
    assert.match(own.text, /"code":"0x80048340"/);
    assert.equal(own.status, 400);
    const hold = await api.request('POST', `teams(${team})/teamroles_association/$ref`, {
      body: { '@odata.id': `${api.root}/roles(${role})` },
    });
    assert.equal(hold.status, 400);
    assert.match(hold.text, /"code":"0x80048331"/);
    await addReference(api, `teams(${team})/teammembership_association`, `systemusers(${person})`);
    const caller = actAs(api, person);
    assertDenied(await caller.request('GET', `accounts(${row})`), '0x80048306');
    assert.equal((await share(api, row, 'ReadAccess', `teams(${team})`)).status, 204);
    assert.equal((await caller.request('GET', `accounts(${row})`)).status, 200);
    assertDenied(
      await caller.request('PATCH', `accounts(${row})`, { body: { name: 'x' } }),
      '0x80040220',
      'prvWriteAccount',
    );
  });
});

describe('Sharing', { concurrency: 4 }, () => {
  const rights = ['Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'] as const;
  type Right = (typeof rights)[number];
  type Sharing = { caller: Api; row: string; contact: string; other: string };

  /** What each right is for. */
  const uses: Record<Right, (sharing: Sharing) => Promise<ApiResponse>> = {
    Read: ({ caller, row }) => caller.request('GET', `accounts(${row})?$select=name`),
    Write: ({ caller, row }) => caller.request('PATCH', `accounts(${row})`, { body: { name: 'written' } }),
    Delete: ({ caller, row }) => caller.request('DELETE', `accounts(${row})`),
    Append: ({ caller, row, contact }) =>
      caller.request('PATCH', `accounts(${row})`, { body: { 'primarycontactid@odata.bind': `/contacts(${contact})` } }),
    AppendTo: ({ caller, row }) =>
      caller.request('POST', 'contacts', {
        body: { lastname: 'x', 'parentcustomerid_account@odata.bind': `/accounts(${row})` },
      }),
    Assign: ({ caller, row, other }) =>
      caller.request('PATCH', `accounts(${row})`, { body: { 'ownerid@odata.bind': `/systemusers(${other})` } }),
    Share: ({ caller, row, other }) => share(caller, row, 'ReadAccess', `systemusers(${other})`),
  };

  for (const right of rights) {
    it(`of ${right}Access allows just that`, async () => {
      const role = await addRole(api, 'Own rows', {
        ...everyPrivilege('Account', 'Basic'),
        ...everyPrivilege('Contact', 'Basic'),
      });
      const [person, other] = [await addPerson(api, [role]), await addPerson(api, [role])];
      const caller = actAs(api, person);
      const row = await api.create('accounts', { name: unique() });
      const sharing = { caller, row, other, contact: await caller.create('contacts', { lastname: 'own' }) };
      const others = rights.filter((name) => name !== right).map((name) => `${name}Access`);
      assert.equal((await share(api, row, others.join(','), `systemusers(${person})`)).status, 204);
      assertDenied(await uses[right](sharing), '0x80048306', `${right}Access`, row);
      assert.equal((await share(api, row, `${right}Access`, `systemusers(${person})`)).status, 204);
      const { status, text } = await uses[right](sharing);
      assert.ok(status === 200 || status === 204, `${status} ${text}`);
    });
  }

  it('does not go beyond what the one who shares may do', async () => {
    const role = await addRole(api, 'Own rows', everyPrivilege('Account', 'Basic'));
    const [person, other] = [await addPerson(api, [role]), await addPerson(api, [role])];
    const row = await api.create('accounts', { name: unique() });
    await share(api, row, 'ReadAccess,ShareAccess', `systemusers(${person})`);
    await share(actAs(api, person), row, 'ReadAccess,WriteAccess,DeleteAccess', `systemusers(${other})`);
    assert.equal((await actAs(api, other).request('DELETE', `accounts(${row})`)).status, 403);
  });

  it('with oneself by ModifyAccess needs the right to share', async () => {
    const role = await addRole(api, 'Own rows', everyPrivilege('Account', 'Basic'));
    const person = await addPerson(api, [role]);
    const row = await api.create('accounts', { name: unique() });
    await share(api, row, 'ReadAccess', `systemusers(${person})`);
    const response = await actAs(api, person).request('POST', 'ModifyAccess', {
      body: {
        Target: { '@odata.type': `${crm}.account`, accountid: row },
        PrincipalAccess: {
          AccessMask: 'ReadAccess,WriteAccess',
          Principal: { '@odata.type': `${crm}.systemuser`, systemuserid: person },
        },
      },
    });
    assertDenied(response, '0x80048306', 'ShareAccess');
  });
});

describe('What a caller cannot read', () => {
  let tag: string;
  let caller: Api;
  let blind: Api;
  let account: string;
  let secret: string;

  before(async () => {
    tag = unique();
    const role = await addRole(api, 'Own rows', {
      ...everyPrivilege('Account', 'Basic'),
      ...everyPrivilege('Contact', 'Basic'),
      prvReadActivity: 'Basic',
    });
    const narrow = await addRole(api, 'Accounts only', everyPrivilege('Account', 'Global'));
    const person = await addPerson(api, [role]);
    caller = actAs(api, person);
    blind = actAs(api, await addPerson(api, [narrow]));
    account = await ownedBy(`systemusers(${person})`, { name: tag, accountnumber: tag });
    secret = await api.create('contacts', {
      lastname: `Secret ${tag}`,
      description: 'secret',
      'parentcustomerid_account@odata.bind': `/accounts(${account})`,
    });
    await api.update(`accounts(${account})`, { 'primarycontactid@odata.bind': `/contacts(${secret})` });
    await caller.create('contacts', {
      lastname: `Own ${tag}`,
      'parentcustomerid_contact@odata.bind': null,
    });
  });

  it('is null or left out in an expand', async () => {
    const row = await caller.read(
      `accounts(${account})?$select=name&$expand=primarycontactid($select=lastname),contact_customer_accounts($select=lastname)`,
    );
    assert.equal(row['primarycontactid'], null);
    assert.deepEqual(row['contact_customer_accounts'], []);
  });

  it('is named by the lookup that leads there, and no more', async () => {
    const headers = { prefer: 'odata.include-annotations="*"' };
    const row = await caller.read(`accounts(${account})?$select=_primarycontactid_value`, headers);
    assert.equal(row['_primarycontactid_value'], secret);
    assert.equal(row['_primarycontactid_value@OData.Community.Display.V1.FormattedValue'], `Secret ${tag}`);
  });

  it('is found by no filter, path, lambda or order', async () => {
    const filters = [
      `primarycontactid/lastname eq 'Secret ${tag}'`,
      "primarycontactid/description eq 'secret'",
      "startswith(primarycontactid/lastname,'S')",
      `primarycontactid/contactid eq ${secret} and primarycontactid/description ne null`,
      `contact_customer_accounts/any(o:o/lastname eq 'Secret ${tag}')`,
      'contact_customer_accounts/any()',
      "not contact_customer_accounts/all(o:o/description ne 'secret')",
      `primarycontactid/${crm}.In(PropertyName='lastname',PropertyValues=["Secret ${tag}"])`,
    ];
    for (const filter of filters) {
      const text = encodeURIComponent(`name eq '${tag}' and ${filter}`);
      assert.deepEqual(await caller.list(`accounts?$select=name&$filter=${text}`), [], filter);
      assert.equal((await caller.request('GET', `accounts/$count?$filter=${text}`)).text, '0', filter);
    }
    assert.deepEqual(await caller.list(`contacts?$select=lastname&$filter=contains(lastname,'Secret ${tag}')`), []);
  });

  it('is not counted, listed or reached through a navigation', async () => {
    assert.equal((await caller.request('GET', `accounts(${account})/contact_customer_accounts/$count`)).text, '0');
    assert.deepEqual(await caller.list(`accounts(${account})/contact_customer_accounts/$ref`), []);
    // Empty, as in an expand, or refused: the reference leaves it open.
    for (const target of ['primarycontactid', 'primarycontactid/lastname', 'primarycontactid?$select=lastname']) {
      const { status, text } = await caller.request('GET', `accounts(${account})/${target}`);
      assert.ok(status === 204 || status === 403, `${target}: ${status} ${text}`);
      assert.ok(!text.includes('Secret'), text);
    }
    for (const target of [`contacts(${secret})`, `contacts(${secret})/lastname`, `contacts(${secret})/createdby`])
      assertDenied(await caller.request('GET', target), '0x80048306', secret);
  });

  it('is not written through a key, a link or a bind', async () => {
    const other = await api.create('accounts', { name: 'other', accountnumber: unique() });
    const number = String((await api.read(`accounts(${other})`))['accountnumber']);
    for (const [method, target, body] of [
      ['PATCH', `accounts(accountnumber='${number}')`, { name: 'taken' }],
      ['DELETE', `accounts(accountnumber='${number}')`, undefined],
      ['PUT', `accounts(${other})/name`, { value: 'taken' }],
      ['DELETE', `accounts(${other})/name`, undefined],
      [
        'POST',
        `accounts(${account})/contact_customer_accounts/$ref`,
        { '@odata.id': `${api.root}/contacts(${secret})` },
      ],
      ['POST', `accounts(${other})/contact_customer_accounts`, { lastname: 'x' }],
      ['POST', 'contacts', { lastname: 'x', 'parentcustomerid_account@odata.bind': `/accounts(${other})` }],
      ['POST', 'accounts', { name: 'x', 'contact_customer_accounts@odata.bind': [`/contacts(${secret})`] }],
    ] as const) {
      const response = await caller.request(method, target, body === undefined ? {} : { body });
      assert.equal(response.status, 403, `${method} ${target}: ${response.status} ${response.text}`);
    }
    const row = await api.read(`accounts(${other})`);
    assert.equal(row['name'], 'other');
  });

  it('for want of the privilege is refused by its name', async () => {
    for (const target of [
      `accounts?$select=name&$filter=name eq '${tag}'&$expand=primarycontactid($select=lastname)`,
      `accounts?$select=name&$expand=contact_customer_accounts($select=lastname)`,
      `accounts?$filter=primarycontactid/lastname eq 'x'`,
      `accounts?$filter=contact_customer_accounts/any(o:o/lastname eq 'x')`,
      `accounts?$orderby=primarycontactid/lastname`,
      `accounts(${account})/primarycontactid`,
      `accounts(${account})/contact_customer_accounts`,
    ])
      assertDenied(await blind.request('GET', target), '0x80040220', 'prvReadContact');
    assert.equal((await blind.list(`accounts?$select=name&$filter=name eq '${tag}'`)).length, 1);
  });

  it('is not given back by a create or update that asks for the row', async () => {
    const role = await addRole(api, 'Writes only', { prvCreateAccount: 'Basic', prvWriteAccount: 'Global' });
    const writer = actAs(api, await addPerson(api, [role]));
    const headers = { prefer: 'return=representation' };
    const name = unique();
    const created = await writer.request('POST', 'accounts', { body: { name }, headers });
    assertDenied(created, '0x80040220', 'prvReadAccount');
    assert.deepEqual(await api.list(`accounts?$filter=name eq '${name}'`), []);
  });
});

describe('Changes of rights', () => {
  it('a role that is taken away is gone with the next request', async () => {
    const role = await addRole(api, 'Reads', { prvReadAccount: 'Global' });
    const person = await addPerson(api, [role]);
    const get = () => actAs(api, person).request('GET', 'accounts?$top=1&$select=name');
    for (let round = 0; round < 5; round++) {
      assert.equal((await get()).status, 200);
      await api.request('DELETE', `systemusers(${person})/systemuserroles_association(${role})/$ref`);
      assertDenied(await get(), '0x80040220', 'prvReadAccount');
      await addReference(api, `roles(${role})/systemuserroles_association`, `systemusers(${person})`);
    }
  });

  it('a privilege that is added to or taken from a role counts with the next request', async () => {
    const role = await addRole(api, 'Changes', {});
    const person = await addPerson(api, [role]);
    const get = () => actAs(api, person).request('GET', 'accounts?$top=1&$select=name');
    assertDenied(await get(), '0x80040220', 'prvReadAccount');
    await grantPrivileges(api, role, { prvReadAccount: 'Global' });
    assert.equal((await get()).status, 200);
    const [privilege] = await api.list("privileges?$select=name&$filter=name eq 'prvReadAccount'");
    const removed = await api.request('POST', `roles(${role})/${crm}.RemovePrivilegeRole`, {
      body: { Privilege: { '@odata.type': `${crm}.privilege`, privilegeid: privilege?.['privilegeid'] } },
    });
    assert.equal(removed.status, 204, removed.text);
    assertDenied(await get(), '0x80040220', 'prvReadAccount');
  });

  it('a user who is disabled is refused with the next request, and let in again', async () => {
    const agent = server.org.users.find((user) => user.email === 'agent4@parley.demo')?.systemUserId ?? '';
    const signedIn = createApi(server.apiRoot, await server.personToken('agent4@parley.demo'));
    assert.equal((await signedIn.request('GET', 'WhoAmI')).status, 200);
    await api.update(`systemusers(${agent})`, { isdisabled: true });
    try {
      for (const caller of [signedIn, actAs(api, agent)]) {
        const { status, json } = await caller.request('GET', 'WhoAmI');
        assert.deepEqual([status, asObject(json['error'])['code']], [403, '0x80040204']);
      }
    } finally {
      await api.update(`systemusers(${agent})`, { isdisabled: false });
    }
    assert.equal((await signedIn.request('GET', 'WhoAmI')).status, 200);
  });
});

describe('Impersonation', () => {
  it('reaches only what both users may, and says who did it', async () => {
    const agent = server.org.users.find((user) => user.email === 'agent3@parley.demo')?.systemUserId ?? '';
    const admin = server.org.users.find((user) => user.email === 'admin@parley.demo')?.systemUserId ?? '';
    const [delegate] = await api.list("roles?$select=name&$filter=name eq 'Delegate'");
    const role = `roles(${delegate?.['roleid']})`;
    const signedIn = createApi(server.apiRoot, await server.personToken('agent3@parley.demo'));
    const before = await signedIn.request('GET', 'WhoAmI', { headers: { MSCRMCallerID: admin } });
    assert.deepEqual([before.status, asObject(before.json['error'])['code']], [403, '0x8004A110']);
    await addReference(api, `systemusers(${agent})/systemuserroles_association`, role);
    try {
      const acting = actAs(signedIn, admin);
      assert.equal((await acting.read('WhoAmI'))['UserId'], admin);
      const count = async (caller: Api) => Number((await caller.request('GET', 'msdyn_liveconversations/$count')).text);
      assert.equal(await count(acting), await count(signedIn));
      assert.ok((await count(actAs(api, admin))) > (await count(acting)));
      const foreign = await api.create('msdyn_liveconversations', { msdyn_subject: 'foreign' });
      assertDenied(await acting.request('GET', `msdyn_liveconversations(${foreign})`), '0x80048306');
      assertDenied(await acting.request('GET', 'msdyn_assignmentconfigurations'), '0x80040220');
    } finally {
      await api.request('DELETE', `systemusers(${agent})/systemuserroles_association(${delegate?.['roleid']})/$ref`);
    }
    const after = await signedIn.request('GET', 'WhoAmI', { headers: { MSCRMCallerID: admin } });
    assert.equal(after.status, 403);
  });
});

describe('An agent', () => {
  it('cannot gain rights', async () => {
    const id = server.org.users.find((user) => user.email === 'agent1@parley.demo')?.systemUserId ?? '';
    const other = server.org.users.find((user) => user.email === 'agent2@parley.demo')?.systemUserId ?? '';
    const agent = createApi(server.apiRoot, await server.personToken('agent1@parley.demo'));
    const roles = await api.list('roles?$select=name');
    const roleNamed = (name: string) => String(roles.find((row) => row['name'] === name)?.['roleid']);
    const [adminRole, agentRole] = [roleNamed('System Administrator'), roleNamed('Omnichannel agent')];
    const team = await api.create('teams', { name: unique(), teamtype: 0 });
    await addReference(
      api,
      `teams(${team})/teamroles_association`,
      `roles(${await addRole(api, 'Wide', everyPrivilege('Account', 'Global'))})`,
    );
    const foreign = await api.create('msdyn_liveconversations', { msdyn_subject: 'foreign' });
    const unit = await api.create('businessunits', { name: unique() });
    const [privilege] = await api.list("privileges?$select=name&$filter=name eq 'prvWriteRole'");
    const reference = (row: string) => ({ '@odata.id': `${api.root}/${row}` });
    const self = { '@odata.type': `${crm}.systemuser`, systemuserid: id };
    const target = { '@odata.type': `${crm}.msdyn_liveconversation`, msdyn_liveconversationid: foreign };
    const access = { Target: target, PrincipalAccess: { AccessMask: 'ReadAccess', Principal: self } };
    const snapshot = async () => [
      await api.list(`systemusers(${id})/systemuserroles_association?$select=name&$orderby=name`),
      await api.list(`systemusers(${id})/teammembership_association?$select=name&$orderby=name`),
      await api.read(`systemusers(${id})/${crm}.RetrieveUserPrivileges()`),
      await api.read(`systemusers(${id})`),
      await api.read(`systemusers(${other})`),
      (await api.list('roles?$select=name,_businessunitid_value&$orderby=name')).length,
      await api.read(`msdyn_liveconversations(${foreign})`),
    ];
    const before = await snapshot();
    const attempts: [method: string, target: string, body?: unknown][] = [
      ['POST', `systemusers(${id})/systemuserroles_association/$ref`, reference(`roles(${adminRole})`)],
      ['POST', `roles(${adminRole})/systemuserroles_association/$ref`, reference(`systemusers(${id})`)],
      ['POST', `teams(${team})/teammembership_association/$ref`, reference(`systemusers(${id})`)],
      ['POST', `systemusers(${id})/teammembership_association/$ref`, reference(`teams(${team})`)],
      ['POST', `teams(${team})/${crm}.AddMembersTeam`, { Members: [self] }],
      [
        'POST',
        `roles(${agentRole})/roleprivileges_association/$ref`,
        reference(`privileges(${privilege?.['privilegeid']})`),
      ],
      [
        'POST',
        `privileges(${privilege?.['privilegeid']})/roleprivileges_association/$ref`,
        reference(`roles(${agentRole})`),
      ],
      [
        'POST',
        `roles(${agentRole})/${crm}.AddPrivilegesRole`,
        { Privileges: [{ Depth: 'Global', PrivilegeName: 'prvWriteRole' }] },
      ],
      ['POST', 'roles', { name: 'mine' }],
      ['PATCH', `roles(${agentRole})`, { name: 'renamed' }],
      ['POST', 'systemusers', { domainname: unique() }],
      ['PATCH', `systemusers(${id})`, { 'businessunitid@odata.bind': `/businessunits(${unit})` }],
      ['PATCH', `systemusers(${id})`, { domainname: 'admin@parley.demo' }],
      ['PATCH', `systemusers(${id})`, { azureactivedirectoryobjectid: adminRole }],
      ['PATCH', `systemusers(${id})`, { accessmode: 0, isdisabled: false, setupuser: true }],
      ['PATCH', `systemusers(${other})`, { isdisabled: true }],
      ['DELETE', `systemusers(${other})`],
      ['PUT', `systemusers(${id})/domainname`, { value: 'admin@parley.demo' }],
      ['PATCH', `organizations(${server.org.organizationId})`, { name: 'mine' }],
      ['PATCH', `businessunits(${server.org.businessUnitId})`, { name: 'mine' }],
      ['POST', 'businessunits', { name: 'mine' }],
      ['POST', 'teams', { name: 'mine', teamtype: 0 }],
      ['POST', 'GrantAccess', access],
      ['POST', 'ModifyAccess', access],
      ['PATCH', `msdyn_liveconversations(${foreign})`, { 'ownerid@odata.bind': `/systemusers(${id})` }],
      ['PATCH', `msdyn_liveconversations(${foreign})`, { statecode: 3 }],
      ['DELETE', `msdyn_liveconversations(${foreign})`],
      ['PATCH', `usersettingscollection(${other})`, { timezonecode: 4 }],
      ['POST', 'principalobjectaccessset', { objecttypecode: 'msdyn_liveconversation' }],
      ['POST', 'systemuserrolescollection', { roleid: adminRole, systemuserid: id }],
      ['POST', 'privileges', { name: 'prvMine' }],
    ];
    for (const [method, url, body] of attempts) {
      const { status, text } = await agent.request(method, url, body === undefined ? {} : { body });
      assert.ok(status >= 400 && status < 500, `${method} ${url} answered ${status} ${text}`);
      if (!/collection$|set$|privileges$/.test(url.split('(')[0] ?? ''))
        assert.ok([403, 405].includes(status), `${method} ${url} answered ${status} ${text}`);
    }
    assert.deepEqual(await snapshot(), before);
  });

  it('sees administrators’ settings no more than others’ conversations', async () => {
    const agent = createApi(server.apiRoot, await server.personToken('agent1@parley.demo'));
    for (const set of [
      'msdyn_authenticationsettingses',
      'msdyn_assignmentconfigurations',
      'msdyn_occustommessagingchannels',
    ]) {
      const { status, text } = await agent.request('GET', set);
      assert.ok(status === 403 || status === 404, `${set}: ${status} ${text}`);
    }
    const id = server.org.users.find((user) => user.email === 'agent1@parley.demo')?.systemUserId;
    const rows = rowsOf(await agent.read('msdyn_liveconversations?$select=_ownerid_value'));
    assert.ok(rows.length > 0);
    const teams = new Set(
      (await api.list(`systemusers(${id})/teammembership_association?$select=name`)).map((row) => row['teamid']),
    );
    for (const row of rows.filter((item) => item['_ownerid_value'] !== id && !teams.has(item['_ownerid_value']))) {
      const target = `{'@odata.id':'msdyn_liveconversations(${row['msdyn_liveconversationid']})'}`;
      const shares = await api.read(`RetrieveSharedPrincipalsAndAccess(Target=@t)?@t=${target}`);
      assert.match(JSON.stringify(shares['PrincipalAccesses']), new RegExp(`ReadAccess.*${id}`));
    }
  });
});
