/** What was decided, line by line. Only its hash is kept, so that two runs can be compared to the last event. */
import { createHash } from 'node:crypto';

export type DecisionLog = {
  write(line: string): void;
  /** SHA-256 over all lines in order, hexadecimal. Ends the log. */
  digest(): string;
};

/** Each call of the hash has a price of its own, whatever it is given. */
const portion = 65_536;

export function createDecisionLog(): DecisionLog {
  const hash = createHash('sha256');
  let lines: string[] = [];
  let length = 0;
  const hashLines = (): void => {
    hash.update(lines.join('\n'));
    hash.update('\n');
    lines = [];
    length = 0;
  };
  return {
    write(line) {
      lines.push(line);
      length += line.length;
      if (length >= portion) hashLines();
    },
    digest() {
      hashLines();
      return hash.digest('hex');
    },
  };
}
