import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { createDatabase, type Database } from '../db/database.ts';
import { createJobRunner, type JobRunner } from '../jobs/job-runner.ts';
import { createLog } from '../log.ts';
import { type Attachments, createAttachments, createBlobDeletion, type NewAttachment } from './attachments.ts';
import { type BlobStore, BlobTooLarge } from './blob-store.ts';
import { readAll, streamOf } from './blob-store-harness.ts';
import { createFileBlobs } from './file-blobs.ts';

describe('attachments', () => {
  let folder: string;
  let drop: () => Promise<void>;
  let database: Database;
  let blobs: BlobStore;
  let attachments: Attachments;
  let jobs: JobRunner;
  const conversationId = randomUUID();
  const clock = { now: () => 1_000_000 };

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'parley-attachments-'));
    const opened = await createTestDatabase();
    drop = opened.drop;
    database = createDatabase(opened.pool);
    blobs = createFileBlobs(folder);
    attachments = createAttachments({ database, blobs, clock });
    jobs = createJobRunner({ database, clock, log: createLog('silent'), kinds: [createBlobDeletion(blobs)] });
    await database.query(
      `INSERT INTO parley.conversation (id, sequence, status, work_stream_id, is_assignable, priority, closed_on, state)
       VALUES ($1::uuid, 1, 'closed', $1::uuid, false, 0, 0, '{}')`,
      [conversationId],
    );
  });
  after(async () => {
    await drop();
    await rm(folder, { recursive: true });
  });

  function file(...chunks: string[]): NewAttachment {
    return {
      conversationId,
      name: 'note.txt',
      contentType: 'text/plain',
      content: streamOf(...chunks),
      uploadedBy: { kind: 'customer', id: 'c-1' },
    };
  }

  test('are found and opened by their id', async () => {
    const { id, size } = await attachments.store(file('one ', 'two'), 100);
    assert.equal(size, 7);
    assert.partialDeepStrictEqual(await attachments.find(id), { conversationId, name: 'note.txt', size: 7 });
    assert.equal(await readAll(await attachments.open(id, { first: 4 })), 'two');
    assert.equal(await attachments.find(randomUUID()), undefined);
  });

  test('that are too large leave nothing', async () => {
    await assert.rejects(attachments.store(file('far too long'), 5), BlobTooLarge);
    const [row] = await database.query('SELECT count(*) FROM parley.attachment WHERE size IS NULL', []);
    assert.deepEqual(row, ['0']);
  });

  test('take their bytes with them, also when the whole conversation goes', async () => {
    const [first, second] = [await attachments.store(file('a'), 9), await attachments.store(file('b'), 9)];
    await jobs.tick();
    await attachments.forget([first.id]);
    assert.equal(await attachments.find(first.id), undefined);
    await jobs.tick();
    assert.equal(await blobs.head(first.id), undefined);
    assert.deepEqual(await blobs.head(second.id), { size: 1 });
    await database.query('DELETE FROM parley.conversation WHERE id = $1::uuid', [conversationId]);
    while ((await jobs.tick()) > 0);
    assert.equal(await blobs.head(second.id), undefined);
  });
});
