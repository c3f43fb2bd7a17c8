/**
 * Why a conversation went to this agent, or to nobody. The counts are over all members of the queue; the list names the first twenty:
 * the chosen one, the runners-up in order, then those who were nearest to being able to.
 */
import type { Guid } from '../conversation/conversation.ts';
import { reasonCodes, standingReasons } from './agent-ledger.ts';
import { findingOf } from './candidate-pool.ts';
import {
  type CandidateFinding,
  type Explanation,
  maximumCandidates,
  type RejectionReason,
  type RuleFinding,
} from './explanation.ts';
import { agentIdAt, agentNameAt, type Floor, ratingColumn } from './queue-line.ts';
import type { Ranking, RankingTask } from './rank-candidates.ts';

export type Reasoning = {
  readonly task: RankingTask;
  readonly ranking: Ranking;
  /** Null: nobody. */
  readonly chosen: number | null;
  readonly rules: readonly RuleFinding[];
  /** Why this one and not another, for people. */
  readonly because: string;
};

const reasonTexts: Readonly<Record<RejectionReason, string>> = {
  notSignedIn: 'not signed in',
  presence: 'in a presence that takes no such work',
  units: 'without enough free units',
  profile: 'without free capacity of a profile',
  skill: 'without the skills',
  declined: 'declined it',
  disabled: 'disabled',
  sessionLimit: 'at the session limit',
  rule: 'matching no rule',
  rankedLower: 'ranked lower',
  changed: 'changed meanwhile',
};

/** The explanation of one pass over the members of a queue. */
export function explainAssignment(reasoning: Reasoning): Explanation {
  const { task, chosen, rules } = reasoning;
  const { floor, line } = task;
  const rejected = countRejected(reasoning);
  const agentId = chosen === null ? null : agentIdAt(floor, line, chosen);
  return {
    kind: chosen === null ? 'noAgent' : 'assign',
    decidedOn: floor.ledger.now,
    queueId: line.queue.id,
    agentId,
    summary: summarize(reasoning, rejected),
    rules,
    candidates: listCandidates(reasoning),
    rejected,
    candidateCount: line.members.length,
  };
}

/** An explanation where nobody was compared: affinity, manual distribution, gone configuration. */
export function explainWithoutCandidates(decision: {
  readonly floor: Floor;
  readonly kind: 'assign' | 'noAgent' | 'manual';
  readonly queueId: Guid;
  readonly agentId: Guid | null;
  readonly summary: string;
  readonly rules: readonly RuleFinding[];
}): Explanation {
  const { floor, agentId, ...rest } = decision;
  const candidates: readonly CandidateFinding[] = agentId === null ? [] : [{ agentId, reason: 'chosen' }];
  return {
    ...rest,
    agentId,
    decidedOn: floor.ledger.now,
    candidates,
    rejected: {},
    candidateCount: candidates.length,
  };
}

function countRejected({ task, ranking, chosen }: Reasoning): Partial<Record<RejectionReason, number>> {
  const rejected: Partial<Record<RejectionReason, number>> = {};
  const { counts } = task.pool;
  for (let code = 1; code < standingReasons.length; code += 1) {
    const reason = standingReasons[code];
    const count = counts[code] ?? 0;
    if (count > 0 && reason !== undefined && reason !== 'eligible') rejected[reason] = count;
  }
  if (ranking.unskilledCount > 0) rejected.skill = ranking.unskilledCount;
  if (ranking.unruledCount > 0) rejected.rule = ranking.unruledCount;
  const isReoffer = chosen !== null && ranking.decliners.includes(chosen);
  const declined = ranking.decliners.length - (isReoffer ? 1 : 0);
  if (declined > 0) rejected.declined = declined;
  const lower = ranking.eligible - (chosen !== null && !isReoffer ? 1 : 0);
  if (lower > 0) rejected.rankedLower = lower;
  return rejected;
}

function summarize(
  { task, chosen, because }: Reasoning,
  rejected: Readonly<Partial<Record<RejectionReason, number>>>,
): string {
  const { floor, line } = task;
  const size = line.members.length;
  if (chosen !== null) {
    const agent = agentNameAt(floor, line, chosen);
    const others = rejected.rankedLower ?? 0;
    return `${agent}: ${because}; ${others + 1} of ${size} agents could take it.`;
  }
  const reasons = Object.entries(rejected).map(
    ([reason, count]) => `${count} ${reasonTexts[reason as RejectionReason]}`,
  );
  return reasons.length === 0
    ? `Nobody can take it: queue ${line.queue.name} has no agents.`
    : `Nobody of ${size} agents can take it: ${reasons.join(', ')}.`;
}

function listCandidates({ task, ranking, chosen, because }: Reasoning): readonly CandidateFinding[] {
  const { floor, line, pool } = task;
  const list: CandidateFinding[] = [];
  if (chosen !== null) list.push({ agentId: agentIdAt(floor, line, chosen), reason: 'chosen', detail: because });
  const add = (positions: readonly number[], findingAt: (position: number) => CandidateFinding): void => {
    for (const position of positions) {
      if (list.length >= maximumCandidates) return;
      if (position !== chosen) list.push(findingAt(position));
    }
  };
  add(ranking.best, (position) => findingOf(pool, floor.ledger, position));
  add(ranking.decliners, (position) => declineFinding(task, position));
  add(ranking.unskilled, (position) => skillFinding(task, position));
  add(ranking.unruled, (position) => ({ agentId: agentIdAt(floor, line, position), reason: 'rule' }));
  addOthers(list, task);
  return list;
}

/** Members who could not take anything: those at their desk first, because only they might soon. */
function addOthers(list: CandidateFinding[], { floor, line, pool }: RankingTask): void {
  for (const isAtDesk of [true, false]) {
    const size = list.length < maximumCandidates ? line.members.length : 0;
    for (let position = 0; position < size && list.length < maximumCandidates; position += 1) {
      const reason = pool.reasons[position] ?? 0;
      if (reason === reasonCodes.eligible || reason > reasonCodes.notSignedIn !== isAtDesk) continue;
      list.push(findingOf(pool, floor.ledger, position));
    }
  }
}

function declineFinding({ floor, line, declines }: RankingTask, position: number): CandidateFinding {
  const agentId = agentIdAt(floor, line, position);
  const count = declines.find((decline) => decline.agentId === agentId)?.count ?? 0;
  return { agentId, reason: 'declined', detail: count === 1 ? 'once' : `${count} times` };
}

function skillFinding({ floor, line, skills }: RankingTask, position: number): CandidateFinding {
  const names = floor.ledger.configuration.skillNames;
  const lacking = skills.flatMap(({ skillId, rating }) => {
    const own = ratingColumn(floor, line, skillId)[position] ?? -1;
    const name = names.get(skillId) ?? skillId;
    if (own < 0) return [`no ${name}`];
    return own < (rating ?? 0) ? [`${name} ${own} of ${rating}`] : [];
  });
  return { agentId: agentIdAt(floor, line, position), reason: 'skill', detail: lacking.slice(0, 5).join(', ') };
}
