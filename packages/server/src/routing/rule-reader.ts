/**
 * Reads the members of a rule set's JSON, each with its path, so that a complaint can say where it is. What is wrong is thrown as a
 * `RuleProblem` and never leaves `parseRuleSet`.
 */
import { nearestName } from '../model/nearest-name.ts';
import type { NameKind, RuleNames } from './rule-names.ts';

export class RuleProblem extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.name = 'RuleProblem';
    this.path = path;
  }
}

/** A value and where it stands, e.g. `rules[2].set.skills[0]`. The whole document has an empty path. */
export type Place = { readonly value: unknown; readonly path: string };

const longestText = 1000;

const kindTexts: Readonly<Record<NameKind, string>> = {
  skill: 'skill',
  queue: 'queue',
  capacityProfile: 'capacity profile',
  agent: 'agent',
  ratingValue: 'rating value',
  overflowAction: 'overflow action',
  workStream: 'work stream',
};

/** An object that has no other members than these; which of them are there. */
export function readObject(place: Place, members: readonly string[]): ReadonlyMap<string, Place> {
  const found = readMembers(place);
  for (const name of found.keys()) {
    if (members.includes(name)) continue;
    const nearest = nearestName(name, members);
    const hint = nearest === undefined ? `Possible are ${members.join(', ')}` : `Did you mean '${nearest}'?`;
    throw new RuleProblem(memberPath(place.path, name), `There is no member '${shorten(name)}'. ${hint}`);
  }
  return found;
}

/** All members of an object whose names are free. */
export function readMembers({ value, path }: Place): ReadonlyMap<string, Place> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RuleProblem(path, `An object is expected, not ${describe(value)}`);
  const members: readonly [string, unknown][] = Object.entries(value);
  return new Map(members.map(([name, member]) => [name, { value: member, path: memberPath(path, name) }]));
}

function memberPath(path: string, name: string): string {
  const isPlain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
  if (!isPlain) return `${path}[${JSON.stringify(shorten(name))}]`;
  return path === '' ? name : `${path}.${name}`;
}

export function readMember(members: ReadonlyMap<string, Place>, name: string, owner: Place): Place {
  const member = members.get(name);
  if (member === undefined) throw new RuleProblem(owner.path, `The member '${name}' is missing`);
  return member;
}

export function readList({ value, path }: Place, limits: { readonly least: number; readonly most: number }): Place[] {
  if (!Array.isArray(value)) throw new RuleProblem(path, `A list is expected, not ${describe(value)}`);
  if (value.length < limits.least)
    throw new RuleProblem(path, `At least ${limits.least} expected, but there are ${value.length}`);
  if (value.length > limits.most)
    throw new RuleProblem(path, `At most ${limits.most} are possible, but there are ${value.length}`);
  return value.map((item: unknown, index) => ({ value: item, path: `${path}[${index}]` }));
}

export function readText({ value, path }: Place): string {
  if (typeof value !== 'string') throw new RuleProblem(path, `A text is expected, not ${describe(value)}`);
  if (value.trim() === '') throw new RuleProblem(path, 'The text is empty');
  if (value.length > longestText) throw new RuleProblem(path, `The text is longer than ${longestText} characters`);
  return value;
}

export function readBoolean({ value, path }: Place): boolean {
  if (typeof value !== 'boolean') throw new RuleProblem(path, `true or false is expected, not ${describe(value)}`);
  return value;
}

export function readNumber(
  { value, path }: Place,
  { least, most, isWhole }: { readonly least: number; readonly most: number; readonly isWhole: boolean },
): number {
  if (typeof value !== 'number' || value < least || value > most || (isWhole && !Number.isInteger(value)))
    throw new RuleProblem(
      path,
      `A ${isWhole ? 'whole number' : 'number'} from ${least} to ${most} is expected, not ${describe(value)}`,
    );
  return value;
}

export function readChoice<Choice extends string>(place: Place, choices: readonly Choice[]): Choice {
  const text = readText(place);
  const choice = choices.find((candidate) => candidate === text);
  if (choice !== undefined) return choice;
  const nearest = nearestName(text, choices);
  const hint = nearest === undefined ? `Possible are ${choices.join(', ')}` : `Did you mean '${nearest}'?`;
  throw new RuleProblem(place.path, `'${shorten(text)}' is not possible here. ${hint}`);
}

/** The id of a thing that stands here by id or name. */
export function readReference(place: Place, kind: NameKind, names: RuleNames): string {
  return resolveName(readText(place), place.path, kind, names);
}

export function resolveName(text: string, path: string, kind: NameKind, names: RuleNames): string {
  const finding = names.find(kind, text);
  if (finding.kind === 'found') return finding.id;
  if (finding.kind === 'ambiguous')
    throw new RuleProblem(path, `Several ${kindTexts[kind]}s are named '${shorten(text)}': give the id`);
  const hint = finding.nearest === undefined ? '' : `. Did you mean '${finding.nearest}'?`;
  throw new RuleProblem(path, `There is no ${kindTexts[kind]} '${shorten(text)}'${hint}`);
}

export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? `'${shorten(value)}'` : String(value);
}

function shorten(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 97)}...`;
}
