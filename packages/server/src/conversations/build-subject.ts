/** The facts that routing conditions ask about: what the engine knows itself, and the rows of the customer and their next of kin. */
import {
  type Conversation,
  describeSubject,
  type Guid,
  type Queue,
  type RoutingConfiguration,
  type Subject,
  type SubjectSource,
  type WorkStream,
} from '@parley/engine';
import type { Database } from '../db/database.ts';

type Json = string | number | boolean | null;

/** Columns of the row, and one level further: a contact's company, an account's main contact. */
const customerStatements = {
  contact: `SELECT c.contactid, to_json(c), to_json(a) FROM data.contact c
    LEFT JOIN data.account a ON c.parentcustomerid_table = 'account' AND a.accountid = c.parentcustomerid
    WHERE c.contactid = ANY($1::uuid[])`,
  account: `SELECT a.accountid, to_json(a), to_json(c) FROM data.account a
    LEFT JOIN data.contact c ON c.contactid = a.primarycontactid WHERE a.accountid = ANY($1::uuid[])`,
} as const;
const nextLevel = { contact: 'parentcustomerid', account: 'primarycontactid' } as const;

/** @param workStream its time zone is the one of `time.*` */
export async function buildSubject(
  database: Database,
  source: SubjectSource,
  workStream: WorkStream,
  now: number,
): Promise<Subject> {
  const customers = await readCustomers(database, [source]);
  return withCustomer(source, describeSubject(source, now, workStream.timeZone), customers);
}

/** Of those that wait in queues whose own rules ask about customers; the others need no rows. */
export async function buildSubjects(
  database: Database,
  waiting: ReadonlyMap<Guid, readonly Conversation[]>,
  configuration: RoutingConfiguration,
  now: number,
): Promise<Map<Guid, Subject>> {
  const asked = [...waiting].flatMap(([queueId, list]) => (asksForCustomers(configuration, queueId) ? list : []));
  const customers = await readCustomers(database, asked);
  return new Map(
    asked.map((conversation) => {
      const timeZone = configuration.workStreams.get(conversation.workStreamId)?.timeZone ?? 'UTC';
      const subject = withCustomer(conversation, describeSubject(conversation, now, timeZone), customers);
      return [conversation.id, subject] as const;
    }),
  );
}

const askingQueues = new WeakMap<Queue, boolean>();

function asksForCustomers(configuration: RoutingConfiguration, queueId: Guid): boolean {
  const queue = configuration.queues.get(queueId);
  if (queue?.method.kind !== 'custom') return false;
  let asks = askingQueues.get(queue);
  if (asks === undefined) {
    asks = JSON.stringify(queue.method).includes('"customer.');
    askingQueues.set(queue, asks);
  }
  return asks;
}

function withCustomer(source: SubjectSource, known: Subject, customers: ReadonlyMap<Guid, Subject>): Subject {
  return source.customer === null ? known : { ...known, customer: customers.get(source.customer.id) ?? {} };
}

/** By id. */
async function readCustomers(
  database: Database,
  sources: readonly Pick<SubjectSource, 'customer'>[],
): Promise<Map<Guid, Subject>> {
  const customers = new Map<Guid, Subject>();
  for (const table of ['contact', 'account'] as const) {
    const ids = sources.flatMap(({ customer }) => (customer?.table === table ? [customer.id] : []));
    if (ids.length === 0) continue;
    for (const [id, own, next] of await database.query(customerStatements[table], [[...new Set(ids)]]))
      customers.set(id ?? '', { ...parseRow(own), table, [nextLevel[table]]: parseRow(next) });
  }
  return customers;
}

/** Only plain values: lists of choices and the like are not asked about. */
function parseRow(text: string | null | undefined): Subject {
  if (text === null || text === undefined) return {};
  // PostgreSQL wrote an object.
  const parsed = JSON.parse(text) as Record<string, unknown>;
  const plain: Record<string, Json> = {};
  for (const [name, value] of Object.entries(parsed)) {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      plain[name] = value;
  }
  return plain;
}
