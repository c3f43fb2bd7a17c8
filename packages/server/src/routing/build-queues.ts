/** Queues with their members, method of assignment and overflow. Behaviour reference, sections 4.2, 4.3 and 4.7. */
import type {
  AssignmentMethod,
  AssignmentRuleSet,
  OperatingHours,
  OverflowRule,
  PrioritizationRule,
  Queue,
} from '@parley/engine';
import type { Membership } from './build-agents.ts';
import { type ConfigurationSource, groupBy, readFlag, readWhole, type SourceRow } from './configuration-source.ts';
import { mostRuleSets } from './parse-rule-set.ts';
import type { RuleSetStore } from './rule-set-store.ts';

const queueColumns = [
  'queueid',
  'name',
  'msdyn_queuetype',
  'msdyn_priority',
  'msdyn_isdefaultqueue',
  'msdyn_operatinghourid',
  'msdyn_assignmentstrategy',
  'msdyn_prequeueoverflowrulesetid',
  'msdyn_inqueueoverflowrulesetid',
  'msdyn_queueservicelevelthreshold',
  'msdyn_shortabandonedthreshold',
] as const;

export type QueueRow = SourceRow<(typeof queueColumns)[number]>;

const queueKinds: ReadonlyMap<string, Queue['kind']> = new Map([
  ['192350000', 'messaging'],
  ['192350001', 'record'],
  ['192350002', 'voice'],
]);

/** `msdyn_assignmentstrategy`. A queue that says nothing goes by capacity. */
const plainMethods: ReadonlyMap<string, Exclude<AssignmentMethod['kind'], 'custom'>> = new Map([
  ['192350000', 'highestCapacity'],
  ['192350001', 'roundRobin'],
  ['192350003', 'leastActive'],
  ['192350005', 'none'],
]);
const customStrategy = '192350002';

/** `msdyn_assignmentconfigurationstep.msdyn_type`. */
const prioritizationStep = '192350000';
const assignmentStep = '192350002';

type StepRow = SourceRow<
  'msdyn_assignmentconfigurationid' | 'msdyn_rulesetid' | 'msdyn_steporder' | 'msdyn_type' | 'msdyn_name'
>;

export type QueueParts = {
  readonly memberships: readonly Membership[];
  readonly hours: ReadonlyMap<string, OperatingHours>;
  readonly ruleSets: RuleSetStore;
};

export function readQueueRows(source: ConfigurationSource): Promise<QueueRow[]> {
  return source.table('queue', queueColumns);
}

export async function buildQueues(
  source: ConfigurationSource,
  rows: readonly QueueRow[],
  parts: QueueParts,
  problems: string[],
): Promise<ReadonlyMap<string, Queue>> {
  const configurations = (
    await source.table('msdyn_assignmentconfiguration', [
      'msdyn_assignmentconfigurationid',
      'msdyn_queueid',
      'msdyn_isactiveconfiguration',
    ])
  ).filter((row) => readFlag(row.msdyn_isactiveconfiguration));
  const steps = await source.table('msdyn_assignmentconfigurationstep', [
    'msdyn_assignmentconfigurationstepid',
    'msdyn_assignmentconfigurationid',
    'msdyn_rulesetid',
    'msdyn_steporder',
    'msdyn_type',
    'msdyn_name',
  ]);
  const configurationsOf = groupBy(configurations, (row) => row.msdyn_queueid);
  const stepsOf = groupBy(inOrder(steps), (row) => row.msdyn_assignmentconfigurationid);
  const membersOf = groupBy(parts.memberships, ({ queueId }) => queueId);
  const queues = new Map<string, Queue>();
  for (const row of rows) {
    const id = row.queueid ?? '';
    const used = configurationsOf.get(id) ?? [];
    if (used.length > 1)
      problems.push(`Queue '${row.name}': ${used.length} active assignment configurations, the first is used`);
    const stepsOfQueue = stepsOf.get(used[0]?.msdyn_assignmentconfigurationid ?? '') ?? [];
    queues.set(id, {
      id,
      name: row.name ?? '',
      kind: queueKinds.get(row.msdyn_queuetype ?? '') ?? 'messaging',
      priority: readWhole(row.msdyn_priority) ?? 1,
      isDefault: readFlag(row.msdyn_isdefaultqueue),
      operatingHourId: hoursOf(row, parts.hours, problems),
      method: methodOf(row, stepsOfQueue, parts.ruleSets, problems),
      preQueueOverflow: overflowOf(row, 'msdyn_prequeueoverflowrulesetid', parts.ruleSets, problems),
      inQueueOverflow: overflowOf(row, 'msdyn_inqueueoverflowrulesetid', parts.ruleSets, problems),
      serviceLevelSeconds: readWhole(row.msdyn_queueservicelevelthreshold),
      shortAbandonSeconds: readWhole(row.msdyn_shortabandonedthreshold),
      agentIds: (membersOf.get(id) ?? []).map(({ agentId }) => agentId),
    });
  }
  return queues;
}

export function inOrder<Row extends { readonly msdyn_steporder: string | null }>(steps: readonly Row[]): Row[] {
  return [...steps].sort(
    (left, right) => (readWhole(left.msdyn_steporder) ?? 0) - (readWhole(right.msdyn_steporder) ?? 0),
  );
}

function hoursOf(row: QueueRow, hours: QueueParts['hours'], problems: string[]): string | null {
  const id = row.msdyn_operatinghourid;
  if (id === null || hours.has(id)) return id;
  problems.push(`Queue '${row.name}': its operating hours ${id} are inactive or unusable, so it is always open`);
  return null;
}

function methodOf(
  row: QueueRow,
  steps: readonly StepRow[],
  ruleSets: RuleSetStore,
  problems: string[],
): AssignmentMethod {
  const strategy = row.msdyn_assignmentstrategy ?? '';
  if (strategy !== customStrategy) return { kind: plainMethods.get(strategy) ?? 'highestCapacity' };
  const user = `queue '${row.name}'`;
  let prioritization: readonly PrioritizationRule[] = [];
  const chosen: AssignmentRuleSet[] = [];
  for (const step of steps) {
    if (step.msdyn_rulesetid === null) continue;
    if (step.msdyn_type === prioritizationStep) {
      prioritization = ruleSets.read('prioritization', step.msdyn_rulesetid, user)?.content ?? prioritization;
    } else if (step.msdyn_type === assignmentStep) {
      const ruleSet = ruleSets.read('assignment', step.msdyn_rulesetid, user);
      if (ruleSet !== undefined) chosen.push({ id: ruleSet.id, name: ruleSet.name, ...ruleSet.content });
    } else
      problems.push(`Step '${step.msdyn_name}' of ${user} is not used: rule sets are selected by their own 'when'`);
  }
  if (chosen.length > mostRuleSets)
    problems.push(`Queue '${row.name}': ${chosen.length} assignment rule sets, the first ${mostRuleSets} are used`);
  if (chosen.length === 0)
    problems.push(
      `Queue '${row.name}': custom assignment without a usable rule set, nothing is assigned automatically`,
    );
  return { kind: 'custom', prioritization, ruleSets: chosen.slice(0, mostRuleSets) };
}

/** Only in the queue has anything waited; only what has not entered yet can meet closed doors. */
function overflowOf(
  row: QueueRow,
  column: 'msdyn_prequeueoverflowrulesetid' | 'msdyn_inqueueoverflowrulesetid',
  ruleSets: RuleSetStore,
  problems: string[],
): readonly OverflowRule[] {
  const id = row[column];
  if (id === null) return [];
  const rules = ruleSets.read('overflow', id, `queue '${row.name}'`)?.content ?? [];
  const isInQueue = column === 'msdyn_inqueueoverflowrulesetid';
  return rules.filter((rule) => {
    const isPossible = (rule.when.kind === 'waitingLonger') === isInQueue;
    if (!isPossible)
      problems.push(
        `Queue '${row.name}': overflow rule '${rule.name}' asks for ${rule.when.kind}, which is not known ${isInQueue ? 'in' : 'before'} the queue`,
      );
    return isPossible;
  });
}
