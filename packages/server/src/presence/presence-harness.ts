/** Presences and a configuration with one queue, for tests. */
import {
  type Guid,
  type PresenceDefinition,
  type PresenceSettings,
  type RoutingConfiguration,
  unknownProfile,
  type WorkStream,
} from '@parley/engine';
import { presenceIds } from '../organization/organization-ids.ts';

export const queueId: Guid = '5d8d2b4e-6a0b-4c56-8a25-0f6c7d9b1a02';

const definitions: readonly PresenceDefinition[] = [
  ...(['available', 'busy', 'doNotDisturb', 'away', 'offline'] as const).map((base) => ({
    id: presenceIds[base],
    base,
    name: base,
    text: `Text of ${base}`,
    canUserSet: true,
  })),
  { id: presenceIds.inactive, base: 'away', name: 'inactive', text: 'Inactive', canUserSet: false },
];

export const presences: PresenceSettings = {
  definitions: new Map(definitions.map((one) => [one.id, one])),
  system: presenceIds,
  isMissedOfferInactive: true,
  isRejectedOfferDoNotDisturb: true,
  autoAwaySeconds: 600,
  reconnectSeconds: 150,
  maximumSessions: 10,
};

/** A chat work stream for available and busy agents, and an SMS one for available ones only, both for the one queue. */
export function configurationOf(agentIds: readonly Guid[]): RoutingConfiguration {
  const agents = agentIds.map(
    (id) =>
      [
        id,
        { ...unknownProfile(id), name: `Agent ${id}`, unitCapacity: 100, isEnabled: true, queues: { [queueId]: 0 } },
      ] as const,
  );
  const workStreams = [
    workStreamOf('5d8d2b4e-6a0b-4c56-8a25-0f6c7d9b1a06', 192360000, ['available', 'busy']),
    workStreamOf('5d8d2b4e-6a0b-4c56-8a25-0f6c7d9b1a07', 192340000, ['available']),
  ];
  return {
    version: '1',
    workStreams: new Map(workStreams.map((one) => [one.id, one])),
    queues: new Map([
      [
        queueId,
        {
          id: queueId,
          name: 'Queue',
          kind: 'messaging',
          priority: 1,
          isDefault: false,
          operatingHourId: null,
          method: { kind: 'highestCapacity' },
          preQueueOverflow: [],
          inQueueOverflow: [],
          serviceLevelSeconds: null,
          shortAbandonSeconds: null,
          agentIds,
        },
      ],
    ]),
    agents: new Map(agents),
    operatingHours: new Map(),
    presences,
    skillNames: new Map(),
    profileNames: new Map(),
  };
}

function workStreamOf(id: Guid, channel: number, allowedPresences: WorkStream['allowedPresences']): WorkStream {
  return {
    id,
    name: `Work stream ${channel}`,
    channel,
    kind: 'live',
    distribution: 'push',
    isOutbound: false,
    allowedPresences,
    demand: { units: 40, profileIds: [] },
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
      rerouteSeconds: 300,
      requiresDisposition: false,
    },
    classification: [],
    routes: [],
    fallbackQueueId: queueId,
    relaxation: [],
    contextVariables: {},
    timeZone: 'UTC',
  };
}
