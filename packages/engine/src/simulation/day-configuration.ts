/** The contact centre of the simulated day: four kinds of channels, six queues, rules for topic, language and route. */
import type { AgentProfile } from '../agent/agent.ts';
import { unknownProfile } from '../agent/decide-agent.ts';
import { type BasePresence, basePresenceCodes, channelCodes } from '../codes.ts';
import type { ConversationKind, Guid, Instant } from '../conversation/conversation.ts';
import type { ConversationPolicy } from '../conversation/policy.ts';
import type { PresenceDefinition, PresenceSettings } from '../decision.ts';
import type {
  AssignmentMethod,
  ClassificationRuleSet,
  Condition,
  Queue,
  RouteRule,
  RoutingConfiguration,
  WorkStream,
} from '../routing/configuration.ts';
import type { Random } from './random.ts';

export const topics: readonly string[] = ['order', 'return', 'invoice'];
export const locales: readonly string[] = ['de-DE', 'de-AT', 'en-GB', 'fr-FR'];

const bases = Object.keys(basePresenceCodes) as readonly BasePresence[];
const skillIds: readonly Guid[] = ['german', 'english', 'french'];
const profileId: Guid = 'calls';

const presences: PresenceSettings = {
  definitions: new Map(
    [
      ...bases.map((base) => ({ id: base, base, canUserSet: true })),
      { id: 'inactive', base: 'away' as const, canUserSet: false },
    ].map((one): [Guid, PresenceDefinition] => [one.id, { ...one, name: one.id, text: one.id }]),
  ),
  system: {
    available: 'available',
    busy: 'busy',
    doNotDisturb: 'doNotDisturb',
    away: 'away',
    offline: 'offline',
    inactive: 'inactive',
  },
  isMissedOfferInactive: true,
  isRejectedOfferDoNotDisturb: true,
  reconnectSeconds: 150,
  maximumSessions: 10,
};

const policy: ConversationPolicy = {
  offerSeconds: 60,
  isAutoAccepted: false,
  mayReject: true,
  declineLimit: 3,
  declinerLimit: 100,
  wrapUpCapacity: { kind: 'timed', seconds: 60 },
  autoClose: { open: 1_200, wrapUp: 900 },
  customerReturnSeconds: 180,
  agentReturnSeconds: 150,
  keepsAgent: false,
  mayPickFromPush: false,
  isConsultCharged: false,
  relaxAfterSeconds: [60, 180],
  overflowAfterSeconds: 600,
  rerouteSeconds: 300,
  requiresDisposition: false,
};

const classification: readonly ClassificationRuleSet[] = [
  {
    id: 'urgency',
    name: 'Urgency',
    rules: [
      { name: 'Gold', when: is('context.tier', 'gold'), set: { priority: 10 } },
      {
        name: 'Invoices',
        when: is('context.topic', 'invoice'),
        set: { priority: 2, context: { department: 'finance' } },
      },
    ],
  },
  {
    id: 'language',
    name: 'Language',
    rules: [
      { name: 'German', when: startsWith('de'), set: { skills: [{ skillId: 'german', rating: 0.5 }] } },
      { name: 'French', when: startsWith('fr'), set: { skills: [{ skillId: 'french', rating: 0.3 }] } },
    ],
  },
];

function is(path: string, value: string): Condition {
  return { kind: 'compare', path, operator: 'eq', value };
}

function startsWith(value: string): Condition {
  return { kind: 'compare', path: 'conversation.locale', operator: 'startsWith', value };
}

function streamOf(kind: ConversationKind, channel: number, part: Partial<WorkStream>): WorkStream {
  const routes: readonly RouteRule[] =
    kind === 'live' || kind === 'persistent'
      ? [
          {
            name: 'Finance',
            when: is('context.department', 'finance'),
            queues: [{ queueId: 'finance', percent: 100 }],
          },
          { name: 'Returns', when: is('context.topic', 'return'), queues: [{ queueId: 'returns', percent: 100 }] },
          {
            name: 'Orders',
            when: { kind: 'always' },
            queues: [
              { queueId: 'orders', percent: 70 },
              { queueId: 'returns', percent: 30 },
            ],
          },
        ]
      : [];
  return {
    id: kind,
    name: kind,
    channel,
    kind,
    distribution: 'push',
    isOutbound: false,
    allowedPresences: ['available', 'busy'],
    demand: { units: 30, profileIds: [] },
    matching: 'exact',
    policy,
    classification,
    routes,
    fallbackQueueId: kind === 'voice' || kind === 'record' ? `default ${kind}` : 'default messaging',
    relaxation: [
      { afterSeconds: 60, lowerRatingBy: 0.3 },
      { afterSeconds: 180, dropSkills: 'all' },
    ],
    contextVariables: { topic: 'text', tier: 'text' },
    timeZone: 'Europe/Berlin',
    ...part,
  };
}

function queueOf(id: Guid, kind: Queue['kind'], agentIds: readonly Guid[], part: Partial<Queue>): Queue {
  return {
    id,
    name: id,
    kind,
    priority: 1,
    isDefault: id.startsWith('default'),
    operatingHourId: null,
    method: { kind: 'highestCapacity' },
    preQueueOverflow: [],
    inQueueOverflow: [],
    serviceLevelSeconds: null,
    shortAbandonSeconds: null,
    agentIds,
    ...part,
  };
}

/** Everything that rows would say. Agents and their skills are by chance. */
export function createDayConfiguration(random: Random, agentCount: number): RoutingConfiguration {
  const agentIds = Array.from({ length: agentCount }, (_, index) => `agent-${String(index).padStart(5, '0')}`);
  const queues = createQueues(agentIds);
  return {
    version: '1',
    workStreams: new Map(workStreams.map((one) => [one.id, one])),
    queues: new Map(queues.map((one) => [one.id, one])),
    agents: new Map(agentIds.map((id): [Guid, AgentProfile] => [id, profileOf(id, queues, random)])),
    operatingHours: new Map(),
    presences,
    skillNames: new Map(skillIds.map((id) => [id, id])),
    profileNames: new Map([[profileId, profileId]]),
  };
}

const financeMethod: AssignmentMethod = {
  kind: 'custom',
  prioritization: [{ name: 'Gold', when: is('context.tier', 'gold') }],
  ruleSets: [
    {
      id: 'finance',
      name: 'Finance',
      when: { kind: 'always' },
      rules: [
        {
          name: 'Free',
          when: {
            kind: 'and',
            conditions: [
              { kind: 'compare', path: 'agent.presence', operator: 'in', value: ['available', 'busy'] },
              { kind: 'compare', path: 'agent.hasCapacity', operator: 'eq', value: true },
            ],
          },
          orderBy: [
            { by: 'proficiency', descending: true },
            { by: 'unitCapacity', descending: true },
          ],
        },
      ],
    },
  ],
};

function createQueues(agentIds: readonly Guid[]): readonly Queue[] {
  const share = (part: number, of: number): readonly Guid[] => agentIds.filter((_, index) => index % of === part);
  const long = (queueId: Guid): Queue['inQueueOverflow'] => [
    { name: 'Ten minutes', when: { kind: 'waitingLonger', seconds: 600 }, action: { kind: 'transfer', queueId } },
  ];
  return [
    queueOf('default messaging', 'messaging', agentIds, {}),
    queueOf('default voice', 'voice', share(0, 2), { method: { kind: 'leastActive' } }),
    queueOf('default record', 'record', agentIds, { method: { kind: 'roundRobin' }, priority: 9 }),
    queueOf('orders', 'messaging', [...share(0, 3), ...share(1, 3)], {
      inQueueOverflow: long('default messaging'),
      preQueueOverflow: [
        { name: 'Full', when: { kind: 'queueLength', atLeast: 60 }, action: { kind: 'transfer', queueId: 'returns' } },
      ],
    }),
    queueOf('returns', 'messaging', [...share(1, 3), ...share(2, 3)], {
      method: { kind: 'roundRobin' },
      inQueueOverflow: long('default messaging'),
    }),
    queueOf('finance', 'messaging', share(0, 4), {
      method: financeMethod,
      inQueueOverflow: long('default messaging'),
    }),
  ];
}

const workStreams: readonly WorkStream[] = [
  streamOf('live', channelCodes.liveChat, {}),
  streamOf('persistent', channelCodes.sms, {
    policy: {
      ...policy,
      keepsAgent: true,
      autoClose: { open: 43_200, active: 43_200, waiting: 14_400, wrapUp: 3_600 },
    },
    matching: 'closest',
  }),
  streamOf('voice', channelCodes.voice, {
    demand: { units: 60, profileIds: [profileId] },
    policy: { ...policy, autoClose: { open: 3_600, active: 7_200, wrapUp: 3_600 } },
  }),
  streamOf('record', channelCodes.records, {
    demand: { units: 20, profileIds: [] },
    matching: 'none',
    policy: { ...policy, autoClose: {} },
  }),
];

function profileOf(id: Guid, queues: readonly Queue[], random: Random): AgentProfile {
  const skills = skillIds.flatMap((skill): [Guid, number][] =>
    random.chance(60) ? [[skill, random.between(1, 10) / 10]] : [],
  );
  const added: Instant = 0;
  const own = queues.filter(({ agentIds }) => agentIds.includes(id)).map((queue): [Guid, Instant] => [queue.id, added]);
  return {
    ...unknownProfile(id),
    name: id,
    unitCapacity: 100,
    isEnabled: true,
    skills: Object.fromEntries(skills),
    queues: Object.fromEntries(own),
    capacityProfiles: { [profileId]: { limit: 1, reset: 'immediate', isBlocking: true } },
  };
}
