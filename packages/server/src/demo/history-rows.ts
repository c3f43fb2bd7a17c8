/**
 * Past conversations as rows: both conversation tables (one id for both), sessions, participants and sentiments. The
 * states of the two tables follow the behaviour reference, section 1.1; the other columns section 1.5.
 */
import { stableGuid } from '../model/stable-guid.ts';
import type { Row, RowBatch } from '../organization/insert-rows.ts';
import { defaultTeamId, languageIds, systemUserId } from '../organization/organization-ids.ts';
import {
  type ConversationStatus,
  closures,
  type DemoConversation,
  type DemoSession,
  statusReasons,
} from './demo-conversation.ts';
import { type DemoPersonName, demoPerson, demoWorkStreams } from './demo-ids.ts';

/** The status codes are the same in both tables, the state codes are not. */
const statusCodes: Readonly<Record<ConversationStatus, { status: number; liveState: number; workItemState: number }>> =
  {
    Open: { status: 1, liveState: 0, workItemState: 0 },
    Active: { status: 2, liveState: 1, workItemState: 0 },
    Waiting: { status: 3, liveState: 2, workItemState: 0 },
    Closed: { status: 4, liveState: 3, workItemState: 1 },
    'Wrap-up': { status: 5, liveState: 4, workItemState: 0 },
  };

const reasonTexts: Readonly<Record<number, string>> = {
  [statusReasons.inConversation]: 'In conversation',
};

/** Sentiment label -> pulse (0 to 100) and name of the zone. */
const pulses: Readonly<Record<number, readonly [number, string]>> = {
  7: [6, 'Very negative'],
  8: [21, 'Negative'],
  9: [38, 'Slightly negative'],
  10: [50, 'Neutral'],
  11: [63, 'Slightly positive'],
  12: [79, 'Positive'],
  13: [94, 'Very positive'],
};

const languageOfLocale: Readonly<Record<string, string>> = {
  'en-US': languageIds.english,
  'de-DE': languageIds.german,
  'es-ES': languageIds.spanish,
  'fr-FR': languageIds.french,
  'ar-SA': languageIds.arabic,
  'ja-JP': languageIds.japanese,
};

/** In an order that satisfies the foreign keys. `linkHistory` adds the links that point back. */
export function historyBatches(history: readonly DemoConversation[]): RowBatch[] {
  return [
    { table: 'msdyn_liveconversation', rows: history.map(liveConversationRow) },
    { table: 'msdyn_ocliveworkitem', rows: history.map(workItemRow) },
    {
      table: 'msdyn_ocsession',
      rows: history.flatMap((one) => one.sessions.map((session) => sessionRow(one, session))),
    },
    { table: 'msdyn_sessionparticipant', rows: history.flatMap(participantRows) },
    { table: 'msdyn_ocliveworkitemsentiment', rows: history.flatMap(sentimentRows) },
  ];
}

/** The last session with an agent and the current primary participant of each conversation, for rows that exist by then. */
export function historyLinks(
  history: readonly DemoConversation[],
): readonly { id: string; session: string; participant: string | null }[] {
  return history.flatMap((conversation) => {
    const session = lastAgentSession(conversation);
    if (session === undefined) return [];
    const isPresent = conversation.status === 'Active' || conversation.status === 'Wrap-up';
    return [{ id: conversation.id, session: session.id, participant: isPresent ? participantId(session) : null }];
  });
}

/** The agent that a conversation shows: none while it is open, and none when nobody ever took it. */
export function activeAgent(conversation: DemoConversation): DemoPersonName | null {
  if (conversation.status === 'Open') return null;
  return conversation.sessions.findLast((session) => session.acceptedOn !== null)?.agent ?? null;
}

function lastAgentSession(conversation: DemoConversation): DemoSession | undefined {
  return conversation.sessions.findLast((session) => session.agent !== null);
}

/** What both tables hold under the same names. */
function commonCells(conversation: DemoConversation): Row {
  const agent = activeAgent(conversation);
  const stream = demoWorkStreams[conversation.stream];
  const queueId = conversation.sessions.at(-1)?.queueId ?? null;
  const startedOn = conversation.sessions.find((session) => session.acceptedOn !== null)?.acceptedOn ?? null;
  const times = conversation.sessions.flatMap((session) => [
    session.createdOn,
    session.acceptedOn ?? 0,
    session.closedOn ?? 0,
  ]);
  const modifiedOn = iso(Math.max(conversation.statusUpdatedOn, ...times));
  const title = `${conversation.customer?.name ?? 'Visitor'}: ${conversation.topic}`;
  return {
    ...ownedBy(agent),
    createdon: iso(conversation.createdOn),
    modifiedon: modifiedOn,
    modifiedby: agent === null ? systemUserId : demoPerson[agent].systemUserId,
    statuscode: statusCodes[conversation.status].status,
    msdyn_title: title.slice(0, 100),
    msdyn_channel: conversation.channels,
    msdyn_customer: conversation.customer?.id ?? null,
    msdyn_customer_table: conversation.customer?.table ?? null,
    msdyn_customersentimentlabel: conversation.sentiment,
    msdyn_liveworkstreamid: stream.id,
    msdyn_workstreamworkdistributionmode: stream.distribution === 'push' ? 192350000 : 192350001,
    msdyn_cdsqueueid: queueId,
    msdyn_queueid: queueId,
    msdyn_activeagentid: agent === null ? null : demoPerson[agent].systemUserId,
    msdyn_activeagentassignedon: iso(lastAgentSession(conversation)?.assignedOn ?? null),
    msdyn_createdon: iso(conversation.createdOn),
    msdyn_initiatedon: iso(conversation.createdOn),
    msdyn_startedon: iso(startedOn),
    msdyn_statusupdatedon: iso(conversation.statusUpdatedOn),
    msdyn_modifiedon: modifiedOn,
    msdyn_closedon: iso(conversation.closedOn),
    msdyn_transfercount: conversation.transferCount,
    msdyn_escalationcount: conversation.escalationCount,
  };
}

function liveConversationRow(conversation: DemoConversation): Row {
  return {
    msdyn_liveconversationid: conversation.id,
    msdyn_subject: conversation.topic,
    statecode: statusCodes[conversation.status].liveState,
    msdyn_oclastsessionid: lastAgentSession(conversation)?.id ?? null,
    ...commonCells(conversation),
  };
}

function workItemRow(conversation: DemoConversation): Row {
  const { status, sessions, createdOn, closedOn, wrapUpOn, customer } = conversation;
  const acceptedOn = sessions.find((session) => session.acceptedOn !== null)?.acceptedOn ?? null;
  const firstWaitUntil = acceptedOn ?? closedOn;
  const isBotOnly = conversation.statusReason === statusReasons.endedByBot;
  const locale = customer?.locale ?? 'en-US';
  return {
    activityid: conversation.id,
    msdyn_ocliveworkitemid: conversation.id,
    subject: conversation.topic,
    statecode: statusCodes[status].workItemState,
    msdyn_statuschangereason: conversation.statusReason,
    msdyn_statereason: reasonTexts[conversation.statusReason] ?? null,
    instancetypecode: 0,
    prioritycode: 1,
    actualstart: iso(acceptedOn),
    actualend: iso(closedOn),
    msdyn_issueid: conversation.issue?.id ?? null,
    msdyn_customerlocale: locale,
    msdyn_customerlanguageid: languageOfLocale[locale] ?? languageIds.english,
    msdyn_firstwaitstartedon: isBotOnly ? null : iso(createdOn),
    msdyn_conversationfirstwaittimeinseconds: firstWaitUntil === null || isBotOnly ? null : firstWaitUntil - createdOn,
    msdyn_conversationhandletimeinseconds: closedOn === null ? null : handleTime(conversation),
    msdyn_conversationtalktimeinseconds:
      conversation.stream === 'voice' && closedOn !== null ? handleTime(conversation) : null,
    msdyn_conversationwrapuptimeinseconds: closedOn === null || wrapUpOn === null ? null : closedOn - wrapUpOn,
    msdyn_wrapupinitiatedon: iso(wrapUpOn),
    msdyn_isagentaccepted: acceptedOn !== null,
    msdyn_isabandoned: status === 'Closed' && acceptedOn === null && !isBotOnly && !conversation.isOutbound,
    msdyn_isoutbound: conversation.isOutbound,
    msdyn_overflowtransfercount: conversation.overflowCount,
    ...commonCells(conversation),
  };
}

/** Seconds that agents spent on the conversation, wrap-up included. */
function handleTime(conversation: DemoConversation): number {
  let seconds = 0;
  for (const { acceptedOn, closedOn } of conversation.sessions) {
    if (acceptedOn !== null && closedOn !== null) seconds += closedOn - acceptedOn;
  }
  return seconds;
}

function sessionRow(conversation: DemoConversation, session: DemoSession): Row {
  const isClosed = session.closedOn !== null;
  const latest = iso(session.closedOn ?? session.acceptedOn ?? session.createdOn);
  return {
    activityid: session.id,
    msdyn_sessionid: session.id,
    subject: conversation.topic,
    statecode: isClosed ? 1 : 0,
    statuscode: isClosed ? 2 : 1,
    msdyn_state: isClosed ? 192350002 : session.acceptedOn === null ? 192350003 : 192350001,
    instancetypecode: 0,
    prioritycode: 1,
    msdyn_channel: conversation.channels[0] ?? null,
    msdyn_liveworkitemid: conversation.id,
    msdyn_queueid: session.queueId,
    msdyn_cdsqueueid: session.queueId,
    msdyn_queueassignedon: iso(session.createdOn),
    msdyn_agentassignedon: iso(session.assignedOn),
    msdyn_agentacceptedon: iso(session.acceptedOn),
    msdyn_closurereason: session.closureReason ?? 192350000,
    msdyn_botengagementmode: 192350000,
    msdyn_sessioncreationreason: 192350000,
    msdyn_queueassignedreason: 192350000,
    msdyn_sessioncreatedon: iso(session.createdOn),
    msdyn_sessionmodifiedon: latest,
    msdyn_sessionclosedon: iso(session.closedOn),
    actualstart: iso(session.acceptedOn),
    actualend: iso(session.closedOn),
    createdon: iso(session.createdOn),
    modifiedon: latest,
    ...ownedBy(session.agent),
  };
}

function participantRows(conversation: DemoConversation): Row[] {
  return conversation.sessions.flatMap((session) => {
    if (session.agent === null) return [];
    const person = demoPerson[session.agent];
    const isDeclined = session.acceptedOn === null;
    const left = session.closureReason === closures.agentTimeout ? 'AgentTimeout' : 'AgentReject';
    const seconds =
      session.closedOn === null || session.acceptedOn === null ? null : session.closedOn - session.acceptedOn;
    const latest = iso(session.closedOn ?? session.acceptedOn ?? session.assignedOn);
    return [
      {
        msdyn_sessionparticipantid: participantId(session),
        msdyn_name: `${person.firstName} ${person.lastName}`,
        msdyn_agentid: person.systemUserId,
        msdyn_activedirectoryuserid: person.directoryObjectId,
        msdyn_omnichannelsession: session.id,
        msdyn_cdsqueueid: session.queueId,
        msdyn_mode: 192350002,
        msdyn_assignreason: session.assignReason,
        msdyn_addedon: iso(session.assignedOn),
        msdyn_joinedon: iso(session.acceptedOn),
        msdyn_lefton: iso(session.closedOn),
        msdyn_leftonreason: isDeclined ? left : null,
        msdyn_activetime: seconds,
        msdyn_lastupdatedon: latest,
        msdyn_modifiedon: latest,
        createdon: iso(session.assignedOn ?? session.createdOn),
        modifiedon: latest,
        ...ownedBy(session.agent),
      },
    ];
  });
}

function sentimentRows(conversation: DemoConversation): Row[] {
  const pulse = pulses[conversation.sentiment];
  if (pulse === undefined) return [];
  const time = iso(conversation.statusUpdatedOn);
  return [
    {
      msdyn_ocliveworkitemsentimentid: stableGuid(`demo:sentiment:${conversation.id}`),
      msdyn_name: conversation.topic.slice(0, 100),
      msdyn_ocliveworkitemid: conversation.id,
      msdyn_sentimentpulse: pulse[0],
      // How far the mood moved from the neutral that every conversation starts with.
      msdyn_sentimenttransition: pulse[0] - 50,
      msdyn_sentimentzone: pulse[1],
      msdyn_predictedlanguage: (conversation.customer?.locale ?? 'en-US').slice(0, 2),
      createdon: time,
      modifiedon: time,
      ...ownedBy(activeAgent(conversation)),
    },
  ];
}

function participantId(session: DemoSession): string {
  return stableGuid(`demo:participant:${session.id}`);
}

/** The agent owns what they handle; what nobody handles belongs to the default team of the queue's unit. */
function ownedBy(agent: DemoPersonName | null): Row {
  return agent === null
    ? { ownerid: defaultTeamId, ownerid_table: 'team' }
    : { ownerid: demoPerson[agent].systemUserId, ownerid_table: 'systemuser' };
}

function iso(seconds: number): string;
function iso(seconds: number | null): string | null;
function iso(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString();
}
