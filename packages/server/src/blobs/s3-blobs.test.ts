/** Against a real HTTP server that keeps objects as the S3 protocol says, and checks that requests are signed for its bucket. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { streamOf, testBlobStore } from './blob-store-harness.ts';
import { createS3Blobs } from './s3-blobs.ts';

type ObjectServer = { readonly endpoint: string; readonly keys: () => string[]; stop(): Promise<void> };

const signature =
  /^AWS4-HMAC-SHA256 Credential=test-key\/\d{8}\/eu-test-1\/s3\/aws4_request, SignedHeaders=[\w;-]*host[\w;-]*, Signature=[0-9a-f]{64}$/;

async function startObjectServer(): Promise<ObjectServer> {
  const objects = new Map<string, Buffer>();
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    if (!signature.test(request.headers.authorization ?? '')) {
      response.writeHead(403).end();
      return;
    }
    const key = new URL(request.url ?? '/', 'http://any').pathname;
    if (request.method === 'PUT') objects.set(key, Buffer.concat(chunks));
    if (request.method === 'DELETE') objects.delete(key);
    const object = objects.get(key);
    if (request.method === 'PUT' || request.method === 'DELETE') response.writeHead(200).end();
    else if (object === undefined) response.writeHead(404).end();
    else answerObject(request, response, object);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP socket has this form of address.
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    keys: () => [...objects.keys()],
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answerObject(request: http.IncomingMessage, response: http.ServerResponse, object: Buffer): void {
  const [, first, last = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const part =
    first === undefined ? object : object.subarray(Number(first), last === '' ? undefined : Number(last) + 1);
  response.writeHead(first === undefined ? 200 : 206, { 'Content-Length': part.length });
  response.end(request.method === 'HEAD' ? undefined : part);
}

describe('blobs in a bucket', () => {
  let server: ObjectServer;
  let store: ReturnType<typeof createS3Blobs>;
  const options = { bucket: 'files', region: 'eu-test-1', isPathStyle: true, prefix: 'parley/' };
  before(async () => {
    server = await startObjectServer();
    const credentials = { accessKeyId: 'test-key', secretAccessKey: 'test-secret' };
    store = createS3Blobs({ ...options, endpoint: server.endpoint, credentials });
  });
  after(async () => {
    store.close();
    await server.stop();
  });

  testBlobStore(() => store);

  test('have the bucket and the prefix before their id', async () => {
    const id = '0190a0c4-7d2e-7b41-8f00-000000000001';
    await store.put(id, streamOf('x'), { contentType: 'text/plain', maximumBytes: 5 });
    assert.ok(server.keys().includes(`/files/parley/${id}`));
  });

  test('fail when the store refuses', async () => {
    const credentials = { accessKeyId: 'other', secretAccessKey: 'wrong' };
    const stranger = createS3Blobs({ ...options, endpoint: server.endpoint, credentials });
    await assert.rejects(stranger.head('0190a0c4-7d2e-7b41-8f00-000000000001'));
    stranger.close();
  });
});
