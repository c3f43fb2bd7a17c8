/** Types of the results of metric functions; what each figure means: behaviour reference, section 8.3. */
import type { ComplexProperty, ComplexTypeDefinition } from '../webapi/operations/operation-signature.ts';

function named(type: string, ...names: readonly string[]): ComplexProperty[] {
  return names.map((name) => ({ name, type }));
}

const [moment, whole, decimal] = ['Edm.DateTimeOffset', 'Edm.Int32', 'Edm.Double'] as const;

/** Rates go from 0 to 1, times are seconds; null where there is nothing to divide by. */
export const metricProperties: readonly ComplexProperty[] = [
  ...named(moment, 'From', 'To'),
  ...named(whole, 'IncomingConversations', 'AcceptedConversations', 'ClosedConversations', 'HandledConversations'),
  ...named(decimal, 'AverageFirstWaitTime'),
  ...named(whole, 'MaximumFirstWaitTime'),
  ...named(decimal, 'AverageSpeedToAnswer'),
  ...[10, 20, 30, 40, 50, 60, 120].flatMap((seconds) => named(decimal, `ServiceLevel${seconds}Seconds`)),
  ...named(decimal, 'ServiceLevelByThreshold'),
  ...named(whole, 'AbandonedConversations'),
  ...named(decimal, 'AbandonRate', 'AverageTimeToAbandon'),
  ...named('Edm.Int64', 'TotalHandleTime'),
  ...named(decimal, 'AverageHandleTime', 'AverageTalkTime', 'AverageHoldTime', 'AverageWrapUpTime'),
  ...named(decimal, 'AverageConversationTime', 'AverageCustomerEffortTime', 'AverageFirstResponseTime'),
  ...named(whole, 'TransferredConversations'),
  ...named(decimal, 'TransferRate'),
  ...named(whole, 'EscalatedConversations', 'OverflowedConversations', 'GhostConversations'),
  ...named(decimal, 'AverageSentiment'),
  ...named(whole, 'IncomingSessions', 'AcceptedSessions', 'TransferredSessions'),
  ...named(decimal, 'SessionTransferRate'),
  ...named(whole, 'RejectedSessions'),
  ...named(decimal, 'SessionRejectionRate'),
  ...named(whole, 'TimedOutSessions'),
  ...named(decimal, 'SessionTimeOutRate'),
  ...named(decimal, 'AverageSessionTimeToAccept', 'AverageSessionTimeToReject', 'AverageSessionWaitTime'),
  ...named(whole, 'RejectedConsults'),
];

export const queueSnapshotType: ComplexTypeDefinition = {
  name: 'parley_QueueSnapshot',
  properties: [
    ...named('Edm.Guid', 'QueueId'),
    ...named('Edm.String', 'QueueName'),
    ...named(whole, 'WaitingConversations', 'LongestWaitTime', 'AwaitingAcceptance', 'InConversation'),
    ...named(whole, 'WaitingForCustomer', 'WrapUp', 'StaffedAgents', 'AvailableAgents'),
  ],
};

export const agentSnapshotType: ComplexTypeDefinition = {
  name: 'parley_AgentSnapshot',
  properties: [
    ...named('Edm.Guid', 'AgentId'),
    ...named('Edm.String', 'AgentName'),
    ...named('Edm.Guid', 'PresenceId'),
    ...named(whole, 'BasePresence'),
    ...named(moment, 'PresenceSince'),
    ...named('Edm.Boolean', 'IsSignedIn'),
    ...named(whole, 'UnitsUsed', 'UnitCapacity', 'AwaitingAcceptance', 'InConversation', 'WrapUp', 'ConversationCount'),
  ],
};
