/** What the sign-in tests share: requests to the endpoints, and a browser reduced to its cookies. */
import { createHash, randomBytes } from 'node:crypto';
import { application, people, tenantId } from './sign-in-harness.ts';

export type JsonAnswer = { status: number; headers: Headers; body: Record<string, unknown> };

/** Posts a form and reads the JSON answer. */
export async function postForm(
  url: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<JsonAnswer> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

/** Asks for a token with a grant. */
export function requestToken(
  origin: string,
  form: Record<string, string>,
  tenant: string = tenantId,
): Promise<JsonAnswer> {
  return postForm(`${origin}/${tenant}/oauth2/v2.0/token`, form);
}

/** Gets a JSON document whose members are texts, such as the provider's metadata. */
export async function getJson(url: string): Promise<Record<string, string>> {
  const response = await fetch(url);
  // The tests compare the members they read.
  return (await response.json()) as Record<string, string>;
}

/** A browser reduced to what matters here: cookies with their paths, and redirects followed one at a time. */
export type Browser = {
  go(url: string, form?: Record<string, string>): Promise<Response>;
  /** Follows redirects while they stay below `within`; resolves to the last answer or the address that leads out. */
  follow(response: Response, within: string): Promise<{ response: Response; leavesTo: string | undefined }>;
};

/** Opens a browser without cookies. */
export function openBrowser(): Browser {
  const cookies = new Map<string, { value: string; path: string }>();

  async function go(url: string, form?: Record<string, string>): Promise<Response> {
    const { pathname } = new URL(url);
    const cookie = [...cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([key, { value }]) => `${key.split(' ')[0]}=${value}`)
      .join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie, accept: 'text/html' },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/';
      if (value === '') cookies.delete(`${name} ${path}`);
      else cookies.set(`${name} ${path}`, { value, path });
    }
    return response;
  }

  return {
    go,
    async follow(start, within) {
      let response = start;
      for (;;) {
        const location = response.headers.get('location');
        if (location === null) return { response, leavesTo: undefined };
        const next = new URL(location, response.url).href;
        if (!next.startsWith(within)) return { response, leavesTo: next };
        response = await go(next);
      }
    },
  };
}

/** A PKCE pair (RFC 7636). */
export function makeProof(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** The values of hidden fields and the action of the form in a page. */
export function readForm(html: string): { action: string; fields: Record<string, string> } {
  const action = /<form[^>]*action="([^"]*)"/.exec(html)?.[1] ?? '';
  const fields: Record<string, string> = {};
  for (const [, name = '', value = ''] of html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)) {
    fields[name] = value;
  }
  return { action, fields };
}

/** The form of a client credentials request. */
export const clientCredentials = (
  origin: string,
): Record<'grant_type' | 'client_id' | 'client_secret' | 'scope', string> => ({
  grant_type: 'client_credentials',
  client_id: application.clientId,
  client_secret: application.secret,
  scope: `${origin}/.default`,
});

/** The form of a request with the demo's password grant. */
export const passwordOf = ({ name, password }: { name: string; password: string }): Record<string, string> => ({
  grant_type: 'password',
  client_id: 'parley-demo-cli',
  username: name,
  password,
});

/** The form of a refresh as clients send it, all scopes repeated. */
export const refreshWith = (origin: string, token: unknown): Record<string, string> => ({
  grant_type: 'refresh_token',
  client_id: 'parley-desktop',
  refresh_token: String(token),
  scope: `openid profile offline_access ${origin}/.default`,
});

/** What a test asks for at the authorization endpoint, where it differs from the usual. */
export type Ask = {
  scope?: string;
  client?: string;
  redirectUri?: string;
  extra?: Record<string, string>;
  person?: { name: string; password: string };
};

/** The address at which the agent desktop would start a sign-in. */
export function writeAuthorizeUrl(origin: string, challenge: string, ask: Ask = {}): string {
  const query = new URLSearchParams({
    client_id: ask.client ?? 'parley-desktop',
    response_type: 'code',
    redirect_uri: ask.redirectUri ?? `${origin}/desktop`,
    scope: ask.scope ?? `openid profile email offline_access ${origin}/.default`,
    state: 'st4te',
    nonce: 'n0nce',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...ask.extra,
  });
  return `${origin}/organizations/oauth2/v2.0/authorize?${query}`;
}

/** Goes through the pages as the agent would; resolves to the browser and the tokens. */
export async function signInThroughPages(
  origin: string,
  ask: Ask = {},
): Promise<{
  browser: Browser;
  back: URLSearchParams;
  leavesTo: string;
  exchange: Record<string, string>;
  tokens: JsonAnswer;
}> {
  const { person = people.agent } = ask;
  const browser = openBrowser();
  const { verifier, challenge } = makeProof();
  const { response: page } = await browser.follow(await browser.go(writeAuthorizeUrl(origin, challenge, ask)), origin);
  const { action } = readForm(await page.text());
  const posted = await browser.go(`${origin}${action}`, { email: person.name, password: person.password });
  const { leavesTo = '' } = await browser.follow(posted, `${origin}/${tenantId}/`);
  const back = new URL(leavesTo).searchParams;
  const exchange = {
    grant_type: 'authorization_code',
    client_id: ask.client ?? 'parley-desktop',
    code: back.get('code') ?? '',
    redirect_uri: ask.redirectUri ?? `${origin}/desktop`,
    code_verifier: verifier,
  };
  const tokens = await requestToken(origin, exchange);
  return { browser, back, leavesTo, exchange, tokens };
}
