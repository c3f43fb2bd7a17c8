/** The addresses of sign-in, below `/{tenant}`, and how a request's path is matched with them. */

export const addresses = {
  authorize: '/oauth2/v2.0/authorize',
  token: '/oauth2/v2.0/token',
  logout: '/oauth2/v2.0/logout',
  userinfo: '/oauth2/v2.0/userinfo',
  signIn: '/oauth2/v2.0/sign-in',
  keys: '/discovery/v2.0/keys',
} as const;

/** Where the provider itself always has its metadata. */
const discovery = '/.well-known/openid-configuration';

export type Endpoint = 'authorize' | 'token' | 'logout' | 'userinfo' | 'signIn' | 'keys' | 'discovery';

export type Destination =
  /** `path` is the one below the tenant, in its one form without aliases. */
  | { kind: 'found'; endpoint: Endpoint; path: string; methods: readonly string[] }
  | { kind: 'unknownTenant' }
  | { kind: 'unknownAddress' };

const tenantAliases = ['organizations', 'common'];
const family = /^\/([^/]+)(\/(?:oauth2|discovery|v2\.0)\/.*)$/;

type Rule = { pattern: RegExp; endpoint: Endpoint; path: (rest: string) => string; methods: readonly string[] };

/** Older clients leave `v2.0` out; the challenge of the Web API does so too. */
const rules: readonly Rule[] = [
  rule(/^\/oauth2\/(?:v2\.0\/)?authorize(\/[\w-]+)?$/, 'authorize', addresses.authorize, ['GET']),
  rule(/^\/oauth2\/(?:v2\.0\/)?token()$/, 'token', addresses.token, ['POST', 'OPTIONS']),
  rule(/^\/oauth2\/(?:v2\.0\/)?logout(\/success)?$/, 'logout', addresses.logout, ['GET']),
  rule(/^\/oauth2\/(?:v2\.0\/)?logout(\/confirm)$/, 'logout', addresses.logout, ['POST']),
  rule(/^\/oauth2\/(?:v2\.0\/)?userinfo()$/, 'userinfo', addresses.userinfo, ['GET', 'POST', 'OPTIONS']),
  rule(/^\/oauth2\/v2\.0\/sign-in(\/[\w-]+)$/, 'signIn', addresses.signIn, ['GET', 'POST']),
  rule(/^\/discovery\/(?:v2\.0\/)?keys()$/, 'keys', addresses.keys, ['GET', 'OPTIONS']),
  rule(/^\/v2\.0\/\.well-known\/openid-configuration()$/, 'discovery', discovery, ['GET', 'OPTIONS']),
];

function rule(pattern: RegExp, endpoint: Endpoint, path: string, methods: readonly string[]): Rule {
  return { pattern, endpoint, path: (rest) => `${path}${rest}`, methods };
}

/** Matches a path (without query) with the addresses of sign-in; undefined when it is none of its business. */
export function findDestination(path: string, tenantId: string): Destination | undefined {
  const [, tenant = '', below = ''] = family.exec(path) ?? [];
  if (below === '') return undefined;
  const ours = tenant.toLowerCase() === tenantId.toLowerCase() || tenantAliases.includes(tenant.toLowerCase());
  for (const { pattern, endpoint, path: pathOf, methods } of rules) {
    const match = pattern.exec(below);
    if (match === null) continue;
    return ours ? { kind: 'found', endpoint, path: pathOf(match[1] ?? ''), methods } : { kind: 'unknownTenant' };
  }
  return ours ? { kind: 'unknownAddress' } : undefined;
}
