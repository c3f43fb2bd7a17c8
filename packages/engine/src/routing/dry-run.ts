/** What would happen to one conversation now: the same decisions as the router's, none of them carried out. */
import type { Conversation } from '../conversation/conversation.ts';
import { assignWaiting } from './assign-waiting.ts';
import type { AssignmentInput } from './assignment.ts';
import type { RoutingFacts, Subject } from './configuration.ts';
import type { Explanation } from './explanation.ts';
import { inQueueOverflow } from './overflow.ts';
import { routeConversation } from './route-conversation.ts';

export type ExplainNowInput = {
  readonly conversation: Conversation;
  readonly subject: Subject;
  readonly facts: RoutingFacts;
  /** As for `assignWaiting`; its queues are looked up, not given: only this conversation would wait. */
  readonly assignment: Omit<AssignmentInput, 'queues' | 'explain'>;
};

/**
 * The explanations of routing it anew, of overflow where it waits, and of assigning it as if it were next in line; stages that do not
 * apply are left out. Empty: its work stream does not exist.
 */
export function explainNow({ conversation, subject, facts, assignment }: ExplainNowInput): readonly Explanation[] {
  const { configuration } = assignment;
  const workStream = configuration.workStreams.get(conversation.workStreamId);
  if (workStream === undefined) return [];
  const { routing } = conversation;
  const route = routeConversation({
    conversation: { id: conversation.id },
    workStream,
    subject,
    configuration,
    facts,
    previous: routing,
    seed: conversation.id,
  });
  const explanations: Explanation[] = [route.explanation];
  const present = routing.queueId === null ? undefined : configuration.queues.get(routing.queueId);
  if (present !== undefined && present.inQueueOverflow.length > 0) {
    explanations.push(inQueueOverflow(conversation, present, configuration, facts).explanation);
  }
  const queueId = present?.id ?? (route.outcome.kind === 'queued' ? route.outcome.queueId : null);
  if (queueId === null) return explanations;
  const subjects = new Map([...(assignment.subjects ?? []), [conversation.id, subject] as const]);
  const { assignments, unassigned } = assignWaiting({
    ...assignment,
    subjects,
    queues: [{ queueId, waiting: [conversation] }],
  });
  return [...explanations, ...[...assignments, ...unassigned].map(({ explanation }) => explanation)];
}
