/** Work streams: how their conversations live, what they take of an agent, and which rules route them. Sections 3, 4.1 and 4.4. */
import {
  type BasePresence,
  type ClassificationRuleSet,
  type ConversationKind,
  channelCodes,
  type Queue,
  type RelaxationStep,
  type RouteRule,
  type WorkStream,
} from '@parley/engine';
import { timeZoneName } from '../model/time-zones.ts';
import { buildPolicy, type PolicyRow, policyColumns, readPolicyParts } from './build-policy.ts';
import { presenceOfCode } from './build-presences.ts';
import { inOrder } from './build-queues.ts';
import {
  type ConfigurationSource,
  groupBy,
  readChoices,
  readFlag,
  readWhole,
  type SourceRow,
} from './configuration-source.ts';
import { mostRuleSets, parseRuleSet } from './parse-rule-set.ts';
import type { RuleNames } from './rule-names.ts';
import type { RuleSetStore } from './rule-set-store.ts';

const ownColumns = [
  'msdyn_liveworkstreamid',
  'msdyn_name',
  'msdyn_direction',
  'msdyn_allowedpresences',
  'msdyn_capacityformat',
  'msdyn_capacityrequired',
  'msdyn_matchinglogic',
  'msdyn_defaultqueue',
  'parley_relaxation',
  'parley_timezonecode',
] as const;

export type WorkStreamRow = SourceRow<(typeof ownColumns)[number]> & PolicyRow;

const pickMode = '192350001';
const persistentMode = '192350001';
const profileFormat = '192360000';
const matchings: ReadonlyMap<string | null, WorkStream['matching']> = new Map([
  ['192350000', 'exact'],
  ['192350001', 'closest'],
]);
/** Outbound, direct outbound, proactive outbound. */
const outboundDirections: ReadonlySet<string | null> = new Set(['1', '3', '4']);
const numberType = '192350001';

/** `msdyn_routingconfigurationstep.msdyn_type`. Skills are found by classification rules too. */
const classificationSteps: ReadonlySet<string | null> = new Set(['192350000', '192350001']);
const queueStep = '192350002';

export type WorkStreamParts = {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly ruleSets: RuleSetStore;
  readonly names: RuleNames;
  readonly declineLimit: number;
};

type Routing = { readonly classification: readonly ClassificationRuleSet[]; readonly routes: readonly RouteRule[] };

export function readWorkStreamRows(source: ConfigurationSource): Promise<WorkStreamRow[]> {
  return source.table('msdyn_liveworkstream', [...ownColumns, ...policyColumns]);
}

export async function buildWorkStreams(
  source: ConfigurationSource,
  rows: readonly WorkStreamRow[],
  parts: WorkStreamParts,
  problems: string[],
): Promise<ReadonlyMap<string, WorkStream>> {
  const policyParts = await readPolicyParts(source);
  const profilesOf = groupBy(
    await source.table('msdyn_liveworkstreamcapacityprofile', [
      'msdyn_liveworkstreamcapacityprofileid',
      'msdyn_workstream_id',
      'msdyn_capacityprofile_id',
    ]),
    (row) => row.msdyn_workstream_id,
  );
  const variablesOf = groupBy(
    await source.table('msdyn_ocliveworkstreamcontextvariable', [
      'msdyn_ocliveworkstreamcontextvariableid',
      'msdyn_liveworkstreamid',
      'msdyn_name',
      'msdyn_datatype',
    ]),
    (row) => row.msdyn_liveworkstreamid,
  );
  const routingOf = await readRouting(source, rows, parts.ruleSets, problems);
  const workStreams = new Map<string, WorkStream>();
  for (const row of rows) {
    const id = row.msdyn_liveworkstreamid ?? '';
    const kind = kindOf(row);
    const fallbackQueueId = fallbackOf(row, kind, parts.queues);
    if (fallbackQueueId === undefined) {
      problems.push(`Work stream '${row.msdyn_name}' is not used: it has no default queue, and neither has its kind`);
      continue;
    }
    const relaxation = relaxationOf(row, parts.names, problems);
    workStreams.set(id, {
      id,
      name: row.msdyn_name ?? '',
      channel: Number(row.msdyn_streamsource),
      kind,
      distribution: row.msdyn_workdistributionmode === pickMode ? 'pick' : 'push',
      isOutbound: outboundDirections.has(row.msdyn_direction),
      allowedPresences: presencesOf(row),
      demand: demandOf(
        row,
        (profilesOf.get(id) ?? []).map((profile) => profile.msdyn_capacityprofile_id),
      ),
      matching: matchings.get(row.msdyn_matchinglogic) ?? 'none',
      policy: buildPolicy(row, { id, kind, declineLimit: parts.declineLimit, relaxation }, policyParts),
      ...(routingOf.get(id) ?? { classification: [], routes: [] }),
      fallbackQueueId,
      relaxation,
      contextVariables: Object.fromEntries(
        (variablesOf.get(id) ?? []).map((variable) => [
          variable.msdyn_name ?? '',
          variable.msdyn_datatype === numberType ? 'number' : 'text',
        ]),
      ),
      timeZone: row.parley_timezonecode === null ? 'UTC' : timeZoneName(Number(row.parley_timezonecode)),
    });
  }
  return workStreams;
}

/** Only live chat has two modes; every other messaging channel waits for the customer (section 7). */
function kindOf(row: WorkStreamRow): ConversationKind {
  switch (Number(row.msdyn_streamsource)) {
    case channelCodes.records:
      return 'record';
    case channelCodes.voice:
    case channelCodes.voiceCall:
      return 'voice';
    case channelCodes.liveChat:
      return row.msdyn_conversationmode === persistentMode ? 'persistent' : 'live';
    default:
      return 'persistent';
  }
}

/** The stream's own, else the default queue of its kind; calls may wait in a messaging queue where there is none for them. */
function fallbackOf(
  row: WorkStreamRow,
  kind: ConversationKind,
  queues: ReadonlyMap<string, Queue>,
): string | undefined {
  if (row.msdyn_defaultqueue !== null && queues.has(row.msdyn_defaultqueue)) return row.msdyn_defaultqueue;
  const wanted: readonly Queue['kind'][] =
    kind === 'record' ? ['record'] : kind === 'voice' ? ['voice', 'messaging'] : ['messaging'];
  for (const queueKind of wanted) {
    const found = [...queues.values()].find((queue) => queue.isDefault && queue.kind === queueKind);
    if (found !== undefined) return found.id;
  }
  return undefined;
}

function presencesOf(row: WorkStreamRow): readonly BasePresence[] {
  const presences = readChoices(row.msdyn_allowedpresences).map(presenceOfCode);
  const known = presences.filter((presence) => presence !== undefined);
  return known.length === 0 ? ['available'] : known;
}

function demandOf(row: WorkStreamRow, profileIds: readonly (string | null)[]): WorkStream['demand'] {
  if (row.msdyn_capacityformat !== profileFormat)
    return { units: readWhole(row.msdyn_capacityrequired) ?? 0, profileIds: [] };
  return { units: 0, profileIds: [...new Set(profileIds.filter((id) => id !== null))] };
}

function relaxationOf(row: WorkStreamRow, names: RuleNames, problems: string[]): readonly RelaxationStep[] {
  const text = row.parley_relaxation ?? '';
  if (text.trim() === '') return [];
  const result = parseRuleSet('relaxation', text, names);
  if (result.kind === 'ok') return result.content;
  problems.push(`Relaxation of work stream '${row.msdyn_name}' is not used: ${result.path}: ${result.problem}`);
  return [];
}

/** The rule sets of each work stream's active configuration, in the order of its steps. */
async function readRouting(
  source: ConfigurationSource,
  rows: readonly WorkStreamRow[],
  ruleSets: RuleSetStore,
  problems: string[],
): Promise<ReadonlyMap<string, Routing>> {
  const configurations = await source.table('msdyn_routingconfiguration', [
    'msdyn_routingconfigurationid',
    'msdyn_liveworkstreamid',
    'msdyn_isactiveconfiguration',
  ]);
  const active = configurations.filter((row) => readFlag(row.msdyn_isactiveconfiguration));
  const configurationsOf = groupBy(active, (row) => row.msdyn_liveworkstreamid);
  const steps = await source.table('msdyn_routingconfigurationstep', [
    'msdyn_routingconfigurationstepid',
    'msdyn_routingconfigurationid',
    'msdyn_rulesetid',
    'msdyn_steporder',
    'msdyn_type',
    'msdyn_name',
  ]);
  const stepsOf = groupBy(inOrder(steps), (row) => row.msdyn_routingconfigurationid);
  const routing = new Map<string, Routing>();
  for (const row of rows) {
    const used = configurationsOf.get(row.msdyn_liveworkstreamid ?? '') ?? [];
    if (used.length > 1)
      problems.push(`Work stream '${row.msdyn_name}': ${used.length} active routing configurations, the first is used`);
    const ownSteps = stepsOf.get(used[0]?.msdyn_routingconfigurationid ?? '') ?? [];
    routing.set(
      row.msdyn_liveworkstreamid ?? '',
      readSteps(ownSteps, `work stream '${row.msdyn_name}'`, ruleSets, problems),
    );
  }
  return routing;
}

function readSteps(
  steps: readonly SourceRow<'msdyn_rulesetid' | 'msdyn_type' | 'msdyn_name'>[],
  user: string,
  ruleSets: RuleSetStore,
  problems: string[],
): Routing {
  const classification: ClassificationRuleSet[] = [];
  let routes: readonly RouteRule[] | undefined;
  for (const { msdyn_rulesetid: id, msdyn_type: type, msdyn_name: name } of steps) {
    if (id === null) continue;
    if (classificationSteps.has(type)) {
      const ruleSet = ruleSets.read('classification', id, user);
      if (ruleSet !== undefined) classification.push({ id, name: ruleSet.name, rules: ruleSet.content });
    } else if (type === queueStep && routes === undefined) {
      routes = ruleSets.read('routeToQueue', id, user)?.content;
    } else if (type === queueStep)
      problems.push(`Step '${name}' of ${user} is not used: there is one step to find the queue`);
    else problems.push(`Step '${name}' of ${user} is not used: groups of agents are not looked for`);
  }
  if (classification.length > mostRuleSets)
    problems.push(`${classification.length} classification rule sets of ${user}: the first ${mostRuleSets} are used`);
  return { classification: classification.slice(0, mostRuleSets), routes: routes ?? [] };
}
