/** Users, roles and units made for a test. */
import { randomUUID } from 'node:crypto';
import type { Api } from '../support/server.ts';

export type Depth = 'Basic' | 'Local' | 'Deep' | 'Global';

/** A role with these privileges; its id. */
export async function addRole(
  api: Api,
  name: string,
  privileges: Readonly<Record<string, Depth>>,
  businessUnit?: string,
): Promise<string> {
  const unit = businessUnit === undefined ? {} : { 'businessunitid@odata.bind': `/businessunits(${businessUnit})` };
  const role = await api.create('roles', { name: `${name} ${randomUUID().slice(0, 8)}`, ...unit });
  await grantPrivileges(api, role, privileges);
  return role;
}

export async function grantPrivileges(
  api: Api,
  role: string,
  privileges: Readonly<Record<string, Depth>>,
): Promise<void> {
  const Privileges = Object.entries(privileges).map(([PrivilegeName, Depth]) => ({ PrivilegeName, Depth }));
  if (Privileges.length === 0) return;
  const target = `roles(${role})/Microsoft.Dynamics.CRM.AddPrivilegesRole`;
  const { status, text } = await api.request('POST', target, { body: { Privileges } });
  if (status !== 204) throw new Error(`AddPrivilegesRole answered ${status}: ${text}`);
}

/** A user with these roles; its systemuserid. */
export async function addPerson(
  api: Api,
  roles: readonly string[],
  options: { businessUnit?: string; firstName?: string } = {},
): Promise<string> {
  const { businessUnit, firstName = 'Wire' } = options;
  const unit = businessUnit === undefined ? {} : { 'businessunitid@odata.bind': `/businessunits(${businessUnit})` };
  const person = await api.create('systemusers', {
    firstname: firstName,
    lastname: `Person ${randomUUID().slice(0, 8)}`,
    domainname: `${randomUUID()}@wire.test`,
    ...unit,
  });
  for (const role of roles)
    await addReference(api, `systemusers(${person})/systemuserroles_association`, `roles(${role})`);
  return person;
}

/** Links a row into a collection. */
export async function addReference(api: Api, collection: string, row: string): Promise<void> {
  const target = `${collection}/$ref`;
  const { status, text } = await api.request('POST', target, { body: { '@odata.id': `${api.root}/${row}` } });
  if (status !== 204) throw new Error(`POST ${target} answered ${status}: ${text}`);
}

/** The same client on behalf of a user. */
export function actAs(api: Api, user: string): Api {
  return api.with({ MSCRMCallerID: user });
}
