/** Looking at a conversation as the engine sees it: state, context, candidates, why it was routed as it was, and what would happen now. */
import { type BasePresence, basePresenceCodes, type Explanation, type Guid } from '@parley/engine';
import type { Database } from '../db/database.ts';
import { getQueuePosition } from '../metrics/metrics-operations.ts';
import { tableNamed } from '../model/table-model.ts';
import { readSignedIn } from '../presence/agent-store.ts';
import { requireAccess } from '../security/caller.ts';
import type { DeclaredOperation, OperationResult } from '../webapi/operations/operation.ts';
import type { ComplexTypeDefinition } from '../webapi/operations/operation-signature.ts';
import type { RequestContext } from '../webapi/read/read-context.ts';
import { conversationTables, type OpenedConversation, openConversation, requireState } from './open-conversation.ts';
import type { OperationFamily, OperationParts } from './operation-parts.ts';
import { checkVersion, versionParameter } from './parameters.ts';
import {
  decisionTypes,
  showCustomer,
  showDecision,
  showState,
  stateProperties,
  stateTypes,
} from './show-conversation.ts';

type Look = Pick<DeclaredOperation, 'name' | 'returns' | 'types'> & {
  readonly form: 'unbound' | 'bound';
  /** The right to read routing decisions is needed besides: they tell about other agents. */
  readonly isDecision?: boolean;
  show(opened: OpenedConversation, context: RequestContext): Promise<OperationResult>;
};

const candidateType: ComplexTypeDefinition = {
  name: 'CCaaS_AgentForConsultAndTransfer',
  properties: [
    { name: 'AgentId', type: 'Edm.Guid' },
    { name: 'AgentName', type: 'Edm.String' },
    { name: 'PresenceId', type: 'Edm.Guid' },
    { name: 'BasePresence', type: 'Edm.Int32' },
    { name: 'IsSupervisor', type: 'Edm.Boolean' },
    { name: 'IsInQueue', type: 'Edm.Boolean' },
    { name: 'AvailableUnits', type: 'Edm.Int32' },
    { name: 'ConversationCount', type: 'Edm.Int32' },
  ],
};

export const stateFunctions: OperationFamily = (parts) => looks(parts).map((look) => declare(parts, look));

function declare(parts: OperationParts, { form, show, isDecision, ...look }: Look): DeclaredOperation {
  return {
    ...look,
    kind: 'function',
    boundTo: form === 'bound' ? conversationTables : undefined,
    parameters: form === 'bound' ? [] : [versionParameter, { name: 'ConversationId', type: 'Edm.Guid' }],
    run: async (context, values, row) => {
      checkVersion(values);
      if (isDecision === true)
        requireAccess(context.request.caller, tableNamed(context.model, 'parley_routingdecision'), 'Read');
      return show(await openConversation(context, parts, values, row), context);
    },
  };
}

function looks(parts: OperationParts): readonly Look[] {
  return [
    {
      name: 'parley_GetState',
      form: 'bound',
      returns: { complexType: 'parley_GetStateResponse', properties: stateProperties },
      types: stateTypes,
      show: async (opened, { now }) => {
        const state = requireState(opened);
        const { database, availability } = parts;
        const given = { ConversationId: state.id };
        const place = await getQueuePosition(database, parts.configuration(), given, now, availability);
        return showState(state, place.Position);
      },
    },
    {
      name: 'parley_ExplainRouting',
      form: 'bound',
      isDecision: true,
      returns: {
        complexType: 'parley_ExplainRoutingResponse',
        properties: [{ name: 'Decisions', type: 'Collection(mscrm.parley_RoutingDecision)' }],
      },
      types: decisionTypes,
      show: async ({ id }) => ({ Decisions: (await readDecisions(parts.database, id)).map(showDecision) }),
    },
    {
      name: 'parley_DryRunRouting',
      form: 'bound',
      isDecision: true,
      returns: {
        complexType: 'parley_DryRunRoutingResponse',
        properties: [{ name: 'Decisions', type: 'Collection(mscrm.parley_RoutingDecision)' }],
      },
      types: decisionTypes,
      show: async (opened) => ({
        Decisions: ((await parts.conversations.dryRun(requireState(opened).id)) ?? []).map(showDecision),
      }),
    },
    {
      name: 'CCaaS_GetClientLWIContext',
      form: 'unbound',
      returns: {
        complexType: 'CCaaS_GetClientLWIContextResponse',
        properties: stateProperties.filter(({ name }) => contextMembers.has(name)),
      },
      show: async (opened) => {
        const state = requireState(opened);
        const shown = showState(state, null);
        return { ...pick(shown, contextMembers), ...showCustomer(state) };
      },
    },
    {
      name: 'CCaaS_GetAgentsForConsultAndTransfer',
      form: 'unbound',
      returns: {
        complexType: 'CCaaS_GetAgentsForConsultAndTransferResponse',
        properties: [{ name: 'Agents', type: `Collection(mscrm.${candidateType.name})` }],
      },
      types: [candidateType],
      show: async (opened) => ({ Agents: await findCandidates(parts, requireState(opened)) }),
    },
  ];
}

const contextMembers: ReadonlySet<string> = new Set([
  'ConversationId',
  'Status',
  'StatusReason',
  'Kind',
  'Channel',
  'WorkStreamId',
  'QueueId',
  'SessionId',
  'CustomerId',
  'CustomerTable',
  'CustomerName',
  'CaseId',
  'Locale',
  'Context',
]);

function pick(shown: Readonly<Record<string, unknown>>, names: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(shown).filter(([name]) => names.has(name)));
}

/** The list for transfer and consult hides who is away, offline or not to be disturbed (behaviour reference, section 5.2). */
const listedPresences: ReadonlySet<BasePresence> = new Set(['available', 'busy']);

async function findCandidates(
  parts: OperationParts,
  conversation: { readonly agentId: Guid | null; readonly routing: { readonly queueId: Guid | null } },
): Promise<Readonly<Record<string, unknown>>[]> {
  const { agents: profiles } = parts.configuration();
  const { queueId } = conversation.routing;
  const states = await readSignedIn(parts.database, [...profiles.keys()]);
  return [...states.values()]
    .flatMap((state) => {
      const profile = profiles.get(state.id);
      const isListed =
        profile?.isEnabled === true && listedPresences.has(state.basePresence) && state.id !== conversation.agentId;
      return isListed ? [{ state, profile }] : [];
    })
    .sort(
      (left, right) =>
        left.profile.name.localeCompare(right.profile.name) || left.state.id.localeCompare(right.state.id),
    )
    .map(({ state, profile }) => ({
      AgentId: state.id,
      AgentName: profile.name,
      PresenceId: state.presenceId,
      BasePresence: basePresenceCodes[state.basePresence],
      IsSupervisor: profile.isSupervisor,
      IsInQueue: queueId !== null && Object.hasOwn(profile.queues, queueId),
      AvailableUnits: profile.unitCapacity - state.unitsUsed,
      ConversationCount: state.conversationCount,
    }));
}

/** Stored with each decision, until retention. */
async function readDecisions(database: Database, conversationId: Guid): Promise<Explanation[]> {
  const rows = await database.query(
    'SELECT parley_explanation FROM data.parley_routingdecision WHERE parley_conversationid = $1::uuid ORDER BY parley_decidedon, parley_routingdecisionid',
    [conversationId],
  );
  // Written by the engine only.
  return rows.flatMap(([text]) => (typeof text === 'string' ? [JSON.parse(text) as Explanation] : []));
}
