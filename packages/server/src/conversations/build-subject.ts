/** The facts that routing conditions ask about: what the engine knows itself, and the rows of the customer and their next of kin. */
import { describeSubject, type Guid, type Subject, type SubjectSource, type WorkStream } from '@parley/engine';
import type { Database } from '../db/database.ts';

type Json = string | number | boolean | null;

/** Columns of a row, of the customer and one level further (a contact's company, an account's main contact). */
const customerStatements = {
  contact: `SELECT to_json(c), to_json(a) FROM data.contact c
    LEFT JOIN data.account a ON c.parentcustomerid_table = 'account' AND a.accountid = c.parentcustomerid
    WHERE c.contactid = $1::uuid`,
  account: `SELECT to_json(a), to_json(c) FROM data.account a
    LEFT JOIN data.contact c ON c.contactid = a.primarycontactid WHERE a.accountid = $1::uuid`,
} as const;
const nextLevel = { contact: 'parentcustomerid', account: 'primarycontactid' } as const;

/** @param workStream its time zone is the one of `time.*` */
export async function buildSubject(
  database: Database,
  source: SubjectSource,
  workStream: WorkStream,
  now: number,
): Promise<Subject> {
  const known = describeSubject(source, now, workStream.timeZone);
  return source.customer === null ? known : { ...known, customer: await customerSubject(database, source.customer) };
}

async function customerSubject(
  database: Database,
  customer: { readonly id: Guid; readonly table: 'contact' | 'account' },
): Promise<Subject> {
  const [row] = await database.query(customerStatements[customer.table], [customer.id]);
  if (row === undefined) return {};
  const [own, next] = [parseRow(row[0]), parseRow(row[1])];
  return { ...own, table: customer.table, [nextLevel[customer.table]]: next };
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
