/**
 * Who a request acts as, and how far each of their privileges reaches. A Caller is the only key to rows: the planner asks
 * it for the reach of a privilege and turns that into a row filter. Rules: business-unit depths, team privileges,
 * member privilege inheritance and impersonation as in the reference's security section.
 */
import { WebApiError } from '@parley/protocol';
import type { Table } from '../model/table-model.ts';
import { type PrivilegeKind, privilegeId, privilegeName } from './privileges.ts';

/** How far one privilege reaches for one principal. */
export type Reach =
  | { readonly kind: 'global' }
  | {
      readonly kind: 'limited';
      /** Ids of the user and teams whose own rows it covers. */
      readonly principals: readonly string[];
      /** Ids of the business units whose rows it covers. */
      readonly businessUnits: readonly string[];
    };

/** A signed-in user with everything that decides access, as loaded and cached. */
export type Principal = {
  readonly userId: string;
  readonly fullName: string;
  readonly businessUnitId: string;
  readonly teamIds: readonly string[];
  /** The user and their teams: whom a row may be shared with so that they see it. */
  readonly sharePrincipals: readonly string[];
  readonly isDisabled: boolean;
  readonly accessMode: number;
  readonly roleCount: number;
  readonly reaches: ReadonlyMap<string, Reach>;
  /** Equal for principals whose privileges produce the same SQL text (the values may differ). */
  readonly shape: string;
  readonly timeZone: string;
  readonly languageCode: number;
};

export type Caller = {
  /** The user that rows are attributed to: the impersonated one, if any. */
  readonly principal: Principal;
  /** The true caller when impersonating. */
  readonly onBehalfOf: Principal | undefined;
  readonly organizationId: string;
  readonly tenantId: string;
  readonly shape: string;
};

/**
 * A privilege that the caller holds, and its reaches: one, or two when impersonating (effective rights are the
 * intersection, so both must cover a row; the second is the true caller's).
 */
export type Access = { readonly privilege: string; readonly kind: PrivilegeKind; readonly reaches: readonly Reach[] };

export function createCaller(
  principal: Principal,
  onBehalfOf: Principal | undefined,
  organization: { readonly organizationId: string; readonly tenantId: string },
): Caller {
  return {
    principal,
    onBehalfOf,
    organizationId: organization.organizationId,
    tenantId: organization.tenantId,
    shape: onBehalfOf === undefined ? principal.shape : `${principal.shape}+${onBehalfOf.shape}`,
  };
}

/** How far the caller's privilege on the table reaches, or undefined when they lack it. */
export function findAccess(caller: Caller, table: Table, kind: PrivilegeKind): Access | undefined {
  const name = privilegeName(table, kind);
  const own = caller.principal.reaches.get(name);
  if (own === undefined) return undefined;
  if (caller.onBehalfOf === undefined) return { privilege: name, kind, reaches: [own] };
  const delegate = caller.onBehalfOf.reaches.get(name);
  return delegate === undefined ? undefined : { privilege: name, kind, reaches: [own, delegate] };
}

/** @throws WebApiError privilegeDenied naming the privilege */
export function requireAccess(caller: Caller, table: Table, kind: PrivilegeKind): Access {
  return findAccess(caller, table, kind) ?? denyPrivilege(caller, table, kind);
}

export function isGlobal(access: Access): boolean {
  return access.reaches.every((reach) => reach.kind === 'global');
}

function denyPrivilege(caller: Caller, table: Table, kind: PrivilegeKind): never {
  const name = privilegeName(table, kind);
  const lacking =
    caller.principal.reaches.has(name) && caller.onBehalfOf !== undefined ? caller.onBehalfOf : caller.principal;
  throw new WebApiError('privilegeDenied', {
    user: lacking.userId,
    roleCount: lacking.roleCount,
    privilegeCount: lacking.reaches.size,
    accessMode: lacking.accessMode,
    privilege: name,
    privilegeId: privilegeId(name),
    typeCode: table.objectTypeCode,
    table: table.logicalName,
    caller: (caller.onBehalfOf ?? caller.principal).userId,
  });
}
