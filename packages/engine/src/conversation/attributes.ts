/** What is known of a conversation besides its state: customer, case, context variables, skills. */
import type { Refused } from '../decision.ts';
import type { ConversationCommand } from './command.ts';
import { change, changeRouting, type Draft, emit, wakeOwnQueue } from './draft.ts';
import { addContext } from './queueing.ts';

type Command<K extends ConversationCommand['kind']> = Extract<ConversationCommand, { kind: K }>;

export function setCustomer(draft: Draft, command: Command<'setCustomer'>): Refused | undefined {
  const { customer, customerName } = command;
  const { state } = draft;
  const isSame =
    customer?.id === state.customer?.id &&
    customer?.table === state.customer?.table &&
    customerName === state.customerName;
  if (isSame) return undefined;
  change(draft, { customer, customerName });
  emit(draft, { type: 'CustomerChanged', customerId: customer?.id ?? null, table: customer?.table ?? null });
  return undefined;
}

export function setCase(draft: Draft, { caseId }: Command<'setCase'>): Refused | undefined {
  if (caseId === draft.state.caseId) return undefined;
  change(draft, { caseId });
  emit(draft, { type: 'CaseChanged', caseId });
  return undefined;
}

/** Adds to what is there; a name that exists gets the new value. */
export function setContext(draft: Draft, { context }: Command<'setContext'>): Refused | undefined {
  addContext(draft, context);
  return undefined;
}

/** Replaces all skills that are asked for. While it waits, somebody else may fit now. */
export function setSkills(draft: Draft, { skills }: Command<'setSkills'>): Refused | undefined {
  const before = draft.state.routing.skills;
  const isSame =
    skills.length === before.length &&
    skills.every(({ skillId, rating }) => before.some((one) => one.skillId === skillId && one.rating === rating));
  if (isSame) return undefined;
  changeRouting(draft, { skills });
  emit(draft, { type: 'SkillsChanged', skillIds: skills.map(({ skillId }) => skillId) });
  wakeOwnQueue(draft);
  return undefined;
}
