/** What the chaos run needs to be there: a work stream that pushes, its channel, and agents in both queues. */
import { channelCodes } from '@parley/engine';
import { type Api, createApi, type TestServer } from '../support/server.ts';
import type { AgentPerson } from './agents.ts';
import type { Channel } from './customers.ts';
import type { Tokens } from './tokens.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

export type Scene = {
  readonly channel: Channel;
  readonly workStreamId: string;
  readonly queueIds: readonly string[];
  readonly agents: readonly AgentPerson[];
  readonly supervisor: AgentPerson;
};

const push = 192350000;
const persistent = 192350001;

/** Every agent is in every queue, so that a transfer to another queue finds somebody. */
export async function prepareScene(server: TestServer, tokens: Tokens, receiver: WebhookReceiver): Promise<Scene> {
  const admin = createApi(server.apiRoot, await tokens.get(server, undefined));
  const queueIds = Object.values(server.org.queues);
  const agents = server.org.users.filter(({ email }) => email.startsWith('agent'));
  const supervisor = server.org.users.find(({ email }) => email.startsWith('supervisor'));
  if (supervisor === undefined) throw new Error('The demo has no supervisor');
  const workStreamId = await admin.create('msdyn_liveworkstreams', {
    msdyn_name: 'Chaos',
    msdyn_streamsource: channelCodes.custom,
    msdyn_mode: 717210001,
    msdyn_workdistributionmode: push,
    msdyn_conversationmode: persistent,
    msdyn_enableagentaffinity: true,
    msdyn_allowedpresences: '192360000,192360001',
    msdyn_capacityformat: 192350000,
    msdyn_capacityrequired: 20,
    msdyn_matchinglogic: 192350001,
    msdyn_screenpoptimeout_optionSet: 30,
    // Minutes.
    msdyn_autocloseafterinactivity: 1,
    'msdyn_defaultqueue@odata.bind': `/queues(${queueIds[0]})`,
  });
  const channelId = await admin.create('msdyn_occustommessagingchannels', {
    msdyn_name: 'Chaos',
    'msdyn_liveworkstreamid@odata.bind': `/msdyn_liveworkstreams(${workStreamId})`,
    parley_webhookurl: receiver.url,
    parley_webhooksecret: receiver.secret,
  });
  for (const queueId of queueIds) for (const { systemUserId } of agents) await addMember(admin, queueId, systemUserId);
  return {
    channel: { channelId, organizationId: server.org.organizationId },
    workStreamId,
    queueIds,
    agents,
    supervisor,
  };
}

async function addMember(admin: Api, queueId: string, userId: string): Promise<void> {
  const members = `queues(${queueId})/queuemembership_association`;
  const known = await admin.list(`${members}?$select=systemuserid&$filter=systemuserid eq ${userId}`);
  if (known.length > 0) return;
  const body = { '@odata.id': `${admin.root}/systemusers(${userId})` };
  const answer = await admin.request('POST', `${members}/$ref`, { body });
  if (answer.status !== 204) throw new Error(`${answer.status} ${answer.text}`);
}
