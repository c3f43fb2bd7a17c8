/**
 * What a customer may be told before and while they wait: whether the queue works, whether somebody is free, how many are ahead
 * (behaviour reference, sections 4.6, 6.5 and 10.2).
 */
import {
  type Agent,
  type CapacityDemand,
  type Conversation,
  checkCapacity,
  type Guid,
  isOpen,
  nextChange,
  type OperatingHours,
  type QueueLoad,
  type RequiredSkill,
  type RoutingConfiguration,
  type WorkStream,
} from '@parley/engine';
import { WebApiError } from '@parley/protocol';
import type { Database } from '../db/database.ts';
import { readQueueLoads } from './queue-load.ts';

export type ReadLoads = (queueIds: readonly Guid[]) => Promise<ReadonlyMap<Guid, QueueLoad>>;

/** Names as on the wire. Times are texts in UTC. */
export type Availability = {
  readonly QueueId: Guid;
  /** Inside its operating hours. */
  readonly IsQueueAvailable: boolean;
  /** `noTime` while it is open. */
  readonly StartTimeOfNextOperatingHour: string;
  readonly EndTimeOfNextOperatingHour: string;
  /** While open when it closes, while closed when it opens; `endOfTime` when nothing changes. */
  readonly NextTransitionTime: string;
  /** Of the conversation; of a newcomer when it does not wait in this queue. */
  readonly PositionInQueue: number;
  readonly IsAgentAvailable: boolean;
  /** Minutes; null below one, and when nobody knows. */
  readonly AverageWaitTime: number | null;
  readonly AverageWaitTimeInSeconds: number | null;
  readonly NumberOfExpertsAvailableInQueue: number;
};

export type AvailabilityOptions = {
  readonly configuration: RoutingConfiguration;
  readonly queueId: Guid;
  readonly workStreamId: Guid;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Counts its own place in the line. */
  readonly conversationId?: Guid;
  /** What it asks of agents; undefined: what the work stream asks. */
  readonly asks?: { readonly demand: CapacityDemand; readonly skills: readonly RequiredSkill[] };
  /** Undefined: loads are read now. */
  readonly readLoads?: ReadLoads;
};

export const noTime = '0001-01-01T00:00:00Z';
export const endOfTime = '9999-12-31T23:59:59Z';

/** @throws WebApiError rowNotFound when the queue or the work stream does not exist */
export async function availability(database: Database, options: AvailabilityOptions): Promise<Availability> {
  const { configuration, queueId, workStreamId, now, conversationId } = options;
  const queue = configuration.queues.get(queueId);
  if (queue === undefined) throw new WebApiError('rowNotFound', { table: 'queue', id: queueId });
  const workStream = configuration.workStreams.get(workStreamId);
  if (workStream === undefined)
    throw new WebApiError('rowNotFound', { table: 'msdyn_liveworkstream', id: workStreamId });
  const load = await loadOf(database, queueId, now, options.readLoads);
  const experts = await countAvailableAgents(database, {
    configuration,
    agentIds: queue.agentIds,
    workStream,
    asks: options.asks ?? { demand: workStream.demand, skills: [] },
    now,
  });
  const place = conversationId === undefined ? undefined : await findPlace(database, conversationId);
  const wait = load.averageWaitSeconds;
  return {
    QueueId: queueId,
    ...describeHours(configuration.operatingHours.get(queue.operatingHourId ?? ''), now),
    PositionInQueue: place?.queueId === queueId ? place.ahead + 1 : load.waiting + 1,
    IsAgentAvailable: experts > 0,
    AverageWaitTime: wait === null || wait < 60 ? null : Math.round(wait / 60),
    AverageWaitTimeInSeconds: wait,
    NumberOfExpertsAvailableInQueue: experts,
  };
}

export type QueuePosition = {
  readonly queueId: Guid;
  /** 1: next. */
  readonly position: number;
  readonly ahead: number;
  /** Average wait less what it has waited; null when there is no average, or it has waited longer than that already. */
  readonly estimatedWaitSeconds: number | null;
};

/** Where a conversation stands in its line, as the router would serve it; undefined when it waits in none. */
export async function queuePosition(
  database: Database,
  conversationId: Guid,
  options: { readonly now: number; readonly readLoads?: ReadLoads },
): Promise<QueuePosition | undefined> {
  const place = await findPlace(database, conversationId);
  if (place === undefined) return undefined;
  const { averageWaitSeconds } = await loadOf(database, place.queueId, options.now, options.readLoads);
  const left =
    averageWaitSeconds === null ? 0 : averageWaitSeconds - Math.floor((options.now - place.enteredQueueOn) / 1000);
  return {
    queueId: place.queueId,
    position: place.ahead + 1,
    ahead: place.ahead,
    estimatedWaitSeconds: left > 0 ? left : null,
  };
}

type Place = { readonly queueId: Guid; readonly ahead: number; readonly enteredQueueOn: number };

/**
 * Those that the router looks at are counted among themselves, in its order; those that people pick or assign, in the same order
 * among themselves.
 */
async function findPlace(database: Database, conversationId: Guid): Promise<Place | undefined> {
  const [row] = await database.query(
    `SELECT c.queue_id, c.state #>> '{routing,enteredQueueOn}', (SELECT count(*) FROM parley.conversation o
        WHERE o.status = 'open' AND o.queue_id = c.queue_id AND o.is_assignable = c.is_assignable
          AND (o.priority > c.priority OR (o.priority = c.priority AND (o.queued_on, o.id) < (c.queued_on, c.id))))
      FROM parley.conversation c WHERE c.id = $1::uuid AND c.status = 'open' AND c.queue_id IS NOT NULL`,
    [conversationId],
  );
  const queueId = row?.[0];
  if (queueId === null || queueId === undefined) return undefined;
  return { queueId, enteredQueueOn: Number(row?.[1]), ahead: Number(row?.[2]) };
}

async function loadOf(
  database: Database,
  queueId: Guid,
  now: number,
  readLoads: ReadLoads = (queueIds) => readQueueLoads(database, queueIds, now),
): Promise<QueueLoad> {
  return (await readLoads([queueId])).get(queueId) ?? { waiting: 0, averageWaitSeconds: null };
}

type AgentSearch = {
  readonly configuration: RoutingConfiguration;
  readonly agentIds: readonly Guid[];
  readonly workStream: WorkStream;
  readonly asks: Pick<Conversation['routing'], 'demand' | 'skills'>;
  readonly now: number;
};

/** Members who could be offered such a conversation now: signed in, of an allowed presence, with room and, where they must match, skills. */
async function countAvailableAgents(database: Database, search: AgentSearch): Promise<number> {
  const { configuration, agentIds, workStream, asks, now } = search;
  const rows = await database.query(
    'SELECT state FROM parley.agent WHERE id = ANY($1::uuid[]) AND presence = ANY($2::text[])',
    [agentIds, workStream.allowedPresences],
  );
  let available = 0;
  for (const [text] of rows) {
    // Written by the engine only.
    const state = JSON.parse(text ?? '') as Agent;
    const profile = configuration.agents.get(state.id);
    if (profile === undefined || !profile.isEnabled || !state.isSignedIn) continue;
    if (!checkCapacity({ state, profile }, asks.demand, now, configuration.presences).ok) continue;
    if (workStream.matching === 'exact' && !asks.skills.every((skill) => hasSkill(profile.skills, skill))) continue;
    available += 1;
  }
  return available;
}

function hasSkill(skills: Readonly<Record<Guid, number>>, { skillId, rating }: RequiredSkill): boolean {
  const own = skills[skillId];
  return own !== undefined && own >= (rating ?? 0);
}

type Hours = Pick<
  Availability,
  'IsQueueAvailable' | 'StartTimeOfNextOperatingHour' | 'EndTimeOfNextOperatingHour' | 'NextTransitionTime'
>;

/** A queue without operating hours always works. */
function describeHours(hours: OperatingHours | undefined, now: number): Hours {
  const { opensOn, closesOn } = hours === undefined ? { opensOn: null, closesOn: null } : nextChange(hours, now);
  if (hours === undefined || isOpen(hours, now)) {
    return {
      IsQueueAvailable: true,
      StartTimeOfNextOperatingHour: noTime,
      EndTimeOfNextOperatingHour: noTime,
      NextTransitionTime: closesOn === null ? endOfTime : writeTime(closesOn),
    };
  }
  return {
    IsQueueAvailable: false,
    StartTimeOfNextOperatingHour: opensOn === null ? noTime : writeTime(opensOn),
    EndTimeOfNextOperatingHour: closesOn === null ? noTime : writeTime(closesOn),
    NextTransitionTime: opensOn === null ? endOfTime : writeTime(opensOn),
  };
}

/** As the Web API writes it, in UTC and whole seconds. */
export function writeTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
