import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type pg from 'pg';
import { inTransaction } from '../db/pool.ts';
import { applicationIdOf } from '../model/application-id.ts';
import type { TableModel } from '../model/table-model.ts';
import { loadPrincipal } from '../security/load-principal.ts';
import { ensureApplicationUser } from './ensure-application-user.ts';
import { roleIds, rootBusinessUnitId } from './organization-ids.ts';
import { createSeedDatabase, digestRows, loadModel } from './seed-harness.ts';
import { findOrganization, seedOrganization } from './seed-organization.ts';

const identity = {
  organizationId: '7b0a4d36-97ad-4dd5-8a3c-6f1f1f9a0c11',
  tenantId: '0e6c1e0e-5f5d-4f83-9c43-2b1f6a2f8a22',
  name: 'Harbour Lane',
  uniqueName: 'harbourlane',
};

let model: TableModel;
let pool: pg.Pool;
let drop: () => Promise<void>;

before(async () => {
  model = await loadModel();
  ({ pool, drop } = await createSeedDatabase());
});
after(() => drop());

async function rows(text: string, values: readonly unknown[] = []): Promise<Record<string, string | null>[]> {
  return (await pool.query<Record<string, string | null>>(text, [...values])).rows;
}

describe('Seeding an organisation', () => {
  before(async () => {
    assert.equal(await inTransaction(pool, findOrganization), undefined);
    await inTransaction(pool, (client) => seedOrganization(client, model, identity));
  });

  test('makes the organisation that can then be found', async () => {
    assert.deepEqual({ ...(await inTransaction(pool, findOrganization)) }, identity);
    const [organization] = await rows(
      `SELECT languagecode, fiscalcalendarstart, fiscalperiodtype, weekstartdaycode, isocurrencycode
       FROM data.organization JOIN data.transactioncurrency ON transactioncurrencyid = basecurrencyid`,
    );
    assert.deepEqual(
      { ...organization },
      {
        languagecode: '1033',
        fiscalcalendarstart: '2000-01-01',
        fiscalperiodtype: '2002',
        weekstartdaycode: '0',
        isocurrencycode: 'USD',
      },
    );
  });

  test('makes a root unit and its default team of the same name', async () => {
    const units = await rows(
      `SELECT u.name, u.parentbusinessunitid, t.name AS team, t.isdefault FROM data.businessunit u JOIN data.team t USING (businessunitid)`,
    );
    assert.deepEqual(
      units.map((row) => ({ ...row })),
      [{ name: identity.name, parentbusinessunitid: null, team: identity.name, isdefault: 't' }],
    );
  });

  test('makes one user, that nobody can sign in as', async () => {
    const users = await rows('SELECT fullname, isdisabled, accessmode FROM data.systemuser');
    assert.deepEqual(
      users.map((row) => ({ ...row })),
      [{ fullname: 'SYSTEM', isdisabled: 't', accessmode: '3' }],
    );
  });

  test('makes the base presences with their documented ids, and the one that only the system sets', async () => {
    const presences = await rows(
      'SELECT msdyn_presenceid FROM data.msdyn_presence ORDER BY msdyn_basepresencestatus, msdyn_canuserset DESC',
    );
    assert.deepEqual(
      presences.map((row) => row['msdyn_presenceid']),
      [
        'f523f628-c07a-e811-8162-000d3aa11f50',
        'efdeb843-c07a-e811-8162-000d3aa11f50',
        '08971864-c07a-e811-8162-000d3aa11f50',
        '3dacae76-c07a-e811-8162-000d3aa11f50',
        'c6a29c5a-5a1f-4f3e-9d2b-7b1f0e6c4d38',
        '70139190-c07a-e811-8162-000d3aa11f50',
      ],
    );
  });

  test('gives each queue one id under both of its tables', async () => {
    const [unmatched] = await rows(
      `SELECT count(*) AS count FROM data.queue FULL JOIN data.msdyn_omnichannelqueue ON queueid = msdyn_omnichannelqueueid
       WHERE queueid IS NULL OR msdyn_omnichannelqueueid IS NULL`,
    );
    assert.equal(unmatched?.['count'], '0');
  });

  test('a second time changes no row and no row version', async () => {
    const versions = 'SELECT last_value FROM parley.row_version';
    const [earlier] = await rows(versions);
    const digests = await digestRows(pool, model);
    await inTransaction(pool, (client) => seedOrganization(client, model, identity));
    assert.deepEqual(await digestRows(pool, model), digests);
    assert.deepEqual(await rows(versions), [earlier]);
  });

  test('with a newer version adds what is missing and keeps what people changed', async () => {
    await rows('UPDATE data.roleprivileges SET privilegedepthmask = 2 WHERE roleid = $1', [roleIds.omnichannelAgent]);
    await rows(`DELETE FROM data.msdyn_oclanguage WHERE msdyn_localeid = 1041`);
    await rows(`UPDATE parley.seed SET version = 'older'`);
    await inTransaction(pool, (client) => seedOrganization(client, model, identity));
    const depths = await rows('SELECT DISTINCT privilegedepthmask FROM data.roleprivileges WHERE roleid = $1', [
      roleIds.omnichannelAgent,
    ]);
    assert.deepEqual(
      depths.map((row) => row['privilegedepthmask']),
      ['2'],
    );
    assert.equal((await rows('SELECT 1 FROM data.msdyn_oclanguage WHERE msdyn_localeid = 1041')).length, 1);
  });

  test('is refused in the database of another organisation', async () => {
    const other = { ...identity, organizationId: '3f7f8b4e-64f1-4f8e-9f0c-9a27d8f4b133' };
    await assert.rejects(
      inTransaction(pool, (client) => seedOrganization(client, model, other)),
      /holds organization 7b0a4d36/,
    );
  });

  test('run by two servers at once, seeds once', async () => {
    await rows(`UPDATE parley.seed SET version = 'older'`);
    const digests = await digestRows(pool, model);
    const seed = () => inTransaction(pool, (client) => seedOrganization(client, model, identity));
    await Promise.all([seed(), seed()]);
    assert.deepEqual(await digestRows(pool, model), digests);
  });
});

describe('An application user', () => {
  const clientId = 'nightly-import';

  test('is made once for a client id, with the System Administrator role, in the root unit and in UTC', async () => {
    const ensure = () =>
      inTransaction(pool, (client) => ensureApplicationUser(client, { clientId, name: 'Nightly import' }));
    const userId = await ensure();
    assert.equal(await ensure(), userId);
    const principal = await loadPrincipal(pool, userId);
    assert.ok(principal);
    assert.equal(principal.businessUnitId, rootBusinessUnitId);
    assert.equal(principal.timeZone, 'UTC');
    assert.equal(principal.roleCount, 1);
    assert.deepEqual(principal.reaches.get('prvDeletemsdyn_liveconversation'), { kind: 'global' });
    const users = await rows('SELECT applicationid FROM data.systemuser WHERE systemuserid = $1', [userId]);
    assert.deepEqual(
      users.map((row) => row['applicationid']),
      [applicationIdOf(clientId)],
    );
  });

  test('is found again under a client id that is a GUID, in whatever case, and enabled again', async () => {
    const guid = 'A3C1D9F2-7B64-4E0A-9C35-1D2E3F4A5B6C';
    const ensure = (id: string) =>
      inTransaction(pool, (client) => ensureApplicationUser(client, { clientId: id, name: 'Import' }));
    const userId = await ensure(guid);
    await rows('UPDATE data.systemuser SET isdisabled = true WHERE systemuserid = $1', [userId]);
    assert.equal(await ensure(guid.toLowerCase()), userId);
    const [user] = await rows('SELECT applicationid, isdisabled FROM data.systemuser WHERE systemuserid = $1', [
      userId,
    ]);
    assert.deepEqual({ ...user }, { applicationid: guid.toLowerCase(), isdisabled: 'f' });
  });
});
