/** Blobs in a bucket of a store that speaks the S3 protocol. */
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { BlobMeter, type BlobStore, type ByteRange, type ByteStream, requireBlobId } from './blob-store.ts';

export type S3Options = {
  readonly bucket: string;
  readonly region: string;
  /** Unset: Amazon's own of the region. */
  readonly endpoint: string | undefined;
  /** The bucket as part of the path instead of the host name, as most other stores want it. */
  readonly isPathStyle: boolean;
  /** Unset: as the SDK finds them (environment, files, the machine's role). */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** Before every key. */
  readonly prefix: string;
};

export function createS3Blobs(options: S3Options): BlobStore & { close(): void } {
  const client = new S3Client({
    region: options.region,
    forcePathStyle: options.isPathStyle,
    // Checksums of the newer protocol are refused by many other stores, and the digest is checked by us.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.credentials === undefined ? {} : { credentials: { ...options.credentials } }),
  });
  const nameOf = (id: string) => ({ Bucket: options.bucket, Key: `${options.prefix}${requireBlobId(id)}` });
  return {
    async put(id, content, { contentType, maximumBytes }) {
      const name = nameOf(id);
      const meter = new BlobMeter(maximumBytes);
      const chunks: Uint8Array[] = [];
      // In memory: the protocol wants to know the length first, and attachments are bounded.
      for await (const chunk of content) {
        meter.add(chunk);
        chunks.push(chunk);
      }
      await client.send(new PutObjectCommand({ ...name, Body: Buffer.concat(chunks), ContentType: contentType }));
      return meter.finish();
    },
    get: (id, range) => ifPresent(() => readObject(client, nameOf(id), range)),
    head: (id) =>
      ifPresent(async () => {
        const { ContentLength } = await client.send(new HeadObjectCommand(nameOf(id)));
        return { size: ContentLength ?? 0 };
      }),
    async delete(id) {
      await ifPresent(() => client.send(new DeleteObjectCommand(nameOf(id))));
    },
    close: () => client.destroy(),
  };
}

async function readObject(
  client: S3Client,
  name: { readonly Bucket: string; readonly Key: string },
  range: ByteRange | undefined,
): Promise<ByteStream | undefined> {
  const { Body } = await client.send(
    new GetObjectCommand({
      ...name,
      ...(range === undefined ? {} : { Range: `bytes=${range.first}-${range.last ?? ''}` }),
    }),
  );
  // In Node the SDK gives a Node stream.
  return Body instanceof Readable ? Body : undefined;
}

async function ifPresent<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
    throw error;
  }
}
