/** What an agent can take: units and capacity profiles, and the presence that follows from them (behaviour reference, sections 4.4 and 4.5). */
import type { CapacityDemand, Guid, Instant } from '../conversation/conversation.ts';
import type { AgentFact, PresenceSettings } from '../decision.ts';

export type CapacityFinding =
  | { readonly ok: true }
  /** `detail` is for people: what was asked and what was there. */
  | { readonly ok: false; readonly reason: 'units' | 'profile' | 'sessionLimit'; readonly detail: string };

/** Units that are free; negative after picks and decisions of supervisors that went past the limit. */
export function availableUnits({ state, profile }: AgentFact): number {
  return profile.unitCapacity - state.unitsUsed;
}

/** Work items that an agent has of a profile; what a daily profile counted before its reset is forgotten, even if no timer has come by yet. */
export function usedOfProfile({ state }: AgentFact, profileId: Guid, now: Instant): number {
  const use = state.profiles[profileId];
  if (use === undefined || (use.resetOn !== null && use.resetOn <= now)) return 0;
  return use.used;
}

/** Work items of a profile that an agent may still be given; 0 for a profile that is not theirs, negative after forced ones. */
export function availableOfProfile(fact: AgentFact, profileId: Guid, now: Instant): number {
  const own = fact.profile.capacityProfiles[profileId];
  return own === undefined ? 0 : own.limit - usedOfProfile(fact, profileId, now);
}

/**
 * Whether an agent has room for a work item: every unit and every profile that it asks for, no blocking profile at its limit, and a
 * session to open it in. Says nothing about presence.
 */
export function checkCapacity(
  fact: AgentFact,
  demand: CapacityDemand,
  now: Instant,
  presences: PresenceSettings,
): CapacityFinding {
  const { state } = fact;
  if (state.conversationCount >= presences.maximumSessions) {
    const detail = `${state.conversationCount} of ${presences.maximumSessions} sessions open`;
    return { ok: false, reason: 'sessionLimit', detail };
  }
  const blocking = findBlocking(fact, now);
  if (blocking !== undefined) {
    return { ok: false, reason: 'profile', detail: `blocking profile ${blocking} is at its limit` };
  }
  const free = availableUnits(fact);
  if (demand.units > 0 && demand.units > free) {
    const detail = `units ${free} of ${fact.profile.unitCapacity} free, ${demand.units} asked`;
    return { ok: false, reason: 'units', detail };
  }
  for (const profileId of demand.profileIds) {
    const own = fact.profile.capacityProfiles[profileId];
    if (own === undefined) return { ok: false, reason: 'profile', detail: `does not have profile ${profileId}` };
    const left = availableOfProfile(fact, profileId, now);
    if (left < 1) {
      return { ok: false, reason: 'profile', detail: `profile ${profileId}: ${left} of ${own.limit} free, 1 asked` };
    }
  }
  return { ok: true };
}

/**
 * Whether nothing more fits: less than nothing free, a blocking profile at its limit, or everything that the agent has - units, if
 * any, and all profiles - used up. An agent without any capacity of their own has nothing that could be used up.
 */
export function isExhausted(fact: AgentFact, now: Instant): boolean {
  const free = availableUnits(fact);
  if (free < 0 || findBlocking(fact, now) !== undefined) return true;
  const profileIds = Object.keys(fact.profile.capacityProfiles);
  const hasUnits = fact.profile.unitCapacity > 0;
  if (!hasUnits && profileIds.length === 0) return false;
  return (!hasUnits || free === 0) && profileIds.every((id) => availableOfProfile(fact, id, now) < 1);
}

/** The presence that capacity alone gives: full or more sessions than allowed, partly used, free. */
export function presenceOfCapacity(
  fact: AgentFact,
  now: Instant,
  presences: PresenceSettings,
): 'available' | 'busy' | 'doNotDisturb' {
  const { state } = fact;
  if (isExhausted(fact, now) || state.conversationCount > presences.maximumSessions) return 'doNotDisturb';
  const isUsed = state.unitsUsed > 0 || Object.keys(state.profiles).some((id) => usedOfProfile(fact, id, now) > 0);
  return isUsed ? 'busy' : 'available';
}

function findBlocking(fact: AgentFact, now: Instant): Guid | undefined {
  for (const [profileId, { isBlocking }] of Object.entries(fact.profile.capacityProfiles)) {
    if (isBlocking && availableOfProfile(fact, profileId, now) < 1) return profileId;
  }
  return undefined;
}
