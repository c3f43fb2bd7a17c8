/**
 * Direct writes of rows that only show what the engine knows: sessions, participants and events of its conversations, status and
 * history of its agents (docs/conversation-engine.md, "What is stored"). Rows that never came from the engine are written as any other.
 */
import { WebApiError } from '@parley/protocol';
import type { TableOwner } from '../webapi/write/write-context.ts';

const sessionOfEngine = (session: string): string =>
  `data.msdyn_ocsession s JOIN parley.conversation c ON c.id = s.msdyn_liveworkitemid WHERE s.activityid = ${session}`;

/** Finds something when the row of this id is the engine's. */
const statements: Readonly<Record<string, string>> = {
  msdyn_ocsession: `SELECT 1 FROM ${sessionOfEngine('$1::uuid')}`,
  msdyn_sessionparticipant: `SELECT 1 FROM data.msdyn_sessionparticipant t
    WHERE t.msdyn_sessionparticipantid = $1::uuid AND EXISTS (SELECT FROM ${sessionOfEngine('t.msdyn_omnichannelsession')})`,
  msdyn_sessionevent: `SELECT 1 FROM data.msdyn_sessionevent t
    WHERE t.msdyn_sessioneventid = $1::uuid AND EXISTS (SELECT FROM ${sessionOfEngine('t.msdyn_omnichannelsession')})`,
  msdyn_agentstatus: `SELECT 1 FROM data.msdyn_agentstatus t JOIN parley.agent a ON a.id = t.msdyn_agentid
    WHERE t.msdyn_agentstatusid = $1::uuid`,
  msdyn_agentstatushistory: `SELECT 1 FROM data.msdyn_agentstatushistory t JOIN parley.agent a ON a.id = t.msdyn_agentid
    WHERE t.msdyn_agentstatushistoryid = $1::uuid`,
};

/** For `owners` of the Web API. */
export const projectedRowOwners: ReadonlyMap<string, TableOwner> = new Map(
  Object.entries(statements).map(([table, statement]) => [table, projectionOwner(table, statement)]),
);

function projectionOwner(table: string, statement: string): TableOwner {
  const isOfEngine: (...found: Parameters<TableOwner['open']>) => Promise<boolean> = async ({ executor }, id) =>
    (await executor.query(statement, [id])).length > 0;
  return {
    concerns: (columns) => [...columns].some(isKept),
    // Nothing is locked: whether a row is the engine's does not change while the engine holds it.
    open: async (context, id) => ({
      update: async ({ values }) => {
        const column = [...values.keys()].find(isKept);
        if (column !== undefined && (await isOfEngine(context, id)))
          throw new WebApiError('rowOfEngine', { column, table, id });
        return values;
      },
      delete: async () => undefined,
    }),
    isStatusPossible: async (context, id) => !(await isOfEngine(context, id)),
  };
}

const keptColumns: ReadonlySet<string> = new Set([
  'ownerid',
  'statecode',
  'statuscode',
  'subject',
  'actualstart',
  'actualend',
]);

/** All that the engine writes; an organisation's own columns and descriptions are free. */
function isKept(column: string): boolean {
  return column.startsWith('msdyn_') || keptColumns.has(column);
}
