/**
 * The members of one queue seen by conversations with the same demand: who could take one now and in which order, and why the others
 * could not. That does not depend on the single conversation, so it is worked out once and corrected whenever the cycle changes an
 * agent.
 */
import { checkCapacity } from '../agent/capacity.ts';
import type { CapacityDemand, Guid } from '../conversation/conversation.ts';
import {
  type AgentLedger,
  freeOfProfileAt,
  presenceBits,
  profileColumn,
  reasonCodes,
  type StandingReason,
  standingReasons,
} from './agent-ledger.ts';
import type { AssignmentMethod, WorkStream } from './configuration.ts';
import type { CandidateFinding } from './explanation.ts';
import { compareTurns, type Turns } from './turns.ts';

export type CandidatePool = {
  readonly demand: CapacityDemand;
  readonly allowedBits: number;
  readonly profileColumns: readonly { readonly profileId: Guid; readonly column: Float64Array }[];
  readonly method: AssignmentMethod['kind'];
  readonly members: Int32Array;
  readonly turns: Turns;
  /** Reason code by position in the queue; 0: could take one. */
  readonly reasons: Uint8Array;
  /** Members by reason code. */
  readonly counts: Int32Array;
  /** What the method compares, by position; the smaller comes first. */
  readonly keys: Float64Array;
  /** Positions of those who could take one, in the order of the method. */
  readonly order: number[];
  /** Findings that were worked out already, by position. */
  readonly findings: (CandidateFinding | undefined)[];
};

export type PoolQuestion = {
  readonly method: AssignmentMethod['kind'];
  readonly members: Int32Array;
  readonly turns: Turns;
  /** Null for custom assignment: any presence will do. */
  readonly workStream: WorkStream | null;
  readonly demand: CapacityDemand;
};

/** Nobody is offered anything while offline, even where a work stream allows it: an offer would be refused. */
const anyPresence = presenceBits(['available', 'busy', 'doNotDisturb', 'away']);

/** Looks at every member once. */
export function openPool(ledger: AgentLedger, question: PoolQuestion): CandidatePool {
  const { members, workStream, demand } = question;
  const pool: CandidatePool = {
    demand,
    allowedBits: workStream === null ? anyPresence : presenceBits(workStream.allowedPresences) & anyPresence,
    profileColumns: demand.profileIds.map((profileId) => ({ profileId, column: profileColumn(ledger, profileId) })),
    method: question.method,
    members,
    turns: question.turns,
    reasons: new Uint8Array(members.length),
    counts: new Int32Array(standingReasons.length),
    keys: new Float64Array(members.length),
    order: [],
    findings: [],
  };
  for (let position = 0; position < members.length; position += 1) {
    const ordinal = members[position] ?? 0;
    const reason = judge(pool, ledger, ordinal);
    pool.reasons[position] = reason;
    pool.counts[reason] = (pool.counts[reason] ?? 0) + 1;
    if (reason !== reasonCodes.eligible) continue;
    findTurn(pool, ledger, position);
    pool.keys[position] = keyOf(pool, ledger, ordinal);
    pool.order.push(position);
  }
  pool.order.sort((one, other) => compareMembers(pool, one, other));
  return pool;
}

/** Takes a member out of the order before an assignment changes what they are compared by. */
export function removeMember(pool: CandidatePool, position: number): void {
  if (pool.reasons[position] === reasonCodes.eligible) pool.order.splice(findPlace(pool, position), 1);
}

/** Looks at a removed member again, after the assignment. */
export function returnMember(pool: CandidatePool, ledger: AgentLedger, position: number): void {
  const ordinal = pool.members[position] ?? 0;
  const before = pool.reasons[position] ?? 0;
  const after = judge(pool, ledger, ordinal);
  pool.findings[position] = undefined;
  pool.reasons[position] = after;
  pool.counts[before] = (pool.counts[before] ?? 0) - 1;
  pool.counts[after] = (pool.counts[after] ?? 0) + 1;
  if (after !== reasonCodes.eligible) return;
  findTurn(pool, ledger, position);
  pool.keys[position] = keyOf(pool, ledger, ordinal);
  pool.order.splice(findPlace(pool, position), 0, position);
}

/** Only those are compared by turn who could take something; from the state before the cycle, which notes its own turns. */
function findTurn({ turns, members }: CandidatePool, ledger: AgentLedger, position: number): void {
  const { lastAssignedOn, queueId } = turns;
  if (!Number.isNaN(lastAssignedOn[position])) return;
  const state = ledger.states.get(ledger.roster.ids[members[position] ?? 0] ?? '');
  lastAssignedOn[position] = state?.lastAssignedOn[queueId] ?? Number.NEGATIVE_INFINITY;
}

/** Where in the order this member stands or would stand. No two members are equal: positions decide in the end. */
function findPlace(pool: CandidatePool, position: number): number {
  let low = 0;
  let high = pool.order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareMembers(pool, pool.order[middle] ?? 0, position) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compareMembers(pool: CandidatePool, one: number, other: number): number {
  const oneKey = pool.keys[one] ?? 0;
  const otherKey = pool.keys[other] ?? 0;
  if (oneKey !== otherKey) return oneKey < otherKey ? -1 : 1;
  return compareTurns(pool.turns, one, other);
}

/** What the method compares. Smaller comes first; equal ones take turns. */
function keyOf(pool: CandidatePool, ledger: AgentLedger, ordinal: number): number {
  switch (pool.method) {
    case 'highestCapacity':
      return -freeCapacity(pool, ledger, ordinal);
    case 'leastActive':
      return ledger.facts[ordinal]?.state.lastReleasedOn ?? Number.NEGATIVE_INFINITY;
    case 'roundRobin':
    case 'custom':
    case 'none':
      return 0;
  }
}

/** Units, or where an item takes none of them the scarcest of the profiles that it asks for. */
function freeCapacity(pool: CandidatePool, ledger: AgentLedger, ordinal: number): number {
  if (pool.demand.units > 0 || pool.profileColumns.length === 0) return ledger.freeUnits[ordinal] ?? 0;
  let least = Number.POSITIVE_INFINITY;
  for (const { profileId, column } of pool.profileColumns) {
    least = Math.min(least, freeOfProfileAt(ledger, column, profileId, ordinal));
  }
  return least;
}

function judge(pool: CandidatePool, ledger: AgentLedger, ordinal: number): number {
  const standing = ledger.standing[ordinal] ?? 0;
  if (standing === reasonCodes.disabled || standing === reasonCodes.notSignedIn) return standing;
  if (((ledger.presenceBit[ordinal] ?? 0) & pool.allowedBits) === 0) return reasonCodes.presence;
  return standing === reasonCodes.eligible ? judgeDemand(pool, ledger, ordinal) : standing;
}

/** The reason code of the capacity that is missing for the pool's demand alone; 0: there is enough. */
function judgeDemand(pool: CandidatePool, ledger: AgentLedger, ordinal: number): number {
  const { units } = pool.demand;
  if (units > 0 && units > (ledger.freeUnits[ordinal] ?? 0)) return reasonCodes.units;
  for (const { profileId, column } of pool.profileColumns) {
    if (freeOfProfileAt(ledger, column, profileId, ordinal) < 1) return reasonCodes.profile;
  }
  return reasonCodes.eligible;
}

/** Whether the agent has room for the demand, whatever their presence: the same answer as `checkCapacity`, from the columns. */
export function hasRoom(pool: CandidatePool, ledger: AgentLedger, ordinal: number): boolean {
  return (
    ledger.standing[ordinal] === reasonCodes.eligible && judgeDemand(pool, ledger, ordinal) === reasonCodes.eligible
  );
}

/** Why a member was not chosen, skills and declines apart; worked out once until the member changes. */
export function findingOf(pool: CandidatePool, ledger: AgentLedger, position: number): CandidateFinding {
  const known = pool.findings[position];
  if (known !== undefined) return known;
  const ordinal = pool.members[position] ?? 0;
  const reason = standingReasons[pool.reasons[position] ?? 0] ?? 'eligible';
  const detail = detailOf(pool, ledger, ordinal, reason);
  const finding: CandidateFinding = {
    agentId: ledger.roster.ids[ordinal] ?? '',
    reason: reason === 'eligible' ? 'rankedLower' : reason,
    ...(detail === undefined ? {} : { detail }),
  };
  pool.findings[position] = finding;
  return finding;
}

function detailOf(
  pool: CandidatePool,
  ledger: AgentLedger,
  ordinal: number,
  reason: StandingReason,
): string | undefined {
  const fact = ledger.facts[ordinal];
  if (fact === undefined || reason === 'disabled') return undefined;
  if (reason === 'presence') return `is ${fact.state.basePresence}`;
  if (reason === 'eligible') {
    return pool.method === 'highestCapacity' ? describeFree(pool, ledger, ordinal) : undefined;
  }
  const check = checkCapacity(fact, pool.demand, ledger.now, ledger.configuration.presences);
  return check.ok ? undefined : check.detail;
}

/** Free capacity in the measure that highest capacity compares. */
export function describeFree(pool: CandidatePool, ledger: AgentLedger, ordinal: number): string {
  const free = freeCapacity(pool, ledger, ordinal);
  return pool.demand.units > 0 || pool.profileColumns.length === 0
    ? `${free} units free`
    : `${free} of the profile free`;
}
