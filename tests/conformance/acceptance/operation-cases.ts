/** Lines 127-136 and 141: functions and actions. */
import assert from 'node:assert/strict';
import { asObject } from '../../support/server.ts';
import { crm, type WireCase } from './wire-case.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const target = { '@odata.type': `${crm}.msdyn_liveconversation`, msdyn_liveconversationid: '{X}' };
const agent = { '@odata.type': `#${crm}.systemuser`, systemuserid: '{agent1}' };
const targetUrl = "@t={{'@odata.id':'msdyn_liveconversations({X})'}}";
const conversation = { X: ['msdyn_liveconversations', { msdyn_subject: 'shared {tag}' }] } as const;
const row = 'msdyn_liveconversations({X})';

function grant(message: 'GrantAccess' | 'ModifyAccess', mask: string) {
  return {
    send: `POST ${message}`,
    body: { Target: target, PrincipalAccess: { AccessMask: mask, Principal: agent } },
    status: 204,
  };
}

export const operationCases: readonly WireCase[] = [
  {
    line: 127,
    title: 'WhoAmI, with and without parentheses',
    steps: ['WhoAmI', 'WhoAmI()'].map((name) => ({
      send: `GET ${name}`,
      status: 200,
      json: {
        '@odata.context': `{api}/$metadata#${crm}.WhoAmIResponse`,
        UserId: '{admin}',
        BusinessUnitId: '{root}',
        OrganizationId: guid,
      },
    })),
  },
  {
    line: 127,
    title: 'WhoAmI under impersonation is the impersonated user',
    steps: [{ send: 'GET WhoAmI', as: 'agent1', status: 200, json: { UserId: '{agent1}' } }],
  },
  {
    line: 128,
    title: 'RetrieveVersion',
    steps: [{ send: 'GET RetrieveVersion', status: 200, json: { Version: /^9\.2\.\d+\.\d+$/ } }],
  },
  {
    line: 129,
    title: 'RetrieveCurrentOrganization takes the enum plain and typed',
    steps: ["'Default'", `${crm}.EndpointAccessType'Default'`].map((access) => ({
      send: `GET RetrieveCurrentOrganization(AccessType=${access})`,
      status: 200,
      check: ({ json }) => {
        const detail = asObject(json['Detail']);
        const endpoints = asObject(detail['Endpoints']);
        assert.deepEqual(endpoints['Keys'], ['WebApplication', 'OrganizationService', 'OrganizationDataService']);
        assert.equal(endpoints['Count'], 3);
        assert.match(String(detail['OrganizationId']), guid);
        assert.match(String(detail['TenantId']), guid);
        assert.equal(detail['State'], 'Enabled');
      },
    })),
  },
  {
    line: 130,
    title: 'RetrieveTotalRecordCount',
    steps: [
      {
        send: 'GET RetrieveTotalRecordCount(EntityNames=@p)?@p=["account","contact"]',
        status: 200,
        check: ({ json }) => {
          const counts = asObject(json['EntityRecordCountCollection']);
          assert.deepEqual(counts['Keys'], ['account', 'contact']);
          assert.equal(counts['Count'], 2);
          assert.equal(counts['IsReadOnly'], false);
          assert.ok(Array.isArray(counts['Values']) && counts['Values'].every((value) => Number(value) > 0));
        },
      },
      { send: 'GET RetrieveTotalRecordCount(EntityNames=@p)?@p=["nosuch"]', status: 400, says: ['nosuch'] },
    ],
  },
  {
    line: 131,
    title: 'IsValidStateTransition',
    given: conversation,
    steps: (
      [
        ['Closed', 4, true],
        ['Active', 2, true],
        ['Closed', 2, false],
        ['Nowhere', 4, false],
      ] as const
    ).map(([state, status, isValid]) => ({
      send: `GET IsValidStateTransition(Entity=@e,NewState=@s,NewStatus=@n)?@e={{'@odata.id':'${row}'}}&@s='${state}'&@n=${status}`,
      status: 200,
      json: { IsValid: isValid },
    })),
  },
  {
    line: [132, 133],
    title: 'GrantAccess adds rights, ModifyAccess replaces them',
    given: conversation,
    steps: [
      { send: `GET ${row}`, as: 'agent1', status: 403, code: '0x80048306' },
      grant('GrantAccess', 'ReadAccess'),
      { send: `GET ${row}`, as: 'agent1', status: 200 },
      { send: `PATCH ${row}`, as: 'agent1', body: { msdyn_title: 't' }, status: 403, code: '0x80048306' },
      grant('GrantAccess', 'WriteAccess'),
      { send: `GET ${row}`, as: 'agent1', status: 200 },
      { send: `PATCH ${row}`, as: 'agent1', body: { msdyn_title: 't' }, status: 204 },
      grant('ModifyAccess', 'ReadAccess'),
      { send: `GET ${row}`, as: 'agent1', status: 200 },
      {
        send: `PATCH ${row}`,
        as: 'agent1',
        body: { msdyn_title: 'u' },
        status: 403,
        code: '0x80048306',
        says: ['WriteAccess', '{X}'],
      },
    ],
  },
  {
    line: 134,
    title: 'RetrieveSharedPrincipalsAndAccess lists the shares',
    given: conversation,
    steps: [
      {
        send: `GET RetrieveSharedPrincipalsAndAccess(Target=@t)?${targetUrl}`,
        status: 200,
        json: { PrincipalAccesses: [] },
      },
      grant('GrantAccess', 'ReadAccess'),
      {
        send: `GET RetrieveSharedPrincipalsAndAccess(Target=@t)?${targetUrl}`,
        status: 200,
        json: {
          PrincipalAccesses: [
            {
              AccessMask: 'ReadAccess',
              Principal: { '@odata.type': `#${crm}.systemuser`, ownerid: '{agent1}' },
            },
          ],
        },
      },
      grant('GrantAccess', 'ShareAccess,WriteAccess'),
      {
        send: `GET RetrieveSharedPrincipalsAndAccess(Target=@t)?${targetUrl}`,
        status: 200,
        json: { PrincipalAccesses: [{ AccessMask: 'ReadAccess, WriteAccess, ShareAccess' }] },
      },
    ],
  },
  {
    line: 135,
    title: 'RetrievePrincipalAccess tells the rights in effect',
    given: conversation,
    steps: [
      {
        send: `GET systemusers({agent1})/${crm}.RetrievePrincipalAccess(Target=@t)?${targetUrl}`,
        status: 200,
        json: { '@odata.context': `{api}/$metadata#${crm}.RetrievePrincipalAccessResponse`, AccessRights: 'None' },
      },
      grant('GrantAccess', 'ReadAccess, WriteAccess'),
      {
        send: `GET systemusers({agent1})/${crm}.RetrievePrincipalAccess(Target=@t)?${targetUrl}`,
        status: 200,
        json: { AccessRights: 'ReadAccess, WriteAccess' },
      },
      {
        send: `GET systemusers({admin})/${crm}.RetrievePrincipalAccess(Target=@t)?${targetUrl}`,
        status: 200,
        json: {
          AccessRights:
            'ReadAccess, WriteAccess, AppendAccess, AppendToAccess, CreateAccess, DeleteAccess, ShareAccess, AssignAccess',
        },
      },
    ],
  },
  {
    line: 136,
    title: 'RevokeAccess ends a share',
    given: conversation,
    steps: [
      grant('GrantAccess', 'ReadAccess'),
      { send: `GET ${row}`, as: 'agent1', status: 200 },
      { send: 'POST RevokeAccess', body: { Target: target, Revokee: agent }, status: 204 },
      { send: `GET ${row}`, as: 'agent1', status: 403, code: '0x80048306' },
      {
        send: `GET RetrieveSharedPrincipalsAndAccess(Target=@t)?${targetUrl}`,
        status: 200,
        json: { PrincipalAccesses: [] },
      },
    ],
  },
  {
    line: [132, 136],
    title: 'sharing needs typed rows that exist',
    given: conversation,
    steps: [
      {
        send: 'POST GrantAccess',
        body: {
          Target: { msdyn_liveconversationid: '{X}' },
          PrincipalAccess: { AccessMask: 'ReadAccess', Principal: agent },
        },
        status: 400,
        says: ['Target'],
      },
      {
        send: 'POST GrantAccess',
        body: { Target: target, PrincipalAccess: { AccessMask: 'EverythingAccess', Principal: agent } },
        status: 400,
        says: ['EverythingAccess'],
      },
      {
        send: 'POST GrantAccess',
        body: {
          Target: { ...target, msdyn_liveconversationid: '{Z}' },
          PrincipalAccess: { AccessMask: 'ReadAccess', Principal: agent },
        },
        status: 404,
        code: '0x80040217',
        says: ['{Z}'],
      },
      { send: 'POST RevokeAccess', body: { Target: target }, status: 400, says: ['Revokee'] },
    ],
  },
  {
    line: 141,
    title: 'a bound operation needs the namespace, the right method and a name that exists',
    steps: [
      {
        send: 'POST teams({T})/AddMembersTeam',
        body: { Members: [] },
        status: 404,
        says: ['AddMembersTeam'],
      },
      { send: `GET teams({T})/${crm}.AddMembersTeam`, status: 405, code: '0x80060888' },
      { send: 'POST WhoAmI', body: {}, status: 405, code: '0x80060888' },
      { send: 'GET GrantAccess', status: 405, code: '0x80060888' },
      { send: 'GET NoSuchFunction()', status: 404, code: '0x8006088a', says: ['NoSuchFunction'] },
      { send: `GET teams({T})/${crm}.NoSuch()`, status: 404, code: '0x8006088a', says: ['NoSuch'] },
    ],
  },
];
