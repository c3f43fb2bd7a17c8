/** What a customer is called on conversations. */
import type { Customer } from '@parley/engine';
import type { RequestContext } from '../webapi/read/read-context.ts';

/** Null when the customer's row has no name, or is not there. */
export async function customerName(
  { executor }: Pick<RequestContext, 'executor'>,
  { id, table }: Customer,
): Promise<string | null> {
  const [found] = await executor.query(
    table === 'contact'
      ? 'SELECT fullname FROM data.contact WHERE contactid = $1::uuid'
      : 'SELECT name FROM data.account WHERE accountid = $1::uuid',
    [id],
  );
  return found?.[0] ?? null;
}
