/**
 * The agents and queues of a configuration as rows and positions. Worked out once for each version of the configuration, which never
 * changes; a cycle about one queue then costs what that queue costs, however many agents there are.
 */
import type { AgentProfile } from '../agent/agent.ts';
import type { Guid } from '../conversation/conversation.ts';
import type { Queue, RoutingConfiguration } from './configuration.ts';

export type Roster = {
  /** Row of an agent. Every member of a queue has one. */
  readonly ordinals: ReadonlyMap<Guid, number>;
  readonly ids: readonly Guid[];
  readonly profiles: readonly (AgentProfile | undefined)[];
  readonly skillCount: Int32Array;
  /** By agent's row: capacity profiles that block everything once they are used up. */
  readonly blocking: readonly (readonly BlockingProfile[])[];
  readonly memberships: ReadonlyMap<Guid, Membership>;
  /** By agent's row: where else they are. */
  readonly places: readonly (readonly Place[])[];
};

/** The members of a queue by position: 0 is who was added first. */
export type Membership = {
  readonly queue: Queue;
  /** Agent's row, by position. */
  readonly members: Int32Array;
  /** Rating by skill and position, from 0 to 1; -1: does not have the skill. Filled for a skill when it is asked for first. */
  readonly ratings: Map<Guid, Float64Array>;
};

export type BlockingProfile = { readonly id: Guid; readonly limit: number };

/** Most agents have none. */
const none: readonly BlockingProfile[] = [];

export type Place = { readonly queueId: Guid; readonly position: number };

const known = new WeakMap<RoutingConfiguration, Roster>();

/** The roster of a configuration; the same object for the same configuration. */
export function rosterOf(configuration: RoutingConfiguration): Roster {
  const ready = known.get(configuration);
  if (ready !== undefined) return ready;
  const roster = buildRoster(configuration);
  known.set(configuration, roster);
  return roster;
}

function buildRoster(configuration: RoutingConfiguration): Roster {
  const ordinals = new Map<Guid, number>();
  const places: Place[][] = [];
  const memberships = new Map<Guid, Membership>();
  for (const queue of configuration.queues.values()) {
    const members = new Int32Array(queue.agentIds.length);
    for (const [position, id] of queue.agentIds.entries()) {
      const ordinal = ordinals.get(id) ?? ordinals.size;
      if (ordinal === ordinals.size) {
        ordinals.set(id, ordinal);
        places.push([]);
      }
      members[position] = ordinal;
      places[ordinal]?.push({ queueId: queue.id, position });
    }
    memberships.set(queue.id, { queue, members, ratings: new Map() });
  }
  const ids = [...ordinals.keys()];
  const profiles = ids.map((id) => configuration.agents.get(id));
  return {
    ordinals,
    ids,
    profiles,
    skillCount: Int32Array.from(profiles, (profile) => Object.keys(profile?.skills ?? {}).length),
    blocking: profiles.map(blockingOf),
    memberships,
    places,
  };
}

function blockingOf(profile: AgentProfile | undefined): readonly BlockingProfile[] {
  const own = Object.entries(profile?.capacityProfiles ?? {});
  const blocking = own.flatMap(([id, { limit, isBlocking }]) => (isBlocking ? [{ id, limit }] : []));
  return blocking.length === 0 ? none : blocking;
}

/** Ratings of a skill by position. */
export function ratingsOf({ members, ratings }: Membership, { profiles }: Roster, skillId: Guid): Float64Array {
  const ready = ratings.get(skillId);
  if (ready !== undefined) return ready;
  const column = Float64Array.from(members, (ordinal) => profiles[ordinal]?.skills[skillId] ?? -1);
  ratings.set(skillId, column);
  return column;
}
