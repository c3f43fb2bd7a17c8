/**
 * The one registry of errors that Parley sends over the Dataverse Web API: name, wire code, HTTP status, and message.
 * Codes and statuses follow Dataverse's published error list (docs/reference/errors.md is generated from this table).
 */

/** Who raises an error: the stage of the request pipeline it comes from. */
export type ErrorStage = 'http' | 'syntax' | 'plan' | 'security' | 'run' | 'sign-in';

export type ErrorDefinition = {
  /** The 32-bit code as Dataverse writes it. */
  readonly code: `0x${string}`;
  readonly status: number;
  readonly stage: ErrorStage;
  /** Parameters in braces are filled from the details of the raised error. */
  readonly message: string;
};

const registry = {
  notSignedIn: { code: '0x80044302', status: 401, stage: 'sign-in', message: 'Request is not authenticated. {reason}' },
  userDisabled: {
    code: '0x80040204',
    status: 403,
    stage: 'sign-in',
    message: 'The user {user} is unknown or disabled.',
  },
  resourceNotFound: {
    code: '0x8006088a',
    status: 404,
    stage: 'plan',
    message: "Resource not found for the segment '{segment}'.{hint}",
  },
  requestFault: { code: '0x80060888', status: 400, stage: 'plan', message: '{detail}' },
  propertyNotFound: {
    code: '0x80060888',
    status: 400,
    stage: 'plan',
    message: "Could not find a property named '{property}' on type 'Microsoft.Dynamics.CRM.{table}'.{hint}",
  },
  syntax: { code: '0x80060888', status: 400, stage: 'syntax', message: '{detail}' },
  incompatibleTypes: {
    code: '0x80060888',
    status: 400,
    stage: 'plan',
    message:
      "A binary operator with incompatible types was detected. Found operand types '{left}' and '{right}' for operator kind '{operator}'.",
  },
  methodNotAllowed: {
    code: '0x80060888',
    status: 405,
    stage: 'http',
    message: "The requested resource does not support http method '{method}'.",
  },
  notImplementedForMetadata: {
    code: '0x8006088a',
    status: 501,
    stage: 'plan',
    message: 'The "{name}" function isn\'t supported for Metadata Entities',
  },
  payload: {
    code: '0x80048d19',
    status: 400,
    stage: 'plan',
    message:
      "Error identified in Payload provided by the user for Entity :'{set}', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : Microsoft.OData.ODataException: {detail}",
  },
  invalidArgument: { code: '0x80040203', status: 400, stage: 'plan', message: '{detail}' },
  requiredFieldMissing: {
    code: '0x80040200',
    status: 400,
    stage: 'plan',
    message: "Required field '{column}' is missing.",
  },
  stringTooLong: {
    code: '0x80044331',
    status: 400,
    stage: 'plan',
    message:
      "A validation error occurred.  The length of the '{column}' attribute of the '{table}' entity exceeded the maximum allowed length of '{maximum}'.",
  },
  numberOutOfRange: {
    code: '0x80044330',
    status: 400,
    stage: 'plan',
    message:
      "A validation error occurred.  The value of '{column}' on record of type '{table}' is outside the valid range ({minimum} to {maximum}).",
  },
  dateOutOfRange: {
    code: '0x80040239',
    status: 400,
    stage: 'plan',
    message:
      "A validation error occurred.  The value of '{column}' on record of type '{table}' is outside the valid range: dates start at 1753-01-01.",
  },
  choiceOutOfRange: {
    code: '0x8004431A',
    status: 400,
    stage: 'plan',
    message:
      "A validation error occurred. The value {value} of '{column}' on record of type '{table}' is outside the valid range. Accepted Values: {accepted}",
  },
  stateOrStatusInvalid: {
    code: '0x80048408',
    status: 400,
    stage: 'plan',
    message:
      'State code is invalid or state code is valid but status code is invalid for a specified state code. {detail}',
  },
  invalidBindUrl: {
    code: '0x80090800',
    status: 400,
    stage: 'plan',
    message: "Invalid url value '{url}' for lookup property '{property}'.",
  },
  orderByMultiSelect: {
    code: '0x80050224',
    status: 400,
    stage: 'plan',
    message: "Ordering by the multi-select column '{column}' is not supported.",
  },
  orderByTwice: {
    code: '0x80048d16',
    status: 400,
    stage: 'plan',
    message: "The column '{column}' occurs more than once in $orderby.",
  },
  pagingCookieInvalid: {
    code: '0x80041129',
    status: 400,
    stage: 'plan',
    message: 'The paging cookie in $skiptoken is not valid: {detail}',
  },
  pagingCookieMismatch: {
    code: '0x8004112A',
    status: 400,
    stage: 'plan',
    message: 'The paging cookie in $skiptoken does not belong to this query.',
  },
  tooManyConditions: {
    code: '0x8004430C',
    status: 400,
    stage: 'plan',
    message: 'The query has {count} conditions; at most {maximum} are allowed.',
  },
  metadataNotFound: { code: '0x80060888', status: 404, stage: 'plan', message: 'Could not find {type} with {key}.' },
  metadataReadOnly: {
    code: '0x80060888',
    status: 405,
    stage: 'plan',
    message: 'Operation not supported on EntityMetadata',
  },
  notImplemented: { code: '0x80040219', status: 501, stage: 'plan', message: '{feature} is not implemented.' },
  notSupported: { code: '0x80040315', status: 405, stage: 'plan', message: '{detail}' },
  privilegeDenied: {
    code: '0x80040220',
    status: 403,
    stage: 'security',
    message:
      "Principal user (Id={user}, type=8, roleCount={roleCount}, privilegeCount={privilegeCount}, accessMode={accessMode}), is missing {privilege} privilege (Id={privilegeId}) on OTC={typeCode} for entity '{table}'. context.Caller={caller}",
  },
  ownerPrivilegeDenied: {
    code: '0x80040231',
    status: 403,
    stage: 'security',
    message: "The principal {principal} cannot own this row: it is missing {privilege} for entity '{table}'.",
  },
  accessDenied: {
    code: '0x80048306',
    status: 403,
    stage: 'security',
    message:
      'SecLib::AccessCheckEx failed. Returned hr = -2147187962, ObjectID: {id}, OwnerId: {owner},  OwnerIdType: {ownerType} and CallingUser: {user}. ObjectTypeCode: {typeCode}, objectBusinessUnitId: {businessUnit}, AccessRights: {right}',
  },
  cannotActOnBehalf: {
    code: '0x8004A110',
    status: 403,
    stage: 'security',
    message: 'The user {user} cannot act on behalf of another user: it is missing prvActOnBehalfOfAnotherUser.',
  },
  stateWriteDenied: {
    code: '0x80048405',
    status: 403,
    stage: 'security',
    message:
      "State and status of '{table}' are written by administrators only: it takes {privilege} at depth Global. Everybody else changes them through actions, such as CCaaS_AgentEndConversation.",
  },
  notYourConversation: { code: '0x80048405', status: 403, stage: 'security', message: '{detail}' },
  accessTeamCannotOwn: {
    code: '0x80048340',
    status: 400,
    stage: 'security',
    message: 'An access team cannot own rows: {team}.',
  },
  accessTeamCannotHoldRoles: {
    code: '0x80048331',
    status: 400,
    stage: 'security',
    message: 'An access team cannot hold security roles: {team}.',
  },
  invalidStateTransition: { code: '0x8004F00E', status: 400, stage: 'run', message: '{detail}' },
  columnOfEngine: {
    code: '0x80040203',
    status: 400,
    stage: 'run',
    message: "The conversation engine keeps the column '{column}' of '{table}' for the conversation {id}: {way}.",
  },
  rowOfEngine: {
    code: '0x80040203',
    status: 400,
    stage: 'run',
    message:
      "The row {id} of '{table}' shows what the conversation engine knows: its column '{column}' is not written.",
  },
  conversationRefused: { code: '0x80040265', status: 409, stage: 'run', message: '{detail}' },
  rowNotFound: {
    code: '0x80040217',
    status: 404,
    stage: 'run',
    message: "Entity '{table}' With Id = {id} Does Not Exist",
  },
  rowNotFoundByKey: {
    code: '0x80060891',
    status: 404,
    stage: 'run',
    message: 'A record with the specified key values does not exist in {table} entity',
  },
  duplicateRow: {
    code: '0x80040237',
    status: 412,
    stage: 'run',
    message: 'A record with matching key values already exists.',
  },
  duplicateKey: {
    code: '0x80060892',
    status: 412,
    stage: 'run',
    message:
      'Entity Key {key} violated. A record with the same value for {columns} already exists. A duplicate record cannot be created. Select one or more unique values and try again.',
  },
  versionMismatch: {
    code: '0x80060882',
    status: 412,
    stage: 'run',
    message: "The version of the existing record doesn't match the RowVersion property provided.",
  },
  deleteRestricted: {
    code: '0x80040227',
    status: 405,
    stage: 'run',
    message: 'The object you tried to delete is associated with another object and cannot be deleted.',
  },
  requestTooLarge: { code: '0x8004418a', status: 413, stage: 'http', message: 'The request is too large: {detail}' },
  urlTooLong: {
    code: '0x80060888',
    status: 400,
    stage: 'http',
    message: 'The URL has {length} characters; at most {maximum} are allowed.',
  },
  hostNotAllowed: {
    code: '0x80060888',
    status: 400,
    stage: 'http',
    message: "The Host '{host}' is not one that this server listens on.",
  },
  busy: {
    code: '0x80044150',
    status: 503,
    stage: 'run',
    message: 'The server is busy or its database is out of reach; try again shortly.',
  },
  unexpected: { code: '0x80040216', status: 500, stage: 'http', message: 'An unexpected error occurred.' },
} as const;

export type ErrorName = keyof typeof registry;

export const errors: Readonly<Record<ErrorName, ErrorDefinition>> = registry;

/** An expected failure on its way to the writer: a registry name and the values for its message. */
export class WebApiError extends Error {
  readonly errorName: ErrorName;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(name: ErrorName, details: Readonly<Record<string, string | number>> = {}, options?: ErrorOptions) {
    super(formatMessage(errors[name].message, details), options);
    this.name = 'WebApiError';
    this.errorName = name;
    this.details = details;
  }

  get definition(): ErrorDefinition {
    return errors[this.errorName];
  }
}

function formatMessage(template: string, details: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => String(details[key] ?? '')).trimEnd();
}
