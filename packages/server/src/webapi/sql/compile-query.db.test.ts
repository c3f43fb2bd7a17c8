/** Whatever the planner accepts, PostgreSQL accepts: for every table, column, relationship and a stream of random queries. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { WebApiError } from '@parley/protocol';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../../../tests/support/test-database.ts';
import type { TableModel } from '../../model/table-model.ts';
import { queryFunctionNames } from '../plan/bind-query-function.ts';
import { loadModel, planText, testCaller } from '../plan/plan-harness.ts';
import { compileQuery } from './compile-query.ts';
import { resolveParameters } from './sql-writer.ts';

describe('compiled queries on a real database', () => {
  let model: TableModel;
  let database: TestDatabase;
  before(async () => {
    [model, database] = await Promise.all([loadModel(), createTestDatabase()]);
  });
  after(() => database.drop());

  const run = async (tableName: string, query: string, depth: 'Global' | 'Basic' | 'Local', isAnnotated = true) => {
    const caller = testCaller(model, depth);
    const { statement } = compileQuery(model, planText(model, caller, tableName, query, { isAnnotated }));
    await database.pool.query({
      text: statement.text,
      values: resolveParameters(statement, { caller, keys: [], now: Date.now() }),
    });
  };

  test('every column of every table can be read with its annotations, at every depth', async () => {
    for (const table of model.tables.values()) {
      await run(table.logicalName, '$top=1', 'Global');
      await run(table.logicalName, '$top=1', 'Local');
    }
  });

  test('every relationship can be expanded and asked about', async () => {
    for (const table of model.tables.values()) {
      for (const navigation of table.navigation.values()) {
        if (navigation.kind === 'manyToOne' && navigation.referencedTable === 'principal') continue;
        await run(table.logicalName, `$top=1&$expand=${navigation.navigationProperty}`, 'Basic', false);
        if (navigation.kind !== 'manyToOne')
          await run(table.logicalName, `$top=1&$filter=${navigation.navigationProperty}/any()`, 'Basic', false);
      }
    }
  });

  test('every column that has an order can be ordered and compared with null', async () => {
    for (const table of model.tables.values()) {
      for (const [name, column] of table.properties) {
        if (column.type === 'MultiSelectPicklist' || !column.isValidForRead) continue;
        await run(table.logicalName, `$top=1&$orderby=${name}%20desc&$filter=${name}%20eq%20null`, 'Global', false);
      }
    }
  });

  test('random filters are either refused as the protocol says or run', async () => {
    const column = fc.constantFrom(
      'msdyn_subject',
      'statuscode',
      'createdon',
      '_ownerid_value',
      'msdyn_channel',
      'msdyn_transfercount',
      'msdyn_activeagentid/fullname',
      '_msdyn_customer_value',
      'versionnumber',
      'nope',
      'owninguser/isdisabled',
    );
    const value = fc.constantFrom(
      "'a'",
      "'a%[b-d]_'",
      '1',
      '-1',
      '99999999999999999999',
      '1.5',
      '1e300',
      'true',
      'null',
      '2024-05-01',
      '2024-05-01T10:00:00Z',
      '2b330c52-6844-4d36-8e05-03c78c9681dc',
      "'1,2'",
      '@p',
    );
    const comparison = fc.tuple(column, fc.constantFrom('eq', 'ne', 'gt', 'le'), value).map((parts) => parts.join(' '));
    const match = fc
      .tuple(fc.constantFrom('contains', 'startswith', 'endswith'), column, value)
      .map(([name, left, right]) => `${name}(${left},${right})`);
    const call = fc
      .tuple(
        fc.constantFrom(...queryFunctionNames),
        fc.constantFrom(
          'createdon',
          'statuscode',
          'ownerid',
          'msdyn_channel',
          'msdyn_subject',
          'msdyn_liveconversationid',
        ),
        fc.constantFrom(
          '',
          ',PropertyValue=3',
          ",PropertyValue='2024-05-01'",
          ',PropertyValues=["1","2"]',
          ',PropertyValue1=2,PropertyValue2=2024',
        ),
      )
      .map(([name, property, rest]) => `Microsoft.Dynamics.CRM.${name}(PropertyName='${property}'${rest})`);
    const { filter } = fc.letrec<{ filter: string }>((tie) => ({
      filter: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        comparison,
        match,
        call,
        fc
          .tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter'))
          .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
        tie('filter').map((inner) => `not (${inner})`),
        tie('filter').map((inner) => `msdyn_liveconversation_Annotations/any(a:${inner})`),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(filter, fc.constantFrom<'Global' | 'Basic'>('Global', 'Basic'), async (text, depth) => {
        try {
          await run('msdyn_liveconversation', `$top=2&$filter=${encodeURIComponent(text)}`, depth, false);
        } catch (error) {
          if (!(error instanceof WebApiError)) throw error;
          assert.ok(error.definition.status < 500, error.message);
        }
      }),
      { numRuns: 400 },
    );
  });
});
