/** Capacity that an agent gives to conversations and gets back (behaviour reference, section 4.4). */
import type { Guid, Instant } from '../conversation/conversation.ts';
import type { AgentFact } from '../decision.ts';
import { findZone, instantOfLocal, localDayOf } from '../hours/local-time.ts';
import type { Agent, AgentProfile, ProfileUse } from './agent.ts';
import type { AgentCommand } from './command.ts';

type Hold = Extract<AgentCommand, { kind: 'hold' }>;
type Unhold = Extract<AgentCommand, { kind: 'unhold' }>;

export function takeHold({ state, profile }: AgentFact, { hold, queueId, isAssignment }: Hold, now: Instant): Agent {
  // A daily profile counts work items, so that the same one, held for another purpose from now on, counts once.
  const isNewItem = isAssignment || hold.for === 'consult';
  const profiles: Record<Guid, ProfileUse> = { ...state.profiles };
  for (const id of new Set(hold.profileIds)) {
    const use = addUse(profiles[id], profile, id, { isNewItem, now });
    if (use === undefined) delete profiles[id];
    else profiles[id] = use;
  }
  return {
    ...state,
    unitsUsed: state.unitsUsed + hold.units,
    unitsForced: state.unitsForced + (hold.isForced ? hold.units : 0),
    profiles,
    conversationCount: state.conversationCount + 1,
    lastAssignedOn:
      isAssignment && queueId !== null ? stampQueue(state.lastAssignedOn, profile, queueId, now) : state.lastAssignedOn,
  };
}

export function giveBackHold({ state, profile }: AgentFact, { hold, cause }: Unhold, now: Instant): Agent {
  const profiles: Record<Guid, ProfileUse> = { ...state.profiles };
  for (const id of new Set(hold.profileIds)) {
    const use = profiles[id];
    if (use === undefined) continue;
    // What a daily profile has counted stays counted until its reset, unless it never was in use.
    if (isDaily(profile, id) && cause === 'released') continue;
    const used = Math.max(0, use.used - 1);
    if (used > 0) profiles[id] = { ...use, used };
    else delete profiles[id];
  }
  return {
    ...state,
    unitsUsed: Math.max(0, state.unitsUsed - hold.units),
    unitsForced: Math.max(0, state.unitsForced - (hold.isForced ? hold.units : 0)),
    profiles,
    conversationCount: Math.max(0, state.conversationCount - 1),
    lastReleasedOn: cause === 'released' ? now : state.lastReleasedOn,
  };
}

/** Daily profiles whose day is over start anew. */
export function resetProfiles(agent: Agent, now: Instant): Agent {
  const entries = Object.entries(agent.profiles);
  const left = entries.filter(([, { resetOn }]) => resetOn === null || resetOn > now);
  return left.length === entries.length ? agent : { ...agent, profiles: Object.fromEntries(left) };
}

function addUse(
  use: ProfileUse | undefined,
  profile: AgentProfile,
  profileId: Guid,
  { isNewItem, now }: { readonly isNewItem: boolean; readonly now: Instant },
): ProfileUse | undefined {
  if (!isDaily(profile, profileId)) return { used: (use?.used ?? 0) + 1, resetOn: null };
  const current = use !== undefined && use.resetOn !== null && use.resetOn > now ? use : undefined;
  if (!isNewItem) return current;
  return { used: (current?.used ?? 0) + 1, resetOn: current?.resetOn ?? endOfDay(profile.timeZone, now) };
}

function isDaily(profile: AgentProfile, profileId: Guid): boolean {
  return profile.capacityProfiles[profileId]?.reset === 'daily';
}

function endOfDay(timeZone: string, now: Instant): Instant {
  const zone = findZone(timeZone);
  return instantOfLocal(zone, localDayOf(zone, now) + 1, 0);
}

/** Queues that the agent has left are forgotten, so that the list stays as short as their memberships. */
function stampQueue(
  stamps: Agent['lastAssignedOn'],
  profile: AgentProfile,
  queueId: Guid,
  now: Instant,
): Agent['lastAssignedOn'] {
  const kept: Record<Guid, Instant> = {};
  for (const [id, stamp] of Object.entries(stamps)) if (profile.queues[id] !== undefined) kept[id] = stamp;
  kept[queueId] = now;
  return kept;
}
