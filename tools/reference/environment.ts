/** docs/reference/environment.md. The texts are kept here; a test compares the names with what `readConfig` reads. */
import { code, page, table } from './markdown.ts';

type Variable = { readonly name: string; readonly preset: string; readonly meaning: string };

export const environmentVariables: readonly Variable[] = [
  {
    name: 'HOST',
    preset: '127.0.0.1',
    meaning: 'The address to listen on. One that other machines can reach is refused while the demo sign-ins are on.',
  },
  { name: 'PORT', preset: '8080', meaning: 'The port to listen on. 0 takes a free one.' },
  {
    name: 'PARLEY_TLS_PORT',
    preset: '8443 in the demo, else none',
    meaning: 'The port to listen on with TLS, for the same addresses. 0 takes a free one.',
  },
  {
    name: 'PARLEY_TLS_CERT',
    preset: 'one for localhost, signed by a local authority that the first start makes',
    meaning: 'A PEM file with the certificate and its chain. Goes with PARLEY_TLS_KEY.',
  },
  { name: 'PARLEY_TLS_KEY', preset: 'as PARLEY_TLS_CERT', meaning: 'A PEM file with the private key.' },
  {
    name: 'PARLEY_PUBLIC_URL',
    preset: 'none',
    meaning:
      'The origin in every address that is handed out. Unset: the origin of the request, if its Host is one that is listened on; others are answered 400.',
  },
  {
    name: 'PARLEY_DATA_DIR',
    preset: './.parley',
    meaning: 'The folder of the embedded database, the uploaded files and the keys. A second server on it is refused.',
  },
  {
    name: 'DATABASE_URL',
    preset: 'none',
    meaning: 'A PostgreSQL of your own (15 or later); then no embedded database starts.',
  },
  {
    name: 'NATS_URL',
    preset: 'none',
    meaning: 'NATS servers, separated by commas, that carry realtime events between several server processes.',
  },
  {
    name: 'PARLEY_DEMO',
    preset: 'on for the demo organisation, or when there is none yet and DATABASE_URL is unset; else off',
    meaning: 'Whether the demo organisation is made and its public passwords work: on or off.',
  },
  {
    name: 'PARLEY_ADMIN_CLIENT_ID',
    preset: 'none',
    meaning:
      'A GUID. With PARLEY_ADMIN_CLIENT_SECRET: an application user with the System Administrator role has this client id and secret.',
  },
  { name: 'PARLEY_ADMIN_CLIENT_SECRET', preset: 'none', meaning: 'See PARLEY_ADMIN_CLIENT_ID.' },
  {
    name: 'PARLEY_LOG',
    preset: 'info',
    meaning: 'The log level. Logs are lines of JSON on the error output, and easier to read on a terminal.',
  },
  {
    name: 'PARLEY_ISSUERS',
    preset: 'none',
    meaning:
      'Other issuers whose bearer tokens count: a JSON list of {"issuer", "audience", "jwksUri"?, "subjectClaim"?, "map"?}.',
  },
  {
    name: 'PARLEY_PUBLIC_CLIENTS',
    preset: 'none',
    meaning:
      'Further applications that people may sign in from: a JSON list of {"clientId", "name", "redirectUris", "native"?}.',
  },
  {
    name: 'PARLEY_MOVABLE_CLOCK',
    preset: 'off',
    meaning: 'Whether an administrator may move the clock of the contact centre: on or off. For tests of integrations.',
  },
  {
    name: 'PARLEY_WEBHOOK_ALLOW',
    preset: 'none; in the demo localhost',
    meaning:
      'What webhooks and fetched attachments may reach besides public addresses with https: host names, addresses and ranges such as 10.1.0.0/16, separated by commas. They may be http.',
  },
  {
    name: 'PARLEY_BLOB_S3_BUCKET',
    preset: 'none: files are in the data directory',
    meaning: 'A bucket, in a store that speaks the S3 protocol, for uploaded files.',
  },
  { name: 'PARLEY_BLOB_S3_REGION', preset: 'us-east-1', meaning: 'The region of the bucket.' },
  { name: 'PARLEY_BLOB_S3_ENDPOINT', preset: "Amazon's own", meaning: 'The address of another store than Amazon S3.' },
  {
    name: 'PARLEY_BLOB_S3_PATH_STYLE',
    preset: 'on with PARLEY_BLOB_S3_ENDPOINT, else off',
    meaning: 'Whether the bucket is part of the path instead of the host name: on or off.',
  },
  {
    name: 'PARLEY_BLOB_S3_KEY_ID',
    preset: 'as the AWS SDK finds credentials',
    meaning: 'The access key of the bucket. Goes with PARLEY_BLOB_S3_SECRET.',
  },
  { name: 'PARLEY_BLOB_S3_SECRET', preset: 'as PARLEY_BLOB_S3_KEY_ID', meaning: 'The secret of the access key.' },
  { name: 'PARLEY_BLOB_S3_PREFIX', preset: 'none', meaning: 'What every key in the bucket starts with.' },
];

export function writeEnvironment(): string {
  return page(
    'Environment',
    'tools/reference/environment.ts',
    'Everything the server reads from its environment. An empty variable counts as unset; a wrong one is refused at the start with its name.',
    table(
      ['variable', 'default', 'meaning'],
      environmentVariables.map(({ name, preset, meaning }) => [code(name), preset, meaning]),
    ),
  );
}
