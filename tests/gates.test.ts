/** Every gate refuses its known-bad sample, so that a gate which looks at nothing is noticed; and the test runner tells the truth. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { gates } from '../tools/gates/all-gates.ts';
import { judgeImport } from '../tools/gates/import-rules.ts';
import { writeReferenceFiles } from '../tools/reference/reference-files.ts';

const project = path.resolve(import.meta.dirname, '..');
const samples = path.join(project, 'tests/known-bad');
const { signal } = new AbortController();

/** A project in a temporary directory with our settings, the files of a sample if one is named, and these files. */
async function makeProject(t: TestContext, sample: string, files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'parley-gates-'));
  t.after(() => rm(root, { recursive: true }));
  for (const settings of ['biome.json', 'knip.json', 'tsconfig.json', 'package-lock.json']) {
    await cp(path.join(project, settings), path.join(root, settings));
  }
  await symlink(path.join(project, 'node_modules'), path.join(root, 'node_modules'));
  await writeFile(path.join(root, 'package.json'), '{\n  "name": "sample",\n  "type": "module"\n}\n');
  if (sample !== '') await cp(path.join(samples, sample), root, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  }
  return root;
}

/** What the gate finds in a sample. */
async function findProblems(
  t: TestContext,
  name: string,
  sample: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const gate = gates.find((candidate) => candidate.name === name);
  assert.ok(gate, `a gate '${name}'`);
  return gate.findProblems(await makeProject(t, sample, files), signal);
}

describe('the gate', () => {
  test('for format and lint accepts what is in order', async (t) => {
    const files = { 'tools/tidy.ts': 'export const tidy = 1;\n' };
    assert.equal(await findProblems(t, 'format and lint', '', files), '');
  });

  test('for format and lint refuses an unformatted file', async (t) => {
    assert.match(await findProblems(t, 'format and lint', 'format'), /unformatted\.ts format/);
  });

  test('for format and lint refuses any, cycles, forgotten promises and non-null assertions', async (t) => {
    const found = await findProblems(t, 'format and lint', 'lint');
    assert.match(found, /any-type\.ts\S* lint\/suspicious\/noExplicitAny/);
    assert.match(found, /cycle-one\.ts\S* lint\/suspicious\/noImportCycles/);
    assert.match(found, /floating-promise\.ts\S* lint\/\w+\/noFloatingPromises/);
    assert.match(found, /non-null\.ts\S* lint\/style\/noNonNullAssertion/);
  });

  test('for types accepts what is in order and refuses wrong types and unchecked indexes', async (t) => {
    const files = { 'tools/tidy.ts': 'export const tidy: number = 1;\n' };
    assert.equal(await findProblems(t, 'types', '', files), '');
    const found = await findProblems(t, 'types', 'types');
    assert.match(found, /tools\/wrong-type\.ts.*TS2322/);
    assert.match(found, /tools\/unchecked-index\.ts.*TS2322/);
  });

  test('for unused code accepts what is used and refuses unused exports, files and dependencies', async (t) => {
    const tidy = { 'tools/tidy.ts': 'export {};\n' };
    assert.equal(await findProblems(t, 'unused code', '', tidy), '');
    const found = await findProblems(t, 'unused code', 'unused');
    assert.match(found, /^forgotten /m);
    assert.match(found, /^tools\/library\/orphan\.ts/m);
    assert.match(found, /^pg /m);
    assert.doesNotMatch(found, /^used /m);
  });

  test('for import directions finds one in a file', async (t) => {
    const found = await findProblems(t, 'import directions', 'imports');
    assert.match(found, /^packages\/server\/src\/webapi\/plan\/backwards\.ts:1: imports \.\.\/sql\/sql-writer\.ts: /);
  });

  test('for words refuses paths of a machine, mirrors, foreign words and loose ends', async (t) => {
    // Put together here, because this file has to pass the gate itself.
    const bad = [
      '/wo' + 'rk/main',
      '/ro' + 'ot/x',
      'https://regis' + 'try.example.com',
      'a sub' + 'agent',
      'TO' + 'DO later',
    ];
    const found = await findProblems(t, 'words', '', { 'docs/bad.md': bad.map((text) => `See ${text}.\n`).join('') });
    const lines = found.split('\n').map((line) => /^docs\/bad\.md:(\d+)/.exec(line)?.[1]);
    assert.deepEqual(lines, ['1', '2', '3', '4', '5']);
    const issue = ['TO', 'DO(#12): later\n'].join('');
    assert.equal(await findProblems(t, 'words', '', { 'docs/good.md': issue }), '');
  });

  test('for file lengths refuses more than 500 lines', async (t) => {
    assert.equal(await findProblems(t, 'file lengths', '', { 'tools/full.ts': '//\n'.repeat(500) }), '');
    const found = await findProblems(t, 'file lengths', '', { 'tools/long.ts': '//\n'.repeat(501) });
    assert.equal(found, 'tools/long.ts: 501 lines; at most 500');
  });

  test('for the lock file refuses missing entries and foreign sources', async (t) => {
    const lock = {
      packages: {
        '': {},
        'node_modules/a': { resolved: 'https://mirror.example/a.tgz', optionalDependencies: { b: '1', c: '1' } },
        'node_modules/b': { resolved: 'https://registry.npmjs.org/b/-/b-1.0.0.tgz' },
      },
    };
    const found = await findProblems(t, 'lock file', '', { 'package-lock.json': JSON.stringify(lock) });
    assert.deepEqual(found.split('\n'), [
      'node_modules/a: its optional dependency c has no entry',
      'node_modules/a: comes from https://mirror.example/a.tgz',
    ]);
  });

  test('for generated files refuses stale and missing ones', async (t) => {
    const files = Object.fromEntries(await writeReferenceFiles());
    assert.equal(await findProblems(t, 'generated files', '', files), '');
    const { 'docs/reference/tables.md': _, ...others } = files;
    const stale = { ...others, 'docs/reference/errors.md': `${files['docs/reference/errors.md']}by hand\n` };
    assert.deepEqual((await findProblems(t, 'generated files', '', stale)).split('\n'), [
      'docs/reference/errors.md is stale: npm run generate',
      'docs/reference/tables.md is missing: npm run generate',
    ]);
  });
});

describe('imports that are refused', () => {
  const server = 'packages/server/src';
  for (const [file, specifier] of [
    ['packages/odata/src/parse-filter.ts', '@parley/protocol'],
    ['packages/odata/src/parse-filter.ts', '../../server/src/log.ts'],
    ['packages/protocol/src/errors.ts', '@parley/odata'],
    [`${server}/model/table-model.ts`, '../webapi/plan/plan.ts'],
    [`${server}/model/table-model.ts`, '../security/caller.ts'],
    [`${server}/model/table-model.ts`, 'pg'],
    [`${server}/db/pool.ts`, '../security/caller.ts'],
    [`${server}/security/caller.ts`, '../http/router.ts'],
    [`${server}/security/caller.ts`, '../sign-in/accounts.ts'],
    [`${server}/security/caller.ts`, '../webapi/read/retrieve-row.ts'],
    [`${server}/sign-in/accounts.ts`, '../webapi/pipeline.ts'],
    [`${server}/webapi/plan/plan-query.ts`, '../sql/sql-writer.ts'],
    [`${server}/webapi/plan/plan-query.ts`, '../read/retrieve-row.ts'],
    [`${server}/webapi/plan/plan-query.ts`, '../write/update-row.ts'],
    [`${server}/webapi/plan/plan-query.ts`, '../run/executor.ts'],
    [`${server}/webapi/plan/plan-query.ts`, '../../http/router.ts'],
    [`${server}/webapi/plan/plan-query.ts`, 'pg'],
    [`${server}/webapi/sql/compile-query.ts`, '../../security/caller.ts'],
    [`${server}/webapi/sql/compile-query.ts`, '../read/prepare-read.ts'],
    [`${server}/webapi/read/retrieve-row.ts`, '../operations/registry.ts'],
    [`${server}/webapi/read/retrieve-row.ts`, 'node:http'],
    [`${server}/webapi/pipeline.ts`, '../http/router.ts'],
    [`${server}/webapi/pipeline.ts`, '../demo/seed-demo.ts'],
    [`${server}/http/router.ts`, '../organization/seed-organization.ts'],
    [`${server}/http/router.ts`, '../start-server.ts'],
    [`${server}/organization/seed-organization.ts`, '../webapi/pipeline.ts'],
    [`${server}/pages/site-pages.ts`, '../webapi/plan/plan-harness.ts'],
    [`${server}/pages/site-pages.ts`, '../../../odata/src/index.ts'],
    [`${server}/a-new-folder/thing.ts`, '../model/table-model.ts'],
  ] as const) {
    test(`${file} of ${specifier}`, () => assert.equal(typeof judgeImport(file, specifier), 'string'));
  }

  test('are only those', () => {
    assert.equal(judgeImport(`${server}/webapi/sql/compile-condition.ts`, '../../security/row-filter.ts'), undefined);
    assert.equal(judgeImport(`${server}/webapi/sql/compile-condition.ts`, '../plan/plan.ts'), undefined);
    assert.equal(judgeImport(`${server}/webapi/sql/compile-condition.ts`, '@parley/protocol'), undefined);
    assert.equal(judgeImport(`${server}/http/servers.ts`, 'node:http'), undefined);
    assert.equal(judgeImport('packages/odata/src/parse-filter.ts', './ast.ts'), undefined);
  });
});

type RunnerEnd = { code: number | null; output: string; lastLine: string };

function startRunner(sample: string, environment: Readonly<Record<string, string>>): ChildProcess {
  // Without what marks this process as a test: node:test refuses to run tests inside a test.
  const { CI, NODE_TEST_CONTEXT, ...inherited } = process.env;
  const files = sample === '' ? ['no-test-has-this-name'] : [`tests/known-bad/runner/${sample}.test.ts`];
  return spawn(process.execPath, ['tools/test.ts', ...files], {
    cwd: project,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function runRunner(sample: string, environment: Readonly<Record<string, string>> = {}): Promise<RunnerEnd> {
  const child = startRunner(sample, environment);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await once(child, 'close');
  return { code: child.exitCode, output, lastLine: output.trimEnd().split('\n').at(-1) ?? '' };
}

describe('the test runner', () => {
  test('succeeds when all tests pass', async () => {
    const { code, lastLine } = await runRunner('passing');
    assert.deepEqual({ code, lastLine }, { code: 0, lastLine: '1 passed, 0 failed' });
  });

  test('fails with the whole message when a test fails', async () => {
    const { code, output, lastLine } = await runRunner('failing');
    assert.deepEqual({ code, lastLine }, { code: 1, lastLine: '1 passed, 1 failed' });
    assert.match(output, /failing\.test\.ts: a suite > fails/);
    assert.match(output, /'what came'.*'what was expected'/s);
  });

  test('names a skipped test, and counts it as failed with CI set', async () => {
    const alone = await runRunner('skipped');
    assert.deepEqual({ code: alone.code, lastLine: alone.lastLine }, { code: 0, lastLine: '1 passed, 0 failed' });
    assert.match(alone.output, /skipped\.test\.ts: is left out/);
    const strict = await runRunner('skipped', { CI: 'true' });
    assert.deepEqual({ code: strict.code, lastLine: strict.lastLine }, { code: 1, lastLine: '1 passed, 1 failed' });
  });

  for (const sample of ['broken-hook', 'crashing', 'empty', '']) {
    test(`fails for ${sample === '' ? 'a name that fits no file' : `the ${sample} sample`}`, async () => {
      const { code, lastLine } = await runRunner(sample);
      assert.equal(code, 1);
      assert.match(lastLine, sample === '' ? /^0 passed, 0 failed$/ : /^0 passed, [1-9]\d* failed$/);
    });
  }

  test('ends everything it started when it is stopped', async (t) => {
    const server = createServer().listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const sockets: Socket[] = [];
    const connected = new Promise<void>((resolve) => {
      server.on('connection', (socket) => {
        socket.on('error', () => undefined);
        sockets.push(socket.resume());
        if (sockets.length === 2) resolve();
      });
    });
    const runner = startRunner('hanging', { SAMPLE_PORT: String(address.port) });
    runner.stdout?.resume();
    await Promise.race([connected, once(runner, 'close').then(() => assert.fail('The runner ended by itself.'))]);
    const closed = Promise.all(sockets.map((socket) => once(socket, 'close')));
    runner.kill('SIGTERM');
    await once(runner, 'close');
    await closed;
    assert.equal(runner.exitCode, 143);
  });
});

test('CI installs a browser and the NATS server, and fails when a test is skipped', async () => {
  const script = await readFile(path.join(project, '.ci/run'), 'utf8');
  assert.match(script, /missing\+=\(chromium\)/);
  assert.match(script, /missing\+=\(nats-server\)/);
  assert.match(script, /apt-get update[\s\S]*apt-get install[\s\S]* "\$\{missing\[@\]\}"$/m);
  assert.match(script, /export CI=true\nexec npm test\n$/);
});
