/** Reads a user's roles, teams, business units and settings from the database and sums them up into a Principal. */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { timeZoneName } from '../model/time-zones.ts';
import type { Principal, Reach } from './caller.ts';
import { depthMasks } from './privileges.ts';

/** One statement, so that everything is seen at one moment. Access teams (teamtype 1) give no privileges. */
const principalQuery = `
  WITH RECURSIVE u AS (
    SELECT s.systemuserid, s.fullname, s.businessunitid, coalesce(s.isdisabled, false) AS isdisabled, coalesce(s.accessmode, 0) AS accessmode
    FROM data.systemuser s WHERE s.systemuserid = $1
  ), units AS (
    SELECT businessunitid AS unit, businessunitid AS member FROM data.businessunit
    UNION ALL
    SELECT units.unit, b.businessunitid FROM data.businessunit b JOIN units ON b.parentbusinessunitid = units.member
  ), teams AS (
    SELECT t.teamid, t.businessunitid, coalesce(t.teamtype, 0) AS teamtype
    FROM data.teammembership m JOIN data.team t USING (teamid) WHERE m.systemuserid = $1
  ), grants AS (
    SELECT r.roleid, 'user' AS holder, u.systemuserid AS holderid, u.businessunitid
    FROM u JOIN data.systemuserroles r ON r.systemuserid = u.systemuserid
    UNION ALL
    SELECT r.roleid, CASE WHEN coalesce(role.isinherited, 1) = 1 THEN 'teamAndUser' ELSE 'team' END, teams.teamid, teams.businessunitid
    FROM teams JOIN data.teamroles r USING (teamid) JOIN data.role USING (roleid) WHERE teams.teamtype <> 1
  )
  SELECT u.systemuserid, u.fullname, u.businessunitid, u.isdisabled, u.accessmode,
    (SELECT json_agg(teamid) FROM teams) AS teams,
    (SELECT count(DISTINCT roleid) FROM grants) AS roles,
    (SELECT json_agg(json_build_array(p.name, rp.privilegedepthmask, g.holder, g.holderid, g.businessunitid))
       FROM grants g JOIN data.roleprivileges rp USING (roleid) JOIN data.privilege p USING (privilegeid)) AS privileges,
    (SELECT json_object_agg(unit, members) FROM (SELECT unit, json_agg(member) AS members FROM units GROUP BY unit) x) AS units,
    settings.timezonecode, settings.uilanguageid
  FROM u LEFT JOIN data.usersettings settings USING (systemuserid)`;

type Grant = readonly [
  privilege: string,
  depthMask: number,
  holder: 'user' | 'team' | 'teamAndUser',
  holderId: string,
  unit: string,
];

/** The user as a Principal, or undefined when no such user exists. */
export async function loadPrincipal(pool: Pool, userId: string): Promise<Principal | undefined> {
  const result = await pool.query<Record<string, string | null>>(principalQuery, [userId]);
  const row = result.rows[0];
  if (row === undefined) return undefined;
  // The statement above fixes these shapes.
  const teamIds = JSON.parse(row['teams'] ?? '[]') as string[];
  const grants = JSON.parse(row['privileges'] ?? '[]') as Grant[];
  const units = JSON.parse(row['units'] ?? '{}') as Record<string, string[]>;
  const reaches = sumReaches(userId, teamIds, grants, units);
  return {
    userId,
    fullName: row['fullname'] ?? '',
    businessUnitId: row['businessunitid'] ?? '',
    teamIds,
    sharePrincipals: [userId, ...teamIds],
    isDisabled: row['isdisabled'] === 't',
    accessMode: Number(row['accessmode'] ?? 0),
    roleCount: Number(row['roles'] ?? 0),
    reaches,
    shape: shapeOf(reaches),
    timeZone: timeZoneName(Number(row['timezonecode'] ?? 92)),
    languageCode: Number(row['uilanguageid'] ?? 1033),
  };
}

/** The union of all grants: depths as in the reference, per privilege. */
export function sumReaches(
  userId: string,
  teamIds: readonly string[],
  grants: readonly Grant[],
  units: Readonly<Record<string, readonly string[]>>,
): Map<string, Reach> {
  const sums = new Map<string, { isGlobal: boolean; principals: Set<string>; businessUnits: Set<string> }>();
  for (const [privilege, depthMask, holder, holderId, unit] of grants) {
    let sum = sums.get(privilege);
    if (sum === undefined) {
      sum = { isGlobal: false, principals: new Set(), businessUnits: new Set() };
      sums.set(privilege, sum);
    }
    if ((depthMask & depthMasks.Global) !== 0) sum.isGlobal = true;
    if ((depthMask & depthMasks.Deep) !== 0) for (const member of units[unit] ?? [unit]) sum.businessUnits.add(member);
    if ((depthMask & depthMasks.Local) !== 0) sum.businessUnits.add(unit);
    if (holder === 'user') for (const principal of [userId, ...teamIds]) sum.principals.add(principal);
    else sum.principals.add(holderId);
    if (holder === 'teamAndUser') sum.principals.add(userId);
  }
  const reaches = new Map<string, Reach>();
  for (const [privilege, sum] of sums) {
    reaches.set(
      privilege,
      sum.isGlobal
        ? { kind: 'global' }
        : { kind: 'limited', principals: [...sum.principals], businessUnits: [...sum.businessUnits] },
    );
  }
  return reaches;
}

function shapeOf(reaches: ReadonlyMap<string, Reach>): string {
  const hash = createHash('sha1');
  for (const name of [...reaches.keys()].sort()) {
    const reach = reaches.get(name);
    if (reach?.kind === 'global') hash.update(`${name}:g;`);
    else if (reach !== undefined) hash.update(`${name}:${reach.businessUnits.length > 0 ? 'u' : 'b'};`);
  }
  return hash.digest('base64url').slice(0, 12);
}

const teamQuery = `
  SELECT t.name, t.businessunitid,
    (SELECT json_agg(json_build_array(p.name, rp.privilegedepthmask, 'team', t.teamid, t.businessunitid))
       FROM data.teamroles r JOIN data.roleprivileges rp USING (roleid) JOIN data.privilege p USING (privilegeid) WHERE r.teamid = t.teamid) AS privileges,
    (WITH RECURSIVE u AS (SELECT t.businessunitid AS id UNION SELECT b.businessunitid FROM data.businessunit b JOIN u ON b.parentbusinessunitid = u.id) SELECT json_agg(id) FROM u) AS units
  FROM data.team t WHERE t.teamid = $1::uuid`;

/** A team seen as a principal of its own: what its roles alone give it. */
export async function loadTeamPrincipal(
  executor: { query(text: string, values: readonly string[]): Promise<readonly (readonly (string | null)[])[]> },
  teamId: string,
): Promise<Principal | undefined> {
  const [row] = await executor.query(teamQuery, [teamId]);
  if (row === undefined) return undefined;
  const [name, unit, privileges, units] = row;
  // The statement above fixes these shapes.
  const grants = JSON.parse(privileges ?? '[]') as Grant[];
  const reaches = sumReaches(teamId, [], grants, { [unit ?? '']: JSON.parse(units ?? '[]') as string[] });
  return {
    userId: teamId,
    fullName: name ?? '',
    businessUnitId: unit ?? '',
    teamIds: [],
    sharePrincipals: [teamId],
    isDisabled: false,
    accessMode: 0,
    roleCount: 0,
    reaches,
    shape: shapeOf(reaches),
    timeZone: 'UTC',
    languageCode: 1033,
  };
}
