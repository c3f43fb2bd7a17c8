/** Files of messages: what they are called and whom they belong to (`parley.attachment`), over the store of their bytes. */
import { randomUUID } from 'node:crypto';
import type { Attachment, Guid } from '@parley/engine';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import type { JobKind } from '../jobs/job.ts';
import type { BlobStore, ByteRange, ByteStream } from './blob-store.ts';

export type NewAttachment = {
  readonly conversationId: Guid;
  readonly name: string;
  readonly contentType: string;
  readonly content: ByteStream;
  readonly uploadedBy: { readonly kind: 'customer' | 'agent' | 'bot' | 'system'; readonly id: string | null };
};

export type StoredAttachment = Attachment & { readonly conversationId: Guid; readonly sha256: string };

export type Attachments = {
  /**
   * Stores a file of a conversation that exists; it becomes part of a message by naming it there.
   * @throws BlobTooLarge; then nothing is left
   */
  store(file: NewAttachment, maximumBytes: number): Promise<Attachment>;
  /** Undefined when there is none, or its bytes have not arrived. */
  find(id: Guid): Promise<StoredAttachment | undefined>;
  open(id: Guid, range?: ByteRange): Promise<ByteStream | undefined>;
  /** Rows now, bytes soon after (`createBlobDeletion`). */
  forget(ids: readonly Guid[]): Promise<void>;
};

export function createAttachments(parts: {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly clock: Clock;
}): Attachments {
  const { database, blobs } = parts;
  const forget = async (ids: readonly Guid[]): Promise<void> => {
    if (ids.length > 0) await database.query('DELETE FROM parley.attachment WHERE id = ANY($1::uuid[])', [ids]);
  };
  return {
    async store(file, maximumBytes) {
      const id = randomUUID();
      const { name, contentType } = file;
      // First the row: a blob whose row never came would stay for ever.
      await insertRow(parts, id, file);
      try {
        const { size, sha256 } = await blobs.put(id, file.content, { contentType, maximumBytes });
        await database.query('UPDATE parley.attachment SET size = $2::bigint, sha256 = $3 WHERE id = $1::uuid', [
          id,
          size,
          sha256,
        ]);
        return { id, name, contentType, size };
      } catch (error) {
        await forget([id]);
        throw error;
      }
    },
    find: (id) => find(database, id),
    open: (id, range) => blobs.get(id, range),
    forget,
  };
}

async function insertRow(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  id: Guid,
  { conversationId, name, contentType, uploadedBy }: NewAttachment,
): Promise<void> {
  await database.query(
    `INSERT INTO parley.attachment (id, conversation_id, name, content_type, created_on, uploaded_by_kind, uploaded_by)
     VALUES ($1::uuid, $2::uuid, $3, $4, $5::bigint, $6, $7)`,
    [id, conversationId, name, contentType, clock.now(), uploadedBy.kind, uploadedBy.id],
  );
}

async function find(database: Database, id: Guid): Promise<StoredAttachment | undefined> {
  const [row] = await database.query(
    `SELECT conversation_id, name, content_type, size, sha256 FROM parley.attachment WHERE id = $1::uuid AND size IS NOT NULL`,
    [id],
  );
  if (row === undefined) return undefined;
  const [conversationId, name, contentType, size, sha256] = row;
  return {
    id,
    conversationId: conversationId ?? '',
    name: name ?? '',
    contentType: contentType ?? '',
    size: Number(size),
    sha256: sha256 ?? '',
  };
}

const minute = 60_000;

/** Removes the bytes of files whose row is gone; a trigger on the rows makes the jobs. */
export function createBlobDeletion(blobs: BlobStore): JobKind {
  return {
    name: 'blob.delete',
    maximumAttempts: 10,
    retryAfter: (attempt) => minute * 2 ** (attempt - 1),
    concurrency: 4,
    run: (payload) =>
      // Written by the trigger `forget_blob`.
      blobs.delete((payload as { readonly id: string }).id),
  };
}
