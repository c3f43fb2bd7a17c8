/** Where files live: one interface, whatever stores the bytes. What a file is called and whom it belongs to is kept elsewhere (`attachments.ts`). */
import { createHash } from 'node:crypto';

/** Bytes as they arrive; a Node stream is one. */
export type ByteStream = AsyncIterable<Uint8Array>;

/** From the first to the last byte, both included, counted from 0. Without `last`: to the end. */
export type ByteRange = { readonly first: number; readonly last?: number };

export type BlobFacts = {
  /** Bytes. */
  readonly size: number;
  /** Of the content, in hexadecimal. */
  readonly sha256: string;
};

export type BlobStore = {
  /**
   * Stores the stream under the id, whole or not at all; what was there before is replaced.
   * @throws BlobTooLarge when the stream has more bytes than allowed
   */
  put(
    id: string,
    content: ByteStream,
    options: { readonly contentType: string; readonly maximumBytes: number },
  ): Promise<BlobFacts>;
  /** Undefined when there is no such blob. The caller reads the stream to its end or ends it. */
  get(id: string, range?: ByteRange): Promise<ByteStream | undefined>;
  head(id: string): Promise<{ readonly size: number } | undefined>;
  /** One that does not exist is deleted already. */
  delete(id: string): Promise<void>;
};

export class BlobTooLarge extends Error {
  constructor(maximumBytes: number) {
    super(`A file may have ${maximumBytes} bytes.`);
    this.name = 'BlobTooLarge';
  }
}

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Every store checks its ids with this, so that no id can name anything but a blob.
 * @throws RangeError for anything that is not a UUID in lower case
 */
export function requireBlobId(id: string): string {
  if (!idPattern.test(id)) throw new RangeError('The id of a blob is a UUID in lower case.');
  return id;
}

/** Counts and digests what passes through; ends with BlobTooLarge as soon as there is too much. */
export class BlobMeter {
  readonly #hash = createHash('sha256');
  readonly #maximumBytes: number;
  #size = 0;

  constructor(maximumBytes: number) {
    this.#maximumBytes = maximumBytes;
  }

  /** @throws BlobTooLarge */
  add(chunk: Uint8Array): void {
    this.#size += chunk.byteLength;
    if (this.#size > this.#maximumBytes) throw new BlobTooLarge(this.#maximumBytes);
    this.#hash.update(chunk);
  }

  /** Once, at the end. */
  finish(): BlobFacts {
    return { size: this.#size, sha256: this.#hash.digest('hex') };
  }
}
