/** The blob store that the configuration names. */
import path from 'node:path';
import type { Config } from '../config.ts';
import type { BlobStore } from './blob-store.ts';
import { createFileBlobs } from './file-blobs.ts';
import { createS3Blobs } from './s3-blobs.ts';

/** Asks for nothing yet: a bucket that is not there is noticed with the first file. */
export function openBlobs(config: Pick<Config, 'blobBucket' | 'dataDirectory'>): BlobStore & { close(): void } {
  if (config.blobBucket !== undefined) return createS3Blobs(config.blobBucket);
  return { ...createFileBlobs(path.join(config.dataDirectory, 'blobs')), close: () => undefined };
}
