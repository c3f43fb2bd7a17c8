/** Lines 15-36: creating rows. */
import assert from 'node:assert/strict';
import { annotations, crm, formatted, representation, type WireCase } from './wire-case.ts';

const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

export const createCases: readonly WireCase[] = [
  {
    line: 15,
    title: 'a create answers 204 with the address of the row',
    steps: [
      {
        send: 'POST accounts',
        body: { name: 'x' },
        status: 204,
        response: { 'odata-entityid': new RegExp(`^http://[^/]+/api/data/v9\\.2/accounts\\(${guid}\\)$`) },
        keep: 'X',
      },
      { send: 'GET accounts({X})', status: 200, json: { name: 'x', accountid: '{X}' } },
    ],
  },
  {
    line: 16,
    title: 'return=representation answers 201 with the row',
    steps: [
      {
        send: 'POST accounts',
        body: { name: 'x' },
        headers: representation,
        status: 201,
        response: { 'preference-applied': 'return=representation', etag: /^W\/"\d+"$/ },
        json: {
          '@odata.context': '{api}/$metadata#accounts/$entity',
          '@odata.etag': /^W\/"\d+"$/,
          accountid: new RegExp(`^${guid}$`),
          name: 'x',
          description: null,
          _createdby_value: '{admin}',
        },
      },
    ],
  },
  {
    line: 17,
    title: 'a representation obeys $select',
    steps: [
      {
        send: 'POST accounts?$select=name',
        body: { name: 'x', description: 'not asked for' },
        headers: representation,
        status: 201,
        members: ['@odata.context', '@odata.etag', 'accountid', 'name'],
        json: { '@odata.context': '{api}/$metadata#accounts(name)/$entity', name: 'x' },
      },
    ],
  },
  {
    line: 17,
    title: 'a representation obeys $expand',
    steps: [
      {
        send: 'POST accounts?$select=name&$expand=primarycontactid($select=fullname)',
        body: { name: 'x', 'primarycontactid@odata.bind': '/contacts({C})' },
        headers: representation,
        status: 201,
        json: { name: 'x', primarycontactid: { fullname: 'Ada Okoye', contactid: '{C}' } },
      },
    ],
  },
  {
    line: [18, 19],
    title: 'a client may choose the id, once',
    steps: [
      {
        send: 'POST accounts',
        body: { accountid: '{Z}', name: 'mine' },
        status: 204,
        response: { 'odata-entityid': '{api}/accounts({Z})' },
      },
      {
        send: 'POST accounts',
        body: { accountid: '{Z}', name: 'again' },
        status: 412,
        code: '0x80040237',
        says: ['A record with matching key values already exists.'],
      },
      { send: 'GET accounts({Z})?$select=name', status: 200, json: { name: 'mine' } },
    ],
  },
  {
    line: 20,
    title: 'a conversation is bound to an account as its customer',
    steps: [
      {
        send: 'POST msdyn_liveconversations',
        body: { msdyn_subject: 's', 'msdyn_customer_msdyn_liveconversation_account@odata.bind': '/accounts({A})' },
        status: 204,
        keep: 'X',
      },
      { send: 'GET msdyn_liveconversations({X})', status: 200, json: { _msdyn_customer_value: '{A}' } },
    ],
  },
  {
    line: 21,
    title: 'a conversation is bound to a contact as its customer',
    steps: [
      {
        send: 'POST msdyn_liveconversations',
        body: { msdyn_subject: 's', 'msdyn_customer_msdyn_liveconversation_contact@odata.bind': '/contacts({C})' },
        status: 204,
        keep: 'X',
      },
      {
        send: 'GET msdyn_liveconversations({X})?$select=_msdyn_customer_value',
        headers: annotations,
        status: 200,
        json: {
          _msdyn_customer_value: '{C}',
          [`_msdyn_customer_value@${crm}.lookuplogicalname`]: 'contact',
          [`_msdyn_customer_value@${crm}.associatednavigationproperty`]:
            'msdyn_customer_msdyn_liveconversation_contact',
          [`_msdyn_customer_value${formatted}`]: 'Ada Okoye',
        },
      },
    ],
  },
  {
    line: 22,
    title: 'an undeclared navigation property is named in the refusal',
    steps: [
      {
        send: 'POST msdyn_liveconversations',
        body: { msdyn_subject: 's', 'msdyn_customer_account@odata.bind': '/accounts({A})' },
        status: 400,
        code: '0x80048d19',
        says: [
          "An undeclared property 'msdyn_customer_account' which only has property annotations in the payload but no property value was found in the payload.",
          "Error identified in Payload provided by the user for Entity :'msdyn_liveconversations'",
        ],
      },
    ],
  },
  {
    line: 22,
    title: 'a bind to a table that the navigation does not lead to is refused',
    steps: [
      {
        send: 'POST msdyn_liveconversations',
        body: { 'msdyn_customer_msdyn_liveconversation_account@odata.bind': '/contacts({C})' },
        status: 400,
        code: '0x80090800',
        says: ['/contacts({C})', 'msdyn_customer_msdyn_liveconversation_account'],
      },
    ],
  },
  {
    line: 23,
    title: 'a work item takes its activity id and an inherited regarding',
    given: { I: ['incidents', { title: 'case', 'customerid_account@odata.bind': '/accounts({A})' }] },
    steps: [
      {
        send: 'POST msdyn_ocliveworkitems',
        body: {
          activityid: '{Z}',
          msdyn_ocliveworkitemid: '{Z}',
          subject: 'work',
          'regardingobjectid_incident@odata.bind': '/incidents({I})',
        },
        status: 204,
        response: { 'odata-entityid': '{api}/msdyn_ocliveworkitems({Z})' },
      },
      {
        send: 'GET msdyn_ocliveworkitems({Z})?$select=subject,_regardingobjectid_value,activityid',
        headers: annotations,
        status: 200,
        json: {
          subject: 'work',
          activityid: '{Z}',
          _regardingobjectid_value: '{I}',
          [`_regardingobjectid_value@${crm}.lookuplogicalname`]: 'incident',
        },
      },
    ],
  },
  {
    line: 24,
    title: 'a multi-select of one value is a text',
    steps: [
      {
        send: 'POST msdyn_ocliveworkitems',
        body: { subject: 'w', msdyn_channel: '192360000' },
        status: 204,
        keep: 'X',
      },
      {
        send: 'GET msdyn_ocliveworkitems({X})?$select=msdyn_channel',
        status: 200,
        json: { msdyn_channel: '192360000' },
      },
    ],
  },
  {
    line: 25,
    title: 'numbers, choices and booleans may come as texts',
    steps: [
      {
        send: 'POST accounts',
        body: { name: 'x', numberofemployees: '200', donotemail: 'True', industrycode: '1', creditonhold: 'False' },
        status: 204,
        keep: 'X',
      },
      {
        send: 'GET accounts({X})',
        status: 200,
        json: { numberofemployees: 200, donotemail: true, industrycode: 1, creditonhold: false },
      },
    ],
  },
  {
    line: 26,
    title: 'a deep insert creates and links every row',
    steps: [
      {
        send: 'POST accounts',
        body: {
          name: 'deep {tag}',
          primarycontactid: { lastname: 'Inner {tag}' },
          Account_Tasks: [{ subject: 'first' }, { subject: 'second' }],
        },
        status: 204,
        keep: 'X',
      },
      {
        send: 'GET accounts({X})?$expand=primarycontactid($select=lastname),Account_Tasks($select=subject;$orderby=subject)',
        status: 200,
        json: {
          primarycontactid: { lastname: 'Inner {tag}' },
          Account_Tasks: [
            { subject: 'first', _regardingobjectid_value: '{X}' },
            { subject: 'second', _regardingobjectid_value: '{X}' },
          ],
        },
      },
    ],
  },
  {
    line: 26,
    title: 'a deep insert may bind rows within and go deeper',
    steps: [
      {
        send: 'POST accounts',
        body: {
          name: 'outer {tag}',
          contact_customer_accounts: [
            { lastname: 'child {tag}', Contact_Tasks: [{ subject: 'grandchild {tag}' }] },
            { lastname: 'sibling {tag}', 'preferredsystemuserid@odata.bind': '/systemusers({agent1})' },
          ],
        },
        status: 204,
        keep: 'X',
      },
      {
        send: 'GET contacts?$select=lastname,_preferredsystemuserid_value&$expand=Contact_Tasks($select=subject)&$filter=_parentcustomerid_value eq {X}&$orderby=lastname',
        status: 200,
        rows: [
          { lastname: 'child {tag}', Contact_Tasks: [{ subject: 'grandchild {tag}' }] },
          { lastname: 'sibling {tag}', Contact_Tasks: [], _preferredsystemuserid_value: '{agent1}' },
        ],
      },
    ],
  },
  {
    line: 27,
    title: 'a bad inner row undoes the whole deep insert',
    steps: [
      {
        send: 'POST accounts',
        body: {
          name: 'never {tag}',
          primarycontactid: { lastname: 'never {tag}' },
          Account_Tasks: [{ subject: 'never {tag}' }, { subject: 's'.repeat(5000) }],
        },
        status: 400,
        code: '0x80044331',
        says: ['subject', 'task'],
      },
      {
        send: 'POST accounts',
        body: {
          name: 'never {tag}',
          primarycontactid: { lastname: 'never {tag}' },
          Account_Tasks: [{ subject: 'x', nosuchcolumn: 1 }],
        },
        status: 400,
        code: '0x80048d19',
        says: ["'nosuchcolumn'", 'tasks'],
      },
      ...['accounts?$filter=name', 'contacts?$filter=lastname', 'tasks?$filter=subject'].map((target) => ({
        send: `GET ${target} eq 'never {tag}'`,
        status: 200,
        rows: [],
      })),
    ],
  },
  {
    line: 27,
    title: 'an inner row whose bound row is missing undoes the whole deep insert',
    steps: [
      {
        send: 'POST accounts',
        body: {
          name: 'never {tag}',
          primarycontactid: { lastname: 'never {tag}', 'preferredsystemuserid@odata.bind': '/systemusers({Z})' },
        },
        status: 404,
        code: '0x80040217',
        says: ['{Z}'],
      },
      { send: "GET contacts?$filter=lastname eq 'never {tag}'", status: 200, rows: [] },
      { send: "GET accounts?$filter=name eq 'never {tag}'", status: 200, rows: [] },
    ],
  },
  {
    line: 28,
    title: 'a bind may be absolute, with or without a leading slash, in any case, by alternate key',
    given: { K: ['accounts', { name: 'by key', accountnumber: '{tag}' }] },
    steps: [
      ...['{api}/contacts({C})', '/contacts({C})', 'contacts({C})', 'contacts(contactid={C})'].flatMap((url) => [
        {
          send: 'POST accounts',
          body: { name: 'x', 'primarycontactid@odata.bind': url },
          status: 204,
          keep: 'X',
        },
        {
          send: 'GET accounts({X})?$select=_primarycontactid_value',
          status: 200,
          json: { _primarycontactid_value: '{C}' },
        },
      ]),
      {
        send: 'POST accounts',
        body: { name: 'x', 'parentaccountid@odata.bind': "/accounts(accountnumber='{tag}')" },
        status: 204,
        keep: 'X',
      },
      { send: 'GET accounts({X})', status: 200, json: { _parentaccountid_value: '{K}' } },
    ],
  },
  {
    line: 29,
    title: 'existing rows are bound to a collection of the new row',
    given: { P: ['contacts', { lastname: 'one {tag}' }], Q: ['contacts', { lastname: 'two {tag}' }] },
    steps: [
      {
        send: 'POST accounts',
        body: { name: 'x', 'contact_customer_accounts@odata.bind': ['/contacts({P})', '/contacts({Q})'] },
        status: 204,
        keep: 'X',
      },
      {
        send: 'GET accounts({X})/contact_customer_accounts?$select=lastname&$orderby=lastname',
        status: 200,
        rows: [{ contactid: '{P}' }, { contactid: '{Q}' }],
      },
    ],
  },
  {
    line: 30,
    title: 'an unknown column is named in the refusal',
    steps: [
      {
        send: 'POST accounts',
        body: { name: 'x', nosuchcolumn: 1 },
        status: 400,
        code: '0x80048d19',
        says: ["'nosuchcolumn'"],
      },
      { send: 'POST accounts', body: { Name: 'x' }, status: 400, code: '0x80048d19', says: ["'Name'"] },
    ],
  },
  {
    line: 31,
    title: 'a value of the wrong type is refused with its literal',
    steps: [
      {
        send: 'POST accounts',
        body: { numberofemployees: 'many' },
        status: 400,
        code: '0x80048d19',
        says: ["Cannot convert the literal 'many' to the expected type 'Edm.Int32'."],
      },
      {
        send: 'POST accounts',
        body: { name: 4711 },
        status: 400,
        code: '0x80048d19',
        says: ["Cannot convert the literal '4711' to the expected type 'Edm.String'."],
      },
      {
        send: 'POST accounts',
        body: { donotemail: 'perhaps' },
        status: 400,
        code: '0x80048d19',
        says: ["Cannot convert the literal 'perhaps' to the expected type 'Edm.Boolean'."],
      },
    ],
  },
  {
    line: 32,
    title: 'a text over its maximum length is refused',
    steps: [
      {
        send: 'POST msdyn_liveconversations',
        body: { msdyn_subject: 's'.repeat(201) },
        status: 400,
        code: '0x80044331',
        says: [
          "The length of the 'msdyn_subject' attribute of the 'msdyn_liveconversation' entity exceeded the maximum allowed length of '200'.",
        ],
      },
    ],
  },
  {
    line: 33,
    title: 'a value outside a choice is refused',
    steps: [
      {
        send: 'POST msdyn_liveconversations',
        body: { msdyn_subject: 's', msdyn_customersentimentlabel: 99 },
        status: 400,
        code: '0x8004431A',
        says: ['99', 'msdyn_customersentimentlabel'],
      },
    ],
  },
  {
    line: 34,
    title: 'several values of a multi-select are shown by their labels',
    steps: [
      {
        send: 'POST msdyn_liveconversations',
        body: { msdyn_subject: 's', msdyn_channel: '192360000,192300000' },
        status: 204,
        keep: 'X',
      },
      {
        send: 'GET msdyn_liveconversations({X})?$select=msdyn_channel',
        headers: annotations,
        status: 200,
        json: { msdyn_channel: '192360000,192300000', [`msdyn_channel${formatted}`]: 'Live chat; WhatsApp' },
      },
    ],
  },
  {
    line: 35,
    title: 'a body that is no JSON object is refused',
    steps: ['{{"name":', '{{name:1}}', 'hello', '[]', '"x"', '{{}} {{}}', '{{"name":"x",}}'].map((body) => ({
      send: 'POST accounts',
      body,
      status: 400,
      code: '0x80048d19',
    })),
  },
  {
    line: 36,
    title: 'moments are stored in UTC and shown without a fraction',
    steps: [
      ['2024-05-01T09:30:15', '2024-05-01T09:30:15Z'],
      ['2024-05-01T09:30:15+02:00', '2024-05-01T07:30:15Z'],
      ['2024-05-01T09:30:15Z', '2024-05-01T09:30:15Z'],
      ['2024-05-01T09:30:15.987Z', '2024-05-01T09:30:15Z'],
      ['2024-12-31T23:30:00-05:30', '2025-01-01T05:00:00Z'],
    ].flatMap(([written = '', shown = '']) => [
      {
        send: 'POST msdyn_liveconversations',
        body: { msdyn_subject: 's', msdyn_startedon: written },
        status: 204,
        keep: 'X',
      },
      {
        send: 'GET msdyn_liveconversations({X})?$select=msdyn_startedon',
        status: 200,
        check: ({ json }) => assert.equal(json['msdyn_startedon'], shown),
      },
    ]),
  },
];
