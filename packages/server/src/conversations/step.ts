/** One step: what a decision leaves to be written, and whom it concerns. */
import type { Accepted, Conversation, Explanation } from '@parley/engine';
import type { Changes } from './write-changes.ts';

/** `changes` are null when there is nothing to write. */
export type Step<Result> = { readonly result: Result; readonly changes: Changes | null };

export function changesOf(
  now: number,
  before: Conversation | null,
  accepted: Accepted,
  explanations: readonly Explanation[],
): Changes {
  const { id, sequence } = accepted.conversation;
  return {
    now,
    conversations: [{ before, accepted }],
    agents: accepted.agents,
    explanations: explanations.map((explanation) => ({ conversationId: id, sequence, explanation })),
    wakeQueues: accepted.wakeQueues,
  };
}
