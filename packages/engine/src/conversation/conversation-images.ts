/** What the two conversation tables show of a conversation: whole rows, derived from its state (behaviour reference, sections 1.1, 1.2 and 1.5). */
import { type StatusReason, statusReasonCodes } from '../codes.ts';
import type { Conversation } from './conversation.ts';
import { type Cells, ownerCells, type RowContext, timeText } from './row-change.ts';
import { findPrimary } from './sessions.ts';
import { statusCodes } from './transitions.ts';

/** The only wordings that are known; other reasons have a code alone. */
const reasonTexts: Partial<Record<StatusReason, string>> = {
  awaitingAgentAcceptance: 'Agent assigned, awaiting acceptance',
  assignedBySupervisor: 'Agent assigned, awaiting acceptance',
  inConversation: 'In conversation',
};

const distributionCodes = { push: 192350000, pick: 192350001 } as const;
/** A mood is only known from messages; before, people are neutral, and records have none. */
const neutralSentiment = 10;
const noSentiment = 0;

/** The row of msdyn_liveconversation, without what is written once (`liveConversationBirth`). */
export function liveConversationImage(conversation: Conversation, context: RowContext): Cells {
  return {
    ...commonCells(conversation, context),
    statecode: statusCodes[conversation.status].liveState,
    msdyn_oclastsessionid: conversation.lastSessionId,
  };
}

/** The row of msdyn_ocliveworkitem, without what is written once (`workItemBirth`). */
export function workItemImage(conversation: Conversation, context: RowContext): Cells {
  const { status, reason, startedOn, closedOn, routing, handledSeconds, wrapUpSeconds } = conversation;
  const isVoice = conversation.kind === 'voice';
  return {
    ...commonCells(conversation, context),
    statecode: statusCodes[status].workItemState,
    msdyn_statuschangereason: statusReasonCodes[reason],
    msdyn_statereason: reasonTexts[reason] ?? null,
    actualstart: timeText(startedOn),
    actualend: timeText(closedOn),
    msdyn_issueid: conversation.caseId,
    msdyn_lastsessionid: conversation.lastSessionId,
    msdyn_activesessionparticipantid: findPrimary(conversation)?.id ?? null,
    msdyn_conversationfirstwaittimeinseconds: conversation.firstWaitSeconds,
    msdyn_conversationhandletimeinseconds: closedOn === null ? null : handledSeconds + (wrapUpSeconds ?? 0),
    msdyn_conversationtalktimeinseconds: closedOn === null || !isVoice ? null : handledSeconds,
    msdyn_conversationwrapuptimeinseconds: wrapUpSeconds,
    msdyn_wrapupinitiatedon: timeText(conversation.wrapUpInitiatedOn),
    msdyn_isagentaccepted: conversation.isAgentAccepted,
    msdyn_isabandoned: conversation.isAbandoned,
    msdyn_overflowtransfercount: conversation.overflowTransferCount,
    prioritycode: priorityCode(routing.priority),
  };
}

/** What both tables hold under the same names. */
function commonCells(conversation: Conversation, context: RowContext): Cells {
  const { customer, routing, agentId, modifiedOn } = conversation;
  return {
    ...ownerCells(agentId, context),
    modifiedon: timeText(modifiedOn),
    modifiedby: agentId ?? context.systemUserId,
    statuscode: statusCodes[conversation.status].status,
    msdyn_customer: customer?.id ?? null,
    msdyn_customer_table: customer?.table ?? null,
    msdyn_cdsqueueid: routing.queueId,
    msdyn_queueid: routing.queueId,
    msdyn_activeagentid: agentId,
    msdyn_activeagentassignedon: timeText(conversation.agentAssignedOn),
    msdyn_startedon: timeText(conversation.startedOn),
    msdyn_statusupdatedon: timeText(conversation.statusUpdatedOn),
    msdyn_modifiedon: timeText(modifiedOn),
    msdyn_closedon: timeText(conversation.closedOn),
    msdyn_transfercount: conversation.transferCount,
    msdyn_escalationcount: conversation.escalationCount,
  };
}

/** What msdyn_liveconversation gets when it is created, and never again. */
export function liveConversationBirth(conversation: Conversation, context: RowContext): Cells {
  return {
    msdyn_liveconversationid: conversation.id,
    msdyn_subject: conversation.subject.slice(0, 200),
    msdyn_title: conversation.title.slice(0, 100),
    ...commonBirth(conversation, context),
  };
}

/** What msdyn_ocliveworkitem gets when it is created, and never again. */
export function workItemBirth(conversation: Conversation, context: RowContext): Cells {
  const { locale } = conversation;
  return {
    activityid: conversation.id,
    msdyn_ocliveworkitemid: conversation.id,
    subject: conversation.subject.slice(0, 200),
    msdyn_title: conversation.title.slice(0, 4000),
    instancetypecode: 0,
    msdyn_customerlocale: locale,
    msdyn_customerlanguageid: locale === null ? null : (context.languageOf?.(locale) ?? null),
    msdyn_firstwaitstartedon: timeText(conversation.firstWaitStartedOn),
    msdyn_isagentsession: true,
    msdyn_isoutbound: conversation.isOutbound,
    ...commonBirth(conversation, context),
  };
}

function commonBirth(conversation: Conversation, context: RowContext): Cells {
  return {
    createdon: timeText(conversation.initiatedOn),
    createdby: context.systemUserId,
    msdyn_createdon: timeText(conversation.initiatedOn),
    msdyn_initiatedon: timeText(conversation.initiatedOn),
    msdyn_channel: [conversation.channel],
    msdyn_liveworkstreamid: conversation.workStreamId,
    msdyn_workstreamworkdistributionmode: distributionCodes[conversation.distribution],
    msdyn_customersentimentlabel: conversation.kind === 'record' ? noSentiment : neutralSentiment,
  };
}

/** Low, normal or high. */
function priorityCode(priority: number): number {
  if (priority === 0) return 1;
  return priority < 0 ? 0 : 2;
}
