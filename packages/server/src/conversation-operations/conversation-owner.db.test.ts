/** Direct writes of the two conversation tables, through the Web API on a real database; and that the Web API obeys the one clock. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { demoPerson, demoWorkStreams } from '../demo/demo-ids.ts';
import type { Caller } from '../security/caller.ts';
import { type Answer, openTestCentre, startOfTest, type TestCentre } from './operations-harness.ts';

let centre: TestCentre;
let admin: Caller;
let agent: Caller;

before(async () => {
  centre = await openTestCentre({ isClockMovable: true });
  admin = await centre.person('admin');
  agent = await centre.person('agent1');
});
after(() => centre.drop());

function patch(person: Caller, target: string, body: object): Promise<Answer> {
  return centre.send(person, 'PATCH', target, body);
}

function succeed(answer: Answer): Record<string, unknown> {
  assert.ok(answer.status < 300, answer.text);
  return answer.json as Record<string, unknown>;
}

function refuse(answer: Answer, status: number, code: string, ...words: string[]): void {
  assert.deepEqual([answer.status, answer.code], [status, code], answer.text);
  for (const word of words) assert.ok(answer.text.includes(word), `'${word}' is not said: ${answer.text}`);
}

async function read(target: string): Promise<Record<string, unknown>> {
  return succeed(await centre.send(admin, 'GET', target));
}

const workStreamProperty = 'msdyn_liveworkstreamid_msdyn_ocliveworkitem';
const liveConversation = (id: string): string => `msdyn_liveconversations(${id})`;
const workItem = (id: string): string => `msdyn_ocliveworkitems(${id})`;

/** Both rows of one id, written by hand. */
async function createTwins(more: object = {}, person: Caller = admin): Promise<string> {
  const id = randomUUID();
  succeed(await patch(person, liveConversation(id), { msdyn_subject: 'By hand', ...more }));
  succeed(await patch(person, workItem(id), { subject: 'By hand', ...more }));
  return id;
}

async function startConversation(stream: keyof typeof demoWorkStreams): Promise<string> {
  const body = { WorkStreamId: demoWorkStreams[stream].id, Text: 'Hello' };
  return String(succeed(await centre.send(admin, 'POST', 'parley_StartConversation', body))['ConversationId']);
}

async function isValid(set: string, state: string, status: number): Promise<unknown> {
  const url = `IsValidStateTransition(Entity=@e,NewState='${state}',NewStatus=${status})?@e={'@odata.id':'${set}'}`;
  return (await read(url))['IsValid'];
}

describe('A row without engine state', () => {
  test('closes and opens again by hand, its twin with it, on record', async () => {
    const id = await createTwins();
    succeed(await patch(admin, liveConversation(id), { statecode: 3 }));
    const closed = await read(workItem(id));
    assert.deepEqual(
      [closed['statecode'], closed['statuscode'], closed['msdyn_statuschangereason']],
      [1, 4, 192350016],
    );
    const at = '2026-03-02T10:00:00Z';
    for (const row of [closed, await read(liveConversation(id))])
      assert.deepEqual([row['msdyn_closedon'], row['msdyn_statusupdatedon']], [at, at]);
    succeed(await patch(admin, workItem(id), { statuscode: 2, statecode: 0 }));
    const opened = await read(liveConversation(id));
    assert.deepEqual([opened['statecode'], opened['statuscode'], opened['msdyn_closedon']], [1, 2, null]);
    const writes = await centre.database.query(
      'SELECT table_name, user_id, before, after FROM parley.direct_write WHERE row_id = $1::uuid ORDER BY id',
      [id],
    );
    assert.deepEqual(writes, [
      ['msdyn_liveconversation', demoPerson.admin.systemUserId, '{"statuscode": 1}', '{"statuscode": 4}'],
      ['msdyn_ocliveworkitem', demoPerson.admin.systemUserId, '{"statuscode": 4}', '{"statuscode": 2}'],
    ]);
  });

  test('follows the table of transitions, as its work stream allows', async () => {
    const id = randomUUID();
    const stream = { [`${workStreamProperty}@odata.bind`]: `/msdyn_liveworkstreams(${demoWorkStreams.liveChat.id})` };
    succeed(await patch(admin, workItem(id), { subject: 'By hand', ...stream }));
    refuse(await patch(admin, workItem(id), { statuscode: 5 }), 400, 'invalidStateTransition', 'from status 1 to 5');
    refuse(await patch(admin, workItem(id), { statuscode: 3 }), 400, 'invalidStateTransition');
    refuse(await patch(admin, workItem(id), { statecode: 2 }), 400, 'invalidStateTransition', 'no conversation has it');
    for (const [state, status, expected] of [
      ['Open', 2, true],
      ['Open', 3, false],
      ['Open', 5, false],
      ['Closed', 4, true],
      ['Closed', 2, false],
      ['Open', 1, true],
      ['Resolved', 6, false],
    ] as const)
      assert.equal(await isValid(workItem(id), state, status), expected, `${state} ${status}`);
    succeed(await patch(admin, workItem(id), { statuscode: 2 }));
    succeed(await patch(admin, workItem(id), { statuscode: 5 }));
    refuse(await patch(admin, workItem(id), { statuscode: 2 }), 400, 'invalidStateTransition');
    assert.equal((await read(workItem(id)))['statuscode'], 5);
  });

  test('that was created closed stays closed', async () => {
    const created = await centre.send(admin, 'POST', 'msdyn_liveconversations', {
      msdyn_subject: 'Old',
      msdyn_statuscode: 4,
    });
    const id = /\(([^)]+)\)$/.exec(created.text)?.[1] ?? '';
    assert.equal(await isValid(liveConversation(id), 'Active', 2), false);
    refuse(await patch(admin, liveConversation(id), { statecode: 1 }), 400, 'invalidStateTransition');
  });

  test('keeps its state from everybody but administrators, who still write the rest', async () => {
    const id = await createTwins({}, agent);
    for (const body of [{ statecode: 3 }, { msdyn_statuscode: 4 }, { msdyn_title: 'x', statecode: 1 }])
      refuse(await patch(agent, liveConversation(id), body), 403, 'stateWriteDenied', 'Global');
    succeed(await patch(agent, liveConversation(id), { msdyn_title: 'Mine' }));
    const row = await read(liveConversation(id));
    assert.deepEqual([row['statecode'], row['msdyn_title']], [0, 'Mine']);
    const other = await centre.person('agent2');
    refuse(await patch(other, liveConversation(id), { statecode: 3 }), 403, 'accessDenied');
  });

  test('is not written when its version is another', async () => {
    const id = await createTwins();
    const url = liveConversation(id);
    const answer = await centre.send(admin, 'PATCH', url, { statecode: 1 }, { 'if-match': 'W/"1"' });
    refuse(answer, 412, 'versionMismatch');
    const etag = String((await read(url))['@odata.etag']);
    succeed(await centre.send(admin, 'PATCH', url, { statecode: 1 }, { 'if-match': etag }));
    refuse(await centre.send(admin, 'DELETE', url, undefined, { 'if-match': etag }), 412, 'versionMismatch');
    succeed(await centre.send(admin, 'DELETE', url));
  });
});

describe('A conversation of the engine', () => {
  test('is closed by hand through the engine, for good, and both rows show it', async () => {
    const id = await startConversation('liveChat');
    refuse(await patch(agent, workItem(id), { statecode: 1 }), 403, 'stateWriteDenied');
    succeed(await patch(admin, liveConversation(id), { statecode: 3 }));
    const [item, live] = [await read(workItem(id)), await read(liveConversation(id))];
    assert.deepEqual([item['statuscode'], item['msdyn_statuschangereason'], live['statuscode']], [4, 192350016, 4]);
    const [write] = await centre.database.query('SELECT after FROM parley.direct_write WHERE row_id = $1::uuid', [id]);
    assert.deepEqual(write, ['{"statuscode": 4}']);
    refuse(await patch(admin, workItem(id), { statecode: 0, statuscode: 1 }), 400, 'invalidStateTransition');
    assert.equal(await isValid(workItem(id), 'Open', 2), false);
  });

  test('refuses the columns that the engine keeps and says what to use instead', async () => {
    const id = await startConversation('liveChat');
    const refused: [object, string, string][] = [
      [
        { 'ownerid@odata.bind': `/systemusers(${demoPerson.agent1.systemUserId})` },
        'ownerid',
        'CCaaS_AssignConversation',
      ],
      [{ msdyn_title: 'x' }, 'msdyn_title', 'stays'],
      [{ msdyn_transfercount: 3 }, 'msdyn_transfercount', 'follows'],
    ];
    for (const [body, ...words] of refused)
      refuse(await patch(admin, liveConversation(id), body), 400, 'columnOfEngine', id, ...words);
    succeed(await patch(admin, workItem(id), { description: 'A remark' }));
    assert.equal((await read(workItem(id)))['description'], 'A remark');
  });

  test('learns of customer and case that are linked by hand', async () => {
    const id = await startConversation('liveChat');
    const [contact] = await centre.database.query('SELECT contactid FROM data.contact ORDER BY 1 LIMIT 1', []);
    const bind = 'msdyn_customer_msdyn_liveconversation_contact@odata.bind';
    succeed(await patch(admin, liveConversation(id), { [bind]: `/contacts(${contact?.[0]})` }));
    const state = await centre.parts.conversations.find(id);
    assert.deepEqual(state?.customer, { id: contact?.[0], table: 'contact' });
    assert.equal((await read(workItem(id)))['_msdyn_customer_value'], contact?.[0]);
  });

  test('ends before its row is deleted', async () => {
    const id = await startConversation('sms');
    succeed(await centre.send(admin, 'DELETE', workItem(id)));
    assert.equal(await centre.parts.conversations.find(id), undefined);
    const events = await centre.database.query(
      `SELECT count(*) FROM parley.event WHERE conversation_id = $1::uuid AND type = 'SetDirectly'`,
      [id],
    );
    assert.deepEqual(events, [['1']]);
  });
});

describe('The one clock', () => {
  test('gives creation and modification their times, in whole seconds', async () => {
    const created = await centre.send(admin, 'POST', 'accounts', { name: 'Clocked' });
    const id = /\(([^)]+)\)$/.exec(created.text)?.[1] ?? '';
    const at = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('.000', '');
    assert.equal((await read(`accounts(${id})`))['createdon'], at(startOfTest));
    centre.moveClock(90_700);
    succeed(await patch(admin, `accounts(${id})`, { description: 'later' }));
    const row = await read(`accounts(${id})`);
    assert.deepEqual([row['createdon'], row['modifiedon']], [at(startOfTest), at(startOfTest + 90_000)]);
    centre.moveClock(-90_700);
  });

  test('is what relative dates count from, also when the plan of the query is an old one', async () => {
    const name = randomUUID();
    succeed(await centre.send(admin, 'POST', 'accounts', { name }));
    const url = `accounts?$filter=name eq '${name}' and Microsoft.Dynamics.CRM.Today(PropertyName='createdon')`;
    const count = async (): Promise<number> => ((await read(url))['value'] as unknown[]).length;
    assert.equal(await count(), 1);
    centre.moveClock(86_400_000);
    assert.equal(await count(), 0);
    centre.moveClock(-86_400_000);
    assert.equal(await count(), 1);
  });

  test('is moved by administrators, where it may be', async () => {
    refuse(await centre.send(agent, 'POST', 'parley_MoveClock', { Milliseconds: 5 }), 404, 'resourceNotFound');
    refuse(await centre.send(admin, 'POST', 'parley_MoveClock', { Milliseconds: -5 }), 400, 'requestFault');
    succeed(await centre.send(admin, 'POST', 'parley_MoveClock', { Milliseconds: 5 }));
  });
});

test('a text that its column does not take is refused, naming the column', async () => {
  refuse(
    await centre.send(admin, 'POST', 'accounts', { name: 'x', description: 'bad' }),
    400,
    'invalidArgument',
    'description',
    'says bad',
  );
  const created = await centre.send(admin, 'POST', 'accounts', { name: 'x', description: 'good' });
  const id = /\(([^)]+)\)$/.exec(created.text)?.[1] ?? '';
  refuse(await patch(admin, `accounts(${id})`, { description: 'bad' }), 400, 'invalidArgument', 'description');
});
