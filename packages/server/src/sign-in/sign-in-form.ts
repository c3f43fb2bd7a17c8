/** The sign-in form: shows it, takes it, and hands the person back to the authorization request that needs them. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { errors, type Interaction } from 'oidc-provider';
import { addresses } from './addresses.ts';
import { TooManyAttempts } from './attempts.ts';
import { formTargetOf, renderMessagePage, renderSignInPage, writeContentSecurityPolicy } from './pages.ts';
import { HashQueueFull } from './password-hash.ts';
import { signInPerson } from './people.ts';
import type { ProviderParts } from './provider-parts.ts';

/** Answers GET and POST of a sign-in form. `path` is the one below the tenant; `body` the posted form. */
export async function answerSignInForm(
  provider: Provider,
  parts: ProviderParts,
  { request, response, path, body }: { request: IncomingMessage; response: ServerResponse; path: string; body: Buffer },
): Promise<void> {
  let interaction: Interaction;
  try {
    interaction = await provider.interactionDetails(request, response);
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
    return sendExpired(response);
  }
  // The cookie names the sign-in; an address of another one comes from an old tab.
  if (path !== `${addresses.signIn}/${interaction.uid}`) return sendExpired(response);
  if (request.method === 'GET') return sendForm(provider, parts, response, interaction, {});

  const form = new URLSearchParams(body.toString());
  const email = form.get('email') ?? '';
  if (form.has('cancel'))
    return finish(provider, request, response, {
      error: 'access_denied',
      error_description: 'the person cancelled the sign-in',
    });
  try {
    const user = await signInPerson(parts, {
      name: email,
      password: form.get('password') ?? '',
      address: parts.addressOf(request),
    });
    if (user === undefined) {
      return sendForm(provider, parts, response, interaction, {
        status: 400,
        email,
        problem: 'The email or the password is wrong.',
      });
    }
    // The form also answers the prompts for consent and for choosing an account.
    return finish(provider, request, response, {
      login: { accountId: user.systemUserId, remember: false, amr: ['pwd'] },
      select_account: {},
      consent: {},
    });
  } catch (error) {
    if (!(error instanceof TooManyAttempts) && !(error instanceof HashQueueFull)) throw error;
    const isLimited = error instanceof TooManyAttempts;
    const wait = isLimited ? error.retryAfterSeconds : 1;
    response.setHeader('Retry-After', String(wait));
    return sendForm(provider, parts, response, interaction, {
      status: isLimited ? 429 : 503,
      email,
      problem: `${isLimited ? 'Too many failed sign-ins.' : 'Too many people are signing in.'} Try again in ${describeWait(wait)}.`,
      mustWait: true,
    });
  }
}

async function finish(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  result: Parameters<Provider['interactionFinished']>[2],
): Promise<void> {
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function sendForm(
  provider: Provider,
  { tenantId, demo }: ProviderParts,
  response: ServerResponse,
  interaction: Interaction,
  {
    status = 200,
    email,
    problem,
    mustWait = false,
  }: { status?: number; email?: string; problem?: string; mustWait?: boolean },
): Promise<void> {
  const { client_id: clientId, redirect_uri: redirectUri, login_hint: hint } = interaction.params;
  const client = typeof clientId === 'string' ? await provider.Client.find(clientId) : undefined;
  sendPage(response, status, formTargetOf(redirectUri), (nonce) =>
    renderSignInPage({
      nonce,
      action: `/${tenantId}${addresses.signIn}/${interaction.uid}`,
      clientName: client?.clientName,
      email: email ?? (typeof hint === 'string' ? hint : ''),
      problem,
      mustWait,
      demo,
    }),
  );
}

function sendExpired(response: ServerResponse): void {
  sendPage(response, 400, [], (nonce) =>
    renderMessagePage({
      nonce,
      title: 'This sign-in has expired',
      message: 'Go back to the page you came from and sign in from there again.',
    }),
  );
}

function sendPage(
  response: ServerResponse,
  status: number,
  formTargets: readonly string[],
  render: (nonce: string) => string,
): void {
  const nonce = randomBytes(16).toString('base64');
  const html = render(nonce);
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(html),
    'Cache-Control': 'no-store',
    'Content-Security-Policy': writeContentSecurityPolicy(nonce, formTargets),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
  });
  response.end(html);
}

function describeWait(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
