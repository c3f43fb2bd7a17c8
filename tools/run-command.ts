/** Runs a tool of node_modules/.bin with the Node that runs us. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const binaries = path.resolve(import.meta.dirname, '../node_modules/.bin');

export type CommandResult = { readonly code: number | null; readonly output: string };

/** Runs the tool in `folder`; its output and error output come back as one text, without colours. Ends with `signal`. */
export async function runTool(
  name: string,
  options: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<CommandResult> {
  const child = spawn(process.execPath, [path.join(binaries, name), ...options], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output += text;
    });
  }
  await once(child, 'close');
  return { code: child.exitCode, output: output.trim() };
}
