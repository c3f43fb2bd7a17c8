/**
 * The seeded day: 20,000 conversations over four kinds of channels through the pure engine, twice. Prints what happened and the hash of
 * all decisions, which has to be the same both times.
 */
import { simulateDay } from '@parley/engine';

export async function benchDay(print: (line: string) => void): Promise<void> {
  const options = { seed: 20260505, conversations: 20_000, agents: 600 };
  const hashes: string[] = [];
  for (const run of ['First', 'Second']) {
    const started = performance.now();
    const report = simulateDay(options);
    const seconds = (performance.now() - started) / 1000;
    const { conversations, agents, decisions, events, cycles, assignments, unassigned, refusals, statuses } = report;
    hashes.push(report.hash);
    print(`${run} run: ${conversations} conversations, ${agents} agents, ${seconds.toFixed(1)} s`);
    print(
      `  ${decisions} decisions (${Math.round(decisions / seconds)} per second), ${refusals} refused, ${events} events`,
    );
    print(`  ${cycles} routing cycles, ${assignments} assignments, ${unassigned} times nobody could take one`);
    const left = Object.entries(statuses).map(([status, count]) => `${count} ${status}`);
    print(`  at midnight: ${left.join(', ')}`);
    print(`  decisions: sha256 ${report.hash}`);
  }
  if (new Set(hashes).size !== 1) throw new Error('The same seed gave two different days');
}
