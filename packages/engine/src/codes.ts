/** Numbers that stand for something in Dataverse rows (behaviour reference, sections 1 to 4). The engine's state uses names; these are for rows. */

export const statusReasonCodes = {
  awaitingAgentAssignment: 192350001,
  awaitingAgentAcceptance: 192350002,
  inConversation: 192350003,
  awaitingCustomerResponse: 192350004,
  agentMovedToWrapUp: 192350005,
  customerLeftActiveConversation: 192350006,
  customerMovedToWrapUp: 192350007,
  endedByAgent: 192350008,
  autoClosedFromWaiting: 192350009,
  autoClosedBySystem: 192350010,
  closedDueToOverflow: 192350011,
  customerLeftOpenConversation: 192350012,
  endedByBot: 192350013,
  closedDueToFailure: 192350014,
  forceClosedBySupervisor: 192350015,
  closedDirectlyByAdministrator: 192350016,
  assignedBySupervisor: 192350017,
} as const;
/** Sub-state of a conversation: `msdyn_statuschangereason` of the work item. */
export type StatusReason = keyof typeof statusReasonCodes;

export const closureReasonCodes = {
  default: 192350000,
  agentReject: 192350001,
  agentTimeout: 192350002,
  conversationTimeout: 192350003,
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
  overflowEndConversation: 192350016,
  autoClose: 192350018,
  customerDisconnect: 192350020,
  agentEndConversation: 192350021,
  customerEndConversation: 192350022,
  queueTransfer: 192350023,
  inQueueOverflowQueueTransfer: 192350024,
  inQueueOverflowEndConversation: 192350025,
  botEndConversation: 192350027,
  manuallyClosedConversation: 192350033,
} as const;
/** Why a session ended: `msdyn_closurereason`. */
export type ClosureReason = keyof typeof closureReasonCodes;

export const participantModeCodes = {
  primary: 192350002,
  consult: 192350003,
  monitor: 192350004,
} as const;
export type ParticipantMode = keyof typeof participantModeCodes;

/** `msdyn_assignreason`, a text. */
export const assignReasonTexts = {
  routing: 'RoutingAssign',
  pick: 'AgentPick',
  supervisor: 'SupervisorAssign',
  supervisorTransfer: 'SupervisorTransferToAgent',
  transfer: 'AgentTransfer',
  consult: 'AgentConsult',
  join: 'AgentConversationJoin',
  monitor: 'AgentMonitor',
  rejoin: 'AgentConversationRejoin',
  affinity: 'AgentAffinity',
} as const;
export type AssignReason = keyof typeof assignReasonTexts;

export const basePresenceCodes = {
  available: 192360000,
  busy: 192360001,
  doNotDisturb: 192360002,
  away: 192360003,
  offline: 192360004,
} as const;
export type BasePresence = keyof typeof basePresenceCodes;

/** Values of `msdyn_streamsource` that have rules of their own. */
export const channelCodes = {
  teams: 19241000,
  whatsApp: 192300000,
  line: 192310000,
  weChat: 192320000,
  facebook: 192330000,
  sms: 192340000,
  records: 192350000,
  twitter: 192350001,
  custom: 192350002,
  liveChat: 192360000,
  voice: 192370000,
  voiceCall: 192440000,
} as const;
