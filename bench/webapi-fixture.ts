/** What the Web API benchmark runs against: a real database, a real Parley, the baseline beside it, and conversations. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres } from '../packages/server/src/db/embedded-postgres.ts';
import { demoOrganization, demoPerson, demoWorkStreams } from '../packages/server/src/demo/demo-ids.ts';
import { createLog } from '../packages/server/src/log.ts';

export type WebApiFixture = {
  readonly pool: pg.Pool;
  readonly parleyPort: number;
  readonly baselinePort: number;
  readonly tokens: { readonly administrator: string; readonly agent: string };
  readonly workStreamId: string;
  /** Ids of rows spread over the table. */
  readonly ids: readonly string[];
  stop(): Promise<void>;
};

const root = fileURLToPath(new URL('..', import.meta.url));
const client = { id: 'bench', secret: 'bench-secret' };

/** @param rows conversations in the table */
export async function openWebApiFixture(rows: number, onProgress: (message: string) => void): Promise<WebApiFixture> {
  const directory = await mkdtemp(path.join(tmpdir(), 'parley-bench-'));
  const database = await startEmbeddedPostgres({
    dataDirectory: directory,
    log: createLog('silent'),
    onProgress: () => undefined,
  });
  const { host, port, user, password, database: name } = database.connection;
  const url = `postgresql://${user}:${encodeURIComponent(password)}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
  const children: ChildProcess[] = [];
  const stop = async () => {
    for (const child of children) child.kill('SIGTERM');
    await database.stop();
    await rm(directory, { recursive: true, force: true });
  };
  const pool = new pg.Pool({ ...database.connection, max: 4 });
  pool.on('error', () => undefined);
  try {
    const parley = await startChild(children, 'packages/server/src/main.ts', /ready at http:\/\/127\.0\.0\.1:(\d+)/, {
      DATABASE_URL: url,
      PARLEY_DEMO: 'on',
      PORT: '0',
      PARLEY_TLS_PORT: '0',
      PARLEY_DATA_DIR: path.join(directory, 'files'),
      PARLEY_ADMIN_CLIENT_ID: client.id,
      PARLEY_ADMIN_CLIENT_SECRET: client.secret,
      PARLEY_LOG: 'warn',
    });
    onProgress(`Filling the table with ${rows} conversations`);
    await fillConversations(pool, rows);
    const principals = await principalsOf(pool, demoPerson.agent1.systemUserId);
    const administrator = await pool.query<{ systemuserid: string; businessunitid: string }>(
      "SELECT systemuserid, businessunitid FROM data.systemuser WHERE lastname = 'Administrator application'",
    );
    const baseline = await startChild(children, 'bench/baseline-server.ts', /"port":(\d+)/, {
      BASELINE: JSON.stringify({
        connection: database.connection,
        ownerId: administrator.rows[0]?.systemuserid,
        unitId: administrator.rows[0]?.businessunitid,
        principals,
      }),
    });
    const sample = await pool.query<{ id: string }>(
      'SELECT msdyn_liveconversationid AS id FROM data.msdyn_liveconversation TABLESAMPLE SYSTEM (20) LIMIT 2000',
    );
    const tokens = {
      administrator: await fetchToken(parley, {
        grant_type: 'client_credentials',
        client_id: client.id,
        client_secret: client.secret,
      }),
      agent: await fetchToken(parley, {
        grant_type: 'password',
        client_id: 'parley-demo-cli',
        username: 'agent1@parley.demo',
        password: 'parley-demo',
      }),
    };
    return {
      pool,
      parleyPort: parley,
      baselinePort: baseline,
      tokens,
      workStreamId: demoWorkStreams.liveChat.id,
      ids: sample.rows.map(({ id }) => id),
      stop: async () => {
        await pool.end();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startChild(
  children: ChildProcess[],
  script: string,
  ready: RegExp,
  env: Record<string, string>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, script)], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const match = ready.exec(text);
      if (match?.[1] !== undefined) resolve(Number(match[1]));
    });
    child.on('exit', (code) => reject(new Error(`${script} ended with ${code}: ${text}`)));
  });
}

async function fetchToken(port: number, parameters: Record<string, string>): Promise<string> {
  const origin = `http://127.0.0.1:${port}`;
  const response = await fetch(`${origin}/${demoOrganization.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...parameters, scope: `${origin}/.default` }),
  });
  const answer = (await response.json()) as { access_token?: string };
  if (answer.access_token === undefined) throw new Error(`No token: ${JSON.stringify(answer)}`);
  return answer.access_token;
}

/**
 * Adds conversations up to the number, spread over states, agents and two years; a fifth belongs to agent1, a fifth to the
 * default team that agent1 is a member of, and every 200th of the rest is shared with agent1.
 */
export async function fillConversations(pool: pg.Pool, rows: number): Promise<void> {
  await pool.query(
    `INSERT INTO data.msdyn_liveconversation (msdyn_subject, msdyn_title, msdyn_channel, msdyn_customer, msdyn_customer_table, msdyn_activeagentid, msdyn_liveworkstreamid, msdyn_cdsqueueid,
       msdyn_transfercount, msdyn_escalationcount, msdyn_customersentimentlabel, statecode, statuscode, createdon, modifiedon, msdyn_createdon, msdyn_startedon, msdyn_initiatedon, ownerid, ownerid_table, owningbusinessunit, createdby, modifiedby)
     SELECT 'Question ' || n || ' about an order', 'Order ' || (n % 12600 * 7919 % 100000), ARRAY[192360000], contacts[1 + n % array_length(contacts, 1)], 'contact',
       users[1 + n % array_length(users, 1)], streams[1 + n % array_length(streams, 1)], queue,
       n % 4, n % 2, 7 + n % 7, n % 5, 1 + n % 5, at, at, at, at, at,
       CASE WHEN n % 5 = 0 THEN $2::uuid WHEN n % 5 = 1 THEN team ELSE users[1 + n % array_length(users, 1)] END,
       CASE WHEN n % 5 = 1 THEN 'team' ELSE 'systemuser' END, unit, users[1], users[1]
     FROM (SELECT n, now() - (n::double precision / $1 * interval '730 days') AS at FROM generate_series(1, $1::integer - (SELECT count(*)::integer FROM data.msdyn_liveconversation)) n) numbers,
       (SELECT array_agg(contactid) AS contacts FROM data.contact) c,
       (SELECT array_agg(systemuserid ORDER BY systemuserid) AS users FROM data.systemuser WHERE domainname LIKE '%@parley.demo' AND systemuserid <> $2::uuid) u,
       (SELECT array_agg(msdyn_liveworkstreamid) AS streams FROM data.msdyn_liveworkstream) s,
       (SELECT queueid AS queue FROM data.queue LIMIT 1) q,
       (SELECT teamid AS team, businessunitid AS unit FROM data.team WHERE isdefault LIMIT 1) t`,
    [rows, demoPerson.agent1.systemUserId],
  );
  await pool.query(
    `INSERT INTO data.principalobjectaccess (objectid, objecttypecode, principalid, principaltypecode, accessrightsmask, inheritedaccessrightsmask)
     SELECT msdyn_liveconversationid, 'msdyn_liveconversation', $1::uuid, 'systemuser', 1, 0 FROM data.msdyn_liveconversation WHERE ownerid <> $1::uuid AND versionnumber % 200 = 0
     ON CONFLICT DO NOTHING`,
    [demoPerson.agent1.systemUserId],
  );
  await pool.query('VACUUM ANALYZE data.msdyn_liveconversation, data.principalobjectaccess');
}

async function principalsOf(pool: pg.Pool, userId: string): Promise<string[]> {
  const { rows } = await pool.query<{ teamid: string }>(
    'SELECT teamid FROM data.teammembership WHERE systemuserid = $1',
    [userId],
  );
  return [userId, ...rows.map(({ teamid }) => teamid)];
}
