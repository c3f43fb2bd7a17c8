import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type TableModel, tableNamed } from '../../model/table-model.ts';
import { loadModel } from '../plan/plan-harness.ts';
import { valueFormatter } from './formatted-value.ts';

describe('formatted values', () => {
  let model: TableModel;
  before(async () => {
    model = await loadModel();
  });
  const shown = (table: string, column: string, text: string, timeZone = 'UTC'): string | undefined => {
    const found = tableNamed(model, table).columns.get(column);
    assert.ok(found, column);
    const json = valueFormatter(found)?.(text, { timeZone, languageCode: 1033 });
    return json === undefined ? undefined : String(JSON.parse(json));
  };

  test('choices show their labels', () => {
    assert.equal(shown('msdyn_liveconversation', 'statuscode', '5'), 'Wrap-up');
    assert.equal(shown('msdyn_liveconversation', 'msdyn_channel', '{192360000,192300000}'), 'Live chat; WhatsApp');
    assert.equal(shown('account', 'donotemail', 'f'), 'Allow');
  });
  test('dates show on the clock of the caller', () => {
    assert.equal(shown('account', 'createdon', '2023-04-07 14:59:00+00'), '4/7/2023 2:59 PM');
    assert.equal(shown('account', 'createdon', '2023-04-07 00:05:00+00'), '4/7/2023 12:05 AM');
    assert.equal(shown('account', 'createdon', '2023-04-07 23:30:00+00', 'Europe/Berlin'), '4/8/2023 1:30 AM');
    assert.equal(shown('account', 'createdon', '2023-01-07 23:30:00+00', 'Europe/Berlin'), '1/8/2023 12:30 AM');
    assert.equal(shown('account', 'overriddencreatedon', '2023-04-07 00:00:00+00'), '4/7/2023');
  });
  test('numbers are grouped, money has its sign', () => {
    assert.equal(shown('account', 'numberofemployees', '5000'), '5,000');
    assert.equal(shown('account', 'numberofemployees', '999'), '999');
    assert.equal(shown('account', 'versionnumber', '-1234567'), '-1,234,567');
    assert.equal(shown('account', 'revenue', '20000.0000'), '$20,000.00');
    assert.equal(shown('account', 'revenue', '-0.5'), '-$0.50');
  });
  test('plain texts and ids show nothing', () => {
    assert.equal(shown('account', 'name', 'x'), undefined);
    assert.equal(shown('account', 'accountid', 'x'), undefined);
  });
});
