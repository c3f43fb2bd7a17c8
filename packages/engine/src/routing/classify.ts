/**
 * Classification: what rules find out about a conversation before it gets a queue. Every rule set fires at most one rule; later rule
 * sets see what earlier ones set. Behaviour reference, section 4.1, stage 3.
 */
import type { CapacityDemand, Guid, RequiredSkill, RoutingState } from '../conversation/conversation.ts';
import { evaluateCondition } from './condition.ts';
import type { ClassificationOutput, ClassificationRuleSet, Subject, WorkStream } from './configuration.ts';
import type { RuleFinding } from './explanation.ts';

export type Classification = {
  readonly priority: number;
  readonly skills: readonly RequiredSkill[];
  readonly demand: CapacityDemand;
  readonly preferredAgentIds: readonly Guid[];
  /** Context variables that rules set. */
  readonly context: Readonly<Record<string, string | number>>;
  /** The facts as the rules left them: what route-to-queue rules ask. */
  readonly subject: Subject;
  readonly rules: readonly RuleFinding[];
};

export type ClassifyInput = {
  readonly workStream: WorkStream;
  readonly subject: Subject;
  /** Before the first rule. */
  readonly priority: number;
  /** What routing found out before: its skills and profiles stay, new ones are added. */
  readonly previous: RoutingState | undefined;
};

/** Runs all rule sets of the work stream in order. Total: rules cannot fail, only not match. */
export function classify({ workStream, subject, priority, previous }: ClassifyInput): Classification {
  let result: Classification = {
    priority,
    skills: previous?.skills ?? [],
    demand: {
      units: workStream.demand.units,
      profileIds: unite(workStream.demand.profileIds, previous?.demand.profileIds ?? []),
    },
    preferredAgentIds: previous?.preferredAgentIds ?? [],
    context: {},
    subject: withFacts(subject, priority, {}),
    rules: [],
  };
  for (const ruleSet of workStream.classification) result = applyRuleSet(result, ruleSet, workStream);
  return result;
}

function applyRuleSet(before: Classification, ruleSet: ClassificationRuleSet, workStream: WorkStream): Classification {
  const index = ruleSet.rules.findIndex((rule) => evaluateCondition(rule.when, before.subject));
  const rule = ruleSet.rules[index];
  if (rule === undefined) {
    const finding: RuleFinding = {
      stage: 'classification',
      ruleSet: ruleSet.name,
      rule: null,
      looked: ruleSet.rules.length,
    };
    return { ...before, rules: [...before.rules, finding] };
  }
  const finding: RuleFinding = {
    stage: 'classification',
    ruleSet: ruleSet.name,
    rule: rule.name,
    looked: index,
    effect: describeOutput(rule.set),
  };
  const priority = rule.set.priority ?? before.priority;
  const set = typeContext(rule.set.context ?? {}, workStream.contextVariables);
  return {
    priority,
    skills: addSkills(before.skills, rule.set.skills ?? []),
    demand: {
      units: rule.set.units ?? before.demand.units,
      profileIds: unite(before.demand.profileIds, rule.set.profileIds ?? []),
    },
    preferredAgentIds: rule.set.preferredAgentIds ?? before.preferredAgentIds,
    context: { ...before.context, ...set },
    subject: withFacts(before.subject, priority, set),
    rules: [...before.rules, finding],
  };
}

/** The same skill asked for twice counts once, with what the later rule asks. */
function addSkills(before: readonly RequiredSkill[], added: readonly RequiredSkill[]): readonly RequiredSkill[] {
  if (added.length === 0) return before;
  const byId = new Map(before.map((skill) => [skill.skillId, skill]));
  for (const skill of added) byId.set(skill.skillId, skill);
  return [...byId.values()];
}

function unite(first: readonly Guid[], second: readonly Guid[]): readonly Guid[] {
  return second.length === 0 ? first : [...new Set([...first, ...second])];
}

function withFacts(subject: Subject, priority: number, set: Readonly<Record<string, string | number>>): Subject {
  return {
    ...subject,
    conversation: { ...asGroup(subject['conversation']), priority },
    context: { ...asGroup(subject['context']), ...set },
  };
}

function asGroup(value: Subject[string] | undefined): Subject {
  return typeof value === 'object' && value !== null ? value : {};
}

/** Declared numbers stay numbers where the value is one; everything else is text, as are names that nobody declared. */
function typeContext(
  values: Readonly<Record<string, string | number>>,
  declared: WorkStream['contextVariables'],
): Readonly<Record<string, string | number>> {
  const typed = Object.entries(values).map(([name, value]): [string, string | number] => {
    const isNumber = Object.hasOwn(declared, name) && declared[name] === 'number';
    const number = typeof value === 'number' || value.trim() === '' ? value : Number(value);
    return [name, isNumber && Number.isFinite(number) ? number : String(value)];
  });
  return Object.fromEntries(typed);
}

function describeOutput(output: ClassificationOutput): string {
  const parts: string[] = [];
  if (output.priority !== undefined) parts.push(`priority ${output.priority}`);
  if (output.units !== undefined) parts.push(`${output.units} units`);
  const lists = [
    ['skill', output.skills?.length ?? 0],
    ['capacity profile', output.profileIds?.length ?? 0],
    ['preferred agent', output.preferredAgentIds?.length ?? 0],
  ] as const;
  for (const [name, count] of lists) if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  const names = Object.keys(output.context ?? {});
  if (names.length > 0) parts.push(`context ${names.slice(0, 5).join(', ')}`);
  return parts.length === 0 ? 'nothing set' : parts.join('; ');
}
