/** Rows of sessions, participants and session events: what the events of one decision do to them (behaviour reference, section 2). */
import type { ConversationEventBody } from '@parley/protocol';
import { type ParticipantMode, participantModeCodes } from '../codes.ts';
import type { Accepted } from '../decision.ts';
import type { Conversation, Guid, Instant } from './conversation.ts';
import { derivedId } from './derived-id.ts';
import { type Cell, ownerCells, type RowChange, type RowContext, timeText } from './row-change.ts';
import { describeSessionEvent } from './session-event-codes.ts';
import { secondsBetween } from './sessions.ts';

const sessionStates = { active: 192350001, closed: 192350002, waiting: 192350003 } as const;
const accessCodes = { public: 1, private: 2 } as const;
const unstatedReason = 192350000;

type Event<T extends ConversationEventBody['type']> = Extract<ConversationEventBody, { type: T }>;

/** Rows that are being put together: several events of one decision may concern the same one. */
type Pending = { readonly operation: 'insert' | 'update'; readonly values: Record<string, Cell> };

/** Sessions, then participants, then session events: the order that their links ask for. */
export function sessionRows(before: Conversation | null, accepted: Accepted, context: RowContext): RowChange[] {
  const { conversation, events } = accepted;
  const sessions = new Map<Guid, Pending>();
  const participants = new Map<Guid, Pending>();
  const joinedOn = new Map<Guid, Instant>();
  for (const { id, joinedOn: since } of before?.participants ?? []) if (since !== null) joinedOn.set(id, since);
  for (const event of events) {
    writeSession(sessions, event, conversation, context);
    writeParticipant(participants, event, { conversation, context, joinedOn });
  }
  return [
    ...toChanges('msdyn_ocsession', sessions),
    ...toChanges('msdyn_sessionparticipant', participants),
    ...sessionEventRows(before, accepted, context),
  ];
}

function writeSession(
  sessions: Map<Guid, Pending>,
  event: ConversationEventBody,
  conversation: Conversation,
  context: RowContext,
): void {
  const now = timeText(context.now);
  const stamps = { modifiedon: now, msdyn_sessionmodifiedon: now };
  switch (event.type) {
    case 'SessionCreated':
      sessions.set(event.sessionId, { operation: 'insert', values: newSession(event, conversation, context) });
      return;
    case 'QueueAssigned':
      update(sessions, event.sessionId, { ...stamps, msdyn_queueassignedon: now });
      return;
    case 'AgentAssigned':
      update(sessions, event.sessionId, {
        ...stamps,
        msdyn_agentassignedon: now,
        ...ownerCells(event.agentId, context),
      });
      return;
    case 'AgentAccepted':
      update(sessions, event.sessionId, {
        ...stamps,
        msdyn_agentacceptedon: now,
        actualstart: now,
        msdyn_state: sessionStates.active,
      });
      return;
    case 'SessionClosed':
      update(sessions, event.sessionId, {
        ...stamps,
        statecode: 1,
        statuscode: 2,
        msdyn_state: sessionStates.closed,
        msdyn_closurereason: event.closureReason,
        msdyn_sessionclosedon: now,
        actualend: now,
      });
  }
}

function newSession(
  { sessionId, queueId, channel }: Event<'SessionCreated'>,
  conversation: Conversation,
  context: RowContext,
): Record<string, Cell> {
  const now = timeText(context.now);
  return {
    activityid: sessionId,
    msdyn_sessionid: sessionId,
    subject: conversation.subject.slice(0, 200),
    statecode: 0,
    statuscode: 1,
    msdyn_state: sessionStates.waiting,
    instancetypecode: 0,
    prioritycode: 1,
    msdyn_channel: channel,
    msdyn_liveworkitemid: conversation.id,
    msdyn_queueid: queueId,
    msdyn_cdsqueueid: queueId,
    msdyn_queueassignedon: null,
    msdyn_agentassignedon: null,
    msdyn_agentacceptedon: null,
    msdyn_closurereason: unstatedReason,
    msdyn_botengagementmode: unstatedReason,
    msdyn_sessioncreationreason: unstatedReason,
    msdyn_queueassignedreason: unstatedReason,
    msdyn_sessioncreatedon: now,
    msdyn_sessionmodifiedon: now,
    msdyn_sessionclosedon: null,
    actualstart: null,
    actualend: null,
    createdon: now,
    createdby: context.systemUserId,
    modifiedon: now,
    modifiedby: context.systemUserId,
    ...ownerCells(null, context),
  };
}

type ParticipantFacts = {
  readonly conversation: Conversation;
  readonly context: RowContext;
  readonly joinedOn: Map<Guid, Instant>;
};

function writeParticipant(
  participants: Map<Guid, Pending>,
  event: ConversationEventBody,
  { conversation, context, joinedOn }: ParticipantFacts,
): void {
  const now = timeText(context.now);
  const stamps = { modifiedon: now, msdyn_modifiedon: now, msdyn_lastupdatedon: now };
  switch (event.type) {
    case 'ParticipantAdded':
      participants.set(event.participantId, {
        operation: 'insert',
        values: newParticipant(event, conversation, context),
      });
      return;
    case 'ParticipantJoined':
      joinedOn.set(event.participantId, context.now);
      update(participants, event.participantId, { ...stamps, msdyn_joinedon: now });
      return;
    case 'ParticipantPublished':
      update(participants, event.participantId, { ...stamps, msdyn_conversationaccess: accessCodes.public });
      return;
    case 'ParticipantLeft': {
      const since = joinedOn.get(event.participantId);
      const isDeclined = event.reason === 'AgentReject' || event.reason === 'AgentTimeout';
      update(participants, event.participantId, {
        ...stamps,
        msdyn_lefton: now,
        msdyn_leftonreason: isDeclined ? event.reason : null,
        msdyn_activetime: since === undefined ? null : secondsBetween(since, context.now),
      });
    }
  }
}

function newParticipant(
  event: Event<'ParticipantAdded'>,
  conversation: Conversation,
  context: RowContext,
): Record<string, Cell> {
  const now = timeText(context.now);
  return {
    msdyn_sessionparticipantid: event.participantId,
    msdyn_name: context.nameOf(event.agentId).slice(0, 200),
    msdyn_agentid: event.agentId,
    msdyn_omnichannelsession: event.sessionId,
    msdyn_cdsqueueid: conversation.routing.queueId,
    msdyn_mode: participantModeCodes[event.mode satisfies ParticipantMode],
    msdyn_assignreason: event.assignReason,
    msdyn_conversationaccess: accessCodes[event.access],
    msdyn_addedon: now,
    msdyn_joinedon: null,
    msdyn_lefton: null,
    msdyn_leftonreason: null,
    msdyn_activetime: null,
    msdyn_lastupdatedon: now,
    msdyn_modifiedon: now,
    createdon: now,
    createdby: context.systemUserId,
    modifiedon: now,
    modifiedby: context.systemUserId,
    ...ownerCells(event.agentId, context),
  };
}

/** One row for each event that the table of session events has a code for. */
function sessionEventRows(before: Conversation | null, accepted: Accepted, context: RowContext): RowChange[] {
  const { conversation, events } = accepted;
  const present = (before?.session ?? conversation.session)?.id;
  const time = timeText(context.now);
  return events.flatMap((event, index): RowChange[] => {
    const described = describeSessionEvent(event);
    const sessionId = 'sessionId' in event ? event.sessionId : present;
    if (described === undefined || sessionId === undefined) return [];
    // A decision has far fewer events than this, so that the numbers of two decisions never meet.
    const id = derivedId(conversation.id, 'sessionEvent', conversation.sequence * 1000 + index, context.now);
    const values = {
      msdyn_sessioneventid: id,
      msdyn_name: event.type,
      msdyn_omnichannelsession: sessionId,
      msdyn_eventtype: described.type,
      msdyn_eventreason: described.reason,
      msdyn_eventtime: time,
      createdon: time,
      createdby: context.systemUserId,
      modifiedon: time,
      modifiedby: context.systemUserId,
      ...ownerCells(null, context),
    };
    return [{ table: 'msdyn_sessionevent', operation: 'insert', id, values }];
  });
}

function update(rows: Map<Guid, Pending>, id: Guid, values: Readonly<Record<string, Cell>>): void {
  const pending = rows.get(id);
  if (pending === undefined) rows.set(id, { operation: 'update', values: { ...values } });
  else Object.assign(pending.values, values);
}

function toChanges(table: string, rows: ReadonlyMap<Guid, Pending>): RowChange[] {
  return [...rows].map(([id, { operation, values }]) => ({ table, operation, id, values }));
}
