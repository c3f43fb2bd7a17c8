import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type pg from 'pg';
import { inTransaction } from '../db/pool.ts';
import {
  type Column,
  isLookup,
  isManyTableLookup,
  lookupTableColumn,
  type Table,
  type TableModel,
} from '../model/table-model.ts';
import { defaultTeamId, rootBusinessUnitId } from '../organization/organization-ids.ts';
import { createSeedDatabase, digestRows, loadModel } from '../organization/seed-harness.ts';
import { seedOrganization } from '../organization/seed-organization.ts';
import type { Reach } from '../security/caller.ts';
import { loadPrincipal } from '../security/load-principal.ts';
import { demoOrganization, demoOrgDocument, demoPerson, demoQueues } from './demo-ids.ts';
import { seedDemo } from './seed-demo.ts';

const baseDate = new Date('2026-03-09T00:00:00Z');

let model: TableModel;
let pool: pg.Pool;
let drop: () => Promise<void>;

async function seed(database: pg.Pool): Promise<void> {
  await inTransaction(database, async (client) => {
    await seedOrganization(client, model, demoOrganization);
    await seedDemo(client, model, { baseDate });
  });
}

before(async () => {
  model = await loadModel();
  ({ pool, drop } = await createSeedDatabase());
  await seed(pool);
});
after(() => drop());

async function rows(text: string, values: readonly unknown[] = []): Promise<Record<string, string | null>[]> {
  return (await pool.query<Record<string, string | null>>(text, [...values])).rows;
}

/** The numbers or texts of a one-column statement. */
async function list(text: string): Promise<(string | null)[]> {
  return (await rows(text)).flatMap((row) => Object.values(row));
}

const both = `data.msdyn_liveconversation c JOIN data.msdyn_ocliveworkitem w ON w.activityid = c.msdyn_liveconversationid`;

describe('The demo organisation', () => {
  test('is the same in every database, but for row versions and when its rows were written', async () => {
    const second = await createSeedDatabase();
    try {
      await seed(second.pool);
      // Rows without a history of their own are created now; all times that tell a story are compared.
      const ignored = ['createdon', 'modifiedon'];
      assert.deepEqual(await digestRows(second.pool, model, ignored), await digestRows(pool, model, ignored));
    } finally {
      await second.drop();
    }
  });

  test('is seeded once: a second run brings nothing back and changes nothing', async () => {
    await rows(`DELETE FROM data.msdyn_cannedmessage WHERE msdyn_title = 'One moment'`);
    const digests = await digestRows(pool, model);
    await seed(pool);
    assert.deepEqual(await digestRows(pool, model), digests);
  });

  test('keeps every value within the limits of its column', async () => {
    const problems: string[] = [];
    for (const table of model.tables.values()) {
      if (table.isView) continue;
      const found = await rows(`SELECT * FROM data."${table.logicalName}"`);
      for (const row of found) {
        for (const column of table.columns.values()) problems.push(...check(table.logicalName, column, row));
      }
    }
    assert.deepEqual([...new Set(problems)], []);
  });

  test('has no lookup to a row that is not there, whatever table it points to', async () => {
    const dangling: string[] = [];
    for (const table of model.tables.values()) {
      if (table.isView) continue;
      for (const column of table.columns.values()) {
        if (!isLookup(column) || column.storage.kind !== 'column') continue;
        for (const target of column.targets) dangling.push(...(await findDangling(table, column, target)));
      }
    }
    assert.deepEqual(dangling, []);
  });

  test('has the people, accounts, contacts and cases that it promises, and more than 200 conversations', async () => {
    const [counts] =
      await rows(`SELECT (SELECT count(*) FROM data.account) AS accounts, (SELECT count(*) FROM data.contact) AS contacts,
      (SELECT count(*) FROM data.incident) AS cases, (SELECT count(*) FROM data.msdyn_liveconversation) AS live,
      (SELECT count(*) FROM data.msdyn_ocliveworkitem) AS items`);
    assert.deepEqual({ ...counts }, { accounts: '15', contacts: '60', cases: '12', live: '240', items: '240' });
  });

  test('names what org.json promises, with ids that exist', async () => {
    const document = demoOrgDocument();
    assert.deepEqual(Object.keys(document), [
      'tenantId',
      'organizationId',
      'businessUnitId',
      'widgetId',
      'workStreams',
      'queues',
      'users',
    ]);
    assert.equal(document.businessUnitId, rootBusinessUnitId);
    const exists = async (table: string, key: string, ids: readonly string[]) => {
      const found = await rows(`SELECT 1 FROM data.${table} WHERE ${key} = ANY ($1)`, [ids]);
      assert.equal(found.length, ids.length, table);
    };
    await exists('organization', 'organizationid', [document.organizationId]);
    await exists('businessunit', 'businessunitid', [document.businessUnitId]);
    await exists('msdyn_livechatconfig', 'msdyn_livechatconfigid', [document.widgetId]);
    await exists('msdyn_liveworkstream', 'msdyn_liveworkstreamid', Object.values(document.workStreams));
    await exists('queue', 'queueid', Object.values(document.queues));
    await exists(
      'systemuser',
      'systemuserid',
      document.users.map((user) => user.systemUserId),
    );
    assert.equal(
      document.users.find((user) => user.email === 'agent1@parley.demo')?.systemUserId,
      '2b330c52-6844-4d36-8e05-03c78c9681dc',
    );
  });

  test('distributes the work of the contract’s four streams as it says', async () => {
    const streams = await rows(
      `SELECT msdyn_name AS name, msdyn_streamsource AS source, msdyn_workdistributionmode AS mode FROM data.msdyn_liveworkstream
       WHERE msdyn_name IN ('Live chat', 'Persistent chat', 'SMS', 'Custom messaging') ORDER BY msdyn_name`,
    );
    assert.deepEqual(
      streams.map((row) => Object.values(row)),
      [
        ['Custom messaging', '192350002', '192350001'],
        ['Live chat', '192360000', '192350000'],
        ['Persistent chat', '192360000', '192350000'],
        ['SMS', '192340000', '192350000'],
      ],
    );
  });
});

describe('Demo people', () => {
  test('have their role, their default team, UTC and English', async () => {
    const people = await rows(
      `SELECT u.domainname, string_agg(r.name, ',') AS roles, s.timezonecode, s.uilanguageid
       FROM data.systemuser u JOIN data.systemuserroles USING (systemuserid) JOIN data.role r USING (roleid)
         JOIN data.usersettings s USING (systemuserid)
       WHERE EXISTS (SELECT 1 FROM data.teammembership m WHERE m.systemuserid = u.systemuserid AND m.teamid = $1)
       GROUP BY 1, 3, 4 ORDER BY 1`,
      [defaultTeamId],
    );
    assert.deepEqual(
      people.map((row) => Object.values(row).join(' ')),
      [
        'admin@parley.demo System Administrator 92 1033',
        'agent1@parley.demo Omnichannel agent 92 1033',
        'agent2@parley.demo Omnichannel agent 92 1033',
        'agent3@parley.demo Omnichannel agent 92 1033',
        'agent4@parley.demo Omnichannel agent 92 1033',
        'supervisor@parley.demo Omnichannel supervisor 92 1033',
      ],
    );
  });

  test('are members of their queues', async () => {
    const members = (queueId: string) =>
      list(
        `SELECT domainname FROM data.queuemembership m JOIN data.systemuser USING (systemuserid) WHERE m.queueid = '${queueId}' ORDER BY 1`,
      );
    assert.deepEqual(await members(demoQueues.default.id), [
      'agent1@parley.demo',
      'agent2@parley.demo',
      'agent3@parley.demo',
    ]);
    assert.deepEqual(await members(demoQueues.workshop.id), ['agent4@parley.demo']);
  });

  test('reach the conversations of others as far as their role says', async () => {
    const reachOf = async (id: string): Promise<Reach | undefined> =>
      (await loadPrincipal(pool, id))?.reaches.get('prvReadmsdyn_liveconversation');
    const { agent1, supervisor, admin } = demoPerson;
    assert.deepEqual(await reachOf(agent1.systemUserId), {
      kind: 'limited',
      principals: [agent1.systemUserId, defaultTeamId],
      businessUnits: [],
    });
    const deep = await reachOf(supervisor.systemUserId);
    assert.ok(deep?.kind === 'limited' && deep.businessUnits.includes(rootBusinessUnitId));
    assert.deepEqual(await reachOf(admin.systemUserId), { kind: 'global' });
  });

  test('own conversations each, and agent1 may read some of the colleagues’', async () => {
    const owned = await rows(
      `SELECT ownerid, count(*) AS count FROM data.msdyn_liveconversation WHERE ownerid_table = 'systemuser' GROUP BY 1`,
    );
    for (const person of [demoPerson.agent1, demoPerson.agent2, demoPerson.agent3, demoPerson.agent4]) {
      const row = owned.find((one) => one['ownerid'] === person.systemUserId);
      assert.ok(Number(row?.['count']) >= 20, person.email);
    }
    const shared = await rows(
      `SELECT 1 FROM data.principalobjectaccess p JOIN data.msdyn_liveconversation c ON c.msdyn_liveconversationid = p.objectid
       WHERE p.principalid = $1 AND c.ownerid <> $1`,
      [demoPerson.agent1.systemUserId],
    );
    assert.equal(shared.length, 5);
  });

  test('are offline and have room for new work', async () => {
    const free = await list('SELECT msdyn_availableunitscapacity FROM data.msdyn_agentstatus');
    assert.equal(free.length, 5);
    for (const units of free) assert.ok(Number(units) >= 60, `${units} units`);
  });
});

describe('Past conversations', () => {
  test('stand in every state, with every sentiment and on every channel', async () => {
    const table = model.tables.get('msdyn_liveconversation');
    const options = (name: string) =>
      (table?.columns.get(name)?.options ?? []).map((option) => String(option.value)).sort();
    assert.deepEqual(
      (await list('SELECT DISTINCT statuscode FROM data.msdyn_liveconversation')).sort(),
      options('statuscode'),
    );
    assert.deepEqual(
      (await list('SELECT DISTINCT msdyn_customersentimentlabel FROM data.msdyn_liveconversation')).sort(),
      options('msdyn_customersentimentlabel'),
    );
    assert.deepEqual(
      (await list('SELECT DISTINCT unnest(msdyn_channel) FROM data.msdyn_liveconversation')).sort(),
      options('msdyn_channel'),
    );
  });

  test('have one id in both tables, and the state of one follows from the other’s', async () => {
    assert.deepEqual(await list(`SELECT count(*) FROM ${both}`), ['240']);
    const pairs = await rows(
      `SELECT DISTINCT c.statecode AS live, c.statuscode AS status, w.statecode AS item, w.statuscode AS itemstatus FROM ${both} ORDER BY 2`,
    );
    assert.deepEqual(
      pairs.map((row) => Object.values(row).join(' ')),
      ['0 1 0 1', '1 2 0 2', '2 3 0 3', '3 4 1 4', '4 5 0 5'],
    );
    assert.deepEqual(await list(`SELECT count(*) FROM ${both} WHERE w.msdyn_ocliveworkitemid <> w.activityid::text`), [
      '0',
    ]);
  });

  test('say the same in both tables', async () => {
    const shared = [
      'createdon modifiedon ownerid ownerid_table owningbusinessunit msdyn_title msdyn_channel msdyn_customer',
      'msdyn_customer_table msdyn_customersentimentlabel msdyn_liveworkstreamid msdyn_cdsqueueid msdyn_queueid msdyn_activeagentid',
      'msdyn_activeagentassignedon msdyn_initiatedon msdyn_startedon msdyn_statusupdatedon msdyn_closedon msdyn_transfercount',
      'msdyn_escalationcount msdyn_workstreamworkdistributionmode',
    ].flatMap((names) => names.split(' '));
    const differs = shared.map((name) => `c.${name} IS DISTINCT FROM w.${name}`).join(' OR ');
    assert.deepEqual(await list(`SELECT c.msdyn_title FROM ${both} WHERE ${differs}`), []);
    assert.deepEqual(
      await list(
        `SELECT c.msdyn_title FROM ${both} WHERE c.msdyn_oclastsessionid IS DISTINCT FROM w.msdyn_lastsessionid::text`,
      ),
      [],
    );
  });

  test('run forward in time and end before the base date', async () => {
    const wrong = await list(
      `SELECT msdyn_title FROM data.msdyn_ocliveworkitem WHERE NOT (
         createdon <= msdyn_initiatedon AND msdyn_initiatedon <= coalesce(msdyn_startedon, msdyn_initiatedon)
         AND coalesce(msdyn_startedon, createdon) <= msdyn_statusupdatedon
         AND msdyn_statusupdatedon <= coalesce(msdyn_closedon, msdyn_statusupdatedon)
         AND coalesce(msdyn_wrapupinitiatedon, createdon) <= coalesce(msdyn_closedon, msdyn_statusupdatedon)
         AND msdyn_statusupdatedon <= modifiedon AND modifiedon < '${baseDate.toISOString()}')`,
    );
    assert.deepEqual(wrong, []);
  });

  test('are closed if and only if they have a closing time, and open ones show no agent', async () => {
    assert.deepEqual(
      await list(`SELECT 1 FROM ${both} WHERE (c.statuscode = 4) <> (c.msdyn_closedon IS NOT NULL)`),
      [],
    );
    assert.deepEqual(
      await list(`SELECT 1 FROM ${both} WHERE c.statuscode = 1 AND c.msdyn_activeagentid IS NOT NULL`),
      [],
    );
    assert.deepEqual(
      await list(`SELECT 1 FROM ${both} WHERE c.statuscode IN (2, 3, 5) AND c.msdyn_activeagentid IS NULL`),
      [],
    );
  });

  test('belong to their active agent, or to the default team', async () => {
    const wrong = await list(
      `SELECT 1 FROM data.msdyn_liveconversation WHERE (msdyn_activeagentid IS NULL AND ownerid <> '${defaultTeamId}')
         OR (msdyn_activeagentid IS NOT NULL AND ownerid <> msdyn_activeagentid)`,
    );
    assert.deepEqual(wrong, []);
  });

  test('have sessions one after the other, the last one open exactly while somebody or nobody yet handles it', async () => {
    const wrong = await list(
      `SELECT conversation FROM (
         SELECT w.activityid AS conversation, w.statuscode,
           s.msdyn_sessionclosedon AS closed, lead(s.msdyn_sessioncreatedon) OVER following AS next,
           lead(s.activityid) OVER following IS NULL AS is_last
         FROM data.msdyn_ocliveworkitem w LEFT JOIN data.msdyn_ocsession s ON s.msdyn_liveworkitemid = w.activityid
         WINDOW following AS (PARTITION BY w.activityid ORDER BY s.msdyn_sessioncreatedon, s.msdyn_sessionclosedon)
       ) sessions
       WHERE (NOT is_last AND (closed IS NULL OR closed > next)) OR (is_last AND (closed IS NULL) <> (statuscode IN (1, 2, 5)))`,
    );
    assert.deepEqual(wrong, []);
  });

  test('have one primary participant for each session with an agent', async () => {
    const wrong = await list(
      `SELECT s.activityid FROM data.msdyn_ocsession s
       LEFT JOIN data.msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid AND p.msdyn_mode = 192350002
       GROUP BY s.activityid HAVING count(p.*) <> (CASE WHEN s.msdyn_agentassignedon IS NULL THEN 0 ELSE 1 END)`,
    );
    assert.deepEqual(wrong, []);
  });

  test('leave nothing in a queue that pushes, so that no agent is offered an old one', async () => {
    assert.deepEqual(
      await list(
        `SELECT msdyn_title FROM data.msdyn_liveconversation WHERE statuscode = 1 AND msdyn_workstreamworkdistributionmode = 192350000`,
      ),
      [],
    );
  });
});

/** `table.column value` of each lookup to a missing row of the target table. */
async function findDangling(table: Table, column: Column, target: string): Promise<string[]> {
  const key = model.tables.get(target)?.primaryId.logicalName;
  const condition = isManyTableLookup(column) ? `AND r."${lookupTableColumn(column.logicalName)}" = '${target}'` : '';
  const ids = await list(
    `SELECT r."${column.logicalName}" FROM data."${table.logicalName}" r WHERE r."${column.logicalName}" IS NOT NULL ${condition}
       AND NOT EXISTS (SELECT 1 FROM data."${target}" t WHERE t."${key}" = r."${column.logicalName}")`,
  );
  return ids.map((id) => `${table.logicalName}.${column.logicalName} ${id}`);
}

/** The root unit has no parent, and the system user no first name. */
const mayBeEmpty: ReadonlySet<string> = new Set(['businessunit.parentbusinessunitid', 'systemuser.firstname']);

/** What is wrong with the row's value of the column. */
function check(table: string, column: Column, row: Record<string, string | null>): string[] {
  const value = row[column.logicalName];
  const name = `${table}.${column.logicalName}`;
  if (column.storage.kind !== 'column') return [];
  if (value === null || value === undefined) {
    return column.requiredLevel === 'ApplicationRequired' && !mayBeEmpty.has(name) ? [`${name} is empty`] : [];
  }
  if (column.maxLength !== undefined && value.length > column.maxLength) return [`${name} is too long: ${value}`];
  if (
    column.type === 'Integer' &&
    (Number(value) < Number(column.minValue) || Number(value) > Number(column.maxValue))
  ) {
    return [`${name} is out of range: ${value}`];
  }
  if (column.options.length === 0 || column.type === 'Boolean') return [];
  const values = column.type === 'MultiSelectPicklist' ? value.slice(1, -1).split(',') : [value];
  const known = allowedValues(column);
  return values.filter((one) => !known.has(one)).map((one) => `${name} has no option ${one}`);
}

/** The facts print one option of the channel list on most tables; sessions have the whole of it. */
function allowedValues(column: Column): ReadonlySet<string> {
  const isChannel = column.logicalName === 'msdyn_streamsource' || column.logicalName === 'msdyn_channel';
  const sessions = model.tables.get('msdyn_ocsession');
  const options = isChannel ? (sessions?.columns.get('msdyn_channel')?.options ?? []) : column.options;
  return new Set(options.map((option) => String(option.value)));
}
