/** Lines 1-14: discovery and format. */
import assert from 'node:assert/strict';
import { rowsOf } from '../../support/server.ts';
import { annotations, crm, type WireCase } from './wire-case.ts';

const errorDetail = '@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus';

function entityType(csdl: string, name: string): string {
  const found = new RegExp(`<EntityType Name="${name}".*?</EntityType>`, 's').exec(csdl)?.[0];
  assert.ok(found !== undefined, `no EntityType ${name}`);
  return found;
}

export const discoveryCases: readonly WireCase[] = [
  {
    line: 1,
    title: 'the root is the service document',
    steps: ['GET ', 'GET {api}'].map((send) => ({
      send,
      status: 200,
      json: { '@odata.context': '{api}/$metadata' },
      check: ({ json }) => {
        const set = rowsOf(json).find((row) => row['name'] === 'msdyn_liveconversations');
        assert.deepEqual(set, {
          name: 'msdyn_liveconversations',
          kind: 'EntitySet',
          url: 'msdyn_liveconversations',
        });
      },
    })),
  },
  {
    line: 2,
    title: 'without a token the answer says where to get one',
    steps: ['GET ', 'GET accounts', 'POST accounts', 'GET nosuchset'].map((send) => ({
      send,
      as: 'nobody',
      status: 401,
      code: '0x80044302',
      response: { 'www-authenticate': /^Bearer authorization_uri=\S+, ?resource_id=\S+/ },
    })),
  },
  {
    line: 2,
    title: 'a token that is none is refused alike',
    steps: ['Bearer nonsense', 'Bearer a.b.c', 'Basic eDp5'].map((authorization) => ({
      send: 'GET WhoAmI',
      as: 'nobody',
      headers: { authorization },
      status: 401,
      code: '0x80044302',
      response: { 'www-authenticate': /authorization_uri=.*resource_id=/ },
    })),
  },
  {
    line: 3,
    title: '$metadata is XML with the schema and its alias',
    steps: [
      {
        send: 'GET $metadata',
        headers: { accept: 'application/xml' },
        status: 200,
        response: { 'content-type': /^application\/xml/ },
        text: /<edmx:Edmx [^>]*Version="4.0"[\s\S]*<Schema [^>]*Namespace="Microsoft.Dynamics.CRM" Alias="mscrm"/,
      },
    ],
  },
  {
    line: 4,
    title: '$metadata describes the ongoing conversation',
    steps: [
      {
        send: 'GET $metadata',
        status: 200,
        check: ({ text }) => {
          const type = entityType(text, 'msdyn_liveconversation');
          assert.match(type, /^<EntityType [^>]*BaseType="mscrm.crmbaseentity"/);
          assert.match(type, /<Key>\s*<PropertyRef Name="msdyn_liveconversationid"\s*\/>\s*<\/Key>/);
          assert.match(type, /<Property Name="_msdyn_customer_value" Type="Edm.Guid"/);
          for (const target of ['account', 'contact']) {
            const name = `msdyn_customer_msdyn_liveconversation_${target}`;
            assert.match(type, new RegExp(`<NavigationProperty Name="${name}" Type="mscrm.${target}"`));
          }
        },
      },
    ],
  },
  {
    line: 5,
    title: '$metadata describes the work item as an activity',
    steps: [
      {
        send: 'GET $metadata',
        status: 200,
        check: ({ text }) => {
          const type = entityType(text, 'msdyn_ocliveworkitem');
          assert.match(type, /^<EntityType [^>]*BaseType="mscrm.activitypointer"/);
          assert.doesNotMatch(type, /<Key>/);
        },
      },
    ],
  },
  {
    line: 6,
    title: 'annotations of $metadata come when asked for',
    steps: [
      {
        send: 'GET $metadata?annotations=true',
        status: 200,
        text: /Org\.OData\.Core\.V1\.Computed[\s\S]*Org\.OData\.Core\.V1\.Permissions|Org\.OData\.Core\.V1\.Permissions[\s\S]*Org\.OData\.Core\.V1\.Computed/,
      },
      {
        send: 'GET $metadata',
        status: 200,
        check: ({ text }) => assert.ok(!text.includes('Org.OData.Core.V1.Computed')),
      },
    ],
  },
  {
    line: 7,
    title: 'older versions answer with their own version in every URL',
    steps: ['v9.0', 'v9.1'].flatMap((version) => [
      {
        send: `GET {origin}/api/data/${version}/`,
        status: 200,
        json: { '@odata.context': `{origin}/api/data/${version}/$metadata` },
      },
      {
        send: `GET {origin}/api/data/${version}/accounts?$select=name`,
        headers: { prefer: 'odata.maxpagesize=1' },
        status: 200,
        json: {
          '@odata.context': `{origin}/api/data/${version}/$metadata#accounts(name)`,
          '@odata.nextLink': (value: unknown) => String(value).includes(`/api/data/${version}/accounts?`),
        },
      },
      {
        send: `POST {origin}/api/data/${version}/accounts`,
        body: { name: 'by version' },
        status: 204,
        response: { 'odata-entityid': new RegExp(`^http.*/api/data/${version}/accounts\\([0-9a-f-]{36}\\)$`) },
      },
      { send: `GET {origin}/api/data/${version}/$metadata`, status: 200 },
    ]),
  },
  {
    line: 7,
    title: 'a version that does not exist is no resource',
    steps: ['v8.2', 'v9.3', 'v10.0', 'v9'].map((version) => ({
      send: `GET {origin}/api/data/${version}/accounts`,
      status: 404,
      code: '0x8006088a',
      says: [version],
    })),
  },
  {
    line: 8,
    title: 'an unknown set is no resource',
    steps: [
      {
        send: 'GET nosuchset',
        status: 404,
        code: '0x8006088a',
        says: ["Resource not found for the segment 'nosuchset'."],
      },
      { send: 'POST nosuchset', body: {}, status: 404, code: '0x8006088a', says: ['nosuchset'] },
      { send: 'DELETE nosuchset({Z})', status: 404, code: '0x8006088a', says: ['nosuchset'] },
    ],
  },
  {
    line: 9,
    title: 'names of sets are case-sensitive',
    steps: [
      { send: 'GET Accounts', status: 404, code: '0x8006088a', says: ["segment 'Accounts'"] },
      { send: 'GET ACCOUNTS({A})', status: 404, code: '0x8006088a', says: ["segment 'ACCOUNTS'"] },
    ],
  },
  {
    line: 10,
    title: 'every success carries version and metadata level',
    steps: ['accounts?$top=1', 'accounts({A})', 'WhoAmI', '', 'EntityDefinitions?$select=LogicalName'].map(
      (target) => ({
        send: `GET ${target}`,
        status: 200,
        response: { 'odata-version': '4.0', 'content-type': /^application\/json; odata\.metadata=minimal/ },
      }),
    ),
  },
  {
    line: 11,
    title: 'every error carries a request id and the envelope',
    steps: [
      { send: 'GET nosuchset', status: 404, members: ['error'], response: { req_id: /^[0-9a-f-]{36}$/ } },
      { send: 'GET accounts?$filter=nosuch eq 1', status: 400, members: ['error'], response: { req_id: /./ } },
      { send: 'PATCH accounts', body: {}, status: 405, members: ['error'], response: { req_id: /./ } },
    ].map((step) => ({ ...step, json: { error: { code: /^0x[0-9a-fA-F]{8}$/, message: /\S/ } } })),
  },
  {
    line: 12,
    title: 'details of an error come as annotations when asked for',
    steps: [
      {
        send: 'GET nosuchset',
        headers: annotations,
        status: 404,
        json: { error: { code: '0x8006088a', '@Microsoft.PowerApps.CDS.HelpLink': /\S/, [errorDetail]: /\d/ } },
      },
      {
        send: 'GET nosuchset',
        status: 404,
        check: ({ json }) => assert.deepEqual(Object.keys(Object(json['error'])).sort(), ['code', 'message']),
      },
    ],
  },
  {
    line: 13,
    title: 'If-None-Match: null means nothing',
    steps: ['accounts({A})', 'accounts?$top=1', 'WhoAmI'].map((target) => ({
      send: `GET ${target}`,
      headers: { 'if-none-match': 'null' },
      status: 200,
    })),
  },
  {
    line: 14,
    title: 'full metadata is echoed and types the rows',
    steps: [
      {
        send: 'GET accounts({A})',
        headers: { accept: 'application/json;odata.metadata=full' },
        status: 200,
        response: { 'content-type': /^application\/json; ?odata\.metadata=full/ },
        json: { '@odata.type': `#${crm}.account`, name: 'Alder' },
      },
    ],
  },
];
