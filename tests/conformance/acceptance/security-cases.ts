/** Lines 151-159: privileges, sharing, impersonation. People are made by the fixture; see also security.test.ts. */
import { crm, type WireCase } from './wire-case.ts';

const share = (mask: string, principal: string) => ({
  send: 'POST GrantAccess',
  body: {
    Target: { '@odata.type': `${crm}.msdyn_liveconversation`, msdyn_liveconversationid: '{X}' },
    PrincipalAccess: {
      AccessMask: mask,
      Principal: { '@odata.type': `${crm}.systemuser`, systemuserid: principal },
    },
  },
});
const theirs = { X: ['msdyn_liveconversations', { msdyn_subject: '{tag}' }] } as const;
const row = 'msdyn_liveconversations({X})';

export const securityCases: readonly WireCase[] = [
  {
    line: 151,
    title: 'a user without a role is told the missing privilege',
    given: theirs,
    steps: ['GET msdyn_liveconversations', 'GET msdyn_liveconversations/$count', `GET ${row}`].map((send) => ({
      send,
      as: 'nobodyRole',
      status: 403,
      code: '0x80040220',
      says: ['prvReadmsdyn_liveconversation', '{nobodyRole}'],
    })),
  },
  {
    line: 152,
    title: 'Basic depth lists own rows only',
    given: {
      X: ['msdyn_liveconversations', { msdyn_subject: '{tag}' }],
      M: ['msdyn_liveconversations', { msdyn_subject: '{tag}', 'ownerid@odata.bind': '/systemusers({reader})' }],
    },
    steps: [
      {
        send: "GET msdyn_liveconversations?$select=msdyn_subject&$count=true&$filter=msdyn_subject eq '{tag}'",
        as: 'reader',
        status: 200,
        json: { '@odata.count': 1 },
        rows: [{ msdyn_liveconversationid: '{M}' }],
      },
      {
        send: "GET msdyn_liveconversations/$count?$filter=msdyn_subject eq '{tag}'",
        as: 'reader',
        status: 200,
        text: '1',
      },
    ],
  },
  {
    line: [153, 154],
    title: "another's row is refused until it is shared",
    given: theirs,
    steps: [
      { send: `GET ${row}`, as: 'reader', status: 403, code: '0x80048306', says: ['{X}', '{reader}', 'ReadAccess'] },
      { ...share('ReadAccess', '{reader}'), status: 204 },
      { send: `GET ${row}`, as: 'reader', status: 200, json: { msdyn_subject: '{tag}' } },
      {
        send: "GET msdyn_liveconversations?$select=msdyn_subject&$filter=msdyn_subject eq '{tag}'",
        as: 'reader',
        status: 200,
        rows: [{ msdyn_liveconversationid: '{X}' }],
      },
    ],
  },
  {
    line: 155,
    title: 'a share does not replace the privilege',
    given: theirs,
    steps: [
      { ...share('ReadAccess', '{agent2}'), status: 204 },
      { send: `GET ${row}`, as: 'nobodyRole', status: 403, code: '0x80040220' },
      {
        send: `GET ${row}`,
        as: 'nobodyRole',
        status: 403,
        code: '0x80040220',
        says: ['prvReadmsdyn_liveconversation'],
      },
    ],
  },
  {
    line: 156,
    title: 'impersonation writes both users',
    steps: [
      { send: 'POST msdyn_liveconversations', as: 'reader', body: { msdyn_subject: 's' }, status: 204, keep: 'X' },
      {
        send: `GET ${row}`,
        status: 200,
        json: { _createdby_value: '{reader}', _createdonbehalfby_value: '{admin}', _ownerid_value: '{reader}' },
      },
      { send: `PATCH ${row}`, body: { msdyn_title: 't' }, status: 204 },
      {
        send: `GET ${row}`,
        status: 200,
        json: { _modifiedby_value: '{admin}', _modifiedonbehalfby_value: null, _createdonbehalfby_value: '{admin}' },
      },
      { send: 'GET WhoAmI', headers: { MSCRMCallerID: '{Z}' }, status: 400, says: ['{Z}'] },
      { send: 'GET WhoAmI', headers: { MSCRMCallerID: 'nonsense' }, status: 400, says: ['MSCRMCallerID'] },
    ],
  },
  {
    line: 156,
    title: 'CallerObjectId names the directory object and comes first',
    steps: [
      {
        send: 'GET systemusers({agent1})?$select=azureactivedirectoryobjectid',
        status: 200,
        keepMembers: { object: 'azureactivedirectoryobjectid' },
      },
      { send: 'GET WhoAmI', headers: { CallerObjectId: '{object}' }, status: 200, json: { UserId: '{agent1}' } },
      {
        send: 'GET WhoAmI',
        headers: { CallerObjectId: '{object}', MSCRMCallerID: '{reader}' },
        status: 200,
        json: { UserId: '{agent1}' },
      },
    ],
  },
  {
    line: 158,
    title: 'a create for an owner out of reach is refused',
    steps: [
      {
        send: 'POST msdyn_liveconversations',
        as: 'reader',
        body: { msdyn_subject: '{tag}', 'ownerid@odata.bind': '/systemusers({otherReader})' },
        status: 403,
      },
      { send: "GET msdyn_liveconversations?$filter=msdyn_subject eq '{tag}'", status: 200, rows: [] },
    ],
  },
  {
    line: 159,
    title: 'a lookup needs AppendTo on its target',
    steps: [
      {
        send: 'POST msdyn_liveconversations',
        as: 'reader',
        body: {
          msdyn_subject: '{tag}',
          'msdyn_customer_msdyn_liveconversation_account@odata.bind': '/accounts({A})',
        },
        status: 403,
        code: '0x80040220',
        says: ['prvAppendToAccount'],
      },
      { send: "GET msdyn_liveconversations?$filter=msdyn_subject eq '{tag}'", status: 200, rows: [] },
    ],
  },
];
