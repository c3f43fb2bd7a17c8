/**
 * Decides what a command does to an agent: pure, like every decision of the engine. Rules: behaviour reference, sections 1.8, 4.4,
 * 4.5 and 5.1; for people: docs/presence.md.
 */
import type { AgentEventBody } from '@parley/protocol';
import type { Guid, Instant } from '../conversation/conversation.ts';
import type { AgentChange, AgentFact, PresenceSettings, Refused } from '../decision.ts';
import type { Agent, AgentProfile, AgentTimer } from './agent.ts';
import type { AgentCommand } from './command.ts';
import { giveBackHold, resetProfiles, takeHold } from './holds.ts';
import {
  answerOffer,
  autoAwayOn,
  computePresence,
  followCapacity,
  followReset,
  goAwayWhenIdle,
  wearPresence,
} from './presence-rules.ts';
import { beAlive, disconnect, findReconnectTimer, mayComeBack, signIn, signOut } from './sign-in.ts';

type SetPresence = Extract<AgentCommand, { kind: 'setPresence' }>;

/** Stands for a device in events of agents who are signed in because a presence was set from outside. */
const noDevice = 'none';

/** An agent whom nothing has happened to yet: signed out. */
export function newAgent(id: Guid, now: Instant, presences: PresenceSettings): Agent {
  return {
    id,
    sequence: 1,
    presenceId: presences.system.offline,
    basePresence: 'offline',
    presenceCause: 'signOut',
    presenceSetBy: null,
    presenceSince: now,
    presenceBefore: null,
    isSignedIn: false,
    devices: [],
    lastActivityOn: null,
    unitsUsed: 0,
    unitsForced: 0,
    profiles: {},
    conversationCount: 0,
    lastAssignedOn: {},
    lastReleasedOn: null,
    timers: [],
  };
}

/** For agents whom the configuration does not know (any more): they have no capacity, but can still give back what they hold. */
export function unknownProfile(id: Guid): AgentProfile {
  return {
    id,
    name: '',
    unitCapacity: 0,
    defaultPresenceId: null,
    isSupervisor: false,
    isEnabled: false,
    capacityProfiles: {},
    skills: {},
    queues: {},
    attributes: {},
    timeZone: 'UTC',
  };
}

/**
 * What a command does to an agent. `after` is `before` itself when nothing changes. Commands of conversations (`hold`, `unhold`,
 * `offerMissed`, `offerRejected`) are never refused: whether capacity allows them is asked before, with `checkCapacity`.
 */
export function decideAgent(
  fact: AgentFact,
  command: AgentCommand,
  now: Instant,
  presences: PresenceSettings,
): AgentChange | Refused {
  const before = fact.state;
  if (command.kind === 'setPresence') {
    const refused = refusePresence(command, presences);
    if (refused !== undefined) return refused;
  }
  if (command.kind === 'resetPresence' && !before.isSignedIn) {
    return refuse('The agent is not signed in: there is no presence to go back to.');
  }
  const next = apply(fact, command, now, presences);
  if (next === before) return { before, after: before, events: [] };
  const after: Agent = { ...next, sequence: before.sequence + 1, timers: planTimers(next, presences) };
  const conversationId = 'conversationId' in command ? command.conversationId : null;
  return { before, after, events: describeChange({ before, after, conversationId, now }) };
}

function apply(fact: AgentFact, command: AgentCommand, now: Instant, presences: PresenceSettings): Agent {
  const { state } = fact;
  switch (command.kind) {
    case 'hold':
      return followCapacity({ ...fact, state: takeHold(fact, command, now) }, now, presences);
    case 'unhold':
      return followCapacity({ ...fact, state: giveBackHold(fact, command, now) }, now, presences);
    case 'offerMissed':
    case 'offerRejected':
      return answerOffer(state, command.kind, now, presences);
    case 'signIn':
      return signIn(fact, command.deviceId, now, presences);
    case 'signOut':
      return signOut(state, command.deviceId, now, presences);
    case 'heartbeat':
      return beAlive(fact, command, now, presences);
    case 'disconnect':
      return disconnect(state, ({ id }) => id === command.deviceId, now, presences);
    case 'setPresence':
      return setPresence(state, command, now, presences);
    case 'resetPresence':
      return resetPresence(fact, now, presences);
    case 'timerDue':
      return fireTimers(fact, now, presences);
  }
}

function refusePresence({ presenceId }: SetPresence, presences: PresenceSettings): Refused | undefined {
  const wanted = presences.definitions.get(presenceId);
  if (wanted === undefined) return refuse(`There is no presence ${presenceId}.`);
  if (!wanted.canUserSet) return refuse(`The presence "${wanted.text}" is set by the system only.`);
  return undefined;
}

function refuse(detail: string): Refused {
  return { kind: 'refused', name: 'notPossibleNow', detail };
}

/**
 * By hand. Who has no device is signed in by any presence but offline, and signed out by offline: so somebody who works over an
 * interface without devices can take part.
 */
function setPresence(agent: Agent, command: SetPresence, now: Instant, presences: PresenceSettings): Agent {
  const { presenceId, by, byUserId } = command;
  const basePresence = presences.definitions.get(presenceId)?.base ?? agent.basePresence;
  const isSignedIn = agent.devices.length > 0 || basePresence !== 'offline';
  return {
    ...wearPresence(agent, { presenceId, basePresence, cause: by }, byUserId, now),
    presenceBefore: null,
    isSignedIn,
    lastActivityOn: by === 'agent' ? now : agent.lastActivityOn,
    lastReleasedOn: agent.isSignedIn ? agent.lastReleasedOn : null,
  };
}

function resetPresence(fact: AgentFact, now: Instant, presences: PresenceSettings): Agent {
  const computed = computePresence(fact, 'resetMissed', now, presences);
  return { ...wearPresence(fact.state, computed, null, now), presenceBefore: null };
}

/** Every timer that is due. What is planned for later is planned anew, so a timer that has lost its reason disappears here. */
function fireTimers(fact: AgentFact, now: Instant, presences: PresenceSettings): Agent {
  const { state } = fact;
  if (state.timers.every(({ dueOn }) => dueOn > now)) return state;
  const silence = (presences.deviceSilenceSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  const reconnect = findReconnectTimer(state);
  let agent: Agent = { ...state };
  if (reconnect !== undefined && reconnect.dueOn <= now) agent = { ...agent, presenceBefore: null };
  agent = disconnect(agent, ({ lastSeenOn }) => lastSeenOn + silence <= now, now, presences);
  const reset = resetProfiles(agent, now);
  if (reset !== agent) agent = followReset({ ...fact, state: reset }, now, presences);
  return goAwayWhenIdle(agent, now, presences);
}

/** The time to come back after a lost connection is kept as it was set; all others follow from the state. */
function planTimers(agent: Agent, presences: PresenceSettings): readonly AgentTimer[] {
  const timers: AgentTimer[] = [];
  const reconnect = findReconnectTimer(agent);
  const isLost = agent.presenceCause === 'disconnect' && agent.presenceBefore !== null;
  if (isLost && reconnect !== undefined) timers.push(reconnect);
  const quietest = agent.devices.toSorted((one, other) => one.lastSeenOn - other.lastSeenOn)[0];
  if (presences.deviceSilenceSeconds !== undefined && quietest !== undefined) {
    const dueOn = quietest.lastSeenOn + presences.deviceSilenceSeconds * 1000;
    timers.push({ kind: 'disconnect', dueOn, key: quietest.id });
  }
  const awayOn = autoAwayOn(agent, presences);
  if (awayOn !== undefined) timers.push({ kind: 'autoAway', dueOn: awayOn });
  const resets = Object.values(agent.profiles).flatMap(({ resetOn }) => (resetOn === null ? [] : [resetOn]));
  if (resets.length > 0) timers.push({ kind: 'profileReset', dueOn: Math.min(...resets) });
  return timers;
}

/** What happened, found by comparing: devices first, then capacity, then presence. */
function describeChange(step: {
  readonly before: Agent;
  readonly after: Agent;
  readonly conversationId: Guid | null;
  readonly now: Instant;
}): readonly AgentEventBody[] {
  const { before, after, conversationId, now } = step;
  const events: AgentEventBody[] = [...describeDevices(before, after)];
  const isCapacityChanged =
    before.unitsUsed !== after.unitsUsed ||
    before.conversationCount !== after.conversationCount ||
    before.profiles !== after.profiles;
  if (isCapacityChanged) {
    const { unitsUsed, conversationCount } = after;
    events.push({ type: 'CapacityChanged', unitsUsed, conversationCount, conversationId });
  }
  if (before.presenceId !== after.presenceId) {
    events.push({
      type: 'PresenceChanged',
      presenceId: after.presenceId,
      from: before.presenceId,
      base: after.basePresence,
      // A presence that came back keeps the cause it had, which decides what may change it: that it came back is told here.
      cause: mayComeBack(before, now) && after.devices.length > 0 ? 'reconnect' : after.presenceCause,
      setBy: after.presenceSetBy,
    });
  }
  return events;
}

function describeDevices(before: Agent, after: Agent): readonly AgentEventBody[] {
  if (before.devices === after.devices || (before.devices.length === 0 && after.devices.length === 0)) {
    if (before.isSignedIn === after.isSignedIn) return [];
    return [{ type: after.isSignedIn ? 'AgentSignedIn' : 'AgentSignedOut', deviceId: noDevice }];
  }
  const old = new Set(before.devices.map(({ id }) => id));
  const current = new Set(after.devices.map(({ id }) => id));
  const gone = before.devices.filter(({ id }) => !current.has(id));
  const come = after.devices.filter(({ id }) => !old.has(id));
  return [
    ...gone.map(({ id }): AgentEventBody => ({ type: 'AgentSignedOut', deviceId: id })),
    ...come.map(({ id }): AgentEventBody => ({ type: 'AgentSignedIn', deviceId: id })),
  ];
}
