/** Complex and enumeration types that operation parameters and results are made of (declared once in $metadata). */
import type { ComplexTypeDefinition } from './operation-signature.ts';

export type EnumTypeDefinition = {
  readonly name: string;
  /** True when a value may combine several members, written with commas. */
  readonly isFlags: boolean;
  readonly members: Readonly<Record<string, number>>;
};

export const operationComplexTypes: readonly ComplexTypeDefinition[] = [
  {
    name: 'PrincipalAccess',
    properties: [
      { name: 'AccessMask', type: 'mscrm.AccessRights' },
      { name: 'Principal', type: 'mscrm.crmbaseentity' },
    ],
  },
  {
    name: 'RolePrivilege',
    properties: [
      { name: 'Depth', type: 'mscrm.PrivilegeDepth' },
      { name: 'PrivilegeId', type: 'Edm.Guid' },
      { name: 'BusinessUnitId', type: 'Edm.Guid' },
      { name: 'PrivilegeName', type: 'Edm.String' },
    ],
  },
  {
    name: 'EntityRecordCountCollection',
    properties: [
      { name: 'Count', type: 'Edm.Int32' },
      { name: 'IsReadOnly', type: 'Edm.Boolean' },
      { name: 'Keys', type: 'Collection(Edm.String)' },
      { name: 'Values', type: 'Collection(Edm.Int64)' },
    ],
  },
  {
    name: 'EndpointCollection',
    properties: [
      { name: 'Count', type: 'Edm.Int32' },
      { name: 'IsReadOnly', type: 'Edm.Boolean' },
      { name: 'Keys', type: 'Collection(mscrm.EndpointType)' },
      { name: 'Values', type: 'Collection(Edm.String)' },
    ],
  },
  {
    name: 'OrganizationDetail',
    properties: [
      { name: 'OrganizationId', type: 'Edm.Guid' },
      { name: 'FriendlyName', type: 'Edm.String' },
      { name: 'OrganizationVersion', type: 'Edm.String' },
      { name: 'EnvironmentId', type: 'Edm.String' },
      { name: 'DatacenterId', type: 'Edm.Guid' },
      { name: 'Geo', type: 'Edm.String' },
      { name: 'TenantId', type: 'Edm.String' },
      { name: 'UrlName', type: 'Edm.String' },
      { name: 'UniqueName', type: 'Edm.String' },
      { name: 'State', type: 'mscrm.OrganizationState' },
      { name: 'Endpoints', type: 'mscrm.EndpointCollection' },
    ],
  },
];

export const operationEnumTypes: readonly EnumTypeDefinition[] = [
  {
    name: 'AccessRights',
    isFlags: true,
    members: {
      None: 0,
      ReadAccess: 1,
      WriteAccess: 2,
      AppendAccess: 4,
      AppendToAccess: 16,
      CreateAccess: 32,
      DeleteAccess: 65_536,
      ShareAccess: 262_144,
      AssignAccess: 524_288,
    },
  },
  { name: 'PrivilegeDepth', isFlags: false, members: { Basic: 0, Local: 1, Deep: 2, Global: 3 } },
  { name: 'EndpointAccessType', isFlags: false, members: { Default: 0, Internet: 1, Intranet: 2 } },
  {
    name: 'EndpointType',
    isFlags: false,
    members: { OrganizationService: 0, OrganizationDataService: 1, WebApplication: 2 },
  },
  { name: 'OrganizationState', isFlags: false, members: { Enabled: 0, Disabled: 1 } },
];
