/** Figures for supervisors, and what a waiting customer may be told (behaviour reference, sections 8.3, 9 and 10.2). */
import { WebApiError } from '@parley/protocol';
import {
  type AvailabilityBeforeConversationArguments,
  type AvailabilityForConversationArguments,
  type ConversationMetricsArguments,
  getAgentSnapshot,
  getAvailabilityBeforeConversation,
  getAvailabilityForConversation,
  getConversationMetrics,
  getQueuePosition,
  getQueueSnapshot,
} from '../metrics/metrics-operations.ts';
import { requireAccess } from '../security/caller.ts';
import { type Arguments, type DeclaredOperation, requireText } from '../webapi/operations/operation.ts';
import type { ComplexProperty, ComplexTypeDefinition } from '../webapi/operations/operation-signature.ts';
import type { RequestContext } from '../webapi/read/read-context.ts';
import { activityTable, actorOf, readsBeyondOwn, readsEverything } from './caller-actor.ts';
import { agentSnapshotType, metricProperties, queueSnapshotType } from './metric-types.ts';
import { openConversation } from './open-conversation.ts';
import type { OperationFamily, OperationParts } from './operation-parts.ts';
import { optionalNumber, optionalText } from './parameters.ts';

export const metricOperations: OperationFamily = (parts) => [
  availabilityForConversation(parts),
  availabilityBeforeConversation(parts),
  conversationMetrics(parts),
  snapshot('parley_GetQueueSnapshot', 'Queues', queueSnapshotType, (context) =>
    getQueueSnapshot(parts.database, parts.configuration(), {}, context.now),
  ),
  snapshot('parley_GetAgentSnapshot', 'Agents', agentSnapshotType, (context) =>
    getAgentSnapshot(parts.database, parts.configuration(), {}, context.now),
  ),
  queuePosition(parts),
];

const availabilityProperties: readonly ComplexProperty[] = [
  { name: 'QueueId', type: 'Edm.String' },
  { name: 'IsQueueAvailable', type: 'Edm.Boolean' },
  { name: 'StartTimeOfNextOperatingHour', type: 'Edm.DateTimeOffset' },
  { name: 'EndTimeOfNextOperatingHour', type: 'Edm.DateTimeOffset' },
  { name: 'NextTransitionTime', type: 'Edm.DateTimeOffset' },
  { name: 'PositionInQueue', type: 'Edm.Int32' },
  { name: 'IsAgentAvailable', type: 'Edm.Boolean' },
  { name: 'AverageWaitTime', type: 'Edm.Int32' },
  { name: 'AverageWaitTimeInSeconds', type: 'Edm.Int32' },
  { name: 'NumberOfExpertsAvailableInQueue', type: 'Edm.Int32' },
];

/** For administrators, and applications that act as one. */
function requireAdministrator({ model, request: { caller } }: RequestContext): void {
  requireAccess(caller, activityTable(model), 'Read');
  if (!readsEverything(model, caller))
    throw new WebApiError('notYourConversation', { detail: 'Availability is told to administrators only.' });
}

/** For supervisors and administrators. */
function requireOverview({ model, request: { caller } }: RequestContext): void {
  requireAccess(caller, activityTable(model), 'Read');
  if (!readsBeyondOwn(model, caller))
    throw new WebApiError('notYourConversation', {
      detail: 'Figures over conversations of all agents are for supervisors and administrators.',
    });
}

function availabilityForConversation(parts: OperationParts): DeclaredOperation {
  const name = 'CCaaS_GetRepresentativeAvailabilityForConversation';
  return {
    name,
    kind: 'action',
    boundTo: undefined,
    parameters: [
      { name: 'ApiVersion', type: 'Edm.String', nullable: true },
      { name: 'ConversationId', type: 'Edm.String' },
      { name: 'CustomContextItems', type: 'Edm.String', nullable: true },
    ],
    returns: { complexType: `${name}Response`, properties: availabilityProperties },
    run: async (context, values) => {
      requireAdministrator(context);
      const given: AvailabilityForConversationArguments = {
        ApiVersion: optionalText(values, 'ApiVersion') ?? '1.0',
        ConversationId: requireText(values, 'ConversationId'),
        CustomContextItems: optionalText(values, 'CustomContextItems'),
      };
      const { database, availability } = parts;
      return getAvailabilityForConversation(database, parts.configuration(), given, context.now, availability);
    },
  };
}

function availabilityBeforeConversation(parts: OperationParts): DeclaredOperation {
  const name = 'CCaaS_GetRepresentativeAvailabilityBeforeConversation';
  return {
    name,
    kind: 'action',
    boundTo: undefined,
    parameters: [
      { name: 'ApiVersion', type: 'Edm.String', nullable: true },
      { name: 'LiveWorkStreamId', type: 'Edm.String' },
      { name: 'CustomContextItems', type: 'Edm.String', nullable: true },
      { name: 'ChannelEngagementContext', type: 'Edm.String', nullable: true },
    ],
    returns: { complexType: `${name}Response`, properties: availabilityProperties },
    run: async (context, values) => {
      requireAdministrator(context);
      const given: AvailabilityBeforeConversationArguments = {
        ApiVersion: optionalText(values, 'ApiVersion') ?? '1.0',
        LiveWorkStreamId: requireText(values, 'LiveWorkStreamId'),
        CustomContextItems: optionalText(values, 'CustomContextItems'),
        ChannelEngagementContext: optionalText(values, 'ChannelEngagementContext'),
      };
      const { database, availability } = parts;
      return getAvailabilityBeforeConversation(database, parts.configuration(), given, context.now, availability);
    },
  };
}

function conversationMetrics(parts: OperationParts): DeclaredOperation {
  return {
    name: 'parley_GetConversationMetrics',
    kind: 'function',
    boundTo: undefined,
    parameters: [
      { name: 'From', type: 'Edm.DateTimeOffset' },
      { name: 'To', type: 'Edm.DateTimeOffset' },
      { name: 'QueueId', type: 'Edm.Guid', nullable: true },
      { name: 'WorkStreamId', type: 'Edm.Guid', nullable: true },
      { name: 'Channel', type: 'Edm.Int32', nullable: true },
      { name: 'AgentId', type: 'Edm.Guid', nullable: true },
    ],
    returns: { complexType: 'parley_GetConversationMetricsResponse', properties: metricProperties },
    run: async (context, values) => {
      requireOverview(context);
      return getConversationMetrics(parts.database, parts.configuration(), metricsArguments(values));
    },
  };
}

function metricsArguments(values: Arguments): ConversationMetricsArguments {
  return {
    From: requireText(values, 'From'),
    To: requireText(values, 'To'),
    QueueId: optionalText(values, 'QueueId'),
    WorkStreamId: optionalText(values, 'WorkStreamId'),
    Channel: optionalNumber(values, 'Channel'),
    AgentId: optionalText(values, 'AgentId'),
  };
}

function snapshot(
  name: string,
  list: string,
  type: ComplexTypeDefinition,
  read: (context: RequestContext) => Promise<Readonly<Record<string, unknown>>>,
): DeclaredOperation {
  return {
    name,
    kind: 'function',
    boundTo: undefined,
    parameters: [],
    returns: {
      complexType: `${name}Response`,
      properties: [
        { name: 'TakenOn', type: 'Edm.DateTimeOffset' },
        { name: list, type: `Collection(mscrm.${type.name})` },
      ],
    },
    types: [type],
    run: async (context) => {
      requireOverview(context);
      return read(context);
    },
  };
}

function queuePosition(parts: OperationParts): DeclaredOperation {
  return {
    name: 'parley_GetQueuePosition',
    kind: 'function',
    boundTo: undefined,
    parameters: [{ name: 'ConversationId', type: 'Edm.Guid' }],
    returns: {
      complexType: 'parley_GetQueuePositionResponse',
      properties: [
        { name: 'QueueId', type: 'Edm.Guid' },
        { name: 'Position', type: 'Edm.Int32' },
        { name: 'ConversationsAhead', type: 'Edm.Int32' },
        { name: 'EstimatedWaitTimeInSeconds', type: 'Edm.Int32' },
      ],
    },
    run: async (context, values, row) => {
      actorOf(context.model, context.request.caller);
      const { id } = await openConversation(context, parts, values, row);
      const { database, availability } = parts;
      return getQueuePosition(database, parts.configuration(), { ConversationId: id }, context.now, availability);
    },
  };
}
