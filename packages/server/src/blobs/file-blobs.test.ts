import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { BlobStore } from './blob-store.ts';
import { streamOf, testBlobStore } from './blob-store-harness.ts';
import { createFileBlobs } from './file-blobs.ts';

describe('blobs in files', () => {
  let folder: string;
  let store: BlobStore;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'parley-blobs-'));
    store = createFileBlobs(path.join(folder, 'blobs'));
  });
  after(() => rm(folder, { recursive: true }));

  testBlobStore(() => store);

  test('lie two folders deep, readable to their user only, without leftovers', async () => {
    const id = randomUUID();
    const options = { contentType: 'text/plain', maximumBytes: 5 };
    await assert.rejects(store.put(id, streamOf('too long'), options));
    await store.put(id, streamOf('short'), options);
    const place = path.join(folder, 'blobs', id.slice(0, 2), id.slice(2, 4));
    assert.deepEqual(await readdir(place), [id]);
    assert.equal((await stat(path.join(place, id))).mode & 0o077, 0);
  });
});
