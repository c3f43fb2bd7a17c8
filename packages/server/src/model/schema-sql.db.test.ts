/** The migrations together lead to exactly the physical tables that the table model asks for. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/test-database.ts';
import { createPool } from '../db/pool.ts';
import { createLog } from '../log.ts';
import { loadTableModel } from './load-table-model.ts';
import { writeSchemaSql } from './schema-sql.ts';

const folder = new URL('../../../../db/', import.meta.url);

/** What migrations after 0002 add to the tables of the model. */
const laterTriggers = [
  'announce_security_change',
  'announce_configuration_change',
  'settle_new_user',
  'settle_moved_user',
  'follow_queue',
  'keep_closed',
  'announce_record_gone',
  'announce_record_gone_inactive',
];
const laterIndexes = [
  'one_primary_per_session',
  'one_status_per_agent',
  'one_open_stretch',
  'contact_emailaddress1_idx',
  'contact_mobilephone_idx',
  'contact_telephone1_idx',
  'contact_fullname_idx',
  'account_emailaddress1_idx',
  'account_telephone1_idx',
  'account_name_idx',
  'incident_ticketnumber_idx',
  'accepted_by_queue',
];

/** What a catalogue says of schema `data`, one line per fact. */
const catalogue: Readonly<Record<string, string>> = {
  columns: `SELECT format('%s.%s %s %s %s %s', table_name, column_name, data_type, coalesce(collation_name, ''), is_nullable, coalesce(column_default, generation_expression, '')) FROM information_schema.columns WHERE table_schema = 'data'`,
  constraints: `SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'data'::regnamespace AND contype <> 'n'`,
  indexes: `SELECT indexdef FROM pg_indexes WHERE schemaname = 'data' AND indexname <> ALL ('{${laterIndexes.join()}}')`,
  triggers: `SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE relnamespace = 'data'::regnamespace AND NOT tgisinternal AND tgname <> ALL ('{${laterTriggers.join()}}')`,
  functions: `SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'data'::regnamespace`,
  views: `SELECT viewname || ' ' || definition FROM pg_views WHERE schemaname = 'data'`,
};

describe('the migrated schema', () => {
  let migrated: TestDatabase;
  let fresh: pg.Pool;
  const name = `model_${randomUUID().replaceAll('-', '')}`;

  before(async () => {
    migrated = await createTestDatabase();
    await migrated.pool.query(`CREATE DATABASE ${name}`);
    fresh = createPool({ ...migrated.connection, database: name }, { max: 1, log: createLog('silent') });
    await fresh.query(await readFile(new URL('migrations/0001-foundation.sql', folder), 'utf8'));
    await fresh.query(writeSchemaSql(await loadTableModel(folder)));
  });
  after(async () => {
    await fresh.end();
    await migrated.pool.query(`DROP DATABASE ${name}`);
    await migrated.drop();
  });

  for (const [what, query] of Object.entries(catalogue)) {
    test(`has the ${what} of the table model`, async () => {
      const list = async (pool: pg.Pool): Promise<string[]> => {
        const { rows } = await pool.query<string[]>({ text: query, rowMode: 'array' });
        return rows.map(([line]) => line ?? '').sort();
      };
      const [actual, expected] = [await list(migrated.pool), await list(fresh)];
      assert.ok(expected.length > 0);
      assert.deepEqual(actual, expected);
    });
  }
});
