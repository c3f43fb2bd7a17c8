/** The reference pages against the code they speak of. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { errors } from '@parley/protocol';
import { readConfig } from '../packages/server/src/config.ts';
import { environmentVariables } from '../tools/reference/environment.ts';
import { findRaisedErrors } from '../tools/reference/errors.ts';

const page = (name: string): Promise<string> =>
  readFile(path.resolve(import.meta.dirname, '../docs/reference', name), 'utf8');

describe('the registry of errors', () => {
  const entries = Object.entries(errors);

  test('and its page have the same names with the same codes', async () => {
    const rows = [...(await page('errors.md')).matchAll(/^\| `(\w+)` \| `(0x\w+)` \| (\d+) \|/gm)];
    assert.deepEqual(
      rows.map(([, name, code, status]) => [name, code, Number(status)]),
      entries.map(([name, { code, status }]) => [name, code, status]),
    );
  });

  test('has 32-bit failure codes, statuses of failures, and a message in every row', () => {
    for (const [name, { code, status, message }] of entries) {
      assert.match(name, /^[a-z][A-Za-z]+$/);
      assert.match(code, /^0x8[0-9A-Fa-f]{7}$/, name);
      assert.ok(status >= 400 && status <= 599, name);
      assert.notEqual(message.trim(), '', name);
    }
  });

  test('has no two rows with one code, status and message', () => {
    const meanings = entries.map(([, { code, status, message }]) => `${code.toLowerCase()} ${status} ${message}`);
    const generic = meanings.filter((meaning) => meaning.endsWith(' {detail}'));
    const specific = meanings.filter((meaning) => !generic.includes(meaning));
    assert.equal(new Set(specific).size, specific.length);
  });

  test('has no row that nothing raises', async () => {
    const raised = await findRaisedErrors();
    const dead = entries.map(([name]) => name).filter((name) => !raised.has(name));
    assert.deepEqual(dead, []);
  });
});

test('the page of the environment has exactly the variables that are read', () => {
  const read = new Set<string>();
  const recorder = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get(_, name) {
        read.add(String(name));
        return undefined;
      },
    },
  );
  readConfig(recorder);
  assert.deepEqual(environmentVariables.map(({ name }) => name).sort(), [...read].sort());
});
