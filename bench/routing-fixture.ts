/** What the routing benchmark runs against: a real database with agents, queues, skills and conversations that wait. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Accepted,
  type Agent,
  type Guid,
  newAgent,
  type RoutingConfiguration,
  startConversation,
} from '@parley/engine';
import type { Pool } from 'pg';
import type { ConversationsContext } from '../packages/server/src/conversations/conversations-context.ts';
import { profileOf } from '../packages/server/src/conversations/load-facts.ts';
import { newId } from '../packages/server/src/conversations/new-id.ts';
import { createWriter } from '../packages/server/src/conversations/write-changes.ts';
import { createDatabase, type Database } from '../packages/server/src/db/database.ts';
import { startEmbeddedPostgres } from '../packages/server/src/db/embedded-postgres.ts';
import { migrate } from '../packages/server/src/db/migrate.ts';
import { createPool, inTransaction } from '../packages/server/src/db/pool.ts';
import { createWriteBatch } from '../packages/server/src/db/write-batch.ts';
import { createLog } from '../packages/server/src/log.ts';
import { loadTableModel } from '../packages/server/src/model/load-table-model.ts';
import {
  defaultTeamId,
  rootBusinessUnitId,
  systemUserId,
} from '../packages/server/src/organization/organization-ids.ts';
import { seedOrganization } from '../packages/server/src/organization/seed-organization.ts';
import type { Written } from '../packages/server/src/outbox/write-events.ts';
import { lockAgents, saveAgents } from '../packages/server/src/presence/agent-store.ts';
import { loadRoutingConfiguration } from '../packages/server/src/routing/load-configuration.ts';

export type RoutingFixture = {
  readonly pool: Pool;
  readonly database: Database;
  readonly context: ConversationsContext;
  readonly configuration: RoutingConfiguration;
  /** Makes conversations that wait, spread over the queues, half of them asking for a skill. */
  addWaiting(count: number): Promise<void>;
  /** One conversation comes in now. */
  arrive(number: number): Promise<{ readonly id: Guid; readonly written: Written }>;
  stop(): Promise<void>;
};

const root = new URL('../', import.meta.url);
const skills = 8;
/** Agents are in this many queues. */
const queuesOfAgent = 3;
const batchSize = 250;

const benchOrganization = {
  organizationId: '00000000-0000-4000-8000-000000000001',
  tenantId: '00000000-0000-4000-8000-000000000002',
  name: 'Bench',
  uniqueName: 'bench',
};

export type FixtureSize = { readonly agents: number; readonly queues: number; readonly isCustom: boolean };

export async function openRoutingFixture(size: FixtureSize): Promise<RoutingFixture> {
  const directory = await mkdtemp(path.join(tmpdir(), 'parley-bench-'));
  const log = createLog('silent');
  const postgres = await startEmbeddedPostgres({ dataDirectory: directory, log, onProgress: () => undefined });
  const pool = createPool(postgres.connection, { max: 6, log });
  const stop = async (): Promise<void> => {
    await pool.end();
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await migrate(pool, fileURLToPath(new URL('db/migrations', root)), { onProgress: () => undefined });
    const model = await loadTableModel(new URL('db/', root));
    await inTransaction(pool, (client) => seedOrganization(client, model, benchOrganization));
    await fillConfiguration(pool, size);
    const database = createDatabase(pool);
    const { configuration: loaded, problems } = await loadRoutingConfiguration(database);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    // Waiting conversations are handed out without ever ending here, so an agent holds more than a day's work at once.
    const configuration = { ...loaded, presences: { ...loaded.presences, maximumSessions: 100_000 } };
    await signInAll(database, configuration);
    const context: ConversationsContext = {
      database,
      clock: { now: () => Date.now() },
      configuration: () => configuration,
      queueLoads: async () => new Map(),
      writer: createWriter({
        model,
        ownerTeamId: defaultTeamId,
        businessUnitId: rootBusinessUnitId,
        systemUserId,
        profileOf: (id) => profileOf(configuration, id),
        businessUnitOf: () => rootBusinessUnitId,
      }),
      announce: () => undefined,
      measure: (_kind, work) => work(),
    };
    return {
      pool,
      database,
      context,
      configuration,
      addWaiting: (count) => addWaiting(context, configuration, count),
      arrive: (number) => arrive(context, configuration, number),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function fillConfiguration(pool: Pool, { agents, queues, isCustom }: FixtureSize): Promise<void> {
  const id = (kind: string) => `md5('${kind}' || n)::uuid`;
  const own = `'${defaultTeamId}'::uuid, 'team', '${rootBusinessUnitId}'::uuid, '${systemUserId}'::uuid, '${systemUserId}'::uuid`;
  const owned = 'ownerid, ownerid_table, owningbusinessunit, createdby, modifiedby';
  const run = (text: string) => pool.query(text);
  await run(`INSERT INTO data.systemuser (systemuserid, firstname, lastname, domainname, businessunitid, msdyn_capacity)
    SELECT ${id('agent')}, 'Agent', n::text, 'agent' || n || '@bench.example', '${rootBusinessUnitId}', 100000 FROM generate_series(1, ${agents}) n`);
  await run(`INSERT INTO data.queue (queueid, name, msdyn_isomnichannelqueue, msdyn_queuetype, msdyn_priority, msdyn_assignmentstrategy, ${owned})
    SELECT ${id('queue')}, 'Queue ' || n, true, 192350000, 1, ${isCustom ? 192350002 : 192350000}, ${own} FROM generate_series(1, ${queues}) n`);
  for (let place = 0; place < queuesOfAgent; place++)
    await run(`INSERT INTO data.queuemembership (queueid, systemuserid)
      SELECT md5('queue' || ((n * 7 + ${place} * 3) % ${queues} + 1))::uuid, ${id('agent')} FROM generate_series(1, ${agents}) n`);
  await run(`INSERT INTO data.characteristic (characteristicid, name, characteristictype, ${owned})
    SELECT ${id('skill')}, 'Skill ' || n, 1, ${own} FROM generate_series(1, ${skills}) n`);
  await run(`INSERT INTO data.bookableresource (bookableresourceid, name, resourcetype, userid, ${owned})
    SELECT ${id('resource')}, 'Agent ' || n, 3, ${id('agent')}, ${own} FROM generate_series(1, ${agents}) n`);
  await run(`INSERT INTO data.bookableresourcecharacteristic (bookableresourcecharacteristicid, name, resource, characteristic, ${owned})
    SELECT md5('has' || n || '-' || k)::uuid, 'Skill', ${id('resource')}, md5('skill' || ((n + k) % ${skills} + 1))::uuid, ${own}
    FROM generate_series(1, ${agents}) n, generate_series(0, 2) k`);
  await run(`INSERT INTO data.msdyn_liveworkstream (msdyn_liveworkstreamid, msdyn_name, msdyn_streamsource, msdyn_workdistributionmode, msdyn_capacityformat,
      msdyn_capacityrequired, msdyn_matchinglogic, msdyn_allowedpresences, msdyn_defaultqueue, msdyn_conversationmode, ${owned})
    SELECT ${id('stream')}, 'Stream ' || n, 192350002, 192350000, 192350000, 10, 192350000, '{192360000,192360001}', ${id('queue')}, 192350001, ${own}
    FROM generate_series(1, ${queues}) n`);
  if (isCustom) await fillCustomRules(pool, own, owned);
}

/** Presence, capacity and skills asked for as an administrator would, then the one with most room, then whose turn it is. */
const customRules = {
  kind: 'assignment',
  rules: [
    {
      name: 'Free and skilled',
      when: {
        and: [
          { path: 'agent.presence', operator: 'in', value: ['available', 'busy'] },
          { path: 'agent.hasCapacity', operator: 'eq', value: true },
          { path: 'agent.hasRequiredSkills', operator: 'eq', value: true },
        ],
      },
      orderBy: [{ by: 'unitCapacity', descending: true }, 'roundRobin'],
    },
  ],
};

async function fillCustomRules(pool: Pool, own: string, owned: string): Promise<void> {
  await pool.query(
    `INSERT INTO data.msdyn_decisionruleset (msdyn_decisionrulesetid, msdyn_name, msdyn_uniquename, msdyn_rulesettype, msdyn_rulesetdefinition, ${owned})
     VALUES (md5('rules')::uuid, 'Bench assignment', 'bench_assignment', 192350000, $1, ${own})`,
    [JSON.stringify(customRules)],
  );
  await pool.query(`INSERT INTO data.msdyn_assignmentconfiguration (msdyn_assignmentconfigurationid, msdyn_name, msdyn_queueid, msdyn_isactiveconfiguration, ${owned})
    SELECT md5('configuration' || queueid)::uuid, 'Custom', queueid, true, ${own} FROM data.queue WHERE name LIKE 'Queue %'`);
  await pool.query(`INSERT INTO data.msdyn_assignmentconfigurationstep (msdyn_assignmentconfigurationstepid, msdyn_name, msdyn_assignmentconfigurationid, msdyn_rulesetid,
      msdyn_steporder, msdyn_type, ${owned})
    SELECT md5('step' || queueid)::uuid, 'Assignment', md5('configuration' || queueid)::uuid, md5('rules')::uuid, 1, 192350002, ${own}
    FROM data.queue WHERE name LIKE 'Queue %'`);
}

async function signInAll(database: Database, configuration: RoutingConfiguration): Promise<void> {
  const now = Date.now();
  const { presences } = configuration;
  const agents = [...configuration.agents.values()].map(
    ({ id }): Agent => ({
      ...newAgent(id, now, presences),
      presenceId: presences.system.available,
      basePresence: 'available',
      presenceCause: 'signIn',
      isSignedIn: true,
    }),
  );
  await database.transaction(async (inner) => {
    // Makes the rows that are not there yet.
    await lockAgents(inner, agents.map(({ id }) => id).sort(), now, presences);
    const batch = createWriteBatch();
    saveAgents(batch, agents);
    await batch.run(inner);
  });
}

/** @returns what was written, for the router to be woken by */
async function arrive(
  context: ConversationsContext,
  configuration: RoutingConfiguration,
  number: number,
): ReturnType<RoutingFixture['arrive']> {
  const now = context.clock.now();
  const accepted = waitingConversation(configuration, number, now);
  const written = await context.database.transaction((database) =>
    context.writer.write(database, {
      now,
      conversations: [{ before: null, accepted }],
      agents: [],
      explanations: [],
      wakeQueues: [],
    }),
  );
  return { id: accepted.conversation.id, written };
}

async function addWaiting(
  context: ConversationsContext,
  configuration: RoutingConfiguration,
  count: number,
): Promise<void> {
  for (let done = 0; done < count; done += batchSize) {
    const now = context.clock.now();
    const conversations = Array.from({ length: Math.min(batchSize, count - done) }, (_, index) => ({
      before: null,
      accepted: waitingConversation(configuration, done + index, now),
    }));
    await context.database.transaction((database) =>
      context.writer.write(database, { now, conversations, agents: [], explanations: [], wakeQueues: [] }),
    );
  }
}

function waitingConversation(configuration: RoutingConfiguration, number: number, now: number): Accepted {
  const streams = [...configuration.workStreams.values()].filter(({ name }) => name.startsWith('Stream '));
  const skillIds = [...configuration.skillNames.keys()].sort();
  const stream = streams[number % streams.length];
  if (stream === undefined) throw new Error('The fixture has no work stream');
  const skillId = number % 2 === 0 ? skillIds[(number >> 1) % skillIds.length] : undefined;
  return startConversation(
    {
      kind: 'start',
      id: newId(now),
      conversationKind: stream.kind,
      channel: stream.channel,
      workStreamId: stream.id,
      distribution: 'push',
      isOutbound: false,
      subject: 'Bench',
      title: 'Bench',
      customer: null,
      customerName: null,
      locale: null,
      caseId: null,
      context: {},
      channelKey: null,
      routing: {
        kind: 'queued',
        queueId: stream.fallbackQueueId,
        priority: 0,
        skills: skillId === undefined ? [] : [{ skillId }],
        demand: stream.demand,
        preferredAgentIds: [],
        context: {},
        isOverflow: false,
      },
      message: null,
    },
    { now, policy: stream.policy, agents: new Map(), presences: configuration.presences },
  );
}
