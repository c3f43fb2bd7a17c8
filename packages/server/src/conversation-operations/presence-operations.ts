/** Presence and devices of agents (behaviour reference, sections 4.5, 9 and 10.2). */
import type { Guid } from '@parley/engine';
import { WebApiError } from '@parley/protocol';
import { tableNamed } from '../model/table-model.ts';
import type { PresenceResult } from '../presence/presence.ts';
import { type Access, requireAccess } from '../security/caller.ts';
import type { Arguments, DeclaredOperation } from '../webapi/operations/operation.ts';
import { requireText } from '../webapi/operations/operation.ts';
import type { OperationParameter } from '../webapi/operations/operation-signature.ts';
import type { RequestContext } from '../webapi/read/read-context.ts';
import { requireRow } from '../webapi/write/links.ts';
import { writeContextOf } from '../webapi/write/write-rows.ts';
import { actorOf } from './caller-actor.ts';
import type { OperationFamily, OperationParts } from './operation-parts.ts';
import { checkVersion, guid, optionalFlag, optionalGuid, optionalText, versionParameter } from './parameters.ts';

const device: OperationParameter = { name: 'DeviceId', type: 'Edm.String' };
const agent: OperationParameter = { name: 'AgentId', type: 'Edm.Guid' };
const presenceParameter: OperationParameter = { name: 'PresenceId', type: 'Edm.Guid' };

/** What an agent does to their own presence. */
type OwnAction = {
  readonly name: string;
  readonly parameters: readonly OperationParameter[];
  run(parts: OperationParts, agentId: Guid, values: Arguments): Promise<PresenceResult>;
};

const ownActions: readonly OwnAction[] = [
  {
    name: 'parley_SetPresence',
    parameters: [
      { ...presenceParameter, nullable: true },
      { name: 'PresenceText', type: 'Edm.String', nullable: true },
    ],
    run: ({ presence }, userId, values) =>
      presence.setPresence(userId, chosenPresence(presence, values), { kind: 'agent', userId }),
  },
  {
    name: 'parley_SignIn',
    parameters: [device],
    run: ({ presence }, userId, values) => presence.signIn(userId, requireText(values, 'DeviceId')),
  },
  {
    name: 'parley_SignOut',
    parameters: [device],
    run: ({ presence }, userId, values) => presence.signOut(userId, requireText(values, 'DeviceId')),
  },
  {
    name: 'parley_Heartbeat',
    parameters: [device, { name: 'IsActive', type: 'Edm.Boolean' }],
    run: ({ presence }, userId, values) =>
      presence.heartbeat(userId, requireText(values, 'DeviceId'), optionalFlag(values, 'IsActive')),
  },
  { name: 'parley_ResetPresence', parameters: [], run: ({ presence }, userId) => presence.resetPresence(userId) },
];

export const presenceOperations: OperationFamily = (parts) => [
  ...ownActions.map(
    (action): DeclaredOperation => ({
      name: action.name,
      kind: 'action',
      boundTo: undefined,
      parameters: action.parameters,
      run: async (context, values) => {
        const { userId } = actorOf(context.model, context.request.caller);
        requireDone(await action.run(parts, userId, values));
        return undefined;
      },
    }),
  ),
  getPresence(parts),
  modifyAgentPresence(parts),
];

/** @throws WebApiError conversationRefused with the reason */
function requireDone(result: PresenceResult): void {
  if (result.kind === 'refused')
    throw new WebApiError('conversationRefused', { detail: `${result.detail} (${result.name})` });
}

/** The presence that is named by its id, or by the text that people see. */
function chosenPresence(presence: OperationParts['presence'], values: Arguments): Guid {
  const id = optionalGuid(values, 'PresenceId');
  const text = optionalText(values, 'PresenceText');
  if (id !== null && text === null) return id;
  if (id !== null || text === null)
    throw new WebApiError('requestFault', {
      detail: "One of the parameters 'PresenceId' and 'PresenceText' is needed.",
    });
  const found = presence.options().find((option) => option.text === text);
  if (found !== undefined) return found.id;
  throw new WebApiError('conversationRefused', {
    detail: `There is no presence '${text.slice(0, 100)}' that people may set. (unknownPresence)`,
  });
}

/** Of the caller: whoever acts for somebody says so with MSCRMCallerID, as everywhere. */
function getPresence(parts: OperationParts): DeclaredOperation {
  return {
    name: 'CCaaS_GetPresence',
    kind: 'function',
    boundTo: undefined,
    parameters: [versionParameter],
    returns: {
      complexType: 'CCaaS_GetPresenceResponse',
      properties: [
        { name: 'ActiveBrowserSessions', type: 'Edm.Int32' },
        { name: 'AgentId', type: 'Edm.Guid' },
        { name: 'AgentName', type: 'Edm.String' },
        { name: 'Timestamp', type: 'Edm.Int64' },
        { name: 'AllowedChannels', type: 'Collection(Edm.String)' },
        { name: 'DisabledChannels', type: 'Collection(Edm.String)' },
        { name: 'CurrentPresenceStatusInfo', type: 'Edm.String' },
        { name: 'PresenceId', type: 'Edm.Guid' },
      ],
    },
    run: async (context, values) => {
      checkVersion(values);
      const { userId } = actorOf(context.model, context.request.caller);
      const found = await parts.presence.describePresence(userId);
      if (found === undefined) throw new WebApiError('rowNotFound', { table: 'msdyn_agentstatus', id: userId });
      return found;
    },
  };
}

/** Without PresenceId the agent gets the presence that their capacity gives: a supervisor takes back what the agent or the system set. */
function modifyAgentPresence(parts: OperationParts): DeclaredOperation {
  return {
    name: 'CCaaS_ModifyAgentPresence',
    kind: 'action',
    boundTo: undefined,
    parameters: [versionParameter, agent, { ...presenceParameter, nullable: true }],
    run: async (context, values) => {
      checkVersion(values);
      const { caller } = context.request;
      const { userId } = actorOf(context.model, caller);
      const access = requireAccess(caller, tableNamed(context.model, 'msdyn_agentstatus'), 'Write');
      const agentId = guid(values, 'AgentId');
      if (!parts.configuration().agents.has(agentId))
        throw new WebApiError('rowNotFound', { table: 'systemuser', id: agentId });
      await requireStatusWithin(context, agentId, access);
      const presenceId = optionalGuid(values, 'PresenceId');
      requireDone(
        presenceId === null
          ? await parts.presence.resetPresence(agentId)
          : await parts.presence.setPresence(agentId, presenceId, { kind: 'supervisor', userId }),
      );
      return undefined;
    },
  };
}

/** Supervisors reach the agents of their unit and below: the row of the agent's status says whether. Who never signed in has none. */
async function requireStatusWithin(context: RequestContext, agentId: Guid, access: Access): Promise<void> {
  const [row] = await context.executor.query(
    'SELECT msdyn_agentstatusid FROM data.msdyn_agentstatus WHERE msdyn_agentid = $1::uuid',
    [agentId],
  );
  const id = row?.[0];
  if (typeof id === 'string')
    await requireRow(writeContextOf(context), tableNamed(context.model, 'msdyn_agentstatus'), id, access);
}
