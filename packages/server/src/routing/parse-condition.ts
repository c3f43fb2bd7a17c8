/**
 * Conditions of rule sets: JSON in, the engine's `Condition` out. Which facts there are to ask about: behaviour reference, sections 4.1
 * and 4.3, and docs/routing-configuration.md.
 */
import { basePresenceCodes, type ComparisonOperator, type Condition, channelCodes, type Scalar } from '@parley/engine';
import { nearestName } from '../model/nearest-name.ts';
import { agentAttributes } from './agent-attributes.ts';
import type { NameKind, RuleNames } from './rule-names.ts';
import {
  describe,
  type Place,
  RuleProblem,
  readChoice,
  readList,
  readMember,
  readMembers,
  readObject,
  readText,
  resolveName,
} from './rule-reader.ts';

/** Levels of `and`, `or` and `not` inside each other. */
const deepestCondition = 5;
/** `and` and `or` between the comparisons of one rule. */
const mostJoins = 15;
const mostListedValues = 100;

/** Whether the rules look at agents too. */
type ConditionScope = 'conversation' | 'agent';

type ConditionContext = { readonly scope: ConditionScope; readonly names: RuleNames };

const operators = [
  'eq',
  'ne',
  'gt',
  'ge',
  'lt',
  'le',
  'in',
  'notIn',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'isNull',
  'notNull',
  'between',
] as const satisfies readonly ComparisonOperator[];

/** Facts of the conversation and of the moment; `context.` and `customer.` go on with any name. */
const fixedPaths = [
  'conversation.channel',
  'conversation.kind',
  'conversation.workStreamId',
  'conversation.priority',
  'conversation.locale',
  'conversation.isOutbound',
  'conversation.subject',
  'conversation.queueId',
  'time.weekday',
  'time.hour',
  'time.minuteOfDay',
  'time.date',
];
const freePath = /^(context\..{1,200}|customer(\.[A-Za-z_][A-Za-z0-9_]{0,99}){1,2})$/s;

const agentPaths = [
  'agent.presence',
  'agent.unitsAvailable',
  'agent.isWorking',
  'agent.conversationCount',
  'agent.hasRequiredSkills',
  'agent.hasCapacity',
  ...agentAttributes.map((name) => `agent.${name}`),
];
/** These go on with the id or name of the thing. */
const agentThings: readonly { readonly prefix: string; readonly kind: NameKind }[] = [
  { prefix: 'agent.skill.', kind: 'skill' },
  { prefix: 'agent.profile.', kind: 'capacityProfile' },
];

/** Values that are things: names of them become ids. */
const thingValues: Readonly<Record<string, NameKind>> = {
  'conversation.queueId': 'queue',
  'conversation.workStreamId': 'workStream',
};
/** Values out of a short list. */
const listedValues: Readonly<Record<string, readonly string[]>> = {
  'conversation.kind': ['live', 'persistent', 'voice', 'record'],
  'agent.presence': Object.keys(basePresenceCodes),
};

/** The condition at this place; always, where there is none. */
export function parseCondition(place: Place | undefined, context: ConditionContext): Condition {
  if (place === undefined || place.value === 'always') return { kind: 'always' };
  const joins = { left: mostJoins };
  return parseWithin(place, context, 0, joins);
}

function parseWithin(place: Place, context: ConditionContext, depth: number, joins: { left: number }): Condition {
  if (depth > deepestCondition)
    throw new RuleProblem(place.path, `Conditions are nested more than ${deepestCondition} levels deep`);
  const members = readMembers(place);
  for (const kind of ['and', 'or'] as const) {
    if (!members.has(kind)) continue;
    const list = readMember(readObject(place, [kind]), kind, place);
    const parts = readList(list, { least: 1, most: mostJoins + 1 });
    joins.left -= parts.length - 1;
    if (joins.left < 0)
      throw new RuleProblem(list.path, `A rule joins at most ${mostJoins + 1} comparisons with 'and' and 'or'`);
    return { kind, conditions: parts.map((part) => parseWithin(part, context, depth + 1, joins)) };
  }
  if (members.has('not')) {
    const inner = readMember(readObject(place, ['not']), 'not', place);
    return { kind: 'not', condition: parseWithin(inner, context, depth + 1, joins) };
  }
  return parseComparison(place, context);
}

function parseComparison(place: Place, context: ConditionContext): Condition {
  const members = readObject(place, ['path', 'operator', 'value', 'and', 'or', 'not']);
  const path = parsePath(readMember(members, 'path', place), context);
  const operator = readChoice(readMember(members, 'operator', place), operators);
  const value = members.get('value');
  if (operator === 'isNull' || operator === 'notNull') {
    if (value !== undefined) throw new RuleProblem(value.path, `'${operator}' takes no value`);
    return { kind: 'compare', path, operator };
  }
  const given = readMember(members, 'value', place);
  if (operator === 'in' || operator === 'notIn' || operator === 'between') {
    const limits = operator === 'between' ? { least: 2, most: 2 } : { least: 1, most: mostListedValues };
    return {
      kind: 'compare',
      path,
      operator,
      value: readList(given, limits).map((item) => parseValue(item, path, context)),
    };
  }
  if (typeof given.value !== 'object' || given.value === null)
    return { kind: 'compare', path, operator, value: parseValue(given, path, context) };
  const other = readMember(readObject(given, ['path']), 'path', given);
  return { kind: 'compare', path, operator, value: { path: parsePath(other, context) } };
}

/** A dotted path that leads to a fact; names of skills and profiles in it become ids. */
export function parsePath(place: Place, { scope, names }: ConditionContext): string {
  const text = readText(place);
  if (fixedPaths.includes(text) || freePath.test(text)) return text;
  if (scope === 'agent') {
    if (agentPaths.includes(text)) return text;
    const thing = agentThings.find(({ prefix }) => text.startsWith(prefix) && text.length > prefix.length);
    if (thing !== undefined)
      return `${thing.prefix}${resolveName(text.slice(thing.prefix.length), place.path, thing.kind, names)}`;
  }
  throw new RuleProblem(place.path, `There is no fact ${describe(text)}${hintFor(text, scope)}`);
}

function hintFor(text: string, scope: ConditionScope): string {
  const nearest = nearestName(text, scope === 'agent' ? [...fixedPaths, ...agentPaths] : fixedPaths);
  if (nearest !== undefined) return `. Did you mean '${nearest}'?`;
  if (scope === 'agent') return ': paths begin with conversation, context, customer, time or agent';
  if (text.startsWith('agent.')) return ' here: only assignment rules ask about agents';
  return ': paths begin with conversation, context, customer or time';
}

function parseValue(place: Place, path: string, { names }: ConditionContext): Scalar {
  const { value } = place;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === null) throw new RuleProblem(place.path, "null equals nothing: use 'isNull' or 'notNull'");
  if (typeof value !== 'string')
    throw new RuleProblem(place.path, `A text, a number, true or false is expected, not ${describe(value)}`);
  if (path === 'conversation.channel' && !/^\d+$/.test(value)) return channelCode(place);
  const kind = thingValues[path];
  if (kind !== undefined) return resolveName(readText(place), place.path, kind, names);
  const choices = listedValues[path];
  return choices === undefined ? (value === '' ? value : readText(place)) : readChoice(place, choices);
}

/** Channels by name, as the engine calls them. */
function channelCode(place: Place): number {
  // Object.keys forgets that these are exactly the names of the channels.
  const channels = Object.keys(channelCodes) as (keyof typeof channelCodes)[];
  return channelCodes[readChoice(place, channels)];
}
