/**
 * Fills a new organisation with the demo (outside contract, "Demo organisation"): once only, so that what people change
 * or delete afterwards stays changed. Ids and contents are the same on every machine; times count back from the day.
 */
import type { ClientBase } from 'pg';
import { stableGuid } from '../model/stable-guid.ts';
import type { TableModel } from '../model/table-model.ts';
import { insertRows, type RowBatch } from '../organization/insert-rows.ts';
import { lockSeeds, readSeedVersion, writeSeedVersion } from '../organization/seed-state.ts';
import { accessRights } from '../security/privileges.ts';
import { agentStatusBatch, configurationBatches } from './demo-configuration.ts';
import type { DemoConversation } from './demo-conversation.ts';
import { customerBatches } from './demo-customers.ts';
import { type DemoPersonName, demoOrganization, demoPerson, demoWorkStreams } from './demo-ids.ts';
import { generateHistory } from './generate-history.ts';
import { activeAgent, historyBatches, historyLinks } from './history-rows.ts';

const seedName = 'demo';

/**
 * Seeds the demo organisation unless this database had it before. Runs in the caller's transaction, after
 * `seedOrganization` with `demoOrganization`. Passwords are the sign-in part's: set `demoPassword` for `demoPeople`.
 * @param options.baseDate the history ends before this moment; by default today, 00:00 UTC
 */
export async function seedDemo(
  client: ClientBase,
  model: TableModel,
  options: { readonly baseDate?: Date } = {},
): Promise<void> {
  if ((await readSeedVersion(client, seedName)) !== undefined) return;
  await lockSeeds(client);
  if ((await readSeedVersion(client, seedName)) !== undefined) return;
  const baseDate = options.baseDate ?? today();
  const history = generateHistory(baseDate);
  await insertRows(client, model, demoOrganization.organizationId, [
    ...configurationBatches(),
    agentStatusBatch(activeWork(history)),
    ...customerBatches(baseDate),
    ...historyBatches(history),
    shares(history, baseDate),
  ]);
  await linkBack(client, history);
  await writeSeedVersion(client, seedName, '1');
}

function today(): Date {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
}

/** Links that point to rows which come later in the order of the foreign keys. */
async function linkBack(client: ClientBase, history: readonly DemoConversation[]): Promise<void> {
  await client.query(
    `UPDATE data.account SET primarycontactid = contact.contactid FROM data.contact
     WHERE contact.parentcustomerid = account.accountid AND account.primarycontactid IS NULL`,
  );
  await client.query(
    `UPDATE data.msdyn_ocliveworkitem item
     SET msdyn_lastsessionid = link.session, msdyn_activesessionparticipantid = link.participant
     FROM json_to_recordset($1::json) AS link (id uuid, session uuid, participant uuid) WHERE item.activityid = link.id`,
    [JSON.stringify(historyLinks(history))],
  );
}

/** Units and number of the active conversations that each person holds. */
function activeWork(history: readonly DemoConversation[]): Map<DemoPersonName, { units: number; count: number }> {
  const work = new Map<DemoPersonName, { units: number; count: number }>();
  for (const conversation of history) {
    const agent = activeAgent(conversation);
    if (agent === null || conversation.status !== 'Active') continue;
    const { units, count } = work.get(agent) ?? { units: 0, count: 0 };
    work.set(agent, { units: units + demoWorkStreams[conversation.stream].capacity, count: count + 1 });
  }
  return work;
}

/** A few conversations of colleagues that agent1 may read, so that shared rows show up in a Basic list. */
function shares(history: readonly DemoConversation[], baseDate: Date): RowBatch {
  const of = (name: DemoPersonName, count: number) =>
    history.filter((conversation) => activeAgent(conversation) === name).slice(0, count);
  const rows = [...of('agent2', 3), ...of('agent4', 2)].map((conversation) => ({
    principalobjectaccessid: stableGuid(`demo:share:${conversation.id}`),
    objectid: conversation.id,
    objecttypecode: 'msdyn_liveconversation',
    principalid: demoPerson.agent1.systemUserId,
    principaltypecode: 'systemuser',
    accessrightsmask: accessRights.Read,
    inheritedaccessrightsmask: 0,
    changedon: baseDate.toISOString(),
  }));
  return { table: 'principalobjectaccess', rows };
}
