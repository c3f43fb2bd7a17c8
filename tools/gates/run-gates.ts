/** Runs gates side by side and reports one line each, or what is wrong. */
import { formatSeconds } from '../format-seconds.ts';
import type { Gate } from './gate.ts';

const parallel = 2;

/** @returns the number of gates that found something, or that broke */
export async function runGates(
  gates: readonly Gate[],
  root: string,
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<number> {
  const waiting = [...gates];
  let failed = 0;
  const work = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      signal.throwIfAborted();
      const start = performance.now();
      const problems = await gate.findProblems(root, signal);
      const time = formatSeconds(performance.now() - start);
      if (problems === '') {
        print(`ok    ${gate.name} (${time})`);
      } else {
        failed++;
        print(`FAIL  ${gate.name} (${time})\n${problems.replace(/^/gm, '      ')}`);
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return failed;
}
