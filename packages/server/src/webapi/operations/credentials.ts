/**
 * Parley's own actions for credentials of people and applications that sign in here. Dataverse has none: there,
 * credentials live in the directory. External issuers need none of this either.
 */
import { WebApiError } from '@parley/protocol';
import { requireAccess } from '../../security/caller.ts';
import type { RequestContext } from '../read/read-context.ts';
import type { RowAddress } from '../request/resolve-resource.ts';
import { requireRow } from '../write/links.ts';
import { resolveReference } from '../write/resolve-reference.ts';
import { writeContextOf } from '../write/write-rows.ts';
import { type Arguments, type Operation, requireText } from './operation.ts';

const shortest = 12;
const longest = 256;

/** Only who may write every user may hand out credentials: whoever has them acts as that user. */
async function requireUser(context: RequestContext, row: RowAddress | undefined): Promise<string> {
  if (row === undefined) throw new WebApiError('requestFault', { detail: 'The action is bound to a user.' });
  const write = writeContextOf(context);
  const access = requireAccess(context.request.caller, row.table, 'Write');
  const id = await resolveReference(write, row);
  await requireRow(write, row.table, id, access);
  if (access.reaches.some((reach) => reach.kind !== 'global')) {
    throw new WebApiError('notSupported', { detail: 'Credentials are set by those who may write all users.' });
  }
  return id;
}

/** The new credential. Its text never appears in an error. */
function requireCredential(values: Arguments, parameter: string): string {
  const text = requireText(values, parameter);
  if (text.length < shortest || text.length > longest) {
    throw new WebApiError('requestFault', {
      detail: `The parameter '${parameter}' must have ${shortest} to ${longest} characters.`,
    });
  }
  return text;
}

/** Sets the password that a person signs in with; their sessions and refresh tokens end. */
export const setUserPassword: Operation = {
  name: 'parley_SetUserPassword',
  kind: 'action',
  boundTo: ['systemuser'],
  run: async (context, values, row) => {
    const password = requireCredential(values, 'Password');
    await context.credentials.setUserPassword(await requireUser(context, row), password);
    return undefined;
  },
};

/** Sets the client secret of an application user; its client id is the user's applicationid. */
export const setApplicationSecret: Operation = {
  name: 'parley_SetApplicationSecret',
  kind: 'action',
  boundTo: ['systemuser'],
  run: async (context, values, row) => {
    const secret = requireCredential(values, 'Secret');
    const id = await requireUser(context, row);
    const [user] = await context.executor.query(
      'SELECT applicationid FROM data.systemuser WHERE systemuserid = $1::uuid',
      [id],
    );
    const clientId = user?.[0];
    if (typeof clientId !== 'string')
      throw new WebApiError('requestFault', { detail: 'The user has no applicationid, so it is no application user.' });
    await context.credentials.setApplicationSecret({ clientId, secret, systemUserId: id });
    return undefined;
  },
};
