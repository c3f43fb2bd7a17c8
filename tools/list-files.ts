/** The files of the project as the checks see them: everything but what was installed, built or written at run time. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';

const skippedFolders: ReadonlySet<string> = new Set(['.git', '.parley', 'coverage', 'dist', 'node_modules']);

/** Paths relative to `root`, with `/` between their parts, sorted. The samples of tests/known-bad are left out. */
export async function listFiles(root: string): Promise<string[]> {
  const files: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(path.join(root, folder), { withFileTypes: true })) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) files.push(name);
      else if (entry.isDirectory() && !skippedFolders.has(entry.name) && name !== 'tests/known-bad') await walk(name);
    }
  };
  await walk('');
  return files.sort();
}
