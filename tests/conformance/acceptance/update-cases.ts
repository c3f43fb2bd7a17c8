/** Lines 52-74: updates, upserts, links and deletes. */
import assert from 'node:assert/strict';
import { representation, type WireCase } from './wire-case.ts';

export const updateCases: readonly WireCase[] = [
  {
    line: 52,
    title: 'an update touches only what it names and raises the version',
    given: { X: ['accounts', { name: 'x', description: 'stays' }] },
    steps: [
      { send: 'GET accounts({X})', status: 200, keepMembers: { before: 'versionnumber', etag: '@odata.etag' } },
      { send: 'PATCH accounts({X})', body: { name: 'y' }, headers: { 'if-match': '*' }, status: 204 },
      {
        send: 'GET accounts({X})',
        status: 200,
        json: { name: 'y', description: 'stays' },
        check: ({ json }, variables) => {
          assert.ok(Number(json['versionnumber']) > Number(variables.get('before')));
          assert.notEqual(json['@odata.etag'], variables.get('etag'));
          assert.equal(json['@odata.etag'], `W/"${json['versionnumber']}"`);
        },
      },
    ],
  },
  {
    line: 53,
    title: 'If-Match: * does not create',
    steps: [
      {
        send: 'PATCH accounts({Z})',
        body: { name: 'y' },
        headers: { 'if-match': '*' },
        status: 404,
        code: '0x80040217',
        says: ['{Z}'],
      },
      { send: 'GET accounts({Z})', status: 404 },
    ],
  },
  {
    line: 54,
    title: 'a plain PATCH of an unused id creates',
    steps: [
      {
        send: 'PATCH accounts({Z})',
        body: { name: 'born' },
        status: 204,
        response: { 'odata-entityid': '{api}/accounts({Z})' },
      },
      { send: 'GET accounts({Z})?$select=name', status: 200, json: { name: 'born' } },
    ],
  },
  {
    line: 55,
    title: 'If-None-Match: * does not update',
    steps: [
      {
        send: 'PATCH accounts({A})',
        body: { name: 'y' },
        headers: { 'if-none-match': '*' },
        status: 412,
        code: '0x80040237',
        says: ['A record with matching key values already exists.'],
      },
      { send: 'GET accounts({A})?$select=name', status: 200, json: { name: 'Alder' } },
      { send: 'PATCH accounts({Z})', body: { name: 'new' }, headers: { 'if-none-match': '*' }, status: 204 },
    ],
  },
  {
    line: 56,
    title: 'an upsert with a representation tells update from create',
    given: { X: ['accounts', { name: 'x' }] },
    steps: [
      {
        send: 'PATCH accounts({X})?$select=name',
        body: { name: 'y' },
        headers: representation,
        status: 200,
        response: { 'preference-applied': 'return=representation' },
        members: ['@odata.context', '@odata.etag', 'accountid', 'name'],
        json: { name: 'y' },
      },
      {
        send: 'PATCH accounts({Z})',
        body: { name: 'z' },
        headers: representation,
        status: 201,
        json: { name: 'z', accountid: '{Z}' },
      },
    ],
  },
  {
    line: 57,
    title: 'an upsert by alternate key',
    given: { X: ['accounts', { name: 'x', accountnumber: 'old{tag}' }] },
    steps: [
      {
        send: "PATCH accounts(accountnumber='old{tag}')",
        body: { name: 'y', accountnumber: 'other{tag}' },
        status: 204,
      },
      { send: 'GET accounts({X})', status: 200, json: { name: 'y', accountnumber: 'old{tag}' } },
      {
        send: "PATCH accounts(accountnumber='new{tag}')",
        body: { name: 'n', accountnumber: 'body{tag}' },
        status: 204,
        response: { 'odata-entityid': /./ },
      },
      { send: "GET accounts(accountnumber='body{tag}')", status: 200, json: { name: 'n' } },
      { send: "GET accounts(accountnumber='new{tag}')", status: 404, code: '0x80060891' },
      { send: "PATCH accounts(accountnumber='url{tag}')", body: { name: 'u' }, status: 204 },
      { send: "GET accounts(accountnumber='url{tag}')", status: 200, json: { name: 'u', accountnumber: 'url{tag}' } },
      {
        send: "PATCH accounts(accountnumber='none{tag}')",
        body: { name: 'u' },
        headers: { 'if-match': '*' },
        status: 404,
        code: '0x80060891',
      },
      {
        send: 'POST accounts',
        body: { name: 'clash', accountnumber: 'old{tag}' },
        status: 412,
        code: '0x80060892',
        says: ['A record with the same value for Account Number already exists.'],
      },
    ],
  },
  {
    line: 58,
    title: 'an update of an old version is refused',
    given: { X: ['accounts', { name: 'x' }] },
    steps: [
      { send: 'GET accounts({X})', status: 200, keepMembers: { etag: '@odata.etag' } },
      { send: 'PATCH accounts({X})', body: { name: 'y' }, headers: { 'if-match': '{etag}' }, status: 204 },
      {
        send: 'PATCH accounts({X})',
        body: { name: 'lost' },
        headers: { 'if-match': '{etag}' },
        status: 412,
        code: '0x80060882',
        says: ["The version of the existing record doesn't match the RowVersion property provided."],
      },
      { send: 'GET accounts({X})?$select=name', status: 200, json: { name: 'y' } },
    ],
  },
  {
    line: 59,
    title: 'one column is written at its address',
    given: { X: ['accounts', { name: 'x' }] },
    steps: [
      { send: 'PUT accounts({X})/name', body: { value: 'z' }, status: 204 },
      { send: 'GET accounts({X})/name', status: 200, json: { value: 'z' } },
      { send: 'PUT accounts({X})/numberofemployees', body: { value: 'x' }, status: 400, code: '0x80048d19' },
    ],
  },
  {
    line: 60,
    title: 'one column is emptied at its address',
    given: { X: ['accounts', { name: 'x', description: 'd' }] },
    steps: [
      { send: 'DELETE accounts({X})/description', status: 204 },
      { send: 'GET accounts({X})', status: 200, json: { description: null, name: 'x' } },
    ],
  },
  {
    line: 61,
    title: 'a lookup is emptied by a bind or a plain null',
    given: { X: ['accounts', { name: 'x', 'primarycontactid@odata.bind': '/contacts({C})' }] },
    steps: [
      { send: 'PATCH accounts({X})', body: { 'primarycontactid@odata.bind': null }, status: 204 },
      { send: 'GET accounts({X})', status: 200, json: { _primarycontactid_value: null } },
      { send: 'PATCH accounts({X})', body: { 'primarycontactid@odata.bind': 'contacts({C})' }, status: 204 },
      { send: 'GET accounts({X})', status: 200, json: { _primarycontactid_value: '{C}' } },
      { send: 'PATCH accounts({X})', body: { primarycontactid: null }, status: 204 },
      { send: 'GET accounts({X})', status: 200, json: { _primarycontactid_value: null } },
    ],
  },
  {
    line: 62,
    title: 'the value of a lookup cannot be written',
    steps: [
      {
        send: 'PATCH accounts({A})',
        body: { _primarycontactid_value: '{C}' },
        status: 400,
        says: ['_primarycontactid_value'],
      },
      {
        send: 'POST accounts',
        body: { _primarycontactid_value: '{C}' },
        status: 400,
        says: ['_primarycontactid_value'],
      },
    ],
  },
  {
    line: 63,
    title: 'a state brings its default status',
    given: { X: ['msdyn_liveconversations', { msdyn_subject: 's' }] },
    steps: [
      { send: 'PATCH msdyn_liveconversations({X})', body: { statecode: 3 }, status: 204 },
      {
        send: 'GET msdyn_liveconversations({X})',
        status: 200,
        json: { statecode: 3, statuscode: 4, msdyn_statecode: 3, msdyn_statuscode: 4 },
      },
    ],
  },
  {
    line: 64,
    title: 'a state and its status go together',
    given: { X: ['msdyn_liveconversations', { msdyn_subject: 's' }] },
    steps: [
      { send: 'PATCH msdyn_liveconversations({X})', body: { statecode: 1, statuscode: 2 }, status: 204 },
      { send: 'GET msdyn_liveconversations({X})', status: 200, json: { statecode: 1, statuscode: 2 } },
    ],
  },
  {
    line: 65,
    title: 'a state and the status of another are refused',
    given: { X: ['msdyn_liveconversations', { msdyn_subject: 's' }] },
    steps: [
      {
        send: 'PATCH msdyn_liveconversations({X})',
        body: { statecode: 1, statuscode: 4 },
        status: 400,
        code: '0x80048408',
        says: ['State code is invalid or state code is valid but status code is invalid'],
      },
      {
        send: 'PATCH msdyn_liveconversations({X})',
        body: { statuscode: 4 },
        status: 400,
        code: '0x80048408',
      },
      { send: 'GET msdyn_liveconversations({X})', status: 200, json: { statecode: 0, statuscode: 1 } },
    ],
  },
  {
    line: 66,
    title: 'a team becomes the owner',
    given: { X: ['msdyn_liveconversations', { msdyn_subject: 's' }] },
    steps: [
      { send: 'PATCH msdyn_liveconversations({X})', body: { 'ownerid@odata.bind': '/teams({T})' }, status: 204 },
      {
        send: 'GET msdyn_liveconversations({X})',
        status: 200,
        json: { _ownerid_value: '{T}', _owningteam_value: '{T}', _owninguser_value: null },
      },
    ],
  },
  {
    line: [67, 68],
    title: 'members of a team are added and removed by reference',
    given: { X: ['teams', { name: '{tag}', teamtype: 0 }] },
    steps: [
      {
        send: 'POST teams({X})/teammembership_association/$ref',
        body: { '@odata.id': '{api}/systemusers({agent1})' },
        status: 204,
      },
      {
        send: 'GET teams({X})/teammembership_association?$select=fullname',
        status: 200,
        rows: [{ systemuserid: '{agent1}' }],
      },
      {
        send: 'POST teams({X})/teammembership_association/$ref',
        body: { '@odata.id': '{api}/systemusers({agent1})' },
        status: 412,
        code: '0x80040237',
      },
      { send: 'DELETE teams({X})/teammembership_association({agent1})/$ref', status: 204 },
      { send: 'GET teams({X})/teammembership_association', status: 200, rows: [] },
    ],
  },
  {
    line: 69,
    title: 'a link is removed by $id',
    given: {
      X: ['accounts', { name: 'x' }],
      P: ['contacts', { lastname: 'p', 'parentcustomerid_account@odata.bind': '/accounts({X})' }],
    },
    steps: [
      { send: 'DELETE accounts({X})/contact_customer_accounts/$ref?$id={api}/contacts({P})', status: 204 },
      { send: 'GET contacts({P})', status: 200, json: { _parentcustomerid_value: null } },
      {
        send: 'POST accounts({X})/contact_customer_accounts/$ref',
        body: { '@odata.id': '{api}/contacts({P})' },
        status: 204,
      },
      { send: 'GET contacts({P})', status: 200, json: { _parentcustomerid_value: '{X}' } },
    ],
  },
  {
    line: 70,
    title: 'a single link is set and removed by reference',
    given: { X: ['accounts', { name: 'x' }] },
    steps: [
      { send: 'PUT accounts({X})/primarycontactid/$ref', body: { '@odata.id': '{api}/contacts({C})' }, status: 204 },
      { send: 'GET accounts({X})', status: 200, json: { _primarycontactid_value: '{C}' } },
      { send: 'DELETE accounts({X})/primarycontactid/$ref', status: 204 },
      { send: 'GET accounts({X})', status: 200, json: { _primarycontactid_value: null } },
    ],
  },
  {
    line: 71,
    title: 'a row is deleted once',
    given: { X: ['accounts', { name: 'x' }] },
    steps: [
      { send: 'DELETE accounts({X})', status: 204 },
      { send: 'DELETE accounts({X})', status: 404, code: '0x80040217', says: ['{X}'] },
      { send: 'GET accounts({X})', status: 404 },
    ],
  },
  {
    line: 72,
    title: 'a delete of an old version is refused',
    given: { X: ['accounts', { name: 'x' }] },
    steps: [
      { send: 'GET accounts({X})', status: 200, keepMembers: { etag: '@odata.etag' } },
      { send: 'PATCH accounts({X})', body: { name: 'y' }, status: 204 },
      { send: 'DELETE accounts({X})', headers: { 'if-match': '{etag}' }, status: 412, code: '0x80060882' },
      { send: 'GET accounts({X})', status: 200, keepMembers: { etag: '@odata.etag' } },
      { send: 'DELETE accounts({X})', headers: { 'if-match': '{etag}' }, status: 204 },
    ],
  },
  {
    line: 73,
    title: 'a row that another depends on is not deleted',
    given: {
      X: [
        'transactioncurrencies',
        { currencyname: '{tag}', isocurrencycode: 'XTS', currencysymbol: '¤', exchangerate: 1, currencyprecision: 2 },
      ],
      W: [
        'msdyn_ocliveworkitems',
        { subject: 'w', 'transactioncurrencyid_msdyn_ocliveworkitem@odata.bind': '/transactioncurrencies({X})' },
      ],
    },
    steps: [
      {
        send: 'DELETE transactioncurrencies({X})',
        status: 405,
        code: '0x80040227',
        says: ['The object you tried to delete is associated with another object and cannot be deleted.'],
      },
      { send: 'GET transactioncurrencies({X})', status: 200 },
      { send: 'DELETE msdyn_ocliveworkitems({W})', status: 204 },
      { send: 'DELETE transactioncurrencies({X})', status: 204 },
    ],
  },
  {
    line: 74,
    title: 'a whole set is neither changed nor deleted',
    steps: ['PATCH', 'DELETE', 'PUT'].map((method) => ({
      send: `${method} accounts`,
      body: { name: 'x' },
      status: 405,
      says: [method],
    })),
  },
];
