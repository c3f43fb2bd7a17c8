/**
 * The queues of a routing cycle with their members as positions: 0 is who was added first. An agent in several queues has a position
 * in each, and every assignment is carried to all of them.
 */
import type { CapacityDemand, Guid } from '../conversation/conversation.ts';
import type { AgentFact } from '../decision.ts';
import {
  type AgentLedger,
  admitAgent,
  type Booking,
  bookAssignment,
  openLedger,
  reopenLedger,
} from './agent-ledger.ts';
import type { AssignmentInput } from './assignment.ts';
import { type CandidatePool, openPool, removeMember, returnMember } from './candidate-pool.ts';
import type { AssignmentRule, Queue, WorkStream } from './configuration.ts';
import { type Membership, ratingsOf } from './roster.ts';
import { openRulePool, type RulePool, removeRuleMember, returnRuleMember } from './rule-pool.ts';
import type { Turns } from './turns.ts';

export type QueueLine = Turns & {
  readonly queue: Queue;
  readonly membership: Membership;
  /** Agent's row, by position. */
  readonly members: Int32Array;
  /** The agents as the pools know them, by position. */
  readonly seen: (AgentFact | undefined)[];
  /** By work stream and demand: a handful. */
  readonly pools: { readonly workStream: WorkStream | null; readonly pool: CandidatePool }[];
  /** By rule of custom assignment and by the pool that answers for capacity. */
  readonly rulePools: Map<AssignmentRule, Map<CandidatePool, RulePool>>;
};

/** Where everything of a cycle happens. */
export type Floor = {
  readonly ledger: AgentLedger;
  /** The queues of this cycle. */
  readonly lines: Map<Guid, QueueLine>;
  /** Those of earlier cycles too, as they were left. */
  readonly known: Map<Guid, QueueLine>;
  /** Assignments so far. */
  turnCount: number;
};

/**
 * By the map of agents that they were opened for. A caller that keeps one map for many cycles, and replaces states in it, pays in each
 * cycle for the agents who changed; a caller that brings a new map pays for all.
 */
const keptFloors = new WeakMap<AssignmentInput['agents'], Floor>();

/** Different demands of a queue that are worth keeping. */
const maximumPools = 64;

/** Every queue that has something to give, with everybody whom it may give it to. */
export function openFloor(input: AssignmentInput): Floor {
  const floor = takeKept(input) ?? { ledger: openLedger(input), lines: new Map(), known: new Map(), turnCount: 0 };
  const { ledger, lines, known } = floor;
  for (const { queueId, waiting } of input.queues) {
    const membership = ledger.roster.memberships.get(queueId);
    if (waiting.length === 0 || membership === undefined || lines.has(queueId)) continue;
    const line = known.get(queueId) ?? openLine(membership);
    known.set(queueId, line);
    lines.set(queueId, line);
    catchUp(line, ledger);
  }
  return floor;
}

/** Keeps the floor for the next cycle about the same map of agents. */
export function keepFloor(floor: Floor): void {
  keptFloors.set(floor.ledger.states, floor);
}

/** Nobody finds it again before it is kept again: a cycle that fails leaves nothing half done behind. */
function takeKept({ agents, configuration, working, now }: AssignmentInput): Floor | undefined {
  const floor = keptFloors.get(agents);
  keptFloors.delete(agents);
  if (floor === undefined) return undefined;
  if (floor.ledger.configuration !== configuration || floor.ledger.working !== working) return undefined;
  reopenLedger(floor.ledger, now);
  floor.lines.clear();
  floor.turnCount = 0;
  return floor;
}

function openLine(membership: Membership): QueueLine {
  const { queue, members } = membership;
  return {
    queue,
    queueId: queue.id,
    membership,
    members,
    seen: new Array<AgentFact | undefined>(members.length),
    lastAssignedOn: new Float64Array(members.length).fill(Number.NaN),
    turn: new Int32Array(members.length),
    pools: [],
    rulePools: new Map(),
  };
}

/** Admits all members; whoever is not as this line saw them last leaves its pools and comes back as they are now. */
function catchUp(line: QueueLine, ledger: AgentLedger): void {
  const { members, seen, lastAssignedOn, turn } = line;
  if (line.pools.length > maximumPools) {
    line.pools.length = 0;
    line.rulePools.clear();
  }
  const changed: number[] = [];
  for (let position = 0; position < members.length; position += 1) {
    const ordinal = members[position] ?? 0;
    admitAgent(ledger, ordinal);
    if (seen[position] !== ledger.facts[ordinal]) changed.push(position);
  }
  for (const position of changed) leavePools(line, position);
  for (const position of changed) {
    seen[position] = ledger.facts[members[position] ?? 0];
    lastAssignedOn[position] = Number.NaN;
    turn[position] = 0;
  }
  for (const position of changed) enterPools(ledger, line, position);
}

/** The members as conversations with this demand see them. `workStream` null: custom assignment. */
export function poolOf(
  floor: Floor,
  line: QueueLine,
  workStream: WorkStream | null,
  demand: CapacityDemand,
): CandidatePool {
  for (const known of line.pools) {
    if (known.workStream === workStream && isSameDemand(known.pool.demand, demand)) return known.pool;
  }
  const method = line.queue.method.kind;
  const pool = openPool(floor.ledger, { method, members: line.members, turns: line, workStream, demand });
  line.pools.push({ workStream, pool });
  return pool;
}

function isSameDemand(one: CapacityDemand, other: CapacityDemand): boolean {
  return (
    one.units === other.units &&
    one.profileIds.length === other.profileIds.length &&
    one.profileIds.every((id, index) => id === other.profileIds[index])
  );
}

/** The members as a rule of custom assignment sees them for conversations with this demand. */
export function rulePoolOf(
  { ledger }: Floor,
  { rulePools }: QueueLine,
  base: CandidatePool,
  demandPool: CandidatePool,
  rule: AssignmentRule,
): RulePool {
  const byDemand = rulePools.get(rule) ?? new Map<CandidatePool, RulePool>();
  rulePools.set(rule, byDemand);
  const pool = byDemand.get(demandPool) ?? openRulePool(ledger, base, demandPool, rule);
  byDemand.set(demandPool, pool);
  return pool;
}

/** The agent's position in the queue; undefined: no member. */
export function positionIn({ ledger }: Floor, line: QueueLine, agentId: Guid): number | undefined {
  const { ordinals, places } = ledger.roster;
  const ordinal = ordinals.get(agentId);
  return ordinal === undefined
    ? undefined
    : places[ordinal]?.find(({ queueId }) => queueId === line.queue.id)?.position;
}

/** Gives the conversation to the member at this position, for all questions that follow. */
export function takeTurn(
  floor: Floor,
  line: QueueLine,
  position: number,
  booking: Omit<Booking, 'ordinal' | 'queueId'>,
): void {
  const { ledger, lines } = floor;
  const ordinal = line.members[position] ?? 0;
  const places = (ledger.roster.places[ordinal] ?? []).flatMap(({ queueId, position: there }) => {
    const found = lines.get(queueId);
    return found === undefined ? [] : [{ line: found, position: there }];
  });
  for (const place of places) leavePools(place.line, place.position);
  bookAssignment(ledger, { ...booking, ordinal, queueId: line.queue.id });
  for (const place of places) place.line.seen[place.position] = ledger.facts[ordinal];
  floor.turnCount += 1;
  line.lastAssignedOn[position] = ledger.now;
  line.turn[position] = floor.turnCount;
  for (const place of places) enterPools(ledger, place.line, place.position);
}

function leavePools({ pools, rulePools }: QueueLine, position: number): void {
  for (const { pool } of pools) removeMember(pool, position);
  for (const byDemand of rulePools.values()) for (const pool of byDemand.values()) removeRuleMember(pool, position);
}

function enterPools(ledger: AgentLedger, { pools, rulePools }: QueueLine, position: number): void {
  for (const { pool } of pools) returnMember(pool, ledger, position);
  for (const byDemand of rulePools.values()) {
    for (const pool of byDemand.values()) returnRuleMember(pool, ledger, position);
  }
}

/** Ratings of a skill by position, 0 to 1; -1: does not have it. */
export function ratingColumn({ ledger }: Floor, line: QueueLine, skillId: Guid): Float64Array {
  return ratingsOf(line.membership, ledger.roster, skillId);
}

export function agentIdAt({ ledger }: Floor, line: QueueLine, position: number): Guid {
  return ledger.roster.ids[line.members[position] ?? 0] ?? '';
}

/** The agent's name, or their id where nobody knows them. */
export function agentNameAt(floor: Floor, line: QueueLine, position: number): string {
  return floor.ledger.roster.profiles[line.members[position] ?? 0]?.name ?? agentIdAt(floor, line, position);
}
