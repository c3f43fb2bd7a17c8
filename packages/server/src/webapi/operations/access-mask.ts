/** Access rights as text and as bits. */
import type { JsonValue } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { accessRights, type PrivilegeKind, privilegeKinds } from '../../security/privileges.ts';

/** `"ReadAccess, WriteAccess"` or a number, as kinds of privilege. */
export function parseAccessMask(value: JsonValue | undefined): readonly PrivilegeKind[] {
  if (value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'number')
    return kindsOf(Number(value.text));
  if (typeof value !== 'string')
    throw new WebApiError('requestFault', { detail: "AccessMask must be a text such as 'ReadAccess,WriteAccess'." });
  const names = value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'None');
  return names.map((name) => {
    const kind = privilegeKinds.find((candidate) => `${candidate}Access` === name);
    if (kind === undefined)
      throw new WebApiError('requestFault', { detail: `AccessMask knows no right '${name.slice(0, 50)}'.` });
    return kind;
  });
}

function kindsOf(mask: number): readonly PrivilegeKind[] {
  const kinds = privilegeKinds.filter((kind) => (mask & accessRights[kind]) !== 0);
  if (!Number.isSafeInteger(mask) || maskOf(kinds) !== mask)
    throw new WebApiError('requestFault', { detail: `AccessMask ${mask} has bits that stand for no right.` });
  return kinds;
}

export function maskOf(kinds: readonly PrivilegeKind[]): number {
  return kinds.reduce((mask, kind) => mask | accessRights[kind], 0);
}

/** Ascending by value, comma and blank between; `None` for no right. */
export function printAccessMask(mask: number): string {
  const kinds = privilegeKinds
    .filter((kind) => (mask & accessRights[kind]) !== 0)
    .sort((left, right) => accessRights[left] - accessRights[right]);
  return kinds.length === 0 ? 'None' : kinds.map((kind) => `${kind}Access`).join(', ');
}
