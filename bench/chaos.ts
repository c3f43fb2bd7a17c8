/** The long chaos run: as many kills as CHAOS_KILLS says (200), and what was found. */
import { runChaos } from '../tests/chaos/run-chaos.ts';

const usualKills = 200;

/** @throws when CHAOS_KILLS or CHAOS_SEED is no number */
export async function benchChaos(print: (line: string) => void): Promise<void> {
  const kills = readNumber('CHAOS_KILLS', usualKills);
  const seed = readNumber('CHAOS_SEED', Date.now() % 1_000_000);
  const started = performance.now();
  print(`seed ${seed}`);
  const report = await runChaos({ kills, servers: 3, leastUp: 2, seed, onProgress: print });
  const { tally, violations, stuck, failedStarts } = report;
  const figures: readonly (readonly [string, number])[] = [
    ['kills', report.kills],
    ['seconds', Math.round((performance.now() - started) / 1000)],
    ['server starts that failed', failedStarts.length],
    ['conversations started', tally.conversationsStarted],
    ['messages acknowledged', tally.acknowledged.length],
    ['messages missing', report.missing],
    ['messages doubled', report.doubled],
    ['commands accepted', tally.commandsAccepted],
    ['commands refused (the state had changed)', tally.commandsRefused],
    ['calls without an answer', tally.unanswered],
    ['calls answered with 503', tally.busy],
    ['wrong answers (500, 400, 401, hanging)', tally.faults.length],
    ['webhooks received', report.webhooksReceived],
    ['webhooks received again with the same id', report.webhooksRepeated],
    ['left undone', stuck.length],
    ['violations', violations.length],
  ];
  for (const [name, value] of figures) print(`${name.padEnd(42)} ${String(value).padStart(8)}`);
  for (const { invariant, example } of violations) print(`violation: ${invariant}: ${example}`);
  for (const line of [...new Set([...stuck, ...failedStarts, ...tally.faults])].slice(0, 20)) print(`problem: ${line}`);
}

function readNumber(name: string, usual: number): number {
  const text = process.env[name];
  const number = text === undefined ? usual : Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error(`${name} must be a whole number from 1, not '${text}'`);
  return number;
}
