import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/test-database.ts';
import { migrate, readMigrations } from './migrate.ts';

const quiet = { onProgress: (): void => undefined };

/** An empty database and a directory with the given files. */
async function withFiles(
  files: Readonly<Record<string, string>>,
  work: (database: TestDatabase, directory: string) => Promise<void>,
): Promise<void> {
  const database = await createTestDatabase();
  const directory = await mkdtemp(path.join(os.tmpdir(), 'parley-migrations-'));
  try {
    await database.pool.query('DROP SCHEMA parley CASCADE');
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(directory, name), text);
    await work(database, directory);
  } finally {
    await database.drop();
    await rm(directory, { recursive: true });
  }
}

const twoFiles = { '0001-one.sql': 'CREATE TABLE one (id int);', '0002-two.sql': 'CREATE TABLE two (id int);' };

test('two servers that start together migrate once', () =>
  withFiles(twoFiles, async ({ pool }, directory) => {
    const outcomes = await Promise.all([migrate(pool, directory, quiet), migrate(pool, directory, quiet)]);
    assert.deepEqual(outcomes.flatMap(({ applied }) => applied).sort(), ['0001-one', '0002-two']);
    assert.deepEqual(await migrate(pool, directory, quiet), { applied: [] });
  }));

test('a file that was edited after it was applied is refused', () =>
  withFiles(twoFiles, async ({ pool }, directory) => {
    await migrate(pool, directory, quiet);
    await writeFile(path.join(directory, '0001-one.sql'), 'CREATE TABLE other (id int);');
    await assert.rejects(migrate(pool, directory, quiet), /0001-one\.sql was changed after it was applied/);
  }));

test('other line ends are not an edit', () =>
  withFiles({ '0001-one.sql': 'CREATE TABLE one (\n  id int);\n' }, async ({ pool }, directory) => {
    await migrate(pool, directory, quiet);
    await writeFile(path.join(directory, '0001-one.sql'), 'CREATE TABLE one (\r\n  id int);\r\n');
    assert.deepEqual(await migrate(pool, directory, quiet), { applied: [] });
  }));

test('a database of a newer program is refused', () =>
  withFiles(twoFiles, async ({ pool }, directory) => {
    await migrate(pool, directory, quiet);
    await rm(path.join(directory, '0002-two.sql'));
    await assert.rejects(migrate(pool, directory, quiet), /migrated by a newer Parley: it has migration 0002-two/);
  }));

test('a migration that fails leaves nothing of itself and keeps those before it', () =>
  withFiles(
    { '0001-one.sql': 'CREATE TABLE one (id int);', '0002-two.sql': 'CREATE TABLE two (id int); SELECT 1/0;' },
    async ({ pool }, directory) => {
      await assert.rejects(
        migrate(pool, directory, quiet),
        /Migration 0002-two failed and was rolled back: division by zero/,
      );
      const { rows } = await pool.query("SELECT to_regclass('one') AS one, to_regclass('two') AS two");
      assert.deepEqual(rows, [{ one: 'one', two: null }]);
    },
  ));

test('a gap, a duplicate and a wrong name are refused', async () => {
  for (const [second, message] of [
    ['0003-three.sql', /0003-three\.sql .* but 2 is next/],
    ['0001-zwei.sql', /but 2 is next/],
    ['2-two.sql', /2-two\.sql .* not named NNNN-name\.sql/],
  ] as const) {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'parley-migrations-'));
    await writeFile(path.join(directory, '0001-one.sql'), 'SELECT 1');
    await writeFile(path.join(directory, second), 'SELECT 2');
    await assert.rejects(readMigrations(directory), message);
    await rm(directory, { recursive: true });
  }
});

test('text columns compare without case but with accents, and row versions and keys are made', async () => {
  const { pool, drop } = await createTestDatabase();
  try {
    const { rows } =
      await pool.query(`SELECT 'Anna' = 'ANNA' COLLATE data.ci AS cases, 'resume' = 'résumé' COLLATE data.ci AS accents,
      substr(uuidv7()::text, 15, 1) AS version, uuidv7() < uuidv7() AS ordered, nextval('parley.row_version') > 0 AS counts`);
    assert.deepEqual(rows, [{ cases: 't', accents: 'f', version: '7', ordered: 't', counts: 't' }]);
  } finally {
    await drop();
  }
});
