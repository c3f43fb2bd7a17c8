/** The operations of this release as $metadata declares them. What they do lives beside, one file per operation. */
import type { OperationParameter, OperationSignature } from './operation-signature.ts';

const target: OperationParameter = { name: 'Target', type: 'mscrm.crmbaseentity' };
const members: OperationParameter = { name: 'Members', type: 'Collection(mscrm.systemuser)' };

const identity: readonly OperationSignature[] = [
  {
    name: 'WhoAmI',
    kind: 'function',
    parameters: [],
    returns: {
      complexType: 'WhoAmIResponse',
      properties: [
        { name: 'BusinessUnitId', type: 'Edm.Guid' },
        { name: 'UserId', type: 'Edm.Guid' },
        { name: 'OrganizationId', type: 'Edm.Guid' },
      ],
    },
  },
  {
    name: 'RetrieveVersion',
    kind: 'function',
    parameters: [],
    returns: { complexType: 'RetrieveVersionResponse', properties: [{ name: 'Version', type: 'Edm.String' }] },
  },
  {
    name: 'RetrieveCurrentOrganization',
    kind: 'function',
    parameters: [{ name: 'AccessType', type: 'mscrm.EndpointAccessType' }],
    returns: {
      complexType: 'RetrieveCurrentOrganizationResponse',
      properties: [{ name: 'Detail', type: 'mscrm.OrganizationDetail' }],
    },
  },
  {
    name: 'RetrieveTotalRecordCount',
    kind: 'function',
    parameters: [{ name: 'EntityNames', type: 'Collection(Edm.String)' }],
    returns: {
      complexType: 'RetrieveTotalRecordCountResponse',
      properties: [{ name: 'EntityRecordCountCollection', type: 'mscrm.EntityRecordCountCollection' }],
    },
  },
  {
    name: 'IsValidStateTransition',
    kind: 'function',
    parameters: [
      { name: 'Entity', type: 'mscrm.crmbaseentity' },
      { name: 'NewState', type: 'Edm.String' },
      { name: 'NewStatus', type: 'Edm.Int32' },
    ],
    returns: {
      complexType: 'IsValidStateTransitionResponse',
      properties: [{ name: 'IsValid', type: 'Edm.Boolean' }],
    },
  },
];

const sharing: readonly OperationSignature[] = [
  {
    name: 'GrantAccess',
    kind: 'action',
    parameters: [target, { name: 'PrincipalAccess', type: 'mscrm.PrincipalAccess' }],
  },
  {
    name: 'ModifyAccess',
    kind: 'action',
    parameters: [target, { name: 'PrincipalAccess', type: 'mscrm.PrincipalAccess' }],
  },
  {
    name: 'RevokeAccess',
    kind: 'action',
    parameters: [target, { name: 'Revokee', type: 'mscrm.crmbaseentity' }],
  },
  {
    name: 'RetrieveSharedPrincipalsAndAccess',
    kind: 'function',
    parameters: [target],
    returns: {
      complexType: 'RetrieveSharedPrincipalsAndAccessResponse',
      properties: [{ name: 'PrincipalAccesses', type: 'Collection(mscrm.PrincipalAccess)' }],
    },
  },
  ...['systemuser', 'team'].map(
    (table): OperationSignature => ({
      name: 'RetrievePrincipalAccess',
      kind: 'function',
      bound: { table, collection: false },
      parameters: [target],
      returns: {
        complexType: 'RetrievePrincipalAccessResponse',
        properties: [{ name: 'AccessRights', type: 'mscrm.AccessRights' }],
      },
    }),
  ),
];

const rolesAndTeams: readonly OperationSignature[] = [
  {
    name: 'RetrieveUserPrivileges',
    kind: 'function',
    bound: { table: 'systemuser', collection: false },
    parameters: [],
    returns: {
      complexType: 'RetrieveUserPrivilegesResponse',
      properties: [{ name: 'RolePrivileges', type: 'Collection(mscrm.RolePrivilege)' }],
    },
  },
  {
    name: 'AddPrivilegesRole',
    kind: 'action',
    bound: { table: 'role', collection: false },
    parameters: [{ name: 'Privileges', type: 'Collection(mscrm.RolePrivilege)' }],
  },
  {
    name: 'RemovePrivilegeRole',
    kind: 'action',
    bound: { table: 'role', collection: false },
    parameters: [{ name: 'Privilege', type: 'mscrm.privilege' }],
  },
  {
    // Unbound, unlike its two siblings: the role is a parameter.
    name: 'RetrieveRolePrivilegesRole',
    kind: 'function',
    parameters: [{ name: 'RoleId', type: 'Edm.Guid' }],
    returns: {
      complexType: 'RetrieveRolePrivilegesRoleResponse',
      properties: [{ name: 'RolePrivileges', type: 'Collection(mscrm.RolePrivilege)' }],
    },
  },
  { name: 'AddMembersTeam', kind: 'action', bound: { table: 'team', collection: false }, parameters: [members] },
  { name: 'RemoveMembersTeam', kind: 'action', bound: { table: 'team', collection: false }, parameters: [members] },
];

/** Parley's own. */
const credentials: readonly OperationSignature[] = [
  {
    name: 'parley_SetUserPassword',
    kind: 'action',
    bound: { table: 'systemuser', collection: false },
    parameters: [{ name: 'Password', type: 'Edm.String' }],
  },
  {
    name: 'parley_SetApplicationSecret',
    kind: 'action',
    bound: { table: 'systemuser', collection: false },
    parameters: [{ name: 'Secret', type: 'Edm.String' }],
  },
];

export const operationSignatures: readonly OperationSignature[] = [
  ...identity,
  ...sharing,
  ...rolesAndTeams,
  ...credentials,
];
