/** Runs test files of node:test, each in a process of its own, and gathers what happened in each. */
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { inspect } from 'node:util';

export type TestFailure = { readonly name: string; readonly problem: string };

export type FileReport = {
  readonly file: string;
  readonly passed: number;
  readonly failures: readonly TestFailure[];
  /** Tests that were skipped or are still to be written: the name, and the reason if one is given. */
  readonly skipped: readonly string[];
  readonly milliseconds: number;
  /** What the file printed. */
  readonly output: string;
};

export type RunSettings = {
  /** Stops the tests; the processes they run in are ended. */
  readonly signal: AbortSignal;
  readonly environment?: Readonly<Record<string, string>>;
  readonly onFile?: (report: FileReport) => void;
};

type Draft = { -readonly [Key in keyof FileReport]: FileReport[Key] } & {
  failures: TestFailure[];
  skipped: string[];
  /** Names of the suites and tests around the present one. */
  readonly path: string[];
  isReported: boolean;
};

const concurrency = 2;
/** A file that has not ended by then hangs. */
const fileMilliseconds = 300_000;
const maximumOutput = 20_000;

/** @param files absolute paths */
export async function runTestFiles(files: readonly string[], settings: RunSettings): Promise<FileReport[]> {
  // Without this, node:test would look for test files by itself.
  if (files.length === 0) return [];
  const drafts = new Map(files.map((file) => [file, createDraft(file)]));
  const draftOf = ({ file = '' }: { file?: string | undefined }): Draft => {
    const draft = drafts.get(file) ?? createDraft(file);
    drafts.set(file, draft);
    return draft;
  };
  const report = (draft: Draft): void => {
    if (draft.isReported || settings.signal.aborted) return;
    draft.isReported = true;
    settings.onFile?.(draft);
  };
  const keepOutput = (data: { file?: string | undefined; message: string }): void => {
    const draft = draftOf(data);
    draft.output = (draft.output + data.message).slice(-maximumOutput);
  };
  const stream = run({
    files: [...files],
    concurrency,
    timeout: fileMilliseconds,
    signal: settings.signal,
    // Replaces the environment, whatever its documentation says of merging.
    env: { ...process.env, ...settings.environment },
    execArgv: [`--import=${import.meta.resolve('./end-with-exit.ts')}`],
  });
  stream.on('test:start', ({ name, nesting, file }) => draftOf({ file }).path.splice(nesting, Infinity, name));
  stream.on('test:stdout', keepOutput);
  stream.on('test:stderr', keepOutput);
  stream.on('test:pass', (data) => {
    const draft = draftOf(data);
    const reason = data.skip ?? data.todo;
    if (reason !== undefined)
      draft.skipped.push(`${nameOf(draft, data.nesting)}${typeof reason === 'string' ? `: ${reason}` : ''}`);
    else if (data.name === draft.file) draft.failures.push({ name: 'the file', problem: 'It holds no test.' });
    else if (data.details.type !== 'suite') draft.passed++;
    if (data.name === draft.file) report(draft);
  });
  stream.on('test:fail', (data) => {
    const draft = draftOf(data);
    const { error } = data.details;
    const isOnlyAround = 'failureType' in error && error.failureType === 'subtestsFailed';
    const name = data.name === draft.file ? 'the file' : nameOf(draft, data.nesting);
    if (!isOnlyAround) draft.failures.push({ name, problem: describe(error) });
    if (data.name === draft.file) report(draft);
  });
  stream.on('test:summary', (data) => {
    if (data.file === undefined) return;
    const draft = draftOf(data);
    draft.milliseconds = data.duration_ms;
    report(draft);
  });
  stream.resume();
  await finished(stream, { writable: false });
  return [...drafts.values()];
}

function createDraft(file: string): Draft {
  return { file, passed: 0, failures: [], skipped: [], milliseconds: 0, output: '', path: [], isReported: false };
}

function nameOf(draft: Draft, nesting: number): string {
  return draft.path.slice(0, nesting + 1).join(' > ');
}

/** node:test wraps what a test threw; what it threw is what matters. */
function describe(error: Error): string {
  const thrown = error.cause ?? error;
  return thrown instanceof Error && thrown.cause === undefined ? (thrown.stack ?? thrown.message) : inspect(thrown);
}
