/** Lines 75-103: query options. `{tag}` sets each case's own rows apart. */
import assert from 'node:assert/strict';
import { type JsonObject, rowsOf } from '../../support/server.ts';
import { annotations, crm, type Step, type WireCase } from './wire-case.ts';

const five: Readonly<Record<string, readonly [string, JsonObject]>> = Object.fromEntries(
  ['one', 'two', 'three', 'four', 'five'].map((name, index) => [
    `N${index + 1}`,
    ['accounts', { name: `{tag} ${name}`, numberofemployees: (index * 2) % 5 }] as const,
  ]),
);
const mine = "$filter=startswith(name,'{tag}')";

/** Pages of two, by the links: sizes, and the link kept for the next step. */
function pages(send: string, sizes: readonly number[]): Step[] {
  return sizes.map((size, index) => ({
    send: index === 0 ? send : 'GET {next}',
    headers: { prefer: 'odata.maxpagesize=2' },
    status: 200,
    ...(index === sizes.length - 1 ? { lacks: ['@odata.nextLink'] } : { keepMembers: { next: '@odata.nextLink' } }),
    check: ({ json, headers }, variables) => {
      assert.equal(rowsOf(json).length, size);
      assert.equal(headers.get('preference-applied'), 'odata.maxpagesize=2');
      const ids = rowsOf(json).map((row) => String(row['accountid']));
      const seen = (index === 0 ? '' : (variables.get('seen') ?? '')).split(' ').filter((id) => id !== '');
      assert.ok(!ids.some((id) => seen.includes(id)), 'a row came twice');
      variables.set('seen', [...seen, ...ids].join(' '));
    },
  }));
}

export const queryCases: readonly WireCase[] = [
  {
    line: 75,
    title: '$top limits the rows without a link',
    given: five,
    steps: [
      {
        send: 'GET accounts?$top=2&$select=name',
        status: 200,
        lacks: ['@odata.nextLink'],
        json: { '@odata.context': '{api}/$metadata#accounts(name)' },
        check: ({ json }) => {
          assert.equal(rowsOf(json).length, 2);
          for (const row of rowsOf(json))
            assert.deepEqual(Object.keys(row).sort(), ['@odata.etag', 'accountid', 'name']);
        },
      },
      ...['-1', 'x', '1.5', ''].map((top) => ({
        send: `GET accounts?$top=${top}`,
        status: 400,
        code: '0x80060888',
        says: ['$top'],
      })),
    ],
  },
  {
    line: 76,
    title: 'pages are followed by their links to the end',
    given: five,
    steps: pages(`GET accounts?$select=name&${mine}`, [2, 2, 1]),
  },
  {
    line: 76,
    title: 'a page that is just full has no link',
    given: five,
    steps: pages(`GET accounts?$select=name&${mine} and name ne '{tag} five'`, [2, 2]),
  },
  {
    line: 77,
    title: '$top is ignored where pages are asked for',
    given: five,
    steps: pages(`GET accounts?$select=name&${mine}&$top=3`, [2, 2, 1]),
  },
  {
    line: 78,
    title: 'pages of an ordered query are the unpaged result',
    given: five,
    steps: [
      ...pages(`GET accounts?$select=name&${mine}&$orderby=numberofemployees desc`, [2, 2, 1]),
      {
        send: `GET accounts?$select=name&${mine}&$orderby=numberofemployees desc`,
        status: 200,
        check: ({ json }, variables) =>
          assert.equal(
            rowsOf(json)
              .map((row) => row['accountid'])
              .join(' '),
            variables.get('seen'),
          ),
      },
    ],
  },
  {
    line: 79,
    title: 'options that do not exist here are refused by name',
    steps: ['$skip=1', '$search=x', '$compute=x', '$format=json', '$levels=2', '$nosuch=1'].map((option) => ({
      send: `GET accounts?${option}`,
      status: 400,
      code: '0x80060888',
      says: [option.split('=')[0] ?? ''],
    })),
  },
  {
    line: 80,
    title: '$count=true counts the matching rows on every page',
    given: five,
    steps: [
      { send: `GET accounts?$count=true&${mine}`, status: 200, json: { '@odata.count': 5 } },
      {
        send: `GET accounts?$count=true&${mine}`,
        headers: { prefer: 'odata.maxpagesize=3' },
        status: 200,
        json: { '@odata.count': 5 },
        keepMembers: { next: '@odata.nextLink' },
      },
      { send: 'GET {next}', headers: { prefer: 'odata.maxpagesize=3' }, status: 200, json: { '@odata.count': 5 } },
      { send: `GET accounts?$count=true&$top=1&${mine}`, status: 200, json: { '@odata.count': 5 } },
      { send: `GET accounts?$count=false&${mine}`, status: 200, lacks: ['@odata.count'] },
      { send: `GET accounts?$count=perhaps`, status: 400, code: '0x80060888', says: ['$count'] },
    ],
  },
  {
    // Beyond 5,000 rows: queries.test.ts, which makes that many.
    line: 81,
    title: 'the count comes as annotations too',
    given: five,
    steps: [
      {
        send: `GET accounts?$count=true&${mine}`,
        headers: annotations,
        status: 200,
        json: {
          '@odata.count': 5,
          [`@${crm}.totalrecordcount`]: 5,
          [`@${crm}.totalrecordcountlimitexceeded`]: false,
        },
      },
    ],
  },
  {
    line: 82,
    title: 'without $count the annotation says -1',
    steps: [
      {
        send: 'GET accounts?$top=1',
        headers: annotations,
        status: 200,
        json: { [`@${crm}.totalrecordcount`]: -1, [`@${crm}.totalrecordcountlimitexceeded`]: false },
        lacks: ['@odata.count'],
      },
    ],
  },
  {
    line: 83,
    title: 'the number of rows is plain text',
    given: five,
    steps: [
      {
        send: 'GET accounts/$count',
        status: 200,
        response: { 'content-type': /^text\/plain/ },
        text: /^\d+$/,
      },
      { send: `GET accounts/$count?${mine}`, status: 200, text: '5' },
    ],
  },
  {
    line: 84,
    title: 'texts are compared without case',
    given: { X: ['accounts', { name: "O'Brien {tag}" }] },
    steps: ["O''Brien {tag}", "o''BRIEN {tag}"].map((name) => ({
      send: `GET accounts?$select=name&$filter=name eq '${name}'`,
      status: 200,
      rows: [{ accountid: '{X}', name: "O'Brien {tag}" }],
    })),
  },
  {
    line: 85,
    title: '% is a wildcard in contains',
    given: { X: ['accounts', { name: '{tag} a-and-b' }], Y: ['accounts', { name: '{tag} b-and-a' }] },
    steps: [
      {
        send: "GET accounts?$select=name&$filter=contains(name,'{tag} a%25b')",
        status: 200,
        rows: [{ accountid: '{X}' }],
      },
    ],
  },
  {
    line: 86,
    title: 'an empty lookup is null',
    given: {
      X: ['accounts', { name: '{tag} without' }],
      Y: ['accounts', { name: '{tag} with', 'primarycontactid@odata.bind': '/contacts({C})' }],
    },
    steps: [
      {
        send: `GET accounts?$select=name&${mine} and _primarycontactid_value eq null`,
        status: 200,
        rows: [{ accountid: '{X}' }],
      },
      {
        send: `GET accounts?$select=name&${mine} and _primarycontactid_value ne null`,
        status: 200,
        rows: [{ accountid: '{Y}' }],
      },
      {
        send: `GET accounts?$select=name&${mine} and _primarycontactid_value eq {C}`,
        status: 200,
        rows: [{ accountid: '{Y}' }],
      },
      {
        send: `GET accounts?$select=name&${mine} and _primarycontactid_value eq '{C}'`,
        status: 200,
        rows: [{ accountid: '{Y}' }],
      },
    ],
  },
  {
    line: 87,
    title: 'a filter follows lookups',
    given: {
      P: ['contacts', { firstname: 'Path', lastname: '{tag}' }],
      X: ['accounts', { name: 'x', 'primarycontactid@odata.bind': '/contacts({P})' }],
    },
    steps: [
      {
        send: "GET accounts?$select=name&$filter=primarycontactid/fullname eq 'path {tag}'",
        status: 200,
        rows: [{ accountid: '{X}' }],
      },
      {
        send: "GET accounts?$select=name&$filter=primarycontactid/lastname eq '{tag}' and primarycontactid/createdby/systemuserid eq {admin}",
        status: 200,
        rows: [{ accountid: '{X}' }],
      },
      { send: 'GET accounts?$select=name&$filter=primarycontactid/contactid eq {P}', status: 200, rows: [{}] },
    ],
  },
  {
    line: 88,
    title: 'lambdas over a collection',
    given: {
      X: ['accounts', { name: '{tag} both', Account_Tasks: [{ subject: 'x' }, { subject: 'y' }] }],
      Y: ['accounts', { name: '{tag} only', Account_Tasks: [{ subject: 'x' }] }],
      N: ['accounts', { name: '{tag} none' }],
    },
    steps: (
      [
        ["Account_Tasks/any(t:t/subject eq 'X')", ['{X}', '{Y}']],
        ["Account_Tasks/any(t:t/subject eq 'y')", ['{X}']],
        ['Account_Tasks/any()', ['{X}', '{Y}']],
        ['not Account_Tasks/any()', ['{N}']],
        ["Account_Tasks/all(t:t/subject eq 'x')", ['{N}', '{Y}']],
      ] as const
    ).map(([filter, ids]) => ({
      send: `GET accounts?$select=name&$orderby=name&${mine} and ${filter}`,
      status: 200,
      rows: [...ids]
        .sort((left, right) => ['{X}', '{N}', '{Y}'].indexOf(left) - ['{X}', '{N}', '{Y}'].indexOf(right))
        .map((accountid) => ({ accountid })),
    })),
  },
  {
    line: 89,
    title: 'an unterminated text is refused where it starts',
    steps: [
      {
        send: "GET accounts?$filter=name eq 'x",
        status: 400,
        code: '0x80060888',
        says: [/There is an unterminated literal at position \d+ in 'name eq 'x'\./],
      },
    ],
  },
  {
    line: 90,
    title: 'incompatible types are refused with their names',
    steps: [
      {
        send: "GET accounts?$filter=statecode eq 'x'",
        status: 400,
        code: '0x80060888',
        says: [
          "A binary operator with incompatible types was detected. Found operand types 'Edm.Int32' and 'Edm.String' for operator kind 'Equal'.",
        ],
      },
      {
        send: 'GET accounts?$filter=name gt 5',
        status: 400,
        code: '0x80060888',
        says: ["'Edm.String' and 'Edm.Int32' for operator kind 'GreaterThan'"],
      },
    ],
  },
  {
    line: 91,
    title: 'functions and operators that are not supported are refused by name',
    steps: [
      ...['tolower', 'toupper', 'trim', 'length'].map((name) => `${name}(name) eq 'x'`),
      ...['year', 'month', 'day', 'date'].map((name) => `${name}(createdon) eq 1`),
      "indexof(name,'x') eq 1",
      "concat(name,'x') eq 'xx'",
      'round(revenue) eq 1',
      'numberofemployees add 1 eq 2',
      'numberofemployees mod 2 eq 0',
      "name has 'x'",
    ].map((filter) => ({
      send: `GET accounts?$filter=${filter}`,
      status: 400,
      code: '0x80060888',
      says: [/\b(add|mod|has)\b/.exec(filter)?.[0] ?? /^\w+/.exec(filter)?.[0] ?? ''],
    })),
  },
  {
    line: 92,
    title: 'In takes a list of texts',
    given: five,
    steps: [
      {
        send: `GET accounts?$select=name&$orderby=name&$filter=${crm}.In(PropertyName='name',PropertyValues=["{tag} One","{tag} two"])`,
        status: 200,
        rows: [{ accountid: '{N1}' }, { accountid: '{N2}' }],
      },
      {
        send: `GET accounts?$select=name&$orderby=name&${mine} and ${crm}.NotIn(PropertyName='name',PropertyValues=["{tag} one","{tag} two","{tag} three"])`,
        status: 200,
        rows: [{ accountid: '{N5}' }, { accountid: '{N4}' }],
      },
    ],
  },
  {
    line: 93,
    title: 'ContainValues finds a value of a multi-select',
    given: {
      X: ['msdyn_liveconversations', { msdyn_subject: '{tag}', msdyn_channel: '192360000,192300000' }],
      Y: ['msdyn_liveconversations', { msdyn_subject: '{tag}', msdyn_channel: '192340000' }],
    },
    steps: [
      {
        send: `GET msdyn_liveconversations?$select=msdyn_subject&$filter=msdyn_subject eq '{tag}' and ${crm}.ContainValues(PropertyName='msdyn_channel',PropertyValues=["192360000"])`,
        status: 200,
        rows: [{ msdyn_liveconversationid: '{X}' }],
      },
      {
        send: `GET msdyn_liveconversations?$select=msdyn_subject&$filter=msdyn_subject eq '{tag}' and ${crm}.DoesNotContainValues(PropertyName='msdyn_channel',PropertyValues=["192360000"])`,
        status: 200,
        rows: [{ msdyn_liveconversationid: '{Y}' }],
      },
    ],
  },
  {
    line: 94,
    title: "EqualUserId finds the caller's rows",
    given: {
      X: ['accounts', { name: '{tag}' }],
      Y: ['accounts', { name: '{tag}', 'ownerid@odata.bind': '/systemusers({agent1})' }],
    },
    steps: [
      {
        send: `GET accounts?$select=name&$filter=name eq '{tag}' and ${crm}.EqualUserId(PropertyName='ownerid')`,
        status: 200,
        rows: [{ accountid: '{X}' }],
      },
      {
        send: `GET accounts?$select=name&$filter=name eq '{tag}' and ${crm}.NotEqualUserId(PropertyName='ownerid')`,
        status: 200,
        rows: [{ accountid: '{Y}' }],
      },
    ],
  },
  {
    line: 95,
    title: 'functions of dates',
    given: {
      X: ['accounts', { name: '{tag} now' }],
      Y: ['accounts', { name: '{tag} old', overriddencreatedon: '2024-05-01T12:00:00Z' }],
    },
    steps: (
      [
        ["LastXDays(PropertyName='createdon',PropertyValue=7)", '{X}'],
        ["On(PropertyName='createdon',PropertyValue='2024-05-01')", '{Y}'],
        ["On(PropertyName='createdon',PropertyValue=2024-05-01)", '{Y}'],
      ] as const
    ).map(([call, accountid]) => ({
      send: `GET accounts?$select=createdon&${mine} and ${crm}.${call}`,
      status: 200,
      rows: [{ accountid }],
    })),
  },
  {
    line: 95,
    title: 'Today runs by itself',
    steps: [
      { send: `GET accounts?$top=1&$filter=${crm}.Today(PropertyName='createdon')`, status: 200 },
      {
        send: `GET accounts?$filter=${crm}.Todai(PropertyName='createdon')`,
        status: 400,
        code: '0x80060888',
        says: ['Todai', 'Today'],
      },
      {
        send: `GET accounts?$filter=${crm}.Today(PropertyName='nosuch')`,
        status: 400,
        code: '0x80060888',
        says: ["'nosuch'"],
      },
    ],
  },
  {
    line: 96,
    title: 'not before a query function is refused',
    steps: [
      {
        send: `GET accounts?$filter=not ${crm}.In(PropertyName='name',PropertyValues=["a"])`,
        status: 400,
        code: '0x80060888',
        says: ['Not operator along with the Custom Named Condition operators is not allowed'],
      },
    ],
  },
  {
    line: 97,
    title: 'a parameter alias stands for its value, or null',
    given: { X: ['accounts', { name: '{tag}' }] },
    steps: [
      {
        send: "GET accounts?$select=name&$filter=name eq @p&@p='{tag}'",
        status: 200,
        rows: [{ accountid: '{X}' }],
      },
      {
        send: "GET accounts?$select=name&$filter=name eq '{tag}' and description eq @missing",
        status: 200,
        rows: [{ accountid: '{X}' }],
      },
      {
        send: "GET accounts?$select=name&$filter=name eq '{tag}' and description ne @missing",
        status: 200,
        rows: [],
      },
    ],
  },
  {
    line: 98,
    title: 'a lookup sorts by the name of its row',
    given: {
      B: ['contacts', { lastname: 'bravo' }],
      A1: ['contacts', { lastname: 'Alfa' }],
      X: ['accounts', { name: '{tag} x', 'primarycontactid@odata.bind': '/contacts({B})' }],
      Y: ['accounts', { name: '{tag} y', 'primarycontactid@odata.bind': '/contacts({A1})' }],
      N: ['accounts', { name: '{tag} n' }],
    },
    steps: [
      {
        send: `GET accounts?$select=name&${mine}&$orderby=_primarycontactid_value`,
        status: 200,
        rows: [{ accountid: '{N}' }, { accountid: '{Y}' }, { accountid: '{X}' }],
      },
      {
        send: `GET accounts?$select=name&${mine}&$orderby=_primarycontactid_value desc`,
        status: 200,
        rows: [{ accountid: '{X}' }, { accountid: '{Y}' }, { accountid: '{N}' }],
      },
      {
        send: 'GET msdyn_liveconversations?$orderby=msdyn_channel',
        status: 400,
        code: '0x80050224',
        says: ['msdyn_channel'],
      },
      { send: 'GET accounts?$orderby=nosuch', status: 400, code: '0x80060888', says: ["'nosuch'"] },
    ],
  },
  {
    line: 99,
    title: 'a lookup is expanded to a row or null',
    given: {
      X: ['accounts', { name: '{tag} a', 'primarycontactid@odata.bind': '/contacts({C})' }],
      Y: ['accounts', { name: '{tag} b' }],
    },
    steps: [
      {
        send: `GET accounts?$select=name&${mine}&$orderby=name&$expand=primarycontactid($select=fullname)`,
        status: 200,
        json: { '@odata.context': '{api}/$metadata#accounts(name,primarycontactid(fullname))' },
        rows: [
          { primarycontactid: { fullname: 'Ada Okoye', '@odata.etag': /^W\/"\d+"$/, contactid: '{C}' } },
          { primarycontactid: null },
        ],
      },
      {
        send: 'GET accounts?$expand=nosuch',
        status: 400,
        code: '0x80060888',
        says: ["'nosuch'"],
      },
    ],
  },
  {
    line: 100,
    title: 'a collection is expanded with its link',
    given: { X: ['accounts', { name: '{tag}', Account_Tasks: [{ subject: 's {tag}' }] }] },
    steps: [
      {
        send: 'GET accounts({X})?$select=name&$expand=Account_Tasks($select=subject)',
        status: 200,
        json: {
          Account_Tasks: [{ subject: 's {tag}', _regardingobjectid_value: '{X}', '@odata.etag': /^W\// }],
          'Account_Tasks@odata.nextLink': /\/accounts\([0-9a-f-]+\)\/Account_Tasks\?\$select=subject$/,
        },
        keepMembers: { next: 'Account_Tasks@odata.nextLink' },
      },
      { send: 'GET {next}', status: 200, rows: [{ subject: 's {tag}' }] },
    ],
  },
  {
    line: 101,
    title: 'fifteen expands are allowed, sixteen are not',
    steps: [
      {
        send: `GET accounts?$top=1&$select=name&$expand=${Array.from({ length: 16 }, (_, index) => ['primarycontactid', 'createdby', 'modifiedby', 'owninguser', 'owningteam', 'ownerid', 'masterid', 'parentaccountid', 'preferredsystemuserid', 'transactioncurrencyid', 'owningbusinessunit', 'createdonbehalfby', 'modifiedonbehalfby', 'Account_Tasks', 'Account_Annotation', 'contact_customer_accounts'][index]).join(',')}`,
        status: 400,
        code: '0x80060888',
        says: ['15'],
      },
      {
        send: 'GET accounts?$top=1&$select=name&$expand=primarycontactid,createdby,modifiedby,owninguser,owningteam,ownerid,masterid,parentaccountid,preferredsystemuserid,transactioncurrencyid,owningbusinessunit,createdonbehalfby,modifiedonbehalfby,Account_Tasks,Account_Annotation',
        status: 200,
      },
    ],
  },
  {
    line: 102,
    title: 'references are expanded for lookups only',
    steps: [
      {
        send: 'GET accounts({A})?$select=name&$expand=contact_customer_accounts/$ref',
        status: 400,
        code: '0x80060888',
        says: ['Expand with $ref is only supported on lookup type navigation property.'],
      },
      {
        send: 'GET accounts({A})?$select=name&$expand=primarycontactid/$ref',
        status: 200,
        json: { primarycontactid: { '@odata.id': '{api}/contacts({C})' } },
      },
    ],
  },
  {
    line: 103,
    title: 'nested expands take $select and $filter only',
    steps: [
      'contact_customer_accounts($expand=Contact_Tasks($top=1))',
      'contact_customer_accounts($expand=Contact_Tasks($orderby=subject))',
      'primarycontactid($expand=Contact_Tasks($top=1))',
    ].map((expand) => ({
      send: `GET accounts?$select=name&$expand=${expand}`,
      status: 400,
      code: '0x80060888',
      says: [
        'Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.',
      ],
    })),
  },
];
