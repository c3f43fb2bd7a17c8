/** T19: the conversation of a routed record ends with the record (behaviour reference, 1.4). A trigger of the case's table enqueues it. */
import type { Guid } from '@parley/engine';
import type { Database } from '../db/database.ts';
import type { JobKind } from '../jobs/job.ts';
import type { ConversationService } from './conversation-service.ts';

export function createRecordGone(database: Database, conversations: Pick<ConversationService, 'execute'>): JobKind {
  return {
    name: 'record.gone',
    maximumAttempts: 10,
    retryAfter: (attempt) => 1_000 * 2 ** attempt,
    concurrency: 2,
    async run(payload) {
      // Written by the trigger `announce_record_gone`.
      const { caseId } = payload as { readonly caseId: Guid };
      for (const id of await routedBy(database, caseId))
        await conversations.execute(id, { kind: 'recordGone', by: { kind: 'system' } });
    },
  };
}

/** From the documents: the rows forget a case that was deleted. */
async function routedBy(database: Database, caseId: Guid): Promise<Guid[]> {
  const rows = await database.query(
    `SELECT id FROM parley.conversation WHERE status <> 'closed' AND state ->> 'kind' = 'record' AND state ->> 'caseId' = $1`,
    [caseId],
  );
  return rows.map(([id]) => id ?? '');
}
