/** Who can be given work: members of queues, agents and supervisors, with their capacity, profiles and skills. Sections 4.3 and 4.4. */
import type { AgentCapacityProfile, AgentProfile } from '@parley/engine';
import { timeZoneName } from '../model/time-zones.ts';
import { agentAttributes } from './agent-attributes.ts';
import type { Skills } from './build-skills.ts';
import { type ConfigurationSource, readFlag, readWhole } from './configuration-source.ts';
import type { NamedThing } from './rule-names.ts';

const defaultUnitCapacity = 100;
const dailyReset = 192350001;

export type Profiles = ReadonlyMap<string, { readonly name: string } & AgentCapacityProfile>;

export type Membership = { readonly queueId: string; readonly agentId: string; readonly since: number };

export async function buildProfiles(source: ConfigurationSource): Promise<Profiles> {
  const rows = await source.table('msdyn_capacityprofile', [
    'msdyn_capacityprofileid',
    'msdyn_name',
    'msdyn_defaultmaxunits',
    'msdyn_resetduration',
    'msdyn_blockassignment',
  ]);
  return new Map(
    rows.map((row) => [
      row.msdyn_capacityprofileid ?? '',
      {
        name: row.msdyn_name ?? '',
        limit: readWhole(row.msdyn_defaultmaxunits) ?? 0,
        reset: readWhole(row.msdyn_resetduration) === dailyReset ? 'daily' : 'immediate',
        isBlocking: readFlag(row.msdyn_blockassignment),
      },
    ]),
  );
}

/** In the order of being added. Ids made by the database carry that time; seeded members were there before all of them. */
export async function readMemberships(source: ConfigurationSource): Promise<readonly Membership[]> {
  const rows = await source.query(
    `SELECT m.queueid, m.systemuserid,
       coalesce(round(extract(epoch FROM uuid_extract_timestamp(m.queuemembershipid)) * 1000), 0)::bigint AS since
     FROM data.queuemembership m ORDER BY since, m.queuemembershipid`,
  );
  return rows.map(([queueId, agentId, since]) => ({
    queueId: queueId ?? '',
    agentId: agentId ?? '',
    since: Number(since),
  }));
}

/** Roles by name: every business unit has its own copy of a role. */
const agentStatement = `
  SELECT u.systemuserid, u.isdisabled, u.msdyn_capacity, u.msdyn_defaultpresenceiduser, s.timezonecode,
    coalesce(h.is_supervisor, false), u.domainname, ${agentAttributes.map((name) => `u.${name}`).join(', ')}
  FROM data.systemuser u
  LEFT JOIN data.usersettings s ON s.systemuserid = u.systemuserid
  LEFT JOIN (SELECT ur.systemuserid, bool_or(r.name = 'Omnichannel supervisor') AS is_supervisor
    FROM data.role r JOIN data.systemuserroles ur ON ur.roleid = r.roleid
    WHERE r.name IN ('Omnichannel agent', 'Omnichannel supervisor') GROUP BY ur.systemuserid) h
    ON h.systemuserid = u.systemuserid
  WHERE h.systemuserid IS NOT NULL OR u.systemuserid IN (SELECT systemuserid FROM data.queuemembership)
  ORDER BY u.systemuserid`;

/** One row per person, each skill with its rating value: one row per skill took three times as long with 10,000 agents. */
const skillStatement = `
  SELECT b.userid, string_agg(k.characteristic || '=' || coalesce(k.ratingvalue::text, ''), ',' ORDER BY k.characteristic, k.ratingvalue)
  FROM data.bookableresource b
  JOIN data.bookableresourcecharacteristic k ON k.resource = b.bookableresourceid AND k.statecode = 0
  WHERE b.statecode = 0 AND b.userid IS NOT NULL GROUP BY b.userid ORDER BY b.userid`;

const agentProfileStatement = `
  SELECT b.userid, p.msdyn_capacityprofileid, max(p.msdyn_maxunits)
  FROM data.msdyn_bookableresourcecapacityprofile p
  JOIN data.bookableresource b ON b.bookableresourceid = p.msdyn_bookableresourceid AND b.statecode = 0 AND b.userid IS NOT NULL
  WHERE p.statecode = 0 AND p.msdyn_capacityprofileid IS NOT NULL
  GROUP BY b.userid, p.msdyn_capacityprofileid ORDER BY b.userid, p.msdyn_capacityprofileid`;

export type Agents = {
  readonly agents: ReadonlyMap<string, AgentProfile>;
  /** What rules may call them. */
  readonly names: readonly NamedThing[];
};

export type AgentParts = {
  readonly profiles: Profiles;
  readonly memberships: readonly Membership[];
  readonly skills: Skills;
};

export async function buildAgents(
  source: ConfigurationSource,
  { profiles, memberships, skills }: AgentParts,
): Promise<Agents> {
  const skillsOf = new Map<string, Readonly<Record<string, number>>>();
  for (const [userId, list] of await source.query(skillStatement)) {
    skillsOf.set(userId ?? '', readSkills(list ?? '', skills));
  }
  const limits = new Map<string, Record<string, AgentCapacityProfile>>();
  for (const [userId, profileId, units] of await source.query(agentProfileStatement)) {
    const profile = profiles.get(profileId ?? '');
    if (profile === undefined) continue;
    const { limit, reset, isBlocking } = profile;
    recordOf(limits, userId)[profileId ?? ''] = { limit: readWhole(units ?? null) ?? limit, reset, isBlocking };
  }
  const queues = new Map<string, Record<string, number>>();
  for (const { queueId, agentId, since } of memberships) recordOf(queues, agentId)[queueId] = since;
  const agents = new Map<string, AgentProfile>();
  const names: NamedThing[] = [];
  for (const row of await source.query(agentStatement)) {
    const [
      id = null,
      isDisabled = null,
      capacity = null,
      presenceId = null,
      zone = null,
      isSupervisor = null,
      signInName,
      ...values
    ] = row;
    if (id === null) continue;
    const attributes = Object.fromEntries(agentAttributes.map((name, index) => [name, values[index] ?? null]));
    const name = attributes['fullname'] ?? '';
    names.push({ id, names: [name, signInName ?? name].filter((text) => text !== '') });
    agents.set(id, {
      id,
      name,
      unitCapacity: readWhole(capacity) ?? defaultUnitCapacity,
      defaultPresenceId: presenceId,
      isSupervisor: readFlag(isSupervisor),
      isEnabled: !readFlag(isDisabled),
      capacityProfiles: limits.get(id) ?? {},
      skills: skillsOf.get(id) ?? {},
      queues: queues.get(id) ?? {},
      attributes,
      timeZone: timeZoneName(readWhole(zone) ?? -1),
    });
  }
  return { agents, names };
}

/** A skill without a rating counts as full; where one stands twice, the better rating counts. */
function readSkills(list: string, { skillNames, ratings }: Skills): Readonly<Record<string, number>> {
  const rated: Record<string, number> = {};
  for (const entry of list.split(',')) {
    const [skillId = '', ratingId = ''] = entry.split('=');
    if (!skillNames.has(skillId)) continue;
    rated[skillId] = Math.max(rated[skillId] ?? 0, ratings.get(ratingId) ?? 1);
  }
  return rated;
}

function recordOf<Value>(
  records: Map<string, Record<string, Value>>,
  id: string | null | undefined,
): Record<string, Value> {
  const key = id ?? '';
  const record = records.get(key) ?? {};
  records.set(key, record);
  return record;
}
