/** For tests: small configurations of routing. */
import { randomUUID } from 'node:crypto';
import {
  type AgentProfile,
  channelCodes,
  type OperatingHours,
  type Queue,
  type RoutingConfiguration,
  type WorkStream,
} from '@parley/engine';

const presenceIds = {
  available: 'f523f628-c07a-e811-8162-000d3aa11f50',
  busy: 'efdeb843-c07a-e811-8162-000d3aa11f50',
  doNotDisturb: '08971864-c07a-e811-8162-000d3aa11f50',
  away: '3dacae76-c07a-e811-8162-000d3aa11f50',
  offline: '70139190-c07a-e811-8162-000d3aa11f50',
  inactive: '00000000-0000-4000-8000-0000000000aa',
} as const;

export function configurationOf({
  workStreams = [],
  queues = [],
  agents = [],
  hours = [],
}: {
  readonly workStreams?: readonly WorkStream[];
  readonly queues?: readonly Queue[];
  readonly agents?: readonly AgentProfile[];
  readonly hours?: readonly OperatingHours[];
}): RoutingConfiguration {
  return {
    version: '1',
    workStreams: byId(workStreams),
    queues: byId(queues),
    agents: byId(agents),
    operatingHours: byId(hours),
    presences: {
      definitions: new Map(),
      system: presenceIds,
      isMissedOfferInactive: false,
      isRejectedOfferDoNotDisturb: false,
      reconnectSeconds: 150,
      maximumSessions: 10,
    },
    skillNames: new Map(),
    profileNames: new Map(),
  };
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}

/** A messaging queue of nobody, without hours. */
export function queueOf(given: Partial<Queue> = {}): Queue {
  return {
    id: randomUUID(),
    name: 'Questions',
    kind: 'messaging',
    priority: 1,
    isDefault: false,
    operatingHourId: null,
    method: { kind: 'highestCapacity' },
    preQueueOverflow: [],
    inQueueOverflow: [],
    serviceLevelSeconds: null,
    shortAbandonSeconds: null,
    agentIds: [],
    ...given,
  };
}

/** Live chat for available and busy agents, 30 units each. */
export function workStreamOf(given: Partial<WorkStream> = {}): WorkStream {
  return {
    id: randomUUID(),
    name: 'Chat',
    channel: channelCodes.liveChat,
    kind: 'live',
    distribution: 'push',
    isOutbound: false,
    allowedPresences: ['available', 'busy'],
    demand: { units: 30, profileIds: [] },
    matching: 'none',
    policy: {
      offerSeconds: 120,
      isAutoAccepted: false,
      mayReject: true,
      declineLimit: 3,
      declinerLimit: 100,
      wrapUpCapacity: { kind: 'block' },
      autoClose: {},
      customerReturnSeconds: 180,
      agentReturnSeconds: 150,
      keepsAgent: false,
      mayPickFromPush: false,
      isConsultCharged: false,
      relaxAfterSeconds: [],
      rerouteSeconds: 480,
      requiresDisposition: false,
    },
    classification: [],
    routes: [],
    fallbackQueueId: randomUUID(),
    relaxation: [],
    contextVariables: {},
    timeZone: 'UTC',
    ...given,
  };
}

/** An enabled agent with 100 units. */
export function profileOf(given: Partial<AgentProfile> = {}): AgentProfile {
  return {
    id: randomUUID(),
    name: 'Ann Example',
    unitCapacity: 100,
    defaultPresenceId: null,
    isSupervisor: false,
    isEnabled: true,
    capacityProfiles: {},
    skills: {},
    queues: {},
    attributes: {},
    timeZone: 'UTC',
    ...given,
  };
}

/** Monday to Friday from one hour to another, UTC. */
export function hoursOf(from: number, to: number): OperatingHours {
  const work = [{ from: from * 60, to: to * 60 }];
  return {
    id: randomUUID(),
    name: 'Office',
    timeZone: 'UTC',
    weekly: [[], work, work, work, work, work, []],
    holidays: [],
  };
}
