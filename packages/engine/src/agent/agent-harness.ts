/** Agents, presences and commands for tests. */
import type { CapacityHold, Guid, Instant } from '../conversation/conversation.ts';
import type { AgentChange, AgentFact, PresenceDefinition, PresenceSettings } from '../decision.ts';
import type { Agent, AgentProfile } from './agent.ts';
import type { AgentCommand } from './command.ts';
import { decideAgent, newAgent, unknownProfile } from './decide-agent.ts';

export const agentId: Guid = '5d8d2b4e-6a0b-4c56-8a25-0f6c7d9b1a01';
export const queueId: Guid = '5d8d2b4e-6a0b-4c56-8a25-0f6c7d9b1a02';
export const conversationId: Guid = '5d8d2b4e-6a0b-4c56-8a25-0f6c7d9b1a03';
export const lunchId: Guid = '5d8d2b4e-6a0b-4c56-8a25-0f6c7d9b1a04';
export const start: Instant = Date.UTC(2026, 4, 5, 8);

export const presenceIds: PresenceSettings['system'] = {
  available: 'f523f628-c07a-e811-8162-000d3aa11f50',
  busy: 'efdeb843-c07a-e811-8162-000d3aa11f50',
  doNotDisturb: '08971864-c07a-e811-8162-000d3aa11f50',
  away: '3dacae76-c07a-e811-8162-000d3aa11f50',
  offline: '70139190-c07a-e811-8162-000d3aa11f50',
  inactive: '5d8d2b4e-6a0b-4c56-8a25-0f6c7d9b1a05',
};

const definitions: readonly PresenceDefinition[] = [
  { id: presenceIds.available, base: 'available', name: 'Available', text: 'Available', canUserSet: true },
  { id: presenceIds.busy, base: 'busy', name: 'Busy', text: 'Busy', canUserSet: true },
  { id: presenceIds.doNotDisturb, base: 'doNotDisturb', name: 'DND', text: 'Do not disturb', canUserSet: true },
  { id: presenceIds.away, base: 'away', name: 'Away', text: 'Appear away', canUserSet: true },
  { id: presenceIds.offline, base: 'offline', name: 'Offline', text: 'Offline', canUserSet: true },
  { id: presenceIds.inactive, base: 'away', name: 'Inactive', text: 'Inactive', canUserSet: false },
  { id: lunchId, base: 'away', name: 'Lunch', text: 'At lunch', canUserSet: true },
];

export const presences: PresenceSettings = {
  definitions: new Map(definitions.map((one) => [one.id, one])),
  system: presenceIds,
  isMissedOfferInactive: true,
  isRejectedOfferDoNotDisturb: true,
  reconnectSeconds: 150,
  maximumSessions: 10,
};

export const profile: AgentProfile = {
  ...unknownProfile(agentId),
  name: 'Kim',
  unitCapacity: 100,
  isEnabled: true,
  queues: { [queueId]: start },
};

/** One agent and a clock: each step is checked to change nothing it was given. */
export type Stage = {
  agent(): Agent;
  fact(): AgentFact;
  /** Moves the clock on. */
  wait(seconds: number): void;
  now(): Instant;
  /** Gives a command that is accepted. */
  give(command: AgentCommand): AgentChange;
  hold(part?: Partial<CapacityHold>): AgentChange;
  unhold(part?: Partial<CapacityHold>, cause?: 'released' | 'declined'): AgentChange;
  setPresence(presenceId: Guid, by?: 'agent' | 'supervisor'): AgentChange;
};

export function createStage(
  options: { readonly profile?: Partial<AgentProfile>; readonly presences?: Partial<PresenceSettings> } = {},
): Stage {
  const settings = { ...presences, ...options.presences };
  const ownProfile = { ...profile, ...options.profile };
  let now = start;
  let agent = newAgent(agentId, now, settings);
  const holdOf = (part: Partial<CapacityHold>): CapacityHold => ({
    agentId,
    for: 'primary',
    units: 40,
    profileIds: [],
    isForced: false,
    ...part,
  });
  const stage: Stage = {
    agent: () => agent,
    fact: () => ({ state: agent, profile: ownProfile }),
    wait: (seconds) => {
      now += seconds * 1000;
    },
    now: () => now,
    give(command) {
      const change = decideAgent({ state: agent, profile: ownProfile }, command, now, settings);
      if (!('after' in change)) throw new Error(change.detail);
      agent = change.after;
      return change;
    },
    hold: (part = {}) =>
      stage.give({ kind: 'hold', hold: holdOf(part), queueId, isAssignment: part.for !== 'wrapUp', conversationId }),
    unhold: (part = {}, cause = 'released') =>
      stage.give({ kind: 'unhold', hold: holdOf(part), cause, conversationId }),
    setPresence: (presenceId, by = 'agent') => stage.give({ kind: 'setPresence', presenceId, by, byUserId: agentId }),
  };
  return stage;
}
