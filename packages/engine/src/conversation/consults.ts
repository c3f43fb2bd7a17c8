/** Advice, and supervisors who look on or join (behaviour reference, sections 2.3, 5.3 and 5.4). */
import { checkCapacity } from '../agent/capacity.ts';
import type { Refused } from '../decision.ts';
import { commandAgent, findAgent, takeHold } from './agent-capacity.ts';
import type { Actor, ConversationCommand } from './command.ts';
import type { Guid, Participant } from './conversation.ts';
import { removeConsult } from './departures.ts';
import { type Draft, emit, isSupervising, refuse, refuseNow, userOf } from './draft.ts';
import { addParticipant, joinParticipant, removeParticipant, replaceParticipant, tellAdded } from './sessions.ts';

type Command<K extends ConversationCommand['kind']> = Extract<ConversationCommand, { kind: K }>;

/** More than these only get in each other's way. */
const maximumConsultants = 5;

export function inviteConsult(draft: Draft, { by, agentId, access }: Command<'inviteConsult'>): Refused | undefined {
  const { state, facts } = draft;
  const refused = refuseUnlessAgent(draft, by) ?? refuseUnlessTalking(draft, 'Advice is for active ones.');
  if (refused !== undefined) return refused;
  if (agentId === state.agentId) return refuse('sameAgent', 'The agent has the conversation already.');
  const consultants = state.participants.filter(({ mode }) => mode === 'consult');
  if (consultants.some((one) => one.agentId === agentId)) return undefined;
  if (consultants.length >= maximumConsultants)
    return refuse('tooManyParticipants', `At most ${maximumConsultants} agents can be consulted at once.`);
  const refusedTarget = refuseConsultant(draft, agentId);
  if (refusedTarget !== undefined) return refusedTarget;
  const expiresOn = facts.now + facts.policy.offerSeconds * 1000;
  const participant = addParticipant(draft, { agentId, mode: 'consult', assignReason: 'consult', access, expiresOn });
  tellAdded(draft, participant);
  if (facts.policy.isConsultCharged) takeHold(draft, agentId, { for: 'consult', isForced: false });
  return undefined;
}

function refuseConsultant(draft: Draft, agentId: Guid): Refused | undefined {
  const { now, policy, presences } = draft.facts;
  const agent = findAgent(draft, agentId);
  if (agent === undefined || !agent.state.isSignedIn || agent.state.basePresence === 'offline')
    return refuse('agentNotAvailable', `Agent ${agentId} is not signed in.`);
  if (!policy.isConsultCharged) return undefined;
  const finding = checkCapacity(agent, draft.state.routing.demand, now, presences);
  return finding.ok ? undefined : refuse('agentNotAvailable', `Agent ${agentId} has no capacity: ${finding.detail}.`);
}

export function acceptConsult(draft: Draft, { by }: Command<'acceptConsult'>): Refused | undefined {
  const consult = findConsult(draft, userOf(by));
  if (consult === undefined) return refuse('notYours', 'The caller is not invited to this conversation.');
  if (consult.joinedOn !== null) return undefined;
  if (consult.expiresOn !== undefined && consult.expiresOn <= draft.facts.now)
    return refuse('offerExpired', 'The invitation has run out.');
  joinParticipant(draft, consult);
  return undefined;
}

export function rejectConsult(draft: Draft, { by }: Command<'rejectConsult'>): Refused | undefined {
  const consult = findConsult(draft, userOf(by));
  if (consult === undefined) return refuse('notYours', 'The caller is not invited to this conversation.');
  if (consult.joinedOn !== null) return refuseNow(draft, 'The caller is there already: leave instead.');
  removeConsult(draft, consult, 'AgentReject');
  commandAgent(draft, consult.agentId, { kind: 'offerRejected' });
  return undefined;
}

/** The invitation ran out. */
export function missConsult(draft: Draft, agentId: Guid): void {
  const consult = findConsult(draft, agentId);
  if (consult === undefined || consult.joinedOn !== null) return;
  removeConsult(draft, consult, 'AgentTimeout');
  commandAgent(draft, agentId, { kind: 'offerMissed' });
}

export function endConsult(draft: Draft, { by, agentId }: Command<'endConsult'>): Refused | undefined {
  const refused = refuseUnlessAgent(draft, by);
  if (refused !== undefined) return refused;
  const consult = findConsult(draft, agentId);
  if (consult === undefined) return refuseNow(draft, `Agent ${agentId} is not consulted.`);
  removeConsult(draft, consult, 'Ended');
  return undefined;
}

/** The customer sees the consultant from now on. */
export function publishConsult(draft: Draft, { by, agentId }: Command<'publishConsult'>): Refused | undefined {
  const refused = refuseUnlessAgent(draft, by);
  if (refused !== undefined) return refused;
  const consult = findConsult(draft, agentId);
  if (consult === undefined || consult.joinedOn === null)
    return refuseNow(draft, `Agent ${agentId} has not joined as a consultant.`);
  publish(draft, consult, consult.assignReason);
  return undefined;
}

export function monitor(draft: Draft, { by }: Command<'monitor'>): Refused | undefined {
  const { state } = draft;
  const userId = userOf(by);
  if (userId === null || !isSupervising(by)) return refuse('notYours', 'Only a supervisor monitors conversations.');
  if (state.kind === 'record') return refuse('notForThisChannel', 'Records have nothing to monitor.');
  if (state.agentId === userId) return refuse('sameAgent', 'The caller is the agent of this conversation.');
  const isWithAgent = state.status !== 'open' && state.offer === null && state.isAgentAccepted;
  if (!isWithAgent) return refuseNow(draft, 'No agent has accepted it yet.');
  if (state.participants.some((one) => one.agentId === userId)) return undefined;
  const participant = addParticipant(draft, {
    agentId: userId,
    mode: 'monitor',
    assignReason: 'monitor',
    access: 'private',
  });
  tellAdded(draft, participant);
  joinParticipant(draft, participant);
  return undefined;
}

/** Who looks on or advises becomes visible and may write to the customer. */
export function join(draft: Draft, { by }: Command<'join'>): Refused | undefined {
  const userId = userOf(by);
  const participant = draft.state.participants.find((one) => one.agentId === userId && one.mode !== 'primary');
  if (participant === undefined || participant.joinedOn === null)
    return refuse('notYours', 'Only who monitors the conversation or is consulted in it joins it.');
  const refused = refuseUnlessTalking(draft, 'There is nobody to talk to.');
  if (refused !== undefined) return refused;
  publish(draft, participant, 'join');
  return undefined;
}

export function leave(draft: Draft, { by }: Command<'leave'>): Refused | undefined {
  const userId = userOf(by);
  const participant = draft.state.participants.find((one) => one.agentId === userId);
  if (participant === undefined) return refuse('notYours', 'The caller does not take part in this conversation.');
  if (participant.mode === 'primary') return refuseNow(draft, 'Its agent closes the session instead of leaving.');
  if (participant.mode === 'consult') removeConsult(draft, participant, 'Left');
  else removeParticipant(draft, participant, 'Left');
  return undefined;
}

function publish(draft: Draft, participant: Participant, assignReason: Participant['assignReason']): void {
  if (participant.access === 'public') return;
  replaceParticipant(draft, { ...participant, access: 'public', assignReason });
  const { id: participantId, sessionId, agentId } = participant;
  emit(draft, { type: 'ParticipantPublished', participantId, sessionId, agentId });
}

function findConsult({ state }: Draft, agentId: Guid | null): Participant | undefined {
  return state.participants.find((one) => one.agentId === agentId && one.mode === 'consult');
}

function refuseUnlessTalking(draft: Draft, detail: string): Refused | undefined {
  return draft.state.status === 'active' && draft.state.offer === null ? undefined : refuseNow(draft, detail);
}

/** The agent of the conversation, or a supervisor. */
function refuseUnlessAgent({ state }: Draft, by: Actor): Refused | undefined {
  const userId = userOf(by);
  if (isSupervising(by) || (userId !== null && userId === state.agentId)) return undefined;
  return refuse('notYours', 'Only the agent of the conversation or a supervisor may do this.');
}
