/**
 * The OpenID Connect provider of one origin. Providers of several origins differ only in the addresses they hand out;
 * keys, clients and stored records are shared, so what one issues the others take.
 */
import { randomBytes } from 'node:crypto';
import Provider, {
  type Account,
  type Adapter,
  type Client,
  type Configuration,
  errors,
  type Grant,
  interactionPolicy,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { findApplication, findUser, renewApplicationHash, type User } from './accounts.ts';
import { addresses } from './addresses.ts';
import { describeUnknownClient, findApplicationClient, listPublicClients } from './clients.ts';
import type { SigningKey } from './key-ring.ts';
import { formTargetOf, renderMessagePage, renderSignOutPage, writeContentSecurityPolicy } from './pages.ts';
import { registerPasswordGrant } from './password-grant.ts';
import { verifyPassword } from './password-hash.ts';
import { type ProviderParts, refuseWhenLimited } from './provider-parts.ts';
import { createRecordStore } from './record-store.ts';
import { accessTokenSeconds, describeResource, openidScopes, resolveResource } from './scopes.ts';

/** The session in the database; the cookie that leads to it ends with the browser. */
const sessionSeconds = 14 * 24 * 3600;
const refreshSeconds = 14 * 24 * 3600;

/** The issuer that goes with an origin. */
export function issuerOf(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/v2.0`;
}

/** Creates the provider of one origin, signing with the first of the keys. */
export function createProvider(origin: string, keys: readonly SigningKey[], parts: ProviderParts): Provider {
  const provider = new Provider(issuerOf(origin, parts.tenantId), {
    ...describeStorage(origin, keys, parts),
    ...describeSubjects(parts),
    ...describePages(),
    features: describeFeatures(origin, parts),
    scopes: [...openidScopes],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    // Clients ask for offline_access without the consent prompt that OpenID Connect wants with it; whoever may
    // refresh gets a refresh token.
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    // So that signing out ends the refresh tokens too.
    expiresWithSession: () => true,
    clientBasedCORS: (_context, from, client) =>
      parts.origins.includes(from) || (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === from),
    ttl: {
      AccessToken: accessTokenSeconds,
      ClientCredentials: accessTokenSeconds,
      IdToken: accessTokenSeconds,
      AuthorizationCode: 60,
      Interaction: 1800,
      Session: sessionSeconds,
      Grant: refreshSeconds,
      // A rotated token inherits the end of the first, so that nobody stays signed in for ever.
      RefreshToken: (context) => Math.max(1, context.oidc.entities.RotatedRefreshToken?.remainingTTL ?? refreshSeconds),
    },
    routes: {
      authorization: addresses.authorize,
      token: addresses.token,
      jwks: addresses.keys,
      end_session: addresses.logout,
    },
    discovery: { userinfo_endpoint: `${origin}/${parts.tenantId}${addresses.userinfo}` },
  });
  fixOrigin(provider, origin);
  guardClientSecrets(provider, parts);
  addPageHeaders(provider);
  if (parts.demo) registerPasswordGrant(provider, origin, parts);
  provider.on('server_error', (_context, error) => parts.reportFailure(error));
  // What falls through to the framework underneath; it would print it otherwise.
  provider.onerror = parts.reportFailure;
  return provider;
}

function describeStorage(origin: string, keys: readonly SigningKey[], parts: ProviderParts): Configuration {
  const { database, demo } = parts;
  // Cookies do not tell ports apart, and a page over http cannot replace a cookie set over https on the same host.
  const suffix = origin.startsWith('https:') ? '-tls' : '';
  return {
    adapter: (kind) => (kind === 'Client' ? createClientStore(parts) : createRecordStore(database, kind)),
    clients: listPublicClients(parts.origins, parts.publicClients, demo),
    jwks: { keys: keys.map((key) => key.privateJwk) } as NonNullable<Configuration['jwks']>, // jose's JWK leaves more optional
    cookies: {
      keys: keys.map((key) => key.cookieSecret),
      names: {
        session: `parley-session${suffix}`,
        interaction: `parley-sign-in${suffix}`,
        resume: `parley-resume${suffix}`,
      },
    },
  };
}

/** Application clients, looked up at each request so that a new secret or a disabled user counts at once. */
function createClientStore({ database }: ProviderParts): Adapter {
  const refuse = () => Promise.reject(new Error('Clients are not written through the provider.'));
  return {
    async find(clientId) {
      const client = await findApplicationClient(database, clientId);
      if (client !== undefined) return client;
      // At the token endpoint an unknown client must cost and answer the same as a wrong secret.
      const comparable = Provider.ctx?.oidc.route === 'token' && /^[\x21-\x7e]{1,256}$/.test(clientId);
      return comparable ? describeUnknownClient(clientId) : undefined;
    },
    upsert: refuse,
    destroy: refuse,
    consume: refuse,
    revokeByGrantId: refuse,
    findByUid: refuse,
    findByUserCode: refuse,
  };
}

function describeSubjects({ database, tenantId }: ProviderParts): Configuration {
  return {
    claims: {
      openid: ['sub', 'oid', 'tid'],
      profile: ['name', 'preferred_username', 'upn'],
      email: ['email'],
    },
    async findAccount(_context, accountId): Promise<Account | undefined> {
      const user = await findUser(database, 'systemuserid', accountId);
      return user === undefined
        ? undefined
        : { accountId: user.systemUserId, claims: () => describePerson(user, tenantId) };
    },
    async extraTokenClaims(context, token) {
      const client = token.clientId ?? context.oidc.client?.clientId ?? '';
      const user =
        token.kind === 'AccessToken'
          ? await findUser(database, 'systemuserid', token.accountId)
          : (await findApplication(database, client))?.user;
      if (user === undefined) throw new errors.InvalidGrant('the user is disabled or gone');
      const person =
        token.kind === 'AccessToken' && user.domainName !== undefined
          ? { upn: user.domainName, preferred_username: user.domainName }
          : {};
      return {
        tid: tenantId,
        oid: user.objectId,
        azp: client,
        appid: client,
        parley_uid: user.systemUserId,
        ...person,
      };
    },
    loadExistingGrant: grantEverything,
  };
}

/** The claims about a person, for id tokens and userinfo. */
export function describePerson(user: User, tenantId: string): { sub: string } & Record<string, string | undefined> {
  return {
    sub: user.systemUserId,
    oid: user.objectId,
    tid: tenantId,
    name: user.fullName,
    preferred_username: user.domainName,
    upn: user.domainName,
    email: user.email,
  };
}

/** All clients are first-party: what they ask for, within what there is, is granted without asking the person. */
async function grantEverything({ oidc }: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, session, account } = oidc;
  if (client === undefined || session === undefined || account === undefined) return undefined;
  const known = session.grantIdFor(client.clientId);
  const existing = known === undefined ? undefined : await oidc.provider.Grant.find(known);
  const grant = existing ?? new oidc.provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  grant.addOIDCScope([...oidc.requestParamOIDCScopes].join(' '));
  for (const [resource, server] of Object.entries(oidc.resourceServers ?? {})) {
    grant.addResourceScope(
      resource,
      [...oidc.requestParamScopes].filter((scope) => server.scopes.has(scope)).join(' '),
    );
  }
  await grant.save();
  return grant;
}

function describeFeatures(origin: string, { origins }: ProviderParts): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    // Has no address here (addresses.ts), so the discovery document must not name one.
    pushedAuthorizationRequests: { enabled: false },
    clientCredentials: { enabled: true },
    // Access tokens here are JWTs for the Web API, which the provider's userinfo does not take; see userinfo.ts.
    userinfo: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: ({ oidc }, _client, oneOf) =>
        oneOf?.[0] ?? resolveResource(readScope(oidc.params?.['scope']), origin, origins),
      useGrantedResource: () => true,
      getResourceServerInfo: (_context, resource) => describeResource(resource, origins),
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource(context, form) {
        context.body = renderSignOutPage({ nonce: readNonce(context), form });
      },
      postLogoutSuccessSource(context) {
        context.type = 'html';
        context.body = renderMessagePage({
          nonce: readNonce(context),
          title: 'You are signed out',
          message: 'You can close this page now.',
        });
      },
    },
  };
}

function describePages(): Configuration {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  policy
    .get('login')
    ?.checks.add(
      new interactionPolicy.Check(
        'user_gone',
        'the signed-in user is disabled or gone',
        'login_required',
        ({ oidc }) => oidc.session?.accountId !== undefined && oidc.account === undefined,
      ),
    );
  // Clients may ask for these; the sign-in form answers both.
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }));
  policy.add(new interactionPolicy.Prompt({ name: 'consent', requestable: true }));
  return {
    interactions: {
      policy,
      url: ({ oidc }, interaction) =>
        `${new URL(oidc.issuer).pathname.replace(/\/v2\.0$/, '')}${addresses.signIn}/${interaction.uid}`,
    },
    renderError(context, out) {
      if (!/^(authorization|resume|end_session)/.test(context.oidc.route)) {
        context.body = out;
        return;
      }
      context.type = 'html';
      context.body = renderMessagePage({
        nonce: readNonce(context),
        title: 'That did not work',
        message: capitalise(out.error_description ?? 'The request could not be completed.'),
        code: out.error,
      });
    },
  };
}

/** Makes every address that the provider derives from a request start with its origin, whatever stands before us. */
function fixOrigin(provider: Provider, origin: string): void {
  const { protocol, host } = new URL(origin);
  Object.defineProperties(provider.request, {
    protocol: { get: () => protocol.slice(0, -1) },
    host: { get: () => host },
  });
}

function guardClientSecrets(provider: Provider, { database, attempts, addressOf }: ProviderParts): void {
  provider.Client.prototype.compareClientSecret = async function compareClientSecret(this: Client, actual: string) {
    const context = Provider.ctx;
    const { clientId, clientSecret: stored } = this;
    if (context === undefined || stored === undefined) return false;
    const verified = await refuseWhenLimited(context, () =>
      attempts.guard(`client:${clientId}`, addressOf(context.req), async () => {
        const { matches, outdated } = await verifyPassword(actual, stored);
        if (matches && outdated) await renewApplicationHash(database, clientId, actual);
        return matches ? true : undefined;
      }),
    );
    return verified === true;
  };
}

function addPageHeaders(provider: Provider): void {
  provider.use(async (context, next) => {
    const nonce = randomBytes(16).toString('base64');
    context.state['nonce'] = nonce;
    context.set({
      'Content-Security-Policy': writeContentSecurityPolicy(nonce, []),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
    });
    await next();
    // Known only now; the provider itself adds the hash of its auto-submitting form to the policy set above.
    // No context of the provider's own exists when no route matched.
    const oidc: KoaContextWithOIDC['oidc'] | undefined = context['oidc'];
    const targets = [oidc?.params, oidc?.entities.Interaction?.params].flatMap((parameters) =>
      [parameters?.['redirect_uri'], parameters?.['post_logout_redirect_uri']].flatMap(formTargetOf),
    );
    const policy = context.response.get('Content-Security-Policy');
    context.set(
      'Content-Security-Policy',
      policy.replace("form-action 'self'", ["form-action 'self'", ...new Set(targets)].join(' ')),
    );
  });
}

function readNonce(context: KoaContextWithOIDC): string {
  return String(context.state['nonce']);
}

function readScope(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
