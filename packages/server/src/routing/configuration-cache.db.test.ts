/** The configuration in force follows the rows, wherever they are written, and survives a lost connection. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { RoutingConfiguration } from '@parley/engine';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/test-database.ts';
import { createDatabase, type Database } from '../db/database.ts';
import { inTransaction } from '../db/pool.ts';
import { demoOrganization } from '../demo/demo-ids.ts';
import { createLog } from '../log.ts';
import { loadTableModel } from '../model/load-table-model.ts';
import { queueIds } from '../organization/organization-ids.ts';
import { seedOrganization } from '../organization/seed-organization.ts';
import { type ConfigurationCache, createConfigurationCache } from './configuration-cache.ts';

describe('The configuration in force', () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let cache: ConfigurationCache;
  let loads = 0;
  let isBroken = false;

  before(async () => {
    testDatabase = await createTestDatabase();
    const model = await loadTableModel(new URL('../../../../db/', import.meta.url));
    await inTransaction(testDatabase.pool, (client) => seedOrganization(client, model, demoOrganization));
  });
  after(() => testDatabase.drop());

  beforeEach(async () => {
    const real = createDatabase(testDatabase.pool);
    // The real database, counted, and out of reach when a test says so.
    database = {
      query: real.query,
      transaction: (work) => {
        loads += 1;
        return isBroken ? Promise.reject(new Error('out of reach')) : real.transaction(work);
      },
    };
    isBroken = false;
    cache = await createConfigurationCache({ database, connection: testDatabase.connection, log: createLog('silent') });
    loads = 0;
  });
  afterEach(() => cache.close());

  function nextChange(accepts: (configuration: RoutingConfiguration) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const stop = cache.onChange((configuration) => {
        if (!accepts(configuration)) return;
        stop();
        resolve();
      });
    });
  }

  function nameOfQueue(configuration: RoutingConfiguration): string | undefined {
    return configuration.queues.get(queueIds.defaultMessaging)?.name;
  }

  async function renameQueue(name: string): Promise<void> {
    await testDatabase.pool.query('UPDATE data.queue SET name = $1 WHERE queueid = $2', [
      name,
      queueIds.defaultMessaging,
    ]);
  }

  test('is there from the start', () => {
    assert.equal(cache.current().queues.has(queueIds.defaultMessaging), true);
  });

  test('changes with the rows', async () => {
    const changed = nextChange((configuration) => nameOfQueue(configuration) === 'First');
    await renameQueue('First');
    await changed;
    assert.equal(nameOfQueue(cache.current()), 'First');
  });

  test('is loaded once more, not a hundred times, when a hundred ask while a load is under way', async () => {
    await Promise.all(Array.from({ length: 100 }, () => cache.refresh()));
    assert.equal(loads, 2);
  });

  test('is not announced when the rows say the same', async () => {
    const announced: string[] = [];
    cache.onChange(({ version }) => announced.push(version));
    const before = cache.current();
    await cache.refresh();
    assert.equal(cache.current(), before);
    assert.deepEqual(announced, []);
  });

  test('holds what was written before it was refreshed, also while a load is under way', async () => {
    const first = cache.refresh();
    await renameQueue('Refreshed');
    await Promise.all([first, cache.refresh()]);
    assert.equal(nameOfQueue(cache.current()), 'Refreshed');
  });

  test('catches up after the listener lost its connection', async () => {
    const changed = nextChange((configuration) => nameOfQueue(configuration) === 'While away');
    await testDatabase.pool.query(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'parley-listener' AND datname = current_database()`,
    );
    await renameQueue('While away');
    await changed;
  });

  test('stays as it is while it cannot be loaded, and follows as soon as it can', async () => {
    const before = nameOfQueue(cache.current());
    const changed = nextChange((configuration) => nameOfQueue(configuration) === 'Back');
    isBroken = true;
    await renameQueue('Back');
    await assert.rejects(cache.refresh(), /out of reach/);
    assert.equal(nameOfQueue(cache.current()), before);
    isBroken = false;
    await changed;
  });
});
