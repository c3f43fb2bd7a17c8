/** The conversation service: one call, one transaction, one decision of the engine, written whole (docs/conversation-engine.md). */
import {
  type Conversation,
  decide,
  type Guid,
  type RoutingConfiguration,
  startConversation,
  type WorkStream,
} from '@parley/engine';
import { WebApiError } from '@parley/protocol';
import type { Database } from '../db/database.ts';
import { isDuplicateKey } from '../db/sqlstate.ts';
import { completeCommand, draftOf } from './complete-command.ts';
import type {
  CommandRequest,
  CommandResult,
  ConversationService,
  StartRequest,
  StartResult,
} from './conversation-service.ts';
import { lockByChannelKey, lockConversation, readByChannelKey, readConversation } from './conversation-store.ts';
import type { ConversationsContext } from './conversations-context.ts';
import { type ConversationDoor, createDoor } from './door.ts';
import { identifyCustomer } from './identify-customer.ts';
import { factsFor, loadFacts } from './load-facts.ts';
import { findByClientId, readMessages, setDelivery } from './message-store.ts';
import { newId } from './new-id.ts';
import { explainConversation, routeNew } from './route.ts';
import { changesOf, type Step } from './step.ts';

/** Somebody else may start the same customer's conversation at the same moment: then it is there at the next try. */
const maximumAttempts = 3;

export function createConversations(context: ConversationsContext): ConversationService & { door: ConversationDoor } {
  const { database, clock } = context;
  const service: ConversationService = {
    start: (request) => startOnce(context, request),
    execute: (id, request) =>
      context.measure(request.kind, () => inOne(context, (inner) => executeIn(context, inner, id, request))),
    find: (id) => readConversation(database, id),
    findByChannelKey: (key) => readByChannelKey(database, key),
    messages: (id, options) => readMessages(database, id, options),
    setDelivery: (id, numbers, delivery) => setDelivery(database, id, numbers, delivery),
    dryRun: async (id) => {
      const conversation = await readConversation(database, id);
      return conversation === undefined ? undefined : explainConversation(context, database, conversation, clock.now());
    },
  };
  return { ...service, door: createDoor(context) };
}

/** Runs a step in one transaction and writes its changes; announces them after the commit. */
async function inOne<Result>(
  context: ConversationsContext,
  step: (database: Database) => Promise<Step<Result>>,
): Promise<Result> {
  const { result, written } = await context.database.transaction(async (database) => {
    const { result, changes } = await step(database);
    return { result, written: changes === null ? null : await context.writer.write(database, changes) };
  });
  if (written !== null) context.announce(written);
  return result;
}

async function startOnce(context: ConversationsContext, request: StartRequest): Promise<StartResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.measure('start', () => inOne(context, (database) => startIn(context, database, request)));
    } catch (error) {
      if (!isDuplicateKey(error) || attempt === maximumAttempts) throw error;
    }
  }
}

async function startIn(
  context: ConversationsContext,
  database: Database,
  request: StartRequest,
): Promise<Step<StartResult>> {
  const known = request.channelKey === null ? undefined : await lockByChannelKey(database, request.channelKey);
  if (known !== undefined) return continueIn(context, database, known, request);
  const now = context.clock.now();
  const workStream = requireWorkStream(context.configuration(), request.workStreamId);
  const identified = await identifyCustomer(database, request, request.context);
  const id = request.id ?? newId(now);
  const message = request.message === null ? null : draftOf(request.message, now);
  const subject = request.subject ?? `${identified.customerName ?? 'Visitor'}: ${workStream.name}`;
  const { outcome, explanation } = await routeNew(
    context,
    database,
    workStream,
    {
      id,
      channel: request.channel,
      kind: workStream.kind,
      workStreamId: workStream.id,
      isOutbound: request.isOutbound ?? false,
      locale: request.locale,
      subject,
      customer: identified.customer,
      customerName: identified.customerName,
      context: request.context,
    },
    now,
  );
  const facts = await loadFacts(context, database, { workStream, queueId: outcome.queueId, agentIds: [] }, now);
  const accepted = startConversation(
    {
      kind: 'start',
      id,
      conversationKind: workStream.kind,
      channel: request.channel,
      workStreamId: workStream.id,
      distribution: workStream.distribution,
      isOutbound: request.isOutbound ?? false,
      subject: subject.slice(0, 200),
      title: subject.slice(0, 100),
      customer: identified.customer,
      customerName: identified.customerName,
      locale: request.locale,
      caseId: request.caseId ?? identified.caseId,
      context: request.context,
      channelKey: request.channelKey,
      routing: outcome,
      message,
    },
    facts,
  );
  return {
    result: {
      conversation: accepted.conversation,
      isNew: true,
      message: message === null ? null : { id: message.id, number: 1 },
    },
    changes: changesOf(now, null, accepted, [explanation]),
  };
}

/** The customer writes into the conversation that they have already. */
async function continueIn(
  context: ConversationsContext,
  database: Database,
  conversation: Conversation,
  request: StartRequest,
): Promise<Step<StartResult>> {
  if (request.message === null) return { result: { conversation, isNew: false, message: null }, changes: null };
  const step = await executeOn(context, database, conversation, {
    kind: 'addMessage',
    by: { kind: 'customer' },
    message: request.message,
  });
  if (step.result.kind === 'refused') throw new WebApiError('conversationRefused', { detail: step.result.detail });
  return {
    result: { conversation: step.result.conversation, isNew: false, message: step.result.message },
    changes: step.changes,
  };
}

async function executeIn(
  context: ConversationsContext,
  database: Database,
  id: Guid,
  request: CommandRequest,
): Promise<Step<CommandResult>> {
  const conversation = await lockConversation(database, id);
  if (conversation === undefined)
    return {
      result: { kind: 'refused', name: 'unknownConversation', detail: 'There is no such conversation.' },
      changes: null,
    };
  return executeOn(context, database, conversation, request);
}

/** @param conversation locked by this transaction */
async function executeOn(
  context: ConversationsContext,
  database: Database,
  conversation: Conversation,
  request: CommandRequest,
): Promise<Step<CommandResult>> {
  if ('message' in request && request.message.clientId !== null) {
    const message = await findByClientId(database, conversation.id, request.message.clientId);
    if (message !== null) return { result: { kind: 'accepted', conversation, message }, changes: null };
  }
  const now = context.clock.now();
  const completed = await completeCommand(context, database, conversation, request, now);
  if (completed.kind === 'refused') return { result: completed, changes: null };
  const { command, explanations } = completed;
  const facts = await loadFacts(context, database, factsFor(context, conversation, command), now);
  const decision = decide(conversation, command, facts);
  if (decision.kind === 'refused') return { result: decision, changes: null };
  const added = decision.messages.find((message) => 'message' in command && command.message?.id === message.id);
  return {
    result: {
      kind: 'accepted',
      conversation: decision.conversation,
      message: added === undefined ? null : { id: added.id, number: added.number },
    },
    // A repeated command that changes nothing leaves nothing to write.
    changes:
      decision.conversation.sequence === conversation.sequence
        ? null
        : changesOf(now, conversation, decision, explanations),
  };
}

function requireWorkStream(configuration: RoutingConfiguration, id: Guid): WorkStream {
  const workStream = configuration.workStreams.get(id);
  if (workStream === undefined) throw new WebApiError('rowNotFound', { table: 'msdyn_liveworkstream', id });
  return workStream;
}
