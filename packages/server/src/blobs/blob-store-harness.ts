/** For tests: what every blob store does, whatever it stores blobs in. */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { type BlobStore, BlobTooLarge, type ByteStream } from './blob-store.ts';

export async function* streamOf(...chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

export async function readAll(stream: ByteStream | undefined): Promise<string> {
  assert.ok(stream !== undefined);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const options = { contentType: 'text/plain', maximumBytes: 20 };

/** @param store is asked for once the tests run */
export function testBlobStore(store: () => BlobStore): void {
  test('gives back what was stored, with its size and digest', async () => {
    const id = randomUUID();
    const facts = await store().put(id, streamOf('Hello, ', 'world'), options);
    assert.deepEqual(facts, { size: 12, sha256: createHash('sha256').update('Hello, world').digest('hex') });
    assert.equal(await readAll(await store().get(id)), 'Hello, world');
    assert.deepEqual(await store().head(id), { size: 12 });
  });

  test('gives a range of it', async () => {
    const id = randomUUID();
    await store().put(id, streamOf('0123456789'), options);
    assert.equal(await readAll(await store().get(id, { first: 2, last: 4 })), '234');
    assert.equal(await readAll(await store().get(id, { first: 7 })), '789');
  });

  test('stores an empty blob', async () => {
    const id = randomUUID();
    assert.equal((await store().put(id, streamOf(), options)).size, 0);
    assert.equal(await readAll(await store().get(id)), '');
  });

  test('replaces what was there', async () => {
    const id = randomUUID();
    await store().put(id, streamOf('first'), options);
    await store().put(id, streamOf('second'), options);
    assert.equal(await readAll(await store().get(id)), 'second');
  });

  test('refuses what is too large and keeps nothing of it', async () => {
    const id = randomUUID();
    await assert.rejects(store().put(id, streamOf('0123456789', '0123456789', '!'), options), BlobTooLarge);
    assert.equal(await store().head(id), undefined);
  });

  test('keeps nothing of a stream that breaks', async () => {
    const id = randomUUID();
    const breaking = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('the sender is gone');
    };
    await assert.rejects(store().put(id, breaking(), options), /the sender is gone/);
    assert.equal(await store().get(id), undefined);
  });

  test('forgets what is deleted, also twice', async () => {
    const id = randomUUID();
    await store().put(id, streamOf('gone soon'), options);
    await store().delete(id);
    await store().delete(id);
    assert.equal(await store().get(id), undefined);
    assert.equal(await store().head(id), undefined);
  });

  for (const id of ['../../etc/passwd', '', 'A0000000-0000-4000-8000-000000000000', `${randomUUID()}/..`, '.']) {
    test(`takes no id like "${id}"`, async () => {
      await assert.rejects(async () => store().put(id, streamOf('x'), options), RangeError);
      await assert.rejects(async () => store().get(id), RangeError);
      await assert.rejects(async () => store().head(id), RangeError);
      await assert.rejects(async () => store().delete(id), RangeError);
    });
  }
}
