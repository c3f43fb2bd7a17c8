/** Lost and recovered connections of customers and agents (behaviour reference, section 1.8). */
import type { Refused } from '../decision.ts';
import { close, wrapUp } from './closing.ts';
import type { ConversationCommand } from './command.ts';
import { change, type Draft, emit, refuse, refuseNow, setTimer } from './draft.ts';
import type { RoutingOutcome } from './policy.ts';
import { sendToQueue } from './queueing.ts';

type Command<K extends ConversationCommand['kind']> = Extract<ConversationCommand, { kind: K }>;

export function customerLeft(draft: Draft, { by }: Command<'customerLeft'>): Refused | undefined {
  const refused = refuseUnlessConnected(draft, by);
  if (refused !== undefined) return refused;
  const { status, isCustomerGone } = draft.state;
  if (status === 'wrapUp' || isCustomerGone) return undefined;
  change(draft, { isCustomerGone: true });
  setTimer(draft, 'customerGone', draft.facts.now + draft.facts.policy.customerReturnSeconds * 1000);
  emit(draft, { type: 'CustomerLeft' });
  return undefined;
}

export function customerReturned(draft: Draft, { by }: Command<'customerReturned'>): Refused | undefined {
  const refused = refuseUnlessConnected(draft, by);
  if (refused !== undefined) return refused;
  if (draft.state.status === 'wrapUp') return refuseNow(draft, 'The talk is over: the customer starts a new one.');
  if (draft.state.isCustomerGone) customerIsBack(draft);
  return undefined;
}

export function customerIsBack(draft: Draft): void {
  change(draft, { isCustomerGone: false });
  setTimer(draft, 'customerGone', null);
  emit(draft, { type: 'CustomerReturned' });
}

/** The customer did not come back in time. */
export function giveUpCustomer(draft: Draft): void {
  const { status, offer } = draft.state;
  if (status === 'open') close(draft, 'customerLeftOpenConversation', 'customerDisconnect');
  else if (status === 'active' && offer !== null) close(draft, 'customerLeftActiveConversation', 'customerDisconnect');
  else if (status === 'active') wrapUp(draft, 'customerLeftActiveConversation');
}

export function agentLeft(draft: Draft, { agentId }: Command<'agentLeft'>): Refused | undefined {
  const { state, facts } = draft;
  // Nobody waits for a record, and an offer runs out by itself.
  if (!isHandledBy(draft, agentId) || state.kind === 'record' || isAgentGone(draft)) return undefined;
  setTimer(draft, 'agentGone', facts.now + facts.policy.agentReturnSeconds * 1000);
  emit(draft, { type: 'AgentLeft', agentId });
  return undefined;
}

export function agentReturned(draft: Draft, { agentId }: Command<'agentReturned'>): Refused | undefined {
  if (!isHandledBy(draft, agentId) || !isAgentGone(draft)) return undefined;
  setTimer(draft, 'agentGone', null);
  emit(draft, { type: 'AgentReturned', agentId });
  return undefined;
}

/** The agent did not come back in time: somebody else has to look after the customer (T10). */
export function giveUpAgent(draft: Draft, routing: RoutingOutcome): void {
  if (draft.state.status !== 'active') return;
  sendToQueue(draft, routing, { transition: 'T10', closure: 'agentDisconnected', cause: 'return' });
}

function isHandledBy({ state }: Draft, agentId: string): boolean {
  return state.status === 'active' && state.agentId === agentId && state.handlingSince !== null;
}

function isAgentGone({ state }: Draft): boolean {
  return state.timers.some(({ kind }) => kind === 'agentGone');
}

function refuseUnlessConnected({ state }: Draft, by: Command<'customerLeft'>['by']): Refused | undefined {
  if (by.kind !== 'customer' && by.kind !== 'system')
    return refuse('notYours', 'Only the channel knows of the connection of the customer.');
  if (state.kind === 'live' || state.kind === 'voice') return undefined;
  return refuse('notForThisChannel', 'This channel has no connection that could be lost.');
}
