/** Never ends by itself: this process and a child in a process group of its own each hold a connection to SAMPLE_PORT. */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { test } from 'node:test';

const port = Number(process.env['SAMPLE_PORT']);
const program = `require('node:net').connect(${port}, '127.0.0.1')`;
const child = spawn(process.execPath, ['--eval', program], { detached: true, stdio: 'ignore' });
process.once('exit', () => child.kill('SIGKILL'));

test('hangs', async () => {
  connect(port, '127.0.0.1');
  await new Promise(() => undefined);
});
