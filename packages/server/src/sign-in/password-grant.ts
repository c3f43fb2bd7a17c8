/**
 * The resource owner password grant (RFC 6749, 4.3), for scripts against the demo organisation only: one public
 * client, and only while demo sign-ins are on.
 */
import type Provider from 'oidc-provider';
import { errors, type TokenEndpointGrantContext } from 'oidc-provider';
import type { User } from './accounts.ts';
import { signInPerson } from './people.ts';
import { type ProviderParts, refuseWhenLimited } from './provider-parts.ts';
import { describeResource, isOpenidScope, resolveResource, splitScope } from './scopes.ts';

type PasswordParameters = { username?: string; password?: string };
type PasswordContext = TokenEndpointGrantContext<PasswordParameters>;

const grantType = 'password';

/** Adds the grant to a provider. Only clients that list it may use it, which is the demo's alone. */
export function registerPasswordGrant(provider: Provider, origin: string, parts: ProviderParts): void {
  const { addressOf, origins } = parts;
  provider.registerGrantType<PasswordParameters>(
    grantType,
    async (context) => {
      const { username, password, scope } = context.oidc.params;
      if (!username || !password) throw new errors.InvalidRequest('username and password are required');
      const resource = resolveResource(scope, origin, origins);
      const user = await refuseWhenLimited(context, () =>
        signInPerson(parts, { name: username, password, address: addressOf(context.req) }),
      );
      if (user === undefined) {
        throw new errors.CustomOIDCProviderError('invalid_grant', 'The user name or the password is wrong.');
      }
      context.body = await issueTokens(context, user, resource, origins);
    },
    ['username', 'password', 'scope'],
  );
}

async function issueTokens({ oidc }: PasswordContext, user: User, resource: string, origins: readonly string[]) {
  const { provider, client, params } = oidc;
  const scopes = splitScope(params.scope);
  const resourceScope = scopes.filter((scope) => !isOpenidScope(scope)).join(' ');
  const grant = new provider.Grant({ accountId: user.systemUserId, clientId: client.clientId });
  grant.addOIDCScope(scopes.filter(isOpenidScope).join(' '));
  grant.addResourceScope(resource, resourceScope);
  const source = { accountId: user.systemUserId, client, grantId: await grant.save(), gty: grantType };

  const access = new provider.AccessToken({ ...source, scope: resourceScope });
  access.resourceServer = new provider.ResourceServer(resource, describeResource(resource, origins));
  const refresh = scopes.includes('offline_access')
    ? new provider.RefreshToken({ ...source, scope: scopes.join(' '), resource, rotations: 0 })
    : undefined;
  return {
    access_token: await access.save(),
    token_type: 'Bearer',
    expires_in: access.expiration,
    scope: resourceScope === '' ? undefined : resourceScope,
    ...(refresh === undefined ? {} : { refresh_token: await refresh.save() }),
  };
}
