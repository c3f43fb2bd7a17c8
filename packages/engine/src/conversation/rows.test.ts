import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { agentRows } from '../agent/agent-rows.ts';
import { closureReasonCodes } from '../codes.ts';
import type { Accepted } from '../decision.ts';
import type { Conversation } from './conversation.ts';
import {
  agentOf,
  ann,
  arrange,
  bob,
  byAgent,
  bySue,
  conversationOf,
  createWorld,
  give,
  passSeconds,
  queued,
  queueId,
  start,
  startOf,
  system,
  type World,
} from './conversation-harness.ts';
import type { Cells, RowChange, RowContext } from './row-change.ts';
import { conversationRows } from './rows.ts';

const context: Omit<RowContext, 'now'> = {
  ownerTeamId: 'team',
  businessUnitId: 'team unit',
  systemUserId: 'system',
  businessUnitOf: () => 'agent unit',
  nameOf: (id) => `Agent ${id.slice(-1)}`,
};

function rowsOf(world: World, before: Conversation | null, accepted: Accepted): RowChange[] {
  return conversationRows(before, accepted, { ...context, now: world.now });
}

function rowOf(rows: readonly RowChange[], table: string): RowChange {
  const row = rows.find((one) => one.table === table);
  if (row === undefined) throw new Error(`No row of ${table}`);
  return row;
}

describe('rows of a conversation', () => {
  test('begin with both tables, the session and its events', () => {
    const world = createWorld();
    const accepted = start(world, startOf('live', { title: 'x'.repeat(150) }));
    const rows = rowsOf(world, null, accepted);
    assert.deepEqual(
      rows.map(({ table, operation }) => `${operation} ${table}`),
      [
        'insert msdyn_liveconversation',
        'insert msdyn_ocliveworkitem',
        'insert msdyn_ocsession',
        'insert msdyn_sessionevent',
        'insert msdyn_sessionevent',
      ],
    );
    const live = rowOf(rows, 'msdyn_liveconversation').values;
    assert.deepEqual(
      [live['statecode'], live['statuscode'], live['ownerid'], live['ownerid_table'], live['msdyn_channel']],
      [0, 1, 'team', 'team', [192360000]],
    );
    assert.equal(String(live['msdyn_title']).length, 100);
    const workItem = rowOf(rows, 'msdyn_ocliveworkitem').values;
    assert.deepEqual(
      [workItem['statecode'], workItem['msdyn_statuschangereason'], workItem['msdyn_title']],
      [0, 192350001, 'x'.repeat(150)],
    );
    assert.equal(rowOf(rows, 'msdyn_ocsession').values['msdyn_queueassignedon'], '2026-03-01T00:00:00.000Z');
  });

  test('of an offer belong to the agent', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'open');
    const before = conversationOf(world, id);
    world.now += 1500;
    const accepted = give(world, id, { kind: 'offer', agentId: ann, reason: 'routing', by: system });
    const rows = rowsOf(world, before, accepted);
    const live = rowOf(rows, 'msdyn_liveconversation').values;
    assert.deepEqual(live, {
      ownerid: ann,
      ownerid_table: 'systemuser',
      owningbusinessunit: 'agent unit',
      modifiedon: '2026-03-01T00:00:01.000Z',
      modifiedby: ann,
      statuscode: 2,
      msdyn_activeagentid: ann,
      msdyn_activeagentassignedon: '2026-03-01T00:00:01.000Z',
      msdyn_statusupdatedon: '2026-03-01T00:00:01.000Z',
      msdyn_modifiedon: '2026-03-01T00:00:01.000Z',
      statecode: 1,
      msdyn_oclastsessionid: before.session?.id ?? '',
    });
    const workItem = rowOf(rows, 'msdyn_ocliveworkitem').values;
    assert.equal(workItem['msdyn_statereason'], 'Agent assigned, awaiting acceptance');
    assert.equal(workItem['msdyn_activesessionparticipantid'], accepted.conversation.participants[0]?.id);
    const participant = rowOf(rows, 'msdyn_sessionparticipant');
    assert.deepEqual(
      [participant.operation, participant.values['msdyn_mode'], participant.values['msdyn_assignreason']],
      ['insert', 192350002, 'RoutingAssign'],
    );
    assert.equal(rows.at(-1)?.table, 'msdyn_ocliveworkitem');
  });

  test('of a rejection close one session and open the next', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'offered');
    const before = conversationOf(world, id);
    const rows = rowsOf(world, before, give(world, id, { kind: 'reject', by: byAgent(ann) }));
    const sessions = rows.filter(({ table }) => table === 'msdyn_ocsession');
    assert.deepEqual(
      sessions.map(({ operation, values }) => [operation, values['statecode'], values['msdyn_closurereason']]),
      [
        ['update', 1, closureReasonCodes.agentReject],
        ['insert', 0, 192350000],
      ],
    );
    const { values } = rowOf(rows, 'msdyn_sessionparticipant');
    assert.deepEqual([values['msdyn_leftonreason'], values['msdyn_activetime']], ['AgentReject', null]);
    assert.equal(rowOf(rows, 'msdyn_liveconversation').values['ownerid'], 'team');
    const types = rows
      .filter(({ table }) => table === 'msdyn_sessionevent')
      .map(({ values: event }) => event['msdyn_eventtype']);
    assert.deepEqual(types, [192350004, 192350005, 192350006, 192350001]);
  });

  test('of a closed one show how long everything took', () => {
    const world = createWorld();
    const id = arrange(world, 'voice', 'open');
    world.now += 5000;
    give(world, id, { kind: 'offer', agentId: ann, reason: 'routing', by: system });
    give(world, id, { kind: 'accept', by: byAgent(ann) });
    world.now += 60_000;
    give(world, id, { kind: 'end', by: byAgent(ann) });
    world.now += 20_000;
    const before = conversationOf(world, id);
    const x = { kind: 'closeSession', by: byAgent(ann), routing: queued(), hasDisposition: true } as const;
    const rows = rowsOf(world, before, give(world, id, x));
    const { values } = rowOf(rows, 'msdyn_ocliveworkitem');
    assert.deepEqual(
      [
        values['msdyn_conversationhandletimeinseconds'],
        values['msdyn_conversationtalktimeinseconds'],
        values['msdyn_conversationwrapuptimeinseconds'],
        values['statecode'],
        values['msdyn_activesessionparticipantid'],
      ],
      [80, 60, 20, 1, null],
    );
    // The agent keeps it: nothing about the owner is written.
    assert.ok(!('ownerid' in values));
    assert.equal(rowOf(rows, 'msdyn_sessionparticipant').values['msdyn_activetime'], 80);
  });

  test('are none when nothing changed, or only a timer', () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'open');
    const before = conversationOf(world, id);
    assert.deepEqual(rowsOf(world, before, passSeconds(world, id, 1)), []);
    assert.deepEqual(rowsOf(world, before, passSeconds(world, id, 300)), []);
  });

  test('name columns that the tables have', async () => {
    const columns = await tableColumns();
    const world = createWorld();
    const written: RowChange[] = [];
    const accepted = start(world, startOf('persistent'));
    written.push(...rowsOf(world, null, accepted));
    const { id } = accepted.conversation;
    const commands = [
      { kind: 'offer', agentId: ann, reason: 'routing', by: system },
      { kind: 'accept', by: byAgent(ann) },
      { kind: 'inviteConsult', by: byAgent(ann), agentId: bob, access: 'private' },
      { kind: 'acceptConsult', by: byAgent(bob) },
      { kind: 'publishConsult', by: byAgent(ann), agentId: bob },
      { kind: 'takeOver', by: bySue },
      { kind: 'forceClose', by: bySue },
    ] as const;
    for (const command of commands) {
      const before = conversationOf(world, id);
      written.push(...rowsOf(world, before, give(world, id, command)));
    }
    for (const { table, values } of written) checkColumns(columns, table, values);
  });
});

describe('rows of an agent', () => {
  test('show presence and what is free, and begin a new stretch of history', async () => {
    const world = createWorld();
    const id = arrange(world, 'live', 'open');
    const { agents } = give(world, id, { kind: 'offer', agentId: ann, reason: 'routing', by: system });
    const [change] = agents;
    assert.ok(change !== undefined);
    const { profile } = agentOf(world, ann);
    const rows = agentRows(change, { now: world.now, profile, businessUnitId: 'unit', systemUserId: 'system' });
    assert.deepEqual(
      [
        rows.status['msdyn_availableunitscapacity'],
        rows.status['msdyn_assignedconversationcount'],
        rows.status['msdyn_isagentloggedin'],
        rows.status['msdyn_currentpresenceid'],
      ],
      [70, 1, true, change.after.presenceId],
    );
    assert.equal(rows.history?.insert.values['msdyn_presenceid'], change.after.presenceId);
    const columns = await tableColumns();
    checkColumns(columns, 'msdyn_agentstatus', rows.status);
    checkColumns(columns, 'msdyn_agentstatushistory', rows.history?.insert.values ?? {});
  });

  test('say what happened', () => {
    const world = createWorld({ policy: { wrapUpCapacity: { kind: 'free' } } });
    const id = arrange(world, 'live', 'active');
    const { profile } = agentOf(world, ann);
    const names = [
      give(world, id, { kind: 'end', by: byAgent(ann) }),
      give(world, arrange(world, 'live', 'offered', { id: queueId }), { kind: 'reject', by: byAgent(ann) }),
    ].map(({ agents: [change] }) => {
      assert.ok(change !== undefined);
      const rows = agentRows(change, { now: world.now, profile, businessUnitId: 'unit', systemUserId: 'system' });
      return rows.status['msdyn_eventname'];
    });
    assert.deepEqual(names, [192350013, 192350008]);
  });
});

/** `table.column` of everything that the migrations create. */
async function tableColumns(): Promise<ReadonlySet<string>> {
  const sql = await readFile(new URL('../../../../db/migrations/0002-tables.sql', import.meta.url), 'utf8');
  const columns = new Set<string>();
  for (const [, table, body] of sql.matchAll(/^CREATE TABLE data\."(\w+)" \(\n([\s\S]*?)\n\);/gm)) {
    for (const [, column] of (body ?? '').matchAll(/^ {2}"(\w+)"/gm)) columns.add(`${table}.${column}`);
  }
  return columns;
}

function checkColumns(columns: ReadonlySet<string>, table: string, values: Cells): void {
  for (const name of Object.keys(values)) assert.ok(columns.has(`${table}.${name}`), `${table}.${name}`);
}
