/** The program's log: JSON lines on stderr, readable lines on a terminal. No secret passes: see `secretNames`. */
import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import pretty from 'pino-pretty';

export type Logger = PinoLogger;

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Properties whose value is never written, at the top of a log line or up to three levels down. */
const secretNames = [
  'authorization',
  'Authorization',
  'password',
  'client_secret',
  'assertion',
  'token',
  'cookie',
  'Cookie',
  'set-cookie',
  'Set-Cookie',
];

const levelsBelowTop = ['', '*.', '*.*.', '*.*.*.'];

function redactionPaths(): string[] {
  return levelsBelowTop.flatMap((prefix) =>
    secretNames.map((name) => (prefix === '' ? `["${name}"]` : `${prefix.slice(0, -1)}["${name}"]`)),
  );
}

/** Creates the log. `destination` defaults to stderr, written at once, so that the last line before a crash is not lost. */
export function createLog(level: LogLevel, destination: DestinationStream = openStderr()): Logger {
  return pino(
    {
      level,
      base: null,
      redact: { paths: redactionPaths(), censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination,
  );
}

function openStderr(): DestinationStream {
  const standardError = 2;
  return process.stderr.isTTY
    ? pretty({ destination: standardError, sync: true, translateTime: 'SYS:HH:MM:ss.l' })
    : pino.destination({ fd: standardError, sync: true });
}
