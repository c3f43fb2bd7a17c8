/**
 * The built-in methods: of the members who could take a conversation, who comes first. The pool keeps them in order, so an item without
 * special wishes looks at twenty of them; skills and declines are checked one after the other. Behaviour reference, section 4.3.
 */
import type { Decline, RequiredSkill } from '../conversation/conversation.ts';
import { reasonCodes } from './agent-ledger.ts';
import type { CandidatePool } from './candidate-pool.ts';
import type { WorkStream } from './configuration.ts';
import { maximumCandidates } from './explanation.ts';
import { agentIdAt, type Floor, type QueueLine, ratingColumn } from './queue-line.ts';

export type Ranking = {
  /** Positions in order, the best first; at most `maximumCandidates`. Nobody who declined is among them. */
  readonly best: readonly number[];
  /** How many could take it and have not declined, listed or not. */
  readonly eligible: number;
  /** Positions of those who could take it but declined it before. */
  readonly decliners: readonly number[];
  /** Could take it but for their skills: the first ones' positions, and how many. */
  readonly unskilled: readonly number[];
  readonly unskilledCount: number;
  /** Could take it but matched no rule of custom assignment. */
  readonly unruled: readonly number[];
  readonly unruledCount: number;
};

export type RankingTask = {
  readonly floor: Floor;
  readonly line: QueueLine;
  readonly pool: CandidatePool;
  /** What is asked for at the moment, relaxed steps applied. */
  readonly skills: readonly RequiredSkill[];
  readonly matching: WorkStream['matching'];
  readonly declines: readonly Decline[];
};

/** A skill asked for, ready to be checked by position. */
type SkillCheck = { readonly asked: number; readonly ratings: Float64Array };

/** Everybody who could take the conversation, the best in order. Positions of the queue's members. */
export function rankCandidates(task: RankingTask): Ranking {
  const { pool, matching, declines, skills } = task;
  const nobody = { decliners: [], unskilled: [], unskilledCount: 0, unruled: [], unruledCount: 0 };
  if (pool.order.length === 0) return { ...nobody, best: [], eligible: 0 };
  const areSkillsAsked = skills.length > 0 && matching !== 'none';
  if (!areSkillsAsked && declines.length === 0) {
    return { ...nobody, best: pool.order.slice(0, maximumCandidates), eligible: pool.order.length };
  }
  if (!areSkillsAsked || matching === 'exact') return walkOrder(task, areSkillsAsked ? checksOf(task) : []);
  return rankByCloseness(task);
}

function walkOrder(task: RankingTask, checks: readonly SkillCheck[]): Ranking {
  const { order } = task.pool;
  const hasDeclines = task.declines.length > 0;
  const best: number[] = [];
  const decliners: number[] = [];
  const unskilled: number[] = [];
  let unskilledCount = 0;
  let eligible = 0;
  for (const position of order) {
    if (!meetsAll(checks, position)) {
      unskilledCount += 1;
      if (unskilled.length < maximumCandidates) unskilled.push(position);
    } else if (hasDeclines && hasDeclined(task, position)) decliners.push(position);
    else {
      eligible += 1;
      if (best.length < maximumCandidates) best.push(position);
    }
  }
  return { best, eligible, decliners, unskilled, unskilledCount, unruled: [], unruledCount: 0 };
}

/**
 * The nearest skills first. Among equally near ones the method's order decides, but not with highest capacity, which gives way entirely:
 * there the same agent comes first again and again.
 */
function rankByCloseness(task: RankingTask): Ranking {
  const { floor, line, pool, declines } = task;
  const { skillCount } = floor.ledger.roster;
  const checks = checksOf(task);
  const decliners: number[] = [];
  const best: number[] = [];
  const distances: number[] = [];
  const order = pool.method === 'highestCapacity' ? orderByPosition(pool) : pool.order;
  for (const position of order) {
    if (declines.length > 0 && hasDeclined(task, position)) {
      decliners.push(position);
      continue;
    }
    const distance = distanceAt(checks, position, skillCount[line.members[position] ?? 0] ?? 0);
    let index = best.length;
    while (index > 0 && distance < (distances[index - 1] ?? 0)) index -= 1;
    if (index >= maximumCandidates) continue;
    best.splice(index, 0, position);
    distances.splice(index, 0, distance);
    best.length = distances.length = Math.min(best.length, maximumCandidates);
  }
  const eligible = pool.order.length - decliners.length;
  return { best, eligible, decliners, unskilled: [], unskilledCount: 0, unruled: [], unruledCount: 0 };
}

function orderByPosition({ reasons }: CandidatePool): readonly number[] {
  const positions: number[] = [];
  for (let position = 0; position < reasons.length; position += 1) {
    if (reasons[position] === reasonCodes.eligible) positions.push(position);
  }
  return positions;
}

/** Who lacks anything is farther than everybody who has all skills, whatever else those can do. */
const lacking = 1_000_000;

/** How far the member's skills are from what is asked: exactly these, then these and more, then fewer. */
function distanceAt(checks: readonly SkillCheck[], position: number, skillCount: number): number {
  let gap = 0;
  for (const { asked, ratings } of checks) {
    const rating = ratings[position] ?? -1;
    if (rating < 0) gap += 1 + asked;
    else if (rating < asked) gap += asked - rating;
  }
  return gap > 0 ? lacking + gap : skillCount - checks.length;
}

/** Whether the member turned this conversation down before, or let it run out. */
function hasDeclined({ floor, line, declines }: RankingTask, position: number): boolean {
  const agentId = agentIdAt(floor, line, position);
  return declines.some((decline) => decline.agentId === agentId);
}

/** Answers whether a member has every skill with the rating asked for. */
export function openSkillCheck(task: RankingTask): (position: number) => boolean {
  const checks = checksOf(task);
  return (position) => meetsAll(checks, position);
}

function checksOf({ floor, line, skills }: RankingTask): readonly SkillCheck[] {
  return skills.map(({ skillId, rating }) => ({ asked: rating ?? 0, ratings: ratingColumn(floor, line, skillId) }));
}

function meetsAll(checks: readonly SkillCheck[], position: number): boolean {
  for (const { asked, ratings } of checks) if ((ratings[position] ?? -1) < asked) return false;
  return true;
}
