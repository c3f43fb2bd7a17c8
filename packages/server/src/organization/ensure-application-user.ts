/** The application user that an operator configures: a user without a person, which signs in with a client id and secret. */
import type { ClientBase } from 'pg';
import { applicationIdOf } from '../model/application-id.ts';
import { stableGuid } from '../model/stable-guid.ts';
import { defaultTeamId, roleIds, rootBusinessUnitId, systemUserId } from './organization-ids.ts';

const nonInteractive = 4;

/**
 * Makes sure that an enabled application user with the System Administrator role exists for the client id.
 * Runs in the caller's transaction, after the organisation's starting rows.
 * @returns its systemuserid
 */
export async function ensureApplicationUser(
  client: ClientBase,
  options: { readonly clientId: string; readonly name: string },
): Promise<string> {
  const applicationId = applicationIdOf(options.clientId);
  const found = await client.query<{ systemuserid: string }>(
    'SELECT systemuserid FROM data.systemuser WHERE applicationid = $1 ORDER BY createdon, systemuserid LIMIT 1',
    [applicationId],
  );
  const userId = found.rows[0]?.systemuserid ?? stableGuid(`applicationuser:${applicationId}`);
  await client.query(
    `INSERT INTO data.systemuser (systemuserid, applicationid, applicationiduri, azureactivedirectoryobjectid, firstname, lastname,
       domainname, businessunitid, organizationid, accessmode, isdisabled, islicensed, isintegrationuser, issyncwithdirectory,
       setupuser, invitestatuscode, createdby, modifiedby)
     SELECT $1, $2, $3, $4, '#', $5, $6, $7, organizationid, $8, false, false, false, false, false, 0, $9, $9 FROM data.organization
     ON CONFLICT DO NOTHING`,
    [
      userId,
      applicationId,
      `api://${applicationId}`,
      stableGuid(`applicationuser:object:${applicationId}`),
      options.name,
      `app-${applicationId}`,
      rootBusinessUnitId,
      nonInteractive,
      systemUserId,
    ],
  );
  await client.query(
    'UPDATE data.systemuser SET isdisabled = false WHERE systemuserid = $1 AND isdisabled IS DISTINCT FROM false',
    [userId],
  );
  await client.query(
    `INSERT INTO data.usersettings (systemuserid, businessunitid, timezonecode) VALUES ($1, $2, 92) ON CONFLICT DO NOTHING`,
    [userId, rootBusinessUnitId],
  );
  await client.query('INSERT INTO data.systemuserroles (systemuserid, roleid) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    userId,
    roleIds.systemAdministrator,
  ]);
  await client.query('INSERT INTO data.teammembership (systemuserid, teamid) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    userId,
    defaultTeamId,
  ]);
  return userId;
}
