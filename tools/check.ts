/** `npm run check`: every gate, and the tests that need nothing but Node. */
import path from 'node:path';
import { formatSeconds } from './format-seconds.ts';
import { gates } from './gates/all-gates.ts';
import { runGates } from './gates/run-gates.ts';
import { runTestFiles } from './run-test-files.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { findTestFiles, isUnitTest } from './test-files.ts';
import { printFailures } from './test-report.ts';

const root = path.resolve(import.meta.dirname, '..');
const signal = stopOnSignals();

try {
  const failedGates = await runGates(gates, root, signal, console.log);
  const failedTests = await runUnitTests();
  process.exitCode ??= failedGates + failedTests === 0 ? 0 : 1;
} catch (error) {
  if (!signal.aborted) throw error;
}

/** @returns the number of failed tests; no test at all counts as one */
async function runUnitTests(): Promise<number> {
  const start = performance.now();
  const files = (await findTestFiles(root)).filter(isUnitTest);
  const reports = await runTestFiles(
    files.map((file) => path.join(root, file)),
    { signal },
  );
  if (signal.aborted) return 0;
  const passed = reports.reduce((sum, report) => sum + report.passed, 0);
  const failed = reports.reduce((sum, report) => sum + report.failures.length, 0) + (passed === 0 ? 1 : 0);
  const time = formatSeconds(performance.now() - start);
  console.log(`${failed === 0 ? 'ok  ' : 'FAIL'}  unit tests (${passed} passed, ${time})`);
  printFailures(root, reports);
  return failed;
}
