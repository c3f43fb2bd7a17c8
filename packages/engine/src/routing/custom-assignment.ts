/**
 * Assignment by a queue's own rules: the first rule set whose condition holds, in it the first rule that any agent matches. Presence,
 * capacity and skills count only where a rule asks for them; nobody gets work who is offline, has no session left or is blocked by a
 * capacity profile. Behaviour reference, section 4.3.
 */
import type { CandidatePool } from './candidate-pool.ts';
import { evaluateCondition } from './condition.ts';
import type { AssignmentRule, AssignmentRuleSet, Scalar, Subject } from './configuration.ts';
import { maximumCandidates, type RuleFinding } from './explanation.ts';
import { positionIn, ratingColumn, rulePoolOf } from './queue-line.ts';
import { openSkillCheck, type Ranking, type RankingTask } from './rank-candidates.ts';
import { matchesOf, type RuleQuestion } from './rule-matches.ts';
import { type AgentPredicate, agentFactsOf, type RulePool } from './rule-pool.ts';

export type CustomTask = RankingTask & {
  readonly ruleSets: readonly AssignmentRuleSet[];
  /** Facts of the conversation. */
  readonly subject: Subject;
  /** The members as the work stream's demand sees them: answers `agent.hasCapacity`. */
  readonly demandPool: CandidatePool;
  /** Offers that one agent may decline. */
  readonly declineLimit: number;
};

/** Who matches a rule, the best in order. */
type Match = {
  readonly rule: AssignmentRule;
  readonly looked: number;
  readonly best: readonly number[];
  readonly count: number;
  readonly matches: AgentPredicate;
};

/** Members who could take it and turned it down before: may be asked again, or not. */
type Decliners = { readonly again: readonly number[]; readonly exhausted: readonly number[] };

/** Everybody who matches the rule that decides, in its order. Who declined is asked only where nobody else matches any rule. */
export function rankByRules(task: CustomTask): { readonly ranking: Ranking; readonly finding: RuleFinding } {
  const ruleSet = task.ruleSets.find((entry) => evaluateCondition(entry.when, task.subject));
  const decliners = findDecliners(task);
  if (ruleSet === undefined) {
    const finding: RuleFinding = { stage: 'assignment', rule: null, looked: task.ruleSets.length };
    return { ranking: rankMatched(task, undefined, undefined, decliners), finding };
  }
  const declined = new Set([...decliners.again, ...decliners.exhausted]);
  const first = matchRules(task, ruleSet, declined.size === 0 ? undefined : (position) => !declined.has(position));
  const askable = new Set(decliners.again);
  const again =
    first === undefined && askable.size > 0
      ? matchRules(task, ruleSet, (position) => askable.has(position))
      : undefined;
  const decided = first ?? again;
  const finding: RuleFinding = {
    stage: 'assignment',
    ruleSet: ruleSet.name,
    rule: decided?.rule.name ?? null,
    looked: decided?.looked ?? ruleSet.rules.length,
  };
  return { ranking: rankMatched(task, first, again, decliners), finding };
}

function rankMatched(
  task: CustomTask,
  first: Match | undefined,
  again: Match | undefined,
  { again: askable, exhausted }: Decliners,
): Ranking {
  const decliners =
    first === undefined
      ? [...askable.filter((position) => again?.matches(position) === true), ...exhausted]
      : [...askable, ...exhausted];
  const eligible = first?.count ?? 0;
  const unruledCount = task.pool.order.length - eligible - decliners.length;
  const best = first?.best ?? [];
  const unruled: number[] = [];
  const isDecliner = new Set(decliners);
  for (const position of unruledCount > 0 && best.length < maximumCandidates ? task.pool.order : []) {
    if (unruled.length >= Math.min(unruledCount, maximumCandidates)) break;
    if (!isDecliner.has(position) && first?.matches(position) !== true) unruled.push(position);
  }
  return { best, eligible, decliners, unskilled: [], unskilledCount: 0, unruled, unruledCount };
}

function findDecliners({ floor, line, pool, declines, declineLimit }: CustomTask): Decliners {
  const again: number[] = [];
  const exhausted: number[] = [];
  for (const { agentId, count } of declines) {
    const position = positionIn(floor, line, agentId);
    if (position !== undefined && pool.reasons[position] === 0)
      (count < declineLimit ? again : exhausted).push(position);
  }
  return { again, exhausted };
}

/** `mayBeAsked` undefined: everybody. */
function matchRules(
  task: CustomTask,
  ruleSet: AssignmentRuleSet,
  mayBeAsked: AgentPredicate | undefined,
): Match | undefined {
  for (const [looked, rule] of ruleSet.rules.entries()) {
    const rulePool = rulePoolOf(task.floor, task.line, task.pool, task.demandPool, rule);
    if (!rulePool.parts.conversation.every((part) => part(task.subject))) continue;
    const { order, isIn } = matchesOf(rulePool, questionOf(task, rulePool));
    const asked = mayBeAsked === undefined ? order : order.filter(mayBeAsked);
    if (asked.length === 0) continue;
    const matches = (position: number): boolean => isIn[position] === 1 && mayBeAsked?.(position) !== false;
    return { rule, looked, best: asked.slice(0, maximumCandidates), count: asked.length, matches };
  }
  return undefined;
}

function questionOf(task: CustomTask, rulePool: RulePool): RuleQuestion {
  const { floor, line, skills, subject } = task;
  return {
    skills,
    subject,
    openAnswer: () => openAnswer(task, rulePool),
    openRatings: () => skills.map(({ skillId }) => ratingColumn(floor, line, skillId)),
  };
}

/** What the rule asks about an agent and the conversation together. */
function openAnswer(task: CustomTask, { parts, demandPool }: RulePool): AgentPredicate {
  const { floor, line, subject } = task;
  const hasSkills = openSkillCheck(task);
  const facts: { [name: string]: Scalar | Subject } = { ...subject };
  return (position) => {
    if (parts.asksForSkills && !hasSkills(position)) return false;
    if (parts.both.length === 0) return true;
    const agent = agentFactsOf(floor.ledger, demandPool, line.members[position] ?? 0);
    agent['hasRequiredSkills'] = hasSkills(position);
    facts['agent'] = agent;
    return parts.both.every((part) => part(facts));
  };
}
