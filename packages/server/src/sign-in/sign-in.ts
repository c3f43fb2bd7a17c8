/**
 * Sign-in: OAuth 2.0 and OpenID Connect for people and application users, and the verification of bearer tokens.
 * This is the composition of the folder and its only entrance for the rest of the server. Addresses are those of
 * the reference service: `/{tenant}/oauth2/v2.0/...`, with the tenant's id, `organizations` or `common`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Pool } from 'pg';
import { endDemoSessions } from './accounts.ts';
import { type Destination, findDestination } from './addresses.ts';
import { createAttemptLimiter } from './attempts.ts';
import type { PublicClient } from './clients.ts';
import type { ExternalIssuer } from './configuration.ts';
import { FormTooLong, isForm, readBody, redirectRequest } from './form-request.ts';
import { openKeyRing } from './key-ring.ts';
import { createProvider, issuerOf } from './provider.ts';
import type { ProviderParts } from './provider-parts.ts';
import { sweepRecords } from './record-store.ts';
import { normaliseParameters } from './scopes.ts';
import { answerSignInForm } from './sign-in-form.ts';
import { answerUserinfo, sendJson } from './userinfo.ts';
import { createVerifier, type Verification } from './verify-token.ts';

export type { VerifiedSubject } from './verify-token.ts';

type Log = (details: object, message?: string) => void;

export type SignInOptions = {
  pool: Pool;
  tenantId: string;
  /** The origins that requests may come for, such as `http://localhost:8080`. */
  allowedOrigins: readonly string[];
  /** When set, everything handed out carries this origin, whichever the request came for. */
  publicUrl: string | undefined;
  /** Whether demo sign-ins are on: the password grant, the note on the form, and the passwords that the demo published. */
  demo: boolean;
  issuers: readonly ExternalIssuer[];
  /** Further first-party public clients. */
  publicClients?: readonly PublicClient[];
  /** The client's address, for the limits on failures. Default: the other end of the connection. */
  clientAddress?: (request: IncomingMessage) => string | undefined;
  log: { info: Log; warn: Log; error: Log };
};

export type SignIn = {
  /** True when the path was one of its own and the response has been taken over. */
  handle(request: IncomingMessage, response: ServerResponse, origin: string): boolean;
  /** Resolves to who the bearer token stands for; without a promise for a token seen before. Never rejects over a bad token. */
  verify(token: string): Verification | Promise<Verification>;
  /** The value of WWW-Authenticate on a 401. */
  challenge(origin: string): string;
  /** Ends the background work. Requests in flight still finish. */
  stop(): Promise<void>;
};

const upkeepMilliseconds = 60_000;

/** Opens sign-in on a migrated database; makes the first signing key when there is none. */
export async function createSignIn(options: SignInOptions): Promise<SignIn> {
  const { pool, tenantId, publicUrl, demo, issuers, log } = options;
  const fixedOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  const origins = [...new Set([...(fixedOrigin === undefined ? [] : [fixedOrigin]), ...options.allowedOrigins])];
  const keyRing = await openKeyRing(pool);
  if (!demo) await endDemoSessions(pool);
  const clientAddresses = new WeakMap<IncomingMessage, string>();
  const parts = assembleParts(options, origins, clientAddresses);
  const providerOf = keepProviders(keyRing.keys, parts);
  const verify = createVerifier({
    database: pool,
    keyRing,
    origins,
    issuerOf: (origin) => issuerOf(origin, tenantId),
    externalIssuers: issuers,
    demo,
    warn: log.warn,
  });

  async function answer(request: IncomingMessage, response: ServerResponse, origin: string, to: FoundDestination) {
    const provider = providerOf(origin);
    const received = await readBody(request);
    const { search, body } = normalise(request, to, received, origins);
    const redirected = redirectRequest(request, { mountPath: `/${tenantId}`, url: `${to.path}${search}`, body });
    clientAddresses.set(redirected, options.clientAddress?.(request) ?? request.socket.remoteAddress ?? 'unknown');
    if (to.endpoint === 'userinfo') return answerUserinfo({ request, response }, { database: pool, tenantId, verify });
    if (to.endpoint === 'signIn') {
      return answerSignInForm(provider, parts, { request: redirected, response, path: to.path, body });
    }
    await provider.callback()(redirected, response);
  }

  const upkeep = startUpkeep(async () => {
    await keyRing.refresh();
    await sweepRecords(pool);
    await parts.attempts.sweep();
  }, log.error);

  return {
    handle(request, response, requestOrigin) {
      const path = request.url?.split('?', 1)[0] ?? '';
      const destination = findDestination(path, tenantId);
      if (destination === undefined) return false;
      const origin = fixedOrigin ?? requestOrigin;
      const refusal = refuse(destination, request, origins.includes(origin));
      if (refusal !== undefined) sendRefusal(response, refusal);
      else if (destination.kind === 'found') {
        answer(request, response, origin, destination).catch((error: unknown) => {
          // A client that has gone away is no failure, and nobody is left to answer.
          if (!request.socket.destroyed) sendFailure(response, error, parts.reportFailure);
        });
      }
      return true;
    },
    verify,
    challenge(requestOrigin) {
      const origin = fixedOrigin ?? requestOrigin;
      return `Bearer authorization_uri=${origin}/${tenantId}/oauth2/authorize, resource_id=${origin}/`;
    },
    stop: upkeep.stop,
  };
}

function assembleParts(
  { pool, tenantId, demo, publicClients = [], log }: SignInOptions,
  origins: readonly string[],
  clientAddresses: WeakMap<IncomingMessage, string>,
): ProviderParts {
  return {
    database: pool,
    tenantId,
    origins,
    publicClients,
    demo,
    attempts: createAttemptLimiter(pool),
    addressOf: (request) => clientAddresses.get(request) ?? 'unknown',
    reportFailure: (error) => log.error({ err: error }, 'Sign-in failed unexpectedly.'),
  };
}

type FoundDestination = Extract<Destination, { kind: 'found' }>;

/** Providers are made at first use, one per origin, and anew when the keys change. */
function keepProviders(currentKeys: () => Parameters<typeof createProvider>[1], parts: ProviderParts) {
  let keys = currentKeys();
  const providers = new Map<string, Provider>();
  return (origin: string): Provider => {
    if (keys !== currentKeys()) {
      keys = currentKeys();
      providers.clear();
    }
    const provider = providers.get(origin) ?? createProvider(origin, keys, parts);
    providers.set(origin, provider);
    return provider;
  };
}

type Refusal = { status: number; error: string; description: string; allow?: string };

function refuse(destination: Destination, request: IncomingMessage, originIsKnown: boolean): Refusal | undefined {
  if (destination.kind === 'unknownTenant') {
    return { status: 404, error: 'invalid_tenant', description: 'There is no such tenant here.' };
  }
  if (destination.kind === 'unknownAddress') {
    return { status: 404, error: 'not_found', description: 'There is no such address in sign-in.' };
  }
  if (!destination.methods.includes(request.method ?? '')) {
    const allow = destination.methods.join(', ');
    return { status: 405, error: 'invalid_request', description: `This address takes ${allow}.`, allow };
  }
  if (!originIsKnown) {
    return {
      status: 400,
      error: 'invalid_request',
      description: 'The request came for a host that is not served here.',
    };
  }
  return undefined;
}

function sendRefusal(response: ServerResponse, { status, error, description, allow }: Refusal): void {
  if (allow !== undefined) response.setHeader('Allow', allow);
  sendJson(response, status, { error, error_description: description });
}

/** The query and body to hand on, with scopes and resources as the provider understands them. */
function normalise(request: IncomingMessage, to: FoundDestination, body: Buffer, origins: readonly string[]) {
  const query = request.url?.split('?').slice(1).join('?') ?? '';
  const search = query === '' ? '' : `?${query}`;
  if (to.endpoint === 'authorize' && search !== '') {
    const parameters = new URLSearchParams(query);
    normaliseParameters(parameters, origins);
    return { search: `?${parameters}`, body };
  }
  if (to.endpoint === 'token' && isForm(request)) {
    const parameters = new URLSearchParams(body.toString());
    normaliseParameters(parameters, origins);
    return { search, body: Buffer.from(parameters.toString()) };
  }
  return { search, body };
}

function sendFailure(response: ServerResponse, error: unknown, report: (error: unknown) => void): void {
  const tooLong = error instanceof FormTooLong;
  if (!tooLong) report(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // What is left of a body that is too long is not read, so the connection cannot serve another request.
  if (tooLong) response.setHeader('Connection', 'close');
  sendJson(
    response,
    tooLong ? 413 : 500,
    tooLong
      ? { error: 'invalid_request', error_description: error.message }
      : { error: 'server_error', error_description: 'The request could not be completed.' },
  );
}

function startUpkeep(work: () => Promise<void>, reportFailure: Log): { stop(): Promise<void> } {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(work).catch((error: unknown) => reportFailure({ err: error }, 'Upkeep of sign-in failed.'));
  }, upkeepMilliseconds);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return running;
    },
  };
}
