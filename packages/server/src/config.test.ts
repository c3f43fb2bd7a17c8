import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { ConfigError, readConfig, refuseOpenDemo, resolveTlsPort } from './config.ts';

test('an empty environment gives the documented defaults', () => {
  const config = readConfig({ PORT: '', DATABASE_URL: ' ' });
  assert.deepEqual(config, {
    host: '127.0.0.1',
    port: 8080,
    tlsPort: undefined,
    tls: undefined,
    publicUrl: undefined,
    dataDirectory: path.resolve('.parley'),
    databaseUrl: undefined,
    natsUrls: [],
    demo: undefined,
    administrator: undefined,
    logLevel: 'info',
    issuers: undefined,
    publicClients: undefined,
    isClockMovable: false,
    webhookAllow: [],
    blobBucket: undefined,
  });
  assert.equal(resolveTlsPort(config, true), 8443);
  assert.equal(resolveTlsPort(config, false), undefined);
});

test('every problem is listed at once, without the secrets', () => {
  const env = {
    PORT: '70000',
    PARLEY_TLS_PORT: '-1',
    PARLEY_TLS_CERT: 'cert.pem',
    PARLEY_PUBLIC_URL: 'https://example.com/path',
    DATABASE_URL: 'mysql://user:hunter2@host/db',
    NATS_URL: 'nats://one:4222,http://two',
    PARLEY_DEMO: 'maybe',
    PARLEY_ADMIN_CLIENT_SECRET: 'hunter3',
    PARLEY_LOG: 'loud',
  };
  assert.throws(
    () => readConfig(env),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.problems.length, 9);
      for (const name of ['PORT', 'PARLEY_TLS_PORT', 'PARLEY_TLS_KEY', 'PARLEY_PUBLIC_URL', 'DATABASE_URL', 'NATS_URL'])
        assert.match(error.message, new RegExp(`\\b${name}\\b`));
      assert.doesNotMatch(error.message, /hunter/);
      return true;
    },
  );
});

test('a host that other machines reach is refused while demo sign-ins are on, and only then', () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1', 'example.com', '127.evil.example'])
    assert.throws(() => refuseOpenDemo(readConfig({ HOST: host }), true), ConfigError, host);
  for (const host of ['127.0.0.1', '127.8.9.1', 'localhost', '::1', '[::1]'])
    refuseOpenDemo(readConfig({ HOST: host }), true);
  refuseOpenDemo(readConfig({ HOST: '0.0.0.0' }), false);
});

test('a bucket for files needs its name, and a store of its own is addressed by path', () => {
  assert.throws(() => readConfig({ PARLEY_BLOB_S3_REGION: 'eu-central-1' }), /PARLEY_BLOB_S3_REGION is set without/);
  assert.throws(
    () => readConfig({ PARLEY_BLOB_S3_BUCKET: 'files', PARLEY_BLOB_S3_KEY_ID: 'id' }),
    /PARLEY_BLOB_S3_KEY_ID is set without PARLEY_BLOB_S3_SECRET/,
  );
  const { blobBucket } = readConfig({
    PARLEY_BLOB_S3_BUCKET: 'files',
    PARLEY_BLOB_S3_ENDPOINT: 'http://store:9000',
    PARLEY_BLOB_S3_KEY_ID: 'id',
    PARLEY_BLOB_S3_SECRET: 'secret',
  });
  assert.deepEqual(blobBucket, {
    bucket: 'files',
    region: 'us-east-1',
    endpoint: 'http://store:9000',
    isPathStyle: true,
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    prefix: '',
  });
});

test('what webhooks may reach besides public addresses is a list', () => {
  assert.deepEqual(readConfig({ PARLEY_WEBHOOK_ALLOW: 'crm.internal, 10.1.0.0/16,' }).webhookAllow, [
    'crm.internal',
    '10.1.0.0/16',
  ]);
});
