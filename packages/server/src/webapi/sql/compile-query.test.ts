/** The SQL of typical queries, kept in the snapshot beside this file so that review sees every change of it. */
import assert from 'node:assert/strict';
import { before, describe, snapshot, test } from 'node:test';
import type { TableModel } from '../../model/table-model.ts';
import { loadModel, planText, testCaller } from '../plan/plan-harness.ts';
import { compileCount, compileQuery } from './compile-query.ts';

snapshot.setDefaultSnapshotSerializers([String]);

type Sample = {
  readonly name: string;
  readonly table?: string;
  readonly query: string;
  readonly depth?: 'Global' | 'Basic' | 'Local';
  readonly isAnnotated?: boolean;
  readonly maxPageSize?: number;
};

const select = '$select=msdyn_subject';
const samples: readonly Sample[] = [
  {
    name: 'selected columns, filtered, ordered and limited',
    query: `${select},statuscode&$filter=statuscode eq 4 and contains(msdyn_title,'a%25b')&$orderby=createdon desc&$top=50`,
  },
  {
    name: 'the same by an agent who reads own, team and shared rows',
    query: `${select}&$filter=statuscode eq 4&$orderby=createdon desc&$top=50`,
    depth: 'Basic',
  },
  { name: 'the same by someone who reads a business unit', query: `${select}&$top=50`, depth: 'Local' },
  {
    name: 'names of lookups are joined for annotations',
    query: '$select=_msdyn_customer_value,_ownerid_value,_createdby_value&$top=5',
    isAnnotated: true,
  },
  { name: 'order by the name of a lookup', query: `${select}&$orderby=_msdyn_activeagentid_value&$top=5` },
  {
    name: 'a path through a lookup joins it once',
    query: `${select}&$filter=msdyn_activeagentid/fullname eq 'A' or msdyn_activeagentid/lastname eq 'B'&$top=5`,
  },
  {
    name: 'a lambda over a collection',
    table: 'account',
    query: "$select=name&$filter=contact_customer_accounts/any(c:c/lastname eq 'Lee' and c/statecode eq 0)&$top=5",
  },
  {
    name: 'all() also fails rows whose predicate is unknown',
    table: 'account',
    query: "$select=name&$filter=contact_customer_accounts/all(c:c/lastname eq 'Lee')&$top=5",
  },
  {
    name: 'a many-to-many lambda',
    table: 'team',
    query: "$select=name&$filter=teammembership_association/any(u:u/fullname eq 'A')&$top=5",
  },
  {
    name: 'expands come as arrays of texts',
    table: 'account',
    query:
      '$select=name&$expand=primarycontactid($select=fullname),contact_customer_accounts($select=lastname;$orderby=lastname;$top=3)&$top=5',
  },
  {
    name: 'relative dates on the local clock of the caller',
    query: `${select}&$filter=Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=7)&$top=5`,
  },
  {
    name: 'a list of values',
    query: `${select}&$filter=Microsoft.Dynamics.CRM.In(PropertyName='statuscode',PropertyValues=["1","2"])&$top=5`,
  },
  {
    name: 'choices of a multi-select column',
    query: `${select}&$filter=Microsoft.Dynamics.CRM.ContainValues(PropertyName='msdyn_channel',PropertyValues=["192360000"])&$top=5`,
  },
  { name: 'a page of a walk fetches one row more', query: `${select}&$orderby=createdon desc`, maxPageSize: 2 },
];

describe('compiled queries', () => {
  let model: TableModel;
  before(async () => {
    model = await loadModel();
  });

  for (const sample of samples) {
    test(sample.name, (context) => {
      const caller = testCaller(model, sample.depth ?? 'Global');
      const query = planText(
        model,
        caller,
        sample.table ?? 'msdyn_liveconversation',
        encodeURI(sample.query).replaceAll('%2525', '%25'),
        sample,
      );
      const { statement } = compileQuery(model, query);
      context.assert.snapshot(statement.text);
    });
  }

  test('a count stops at its cap and needs no order', (context) => {
    const query = planText(
      model,
      testCaller(model, 'Basic'),
      'msdyn_liveconversation',
      '$filter=statuscode%20eq%204&$orderby=createdon',
    );
    context.assert.snapshot(compileCount(model, query, 5001).text);
  });

  test('no value of a client ever stands in the text', () => {
    const hostile = "x'); DROP TABLE data.account; --";
    const query = planText(
      model,
      testCaller(model, 'Global'),
      'account',
      `$filter=${encodeURIComponent(`name eq '${hostile.replaceAll("'", "''")}'`)}`,
    );
    const { statement } = compileQuery(model, query);
    assert.doesNotMatch(statement.text, /DROP/);
    assert.deepEqual(
      statement.parameters.map(({ value }) => value),
      [hostile],
    );
  });
});
