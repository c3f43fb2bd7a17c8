/** The public keys of external token issuers: where they are (OpenID Connect Discovery 1.0) and fetching them. */
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import type { ExternalIssuer } from './configuration.ts';

const timeoutMilliseconds = 5_000;
const cooldownMilliseconds = 30_000;

/** Failures of a key look-up that the token is to blame for; all others mean that the keys could not be had. */
const aboutTheToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** The keys of an issuer could not be fetched; says nothing about the token. */
export class KeysUnavailable extends Error {
  constructor(issuer: string, cause: unknown) {
    super(`The keys of the issuer ${issuer} could not be fetched.`, { cause });
    this.name = 'KeysUnavailable';
  }
}

/** A function that finds the issuer's keys at first use and keeps them. A failed discovery is not retried at once. */
export function createExternalKeys(issuer: ExternalIssuer): () => Promise<JWTVerifyGetKey> {
  let found: Promise<JWTVerifyGetKey> | undefined;
  let retryAt = 0;
  return () => {
    if (found === undefined || (retryAt !== 0 && Date.now() >= retryAt)) {
      retryAt = 0;
      found = openKeySet(issuer);
      found.catch(() => {
        retryAt = Date.now() + cooldownMilliseconds;
      });
    }
    return found;
  };
}

async function openKeySet(issuer: ExternalIssuer): Promise<JWTVerifyGetKey> {
  const address = issuer.jwksUri ?? (await discoverKeys(issuer.issuer));
  const keySet = createRemoteJWKSet(new URL(address), {
    timeoutDuration: timeoutMilliseconds,
    cooldownDuration: cooldownMilliseconds,
  });
  return async (header, token) => {
    try {
      return await keySet(header, token);
    } catch (error) {
      if (aboutTheToken.some((kind) => error instanceof kind)) throw error;
      throw new KeysUnavailable(issuer.issuer, error);
    }
  };
}

async function discoverKeys(issuer: string): Promise<string> {
  try {
    const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(timeoutMilliseconds),
      redirect: 'error',
    });
    if (!response.ok) throw new Error(`Its openid-configuration answered ${response.status}.`);
    const document: unknown = await response.json();
    const { issuer: stated, jwks_uri: address } = { issuer: undefined, jwks_uri: undefined, ...Object(document) };
    if (stated !== issuer) throw new Error('Its openid-configuration names another issuer.');
    if (typeof address !== 'string' || !URL.canParse(address))
      throw new Error('Its openid-configuration has no jwks_uri.');
    return address;
  } catch (cause) {
    throw new KeysUnavailable(issuer, cause);
  }
}
