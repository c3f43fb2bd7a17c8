/** Conversations and agents for tests: a small world that applies what decisions say, as the server does. */

import type { AgentProfile } from '../agent/agent.ts';
import { presences } from '../agent/agent-harness.ts';
import { decideAgent, newAgent, unknownProfile } from '../agent/decide-agent.ts';
import { channelCodes } from '../codes.ts';
import type { Accepted, AgentFact, ConversationDecision, ConversationFacts, Refused } from '../decision.ts';
import type { Actor, ConversationCommand, MessageDraft, StartConversation } from './command.ts';
import type { Conversation, ConversationKind, Guid } from './conversation.ts';
import { decide } from './decide.ts';
import { derivedId } from './derived-id.ts';
import type { ConversationPolicy, RoutingOutcome } from './policy.ts';
import { startConversation } from './start.ts';

export const queueId = 'aaaaaaaa-0000-4000-8000-000000000001';
export const otherQueueId = 'aaaaaaaa-0000-4000-8000-000000000002';
const workStreamId = 'bbbbbbbb-0000-4000-8000-000000000001';
export const ann = 'cccccccc-0000-4000-8000-000000000001';
export const bob = 'cccccccc-0000-4000-8000-000000000002';
/** A supervisor. */
export const sue = 'cccccccc-0000-4000-8000-000000000003';
export const admin = 'cccccccc-0000-4000-8000-000000000009';
/** 2026-03-01T00:00:00Z. */
const firstNow = 1_772_323_200_000;

export const customer: Actor = { kind: 'customer' };
export const system: Actor = { kind: 'system' };
export const byAdmin: Actor = { kind: 'administrator', userId: admin };
export const bySue: Actor = { kind: 'supervisor', userId: sue };

export function byAgent(userId: Guid): Actor {
  return { kind: 'agent', userId };
}

const policy: ConversationPolicy = {
  offerSeconds: 120,
  isAutoAccepted: false,
  mayReject: true,
  declineLimit: 3,
  declinerLimit: 100,
  wrapUpCapacity: { kind: 'block' },
  autoClose: { open: 1200, active: 7200, waiting: 86_400, wrapUp: 900 },
  customerReturnSeconds: 180,
  agentReturnSeconds: 150,
  keepsAgent: true,
  mayPickFromPush: false,
  isConsultCharged: true,
  relaxAfterSeconds: [],
  rerouteSeconds: 300,
  requiresDisposition: false,
};

export function queued(options: Partial<Extract<RoutingOutcome, { kind: 'queued' }>> = {}): RoutingOutcome {
  return {
    kind: 'queued',
    queueId,
    priority: 0,
    skills: [],
    demand: { units: 30, profileIds: [] },
    preferredAgentIds: [],
    context: {},
    isOverflow: false,
    ...options,
  };
}

const channels: Readonly<Record<ConversationKind, number>> = {
  live: channelCodes.liveChat,
  persistent: channelCodes.sms,
  voice: channelCodes.voiceCall,
  record: channelCodes.records,
};

export function startOf(kind: ConversationKind, options: Partial<StartConversation> = {}): StartConversation {
  return {
    kind: 'start',
    id: derivedId('test', 'conversation', 1, firstNow),
    conversationKind: kind,
    channel: channels[kind],
    workStreamId,
    distribution: 'push',
    isOutbound: false,
    subject: 'A question',
    title: 'Visitor: a question',
    customer: null,
    customerName: null,
    locale: 'en-US',
    caseId: null,
    context: {},
    channelKey: null,
    routing: queued(),
    message: null,
    ...options,
  };
}

let messages = 0;

export function messageOf(
  authorKind: MessageDraft['author']['kind'],
  options: Partial<MessageDraft> = {},
): MessageDraft {
  messages += 1;
  return {
    id: derivedId('test', 'message', messages, firstNow),
    clientId: null,
    author: { kind: authorKind, id: null, name: null },
    audience: 'public',
    contentType: 'text/plain',
    content: 'Hello',
    attachments: [],
    details: {},
    ...options,
  };
}

/** Signed in and available, a member of both queues. */
export function agentFact(id: Guid, options: Partial<AgentProfile> = {}): AgentFact {
  const profile: AgentProfile = {
    ...unknownProfile(id),
    name: `Agent ${id.slice(-1)}`,
    unitCapacity: 100,
    isEnabled: true,
    queues: { [queueId]: 0, [otherQueueId]: 0 },
    ...options,
  };
  const change = decideAgent(
    { state: newAgent(id, firstNow, presences), profile },
    { kind: 'signIn', deviceId: 'browser' },
    firstNow,
    presences,
  );
  if ('kind' in change) throw new Error(change.detail);
  return { profile, state: change.after };
}

export type World = {
  now: number;
  policy: ConversationPolicy;
  readonly agents: Map<Guid, AgentFact>;
  readonly conversations: Map<Guid, Conversation>;
  readonly facts: () => ConversationFacts;
};

export function createWorld(
  options: { readonly policy?: Partial<ConversationPolicy>; readonly agents?: readonly AgentFact[] } = {},
): World {
  const agents = options.agents ?? [agentFact(ann), agentFact(bob), agentFact(sue, { isSupervisor: true })];
  const world: World = {
    now: firstNow,
    policy: { ...policy, ...options.policy },
    agents: new Map(agents.map((one) => [one.profile.id, one])),
    conversations: new Map(),
    facts: () => ({ now: world.now, policy: world.policy, agents: world.agents, presences }),
  };
  return world;
}

export function start(world: World, command: StartConversation): Accepted {
  const accepted = startConversation(command, world.facts());
  applyAccepted(world, accepted);
  return accepted;
}

export function tryCommand(world: World, id: Guid, command: ConversationCommand): ConversationDecision {
  const decision = decide(conversationOf(world, id), command, world.facts());
  if (decision.kind === 'accepted') applyAccepted(world, decision);
  return decision;
}

/** For commands that must be accepted. */
export function give(world: World, id: Guid, command: ConversationCommand): Accepted {
  const decision = tryCommand(world, id, command);
  if (decision.kind === 'refused') throw new Error(`${command.kind} was refused: ${decision.detail}`);
  return decision;
}

/** For commands that must be refused. */
export function giveUp(world: World, id: Guid, command: ConversationCommand): Refused {
  const decision = tryCommand(world, id, command);
  if (decision.kind === 'accepted') throw new Error(`${command.kind} was accepted`);
  return decision;
}

export function conversationOf(world: World, id: Guid): Conversation {
  const conversation = world.conversations.get(id);
  if (conversation === undefined) throw new Error(`There is no conversation ${id}`);
  return conversation;
}

export function agentOf(world: World, id: Guid): AgentFact {
  const fact = world.agents.get(id);
  if (fact === undefined) throw new Error(`There is no agent ${id}`);
  return fact;
}

/** Time passes and every timer that is due fires. */
export function passSeconds(world: World, id: Guid, seconds: number): Accepted {
  world.now += seconds * 1000;
  return give(world, id, { kind: 'timerDue', routing: queued(), overflow: null });
}

function applyAccepted(world: World, accepted: Accepted): void {
  world.conversations.set(accepted.conversation.id, accepted.conversation);
  for (const { before, after } of accepted.agents) {
    const fact = agentOf(world, after.id);
    if (fact.state !== before) throw new Error(`The change of agent ${after.id} does not begin with their state`);
    world.agents.set(after.id, { ...fact, state: after });
  }
}

export type Stage = 'open' | 'offered' | 'active' | 'waiting' | 'wrapUp' | 'closed';

/** A conversation at a stage of its life, with Ann as its agent from the offer on. */
export function arrange(
  world: World,
  kind: ConversationKind,
  stage: Stage,
  options: Partial<StartConversation> = {},
): Guid {
  const { id } = start(world, startOf(kind, options)).conversation;
  if (stage === 'open') return id;
  give(world, id, { kind: 'offer', agentId: ann, reason: 'routing', by: system });
  if (stage === 'offered') return id;
  give(world, id, { kind: 'accept', by: byAgent(ann) });
  if (stage === 'active') return id;
  if (stage === 'waiting') {
    give(world, id, { kind: 'closeSession', by: byAgent(ann), routing: queued(), hasDisposition: true });
    return id;
  }
  give(world, id, { kind: 'end', by: byAgent(ann) });
  if (stage === 'closed')
    give(world, id, { kind: 'closeSession', by: byAgent(ann), routing: queued(), hasDisposition: true });
  return id;
}
