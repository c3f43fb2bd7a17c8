/** The composition root: configuration, database, model, sign-in, listeners, and an orderly end. The only file that knows everyone. */
import { ConfigError, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { startServer } from './start-server.ts';

const root = new URL('../../../', import.meta.url);

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const stopping = new AbortController();
  const server = await startServer({
    config,
    log,
    directory: root,
    signal: stopping.signal,
    onProgress: (message) => process.stdout.write(`${message}\n`),
  });
  process.stdout.write(`Parley is ready at ${server.url}\n`);
  let isStopping = false;
  const stop = (reason: string, exitCode: number) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ reason }, 'Stopping');
    server.stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log.error({ err: error }, 'The server could not be stopped in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM', 0));
  process.on('SIGINT', () => stop('SIGINT', 0));
  server.onFailure((reason) => {
    log.fatal({ reason }, 'The server cannot go on');
    stop(reason, 1);
  });
}

main().catch((error: unknown) => {
  const text =
    error instanceof ConfigError
      ? error.message
      : error instanceof Error
        ? process.env['PARLEY_LOG'] === 'debug'
          ? error.stack
          : error.message
        : String(error);
  process.stderr.write(`Parley cannot start: ${text}\n`);
  process.exit(1);
});
