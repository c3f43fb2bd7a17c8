/** Every query function of the Web API reference (section 4.6), each with an expectation computed apart from the server. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Api, createApi, startTestServer, type TestServer } from '../support/server.ts';
import {
  type Calendar,
  countedWindows,
  dayWindow,
  fiscalPeriodOf,
  fiscalWindow,
  fixedWindows,
  localDate,
  type Window,
} from './date-expectations.ts';
import { actAs, addPerson, addReference, addRole } from './people.ts';

const crm = 'Microsoft.Dynamics.CRM';
const set = 'msdyn_liveconversations';
const zones = { UTC: 92, 'Europe/Berlin': 110, 'America/Los_Angeles': 4, 'Asia/Kolkata': 190 } as const;
/** Rows this near to the present are left out where it is the edge: the clock of the test is not that of the server. */
const slack = 5 * 60_000;

let server: TestServer;
let api: Api;
let reader: string;
let organization: string;

before(async () => {
  server = await startTestServer();
  api = createApi(server.apiRoot, await server.adminToken());
  reader = await addRole(api, 'Reads conversations', {
    prvReadmsdyn_liveconversation: 'Global',
    prvReadContact: 'Global',
    prvReadAccount: 'Global',
  });
  organization = server.org.organizationId;
});
after(() => server.stop());

async function callerIn(code: number): Promise<Api> {
  const person = await addPerson(api, [reader]);
  await api.update(`usersettingscollection(${person})`, { timezonecode: code });
  return actAs(api, person);
}

async function calendarIn(zone: string): Promise<Calendar> {
  const row = await api.read(`organizations(${organization})?$select=weekstartdaycode`);
  return {
    now: Date.now(),
    zone,
    weekStart: Number(row['weekstartdaycode'] ?? 0),
    fiscalStart: 1,
    fiscalMonths: 3,
  };
}

const iso = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;

function contains({ from = -Infinity, to = Infinity }: Window, instant: number): boolean {
  return instant >= from && instant < to;
}

/** Instants at, just before and just after the edges of the windows. */
function probesOf(windows: readonly Window[]): number[] {
  const edges = windows.flatMap(({ from, to }) => [from, to]).filter((edge) => edge !== undefined);
  const whole = edges.map((edge) => Math.floor(edge / 1000) * 1000);
  return [...new Set(whole.flatMap((edge) => [edge - 1000, edge, edge + 1000, edge - 2 * slack, edge + 2 * slack]))];
}

/** Rows that start at these instants, found by the subject that is returned. */
async function addRows(instants: readonly number[]): Promise<string> {
  const tag = `f${randomUUID()}`;
  const rest = [...instants];
  const work = async (): Promise<void> => {
    for (let instant = rest.pop(); instant !== undefined; instant = rest.pop())
      await api.create(set, { msdyn_subject: tag, msdyn_startedon: iso(instant) });
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return tag;
}

async function found(caller: Api, tag: string, call: string): Promise<number[]> {
  const rows = await caller.list(
    `${set}?$select=msdyn_startedon&$filter=msdyn_subject eq '${tag}' and ${encodeURIComponent(`${crm}.${call}`)}`,
  );
  return rows.map((row) => Date.parse(String(row['msdyn_startedon']))).sort((left, right) => left - right);
}

async function assertWindow(
  caller: Api,
  tag: string,
  probes: readonly number[],
  call: string,
  window: Window,
  inexact: readonly number[],
): Promise<void> {
  const isSure = (instant: number): boolean =>
    !inexact.some((edge) => (edge === window.from || edge === window.to) && Math.abs(instant - edge) < slack);
  const expected = probes.filter((instant) => contains(window, instant) && isSure(instant));
  const given = (await found(caller, tag, call)).filter(isSure);
  assert.deepEqual(
    given.map(iso),
    expected.sort((left, right) => left - right).map(iso),
    `${call}, ${JSON.stringify(window)}`,
  );
}

/** Runs once more when the local day changed meanwhile, which moves every window. */
async function withinOneDay(zone: string, work: () => Promise<void>): Promise<void> {
  const day = (): string => localDate(Date.now(), zone).join('-');
  const before = day();
  await work().catch(async (error: unknown) => {
    if (day() === before) throw error;
    await work();
  });
}

const used = new Set<string>();
function note<T>(name: string, value: T): T {
  used.add(name);
  return value;
}

describe('Relative dates', { concurrency: 4 }, () => {
  for (const [zone, code] of Object.entries(zones)) {
    it(`are windows on the clock of a caller in ${zone}`, () =>
      withinOneDay(zone, async () => {
        const caller = await callerIn(code);
        const calendar = await calendarIn(zone);
        const fixed = fixedWindows(calendar);
        const counted = [1, 3, 14].map((count) => [count, countedWindows(calendar, count)] as const);
        const counts = counted.flatMap(([, windows]) => Object.values(windows));
        const probes = probesOf([...Object.values(fixed), ...counts]);
        const tag = await addRows(probes);
        const { now } = calendar;
        for (const [name, window] of Object.entries(fixed))
          await assertWindow(caller, tag, probes, `${note(name, name)}(PropertyName='msdyn_startedon')`, window, [now]);
        for (const [count, windows] of counted) {
          for (const [name, window] of Object.entries(windows)) {
            // Their other edge moves with the present too.
            const moving = /Hours|OlderThan/.test(name) ? [window.from, window.to] : [];
            const inexact = [now, ...moving.filter((edge) => edge !== undefined)];
            const call = `${note(name, name)}(PropertyName='msdyn_startedon',PropertyValue=${count})`;
            await assertWindow(caller, tag, probes, call, window, inexact);
          }
        }
      }));

    it(`On, OnOrAfter and OnOrBefore take a day in ${zone}`, async () => {
      const caller = await callerIn(code);
      // The second is a day of 23 hours in Berlin, the third one of 25 in Los Angeles.
      for (const date of [
        [2024, 5, 1],
        [2024, 3, 31],
        [2024, 11, 3],
      ] as const) {
        const window = dayWindow(date, zone);
        const probes = probesOf([window]);
        const tag = await addRows(probes);
        const text = date.map((part) => String(part).padStart(2, '0')).join('-');
        const cases: [string, Window][] = [
          ['On', window],
          ['OnOrAfter', window.from === undefined ? {} : { from: window.from }],
          ['OnOrBefore', window.to === undefined ? {} : { to: window.to }],
        ];
        for (const [name, expected] of cases)
          for (const value of [`'${text}'`, text])
            await assertWindow(
              caller,
              tag,
              probes,
              `${note(name, name)}(PropertyName='msdyn_startedon',PropertyValue=${value})`,
              expected,
              [],
            );
      }
    });

    it(`fiscal years and periods by number, in ${zone}`, async () => {
      const caller = await callerIn(code);
      const calendar = await calendarIn(zone);
      const [year] = localDate(calendar.now, zone);
      const windows = [1, 2, 3, 4].map((period) => fiscalWindow(calendar, year, period));
      const probes = probesOf([...windows, fiscalWindow(calendar, year - 1)]);
      const tag = await addRows(probes);
      const property = "PropertyName='msdyn_startedon'";
      await assertWindow(
        caller,
        tag,
        probes,
        `${note('InFiscalYear', 'InFiscalYear')}(${property},PropertyValue=${year})`,
        fiscalWindow(calendar, year),
        [],
      );
      for (const [index, window] of windows.entries()) {
        const numbers = `PropertyValue1=${index + 1},PropertyValue2=${year}`;
        const cases: [string, Window][] = [
          ['InFiscalPeriodAndYear', window],
          ['InOrAfterFiscalPeriodAndYear', window.from === undefined ? {} : { from: window.from }],
          ['InOrBeforeFiscalPeriodAndYear', window.to === undefined ? {} : { to: window.to }],
        ];
        for (const [name, expected] of cases)
          await assertWindow(caller, tag, probes, `${note(name, name)}(${property},${numbers})`, expected, []);
        const inPeriod = await found(
          caller,
          tag,
          `${note('InFiscalPeriod', 'InFiscalPeriod')}(${property},PropertyValue=${index + 1})`,
        );
        const expected = probes.filter((probe) => fiscalPeriodOf(calendar, probe) === index + 1);
        assert.deepEqual(inPeriod.map(iso), expected.sort((left, right) => left - right).map(iso));
      }
    });
  }

  it('take date-only columns as days, whatever the zone', async () => {
    const caller = await callerIn(zones['America/Los_Angeles']);
    const zone = 'America/Los_Angeles';
    await withinOneDay(zone, async () => {
      const [year, month, day] = localDate(Date.now(), zone);
      const text = (shift: number): string =>
        new Date(Date.UTC(year, month - 1, day + shift)).toISOString().slice(0, 10);
      const lastname = `d${randomUUID().slice(0, 12)}`;
      for (const shift of [-8, -7, -1, 0, 1, 7, 8])
        await api.create('contacts', { lastname, firstname: String(shift), birthdate: text(shift) });
      const shifts = async (call: string): Promise<number[]> => {
        const filter = encodeURIComponent(`lastname eq '${lastname}' and ${crm}.${call}`);
        const rows = await caller.list(`contacts?$select=firstname&$filter=${filter}`);
        return rows.map((row) => Number(row['firstname'])).sort((left, right) => left - right);
      };
      const birthdate = "PropertyName='birthdate'";
      assert.deepEqual(await shifts(`Today(${birthdate})`), [0]);
      assert.deepEqual(await shifts(`Yesterday(${birthdate})`), [-1]);
      assert.deepEqual(await shifts(`Tomorrow(${birthdate})`), [1]);
      assert.deepEqual(await shifts(`On(${birthdate},PropertyValue='${text(7)}')`), [7]);
      assert.deepEqual(await shifts(`OnOrBefore(${birthdate},PropertyValue='${text(-7)}')`), [-8, -7]);
      assert.deepEqual(await shifts(`LastXDays(${birthdate},PropertyValue=7)`), [-7, -1, 0]);
      assert.deepEqual(await shifts(`Last7Days(${birthdate})`), [-7, -1, 0]);
      for (const unit of ['LastXHours', 'NextXHours', 'OlderThanXHours', 'OlderThanXMinutes']) {
        const filter = encodeURIComponent(`${crm}.${unit}(${birthdate},PropertyValue=1)`);
        const { status, text: body } = await caller.request('GET', `contacts?$filter=${filter}`);
        assert.equal(status, 400, body);
        assert.match(body, /birthdate/);
      }
    });
  });
});

describe("The organisation's calendar", () => {
  it('decides where weeks, fiscal years and fiscal periods begin', async () => {
    const zone = 'Europe/Berlin';
    const columns = ['weekstartdaycode', 'fiscalcalendarstart', 'fiscalperiodtype'];
    const row = await api.read(`organizations(${organization})?$select=${columns.join(',')}`);
    const before = Object.fromEntries(columns.map((name) => [name, row[name]]));
    await api.update(`organizations(${organization})`, {
      weekstartdaycode: 1,
      fiscalcalendarstart: '2024-04-01',
      fiscalperiodtype: 2003,
    });
    try {
      await withinOneDay(zone, async () => {
        const caller = await callerIn(zones[zone]);
        const calendar: Calendar = { now: Date.now(), zone, weekStart: 1, fiscalStart: 4, fiscalMonths: 1 };
        const [year] = localDate(calendar.now, zone);
        const fixed = Object.entries(fixedWindows(calendar)).filter(([name]) => /Week|Fiscal/.test(name));
        const counted = Object.entries(countedWindows(calendar, 2)).filter(([name]) => /Fiscal/.test(name));
        const numbered = fiscalWindow(calendar, year, 12);
        const probes = probesOf([...fixed, ...counted].map(([, window]) => window).concat(numbered));
        const tag = await addRows(probes);
        const property = "PropertyName='msdyn_startedon'";
        const inexact = [calendar.now];
        for (const [name, window] of fixed)
          await assertWindow(caller, tag, probes, `${name}(${property})`, window, inexact);
        for (const [name, window] of counted)
          await assertWindow(caller, tag, probes, `${name}(${property},PropertyValue=2)`, window, inexact);
        const call = `InFiscalPeriodAndYear(${property},PropertyValue1=12,PropertyValue2=${year})`;
        await assertWindow(caller, tag, probes, call, numbered, inexact);
        const inYear = `InFiscalYear(${property},PropertyValue=${year})`;
        await assertWindow(caller, tag, probes, inYear, fiscalWindow(calendar, year), inexact);
      });
    } finally {
      await api.update(`organizations(${organization})`, before);
    }
  });
});

describe('Sets and ranges', () => {
  let tag: string;
  before(async () => {
    tag = `s${randomUUID().slice(0, 12)}`;
    for (const number of [1, 2, 3, 4, 5])
      await api.create('accounts', { name: tag, numberofemployees: number, accountnumber: `${tag}${number}` });
    await api.create('accounts', { name: tag, description: 'no number' });
  });

  const numbers = async (call: string): Promise<unknown[]> => {
    const filter = encodeURIComponent(`name eq '${tag}' and ${crm}.${call}`);
    const rows = await api.list(`accounts?$select=numberofemployees&$orderby=numberofemployees&$filter=${filter}`);
    return rows.map((row) => row['numberofemployees']);
  };
  const property = "PropertyName='numberofemployees'";
  const cases: [string, string, number[]][] = [
    ['Between', `${property},PropertyValues=["2","4"]`, [2, 3, 4]],
    ['NotBetween', `${property},PropertyValues=["2","4"]`, [1, 5]],
    ['In', `${property},PropertyValues=["1","5","9"]`, [1, 5]],
    ['In', `${property},PropertyValues=['1','5']`, [1, 5]],
    ['In', `${property},PropertyValues=[1,5]`, [1, 5]],
    ['NotIn', `${property},PropertyValues=["1","5","9"]`, [2, 3, 4]],
  ];
  for (const [name, parameters, expected] of cases) {
    it(`${name}(${parameters})`, async () =>
      assert.deepEqual(await numbers(note(name, `${name}(${parameters})`)), expected));
  }

  it('take texts, dates, guids and booleans', async () => {
    const text = `In(PropertyName='accountnumber',PropertyValues=["${tag}1","${tag.toUpperCase()}2"])`;
    assert.deepEqual(await numbers(text), [1, 2]);
    const range = `Between(PropertyName='createdon',PropertyValues=["2000-01-01","2999-01-01"])`;
    assert.equal((await numbers(range)).length, 6);
    const owner = String((await api.read('WhoAmI'))['UserId']);
    assert.equal((await numbers(`In(PropertyName='ownerid',PropertyValues=["${owner}"])`)).length, 6);
    assert.equal((await numbers(`In(PropertyName='donotemail',PropertyValues=["true"])`)).length, 0);
  });

  it('refuse what does not fit', async () => {
    const calls = [
      `Between(${property},PropertyValues=["1"])`,
      `In(${property},PropertyValues=["x"])`,
      `In(${property},PropertyValues=[])`,
      `In(${property})`,
      `In(PropertyValues=["1"])`,
      `LastXDays(${property},PropertyValue=1)`,
      `LastXDays(PropertyName='createdon',PropertyValue='x')`,
      `LastXDays(PropertyName='createdon',PropertyValue=-1)`,
      `On(PropertyName='createdon',PropertyValue='nonsense')`,
      `On(PropertyName='createdon',PropertyValue='2024-02-30')`,
      `InFiscalYear(PropertyName='createdon',PropertyValue=0)`,
      `ContainValues(${property},PropertyValues=["1"])`,
      `ContainsValues(PropertyName='msdyn_channel',PropertyValues=["1"])`,
      `Contains(PropertyName='name',PropertyValue='x')`,
      `Under(PropertyName='name',PropertyValue='x')`,
    ];
    for (const call of calls) {
      const { status, json } = await api.request('GET', `accounts?$filter=${encodeURIComponent(`${crm}.${call}`)}`);
      assert.equal(status, 400, call);
      assert.match(JSON.stringify(json), /"0x80060888"/, call);
    }
  });

  it('ContainValues and DoesNotContainValues look into a multi-select', async () => {
    const subject = `m${randomUUID()}`;
    for (const channel of ['192360000', '192360000,192340000', '192340000', null])
      await api.create(set, { msdyn_subject: subject, msdyn_channel: channel });
    const channels = async (call: string): Promise<unknown[]> => {
      const filter = encodeURIComponent(`msdyn_subject eq '${subject}' and ${crm}.${call}`);
      return (await api.list(`${set}?$select=msdyn_channel&$filter=${filter}`))
        .map((row) => row['msdyn_channel'])
        .sort();
    };
    const values = (...list: string[]) => `PropertyName='msdyn_channel',PropertyValues=${JSON.stringify(list)}`;
    assert.deepEqual(await channels(note('ContainValues', `ContainValues(${values('192360000')})`)), [
      '192360000',
      '192360000,192340000',
    ]);
    assert.equal((await channels(`ContainValues(${values('192360000', '192340000')})`)).length, 3);
    assert.deepEqual(await channels(note('DoesNotContainValues', `DoesNotContainValues(${values('192360000')})`)), [
      '192340000',
      null,
    ]);
  });
});

describe('The caller', () => {
  it('user, teams and unit', async () => {
    const tag = `u${randomUUID().slice(0, 12)}`;
    const unit = await api.create('businessunits', { name: tag });
    const role = await addRole(api, 'Reads everything', { prvReadAccount: 'Global' }, unit);
    const me = await addPerson(api, [role], { businessUnit: unit });
    const other = await addPerson(api, [role], { businessUnit: unit });
    const team = await api.create('teams', {
      name: tag,
      teamtype: 0,
      'businessunitid@odata.bind': `/businessunits(${unit})`,
    });
    await addReference(api, `teams(${team})/teammembership_association`, `systemusers(${me})`);
    const owners = { mine: `systemusers(${me})`, theirs: `systemusers(${other})`, team: `teams(${team})` };
    for (const [accountnumber, owner] of Object.entries(owners))
      await api.create('accounts', { name: tag, description: accountnumber, 'ownerid@odata.bind': `/${owner}` });
    await api.create('accounts', { name: tag, description: 'elsewhere' });
    const caller = actAs(api, me);
    const names = async (call: string): Promise<unknown[]> => {
      used.add(call.split('(')[0] ?? '');
      const filter = encodeURIComponent(`name eq '${tag}' and ${crm}.${call}`);
      return (await caller.list(`accounts?$select=description&$filter=${filter}`))
        .map((row) => row['description'])
        .sort();
    };
    assert.deepEqual(await names("EqualUserId(PropertyName='ownerid')"), ['mine']);
    assert.deepEqual(await names("NotEqualUserId(PropertyName='ownerid')"), ['elsewhere', 'team', 'theirs']);
    assert.deepEqual(await names("EqualUserTeams(PropertyName='ownerid')"), ['team']);
    assert.deepEqual(await names("EqualUserOrUserTeams(PropertyName='ownerid')"), ['mine', 'team']);
    assert.deepEqual(await names("EqualBusinessId(PropertyName='owningbusinessunit')"), ['mine', 'team', 'theirs']);
    assert.deepEqual(await names("NotEqualBusinessId(PropertyName='owningbusinessunit')"), ['elsewhere']);
  });

  it('language', async () => {
    const admin = String((await api.read('WhoAmI'))['UserId']);
    await api.update(`usersettingscollection(${admin})`, { uilanguageid: 1033 });
    const call = note('EqualUserLanguage', `${crm}.EqualUserLanguage(PropertyName='uilanguageid')`);
    const rows = await api.list(`usersettingscollection?$select=uilanguageid&$filter=${call}`);
    assert.ok(rows.length > 0 && rows.every((row) => row['uilanguageid'] === 1033));
  });

  it('the people below', async () => {
    const tag = `h${randomUUID().slice(0, 12)}`;
    const role = await addRole(api, 'Reads everything', { prvReadAccount: 'Global' });
    const [boss, middle, low, outside] = await Promise.all([1, 2, 3, 4].map(() => addPerson(api, [role])));
    await api.update(`systemusers(${middle})`, { 'parentsystemuserid@odata.bind': `/systemusers(${boss})` });
    await api.update(`systemusers(${low})`, { 'parentsystemuserid@odata.bind': `/systemusers(${middle})` });
    const team = await api.create('teams', { name: tag, teamtype: 0 });
    await addReference(api, `teams(${team})/teammembership_association`, `systemusers(${boss})`);
    const owners = { boss, middle, low, outside };
    for (const [description, owner] of Object.entries(owners))
      await api.create('accounts', { name: tag, description, 'ownerid@odata.bind': `/systemusers(${owner})` });
    await api.create('accounts', { name: tag, description: 'team', 'ownerid@odata.bind': `/teams(${team})` });
    const names = async (caller: string | undefined, call: string): Promise<unknown[]> => {
      used.add(call);
      const filter = encodeURIComponent(`name eq '${tag}' and ${crm}.${call}(PropertyName='ownerid')`);
      const rows = await actAs(api, caller ?? '').list(`accounts?$select=description&$filter=${filter}`);
      return rows.map((row) => row['description']).sort();
    };
    assert.deepEqual(await names(boss, 'EqualUserOrUserHierarchy'), ['boss', 'low', 'middle']);
    assert.deepEqual(await names(middle, 'EqualUserOrUserHierarchy'), ['low', 'middle']);
    assert.deepEqual(await names(boss, 'EqualUserOrUserHierarchyAndTeams'), ['boss', 'low', 'middle', 'team']);
  });
});

describe('Hierarchies', () => {
  it('Above, Under and their kin', async () => {
    const tag = `a${randomUUID().slice(0, 12)}`;
    const top = await api.create('accounts', { name: `${tag} top` });
    const below = (name: string, parent: string): Promise<string> =>
      api.create('accounts', { name: `${tag} ${name}`, 'parentaccountid@odata.bind': `/accounts(${parent})` });
    const middle = await below('middle', top);
    await below('leaf', middle);
    await below('side', top);
    const names = async (call: string): Promise<string[]> => {
      used.add(call);
      const filter = `startswith(name,'${tag}') and ${crm}.${call}(PropertyName='accountid',PropertyValue='${middle}')`;
      const rows = await api.list(`accounts?$select=name&$filter=${encodeURIComponent(filter)}`);
      return rows.map((row) => String(row['name']).split(' ')[1] ?? '').sort();
    };
    assert.deepEqual(await names('Above'), ['top']);
    assert.deepEqual(await names('AboveOrEqual'), ['middle', 'top']);
    assert.deepEqual(await names('Under'), ['leaf']);
    assert.deepEqual(await names('UnderOrEqual'), ['leaf', 'middle']);
    assert.deepEqual(await names('NotUnder'), ['middle', 'side', 'top']);
  });
});

describe('Places', () => {
  it('a function stands under a path and under a lambda variable', async () => {
    const tag = `p${randomUUID().slice(0, 12)}`;
    const contact = await api.create('contacts', { lastname: tag, birthdate: '1990-01-01' });
    const account = await api.create('accounts', {
      name: tag,
      'primarycontactid@odata.bind': `/contacts(${contact})`,
      Account_Tasks: [{ subject: tag }],
    });
    const filters = [
      `primarycontactid/${crm}.In(PropertyName='lastname',PropertyValues=["${tag}"])`,
      `primarycontactid/${crm}.On(PropertyName='birthdate',PropertyValue='1990-01-01') and name eq '${tag}'`,
      `Account_Tasks/any(t:t/${crm}.In(PropertyName='subject',PropertyValues=["${tag}"]))`,
      `Account_Tasks/any(t:t/subject eq '${tag}' and t/${crm}.LastXDays(PropertyName='createdon',PropertyValue=1))`,
    ];
    for (const filter of filters) {
      const rows = await api.list(`accounts?$select=name&$filter=${encodeURIComponent(filter)}`);
      assert.deepEqual(
        rows.map((row) => row['accountid']),
        [account],
        filter,
      );
    }
  });
});

describe('The list of functions', () => {
  it('is used to the last', () => {
    const units = ['Hours', 'Days', 'Weeks', 'Months', 'Years', 'FiscalPeriods', 'FiscalYears'];
    const spans = ['Week', 'Month', 'Year', 'FiscalPeriod', 'FiscalYear'];
    const names = [
      ...[
        'Between',
        'NotBetween',
        'In',
        'NotIn',
        'ContainValues',
        'DoesNotContainValues',
        'On',
        'OnOrAfter',
        'OnOrBefore',
      ],
      ...['Today', 'Yesterday', 'Tomorrow', 'Last7Days', 'Next7Days'],
      ...['Last', 'This', 'Next'].flatMap((when) => spans.map((span) => `${when}${span}`)),
      ...['LastX', 'NextX'].flatMap((when) => units.map((unit) => `${when}${unit}`)),
      ...['Minutes', 'Hours', 'Days', 'Weeks', 'Months', 'Years'].map((unit) => `OlderThanX${unit}`),
      ...['InFiscalPeriod', 'InFiscalYear', 'InFiscalPeriodAndYear'],
      ...['InOrAfterFiscalPeriodAndYear', 'InOrBeforeFiscalPeriodAndYear'],
      ...[
        'EqualUserId',
        'NotEqualUserId',
        'EqualBusinessId',
        'NotEqualBusinessId',
        'EqualUserLanguage',
        'EqualUserTeams',
      ],
      ...['EqualUserOrUserTeams', 'EqualUserOrUserHierarchy', 'EqualUserOrUserHierarchyAndTeams'],
      ...['Above', 'AboveOrEqual', 'Under', 'UnderOrEqual', 'NotUnder'],
    ];
    assert.deepEqual(
      names.filter((name) => !used.has(name)),
      [],
    );
  });
});
