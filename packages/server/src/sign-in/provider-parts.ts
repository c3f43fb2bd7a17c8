/** What the providers of all origins share. */
import type { IncomingMessage } from 'node:http';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { type AttemptLimiter, TooManyAttempts } from './attempts.ts';
import type { PublicClient } from './clients.ts';
import type { Database } from './database.ts';
import { HashQueueFull } from './password-hash.ts';

export type ProviderParts = {
  database: Database;
  tenantId: string;
  /** All origins whose resources may be asked for. */
  origins: readonly string[];
  publicClients: readonly PublicClient[];
  demo: boolean;
  attempts: AttemptLimiter;
  /** The address that a request's failures count for. */
  addressOf: (request: IncomingMessage) => string;
  reportFailure: (error: unknown) => void;
};

/** Runs a guarded check and turns its limits into OAuth errors with Retry-After. */
export async function refuseWhenLimited<Result>(
  context: KoaContextWithOIDC,
  check: () => Promise<Result>,
): Promise<Result> {
  try {
    return await check();
  } catch (error) {
    const tooMany = error instanceof TooManyAttempts;
    if (!tooMany && !(error instanceof HashQueueFull)) throw error;
    const refusal = new errors.OIDCProviderError(tooMany ? 429 : 503, 'temporarily_unavailable');
    refusal.error_description = error.message;
    refusal.expose = true;
    context.set('Retry-After', String(tooMany ? error.retryAfterSeconds : 1));
    throw refusal;
  }
}
