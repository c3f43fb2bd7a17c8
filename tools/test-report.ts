/** What a test run prints. */
import path from 'node:path';
import { formatSeconds } from './format-seconds.ts';
import type { FileReport } from './run-test-files.ts';

/** One line for a file that has ended. */
export function describeFile(root: string, report: FileReport): string {
  const counts = [
    `${report.passed} passed`,
    ...(report.failures.length > 0 ? [`${report.failures.length} failed`] : []),
    ...(report.skipped.length > 0 ? [`${report.skipped.length} skipped`] : []),
  ];
  const mark = report.failures.length > 0 ? 'FAIL' : 'ok  ';
  return `${mark}  ${path.relative(root, report.file)} (${counts.join(', ')}, ${formatSeconds(report.milliseconds)})`;
}

/** Every failure in full, and what its file printed. */
export function printFailures(root: string, reports: readonly FileReport[]): void {
  for (const { file, failures, output } of reports) {
    for (const { name, problem } of failures) {
      console.log(`\nFAIL  ${path.relative(root, file)}: ${name}\n${problem.replace(/^/gm, '      ')}`);
    }
    if (failures.length > 0 && output !== '') {
      console.log(`\n      ${path.relative(root, file)} printed:\n${output.trimEnd().replace(/^/gm, '      | ')}`);
    }
  }
}
