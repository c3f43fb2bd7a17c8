/** Capacity that a conversation takes of agents and gives back: the conversation's list of holds and the agents' own states change together. */

import type { Agent } from '../agent/agent.ts';
import type { AgentCommand } from '../agent/command.ts';
import { decideAgent } from '../agent/decide-agent.ts';
import type { BasePresence } from '../codes.ts';
import type { AgentChange, AgentFact } from '../decision.ts';
import type { CapacityHold, Conversation, Guid } from './conversation.ts';
import { change, type Draft } from './draft.ts';

/** The better an agent can be reached, the smaller. */
const presenceRanks: Readonly<Record<BasePresence, number>> = {
  available: 0,
  busy: 1,
  doNotDisturb: 2,
  away: 3,
  offline: 4,
};

/** An agent as the decision leaves them so far. */
export function findAgent(draft: Draft, agentId: Guid): AgentFact | undefined {
  const fact = draft.facts.agents.get(agentId);
  if (fact === undefined) return undefined;
  return { profile: fact.profile, state: draft.agents.get(agentId)?.after ?? fact.state };
}

/**
 * Lets a command act on an agent and joins what comes of it with what the decision did to the same agent before.
 * @throws Error when the agent is not among the facts, or refuses: commands of conversations are never refused
 */
export function commandAgent(draft: Draft, agentId: Guid, command: AgentCommand): void {
  const fact = findAgent(draft, agentId);
  if (fact === undefined) throw new Error(`Agent ${agentId} is not among the facts of conversation ${draft.state.id}`);
  const result = decideAgent(fact, command, draft.facts.now, draft.facts.presences);
  if ('kind' in result) throw new Error(`Agent ${agentId} refused ${command.kind}: ${result.detail}`);
  if (result.after === fact.state && result.events.length === 0) return;
  const earlier = draft.agents.get(agentId);
  const joined: AgentChange =
    earlier === undefined
      ? result
      : { before: earlier.before, after: result.after, events: [...earlier.events, ...result.events] };
  draft.agents.set(agentId, joined);
  if (!isBetterOff(fact.state, result.after)) return;
  for (const queueId of Object.keys(fact.profile.queues)) draft.wakeQueues.add(queueId);
}

/** Whether the agent may be given something now that was not possible before. */
function isBetterOff(before: Agent, after: Agent): boolean {
  return (
    after.unitsUsed < before.unitsUsed ||
    after.conversationCount < before.conversationCount ||
    presenceRanks[after.basePresence] < presenceRanks[before.basePresence] ||
    Object.entries(before.profiles).some(([id, { used }]) => (after.profiles[id]?.used ?? 0) < used)
  );
}

export function findHold(
  state: Conversation,
  agentId: Guid,
  purpose: CapacityHold['for'] | undefined,
): CapacityHold | undefined {
  return state.holds.find((hold) => hold.agentId === agentId && hold.for === purpose);
}

/** Takes what the conversation demands of an agent. A forced hold may exceed the agent's limit. */
export function takeHold(
  draft: Draft,
  agentId: Guid,
  options: { readonly for: CapacityHold['for']; readonly isForced: boolean },
): void {
  const { id: conversationId, holds, routing } = draft.state;
  const hold: CapacityHold = { agentId, ...options, ...routing.demand };
  change(draft, { holds: [...holds, hold] });
  // Advice is not work given out: it does not put the agent at the end of the line.
  const isAssignment = options.for !== 'consult';
  commandAgent(draft, agentId, { kind: 'hold', hold, queueId: routing.queueId, isAssignment, conversationId });
}

/** Gives back a hold, if there is such a one. `declined`: it never came to work. */
export function giveBack(
  draft: Draft,
  agentId: Guid,
  options: { readonly for: CapacityHold['for']; readonly cause: 'released' | 'declined' },
): void {
  const hold = findHold(draft.state, agentId, options.for);
  if (hold === undefined) return;
  change(draft, { holds: draft.state.holds.filter((one) => one !== hold) });
  commandAgent(draft, agentId, {
    kind: 'unhold',
    hold,
    cause: options.cause,
    conversationId: draft.state.id,
  });
}

/** The same capacity serves another purpose from now on: nothing changes for the agent. */
export function turnHold(draft: Draft, agentId: Guid, from: CapacityHold['for'], to: CapacityHold['for']): void {
  const holds = draft.state.holds.map((hold) =>
    hold.agentId === agentId && hold.for === from ? { ...hold, for: to } : hold,
  );
  change(draft, { holds });
}
