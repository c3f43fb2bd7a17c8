/** The engine's view of a conversation, and its routing decisions, as results of functions. */
import {
  type Conversation,
  type Explanation,
  participantModeCodes,
  statusCodes,
  statusReasonCodes,
} from '@parley/engine';
import type { ComplexProperty, ComplexTypeDefinition } from '../webapi/operations/operation-signature.ts';

export type Shown = Readonly<Record<string, unknown>>;

function moment(milliseconds: number | null | undefined): string | null {
  return milliseconds === null || milliseconds === undefined ? null : new Date(milliseconds).toISOString();
}

function properties(types: Readonly<Record<string, string>>): ComplexProperty[] {
  return Object.entries(types).map(([name, type]) => ({ name, type }));
}

const guid = 'Edm.Guid';
const text = 'Edm.String';
const whole = 'Edm.Int32';
const when = 'Edm.DateTimeOffset';
const flag = 'Edm.Boolean';

/** Names of the types that a state mentions: an open offer or transfer, who takes part, what fires by itself, what is asked for. */
export const stateTypes: readonly ComplexTypeDefinition[] = [
  {
    name: 'parley_Offer',
    properties: properties({
      AgentId: guid,
      Reason: text,
      OfferedOn: when,
      ExpiresOn: when,
      IsAutoAccepted: flag,
      MayReject: flag,
    }),
  },
  {
    name: 'parley_Transfer',
    properties: properties({ AgentId: guid, By: guid, IsEscalation: flag, OfferedOn: when, ExpiresOn: when }),
  },
  {
    name: 'parley_Participant',
    properties: properties({
      ParticipantId: guid,
      AgentId: guid,
      Mode: whole,
      Access: text,
      AddedOn: when,
      JoinedOn: when,
      ExpiresOn: when,
    }),
  },
  { name: 'parley_Timer', properties: properties({ Kind: text, DueOn: when, AgentId: guid }) },
  { name: 'parley_Skill', properties: properties({ SkillId: guid, Rating: 'Edm.Double' }) },
];

export const stateProperties: readonly ComplexProperty[] = properties({
  ConversationId: guid,
  Sequence: 'Edm.Int64',
  Status: whole,
  StatusReason: whole,
  Kind: text,
  Channel: whole,
  WorkStreamId: guid,
  QueueId: guid,
  QueuePosition: whole,
  Priority: whole,
  QueuedOn: when,
  IsManualOnly: flag,
  Units: whole,
  Skills: 'Collection(mscrm.parley_Skill)',
  AgentId: guid,
  AgentAssignedOn: when,
  SessionId: guid,
  SessionCount: whole,
  Offer: 'mscrm.parley_Offer',
  Transfer: 'mscrm.parley_Transfer',
  Participants: 'Collection(mscrm.parley_Participant)',
  Timers: 'Collection(mscrm.parley_Timer)',
  CustomerId: guid,
  CustomerTable: text,
  CustomerName: text,
  CaseId: guid,
  Locale: text,
  Context: text,
  InitiatedOn: when,
  StartedOn: when,
  StatusUpdatedOn: when,
  LastActivityOn: when,
  WrapUpInitiatedOn: when,
  ClosedOn: when,
  TransferCount: whole,
  EscalationCount: whole,
  OverflowTransferCount: whole,
  IsCustomerGone: flag,
  MessageCount: whole,
});

export function showState(conversation: Conversation, queuePosition: number | null): Shown {
  const { routing, offer, transfer } = conversation;
  return {
    ConversationId: conversation.id,
    Sequence: conversation.sequence,
    Status: statusCodes[conversation.status].status,
    StatusReason: statusReasonCodes[conversation.reason],
    Kind: conversation.kind,
    Channel: conversation.channel,
    WorkStreamId: conversation.workStreamId,
    QueueId: routing.queueId,
    QueuePosition: queuePosition,
    Priority: routing.priority,
    QueuedOn: moment(routing.queuedOn),
    IsManualOnly: routing.isManualOnly,
    Units: routing.demand.units,
    Skills: routing.skills.map(({ skillId, rating }) => ({ SkillId: skillId, Rating: rating ?? null })),
    AgentId: conversation.agentId,
    AgentAssignedOn: moment(conversation.agentAssignedOn),
    SessionId: conversation.session?.id ?? null,
    SessionCount: conversation.sessionCount,
    Offer: offer === null ? null : showOffer(offer),
    Transfer: transfer === null ? null : showTransfer(transfer),
    Participants: conversation.participants.map(showParticipant),
    Timers: conversation.timers.map(({ kind, dueOn, key }) => ({
      Kind: kind,
      DueOn: moment(dueOn),
      AgentId: key ?? null,
    })),
    ...showCustomer(conversation),
    InitiatedOn: moment(conversation.initiatedOn),
    StartedOn: moment(conversation.startedOn),
    StatusUpdatedOn: moment(conversation.statusUpdatedOn),
    LastActivityOn: moment(conversation.lastActivityOn),
    WrapUpInitiatedOn: moment(conversation.wrapUpInitiatedOn),
    ClosedOn: moment(conversation.closedOn),
    TransferCount: conversation.transferCount,
    EscalationCount: conversation.escalationCount,
    OverflowTransferCount: conversation.overflowTransferCount,
    IsCustomerGone: conversation.isCustomerGone,
    MessageCount: conversation.messageCount,
  };
}

/** Who it is about; context variables as a JSON text, because their names are not known beforehand. */
export function showCustomer(conversation: Conversation): Shown {
  return {
    CustomerId: conversation.customer?.id ?? null,
    CustomerTable: conversation.customer?.table ?? null,
    CustomerName: conversation.customerName,
    CaseId: conversation.caseId,
    Locale: conversation.locale,
    Context: JSON.stringify(conversation.context),
  };
}

function showOffer(offer: NonNullable<Conversation['offer']>): Shown {
  return {
    AgentId: offer.agentId,
    Reason: offer.reason,
    OfferedOn: moment(offer.offeredOn),
    ExpiresOn: moment(offer.expiresOn),
    IsAutoAccepted: offer.isAutoAccepted,
    MayReject: offer.mayReject,
  };
}

function showTransfer(transfer: NonNullable<Conversation['transfer']>): Shown {
  return {
    AgentId: transfer.agentId,
    By: transfer.byUserId,
    IsEscalation: transfer.isEscalation,
    OfferedOn: moment(transfer.offeredOn),
    ExpiresOn: moment(transfer.expiresOn),
  };
}

function showParticipant(participant: Conversation['participants'][number]): Shown {
  return {
    ParticipantId: participant.id,
    AgentId: participant.agentId,
    Mode: participantModeCodes[participant.mode],
    Access: participant.access,
    AddedOn: moment(participant.addedOn),
    JoinedOn: moment(participant.joinedOn),
    ExpiresOn: moment(participant.expiresOn),
  };
}

export const decisionTypes: readonly ComplexTypeDefinition[] = [
  {
    name: 'parley_RuleFinding',
    properties: properties({ Stage: text, RuleSet: text, Rule: text, Looked: whole, Effect: text }),
  },
  { name: 'parley_CandidateFinding', properties: properties({ AgentId: guid, Reason: text, Detail: text }) },
  { name: 'parley_RejectionCount', properties: properties({ Reason: text, Count: whole }) },
  {
    name: 'parley_RoutingDecision',
    properties: properties({
      Kind: text,
      DecidedOn: when,
      QueueId: guid,
      AgentId: guid,
      Summary: text,
      Rules: 'Collection(mscrm.parley_RuleFinding)',
      Candidates: 'Collection(mscrm.parley_CandidateFinding)',
      Rejected: 'Collection(mscrm.parley_RejectionCount)',
      CandidateCount: whole,
    }),
  },
];

export function showDecision(explanation: Explanation): Shown {
  return {
    Kind: explanation.kind,
    DecidedOn: moment(explanation.decidedOn),
    QueueId: explanation.queueId,
    AgentId: explanation.agentId,
    Summary: explanation.summary,
    Rules: explanation.rules.map(({ stage, ruleSet, rule, looked, effect }) => ({
      Stage: stage,
      RuleSet: ruleSet ?? null,
      Rule: rule,
      Looked: looked,
      Effect: effect ?? null,
    })),
    Candidates: explanation.candidates.map(({ agentId, reason, detail }) => ({
      AgentId: agentId,
      Reason: reason,
      Detail: detail ?? null,
    })),
    Rejected: Object.entries(explanation.rejected).map(([reason, count]) => ({ Reason: reason, Count: count })),
    CandidateCount: explanation.candidateCount,
  };
}
