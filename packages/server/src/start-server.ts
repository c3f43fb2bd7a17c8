/** Starts everything in order and knows how to end it in order. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Pool, PoolConfig } from 'pg';
import { customMessagingRoutes } from './channels/custom-messaging/custom-messaging-routes.ts';
import { type Config, refuseOpenDemo, resolveTlsPort } from './config.ts';
import { createConversationOperations } from './conversation-operations/conversation-operations.ts';
import { createConversationOwners } from './conversation-operations/conversation-owner.ts';
import type { OperationParts } from './conversation-operations/operation-parts.ts';
import { buildSubject } from './conversations/build-subject.ts';
import { lockDataDirectory } from './db/data-directory-lock.ts';
import { createDatabase } from './db/database.ts';
import { startEmbeddedPostgres } from './db/embedded-postgres.ts';
import { migrate } from './db/migrate.ts';
import { createPool } from './db/pool.ts';
import { listen } from './db/postgres-notifications.ts';
import { type Authentication, authenticate } from './http/authenticate.ts';
import { type LocalCertificate, openLocalCertificate } from './http/local-certificate.ts';
import { createMetrics, operationsPages } from './http/operations-pages.ts';
import { createOrigins } from './http/origins.ts';
import { type Area, createRouter } from './http/router.ts';
import { openServers } from './http/servers.ts';
import { createWebApiListener } from './http/web-api-listener.ts';
import type { Logger } from './log.ts';
import { loadTableModel } from './model/load-table-model.ts';
import { tableNamed } from './model/table-model.ts';
import { prepareOrganization } from './organization/prepare-organization.ts';
import { answerNotFound } from './pages/not-found-page.ts';
import { sitePages } from './pages/site-pages.ts';
import { checkRuleSetText } from './routing/parse-rule-set.ts';
import { findAccess } from './security/caller.ts';
import { createPrincipals } from './security/principals.ts';
import { setApplicationSecret, setUserPassword } from './sign-in/accounts.ts';
import { parseIssuers, parsePublicClients } from './sign-in/configuration.ts';
import { createSignIn } from './sign-in/sign-in.ts';
import { type Engine, startEngine } from './start-engine.ts';
import { createWebApi } from './webapi/pipeline.ts';
import { createExecutor } from './webapi/run/executor.ts';

export type StartOptions = {
  readonly config: Config;
  readonly log: Logger;
  /** The checkout: holds `db/`. */
  readonly directory: URL;
  readonly signal: AbortSignal;
  onProgress(message: string): void;
};

export type RunningServer = {
  readonly url: string;
  /** Stops taking work, finishes what is in flight, stops the embedded database. */
  stop(): Promise<void>;
  onFailure(callback: (reason: string) => void): void;
};

/**
 * Connections to the database: three per core, because more only compete for the cores (measured on two: six connections
 * answered annotated lists a tenth faster than twelve), and enough that a few slow queries do not hold up the rest.
 */
const poolSize: number = Math.min(32, Math.max(6, availableParallelism() * 3));
/** For loading what callers may do, which a transaction may have to wait for: never from the pool that it holds a connection of. */
const accessPoolSize = 2;

/** @throws ConfigError and other errors whose message says why; whatever was started by then is stopped again */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const cleanup: (() => void | Promise<void>)[] = [];
  const stop = async () => {
    for (let end = cleanup.pop(); end !== undefined; end = cleanup.pop()) await end();
  };
  try {
    return await startParts(options, cleanup, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

type Cleanup = (() => void | Promise<void>)[];

async function startParts(options: StartOptions, cleanup: Cleanup, stop: () => Promise<void>): Promise<RunningServer> {
  const { config, log, directory } = options;
  const failures: ((reason: string) => void)[] = [];
  const connection = await openDatabase(options, cleanup, (reason) => {
    for (const report of failures) report(reason);
  });
  const pool = createPool(connection, { max: poolSize, log });
  cleanup.push(() => pool.end());
  await reachDatabase(pool, config);
  await migrate(pool, fileURLToPath(new URL('db/migrations', directory)), options);
  const model = await loadTableModel(new URL('db/', directory));
  const organization = await prepareOrganization(pool, model, config, options.onProgress);
  refuseOpenDemo(config, organization.isDemo);

  const accessPool = createPool(connection, { max: accessPoolSize, log });
  cleanup.push(() => accessPool.end());
  const principals = createPrincipals(accessPool);
  const listener = await listen(connection, ['parley_security'], () => principals.invalidate(), {
    onLost: (error) => {
      log.warn({ err: error }, 'Change notifications are lost; access is read from the database until they are back');
      principals.setConnected(false);
    },
    onRestored: () => principals.setConnected(true),
  });
  principals.setConnected(true);
  cleanup.push(() => listener.close());

  const metrics = createMetrics();
  const address = { origin: '' };
  const engine = await startEngine({
    config,
    log,
    model,
    database: createDatabase(pool),
    connection,
    registry: metrics.registry,
    isDemo: organization.isDemo,
    organizationId: organization.organizationId,
    cleanup,
    origin: () => address.origin,
  });

  const certificate = await openCertificate(config, organization.isDemo);
  const tlsPort = resolveTlsPort(config, organization.isDemo);
  let isReady = false;
  const parts = {
    options,
    pool,
    model,
    principals,
    organization,
    metrics,
    certificate,
    engine,
    isReady: () => isReady,
    cleanup,
  };
  const servers = await openServers(
    {
      host: config.host,
      port: config.port,
      tls:
        tlsPort === undefined
          ? undefined
          : { port: tlsPort, certificate: certificate.certificate, key: certificate.key },
    },
    await prepareListener(parts),
  );
  cleanup.push(async () => {
    isReady = false;
    await servers.close();
  });
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  address.origin = config.publicUrl ?? `http://${host}:${servers.port}`;
  isReady = true;
  return {
    url: address.origin,
    stop,
    onFailure: (callback) => failures.push(callback),
  };
}

/** Says which setting is wrong when an external database cannot be reached; never repeats the address, which holds a password. */
async function reachDatabase(pool: Pool, config: Config): Promise<void> {
  await pool.query('SELECT 1').catch((error: unknown) => {
    if (config.databaseUrl === undefined) throw error;
    throw new Error(
      `The database of DATABASE_URL cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  });
}

async function openDatabase(
  options: StartOptions,
  cleanup: Cleanup,
  onExit: (reason: string) => void,
): Promise<PoolConfig> {
  const { config, log, onProgress } = options;
  const lock = await lockDataDirectory(config.dataDirectory);
  cleanup.push(() => lock.release());
  if (config.databaseUrl !== undefined) return { connectionString: config.databaseUrl };
  const database = await startEmbeddedPostgres({ dataDirectory: config.dataDirectory, log, onProgress });
  process.once('exit', database.abandon);
  database.onExit(onExit);
  cleanup.push(async () => {
    await database.stop();
    process.off('exit', database.abandon);
  });
  return database.connection;
}

/** The operator's certificate, or the local one. */
async function openCertificate(config: Config, isDemo: boolean): Promise<LocalCertificate> {
  const { tls } = config;
  if (tls === undefined) {
    return resolveTlsPort(config, isDemo) === undefined
      ? { certificate: '', key: '', authority: '' }
      : openLocalCertificate(config.dataDirectory);
  }
  const [certificate, key] = await Promise.all([readFile(tls.certificateFile, 'utf8'), readFile(tls.keyFile, 'utf8')]);
  return { certificate, key, authority: '' };
}

type Parts = {
  readonly options: StartOptions;
  readonly pool: Pool;
  readonly model: Awaited<ReturnType<typeof loadTableModel>>;
  readonly principals: ReturnType<typeof createPrincipals>;
  readonly organization: Awaited<ReturnType<typeof prepareOrganization>>;
  readonly metrics: ReturnType<typeof createMetrics>;
  readonly certificate: LocalCertificate;
  readonly engine: Engine;
  readonly isReady: () => boolean;
  readonly cleanup: Cleanup;
};

/** Sign-in and Web API need the ports that the system chose, so the routes are made once those are known. */
async function prepareListener(
  parts: Parts,
): Promise<(ports: { port: number; tlsPort: number | undefined }) => Promise<ReturnType<typeof createRouter>>> {
  const { options, pool, model, principals, organization, metrics, certificate, engine, isReady, cleanup } = parts;
  const { config, log } = options;
  return async (ports) => {
    const origins = createOrigins(config.publicUrl, { host: config.host, ...ports });
    const signIn = await createSignIn({
      pool,
      tenantId: organization.tenantId,
      allowedOrigins: origins.all,
      publicUrl: config.publicUrl,
      demo: organization.isDemo,
      issuers: parseIssuers(config.issuers),
      publicClients: parsePublicClients(config.publicClients),
      log: {
        info: (details, message) => log.info(details, message),
        warn: (details, message) => log.warn(details, message),
        error: (details, message) => log.error(details, message),
      },
    });
    cleanup.push(() => signIn.stop());
    const authentication = {
      signIn,
      principals,
      pool,
      organizationId: organization.organizationId,
      tenantId: organization.tenantId,
    };
    const webApi = createWebApi({
      model,
      executor: createExecutor(pool),
      findPrincipal: async (userId) => principals.find(userId),
      forgetPrincipals: () => principals.invalidate(),
      credentials: {
        setUserPassword: (systemUserId, password) => setUserPassword(pool, systemUserId, password),
        setApplicationSecret: (application) => setApplicationSecret(pool, application),
      },
      operations: createConversationOperations(operationParts(parts)),
      owners: createConversationOwners(engine.conversations.door),
      columnChecks: new Map([
        ['msdyn_decisionruleset.msdyn_rulesetdefinition', checkRuleSetText],
        ['msdyn_liveworkstream.parley_relaxation', checkRuleSetText],
      ]),
      clock: engine.clock,
    });
    return createRouter({
      origins,
      signIn,
      webApi: createWebApiListener({ webApi, model, authentication, origins, log, metrics }),
      areas: [messagingArea(parts, authentication)],
      pages: new Map([
        ...operationsPages(pool, metrics, isReady),
        ...sitePages({ organization, origins: origins.all, authority: certificate.authority }),
      ]),
      notFound: answerNotFound,
      reportFailure: (error) => log.error({ err: error }, 'A page could not be answered'),
    });
  };
}

function operationParts({ options, pool, engine }: Parts): OperationParts {
  const { clock, configuration, conversations, presence, queueLoads, fireTimers } = engine;
  return {
    database: createDatabase(pool),
    conversations,
    presence,
    configuration: configuration.current,
    availability: { buildSubject, readLoads: queueLoads.read },
    fireTimers,
    moveClock: options.config.isClockMovable ? clock.move : undefined,
  };
}

/** The API of custom messaging channels. */
function messagingArea({ options, pool, model, engine, organization }: Parts, authentication: Authentication): Area {
  const activities = tableNamed(model, 'msdyn_ocliveworkitem');
  return customMessagingRoutes({
    log: options.log,
    database: createDatabase(pool),
    conversations: engine.conversations,
    attachments: engine.attachments,
    fetch: engine.fetch,
    clock: engine.clock,
    organizationId: organization.organizationId,
    authenticate: (headers) => authenticate(authentication, headers),
    mayUseChannel: (caller) => findAccess(caller, activities, 'Create') !== undefined,
    challenge: (origin) => authentication.signIn.challenge(origin),
  });
}
