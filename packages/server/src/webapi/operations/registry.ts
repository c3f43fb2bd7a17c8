/** Every operation of the Web API by name: those that belong to it, and those that other parts of the server bring. */
import { setApplicationSecret, setUserPassword } from './credentials.ts';
import {
  isValidStateTransition,
  retrieveCurrentOrganization,
  retrieveTotalRecordCount,
  retrieveVersion,
  whoAmI,
} from './identity.ts';
import type { DeclaredOperation, Operation } from './operation.ts';
import type { OperationSignature } from './operation-signature.ts';
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
import { operationSignatures } from './signatures.ts';

const builtIn: readonly Operation[] = [
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

export type OperationRegistry = {
  readonly byName: ReadonlyMap<string, Operation | DeclaredOperation>;
  /** Names that may stand at the root of a URL. */
  readonly unboundNames: ReadonlySet<string>;
  /** What $metadata declares. */
  readonly signatures: readonly OperationSignature[];
  /** Whether invoking it may change what callers are allowed to do. */
  mayChangeAccess(name: string): boolean;
};

/** @throws Error when two operations have one name: a fault of the program */
export function createOperationRegistry(added: readonly DeclaredOperation[]): OperationRegistry {
  const all: readonly (Operation | DeclaredOperation)[] = [...builtIn, ...added];
  const byName = new Map(all.map((operation) => [operation.name, operation]));
  if (byName.size !== all.length) throw new Error('Two operations have one name.');
  const names = new Set(builtIn.map(({ name }) => name));
  return {
    byName,
    unboundNames: new Set(all.filter(({ boundTo }) => boundTo === undefined).map(({ name }) => name)),
    signatures: [...operationSignatures, ...added.flatMap(signaturesOf)],
    mayChangeAccess: (name) => names.has(name),
  };
}

/** One declaration, or one for each table that the operation is bound to. */
function signaturesOf(operation: DeclaredOperation): OperationSignature[] {
  const { name, kind, boundTo, parameters, returns, types } = operation;
  const signature = {
    name,
    kind,
    parameters,
    ...(returns === undefined ? {} : { returns }),
    ...(types === undefined ? {} : { types }),
  };
  if (boundTo === undefined) return [signature];
  return boundTo.map((table) => ({ ...signature, bound: { table, collection: false } }));
}
