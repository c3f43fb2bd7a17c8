/** People for the chaos run: customers who write and agents who work, both over HTTP, both trying again when a server is gone. */
import { randomUUID } from 'node:crypto';
import { type Api, type ApiResponse, createApi, type TestServer } from '../support/server.ts';

/** Servers come and go: a new call goes to one that is there. */
export type Servers = { pick(): TestServer | undefined };

export type Actor = { readonly stop: () => Promise<void> };

/** A message that was answered with success. */
export type Acknowledged = { readonly conversationId: string; readonly clientId: string };

export type Random = () => number;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** One call at some server; undefined when that server died on the way. */
async function attempt(
  servers: Servers,
  email: string,
  method: string,
  target: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<ApiResponse | undefined> {
  const server = servers.pick();
  if (server === undefined) return undefined;
  try {
    const api: Api = createApi(server.apiRoot, await tokenOf(server, email));
    const url = target.startsWith('/') ? `${server.origin}${target}` : target;
    const answer = await api.request(method, url, options);
    return answer.status >= 500 || answer.status === 401 ? undefined : answer;
  } catch {
    return undefined;
  }
}

function tokenOf(server: TestServer, email: string): Promise<string> {
  return email === '' ? server.adminToken() : server.personToken(email);
}

/** Tries until some server answers. */
async function persist(
  servers: Servers,
  isOver: () => boolean,
  email: string,
  method: string,
  target: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<ApiResponse | undefined> {
  while (!isOver()) {
    const answer = await attempt(servers, email, method, target, options);
    if (answer !== undefined) return answer;
    await pause(50);
  }
  return undefined;
}

export type Channel = { readonly channelId: string; readonly organizationId: string };

/** A customer: starts a conversation, writes a few messages, each until it is acknowledged, perhaps comes back later. */
export function startCustomer(
  servers: Servers,
  channel: Channel,
  random: Random,
  acknowledged: Acknowledged[],
  refusals: string[],
): Actor {
  let isStopped = false;
  const isOver = (): boolean => isStopped;
  const headers = { 'channel-id': channel.channelId, 'organization-id': channel.organizationId };
  const say = async (target: string, body: Record<string, unknown>, clientId: string): Promise<string | undefined> => {
    const answer = await persist(servers, isOver, '', 'POST', target, {
      body,
      headers: { ...headers, 'idempotency-key': clientId },
    });
    if (answer === undefined) return undefined;
    if (answer.status >= 400) {
      // Closed in between: the customer starts anew. Anything else is a fault of the server.
      if (answer.status !== 404 && answer.status !== 409) refusals.push(`${answer.status} ${answer.text.slice(0, 300)}`);
      return undefined;
    }
    return String(answer.json['conversationId'] ?? '');
  };
  const run = async (): Promise<void> => {
    while (!isStopped) {
      const customerId = `customer-${randomUUID()}`;
      const first = randomUUID();
      const id = await say(
        '/api/v1.0/consumer/conversation/create',
        {
          customercontext: { customerid: customerId, firstname: 'Chaos' },
          conversationcontext: {},
          conversationrequestid: first,
          startmessage: { message: `Start ${first}` },
        },
        first,
      );
      if (id === undefined) continue;
      acknowledged.push({ conversationId: id, clientId: first });
      for (let count = Math.floor(random() * 4); count > 0 && !isStopped; count--) {
        await pause(random() * 150);
        const clientId = randomUUID();
        const sent = await say(
          `/api/v1.0/consumer/conversation/${id}`,
          { type: 'message', id: clientId, text: `Message ${clientId}`, from: { id: customerId } },
          clientId,
        );
        if (sent === undefined) break;
        acknowledged.push({ conversationId: id, clientId });
      }
      await pause(random() * 400);
    }
  };
  const running = run();
  return {
    stop: async () => {
      isStopped = true;
      await running;
    },
  };
}

/** An agent: signed in, accepts or rejects what is offered, answers, transfers, ends, closes. */
export function startAgent(
  servers: Servers,
  person: { readonly email: string; readonly systemUserId: string },
  colleagues: readonly string[],
  random: Random,
): Actor {
  let isStopped = false;
  const call = (name: string, body: unknown) => attempt(servers, person.email, 'POST', `/api/data/v9.2/${name}`, { body });
  const act = async (row: Readonly<Record<string, unknown>>): Promise<void> => {
    const id = String(row['activityid']);
    const target = { ConversationId: id };
    const dice = random();
    if (row['statuscode'] === 5) return void (await call('CCaaS_EndSession', target));
    if (row['msdyn_statuschangereason'] === 192350003) {
      if (dice < 0.4)
        await call(`msdyn_ocliveworkitems(${id})/Microsoft.Dynamics.CRM.parley_SendMessage`, { Text: 'Answer', ClientId: randomUUID() });
      else if (dice < 0.5)
        await call('CCaaS_InitiateAgentTransfer', { ...target, AgentId: colleagues[Math.floor(random() * colleagues.length)] });
      else if (dice < 0.6) await call('CCaaS_EndSession', target);
      else await call('CCaaS_AgentEndConversation', target);
      return;
    }
    await call(dice < 0.8 ? 'CCaaS_AcceptConversation' : 'CCaaS_RejectConversation', target);
  };
  const run = async (): Promise<void> => {
    while (!isStopped) {
      await call('parley_SignIn', { DeviceId: `chaos-${person.systemUserId}` });
      const filter = `_msdyn_activeagentid_value eq ${person.systemUserId} and (statuscode eq 2 or statuscode eq 5) and createdon ge ${started}`;
      const answer = await attempt(
        servers,
        person.email,
        'GET',
        `/api/data/v9.2/msdyn_ocliveworkitems?$select=activityid,statuscode,msdyn_statuschangereason&$filter=${encodeURIComponent(filter)}`,
      );
      const rows = Array.isArray(answer?.json['value']) ? answer.json['value'] : [];
      for (const row of rows) await act(row);
      await pause(60 + random() * 60);
    }
  };
  const started = new Date(Date.now() - 60_000).toISOString();
  const running = run();
  return {
    stop: async () => {
      isStopped = true;
      await running;
    },
  };
}
