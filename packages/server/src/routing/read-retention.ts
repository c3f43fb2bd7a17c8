/** How long closed conversations and explanations are kept, from the settings row of the organisation. */
import type { Database } from '../db/database.ts';

const usual = { conversations: 90, decisions: 30 };

/** Days; the usual ones where the row or its value is missing. */
export async function readRetention(
  database: Database,
): Promise<{ readonly conversations: number; readonly decisions: number }> {
  const [row] = await database.query(
    `SELECT parley_conversationretentiondays, parley_explanationretentiondays FROM data.msdyn_omnichannelconfiguration
     WHERE statecode = 0 ORDER BY createdon LIMIT 1`,
    [],
  );
  return {
    conversations: Number(row?.[0] ?? usual.conversations),
    decisions: Number(row?.[1] ?? usual.decisions),
  };
}
