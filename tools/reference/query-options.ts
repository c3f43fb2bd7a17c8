/**
 * docs/reference/query-options.md: what a query may hold. Nothing here says what is supported: every example is given to the
 * parser and the planner of the server, and its answer goes into the page.
 */
import { WebApiError } from '@parley/protocol';
import type { TableModel } from '../../packages/server/src/model/table-model.ts';
import { queryFunctionNames } from '../../packages/server/src/webapi/plan/bind-query-function.ts';
import { planText, testCaller } from '../../packages/server/src/webapi/plan/plan-harness.ts';
import { code, page, table } from './markdown.ts';

type Example = readonly [name: string, query: string];

const options: readonly Example[] = [
  ['$select', '$select=name,_primarycontactid_value'],
  ['$filter', "$filter=name eq 'Contoso'"],
  ['$orderby', '$orderby=name desc,createdon'],
  ['$top', '$top=3'],
  ['$count', '$count=true'],
  ['$expand', '$expand=primarycontactid($select=fullname)'],
  ['parameter aliases', "$filter=name eq @p&@p='Contoso'"],
  ['$apply', '$apply=groupby((statecode))'],
  ['$deltatoken', '$deltatoken=1'],
  ['$skip', '$skip=10'],
  ['$search', '$search=contoso'],
  ['$compute', '$compute=revenue as r'],
  ['$format', '$format=json'],
  ['fetchXml', 'fetchXml=<fetch/>'],
  ['savedQuery', 'savedQuery=00000000-0000-0000-0000-000000000000'],
  ['userQuery', 'userQuery=00000000-0000-0000-0000-000000000000'],
];

const expands: readonly Example[] = [
  ['of a lookup', '$expand=primarycontactid($select=fullname)'],
  ['of a collection', '$expand=contact_customer_accounts($select=fullname)'],
  ['$filter inside', "$expand=contact_customer_accounts($filter=lastname eq 'Berg')"],
  ['$orderby and $top inside', '$expand=contact_customer_accounts($orderby=fullname;$top=2)'],
  ['nested', '$expand=primarycontactid($expand=createdby($select=fullname))'],
  ['$ref of a lookup', '$expand=primarycontactid/$ref'],
  ['$ref of a collection', '$expand=contact_customer_accounts/$ref'],
  ['$count inside', '$expand=contact_customer_accounts($count=true)'],
  ['$skip inside', '$expand=contact_customer_accounts($skip=1)'],
  ['$levels inside', '$expand=parentaccountid($levels=2)'],
  ['everything', '$expand=*'],
];

const conditions: readonly Example[] = [
  ...['eq', 'ne', 'gt', 'ge', 'lt', 'le'].map((name): Example => [name, `revenue ${name} 100`]),
  ['eq null', 'revenue eq null'],
  ['and', "revenue gt 1 and name eq 'Contoso'"],
  ['or', "revenue gt 1 or name eq 'Contoso'"],
  ['not', "not (name eq 'Contoso')"],
  ['in', "name in ('Contoso','Fabrikam')"],
  ['has', "name has 'x'"],
  ...['add', 'sub', 'mul', 'div', 'mod'].map((name): Example => [name, `revenue ${name} 1 eq 2`]),
  ['path over a lookup', "primarycontactid/fullname eq 'Ada Berg'"],
  ['any', "contact_customer_accounts/any(c:c/lastname eq 'Berg')"],
  ['any without condition', 'contact_customer_accounts/any()'],
  ['all', "contact_customer_accounts/all(c:c/lastname eq 'Berg')"],
  ['$count', 'contact_customer_accounts/$count gt 1'],
];

const functions: readonly Example[] = [
  ...['contains', 'startswith', 'endswith'].map((name): Example => [name, `${name}(name,'x')`]),
  ...['tolower', 'toupper', 'trim'].map((name): Example => [name, `${name}(name) eq 'x'`]),
  ['length', 'length(name) gt 3'],
  ['indexof', "indexof(name,'x') eq 1"],
  ['substring', "substring(name,1) eq 'x'"],
  ['concat', "concat(name,'x') eq 'y'"],
  ...['year', 'month', 'day', 'hour', 'minute', 'second'].map((name): Example => [name, `${name}(createdon) eq 1`]),
  ...['round', 'floor', 'ceiling'].map((name): Example => [name, `${name}(revenue) eq 1`]),
  ['now', 'createdon lt now()'],
];

export function writeQueryOptions(model: TableModel): string {
  const judge = createJudge(model);
  const rows = (examples: readonly Example[], prefix = ''): string[][] =>
    examples.map(([name, text]) => {
      const refusal = judge(`${prefix}${text}`);
      return [code(name), code(text), refusal === undefined ? 'yes' : 'no', refusal ?? ''];
    });
  const head = ['', 'example, on accounts', 'supported', 'answer'];
  return page(
    'Query options',
    'tools/reference/query-options.ts, by asking the planner',
    'What a request for rows may ask for. What is not supported is refused with the answer shown, never ignored. `$skiptoken` is only accepted as handed out in `@odata.nextLink`. With the preference `odata.maxpagesize`, `$top` does not count.',
    '## Options',
    table(head, rows(options)),
    '## Expanding',
    table(head, rows(expands)),
    '## Operators in $filter',
    table(head, rows(conditions, '$filter=')),
    '## Functions in $filter',
    table(head, rows(functions, '$filter=')),
    '## Query functions of Dataverse in $filter',
    "Written in full, such as `Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=7)`.",
    [...queryFunctionNames].sort().map(code).join(', '),
  );
}

/** Asks the planner: the answer is why it refuses, or nothing. */
function createJudge(model: TableModel): (query: string) => string | undefined {
  const caller = testCaller(model, 'Global');
  return (query) => {
    try {
      planText(model, caller, 'account', query);
      return undefined;
    } catch (error) {
      if (error instanceof WebApiError) return error.message;
      throw error;
    }
  };
}
