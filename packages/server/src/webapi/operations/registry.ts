/** Every operation of the Web API by name. */
import { setApplicationSecret, setUserPassword } from './credentials.ts';
import {
  isValidStateTransition,
  retrieveCurrentOrganization,
  retrieveTotalRecordCount,
  retrieveVersion,
  whoAmI,
} from './identity.ts';
import type { Operation } from './operation.ts';
import {
  addMembersTeam,
  addPrivilegesRole,
  removeMembersTeam,
  removePrivilegeRole,
  retrieveRolePrivilegesRole,
  retrieveUserPrivileges,
} from './roles.ts';
import {
  grantAccess,
  modifyAccess,
  retrievePrincipalAccess,
  retrieveSharedPrincipalsAndAccess,
  revokeAccess,
} from './sharing.ts';

const all: readonly Operation[] = [
  whoAmI,
  retrieveVersion,
  retrieveCurrentOrganization,
  retrieveTotalRecordCount,
  isValidStateTransition,
  grantAccess,
  modifyAccess,
  revokeAccess,
  retrieveSharedPrincipalsAndAccess,
  retrievePrincipalAccess,
  retrieveUserPrivileges,
  retrieveRolePrivilegesRole,
  addPrivilegesRole,
  removePrivilegeRole,
  addMembersTeam,
  removeMembersTeam,
  setUserPassword,
  setApplicationSecret,
];

export const operations: ReadonlyMap<string, Operation> = new Map(all.map((operation) => [operation.name, operation]));

/** Names that may stand at the root of a URL. */
export const unboundOperationNames: ReadonlySet<string> = new Set(
  all.filter((operation) => operation.boundTo === undefined).map((operation) => operation.name),
);
