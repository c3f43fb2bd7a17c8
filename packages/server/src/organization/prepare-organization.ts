/** Puts the organisation, the demo and the configured administrator into the database, as far as they are missing. */
import type { Pool } from 'pg';
import type { Config } from '../config.ts';
import { inTransaction } from '../db/pool.ts';
import { demoOrganization, demoPassword, demoPeople } from '../demo/demo-ids.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import type { TableModel } from '../model/table-model.ts';
import { setApplicationSecret, setUserPassword } from '../sign-in/accounts.ts';
import { ensureApplicationUser } from './ensure-application-user.ts';
import { findOrganization, type OrganizationIdentity, seedOrganization } from './seed-organization.ts';

export type Organization = OrganizationIdentity & {
  /** Whether demo sign-ins, the demo's pages and its TLS address are on. */
  readonly isDemo: boolean;
};

/** A new organisation that is not the demo one: its ids are random, once. */
function newOrganization(): OrganizationIdentity {
  return { organizationId: crypto.randomUUID(), tenantId: crypto.randomUUID(), name: 'Parley', uniqueName: 'parley' };
}

/** Runs at every start; with nothing new it only reads. */
export async function prepareOrganization(
  pool: Pool,
  model: TableModel,
  config: Config,
  onProgress: (message: string) => void,
): Promise<Organization> {
  const organization = await inTransaction(pool, async (client) => {
    const held = await findOrganization(client);
    const wantsDemo = config.demo === 'on' || (config.demo === undefined && config.databaseUrl === undefined);
    const isDemo = held === undefined ? wantsDemo : held.organizationId === demoOrganization.organizationId;
    if (held === undefined) onProgress(isDemo ? 'Setting up the demo organisation' : 'Setting up the organisation');
    const identity = held ?? (isDemo ? demoOrganization : newOrganization());
    await seedOrganization(client, model, identity);
    if (isDemo) await seedDemo(client, model);
    return { ...identity, isDemo: isDemo && config.demo !== 'off' };
  });
  if (organization.isDemo) await setDemoPasswords(pool);
  if (config.administrator !== undefined) await setAdministrator(pool, config.administrator);
  return organization;
}

/** Only where none is set: hashing takes a while, and a person may have changed theirs. */
async function setDemoPasswords(pool: Pool): Promise<void> {
  const ids = demoPeople.map((person) => person.systemUserId);
  const { rows } = await pool.query<{ systemuserid: string }>(
    'SELECT systemuserid FROM parley.sign_in_password WHERE systemuserid = ANY ($1::uuid[])',
    [ids],
  );
  const known = new Set(rows.map((row) => row.systemuserid));
  await Promise.all(ids.filter((id) => !known.has(id)).map((id) => setUserPassword(pool, id, demoPassword, 'demo')));
}

async function setAdministrator(pool: Pool, administrator: NonNullable<Config['administrator']>): Promise<void> {
  const { clientId, clientSecret } = administrator;
  const systemUserId = await inTransaction(pool, (client) =>
    ensureApplicationUser(client, { clientId, name: 'Administrator application' }),
  );
  await setApplicationSecret(pool, { clientId, secret: clientSecret, systemUserId });
}
