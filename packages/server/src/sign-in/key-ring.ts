/**
 * Signing keys and cookie secrets, shared by all server processes through table `parley.sign_in_key`.
 * The next key is added some minutes before it signs, so that every process publishes it first; a replaced key
 * stays published until all that was signed with it has expired.
 */
import { createPublicKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { type Database, readBoolean } from './database.ts';

/** How long one key signs. */
const signingDays = 90;
/** How long a replaced key stays: longer than any token or session cookie made with it. */
const afterlifeDays = 15;
/** From a key's creation to its first signature; several times the interval at which processes reload. */
const noticeMinutes = 5;

export type SigningKey = { kid: string; privateJwk: JWK; publicKey: KeyObject; cookieSecret: string };

export type KeyRing = {
  /** The keys in use, the signing one first. The array is a new one whenever anything about it changed. */
  keys(): readonly SigningKey[];
  /** The key with this id. Reloads when it is unknown, at most every few seconds: another process may have added it. */
  find(kid: string): SigningKey | undefined | Promise<SigningKey | undefined>;
  /** Adds the next key when it is due, drops expired ones, reloads. */
  refresh(): Promise<void>;
};

type KeyRow = { kid: string; private_jwk: string; cookie_secret: string; signs: string };

const reloadCooldownMilliseconds = 5_000;

/** Opens the key ring, making the first key when there is none. */
export async function openKeyRing(database: Database): Promise<KeyRing> {
  let keys: readonly SigningKey[] = [];
  let reloadedAt = 0;

  async function reload(): Promise<void> {
    reloadedAt = Date.now();
    const rows = await readKeys(database);
    const signing = rows.find((row) => readBoolean(row.signs));
    const ordered = signing === undefined ? rows : [signing, ...rows.filter((row) => row !== signing)];
    if (ordered.map(({ kid }) => kid).join() === keys.map(({ kid }) => kid).join()) return;
    keys = ordered.map(readKey);
  }

  async function refresh(): Promise<void> {
    await addKeyWhenDue(database);
    await dropExpiredKeys(database);
    await reload();
  }

  await refresh();
  return {
    keys: () => keys,
    find(kid) {
      const found = keys.find((key) => key.kid === kid);
      if (found !== undefined || Date.now() - reloadedAt < reloadCooldownMilliseconds) return found;
      return reload().then(() => keys.find((key) => key.kid === kid));
    },
    refresh,
  };
}

async function readKeys(database: Database): Promise<KeyRow[]> {
  const { rows } = await database.query<KeyRow>(
    `SELECT kid, private_jwk, cookie_secret, (signs_from <= now())::text AS signs
       FROM parley.sign_in_key ORDER BY generation DESC`,
  );
  return rows;
}

function readKey(row: KeyRow): SigningKey {
  const privateJwk: JWK = JSON.parse(row.private_jwk);
  const { kty = '', n = '', e = '' } = privateJwk;
  return {
    kid: row.kid,
    privateJwk: { ...privateJwk, kid: row.kid },
    publicKey: createPublicKey({ key: { kty, n, e }, format: 'jwk' }),
    cookieSecret: row.cookie_secret,
  };
}

async function addKeyWhenDue(database: Database): Promise<void> {
  const { rows } = await database.query<{ next: string; due: string }>(
    `SELECT (generation + 1)::text AS next, (signs_from < now() - $1 * interval '1 day')::text AS due
       FROM parley.sign_in_key ORDER BY generation DESC LIMIT 1`,
    [signingDays],
  );
  const newest = rows[0];
  if (newest !== undefined && !readBoolean(newest.due)) return;
  const jwk = await makeKey();
  // Of several processes that come here at once, one inserts the generation; the others' keys are never used.
  await database.query(
    `INSERT INTO parley.sign_in_key (generation, kid, private_jwk, cookie_secret, signs_from)
     VALUES ($1, $2, $3, $4, now() + $5 * interval '1 minute') ON CONFLICT (generation) DO NOTHING`,
    [
      newest?.next ?? 1,
      await calculateJwkThumbprint(jwk),
      JSON.stringify(jwk),
      randomBytes(32).toString('base64url'),
      newest === undefined ? 0 : noticeMinutes,
    ],
  );
}

async function makeKey(): Promise<JWK> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  // An RSA private key exports to a JWK; node:crypto and jose name that type differently.
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), alg: 'RS256', use: 'sig' };
}

async function dropExpiredKeys(database: Database): Promise<void> {
  await database.query(
    `DELETE FROM parley.sign_in_key AS old WHERE EXISTS (
       SELECT 1 FROM parley.sign_in_key AS newer
        WHERE newer.generation > old.generation AND newer.signs_from < now() - $1 * interval '1 day')`,
    [afterlifeDays],
  );
}
