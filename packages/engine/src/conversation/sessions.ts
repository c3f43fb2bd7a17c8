/** Sessions, the agent of a session, and who else takes part: what each step writes and tells. Behaviour reference, sections 1.5 and 2. */
import { type AssignReason, assignReasonTexts, type ClosureReason, closureReasonCodes } from '../codes.ts';
import type { Conversation, Guid, Instant, Participant } from './conversation.ts';
import { derivedId } from './derived-id.ts';
import { change, type Draft, emit, setTimer } from './draft.ts';

export type LeaveReason = 'AgentReject' | 'AgentTimeout' | 'Left' | 'Ended';

/** A new engagement attempt. `cause`: it waits in its queue from now on; absent: it begins with an agent. */
export function openSession(
  draft: Draft,
  options: {
    readonly cause?: 'start' | 'route' | 'transfer' | 'assign' | 'overflow' | 'return';
    readonly from?: Guid | null;
  } = {},
): void {
  const { state, facts } = draft;
  const { now } = facts;
  const number = state.sessionCount + 1;
  const id = derivedId(state.id, 'session', number, now);
  const { queueId } = state.routing;
  const isQueued = options.cause !== undefined && queueId !== null;
  change(draft, {
    sessionCount: number,
    session: {
      id,
      number,
      queueId,
      createdOn: now,
      queueAssignedOn: isQueued ? now : null,
      agentId: null,
      agentAssignedOn: null,
      agentAcceptedOn: null,
    },
  });
  emit(draft, { type: 'SessionCreated', sessionId: id, number, queueId, channel: state.channel });
  if (options.cause === undefined || queueId === null) return;
  emit(draft, { type: 'QueueAssigned', sessionId: id, queueId, from: options.from ?? null, cause: options.cause });
}

/** Ends the present session, if there is one; its primary agent has left before. */
export function endSession(draft: Draft, reason: ClosureReason): void {
  const { session } = draft.state;
  if (session === null) return;
  change(draft, { session: null });
  const closureReason = closureReasonCodes[reason];
  emit(draft, { type: 'SessionClosed', sessionId: session.id, agentId: session.agentId, closureReason });
}

/** The present session gets its agent, who is there once they accept. `expiresOn`: of the offer, if it is one. */
export function assignAgent(draft: Draft, agentId: Guid, reason: AssignReason, expiresOn: Instant | null): void {
  const { now } = draft.facts;
  const session = requireSession(draft);
  change(draft, {
    session: { ...session, agentId, agentAssignedOn: now },
    lastSessionId: session.id,
    agentId,
    agentAssignedOn: now,
  });
  const participant = addParticipant(draft, { agentId, mode: 'primary', assignReason: reason, access: 'public' });
  const assignReason = assignReasonTexts[reason];
  const { id: participantId, sessionId } = participant;
  emit(draft, { type: 'AgentAssigned', sessionId, agentId, participantId, reason: assignReason, expiresOn });
  tellAdded(draft, participant);
}

/** The agent of the present session is there: handling begins. */
export function joinAgent(draft: Draft): void {
  const { state, facts } = draft;
  const { now, policy } = facts;
  const session = requireSession(draft);
  const participant = findPrimary(state);
  if (participant === undefined) throw new Error(`Conversation ${state.id} has no agent who could join`);
  change(draft, {
    session: { ...session, agentAcceptedOn: now },
    offer: null,
    startedOn: state.startedOn ?? now,
    firstWaitSeconds: state.firstWaitSeconds ?? secondsBetween(state.firstWaitStartedOn, now),
    handlingSince: now,
    isAgentAccepted: true,
    routing: { ...state.routing, affinityAgentId: null },
  });
  const threshold = policy.handlingThresholdSeconds;
  setTimer(draft, 'handling', threshold === undefined ? null : now + threshold * 1000);
  emit(draft, {
    type: 'AgentAccepted',
    sessionId: session.id,
    agentId: participant.agentId,
    participantId: participant.id,
    reason: assignReasonTexts[participant.assignReason],
  });
  joinParticipant(draft, participant);
}

/** Adds up the time of the present agent; they handle it no more. */
export function stopHandling(draft: Draft): void {
  const { handlingSince, handledSeconds } = draft.state;
  if (handlingSince === null) return;
  const seconds = secondsBetween(handlingSince, draft.facts.now);
  change(draft, { handlingSince: null, handledSeconds: handledSeconds + seconds });
  setTimer(draft, 'handling', null);
  setTimer(draft, 'agentGone', null);
}

/** Adds somebody who is invited; `joinParticipant` brings them in. `tellAdded` tells it. */
export function addParticipant(
  draft: Draft,
  options: Pick<Participant, 'agentId' | 'mode' | 'assignReason' | 'access' | 'expiresOn'>,
): Participant {
  const { state, facts } = draft;
  const number = state.participantCount + 1;
  const sessionId = state.session?.id ?? state.lastSessionId;
  if (sessionId === null) throw new Error(`Conversation ${state.id} has no session to take part in`);
  const participant: Participant = {
    ...options,
    id: derivedId(state.id, 'participant', number, facts.now),
    sessionId,
    addedOn: facts.now,
    joinedOn: null,
  };
  change(draft, { participantCount: number, participants: [...state.participants, participant] });
  return participant;
}

export function tellAdded(draft: Draft, participant: Participant): void {
  const { id: participantId, sessionId, agentId, mode, access } = participant;
  const assignReason = assignReasonTexts[participant.assignReason];
  emit(draft, { type: 'ParticipantAdded', participantId, sessionId, agentId, mode, assignReason, access });
}

export function joinParticipant(draft: Draft, participant: Participant): void {
  const { expiresOn: _, ...invited } = participant;
  replaceParticipant(draft, { ...invited, joinedOn: draft.facts.now });
  const { id: participantId, sessionId, agentId, mode } = participant;
  emit(draft, { type: 'ParticipantJoined', participantId, sessionId, agentId, mode });
}

export function replaceParticipant(draft: Draft, participant: Participant): void {
  const participants = draft.state.participants.map((one) => (one.id === participant.id ? participant : one));
  change(draft, { participants });
}

export function removeParticipant(draft: Draft, participant: Participant, reason: LeaveReason): void {
  change(draft, { participants: draft.state.participants.filter(({ id }) => id !== participant.id) });
  const { id: participantId, sessionId, agentId, mode } = participant;
  emit(draft, { type: 'ParticipantLeft', participantId, sessionId, agentId, mode, reason });
}

export function findPrimary(state: Conversation): Participant | undefined {
  return state.participants.find(({ mode }) => mode === 'primary');
}

/** Whole seconds, never negative. */
export function secondsBetween(from: Instant, to: Instant): number {
  return Math.max(0, Math.floor((to - from) / 1000));
}

function requireSession({ state }: Draft): NonNullable<Conversation['session']> {
  if (state.session === null) throw new Error(`Conversation ${state.id} has no session`);
  return state.session;
}
