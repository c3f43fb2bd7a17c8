/**
 * Passes the log lines of the embedded PostgreSQL on to ours. An error of a client's statement is told to that client, and its
 * text can hold what customers wrote: of such a line only the SQLSTATE is kept.
 */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Logger } from '../log.ts';

/** The `log_line_prefix` that `passLogOn` reads: kind of process, SQLSTATE. */
export const logLinePrefix = '%b|%e|';

const linePattern = /^(?<process>[^|]*)\|(?<state>[0-9A-Z]{5})\|(?<severity>[A-Z0-9]+): +(?<message>.*)$/;
/** What clients are told while the server starts and stops. */
const statesOfPassage: ReadonlySet<string> = new Set(['57P03', '57P01']);
const severitiesToWarn: ReadonlySet<string> = new Set(['WARNING', 'ERROR', 'FATAL', 'PANIC']);

/** Reads `stream` to its end. Lines that PostgreSQL did not write in its format (a loader's complaint) are warnings. */
export function passLogOn(stream: Readable, log: Logger): void {
  let isContinuationKept = true;
  createInterface({ input: stream }).on('line', (line) => {
    if (line.startsWith('\t')) {
      if (isContinuationKept) log.debug({ postgres: line.trim() }, 'PostgreSQL');
      return;
    }
    const parts = linePattern.exec(line)?.groups;
    const { process = '', state = '', severity = '', message = line } = parts ?? {};
    isContinuationKept = !(
      process === 'client backend' &&
      severity !== 'LOG' &&
      severity !== 'FATAL' &&
      severity !== 'PANIC'
    );
    if (!isContinuationKept) log.debug({ sqlstate: state }, 'PostgreSQL: a statement failed');
    else if (parts === undefined || (severitiesToWarn.has(severity) && !statesOfPassage.has(state)))
      log.warn({ postgres: message, sqlstate: state }, 'PostgreSQL');
    else log.debug({ postgres: message }, 'PostgreSQL');
  });
}
