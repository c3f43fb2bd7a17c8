/** From one agent to another, or back to a queue (behaviour reference, T6, T10, T11, T17 and section 5.2). */
import { checkCapacity } from '../agent/capacity.ts';
import type { AssignReason, ClosureReason } from '../codes.ts';
import type { AgentFact, Refused } from '../decision.ts';
import { commandAgent, findAgent, findHold, giveBack, takeHold, turnHold } from './agent-capacity.ts';
import type { Actor, ConversationCommand } from './command.ts';
import type { Guid, PendingTransfer } from './conversation.ts';
import { dismissConsults, dropTransfer, removeOffer, removePrimary } from './departures.ts';
import { change, type Draft, emit, enter, isSupervising, refuse, refuseNow, userOf } from './draft.ts';
import { sendToQueue } from './queueing.ts';
import { assignAgent, endSession, joinAgent, openSession, removeParticipant } from './sessions.ts';

type Command<K extends ConversationCommand['kind']> = Extract<ConversationCommand, { kind: K }>;

/** T11, T17: asks the target, who is given it once they accept. */
export function transferToAgent(draft: Draft, command: Command<'transferToAgent'>): Refused | undefined {
  const { by, agentId } = command;
  const { state, facts } = draft;
  const byUserId = userOf(by);
  const refusedCaller = refuseTransferring(draft, by);
  if (refusedCaller !== undefined || byUserId === null) return refusedCaller ?? refuse('notYours', 'No user asks.');
  if (state.transfer?.agentId === agentId) return undefined;
  if (state.transfer !== null) return refuseNow(draft, 'Another transfer is not answered yet; cancel it first.');
  if (agentId === state.agentId) return refuse('sameAgent', 'The agent has the conversation already.');
  const isForced = isSupervising(by) && byUserId !== state.agentId;
  const refusedTarget = refuseTarget(draft, agentId, { isForced });
  if (refusedTarget !== undefined) return refusedTarget;
  const transfer: PendingTransfer = {
    agentId,
    by: isForced ? 'supervisor' : 'agent',
    byUserId,
    isEscalation: command.isTargetSupervisor,
    offeredOn: facts.now,
    expiresOn: facts.now + facts.policy.offerSeconds * 1000,
  };
  change(draft, { transfer });
  const { expiresOn, isEscalation } = transfer;
  emit(draft, { type: 'TransferRequested', agentId, by: byUserId, expiresOn, isEscalation });
  takeHold(draft, agentId, { for: 'transfer', isForced });
  return undefined;
}

function refuseTransferring(draft: Draft, by: Actor): Refused | undefined {
  const { status, offer } = draft.state;
  if (status === 'waiting') {
    return isSupervising(by) ? undefined : refuse('notYours', 'Only a supervisor transfers a waiting conversation.');
  }
  if (status !== 'active') return refuseNow(draft, 'Only an active one can be transferred to an agent.');
  const refused = refuseUnlessPrimary(draft, by);
  if (refused !== undefined) return refused;
  return offer === null ? undefined : refuseNow(draft, 'Its agent has not accepted it yet.');
}

function refuseTarget(draft: Draft, agentId: Guid, { isForced }: { isForced: boolean }): Refused | undefined {
  const agent = findAgent(draft, agentId);
  if (agent === undefined || !isReachable(agent))
    return refuse('agentNotAvailable', `Agent ${agentId} is offline, away or not to be disturbed.`);
  if (isForced) return undefined;
  const { now, presences } = draft.facts;
  const finding = checkCapacity(agent, draft.state.routing.demand, now, presences);
  return finding.ok ? undefined : refuse('agentNotAvailable', `Agent ${agentId} has no capacity: ${finding.detail}.`);
}

function isReachable({ state }: AgentFact): boolean {
  return state.isSignedIn && (state.basePresence === 'available' || state.basePresence === 'busy');
}

/** The target has it from now on. */
export function acceptTransfer(draft: Draft, transfer: PendingTransfer): void {
  const { agentId, by, isEscalation } = transfer;
  change(draft, { transfer: null });
  emit(draft, { type: 'TransferAccepted', from: draft.state.agentId, agentId, isEscalation });
  const reasons: readonly [AssignReason, ClosureReason] =
    by === 'supervisor' ? ['supervisorTransfer', 'supervisorTransferToAgent'] : ['transfer', 'agentTransferred'];
  handOver(draft, agentId, { assignReason: reasons[0], closure: reasons[1], isEscalation });
}

/** Answered with no, or not at all: the first agent keeps it. */
export function endTransfer(
  draft: Draft,
  transfer: PendingTransfer,
  type: 'TransferRejected' | 'TransferTimedOut',
): void {
  const { agentId } = transfer;
  change(draft, { transfer: null });
  emit(draft, { type, agentId });
  giveBack(draft, agentId, { for: 'transfer', cause: 'declined' });
  commandAgent(draft, agentId, { kind: type === 'TransferRejected' ? 'offerRejected' : 'offerMissed' });
}

/** The present agent leaves, another one has it in a new session (T11; T17 from waiting). The target's capacity is taken already or here. */
function handOver(
  draft: Draft,
  agentId: Guid,
  options: { readonly assignReason: AssignReason; readonly closure: ClosureReason; readonly isEscalation: boolean },
): void {
  const { status, offer, transferCount, escalationCount } = draft.state;
  // An offer that nobody accepted hands nothing over.
  if (offer === null) {
    change(draft, {
      transferCount: transferCount + 1,
      escalationCount: escalationCount + (options.isEscalation ? 1 : 0),
    });
  } else {
    removeOffer(draft, offer, 'OfferWithdrawn');
  }
  dismissConsults(draft);
  removePrimary(draft, 'Left');
  const monitor = draft.state.participants.find((one) => one.agentId === agentId);
  if (monitor !== undefined) removeParticipant(draft, monitor, 'Left');
  endSession(draft, options.closure);
  openSession(draft);
  if (findHold(draft.state, agentId, 'transfer') === undefined) {
    takeHold(draft, agentId, { for: 'primary', isForced: true });
  } else {
    turnHold(draft, agentId, 'transfer', 'primary');
  }
  assignAgent(draft, agentId, options.assignReason, null);
  joinAgent(draft);
  enter(draft, status === 'waiting' ? 'T17' : 'T11', 'inConversation');
}

export function cancelTransfer(draft: Draft, { by }: Command<'cancelTransfer'>): Refused | undefined {
  const { transfer, agentId } = draft.state;
  const userId = userOf(by);
  if (transfer === null) return refuseNow(draft, 'No transfer waits for an answer.');
  const mayCancel = isSupervising(by) || userId === transfer.byUserId || userId === agentId;
  if (!mayCancel) return refuse('notYours', 'Only who asked for the transfer, the agent or a supervisor cancels it.');
  dropTransfer(draft);
  return undefined;
}

/** A supervisor has it at once, without being asked. */
export function takeOver(draft: Draft, { by }: Command<'takeOver'>): Refused | undefined {
  const userId = userOf(by);
  const { status, agentId, offer } = draft.state;
  if (userId === null || !isSupervising(by)) return refuse('notYours', 'Only a supervisor takes a conversation over.');
  if (status === 'open') return refuseNow(draft, 'Nobody has it: pick it instead.');
  if (status === 'wrapUp') return refuseNow(draft, 'The talk is over: there is nothing to take over.');
  if (findAgent(draft, userId) === undefined) return refuse('agentNotAvailable', `Agent ${userId} is not known.`);
  if (agentId === userId && status === 'active') {
    return offer === null ? undefined : refuseNow(draft, 'It is offered to the caller: accept it instead.');
  }
  dropTransfer(draft);
  handOver(draft, userId, {
    assignReason: 'supervisorTransfer',
    closure: 'supervisorTransferToAgent',
    isEscalation: true,
  });
  return undefined;
}

/** T10: back into the line, because its agent or a supervisor says so. No transfer: nobody else was meant. */
export function release(draft: Draft, { by, routing }: Command<'release'>): Refused | undefined {
  const refused = refuseLeavingAgent(draft, by);
  if (refused !== undefined) return refused;
  const isOwn = userOf(by) === draft.state.agentId;
  const closure = isOwn ? 'agentTransferToQueue' : 'supervisorAssignToQueue';
  sendToQueue(draft, routing, { transition: 'T10', closure, cause: 'return' });
  return undefined;
}

/** T6 while it waits, T10 while an agent has it. */
export function moveToQueue(draft: Draft, command: Command<'moveToQueue'>): Refused | undefined {
  const { by, cause, routing } = command;
  if (draft.state.status === 'open') {
    const refused = refuseMovingOpen(by);
    if (refused !== undefined) return refused;
    const closures = {
      assign: 'supervisorAssignToQueue',
      transfer: 'queueTransfer',
      overflow: 'overflowQueueTransfer',
    } as const;
    sendToQueue(draft, routing, { transition: 'T6', closure: closures[cause], cause });
    return undefined;
  }
  const refused = refuseLeavingAgent(draft, by);
  if (refused !== undefined) return refused;
  const isOwn = userOf(by) === draft.state.agentId;
  const wasAccepted = draft.state.offer === null;
  if (wasAccepted && cause !== 'overflow') change(draft, { transferCount: draft.state.transferCount + 1 });
  const closure = isOwn ? 'agentTransferToQueue' : 'supervisorAssignToQueue';
  sendToQueue(draft, routing, { transition: 'T10', closure, cause });
  return undefined;
}

function refuseMovingOpen(by: Actor): Refused | undefined {
  if (isSupervising(by) || by.kind === 'system' || by.kind === 'bot') return undefined;
  return refuse('notYours', 'Only a supervisor moves an open conversation to another queue.');
}

function refuseLeavingAgent(draft: Draft, by: Actor): Refused | undefined {
  const { status, offer, agentId } = draft.state;
  if (status !== 'active') return refuseNow(draft, 'Only an active one can go back to a queue.');
  const refused = refuseUnlessPrimary(draft, by);
  if (refused !== undefined) return refused;
  if (offer !== null && userOf(by) === agentId) return refuseNow(draft, 'Reject the offer instead.');
  return undefined;
}

function refuseUnlessPrimary({ state }: Draft, by: Actor): Refused | undefined {
  const userId = userOf(by);
  if (isSupervising(by) || by.kind === 'system' || (userId !== null && userId === state.agentId)) return undefined;
  return refuse('notYours', 'Only the agent of the conversation or a supervisor may do this.');
}
