/** Requests that meet on one row: one winner where there can be only one, clear refusals for the rest, and never a 5xx. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import {
  type Api,
  type ApiResponse,
  asObject,
  createApi,
  startTestServer,
  type TestServer,
} from '../support/server.ts';

let server: TestServer;
let api: Api;

before(async () => {
  server = await startTestServer();
  api = createApi(server.apiRoot, await server.adminToken());
});
after(() => server.stop());

const contenders = Array.from({ length: 16 }, (_, index) => index);

/** Status and error code of each answer, with how often it came. */
async function tally(send: (index: number) => Promise<ApiResponse>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status, json } of await Promise.all(contenders.map(send))) {
    const outcome = [status, asObject(json['error'])['code']].filter((part) => part !== undefined).join(' ');
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

describe('Requests at the same time', () => {
  it('create a row of one id once', async () => {
    const accountid = randomUUID();
    const counts = await tally((index) => api.request('POST', 'accounts', { body: { accountid, name: `n${index}` } }));
    assert.deepEqual(counts, { '204': 1, '412 0x80040237': contenders.length - 1 });
  });

  it('upsert a row of one id without failing', async () => {
    const id = randomUUID();
    const counts = await tally((index) => api.request('PATCH', `accounts(${id})`, { body: { name: `n${index}` } }));
    assert.deepEqual(counts, { '204': contenders.length });
    assert.match(String((await api.read(`accounts(${id})`))['name']), /^n\d+$/);
  });

  it('upsert a row of one alternate key once', async () => {
    const number = randomUUID().slice(0, 18);
    const counts = await tally((index) =>
      api.request('PATCH', `accounts(accountnumber='${number}')`, { body: { name: `n${index}` } }),
    );
    assert.deepEqual(
      Object.keys(counts).filter((outcome) => outcome !== '204' && outcome !== '412 0x80060892'),
      [],
    );
    assert.ok((counts['204'] ?? 0) > 0);
    assert.equal((await api.list(`accounts?$select=name&$filter=accountnumber eq '${number}'`)).length, 1);
  });

  it('update one version once', async () => {
    const id = await api.create('accounts', { name: 'n' });
    const etag = String((await api.read(`accounts(${id})?$select=name`))['@odata.etag']);
    const counts = await tally((index) =>
      api.request('PATCH', `accounts(${id})`, { body: { name: `n${index}` }, headers: { 'if-match': etag } }),
    );
    assert.deepEqual(counts, { '204': 1, '412 0x80060882': contenders.length - 1 });
  });

  it('delete a row once', async () => {
    const id = await api.create('accounts', { name: 'n' });
    const counts = await tally(() => api.request('DELETE', `accounts(${id})`));
    assert.deepEqual(counts, { '204': 1, '404 0x80040217': contenders.length - 1 });
  });

  it('link two rows once', async () => {
    const team = await api.create('teams', { name: randomUUID(), teamtype: 0 });
    const user = server.org.users[0]?.systemUserId ?? '';
    const body = { '@odata.id': `${api.root}/systemusers(${user})` };
    const counts = await tally(() => api.request('POST', `teams(${team})/teammembership_association/$ref`, { body }));
    assert.deepEqual(counts, { '204': 1, '412 0x80040237': contenders.length - 1 });
  });

  it('point rows at each other without standing in each other’s way', async () => {
    const [left, right] = [await api.create('accounts', { name: 'l' }), await api.create('accounts', { name: 'r' })];
    const counts = await tally((index) => {
      const [from, to] = index % 2 === 0 ? [left, right] : [right, left];
      return api.request('PATCH', `accounts(${from})`, {
        body: { name: `n${index}`, 'parentaccountid@odata.bind': `/accounts(${to})` },
      });
    });
    assert.deepEqual(counts, { '204': contenders.length });
  });

  it('leave no lookup to a row that was deleted meanwhile', async () => {
    for (let round = 0; round < 5; round++) {
      const parent = await api.create('accounts', { name: 'parent' });
      const lastname = randomUUID();
      const counts = await tally((index) =>
        index === 7
          ? api.request('DELETE', `accounts(${parent})`)
          : api.request('POST', 'contacts', {
              body: { lastname, 'parentcustomerid_account@odata.bind': `/accounts(${parent})` },
            }),
      );
      assert.deepEqual(
        Object.keys(counts).filter((outcome) => outcome !== '204' && outcome !== '404 0x80040217'),
        [],
      );
      const rows = await api.list(`contacts?$select=_parentcustomerid_value&$filter=lastname eq '${lastname}'`);
      for (const row of rows) assert.equal(row['_parentcustomerid_value'], null);
    }
  });

  it('change state and mirror alike', async () => {
    const id = await api.create('msdyn_liveconversations', { msdyn_subject: 's' });
    await tally((index) =>
      api.request('PATCH', `msdyn_liveconversations(${id})`, {
        body: index % 2 === 0 ? { statecode: index % 5 } : { msdyn_statuscode: 1 + (index % 5) },
      }),
    );
    const row = await api.read(`msdyn_liveconversations(${id})`);
    assert.equal(row['statuscode'], Number(row['statecode']) + 1);
    assert.deepEqual([row['msdyn_statecode'], row['msdyn_statuscode']], [row['statecode'], row['statuscode']]);
  });
});
