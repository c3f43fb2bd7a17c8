/** What everybody in the chaos run shares: calls to whichever server is up, tried again when it dies, and a tally of the answers. */
import { type ApiResponse, createApi, type TestServer } from '../support/server.ts';
import type { ServerGroup } from './server-group.ts';
import type { Tokens } from './tokens.ts';

export type Person = { stop(): Promise<void> };

/** A message that was answered with success. Its text occurs once in the world. */
export type Acknowledged = { readonly conversationId: string; readonly text: string };

export type Tally = {
  readonly acknowledged: Acknowledged[];
  conversationsStarted: number;
  /** Commands that were answered with success, messages included. */
  commandsAccepted: number;
  /** Answers that say no in an orderly way: the state had changed meanwhile. */
  commandsRefused: number;
  /** Calls without an answer: the server died, or none was up. */
  unanswered: number;
  /** Answers 503: try again shortly. */
  busy: number;
  /** What nobody should get, whatever is killed: 500, 400, 401, or nothing for a long time. */
  readonly faults: string[];
};

export type Call = {
  /** E-mail of one of the demo's people; undefined: the administrator's application. */
  readonly email?: string;
  readonly method?: string;
  /** Below the Web API's root, or from the server's root with a slash. */
  readonly target: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type World = {
  readonly servers: ServerGroup;
  readonly tally: Tally;
  /** One try at some server; undefined when it gave no answer. */
  ask(call: Call): Promise<ApiResponse | undefined>;
  /** Tries until some server answers; undefined when over before. */
  insist(call: Call, isOver: () => boolean): Promise<ApiResponse | undefined>;
};

const orderlyRefusals: ReadonlySet<number> = new Set([403, 404, 409, 412]);
const busyStatus = 503;
const pauseBetweenTries = 50;
const longestAnswer = 35_000;

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export function createTally(): Tally {
  return {
    acknowledged: [],
    conversationsStarted: 0,
    commandsAccepted: 0,
    commandsRefused: 0,
    unanswered: 0,
    busy: 0,
    faults: [],
  };
}

export function createWorld(servers: ServerGroup, tokens: Tokens, tally: Tally): World {
  const ask = async (call: Call): Promise<ApiResponse | undefined> => {
    const server = servers.pick();
    const answer =
      server === undefined
        ? undefined
        : await callServer(server, tokens, call).catch((error: unknown) => {
            if (error instanceof LateAnswer) tally.faults.push(error.message);
            return undefined;
          });
    if (server !== undefined && answer?.status === 401) tokens.forget(server, call.email);
    count(tally, call, answer);
    return answer === undefined || answer.status >= 500 || answer.status === 401 ? undefined : answer;
  };
  return {
    servers,
    tally,
    ask,
    async insist(call, isOver) {
      while (!isOver()) {
        const answer = await ask(call);
        if (answer !== undefined) return answer;
        await pause(pauseBetweenTries);
      }
      return undefined;
    },
  };
}

class LateAnswer extends Error {}

async function callServer(server: TestServer, tokens: Tokens, call: Call): Promise<ApiResponse> {
  const { email, method = 'POST', target, body, headers = {} } = call;
  const token = await tokens.get(server, email);
  const url = target.startsWith('/') ? `${server.origin}${target}` : `${server.apiRoot}/${target}`;
  const answer = createApi(server.apiRoot, token).request(method, url, { body, headers });
  return withDeadline(answer, `${method} ${target}`);
}

/** A server that never answers is a fault, and must not hold up the run. */
async function withDeadline<Answer>(answer: Promise<Answer>, what: string): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LateAnswer(`${what}: nothing in ${longestAnswer} ms`)), longestAnswer);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function count(tally: Tally, { method = 'POST', target }: Call, answer: ApiResponse | undefined): void {
  if (answer === undefined) tally.unanswered += 1;
  else if (answer.status === busyStatus) tally.busy += 1;
  else if (answer.status < 300) tally.commandsAccepted += method === 'GET' ? 0 : 1;
  else if (orderlyRefusals.has(answer.status)) tally.commandsRefused += 1;
  else tally.faults.push(`${method} ${target}: ${answer.status} ${answer.text.slice(0, 300)}`);
}

/** Repeats what somebody does until they are stopped. */
export function startPerson(act: (isOver: () => boolean) => Promise<void>): Person {
  let isStopped = false;
  const isOver = (): boolean => isStopped;
  const run = async (): Promise<void> => {
    while (!isStopped) await act(isOver);
  };
  const running = run();
  return {
    async stop() {
      isStopped = true;
      await running;
    },
  };
}
