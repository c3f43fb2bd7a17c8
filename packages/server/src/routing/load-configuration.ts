/**
 * The routing configuration from its rows. What each row says is described in docs/routing-configuration.md. Nothing in the rows makes
 * this fail: what cannot be used is left out and reported.
 */
import type { RoutingConfiguration } from '@parley/engine';
import type { Database } from '../db/database.ts';
import { buildAgents, buildProfiles, readMemberships } from './build-agents.ts';
import { buildOperatingHours } from './build-operating-hours.ts';
import { buildCentreSettings } from './build-presences.ts';
import { buildQueues, readQueueRows } from './build-queues.ts';
import { buildRuleNames } from './build-rule-names.ts';
import { buildSkills } from './build-skills.ts';
import { buildWorkStreams, readWorkStreamRows } from './build-work-streams.ts';
import { type ConfigurationSource, readInSnapshot } from './configuration-source.ts';
import { openRuleSets } from './rule-set-store.ts';

export type LoadedConfiguration = {
  readonly configuration: RoutingConfiguration;
  /** What is left out, one sentence each, for the log and the administrator. */
  readonly problems: readonly string[];
};

/**
 * Reads everything in one snapshot. The same rows give the same version.
 * @throws only what the database throws
 */
export function loadRoutingConfiguration(database: Database): Promise<LoadedConfiguration> {
  return readInSnapshot(database, load);
}

async function load(source: ConfigurationSource): Promise<LoadedConfiguration> {
  const problems: string[] = [];
  const { presences, declineLimit } = await buildCentreSettings(source, problems);
  const hours = await buildOperatingHours(source, problems);
  const profiles = await buildProfiles(source);
  const memberships = await readMemberships(source);
  const skills = await buildSkills(source);
  const { agents, names: agentNames } = await buildAgents(source, { profiles, memberships, skills });
  const queueRows = await readQueueRows(source);
  const workStreamRows = await readWorkStreamRows(source);
  const names = await buildRuleNames(source, {
    skills,
    profiles,
    agents: agentNames,
    queues: queueRows.map((row) => ({ id: row.queueid ?? '', names: [row.name ?? ''] })),
    workStreams: workStreamRows.map((row) => ({ id: row.msdyn_liveworkstreamid ?? '', names: [row.msdyn_name ?? ''] })),
  });
  const ruleSets = await openRuleSets(source, names, problems);
  const queues = await buildQueues(source, queueRows, { memberships, hours, ruleSets }, problems);
  const workStreams = await buildWorkStreams(
    source,
    workStreamRows,
    { queues, ruleSets, names, declineLimit },
    problems,
  );
  const configuration: RoutingConfiguration = {
    version: source.version(),
    workStreams,
    queues,
    agents,
    operatingHours: hours,
    presences,
    skillNames: skills.skillNames,
    profileNames: new Map([...profiles].map(([id, { name }]) => [id, name])),
  };
  return { configuration, problems };
}
