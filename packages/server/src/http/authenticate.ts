/** From the headers of a request to the Caller it acts as: bearer token, enabled user, impersonation. */
import { WebApiError } from '@parley/protocol';
import type { Pool } from 'pg';
import { type Caller, createCaller, type Principal } from '../security/caller.ts';
import type { Principals } from '../security/principals.ts';
import type { SignIn, VerifiedSubject } from '../sign-in/sign-in.ts';

export type Authentication = {
  readonly signIn: SignIn;
  readonly principals: Principals;
  readonly pool: Pool;
  readonly organizationId: string;
  readonly tenantId: string;
};

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const guidPattern = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;

/**
 * Without a promise when token and user are known already, which is nearly always.
 * @throws WebApiError notSignedIn, userDisabled, cannotActOnBehalf, invalidArgument
 */
export function authenticate(authentication: Authentication, headers: Headers): Caller | Promise<Caller> {
  const subject = authentication.signIn.verify(bearerToken(headers));
  if (subject instanceof Promise)
    return subject.then((verified) => callerOf(authentication, requireSubject(verified), headers));
  return callerOf(authentication, requireSubject(subject), headers);
}

function bearerToken(headers: Headers): string {
  const { authorization } = headers;
  const match = typeof authorization === 'string' ? /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization) : null;
  if (match?.[1] === undefined) throw new WebApiError('notSignedIn', { reason: 'Send a bearer token.' });
  return match[1];
}

function requireSubject(subject: VerifiedSubject | { readonly problem: string }): VerifiedSubject {
  if ('problem' in subject) throw new WebApiError('notSignedIn', { reason: subject.problem });
  return subject;
}

function callerOf(
  authentication: Authentication,
  subject: VerifiedSubject,
  headers: Headers,
): Caller | Promise<Caller> {
  const found = authentication.principals.find(subject.systemUserId);
  if (found instanceof Promise)
    return found.then((principal) => finish(authentication, requireEnabled(principal, subject.systemUserId), headers));
  return finish(authentication, requireEnabled(found, subject.systemUserId), headers);
}

function requireEnabled(principal: Principal | undefined, user: string): Principal {
  if (principal === undefined || principal.isDisabled) throw new WebApiError('userDisabled', { user });
  return principal;
}

function finish(authentication: Authentication, principal: Principal, headers: Headers): Caller | Promise<Caller> {
  const objectId = headers['callerobjectid'];
  const callerId = headers['mscrmcallerid'];
  if (objectId === undefined && callerId === undefined) return createCaller(principal, undefined, authentication);
  return impersonate(authentication, principal, objectId, callerId);
}

/** `CallerObjectId` names the directory object, `MSCRMCallerID` the user row; the first wins. */
async function impersonate(
  authentication: Authentication,
  principal: Principal,
  objectId: string | string[] | undefined,
  callerId: string | string[] | undefined,
): Promise<Caller> {
  const header = objectId === undefined ? 'MSCRMCallerID' : 'CallerObjectId';
  const given = objectId ?? callerId;
  if (typeof given !== 'string' || !guidPattern.test(given))
    throw new WebApiError('invalidArgument', { detail: `The header ${header} must hold a GUID.` });
  const id = given.replace(/[{}]/g, '').toLowerCase();
  const userId = objectId === undefined ? id : await findByObjectId(authentication.pool, id);
  if (userId === principal.userId) return createCaller(principal, undefined, authentication);
  if (!principal.reaches.has('prvActOnBehalfOfAnotherUser'))
    throw new WebApiError('cannotActOnBehalf', { user: principal.userId });
  const impersonated = userId === undefined ? undefined : await authentication.principals.find(userId);
  if (impersonated === undefined)
    throw new WebApiError('invalidArgument', { detail: `The user with id ${id} (header ${header}) does not exist.` });
  return createCaller(requireEnabled(impersonated, impersonated.userId), principal, authentication);
}

async function findByObjectId(pool: Pool, objectId: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ systemuserid: string }>(
    'SELECT systemuserid FROM data.systemuser WHERE azureactivedirectoryobjectid = $1::uuid',
    [objectId],
  );
  return rows[0]?.systemuserid;
}
