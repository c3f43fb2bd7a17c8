/**
 * The shell of the simulated day: keeps states where the server has rows, carries decisions out, and writes down each of them. What it
 * writes is hashed, so that two runs can be compared to the last event.
 */
import type { Agent } from '../agent/agent.ts';
import type { AgentCommand } from '../agent/command.ts';
import { decideAgent, newAgent } from '../agent/decide-agent.ts';
import type { ConversationCommand, StartConversation } from '../conversation/command.ts';
import type { Conversation, Guid, Instant, RoutingState } from '../conversation/conversation.ts';
import { decide } from '../conversation/decide.ts';
import type { RoutingOutcome } from '../conversation/policy.ts';
import { startConversation } from '../conversation/start.ts';
import type { Accepted, AgentFact, ConversationFacts } from '../decision.ts';
import type { QueueLoad, RoutingConfiguration, RoutingFacts, WorkStream } from '../routing/configuration.ts';
import { routeConversation } from '../routing/route-conversation.ts';
import { describeSubject } from '../routing/subject.ts';
import { createDecisionLog, type DecisionLog } from './decision-log.ts';

export type DayWorld = {
  now: Instant;
  readonly configuration: RoutingConfiguration;
  readonly conversations: Map<Guid, Conversation>;
  /** Those that are not closed. */
  readonly unfinished: Map<Guid, Conversation>;
  readonly agents: Map<Guid, AgentFact>;
  /** The states in `agents`, as the router reads them. */
  readonly states: Map<Guid, Agent>;
  /** Open and without an offer, by queue. */
  readonly waiting: Map<Guid, Map<Guid, Conversation>>;
  /** How many those are. */
  readonly loads: Map<Guid, QueueLoad>;
  /** Queues that the router has to look at. */
  readonly marks: Set<Guid>;
  readonly counts: { decisions: number; refusals: number; events: number };
  readonly log: DecisionLog;
};

export function createDayWorld(configuration: RoutingConfiguration, start: Instant): DayWorld {
  const agents = [...configuration.agents.values()].map((profile): [Guid, AgentFact] => [
    profile.id,
    { state: newAgent(profile.id, start, configuration.presences), profile },
  ]);
  return {
    now: start,
    configuration,
    conversations: new Map(),
    unfinished: new Map(),
    agents: new Map(agents),
    states: new Map(agents.map(([id, { state }]) => [id, state])),
    waiting: new Map([...configuration.queues.keys()].map((id) => [id, new Map()])),
    loads: new Map(),
    marks: new Set(),
    counts: { decisions: 0, refusals: 0, events: 0 },
    log: createDecisionLog(),
  };
}

/** @throws Error when the conversation does not exist: the simulation itself is wrong */
export function conversationIn(world: DayWorld, id: Guid): Conversation {
  return required(world.conversations.get(id), id);
}

/** @throws Error when the agent does not exist: the simulation itself is wrong */
export function agentIn(world: DayWorld, id: Guid): AgentFact {
  return required(world.agents.get(id), id);
}

export function workStreamIn(world: DayWorld, id: Guid): WorkStream {
  return required(world.configuration.workStreams.get(id), id);
}

function required<T>(value: T | undefined, id: Guid): T {
  if (value === undefined) throw new Error(`There is no ${id}`);
  return value;
}

export function routingFacts({ now, loads }: DayWorld): RoutingFacts {
  return { now, loads };
}

/** Where a conversation would go now. */
export function routeIn(world: DayWorld, conversation: Conversation): RoutingOutcome {
  return routeConversation({
    conversation: { id: conversation.id },
    workStream: workStreamIn(world, conversation.workStreamId),
    subject: describeSubject(conversation, world.now, 'Europe/Berlin'),
    configuration: world.configuration,
    facts: routingFacts(world),
    previous: conversation.routing,
    seed: conversation.id,
  }).outcome;
}

export function startIn(world: DayWorld, command: StartConversation): Accepted {
  const accepted = startConversation(command, factsFor(world, command.workStreamId));
  apply(world, accepted, command.kind);
  return accepted;
}

/** Carries a command out; undefined where it was refused. */
export function commandIn(world: DayWorld, id: Guid, command: ConversationCommand): Accepted | undefined {
  const before = conversationIn(world, id);
  const decision = decide(before, command, factsFor(world, before.workStreamId));
  if (decision.kind === 'accepted') {
    apply(world, decision, command.kind);
    return decision;
  }
  world.counts.decisions += 1;
  world.counts.refusals += 1;
  world.log.write(`${world.now} ${id} ${command.kind} ${decision.name} ${decision.detail}`);
  return undefined;
}

/** Lets something happen to an agent. Becoming free may be news for every queue of theirs. */
export function commandAgentIn(world: DayWorld, id: Guid, command: AgentCommand): Agent {
  const fact = agentIn(world, id);
  const change = decideAgent(fact, command, world.now, world.configuration.presences);
  world.counts.decisions += 1;
  if (!('after' in change)) {
    world.log.write(`${world.now} ${id} ${command.kind} ${change.name} ${change.detail}`);
    world.counts.refusals += 1;
    return fact.state;
  }
  const { sequence, unitsUsed, presenceId } = change.after;
  const events = JSON.stringify(change.events);
  world.log.write(`${world.now} ${id} ${command.kind} ${sequence} ${unitsUsed} ${presenceId} ${events}`);
  world.counts.events += change.events.length;
  keepAgent(world, fact, change.after);
  if (change.events.length > 0) for (const queueId of Object.keys(fact.profile.queues)) world.marks.add(queueId);
  return change.after;
}

function keepAgent(world: DayWorld, { profile }: AgentFact, state: Agent): void {
  world.agents.set(state.id, { profile, state });
  world.states.set(state.id, state);
}

function factsFor(world: DayWorld, workStreamId: Guid): ConversationFacts {
  const { now, configuration, agents } = world;
  return { now, policy: workStreamIn(world, workStreamId).policy, agents, presences: configuration.presences };
}

function apply(world: DayWorld, accepted: Accepted, kind: string): void {
  const { conversation, events, agents, wakeQueues } = accepted;
  const before = world.conversations.get(conversation.id);
  world.counts.decisions += 1;
  world.counts.events += events.length;
  const { id, sequence, status, reason, agentId, routing, timers } = conversation;
  const due = timers.map((timer) => `${timer.kind} ${timer.dueOn}`).join();
  world.log.write(
    `${world.now} ${id} ${kind} ${sequence} ${status} ${reason} ${agentId} ${placeText(routing)} ${due} ${JSON.stringify(events)}`,
  );
  for (const { before: old, after } of agents) {
    const fact = agentIn(world, after.id);
    if (fact.state !== old) throw new Error(`A change of agent ${after.id} does not begin with their state`);
    keepAgent(world, fact, after);
  }
  world.conversations.set(id, conversation);
  if (status === 'closed') world.unfinished.delete(id);
  else world.unfinished.set(id, conversation);
  if (before?.status === 'open') stopWaiting(world, before);
  if (status === 'open') startWaiting(world, conversation);
  for (const queueId of wakeQueues) world.marks.add(queueId);
}

function placeText({ queueId, priority, queuedOn, skills, declines, relaxationStep }: RoutingState): string {
  return `${queueId} ${priority} ${queuedOn} ${skills.length} ${declines.length} ${relaxationStep}`;
}

function stopWaiting(world: DayWorld, { id, routing }: Conversation): void {
  const line = world.waiting.get(routing.queueId ?? '');
  if (line?.delete(id) === true) countWaiting(world, routing.queueId, line.size);
}

function startWaiting(world: DayWorld, conversation: Conversation): void {
  const { id, routing } = conversation;
  const line = world.waiting.get(routing.queueId ?? '');
  if (line !== undefined) countWaiting(world, routing.queueId, line.set(id, conversation).size);
}

function countWaiting({ loads }: DayWorld, queueId: Guid | null, waiting: number): void {
  if (queueId !== null) loads.set(queueId, { waiting, averageWaitSeconds: null });
}
