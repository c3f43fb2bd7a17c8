/**
 * The lock file must serve every machine: npm drops the entries of other platforms' packages when its registry lacks them,
 * and `npm ci` then refuses the whole file.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

type LockEntry = {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

export async function findLockFileGaps(root: string): Promise<string> {
  const text = await readFile(path.join(root, 'package-lock.json'), 'utf8');
  // The format is npm's (lockfileVersion 3).
  const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, LockEntry>> };
  const findings: string[] = [];
  for (const [place, entry] of Object.entries(packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!isLocked(packages, place, name)) findings.push(`${place}: its optional dependency ${name} has no entry`);
    }
    const isForeign = entry.resolved !== undefined && !entry.resolved.startsWith('https://registry.npmjs.org/');
    if (isForeign && entry.link !== true) findings.push(`${place}: comes from ${entry.resolved}`);
  }
  return findings.join('\n');
}

/** Whether Node would find the package from `place`: beside it, or in a node_modules further up. */
function isLocked(packages: Readonly<Record<string, LockEntry>>, place: string, name: string): boolean {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
  }
}
