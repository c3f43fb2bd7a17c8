/** `@odata.context` fragments (reference: context values). */
import type { Output, Query } from '../plan/plan.ts';

/** `accounts(name,primarycontactid(fullname))`: the set with what was selected and expanded, if anything was. */
export function contextFragment(entitySetName: string, query: Query): string {
  const list = selectionList(query);
  return list === undefined ? entitySetName : `${entitySetName}(${list})`;
}

function selectionList(query: Query): string | undefined {
  const expands = query.outputs.filter((output) => output.kind !== 'property').map(expandFragment);
  if (query.selected === undefined && expands.length === 0) return undefined;
  return [...(query.selected ?? []), ...expands].join(',');
}

function expandFragment(output: Exclude<Output, { kind: 'property' }>): string {
  if (output.kind === 'principal') return `${output.property}()`;
  if (output.isReferenceOnly) return `${output.property}/$ref`;
  return `${output.property}(${selectionList(output.query) ?? ''})`;
}
