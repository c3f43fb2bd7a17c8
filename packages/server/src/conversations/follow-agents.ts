/**
 * Tells conversations that their agent is gone or back. It follows the outbox, so that a process that dies right after an agent
 * left leaves nothing untold.
 */
import type { Guid } from '@parley/engine';
import type { Database } from '../db/database.ts';
import type { Consumer } from '../outbox/consumer.ts';
import { readAgents } from '../presence/agent-store.ts';
import type { ConversationService } from './conversation-service.ts';

export function agentConsumer(database: Database, conversations: Pick<ConversationService, 'execute'>): Consumer {
  return {
    name: 'agents',
    types: new Set(['AgentSignedIn', 'AgentSignedOut', 'PresenceChanged']),
    async handle({ agentId }) {
      if (agentId === null) return;
      // What is true by now counts, not what was when it happened: the agent may have come back since.
      const isSignedIn = (await readAgents(database, [agentId])).get(agentId)?.isSignedIn ?? false;
      for (const id of await heldBy(database, agentId))
        await conversations.execute(id, { kind: isSignedIn ? 'agentReturned' : 'agentLeft', agentId });
    },
  };
}

async function heldBy(database: Database, agentId: Guid): Promise<Guid[]> {
  const rows = await database.query(
    `SELECT id FROM parley.conversation WHERE agent_id = $1::uuid AND status = 'active'`,
    [agentId],
  );
  return rows.map(([id]) => id ?? '');
}
