/** Lines 37-51: reading rows. */
import assert from 'node:assert/strict';
import { annotations, crm, formatted, type WireCase } from './wire-case.ts';

export const readCases: readonly WireCase[] = [
  {
    line: 37,
    title: 'a row with a selection has just that, its key and its etag',
    steps: [
      {
        send: 'GET accounts({A})?$select=name',
        status: 200,
        members: ['@odata.context', '@odata.etag', 'accountid', 'name'],
        json: { '@odata.context': '{api}/$metadata#accounts(name)/$entity', name: 'Alder', accountid: '{A}' },
        check: ({ headers, json }) => assert.equal(headers.get('etag'), json['@odata.etag']),
        response: { etag: /^W\/"\d+"$/ },
      },
    ],
  },
  {
    line: 38,
    title: 'the key may be named',
    steps: [
      { send: 'GET accounts(accountid={A})', status: 200, json: { accountid: '{A}' } },
      { send: 'GET accounts({A})', status: 200, json: { '@odata.context': '{api}/$metadata#accounts/$entity' } },
    ],
  },
  {
    line: 39,
    title: 'a row that does not exist is named',
    steps: [{ send: 'GET accounts({Z})', status: 404, code: '0x80040217', says: ['{Z}', 'account'] }],
  },
  {
    line: 40,
    title: 'an alternate key finds its row, or none',
    given: { K: ['accounts', { name: 'keyed', accountnumber: "o'{tag}" }] },
    steps: [
      {
        send: "GET accounts(accountnumber='zzz{tag}')",
        status: 404,
        code: '0x80060891',
        says: ['A record with the specified key values does not exist in account entity'],
      },
      { send: "GET accounts(accountnumber='o''{tag}')", status: 200, json: { accountid: '{K}' } },
      { send: "GET accounts(accountnumber=@p)?@p='o''{tag}'", status: 200, json: { accountid: '{K}' } },
    ],
  },
  {
    line: 41,
    title: 'columns that are no key are refused',
    steps: ["name='zzz'", "accountnumber='a',name='b'", "primarycontactid='x'"].map((key) => ({
      send: `GET accounts(${key})`,
      status: 400,
      code: '0x80060888',
      says: ["The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.account'."],
    })),
  },
  {
    line: 42,
    title: 'without a selection empty columns are there as null',
    steps: [
      {
        send: 'GET accounts({A})',
        status: 200,
        json: { description: null, numberofemployees: null, _parentaccountid_value: null, revenue: null },
      },
    ],
  },
  {
    line: 43,
    title: 'annotations come before the values they describe',
    steps: [
      {
        send: 'GET msdyn_liveconversations({L})',
        headers: annotations,
        status: 200,
        response: { 'preference-applied': 'odata.include-annotations="*"' },
        order: [
          `_msdyn_customer_value${formatted}`,
          `_msdyn_customer_value@${crm}.associatednavigationproperty`,
          `_msdyn_customer_value@${crm}.lookuplogicalname`,
          '_msdyn_customer_value',
        ],
        json: {
          [`_msdyn_customer_value${formatted}`]: 'Alder',
          [`_msdyn_customer_value@${crm}.associatednavigationproperty`]:
            'msdyn_customer_msdyn_liveconversation_account',
          [`_msdyn_customer_value@${crm}.lookuplogicalname`]: 'account',
          [`statecode${formatted}`]: 'Open',
          [`createdon${formatted}`]: /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d{2} [AP]M$/,
        },
        check: ({ json }) => {
          const names = Object.keys(json);
          const annotated = names.filter((name) => /^[^@]+@/.test(name));
          for (const name of annotated)
            assert.ok(names.indexOf(name) < names.indexOf(name.split('@')[0] ?? ''), `${name} comes too late`);
          assert.ok(!names.includes(`msdyn_subject${formatted}`), 'texts have no formatted value');
          assert.ok(!names.includes(`msdyn_liveconversationid${formatted}`), 'the key has no formatted value');
          assert.ok(!names.includes(`msdyn_closedon${formatted}`), 'null has no formatted value');
        },
      },
    ],
  },
  {
    line: 43,
    title: 'money, numbers, booleans and dates are formatted for display',
    given: {
      X: [
        'accounts',
        {
          name: 'x',
          numberofemployees: 5000,
          revenue: 20000,
          donotemail: true,
          overriddencreatedon: '2023-04-07T14:59:00Z',
        },
      ],
    },
    steps: [
      {
        send: 'GET accounts({X})',
        headers: annotations,
        status: 200,
        json: {
          [`numberofemployees${formatted}`]: '5,000',
          [`revenue${formatted}`]: '$20,000.00',
          revenue: 20000,
          [`donotemail${formatted}`]: (value) => typeof value === 'string' && value !== '',
          [`createdon${formatted}`]: '4/7/2023 2:59 PM',
        },
      },
    ],
  },
  {
    line: 44,
    title: 'only the annotations that were named come',
    steps: [
      {
        send: 'GET msdyn_liveconversations({L})',
        headers: { prefer: 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"' },
        status: 200,
        response: {
          'preference-applied': 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"',
        },
        json: { [`_msdyn_customer_value${formatted}`]: 'Alder' },
        check: ({ json }) => {
          const others = Object.keys(json).filter((name) => /^[^@]+@/.test(name) && !name.endsWith(formatted));
          assert.deepEqual(others, []);
        },
      },
      {
        send: 'GET msdyn_liveconversations({L})',
        headers: { prefer: 'odata.include-annotations="Microsoft.Dynamics.CRM.*"' },
        status: 200,
        lacks: [`_msdyn_customer_value${formatted}`],
        json: { [`_msdyn_customer_value@${crm}.lookuplogicalname`]: 'account' },
      },
      { send: 'GET msdyn_liveconversations({L})', status: 200, lacks: [`_msdyn_customer_value${formatted}`] },
    ],
  },
  {
    line: 45,
    title: 'what is no column cannot be selected',
    steps: ['primarycontactid', 'primarycontactidname', 'nosuch', 'Name', 'contact_customer_accounts'].map((name) => ({
      send: `GET accounts({A})?$select=name,${name}`,
      status: 400,
      code: '0x80060888',
      says: [`Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.account'.`],
    })),
  },
  {
    line: 46,
    title: 'one column has an address',
    steps: [
      {
        send: 'GET accounts({A})/name',
        status: 200,
        members: ['@odata.context', 'value'],
        json: { '@odata.context': '{api}/$metadata#accounts({A})/name', value: 'Alder' },
      },
      {
        send: 'GET accounts({A})/name/$value',
        status: 200,
        response: { 'content-type': /^text\/plain/ },
        text: 'Alder',
      },
      { send: 'GET accounts({A})/description', status: 204 },
      { send: 'GET accounts({Z})/name', status: 404, code: '0x80040217', says: ['{Z}'] },
      { send: 'GET accounts({A})/nosuch', status: 404, code: '0x8006088a', says: ["'nosuch'"] },
    ],
  },
  {
    line: 47,
    title: 'a related row has an address',
    given: { X: ['accounts', { name: 'alone' }] },
    steps: [
      {
        send: 'GET accounts({A})/primarycontactid?$select=fullname',
        status: 200,
        json: {
          '@odata.context': '{api}/$metadata#contacts(fullname)/$entity',
          fullname: 'Ada Okoye',
          contactid: '{C}',
        },
      },
      { send: 'GET accounts({X})/primarycontactid', status: 204 },
      {
        send: "GET accounts({A})/contact_customer_accounts?$select=fullname&$filter=lastname eq 'okoye'",
        status: 200,
        json: { '@odata.context': '{api}/$metadata#contacts(fullname)' },
        rows: [{ contactid: '{C}' }],
      },
    ],
  },
  {
    line: 48,
    title: 'the reference of a related row',
    steps: [
      {
        send: 'GET accounts({A})/primarycontactid/$ref',
        status: 200,
        json: { '@odata.id': '{api}/contacts({C})', '@odata.context': /\$metadata#\$ref$/ },
      },
    ],
  },
  {
    line: 49,
    title: 'the references of related rows',
    steps: [
      {
        send: 'GET accounts({A})/contact_customer_accounts/$ref',
        status: 200,
        json: { '@odata.context': '{api}/$metadata#Collection($ref)' },
        rows: [{ '@odata.id': '{api}/contacts({C})' }],
      },
    ],
  },
  {
    line: 50,
    title: 'the number of related rows is plain text',
    steps: [
      {
        send: 'GET accounts({A})/contact_customer_accounts/$count',
        status: 200,
        response: { 'content-type': /^text\/plain/ },
        text: '1',
      },
    ],
  },
  {
    line: 51,
    title: 'a row that has not changed is not sent again',
    given: { X: ['accounts', { name: 'x' }] },
    steps: [
      {
        send: 'GET accounts({X})',
        status: 200,
        keepMembers: { etag: '@odata.etag' },
      },
      { send: 'GET accounts({X})', headers: { 'if-none-match': '{etag}' }, status: 304 },
      { send: 'GET accounts({X})', headers: { 'if-none-match': 'W/"1"' }, status: 200 },
      { send: 'PATCH accounts({X})', body: { name: 'y' }, status: 204 },
      { send: 'GET accounts({X})', headers: { 'if-none-match': '{etag}' }, status: 200, json: { name: 'y' } },
    ],
  },
];
