/** A rule of custom assignment taken apart: what it says about agents, about the conversation, and about both. Done once for each rule. */
import { compileCondition, type Predicate } from './compile-condition.ts';
import type { AssignmentRule, Condition } from './configuration.ts';
import { compilePath, type FactReader } from './fact-path.ts';

/** The parts of a rule's condition, all of which have to hold, and what its order reads. */
export type RuleParts = {
  /** About agents alone. */
  readonly agent: readonly Predicate[];
  /** About the conversation alone. */
  readonly conversation: readonly Predicate[];
  readonly asksForSkills: boolean;
  /** About both. */
  readonly both: readonly Predicate[];
  /** What those read of the conversation, skills apart; undefined: nobody knows, they are nested too deep. */
  readonly bothReads: readonly FactReader[] | undefined;
  /** The answer depends on the skills that the conversation asks for. */
  readonly isAboutSkills: boolean;
  /** By place in `orderBy`: for orders by attribute. */
  readonly attributes: readonly (FactReader | undefined)[];
};

const skillsPath = 'agent.hasRequiredSkills';
/** Conditions nested deeper are not taken apart but asked whole. */
const maximumDepth = 20;

const known = new WeakMap<AssignmentRule, RuleParts>();

/** The parts of a rule; the same object for the same rule. */
export function partsOf(rule: AssignmentRule): RuleParts {
  const ready = known.get(rule);
  if (ready !== undefined) return ready;
  const made = splitRule(rule);
  known.set(rule, made);
  return made;
}

function splitRule({ when, orderBy }: AssignmentRule): RuleParts {
  const agent: Condition[] = [];
  const conversation: Condition[] = [];
  const both: Condition[] = [];
  let asksForSkills = false;
  for (const part of when.kind === 'and' ? when.conditions : [when]) {
    if (part.kind === 'always') continue;
    if (part.kind === 'compare' && part.path === skillsPath && part.operator === 'eq' && part.value === true) {
      asksForSkills = true;
      continue;
    }
    const paths = pathsOf(part, 0);
    if (paths === undefined || paths.includes(skillsPath)) both.push(part);
    else if (paths.every(isOfAgent)) agent.push(part);
    else if (paths.some(isOfAgent)) both.push(part);
    else conversation.push(part);
  }
  const bothPaths = both.map((part) => pathsOf(part, 0));
  const isKnown = !bothPaths.includes(undefined);
  const read = new Set(bothPaths.flatMap((paths) => paths ?? []));
  return {
    agent: agent.map(compileCondition),
    conversation: conversation.map(compileCondition),
    asksForSkills,
    both: both.map(compileCondition),
    bothReads: isKnown ? [...read].filter((path) => !isOfAgent(path)).map(compilePath) : undefined,
    isAboutSkills: asksForSkills || read.has(skillsPath) || orderBy.some(({ by }) => by === 'proficiency'),
    attributes: orderBy.map((order) => (order.by === 'attribute' ? compilePath(order.path) : undefined)),
  };
}

function isOfAgent(path: string): boolean {
  return path.startsWith('agent.');
}

/** Every path that a condition reads; undefined when it is nested too deep to be taken apart. */
function pathsOf(condition: Condition, depth: number): readonly string[] | undefined {
  if (depth > maximumDepth) return undefined;
  switch (condition.kind) {
    case 'always':
      return [];
    case 'not':
      return pathsOf(condition.condition, depth + 1);
    case 'and':
    case 'or': {
      const lists = condition.conditions.map((part) => pathsOf(part, depth + 1));
      return lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
    }
    case 'compare': {
      const { value } = condition;
      const isPath = typeof value === 'object' && value !== null && 'path' in value;
      return isPath ? [condition.path, value.path] : [condition.path];
    }
  }
}
