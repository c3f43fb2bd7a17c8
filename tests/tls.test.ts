/** The TLS address: the same routes, with a certificate that the demo's own authority has signed. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import https from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { startTestServer, type TestServer } from './support/server.ts';

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP socket has this form of address.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function get(
  url: string,
  ca: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; text: string; challenge: string | undefined }> {
  return new Promise((resolve, reject) => {
    https
      .get(url, { ca, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text, challenge: response.headers['www-authenticate'] }),
        );
      })
      .on('error', reject);
  });
}

describe('the TLS address', () => {
  let server: TestServer;
  let port: number;
  let ca: string;
  before(async () => {
    port = await findFreePort();
    server = await startTestServer({ environment: { PARLEY_TLS_PORT: String(port) } });
    ca = await (await fetch(`${server.origin}/demo/ca.pem`)).text();
  });
  after(() => server.stop());

  for (const host of ['localhost', '127.0.0.1']) {
    test(`answers on ${host} with a certificate of the local authority`, async () => {
      assert.deepEqual(JSON.parse((await get(`https://${host}:${port}/demo/org.json`, ca)).text), server.org);
    });
  }

  test('is not trusted without that authority', async () => {
    await assert.rejects(get(`https://localhost:${port}/demo/org.json`, ''), /certificate|issuer/);
  });

  test('hands out its own origin, and takes tokens of the plain address', async () => {
    const origin = `https://localhost:${port}`;
    const answer = await get(`${origin}/api/data/v9.2/WhoAmI`, ca, {
      authorization: `Bearer ${await server.adminToken()}`,
    });
    assert.equal(answer.status, 200);
    assert.match(answer.text, new RegExp(`"@odata.context":"${origin}/api/data/v9.2/`));
    assert.match(
      (await get(`${origin}/api/data/v9.2/`, ca)).challenge ?? '',
      new RegExp(`authorization_uri=${origin}/`),
    );
  });
});
