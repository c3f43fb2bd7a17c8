/** The life of a conversation as a picture, made from the table of transitions so that the two never differ. */
import type { Status } from './conversation.ts';
import { transitions } from './transitions.ts';

const names: Readonly<Record<Status, string>> = {
  open: 'Open',
  active: 'Active',
  waiting: 'Waiting',
  wrapUp: 'WrapUp',
  closed: 'Closed',
};

/** A Mermaid `stateDiagram-v2`: one arrow for each pair of states, with all transitions between them. */
export function transitionDiagram(): string {
  const arrows = new Map<string, string[]>();
  for (const { id, from, to, label } of transitions) {
    for (const one of from) {
      const arrow = `${one === null ? '[*]' : names[one]} --> ${names[to]}`;
      arrows.set(arrow, [...(arrows.get(arrow) ?? []), `${id} ${label}`]);
    }
  }
  const lines = [...arrows].map(([arrow, labels]) => `    ${arrow}: ${labels.join('<br/>')}`);
  return ['stateDiagram-v2', ...lines, `    ${names.closed} --> [*]`].join('\n');
}
