/** Texts that belong in no file of the project: paths of one machine, package mirrors, words of other trades, loose ends. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { listFiles } from '../list-files.ts';

/** Written so that no pattern matches its own line. */
const forbidden: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /(?<![\w.$}*-])\/(?:work|farm|root)\//, why: 'a path of one machine' },
  { pattern: /\/tmp\/bash_[j]obs/, why: 'a path of one machine' },
  { pattern: /\bregistry\.(?!npmjs\.org\b)[\w-]+\.[a-z]/, why: 'a package registry' },
  {
    pattern: /\b(?:sub[a]gent|helper [s]ession|CE[O]|clau[d]e|anthropi[c])\b/i,
    why: 'a word that belongs to no product',
  },
  { pattern: /@ts-(?:ignore|nochec[k])/, why: 'a switched-off type check' },
  { pattern: /\b(?:TOD[O]|FIXM[E]|XX[X])\b(?!\(#\d+\))/, why: 'a loose end without its issue: write TOD[O](#12)' },
];

export async function findForbiddenWords(root: string): Promise<string> {
  const findings: string[] = [];
  for (const file of await listFiles(root)) {
    const text = await readFile(path.join(root, file), 'utf8');
    // A NUL stands in no text: an image or a font.
    if (text.includes('\0')) continue;
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      for (const { pattern, why } of forbidden) {
        const found = pattern.exec(line);
        if (found !== null) findings.push(`${file}:${index + 1}: ${why}: ${found[0]}`);
      }
    }
  }
  return findings.join('\n');
}
