/**
 * Rule sets as they stand in `msdyn_decisionruleset.msdyn_rulesetdefinition`: JSON in, the engine's rules out. The format is Parley's and
 * described in docs/routing-configuration.md; its limits are those of the behaviour reference, section 4.8.
 */
import type {
  AssignmentOrder,
  AssignmentRule,
  ClassificationOutput,
  ClassificationRule,
  Condition,
  OverflowAction,
  OverflowCondition,
  OverflowRule,
  PrioritizationRule,
  RelaxationStep,
  RequiredSkill,
  RouteRule,
} from '@parley/engine';
import { parseCondition, parsePath } from './parse-condition.ts';
import { anyName, type RuleNames } from './rule-names.ts';
import {
  describe,
  type Place,
  RuleProblem,
  readBoolean,
  readChoice,
  readList,
  readMember,
  readMembers,
  readNumber,
  readObject,
  readReference,
  readText,
} from './rule-reader.ts';

/** What a rule set of each kind holds once it is read. */
export type RuleSetContent = {
  readonly classification: readonly ClassificationRule[];
  readonly routeToQueue: readonly RouteRule[];
  readonly prioritization: readonly PrioritizationRule[];
  readonly assignment: { readonly when: Condition; readonly rules: readonly AssignmentRule[] };
  readonly overflow: readonly OverflowRule[];
  readonly relaxation: readonly RelaxationStep[];
};

export type RuleSetKind = keyof RuleSetContent;

export type RuleSetResult<Content> =
  | { readonly kind: 'ok'; readonly content: Content }
  /** `path` leads to the wrong member, e.g. `rules[3].when.and[0].path`; empty for the whole text. */
  | { readonly kind: 'bad'; readonly problem: string; readonly path: string };

export const mostRuleSets = 10;
const mostRules = 100;
const mostRouteRules = 200;
const mostSplitQueues = 5;
const mostOutputs = 5;
const mostSteps = 10;
const largestPriority = 1_000_000;
const secondsPerDay = 86_400;

type Reader<Content> = (document: Place, names: RuleNames) => Content;

const readers: { readonly [Kind in RuleSetKind]: Reader<RuleSetContent[Kind]> } = {
  classification: (document, names) =>
    readRules(document, mostRules, [], (rule) => readClassificationRule(rule, names)),
  routeToQueue: (document, names) => readRules(document, mostRouteRules, [], (rule) => readRouteRule(rule, names)),
  prioritization: (document, names) =>
    readRules(document, mostRules, [], (rule) => readPrioritizationRule(rule, names)),
  assignment: (document, names) => ({
    when: parseCondition(readMembers(document).get('when'), { scope: 'conversation', names }),
    rules: readRules(document, mostRules, ['when'], (rule) => readAssignmentRule(rule, names)),
  }),
  overflow: (document, names) => readRules(document, mostRules, [], (rule) => readOverflowRule(rule, names)),
  relaxation: readRelaxation,
};

// Object.keys forgets that these are exactly the kinds.
const kinds = Object.keys(readers) as RuleSetKind[];

/**
 * Reads a rule set of the kind that its place asks for.
 * @param names resolves what rules name; `anyName` to check the form only
 */
export function parseRuleSet<Kind extends RuleSetKind>(
  kind: Kind,
  text: string,
  names: RuleNames,
): RuleSetResult<RuleSetContent[Kind]> {
  return attempt(() => {
    const document = parseDocument(text);
    const stated = readKind(document);
    if (stated !== kind)
      throw new RuleProblem('kind', `This is a rule set of kind '${stated}', but '${kind}' belongs here`);
    return readers[kind](document, names);
  });
}

/**
 * Whether a text may be stored as a rule set: its form is that of the kind it states. Names are not looked up, because what they name may
 * be made later; the loader complains then.
 * @returns what is wrong, as a sentence; undefined when nothing is
 */
export function checkRuleSetText(text: string): string | undefined {
  // An empty rule set is one that nobody has written yet.
  if (text.trim() === '') return undefined;
  const result = attempt(() => {
    const document = parseDocument(text);
    return readers[readKind(document)](document, anyName);
  });
  if (result.kind === 'ok') return undefined;
  return result.path === '' ? result.problem : `${result.path}: ${result.problem}`;
}

function attempt<Content>(read: () => Content): RuleSetResult<Content> {
  try {
    return { kind: 'ok', content: read() };
  } catch (error) {
    if (error instanceof RuleProblem) return { kind: 'bad', problem: error.message, path: error.path };
    throw error;
  }
}

function parseDocument(text: string): Place {
  try {
    const value: unknown = JSON.parse(text);
    return { value, path: '' };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new RuleProblem('', `The rule set is not JSON: ${detail}`);
  }
}

function readKind(document: Place): RuleSetKind {
  return readChoice(readMember(readMembers(document), 'kind', document), kinds);
}

function readRules<Rule extends { readonly name: string }>(
  document: Place,
  most: number,
  otherMembers: readonly string[],
  read: (rule: Place) => Rule,
): readonly Rule[] {
  const members = readObject(document, ['kind', 'rules', ...otherMembers]);
  return readList(readMember(members, 'rules', document), { least: 0, most }).map(read);
}

function readClassificationRule(rule: Place, names: RuleNames): ClassificationRule {
  const members = readObject(rule, ['name', 'when', 'set']);
  return {
    name: readText(readMember(members, 'name', rule)),
    when: parseCondition(members.get('when'), { scope: 'conversation', names }),
    set: readOutput(readMember(members, 'set', rule), names),
  };
}

function readOutput(place: Place, names: RuleNames): ClassificationOutput {
  const members = readObject(place, ['priority', 'skills', 'units', 'profiles', 'preferredAgents', 'context']);
  const [priority, skills, units, profiles, agents, context] = [
    members.get('priority'),
    members.get('skills'),
    members.get('units'),
    members.get('profiles'),
    members.get('preferredAgents'),
    members.get('context'),
  ];
  const variables = context === undefined ? undefined : readMembers(context);
  const outputs = members.size - (context === undefined ? 0 : 1) + (variables?.size ?? 0);
  if (outputs < 1 || outputs > mostOutputs)
    throw new RuleProblem(place.path, `A rule sets 1 to ${mostOutputs} things, not ${outputs}`);
  const list = (of: Place) => readList(of, { least: 1, most: 20 });
  return {
    ...(priority === undefined
      ? {}
      : { priority: readNumber(priority, { least: -largestPriority, most: largestPriority, isWhole: true }) }),
    ...(skills === undefined ? {} : { skills: list(skills).map((skill) => readSkill(skill, names)) }),
    ...(units === undefined ? {} : { units: readNumber(units, { least: 0, most: 2_147_483_647, isWhole: true }) }),
    ...(profiles === undefined
      ? {}
      : { profileIds: list(profiles).map((item) => readReference(item, 'capacityProfile', names)) }),
    ...(agents === undefined
      ? {}
      : { preferredAgentIds: list(agents).map((item) => readReference(item, 'agent', names)) }),
    ...(variables === undefined ? {} : { context: readVariables(variables) }),
  };
}

function readVariables(variables: ReadonlyMap<string, Place>): Readonly<Record<string, string | number>> {
  const values = [...variables].map(([name, place]): [string, string | number] => {
    if (name.trim() === '' || name.length > 100)
      throw new RuleProblem(place.path, 'Names of context variables have 1 to 100 characters');
    return [name, typeof place.value === 'number' ? place.value : readText(place)];
  });
  return Object.fromEntries(values);
}

/** A name, or a name with the rating that is asked for. */
function readSkill(place: Place, names: RuleNames): RequiredSkill {
  if (typeof place.value === 'string') return { skillId: readReference(place, 'skill', names) };
  const members = readObject(place, ['skill', 'rating']);
  const skillId = readReference(readMember(members, 'skill', place), 'skill', names);
  const rating = members.get('rating');
  return rating === undefined ? { skillId } : { skillId, rating: readRating(rating, names) };
}

/** A number from 0 to 1, or a rating value. */
function readRating(place: Place, names: RuleNames): number {
  if (typeof place.value === 'string') return names.rating(readReference(place, 'ratingValue', names));
  return readNumber(place, { least: 0, most: 1, isWhole: false });
}

function readRouteRule(rule: Place, names: RuleNames): RouteRule {
  const members = readObject(rule, ['name', 'when', 'queue', 'queues', 'ignoresOverflow']);
  const ignoresOverflow = members.get('ignoresOverflow');
  return {
    name: readText(readMember(members, 'name', rule)),
    when: parseCondition(members.get('when'), { scope: 'conversation', names }),
    queues: readQueues(rule, members, names),
    ...(ignoresOverflow === undefined ? {} : { ignoresOverflow: readBoolean(ignoresOverflow) }),
  };
}

function readQueues(rule: Place, members: ReadonlyMap<string, Place>, names: RuleNames): RouteRule['queues'] {
  const [single, several] = [members.get('queue'), members.get('queues')];
  if ((single === undefined) === (several === undefined))
    throw new RuleProblem(rule.path, "Exactly one of 'queue' and 'queues' is expected");
  if (single !== undefined) return [{ queueId: readReference(single, 'queue', names), percent: 100 }];
  const list = readMember(members, 'queues', rule);
  const queues = readList(list, { least: 1, most: mostSplitQueues }).map((place) => {
    const parts = readObject(place, ['queue', 'percent']);
    return {
      queueId: readReference(readMember(parts, 'queue', place), 'queue', names),
      percent: readNumber(readMember(parts, 'percent', place), { least: 1, most: 100, isWhole: true }),
    };
  });
  const sum = queues.reduce((total, { percent }) => total + percent, 0);
  if (sum !== 100) throw new RuleProblem(list.path, `The percentages add up to ${sum}, not to 100`);
  return queues;
}

function readPrioritizationRule(rule: Place, names: RuleNames): PrioritizationRule {
  const members = readObject(rule, ['name', 'when', 'orderBy']);
  const orderBy = members.get('orderBy');
  const context = { scope: 'conversation', names } as const;
  const result = {
    name: readText(readMember(members, 'name', rule)),
    when: parseCondition(members.get('when'), context),
  };
  if (orderBy === undefined) return result;
  const order = readObject(orderBy, ['path', 'descending']);
  const path = parsePath(readMember(order, 'path', orderBy), context);
  return { ...result, orderBy: { path, ...readDirection(order) } };
}

function readDirection(members: ReadonlyMap<string, Place>): { readonly descending?: boolean } {
  const descending = members.get('descending');
  return descending === undefined ? {} : { descending: readBoolean(descending) };
}

function readAssignmentRule(rule: Place, names: RuleNames): AssignmentRule {
  const members = readObject(rule, ['name', 'when', 'orderBy']);
  const orders = members.get('orderBy');
  return {
    name: readText(readMember(members, 'name', rule)),
    when: parseCondition(members.get('when'), { scope: 'agent', names }),
    orderBy:
      orders === undefined ? [] : readList(orders, { least: 0, most: 5 }).map((order) => readOrder(order, names)),
  };
}

const plainOrders = ['leastActive', 'roundRobin', 'unitCapacity', 'proficiency', 'skillCount'] as const;

function readOrder(place: Place, names: RuleNames): AssignmentOrder {
  if (typeof place.value === 'string') return { by: readChoice(place, plainOrders) };
  const members = readObject(place, ['by', 'profile', 'path', 'descending']);
  const by = readChoice(readMember(members, 'by', place), [...plainOrders, 'profileCapacity', 'attribute']);
  const direction = readDirection(members);
  const needless = by === 'profileCapacity' ? 'path' : by === 'attribute' ? 'profile' : undefined;
  for (const name of needless === undefined ? ['profile', 'path'] : [needless]) {
    const extra = members.get(name);
    if (extra !== undefined) throw new RuleProblem(extra.path, `Order by '${by}' takes no '${name}'`);
  }
  if (by === 'profileCapacity')
    return {
      by,
      profileId: readReference(readMember(members, 'profile', place), 'capacityProfile', names),
      ...direction,
    };
  if (by === 'attribute')
    return { by, path: parsePath(readMember(members, 'path', place), { scope: 'agent', names }), ...direction };
  return { by, ...direction };
}

function readOverflowRule(rule: Place, names: RuleNames): OverflowRule {
  const members = readObject(rule, ['name', 'when', 'action']);
  return {
    name: readText(readMember(members, 'name', rule)),
    when: readOverflowCondition(readMember(members, 'when', rule)),
    action: readOverflowAction(readMember(members, 'action', rule), names),
  };
}

/** Limits: behaviour reference, section 4.7. */
function readOverflowCondition(place: Place): OverflowCondition {
  if (typeof place.value === 'string') return { kind: readChoice(place, ['outsideHours']) };
  const members = readObject(place, ['queueLength', 'averageWaitSeconds', 'waitingLongerSeconds']);
  const [entry, another] = members;
  if (entry === undefined || another !== undefined)
    throw new RuleProblem(place.path, 'Exactly one condition is expected');
  const [name, limit] = entry;
  if (name === 'queueLength')
    return { kind: 'queueLength', atLeast: readNumber(limit, { least: 1, most: 100, isWhole: true }) };
  if (name === 'averageWaitSeconds')
    return { kind: 'averageWait', atLeastSeconds: readNumber(limit, { least: 30, most: 3600, isWhole: true }) };
  return {
    kind: 'waitingLonger',
    seconds: readNumber(limit, { least: 60, most: 2 * secondsPerDay, isWhole: true }),
  };
}

const plainActions = ['assignAnyway', 'end', 'callback', 'voicemail'] as const;

/** An action in a word, a transfer to a queue, a call to a number, or a row of `msdyn_overflowactionconfig`. */
function readOverflowAction(place: Place, names: RuleNames): OverflowAction {
  if (typeof place.value === 'string') return { kind: readChoice(place, plainActions) };
  const members = readObject(place, ['transferTo', 'external', 'config']);
  const [entry, another] = members;
  if (entry === undefined || another !== undefined) throw new RuleProblem(place.path, 'Exactly one action is expected');
  const [name, target] = entry;
  if (name === 'transferTo') return { kind: 'transfer', queueId: readReference(target, 'queue', names) };
  if (name === 'external') return { kind: 'external', target: readText(target) };
  const action = names.overflowAction(readReference(target, 'overflowAction', names));
  if (action === undefined)
    throw new RuleProblem(target.path, `The overflow action ${describe(target.value)} is unusable`);
  return action;
}

function readRelaxation(document: Place, names: RuleNames): readonly RelaxationStep[] {
  const members = readObject(document, ['kind', 'steps']);
  const steps = readList(readMember(members, 'steps', document), { least: 0, most: mostSteps });
  let before = 0;
  return steps.map((place) => {
    const step = readStep(place, names);
    if (step.afterSeconds <= before)
      throw new RuleProblem(
        `${place.path}.afterSeconds`,
        `Steps come in the order of time: more than ${before} is expected`,
      );
    before = step.afterSeconds;
    return step;
  });
}

function readStep(place: Place, names: RuleNames): RelaxationStep {
  const members = readObject(place, ['afterSeconds', 'dropSkills', 'lowerRatingBy']);
  const [drop, lower] = [members.get('dropSkills'), members.get('lowerRatingBy')];
  if (drop === undefined && lower === undefined)
    throw new RuleProblem(place.path, "One of 'dropSkills' and 'lowerRatingBy' is expected");
  return {
    afterSeconds: readNumber(readMember(members, 'afterSeconds', place), {
      least: 1,
      most: 7 * secondsPerDay,
      isWhole: true,
    }),
    ...(drop === undefined ? {} : { dropSkills: readDroppedSkills(drop, names) }),
    ...(lower === undefined ? {} : { lowerRatingBy: readNumber(lower, { least: 0, most: 1, isWhole: false }) }),
  };
}

function readDroppedSkills(place: Place, names: RuleNames): 'all' | readonly string[] {
  if (typeof place.value === 'string') return readChoice<'all'>(place, ['all']);
  return readList(place, { least: 1, most: 20 }).map((skill) => readReference(skill, 'skill', names));
}
