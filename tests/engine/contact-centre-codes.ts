/** Numbers and ids of Dataverse rows that tests of the engine write and compare, by name (behaviour reference, sections 1 to 4). */
import type { JsonObject } from '../support/server.ts';

export const agentRole = '819e08be-c735-4b6e-aa86-82fea1799e2c';
export const supervisorRole = '9d66c556-d694-48db-9c2e-7bc4b0cd81e9';

export const presences = {
  available: 'f523f628-c07a-e811-8162-000d3aa11f50',
  busy: 'efdeb843-c07a-e811-8162-000d3aa11f50',
  doNotDisturb: '08971864-c07a-e811-8162-000d3aa11f50',
  away: '3dacae76-c07a-e811-8162-000d3aa11f50',
  offline: '70139190-c07a-e811-8162-000d3aa11f50',
  inactive: 'c6a29c5a-5a1f-4f3e-9d2b-7b1f0e6c4d38',
} as const;

export const channels = {
  sms: 192340000,
  records: 192350000,
  custom: 192350002,
  liveChat: 192360000,
  voice: 192370000,
} as const;

export const distribution = { push: 192350000, pick: 192350001 } as const;
const modes = { live: 192350000, persistent: 192350001 } as const;
export const matching = { exact: 192350000, closest: 192350001 } as const;

export const strategies = {
  highestCapacity: 192350000,
  roundRobin: 192350001,
  custom: 192350002,
  leastActive: 192350003,
} as const;

/** A work stream that pushes, takes 10 units, may be rejected and asks for no skills. */
export const streamDefaults: JsonObject = {
  msdyn_direction: 0,
  msdyn_mode: 717210001,
  msdyn_workdistributionmode: distribution.push,
  msdyn_allowedpresences: '192360000,192360001',
  msdyn_capacityformat: 192350000,
  msdyn_capacityrequired: 10,
  msdyn_conversationmode: modes.live,
  msdyn_enableagentaffinity: false,
  msdyn_autocloseafterinactivity: 40_320,
  msdyn_screenpoptimeout_optionSet: 120,
};

/** `msdyn_statuschangereason`. */
export const reasons = {
  awaitingAssignment: 192350001,
  awaitingAcceptance: 192350002,
  inConversation: 192350003,
  awaitingCustomer: 192350004,
  agentMovedToWrapUp: 192350005,
  customerLeftActive: 192350006,
  customerMovedToWrapUp: 192350007,
  endedByAgent: 192350008,
  autoClosedFromWaiting: 192350009,
  autoClosedBySystem: 192350010,
  closedDueToOverflow: 192350011,
  customerLeftOpen: 192350012,
  closedDueToFailure: 192350014,
  forceClosed: 192350015,
  closedDirectly: 192350016,
  assignedBySupervisor: 192350017,
} as const;

/** `msdyn_closurereason`. */
export const closures = {
  default: 192350000,
  agentReject: 192350001,
  agentTimeout: 192350002,
  agentClosed: 192350004,
  conversationClosed: 192350005,
  agentTransferred: 192350006,
  agentDisconnected: 192350007,
  agentRerouted: 192350008,
  agentTransferToQueue: 192350010,
  supervisorAssignToQueue: 192350011,
  supervisorTransferToAgent: 192350012,
  forceClose: 192350014,
  overflowQueueTransfer: 192350015,
  overflowEnd: 192350016,
  autoClose: 192350018,
  agentEnd: 192350021,
  customerEnd: 192350022,
  inQueueOverflowTransfer: 192350024,
  inQueueOverflowEnd: 192350025,
  manuallyClosed: 192350033,
} as const;

/** `msdyn_mode` of a participant. */
export const participantModes = { primary: 192350002, consult: 192350003, monitor: 192350004 } as const;

/** statuscode of both tables; statecode of msdyn_liveconversation; statecode of msdyn_ocliveworkitem (behaviour reference, 1.1). */
export const statuses = {
  open: { code: 1, live: 0, item: 0 },
  active: { code: 2, live: 1, item: 0 },
  waiting: { code: 3, live: 2, item: 0 },
  closed: { code: 4, live: 3, item: 1 },
  wrapUp: { code: 5, live: 4, item: 0 },
} as const;
