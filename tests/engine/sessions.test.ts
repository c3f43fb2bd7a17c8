/**
 * Sessions, participants, session events, messages and transcripts over HTTP (behaviour reference, sections 2, 5.3, 5.4 and 6.2): one
 * session per attempt and why it ended, who took part how, who may write what to whom, and what is left when it is over.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { JsonObject } from '../support/server.ts';
import { assertRows } from './assert-rows.ts';
import { type ContactCentre, must, openContactCentre, type Person, until } from './contact-centre.ts';
import { closures, participantModes, supervisorRole } from './contact-centre-codes.ts';
import { openChannel } from './messaging-channel.ts';

let centre: ContactCentre;
before(async () => {
  centre = await openContactCentre();
});
after(() => centre.server.stop());

const { primary, consult, monitor } = participantModes;

type Desk = {
  readonly agent: Person;
  readonly adviser: Person;
  readonly supervisor: Person;
  readonly stream: string;
  readonly queue: string;
};

async function desk(options: Partial<Parameters<ContactCentre['workStream']>[0]> = {}): Promise<Desk> {
  const agent = await centre.person();
  const adviser = await centre.person();
  const supervisor = await centre.person({ roleId: supervisorRole });
  const queue = await centre.queue({ members: [agent] });
  const stream = await centre.workStream({ queueId: queue, ...options });
  await centre.settle();
  return { agent, adviser, supervisor, stream, queue };
}

async function talk(given: Desk, start: JsonObject = {}): Promise<string> {
  const id = await centre.start(given.stream, start);
  await centre.reaches(id, given.agent);
  await given.agent.on(id, 'CCaaS_AcceptConversation');
  await centre.moveClock(3);
  return id;
}

/** Who took part: agent, mode, 1 public or 2 private, whether they joined, whether they left. */
async function participants(id: string): Promise<unknown[][]> {
  return (await centre.rows(id)).participants.map((one) => [
    one['_msdyn_agentid_value'],
    one['msdyn_mode'],
    one['msdyn_conversationaccess'],
    one['msdyn_joinedon'] !== null,
    one['msdyn_lefton'] !== null,
  ]);
}

async function sessionEvents(id: string): Promise<JsonObject[]> {
  const { sessions } = await centre.rows(id);
  const lists = await Promise.all(
    sessions.map(({ activityid }) =>
      centre.admin.list(
        `msdyn_sessionevents?$filter=_msdyn_omnichannelsession_value eq ${String(activityid)}&$orderby=msdyn_eventtime,msdyn_sessioneventid`,
      ),
    ),
  );
  return lists.flat();
}

async function messages(person: Person, id: string): Promise<JsonObject[]> {
  const answer = await person.api.read(
    `msdyn_ocliveworkitems(${id})/Microsoft.Dynamics.CRM.parley_GetMessages(After=0,Top=100)`,
  );
  return answer['Messages'] as JsonObject[];
}

describe('Sessions', () => {
  it('one per attempt: missed, rejected, forced on, transferred, closed', async () => {
    const given = await desk();
    const id = await centre.start(given.stream);
    await centre.reaches(id, given.agent);
    await given.agent.setPresence('away');
    await centre.moveClock(121);
    await centre.becomes(id, 'it was missed', ({ AgentId }) => AgentId === null);
    await given.agent.setPresence('available');
    await centre.reaches(id, given.agent);
    await centre.moveClock(3);
    await given.agent.setPresence('away');
    await given.agent.on(id, 'CCaaS_RejectConversation');
    await centre.moveClock(3);
    await given.supervisor.on(id, 'CCaaS_AssignConversation', { AgentId: given.agent.id });
    await given.agent.on(id, 'CCaaS_AcceptConversation');
    await centre.moveClock(3);
    await given.agent.on(id, 'CCaaS_InitiateAgentTransfer', { AgentId: given.adviser.id });
    await given.adviser.on(id, 'CCaaS_AcceptConversation');
    await centre.moveClock(3);
    await given.adviser.on(id, 'CCaaS_AgentEndConversation');
    await given.adviser.on(id, 'CCaaS_EndSession');
    const rows = await assertRows(centre, id, {
      status: 'closed',
      reason: 'endedByAgent',
      agent: given.adviser,
      sessions: [
        closures.agentTimeout,
        closures.agentReject,
        closures.agentRerouted,
        closures.agentTransferred,
        closures.agentEnd,
      ],
      transfers: 1,
    });
    assert.deepEqual(
      rows.sessions.map((session) => [
        session['msdyn_agentassignedon'] !== null,
        session['msdyn_agentacceptedon'] !== null,
        session['msdyn_queueassignedon'] !== null,
      ]),
      [
        [true, false, true],
        [true, false, true],
        [false, false, true],
        [true, true, false],
        [true, true, false],
      ],
    );
    assert.deepEqual(
      rows.participants.map((one) => [
        one['_msdyn_agentid_value'],
        one['msdyn_assignreason'],
        one['msdyn_leftonreason'],
      ]),
      [
        [given.agent.id, 'RoutingAssign', 'AgentTimeout'],
        [given.agent.id, 'RoutingAssign', 'AgentReject'],
        [given.agent.id, 'SupervisorAssign', null],
        [given.adviser.id, 'AgentTransfer', null],
      ],
    );
    for (const session of rows.sessions) {
      assert.equal(session['_msdyn_liveworkitemid_value'], id);
      assert.equal(session['msdyn_channel'], 192350002);
    }
  });

  it('session events tell the same story in codes', async () => {
    const given = await desk();
    const id = await talk(given);
    await given.agent.on(id, 'CCaaS_InitiateAgentConsult', { AgentId: given.adviser.id });
    await given.adviser.on(id, 'parley_AcceptConsult');
    await centre.moveClock(3);
    await given.supervisor.on(id, 'CCaaS_ForceCloseConversation');
    const events = await sessionEvents(id);
    const told = new Set(events.map((event) => `${String(event['msdyn_name'])} ${String(event['msdyn_eventtype'])}`));
    for (const wanted of [
      'SessionCreated 192350006',
      'QueueAssigned 192350001',
      'AgentAssigned 192350002',
      'AgentAccepted 192350003',
      'ParticipantAdded 192350009',
      'ParticipantJoined 192350011',
      'ParticipantLeft 192350013',
      'SessionClosed 192350005',
    ])
      assert.ok(told.has(wanted), `${wanted} of ${[...told].join(', ')}`);
    const end = events.find((event) => event['msdyn_name'] === 'SessionClosed');
    assert.equal(end?.['msdyn_eventreason'], 192350033, 'forced');
  });
});

describe('Participants', () => {
  it('a consultant is invited, joins privately, is shown to the customer, and leaves', async () => {
    const given = await desk();
    const id = await talk(given);
    const agentRow = [given.agent.id, primary, 1, true, false];
    await given.adviser.deniedOn(id, 'parley_AcceptConsult');
    await given.agent.on(id, 'CCaaS_InitiateAgentConsult', { AgentId: given.adviser.id });
    assert.deepEqual(await participants(id), [agentRow, [given.adviser.id, consult, 2, false, false]]);
    await given.adviser.refusedOn(id, 'parley_SendMessage', 'notYours', { Text: 'Hello', Audience: 'private' });
    await given.adviser.on(id, 'parley_AcceptConsult');
    await given.adviser.on(id, 'parley_SendMessage', { Text: 'Ask for the frame number', Audience: 'private' });
    await given.adviser.refusedOn(id, 'parley_SendMessage', 'notYours', { Text: 'Hello customer' });
    await given.adviser.refusedOn(id, 'CCaaS_AgentEndConversation', 'notYours');
    await given.agent.on(id, 'parley_PublishConsult');
    assert.deepEqual((await participants(id))[1], [given.adviser.id, consult, 1, true, false]);
    await given.adviser.on(id, 'parley_SendMessage', { Text: 'Hello customer' });
    await centre.moveClock(3);
    await given.adviser.on(id, 'CCaaS_LeavePublicConsult');
    assert.deepEqual(await participants(id), [agentRow, [given.adviser.id, consult, 1, true, true]]);
    await given.agent.on(id, 'parley_SendMessage', { Text: 'Thank you' });
    assert.equal((await centre.agentStatus(given.adviser))['msdyn_availableunitscapacity'], 100, 'advice is free');
  });

  it('an invitation is turned down, missed, called off; the agent ends a consult', async () => {
    const given = await desk();
    const id = await talk(given);
    const invite = () => given.agent.on(id, 'CCaaS_InitiateAgentConsult', { AgentId: given.adviser.id });
    await invite();
    await given.adviser.on(id, 'parley_RejectConsult');
    await centre.moveClock(3);
    await invite();
    await given.agent.refusedOn(id, 'CCaaS_CloseConsult', 'notPossibleNow');
    await given.agent.on(id, 'CCaaS_CancelConsult');
    await centre.moveClock(3);
    await invite();
    await centre.moveClock(121);
    await centre.becomes(id, 'the invitation ran out', (state) => (state['Participants'] as JsonObject[]).length === 1);
    await invite();
    await given.adviser.on(id, 'parley_AcceptConsult');
    await given.agent.on(id, 'CCaaS_CloseConsult');
    const { participants: rows } = await centre.rows(id);
    assert.deepEqual(
      rows
        .filter((one) => one['msdyn_mode'] === consult)
        .map((one) => [one['msdyn_leftonreason'], one['msdyn_joinedon'] !== null]),
      [
        ['AgentReject', false],
        [null, false],
        ['AgentTimeout', false],
        [null, true],
      ],
    );
  });

  it('at most five advise at once, and nobody who is offline', async () => {
    const given = await desk();
    const id = await talk(given);
    const absent = await centre.person({ isSignedIn: false });
    await centre.settle();
    await given.agent.refusedOn(id, 'CCaaS_InitiateAgentConsult', 'agentNotAvailable', { AgentId: absent.id });
    await given.agent.refusedOn(id, 'CCaaS_InitiateAgentConsult', 'sameAgent', { AgentId: given.agent.id });
    const advisers = [given.adviser, given.supervisor];
    for (let number = advisers.length; number < 6; number++) advisers.push(await centre.person());
    for (const [index, { id: AgentId }] of advisers.entries())
      if (index < 5) await given.agent.on(id, 'CCaaS_InitiateAgentConsult', { AgentId });
      else await given.agent.refusedOn(id, 'CCaaS_InitiateAgentConsult', 'tooManyParticipants', { AgentId });
  });

  it('a supervisor watches silently, then joins and is visible', async () => {
    const given = await desk();
    const offered = await centre.start(given.stream);
    await centre.reaches(offered, given.agent);
    await given.supervisor.refusedOn(offered, 'CCaaS_MonitorConversation', 'notPossibleNow');
    await given.agent.on(offered, 'CCaaS_AcceptConversation');
    await centre.moveClock(3);
    await given.agent.deniedOn(offered, 'CCaaS_MonitorConversation');
    await given.supervisor.on(offered, 'CCaaS_MonitorConversation');
    assert.deepEqual((await participants(offered))[1], [given.supervisor.id, monitor, 2, true, false]);
    await given.supervisor.refusedOn(offered, 'parley_SendMessage', 'notYours', { Text: 'Hello' });
    await given.supervisor.on(offered, 'CCaaS_JoinConversation');
    assert.deepEqual((await participants(offered))[1], [given.supervisor.id, monitor, 1, true, false]);
    await given.supervisor.on(offered, 'parley_SendMessage', { Text: 'I can help' });
    await given.supervisor.on(offered, 'parley_Leave');
    assert.equal((await participants(offered))[1]?.[4], true);
    assert.equal((await centre.agentStatus(given.supervisor))['msdyn_availableunitscapacity'], 100);
    await given.supervisor.on(offered, 'parley_TakeOver');
    await given.supervisor.refusedOn(offered, 'CCaaS_MonitorConversation', 'sameAgent');
  });

  it('wrap-up sends advisers away and lets who watches stay; closing sends everybody away', async () => {
    const given = await desk();
    const id = await talk(given);
    await given.agent.on(id, 'CCaaS_InitiateAgentConsult', { AgentId: given.adviser.id });
    await given.adviser.on(id, 'parley_AcceptConsult');
    await given.supervisor.on(id, 'CCaaS_MonitorConversation');
    await centre.moveClock(3);
    await given.agent.on(id, 'CCaaS_AgentEndConversation');
    const left = async () => new Map((await participants(id)).map(([agent, , , , hasLeft]) => [agent, hasLeft]));
    assert.deepEqual(
      await left(),
      new Map([
        [given.agent.id, false],
        [given.adviser.id, true],
        [given.supervisor.id, false],
      ]),
    );
    await given.agent.on(id, 'CCaaS_EndSession');
    assert.deepEqual([...(await left()).values()], [true, true, true]);
  });
});

describe('Messages', () => {
  it('carry author, audience, channel, time, kind and delivery', async () => {
    const given = await desk();
    const contact = await centre.admin.create('contacts', { firstname: 'Ida', lastname: 'Nystad' });
    const id = await talk(given, {
      Customer: { '@odata.type': 'Microsoft.Dynamics.CRM.contact', contactid: contact },
      CustomerName: 'Ida Nystad',
      Text: 'My bell is silent',
    });
    await given.agent.on(id, 'parley_SendMessage', { Text: 'Let me see', ClientId: 'a' });
    await given.agent.on(id, 'parley_SendMessage', { Text: '<b>Bold</b>', ContentType: 'text/html' });
    await given.agent.on(id, 'parley_SendMessage', { Text: 'Rude customer', Audience: 'note' });
    const list = await messages(given.agent, id);
    assert.deepEqual(
      list.map((one) => [
        one['Number'],
        one['AuthorKind'],
        one['AuthorName'],
        one['Audience'],
        one['ContentType'],
        one['Content'],
        one['Channel'],
      ]),
      [
        [1, 'customer', 'Ida Nystad', 'public', 'text/plain', 'My bell is silent', 192350002],
        [2, 'agent', list[1]?.['AuthorName'], 'public', 'text/plain', 'Let me see', 192350002],
        [3, 'agent', list[1]?.['AuthorName'], 'public', 'text/html', '<b>Bold</b>', 192350002],
        [4, 'agent', list[1]?.['AuthorName'], 'note', 'text/plain', 'Rude customer', 192350002],
      ],
    );
    assert.equal(list[1]?.['AuthorId'], given.agent.id);
    assert.equal(list[0]?.['AuthorId'], contact);
    for (const one of list) assert.ok(!Number.isNaN(Date.parse(String(one['SentOn']))));
    assert.equal(list[0]?.['Delivery'], 'delivered');
    assert.equal(list[3]?.['Delivery'], 'delivered');
  });

  it('sent twice under one id are stored once', async () => {
    const given = await desk();
    const id = await talk(given);
    const first = await given.agent.on(id, 'parley_SendMessage', { Text: 'Once', ClientId: 'same' });
    const second = await given.agent.on(id, 'parley_SendMessage', { Text: 'Once', ClientId: 'same' });
    assert.deepEqual([second['MessageId'], second['Number']], [first['MessageId'], first['Number']]);
    assert.equal((await messages(given.agent, id)).length, 2);
  });

  it('are written by who takes part, while it is active', async () => {
    const given = await desk();
    const id = await talk(given);
    await given.adviser.deniedOn(id, 'parley_SendMessage', { Text: 'Me too' });
    await given.supervisor.refusedOn(id, 'parley_SendMessage', 'notYours', { Text: 'Me too' });
    await given.agent.on(id, 'CCaaS_AgentEndConversation');
    await given.agent.refusedOn(id, 'parley_SendMessage', 'notPossibleNow', { Text: 'One more' });
    await given.agent.on(id, 'parley_SendMessage', { Text: 'He will call back', Audience: 'note' });
    await given.agent.on(id, 'CCaaS_EndSession');
    await given.agent.refusedOn(id, 'parley_SendMessage', 'conversationClosed', { Text: 'Late', Audience: 'note' });
  });

  it('of the customer of a custom channel: private ones never reach it, read ones say so', async () => {
    const given = await desk();
    const channel = await openChannel(centre, given.stream);
    const { conversationId } = await must(
      channel('POST', 'conversation/create', {
        customercontext: { customerid: 'c1', firstname: 'Ida' },
        startmessage: { message: 'Hello?' },
      }),
    );
    const id = String(conversationId);
    await centre.reaches(id, given.agent);
    await given.agent.on(id, 'CCaaS_AcceptConversation');
    const sent = await given.agent.on(id, 'parley_SendMessage', { Text: 'Good morning' });
    await given.agent.on(id, 'parley_SendMessage', { Text: 'internal', Audience: 'private' });
    await given.agent.on(id, 'parley_SendMessage', { Text: 'my note', Audience: 'note' });
    const { text } = await channel('GET', `conversation/${id}/messages`);
    assert.ok(text.includes('Good morning') && text.includes('Hello?'), text);
    assert.ok(!text.includes('internal') && !text.includes('my note'), text);
    await must(
      channel('POST', `conversation/${id}`, {
        type: 'event',
        name: 'MessageRead',
        value: { messageId: sent['MessageId'] },
      }),
    );
    const read = (await messages(given.agent, id)).find((one) => one['MessageId'] === sent['MessageId']);
    assert.equal(read?.['Delivery'], 'read');
    await given.agent.on(id, 'CCaaS_AgentEndConversation');
    const late = await channel('POST', `conversation/${id}`, { type: 'message', text: 'Wait' });
    assert.equal(late.status, 409, late.text);
    const again = await must(channel('POST', 'conversation/create', { customercontext: { customerid: 'c1' } }));
    assert.deepEqual([again['isNew'], again['conversationId'] !== id], [true, true]);
  });
});

describe('Transcripts', () => {
  it('hold the messages of a closed conversation, without notes', async () => {
    const given = await desk();
    const id = await talk(given, { Text: 'Where is my order?', CustomerName: 'Ida Nystad' });
    await given.agent.on(id, 'parley_SendMessage', { Text: 'On its way' });
    await given.agent.on(id, 'parley_SendMessage', { Text: 'Ask the warehouse', Audience: 'private' });
    await given.agent.on(id, 'parley_SendMessage', { Text: 'Impatient', Audience: 'note' });
    const transcripts = () => centre.admin.list(`msdyn_transcripts?$filter=_msdyn_liveworkitemidid_value eq ${id}`);
    await given.agent.on(id, 'CCaaS_AgentEndConversation');
    assert.deepEqual(await transcripts(), [], 'none before it is closed');
    await given.agent.on(id, 'CCaaS_EndSession');
    const [row] = await until('the transcript is stored', transcripts, (rows) => rows.length > 0);
    const notes = await centre.admin.list(
      `annotations?$filter=_objectid_value eq ${String(row?.['msdyn_transcriptid'])} and objecttypecode eq 'msdyn_transcript'`,
    );
    assert.equal(notes.length, 1);
    const text = Buffer.from(String(notes[0]?.['documentbody']), 'base64').toString('utf8');
    // Written by the server as a list of objects.
    const stored = JSON.parse(text) as JsonObject[];
    assert.deepEqual(
      stored.map((one) => [one['content'], one['tags'], one['contentType']]),
      [
        ['Where is my order?', 'public', 'text'],
        ['On its way', 'public', 'text'],
        ['Ask the warehouse', 'private', 'text'],
      ],
    );
    assert.ok(!text.includes('Impatient'));
    assert.match(String(stored[0]?.['id']), /^\d{13}$/);
    assert.equal(notes[0]?.['filesize'], Buffer.byteLength(text));
  });

  it('exist also where nobody ever answered', async () => {
    const given = await desk();
    await given.agent.setPresence('away');
    const id = await centre.start(given.stream, { Text: 'Anybody there?' });
    await given.supervisor.on(id, 'CCaaS_ForceCloseConversation');
    await until(
      'the transcript is stored',
      () => centre.admin.list(`msdyn_transcripts?$filter=_msdyn_liveworkitemidid_value eq ${id}`),
      (rows) => rows.length === 1,
    );
  });
});
