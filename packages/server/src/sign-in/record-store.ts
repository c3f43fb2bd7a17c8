/**
 * What oidc-provider keeps between requests, in table `parley.sign_in_record` (its adapter interface).
 * Clients (kind `Client`) are not stored here; see clients.ts.
 */
import { createHash } from 'node:crypto';
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { Database } from './database.ts';

/** Creates the store of one kind of record. */
export function createRecordStore(database: Database, kind: string): Adapter {
  async function findWhere(column: 'id' | 'session_uid', value: string): Promise<AdapterPayload | undefined> {
    const { rows } = await database.query<{ payload: string; consumed: string | null }>(
      `SELECT payload, extract(epoch FROM consumed_at)::integer::text AS consumed
         FROM parley.sign_in_record WHERE kind = $1 AND ${column} = $2 AND expires_at > now()`,
      [kind, value],
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    const payload: AdapterPayload = JSON.parse(row.payload);
    return row.consumed === null ? payload : { ...payload, consumed: Number(row.consumed) };
  }

  return {
    async upsert(id, payload, expiresIn) {
      if (expiresIn === undefined) throw new Error(`A record of kind ${kind} came without a time to live.`);
      const { jti: _omitted, ...rest } = payload;
      await database.query(
        `INSERT INTO parley.sign_in_record (kind, id, payload, grant_id, session_uid, account_id, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 second')
         ON CONFLICT (kind, id) DO UPDATE
           SET payload = excluded.payload, grant_id = excluded.grant_id, session_uid = excluded.session_uid,
               account_id = excluded.account_id, expires_at = excluded.expires_at`,
        [
          kind,
          hashId(id),
          JSON.stringify(rest),
          payload.grantId ?? null,
          kind === 'Session' ? (payload.uid ?? null) : null,
          payload.accountId ?? null,
          expiresIn,
        ],
      );
    },
    async find(id) {
      const payload = await findWhere('id', hashId(id));
      return payload === undefined ? undefined : { ...payload, jti: id };
    },
    findByUid: (uid) => findWhere('session_uid', uid),
    // Only the device flow has user codes, and it is not offered.
    findByUserCode: async () => undefined,
    async consume(id) {
      const { rowCount } = await database.query(
        `UPDATE parley.sign_in_record SET consumed_at = now() WHERE kind = $1 AND id = $2 AND consumed_at IS NULL`,
        [kind, hashId(id)],
      );
      // Two requests with one code or refresh token may both have read it as unused; one of them comes second here.
      if (rowCount !== 1) throw new errors.InvalidGrant('already used');
    },
    async destroy(id) {
      await database.query('DELETE FROM parley.sign_in_record WHERE kind = $1 AND id = $2', [kind, hashId(id)]);
    },
    async revokeByGrantId(grantId) {
      await database.query('DELETE FROM parley.sign_in_record WHERE kind = $1 AND grant_id = $2', [kind, grantId]);
    },
  };
}

/** Deletes expired records, a bounded number at a time so that no statement runs long. */
export async function sweepRecords(database: Database): Promise<void> {
  const batch = 1000;
  let deleted: number | null = batch;
  while (deleted === batch) {
    ({ rowCount: deleted } = await database.query(
      `DELETE FROM parley.sign_in_record WHERE (kind, id) IN (
         SELECT kind, id FROM parley.sign_in_record WHERE expires_at < now() LIMIT $1 FOR UPDATE SKIP LOCKED)`,
      [batch],
    ));
  }
}

function hashId(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
