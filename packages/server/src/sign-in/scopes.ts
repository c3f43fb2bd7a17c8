/**
 * The scopes and resources a client may ask for. Clients of the reference service ask for a resource by writing it
 * into the scope (`https://host/.default`), older ones with a `resource` parameter; oidc-provider wants a
 * resource indicator (RFC 8707). Every access token here is for one resource: one of our own origins.
 */
import { errors, type ResourceServer } from 'oidc-provider';

export const accessTokenSeconds = 3600;
export const openidScopes = ['openid', 'profile', 'email', 'offline_access'] as const;
const permissions = ['.default', 'user_impersonation'] as const;

/** Every way to write a permission on one of the origins. A resource that itself ends in a slash gives two. */
function listResourceScopes(origins: readonly string[]): string[] {
  return origins.flatMap((origin) =>
    permissions.flatMap((permission) => [`${origin}/${permission}`, `${origin}//${permission}`]),
  );
}

/**
 * The origin that a scope parameter asks a token for; `own`, the origin of the request, when it names none.
 * Throws the provider's `invalid_scope` for anything that is not ours.
 */
export function resolveResource(scope: string | undefined, own: string, origins: readonly string[]): string {
  let resource: string | undefined;
  for (const token of splitScope(scope)) {
    if (isOpenidScope(token)) continue;
    const origin = origins.find((candidate) => listResourceScopes([candidate]).includes(token));
    if (origin === undefined) {
      throw new errors.InvalidScope('the scope names a permission or resource that is not served here', token);
    }
    if (resource !== undefined && resource !== origin) {
      throw new errors.InvalidScope('the scope names more than one resource', token);
    }
    resource = origin;
  }
  return resource ?? own;
}

/** What one of our origins is to the provider: a resource server that takes JWT access tokens. */
export function describeResource(resource: string, origins: readonly string[]): ResourceServer {
  if (!origins.includes(resource)) throw new errors.InvalidTarget();
  return {
    audience: resource,
    scope: listResourceScopes(origins).join(' '),
    accessTokenFormat: 'jwt',
    accessTokenTTL: accessTokenSeconds,
    jwt: { sign: { alg: 'RS256' } },
  };
}

/**
 * Rewrites the parameters of a token or authorization request, in place, to what the provider understands:
 * `resource` becomes a scope, and a refresh asks for what was granted (clients repeat scopes there, among them
 * `offline_access`, which the provider takes for an attempt to get more).
 */
export function normaliseParameters(parameters: URLSearchParams, origins: readonly string[]): void {
  const resources = parameters.getAll('resource');
  const scopes = splitScope(parameters.get('scope') ?? undefined);
  if (resources.length > 0) {
    parameters.delete('resource');
    scopes.push(...resources.map((resource) => `${resource.replace(/\/$/, '')}/.default`));
    // Scopes beyond the first `scope` parameter are left in place: the provider refuses repeated parameters.
    const [, ...repeated] = parameters.getAll('scope');
    parameters.set('scope', scopes.join(' '));
    for (const more of repeated) parameters.append('scope', more);
  }
  const ours = [...openidScopes, ...listResourceScopes(origins)];
  if (parameters.get('grant_type') === 'refresh_token' && scopes.every((scope) => ours.includes(scope))) {
    parameters.delete('scope');
  }
}

/** The tokens of a scope parameter. */
export function splitScope(scope: string | undefined): string[] {
  return scope?.split(' ').filter(Boolean) ?? [];
}

/** True for the scopes of OpenID Connect itself, which belong to no resource. */
export function isOpenidScope(scope: string): boolean {
  return openidScopes.some((known) => known === scope);
}
