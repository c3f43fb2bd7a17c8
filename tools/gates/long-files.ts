/**
 * Long files are hard to hold in the head: what has more lines than this is split, or listed here with the reason. Tests may be
 * longer: they are read case by case.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { listFiles } from '../list-files.ts';

const maximumLines = 500;

const exceptions: Readonly<Record<string, string>> = {
  'db/migrations/0002-tables.sql': 'generated: one statement per table, key and index of the table model',
  'tests/conformance/acceptance/query-cases.ts': 'a table of data: requests and the answers they must get',
};

export async function findLongFiles(root: string): Promise<string> {
  const findings: string[] = [];
  for (const file of await listFiles(root)) {
    if (!/\.([cm]?[jt]sx?|css|sql|sh|html)$/.test(file) || file.endsWith('.test.ts') || file in exceptions) continue;
    const lines = (await readFile(path.join(root, file), 'utf8')).split('\n').length - 1;
    if (lines > maximumLines) findings.push(`${file}: ${lines} lines; at most ${maximumLines}`);
  }
  return findings.join('\n');
}
