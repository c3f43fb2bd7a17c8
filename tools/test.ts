/**
 * `npm test`: every gate, then every test, with one database server for all test files. With CI set, a test that is skipped
 * counts as failed. Arguments choose test files by a part of their path, and leave the gates out.
 */
import path from 'node:path';
import { clusterVariable, startTestCluster } from '../tests/support/test-database.ts';
import { gates } from './gates/all-gates.ts';
import { runGates } from './gates/run-gates.ts';
import { type FileReport, runTestFiles } from './run-test-files.ts';
import { withScratchFolder } from './scratch-folder.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { chooseTestFiles, isUnitTest } from './test-files.ts';
import { describeFile, printFailures } from './test-report.ts';

const root = path.resolve(import.meta.dirname, '..');
const filters = process.argv.slice(2);
const isStrict = (process.env['CI'] ?? '') !== '';
const signal = stopOnSignals();

try {
  await withScratchFolder(main);
} catch (error) {
  if (!signal.aborted) throw error;
  console.log('Stopped.');
}

async function main(): Promise<void> {
  const checks = filters.length === 0 ? await runChecks() : { passed: 0, failed: 0 };
  const reports = await runTests(await chooseTestFiles(root, filters));
  signal.throwIfAborted();
  printFailures(root, reports);
  const skipped = reports.flatMap(({ file, skipped: names }) =>
    names.map((name) => `${path.relative(root, file)}: ${name}`),
  );
  if (skipped.length > 0) console.log(`\nSkipped${isStrict ? ', which counts as failed here' : ''}:`);
  for (const name of skipped) console.log(`      ${name}`);
  const ran = reports.reduce((sum, { passed, failures }) => sum + passed + failures.length, 0);
  if (ran === 0)
    console.log(`\nNo test ran${filters.length > 0 ? `: none is in a file like ${filters.join(', ')}` : ''}.`);
  const passed = reports.reduce((sum, report) => sum + report.passed, checks.passed);
  const failed =
    reports.reduce((sum, report) => sum + report.failures.length, checks.failed) + (isStrict ? skipped.length : 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode ??= failed === 0 && ran > 0 ? 0 : 1;
}

async function runChecks(): Promise<{ passed: number; failed: number }> {
  const failed = await runGates(gates, root, signal, console.log);
  return { passed: gates.length - failed, failed };
}

async function runTests(files: readonly string[]): Promise<FileReport[]> {
  const isNeeded = process.env[clusterVariable] === undefined && !files.every(isUnitTest);
  const cluster = isNeeded ? await startTestCluster() : undefined;
  try {
    return await runTestFiles(
      files.map((file) => path.join(root, file)),
      {
        signal,
        environment: cluster === undefined ? {} : { [clusterVariable]: JSON.stringify(cluster.connection) },
        onFile: (report) => console.log(describeFile(root, report)),
      },
    );
  } finally {
    await cluster?.stop();
  }
}
