/** T15: a waiting conversation comes back to a queue, as a new engagement (behaviour reference, section 3, affinity). */
import { changeRouting, type Draft } from './draft.ts';
import type { RoutingOutcome } from './policy.ts';
import { sendToQueue } from './queueing.ts';

/** @param routing null: to the queue that it was in */
export function returnFromWaiting(draft: Draft, routing: RoutingOutcome | null): void {
  const { agentId } = draft.state;
  // Who turned down an earlier engagement, perhaps weeks ago, may be asked again.
  changeRouting(draft, { declines: [], isManualOnly: false });
  sendToQueue(draft, routing, {
    transition: 'T15',
    closure: 'default',
    cause: 'return',
    affinityAgentId: draft.facts.policy.keepsAgent ? agentId : null,
  });
}
