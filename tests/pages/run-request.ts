/** Runs what a page offers to copy, as a person would who pastes it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { asObject, type JsonObject } from '../support/server.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const mostMilliseconds = 60_000;

type Environment = Readonly<Record<string, string>>;

/** Runs shell text in a directory of its own; gives the JSON that it prints. */
export async function runShellRequest(text: string, environment: Environment = {}): Promise<JsonObject> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'parley-request-'));
  try {
    return asObject(JSON.parse(await run('bash', ['-c', text], directory, environment, '')));
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Runs a module, with this checkout's packages in reach; gives what it prints. */
export function runScriptRequest(text: string, environment: Environment = {}): Promise<string> {
  return run(process.execPath, ['--input-type=module', '-'], checkout, environment, text);
}

function run(
  program: string,
  arguments_: readonly string[],
  directory: string,
  environment: Environment,
  input: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      arguments_,
      { cwd: directory, env: { PATH: process.env['PATH'], ...environment }, timeout: mostMilliseconds },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`${program} failed: ${stderr}`, { cause: error }));
      },
    );
    child.stdin?.end(input);
  });
}
