/** For tests: the Web API over the real conversation service, presence and routing, on a demo organisation, with a clock that stands still. */
import assert from 'node:assert/strict';
import { type Guid, type RoutingConfiguration, unknownProfile } from '@parley/engine';
import { WebApiError } from '@parley/protocol';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { buildSubject } from '../conversations/build-subject.ts';
import { createConversations } from '../conversations/conversations.ts';
import type { ConversationsContext } from '../conversations/conversations-context.ts';
import { runRoutingCycle } from '../conversations/router.ts';
import { createConversationTimers } from '../conversations/timers.ts';
import { createWriter } from '../conversations/write-changes.ts';
import { createDatabase, type Database } from '../db/database.ts';
import { inTransaction } from '../db/pool.ts';
import { type DemoPersonName, demoOrganization, demoPerson } from '../demo/demo-ids.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import { createLog } from '../log.ts';
import { defaultTeamId, rootBusinessUnitId, systemUserId } from '../organization/organization-ids.ts';
import { seedOrganization } from '../organization/seed-organization.ts';
import { createPresence } from '../presence/presence.ts';
import { loadRoutingConfiguration } from '../routing/load-configuration.ts';
import { type Caller, createCaller } from '../security/caller.ts';
import { loadPrincipal } from '../security/load-principal.ts';
import { createWebApi } from '../webapi/pipeline.ts';
import { loadModel } from '../webapi/plan/plan-harness.ts';
import { createExecutor } from '../webapi/run/executor.ts';
import { createConversationOperations } from './conversation-operations.ts';
import { createConversationOwners } from './conversation-owner.ts';
import type { OperationParts } from './operation-parts.ts';

/** The moment at which every test begins. */
export const startOfTest: number = Date.parse('2026-03-02T10:00:00Z');

export type Answer = { readonly status: number; readonly code: string; readonly text: string; readonly json: unknown };

export type TestCentre = {
  readonly database: Database;
  readonly parts: OperationParts;
  /** A request as this person; `status` 500 never: faults are thrown. */
  send(
    person: Caller,
    method: string,
    target: string,
    body?: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  person(name: DemoPersonName): Promise<Caller>;
  caller(userId: string): Promise<Caller>;
  /** Lets the router look at everything that is marked. */
  route(): Promise<void>;
  moveClock(milliseconds: number): void;
  drop(): Promise<void>;
};

export async function openTestCentre(options: { readonly isClockMovable?: boolean } = {}): Promise<TestCentre> {
  const [model, opened] = await Promise.all([loadModel(), createTestDatabase()]);
  await inTransaction(opened.pool, async (client) => {
    await seedOrganization(client, model, demoOrganization);
    await seedDemo(client, model);
  });
  const database = createDatabase(opened.pool);
  const { configuration } = await loadRoutingConfiguration(database);
  let now = startOfTest;
  const clock = { now: () => now };
  const context = contextOf(model, database, clock, configuration);
  const conversations = createConversations(context);
  const timers = createConversationTimers(context, createLog('error'));
  const parts: OperationParts = {
    database,
    conversations,
    presence: presenceOf(context),
    configuration: () => configuration,
    availability: { buildSubject },
    fireTimers: () => timers.fire(),
    moveClock:
      options.isClockMovable === true
        ? async (milliseconds) => {
            now += milliseconds;
          }
        : undefined,
  };
  const webApi = createWebApi({
    model,
    executor: createExecutor(opened.pool),
    findPrincipal: (userId) => loadPrincipal(opened.pool, userId),
    forgetPrincipals: () => undefined,
    credentials: { setUserPassword: refuseCredentials, setApplicationSecret: refuseCredentials },
    operations: createConversationOperations(parts),
    owners: createConversationOwners(conversations.door),
    columnChecks: new Map([['account.description', (text) => (text === 'bad' ? 'it says bad' : undefined)]]),
    clock,
  });
  const caller = async (userId: string): Promise<Caller> => {
    const principal = await loadPrincipal(opened.pool, userId);
    assert.ok(principal, userId);
    return createCaller(principal, undefined, demoOrganization);
  };
  return {
    database,
    parts,
    caller,
    person: (name) => caller(demoPerson[name].systemUserId),
    send: (person, method, target, body, headers = {}) => {
      const [path = '', query = ''] = target.split('?');
      const message = {
        method,
        apiRoot: 'http://localhost/api/data/v9.2',
        path: encodeURI(path),
        query: encodeURI(query),
        headers,
        body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
      };
      return answerOf(webApi.handle(message, person));
    },
    route: async () => {
      // Each cycle takes what is marked; what it leaves marked is the next one's.
      while (['more', 'done'].includes((await runRoutingCycle(context)).outcome));
    },
    moveClock: (milliseconds) => {
      now += milliseconds;
    },
    drop: () => opened.drop(),
  };
}

async function answerOf(
  response: Promise<{
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | undefined;
  }>,
): Promise<Answer> {
  try {
    const { status, headers, body } = await response;
    const isJson = body !== undefined && (headers['Content-Type'] ?? '').startsWith('application/json');
    return { status, code: '', text: body ?? headers['OData-EntityId'] ?? '', json: isJson ? JSON.parse(body) : {} };
  } catch (error) {
    if (!(error instanceof WebApiError)) throw error;
    return { status: error.definition.status, code: error.errorName, text: error.message, json: {} };
  }
}

function contextOf(
  model: Awaited<ReturnType<typeof loadModel>>,
  database: Database,
  clock: { now(): number },
  configuration: RoutingConfiguration,
): ConversationsContext {
  const profileOf = (id: Guid) => configuration.agents.get(id) ?? unknownProfile(id);
  return {
    database,
    clock,
    writer: createWriter({
      model,
      ownerTeamId: defaultTeamId,
      businessUnitId: rootBusinessUnitId,
      systemUserId,
      profileOf,
      businessUnitOf: () => rootBusinessUnitId,
    }),
    configuration: () => configuration,
    queueLoads: async () => new Map(),
    announce: () => undefined,
    measure: (_, work) => work(),
  };
}

function presenceOf(context: ConversationsContext): OperationParts['presence'] {
  const { database, clock, configuration, writer, announce } = context;
  return createPresence({
    database,
    clock,
    configuration,
    writeChanges: (inner, { now, agents, wakeQueues }) =>
      writer.write(inner, { now, conversations: [], agents, explanations: [], wakeQueues }),
    announce,
  });
}

async function refuseCredentials(): Promise<void> {
  throw new Error('Credentials are not part of these tests');
}
