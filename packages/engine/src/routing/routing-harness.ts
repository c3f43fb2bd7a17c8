/** Queues, work streams, agents and conversations for tests of routing: everything ordinary unless a test says otherwise. */
import type { Agent, AgentProfile } from '../agent/agent.ts';
import { presences } from '../agent/agent-harness.ts';
import { newAgent, unknownProfile } from '../agent/decide-agent.ts';
import { type BasePresence, channelCodes } from '../codes.ts';
import type { Conversation, Guid, Instant, RoutingState } from '../conversation/conversation.ts';
import type { ConversationPolicy } from '../conversation/policy.ts';
import type { AssignmentInput } from './assignment.ts';
import type {
  Condition,
  OperatingHours,
  Queue,
  RoutingConfiguration,
  RoutingFacts,
  Scalar,
  WorkStream,
} from './configuration.ts';

/** A Tuesday, 10:00 UTC. */
export const now: Instant = Date.UTC(2026, 4, 5, 10);

export const policy: ConversationPolicy = {
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
};

export function queueOf(id: Guid, agentIds: readonly Guid[], part: Partial<Queue> = {}): Queue {
  return {
    id,
    name: id,
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
    ...part,
  };
}

export function workStreamOf(part: Partial<WorkStream> = {}): WorkStream {
  return {
    id: 'chat',
    name: 'Chat',
    channel: channelCodes.liveChat,
    kind: 'live',
    distribution: 'push',
    isOutbound: false,
    allowedPresences: ['available', 'busy'],
    demand: { units: 30, profileIds: [] },
    matching: 'exact',
    policy,
    classification: [],
    routes: [],
    fallbackQueueId: 'fallback',
    relaxation: [],
    contextVariables: {},
    timeZone: 'Europe/Berlin',
    ...part,
  };
}

export function profileOf(id: Guid, part: Partial<AgentProfile> = {}): AgentProfile {
  return { ...unknownProfile(id), name: id, unitCapacity: 100, isEnabled: true, ...part };
}

/** Signed in and available, nothing in use. */
export function agentOf(id: Guid, part: Partial<Agent> = {}, base: BasePresence = 'available'): Agent {
  return {
    ...newAgent(id, now - 3_600_000, presences),
    presenceId: presences.system[base],
    basePresence: base,
    presenceCause: 'capacity',
    isSignedIn: base !== 'offline',
    ...part,
  };
}

/** Waits for an agent since some seconds before `now`. */
export function waitingOf(
  id: Guid,
  waitedSeconds: number,
  routing: Partial<RoutingState> = {},
  part: Partial<Conversation> = {},
): Conversation {
  const since = now - waitedSeconds * 1000;
  return {
    id,
    sequence: 1,
    status: 'open',
    reason: 'awaitingAgentAssignment',
    kind: 'live',
    channel: channelCodes.liveChat,
    workStreamId: 'chat',
    distribution: 'push',
    isOutbound: false,
    subject: 'Order',
    title: 'Order',
    customer: null,
    customerName: null,
    locale: 'de-DE',
    caseId: null,
    context: {},
    channelKey: null,
    routing: {
      queueId: 'orders',
      priority: 0,
      skills: [],
      demand: { units: 30, profileIds: [] },
      queuedOn: since,
      enteredQueueOn: since,
      preferredAgentIds: [],
      affinityAgentId: null,
      declines: [],
      relaxationStep: 0,
      isManualOnly: false,
      isOverflowChecked: false,
      ...routing,
    },
    session: null,
    sessionCount: 1,
    lastSessionId: null,
    agentId: null,
    agentAssignedOn: null,
    offer: null,
    transfer: null,
    participants: [],
    participantCount: 0,
    holds: [],
    initiatedOn: since,
    firstWaitStartedOn: since,
    startedOn: null,
    statusUpdatedOn: since,
    modifiedOn: since,
    lastActivityOn: since,
    wrapUpInitiatedOn: null,
    closedOn: null,
    firstWaitSeconds: null,
    wrapUpSeconds: null,
    handledSeconds: 0,
    handlingSince: null,
    firstResponseOn: null,
    transferCount: 0,
    escalationCount: 0,
    overflowTransferCount: 0,
    isAgentAccepted: false,
    isAbandoned: false,
    isCustomerGone: false,
    messageCount: 0,
    timers: [],
    ...part,
  };
}

export type Place = {
  readonly queues?: readonly Queue[];
  readonly workStreams?: readonly WorkStream[];
  readonly profiles?: readonly AgentProfile[];
  readonly hours?: readonly OperatingHours[];
};

/** Queues come with a member-less fallback; agents of queues that have no profile here get an ordinary one. */
export function configurationOf(place: Place): RoutingConfiguration {
  const queues = [...(place.queues ?? []), queueOf('fallback', ['agent-of-fallback'])];
  const ids = new Set(queues.flatMap((queue) => queue.agentIds));
  const profiles = [...[...ids].map((id) => profileOf(id)), ...(place.profiles ?? [])];
  return {
    version: '1',
    workStreams: new Map((place.workStreams ?? [workStreamOf()]).map((entry) => [entry.id, entry])),
    queues: new Map(queues.toReversed().map((entry) => [entry.id, entry])),
    agents: new Map(profiles.map((entry) => [entry.id, entry])),
    operatingHours: new Map((place.hours ?? []).map((entry) => [entry.id, entry])),
    presences,
    skillNames: new Map([['german', 'German']]),
    profileNames: new Map(),
  };
}

export type Cycle = Place & {
  /** By queue. */
  readonly waiting: Readonly<Record<Guid, readonly Conversation[]>>;
  /** Signed-in agents; absent: every member of the queues, free. */
  readonly agents?: readonly Agent[];
  readonly working?: ReadonlySet<Guid>;
};

export function cycleOf(cycle: Cycle): AssignmentInput {
  const configuration = configurationOf(cycle);
  const ids = new Set([...configuration.queues.values()].flatMap((queue) => queue.agentIds));
  const agents = cycle.agents ?? [...ids].map((id) => agentOf(id));
  return {
    now,
    configuration,
    queues: Object.entries(cycle.waiting).map(([queueId, waiting]) => ({ queueId, waiting })),
    agents: new Map(agents.map((agent) => [agent.id, agent])),
    ...(cycle.working === undefined ? {} : { working: cycle.working }),
  };
}

export const noLoad: RoutingFacts = { now, loads: new Map() };

export function is(path: string, value: Scalar): Condition {
  return { kind: 'compare', path, operator: 'eq', value };
}
