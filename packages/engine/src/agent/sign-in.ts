/**
 * Signing in and out, and connections that break and come back (behaviour reference, sections 1.8 and 4.5). All devices of an agent
 * are one presence: they are signed in while any device is.
 */
import type { Instant } from '../conversation/conversation.ts';
import type { AgentFact, PresenceSettings } from '../decision.ts';
import type { Agent, Device } from './agent.ts';
import {
  beActive,
  goAwayWhenIdle,
  presenceAtSignIn,
  presenceOf,
  systemPresence,
  wearPresence,
} from './presence-rules.ts';

const maximumDevices = 20;

/** Signs of life that follow each other faster change nothing, so that they need not be stored. */
const lifeGranularity = 5000;

/** The pending end of the time in which a lost connection may come back. */
export function findReconnectTimer(agent: Agent): Agent['timers'][number] | undefined {
  return agent.timers.find(({ kind, key }) => kind === 'disconnect' && key === undefined);
}

/** Whether a device that turns up now finds the presence from before the lost connection again. */
export function mayComeBack(agent: Agent, now: Instant): boolean {
  const timer = findReconnectTimer(agent);
  return (
    agent.presenceCause === 'disconnect' && agent.presenceBefore !== null && timer !== undefined && timer.dueOn > now
  );
}

export function signIn(fact: AgentFact, deviceId: string, now: Instant, presences: PresenceSettings): Agent {
  const withDevice: Agent = { ...fact.state, devices: addDevice(fact.state.devices, deviceId, now), isSignedIn: true };
  if (fact.state.isSignedIn) return beActive({ ...fact, state: withDevice }, now, presences);
  return comeBack(fact, withDevice, now) ?? startAnew({ ...fact, state: withDevice }, now, presences);
}

/** Back from a lost connection within the time for it: the presence from before. Undefined: this is no such return. */
function comeBack({ state }: AgentFact, withDevice: Agent, now: Instant): Agent | undefined {
  if (!mayComeBack(state, now) || state.presenceBefore === null) return undefined;
  return { ...wearPresence(withDevice, state.presenceBefore, null, now), presenceBefore: null, lastActivityOn: now };
}

function startAnew(fact: AgentFact, now: Instant, presences: PresenceSettings): Agent {
  return {
    ...wearPresence(fact.state, presenceAtSignIn(fact, now, presences), null, now),
    presenceBefore: null,
    lastActivityOn: now,
    lastReleasedOn: null,
  };
}

function addDevice(devices: readonly Device[], id: string, now: Instant): readonly Device[] {
  const known = devices.find((device) => device.id === id);
  const others = devices.filter((device) => device !== known).slice(known === undefined ? 1 - maximumDevices : 0);
  return [...others, { id, since: known?.since ?? now, lastSeenOn: now }];
}

/** Who is signed in without a device (presence set from outside) is signed out by any. */
export function signOut(agent: Agent, deviceId: string, now: Instant, presences: PresenceSettings): Agent {
  const devices = agent.devices.filter(({ id }) => id !== deviceId);
  if (devices.length > 0) return devices.length === agent.devices.length ? agent : { ...agent, devices };
  if (!agent.isSignedIn && agent.presenceCause !== 'disconnect') return agent;
  return {
    ...wearPresence(agent, systemPresence('offline', 'signOut', presences), null, now),
    devices,
    isSignedIn: false,
    presenceBefore: null,
  };
}

/** The last device that is lost makes offline at once; for some time, the presence from before is kept. */
export function disconnect(
  agent: Agent,
  lost: (device: Device) => boolean,
  now: Instant,
  presences: PresenceSettings,
): Agent {
  const devices = agent.devices.filter((device) => !lost(device));
  if (devices.length === agent.devices.length) return agent;
  if (devices.length > 0) return { ...agent, devices };
  // Whoever had gone away by themselves comes back to what they were before that, and goes away again if they stay idle.
  const before = agent.presenceCause === 'autoAway' ? (agent.presenceBefore ?? presenceOf(agent)) : presenceOf(agent);
  return {
    ...wearPresence(agent, systemPresence('offline', 'disconnect', presences), null, now),
    devices,
    isSignedIn: false,
    presenceBefore: before,
    timers: [...agent.timers, { kind: 'disconnect', dueOn: now + presences.reconnectSeconds * 1000 }],
  };
}

/**
 * A sign of life. From an unknown device it counts only while the connection is lost: then it is back. Otherwise that device was
 * signed out, and a late sign of life must not sign it in again.
 */
export function beAlive(
  fact: AgentFact,
  heartbeat: { readonly deviceId: string; readonly isActive: boolean },
  now: Instant,
  presences: PresenceSettings,
): Agent {
  const { state } = fact;
  const device = state.devices.find(({ id }) => id === heartbeat.deviceId);
  if (device === undefined) {
    if (state.isSignedIn || state.presenceCause !== 'disconnect') return state;
    const back = signIn(fact, heartbeat.deviceId, now, presences);
    if (heartbeat.isActive) return back;
    return goAwayWhenIdle({ ...back, lastActivityOn: state.lastActivityOn }, now, presences);
  }
  const isFresh = now - device.lastSeenOn < lifeGranularity;
  const seen: Agent = isFresh ? state : { ...state, devices: addDevice(state.devices, device.id, now) };
  if (!heartbeat.isActive || isRecentlyActive(state, now)) return seen;
  return beActive({ ...fact, state: seen }, now, presences);
}

function isRecentlyActive(agent: Agent, now: Instant): boolean {
  if (agent.presenceCause === 'autoAway' || agent.lastActivityOn === null) return false;
  return now - agent.lastActivityOn < lifeGranularity;
}
