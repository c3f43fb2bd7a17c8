/** What customers and agents of the simulated day do, by chance: when they write, answer, hang up, hand over, take a break. */
import { channelCodes } from '../codes.ts';
import type { Actor, MessageDraft, StartConversation } from '../conversation/command.ts';
import type { Conversation, ConversationKind, Guid, Instant } from '../conversation/conversation.ts';
import { enterQueue } from '../routing/enter-queue.ts';
import { routeConversation } from '../routing/route-conversation.ts';
import { describeSubject } from '../routing/subject.ts';
import type { Agenda } from './agenda.ts';
import { locales, topics } from './day-configuration.ts';
import { agentIn, commandIn, conversationIn, type DayWorld, routeIn, routingFacts, workStreamIn } from './day-world.ts';
import type { Random } from './random.ts';

/** Something that somebody will do. What happened meanwhile may make it pointless: then it is not done, or refused. */
export type Entry =
  | { readonly kind: 'arrive'; readonly number: number }
  | { readonly kind: 'leave' | 'writeAgain'; readonly conversationId: Guid }
  | { readonly kind: 'answer' | 'handle' | 'finish'; readonly conversationId: Guid; readonly agentId: Guid }
  | { readonly kind: 'conversationTimer'; readonly conversationId: Guid }
  | { readonly kind: 'beginShift' | 'endShift' | 'goHome' | 'resetPresence' | 'agentTimer'; readonly agentId: Guid }
  | { readonly kind: 'route' };

export type Day = {
  readonly world: DayWorld;
  readonly random: Random;
  readonly agenda: Agenda<Entry>;
  /** The last planned timer of each conversation, so that the agenda has the same one once. */
  readonly plannedTimers: Map<Guid, Instant>;
};

const seconds = 1000;
const customer: Actor = { kind: 'customer' };
const channels: Readonly<Record<ConversationKind, number>> = {
  live: channelCodes.liveChat,
  persistent: channelCodes.sms,
  voice: channelCodes.voice,
  record: channelCodes.records,
};

function byAgent(userId: Guid): Actor {
  return { kind: 'agent', userId };
}

/** A customer turns up: half of them in the chat, the rest by text message, telephone or as a record. */
export function arrive({ world, random, agenda }: Day, number: number): StartConversation {
  const id = `conversation-${String(number).padStart(6, '0')}`;
  const kind =
    random.pick<ConversationKind>(['live', 'live', 'live', 'persistent', 'persistent', 'voice', 'record']) ?? 'live';
  const workStream = workStreamIn(world, kind);
  const described = {
    channel: channels[kind],
    kind,
    workStreamId: kind,
    isOutbound: false,
    subject: 'Question',
    locale: random.pick(locales) ?? null,
    customer: null,
    customerName: null,
    context: { topic: random.pick(topics) ?? '', ...(random.chance(5) ? { tier: 'gold' } : {}) },
  };
  const { outcome } = routeConversation({
    conversation: null,
    workStream,
    subject: describeSubject(described, world.now, workStream.timeZone),
    configuration: world.configuration,
    facts: routingFacts(world),
    seed: id,
  });
  if (kind === 'live' || kind === 'voice') {
    agenda.plan(world.now + random.between(60, 1_500) * seconds, { kind: 'leave', conversationId: id });
  }
  return {
    ...described,
    kind: 'start',
    id,
    conversationKind: kind,
    distribution: 'push',
    title: described.subject,
    caseId: null,
    channelKey: kind === 'persistent' ? id : null,
    routing: outcome,
    message: kind === 'record' ? null : messageOf(`${id}/1`),
  };
}

function messageOf(id: string): MessageDraft {
  return {
    id,
    clientId: null,
    author: { kind: 'customer', id: null, name: null },
    audience: 'public',
    contentType: 'text/plain',
    content: 'Where is my order?',
    attachments: [],
    details: {},
  };
}

/** Out of patience: whoever nobody has answered by now gives up. */
export function leave({ world }: Day, conversationId: Guid): void {
  const { status, isAgentAccepted } = conversationIn(world, conversationId);
  if (status === 'open' && !isAgentAccepted) commandIn(world, conversationId, { kind: 'end', by: customer });
}

/** An agent sees an offer: most accept, some reject, some are not there. */
export function seeOffer({ world, random, agenda }: Day, conversationId: Guid, agentId: Guid): void {
  if (random.chance(6)) return;
  agenda.plan(world.now + random.between(2, 20) * seconds, { kind: 'answer', conversationId, agentId });
}

export function answer({ world, random, agenda }: Day, conversationId: Guid, agentId: Guid): void {
  if (conversationIn(world, conversationId).offer?.agentId !== agentId) return;
  const by = byAgent(agentId);
  if (random.chance(4)) {
    commandIn(world, conversationId, { kind: 'reject', by });
    agenda.plan(world.now + 60 * seconds, { kind: 'resetPresence', agentId });
    return;
  }
  if (commandIn(world, conversationId, { kind: 'accept', by }) === undefined) return;
  agenda.plan(world.now + random.between(60, 600) * seconds, { kind: 'handle', conversationId, agentId });
}

/** Towards the end of the talk: over, handed on, put aside. */
export function handle(day: Day, conversationId: Guid, agentId: Guid): void {
  const { world, random, agenda } = day;
  const conversation = conversationIn(world, conversationId);
  if (conversation.agentId !== agentId || conversation.status !== 'active' || conversation.offer !== null) return;
  const by = byAgent(agentId);
  if (conversation.kind === 'record') {
    commandIn(world, conversationId, { kind: 'recordGone', by });
  } else if (random.chance(8)) transferToQueue(day, conversation, by);
  else if (random.chance(5)) transferToAgent(day, conversation, by);
  else if (random.chance(3)) {
    commandIn(world, conversationId, { kind: 'release', by, routing: routeIn(world, conversation) });
  } else if (conversation.kind === 'persistent' && random.chance(40)) {
    commandIn(world, conversationId, {
      kind: 'closeSession',
      by,
      routing: routeIn(world, conversation),
      hasDisposition: true,
    });
    agenda.plan(world.now + random.between(300, 7_200) * seconds, { kind: 'writeAgain', conversationId });
  } else {
    commandIn(world, conversationId, { kind: 'end', by });
    agenda.plan(world.now + random.between(10, 90) * seconds, { kind: 'finish', conversationId, agentId });
  }
}

function transferToQueue({ world, random }: Day, conversation: Conversation, by: Actor): void {
  const kind = world.configuration.queues.get(conversation.routing.queueId ?? '')?.kind;
  const others = [...world.configuration.queues.values()].filter((queue) => queue.kind === kind);
  const target = random.pick(others);
  if (target === undefined) return;
  const { configuration } = world;
  const facts = routingFacts(world);
  const entered = enterQueue({ conversation, queueId: target.id, cause: 'agentTransfer', configuration, facts });
  if (entered.kind === 'refused') return;
  commandIn(world, conversation.id, { kind: 'moveToQueue', by, cause: 'transfer', routing: entered.outcome });
}

/** The first agent stays responsible until the second accepts. */
function transferToAgent(day: Day, { id, routing }: Conversation, by: Actor): void {
  const { world, random, agenda } = day;
  const members = world.configuration.queues.get(routing.queueId ?? '')?.agentIds ?? [];
  const present = members.filter((agentId) => agentIn(world, agentId).state.basePresence === 'available');
  const agentId = random.pick(present);
  if (agentId === undefined) return;
  const command = { kind: 'transferToAgent', by, agentId, isTargetSupervisor: false } as const;
  if (commandIn(world, id, command) === undefined) return;
  const kind = random.chance(80) ? 'accept' : 'reject';
  if (commandIn(world, id, { kind, by: byAgent(agentId) }) === undefined) return;
  const responsible = conversationIn(world, id).agentId ?? agentId;
  agenda.plan(world.now + random.between(60, 300) * seconds, {
    kind: 'handle',
    conversationId: id,
    agentId: responsible,
  });
}

/** Notes are written: the session closes. */
export function finish({ world }: Day, conversationId: Guid, agentId: Guid): void {
  const conversation = conversationIn(world, conversationId);
  if (conversation.status !== 'wrapUp') return;
  const routing = routeIn(world, conversation);
  commandIn(world, conversationId, { kind: 'closeSession', by: byAgent(agentId), routing, hasDisposition: true });
}

export function writeAgain({ world }: Day, conversationId: Guid): void {
  const conversation = conversationIn(world, conversationId);
  if (conversation.status !== 'waiting') return;
  const message = messageOf(`${conversationId}/${conversation.messageCount + 1}`);
  commandIn(world, conversationId, {
    kind: 'addMessage',
    by: customer,
    message,
    routing: routeIn(world, conversation),
  });
}

/** Hours after the start of the day between which customers turn up; most of them around noon. */
export function arrivalOf(random: Random, start: Instant): Instant {
  const [first, second] = [random.between(0, 5 * 3_600), random.between(0, 5 * 3_600)];
  return start + (8 * 3_600 + first + second) * seconds;
}
