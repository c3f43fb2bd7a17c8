/** Lines 146-150: metadata. */
import assert from 'node:assert/strict';
import { asObject, rowsOf } from '../../support/server.ts';
import { crm, type WireCase } from './wire-case.ts';

const table = "EntityDefinitions(LogicalName='msdyn_liveconversation')";

export const metadataCases: readonly WireCase[] = [
  {
    line: 146,
    title: 'all tables come at once',
    steps: [
      {
        send: 'GET EntityDefinitions?$select=EntitySetName,LogicalName',
        headers: { prefer: 'odata.maxpagesize=2' },
        status: 200,
        lacks: ['@odata.nextLink'],
        json: { '@odata.context': '{api}/$metadata#EntityDefinitions(EntitySetName,LogicalName)' },
        check: ({ json }) => {
          const rows = rowsOf(json);
          assert.ok(rows.length > 50);
          const found = rows.find((row) => row['LogicalName'] === 'msdyn_liveconversation');
          assert.equal(found?.['EntitySetName'], 'msdyn_liveconversations');
          for (const row of rows) assert.match(String(row['MetadataId']), /^[0-9a-f-]{36}$/);
        },
      },
    ],
  },
  {
    line: 147,
    title: 'the statuses of the ongoing conversation',
    steps: [
      {
        send: `GET ${table}/Attributes(LogicalName='statuscode')/${crm}.StatusAttributeMetadata?$select=LogicalName&$expand=OptionSet`,
        status: 200,
        json: { LogicalName: 'statuscode' },
        check: ({ json }) => {
          const options = asObject(json['OptionSet'])['Options'];
          assert.ok(Array.isArray(options));
          const facts = options.map((item: unknown) => {
            const option = asObject(item);
            const label = asObject(asObject(option['Label'])['UserLocalizedLabel']);
            return [option['Value'], option['State'], label['Label'], label['LanguageCode']];
          });
          assert.deepEqual(facts, [
            [1, 0, 'Open', 1033],
            [2, 1, 'Active', 1033],
            [3, 2, 'Waiting', 1033],
            [4, 3, 'Closed', 1033],
            [5, 4, 'Wrap-up', 1033],
          ]);
        },
      },
      {
        send: `GET ${table}/Attributes(LogicalName='nosuch')`,
        status: 404,
        says: ['nosuch'],
      },
      { send: "GET EntityDefinitions(LogicalName='nosuch')", status: 404, says: ['nosuch'] },
    ],
  },
  {
    line: 148,
    title: 'the navigation names of the customer',
    steps: [
      {
        send: `GET ${table}/ManyToOneRelationships?$select=ReferencingEntityNavigationPropertyName,ReferencedEntity,ReferencingAttribute`,
        status: 200,
        check: ({ json }) => {
          const customer = rowsOf(json)
            .filter((row) => row['ReferencingAttribute'] === 'msdyn_customer')
            .map((row) => [row['ReferencedEntity'], row['ReferencingEntityNavigationPropertyName']])
            .sort();
          assert.deepEqual(customer, [
            ['account', 'msdyn_customer_msdyn_liveconversation_account'],
            ['contact', 'msdyn_customer_msdyn_liveconversation_contact'],
          ]);
        },
      },
    ],
  },
  {
    line: 149,
    title: 'functions of texts are not implemented for metadata',
    steps: ['startswith', 'endswith', 'contains'].map((name) => ({
      send: `GET EntityDefinitions?$filter=${name}(LogicalName,'a')`,
      status: 501,
      code: '0x8006088a',
      says: [`The "${name}" function isn't supported for Metadata Entities`],
    })),
  },
  {
    line: 150,
    title: 'metadata is not patched',
    steps: [
      { send: `GET ${table}?$select=LogicalName`, status: 200, keepMembers: { M: 'MetadataId' } },
      {
        send: 'PATCH EntityDefinitions({M})',
        body: { HasNotes: true },
        status: 405,
        code: '0x80060888',
        says: [/Operation not supported on EntityMetadata/],
      },
    ],
  },
];
