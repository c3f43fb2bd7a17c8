/** State columns that an administrator writes directly: through the same transitions, with a reason of their own for closing (behaviour reference, sections 1.2, 1.4 and 1.6). */
import type { Refused } from '../decision.ts';
import { close, wrapUp } from './closing.ts';
import type { ConversationCommand } from './command.ts';
import type { Status } from './conversation.ts';
import { type Draft, emit, refuse } from './draft.ts';
import { rejoin, waitForCustomer } from './endings.ts';
import { waitAfterMessage } from './messages.ts';
import { sendToQueue } from './queueing.ts';
import { returnFromWaiting } from './returning.ts';
import { isPossible } from './transitions.ts';

type SetStateDirectly = Extract<ConversationCommand, { kind: 'setStateDirectly' }>;

export function setStateDirectly(draft: Draft, { by, status: to }: SetStateDirectly): Refused | undefined {
  const { status: from } = draft.state;
  if (by.kind !== 'administrator') return refuse('notYours', 'Only administrators write the state directly.');
  if (to === from) return undefined;
  const refused = refuseStep(draft, to);
  if (refused !== undefined) return refused;
  emit(draft, { type: 'SetDirectly', userId: by.userId, from, to });
  takeStep(draft, to);
  return undefined;
}

function refuseStep({ state }: Draft, to: Status): Refused | undefined {
  const { status: from, kind, offer, agentId } = state;
  const unknown = (advice: string): Refused =>
    refuse('unknownTransition', `A ${kind} conversation cannot be changed from ${from} to ${to}. ${advice}`.trim());
  if (!isPossible(from, to, kind)) return unknown('');
  if (from === 'open' && to === 'active') return unknown('Assign it to an agent, or let an agent pick it.');
  if (from === 'waiting' && to === 'active' && agentId === null) return unknown('Nobody is its agent: take it over.');
  if (offer !== null && (to === 'wrapUp' || to === 'waiting')) return unknown('Its agent has not accepted it yet.');
  return undefined;
}

/** Releases and takes capacity as the transition does that an action would have made. */
function takeStep(draft: Draft, to: Status): void {
  const { status: from, agentId } = draft.state;
  switch (to) {
    case 'closed':
      close(draft, 'closedDirectlyByAdministrator', 'manuallyClosedConversation');
      return;
    case 'wrapUp':
      wrapUp(draft, 'agentMovedToWrapUp');
      return;
    case 'waiting':
      if (from === 'open') waitAfterMessage(draft);
      else waitForCustomer(draft, 'manuallyClosedConversation');
      return;
    case 'open':
      if (from === 'waiting') returnFromWaiting(draft, null);
      else sendToQueue(draft, null, { transition: 'T10', closure: 'agentRerouted', cause: 'return' });
      return;
    case 'active':
      if (agentId !== null) rejoin(draft, agentId);
  }
}
