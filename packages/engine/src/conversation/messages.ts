/** Messages: who may write what to whom, and what a message changes (behaviour reference, T15, T18, sections 2.3 and 5.4). */
import type { Refused } from '../decision.ts';
import type { Actor, ConversationCommand } from './command.ts';
import { customerIsBack } from './connections.ts';
import type { Guid } from './conversation.ts';
import { dismissAll } from './departures.ts';
import { change, type Draft, enter, isSupervising, refuse, refuseNow, storeMessage, userOf } from './draft.ts';
import { returnFromWaiting } from './returning.ts';
import { endSession } from './sessions.ts';

type Command<K extends ConversationCommand['kind']> = Extract<ConversationCommand, { kind: K }>;

export function addMessage(draft: Draft, { by, message, routing }: Command<'addMessage'>): Refused | undefined {
  const { status } = draft.state;
  if (by.kind === 'customer') {
    if (message.audience !== 'public') return refuse('notYours', 'Customers write to everybody only.');
    if (status === 'wrapUp') return refuseNow(draft, 'The talk is over: a new message starts a new conversation.');
    if (draft.state.isCustomerGone) customerIsBack(draft);
    storeMessage(draft, message);
    if (status === 'waiting') returnFromWaiting(draft, routing);
    return undefined;
  }
  const refused = refuseWriting(draft, by, message.audience);
  if (refused !== undefined) return refused;
  storeMessage(draft, message);
  const isAnswer = message.audience === 'public' && (by.kind === 'agent' || isSupervising(by));
  if (isAnswer) noteResponse(draft);
  return undefined;
}

/** T18 where it waits in a queue on a persistent channel; elsewhere only a message. */
export function messageCustomer(draft: Draft, { by, message }: Command<'messageCustomer'>): Refused | undefined {
  const { status, kind } = draft.state;
  if (!isSupervising(by)) return refuse('notYours', 'Only a supervisor writes to the customer from outside.');
  if (kind === 'record' || kind === 'voice') return refuse('notForThisChannel', 'This channel has no messages.');
  if (status === 'wrapUp') return refuseNow(draft, 'The talk is over.');
  storeMessage(draft, message);
  noteResponse(draft);
  if (status === 'open' && kind === 'persistent') waitAfterMessage(draft);
  return undefined;
}

/** No published closure reason says that a supervisor wrote, so the session ends with the default one. */
export function waitAfterMessage(draft: Draft): void {
  dismissAll(draft, 'Ended');
  endSession(draft, 'default');
  enter(draft, 'T18', 'awaitingCustomerResponse');
}

function noteResponse(draft: Draft): void {
  if (draft.state.firstResponseOn === null) change(draft, { firstResponseOn: draft.facts.now });
}

function refuseWriting(draft: Draft, by: Actor, audience: 'public' | 'private' | 'note'): Refused | undefined {
  if (by.kind === 'system' || by.kind === 'bot') return undefined;
  const userId = userOf(by);
  if (audience !== 'public') {
    return takesPart(draft, userId) ? undefined : refuse('notYours', 'Only who takes part writes to the other agents.');
  }
  if (draft.state.status !== 'active')
    return refuseNow(draft, 'An agent writes to the customer of an active one only.');
  const participant = draft.state.participants.find((one) => one.agentId === userId);
  const mayWrite = participant !== undefined && participant.joinedOn !== null && participant.access === 'public';
  return mayWrite ? undefined : refuse('notYours', 'Only its agent and visible participants write to the customer.');
}

function takesPart({ state }: Draft, userId: Guid | null): boolean {
  if (userId === null) return false;
  // The agent of a waiting one is not in a session, but it is still theirs.
  if (state.status === 'waiting' && state.agentId === userId) return true;
  return state.participants.some((one) => one.agentId === userId && one.joinedOn !== null);
}
