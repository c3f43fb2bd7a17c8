/** Random requests made of the words of the grammar, for fuzzing: most are nonsense that looks right. */
import fc from 'fast-check';
import type { RawRequest } from './raw-http.ts';

const sets = [
  'accounts',
  'contacts',
  'msdyn_liveconversations',
  'teams',
  'systemusers',
  'tasks',
  'activitypointers',
  'roles',
];
const columns = [
  'name',
  'numberofemployees',
  'createdon',
  'donotemail',
  'revenue',
  'statecode',
  'accountid',
  '_primarycontactid_value',
  '_ownerid_value',
  'msdyn_channel',
  'nosuch',
  '__proto__',
];
const navigations = [
  'primarycontactid',
  'Account_Tasks',
  'contact_customer_accounts',
  'ownerid',
  'createdby',
  'teammembership_association',
];
const functions = [
  'In',
  'Between',
  'On',
  'LastXDays',
  'ContainValues',
  'Today',
  'EqualUserId',
  'Under',
  'InFiscalYear',
  'constructor',
];
const symbols = [
  '(',
  ')',
  ',',
  ';',
  ':',
  '=',
  '/',
  "'",
  '"',
  '@p',
  '$',
  '%20',
  '%',
  '%00',
  '*',
  '[',
  ']',
  '{',
  '}',
  '-',
  '.',
  '+',
  '&',
  '?',
];
const words = [
  'eq',
  'ne',
  'gt',
  'and',
  'or',
  'not',
  'in',
  'asc',
  'desc',
  'null',
  'true',
  'any(o:',
  'all(o:',
  'o/',
  'contains(',
  'tolower(',
];
const options = ['$select', '$filter', '$orderby', '$expand', '$top', '$count', '$skiptoken', '$apply', '@p', 'x'];
const suffixes = [
  '/$ref',
  '/$count',
  '/$value',
  '/name',
  '/primarycontactid',
  '/Microsoft.Dynamics.CRM.AddMembersTeam',
  '()',
];

/** @param unused an id that no row has */
export function arbitraryRequest(unused: string): fc.Arbitrary<RawRequest> {
  const literals = [
    "'x'",
    "'O''Brien'",
    '1',
    '-1',
    '1.5',
    '1e400',
    '99999999999999999999',
    '2024-05-01',
    '2024-02-30T00:00:00Z',
    unused,
  ];
  const call = fc
    .tuple(fc.constantFrom(...functions), fc.constantFrom(...columns), fc.constantFrom(...literals))
    .map(
      ([name, column, value]) =>
        `Microsoft.Dynamics.CRM.${name}(PropertyName='${column}',PropertyValue=${value},PropertyValues=["${value}"])`,
    );
  const comparison = fc
    .tuple(
      fc.constantFrom(...columns),
      fc.constantFrom('eq', 'ne', 'gt', 'in'),
      fc.constantFrom(...literals, 'null', '(1,2)'),
    )
    .map((parts) => parts.join('%20'));
  const noise = fc.constantFrom(...columns, ...navigations, ...symbols, ...words, ...literals);
  const expression = fc
    .array(fc.oneof({ weight: 3, arbitrary: comparison }, call, noise), { minLength: 1, maxLength: 6 })
    .chain((parts) => fc.constantFrom('%20and%20', '%20or%20', '', '%20').map((glue) => parts.join(glue)));
  const list = fc.array(fc.constantFrom(...columns, ...navigations), { maxLength: 4 }).map((names) => names.join(','));
  const value = fc.oneof(
    expression,
    list,
    noise,
    fc.string({ unit: 'binary-ascii', maxLength: 8 }).map(encodeURIComponent),
  );
  const query = fc
    .array(fc.tuple(fc.constantFrom(...options), value), { maxLength: 3 })
    .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
  const key = fc.constantFrom('', `(${unused})`, "(accountnumber='x')", '(x)', '()', '(', `(accountid=${unused})`);
  const path = fc
    .tuple(
      fc.constantFrom(...sets, 'nosuch', 'EntityDefinitions', 'WhoAmI'),
      key,
      fc.constantFrom('', '', ...suffixes),
      fc.oneof(fc.constant(''), noise),
    )
    .map(([set, keyText, suffix, tail]) => `${set}${keyText}${suffix}${tail === '' ? '' : `/${tail}`}`);
  const member = fc.tuple(
    fc.constantFrom(...columns, ...navigations, 'primarycontactid@odata.bind', '@odata.id', 'Members', 'Target'),
    fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(`/contacts(${unused})`, `/accounts(${unused})`)),
  );
  const body = fc.oneof(
    fc.array(member, { maxLength: 4 }).map((members) => JSON.stringify(Object.fromEntries(members))),
    fc.json({ maxDepth: 3 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  return fc
    .record({
      method: fc.constantFrom('GET', 'GET', 'GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD'),
      path,
      query,
      body,
    })
    .map(({ method, path: place, query: text, body: content }) => {
      const target = `${place}${text === '' ? '' : `?${text}`}`;
      return method === 'GET' || method === 'HEAD' || method === 'DELETE'
        ? { method: method === 'HEAD' ? 'GET' : method, target }
        : { method, target, body: content };
    });
}
