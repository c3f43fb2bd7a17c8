/**
 * Record identification (behaviour reference, 4.1): finds the customer and their case from what the channel and the context say,
 * and links only what is found exactly once.
 */
import type { ContextValue, Customer, Guid } from '@parley/engine';
import type { Database } from '../db/database.ts';

export type Identified = {
  readonly customer: Customer | null;
  readonly customerName: string | null;
  readonly caseId: Guid | null;
};

/** Names under which channels and pre-chat forms send what identifies a person; compared without regard to case. */
const emailNames = ['email', 'emailaddress', 'emailaddress1'];
const phoneNames = ['phone', 'phonenumber', 'mobilephone', 'telephone1'];
const nameNames = ['name', 'fullname'];
const caseNames = ['casenumber', 'ticketnumber'];

/**
 * E-mail and phone find a contact, else an account; a name counts only when neither is given. A case by its number, or the
 * only active one of the customer.
 */
export async function identifyCustomer(
  database: Database,
  known: { readonly customer: Customer | null; readonly customerName: string | null },
  context: Readonly<Record<string, ContextValue>>,
): Promise<Identified> {
  const customer = known.customer ?? (await findCustomer(database, context));
  const customerName = known.customerName ?? (customer === null ? null : await nameOf(database, customer));
  return { customer, customerName, caseId: await findCase(database, customer, context) };
}

function contextText(context: Readonly<Record<string, ContextValue>>, names: readonly string[]): string | undefined {
  for (const [name, value] of Object.entries(context)) {
    const text = String(value).trim();
    if (names.includes(name.toLowerCase()) && text !== '') return text;
  }
  return undefined;
}

/** Tried in this order, contacts before accounts. */
const searches: readonly {
  readonly table: Customer['table'];
  readonly names: readonly string[];
  readonly statement: string;
}[] = [
  { table: 'contact', names: emailNames, statement: search('contact', 'emailaddress1 = $1') },
  { table: 'contact', names: phoneNames, statement: search('contact', '(mobilephone = $1 OR telephone1 = $1)') },
  { table: 'account', names: emailNames, statement: search('account', 'emailaddress1 = $1') },
  { table: 'account', names: phoneNames, statement: search('account', 'telephone1 = $1') },
  { table: 'contact', names: nameNames, statement: search('contact', 'fullname = $1') },
  { table: 'account', names: nameNames, statement: search('account', 'name = $1') },
];

function search(table: string, condition: string): string {
  return `SELECT ${table}id FROM data.${table} WHERE statecode = 0 AND ${condition} LIMIT 2`;
}

async function findCustomer(
  database: Database,
  context: Readonly<Record<string, ContextValue>>,
): Promise<Customer | null> {
  const hasBetter = contextText(context, emailNames) !== undefined || contextText(context, phoneNames) !== undefined;
  for (const { table, names, statement } of searches) {
    const value = contextText(context, names);
    if (value === undefined || (names === nameNames && hasBetter)) continue;
    const rows = await database.query(statement, [value]);
    const id = rows.length === 1 ? rows[0]?.[0] : undefined;
    if (typeof id === 'string') return { id, table };
  }
  return null;
}

async function nameOf(database: Database, customer: Customer): Promise<string | null> {
  const statement =
    customer.table === 'contact'
      ? 'SELECT fullname FROM data.contact WHERE contactid = $1::uuid'
      : 'SELECT name FROM data.account WHERE accountid = $1::uuid';
  const [row] = await database.query(statement, [customer.id]);
  return row?.[0] ?? null;
}

async function findCase(
  database: Database,
  customer: Customer | null,
  context: Readonly<Record<string, ContextValue>>,
): Promise<Guid | null> {
  const number = contextText(context, caseNames);
  if (number !== undefined) {
    const rows = await database.query('SELECT incidentid FROM data.incident WHERE ticketnumber = $1 LIMIT 2', [number]);
    if (rows.length === 1) return rows[0]?.[0] ?? null;
  }
  if (customer === null) return null;
  const rows = await database.query(
    'SELECT incidentid FROM data.incident WHERE customerid = $1::uuid AND statecode = 0 LIMIT 2',
    [customer.id],
  );
  return rows.length === 1 ? (rows[0]?.[0] ?? null) : null;
}
