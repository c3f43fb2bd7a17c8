/** Why: what a routing decision looked at and what it found. Stored with the decision; bounded in size. */
import type { Guid, Instant } from '../conversation/conversation.ts';

/** Why a candidate was not chosen. */
export type RejectionReason =
  | 'notSignedIn'
  | 'presence'
  | 'units'
  | 'profile'
  | 'skill'
  | 'declined'
  | 'disabled'
  | 'sessionLimit'
  | 'rule'
  /** Eligible, but another came first. */
  | 'rankedLower'
  /** Chosen first, but changed before it could be written. */
  | 'changed';

export type CandidateFinding = {
  readonly agentId: Guid;
  readonly reason: RejectionReason | 'chosen';
  /** What was asked and what was there, for people: `units 30 of 100 free, 40 asked`. */
  readonly detail?: string;
};

export type RuleFinding = {
  readonly stage: 'classification' | 'route' | 'overflow' | 'prioritization' | 'assignment' | 'relaxation';
  readonly ruleSet?: string;
  /** The rule that fired; null: none matched. */
  readonly rule: string | null;
  /** How many rules were looked at before. */
  readonly looked: number;
  readonly effect?: string;
};

export type Explanation = {
  readonly kind: 'route' | 'assign' | 'noAgent' | 'overflow' | 'move' | 'manual';
  readonly decidedOn: Instant;
  readonly queueId: Guid | null;
  readonly agentId: Guid | null;
  /** One sentence for people. */
  readonly summary: string;
  readonly rules: readonly RuleFinding[];
  /** At most `maximumCandidates`: the chosen one first. */
  readonly candidates: readonly CandidateFinding[];
  /** How many were rejected for each reason, over all candidates. */
  readonly rejected: Readonly<Partial<Record<RejectionReason, number>>>;
  readonly candidateCount: number;
};

export const maximumCandidates = 20;
