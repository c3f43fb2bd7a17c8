/**
 * The members of a queue as one rule of custom assignment sees them. What a rule says about agents alone is worked out once and
 * corrected when the cycle changes an agent; only what compares them with the conversation is asked for each conversation again.
 */
import { type AgentFacts, type AgentLedger, freeOfProfileAt, profileColumn, reasonCodes } from './agent-ledger.ts';
import { type CandidatePool, hasRoom } from './candidate-pool.ts';
import { compareScalars } from './compare-scalars.ts';
import type { AssignmentOrder, AssignmentRule, Scalar } from './configuration.ts';
import { partsOf, type RuleParts } from './rule-parts.ts';
import { compareTurns } from './turns.ts';

export type RulePool = {
  /** Sessions and blocking profiles, which count for every rule. */
  readonly base: CandidatePool;
  /** Answers `agent.hasCapacity`. */
  readonly demandPool: CandidatePool;
  readonly parts: RuleParts;
  readonly orderBy: readonly AssignmentOrder[];
  /** False: the order depends on the conversation too, and positions stand as they are. */
  readonly isSorted: boolean;
  /** What is compared, by place in `orderBy` and by position. */
  readonly keys: readonly Scalar[][];
  /** 1: matches what the rule says about agents alone. By position. */
  readonly isMatching: Uint8Array;
  /** Positions of those. */
  readonly order: number[];
  /** Positions of members whom assignments changed, one after the other. */
  readonly changes: number[];
  /** By what conversations ask. */
  readonly matches: Map<string, RuleMatches>;
};

/** Answers about the member at a position. */
export type AgentPredicate = (position: number) => boolean;

/** Who matches for conversations that ask the same. */
export type RuleMatches = {
  /** Positions, the best first. */
  readonly order: number[];
  /** 1: is among them. By position. */
  readonly isIn: Uint8Array;
  readonly asks: AgentPredicate;
  /** By position, for orders that ask for it. */
  readonly proficiency: Float64Array | undefined;
  /** How many of the rule pool's changes are in it. */
  seenChanges: number;
};

/** To look at everybody anew is cheaper by then. */
const maximumChanges = 10_000;

/** Looks at every member once. */
export function openRulePool(
  ledger: AgentLedger,
  base: CandidatePool,
  demandPool: CandidatePool,
  rule: AssignmentRule,
): RulePool {
  const size = base.members.length;
  const pool: RulePool = {
    base,
    demandPool,
    parts: partsOf(rule),
    orderBy: rule.orderBy,
    isSorted: rule.orderBy.every((order) => order.by !== 'proficiency'),
    keys: rule.orderBy.map(() => new Array<Scalar>(size).fill(null)),
    isMatching: new Uint8Array(size),
    order: [],
    changes: [],
    matches: new Map(),
  };
  for (let position = 0; position < size; position += 1) {
    if (judge(pool, ledger, position)) pool.order.push(position);
  }
  if (pool.isSorted) pool.order.sort((one, other) => compareByRule(pool, one, other, undefined));
  return pool;
}

/** Takes a member out before an assignment changes what they are compared by. */
export function removeRuleMember(pool: RulePool, position: number): void {
  if (pool.isMatching[position] === 1) pool.order.splice(findPlace(pool, position), 1);
}

/** Looks at a removed member again; the base pool has to know about the assignment by then. */
export function returnRuleMember(pool: RulePool, ledger: AgentLedger, position: number): void {
  if (pool.changes.length >= maximumChanges) {
    pool.matches.clear();
    pool.changes.length = 0;
  }
  pool.changes.push(position);
  if (judge(pool, ledger, position)) pool.order.splice(findPlace(pool, position), 0, position);
}

/** Negative: `one` comes first. `proficiency` by position: for orders that ask for it. */
export function compareByRule(
  pool: RulePool,
  one: number,
  other: number,
  proficiency: Float64Array | undefined,
): number {
  const { orderBy } = pool;
  for (let index = 0; index < orderBy.length; index += 1) {
    const order = orderBy[index];
    const sign = order === undefined ? 0 : compareBy(pool, index, order, one, other, proficiency);
    if (sign !== 0) return sign;
  }
  return compareTurns(pool.base.turns, one, other);
}

function compareBy(
  pool: RulePool,
  index: number,
  order: AssignmentOrder,
  one: number,
  other: number,
  proficiency: Float64Array | undefined,
): number {
  const descending = order.descending === true;
  switch (order.by) {
    case 'roundRobin':
      return compareTurns(pool.base.turns, one, other) * (descending ? -1 : 1);
    case 'proficiency':
      return ((proficiency?.[one] ?? 0) - (proficiency?.[other] ?? 0)) * (descending ? -1 : 1);
    default:
      return compareScalars(pool.keys[index]?.[one] ?? null, pool.keys[index]?.[other] ?? null, descending);
  }
}

function findPlace(pool: RulePool, position: number): number {
  let low = 0;
  let high = pool.order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = pool.order[middle] ?? 0;
    const sign = pool.isSorted ? compareByRule(pool, there, position, undefined) : there - position;
    if (sign < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether the member matches what the rule says about agents alone; then also what they are ordered by. */
function judge(pool: RulePool, ledger: AgentLedger, position: number): boolean {
  const { base, demandPool, parts, orderBy, keys } = pool;
  const ordinal = base.members[position] ?? 0;
  let matches = base.reasons[position] === reasonCodes.eligible;
  if (matches && parts.agent.length > 0) {
    const agent = agentFactsOf(ledger, demandPool, ordinal);
    const subject = { agent };
    matches = parts.agent.every((part) => part(subject));
  }
  pool.isMatching[position] = matches ? 1 : 0;
  if (!matches) return false;
  for (const [index, order] of orderBy.entries()) {
    const column = keys[index];
    if (column !== undefined) column[position] = keyOf(pool, ledger, index, order, ordinal);
  }
  return true;
}

function keyOf(pool: RulePool, ledger: AgentLedger, index: number, order: AssignmentOrder, ordinal: number): Scalar {
  switch (order.by) {
    case 'roundRobin':
    case 'proficiency':
      return null;
    case 'leastActive':
      // Nothing released since sign-in counts as idle for longest.
      return ledger.facts[ordinal]?.state.lastReleasedOn ?? 0;
    case 'unitCapacity':
      return ledger.freeUnits[ordinal] ?? 0;
    case 'skillCount':
      return ledger.roster.skillCount[ordinal] ?? 0;
    case 'profileCapacity': {
      const profile = ledger.roster.profiles[ordinal];
      if (profile?.capacityProfiles[order.profileId] === undefined) return null;
      return freeOfProfileAt(ledger, profileColumn(ledger, order.profileId), order.profileId, ordinal);
    }
    case 'attribute':
      return pool.parts.attributes[index]?.({ agent: agentFactsOf(ledger, pool.demandPool, ordinal) }) ?? null;
  }
}

/** What rules may ask about an agent. Changed in place: `hasCapacity` is about the pool's demand, `hasRequiredSkills` is set by who asks. */
export function agentFactsOf(ledger: AgentLedger, demandPool: CandidatePool, ordinal: number): AgentFacts {
  const facts = ledger.agentFacts.get(ordinal) ?? describeAgent(ledger, ordinal);
  facts['hasCapacity'] = hasRoom(demandPool, ledger, ordinal);
  return facts;
}

function describeAgent(ledger: AgentLedger, ordinal: number): AgentFacts {
  const fact = ledger.facts[ordinal];
  const profile = ledger.roster.profiles[ordinal];
  const available = Object.keys(profile?.capacityProfiles ?? {}).map((id) => [
    id,
    freeOfProfileAt(ledger, profileColumn(ledger, id), id, ordinal),
  ]);
  const described: AgentFacts = {
    ...profile?.attributes,
    presence: fact?.state.basePresence ?? 'offline',
    unitsAvailable: ledger.freeUnits[ordinal] ?? 0,
    profile: Object.fromEntries(available),
    skill: profile?.skills ?? {},
    isWorking: ledger.working === undefined || ledger.working.has(ledger.roster.ids[ordinal] ?? ''),
    conversationCount: fact?.state.conversationCount ?? 0,
    hasCapacity: false,
    hasRequiredSkills: false,
  };
  ledger.agentFacts.set(ordinal, described);
  return described;
}
