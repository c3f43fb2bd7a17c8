/**
 * Who matches a rule of custom assignment, in its order, for all conversations that ask the same: the same skills, the same facts where
 * the rule compares them with agents. Found out once; what assignments changed meanwhile is looked at when it is asked for again.
 */
import type { RequiredSkill } from '../conversation/conversation.ts';
import type { Subject } from './configuration.ts';
import { type AgentPredicate, compareByRule, type RuleMatches, type RulePool } from './rule-pool.ts';

/** What a conversation asks of agents. */
export type RuleQuestion = {
  readonly skills: readonly RequiredSkill[];
  readonly subject: Subject;
  /** What the rule asks about an agent and the conversation together. */
  openAnswer(): AgentPredicate;
  /** Rating columns of the skills asked for. */
  openRatings(): readonly Float64Array[];
};

/** More different questions in one cycle are forgotten and asked anew: each list takes memory. */
const maximumKnown = 256;

/** Everybody who matches now; the list is only good until the next assignment. */
export function matchesOf(pool: RulePool, question: RuleQuestion): RuleMatches {
  const key = keyOf(pool, question);
  const known = key === undefined ? undefined : pool.matches.get(key);
  if (known !== undefined) {
    catchUp(pool, known);
    return known;
  }
  const made = openMatches(pool, question);
  if (key === undefined) return made;
  if (pool.matches.size >= maximumKnown) pool.matches.clear();
  pool.matches.set(key, made);
  return made;
}

/** The same for conversations that get the same answers; undefined: nobody can tell. */
function keyOf({ parts }: RulePool, { skills, subject }: RuleQuestion): string | undefined {
  if (parts.bothReads === undefined) return undefined;
  const asked = parts.isAboutSkills ? skills.map(({ skillId, rating }) => `${skillId} ${rating ?? 0}`) : [];
  if (asked.length === 0 && parts.bothReads.length === 0) return '';
  const facts = parts.bothReads.map((read) => {
    const fact = read(subject);
    return `${typeof fact} ${fact}`;
  });
  return JSON.stringify([asked, facts]);
}

function openMatches(pool: RulePool, question: RuleQuestion): RuleMatches {
  const size = pool.isMatching.length;
  const asks = question.openAnswer();
  const order = pool.order.filter(asks);
  const isIn = new Uint8Array(size);
  for (const position of order) isIn[position] = 1;
  const proficiency = pool.isSorted ? undefined : meanRatings(question.openRatings(), size);
  if (proficiency !== undefined) order.sort((one, other) => compareByRule(pool, one, other, proficiency));
  return { order, isIn, asks, proficiency, seenChanges: pool.changes.length };
}

/** Takes out everybody whom assignments changed, then puts back those who still match. */
function catchUp(pool: RulePool, matches: RuleMatches): void {
  const { order, isIn, asks, seenChanges } = matches;
  const { changes, isMatching } = pool;
  if (seenChanges === changes.length) return;
  for (let index = seenChanges; index < changes.length; index += 1) {
    const position = changes[index] ?? 0;
    if (isIn[position] === 0) continue;
    isIn[position] = 0;
    order.splice(order.indexOf(position), 1);
  }
  for (let index = seenChanges; index < changes.length; index += 1) {
    const position = changes[index] ?? 0;
    if (isIn[position] === 1 || isMatching[position] === 0 || !asks(position)) continue;
    isIn[position] = 1;
    order.splice(findPlace(pool, matches, position), 0, position);
  }
  matches.seenChanges = changes.length;
}

function findPlace(pool: RulePool, { order, proficiency }: RuleMatches, position: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareByRule(pool, order[middle] ?? 0, position, proficiency) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Mean over the skills asked for, by position; a missing one counts as 0. */
function meanRatings(ratings: readonly Float64Array[], size: number): Float64Array {
  const means = new Float64Array(size);
  if (ratings.length === 0) return means;
  for (let position = 0; position < size; position += 1) {
    let sum = 0;
    for (const column of ratings) sum += Math.max(0, column[position] ?? 0);
    means[position] = sum / ratings.length;
  }
  return means;
}
