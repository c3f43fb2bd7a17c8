/** Which files hold tests, and what they need. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { listFiles } from './list-files.ts';

/** Files of packages and tests, relative to `root`. */
export async function findTestFiles(root: string): Promise<string[]> {
  return (await listFiles(root)).filter((file) => /^(packages|tests)\/.+\.test\.tsx?$/.test(file));
}

/** The test files whose path holds one of the filters; a filter that is the path of a file stands for that file. */
export async function chooseTestFiles(root: string, filters: readonly string[]): Promise<string[]> {
  const files = await findTestFiles(root);
  if (filters.length === 0) return files;
  const chosen = new Set(files.filter((file) => filters.some((filter) => file.includes(filter))));
  for (const filter of filters) {
    const isFile = await stat(path.resolve(root, filter)).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isFile) chosen.add(path.relative(root, path.resolve(root, filter)));
  }
  return [...chosen];
}

/** Whether the file needs nothing but Node: no database, no server, no browser. */
export function isUnitTest(file: string): boolean {
  return file.startsWith('packages/') && !/\.db\.test\.tsx?$/.test(file);
}
