/** Blobs as files of a folder: `ab/cd/<id>`. A file appears under its name only when all of it is on the disk. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type BlobFacts, BlobMeter, type BlobStore, type ByteStream, requireBlobId } from './blob-store.ts';

/** @param folder is made when the first blob comes */
export function createFileBlobs(folder: string): BlobStore {
  const fileOf = (id: string): string => path.join(folder, requireBlobId(id).slice(0, 2), id.slice(2, 4), id);
  return {
    put: (id, content, { maximumBytes }) => writeWhole(fileOf(id), content, maximumBytes),
    async get(id, range) {
      const file = fileOf(id);
      if ((await sizeOf(file)) === undefined) return undefined;
      return createReadStream(
        file,
        range === undefined ? {} : { start: range.first, ...(range.last === undefined ? {} : { end: range.last }) },
      );
    },
    async head(id) {
      const size = await sizeOf(fileOf(id));
      return size === undefined ? undefined : { size };
    },
    delete: (id) => rm(fileOf(id), { force: true }),
  };
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeWhole(file: string, content: ByteStream, maximumBytes: number): Promise<BlobFacts> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // A name of its own: two writers of one id do not mix their bytes.
  const unfinished = `${file}.${randomUUID()}.new`;
  try {
    const handle = await open(unfinished, 'wx', 0o600);
    const facts = await fill(handle, content, maximumBytes).finally(() => handle.close());
    await rename(unfinished, file);
    await syncFolder(folder);
    return facts;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function fill(handle: FileHandle, content: ByteStream, maximumBytes: number): Promise<BlobFacts> {
  const meter = new BlobMeter(maximumBytes);
  for await (const chunk of content) {
    meter.add(chunk);
    await handle.writeFile(chunk);
  }
  await handle.sync();
  return meter.finish();
}

/** The new name itself must survive a power cut. Windows cannot open a folder, and keeps names without it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
