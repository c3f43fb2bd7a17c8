/**
 * What people and their devices do to agents: sign in and out, give signs of life, set a presence. One call is one transaction, which
 * locks the agent, asks the engine and writes everything that follows (docs/presence.md).
 */
import {
  type Agent,
  type AgentChange,
  type AgentCommand,
  type AgentProfile,
  decideAgent,
  type Guid,
  type Instant,
  newAgent,
  type PresenceDefinition,
  type RefusalName,
  type Refused,
  type RoutingConfiguration,
  unknownProfile,
} from '@parley/engine';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import type { Written } from '../outbox/write-events.ts';
import { lockAgents, lockDueAgents, readAgents } from './agent-store.ts';
import { describePresence, type PresenceDescription } from './describe-presence.ts';

export type PresenceResult =
  | { readonly kind: 'accepted'; readonly agent: Agent }
  | {
      readonly kind: 'refused';
      readonly name: RefusalName | 'unknownAgent' | 'unknownPresence';
      readonly detail: string;
    };

export type Presence = {
  /** A device of the agent is there; the same one twice is one. Ids have at most 100 characters. */
  signIn(agentId: Guid, deviceId: string): Promise<PresenceResult>;
  signOut(agentId: Guid, deviceId: string): Promise<PresenceResult>;
  /** A sign of life, at best every 15 to 30 seconds. `isActive`: the person did something since the last one. */
  heartbeat(agentId: Guid, deviceId: string, isActive: boolean): Promise<PresenceResult>;
  /** The connection of a device broke. */
  disconnect(agentId: Guid, deviceId: string): Promise<PresenceResult>;
  /** Refused as `unknownPresence`, or as `notPossibleNow` when only the system sets it. */
  setPresence(
    agentId: Guid,
    presenceId: Guid,
    by: { readonly kind: 'agent' | 'supervisor'; readonly userId: Guid },
  ): Promise<PresenceResult>;
  /** Back to what capacity gives: after a missed or rejected offer, or by a supervisor. Refused while signed out. */
  resetPresence(agentId: Guid): Promise<PresenceResult>;
  /** State of an agent; undefined when the configuration knows no such agent. */
  find(agentId: Guid): Promise<Agent | undefined>;
  /** The answer of CCaaS_GetPresence; undefined when the configuration knows no such agent. */
  describePresence(agentId: Guid): Promise<PresenceDescription | undefined>;
  /** Presences that people may set, by name. */
  options(): readonly PresenceDefinition[];
  /** Fires timers that are due, of at most so many agents. @returns how many agents had one */
  fireTimers(limit: number): Promise<number>;
};

export type PresenceContext = {
  readonly database: Database;
  readonly clock: Clock;
  /** The present version. */
  configuration(): RoutingConfiguration;
  /** Writes states, rows, events and marks for the router, in the transaction. */
  writeChanges(
    database: Database,
    changes: {
      readonly now: Instant;
      readonly agents: readonly AgentChange[];
      /** Queues of agents who may take something that they could not before. */
      readonly wakeQueues: readonly Guid[];
    },
  ): Promise<Written>;
  /** After a commit: tells this process and the others. */
  announce(written: Written): void;
};

const maximumDeviceId = 100;

export function createPresence(context: PresenceContext): Presence {
  const execute = (agentId: Guid, command: AgentCommand): Promise<PresenceResult> =>
    changeAgent(context, agentId, command);
  return {
    async signIn(agentId, deviceId) {
      const refused = refuseStranger(context, agentId) ?? refuseDevice(deviceId);
      return refused ?? execute(agentId, { kind: 'signIn', deviceId });
    },
    signOut: (agentId, deviceId) => execute(agentId, { kind: 'signOut', deviceId }),
    async heartbeat(agentId, deviceId, isActive) {
      const refused = refuseStranger(context, agentId) ?? refuseDevice(deviceId);
      return refused ?? execute(agentId, { kind: 'heartbeat', deviceId, isActive });
    },
    disconnect: (agentId, deviceId) => execute(agentId, { kind: 'disconnect', deviceId }),
    async setPresence(agentId, presenceId, { kind, userId }) {
      const refused = refuseStranger(context, agentId) ?? refuseUnknown(context, presenceId);
      return refused ?? execute(agentId, { kind: 'setPresence', presenceId, by: kind, byUserId: userId });
    },
    async resetPresence(agentId) {
      return refuseStranger(context, agentId) ?? execute(agentId, { kind: 'resetPresence' });
    },
    find: (agentId) => findAgent(context, agentId),
    async describePresence(agentId) {
      const agent = await findAgent(context, agentId);
      return agent === undefined ? undefined : describePresence(agent, context.configuration());
    },
    options() {
      const settable = [...context.configuration().presences.definitions.values()].filter((one) => one.canUserSet);
      return settable.sort((one, other) => (one.name < other.name ? -1 : 1));
    },
    fireTimers: (limit) => fireTimers(context, limit),
  };
}

async function changeAgent(context: PresenceContext, agentId: Guid, command: AgentCommand): Promise<PresenceResult> {
  const configuration = context.configuration();
  const { presences } = configuration;
  const { decision, written } = await context.database.transaction(async (database) => {
    const state = (await lockAgents(database, [agentId], context.clock.now(), presences)).get(agentId);
    // Only now: whoever held the lock before may have waited longer than this one, and time goes forward.
    const now = context.clock.now();
    if (state === undefined) throw new Error(`Agent ${agentId} has no row although it was just made`);
    const decided = decideAgent({ state, profile: profileOf(configuration, agentId) }, command, now, presences);
    const stored = 'after' in decided ? await writeAll(context, database, { now, changes: [decided] }) : null;
    return { decision: decided, written: stored };
  });
  if (!('after' in decision)) return decision;
  if (written !== null) context.announce(written);
  return { kind: 'accepted', agent: decision.after };
}

async function fireTimers(context: PresenceContext, limit: number): Promise<number> {
  const configuration = context.configuration();
  const { presences } = configuration;
  const { changes, written } = await context.database.transaction(async (database) => {
    const due = await lockDueAgents(database, context.clock.now(), limit);
    const now = context.clock.now();
    const decided = [...due.values()].flatMap((state) => {
      const fact = { state, profile: profileOf(configuration, state.id) };
      const change: AgentChange | Refused = decideAgent(fact, { kind: 'timerDue' }, now, presences);
      return 'after' in change ? [change] : [];
    });
    return { changes: decided, written: await writeAll(context, database, { now, changes: decided }) };
  });
  if (written !== null) context.announce(written);
  return changes.length;
}

/** Writes what changed; nothing where nothing did, which most signs of life do. */
async function writeAll(
  context: PresenceContext,
  database: Database,
  { now, changes }: { readonly now: Instant; readonly changes: readonly AgentChange[] },
): Promise<Written | null> {
  const agents = changes.filter(({ before, after }) => after !== before);
  if (agents.length === 0) return null;
  const configuration = context.configuration();
  const wakeQueues = new Set<Guid>();
  for (const change of agents) {
    if (!mayTakeMore(change)) continue;
    for (const queueId of Object.keys(profileOf(configuration, change.after.id).queues)) wakeQueues.add(queueId);
  }
  return context.writeChanges(database, { now, agents, wakeQueues: [...wakeQueues].sort() });
}

/** Something may be possible that was not: signed in, in another base presence, or with profiles that started anew. */
function mayTakeMore({ before, after }: AgentChange): boolean {
  if (!after.isSignedIn) return false;
  return !before.isSignedIn || before.basePresence !== after.basePresence || before.profiles !== after.profiles;
}

async function findAgent(
  { database, clock, configuration }: PresenceContext,
  agentId: Guid,
): Promise<Agent | undefined> {
  const { agents, presences } = configuration();
  if (!agents.has(agentId)) return undefined;
  return (await readAgents(database, [agentId])).get(agentId) ?? newAgent(agentId, clock.now(), presences);
}

/** Somebody who was an agent until now can still sign out. */
function profileOf(configuration: RoutingConfiguration, agentId: Guid): AgentProfile {
  return configuration.agents.get(agentId) ?? unknownProfile(agentId);
}

function refuseStranger({ configuration }: PresenceContext, agentId: Guid): PresenceResult | undefined {
  if (configuration().agents.get(agentId)?.isEnabled === true) return undefined;
  return { kind: 'refused', name: 'unknownAgent', detail: `There is no agent ${agentId}, or they are disabled.` };
}

function refuseUnknown({ configuration }: PresenceContext, presenceId: Guid): PresenceResult | undefined {
  if (configuration().presences.definitions.has(presenceId)) return undefined;
  return { kind: 'refused', name: 'unknownPresence', detail: `There is no presence ${presenceId}.` };
}

function refuseDevice(deviceId: string): PresenceResult | undefined {
  if (deviceId.length > 0 && deviceId.length <= maximumDeviceId) return undefined;
  const detail = `A device id has 1 to ${maximumDeviceId} characters, this one ${deviceId.length}.`;
  return { kind: 'refused', name: 'notPossibleNow', detail };
}
