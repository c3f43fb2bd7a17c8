/** Paging: any order, filter and page size gives the unpaged result, also while rows come and go; and the limits of counts. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { type Api, createApi, type JsonObject, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let api: Api;

before(async () => {
  server = await startTestServer();
  api = createApi(server.apiRoot, await server.adminToken());
});
after(() => server.stop());

/** Makes many rows over parallel requests; their ids in the order of the rows. */
async function createAll(set: string, rows: readonly JsonObject[], workers = 8): Promise<string[]> {
  const ids: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < rows.length; index = next++) ids[index] = await api.create(set, rows[index]);
  };
  await Promise.all(Array.from({ length: workers }, work));
  return ids;
}

const columns = [
  'name',
  'numberofemployees',
  'createdon',
  '_primarycontactid_value',
  'donotemail',
  'revenue',
  'accountid',
];
const filters = [
  '',
  ' and numberofemployees ne null',
  ' and numberofemployees gt 1',
  ' and (donotemail eq true or numberofemployees eq null)',
  " and contains(name,'a')",
  ' and primarycontactid/lastname ne null',
  ' and Account_Tasks/any()',
];

describe('Pages', () => {
  let tag: string;
  let contacts: string[];
  before(async () => {
    tag = `p${randomUUID().slice(0, 8)}`;
    contacts = await createAll(
      'contacts',
      ['Alfa', 'bravo', 'Alfa'].map((lastname) => ({ lastname })),
    );
    await createAll(
      'accounts',
      Array.from({ length: 60 }, (_, index) => rowOf(index)),
    );
  });

  /** Few different values, many nulls: ties everywhere. */
  function rowOf(index: number): JsonObject {
    const contact = contacts[index % 5];
    return {
      description: tag,
      name: [null, 'Able', 'able', 'Ünal', 'zoe'][index % 5],
      numberofemployees: index % 4 === 0 ? null : index % 3,
      donotemail: index % 2 === 0,
      revenue: index % 7 === 0 ? null : (index % 3) + 0.5,
      overriddencreatedon: `2024-01-0${1 + (index % 3)}T00:00:00Z`,
      ...(contact === undefined ? {} : { 'primarycontactid@odata.bind': `/contacts(${contact})` }),
      ...(index % 6 === 0 ? { Account_Tasks: [{ subject: 't' }] } : {}),
    };
  }

  const query = fc.record({
    filter: fc.constantFrom(...filters),
    order: fc.uniqueArray(fc.tuple(fc.constantFrom(...columns), fc.constantFrom('asc', 'desc')), {
      maxLength: 3,
      selector: ([column]) => column,
    }),
    size: fc.integer({ min: 1, max: 25 }),
  });

  function targetOf({ filter, order }: { filter: string; order: (readonly [string, string])[] }): string {
    const orderBy = order.length === 0 ? '' : `&$orderby=${order.map((item) => item.join('%20')).join(',')}`;
    return `accounts?$select=name&$filter=${encodeURIComponent(`description eq '${tag}'${filter}`)}${orderBy}`;
  }

  async function walk(
    target: string,
    size: number,
    between: (page: JsonObject[], number: number) => Promise<void> = async () => {},
  ): Promise<string[]> {
    const ids: string[] = [];
    const headers = { prefer: `odata.maxpagesize=${size}` };
    let next: unknown = target;
    for (let number = 1; typeof next === 'string'; number++) {
      const json = await api.read(next, headers);
      const page = Array.isArray(json['value']) ? json['value'].map((row: JsonObject) => row) : [];
      assert.ok(page.length <= size);
      assert.ok(page.length === size || json['@odata.nextLink'] === undefined, 'a short page with a link');
      ids.push(...page.map((row) => String(row['accountid'])));
      next = json['@odata.nextLink'];
      if (next !== undefined) await between(page, number);
    }
    return ids;
  }

  it('put together are the unpaged result', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (given) => {
        const target = targetOf(given);
        const whole = (await api.list(target)).map((row) => String(row['accountid']));
        assert.deepEqual(await walk(target, given.size), whole);
      }),
      { numRuns: 60 },
    );
  });

  it('lose and repeat no untouched row while others come and go', async () => {
    const changes = fc.array(fc.constantFrom('insert', 'delete', 'nothing'), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(query, changes, fc.nat(), async (given, steps, seed) => {
        const target = targetOf(given);
        const before = (await api.list(target)).map((row) => String(row['accountid']));
        const touched = new Set<string>();
        const ids = await walk(target, given.size, async (_, number) => {
          const step = steps[(number - 1) % steps.length];
          if (number > 6 || step === 'nothing') return;
          if (step === 'insert') touched.add(await api.create('accounts', rowOf(seed + number)));
          const victim = before[(seed + number * 7) % before.length];
          if (step !== 'delete' || victim === undefined || touched.has(victim)) return;
          touched.add(victim);
          assert.equal((await api.request('DELETE', `accounts(${victim})`)).status, 204);
        });
        assert.equal(new Set(ids).size, ids.length, 'a row came twice');
        const untouched = (list: string[]): string[] => list.filter((id) => !touched.has(id));
        assert.deepEqual(untouched(ids), untouched(before));
        await createAll(
          'accounts',
          [...touched].map((_, index) => rowOf(seed + index)),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('of one size can be followed with another', async () => {
    const target = targetOf({ filter: '', order: [['name', 'asc']] });
    const whole = (await api.list(target)).map((row) => String(row['accountid']));
    const first = await api.read(target, { prefer: 'odata.maxpagesize=7' });
    const rest = await walk(String(first['@odata.nextLink']), 11);
    assert.deepEqual(rest, whole.slice(7));
  });

  it('need a token that belongs to the query', async () => {
    const target = targetOf({ filter: '', order: [['name', 'asc']] });
    const first = await api.read(target, { prefer: 'odata.maxpagesize=2' });
    const token = new URL(String(first['@odata.nextLink'])).searchParams.get('$skiptoken') ?? '';
    assert.notEqual(token, '');
    const other = targetOf({ filter: '', order: [['revenue', 'desc']] });
    const cases = [
      [`${other}&$skiptoken=${encodeURIComponent(token)}`, '0x8004112A'],
      [`${target}&$skiptoken=nonsense`, '0x80041129'],
      [`${target}&$skiptoken=`, '0x80041129'],
      [`${target}&$skiptoken=${encodeURIComponent(token.slice(0, -3))}`, '0x80041129'],
    ] as const;
    for (const [url, code] of cases) {
      const { status, text } = await api.request('GET', url);
      assert.equal(status, 400, url);
      assert.match(text, new RegExp(`"code":"${code}"`), url);
    }
  });

  it('are of 1 to 5000 rows', async () => {
    const target = targetOf({ filter: '', order: [] });
    for (const size of ['100000', '5000']) {
      const { status, json } = await api.request('GET', target, { headers: { prefer: `odata.maxpagesize=${size}` } });
      assert.equal(status, 200);
      assert.equal(json['@odata.nextLink'], undefined);
    }
    for (const size of ['0', '-1', 'x']) {
      const { status } = await api.request('GET', target, { headers: { prefer: `odata.maxpagesize=${size}` } });
      assert.ok(status === 200 || status === 400, `maxpagesize=${size}: ${status}`);
    }
  });
});

describe('Beyond 5000 rows', () => {
  let tag: string;
  let filter: string;
  before(async () => {
    tag = `c${randomUUID().slice(0, 8)}`;
    filter = `$filter=subject eq '${tag}'`;
    await createAll(
      'annotations',
      Array.from({ length: 5001 }, () => ({ subject: tag })),
      40,
    );
  });

  it('counts stay at 5000 and say so', async () => {
    const prefer = 'odata.include-annotations="*",odata.maxpagesize=1';
    const json = await api.read(`annotations?$select=subject&$count=true&${filter}`, { prefer });
    assert.equal(json['@odata.count'], 5000);
    assert.equal(json['@Microsoft.Dynamics.CRM.totalrecordcount'], 5000);
    assert.equal(json['@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded'], true);
    assert.equal((await api.request('GET', `annotations/$count?${filter}`)).text, '5000');
  });

  it('a page has 5000 and a link to the rest', async () => {
    for (const headers of [{}, { prefer: 'odata.maxpagesize=6000' }]) {
      const first = await api.read(`annotations?$select=subject&${filter}`, headers);
      assert.ok(Array.isArray(first['value']) && first['value'].length === 5000);
      const rest = await api.list(String(first['@odata.nextLink']), headers);
      assert.equal(rest.length, 1);
    }
  });

  it('the total tells them all', async () => {
    const answer = await api.read('RetrieveTotalRecordCount(EntityNames=@p)?@p=["annotation"]');
    const values = JSON.stringify(answer['EntityRecordCountCollection']);
    assert.ok(Number(/"Values":\[(\d+)\]/.exec(values)?.[1]) >= 5001, values);
  });
});
