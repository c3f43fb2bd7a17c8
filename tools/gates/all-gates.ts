/** Every gate of `npm run check`, in the order of its report. Each has a known-bad sample in tests/gates.test.ts. */
import { findStaleReference } from '../reference/reference-files.ts';
import { runTool } from '../run-command.ts';
import type { Gate } from './gate.ts';
import { findForbiddenImports } from './import-rules.ts';
import { findLockFileGaps } from './lock-file.ts';
import { findLongFiles } from './long-files.ts';
import { findForbiddenWords } from './words.ts';

export const gates: readonly Gate[] = [
  toolGate('format and lint', 'biome', ['ci', '--colors=off', '--error-on-warnings', '--max-diagnostics=50', '.']),
  toolGate('types', 'tsc', ['--project', 'tsconfig.json', '--pretty', 'false']),
  toolGate('unused code', 'knip', ['--no-progress', '--no-config-hints']),
  { name: 'import directions', findProblems: findForbiddenImports },
  { name: 'words', findProblems: findForbiddenWords },
  { name: 'file lengths', findProblems: findLongFiles },
  { name: 'lock file', findProblems: findLockFileGaps },
  { name: 'generated files', findProblems: findStaleReference },
];

function toolGate(name: string, tool: string, options: readonly string[]): Gate {
  return {
    name,
    findProblems: async (root, signal) => {
      const { code, output } = await runTool(tool, options, root, signal);
      if (code === 0) return '';
      return output === '' ? `${tool} ended with code ${code}` : output;
    },
  };
}
