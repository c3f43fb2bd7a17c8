/**
 * A running server as a contact centre: people, queues and work streams made for one test, operations called as those people, and
 * waiting for what the server does by itself. Everything goes over the Web API.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { roleIds } from '../../packages/server/src/organization/organization-ids.ts';
import { addPerson } from '../conformance/people.ts';
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

export { presenceIds, roleIds } from '../../packages/server/src/organization/organization-ids.ts';

const crm = 'Microsoft.Dynamics.CRM';
/** How long the server may take for what it does by itself. */
const patience = 30_000;

export const channels = { liveChat: 192360000, sms: 192340000, custom: 192350002, voice: 192370000 } as const;
export const nowhere = '00000000-0000-4000-8000-000000000000';

/** Somebody who calls the Web API. */
export type Person = {
  readonly id: string;
  readonly api: Api;
  /** POST of an unbound action. */
  call(name: string, body?: JsonObject): Promise<ApiResponse>;
  /** POST of an action on a conversation. */
  callOn(conversationId: string, name: string, body?: JsonObject): Promise<ApiResponse>;
};

export type WorkStreamOptions = {
  readonly queueId: string;
  readonly channel?: number;
  readonly isPicked?: boolean;
  readonly units?: number;
  /** More columns of the row. */
  readonly row?: JsonObject;
};

export type Centre = {
  readonly server: TestServer;
  readonly admin: Person;
  /** A user with these roles, who acts through the administrator's client. */
  addPerson(roles: readonly string[]): Promise<Person>;
  /** A new queue, and its agents: each a new user with the role Omnichannel agent. */
  addQueue(agents: number, row?: JsonObject): Promise<{ readonly id: string; readonly agents: Person[] }>;
  addMember(queueId: string, person: Person): Promise<void>;
  /** A work stream; resolves when everything that was configured before is in force. */
  addWorkStream(options: WorkStreamOptions): Promise<string>;
  /** Rule sets that a work stream runs, with the kind of step of each; resolves when they are in force. */
  addRules(workStreamId: string, rules: readonly (readonly [number, JsonObject])[]): Promise<void>;
  /** Resolves when what was configured before is in force. */
  settle(): Promise<void>;
  /** Starts a conversation as a channel would. */
  start(workStreamId: string, more?: JsonObject): Promise<string>;
  moveClock(seconds: number): Promise<void>;
  /** The engine's state of a conversation. */
  state(id: string): Promise<JsonObject>;
  /** The row of msdyn_ocliveworkitem. */
  item(id: string): Promise<JsonObject>;
  /** Sessions in the order in which they were opened. */
  sessions(id: string): Promise<JsonObject[]>;
  /** Participants of all sessions of a conversation, in the order in which they were added. */
  participants(id: string): Promise<JsonObject[]>;
  /** Resolves with the state once it has this status, and this reason. */
  waitForStatus(id: string, statusCode: number, reason?: number): Promise<JsonObject>;
  /** Resolves with the state once it is offered to somebody, or to this person. */
  waitForOffer(id: string, person?: Person): Promise<JsonObject>;
  stop(): Promise<unknown>;
};

/** Kinds of steps of a routing configuration. */
export const steps = { classification: 192350000, route: 192350002 } as const;
export const status = { open: 1, active: 2, waiting: 3, closed: 4, wrapUp: 5 } as const;

export async function openCentre(options: TestServerOptions = {}): Promise<Centre> {
  const environment = { PARLEY_MOVABLE_CLOCK: 'on', ...options.environment };
  return joinCentre(await startTestServer({ ...options, environment }));
}

/** A centre of a server that runs. */
async function joinCentre(server: TestServer): Promise<Centre> {
  const api = createApi(server.apiRoot, await server.adminToken());
  const who = await api.read('WhoAmI');
  const admin = personOf(api, String(who['UserId']));
  const centre: Centre = {
    server,
    admin,
    addPerson: async (roles) => {
      const id = await addPerson(api, roles);
      return personOf(api.with({ MSCRMCallerID: id }), id);
    },
    async addQueue(count, row = {}) {
      const id = await api.create('queues', {
        name: `Queue ${randomUUID()}`,
        msdyn_isomnichannelqueue: true,
        msdyn_queuetype: 192350000,
        msdyn_assignmentstrategy: 192350000,
        ...row,
      });
      const agents: Person[] = [];
      for (let number = 0; number < count; number += 1) {
        const agent = await centre.addPerson([roleIds.omnichannelAgent]);
        await centre.addMember(id, agent);
        agents.push(agent);
      }
      return { id, agents };
    },
    addMember: async (queueId, person) => {
      await associate(api, `queues(${queueId})/queuemembership_association`, `systemusers(${person.id})`);
    },
    async addWorkStream(wanted) {
      const id = await api.create('msdyn_liveworkstreams', workStreamRow(wanted));
      await waitFor(`work stream ${id}`, async () => {
        const LiveWorkStreamId = id;
        const answer = await admin.call('CCaaS_GetRepresentativeAvailabilityBeforeConversation', { LiveWorkStreamId });
        return answer.status === 200;
      });
      return id;
    },
    async addRules(workStreamId, rules) {
      await addRules(api, workStreamId, rules);
      await centre.settle();
    },
    settle: async () => {
      await centre.addWorkStream({ queueId: Object.values(server.org.queues)[0] ?? '' });
    },
    async start(WorkStreamId, more = {}) {
      const started = await admin.call('parley_StartConversation', { WorkStreamId, Text: 'Hello', ...more });
      return String(done(started)['ConversationId']);
    },
    moveClock: async (seconds) => {
      done(await admin.call('parley_MoveClock', { Milliseconds: seconds * 1000 }));
    },
    state: (id) => api.read(`msdyn_ocliveworkitems(${id})/${crm}.parley_GetState()`),
    item: (id) => api.read(`msdyn_ocliveworkitems(${id})`),
    sessions: (id) =>
      api.list(`msdyn_ocsessions?$filter=_msdyn_liveworkitemid_value eq ${id}&$orderby=createdon,activityid`),
    participants: async (id) => {
      const ids = (await centre.sessions(id)).map(
        (session) => `_msdyn_omnichannelsession_value eq ${session['activityid']}`,
      );
      return api.list(
        `msdyn_sessionparticipants?$filter=${ids.join(' or ')}&$orderby=msdyn_addedon,msdyn_sessionparticipantid`,
      );
    },
    waitForStatus: (id, statusCode, reason) =>
      waitFor(`status ${statusCode} ${reason ?? ''} of ${id}`, async () => {
        const state = await centre.state(id);
        const isThere = state['Status'] === statusCode && (reason === undefined || state['StatusReason'] === reason);
        return isThere ? state : undefined;
      }),
    waitForOffer: (id, person) =>
      waitFor(`an offer of ${id}`, async () => {
        const state = await centre.state(id);
        const agentId = asObject(state['Offer'])['AgentId'];
        return agentId !== undefined && (person === undefined || agentId === person.id) ? state : undefined;
      }),
    stop: () => server.stop(),
  };
  return centre;
}

function personOf(api: Api, id: string): Person {
  const call = (name: string, body: JsonObject = {}): Promise<ApiResponse> => api.request('POST', name, { body });
  return { id, api, call, callOn: (row, name, body) => call(`msdyn_ocliveworkitems(${row})/${crm}.${name}`, body) };
}

async function associate(api: Api, collection: string, row: string): Promise<void> {
  done(await api.request('POST', `${collection}/$ref`, { body: { '@odata.id': `${api.root}/${row}` } }));
}

async function addRules(
  api: Api,
  workStreamId: string,
  rules: readonly (readonly [number, JsonObject])[],
): Promise<void> {
  const named = (): JsonObject => ({ msdyn_name: 'Rules', msdyn_uniquename: `rules_${randomUUID()}` });
  const configuration = await api.create('msdyn_routingconfigurations', {
    ...named(),
    'msdyn_liveworkstreamid@odata.bind': `/msdyn_liveworkstreams(${workStreamId})`,
    msdyn_isactiveconfiguration: true,
  });
  for (const [index, [type, definition]] of rules.entries()) {
    const ruleSet = await api.create('msdyn_decisionrulesets', {
      ...named(),
      msdyn_rulesettype: 192350000,
      msdyn_authoringmode: 192350000,
      msdyn_rulesetdefinition: JSON.stringify(definition),
    });
    await api.create('msdyn_routingconfigurationsteps', {
      ...named(),
      'msdyn_routingconfigurationid@odata.bind': `/msdyn_routingconfigurations(${configuration})`,
      'msdyn_rulesetid@odata.bind': `/msdyn_decisionrulesets(${ruleSet})`,
      msdyn_steporder: index + 1,
      msdyn_type: type,
    });
  }
}

function workStreamRow({ queueId, channel = channels.liveChat, isPicked, units, row }: WorkStreamOptions): JsonObject {
  return {
    msdyn_name: `Stream ${randomUUID()}`,
    msdyn_streamsource: channel,
    msdyn_direction: 0,
    msdyn_mode: 717210001,
    msdyn_workdistributionmode: isPicked === true ? 192350001 : 192350000,
    msdyn_allowedpresences: '192360000,192360001',
    msdyn_capacityformat: 192350000,
    msdyn_capacityrequired: units ?? 40,
    msdyn_conversationmode: 192350000,
    msdyn_autocloseafterinactivity: 40_320,
    msdyn_screenpoptimeout_optionSet: 120,
    'msdyn_defaultqueue@odata.bind': `/queues(${queueId})`,
    ...row,
  };
}

/** Asks until there is an answer that is neither undefined nor false. */
export async function waitFor<Result>(
  what: string,
  look: () => Promise<Result | undefined | false>,
  milliseconds: number = patience,
): Promise<Result> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`${what} did not come within ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** @returns the body of an answer that must be a success */
export function done(response: ApiResponse): JsonObject {
  assert.ok(response.status === 200 || response.status === 204, `${response.status} ${response.text}`);
  return response.json;
}

/** The answer must be this error; each of the words must be in its message. */
export function refused(response: ApiResponse, statusCode: number, code: string, ...words: string[]): void {
  const error = asObject(response.json['error']);
  assert.deepEqual([response.status, error['code']], [statusCode, code], response.text);
  for (const word of words) assert.ok(String(error['message']).includes(word), `${word} is not said: ${response.text}`);
}

/** Codes of the refusals that operations answer with. */
export const codes = {
  /** 404: there is no such row, or none that concerns the caller. */
  missing: '0x80040217',
  /** 403: no role gives the privilege. */
  privilege: '0x80040220',
  /** 403: not the caller's to decide. */
  notYours: '0x80048405',
  /** 409: not possible now. */
  conflict: '0x80040265',
} as const;

/** Milliseconds since 1970 of a time in a row. */
export function timeOf(value: unknown): number {
  const time = Date.parse(String(value));
  assert.ok(Number.isFinite(time), `${String(value)} is no time`);
  return time;
}
