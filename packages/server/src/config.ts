/**
 * The configuration: everything the environment can say, read once at the start. An empty variable counts as unset. All problems
 * are reported together, each naming its variable.
 */
import { isIP } from 'node:net';
import path from 'node:path';
import { type LogLevel, logLevels } from './log.ts';

export interface Config {
  /** HOST: the address or name to listen on. */
  host: string;
  /** PORT: 0 to 65535; 0 lets the system choose. */
  port: number;
  /** PARLEY_TLS_PORT: as PORT. Unset: see `resolveTlsPort`. */
  tlsPort: number | undefined;
  /** PARLEY_TLS_CERT and PARLEY_TLS_KEY: PEM files, both or neither. */
  tls: { certificateFile: string; keyFile: string } | undefined;
  /** PARLEY_PUBLIC_URL: an origin without a slash at the end. */
  publicUrl: string | undefined;
  /** PARLEY_DATA_DIR: absolute. */
  dataDirectory: string;
  /** DATABASE_URL: of an external PostgreSQL. */
  databaseUrl: string | undefined;
  /** NATS_URL: one or more, separated by commas. */
  natsUrls: string[];
  /** PARLEY_DEMO; unset: the organisation decides. */
  demo: 'on' | 'off' | undefined;
  /** PARLEY_ADMIN_CLIENT_ID and PARLEY_ADMIN_CLIENT_SECRET, both or neither. */
  administrator: { clientId: string; clientSecret: string } | undefined;
  /** PARLEY_LOG. */
  logLevel: LogLevel;
  /** PARLEY_ISSUERS: JSON, parsed where it is used. */
  issuers: string | undefined;
  /** PARLEY_PUBLIC_CLIENTS: JSON, parsed where it is used. */
  publicClients: string | undefined;
  /** PARLEY_MOVABLE_CLOCK: an administrator may move the clock; for tests of integrations. */
  isClockMovable: boolean;
  /** PARLEY_WEBHOOK_ALLOW: hosts, addresses and ranges; checked where they are used. */
  webhookAllow: string[];
  /** PARLEY_BLOB_S3_...: where files are kept instead of the data directory. */
  blobBucket: BlobBucket | undefined;
}

export interface BlobBucket {
  /** PARLEY_BLOB_S3_BUCKET. */
  bucket: string;
  /** PARLEY_BLOB_S3_REGION. */
  region: string;
  /** PARLEY_BLOB_S3_ENDPOINT: unset for Amazon's own. */
  endpoint: string | undefined;
  /** PARLEY_BLOB_S3_PATH_STYLE: on or off; unset: on with an endpoint. */
  isPathStyle: boolean;
  /** PARLEY_BLOB_S3_KEY_ID and PARLEY_BLOB_S3_SECRET, both or neither. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** PARLEY_BLOB_S3_PREFIX: before every key. */
  prefix: string;
}

/** The environment is wrong; the message has one line per problem. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const demoTlsPort = 8443;

/** Reads the configuration. Throws a ConfigError that lists every problem; no message repeats a value that may be secret. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const text = (name: string): string | undefined => env[name]?.trim() || undefined;

  const config: Config = {
    host: readHost(text('HOST') ?? '127.0.0.1', problems),
    port: readPort('PORT', text('PORT'), problems) ?? 8080,
    tlsPort: readPort('PARLEY_TLS_PORT', text('PARLEY_TLS_PORT'), problems),
    tls: undefined,
    publicUrl: readPublicUrl(text('PARLEY_PUBLIC_URL'), problems),
    dataDirectory: path.resolve(text('PARLEY_DATA_DIR') ?? '.parley'),
    databaseUrl: readUrl('DATABASE_URL', text('DATABASE_URL'), ['postgres:', 'postgresql:'], problems),
    natsUrls: readNatsUrls(text('NATS_URL'), problems),
    demo: readChoice('PARLEY_DEMO', text('PARLEY_DEMO'), ['on', 'off'], problems),
    administrator: undefined,
    logLevel: readChoice('PARLEY_LOG', text('PARLEY_LOG'), logLevels, problems) ?? 'info',
    issuers: text('PARLEY_ISSUERS'),
    publicClients: text('PARLEY_PUBLIC_CLIENTS'),
    isClockMovable: readChoice('PARLEY_MOVABLE_CLOCK', text('PARLEY_MOVABLE_CLOCK'), ['on', 'off'], problems) === 'on',
    webhookAllow: readList(text('PARLEY_WEBHOOK_ALLOW')),
    blobBucket: readBlobBucket(text, problems),
  };

  const [certificateFile, keyFile] = readPair(['PARLEY_TLS_CERT', 'PARLEY_TLS_KEY'], text, problems);
  if (certificateFile !== undefined && keyFile !== undefined) config.tls = { certificateFile, keyFile };

  const [clientId, clientSecret] = readPair(['PARLEY_ADMIN_CLIENT_ID', 'PARLEY_ADMIN_CLIENT_SECRET'], text, problems);
  if (clientId !== undefined && clientSecret !== undefined) {
    config.administrator = { clientId, clientSecret };
  }

  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** The port for TLS once it is known whether this is the demo; undefined: do not listen with TLS. */
export function resolveTlsPort(config: Config, isDemo: boolean): number | undefined {
  return config.tlsPort ?? (isDemo ? demoTlsPort : undefined);
}

/** Demo sign-ins have public passwords: throws a ConfigError when they would be open to other machines. */
export function refuseOpenDemo(config: Config, isDemo: boolean): void {
  if (!isDemo || isLoopback(config.host)) return;
  throw new ConfigError([
    `HOST is ${config.host}, which other machines can reach, while the demo sign-ins, whose passwords are public, are on: ` +
      'set PARLEY_DEMO=off, or HOST=127.0.0.1',
  ]);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function readHost(host: string, problems: string[]): string {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  if (isIP(bare) === 0 && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(bare)) {
    problems.push(`HOST must be an IP address or a host name, not "${host}"`);
  }
  return bare;
}

function readPort(name: string, value: string | undefined, problems: string[]): number | undefined {
  if (value === undefined) return undefined;
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  problems.push(`${name} must be a whole number from 0 to 65535, not "${value}"`);
  return undefined;
}

function readUrl(
  name: string,
  value: string | undefined,
  protocols: readonly string[],
  problems: string[],
): string | undefined {
  if (value === undefined) return undefined;
  if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value;
  problems.push(`${name} must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
  return undefined;
}

function readPublicUrl(value: string | undefined, problems: string[]): string | undefined {
  const url = readUrl('PARLEY_PUBLIC_URL', value, ['http:', 'https:'], problems);
  if (url === undefined) return undefined;
  const { origin, username, pathname, search, hash } = new URL(url);
  if (username !== '' || pathname !== '/' || search !== '' || hash !== '') {
    problems.push(
      'PARLEY_PUBLIC_URL must be an origin alone, such as https://contact.example.com, without user or path',
    );
  }
  return origin;
}

function readList(value: string | undefined): string[] {
  const entries = value?.split(',').map((entry) => entry.trim()) ?? [];
  return entries.filter((entry) => entry !== '');
}

function readBlobBucket(text: (name: string) => string | undefined, problems: string[]): BlobBucket | undefined {
  const names = ['REGION', 'ENDPOINT', 'PATH_STYLE', 'KEY_ID', 'SECRET', 'PREFIX'].map(
    (name) => `PARLEY_BLOB_S3_${name}`,
  );
  const given = names.filter((name) => text(name) !== undefined);
  const bucket = text('PARLEY_BLOB_S3_BUCKET');
  const endpoint = readUrl('PARLEY_BLOB_S3_ENDPOINT', text('PARLEY_BLOB_S3_ENDPOINT'), ['http:', 'https:'], problems);
  const pathStyle = readChoice('PARLEY_BLOB_S3_PATH_STYLE', text('PARLEY_BLOB_S3_PATH_STYLE'), ['on', 'off'], problems);
  const [accessKeyId, secretAccessKey] = readPair(['PARLEY_BLOB_S3_KEY_ID', 'PARLEY_BLOB_S3_SECRET'], text, problems);
  if (bucket === undefined) {
    if (given.length > 0) problems.push(`${given[0]} is set without PARLEY_BLOB_S3_BUCKET`);
    return undefined;
  }
  return {
    bucket,
    region: text('PARLEY_BLOB_S3_REGION') ?? 'us-east-1',
    endpoint,
    isPathStyle: pathStyle === undefined ? endpoint !== undefined : pathStyle === 'on',
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey },
    prefix: text('PARLEY_BLOB_S3_PREFIX') ?? '',
  };
}

function readNatsUrls(value: string | undefined, problems: string[]): string[] {
  const urls = value?.split(',').map((url) => url.trim()) ?? [];
  return urls.flatMap((url) => readUrl('NATS_URL', url, ['nats:', 'tls:', 'ws:', 'wss:'], problems) ?? []);
}

function readChoice<Choice extends string>(
  name: string,
  value: string | undefined,
  choices: readonly Choice[],
  problems: string[],
): Choice | undefined {
  if (value === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === value.toLowerCase());
  if (choice === undefined) problems.push(`${name} must be one of ${choices.join(', ')}, not "${value}"`);
  return choice;
}

function readPair(
  [first, second]: readonly [string, string],
  text: (name: string) => string | undefined,
  problems: string[],
): [string | undefined, string | undefined] {
  const pair: [string | undefined, string | undefined] = [text(first), text(second)];
  if (pair[0] === undefined && pair[1] !== undefined) problems.push(`${second} is set without ${first}`);
  if (pair[0] !== undefined && pair[1] === undefined) problems.push(`${first} is set without ${second}`);
  return pair;
}
