/**
 * Who may import whom. A stage of the server knows the stages before it, never the ones after; type imports count. A rule
 * names folders of packages/server/src, or single files where the folder would be too much. Tests and their harnesses may
 * reach everywhere, and so may the two files that put the server together.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { listFiles } from '../list-files.ts';

const server = 'packages/server/src';

/** What the files of a folder may import besides their own folder, the packages and the log. */
const serverRules: Readonly<Record<string, readonly string[]>> = {
  model: [],
  db: ['model'],
  security: ['model', 'webapi/plan/plan.ts', 'webapi/sql/sql-writer.ts'],
  'sign-in': ['model', 'pages/markup.ts', 'pages/tokens.ts'],
  demo: ['model', 'organization', 'security'],
  organization: ['config.ts', 'db', 'demo', 'model', 'security', 'sign-in'],
  'webapi/plan': ['model', 'security'],
  'webapi/sql': ['model', 'security/row-filter.ts', 'webapi/plan'],
  'webapi/request': ['model', 'security', 'webapi/plan'],
  'webapi/response': ['model', 'webapi/plan', 'webapi/request', 'webapi/sql'],
  'webapi/run': ['db', 'webapi/plan', 'webapi/response', 'webapi/sql'],
  'webapi/metadata': ['model', 'webapi/operations'],
  'webapi/read': ['model', 'security', ...stages('metadata', 'plan', 'request', 'response', 'run', 'sql', 'write')],
  'webapi/write': [
    'db/sqlstate.ts',
    'model',
    'security',
    ...stages('plan', 'read', 'request', 'response', 'run', 'sql'),
  ],
  'webapi/operations': ['model', 'security', ...stages('plan', 'read', 'request', 'response', 'run', 'sql', 'write')],
  webapi: ['model', 'security', ...stages('operations', 'read', 'request', 'response', 'run', 'write')],
  // The conversation engine's shell. `conversations` may ask for agents and events; the others know only the types handed to them.
  conversations: ['clock.ts', 'db', 'model', 'outbox', 'presence', 'jobs/job.ts', 'work-loop.ts'],
  presence: ['clock.ts', 'db', 'outbox'],
  routing: ['clock.ts', 'db', 'model', 'organization/organization-ids.ts'],
  outbox: ['clock.ts', 'db', 'error-text.ts', 'wake-signal.ts'],
  jobs: ['clock.ts', 'db', 'error-text.ts', 'outbox', 'wake-signal.ts'],
  'fan-out': ['db'],
  metrics: ['clock.ts', 'db', 'model'],
  channels: ['clock.ts', 'db', 'conversations/conversation-service.ts', 'jobs/job.ts', 'outbox/consumer.ts'],
  'channels/webhooks': ['clock.ts', 'db', 'channels'],
  'channels/custom-messaging': [
    'blobs',
    'channels',
    'clock.ts',
    'conversations/conversation-service.ts',
    'db',
    'http',
    'jobs/job.ts',
    'model',
    'outbox/consumer.ts',
    'security',
  ],
  blobs: ['clock.ts', 'config.ts', 'db', 'jobs/job.ts'],
  'conversation-operations': [
    'clock.ts',
    'conversations/conversation-service.ts',
    'conversations/door.ts',
    'db',
    'metrics',
    'model',
    'presence',
    'security',
    'webapi',
  ],
  http: ['db', 'model', 'security', 'sign-in', 'webapi'],
  pages: ['demo', 'http', 'organization', 'sign-in'],
};

/** Single files that may import more than their folder. */
const fileRules: Readonly<Record<string, readonly string[]>> = {
  'webapi/read/retrieve-document.ts': ['webapi/operations/operation-signature.ts'],
  'config.ts': [],
  'log.ts': [],
  'clock.ts': [],
  'clock-source.ts': ['clock.ts', 'db'],
  'error-text.ts': [],
  'wake-signal.ts': [],
  'work-loop.ts': ['wake-signal.ts'],
};

const assemblies: ReadonlySet<string> = new Set(
  ['main.ts', 'start-server.ts', 'start-engine.ts'].map((file) => `${server}/${file}`),
);

/** Packages from outside that only some folders may use. */
const packageRules: readonly { readonly packages: RegExp; readonly folders: readonly string[] }[] = [
  { packages: /^node:(http|https|http2)$/, folders: ['http', 'pages', 'sign-in'] },
  { packages: /^pg$/, folders: ['db', 'demo', 'http', 'organization', 'security', 'sign-in', 'webapi/run'] },
];

/** Packages of the workspace that stand alone: they import nothing of ours. */
const aloneFolders: readonly string[] = ['packages/odata/', 'packages/protocol/'];

// Specifiers of static imports and exports, and of dynamic imports of a fixed name.
const importPattern =
  /^(?:import|export)\s(?:[^'"();=]*\sfrom\s)?'([^']+)'|^\}\s*from\s'([^']+)'|\bimport\('([^']+)'\)/gm;

function stages(...names: string[]): string[] {
  return names.map((name) => `webapi/${name}`);
}

export async function findForbiddenImports(root: string): Promise<string> {
  const findings: string[] = [];
  for (const file of await listFiles(root)) {
    if (!file.startsWith('packages/') || !/\.tsx?$/.test(file) || isTestCode(file) || assemblies.has(file)) continue;
    const text = await readFile(path.join(root, file), 'utf8');
    for (const match of text.matchAll(importPattern)) {
      const specifier = match[1] ?? match[2] ?? match[3] ?? '';
      const problem = judgeImport(file, specifier);
      if (problem !== undefined) {
        const line = text.slice(0, match.index).split('\n').length;
        findings.push(`${file}:${line}: imports ${specifier}: ${problem}`);
      }
    }
  }
  return findings.join('\n');
}

function isTestCode(file: string): boolean {
  return /(\.test|\.test-d|-harness)\.tsx?$/.test(file);
}

/** Why this file may not import this, if so. */
export function judgeImport(file: string, specifier: string): string | undefined {
  const target = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
  if (aloneFolders.some((folder) => file.startsWith(folder) && isOurs(target) && !target.startsWith(folder)))
    return 'this package stands alone';
  if (specifier.startsWith('.') && isTestCode(target)) return 'test code is for tests';
  if (specifier.startsWith('.') && packageOf(target) !== packageOf(file)) return 'import the package by its name';
  return file.startsWith(`${server}/`) ? judgeServerImport(file.slice(server.length + 1), target) : undefined;
}

function isOurs(target: string): boolean {
  return target.startsWith('@parley/') || /^(packages|tests|tools|bench)\//.test(target);
}

function packageOf(file: string): string {
  return /^packages\/[^/]+/.exec(file)?.[0] ?? '';
}

function judgeServerImport(file: string, target: string): string | undefined {
  const folder = path.posix.dirname(file);
  for (const rule of packageRules) {
    if (rule.packages.test(target) && !rule.folders.includes(folder)) return `only for ${rule.folders.join(', ')}`;
  }
  if (!target.startsWith(`${server}/`)) return undefined;
  const inside = target.slice(server.length + 1);
  const ownRule = fileRules[file];
  const folderRule = serverRules[folder];
  if (ownRule === undefined && folderRule === undefined)
    return `${folder} has no rule in tools/gates/import-rules.ts yet`;
  const mayImport = [...(ownRule ?? []), ...(folderRule ?? []), 'log.ts'];
  const isAllowed =
    path.posix.dirname(inside) === folder || mayImport.some((name) => inside === name || isWithin(inside, name));
  return isAllowed ? undefined : `${folder === '.' ? file : folder} may import ${mayImport.join(', ')}`;
}

/** A folder's rule covers the folders inside it, as `webapi` for http. */
function isWithin(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`);
}
