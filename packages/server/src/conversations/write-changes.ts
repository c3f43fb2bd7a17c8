/**
 * Writes what the engine decided, for one conversation or for hundreds, inside the caller's transaction: engine rows, Dataverse
 * rows, messages, events, explanations, and marks for the router. What is written here is all there is: no step comes after.
 */
import {
  type Accepted,
  type AgentChange,
  type AgentProfile,
  type Conversation,
  conversationRows,
  derivedId,
  type Explanation,
  type Guid,
  type RowChange,
} from '@parley/engine';
import type { Database } from '../db/database.ts';
import { createWriteBatch, type WriteBatch } from '../db/write-batch.ts';
import type { TableModel } from '../model/table-model.ts';
import { type NewEvent, type Written, writeEvents } from '../outbox/write-events.ts';
import { saveAgents } from '../presence/agent-store.ts';
import { addAgentRows } from './agent-row-changes.ts';
import { isAssignable, saveConversations } from './conversation-store.ts';
import { saveMessages } from './message-store.ts';
import { addRowChanges } from './row-changes.ts';

/** One conversation before and after a command. `before` is null when it starts. */
export type ConversationChange = { readonly before: Conversation | null; readonly accepted: Accepted };

export type Changes = {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly conversations: readonly ConversationChange[];
  /** Agents that changed, each once, whatever number of conversations changed them. */
  readonly agents: readonly AgentChange[];
  readonly explanations: readonly ExplainedDecision[];
  /** Queues that the router should look at, besides those that the conversations say themselves. */
  readonly wakeQueues: readonly Guid[];
};

/** `sequence`: of the conversation when it was decided, which makes the row's id. */
export type ExplainedDecision = {
  readonly conversationId: Guid;
  readonly sequence: number;
  readonly explanation: Explanation;
};

export type Writer = {
  /** All within one statement. */
  write(database: Database, changes: Changes): Promise<Written>;
  /** The same in two steps: what costs time here, and what costs time in the database. */
  prepare(changes: Changes): (database: Database) => Promise<Written>;
};

/** Who owns rows of the engine, and what is known of agents. */
export type WriterContext = {
  readonly model: TableModel;
  /** Owns conversations that no agent has. */
  readonly ownerTeamId: Guid;
  readonly businessUnitId: Guid;
  /** Whom the rows are written by. */
  readonly systemUserId: Guid;
  profileOf(agentId: Guid): AgentProfile;
  /** Unit of the agent's user. */
  businessUnitOf(agentId: Guid): Guid;
};

export function createWriter(context: WriterContext): Writer {
  const prepare: Writer['prepare'] = (changes) => {
    const batch = createWriteBatch();
    const { conversations } = changes;
    const afterOf = ({ accepted }: ConversationChange): Conversation => accepted.conversation;
    saveConversations(batch, {
      started: conversations.filter(({ before }) => before === null).map(afterOf),
      changed: conversations.filter(({ before }) => before !== null).map(afterOf),
    });
    saveMessages(
      batch,
      conversations.flatMap(({ accepted }) =>
        accepted.messages.map((message) => ({
          ...message,
          conversationId: accepted.conversation.id,
          channel: accepted.conversation.channel,
        })),
      ),
    );
    const history = addAgentRows(batch, context.model, changes.agents, ({ after }) => ({
      now: changes.now,
      profile: context.profileOf(after.id),
      businessUnitId: context.businessUnitOf(after.id),
      systemUserId: context.systemUserId,
    }));
    addRowChanges(batch, context.model, [...rowsOf(context, changes), ...history]);
    saveAgents(
      batch,
      changes.agents.map(({ after }) => after),
    );
    const isRouterWoken = addWakes(batch, changes);
    return async (database) => ({ events: await writeEvents(database, eventsOf(changes), batch), isRouterWoken });
  };
  return { prepare, write: (database, changes) => prepare(changes)(database) };
}

function rowsOf(context: WriterContext, { now, conversations, explanations }: Changes): RowChange[] {
  const owners = {
    now,
    ownerTeamId: context.ownerTeamId,
    businessUnitId: context.businessUnitId,
    systemUserId: context.systemUserId,
    businessUnitOf: context.businessUnitOf,
    nameOf: (id: Guid) => context.profileOf(id).name,
  };
  return [
    ...conversations.flatMap(({ before, accepted }) => conversationRows(before, accepted, owners)),
    ...explanations.map((decision) => decisionRow(decision, now)),
  ];
}

/** Marks the queues where something may be possible now. @returns whether any was */
function addWakes(batch: WriteBatch, { conversations, wakeQueues }: Changes): boolean {
  const wakes = new Map<string, { queue_id: Guid; conversation_id: Guid | null }>();
  const wake = (queueId: Guid, conversationId: Guid | null): void => {
    wakes.set(`${queueId} ${conversationId}`, { queue_id: queueId, conversation_id: conversationId });
  };
  for (const queueId of wakeQueues) wake(queueId, null);
  for (const { before, accepted } of conversations) {
    for (const queueId of accepted.wakeQueues) wake(queueId, null);
    const { conversation } = accepted;
    const { queueId } = conversation.routing;
    if (queueId === null || !isAssignable(conversation)) continue;
    // While it was locked here the router passed it over, so it has to be looked at again in any case.
    const hasArrived = before === null || !isAssignable(before) || before.routing.queueId !== queueId;
    wake(queueId, hasArrived ? conversation.id : null);
  }
  batch.insert('parley.routing_wake', wakeColumns, [...wakes.values()]);
  return wakes.size > 0;
}

const wakeColumns = [
  { name: 'queue_id', sqlType: 'uuid' },
  { name: 'conversation_id', sqlType: 'uuid' },
] as const;

function eventsOf({ now, conversations, agents }: Changes): NewEvent[] {
  return [
    ...conversations.flatMap(({ accepted: { conversation, events } }) =>
      events.map((body) => ({
        conversationId: conversation.id,
        agentId: null,
        sequence: conversation.sequence,
        occurredOn: now,
        body,
      })),
    ),
    ...agents.flatMap(({ after, events }) =>
      events.map((body) => ({
        conversationId: null,
        agentId: after.id,
        sequence: after.sequence,
        occurredOn: now,
        body,
      })),
    ),
  ];
}

const decisionKinds: Readonly<Record<Explanation['kind'], number>> = {
  route: 1,
  assign: 2,
  noAgent: 3,
  overflow: 4,
  move: 5,
  manual: 6,
};

function decisionRow({ conversationId, sequence, explanation }: ExplainedDecision, now: number): RowChange {
  const kind = decisionKinds[explanation.kind];
  return {
    table: 'parley_routingdecision',
    operation: 'insert',
    id: derivedId(conversationId, `decision:${kind}`, sequence, now),
    values: {
      parley_name: explanation.kind,
      parley_conversationid: conversationId,
      parley_agentid: explanation.agentId,
      parley_queueid: explanation.queueId,
      parley_kind: kind,
      // Rows keep whole seconds: cut off as everywhere, because the database would round.
      parley_decidedon: new Date(Math.floor(explanation.decidedOn / 1000) * 1000).toISOString(),
      parley_summary: explanation.summary.slice(0, 400),
      parley_explanation: JSON.stringify(explanation),
    },
  };
}
