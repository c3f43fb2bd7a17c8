/** `npm run generate`: writes the generated files. With `--check`: only says which are stale, and fails if any is. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findStaleReference, writeReferenceFiles } from './reference/reference-files.ts';

const root = path.resolve(import.meta.dirname, '..');

if (process.argv.includes('--check')) {
  const stale = await findStaleReference(root);
  if (stale !== '') {
    console.log(stale);
    process.exitCode = 1;
  }
} else {
  for (const [file, text] of await writeReferenceFiles()) {
    const target = path.join(root, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}
