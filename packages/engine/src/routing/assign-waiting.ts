/**
 * One routing cycle: which waiting conversation goes to which agent. Conversations get their chance one after the other, and every
 * assignment counts for the ones after it, so that nobody is booked beyond capacity and a later one takes nobody whom an earlier one
 * could have had. Behaviour reference, sections 3 (affinity), 4.3 and 5.1.
 */
import type { Conversation, Guid, RequiredSkill } from '../conversation/conversation.ts';
import { noDemand, reasonCodes } from './agent-ledger.ts';
import type { Assignment, AssignmentInput, AssignmentResult } from './assignment.ts';
import { describeFree } from './candidate-pool.ts';
import type { AssignmentMethod, Queue, Subject, WorkStream } from './configuration.ts';
import { rankByRules } from './custom-assignment.ts';
import { explainAssignment, explainWithoutCandidates } from './explain-assignment.ts';
import type { Explanation, RuleFinding } from './explanation.ts';
import { orderAcrossQueues, orderItems, type WaitingItem } from './order-items.ts';
import {
  agentIdAt,
  agentNameAt,
  type Floor,
  keepFloor,
  openFloor,
  poolOf,
  positionIn,
  takeTurn,
} from './queue-line.ts';
import { openSkillCheck, type Ranking, type RankingTask, rankCandidates } from './rank-candidates.ts';
import { relaxSkills } from './relaxation.ts';
import { describeSubject } from './subject.ts';

type Cycle = {
  readonly input: AssignmentInput;
  readonly floor: Floor;
  /** Facts of conversations that rules asked about, by id. */
  readonly subjects: Map<Guid, Subject>;
};

/** What was decided for one conversation: a member, or nobody and why. */
type Verdict =
  | {
      readonly position: number;
      readonly reason: Assignment['reason'];
      readonly isForced: boolean;
      readonly explanation: Explanation;
    }
  /** Explanation null: nobody asked. */
  | { readonly position: null; readonly explanation: Explanation | null };

const unexplainedNobody: Verdict = { position: null, explanation: null };

/**
 * Assigns what can be assigned now. Pure: the same input gives the same assignments in the same order. Every waiting conversation of the
 * input is in the result exactly once; the ones of queues that the configuration does not know are left out.
 * Explanations of why somebody waits cost more than the decision: `explain` says who is worth it.
 */
export function assignWaiting(input: AssignmentInput): AssignmentResult {
  const cycle: Cycle = { input, floor: openFloor(input), subjects: new Map(input.subjects) };
  const assignments: Assignment[] = [];
  const unassigned: AssignmentResult['unassigned'][number][] = [];
  const unexplained: Guid[] = [];
  for (const item of orderCycle(cycle)) {
    const { line, conversation } = item;
    const conversationId = conversation.id;
    const queueId = line.queue.id;
    const verdict = decideItem(cycle, item);
    const { position, explanation } = verdict;
    if (position !== null) {
      const { reason, isForced } = verdict;
      const agentId = agentIdAt(cycle.floor, line, position);
      takeTurn(cycle.floor, line, position, { conversationId, demand: conversation.routing.demand, isForced });
      assignments.push({ conversationId, queueId, agentId, reason, explanation });
    } else if (explanation === null) unexplained.push(conversationId);
    else unassigned.push({ conversationId, queueId, explanation });
  }
  keepFloor(cycle.floor);
  return { assignments, unassigned, unexplained };
}

/** Whether somebody wants to know why nobody takes it. */
function isAsked({ input }: Cycle, { conversation }: WaitingItem): boolean {
  return input.explain === undefined || input.explain.has(conversation.id);
}

/** Conversations that go back to their agent come before everything else. */
function orderCycle(cycle: Cycle): readonly WaitingItem[] {
  const { input, floor } = cycle;
  const perQueue = [...floor.lines.values()].map((line) => {
    const waiting = input.queues.filter(({ queueId }) => queueId === line.queue.id).flatMap((work) => work.waiting);
    return orderItems(line, waiting, (conversation) => subjectOf(cycle, conversation));
  });
  const ordered = orderAcrossQueues(perQueue);
  const returning = ordered.filter((item) => affinityPosition(cycle, item) !== undefined);
  if (returning.length === 0) return ordered;
  const isReturning = new Set(returning);
  return [...returning, ...ordered.filter((item) => !isReturning.has(item))];
}

function decideItem(cycle: Cycle, item: WaitingItem): Verdict {
  const { input, floor } = cycle;
  const { line, conversation } = item;
  const workStream = input.configuration.workStreams.get(conversation.workStreamId);
  if (workStream === undefined) return withoutCandidates(cycle, item, 'noAgent', 'Its work stream does not exist.');
  const { method } = line.queue;
  const manual = manualBecause(item, line.queue);
  if (manual !== undefined || method.kind === 'none') {
    return withoutCandidates(cycle, item, 'manual', manual ?? `Queue ${line.queue.name} assigns nothing by itself.`);
  }
  const returning = affinityPosition(cycle, item);
  if (returning !== undefined) return giveBack(cycle, item, returning);
  const pool = poolOf(floor, line, method.kind === 'custom' ? null : workStream, demandFor(method, conversation));
  // Whoever could be chosen is in the pool's order, decliners too.
  if (pool.order.length === 0 && !isAsked(cycle, item)) return unexplainedNobody;
  const relaxed = relaxOf(conversation, workStream);
  const task: RankingTask = {
    floor,
    line,
    pool,
    skills: relaxed.skills,
    matching: workStream.matching,
    declines: conversation.routing.declines,
  };
  const { ranking, finding } =
    method.kind === 'custom'
      ? rankByRules({
          ...task,
          ruleSets: method.ruleSets,
          subject: subjectOf(cycle, conversation),
          demandPool: poolOf(floor, line, workStream, conversation.routing.demand),
          declineLimit: workStream.policy.declineLimit,
        })
      : { ranking: rankCandidates(task), finding: methodFinding(method.kind, workStream) };
  const { position, because } = choose(task, ranking, conversation, workStream, method);
  if (position === null && !isAsked(cycle, item)) return unexplainedNobody;
  const rules = [...bucketFindings(item), ...relaxed.findings, finding];
  const explanation = explainAssignment({ task, ranking, chosen: position, rules, because });
  return position === null ? { position, explanation } : { position, reason: 'routing', isForced: false, explanation };
}

function demandFor(method: AssignmentMethod, { routing }: Conversation): Conversation['routing']['demand'] {
  return method.kind === 'custom' ? noDemand : routing.demand;
}

/** Why only people may assign it; undefined: the router may. */
function manualBecause({ conversation }: WaitingItem, queue: Queue): string | undefined {
  if (conversation.routing.isManualOnly) return 'Too many agents declined it: somebody has to pick or assign it.';
  return conversation.distribution === 'pick' ? `Agents of queue ${queue.name} pick it themselves.` : undefined;
}

function withoutCandidates(cycle: Cycle, item: WaitingItem, kind: 'noAgent' | 'manual', summary: string): Verdict {
  if (!isAsked(cycle, item)) return unexplainedNobody;
  const { floor } = cycle;
  const rules = bucketFindings(item);
  const queueId = item.line.queue.id;
  const explanation = explainWithoutCandidates({ floor, kind, queueId, agentId: null, summary, rules });
  return { position: null, explanation };
}

/**
 * Where the agent stands whom the conversation goes back to, whatever their presence and capacity. Undefined: it is routed like any
 * other, because there is no such agent, they are gone or no members any more, or they turned it down.
 */
function affinityPosition({ floor }: Cycle, { line, conversation }: WaitingItem): number | undefined {
  const { affinityAgentId, declines, isManualOnly } = conversation.routing;
  if (affinityAgentId === null || isManualOnly || conversation.distribution === 'pick') return undefined;
  if (declines.some(({ agentId }) => agentId === affinityAgentId)) return undefined;
  const position = positionIn(floor, line, affinityAgentId);
  if (position === undefined) return undefined;
  const standing = floor.ledger.standing[line.members[position] ?? 0];
  return standing === reasonCodes.disabled || standing === reasonCodes.notSignedIn ? undefined : position;
}

function giveBack({ floor }: Cycle, { line }: WaitingItem, position: number): Verdict {
  const explanation = explainWithoutCandidates({
    floor,
    kind: 'assign',
    queueId: line.queue.id,
    agentId: agentIdAt(floor, line, position),
    summary: `${agentNameAt(floor, line, position)}: it goes back to the agent who had it, whatever presence and capacity.`,
    rules: [{ stage: 'assignment', rule: 'Keep same agent', looked: 0 }],
  });
  return { position, reason: 'affinity', isForced: true, explanation };
}

type Choice = { readonly position: number | null; readonly because: string };

/** Preferred agents in their order, then the method's order, then those who declined: fewest times first, longest ago first. */
function choose(
  task: RankingTask,
  ranking: Ranking,
  { routing }: Conversation,
  { policy }: WorkStream,
  method: AssignmentMethod,
): Choice {
  for (const agentId of ranking.eligible === 0 ? [] : routing.preferredAgentIds) {
    const position = positionIn(task.floor, task.line, agentId);
    if (position !== undefined && isEligible(task, ranking, position, method)) {
      return { position, because: 'preferred agent' };
    }
  }
  const [first] = ranking.best;
  if (first !== undefined) return { position: first, because: becauseOf(task, first) };
  const byAgent = new Map(routing.declines.map((decline) => [decline.agentId, decline]));
  const again = ranking.decliners
    .map((position) => ({ position, decline: byAgent.get(agentIdAt(task.floor, task.line, position)) }))
    .filter(({ decline }) => (decline?.count ?? 0) < policy.declineLimit)
    .sort(
      (one, other) =>
        (one.decline?.count ?? 0) - (other.decline?.count ?? 0) ||
        (one.decline?.lastOn ?? 0) - (other.decline?.lastOn ?? 0),
    )[0];
  return again === undefined
    ? { position: null, because: '' }
    : { position: again.position, because: 'declined before, but nobody else can take it' };
}

function isEligible(task: RankingTask, ranking: Ranking, position: number, method: AssignmentMethod): boolean {
  // Custom rules have been asked for everybody; their answers are only kept for the first ones.
  if (method.kind === 'custom') return ranking.best.includes(position);
  if (task.pool.reasons[position] !== 0 || ranking.decliners.includes(position)) return false;
  return task.matching !== 'exact' || openSkillCheck(task)(position);
}

function becauseOf({ floor, line, pool, matching, skills }: RankingTask, position: number): string {
  if (matching === 'closest' && skills.length > 0 && pool.method !== 'custom') return 'closest skills';
  switch (pool.method) {
    case 'highestCapacity':
      return `most free capacity, ${describeFree(pool, floor.ledger, line.members[position] ?? 0)}`;
    case 'leastActive':
      return 'least active';
    case 'roundRobin':
      return 'next in turn';
    case 'custom':
    case 'none':
      return 'first by the rule that matched';
  }
}

function methodFinding(kind: AssignmentMethod['kind'], { matching }: WorkStream): RuleFinding {
  return { stage: 'assignment', rule: kind, looked: 0, effect: `skills: ${matching}` };
}

function bucketFindings({ line, bucket }: WaitingItem): readonly RuleFinding[] {
  if (bucket === undefined) return [];
  return [{ stage: 'prioritization', ruleSet: line.queue.name, rule: bucket.name, looked: bucket.index }];
}

type Relaxed = { readonly skills: readonly RequiredSkill[]; readonly findings: readonly RuleFinding[] };

function relaxOf({ routing }: Conversation, { relaxation }: WorkStream): Relaxed {
  const { skills, relaxationStep } = routing;
  if (relaxationStep === 0 || relaxation.length === 0) return { skills, findings: [] };
  const left = relaxSkills(skills, relaxation, relaxationStep);
  const step = Math.min(relaxationStep, relaxation.length);
  const effect = `asks for ${left.length} of ${skills.length} skills`;
  return { skills: left, findings: [{ stage: 'relaxation', rule: `Step ${step}`, looked: step - 1, effect }] };
}

function subjectOf({ input, subjects }: Cycle, conversation: Conversation): Subject {
  const known = subjects.get(conversation.id);
  if (known !== undefined) return known;
  const zone = input.configuration.workStreams.get(conversation.workStreamId)?.timeZone ?? 'UTC';
  const subject = describeSubject(conversation, input.now, zone);
  subjects.set(conversation.id, subject);
  return subject;
}
