/**
 * Who may do what to a conversation, over HTTP: every action, by everybody who is not meant to, and by those who are (behaviour
 * reference, sections 5.4 and 9; docs/life-cycle.md, "Who may do what"). A refusal changes nothing, and tells nobody what exists.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ApiResponse, asObject, type JsonObject } from '../support/server.ts';
import {
  type Centre,
  channels,
  codes,
  done,
  nowhere,
  openCentre,
  type Person,
  presenceIds,
  refused,
  roleIds,
  status,
} from './centre.ts';

const crm = 'Microsoft.Dynamics.CRM';

type Role =
  | 'owner'
  | 'member'
  | 'stranger'
  | 'supervisor'
  | 'omnichannelAdministrator'
  | 'systemAdministrator'
  | 'nobody';
type Place = 'open' | 'active' | 'wrapUp' | 'waiting';

let centre: Centre;
let people: Record<Role, Person>;
let target: Person;
let queueId: string;
let otherQueueId: string;
let streams: { readonly live: string; readonly persistent: string };

before(async () => {
  centre = await openCentre();
  const queue = await centre.addQueue(3);
  const other = await centre.addQueue(1);
  const [owner, member, spare] = queue.agents;
  const [stranger] = other.agents;
  assert.ok(owner && member && spare && stranger);
  [queueId, otherQueueId, target] = [queue.id, other.id, spare];
  people = {
    owner,
    member,
    stranger,
    supervisor: await centre.addPerson([roleIds.omnichannelSupervisor]),
    omnichannelAdministrator: await centre.addPerson([roleIds.omnichannelAdministrator]),
    systemAdministrator: await centre.addPerson([roleIds.systemAdministrator]),
    nobody: await centre.addPerson([]),
  };
  streams = {
    live: await centre.addWorkStream({ queueId, isPicked: true, units: 0 }),
    persistent: await centre.addWorkStream({ queueId, isPicked: true, units: 0, channel: channels.sms }),
  };
  for (const person of [owner, member, spare, stranger, people.supervisor])
    done(await person.call('parley_SetPresence', { PresenceId: presenceIds.available }));
});
after(() => centre.stop());

/** A conversation in the status, whose agent (but for open) is `owner`. */
async function conversationIn(place: Place): Promise<string> {
  const id = await centre.start(place === 'waiting' ? streams.persistent : streams.live);
  const steps: Record<Place, string[]> = {
    open: [],
    active: ['CCaaS_PickConversation'],
    wrapUp: ['CCaaS_PickConversation', 'CCaaS_AgentEndConversation'],
    waiting: ['CCaaS_PickConversation', 'CCaaS_EndSession'],
  };
  for (const name of steps[place]) done(await people.owner.call(name, { ConversationId: id }));
  return id;
}

type Action = {
  readonly name: string;
  readonly place: Place;
  readonly isBound?: boolean;
  body?(): JsonObject;
  /** Who succeeds. */
  readonly allowed: readonly Role[];
  /** Asks for the right to supervise: refused as a missing privilege to who has none. */
  readonly isSupervision?: boolean;
};

const supervisors: readonly Role[] = ['supervisor', 'systemAdministrator'];

/** Of the conversation that the agent `owner` has, or that waits in their queue. */
const actions: readonly Action[] = [
  { name: 'CCaaS_PickConversation', place: 'open', allowed: ['owner', 'member', ...supervisors] },
  { name: 'CCaaS_AgentEndConversation', place: 'active', allowed: ['owner'] },
  { name: 'CCaaS_EndSession', place: 'active', allowed: ['owner'] },
  { name: 'CCaaS_EndSession', place: 'wrapUp', allowed: ['owner'] },
  { name: 'CCaaS_RejoinConversation', place: 'waiting', allowed: ['owner'] },
  { name: 'parley_Release', place: 'active', isBound: true, allowed: ['owner', ...supervisors] },
  {
    name: 'CCaaS_InitiateAgentTransfer',
    place: 'active',
    body: () => ({ AgentId: target.id }),
    allowed: ['owner', ...supervisors],
  },
  {
    name: 'CCaaS_InitiateQueueTransfer',
    place: 'active',
    body: () => ({ QueueId: otherQueueId }),
    allowed: ['owner', ...supervisors],
  },
  {
    name: 'CCaaS_InitiateAgentConsult',
    place: 'active',
    body: () => ({ AgentId: target.id }),
    allowed: ['owner', ...supervisors],
  },
  {
    name: 'parley_EscalateToSupervisor',
    place: 'active',
    isBound: true,
    body: () => ({ Mode: 'consult', AgentId: people.supervisor.id }),
    allowed: ['owner', ...supervisors],
  },
  {
    name: 'parley_SendMessage',
    place: 'active',
    isBound: true,
    body: () => ({ Text: 'Hello' }),
    allowed: ['owner'],
  },
  {
    name: 'parley_SetContext',
    place: 'active',
    isBound: true,
    body: () => ({ Context: '{"Topic":"Repair"}' }),
    allowed: ['owner', ...supervisors],
  },
  { name: 'CCaaS_MonitorConversation', place: 'active', isSupervision: true, allowed: supervisors },
  { name: 'CCaaS_ForceCloseConversation', place: 'active', isSupervision: true, allowed: supervisors },
  { name: 'CCaaS_ForceCloseConversation', place: 'open', isSupervision: true, allowed: supervisors },
  {
    name: 'CCaaS_AssignConversation',
    place: 'open',
    body: () => ({ AgentId: target.id }),
    isSupervision: true,
    allowed: supervisors,
  },
  {
    name: 'CCaaS_InitiateQueueAssignment',
    place: 'open',
    body: () => ({ QueueId: otherQueueId }),
    isSupervision: true,
    allowed: supervisors,
  },
  {
    name: 'CCaaS_InitiateAgentTransferBySupervisor',
    place: 'active',
    body: () => ({ AgentId: target.id }),
    isSupervision: true,
    allowed: supervisors,
  },
  { name: 'parley_TakeOver', place: 'active', isBound: true, isSupervision: true, allowed: supervisors },
  {
    name: 'parley_MessageCustomer',
    place: 'waiting',
    isBound: true,
    body: () => ({ Text: 'We are on it.' }),
    isSupervision: true,
    allowed: supervisors,
  },
];

function attempt(person: Person, action: Action, id: string): Promise<ApiResponse> {
  const body = action.body?.() ?? {};
  return action.isBound === true
    ? person.callOn(id, action.name, body)
    : person.call(action.name, { ConversationId: id, ...body });
}

describe('Each action', () => {
  for (const action of actions) {
    it(`${action.name} on ${action.place}: ${action.allowed.join(', ')} may, nobody else`, async () => {
      const id = await conversationIn(action.place);
      const before = await centre.state(id);
      for (const [role, person] of Object.entries(people) as [Role, Person][]) {
        if (action.allowed.includes(role)) continue;
        const answer = await attempt(person, action, id);
        assert.ok([403, 404, 409].includes(answer.status), `${role}: ${answer.status} ${answer.text}`);
        const hasPrivilege = role !== 'nobody' && role !== 'omnichannelAdministrator';
        // Without the privilege to write conversations, or to supervise, it does not matter which one is meant.
        if (!hasPrivilege || (action.isSupervision === true && !supervisors.includes(role)))
          refused(answer, 403, codes.privilege);
      }
      assert.deepEqual(await centre.state(id), before, 'a refusal changes nothing');
      for (const role of action.allowed) {
        const own = await conversationIn(action.place);
        const answer = await attempt(people[role], action, own);
        assert.ok(answer.status < 300, `${role}: ${answer.status} ${answer.text}`);
      }
    });
  }
});

describe('What is offered to one agent', () => {
  it('is accepted and rejected by nobody else', async () => {
    const id = await conversationIn('open');
    done(await people.supervisor.call('CCaaS_AssignConversation', { ConversationId: id, AgentId: target.id }));
    const before = await centre.state(id);
    const others: [Role, number, string][] = [
      ['owner', 404, codes.missing],
      ['stranger', 404, codes.missing],
      ['supervisor', 403, codes.notYours],
      ['systemAdministrator', 403, codes.notYours],
      ['omnichannelAdministrator', 403, codes.privilege],
      ['nobody', 403, codes.privilege],
    ];
    for (const name of ['CCaaS_AcceptConversation', 'CCaaS_RejectConversation'])
      for (const [role, code, reason] of others)
        refused(await people[role].call(name, { ConversationId: id }), code, reason);
    assert.deepEqual(await centre.state(id), before);
    done(await target.call('CCaaS_AcceptConversation', { ConversationId: id }));
  });

  it('runs out when an administrator says so, and only after its time', async () => {
    const id = await conversationIn('open');
    done(await people.supervisor.call('CCaaS_AssignConversation', { ConversationId: id, AgentId: target.id }));
    const body = { ConversationId: id };
    for (const person of [target, people.owner, people.supervisor])
      refused(await person.call('CCaaS_ConversationTimeout', body), 403, codes.notYours);
    refused(await people.systemAdministrator.call('CCaaS_ConversationTimeout', body), 409, codes.conflict);
  });
});

describe('A consultant', () => {
  it('does what consultants do, and nothing else', async () => {
    const id = await conversationIn('active');
    done(await people.owner.call('CCaaS_InitiateAgentConsult', { ConversationId: id, AgentId: target.id }));
    refused(await people.stranger.callOn(id, 'parley_AcceptConsult'), 404, codes.missing);
    refused(await people.supervisor.callOn(id, 'parley_AcceptConsult'), 403, codes.notYours);
    done(await target.callOn(id, 'parley_AcceptConsult'));
    const forbidden: [string, JsonObject][] = [
      ['CCaaS_AgentEndConversation', {}],
      ['CCaaS_EndSession', {}],
      ['CCaaS_InitiateAgentTransfer', { AgentId: people.member.id }],
      ['CCaaS_InitiateQueueTransfer', { QueueId: otherQueueId }],
      ['CCaaS_InitiateAgentConsult', { AgentId: people.member.id }],
      ['CCaaS_CloseConsult', {}],
    ];
    for (const [name, more] of forbidden)
      refused(await target.call(name, { ConversationId: id, ...more }), 403, codes.notYours);
    refused(await people.stranger.call('CCaaS_LeavePublicConsult', { ConversationId: id }), 404, codes.missing);
    done(await target.call('CCaaS_LeavePublicConsult', { ConversationId: id }));
    refused(await target.call('CCaaS_LeavePublicConsult', { ConversationId: id }), 404, codes.missing);
  });
});

describe('What exists', () => {
  it('is not told to an agent who has nothing to do with it: the same answer as for what does not exist', async () => {
    const id = await conversationIn('active');
    const answers = new Set<string>();
    for (const row of [id, nowhere]) {
      const unbound: [string, JsonObject][] = [
        ['CCaaS_AcceptConversation', {}],
        ['CCaaS_PickConversation', {}],
        ['CCaaS_AgentEndConversation', {}],
        ['CCaaS_InitiateAgentTransfer', { AgentId: target.id }],
        ['CCaaS_InitiateQueueTransfer', { QueueId: queueId }],
        ['CCaaS_CancelConsult', {}],
      ];
      const read = `msdyn_ocliveworkitems(${row})/${crm}`;
      const responses = await Promise.all([
        ...unbound.map(([name, more]) => people.stranger.call(name, { ConversationId: row, ...more })),
        people.stranger.callOn(row, 'parley_SendMessage', { Text: 'Hello' }),
        people.stranger.api.request('GET', `${read}.parley_GetState()`),
        people.stranger.api.request('GET', `${read}.parley_GetMessages()`),
        people.stranger.api.request('GET', `parley_GetQueuePosition(ConversationId=${row})`),
        people.stranger.api.request('GET', `CCaaS_GetClientLWIContext(ConversationId=${row})`),
        people.stranger.api.request('GET', `CCaaS_GetAgentsForConsultAndTransfer(ConversationId=${row})`),
      ]);
      for (const response of responses) {
        refused(response, 404, codes.missing);
        answers.add(response.text.replaceAll(row, 'ID'));
      }
    }
    assert.deepEqual([...answers].length, 1, [...answers].join('\n'));
  });

  it('is told to supervisors and both kinds of administrators, who may read it', async () => {
    const id = await conversationIn('active');
    for (const role of ['owner', 'supervisor', 'omnichannelAdministrator', 'systemAdministrator'] as const) {
      const row = await people[role].api.read(`msdyn_ocliveworkitems(${id})?$select=statuscode`);
      assert.equal(row['statuscode'], status.active);
      const state = await people[role].api.read(`msdyn_ocliveworkitems(${id})/${crm}.parley_GetState()`);
      assert.equal(state['AgentId'], people.owner.id);
    }
    const response = await people.nobody.api.request('GET', `msdyn_ocliveworkitems(${id})/${crm}.parley_GetState()`);
    assert.ok(response.status === 403 || response.status === 404, response.text);
  });
});

describe('Why it was routed', () => {
  it('is told to supervisors and administrators, not to agents', async () => {
    const id = await conversationIn('active');
    const filter = `parley_routingdecisions?$filter=_parley_conversationid_value eq ${id}`;
    for (const name of ['parley_ExplainRouting', 'parley_DryRunRouting']) {
      const url = `msdyn_ocliveworkitems(${id})/${crm}.${name}()`;
      for (const role of ['supervisor', 'omnichannelAdministrator', 'systemAdministrator'] as const)
        assert.ok(Array.isArray((await people[role].api.read(url))['Decisions']));
      for (const role of ['owner', 'stranger', 'nobody'] as const)
        refused(await people[role].api.request('GET', url), 403, codes.privilege);
    }
    assert.notEqual((await people.supervisor.api.list(filter)).length, 0);
    refused(await people.owner.api.request('GET', filter), 403, codes.privilege);
    const [row] = await centre.admin.api.list(filter);
    for (const role of ['supervisor', 'systemAdministrator'] as const) {
      const body = { parley_summary: 'Because I say so.' };
      const changed = await people[role].api.request(
        'PATCH',
        `parley_routingdecisions(${row?.['parley_routingdecisionid']})`,
        { body },
      );
      assert.ok(changed.status >= 400 && changed.status < 500, `${role}: ${changed.status} ${changed.text}`);
    }
  });
});

describe('Figures over all agents', () => {
  it('are for supervisors and administrators; availability is for administrators', async () => {
    const figures = [
      'parley_GetQueueSnapshot()',
      'parley_GetAgentSnapshot()',
      'parley_GetConversationMetrics(From=2026-01-01T00:00:00Z,To=2026-01-02T00:00:00Z)',
    ];
    for (const url of figures) {
      for (const role of ['supervisor', 'omnichannelAdministrator', 'systemAdministrator'] as const)
        await people[role].api.read(url);
      refused(await people.owner.api.request('GET', url), 403, codes.notYours);
      refused(await people.nobody.api.request('GET', url), 403, codes.privilege);
    }
    const body = { LiveWorkStreamId: streams.live };
    const name = 'CCaaS_GetRepresentativeAvailabilityBeforeConversation';
    for (const role of ['omnichannelAdministrator', 'systemAdministrator'] as const)
      assert.equal(done(await people[role].call(name, body))['QueueId'], queueId);
    for (const role of ['owner', 'supervisor'] as const)
      refused(await people[role].call(name, body), 403, codes.notYours);
    refused(await people.nobody.call(name, body), 403, codes.privilege);
  });
});

describe('The rows of a conversation', () => {
  it('are changed by nobody but the engine where they show its state', async () => {
    const id = await conversationIn('active');
    const [session] = await centre.sessions(id);
    const [participant] = await centre.participants(id);
    const [agentStatus] = await centre.admin.api.list(
      `msdyn_agentstatuses?$filter=_msdyn_agentid_value eq ${people.owner.id}`,
    );
    const writes: [string, JsonObject][] = [
      [`msdyn_ocsessions(${session?.['activityid']})`, { msdyn_closurereason: 192350021 }],
      [`msdyn_sessionparticipants(${participant?.['msdyn_sessionparticipantid']})`, { msdyn_leftonreason: 'Bored' }],
      [`msdyn_agentstatuses(${agentStatus?.['msdyn_agentstatusid']})`, { msdyn_availableunitscapacity: 5 }],
    ];
    for (const [row, body] of writes)
      for (const role of Object.keys(people) as Role[]) {
        const answer = await people[role].api.request('PATCH', row, { body });
        assert.ok(answer.status >= 400 && answer.status < 500, `${role}, ${row}: ${answer.status} ${answer.text}`);
      }
    const code = asObject((await people.owner.api.request('DELETE', `msdyn_ocliveworkitems(${id})`)).json['error'])[
      'code'
    ];
    assert.equal(code, codes.privilege, 'agents delete no conversations');
  });
});
