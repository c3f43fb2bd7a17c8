/** The generated files of the project: what they should hold, and which of them do not. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadTableModel } from '../../packages/server/src/model/load-table-model.ts';
import { writeSchemaSql } from '../../packages/server/src/model/schema-sql.ts';
import { writeEnvironment } from './environment.ts';
import { writeErrors } from './errors.ts';
import { writeOperations } from './operations.ts';
import { writeQueryOptions } from './query-options.ts';
import { writeTablePage, writeTables } from './tables.ts';

const project = path.resolve(import.meta.dirname, '../..');
const conversation = 'msdyn_liveconversation';

/** The text of every generated file by its path in the project. */
export async function writeReferenceFiles(): Promise<Map<string, string>> {
  const model = await loadTableModel(pathToFileURL(path.join(project, 'db/')));
  return new Map([
    ['docs/reference/errors.md', await writeErrors()],
    ['docs/reference/tables.md', writeTables(model)],
    [`docs/reference/${conversation}.md`, writeTablePage(model, conversation)],
    ['docs/reference/operations.md', writeOperations()],
    ['docs/reference/query-options.md', writeQueryOptions(model)],
    ['docs/reference/environment.md', writeEnvironment()],
    [
      'db/migrations/0002-tables.sql',
      `-- The physical tables, written by packages/server/src/model/schema-sql.ts.\n\n${writeSchemaSql(model)}`,
    ],
  ]);
}

/** Names the files below `root` that differ from what the generators write; an empty text when there is none. */
export async function findStaleReference(root: string): Promise<string> {
  const findings: string[] = [];
  for (const [file, text] of await writeReferenceFiles()) {
    const found = await readFile(path.join(root, file), 'utf8').catch(() => undefined);
    if (found !== text) findings.push(`${file} is ${found === undefined ? 'missing' : 'stale'}: npm run generate`);
  }
  return findings.join('\n');
}
