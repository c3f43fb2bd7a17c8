/**
 * A real server for wire tests: main.ts in a process of its own, on free ports, with its own data directory and embedded
 * database, or one that runs already and is named in PARLEY_TEST_SERVER (see the outside contract for everything used here).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const serverVariable = 'PARLEY_TEST_SERVER';
const entryPoint = path.resolve(import.meta.dirname, '../../packages/server/src/main.ts');
const readyLine = /^Parley is ready at (http:\/\/\S+)$/m;
const readyMilliseconds = 120_000;
/** Longer than the server gives requests in flight, and then its database. */
const stopMilliseconds = 30_000;
const demoPassword = 'parley-demo';

type ServerAddress = { origin: string; clientId: string; clientSecret: string };

/** `/demo/org.json` of the outside contract. */
export type DemoOrganization = {
  tenantId: string;
  organizationId: string;
  businessUnitId: string;
  workStreams: Record<string, string>;
  queues: Record<string, string>;
  users: { name: string; email: string; systemUserId: string; roles: string[] }[];
};

export type TestServer = {
  origin: string;
  /** Without a slash at the end. */
  apiRoot: string;
  org: DemoOrganization;
  /** Token of an application user with the System Administrator role. */
  adminToken(): Promise<string>;
  /** Token of one of the demo's people. */
  personToken(email: string): Promise<string>;
  /** Asks the server to end, waits, removes its data; gives its exit code. Leaves a server that it did not start alone. */
  stop(): Promise<number | null>;
  /** SIGKILL to the server and all its processes at once; the data directory stays. */
  kill(): Promise<void>;
  dataDirectory: string;
};

export type TestServerOptions = {
  /** One of the caller's own, which `stop` then leaves in place. Given, PARLEY_TEST_SERVER is not looked at. */
  dataDirectory?: string;
  environment?: Readonly<Record<string, string>>;
};

/** Starts a server, or takes the one of PARLEY_TEST_SERVER (JSON: origin, clientId, clientSecret), and waits until it is ready. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const given = process.env[serverVariable];
  if (given !== undefined && options.dataDirectory === undefined) {
    // Written by whoever runs the suite.
    return connect(JSON.parse(given) as ServerAddress, { stop: async () => null, kill: async () => {} }, '');
  }
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(path.join(os.tmpdir(), 'parley-wire-')));
  const isTemporary = options.dataDirectory === undefined;
  const credentials = { clientId: 'wire-tests', clientSecret: 'only-for-the-wire-tests' };
  const process_ = spawnServer({
    PARLEY_DATA_DIR: dataDirectory,
    PARLEY_ADMIN_CLIENT_ID: credentials.clientId,
    PARLEY_ADMIN_CLIENT_SECRET: credentials.clientSecret,
    ...options.environment,
  });
  const removeAtExit = (): void => {
    killGroup(process_.child);
    if (isTemporary) rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', removeAtExit);
  const origin = await waitUntilReady(process_);
  const control = {
    async stop(): Promise<number | null> {
      process_.child.kill('SIGTERM');
      const code = await process_.exited;
      process.off('exit', removeAtExit);
      if (isTemporary) await rm(dataDirectory, { recursive: true, force: true });
      return code;
    },
    async kill(): Promise<void> {
      killGroup(process_.child);
      await process_.exited;
      process.off('exit', removeAtExit);
    },
  };
  return connect({ origin, ...credentials }, control, dataDirectory);
}

/** Runs a server that is expected to refuse to start; answers when it has ended. */
export async function runRefusedServer(
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  const process_ = spawnServer(environment);
  const late = setTimeout(() => killGroup(process_.child), readyMilliseconds);
  const code = await process_.exited;
  clearTimeout(late);
  return { code, output: process_.output() };
}

type ServerProcess = { child: ChildProcess; exited: Promise<number | null>; output(): string };

/** In a process group of its own, so that the database can be killed along with it. */
function spawnServer(environment: Readonly<Record<string, string>>): ServerProcess {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const child = spawn(process.execPath, [entryPoint], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH,
      HOME,
      ...(TMPDIR === undefined ? {} : { TMPDIR }),
      PORT: '0',
      PARLEY_TLS_PORT: '0',
      PARLEY_LOG: 'error',
      ...environment,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output += text;
      child.emit('output');
    });
  }
  const exited = once(child, 'close').then(() => child.exitCode);
  return { child, exited, output: () => output };
}

async function waitUntilReady({ child, exited, output }: ServerProcess): Promise<string> {
  const controller = new AbortController();
  const deadline = AbortSignal.timeout(readyMilliseconds);
  const stopped = exited.then((code) => {
    throw new Error(`The server ended with code ${code} before it was ready:\n${output()}`);
  });
  try {
    for (;;) {
      const origin = readyLine.exec(output())?.[1];
      if (origin !== undefined) return origin;
      await Promise.race([once(child, 'output', { signal: AbortSignal.any([controller.signal, deadline]) }), stopped]);
    }
  } finally {
    stopped.catch(() => undefined);
    controller.abort();
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: nothing of the group is left.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function connect(
  { origin, clientId, clientSecret }: ServerAddress,
  control: Pick<TestServer, 'stop' | 'kill'>,
  dataDirectory: string,
): Promise<TestServer> {
  const response = await fetch(`${origin}/demo/org.json`);
  if (!response.ok)
    throw new Error(`${origin}/demo/org.json answered ${response.status}: the wire tests need the demo.`);
  // The shape is the outside contract's.
  const org = (await response.json()) as DemoOrganization;
  const tokens = new Map<string, Promise<string>>();
  const token = (key: string, form: Record<string, string>): Promise<string> => {
    const found = tokens.get(key) ?? requestToken(`${origin}/${org.tenantId}/oauth2/v2.0/token`, form);
    tokens.set(key, found);
    return found;
  };
  const scope = `${origin}/.default`;
  return {
    origin,
    apiRoot: `${origin}/api/data/v9.2`,
    org,
    dataDirectory,
    adminToken: () =>
      token('', { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope }),
    personToken: (email) =>
      token(email, {
        grant_type: 'password',
        client_id: 'parley-demo-cli',
        username: email,
        password: demoPassword,
        scope,
      }),
    stop: () => withDeadline(control.stop()),
    kill: control.kill,
  };
}

async function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The server did not end within ${stopMilliseconds} ms.`)),
      stopMilliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function requestToken(url: string, form: Record<string, string>): Promise<string> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  const answer: unknown = await response.json();
  const token = typeof answer === 'object' && answer !== null && 'access_token' in answer ? answer.access_token : '';
  if (typeof token !== 'string' || token === '') throw new Error(`No token: ${JSON.stringify(answer)}`);
  return token;
}

/** A JSON object of an answer. */
export type JsonObject = Readonly<Record<string, unknown>>;

export type ApiResponse = {
  status: number;
  headers: Headers;
  text: string;
  /** The body as an object; empty when it is none. */
  json: JsonObject;
};

export type RequestOptions = { body?: unknown; headers?: Readonly<Record<string, string>> };

export type Api = {
  root: string;
  /** @param target below the root, or absolute as in a nextLink. A body that is a text is sent as it is. */
  request(method: string, target: string, options?: RequestOptions): Promise<ApiResponse>;
  /** POST that must answer 204; gives the id of the new row. */
  create(set: string, row: unknown): Promise<string>;
  /** GET of one row or document that must answer 200. */
  read(target: string, headers?: Readonly<Record<string, string>>): Promise<JsonObject>;
  /** GET that must answer 200, and its `value`. */
  list(target: string, headers?: Readonly<Record<string, string>>): Promise<JsonObject[]>;
  /** PATCH that must answer 204. */
  update(target: string, row: unknown): Promise<void>;
  /** The same, with these headers on every request. */
  with(headers: Readonly<Record<string, string>>): Api;
};

/** A client of the Web API with no conventions beyond HTTP's. */
export function createApi(root: string, token: string, common: Readonly<Record<string, string>> = {}): Api {
  const request: Api['request'] = async (method, target, { body, headers } = {}) => {
    const url = /^https?:/.test(target) ? target : `${root}/${target}`;
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...common,
        ...headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parseObject(text) };
  };
  const expect = async (status: number, method: string, target: string, options?: RequestOptions) => {
    const response = await request(method, target, options);
    if (response.status !== status)
      throw new Error(
        `${method} ${target} answered ${response.status}, not ${status}: ${response.text.slice(0, 1000)}`,
      );
    return response;
  };
  const read: Api['read'] = async (target, headers = {}) => (await expect(200, 'GET', target, { headers })).json;
  return {
    root,
    request,
    create: async (set, row) => createdId(await expect(204, 'POST', set, { body: row })),
    read,
    list: async (target, headers) => rowsOf(await read(target, headers)),
    update: async (target, row) => {
      await expect(204, 'PATCH', target, { body: row });
    },
    with: (headers) => createApi(root, token, { ...common, ...headers }),
  };
}

/** The id in OData-EntityId, found as the common clients find it: a guid at the very end. */
export function createdId(response: ApiResponse): string {
  const url = response.headers.get('odata-entityid') ?? '';
  const id = /\(([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\)$/.exec(url)?.[1];
  if (id === undefined) throw new Error(`No id in OData-EntityId '${url}' (${response.status} ${response.text})`);
  return id;
}

/** The rows of a collection's answer. */
export function rowsOf(json: JsonObject): JsonObject[] {
  const { value } = json;
  if (!Array.isArray(value)) throw new Error(`No list in ${JSON.stringify(json).slice(0, 1000)}`);
  return value.map((row: unknown) => asObject(row));
}

export function asObject(value: unknown): JsonObject {
  // Any JSON object has this type.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function parseObject(text: string): JsonObject {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return {};
  }
}
