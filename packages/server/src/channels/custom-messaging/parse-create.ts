/** The body of `conversation/create` (behaviour reference, 10.3). */
import type { ContextValue } from '@parley/engine';
import { MessagingProblem } from './messaging-problem.ts';
import { type JsonObject, readText, requireGuid, requireObject, requireStorable } from './read-values.ts';

export type CreateRequest = {
  /** The customer on this channel. */
  readonly customerId: string;
  readonly contactId: string | null;
  readonly customerName: string | null;
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly requestId: string | null;
  readonly startMessage: string | null;
};

const longestField = 200;
const maximumContextItems = 100;
const longestContextName = 100;
const longestContextValue = 4000;
const maximumStartMessageBytes = 27 * 1024;
/** Members of customercontext that routing and record identification may look at. */
const customerFields = ['customerid', 'firstname', 'lastname', 'preferredname', 'email', 'phonenumber'] as const;

/** @throws MessagingProblem */
export function parseCreate(body: JsonObject): CreateRequest {
  const given = requireObject(body['customercontext'], 'customercontext');
  const customer = new Map<string, string>();
  for (const field of customerFields) {
    const text = readText(given[field], `customercontext.${field}`, { longest: longestField })?.trim();
    if (text !== undefined && text !== '') customer.set(field, text);
  }
  const customerId = customer.get('customerid');
  if (customerId === undefined) throw new MessagingProblem('body', 'customercontext.customerid is missing.');
  const contactId = given['contactid'];
  const start = parseStartMessage(body['startmessage']);
  const fullName = [customer.get('firstname'), customer.get('lastname')].filter((part) => part !== undefined).join(' ');
  const [name = null] = [customer.get('preferredname'), fullName, start.displayName].filter(
    (candidate) => candidate !== undefined && candidate !== '',
  );
  return {
    customerId,
    contactId:
      contactId === undefined || contactId === null ? null : requireGuid(contactId, 'customercontext.contactid'),
    customerName: name,
    // What the channel says of the customer counts more than a context item of the same name.
    context: { ...parseContext(body['conversationcontext']), ...Object.fromEntries(customer) },
    requestId:
      readText(body['conversationrequestid'], 'conversationrequestid', { longest: longestField, tooLong: 'id' }) ||
      null,
    startMessage: start.message,
  };
}

function parseStartMessage(value: unknown): { readonly message: string | null; readonly displayName?: string } {
  if (value === undefined || value === null) return { message: null };
  const given = requireObject(value, 'startmessage');
  const displayName = readText(given['displayname'], 'startmessage.displayname', { longest: longestField })?.trim();
  const message =
    readText(given['message'], 'startmessage.message', { longest: maximumStartMessageBytes, tooLong: 'textTooLong' }) ??
    '';
  if (Buffer.byteLength(message) > maximumStartMessageBytes)
    throw new MessagingProblem('textTooLong', `startmessage.message may have ${maximumStartMessageBytes} bytes.`);
  if (message.trim() === '') throw new MessagingProblem('emptyMessage', 'startmessage.message is empty.');
  return { message, ...(displayName === undefined ? {} : { displayName }) };
}

/** Items as `name: {value, isDisplayable}`; a bare value is taken as well. Empty ones are left out. */
function parseContext(value: unknown): Record<string, ContextValue> {
  if (value === undefined || value === null) return {};
  const items = Object.entries(requireObject(value, 'conversationcontext'));
  if (items.length > maximumContextItems)
    throw new MessagingProblem('contextTooLarge', `conversationcontext has ${items.length} items.`);
  const entries = items.flatMap(([name, item]): [string, ContextValue][] => {
    if (name.length > longestContextName)
      throw new MessagingProblem('body', `A name in conversationcontext may have ${longestContextName} characters.`);
    requireStorable(name, 'A name in conversationcontext');
    const read = readContextValue(item, `conversationcontext.${name}`);
    return read === undefined ? [] : [[name, read]];
  });
  return Object.fromEntries(entries);
}

function readContextValue(item: unknown, name: string): ContextValue | undefined {
  const value = typeof item === 'object' && item !== null && 'value' in item ? item.value : item;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'boolean') return String(value);
  return readText(value, name, { longest: longestContextValue });
}
