/** What the sign-in tests share: a scratch database and a listening server. */
import { createServer, type Server } from 'node:http';
import type pg from 'pg';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { type PasswordKind, setApplicationSecret, setUserPassword } from './accounts.ts';
import { createSignIn, type SignIn, type SignInOptions } from './sign-in.ts';

export const tenantId = '0f8a8d2e-6c1b-4b56-9a65-3f1a52c0f0aa';

type Person = { systemUserId: string; name: string; password: string; kind: PasswordKind };

export const people: Record<'agent' | 'leaver', Person> = {
  agent: {
    systemUserId: '2b330c52-6844-4d36-8e05-03c78c9681dc',
    name: 'agent1@parley.demo',
    password: 'parley-demo',
    kind: 'demo',
  },
  leaver: {
    systemUserId: '5a0d3b7e-0f0e-4f35-a1a5-7a4b0f0e2a01',
    name: 'leaver@parley.demo',
    password: 'gone-tomorrow',
    kind: 'personal',
  },
};
export const application = {
  clientId: '9d5d3c1e-2f47-4f0f-8a52-1f6f0f2f1b11',
  secret: 'an application secret',
  systemUserId: '7c1f1f58-8d24-4c29-9d5b-2a4a5b6c7d01',
};
export const agentObjectId = 'c2a7b1a0-33c4-4f06-8b0e-9a3b4a1f0e55';

export type ScratchDatabase = { pool: pg.Pool; close(): Promise<void> };

/** A migrated database of its own with a few users, reached as the server reaches its database: every value is text. */
async function startScratchDatabase(): Promise<ScratchDatabase> {
  const { pool, drop } = await createTestDatabase();
  await createUsers(pool);
  return { pool, close: drop };
}

async function createUsers(pool: pg.Pool): Promise<void> {
  await pool.query(
    `INSERT INTO data.systemuser
       (systemuserid, firstname, lastname, domainname, internalemailaddress, applicationid, azureactivedirectoryobjectid, isdisabled)
     VALUES
       ($1, 'Ada', 'Agent', $2, 'ada@mail.example', NULL, $3, false),
       ($4, 'Lee', 'Leaver', $5, NULL, NULL, NULL, false),
       ($6, NULL, 'Sync application', NULL, NULL, $7, NULL, false)`,
    [
      ...[people.agent.systemUserId, people.agent.name, agentObjectId],
      ...[people.leaver.systemUserId, people.leaver.name],
      ...[application.systemUserId, application.clientId],
    ],
  );
}

export type RunningSignIn = {
  signIn: SignIn;
  origin: string;
  /** The same server under its other name. */
  otherOrigin: string;
  /** Everything that was logged as a warning or an error. */
  complaints: unknown[];
  close(): Promise<void>;
};

/** Starts sign-in behind a real HTTP server; requests that are none of its own get a 418. */
export async function startSignIn(pool: pg.Pool, options: Partial<SignInOptions> = {}): Promise<RunningSignIn> {
  const complaints: unknown[] = [];
  const complain = (details: object) => complaints.push(details);
  let signIn: SignIn | undefined;
  const server = createServer((request, response) => {
    if (signIn?.handle(request, response, `http://${request.headers.host}`) !== true) response.writeHead(418).end();
  });
  const port = await listen(server);
  const origin = `http://127.0.0.1:${port}`;
  const otherOrigin = `http://localhost:${port}`;
  signIn = await createSignIn({
    pool,
    tenantId,
    allowedOrigins: [origin, otherOrigin],
    publicUrl: undefined,
    demo: true,
    issuers: [],
    log: { info: () => {}, warn: complain, error: complain },
    ...options,
  });
  return {
    signIn,
    origin,
    otherOrigin,
    complaints,
    async close() {
      await signIn?.stop();
      await closeServer(server);
    },
  };
}

/** Listens on a free port of 127.0.0.1 and resolves to it. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** Closes a server together with its idle connections. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

/** A scratch database with the application's secret and the people's passwords set, and sign-in running on it. */
export async function prepareSignIn(): Promise<{
  database: ScratchDatabase;
  running: RunningSignIn;
  close(): Promise<void>;
}> {
  const database = await startScratchDatabase();
  await setApplicationSecret(database.pool, application);
  for (const { systemUserId, password, kind } of Object.values(people)) {
    await setUserPassword(database.pool, systemUserId, password, kind);
  }
  const running = await startSignIn(database.pool);
  return {
    database,
    running,
    async close() {
      await running.close();
      await database.close();
    },
  };
}
