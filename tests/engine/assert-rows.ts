/** What the rows of a conversation must say after a step: one state, told alike by every column that tells it (behaviour reference, 1.1 to 1.5). */
import assert from 'node:assert/strict';
import type { JsonObject } from '../support/server.ts';
import type { ContactCentre, Person, Rows } from './contact-centre.ts';
import { reasons, statuses } from './contact-centre-codes.ts';

export type Expected = {
  readonly status: keyof typeof statuses;
  readonly reason: keyof typeof reasons;
  /** Null: nobody. */
  readonly agent: Person | null;
  /** Closure reasons of all sessions, in order; null: still open. */
  readonly sessions: readonly (number | null)[];
  /** Columns of the work item. */
  readonly item?: JsonObject;
  readonly transfers?: number;
  readonly escalations?: number;
  readonly overflows?: number;
};

/** Reads the rows and compares all that follows from the state; gives them for what else is to be compared. */
export async function assertRows(centre: ContactCentre, id: string, expected: Expected): Promise<Rows> {
  const rows = await centre.rows(id);
  const { live, item, sessions, participants, state } = rows;
  const { code, live: liveState, item: itemState } = statuses[expected.status];
  const agentId = expected.agent?.id ?? null;
  assert.deepEqual(
    {
      live: [live['statecode'], live['statuscode'], live['msdyn_statecode'], live['msdyn_statuscode']],
      item: [item['statecode'], item['statuscode'], item['msdyn_statuschangereason']],
      state: [state['Status'], state['StatusReason']],
      agents: [live['_msdyn_activeagentid_value'], item['_msdyn_activeagentid_value'], state['AgentId']],
      sessions: sessions.map((session) => (session['statecode'] === 0 ? null : session['msdyn_closurereason'])),
    },
    {
      live: [liveState, code, liveState, code],
      item: [itemState, code, reasons[expected.reason]],
      state: [code, reasons[expected.reason]],
      agents: [agentId, agentId, agentId],
      sessions: [...expected.sessions],
    },
  );
  assertSame(live, item, sharedColumns);
  assert.deepEqual(
    [item['msdyn_transfercount'], item['msdyn_escalationcount'], item['msdyn_overflowtransfercount']],
    [expected.transfers ?? 0, expected.escalations ?? 0, expected.overflows ?? 0],
  );
  assert.equal(live['msdyn_closedon'] === null, expected.status !== 'closed');
  for (const [column, value] of Object.entries(expected.item ?? {})) assert.equal(item[column], value, column);
  assertSessions(sessions, participants);
  return rows;
}

/** Told by both tables under one name. */
const sharedColumns = [
  'msdyn_initiatedon',
  'msdyn_createdon',
  'createdon',
  'msdyn_startedon',
  'msdyn_statusupdatedon',
  'msdyn_modifiedon',
  'modifiedon',
  'msdyn_closedon',
  'msdyn_activeagentassignedon',
  'msdyn_transfercount',
  'msdyn_escalationcount',
  '_msdyn_queueid_value',
  '_msdyn_cdsqueueid_value',
  '_msdyn_liveworkstreamid_value',
  'msdyn_workstreamworkdistributionmode',
  '_msdyn_customer_value',
  '_ownerid_value',
];

function assertSame(live: JsonObject, item: JsonObject, columns: readonly string[]): void {
  const of = (row: JsonObject) => Object.fromEntries(columns.map((column) => [column, row[column]]));
  assert.deepEqual(of(live), of(item));
}

/** Closed sessions are completed, have an end and nobody left in them; exactly one primary at most is present. */
function assertSessions(sessions: readonly JsonObject[], participants: readonly JsonObject[]): void {
  for (const session of sessions) {
    const isClosed = session['statecode'] !== 0;
    assert.equal(session['statuscode'], isClosed ? 2 : 1);
    assert.equal(session['msdyn_sessionclosedon'] !== null, isClosed);
    if (!isClosed) continue;
    const present = participants.filter(
      (one) => one['_msdyn_omnichannelsession_value'] === session['activityid'] && one['msdyn_lefton'] === null,
    );
    assert.deepEqual(present, [], 'nobody is left in a closed session');
  }
  const primaries = participants.filter((one) => one['msdyn_mode'] === 192350002 && one['msdyn_lefton'] === null);
  assert.ok(primaries.length <= 1, 'one primary agent at most');
}

/** Columns of which moment changed and which stayed, between two readings. */
export function assertMoments(
  before: Rows,
  after: Rows,
  { changed = [], kept = [] }: { readonly changed?: readonly string[]; readonly kept?: readonly string[] },
): void {
  for (const column of kept) assert.equal(after.item[column], before.item[column], `${column} stays`);
  for (const column of changed) {
    const [earlier, later] = [before.item[column], after.item[column]];
    assert.ok(typeof later === 'string', `${column} is set`);
    assert.ok(earlier === null || Date.parse(later) > Date.parse(String(earlier)), `${column} moved on: ${later}`);
  }
}

/** Seconds from one moment of a row to another. */
export function secondsBetween(row: JsonObject, from: string, to: string): number {
  return (Date.parse(String(row[to])) - Date.parse(String(row[from]))) / 1000;
}
