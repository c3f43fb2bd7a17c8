/** What rule sets may name, from the rows that have these names. */
import type { OverflowAction } from '@parley/engine';
import type { Profiles } from './build-agents.ts';
import type { Skills } from './build-skills.ts';
import type { ConfigurationSource } from './configuration-source.ts';
import { createRuleNames, type NamedThing, type RuleNames } from './rule-names.ts';

/** `msdyn_overflowactiontype`; default and staying in the queue are the same to routing. */
const actionKinds: ReadonlyMap<number, OverflowAction['kind']> = new Map([
  [192350000, 'assignAnyway'],
  [192350001, 'end'],
  [192350002, 'external'],
  [192350003, 'callback'],
  [192350004, 'voicemail'],
  [192350005, 'transfer'],
  [192350006, 'assignAnyway'],
]);

export type NamedRows = {
  readonly skills: Skills;
  readonly profiles: Profiles;
  readonly agents: readonly NamedThing[];
  readonly queues: readonly NamedThing[];
  readonly workStreams: readonly NamedThing[];
};

export async function buildRuleNames(source: ConfigurationSource, rows: NamedRows): Promise<RuleNames> {
  const { skillNames, ratings, ratingNames } = rows.skills;
  const actions = await source.table('msdyn_overflowactionconfig', [
    'msdyn_overflowactionconfigid',
    'msdyn_name',
    'msdyn_overflowactiontype',
    'msdyn_overflowactiondata',
  ]);
  const actionById = new Map(actions.map((row) => [row.msdyn_overflowactionconfigid ?? '', row]));
  const names: RuleNames = createRuleNames(
    {
      skill: [...skillNames].map(([id, name]) => ({ id, names: [name] })),
      queue: rows.queues,
      capacityProfile: [...rows.profiles].map(([id, { name }]) => ({ id, names: [name] })),
      agent: rows.agents,
      ratingValue: ratingNames,
      overflowAction: actions.map((row) => ({
        id: row.msdyn_overflowactionconfigid ?? '',
        names: [row.msdyn_name ?? ''],
      })),
      workStream: rows.workStreams,
    },
    {
      rating: (id) => ratings.get(id) ?? 1,
      overflowAction: (id) => {
        const row = actionById.get(id);
        const kind = actionKinds.get(Number(row?.msdyn_overflowactiontype));
        return row === undefined || kind === undefined
          ? undefined
          : readAction(kind, row.msdyn_overflowactiondata ?? '', names);
      },
    },
  );
  return names;
}

/** The data of the action: the target itself, or JSON that holds it as `queue`, `queueId` or `phoneNumber`. */
function readAction(kind: OverflowAction['kind'], data: string, names: RuleNames): OverflowAction | undefined {
  if (kind === 'assignAnyway' || kind === 'end') return { kind };
  const target = readTarget(data);
  if (kind !== 'transfer') return target === '' ? { kind } : { kind, target };
  const queue = names.find('queue', target);
  return queue.kind === 'found' ? { kind, queueId: queue.id } : undefined;
}

function readTarget(data: string): string {
  if (!data.trimStart().startsWith('{')) return data.trim();
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== 'object' || value === null) return '';
    const members: ReadonlyMap<string, unknown> = new Map(Object.entries(value));
    const target = members.get('queue') ?? members.get('queueId') ?? members.get('phoneNumber');
    return typeof target === 'string' ? target.trim() : '';
  } catch {
    return '';
  }
}
