/** Rule sets by id, read when a step or a queue first asks for one. A bad one is reported once and counts as missing. */
import type { ConfigurationSource } from './configuration-source.ts';
import { parseRuleSet, type RuleSetContent, type RuleSetKind } from './parse-rule-set.ts';
import type { RuleNames } from './rule-names.ts';

export type RuleSet<Content> = { readonly id: string; readonly name: string; readonly content: Content };

export type RuleSetStore = {
  /** @param usedBy who asks, for the complaint; undefined when there is no such rule set, nothing in it, or something wrong with it */
  read<Kind extends RuleSetKind>(kind: Kind, id: string, usedBy: string): RuleSet<RuleSetContent[Kind]> | undefined;
};

export async function openRuleSets(
  source: ConfigurationSource,
  names: RuleNames,
  problems: string[],
): Promise<RuleSetStore> {
  const rows = await source.table('msdyn_decisionruleset', [
    'msdyn_decisionrulesetid',
    'msdyn_name',
    'msdyn_rulesetdefinition',
  ]);
  const byId = new Map(rows.map((row) => [row.msdyn_decisionrulesetid, row]));
  return {
    read(kind, id, usedBy) {
      const row = byId.get(id);
      if (row === undefined) {
        problems.push(`${usedBy}: its rule set ${id} is inactive`);
        return undefined;
      }
      const text = row.msdyn_rulesetdefinition ?? '';
      // Nobody has written it yet.
      if (text.trim() === '') return undefined;
      const result = parseRuleSet(kind, text, names);
      const name = row.msdyn_name ?? '';
      if (result.kind === 'ok') return { id, name, content: result.content };
      const place = result.path === '' ? '' : `${result.path}: `;
      problems.push(`Rule set '${name}' (${id}) of ${usedBy} is not used: ${place}${result.problem}`);
      return undefined;
    },
  };
}
