/** Agents and a supervisor of the chaos run: they answer offers, write, hand over, end and close, all over the Web API. */
import { randomUUID } from 'node:crypto';
import { type JsonObject, rowsOf } from '../support/server.ts';
import { type Person, pause, startPerson, type World } from './people.ts';
import { chooseOne, type Random } from './random.ts';

export type AgentPerson = { readonly email: string; readonly systemUserId: string };

type Invitation = { readonly kind: 'transfer' | 'consult'; readonly conversationId: string };

/** What agents tell each other, as the realtime connection would: who is asked to take part in what. */
export type Invitations = Map<string, Invitation[]>;

export type AgentOptions = {
  readonly person: AgentPerson;
  readonly colleagues: readonly AgentPerson[];
  readonly invitations: Invitations;
  readonly queueIds: readonly string[];
  /** Whose conversations the run is about; the demo has others. */
  readonly workStreamId: string;
  readonly random: Random;
};

/** Status codes of the work item, and the reason while its agent talks. */
const open = 1;
const active = 2;
const wrapUp = 5;
const inConversation = 192350003;
const crm = 'Microsoft.Dynamics.CRM';

export function startAgent(world: World, options: AgentOptions): Person {
  const { person, invitations, random } = options;
  return startPerson(async (isOver) => {
    await moveAround(world, person, random);
    for (const invitation of invitations.get(person.systemUserId)?.splice(0) ?? [])
      await answerInvitation(world, person, invitation, random);
    for (const row of await conversationsOf(world, options)) {
      if (isOver()) return;
      await handle(world, options, row);
    }
    await pause(150 + random() * 250);
  });
}

/** Signed in most of the time, and out of every presence that routing does not like. */
async function moveAround(world: World, { email, systemUserId }: AgentPerson, random: Random): Promise<void> {
  const body = { DeviceId: `chaos-${systemUserId}` };
  if (random() < 0.02) {
    await world.ask({ email, target: 'parley_SignOut', body });
    await pause(random() * 1500);
  }
  await world.ask({ email, target: 'parley_SignIn', body });
  if (random() < 0.15) await world.ask({ email, target: 'parley_ResetPresence', body: {} });
}

type Worker = Pick<AgentOptions, 'person' | 'workStreamId'>;

function conversationsOf(world: World, { person, workStreamId }: Worker): Promise<readonly JsonObject[]> {
  const own = `_msdyn_activeagentid_value eq ${person.systemUserId}`;
  const filter = `${own} and (statuscode eq ${active} or statuscode eq ${wrapUp})`;
  return list(world, { person, workStreamId }, filter);
}

async function list(world: World, { person, workStreamId }: Worker, filter: string): Promise<readonly JsonObject[]> {
  const { email } = person;
  const select = '$select=activityid,statuscode,msdyn_statuschangereason&$top=50';
  const all = `${filter} and _msdyn_liveworkstreamid_value eq ${workStreamId}`;
  const target = `msdyn_ocliveworkitems?${select}&$filter=${encodeURIComponent(all)}`;
  const answer = await world.ask({ email, method: 'GET', target });
  return answer?.status === 200 ? rowsOf(answer.json) : [];
}

async function answerInvitation(
  world: World,
  { email }: AgentPerson,
  { kind, conversationId }: Invitation,
  random: Random,
): Promise<void> {
  const dice = random();
  // Some are left to run out.
  if (dice > 0.9) return;
  const isAccepted = dice < 0.65;
  if (kind === 'consult') {
    const name = isAccepted ? 'parley_AcceptConsult' : 'parley_RejectConsult';
    await world.ask({ email, target: `msdyn_ocliveworkitems(${conversationId})/${crm}.${name}`, body: {} });
  } else {
    const target = isAccepted ? 'CCaaS_AcceptConversation' : 'CCaaS_RejectConversation';
    await world.ask({ email, target, body: { ConversationId: conversationId } });
  }
}

async function handle(world: World, options: AgentOptions, row: JsonObject): Promise<void> {
  const { person, random } = options;
  const { email } = person;
  const body = { ConversationId: String(row['activityid']) };
  if (row['statuscode'] === wrapUp) await world.ask({ email, target: 'CCaaS_EndSession', body });
  else if (row['msdyn_statuschangereason'] === inConversation) await talk(world, options, body.ConversationId);
  else {
    const dice = random();
    if (dice < 0.8) await world.ask({ email, target: 'CCaaS_AcceptConversation', body });
    else if (dice < 0.92) await world.ask({ email, target: 'CCaaS_RejectConversation', body });
  }
}

async function talk(world: World, options: AgentOptions, conversationId: string): Promise<void> {
  const { person, colleagues, queueIds, random } = options;
  const { email } = person;
  const body = { ConversationId: conversationId };
  const dice = random();
  if (dice < 0.35) await answer(world, person, conversationId);
  else if (dice < 0.5) await invite(world, options, chooseOne(random, colleagues), body);
  else if (dice < 0.56) {
    const queue = { ...body, QueueId: chooseOne(random, queueIds) };
    await world.ask({ email, target: 'CCaaS_InitiateQueueTransfer', body: queue });
  } else if (dice < 0.6) {
    await world.ask({ email, target: `msdyn_ocliveworkitems(${conversationId})/${crm}.parley_Release`, body: {} });
  } else if (dice < 0.7) await world.ask({ email, target: 'CCaaS_EndSession', body });
  else await world.ask({ email, target: 'CCaaS_AgentEndConversation', body });
}

/** Two tries with one client id: the second one must not write it twice. */
async function answer(world: World, { email }: AgentPerson, conversationId: string): Promise<void> {
  const ClientId = randomUUID();
  const text = `Answer ${ClientId}`;
  const target = `msdyn_ocliveworkitems(${conversationId})/${crm}.parley_SendMessage`;
  let tries = 0;
  const sent = await world.insist({ email, target, body: { Text: text, ClientId } }, () => ++tries > 3);
  if (sent !== undefined && sent.status < 300) world.tally.acknowledged.push({ conversationId, text });
}

async function invite(
  world: World,
  { person, invitations, random }: AgentOptions,
  colleague: AgentPerson | undefined,
  body: { readonly ConversationId: string },
): Promise<void> {
  if (colleague === undefined) return;
  const kind = random() < 0.6 ? 'transfer' : 'consult';
  const target = kind === 'transfer' ? 'CCaaS_InitiateAgentTransfer' : 'CCaaS_InitiateAgentConsult';
  const AgentId = colleague.systemUserId;
  const asked = await world.ask({ email: person.email, target, body: { ...body, AgentId } });
  // Without an answer it may have been done all the same.
  if (asked !== undefined && asked.status >= 300) return;
  const waiting = invitations.get(AgentId) ?? [];
  waiting.push({ kind, conversationId: body.ConversationId });
  invitations.set(AgentId, waiting);
}

/** Assigns what waits, and closes by force what is stuck, now and then. */
export function startSupervisor(
  world: World,
  options: Pick<AgentOptions, 'person' | 'colleagues' | 'workStreamId' | 'random'>,
): Person {
  const { person, colleagues, random } = options;
  const { email } = person;
  return startPerson(async () => {
    const rows = await list(world, options, `statuscode le ${active}`);
    const row = chooseOne(random, rows);
    const target =
      row?.['statuscode'] === open && random() < 0.7 ? 'CCaaS_AssignConversation' : 'CCaaS_ForceCloseConversation';
    const AgentId = chooseOne(random, colleagues)?.systemUserId;
    const body = {
      ConversationId: String(row?.['activityid']),
      ...(target === 'CCaaS_AssignConversation' ? { AgentId } : {}),
    };
    if (row !== undefined) await world.ask({ email, target, body });
    await pause(300 + random() * 900);
  });
}

/** Answers every offer with yes and closes what it has, for when the system has to show that it still works. */
export async function workOff(world: World, worker: Worker): Promise<void> {
  const { email, systemUserId } = worker.person;
  await world.ask({ email, target: 'parley_SignIn', body: { DeviceId: `chaos-${systemUserId}` } });
  await world.ask({ email, target: 'parley_ResetPresence', body: {} });
  for (const row of await conversationsOf(world, worker)) {
    const body = { ConversationId: String(row['activityid']) };
    const isTalk = row['statuscode'] === active && row['msdyn_statuschangereason'] === inConversation;
    const isOffer = row['statuscode'] === active && !isTalk;
    if (isOffer) await world.ask({ email, target: 'CCaaS_AcceptConversation', body });
    else await world.ask({ email, target: isTalk ? 'CCaaS_AgentEndConversation' : 'CCaaS_EndSession', body });
  }
}
