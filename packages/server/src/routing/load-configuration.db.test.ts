/** The routing configuration as it comes out of real rows: the demo organisation's, and rows that are right or wrong on purpose. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { RoutingConfiguration } from '@parley/engine';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/test-database.ts';
import { createDatabase } from '../db/database.ts';
import { inTransaction } from '../db/pool.ts';
import { demoOrganization, demoPerson, demoQueues, demoWorkStreams } from '../demo/demo-ids.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import { loadTableModel } from '../model/load-table-model.ts';
import { stableGuid } from '../model/stable-guid.ts';
import { presenceIds, queueIds } from '../organization/organization-ids.ts';
import { seedOrganization } from '../organization/seed-organization.ts';
import { loadRoutingConfiguration } from './load-configuration.ts';

const ruleSetId = '10000000-0000-4000-8000-000000000001';
const configurationId = '10000000-0000-4000-8000-000000000002';
const profileId = '10000000-0000-4000-8000-000000000003';
const hoursId = '10000000-0000-4000-8000-000000000004';
const calendarId = '10000000-0000-4000-8000-000000000005';
const holidaysId = '10000000-0000-4000-8000-000000000006';
const germanId = stableGuid('demo:skill:German');
const ordersId = stableGuid('demo:skill:Orders');

describe('The routing configuration', () => {
  let testDatabase: TestDatabase;

  before(async () => {
    testDatabase = await createTestDatabase();
    const model = await loadTableModel(new URL('../../../../db/', import.meta.url));
    await inTransaction(testDatabase.pool, async (client) => {
      await seedOrganization(client, model, demoOrganization);
      await seedDemo(client, model);
    });
  });
  after(() => testDatabase.drop());

  beforeEach(async () => {
    await run(`DELETE FROM data.msdyn_assignmentconfigurationstep`);
    await run(`UPDATE data.queue SET msdyn_prequeueoverflowrulesetid = NULL, msdyn_inqueueoverflowrulesetid = NULL,
      msdyn_operatinghourid = NULL, msdyn_assignmentstrategy = 192350000`);
    await run('DELETE FROM data.msdyn_assignmentconfiguration');
    await run(`DELETE FROM data.msdyn_decisionruleset WHERE msdyn_decisionrulesetid = '${ruleSetId}'`);
  });

  async function run(statement: string, values: readonly unknown[] = []): Promise<void> {
    await testDatabase.pool.query(statement, [...values]);
  }

  async function load(): Promise<{ configuration: RoutingConfiguration; problems: readonly string[] }> {
    return loadRoutingConfiguration(createDatabase(testDatabase.pool));
  }

  async function loadClean(): Promise<RoutingConfiguration> {
    const { configuration, problems } = await load();
    assert.deepEqual(problems, []);
    return configuration;
  }

  async function addRuleSet(definition: unknown): Promise<void> {
    await run(
      `INSERT INTO data.msdyn_decisionruleset (msdyn_decisionrulesetid, msdyn_name, msdyn_rulesetdefinition) VALUES ($1, 'Trial', $2)`,
      [ruleSetId, typeof definition === 'string' ? definition : JSON.stringify(definition)],
    );
  }

  /** Makes the demo's default queue assign by the rule set. */
  async function assignBy(definition: unknown): Promise<void> {
    await addRuleSet(definition);
    await run(`UPDATE data.queue SET msdyn_assignmentstrategy = 192350002 WHERE queueid = $1`, [
      queueIds.defaultMessaging,
    ]);
    await run(
      `INSERT INTO data.msdyn_assignmentconfiguration (msdyn_assignmentconfigurationid, msdyn_name, msdyn_queueid, msdyn_isactiveconfiguration)
       VALUES ($1, 'Trial', $2, true)`,
      [configurationId, queueIds.defaultMessaging],
    );
    await run(
      `INSERT INTO data.msdyn_assignmentconfigurationstep (msdyn_name, msdyn_assignmentconfigurationid, msdyn_rulesetid, msdyn_steporder, msdyn_type)
       VALUES ('Assign', $1, $2, 1, 192350002)`,
      [configurationId, ruleSetId],
    );
  }

  test('says how long conversations of each channel live', async () => {
    const { workStreams } = await loadClean();
    const live = workStreams.get(demoWorkStreams.liveChat.id);
    assert.equal(live?.kind, 'live');
    assert.deepEqual(live?.policy.autoClose, { open: 1200, wrapUp: 900 });
    assert.deepEqual(live?.policy.wrapUpCapacity, { kind: 'block' });
    assert.equal(live?.policy.customerReturnSeconds, 180);
    const persistent = workStreams.get(demoWorkStreams.persistentChat.id);
    assert.equal(persistent?.kind, 'persistent');
    assert.deepEqual(persistent?.policy.autoClose, { open: 2_592_000, waiting: 2_419_200, wrapUp: 86_400 });
    assert.equal(persistent?.policy.keepsAgent, true);
    const voice = workStreams.get(demoWorkStreams.voice.id);
    assert.deepEqual([voice?.kind, voice?.policy.autoClose.active], ['voice', 7200]);
    const records = workStreams.get(demoWorkStreams.records.id);
    assert.deepEqual([records?.kind, records?.policy.autoClose, records?.policy.mayReject], ['record', {}, false]);
    assert.equal(records?.fallbackQueueId, queueIds.defaultEntity);
  });

  test('holds the rules of the demo with ids in place of names', async () => {
    const { workStreams } = await loadClean();
    const live = workStreams.get(demoWorkStreams.liveChat.id);
    assert.deepEqual(live?.classification[0]?.rules[0]?.set, { skills: [{ skillId: germanId }] });
    assert.deepEqual(live?.routes[0]?.queues, [{ queueId: demoQueues.workshop.id, percent: 100 }]);
    assert.equal(live?.contextVariables['Topic'], 'text');
  });

  test('knows agents with normalised skills, queues in the order of being added, and supervisors', async () => {
    const { agents, queues } = await loadClean();
    const agent2 = agents.get(demoPerson.agent2.systemUserId);
    // Three steps from 1 to 3: the second is in the middle.
    assert.deepEqual(agent2?.skills, { [stableGuid('demo:skill:Returns')]: 0.5, [germanId]: 1 });
    assert.equal(agent2?.unitCapacity, 100);
    assert.equal(agents.get(demoPerson.supervisor.systemUserId)?.isSupervisor, true);
    assert.equal(agent2?.isSupervisor, false);
    assert.equal(agents.has(demoPerson.admin.systemUserId), false);
    const newcomer = demoPerson.admin.systemUserId;
    await run('INSERT INTO data.queuemembership (queueid, systemuserid) VALUES ($1, $2)', [
      queueIds.defaultMessaging,
      newcomer,
    ]);
    const after = await loadClean();
    assert.equal(after.queues.get(queueIds.defaultMessaging)?.agentIds.at(-1), newcomer);
    assert.ok((after.agents.get(newcomer)?.queues[queueIds.defaultMessaging] ?? 0) > 1_700_000_000_000);
    assert.equal(queues.get(queueIds.defaultMessaging)?.agentIds.length, 3);
    await run('DELETE FROM data.queuemembership WHERE systemuserid = $1', [newcomer]);
  });

  test("takes a person's own limit of a capacity profile before that of the profile", async () => {
    await run(
      `INSERT INTO data.msdyn_capacityprofile (msdyn_capacityprofileid, msdyn_name, msdyn_defaultmaxunits, msdyn_resetduration, msdyn_blockassignment)
       VALUES ($1, 'Calls', 5, 192350001, true)`,
      [profileId],
    );
    for (const [email, units] of [
      [demoPerson.agent1.email, 2],
      [demoPerson.agent2.email, null],
    ] as const) {
      await run(
        `INSERT INTO data.msdyn_bookableresourcecapacityprofile (msdyn_name, msdyn_bookableresourceid, msdyn_capacityprofileid, msdyn_maxunits)
         VALUES ('Calls', $1, $2, $3)`,
        [stableGuid(`demo:resource:${email}`), profileId, units],
      );
    }
    const { agents, profileNames } = await loadClean();
    const own = { limit: 2, reset: 'daily', isBlocking: true };
    assert.deepEqual(agents.get(demoPerson.agent1.systemUserId)?.capacityProfiles, { [profileId]: own });
    assert.equal(agents.get(demoPerson.agent2.systemUserId)?.capacityProfiles[profileId]?.limit, 5);
    assert.equal(profileNames.get(profileId), 'Calls');
    await run('DELETE FROM data.msdyn_bookableresourcecapacityprofile');
  });

  test('reads settings of a work stream that differ from the defaults', async () => {
    const { sms } = demoWorkStreams;
    await run(
      `UPDATE data.msdyn_liveworkstream SET msdyn_blockcapacityforwrapup = 5, msdyn_notification = 100000000, msdyn_followupafterwaiting = 60,
         msdyn_handlingtimethreshold = 10, msdyn_matchinglogic = 192350000, msdyn_direction = 1, msdyn_defaultqueue = NULL,
         msdyn_blockcapacityforconsult = '{192350001}', parley_timezonecode = 110,
         parley_relaxation = '{"kind":"relaxation","steps":[{"afterSeconds":30,"dropSkills":["Orders"]}]}'
       WHERE msdyn_liveworkstreamid = $1`,
      [sms.id],
    );
    const stream = (await loadClean()).workStreams.get(sms.id);
    assert.deepEqual(stream?.policy.wrapUpCapacity, { kind: 'timed', seconds: 300 });
    assert.deepEqual([stream?.policy.isAutoAccepted, stream?.policy.mayReject], [true, false]);
    assert.deepEqual([stream?.policy.followUpSeconds, stream?.policy.handlingThresholdSeconds], [3600, 600]);
    assert.deepEqual([stream?.matching, stream?.isOutbound, stream?.policy.isConsultCharged], ['exact', true, true]);
    assert.equal(stream?.fallbackQueueId, queueIds.defaultMessaging);
    assert.deepEqual(stream?.relaxation, [{ afterSeconds: 30, dropSkills: [ordersId] }]);
    assert.deepEqual(stream?.policy.relaxAfterSeconds, [30]);
    assert.equal(stream?.timeZone, 'Europe/Berlin');
  });

  test('reads custom assignment from the active configuration of a queue', async () => {
    await assignBy({ kind: 'assignment', rules: [{ name: 'Anybody', orderBy: ['roundRobin'] }] });
    const method = (await loadClean()).queues.get(queueIds.defaultMessaging)?.method;
    const rule = { name: 'Anybody', when: { kind: 'always' }, orderBy: [{ by: 'roundRobin' }] };
    assert.deepEqual(method, {
      kind: 'custom',
      prioritization: [],
      ruleSets: [{ id: ruleSetId, name: 'Trial', when: { kind: 'always' }, rules: [rule] }],
    });
  });

  test('leaves a bad rule set out and says what is wrong with it', async () => {
    const wrong = { name: 'Nobody', when: { path: 'agent.skill.Juggling', operator: 'ge', value: 1 } };
    await assignBy({ kind: 'assignment', rules: [wrong] });
    const { configuration, problems } = await load();
    assert.deepEqual(configuration.queues.get(queueIds.defaultMessaging)?.method, {
      kind: 'custom',
      prioritization: [],
      ruleSets: [],
    });
    assert.deepEqual(problems, [
      `Rule set 'Trial' (${ruleSetId}) of queue 'Default messaging queue' is not used: rules[0].when.path: There is no skill 'Juggling'`,
      "Queue 'Default messaging queue': custom assignment without a usable rule set, nothing is assigned automatically",
    ]);
  });

  test('survives a rule set that is no JSON at all', async () => {
    await addRuleSet('{{');
    await run('UPDATE data.queue SET msdyn_prequeueoverflowrulesetid = $1 WHERE queueid = $2', [
      ruleSetId,
      demoQueues.workshop.id,
    ]);
    const { configuration, problems } = await load();
    assert.deepEqual(configuration.queues.get(demoQueues.workshop.id)?.preQueueOverflow, []);
    assert.match(
      problems[0] ?? '',
      /^Rule set 'Trial' .* of queue 'Workshop and warranty' is not used: The rule set is not JSON/,
    );
  });

  test('reads overflow with an action that stands in a row of its own', async () => {
    await run(
      `INSERT INTO data.msdyn_overflowactionconfig (msdyn_name, msdyn_overflowactiontype, msdyn_overflowactiondata)
       VALUES ('To the front desk', 192350005, '{"queue":"Default messaging queue"}')`,
    );
    await addRuleSet({
      kind: 'overflow',
      rules: [
        { name: 'Long', when: { waitingLongerSeconds: 600 }, action: { config: 'To the front desk' } },
        { name: 'Closed', when: 'outsideHours', action: 'end' },
      ],
    });
    await run('UPDATE data.queue SET msdyn_inqueueoverflowrulesetid = $1 WHERE queueid = $2', [
      ruleSetId,
      demoQueues.workshop.id,
    ]);
    const { configuration, problems } = await load();
    assert.deepEqual(configuration.queues.get(demoQueues.workshop.id)?.inQueueOverflow, [
      {
        name: 'Long',
        when: { kind: 'waitingLonger', seconds: 600 },
        action: { kind: 'transfer', queueId: queueIds.defaultMessaging },
      },
    ]);
    assert.deepEqual(problems, [
      "Queue 'Workshop and warranty': overflow rule 'Closed' asks for outsideHours, which is not known in the queue",
    ]);
  });

  test('reads operating hours with their holidays', async () => {
    await run(
      `INSERT INTO data.calendar (calendarid, name, type, primaryuserid, holidayschedulecalendarid) VALUES
        ('${holidaysId}', 'Holidays', 2, uuidv7(), NULL), ('${calendarId}', 'Office', 1, uuidv7(), '${holidaysId}')`,
    );
    await run(
      `INSERT INTO data.calendarrule (calendarid, name, starttime, duration, effectiveintervalstart, effectiveintervalend) VALUES
        ('${holidaysId}', 'Christmas', '2029-12-25 00:00', 2880, '2029-12-25', '2029-12-27'),
        ('${holidaysId}', 'Labour Day', NULL, NULL, '2029-05-01', NULL)`,
    );
    await run(
      `INSERT INTO data.msdyn_operatinghour (msdyn_operatinghourid, msdyn_name, msdyn_calendarid, msdyn_oc_daysofweek, msdyn_starttimestring,
         msdyn_endtimestring, msdyn_timezone) VALUES ('${hoursId}', 'Office', '${calendarId}', '{192350001,192350005}', '8:30 AM', '17:00', 110)`,
    );
    await run(`UPDATE data.queue SET msdyn_operatinghourid = '${hoursId}' WHERE queueid = $1`, [
      demoQueues.workshop.id,
    ]);
    const { operatingHours, queues } = await loadClean();
    const day = [{ from: 510, to: 1020 }];
    const hours = operatingHours.get(hoursId);
    assert.deepEqual(hours?.weekly, [[], day, [], [], [], day, []]);
    assert.equal(hours?.timeZone, 'Europe/Berlin');
    assert.deepEqual(
      [...(hours?.holidays ?? [])].sort((left, right) => left.from.localeCompare(right.from)),
      [
        { name: 'Labour Day', from: '2029-05-01', to: '2029-05-01' },
        { name: 'Christmas', from: '2029-12-25', to: '2029-12-26' },
      ],
    );
    assert.equal(queues.get(demoQueues.workshop.id)?.operatingHourId, hoursId);
  });

  test('takes declines and presences from the settings of the contact centre', async () => {
    await run(
      'UPDATE data.msdyn_omnichannelconfiguration SET msdyn_number_of_declines_allowed = 5, msdyn_enable_missed_notifications = true',
    );
    const { presences, workStreams } = await loadClean();
    assert.equal(workStreams.get(demoWorkStreams.liveChat.id)?.policy.declineLimit, 5);
    assert.deepEqual([presences.isMissedOfferInactive, presences.isRejectedOfferDoNotDisturb], [true, false]);
    assert.equal(presences.system.inactive, presenceIds.inactive);
    assert.deepEqual(
      [
        presences.definitions.get(presenceIds.inactive)?.base,
        presences.definitions.get(presenceIds.inactive)?.canUserSet,
      ],
      ['away', false],
    );
  });

  test('leaves out what is inactive', async () => {
    const { custom } = demoWorkStreams;
    await run('UPDATE data.msdyn_liveworkstream SET statecode = 1, statuscode = 2 WHERE msdyn_liveworkstreamid = $1', [
      custom.id,
    ]);
    assert.equal((await loadClean()).workStreams.has(custom.id), false);
  });

  test('has the same version for the same rows and another one for others', async () => {
    const first = await loadClean();
    const second = await loadClean();
    assert.equal(second.version, first.version);
    await run(`UPDATE data.queue SET name = 'Workshop' WHERE queueid = $1`, [demoQueues.workshop.id]);
    assert.notEqual((await load()).configuration.version, first.version);
  });
});
