/** What the demo knows about a past conversation before it becomes rows. Numbers as in the behaviour reference, sections 1.2 and 2.2. */
import type { DemoCase, DemoCustomer } from './demo-customers.ts';
import type { DemoPersonName, DemoWorkStreamName } from './demo-ids.ts';

export type ConversationStatus = 'Open' | 'Active' | 'Waiting' | 'Closed' | 'Wrap-up';

/** `msdyn_statuschangereason` */
export const statusReasons = {
  awaitingAssignment: 192350001,
  inConversation: 192350003,
  awaitingCustomer: 192350004,
  agentMovedToWrapUp: 192350005,
  customerMovedToWrapUp: 192350007,
  endedByAgent: 192350008,
  autoClosedFromWaiting: 192350009,
  autoClosedBySystem: 192350010,
  closedDueToOverflow: 192350011,
  customerLeftOpen: 192350012,
  endedByBot: 192350013,
  forceClosed: 192350015,
} as const;

/** `msdyn_closurereason` of sessions */
export const closures = {
  agentReject: 192350001,
  agentTimeout: 192350002,
  agentClosed: 192350004,
  agentTransferred: 192350006,
  agentTransferToQueue: 192350010,
  forceClose: 192350014,
  overflowQueueTransfer: 192350015,
  overflowEndConversation: 192350016,
  autoClose: 192350018,
  customerDisconnect: 192350020,
  agentEndConversation: 192350021,
  customerEndConversation: 192350022,
  botEndConversation: 192350027,
} as const;

/** Times are seconds since 1970. */
export type DemoSession = {
  readonly id: string;
  readonly queueId: string;
  readonly createdOn: number;
  readonly agent: DemoPersonName | null;
  readonly assignedOn: number | null;
  readonly acceptedOn: number | null;
  readonly closedOn: number | null;
  readonly closureReason: number | null;
  readonly assignReason: string;
};

export type DemoConversation = {
  readonly id: string;
  readonly stream: DemoWorkStreamName;
  readonly channels: readonly number[];
  readonly status: ConversationStatus;
  readonly statusReason: number;
  readonly topic: string;
  readonly customer: DemoCustomer | null;
  readonly issue: DemoCase | null;
  readonly sentiment: number;
  readonly isOutbound: boolean;
  readonly createdOn: number;
  readonly statusUpdatedOn: number;
  readonly wrapUpOn: number | null;
  readonly closedOn: number | null;
  readonly transferCount: number;
  readonly escalationCount: number;
  readonly overflowCount: number;
  /** In order of time; the last one is where the conversation stands. */
  readonly sessions: readonly DemoSession[];
};
