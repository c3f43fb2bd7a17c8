/** docs/reference/errors.md: the registry of errors. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ErrorDefinition, errors } from '@parley/protocol';
import { listFiles } from '../list-files.ts';
import { code, page, table } from './markdown.ts';

const project = path.resolve(import.meta.dirname, '../..');
const registryFile = 'packages/protocol/src/errors.ts';

export async function writeErrors(): Promise<string> {
  const raised = await findRaisedErrors();
  const row = ([name, error]: [string, ErrorDefinition]): string[] => [
    code(name),
    code(error.code),
    String(error.status),
    error.stage,
    code(error.message),
    raised.has(name) ? 'yes' : 'not yet',
  ];
  return page(
    'Errors',
    registryFile,
    'Every error of the Web API has one of these codes in `error.code`. Words in braces are filled in. The stage is the part of a request’s way in which the error is found; earlier stages answer first.',
    table(['name', 'code', 'status', 'stage', 'message', 'raised'], Object.entries(errors).map(row)),
  );
}

/** Names of the registry that some source file outside it mentions. */
export async function findRaisedErrors(): Promise<ReadonlySet<string>> {
  const raised = new Set<string>();
  for (const file of await listFiles(path.join(project, 'packages'))) {
    if (!/(?<!\.test)\.ts$/.test(file) || `packages/${file}` === registryFile) continue;
    const text = await readFile(path.join(project, 'packages', file), 'utf8');
    for (const name of Object.keys(errors)) if (text.includes(`'${name}'`)) raised.add(name);
  }
  return raised;
}
