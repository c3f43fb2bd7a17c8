/**
 * Decides what a command does to a conversation: pure, and complete - every command in every state is accepted or refused with a
 * sentence. Rules: behaviour reference, sections 1, 2 and 5; for people: docs/life-cycle.md.
 */
import type { ConversationDecision, ConversationFacts, Refused } from '../decision.ts';
import { setCase, setContext, setCustomer, setSkills } from './attributes.ts';
import type { ConversationCommand } from './command.ts';
import { agentLeft, agentReturned, customerLeft, customerReturned } from './connections.ts';
import {
  acceptConsult,
  endConsult,
  inviteConsult,
  join,
  leave,
  monitor,
  publishConsult,
  rejectConsult,
} from './consults.ts';
import type { Conversation } from './conversation.ts';
import { setStateDirectly } from './direct-writes.ts';
import { accept, type Draft, newDraft, refuse } from './draft.ts';
import { closeSession, end, forceClose, recordGone, reopen } from './endings.ts';
import { addMessage, messageCustomer } from './messages.ts';
import { accept as acceptOffer, offerToAgent, pick, reject } from './offers.ts';
import { fireTimers, planTimers } from './timers.ts';
import { cancelTransfer, moveToQueue, release, takeOver, transferToAgent } from './transfers.ts';

/** Commands that nobody does on purpose: they do not show that somebody is at it, so they do not put off automatic closing. */
const noActivity: ReadonlySet<ConversationCommand['kind']> = new Set([
  'offer',
  'timerDue',
  'customerLeft',
  'agentLeft',
  'agentReturned',
]);

/**
 * What a command does.
 * @returns accepted with the next state, one higher in `sequence`; accepted with the very same state and no events when there is nothing to do (a
 * repetition, no timer due); or refused, which changes nothing
 * @throws Error when an agent of `concernedAgents` who holds capacity is missing from the facts, or the engine itself is wrong
 */
export function decide(
  conversation: Conversation,
  command: ConversationCommand,
  facts: ConversationFacts,
): ConversationDecision {
  if (conversation.status === 'closed' && command.kind !== 'timerDue')
    return refuse('conversationClosed', 'The conversation is closed, which is final.');
  const draft = newDraft(conversation, command.kind, facts);
  const refused = apply(draft, command);
  if (refused !== undefined) return refused;
  if (draft.state !== conversation) complete(draft, command);
  return accept(draft);
}

function complete(draft: Draft, { kind }: ConversationCommand): void {
  const { now, policy } = draft.facts;
  // A timer that was only put off is nothing to show in the rows.
  const isChanged = draft.events.length > 0;
  const state = {
    ...draft.state,
    sequence: draft.state.sequence + 1,
    modifiedOn: isChanged ? now : draft.state.modifiedOn,
    lastActivityOn: noActivity.has(kind) ? draft.state.lastActivityOn : now,
  };
  draft.state = { ...state, timers: planTimers(state, policy, now) };
}

function apply(draft: Draft, command: ConversationCommand): Refused | undefined {
  switch (command.kind) {
    case 'offer':
      return offerToAgent(draft, command);
    case 'accept':
      return acceptOffer(draft, command);
    case 'reject':
      return reject(draft, command);
    case 'pick':
      return pick(draft, command);
    case 'release':
      return release(draft, command);
    case 'moveToQueue':
      return moveToQueue(draft, command);
    case 'transferToAgent':
      return transferToAgent(draft, command);
    case 'cancelTransfer':
      return cancelTransfer(draft, command);
    case 'takeOver':
      return takeOver(draft, command);
    case 'end':
      return end(draft, command);
    case 'closeSession':
      return closeSession(draft, command);
    case 'forceClose':
      return forceClose(draft, command);
    case 'reopen':
      return reopen(draft, command);
    case 'recordGone':
      return recordGone(draft, command);
    case 'setStateDirectly':
      return setStateDirectly(draft, command);
    case 'timerDue':
      fireTimers(draft, command);
      return undefined;
    default:
      return applyToPeople(draft, command);
  }
}

type PeopleCommand = Extract<
  ConversationCommand,
  {
    kind:
      | 'inviteConsult'
      | 'acceptConsult'
      | 'rejectConsult'
      | 'endConsult'
      | 'publishConsult'
      | 'monitor'
      | 'join'
      | 'leave'
      | 'addMessage'
      | 'messageCustomer'
      | 'customerLeft'
      | 'customerReturned'
      | 'agentLeft'
      | 'agentReturned'
      | 'setCustomer'
      | 'setCase'
      | 'setContext'
      | 'setSkills';
  }
>;

/** The commands that do not move the conversation itself, or only through what people say. */
function applyToPeople(draft: Draft, command: PeopleCommand): Refused | undefined {
  switch (command.kind) {
    case 'inviteConsult':
      return inviteConsult(draft, command);
    case 'acceptConsult':
      return acceptConsult(draft, command);
    case 'rejectConsult':
      return rejectConsult(draft, command);
    case 'endConsult':
      return endConsult(draft, command);
    case 'publishConsult':
      return publishConsult(draft, command);
    case 'monitor':
      return monitor(draft, command);
    case 'join':
      return join(draft, command);
    case 'leave':
      return leave(draft, command);
    case 'addMessage':
      return addMessage(draft, command);
    case 'messageCustomer':
      return messageCustomer(draft, command);
    case 'customerLeft':
      return customerLeft(draft, command);
    case 'customerReturned':
      return customerReturned(draft, command);
    case 'agentLeft':
      return agentLeft(draft, command);
    case 'agentReturned':
      return agentReturned(draft, command);
    case 'setCustomer':
      return setCustomer(draft, command);
    case 'setCase':
      return setCase(draft, command);
    case 'setContext':
      return setContext(draft, command);
    case 'setSkills':
      return setSkills(draft, command);
  }
}
