import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { createTestDatabase } from '../../../../tests/support/test-database.ts';
import { createLog } from '../log.ts';
import { createPool, inTransaction } from './pool.ts';
import { listen } from './postgres-notifications.ts';

const { pool, connection, drop } = await createTestDatabase();
after(drop);
await pool.query('CREATE TABLE note (text text)');

test('every value arrives as the text PostgreSQL wrote, in UTC and ISO', async () => {
  const { rows } = await pool.query(
    "SELECT 1.10::numeric AS n, 9007199254740993::bigint AS b, true AS t, '{\"a\": 1}'::jsonb AS j, timestamptz '2026-01-02 03:04:05+01' AS s",
  );
  assert.deepEqual(rows, [{ n: '1.10', b: '9007199254740993', t: 't', j: '{"a": 1}', s: '2026-01-02 02:04:05+00' }]);
});

test('the session settings also reach a server named by an address, beside options it already has', async () => {
  const address = new URL('postgres://localhost/');
  address.username = connection.user;
  address.password = connection.password;
  address.pathname = connection.database;
  address.searchParams.set('host', connection.host);
  address.searchParams.set('options', '-c work_mem=7MB');
  const other = createPool({ connectionString: address.href }, { max: 1, log: createLog('silent') });
  try {
    const { rows } =
      await other.query(`SELECT current_setting('TimeZone') AS zone, current_setting('work_mem') AS memory,
      current_setting('statement_timeout') AS statement, current_setting('idle_in_transaction_session_timeout') AS idle,
      current_setting('application_name') AS name`);
    assert.deepEqual(rows, [{ zone: 'UTC', memory: '7MB', statement: '30s', idle: '1min', name: 'parley' }]);
  } finally {
    await other.end();
  }
});

test('a transaction keeps all or nothing', async () => {
  await inTransaction(pool, (client) => client.query("INSERT INTO note VALUES ('kept')"));
  const failure = new Error('no');
  await assert.rejects(
    inTransaction(pool, async (client) => {
      await client.query("INSERT INTO note VALUES ('lost')");
      throw failure;
    }),
    failure,
  );
  await assert.rejects(
    inTransaction(pool, async (client) => {
      await client.query("INSERT INTO note VALUES ('lost')");
      await client.query('SELECT 1/0').catch(() => undefined);
    }),
    /a statement in it failed unnoticed/,
  );
  assert.deepEqual((await pool.query('SELECT text FROM note')).rows, [{ text: 'kept' }]);
});

test('a connection that breaks inside a transaction is replaced', async () => {
  await assert.rejects(
    inTransaction(pool, async (client) => {
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
      await pool.query('SELECT pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
      await client.query('SELECT 1');
    }),
  );
  assert.equal((await pool.query('SELECT 1 AS one')).rows[0]?.one, '1');
});

test('a listener hears again after its connection was cut, and says that it was gone', async () => {
  const heard: string[] = [];
  const first = Promise.withResolvers<void>();
  const restored = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  let losses = 0;
  const listener = await listen(
    connection,
    ['Some Channel'],
    (channel, payload) => {
      heard.push(`${channel}:${payload}`);
      if (payload === 'first') first.resolve();
      if (payload === 'second') second.resolve();
    },
    { onLost: () => (losses += 1), onRestored: () => restored.resolve() },
  );
  try {
    await pool.query(`SELECT pg_notify('Some Channel', 'first')`);
    await first.promise;
    await pool.query(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
       WHERE application_name = 'parley-listener' AND datname = current_database()`,
    );
    await restored.promise;
    await pool.query(`SELECT pg_notify('Some Channel', 'second')`);
    await second.promise;
    assert.equal(losses, 1);
    assert.deepEqual(heard, ['Some Channel:first', 'Some Channel:second']);
  } finally {
    await listener.close();
  }
});
