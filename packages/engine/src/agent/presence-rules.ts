/**
 * Which presence an agent gets and what may change it again (behaviour reference, sections 1.8, 4.5 and 5.1). Each function takes an
 * agent and gives back the next one, the same object when nothing changes; `decide-agent.ts` puts them together.
 */
import type { BasePresence } from '../codes.ts';
import type { Guid, Instant } from '../conversation/conversation.ts';
import type { AgentFact, PresenceSettings } from '../decision.ts';
import type { Agent, PresenceCause } from './agent.ts';
import { presenceOfCapacity } from './capacity.ts';

type Presence = {
  readonly presenceId: Guid;
  readonly basePresence: BasePresence;
  readonly cause: PresenceCause;
};

/** Causes after which "do not disturb" was computed, not asked for, and may be computed away again. */
const computedCauses: ReadonlySet<PresenceCause> = new Set(['capacity', 'signIn', 'reconnect', 'resetMissed']);

export function wearPresence(agent: Agent, presence: Presence, setBy: Guid | null, now: Instant): Agent {
  return {
    ...agent,
    presenceId: presence.presenceId,
    basePresence: presence.basePresence,
    presenceCause: presence.cause,
    presenceSetBy: setBy,
    presenceSince: presence.presenceId === agent.presenceId ? agent.presenceSince : now,
  };
}

export function systemPresence(
  base: BasePresence | 'inactive',
  cause: PresenceCause,
  presences: PresenceSettings,
): Presence {
  const presenceId = presences.system[base];
  const basePresence = base === 'inactive' ? (presences.definitions.get(presenceId)?.base ?? 'away') : base;
  return { presenceId, basePresence, cause };
}

/** What capacity gives now, whatever was there before. */
export function computePresence(
  fact: AgentFact,
  cause: PresenceCause,
  now: Instant,
  presences: PresenceSettings,
): Presence {
  return systemPresence(presenceOfCapacity(fact, now, presences), cause, presences);
}

/**
 * After capacity was taken or given back: available and busy are computed anew, even when set by hand, and so is a computed "do not
 * disturb". What an agent will go back to follows the same rule while they are away.
 */
export function followCapacity(fact: AgentFact, now: Instant, presences: PresenceSettings): Agent {
  const { state } = fact;
  const before = state.presenceBefore;
  const computed = computePresence(fact, 'capacity', now, presences);
  const kept = before !== null && followsCapacity(before.basePresence, before.cause) ? computed : before;
  const agent: Agent = kept === before ? state : { ...state, presenceBefore: kept };
  return followsCapacity(state.basePresence, state.presenceCause) ? wearPresence(agent, computed, null, now) : agent;
}

/** The same where no conversation was taken or ended: a hand-set presence stays. */
export function followReset(fact: AgentFact, now: Instant, presences: PresenceSettings): Agent {
  return computedCauses.has(fact.state.presenceCause) ? followCapacity(fact, now, presences) : fact.state;
}

function followsCapacity(base: BasePresence, cause: PresenceCause): boolean {
  if (base === 'available' || base === 'busy') return true;
  return base === 'doNotDisturb' && computedCauses.has(cause);
}

/** The default presence where that is away or offline; without a default, available; else what capacity gives. */
export function presenceAtSignIn(fact: AgentFact, now: Instant, presences: PresenceSettings): Presence {
  const { defaultPresenceId } = fact.profile;
  const wanted = defaultPresenceId === null ? undefined : presences.definitions.get(defaultPresenceId);
  if (wanted === undefined) return systemPresence('available', 'signIn', presences);
  if (wanted.base === 'away' || wanted.base === 'offline') {
    return { presenceId: wanted.id, basePresence: wanted.base, cause: 'signIn' };
  }
  return computePresence(fact, 'signIn', now, presences);
}

/**
 * Missed offers make inactive and rejected ones not to be disturbed, where switched on. Who is offline stays it, and so does who asked
 * to be away or not to be disturbed: that lasts until they change it.
 */
export function answerOffer(
  agent: Agent,
  answer: 'offerMissed' | 'offerRejected',
  now: Instant,
  presences: PresenceSettings,
): Agent {
  const isOn = answer === 'offerMissed' ? presences.isMissedOfferInactive : presences.isRejectedOfferDoNotDisturb;
  if (!isOn || agent.basePresence === 'offline' || isAskedFor(agent)) return agent;
  const next =
    answer === 'offerMissed'
      ? systemPresence('inactive', 'missedOffer', presences)
      : systemPresence('doNotDisturb', 'rejectedOffer', presences);
  return { ...wearPresence(agent, next, null, now), presenceBefore: null };
}

function isAskedFor({ basePresence, presenceCause }: Agent): boolean {
  const isByHand = presenceCause === 'agent' || presenceCause === 'supervisor';
  return isByHand && (basePresence === 'away' || basePresence === 'doNotDisturb');
}

/** When the agent goes away by themselves if they do nothing more; undefined: never. */
export function autoAwayOn(agent: Agent, presences: PresenceSettings): Instant | undefined {
  const { autoAwaySeconds } = presences;
  if (autoAwaySeconds === undefined || agent.devices.length === 0 || agent.presenceCause === 'supervisor')
    return undefined;
  if (agent.basePresence !== 'available' && agent.basePresence !== 'busy') return undefined;
  return (agent.lastActivityOn ?? agent.presenceSince) + autoAwaySeconds * 1000;
}

export function goAwayWhenIdle(agent: Agent, now: Instant, presences: PresenceSettings): Agent {
  const dueOn = autoAwayOn(agent, presences);
  if (dueOn === undefined || dueOn > now) return agent;
  return {
    ...wearPresence(agent, systemPresence('away', 'autoAway', presences), null, now),
    presenceBefore: presenceOf(agent),
  };
}

/** The person did something: notes it, and brings them back from having gone away by themselves. */
export function beActive(fact: AgentFact, now: Instant, presences: PresenceSettings): Agent {
  const agent: Agent = { ...fact.state, lastActivityOn: now };
  if (agent.presenceCause !== 'autoAway') return agent;
  const back = agent.presenceBefore ?? computePresence(fact, 'capacity', now, presences);
  return { ...wearPresence(agent, back, null, now), presenceBefore: null };
}

export function presenceOf(agent: Agent): Presence {
  return { presenceId: agent.presenceId, basePresence: agent.basePresence, cause: agent.presenceCause };
}
