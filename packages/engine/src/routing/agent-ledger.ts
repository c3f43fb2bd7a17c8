/**
 * The agents of a routing cycle as columns of numbers, and what the cycle itself already gave them. Questions about 10,000 agents and
 * 2,000 conversations are answered from the columns; the facts behind them change with every assignment, so nobody is booked twice.
 */
import type { Agent } from '../agent/agent.ts';
import { availableOfProfile, availableUnits, usedOfProfile } from '../agent/capacity.ts';
import type { AgentCommand } from '../agent/command.ts';
import { decideAgent } from '../agent/decide-agent.ts';
import { type BasePresence, basePresenceCodes } from '../codes.ts';
import type { CapacityDemand, CapacityHold, Guid, Instant } from '../conversation/conversation.ts';
import type { AgentFact } from '../decision.ts';
import type { AssignmentInput } from './assignment.ts';
import type { RoutingConfiguration, Scalar, Subject } from './configuration.ts';
import { type Roster, rosterOf } from './roster.ts';

/** Asks for nothing: finds out about sessions and blocking profiles alone. */
export const noDemand: CapacityDemand = { units: 0, profileIds: [] };

/** All columns are by the agent's row in the roster. Rows of agents whom `admitAgent` never saw in this cycle say nothing. */
export type AgentLedger = {
  /** Of this cycle. */
  now: Instant;
  readonly configuration: RoutingConfiguration;
  readonly roster: Roster;
  readonly states: AssignmentInput['agents'];
  readonly isAdmitted: Uint8Array;
  /** Undefined: not signed in. */
  readonly facts: (AgentFact | undefined)[];
  /** One bit per base presence. */
  readonly presenceBit: Uint8Array;
  readonly freeUnits: Float64Array;
  /** 0: takes work; else the reason code why nothing at all can be assigned. */
  readonly standing: Uint8Array;
  /** The state that the row tells, for later cycles too; undefined: there is none, null: the row has to be filled anew. */
  readonly filledFrom: (Agent | null | undefined)[];
  /** Free work items of a profile; filled for a profile and an agent when they are asked for first, NaN until then. */
  readonly freeOfProfile: Map<Guid, Float64Array>;
  /** Who works by the calendar; undefined: everybody. */
  readonly working: ReadonlySet<Guid> | undefined;
  /** What rules of custom assignment may ask about an agent, by agent's row, until an assignment changes it. */
  readonly agentFacts: Map<number, AgentFacts>;
};

/** Changed in place for each question: some names depend on who asks. */
export type AgentFacts = { [name: string]: Scalar | Subject };

/** Reasons that depend on the agent and the demand, not on the single conversation. Their order is the order of the checks. */
export type StandingReason =
  | 'eligible'
  | 'disabled'
  | 'notSignedIn'
  | 'presence'
  | 'sessionLimit'
  | 'profile'
  | 'units';

/** As they stand in columns. */
export const reasonCodes: Readonly<Record<StandingReason, number>> = {
  eligible: 0,
  disabled: 1,
  notSignedIn: 2,
  presence: 3,
  sessionLimit: 4,
  profile: 5,
  units: 6,
};

export const standingReasons: readonly StandingReason[] = [
  'eligible',
  'disabled',
  'notSignedIn',
  'presence',
  'sessionLimit',
  'profile',
  'units',
];

/** Opens the books of a first cycle; agents are admitted queue by queue. */
export function openLedger({ configuration, now, agents, working }: AssignmentInput): AgentLedger {
  const roster = rosterOf(configuration);
  const size = roster.ids.length;
  return {
    now,
    configuration,
    roster,
    states: agents,
    isAdmitted: new Uint8Array(size),
    facts: new Array<AgentFact | undefined>(size),
    presenceBit: new Uint8Array(size),
    freeUnits: new Float64Array(size),
    standing: new Uint8Array(size),
    filledFrom: new Array<Agent | null | undefined>(size).fill(null),
    freeOfProfile: new Map(),
    working,
    agentFacts: new Map(),
  };
}

/** Goes on with the books in the next cycle about the same map of agents: everybody has to be admitted again. */
export function reopenLedger(ledger: AgentLedger, now: Instant): void {
  ledger.now = now;
  ledger.isAdmitted.fill(0);
}

/** Fills the agent's row, once, and only if it is not filled from the very same state. */
export function admitAgent(ledger: AgentLedger, ordinal: number): void {
  if (ledger.isAdmitted[ordinal] === 1) return;
  ledger.isAdmitted[ordinal] = 1;
  const { roster, filledFrom } = ledger;
  const state = ledger.states.get(roster.ids[ordinal] ?? '');
  if (filledFrom[ordinal] === state) return;
  filledFrom[ordinal] = changesWithTime(state) ? null : state;
  const profile = roster.profiles[ordinal];
  ledger.facts[ordinal] = state?.isSignedIn && profile !== undefined ? { state, profile } : undefined;
  refresh(ledger, ordinal);
}

/** What a daily profile counted is forgotten when its day is over, with no change of the state. */
function changesWithTime(state: Agent | undefined): boolean {
  return state !== undefined && Object.values(state.profiles).some(({ resetOn }) => resetOn !== null);
}

export type Booking = {
  readonly ordinal: number;
  readonly queueId: Guid;
  readonly conversationId: Guid;
  readonly demand: CapacityDemand;
  /** Went past the limit on purpose. */
  readonly isForced: boolean;
};

/** Books an assignment: from now on every question is answered as if the offer were stored already, presence included. */
export function bookAssignment(ledger: AgentLedger, booking: Booking): void {
  const { ordinal, queueId, conversationId, demand, isForced } = booking;
  const fact = ledger.facts[ordinal];
  if (fact === undefined) return;
  const hold: CapacityHold = { agentId: fact.state.id, for: 'offer', ...demand, isForced };
  const command: AgentCommand = { kind: 'hold', hold, queueId, isAssignment: true, conversationId };
  const change = decideAgent(fact, command, ledger.now, ledger.configuration.presences);
  if ('after' in change) ledger.facts[ordinal] = { profile: fact.profile, state: change.after };
  ledger.filledFrom[ordinal] = null;
  refresh(ledger, ordinal);
}

function refresh(ledger: AgentLedger, ordinal: number): void {
  for (const column of ledger.freeOfProfile.values()) column[ordinal] = Number.NaN;
  ledger.agentFacts.delete(ordinal);
  const fact = ledger.facts[ordinal];
  const profile = ledger.roster.profiles[ordinal];
  if (profile === undefined || !profile.isEnabled) ledger.standing[ordinal] = reasonCodes.disabled;
  else if (fact === undefined) ledger.standing[ordinal] = reasonCodes.notSignedIn;
  else {
    ledger.standing[ordinal] = findStanding(ledger, ordinal, fact);
    ledger.presenceBit[ordinal] = presenceBits([fact.state.basePresence]);
    ledger.freeUnits[ordinal] = availableUnits(fact);
  }
}

/** What `checkCapacity` answers for an item that asks for nothing: only sessions and blocking profiles can stand in its way. */
function findStanding({ configuration, roster, now }: AgentLedger, ordinal: number, fact: AgentFact): number {
  if (fact.state.conversationCount >= configuration.presences.maximumSessions) return reasonCodes.sessionLimit;
  for (const { id, limit } of roster.blocking[ordinal] ?? []) {
    if (limit - usedOfProfile(fact, id, now) < 1) return reasonCodes.profile;
  }
  return reasonCodes.eligible;
}

/** The column of a profile's free work items; read it with `freeOfProfileAt`. */
export function profileColumn(ledger: AgentLedger, profileId: Guid): Float64Array {
  const known = ledger.freeOfProfile.get(profileId);
  if (known !== undefined) return known;
  const column = new Float64Array(ledger.roster.ids.length).fill(Number.NaN);
  ledger.freeOfProfile.set(profileId, column);
  return column;
}

/** Free work items of the column's profile; 0 for agents who do not have the profile or are not signed in. */
export function freeOfProfileAt(ledger: AgentLedger, column: Float64Array, profileId: Guid, ordinal: number): number {
  const known = column[ordinal] ?? 0;
  if (!Number.isNaN(known)) return known;
  const fact = ledger.facts[ordinal];
  const free = fact === undefined ? 0 : availableOfProfile(fact, profileId, ledger.now);
  column[ordinal] = free;
  return free;
}

/** A set of base presences as bits. */
export function presenceBits(presences: readonly BasePresence[]): number {
  let bits = 0;
  for (const presence of presences) bits |= 1 << (basePresenceCodes[presence] - basePresenceCodes.available);
  return bits;
}
