/** Rows of the two conversation tables behind direct writes: locked together, moved together, and every change of state on record. */
import { type ConversationKind, channelCodes, type Status, statusCodes, statusReasonCodes } from '@parley/engine';
import type { Executor } from '../webapi/run/executor.ts';
import type { WriteContext } from '../webapi/write/write-context.ts';

export type ConversationTable = 'msdyn_liveconversation' | 'msdyn_ocliveworkitem';

const keys: Readonly<Record<ConversationTable, string>> = {
  msdyn_liveconversation: 'msdyn_liveconversationid',
  msdyn_ocliveworkitem: 'activityid',
};

type DirectRow = {
  readonly status: number;
  readonly isClosedOnSet: boolean;
  /** What the work stream says the conversation may be; all kinds where there is no work stream. */
  readonly kinds: readonly ConversationKind[];
};

/** The row of this id and its twin in the other table, always in this order. */
export async function lockRows(executor: Executor, id: string): Promise<void> {
  for (const table of ['msdyn_ocliveworkitem', 'msdyn_liveconversation'] as const)
    await executor.query(`SELECT 1 FROM data.${table} WHERE ${keys[table]} = $1::uuid FOR NO KEY UPDATE`, [id]);
}

export async function findDirectRow(
  executor: Executor,
  table: ConversationTable,
  id: string,
): Promise<DirectRow | undefined> {
  const [row] = await executor.query(
    `SELECT t.statuscode, t.msdyn_closedon IS NOT NULL, w.msdyn_streamsource, w.msdyn_conversationmode
     FROM data.${table} t LEFT JOIN data.msdyn_liveworkstream w ON w.msdyn_liveworkstreamid = t.msdyn_liveworkstreamid
     WHERE t.${keys[table]} = $1::uuid`,
    [id],
  );
  if (row === undefined) return undefined;
  const [status, isClosedOnSet, channel, mode] = row;
  return {
    status: Number(status),
    isClosedOnSet: isClosedOnSet === 't',
    kinds: kindsOf(channel ?? null, mode ?? null),
  };
}

/** `msdyn_conversationmode` of a chat that goes on when the customer comes back. */
const persistentMode = 192_350_001;

function kindsOf(channel: string | null, mode: string | null): readonly ConversationKind[] {
  if (channel === null) return ['live', 'persistent', 'voice', 'record'];
  switch (Number(channel)) {
    case channelCodes.liveChat:
      return [Number(mode) === persistentMode ? 'persistent' : 'live'];
    case channelCodes.voice:
    case channelCodes.voiceCall:
      return ['voice'];
    case channelCodes.records:
      return ['record'];
    default:
      return ['persistent'];
  }
}

/** Whether the last direct change of state closed it: then no conversation ended there, and it may open again. */
export async function wasClosedDirectly(executor: Executor, id: string): Promise<boolean> {
  const [row] = await executor.query(
    `SELECT after ->> 'statuscode' FROM parley.direct_write WHERE row_id = $1::uuid ORDER BY id DESC LIMIT 1`,
    [id],
  );
  return row?.[0] === String(statusCodes.closed.status);
}

/** The row of the same id in the other table, if there is one, follows. */
export async function moveTwin(context: WriteContext, table: ConversationTable, id: string, to: Status): Promise<void> {
  const codes = statusCodes[to];
  const now = new Date(context.now - (context.now % 1000)).toISOString();
  const common = [id, codes.status, now, context.caller.principal.userId, to === 'closed'] as const;
  const times = `statuscode = $2::integer, msdyn_statusupdatedon = $3::timestamptz, modifiedby = $4::uuid, modifiedon = $3::timestamptz,
    msdyn_closedon = CASE WHEN $5::boolean THEN coalesce(msdyn_closedon, $3::timestamptz) END`;
  if (table === 'msdyn_ocliveworkitem') {
    await context.executor.query(
      `UPDATE data.msdyn_liveconversation SET ${times}, statecode = $6::integer WHERE msdyn_liveconversationid = $1::uuid`,
      [...common, codes.liveState],
    );
    return;
  }
  await context.executor.query(
    `UPDATE data.msdyn_ocliveworkitem SET ${times}, statecode = $6::integer, msdyn_statuschangereason = CASE WHEN $5::boolean THEN $7::integer END,
       msdyn_wrapupinitiatedon = CASE WHEN $8::boolean THEN $3::timestamptz ELSE msdyn_wrapupinitiatedon END
     WHERE activityid = $1::uuid`,
    [...common, codes.workItemState, statusReasonCodes.closedDirectlyByAdministrator, to === 'wrapUp'],
  );
}

/** Who changed the state of which row by hand, from which status to which. */
export async function recordWrite(
  context: WriteContext,
  table: ConversationTable,
  id: string,
  change: { readonly from: number | null; readonly to: number },
): Promise<void> {
  const { principal, onBehalfOf } = context.caller;
  await context.executor.query(
    `INSERT INTO parley.direct_write (table_name, row_id, user_id, on_behalf_of, written_on, before, after)
     VALUES ($1, $2::uuid, $3::uuid, $4::uuid, $5::timestamptz, $6::jsonb, $7::jsonb)`,
    [
      table,
      id,
      principal.userId,
      onBehalfOf?.userId ?? null,
      new Date(context.now).toISOString(),
      JSON.stringify({ statuscode: change.from }),
      JSON.stringify({ statuscode: change.to }),
    ],
  );
}
