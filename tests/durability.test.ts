/** What was acknowledged survives; ends and refusals are orderly (outside contract: commands, environment). */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type Api,
  createApi,
  createdId,
  type JsonObject,
  rowsOf,
  runRefusedServer,
  startTestServer,
  type TestServer,
} from './support/server.ts';

const clients = 8;
let dataDirectory: string;

before(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'parley-durability-'));
});
after(() => rm(dataDirectory, { recursive: true, force: true }));

async function start(): Promise<{ server: TestServer; api: Api }> {
  const server = await startTestServer({ dataDirectory });
  return { server, api: createApi(server.apiRoot, await server.adminToken()) };
}

/** Processes, database included, that were started for the data directory. */
function processesOf(directory: string): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(directory));
}

type Load = { acknowledged: Set<string>; refusals: string[]; reached: Promise<void>; ended: Promise<void> };

/** Clients that create accounts, each with a task, until the server is gone. `reached`: this many are acknowledged. */
function createUntilGone(api: Api, tag: string, count: number): Load {
  const acknowledged = new Set<string>();
  const refusals: string[] = [];
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const work = async (): Promise<void> => {
    for (;;) {
      const body = { name: tag, Account_Tasks: [{ subject: tag }] };
      const response = await api.request('POST', 'accounts', { body }).catch(() => undefined);
      if (response === undefined) return;
      if (response.status === 204) acknowledged.add(createdId(response));
      else refusals.push(`${response.status} ${response.text}`);
      if (acknowledged.size >= count) resolve();
    }
  };
  const ended = Promise.all(Array.from({ length: clients }, work)).then(() => undefined);
  return { acknowledged, refusals, reached, ended };
}

/** All pages: a fast machine makes more rows than one page holds. */
async function listAll(api: Api, target: string): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  for (let next: string | undefined = target; next !== undefined; ) {
    const page = await api.read(next);
    rows.push(...rowsOf(page));
    const link = page['@odata.nextLink'];
    next = typeof link === 'string' ? link : undefined;
  }
  return rows;
}

/** Every acknowledged row is there, and every row is whole. */
async function assertKept(api: Api, tag: string, acknowledged: ReadonlySet<string>): Promise<void> {
  const rows = await listAll(
    api,
    `accounts?$select=name&$filter=name eq '${tag}'&$expand=Account_Tasks($select=subject)`,
  );
  const kept = new Set(rows.map((row) => row['accountid']));
  assert.deepEqual(
    [...acknowledged].filter((id) => !kept.has(id)),
    [],
    'acknowledged rows that are lost',
  );
  for (const row of rows) assert.equal(Array.isArray(row['Account_Tasks']) && row['Account_Tasks'].length, 1);
  // At the most, each client had one row on its way.
  assert.ok(rows.length <= acknowledged.size + clients, `${rows.length} rows of ${acknowledged.size}`);
}

describe('A server that is killed', () => {
  it('has kept every acknowledged row when it runs again', async () => {
    const { server, api } = await start();
    const tag = randomUUID();
    const load = createUntilGone(api, tag, 200);
    await load.reached;
    await server.kill();
    await load.ended;
    assert.deepEqual(load.refusals, []);

    const again = await start();
    try {
      assert.equal((await fetch(`${again.server.origin}/health/ready`)).status, 200);
      await assertKept(again.api, tag, load.acknowledged);
      await again.api.create('accounts', { name: 'after' });
    } finally {
      await again.server.stop();
    }
  });
});

describe('A server that is asked to stop', () => {
  it('finishes what is in flight, exits with 0 and leaves no process', async () => {
    const { server, api } = await start();
    const tag = randomUUID();
    const load = createUntilGone(api, tag, 50);
    await load.reached;
    assert.equal(await server.stop(), 0);
    await load.ended;
    assert.deepEqual(load.refusals, []);
    assert.deepEqual(processesOf(dataDirectory), []);

    const again = await start();
    try {
      await assertKept(again.api, tag, load.acknowledged);
    } finally {
      assert.equal(await again.server.stop(), 0);
    }
  });
});

describe('A start that is refused', () => {
  it('because another server has the data directory says so', async () => {
    const { server } = await start();
    try {
      const { code, output } = await runRefusedServer({ PARLEY_DATA_DIR: dataDirectory });
      assert.ok(code !== 0 && code !== null, `code ${code}`);
      assert.match(output, /Parley cannot start/);
      assert.ok(output.includes(dataDirectory), output);
      assert.equal((await fetch(`${server.origin}/health/ready`)).status, 200, 'the first server goes on');
    } finally {
      await server.stop();
    }
  });

  const wrong: Record<string, Record<string, string>> = {
    PORT: { PORT: 'eighty' },
    'PORT is': { PORT: '70000' },
    PARLEY_TLS_PORT: { PARLEY_TLS_PORT: '-1' },
    HOST: { HOST: 'not a host' },
    PARLEY_ADMIN_CLIENT_SECRET: { PARLEY_ADMIN_CLIENT_ID: 'app' },
    PARLEY_ADMIN_CLIENT_ID: { PARLEY_ADMIN_CLIENT_SECRET: 'hidden-value' },
    PARLEY_PUBLIC_URL: { PARLEY_PUBLIC_URL: 'https://example.com/path' },
    PARLEY_TLS_KEY: { PARLEY_TLS_CERT: '/nowhere.pem' },
    PARLEY_DEMO: { PARLEY_DEMO: 'maybe' },
    PARLEY_LOG: { PARLEY_LOG: 'loud' },
    DATABASE_URL: { DATABASE_URL: 'mysql://user:hidden-value@127.0.0.1/x' },
    NATS_URL: { NATS_URL: 'nonsense' },
    'PARLEY_DEMO=off': { HOST: '0.0.0.0', PARLEY_DEMO: 'on' },
  };
  for (const [name, environment] of Object.entries(wrong)) {
    it(`because ${Object.entries(environment).map((pair) => pair.join('='))} is wrong names the variable`, async () => {
      const directory = path.join(dataDirectory, 'never-made');
      const { code, output } = await runRefusedServer({ PARLEY_DATA_DIR: directory, ...environment });
      assert.ok(code !== 0 && code !== null, `code ${code}`);
      assert.ok(output.includes(name.split(' ')[0] ?? ''), output);
      assert.ok(!output.includes('hidden-value'), 'a secret is repeated');
      assert.ok(!output.includes('Parley is ready'), output);
    });
  }

  it('because the database is out of reach says so', async () => {
    const { code, output } = await runRefusedServer({
      PARLEY_DATA_DIR: path.join(dataDirectory, 'never-made'),
      DATABASE_URL: 'postgres://user:hidden-value@127.0.0.1:1/parley',
    });
    assert.ok(code !== 0 && code !== null, `code ${code}`);
    assert.match(output, /Parley cannot start: .*(127\.0\.0\.1:1|DATABASE_URL)/is);
    assert.ok(!output.includes('hidden-value'), 'a secret is repeated');
  });

  it('reports every problem at once', async () => {
    const { output } = await runRefusedServer({ PORT: 'x', PARLEY_LOG: 'y', PARLEY_DEMO: 'z' });
    for (const name of ['PORT', 'PARLEY_LOG', 'PARLEY_DEMO']) assert.ok(output.includes(name), output);
  });
});
