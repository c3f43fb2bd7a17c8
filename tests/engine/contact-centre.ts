/**
 * A contact centre made for one test over the Web API: agents, queues, work streams, rule sets, conversations, and what their rows
 * say. Rows: behaviour reference, sections 1 to 4; rule sets: docs/routing-configuration.md.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Api,
  type ApiResponse,
  asObject,
  createApi,
  type JsonObject,
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '../support/server.ts';
import { agentRole, channels, presences, streamDefaults } from './contact-centre-codes.ts';

const crm = 'Microsoft.Dynamics.CRM';
/** Far longer than anything takes: a test that waits for so long has failed. */
const patience = 20_000;

/** Somebody who calls operations: an agent, a supervisor, an administrator. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly api: Api;
  /** An operation that must succeed; gives its answer. */
  call(operation: string, body?: JsonObject): Promise<JsonObject>;
  /** An operation on a conversation that must succeed. */
  on(conversationId: string, operation: string, body?: JsonObject): Promise<JsonObject>;
  /** An operation on a conversation that must be refused by the engine with this name. */
  refusedOn(conversationId: string, operation: string, name: string, body?: JsonObject): Promise<void>;
  /** An operation on a conversation that the caller has no right to, or does not even see. */
  deniedOn(conversationId: string, operation: string, body?: JsonObject): Promise<void>;
  signIn(): Promise<void>;
  setPresence(presence: keyof typeof presences): Promise<void>;
};

/** What the rows of a conversation say at one moment. */
export type Rows = {
  readonly live: JsonObject;
  readonly item: JsonObject;
  /** In the order of their creation. */
  readonly sessions: readonly JsonObject[];
  readonly participants: readonly JsonObject[];
  readonly state: JsonObject;
};

export type ContactCentre = {
  readonly server: TestServer;
  readonly admin: Api;
  /** The administrator as somebody who calls operations. */
  readonly administrator: Person;
  /** Names made for this test are unique with this at their end. */
  unique(text: string): string;
  person(options?: PersonOptions): Promise<Person>;
  queue(options?: QueueOptions): Promise<string>;
  addMember(queueId: string, agent: Person): Promise<void>;
  /** Of kind custom messaging unless `columns` or `channel` say otherwise; push, persistent, 10 units, exact nothing. */
  workStream(options: WorkStreamOptions): Promise<string>;
  ruleSet(kind: string, rules: readonly JsonObject[], more?: JsonObject): Promise<string>;
  /** Replaces the rules of a rule set. */
  rewrite(ruleSetId: string, kind: string, rules: readonly JsonObject[], more?: JsonObject): Promise<void>;
  routing(workStreamId: string, steps: RoutingSteps): Promise<void>;
  assignment(queueId: string, steps: AssignmentSteps): Promise<void>;
  skill(name?: string): Promise<string>;
  /** All that was configured so far is in force on this server when it resolves. */
  settle(): Promise<void>;
  start(workStreamId: string, options?: StartOptions): Promise<string>;
  moveClock(seconds: number): Promise<void>;
  rows(conversationId: string): Promise<Rows>;
  agentStatus(agent: Person): Promise<JsonObject>;
  /** Kinds of routing decisions, and the decisions. */
  decisions(conversationId: string): Promise<JsonObject[]>;
  /** Waits until routing has looked at the conversation and found nobody; gives that decision. */
  foundNobody(conversationId: string): Promise<JsonObject>;
  /** Waits until it is with the agent: offered or accepted. */
  reaches(conversationId: string, agent: Person): Promise<JsonObject>;
  /** Waits until the state fits. */
  becomes(conversationId: string, what: string, fits: (state: JsonObject) => boolean): Promise<JsonObject>;
};

export type PersonOptions = {
  readonly roleId?: string;
  readonly units?: number;
  readonly isSignedIn?: boolean;
  readonly columns?: JsonObject;
  /** Skill and rating value; null: no rating. */
  readonly skills?: readonly (readonly [string, string | null])[];
  /** Capacity profile and the agent's own limit. */
  readonly profiles?: readonly (readonly [string, number | null])[];
};
export type QueueOptions = {
  readonly members?: readonly Person[];
  readonly columns?: JsonObject;
};
export type WorkStreamOptions = {
  readonly queueId: string;
  readonly channel?: keyof typeof channels;
  readonly columns?: JsonObject;
};
export type RoutingSteps = { readonly classification?: readonly string[]; readonly route?: string };
export type AssignmentSteps = { readonly prioritization?: string; readonly assignment?: readonly string[] };
export type StartOptions = JsonObject;

export async function openContactCentre(options: TestServerOptions = {}): Promise<ContactCentre> {
  const environment = { PARLEY_MOVABLE_CLOCK: 'on', ...options.environment };
  return contactCentreOf(await startTestServer({ ...options, environment }));
}

export async function contactCentreOf(server: TestServer): Promise<ContactCentre> {
  const admin = createApi(server.apiRoot, await server.adminToken());
  const tail = randomUUID().slice(0, 8);
  let count = 0;
  const unique = (text: string): string => `${text} ${tail} ${++count}`;
  const { UserId } = await admin.read('WhoAmI');
  const marker = await createQueue(admin, unique('Marker'), {});
  const parts = { server, admin, unique };
  return {
    ...parts,
    administrator: personOf(admin, String(UserId), 'Administrator'),
    person: (given = {}) => createPerson(parts, given),
    queue: async ({ members = [], columns = {} } = {}) => {
      const id = await createQueue(admin, unique('Queue'), columns);
      for (const member of members) await addMember(admin, id, member);
      return id;
    },
    addMember: (queueId, agent) => addMember(admin, queueId, agent),
    workStream: (given) => createWorkStream(parts, given),
    ...ruleFunctions(parts),
    skill: (name = unique('Skill')) => admin.create('characteristics', { name, characteristictype: 1 }),
    settle: () => settle(admin, marker, unique('Marker')),
    start: async (workStreamId, given = {}) => {
      const body = { WorkStreamId: workStreamId, ChannelKey: unique('key'), Text: 'Hello', ...given };
      const answer = await must(admin.request('POST', 'parley_StartConversation', { body }));
      return String(answer['ConversationId']);
    },
    moveClock: async (seconds) => {
      await must(admin.request('POST', 'parley_MoveClock', { body: { Milliseconds: Math.round(seconds * 1000) } }));
    },
    ...rowFunctions(admin),
  };
}

type Parts = Pick<ContactCentre, 'server' | 'admin' | 'unique'>;

/** The answer of a request that must succeed. */
export async function must(request: Promise<ApiResponse>): Promise<JsonObject> {
  const response = await request;
  assert.ok(response.status === 200 || response.status === 204, `${response.status} ${response.text}`);
  return response.json;
}

/** Reads again until it fits. */
export async function until<Value>(
  what: string,
  read: () => Promise<Value>,
  fits: (value: Value) => boolean,
  milliseconds: number = patience,
): Promise<Value> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const value = await read();
    if (fits(value)) return value;
    if (Date.now() > deadline) assert.fail(`Not within ${milliseconds} ms: ${what}. Last: ${JSON.stringify(value)}`);
    await sleep(25);
  }
}

/** Actions of Dynamics take the conversation as a parameter, Parley's own are bound to its row. */
function requestOn(api: Api, id: string, operation: string, body: JsonObject): Promise<ApiResponse> {
  return operation.startsWith('CCaaS_')
    ? api.request('POST', operation, { body: { ApiVersion: '1.0', ConversationId: id, ...body } })
    : api.request('POST', `msdyn_ocliveworkitems(${id})/${crm}.${operation}`, { body });
}

function personOf(api: Api, id: string, name: string): Person {
  const call: Person['call'] = (operation, body = {}) => must(api.request('POST', operation, { body }));
  return {
    id,
    name,
    api,
    call,
    on: (conversationId, operation, body = {}) => must(requestOn(api, conversationId, operation, body)),
    async refusedOn(conversationId, operation, refusal, body = {}) {
      const response = await requestOn(api, conversationId, operation, body);
      const { message } = asObject(response.json['error']);
      assert.ok(response.status === 409 || response.status === 403, `${response.status} ${response.text}`);
      assert.ok(String(message).includes(`(${refusal})`), `not ${refusal}: ${response.text}`);
    },
    async deniedOn(conversationId, operation, body = {}) {
      const { status, text } = await requestOn(api, conversationId, operation, body);
      assert.ok(status === 403 || status === 404, `${status} ${text}`);
    },
    signIn: async () => {
      await call('parley_SignIn', { DeviceId: 'desk' });
    },
    setPresence: async (presence) => {
      await call('parley_SetPresence', { PresenceId: presences[presence] });
    },
  };
}

async function createPerson({ server, admin, unique }: Parts, options: PersonOptions): Promise<Person> {
  const { roleId = agentRole, units, isSignedIn = true, columns = {} } = options;
  const name = unique('Agent');
  const id = await admin.create('systemusers', {
    firstname: 'Agent',
    lastname: name.slice('Agent '.length),
    domainname: `${name.replaceAll(' ', '.')}@parley.test`,
    'businessunitid@odata.bind': `/businessunits(${server.org.businessUnitId})`,
    ...(units === undefined ? {} : { msdyn_capacity: units }),
    ...columns,
  });
  await relate(admin, `systemusers(${id})/systemuserroles_association`, `roles(${roleId})`);
  await createResource(admin, id, name, options);
  const person = personOf(admin.with({ MSCRMCallerID: id }), id, name);
  if (isSignedIn)
    // Who is an agent is part of the configuration, which takes a moment to be in force.
    await until(
      `${name} is signed in`,
      () => person.api.request('POST', 'parley_SignIn', { body: { DeviceId: 'desk' } }),
      ({ status }) => status === 204,
    );
  return person;
}

/** Skills and capacity profiles belong to the bookable resource of a user. */
async function createResource(admin: Api, userId: string, name: string, options: PersonOptions): Promise<void> {
  const { skills = [], profiles = [] } = options;
  if (skills.length === 0 && profiles.length === 0) return;
  const resource = await admin.create('bookableresources', {
    name,
    resourcetype: 3,
    'UserId@odata.bind': `/systemusers(${userId})`,
  });
  for (const [skill, rating] of skills)
    await admin.create('bookableresourcecharacteristics', {
      'Resource@odata.bind': `/bookableresources(${resource})`,
      'Characteristic@odata.bind': `/characteristics(${skill})`,
      ...(rating === null ? {} : { 'RatingValue@odata.bind': `/ratingvalues(${rating})` }),
    });
  for (const [profile, limit] of profiles)
    await admin.create('msdyn_bookableresourcecapacityprofiles', {
      msdyn_name: name,
      'msdyn_bookableresourceid@odata.bind': `/bookableresources(${resource})`,
      'msdyn_capacityprofileid@odata.bind': `/msdyn_capacityprofiles(${profile})`,
      ...(limit === null ? {} : { msdyn_maxunits: limit }),
    });
}

async function relate(admin: Api, property: string, target: string): Promise<void> {
  const body = { '@odata.id': `${admin.root}/${target}` };
  const response = await admin.request('POST', `${property}/$ref`, { body });
  assert.equal(response.status, 204, response.text);
}

const addMember = (admin: Api, queueId: string, { id }: Person): Promise<void> =>
  relate(admin, `queues(${queueId})/queuemembership_association`, `systemusers(${id})`);

function createQueue(admin: Api, name: string, columns: JsonObject): Promise<string> {
  return admin.create('queues', {
    name,
    msdyn_isomnichannelqueue: true,
    msdyn_queuetype: 192350000,
    msdyn_assignmentstrategy: 192350000,
    msdyn_priority: 1,
    ...columns,
  });
}

function createWorkStream({ admin, unique }: Parts, options: WorkStreamOptions): Promise<string> {
  const { queueId, channel = 'custom', columns = {} } = options;
  return admin.create('msdyn_liveworkstreams', {
    msdyn_name: unique('Work stream'),
    msdyn_streamsource: channels[channel],
    ...streamDefaults,
    'msdyn_defaultqueue@odata.bind': `/queues(${queueId})`,
    ...columns,
  });
}

/** The name of a queue travels with the rest of the configuration: when the new one is shown, all before it is in force. */
async function settle(admin: Api, markerQueueId: string, name: string): Promise<void> {
  await admin.update(`queues(${markerQueueId})`, { name });
  await until(
    'the configuration is in force',
    () => admin.read('parley_GetQueueSnapshot()'),
    (snapshot) => JSON.stringify(snapshot).includes(name),
  );
}

type RuleFunctions = Pick<ContactCentre, 'ruleSet' | 'rewrite' | 'routing' | 'assignment'>;

const definition = (kind: string, rules: readonly JsonObject[], more: JsonObject = {}): string =>
  JSON.stringify({ kind, ...more, rules });

function ruleFunctions({ admin, unique }: Parts): RuleFunctions {
  const names = (text: string): JsonObject => {
    const name = unique(text);
    return { msdyn_name: name, msdyn_uniquename: name.replaceAll(' ', '_') };
  };
  const step = (set: string, configuration: JsonObject, order: number, type: number, ruleSetId: string) =>
    admin.create(set, {
      ...names('Step'),
      msdyn_steporder: order,
      msdyn_type: type,
      'msdyn_rulesetid@odata.bind': `/msdyn_decisionrulesets(${ruleSetId})`,
      ...configuration,
    });
  return {
    ruleSet: (kind, rules, more) =>
      admin.create('msdyn_decisionrulesets', {
        ...names(kind),
        msdyn_rulesettype: 192350000,
        msdyn_authoringmode: 192350000,
        msdyn_rulesetdefinition: definition(kind, rules, more),
      }),
    rewrite: (id, kind, rules, more) =>
      admin.update(`msdyn_decisionrulesets(${id})`, { msdyn_rulesetdefinition: definition(kind, rules, more) }),
    async routing(workStreamId, { classification = [], route }) {
      const id = await admin.create('msdyn_routingconfigurations', {
        ...names('Routing'),
        msdyn_isactiveconfiguration: true,
        'msdyn_liveworkstreamid@odata.bind': `/msdyn_liveworkstreams(${workStreamId})`,
      });
      const configuration = { 'msdyn_routingconfigurationid@odata.bind': `/msdyn_routingconfigurations(${id})` };
      for (const [index, ruleSetId] of classification.entries())
        await step('msdyn_routingconfigurationsteps', configuration, index + 1, 192350000, ruleSetId);
      if (route !== undefined) await step('msdyn_routingconfigurationsteps', configuration, 100, 192350002, route);
    },
    async assignment(queueId, { prioritization, assignment = [] }) {
      const id = await admin.create('msdyn_assignmentconfigurations', {
        ...names('Assignment'),
        msdyn_isactiveconfiguration: true,
        'msdyn_queueid@odata.bind': `/queues(${queueId})`,
      });
      const configuration = { 'msdyn_assignmentconfigurationid@odata.bind': `/msdyn_assignmentconfigurations(${id})` };
      if (prioritization !== undefined)
        await step('msdyn_assignmentconfigurationsteps', configuration, 1, 192350000, prioritization);
      for (const [index, ruleSetId] of assignment.entries())
        await step('msdyn_assignmentconfigurationsteps', configuration, index + 2, 192350002, ruleSetId);
    },
  };
}

type RowFunctions = Pick<ContactCentre, 'rows' | 'agentStatus' | 'decisions' | 'foundNobody' | 'reaches' | 'becomes'>;

function rowFunctions(admin: Api): RowFunctions {
  const state = (id: string) => admin.read(`msdyn_ocliveworkitems(${id})/${crm}.parley_GetState()`);
  const becomes: RowFunctions['becomes'] = (id, what, fits) => until(what, () => state(id), fits);
  const decisions: RowFunctions['decisions'] = async (id) => {
    const answer = await admin.read(`msdyn_ocliveworkitems(${id})/${crm}.parley_ExplainRouting()`);
    return (answer['Decisions'] as JsonObject[]).map(asObject);
  };
  return {
    decisions,
    becomes,
    async rows(id) {
      const [live, item, sessions, current] = await Promise.all([
        admin.read(`msdyn_liveconversations(${id})`),
        admin.read(`msdyn_ocliveworkitems(${id})`),
        admin.list(
          `msdyn_ocsessions?$filter=_msdyn_liveworkitemid_value eq ${id}&$orderby=msdyn_sessioncreatedon,activityid`,
        ),
        state(id),
      ]);
      const participants: JsonObject[] = [];
      for (const { activityid } of sessions)
        participants.push(
          ...(await admin.list(
            `msdyn_sessionparticipants?$filter=_msdyn_omnichannelsession_value eq ${String(activityid)}&$orderby=msdyn_addedon`,
          )),
        );
      return { live, item, sessions, participants, state: current };
    },
    agentStatus: async ({ id }) => {
      const [row] = await admin.list(`msdyn_agentstatuses?$filter=_msdyn_agentid_value eq ${id}`);
      assert.ok(row !== undefined, `no status row of agent ${id}`);
      return row;
    },
    foundNobody: async (id) => {
      const found = await until(
        'routing looked at it and found nobody',
        () => decisions(id),
        (list) => list.some(({ Kind }) => Kind === 'noAgent' || Kind === 'manual'),
      );
      const last = found.findLast(({ Kind }) => Kind === 'noAgent' || Kind === 'manual');
      assert.ok(last !== undefined);
      return last;
    },
    reaches: (id, agent) =>
      becomes(id, `it reaches ${agent.name} (${agent.id})`, ({ AgentId }) => AgentId === agent.id),
  };
}
