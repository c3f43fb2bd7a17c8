/**
 * Bearer tokens: from a JWT to the system user it stands for (RFC 9068 for our own tokens, RFC 7519 for those of
 * external issuers). Verified tokens are remembered until they expire, so that the usual case is one hash and one look-up.
 */
import { hash } from 'node:crypto';
import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { findUser, isDemoUser, type User, type UserColumn } from './accounts.ts';
import type { ExternalIssuer } from './configuration.ts';
import type { Database } from './database.ts';
import { createExternalKeys, KeysUnavailable } from './external-keys.ts';
import type { KeyRing } from './key-ring.ts';

export type VerifiedSubject = {
  systemUserId: string;
  /** The client id when the token stands for an application user; undefined for people. */
  applicationId: string | undefined;
  /** Seconds since 1970. */
  expiresAt: number;
};
export type Verification = VerifiedSubject | { problem: string };

export type Verifier = (token: string) => Verification | Promise<Verification>;

const longestToken = 16_384;
const mostRemembered = 10_000;
const externalClockToleranceSeconds = 60;
const asymmetricAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

export type VerifierOptions = {
  database: Database;
  keyRing: KeyRing;
  /** Origins whose tokens are ours, each as issuer and as audience. */
  origins: readonly string[];
  /** The issuer that goes with an origin. */
  issuerOf: (origin: string) => string;
  externalIssuers: readonly ExternalIssuer[];
  /** Whether demo sign-ins are on; off, what they issued earlier is refused. */
  demo: boolean;
  warn: (details: object, message: string) => void;
};

/** Creates the function that verifies tokens. It answers without a promise for a token it remembers. */
export function createVerifier(options: VerifierOptions): Verifier {
  const remembered = new Map<string, VerifiedSubject>();
  const verifyOwn = createOwnVerification(options);
  const externals = new Map(
    options.externalIssuers.map((issuer) => [issuer.issuer, createExternalVerification(options.database, issuer)]),
  );
  const ownIssuers = new Set(options.origins.map(options.issuerOf));

  async function verifyNew(token: string, digest: string): Promise<Verification> {
    try {
      const { iss = '' } = decodeJwt(token);
      const verifyIssued = ownIssuers.has(iss) ? verifyOwn : externals.get(iss);
      if (verifyIssued === undefined) return { problem: 'The token is from an issuer that is not trusted here.' };
      const result = await verifyIssued(token);
      if (!('problem' in result)) remember(remembered, digest, result);
      return result;
    } catch (error) {
      if (error instanceof KeysUnavailable) {
        options.warn({ err: error }, 'The keys of a token issuer could not be fetched.');
        return { problem: 'The keys of the issuer of the token could not be fetched.' };
      }
      if (error instanceof errors.JOSEError) return { problem: describeProblem(error) };
      throw error;
    }
  }

  return (token) => {
    if (token.length > longestToken) return { problem: 'The token is too long.' };
    const digest = hash('sha256', token, 'base64url');
    const known = remembered.get(digest);
    if (known === undefined) return verifyNew(token, digest);
    if (known.expiresAt <= Date.now() / 1000) {
      remembered.delete(digest);
      return { problem: 'The token has expired.' };
    }
    // Last in the order of the map means latest used.
    remembered.delete(digest);
    remembered.set(digest, known);
    return known;
  };
}

function createOwnVerification({ database, keyRing, origins, issuerOf, demo }: VerifierOptions) {
  const issuer = origins.map(issuerOf);
  return async (token: string): Promise<Verification> => {
    const { payload } = await jwtVerify(
      token,
      async ({ kid = '' }) => {
        const key = await keyRing.find(kid);
        if (key === undefined) throw new errors.JWKSNoMatchingKey();
        return key.publicKey;
      },
      // The type keeps id tokens, which carry the same issuer and key, from passing as access tokens.
      { algorithms: ['RS256'], typ: 'at+jwt', issuer, audience: [...origins], requiredClaims: ['exp', 'parley_uid'] },
    );
    const user = await findUser(database, 'systemuserid', readText(payload, 'parley_uid') ?? '');
    if (user !== undefined && !demo && (await isDemoUser(database, user.systemUserId))) {
      return { problem: 'The token is from a demo sign-in, and these are off.' };
    }
    // The subject of an application's token is the application itself.
    return user === undefined ? unknownUser : describeSubject(payload, user, payload.sub === payload['client_id']);
  };
}

function createExternalVerification(database: Database, issuer: ExternalIssuer) {
  const openKeys = createExternalKeys(issuer);
  return async (token: string): Promise<Verification> => {
    const { payload } = await jwtVerify(token, await openKeys(), {
      algorithms: asymmetricAlgorithms,
      issuer: issuer.issuer,
      audience: [...[issuer.audience].flat()],
      clockTolerance: externalClockToleranceSeconds,
      requiredClaims: ['exp'],
    });
    for (const [claim, column] of listMatches(issuer, payload)) {
      const value = readText(payload, claim);
      const user = value === undefined ? undefined : await findUser(database, column, value);
      if (user !== undefined) return describeSubject(payload, user, column === 'applicationid');
    }
    return unknownUser;
  };
}

const unknownUser = { problem: 'The token is valid, but its subject is not an enabled user here.' };

/** The claims to look for and the columns they may match, in order. */
function listMatches({ subjectClaim, map }: ExternalIssuer, payload: JWTPayload): Array<[string, UserColumn]> {
  if (subjectClaim !== undefined || map !== undefined) {
    return [[subjectClaim ?? 'oid', map ?? 'azureactivedirectoryobjectid']];
  }
  const person: Array<[string, UserColumn]> = [
    ['oid', 'azureactivedirectoryobjectid'],
    ['upn', 'domainname'],
    ['preferred_username', 'domainname'],
  ];
  // `appid` and `azp` also stand in the tokens of people, naming the app they use. Matching them there would make
  // any stranger of that directory the app's own application user.
  const aboutPerson = ['upn', 'preferred_username', 'unique_name', 'email', 'scp', 'name'].some(
    (claim) => claim in payload,
  );
  return aboutPerson ? person : [...person, ['appid', 'applicationid'], ['azp', 'applicationid']];
}

function describeSubject(payload: JWTPayload, user: User, isApplication: boolean): VerifiedSubject {
  return {
    systemUserId: user.systemUserId,
    applicationId: isApplication ? user.applicationId : undefined,
    expiresAt: payload.exp ?? 0,
  };
}

function remember(remembered: Map<string, VerifiedSubject>, digest: string, subject: VerifiedSubject): void {
  const [oldest] = remembered.keys();
  if (remembered.size >= mostRemembered && oldest !== undefined) remembered.delete(oldest);
  remembered.set(digest, subject);
}

function readText(payload: JWTPayload, claim: string): string | undefined {
  const value = payload[claim];
  return typeof value === 'string' ? value : undefined;
}

function describeProblem(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'aud'
      ? 'The token is meant for another audience.'
      : `The claim ${error.claim} of the token is not acceptable.`;
  }
  if (error instanceof errors.JWKSNoMatchingKey) return 'The token is signed with an unknown key.';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'The token is signed with an algorithm that is not accepted.';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token is not valid.';
  return 'The token is not a valid JWT.';
}
